"""What reports are made of: what was told of days and of groups, by ranges of days. It only reads."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.communities import OPENED, Community
from storage.figures import Figure
from storage.pulse import PulseDay, PulseGap, PulseHeard, PulseImported, PulseMark, PulsePopulation

_select: Any = select  # its types know of four columns at most


class Day(NamedTuple):
    """What is told of a community and a day; columns of `PulseDay`."""

    community: int
    day: date
    version: int
    shown: str
    phase: str
    private: bool
    interest: bool
    members: int
    measured: bool
    why: str
    posts: int
    replies: int
    reactions: int
    joins: int
    reads: int
    untold: str = ""


_COLUMNS = [getattr(PulseDay, "community_id" if name == "community" else name) for name in Day._fields]


async def days(session: AsyncSession, since: date, until: date, told: datetime | None = None) -> list[Day]:
    """What is told of each community and day, once each. told: as it was at that instant; None: as it is now."""
    rows = _select(*_COLUMNS).where(col(PulseDay.day) >= since, col(PulseDay.day) <= until)
    if told is not None:
        rows = rows.where(PulseDay.told_at <= told)
    found = {}
    for each in await session.exec(rows.order_by(col(PulseDay.version))):
        found[each[0], each[1]] = each
    return [Day._make(each) for each in found.values()]


class Extent(NamedTuple):
    """The first and the last day of which something is told; None: of none yet."""

    first: date | None
    last: date | None


async def extent(session: AsyncSession, told: datetime | None = None) -> Extent:
    """Of what happened in communities."""
    row = select(func.min(PulseDay.day), func.max(PulseDay.day))
    if told is not None:
        row = row.where(PulseDay.told_at <= told)
    return Extent(*(await session.exec(row)).one())


async def peopled(session: AsyncSession) -> Extent:
    """Of how many people there are."""
    return Extent(*(await session.exec(select(func.min(PulsePopulation.day), func.max(PulsePopulation.day)))).one())


async def population(session: AsyncSession, since: date, until: date) -> dict[date, dict[str, int]]:
    """How many people there were on each day, by department."""
    rows = _select(PulsePopulation.day, PulsePopulation.department, PulsePopulation.people)
    found: dict[date, dict[str, int]] = {}
    for day, department, number in await session.exec(
        rows.where(col(PulsePopulation.day) >= since, col(PulsePopulation.day) <= until)
    ):
        found.setdefault(day, {})[department] = number
    return found


async def told_days(session: AsyncSession, subject: str, since: date, until: date) -> list[date]:
    """The days on which something was told of groups, the earliest first."""
    rows = select(col(Figure.week)).where(Figure.subject == subject, col(Figure.week) >= since)
    return list(await session.exec(rows.where(col(Figure.week) <= until).distinct().order_by(col(Figure.week))))


class Telling(NamedTuple):
    """What was told of a group on a day; columns of `Figure`."""

    week: date
    measure: str
    grp: str
    taken: date
    low: int
    high: int
    of: int


_FIGURE = [getattr(Figure, name) for name in Telling._fields]


async def tellings(session: AsyncSession, subject: str, on: Collection[date]) -> list[Telling]:
    """What was told of groups on these days."""
    days, found = sorted(on), list[Telling]()
    for begin in range(0, len(days), 500):
        some = col(Figure.week).in_(days[begin : begin + 500])
        rows = await session.exec(_select(*_FIGURE).where(Figure.subject == subject, some))
        found += [Telling._make(each) for each in rows]
    return found


class Place(NamedTuple):
    """A community. opened, closed: since and until when people are in it; closed: None while they are."""

    number: int
    name: str
    platform: str
    objective: str
    phase: str
    missing: bool
    opened: datetime
    closed: datetime | None


async def places(session: AsyncSession) -> dict[int, Place]:
    """Every community that was ever open, by number."""
    rows = select(Community).where(or_(col(Community.state).in_(OPENED), col(Community.closed_at).is_not(None)))
    return {
        each.id or 0: Place(
            each.id or 0,
            each.name,
            each.platform,
            each.objective,
            each.state,
            each.missing_at is not None,
            each.opened_at or each.created_at,
            None if each.state in OPENED else each.closed_at,
        )
        for each in await session.exec(rows)
    }


async def without_reads(session: AsyncSession) -> set[str]:
    """The platforms that do not tell who has read."""
    return set(await session.exec(select(PulseHeard.platform).where(~col(PulseHeard.reads))))


async def marks(session: AsyncSession, since: date, until: date) -> list[PulseMark]:
    """What is to be remembered of these days."""
    rows = select(PulseMark).where(col(PulseMark.day) >= since, col(PulseMark.day) <= until)
    return list(await session.exec(rows.order_by(col(PulseMark.day), col(PulseMark.id))))


async def gaps(session: AsyncSession, since: date, until: date) -> list[PulseGap]:
    """The gaps that touch these days."""
    touching = and_(col(PulseGap.since) <= until, col(PulseGap.until) >= since)
    return list(await session.exec(select(PulseGap).where(touching).order_by(col(PulseGap.since), col(PulseGap.id))))


async def outside(session: AsyncSession) -> set[int]:
    """The communities of which nothing is heard now, since the bot is not in their rooms."""
    return {each or 0 for each in await session.exec(select(PulseGap.community_id).where(PulseGap.goes_on))} - {0}


async def imported(
    session: AsyncSession, since: date, until: date, taken: datetime | None = None
) -> list[PulseImported]:
    """What other tools counted on these days, once each. taken: as it was known at that instant."""
    rows = select(PulseImported).where(col(PulseImported.day) >= since, col(PulseImported.day) <= until)
    if taken is not None:
        rows = rows.where(PulseImported.taken_at <= taken)
    found = {}
    for each in await session.exec(rows.order_by(col(PulseImported.version))):
        found[each.tool, each.measure, each.day] = each
    return [found[key] for key in sorted(found)]
