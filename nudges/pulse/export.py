"""A report as files: CSV for spreadsheets, JSON for scripts; and as numbers for Prometheus. Pure.

They are made of a report alone, so that they tell what it tells. Each figure stands with what it is: its numerator, its
denominator and its window in words, until when everything that happened is in it, and which version it is.
"""

from __future__ import annotations

import csv as tables
import io
import json as documents
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.figures import NO_DEPARTMENT, OTHERS
from bot.nudge import Gauged, Voice
from bot.say import Term
from bot.sheets.cells import safe
from nudges.pulse import naming, rules
from nudges.pulse.report import Other, Point, Report, Series

COLUMNS = (
    "source", "measure", "kind", "group", "community", "since", "until", "count", "at_least", "at_most", "of",
    "percent_at_least", "percent_at_most", "why", "partial", "version", "counted_on", "window_days", "complete_until",
    "definition",
)  # fmt: skip
"""Of a table. source: "parvis", or the tool that counted it. community: its number. why: of no figure. counted_on: the
day on which what is told of people was counted. complete_until: everything that happened before is in it."""

OWN = "parvis"


def csv(report: Report, voice: Voice) -> str:
    """A table of every figure; no cell is one that a spreadsheet would compute. voice: the reader's language."""
    text = io.StringIO()
    write = tables.writer(text, lineterminator="\n")
    write.writerow(COLUMNS)
    for each in figures(report, voice):
        write.writerow(_cell(each[name]) for name in COLUMNS)
    return text.getvalue().rstrip("\n")


def json(report: Report, voice: Voice) -> str:
    """The same as a document, with what was asked for and what stands beside the curves."""
    asked = report.asked
    document = {
        "asked": {
            "measures": list(asked.measures), "period": asked.period, "kind": asked.kind,
            "since": asked.since.isoformat(), "until": asked.until.isoformat(),
        },
        "smallest_group": report.smallest,
        "window_days": report.window,
        "first": report.first.isoformat() if report.first else None,
        "complete_until": _instant(report.fresh),
        "marks": [
            {"day": each.day.isoformat(), "kind": each.kind, "name": _said(naming.mark(each), voice)}
            for each in report.marks
        ],
        "not_measured": list(report.unmeasured),
        "figures": [dict(each) for each in figures(report, voice)],
    }  # fmt: skip
    return documents.dumps(document, ensure_ascii=False, indent=2)


def figures(report: Report, voice: Voice) -> Iterator[dict[str, Any]]:
    """Every figure, by name of column; None: there is nothing to say."""
    for series in report.series:
        definition = _said(rules.definition(series.measure, series.kind, report.window), voice)
        if series.measure in rules.PEOPLE:
            definition += " " + voice("pulse-together", smallest=report.smallest)
        window = report.window if series.measure in rules.WINDOWED else None
        about = {
            "source": OWN, "measure": series.measure, "kind": series.kind, "group": _said(naming.group(series), voice),
            "community": int(series.group) if series.kind == "community" and series.group.isdigit() else None,
            "window_days": window, "complete_until": _instant(report.fresh), "definition": definition,
        }  # fmt: skip
        yield from ({**about, **_figure(each)} for each in series.points)
    for other in report.others:
        about = {
            "source": other.tool, "measure": other.measure, "kind": "all", "group": "", "community": None,
            "window_days": None, "complete_until": None,
            "definition": _said(Term(term="pulse-is-imported", args={"tool": other.tool}), voice),
        }  # fmt: skip
        yield from ({**about, **_figure(each)} for each in other.points)


def _figure(point: Point) -> dict[str, Any]:
    told = point.told
    low, high = told.percent() if told is not None else (None, None)
    return {
        "since": point.since.isoformat(), "until": point.until.isoformat(),
        "count": point.count if told is None else None,
        "at_least": told.low if told else None, "at_most": told.high if told else None, "of": told.of if told else None,
        "percent_at_least": low, "percent_at_most": high,
        "why": point.why or None, "partial": point.partial, "version": point.version,
        "counted_on": point.taken.isoformat() if point.taken else None,
    }  # fmt: skip


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return safe(value) if isinstance(value, str) else value


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="minutes")


def _said(what: Term | str, voice: Voice) -> str:
    return what if isinstance(what, str) else voice(what.term, **what.args)


# ---------------------------------------------------------------- Prometheus

_PEOPLE = "People who are so on the last day told of; measures are those of docs/indicators.md."
_ABOUT = {
    "pulse_people_at_least": f"{_PEOPLE} The lower end of what is told.",
    "pulse_people_at_most": f"{_PEOPLE} The upper end of what is told.",
    "pulse_people_of": "People (or, of the balance, communities) that these are of.",
    "pulse_count": "What happened on the last day told of, or how many people there were.",
    "pulse_imported": "What another tool counted on the last day that was imported.",
}


def gauges(reports: Sequence[Report]) -> list[Gauged]:
    """The last figure of each curve that has one. Communities are left out: no room is a label."""
    found: list[Gauged] = []
    for report in reports:
        for series in report.series:
            point = naming.latest(series)
            if point is not None and series.kind != "community":
                found += _gauges(series, point)
    others = {(each.tool, each.measure): each for report in reports for each in report.others}
    return found + [each for other in others.values() for each in _imported(other)]


def _gauges(series: Series, point: Point) -> list[Gauged]:
    labels = {"measure": series.measure, "kind": series.kind, "group": label(series.group)}
    if point.told is None:
        return [_gauged("pulse_count", labels, float(point.count or 0))]
    ends = {"at_least": point.told.low, "at_most": point.told.high, "of": point.told.of}
    return [_gauged(f"pulse_people_{name}", labels, float(number)) for name, number in ends.items()]


def _imported(other: Other) -> list[Gauged]:
    told = [each.count for each in other.points if each.count is not None]
    return [_gauged("pulse_imported", {"tool": other.tool, "measure": other.measure}, float(told[-1]))] if told else []


def label(group: str) -> str:
    """How a group is called there: as people call it, "*" for the others, "-" for none. Each has its own."""
    name = group.removeprefix("=")
    return group if name in {OTHERS, NO_DEPARTMENT, ""} else name


def _gauged(name: str, labels: dict[str, str], value: float) -> Gauged:
    return Gauged(name, _ABOUT[name], labels, value)
