"""What happened in communities, added up by periods and groups of communities. Pure.

Of each day and community it was settled, when the day was frozen, whether it is told of by itself, with others or not
at all (`rules.shown`). Everything told here is a sum of whole such parts, whichever way it is grouped: so nothing can
be got from two sums that the parts do not tell already.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import attrgetter

from bot.figures import NO_DEPARTMENT, OTHERS, Told
from nudges.pulse.report import Kind, Measure, Point, Series
from nudges.pulse.rules import BALANCE, OWN, Span
from storage.charted import Day, Place, Stand, Sum

_DAY = timedelta(days=1)
_READS = ("reads",)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known, and how far. spans: what is told of, the earliest first. first, last: of what is frozen.
    rows: what happened; ends, stands: how it stood on the last days, of each and of all.

    opened, closed: community -> the first day on which people were in it, and the first on which they were no more.
    silent: platforms that do not tell who has read.
    """

    spans: Sequence[Span]
    first: date
    last: date
    rows: Sequence[Sum]
    ends: Sequence[Day]
    stands: Sequence[Stand]
    places: Mapping[int, Place]
    opened: Mapping[int, date]
    closed: Mapping[int, date]
    silent: Collection[str]

    def lacks(self, row: Sum) -> Collection[str]:
        """Of what nothing is known there: who has read, where nobody tells; what a platform's past does not tell."""
        place = self.places.get(row.community)
        silent = _READS if place is not None and place.platform in self.silent else ()
        return {*silent, *row.untold.split()} if row.untold else silent

    def is_partial(self, span: Span) -> bool:
        """Whether the period is not over, as far as is known."""
        return span.until > self.last


@dataclass(slots=True)
class _Cell:
    """What is known of a group in a period. rows: of how many days of communities something is told.

    without: of how many of these a measure is not known. hidden: of how many nothing may be told by this name.
    """

    rows: int = 0
    without: Counter[str] = field(default_factory=Counter)
    hidden: int = 0
    version: int = 1


_Cells = dict[str, dict[int, _Cell]]
_Sums = dict[tuple[str, int, str], int]


def group_of(row: Sum, kind: Kind) -> str:
    """In which group a day of a community is told of; NO_DEPARTMENT for no objective."""
    if kind == "all":
        return ""
    if row.shown == OTHERS:
        return OTHERS
    if kind == "community":
        return str(row.community)
    if kind == "phase":
        return row.phase
    return row.objective or NO_DEPARTMENT


def series(known: Known, measures: Sequence[Measure], kind: Kind, only: str = "") -> list[Series]:
    """The curves of what happened. only: of this group; "" for each."""
    if not known.spans or not measures:
        return []
    cells, sums, members = _added(known, measures, kind)
    if only:
        cells = {only: cells.get(only, {})}
    groups = [each for each, some in cells.items() if only or any(cell.rows for cell in some.values())]
    measured = _measured(known)
    unknown = {each: _unknown(known, members.get(each, ()), measured) for each in groups}
    if kind == "all":
        groups, unknown = [""], {"": _unknown(known, known.places, measured)}
    found = []
    for measure in measures:
        for group in sorted(groups, key=lambda each: (each == OTHERS, name_of(each, kind, known.places).casefold())):
            points = [
                _point(known, measure, span, cells.get(group, {}).get(at), sums.get((measure, at, group), 0), gap)
                for at, (span, gap) in enumerate(zip(known.spans, unknown[group], strict=True))
            ]
            begins = known.opened.get(int(group)) if kind == "community" and group.isdigit() else None
            points = [before(each, begins) for each in points]
            found.append(Series(measure, kind, group, name_of(group, kind, known.places), points))
    return found


def name_of(group: str, kind: Kind, places: Mapping[int, Place]) -> str:
    """How people read a group; "" where it has no name of its own."""
    if group in {OTHERS, NO_DEPARTMENT, ""} or kind == "phase":
        return ""
    if kind == "community":
        place = places.get(int(group)) if group.isdigit() else None
        return place.name if place else ""
    return group


