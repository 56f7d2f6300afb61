"""Who is counted among the people, and who of them has begun, takes part, or contributes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.calendar import WorkingTime
from nudges.pulse.settings import Settings
from storage import frozen, people, pulse, roster


@dataclass(frozen=True, slots=True)
class Somebody:
    """One of the people of a day. department: "" where none is known. communities: in whose rooms they are.

    activated: was there once. adopting: read or acted within the window; active: wrote or reacted. there: where they
    read or acted within it; contributed: where they wrote or reacted. Of who objected it is known of nothing.
    """

    person: int
    department: str
    communities: Collection[int]
    activated: bool
    there: Collection[int]
    contributed: Collection[int]

    @property
    def adopting(self) -> bool:
        """They read or acted somewhere within the window."""
        return bool(self.there)

    @property
    def active(self) -> bool:
        """They wrote or reacted somewhere within the window."""
        return bool(self.contributed)


async def left_out(session: AsyncSession, settings: Settings) -> set[int]:
    """The people who are counted nowhere."""
    return await pulse.people_of(session, settings.not_counted)


async def population(session: AsyncSession, settings: Settings) -> dict[int, str]:
    """The people there are now, each with their department: whoever has an account that is a member's."""
    without, departments = await left_out(session, settings), await roster.here(session)
    return {each: departments.get(each, "") for each in await people.everybody(session) if each not in without}


async def states(session: AsyncSession, settings: Settings, day: date) -> list[Somebody]:
    """Everybody who is counted now, and how they stood by the end of a day: what figures about people are made of."""
    everybody = await population(session, settings)
    inside: dict[int, set[int]] = {}
    for community, theirs in (await frozen.members(session)).items():
        for person in theirs:
            inside.setdefault(person, set()).add(community)
    began = await frozen.activated(session, day)
    there: dict[int, set[int]] = {}
    contributed: dict[int, set[int]] = {}
    for each in await frozen.present(session, day - timedelta(days=settings.window_days - 1), day):
        there.setdefault(each.person, set()).add(each.community)
        if each.acted:
            contributed.setdefault(each.person, set()).add(each.community)
    return [
        Somebody(
            person,
            department,
            frozenset(inside.get(person, ())),
            person in began,
            frozenset(there.get(person, ())),
            frozenset(contributed.get(person, ())),
        )
        for person, department in sorted(everybody.items())
    ]


async def begin(session: AsyncSession, calendar: WorkingTime) -> None:
    """Write since when those have been there who used the bot, which only somebody does who signed in."""
    since = {person: calendar.today(at) for person, at in await frozen.used(session)}
    for person, day in (await frozen.unactivated(session)).items():
        since[person] = min(day, since.get(person, day))
    await pulse.activate(session, since)
