"""Thanks: at once, and for a whole profile once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.nudge import ContactSpec, Context
from bot.say import Line, Pick, Say
from nudges.profiles import rules, show, standing, words
from nudges.profiles.capability import nudge
from nudges.profiles.rules import Stands

THANKS, REMINDER = "profile.thanks", "profile.reminder"
"""Kinds of contact: thanks for what was done elsewhere, when it is noticed later; and what they are thanks for."""

WAYS = (
    Pick(label="attention-no-more", action="parvis.stop-kind", value=REMINDER),
    Pick(label="attention-nothing", action="parvis.stop"),
)


async def onward(ctx: Context, whole: Sequence[Stands]) -> tuple[list[Line], tuple[Pick, ...]]:
    """What is said to who just did something for their profile: thanks when it is whole, else what is next."""
    is_first = await standing.acted(ctx, ctx.actor.person, whole)
    lines = [show.progress(rules.meter(whole))]
    coming = next(iter(rules.missing(whole)), None)
    if rules.is_complete(whole):
        lines.insert(0, Line(id="profile-complete-first" if is_first else "profile-complete"))
        return lines, (words.fill(coming),) if coming is not None and coming.here else ()
    if coming is None:
        return lines, ()
    return [*lines, *show.next_lines(ctx, coming)], words.picks(coming)


def noticed(whole: Sequence[Stands], field: Stands, *, is_first: bool) -> Say:
    """Thanks for a field that was filled elsewhere. is_first: the profile became whole, and nobody said so yet.

    They asked for nothing: so it says why it comes, and how to be spared these and reminders alike.
    """
    lines = [Line(id="profile-noticed", args={"field": words.label(field.field)})]
    if is_first:
        lines.append(Line(id="profile-complete-first"))
    why = Line(id="contact-profile-thanks.why", kind="note")
    return Say(lines=(*lines, show.progress(rules.meter(whole)), why), choices=WAYS)


nudge.contacts.append(ContactSpec(THANKS, optional=False, wished=REMINDER))
