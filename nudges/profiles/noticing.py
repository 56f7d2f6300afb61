"""A profile was changed on its platform: the person responded, and is thanked for what they were asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot import attention, people
from bot.chat import Profile
from bot.nudge import Context, Priority, To
from nudges.profiles import facts, rules, standing, thanks
from nudges.profiles.capability import nudge
from nudges.profiles.rules import Held, Stands
from storage import profiles as rows
from storage import wishes
from storage.people import Account, Person
from storage.profiles import Known


async def meets(ctx: Context, account: Account, profile: Profile) -> None:
    """A platform said what an account is."""
    if account.kind != "member" or account.id is None or await people.objects(ctx.session, account.person_id):
        return
    said = {name: profile.fields.get(name, "") for name in ctx.settings.listed()}  # no more of it is kept
    known = await rows.known(ctx.session, account.id)
    is_new = known is None or known.listed_at == rows.NEVER or not set(said) <= set(json.loads(known.listed))
    if known is not None and known.listed == rows.pack(said) and not (is_new or _is_to_look_at(ctx, known)):
        return  # nothing changed, as on most days
    before = () if is_new else await facts.profile(ctx.session, ctx.settings, account.person_id)
    await rows.listed(ctx.session, account.id, said, ctx.now)
    await rows.found_at(ctx.session, account.platform, [name for name, text in said.items() if text])
    await changed(ctx, account.person_id, before)


nudge.meets = meets


def _is_to_look_at(ctx: Context, row: Known) -> bool:
    """Whether somebody came back, is due (the roster may say something else now), or a field became required."""
    is_due = row.next_at is not None and row.next_at <= ctx.now
    asked = set((row.asked or "").split())
    return row.over in {"left", None} or is_due or not set(ctx.settings.required()) <= asked


async def changed(ctx: Context, person: int, before: Sequence[Stands]) -> None:
    """What is known of a profile may have changed. before: how it stood; () where nothing was known yet."""
    held = (await facts.held(ctx.session, [person])).get(person)
    if held is None:
        return  # who has left is nobody here: their series is not over, it waits for them
    whole = rules.profile(ctx.settings.fields, held)
    row = await standing.looked(ctx, person, whole)
    theirs = _by_them(before, whole, held)
    if not theirs:
        return
    await attention.answered(ctx.session, person, ctx.now)  # whatever kind of message asked for it
    if row.first_at is None:
        return
    is_first = await standing.acted(ctx, person, whole)
    fresh = _filled(before, theirs)
    reminded = next((each for each in fresh if each.field.name == row.field), None)
    filled = reminded or (fresh[0] if is_first and fresh else None)
    if filled is None or await _wants_none(ctx, person):
        return
    said = thanks.noticed(whole, filled, is_first=is_first)
    await ctx.outbox.tell(
        To(person=person),
        said,
        name=f"profile:thanks:{person}:{filled.field.name}:{row.first_at:%Y-%m-%d}",
        # In their hours, unless they did it just now: a look at night may be what notices it.
        kind=thanks.THANKS if ctx.who is None else "answer",
        reason="profile changed",
        priority=Priority.ANSWER,
    )


def _filled(before: Sequence[Stands], theirs: Sequence[Stands]) -> list[Stands]:
    """Those of what they changed that were missing, and are there now."""
    lacked = {each.field.name for each in before if each.standing == "missing"}
    return [each for each in theirs if each.standing == "present" and each.field.name in lacked]


def _by_them(before: Sequence[Stands], whole: Sequence[Stands], held: Held) -> list[Stands]:
    """What somebody changed: a platform says another thing than before.

    No platform tells who changed a profile. What the company's list says as well is taken for the company's doing: it
    may be written for everybody at once, and is nobody's response.
    """
    was = {each.field.name: each.value for each in before if each.standing not in {"unread", "gap"}}
    other = [each for each in whole if each.field.name in was and each.value != was[each.field.name]]
    return [each for each in other if not rules.is_listed(each, held)]


async def _wants_none(ctx: Context, person: int) -> bool:
    """Whether they are to be told nothing of the kind that they would be thanked for: they, or a hush, say so."""
    row = await ctx.session.get(Person, person)
    said = (await wishes.of_people(ctx.session, [person])).get(person, ())
    wished = attention.wishes_of(row, said) if row is not None else attention.Wishes(stopped=True)
    return not wished.allow(thanks.REMINDER, ctx.now) or await attention.hushed(ctx.session, ctx.now) is not None
