"""Makes a report from rows: the one place where what is shown of indicators is put together.

What happened comes from `summing`, people from what `publishing` wrote down by way of `bot.figures`. Nothing is counted
anew here: asked again, a figure is what was told, and, asked as of an instant, what was told then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.calendar import WorkingTime, wall
from bot.figures import OTHERS, Told, arrange, department, total
from bot.nudge import Context
from nudges.pulse import rules, summing
from nudges.pulse.days import over
from nudges.pulse.publishing import INSIDE, PEOPLE
from nudges.pulse.report import Asked, Kind, Mark, Measure, Other, Point, Report, Series
from nudges.pulse.rules import BALANCE, EVENTS, Span, shown_name, spans, tells
from nudges.pulse.settings import Settings
from nudges.pulse.summing import Known
from storage import charted
from storage.charted import Extent, Telling

_DAY = timedelta(days=1)


async def of(ctx: Context, asked: Asked, as_of: datetime | None = None) -> Report:
    """The report that somebody asked for in the chat; see `report`."""
    return await report(
        ctx.session,
        asked,
        settings=ctx.settings,
        calendar=ctx.calendar,
        smallest=ctx.smallest_group,
        now=ctx.now,
        as_of=as_of,
    )


async def report(
    session: AsyncSession,
    asked: Asked,
    *,
    settings: Settings,
    calendar: WorkingTime,
    smallest: int,
    now: datetime,
    as_of: datetime | None = None,
) -> Report:
    """What is told. smallest: people in the smallest group. as_of: what was told at that instant; None: what is now.

    Measures of which nothing is told by such groups (`rules.tells`) are left out.
    """
    measures = [each for each in dict.fromkeys(asked.measures) if tells(each, asked.kind)]
    happened, peopled = await charted.extent(session, as_of), await charted.peopled(session)
    last = over(as_of or now, calendar)
    known = await _known(session, asked, calendar, last, happened, as_of)
    of_people = _People(asked, settings, smallest, last, _until(peopled, last))
    found: list[Series] = []
    for measure in measures:
        if measure in EVENTS:
            continue
        if measure in BALANCE:
            found += summing.balance(known, [measure])
        elif measure == "population" and asked.kind == "community":
            found += summing.members(known, asked.group)
        elif measure == "population":
            found += await of_people.population(session)
        else:
            found += await of_people.series(session, measure, known)
    found += summing.series(known, [each for each in measures if each in EVENTS], asked.kind, asked.group)
    frozen_until = max([each for each in (happened.last, of_people.extent.last) if each], default=last)
    firsts = [each for each in (happened.first, of_people.extent.first) if each]
    return Report(
        asked,
        sorted(found, key=lambda each: measures.index(each.measure)),
        await _marks(session, asked, known, as_of),
        await _others(session, known.spans if asked.kind == "all" else (), as_of),
        wall(min(frozen_until, last) + _DAY, time(0), calendar.zone),
        smallest,
        settings.window_days,
        min(firsts, default=None),
        await _unmeasured(session, known),
    )


def _until(extent: Extent, last: date) -> Extent:
    """What was told up to a day."""
    if extent.first is None or extent.last is None or extent.first > last:
        return Extent(None, None)
    return Extent(extent.first, min(extent.last, last))


async def _known(
    session: AsyncSession, asked: Asked, calendar: WorkingTime, last: date, happened: Extent, as_of: datetime | None
) -> Known:
    every = [each for each in spans(asked.period, asked.since, asked.until) if each.since <= last]
    places = await charted.places(session)
    ends = min(last, happened.last or last)
    ranges = [(each.since, each.until) for each in every]
    sizes = asked.kind == "community" and "population" in asked.measures
    balance = any(each in BALANCE for each in asked.measures)
    return Known(
        every,
        happened.first or date.max,
        ends,
        await charted.sums(session, ranges, as_of),
        await charted.ends(session, ranges, as_of) if sizes else [],
        await charted.stands(session, ranges, as_of) if balance else [],
        places,
        {number: calendar.today(each.opened) for number, each in places.items()},
        {number: calendar.today(each.closed) for number, each in places.items() if each.closed},
        await charted.without_reads(session),
    )


# ---------------------------------------------------------------- people


@dataclass(frozen=True, slots=True)
class _People:
    """What is told of people. last: the last day that is over. extent: the days of which it is known how many there
    were.
    """

    asked: Asked
    settings: Settings
    smallest: int
    last: date
    extent: Extent

    @property
    def spans(self) -> list[Span]:
        """The periods that have begun."""
        return [
            each for each in spans(self.asked.period, self.asked.since, self.asked.until) if each.since <= self.last
        ]

    def nothing(self, span: Span, *, small: bool) -> Point:
        """Of a period of which nothing is told. small: of too few people."""
        if self.extent.first is None or span.until < self.extent.first:
            return Point(span.since, span.until, why="before")
        partial = span.until > (self.extent.last or self.last)
        return Point(span.since, span.until, why="small" if small else "not_measured", partial=partial)

    async def population(self, session: AsyncSession) -> list[Series]:
        """How many people there were, on the last day of each period of which that is known."""
        every = self.spans
        if not every:
            return []
        counts = await charted.population(session, every[0].since, min(every[-1].until, self.last))
        days = _last_days(every, sorted(counts))
        by_day = {day: _sizes(counts[day], self.smallest, self.asked.kind) for day in days.values()}
        found = []
        for group in self._groups({name for sizes in by_day.values() for name in sizes}):
            points = []
            for at, span in enumerate(every):
                day = days.get(at)
                number = by_day[day].get(group) if day else None
                if day is None or number is None:
                    points.append(self.nothing(span, small=day is not None))
                else:
                    points.append(Point(span.since, span.until, count=number, partial=span.until > day, taken=day))
            found.append(Series("population", self.asked.kind, group, shown_name(group), points))
        return found

    async def series(self, session: AsyncSession, measure: Measure, known: Known) -> list[Series]:
        """How many of the people are so, on the last day of each period that was told of."""
        every = self.spans
        if not every:
            return []
        inside = self.asked.kind == "community"
        subject = INSIDE if inside else PEOPLE
        # Also of communities: on a day on which none may be told of, something is told of departments.
        on = await charted.told_days(session, PEOPLE, every[0].since, min(every[-1].until, self.last))
        days = _last_days(every, on)
        told = self._told(await charted.tellings(session, subject, measure, set(days.values())), measure)
        few = await self._few(session, [each for at, each in enumerate(every) if at not in days])
        groups, found = self._groups({name for _, name in told}), []
        lack = {
            (int(group), day)
            for group in groups
            for day in days.values()
            if inside and group.isdigit() and (day, group) not in told
        }
        with_numbers = await charted.known_on(session, {each for each, _ in lack}, {day for _, day in lack})
        unknown = {(day, str(community)) for community, day in lack - with_numbers}
        for group in groups:
            points = [
                self._point(span, days[at], told, group, measure, small=(days[at], group) not in unknown)
                if at in days
                else self.nothing(span, small=span in few)
                for at, span in enumerate(every)
            ]
            if inside and group.isdigit():
                points = [summing.before(each, known.opened.get(int(group))) for each in points]
            name = summing.name_of(group, "community", known.places) if inside else shown_name(group)
            found.append(Series(measure, self.asked.kind, group, name, points))
        return sorted(found, key=lambda each: (each.group == OTHERS, each.name.casefold()))

    async def _few(self, session: AsyncSession, some: Sequence[Span]) -> set[Span]:
        """The periods at whose end there were fewer people altogether than may be told of."""
        if not some:
            return set()
        counts = await charted.population(session, some[0].since, some[-1].until)
        days = _last_days(some, sorted(counts))
        return {some[at] for at, day in days.items() if sum(counts[day].values()) < self.smallest}

    def _groups(self, found: set[str]) -> list[str]:
        if self.asked.kind == "all":
            return [""]
        return (
            [self.asked.group]
            if self.asked.group
            else sorted(found, key=lambda each: (each == OTHERS, each.casefold()))
        )

    def _told(self, rows: Sequence[Telling], measure: Measure) -> dict[tuple[date, str], tuple[Told, date]]:
        """By day and group: what is told, and when it was counted."""
        kind = self.asked.kind
        some = [each for each in rows if each.measure == (f"{measure}:{each.grp}" if kind == "community" else measure)]
        found = {(each.week, each.grp): (Told(each.low, each.high, each.of), each.taken) for each in some}
        if kind != "all":
            return found
        of_day: dict[date, list[tuple[Told, date]]] = {}
        for (day, _), each in found.items():
            of_day.setdefault(day, []).append(each)
        return {
            (day, ""): (total(told for told, _ in parts), min(taken for _, taken in parts))
            for day, parts in of_day.items()
        }

    def _point(
        self,
        span: Span,
        day: date,
        told: Mapping[tuple[date, str], tuple[Told, date]],
        group: str,
        measure: Measure,
        *,
        small: bool,
    ) -> Point:
        if (day, group) not in told:
            return self.nothing(span, small=small)
        what, taken = told[day, group]
        first = self.extent.first or day
        short = measure != "activated" and day - timedelta(days=self.settings.window_days - 1) < first
        return Point(span.since, span.until, what, partial=span.until > day or short, taken=taken)


def _last_days(every: Sequence[Span], days: Sequence[date]) -> dict[int, date]:
    """Number of a period -> the last of these days that is in it. days: the earliest first."""
    found, at = dict[int, date](), 0
    for day in days:
        while at < len(every) and every[at].until < day:
            at += 1
        if at < len(every) and every[at].since <= day:
            found[at] = day
    return found


def _sizes(counts: Mapping[str, int], k: int, kind: Kind) -> dict[str, int]:
    """How many people are told of in each group."""
    sizes: dict[str, int] = {}
    for name, number in counts.items():
        sizes[department(name)] = sizes.get(department(name), 0) + number
    found: dict[str, int] = {}
    for name, as_what in arrange(sizes, k).items():
        found[as_what] = found.get(as_what, 0) + sizes[name]
    if kind == "all":
        return {"": sum(found.values())} if found else {}
    return found


# ---------------------------------------------------------------- beside the curves


async def _marks(session: AsyncSession, asked: Asked, known: Known, as_of: datetime | None) -> list[Mark]:
    only = int(asked.group) if asked.kind == "community" and asked.group.isdigit() else None
    found = [
        Mark(each.day, each.kind, each.name)
        for each in await charted.marks(session, asked.since, asked.until)
        if only is None or each.community_id in {None, only}
    ]
    silent: defaultdict[tuple[date, str], set[str]] = defaultdict(set)
    for gap in await charted.gaps(session, asked.since, asked.until):
        place = known.places.get(gap.community_id or 0)
        is_about = only is None or gap.community_id == only or (place is None and _lives(known, only, gap.platform))
        if is_about and gap.since <= known.last:
            silent[max(gap.since, asked.since), gap.platform].add(place.name if place else gap.platform)
    # Of several at once one mark, of their platform: hundreds of names would hide the curves.
    found += [Mark(day, "gap", names.pop() if len(names) == 1 else at) for (day, at), names in silent.items()]
    # Of each period one for each reason: a mark for every day would hide the curves.
    corrected = dict[tuple[Span, str], date]()
    for day, why in sorted(await charted.corrected(session, asked.since, asked.until, only, as_of)):
        corrected.setdefault((rules.span(asked.period, day), why), day)
    found += [Mark(day, "correction", why) for (_, why), day in corrected.items()]
    return sorted(found, key=lambda each: (each.day, each.kind, each.name))


def _lives(known: Known, community: int, platform: str) -> bool:
    place = known.places.get(community)
    return place is not None and place.platform == platform


async def _others(session: AsyncSession, every: Sequence[Span], as_of: datetime | None) -> list[Other]:
    """What other tools counted, added up by the same periods: beside the whole, since they count no group of ours."""
    if not every:
        return []
    by_tool: dict[tuple[str, str], dict[date, tuple[int, int]]] = {}
    for row in await charted.imported(session, every[0].since, every[-1].until, as_of):
        by_tool.setdefault((row.tool, row.measure), {})[row.day] = (row.count or 0, row.version)
    found = []
    for (tool, measure), days in by_tool.items():
        points = []
        for each in every:
            some = [days[day] for day in days if each.since <= day <= each.until]
            whole = len(some) == (each.until - each.since).days + 1
            if some:
                count, version = sum(number for number, _ in some), max(version for _, version in some)
                points.append(Point(each.since, each.until, count=count, partial=not whole, version=version))
            else:
                points.append(Point(each.since, each.until, why="not_measured"))
        found.append(Other(tool, measure, points))
    return found


async def _unmeasured(session: AsyncSession, known: Known) -> list[str]:
    """The communities whose rooms the bot is not in now."""
    outside = await charted.outside(session)
    names = [
        each.name for each in known.places.values() if each.closed is None and (each.missing or each.number in outside)
    ]
    return sorted(names, key=str.casefold)
