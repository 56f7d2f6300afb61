"""Thanks: at once, and for a whole profile once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.nudge import Context
from bot.say import Line, Pick
from nudges.profiles import rules, show, standing, words
from nudges.profiles.rules import Stands


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


def noticed(whole: Sequence[Stands], field: Stands, *, is_first: bool) -> list[Line]:
    """Thanks for a field that was filled elsewhere. is_first: the profile became whole, and nobody said so yet."""
    lines = [Line(id="profile-noticed", args={"field": words.label(field.field)})]
    if is_first:
        lines.append(Line(id="profile-complete-first"))
    return [*lines, show.progress(rules.meter(whole))]
