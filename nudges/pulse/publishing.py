"""What is told of people each night: who has begun, takes part, contributes; by department, and in communities.

All of it goes through `bot.figures`: it is counted once a day from how everybody stood by the end of the day before,
told in steps, and written down. Weeks and months show their last day, so that they tell nothing more.

Communities overlap, with departments and with one another, so their people are told of with more care:

1. Only of communities of 2k people or more, of each by itself: another one of the same people is another question, and
   who takes part in the one says nothing of the other.
2. Who takes part in a community takes part, so what is told of departments limits what may be told of communities.
   A community is told of only where, whatever came out, nobody would be certain of anybody (`bot.figures.beside`):
   beside each department that it shares people with, beside all departments together, and beside these with each other
   community that is told of. This depends on who is where and on what was told of departments that day, and on
   nobody's state in the community: a refusal tells nothing.

Not protected: against somebody who compares three communities or more at once with what was told of departments.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.figures import Counted, beside, department, last_told, publish, told_alone
from bot.nudge import Context, Look
from nudges.pulse import activation
from nudges.pulse.activation import Somebody
from nudges.pulse.capability import nudge
from nudges.pulse.days import known, over
from nudges.pulse.report import Measure
from nudges.pulse.settings import Settings
from storage import charted, frozen, people, strays

PEOPLE = "pulse"
"""The subject of what is told of departments (`storage.figures`)."""
INSIDE = "pulse.inside"
"""The subject of what is told of the people of communities; the measure of each ends with its number."""
_INSIDE: tuple[Measure, ...] = ("adopting", "active")


@nudge.every(minutes=10, long=True)
async def tell_people(look: Look) -> None:
    """Once a day is over and its people are counted, tell of them; what is told stays as it is."""
    async with look.read() as session:
        ctx = look.context(session)
        last = over(ctx.now, ctx.calendar)
        if not await is_due(session, last):
            return
    if await tell(look, last):
        async with look.write() as session_:
            if session_ is not None:
                await strays.first(session_, _name(last), ctx.now)


def _name(day: date) -> str:
    return f"pulse:people:{day}"


async def is_due(session: AsyncSession, day: date) -> bool:
    """Whether it is known how many people there were on a day, and it was not told of yet."""
    return day in await charted.population(session, day, day) and not await strays.is_done(session, _name(day))


async def tell(look: Look, day: date) -> bool:
    """Tell of a day. False: somebody else does, or people were joined or erased meanwhile; it is to be tried again."""
    async with look.read() as session:
        ctx = look.context(session)

    async def departments(session: AsyncSession) -> list[Counted]:
        return [_counted(each) for each in await states(session, ctx.settings, day)]

    async def communities(session: AsyncSession) -> list[Counted]:
        everybody = await states(session, ctx.settings, day)
        there = await _there(session, day)
        may: dict[str, set[int]] = {
            each: await _may(session, everybody, there, each, day, ctx.smallest_group) for each in _INSIDE
        }
        return _inside(everybody, may)

    await publish(look.read, look.write, PEOPLE, departments, day, ctx.smallest_group)
    async with look.read() as session:
        if not await _is_told(session, PEOPLE, day, ctx):
            return False
    await publish(look.read, look.write, INSIDE, communities, day, ctx.smallest_group)
    return True


async def _is_told(session: AsyncSession, subject: str, day: date, ctx: Context) -> bool:
    """Whether departments were told of; or all people there are are too few to be told of."""
    number = sum((await charted.population(session, day, day))[day].values())
    return day in await charted.told_days(session, subject, day, day) or number < ctx.smallest_group


async def states(session: AsyncSession, settings: Settings, day: date) -> list[Somebody]:
    """How everybody stood by the end of a day; of who objected nothing is known."""
    everybody = await activation.states(session, settings, day)
    silent = await people.objecting(session, [each.person for each in everybody])
    return [
        Somebody(each.person, each.department, each.communities, False, (), ()) if each.person in silent else each
        for each in everybody
    ]


def _counted(each: Somebody) -> Counted:
    stands = {"activated": each.activated, "adopting": each.adopting, "active": each.active}
    return Counted(each.person, department(each.department), stands)


# ---------------------------------------------------------------- communities


async def _there(session: AsyncSession, day: date) -> set[int]:
    """The communities that people are in, and in whose rooms the bot was on a day: of others nothing is known."""
    gaps = [each for each in await frozen.gaps(session, day, day) if each.community_id is not None]
    return {
        each.id or 0
        for each in await frozen.communities(session)
        if not known(each.id or 0, each.platform, day, gaps).within
    }


async def _may(
    session: AsyncSession, everybody: Sequence[Somebody], there: Collection[int], measure: str, day: date, k: int
) -> set[int]:
    """The communities whose people may be told of. there: of which something is known."""
    inside: defaultdict[str, set[int]] = defaultdict(set)
    for each in everybody:
        for community in each.communities:
            if community in there:
                inside[str(community)].add(each.person)
    told = await last_told(session, PEOPLE, measure)
    fresh = {base.id for base, taken in told if taken == day}
    before = {name: base.members for name, base in (await told_alone(session, INSIDE, measure)).items()}
    found = await asyncio.to_thread(beside, [base for base, _ in told], fresh, inside, k, before)
    return {int(each) for each in found}


def _inside(everybody: Sequence[Somebody], may: Mapping[str, set[int]]) -> list[Counted]:
    found = []
    for each in everybody:
        for community in each.communities:
            stands = {"adopting": community in each.there, "active": community in each.contributed}
            told = {f"{name}:{community}": yes for name, yes in stands.items() if community in may[name]}
            if told:
                found.append(Counted(each.person, str(community), told))
    return found
