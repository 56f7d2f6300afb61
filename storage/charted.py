"""What reports are made of: what was told of days and of groups, by ranges of days. It only reads."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Date, Integer, and_, cast, column, exists, func, or_, values
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.communities import OPENED, Community
from storage.figures import Figure
from storage.pulse import PulseDay, PulseGap, PulseHeard, PulseImported, PulseMark, PulsePopulation

_select: Any = select  # its types know of four columns at most


class Sum(NamedTuple):
    """What is told of a community and a period, of days that are told of in the same way. at: which period.

    days: how many; measured: of how many the whole is known. version: the latest of any.
    """

    at: int
    community: int
    shown: str
    phase: str
    days: int
    measured: int
    version: int
    posts: int
    replies: int
    reactions: int
    joins: int
    reads: int
    untold: str = ""
    objective: str = ""


class Day(NamedTuple):
    """What is told of a community on the last day of a period of which anything is told. at: which period."""

    at: int
    community: int
    day: date
    shown: str
    members: int


class Stand(NamedTuple):
    """How many communities there were on such a day, and how many of them were private, and of interest."""

    at: int
    day: date
    of: int
    private: int
    interest: int


Ranges = Sequence[tuple[date, date]]
"""Periods: first and last day of each, none within another."""

_PERIODS = 200
"""Of one statement: each is three of the values that it is given."""


def _ranges(ranges: Ranges, first: int) -> Any:
    named = (column("at", Integer), column("since", Date), column("until", Date))
    rows = [(first + at, since, until) for at, (since, until) in enumerate(ranges)]
    return values(*named, name="period").data(rows).cte("period")


def _told(told: datetime | None) -> list[Any]:
    """Of each community and day what is told of it: the last version; told: the last one at that instant."""
    later = aliased(PulseDay)
    same = [col(later.community_id) == PulseDay.community_id, col(later.day) == PulseDay.day]
    same.append(col(later.version) > PulseDay.version)
    if told is None:
        return [~exists().where(*same)]
    return [col(PulseDay.told_at) <= told, ~exists().where(*same, col(later.told_at) <= told)]


async def sums(session: AsyncSession, ranges: Ranges, told: datetime | None = None) -> list[Sum]:
    """What is told of each community and period. told: as it was at that instant; None: as it is now."""
    found = list[Sum]()
    for first in range(0, len(ranges), _PERIODS):
        period = _ranges(ranges[first : first + _PERIODS], first)
        by = [period.c.at, col(PulseDay.community_id), col(PulseDay.shown), col(PulseDay.phase)]
        added = [func.sum(getattr(PulseDay, each)) for each in ("posts", "replies", "reactions", "joins", "reads")]
        measured = func.sum(cast(PulseDay.measured, Integer))
        told_of = [func.count(), measured, func.max(PulseDay.version), *added, PulseDay.untold, PulseDay.objective]
        rows = _select(*by, *told_of).where(*_told(told)).group_by(*by, PulseDay.untold, PulseDay.objective)
        rows = rows.join(period, col(PulseDay.day).between(period.c.since, period.c.until))
        # Without what objects of rows cost: there are thousands of them.
        found += [Sum._make(each) for each in (await (await session.connection()).execute(rows)).all()]
    return found


def _last(ranges: Ranges, first: int, told: datetime | None) -> tuple[Any, Any]:
    """Some periods; and that a row is of the last day of one of them of which anything is told."""
    period = _ranges(ranges, first)
    some = select(func.max(PulseDay.day)).where(col(PulseDay.day).between(period.c.since, period.c.until))
    if told is not None:
        some = some.where(col(PulseDay.told_at) <= told)
    return period, PulseDay.day == some.correlate(period).scalar_subquery()


async def ends(session: AsyncSession, ranges: Ranges, told: datetime | None = None) -> list[Day]:
    """What is told of the last day of each period of which anything is told. told: as in `sums`."""
    found = list[Day]()
    for first in range(0, len(ranges), _PERIODS):
        period, is_last = _last(ranges[first : first + _PERIODS], first, told)
        columns = (PulseDay.community_id, PulseDay.day, PulseDay.shown, PulseDay.members)
        rows = _select(period.c.at, *columns).where(*_told(told)).join(period, is_last)
        found += [Day._make(each) for each in (await session.exec(rows)).all()]
    return found


async def stands(session: AsyncSession, ranges: Ranges, told: datetime | None = None) -> list[Stand]:
    """The same of all communities together, whether they may be told of by themselves or not."""
    found = list[Stand]()
    for first in range(0, len(ranges), _PERIODS):
        period, is_last = _last(ranges[first : first + _PERIODS], first, told)
        yes = [func.sum(cast(each, Integer)) for each in (PulseDay.private, PulseDay.interest)]
        rows = _select(period.c.at, PulseDay.day, func.count(), *yes).where(*_told(told)).join(period, is_last)
        rows = rows.group_by(period.c.at, PulseDay.day)
        found += [Stand._make(each) for each in (await session.exec(rows)).all()]
    return found


async def corrected(
    session: AsyncSession, since: date, until: date, community: int | None, told: datetime | None = None
) -> set[tuple[date, str]]:
    """Days of which something that is told was corrected, and why.

    community: as far as it is told of by itself; None for all of them.
    """
    rows = _select(PulseDay.day, PulseDay.why).where(PulseDay.version > 1, PulseDay.shown != "", *_told(told))
    rows = rows.where(col(PulseDay.day) >= since, col(PulseDay.day) <= until).distinct()
    if community is not None:
        rows = rows.where(PulseDay.community_id == community, PulseDay.shown == "own")
    return {(day, why) for day, why in await session.exec(rows)}


async def known_on(session: AsyncSession, communities: Collection[int], on: Collection[date]) -> set[tuple[int, date]]:
    """Of which of these communities anything is told on which of these days."""
    some, days, found = sorted(communities), sorted(on), set[tuple[int, date]]()
    for begin in range(0, len(days) if some else 0, 500):
        rows = _select(PulseDay.community_id, PulseDay.day).where(col(PulseDay.day).in_(days[begin : begin + 500]))
        rows = rows.where(col(PulseDay.community_id).in_(some)).distinct()
        found |= {(community, day) for community, day in await session.exec(rows)}
    return found


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


async def tellings(session: AsyncSession, subject: str, measure: str, on: Collection[date]) -> list[Telling]:
    """What was told of a measure on these days; also of the measures whose names begin with it and ":"."""
    days, found = sorted(on), list[Telling]()
    of = or_(col(Figure.measure) == measure, col(Figure.measure).startswith(f"{measure}:", autoescape=True))
    for begin in range(0, len(days), 500):
        some = col(Figure.week).in_(days[begin : begin + 500])
        query = _select(*_FIGURE).where(Figure.subject == subject, of, some)
        rows = (await (await session.connection()).execute(query)).all()
        found += [Telling._make(each) for each in rows]
    return found


class Place(NamedTuple):
    """A community. opened, closed: since and until when people are in it; closed: None while they are."""

    number: int
    name: str
    platform: str
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
    """What other tools counted on these days, once each; what was taken back is left out. taken: as it was known at
    that instant.
    """
    rows = select(PulseImported).where(col(PulseImported.day) >= since, col(PulseImported.day) <= until)
    if taken is not None:
        rows = rows.where(PulseImported.taken_at <= taken)
    found = {}
    for each in await session.exec(rows.order_by(col(PulseImported.version))):
        found[each.tool, each.measure, each.day] = each
    return [found[key] for key in sorted(found) if found[key].count is not None]
