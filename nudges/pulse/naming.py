"""How what a report holds is called and told, in words; pure. Its sentences are in the catalogs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import get_args

from bot.figures import NO_DEPARTMENT, OTHERS
from bot.figures import words as figures
from bot.say import Arg, Line, Moment, Names, Term
from nudges.pulse.report import Mark, Measure, Other, Period, Point, Report, Series
from nudges.pulse.rules import PEOPLE
from storage.communities import OPENED
from storage.frozen import is_nameless

WHY = ("small", "not_measured", "unavailable", "before")
"""Why nothing is told of a period; what else a report may say one day reads "unknown"."""


CORRECTED = ("late", "backfill", "merge")
"""Why what was told of a day has another version (`storage.pulse.PulseDay`)."""

MARKS = 8
"""So many marks are said in words at most."""


def measure(what: str) -> Term:
    """What a measure is called: "Active contributors"."""
    return Term(term=f"pulse-measure-{what}")


def group(series: Series) -> Term | str:
    """Whom or what a curve is about."""
    if series.kind == "department":
        return figures.group(series.group)
    if series.group == OTHERS:
        return Term(term="pulse-group-others")
    if series.group == NO_DEPARTMENT:
        return Term(term="pulse-group-no-objective")
    if series.kind == "objective" and is_nameless(series.group):
        return Term(term="pulse-group-nameless", args={"number": series.group.removeprefix("~")})
    if series.kind == "phase" and series.group in OPENED:
        return Term(term=f"pulse-phase-{series.group}")
    return series.name or series.group or Term(term="pulse-group-all")


def period(which: Period, point: Point) -> Term:
    """The days that a figure is about: "week from Monday 23 November 2026 (not over)"."""
    days: dict[str, Term | Moment | str | int] = {
        "since": figures.day(point.since),
        "until": figures.day(point.until),
    }
    said = Term(term=f"pulse-period-{which}", args=days)
    return Term(term="pulse-period-partial", args={"period": said}) if point.partial else said


def figure(point: Point) -> Term:
    """One figure as it is told, or why none is."""
    if point.told is not None and point.told.low == point.told.high:
        percent = round(100 * point.told.low / point.told.of) if point.told.of else 0
        said = Term(term="pulse-figure-exact", args={"of": figures.count(point.told), "percent": percent})
    elif point.told is not None:
        said = Term(
            term="pulse-figure-share", args={"share": figures.share(point.told), "of": figures.count(point.told)}
        )
    elif point.count is not None:
        said = Term(term="pulse-figure-count", args={"told": point.count})
    else:
        said = Term(term=f"pulse-why-{(point.why if point.why in WHY else 'unknown').replace('_', '-')}")
    return Term(term="pulse-figure-corrected", args={"figure": said}) if point.version > 1 else said


def partly(point: Point) -> Term:
    """One figure beside which no period stands that would say so, if it is of a part of its period."""
    said = figure(point)
    return Term(term="pulse-figure-partial", args={"figure": said}) if point.partial and known(point) else said


def dated(which: Period, point: Point, newest: Point | None) -> Term:
    """One figure among others that are mostly of the newest period: with its own, where that is another."""
    if newest is None or not known(point) or point.since == newest.since:
        return partly(point)
    return Term(term="pulse-figure-of-period", args={"figure": figure(point), "period": period(which, point)})


def known(point: Point) -> bool:
    """Whether there is a figure."""
    return point.told is not None or point.count is not None


def tells(curves: Iterable[Series | Other]) -> bool:
    """Whether there is a figure in any of them."""
    return any(known(point) for each in curves for point in each.points)


def curve(series: Series, among: Sequence[Series]) -> Term | str:
    """What one curve is called beside the others: by what tells it from them."""
    measures, groups = {each.measure for each in among}, {(each.kind, each.group) for each in among}
    if len(groups) == 1:
        return measure(series.measure)
    if len(measures) == 1:
        return group(series)
    return Term(term="pulse-curve", args={"measure": measure(series.measure), "group": group(series)})


def other(tool: Other) -> Term:
    """What a curve of another tool is called."""
    what = measure(tool.measure) if tool.measure in get_args(Measure) else tool.measure
    return Term(term="pulse-curve-other", args={"measure": what, "tool": tool.tool})


def mark(what: Mark) -> Term | str:
    """What a mark on the curves is called."""
    if what.kind == "correction" and what.name in CORRECTED:
        return Term(term=f"pulse-corrected-{what.name}")
    kind = what.kind if what.kind in {"campaign", "boost", "gap", "correction", "imported"} else "note"
    return Term(term=f"pulse-mark-{kind}", args={"name": what.name})


def extent(report: Report) -> dict[str, Arg]:
    """The first and the last day that were asked for."""
    return {"since": figures.day(report.asked.since), "until": figures.day(report.asked.until)}


def subject(report: Report) -> Term | str | None:
    """Whom or what all the curves are about, where that is one group or one measure; None: of everybody, or several."""
    groups = {(each.kind, each.group) for each in report.series}
    if len(groups) == 1 and report.asked.kind != "all":
        return group(report.series[0])
    return measure(report.series[0].measure) if len({each.measure for each in report.series}) == 1 else None


def marks(report: Report) -> list[Line]:
    """What stands beside the curves as text, the latest ones."""
    return [marked(each) for each in report.marks[-MARKS:]]


def marked(what: Mark) -> Line:
    """A mark with its day."""
    return Line(id="pulse-marked", kind="note", args={"day": figures.day(what.day), "what": mark(what)})


def latest(series: Series | Other) -> Point | None:
    """The last period that is over and of which there is a figure; else the last of which there is one."""
    told = [each for each in series.points if known(each)]
    return next((each for each in reversed(told) if not each.partial), told[-1] if told else None)


def lines(report: Report) -> list[Line]:
    """The figures of a report as text: of each curve the latest, and the one of the period before."""
    curves: list[tuple[Term | str, Series | Other]] = [(curve(each, report.series), each) for each in report.series]
    curves += [(other(each), each) for each in report.others]
    found = []
    for name, series in curves:
        now = latest(series) or (series.points[-1] if series.points else None)
        if now is None:
            continue
        before = [each for each in series.points if each.until < now.since]
        args: dict[str, Arg] = {
            "curve": name,
            "figure": figure(now),
            "period": period(report.asked.period, now),
        }
        if before:
            args["before"] = partly(before[-1])
        found.append(Line(id="pulse-line-since" if before else "pulse-line", kind="item", args=args))
    return found


def about(report: Report, definitions: Sequence[tuple[Term, Term]]) -> list[Line]:
    """What the figures are: how each comes about, of which days they are, and what is not in them.

    definitions: names of measures, and what these are.
    """
    found = [Line(id="pulse-defined", args={"name": name, "what": what}, kind="note") for name, what in definitions]
    if any(each in PEOPLE for each in measures(report)):
        found.append(Line(id="pulse-together", args={"smallest": report.smallest}, kind="note"))
    if report.asked.kind != "department" and any(each.group == OTHERS for each in report.series):
        found.append(Line(id="pulse-others", kind="note"))
    if report.series:
        args: dict[str, Arg] = {"at": Moment(at=report.fresh), "smallest": report.smallest}
        found.append(Line(id="pulse-fresh", args=args, kind="note"))
    if report.first is not None and any(each.why == "before" for one in report.series for each in one.points):
        found.append(Line(id="pulse-first", args={"day": figures.day(report.first)}, kind="note"))
    if report.unmeasured:
        args = {"count": len(report.unmeasured), "names": Names(names=tuple(report.unmeasured[:10]))}
        found.append(Line(id="pulse-unmeasured", args=args, kind="note"))
    return found


def measures(report: Report) -> tuple[Measure, ...]:
    """What the curves are about, each once."""
    return tuple(dict.fromkeys(each.measure for each in report.series))
