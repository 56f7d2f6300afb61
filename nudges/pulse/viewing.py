"""A report as a page: what was asked for, tables behind the charts, and what is said about the figures. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, get_args
from urllib.parse import urlencode

from bot.figures import OTHERS
from bot.nudge import Refused, Voice
from bot.say import Term
from nudges.pulse import drawing, naming, rules
from nudges.pulse.report import Asked, Kind, Measure, Other, Period, Point, Report, Series

YEAR = timedelta(days=364)
LONGEST = 400
"""Periods of one page at most."""

SHOWN: Mapping[Kind, tuple[Measure, ...]] = {
    "all": (*rules.PEOPLE, *rules.EVENTS, *rules.BALANCE),
    "department": rules.PEOPLE,
    "community": ("adopting", "active", *rules.EVENTS),
    "phase": rules.EVENTS,
    "objective": rules.EVENTS,
}
"""What is told of such groups, in this order."""

_DAYS: Mapping[Period, int] = {"day": 1, "week": 7, "month": 28}


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what it is of, its first heading, the others; of each row its name, where it leads to, and its cells."""

    title: str
    corner: str
    headings: Sequence[str]
    rows: Sequence[tuple[str, str, Sequence[str]]]


def asked(query: Mapping[str, str], today: date) -> Asked:
    """What the query of a page asks for; without one, of all, by week, for a year.

    Raises Refused: it is none that this page could ask.
    """
    wanted = query.get("period", "week"), query.get("kind", "all")
    period: Period | None = next((each for each in get_args(Period) if each == wanted[0]), None)
    kind: Kind | None = next((each for each in get_args(Kind) if each == wanted[1]), None)
    if period is None or kind is None:
        raise Refused("pulse-page-unknown")
    until = _day(query.get("until", ""), today) or today
    since = _day(query.get("since", ""), today) or until - YEAR
    found = Asked(SHOWN[kind], period, since, min(until, today), kind, query.get("group", "")[:200])
    if found.since > found.until:
        raise Refused("pulse-page-order")
    if (found.until - found.since).days > LONGEST * _DAYS[found.period]:
        raise Refused("pulse-page-long", limit=LONGEST)
    return found


def address(what: Asked, **other: str) -> str:
    """The query that asks for this, or for something else beside it."""
    found = {
        "period": what.period, "kind": what.kind, "group": what.group,
        "since": what.since.isoformat(), "until": what.until.isoformat(), **other,
    }  # fmt: skip
    return urlencode({name: value for name, value in found.items() if value})


def charted(report: Report) -> Sequence[Report]:
    """The parts of a report that are drawn, each as one picture: shares, then numbers; the balance has its own.

    What other tools counted is beside the numbers.
    """
    found = [
        replace(
            report,
            series=[each for each in report.series if each.measure in part],
            others=report.others if part is rules.EVENTS else (),
        )
        for part in (rules.PEOPLE, rules.EVENTS, rules.BALANCE)
    ]
    return [each for each in found if each.series or each.others]


def over_time(report: Report, voice: Voice) -> Table:
    """The figures that a chart is drawn from: a row for each period, the newest first; a column for each curve."""
    heads = [said(naming.curve(each, report.series), voice) for each in report.series]
    heads += [said(naming.other(each), voice) for each in report.others]
    curves: list[Series | Other] = [*report.series, *report.others]
    columns = [{point.since: point for point in each.points} for each in curves]
    points = {point.since: point for column in columns for point in column.values()}
    rows = [
        (
            said(naming.period(report.asked.period, points[since]), voice),
            "",
            [said(naming.figure(column[since]), voice) if since in column else "" for column in columns],
        )
        for since in sorted(points, reverse=True)
    ]
    return Table(_title(report, voice), voice("pulse-page-when"), heads, rows)


def by_group(report: Report, voice: Voice) -> Table:
    """The latest figures of each group, with a link to its own page."""
    measures = naming.measures(report)
    groups: dict[str, dict[str, Series]] = {}
    for each in report.series:
        groups.setdefault(each.group, {})[each.measure] = each
    rows, now = [], newest(report)
    for name, theirs in groups.items():
        first = next(iter(theirs.values()))
        link = "" if name == OTHERS else address(report.asked, group=name)
        cells = [_latest(report.asked.period, theirs.get(each), now, voice) for each in measures]
        rows.append((said(naming.group(first), voice), link, cells))
    heads = [said(naming.measure(each), voice) for each in measures]
    return Table(voice(f"pulse-page-kind-{report.asked.kind}"), voice("pulse-page-group"), heads, rows)


def values(report: Report, voice: Voice, today: date) -> dict[str, Any]:
    """What the template of the page is filled with, but for its pictures."""
    what = report.asked
    each_group = what.kind != "all" and not what.group
    parts = [] if each_group else charted(report)
    definitions = {each: rules.definition(each, what.kind, report.window) for each in naming.measures(report)}
    return {
        "title": _title(report, voice),
        "asked": what,
        "today": today,
        "periods": [(each, voice(f"pulse-page-by-{each}")) for each in get_args(Period)],
        "kinds": [(each, voice(f"pulse-page-kind-{each}")) for each in get_args(Kind)],
        "charts": [_chart(number, each, voice) for number, each in enumerate(parts)],
        "groups": by_group(report, voice) if each_group else None,
        "newest": _when(report, voice),
        "query": address(what),
        "definitions": [(said(naming.measure(each), voice), said(of, voice)) for each, of in definitions.items()],
        "about": [voice.line(each) for each in naming.about(report, [])],
        "marks": [voice.line(naming.marked(each)) for each in report.marks],
    }


def _when(report: Report, voice: Voice) -> str:
    point = newest(report)
    return said(naming.period(report.asked.period, replace(point, partial=False)), voice) if point else ""


def _chart(number: int, part: Report, voice: Voice) -> dict[str, Any]:
    latest = [voice.line(line) for line in naming.lines(part)]
    (drawn,) = drawing.charts(part, voice)
    return {"number": number, "title": drawn.title, "table": over_time(part, voice), "latest": latest}


def said(what: Term | str, voice: Voice) -> str:
    """A name or an argument in words."""
    return what if isinstance(what, str) else voice(what.term, **what.args)


def _title(report: Report, voice: Voice) -> str:
    if report.asked.kind == "all" or not report.asked.group or not report.series:
        return voice(f"pulse-page-title-{'all' if report.asked.kind == 'all' else 'groups'}")
    return said(naming.group(report.series[0]), voice)


def newest(report: Report) -> Point | None:
    """The latest of the figures that a table of groups shows: of which days most of them are."""
    told = [point for each in report.series if (point := naming.latest(each)) is not None]
    return max(told, key=lambda each: each.since, default=None)


def _latest(period: Period, series: Series | None, now: Point | None, voice: Voice) -> str:
    if series is None:
        return ""
    point = naming.latest(series) or (series.points[-1] if series.points else None)
    return said(naming.dated(period, point, now), voice) if point else ""


def _day(text: str, today: date) -> date | None:
    """Raises Refused: it is no day, or none that figures could be of."""
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise Refused("pulse-page-unknown") from None
    if not rules.may_be_told(found, today):
        raise Refused("pulse-page-far", first=str(rules.FIRST_YEAR), last=str(today.year + 1))
    return found