def _added(known: Known, measures: Sequence[Measure], kind: Kind) -> tuple[_Cells, _Sums, dict[str, set[int]]]:
    """By group and period: what is known, the sums, and the communities that are in a group."""
    cells: defaultdict[str, defaultdict[int, _Cell]] = defaultdict(lambda: defaultdict(_Cell))
    sums: defaultdict[tuple[str, int, str], int] = defaultdict(int)
    members: defaultdict[str, set[int]] = defaultdict(set)
    takes: list[tuple[Measure, Callable[[Sum], int]]] = [(each, _taking(each)) for each in measures]
    for row in known.rows:
        at = row.at
        if row.shown != OWN and kind == "community":
            cells[str(row.community)][at].hidden += row.days
        if not row.shown:
            if kind == "all":
                cells[""][at].hidden += row.days
            continue
        group = group_of(row, kind)
        cell, lacks = cells[group][at], known.lacks(row)
        cell.rows += row.days
        for each in lacks:
            cell.without[each] += row.days
        cell.version = max(cell.version, row.version)
        members[group].add(row.community)
        for measure, take in takes:
            if measure not in lacks:
                sums[measure, at, group] += take(row)
    return {group: dict(some) for group, some in cells.items()}, dict(sums), members


def _taking(measure: Measure) -> Callable[[Sum], int]:
    take: Callable[[Sum], int] = attrgetter(measure)
    return take


def _measured(known: Known) -> dict[tuple[int, int], int]:
    """(community, period) -> of how many days the whole is known."""
    measured: defaultdict[tuple[int, int], int] = defaultdict(int)
    for row in known.rows:
        measured[row.community, row.at] += row.measured
    return measured


def _unknown(known: Known, communities: Collection[int], measured: Mapping[tuple[int, int], int]) -> list[bool]:
    """Of which periods a part was not measured, of one of these communities."""
    found = []
    for at, span in enumerate(known.spans):
        end = min(span.until, known.last)
        whole = (end - span.since).days + 1
        found.append(
            any(
                measured.get((each, at), 0) < whole and measured.get((each, at), 0) < _there(known, each, span, end)
                for each in communities
            )
        )
    return found


def _there(known: Known, community: int, span: Span, end: date) -> int:
    """On how many days of a period, up to a day of it, people were in a community."""
    since = max(span.since, known.opened.get(community, span.since))
    until = min(end, known.closed.get(community, end + _DAY) - _DAY)
    return (until - since).days + 1


def _point(known: Known, measure: Measure, span: Span, cell: _Cell | None, count: int, gap: bool) -> Point:
    partial = gap or known.is_partial(span)
    if cell is None or not cell.rows:
        why = "before" if span.until < known.first else "small" if cell and cell.hidden else "not_measured"
        return Point(span.since, span.until, why=why, partial=partial and why != "before")
    if cell.without[measure] == cell.rows:
        return Point(span.since, span.until, why="unavailable", partial=partial)
    partial = partial or cell.hidden > 0 or cell.without[measure] > 0
    return Point(span.since, span.until, count=count, partial=partial, version=cell.version)


def before(point: Point, begins: date | None) -> Point:
    """Before a community was there, there is nothing to know of it."""
    if begins is None or point.until >= begins or point.count is not None or point.told is not None:
        return point
    return Point(point.since, point.until, why="before")


# ---------------------------------------------------------------- as it stood on the last day of a period


def _last_days(known: Known) -> dict[int, list[Day]]:
    """Period -> what is told of its last day of which something is told."""
    found = dict[int, list[Day]]()
    for row in known.ends:
        found.setdefault(row.at, []).append(row)
    return found


def balance(known: Known, measures: Sequence[Measure]) -> list[Series]:
    """How many of the communities that were open were private, and of interest; of communities all may be told."""
    last = {each.at: each for each in known.stands}
    found = []
    for measure in measures:
        assert measure in BALANCE
        points = []
        for at, span in enumerate(known.spans):
            some = last.get(at)
            if some is None:
                points.append(_point(known, measure, span, None, 0, gap=False))
                continue
            yes = int(getattr(some, measure))
            told, partial = Told(yes, yes, some.of), known.is_partial(span)
            points.append(Point(span.since, span.until, told, partial=partial, taken=some.day))
        found.append(Series(measure, "all", "", "", points))
    return found


def members(known: Known, only: str = "") -> list[Series]:
    """How many people were in each community that is told of by itself."""
    last = _last_days(known)
    own = {row.community for some in last.values() for row in some if row.shown == OWN}
    wanted = [int(only)] if only.isdigit() else [] if only else sorted(own)
    found = []
    for community in wanted:
        points = []
        for at, span in enumerate(known.spans):
            row = next((each for each in last.get(at, ()) if each.community == community), None)
            if row is None or row.shown != OWN:
                cell = _Cell(hidden=int(row is not None))
                points.append(
                    before(_point(known, "population", span, cell, 0, gap=False), known.opened.get(community))
                )
            else:
                partial = known.is_partial(span)
                points.append(Point(span.since, span.until, count=row.members, partial=partial, taken=row.day))
        name = name_of(str(community), "community", known.places)
        found.append(Series("population", "community", str(community), name, points))
    return sorted(found, key=lambda each: each.name.casefold())
