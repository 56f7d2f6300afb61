"""What administrators do with indicators on the command line: see them, take them out, put others beside them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import get_args

from bot.calendar import WorkingTime, read_day, wall
from bot.figures import words as figures
from bot.lookup import fold
from bot.nudge import Context, Refused, Terminal, Voice
from bot.say import Names, Term
from bot.sheets import cells, files
from bot.sheets.cells import safe
from nudges.pulse import export, imported, marking, naming, reading, rules, viewing
from nudges.pulse.asking import BACK
from nudges.pulse.capability import nudge
from nudges.pulse.marking import Marking
from nudges.pulse.report import Asked, Kind, Measure, Period, Report
from storage import beside

LONGEST = 4_000
"""Periods of one file at most: ten years by day."""
_DAY = timedelta(days=1)
_IMPORTED = ("tool", "measure", "new", "corrected", "back", "days")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed. since, until, as_of: days; measures: with commas between them. "": as usual."""

    period: Period
    kind: Kind
    since: str = ""
    until: str = ""
    measures: str = ""
    as_of: str = ""

    def asked(self, today: date, back: timedelta, voice: Voice) -> Asked:
        """What is looked at. back: how far, where nobody says. voice: whose names of measures. Raises Refused."""
        until = _day("until", self.until, today) or today
        since = _day("since", self.since, today) or until - back
        if since > until and not self.until:
            raise Refused("pulse-since-to-come", day=figures.day(today))
        if since > until:
            raise Refused("pulse-order")
        if (until - since).days > LONGEST * {"day": 1, "week": 7, "month": 28}[self.period]:
            raise Refused("pulse-file-long", limit=LONGEST)
        return Asked(self._measures(voice), self.period, since, min(until, today), self.kind)

    def _measures(self, voice: Voice) -> tuple[Measure, ...]:
        """Those that are named, by their short names or as the screen has them; all, where none is."""
        every: tuple[Measure, ...] = get_args(Measure)
        told = tuple(each for each in every if rules.tells(each, self.kind))
        called = {each: viewing.said(naming.measure(each), voice) for each in every}
        meant = {fold(name): each for each in every for name in (each, called[each])}
        named = set[Measure]()
        for name in filter(None, (each.strip() for each in self.measures.split(","))):
            found = meant.get(fold(name))
            if found not in told:
                why = "elsewhere" if found else "unknown"
                names = Names(names=tuple(f"{each} ({called[each]})" for each in told))
                raise Refused(f"pulse-measure-{why}", name=name, names=names)
            named.add(found)
        return tuple(each for each in told if each in named) or told


@nudge.verb("pulse show")
async def show(
    at: Terminal,
    *,
    period: Period = "week",
    kind: Kind = "all",
    since: str = "",
    until: str = "",
    measures: str = "",
    as_of: str = "",
) -> bool:
    """Show the latest figures of each curve, and what they are."""
    report = await _report(at, Wanted(period, kind, since, until, measures, as_of), BACK[period])
    voice = at.voice
    at.line(
        voice("pulse-title", since=figures.day(report.asked.since), until=figures.day(report.asked.until)),
    )
    at.line("")
    rows = _latest(report, voice)
    if not naming.tells([*report.series, *report.others]):
        at.line(voice("pulse-show-nothing"))
    if rows:
        headings = [voice(f"pulse-column-{each}") for each in ("curve", "period", "figure", "before")]
        at.table(headings, rows)
    at.line("")
    for each in naming.measures(report):
        name, what = naming.measure(each), rules.definition(each, kind, report.window)
        at.line(voice("pulse-defined", name=name, what=what))
    for line in [*naming.marks(report), *naming.about(report, [])]:
        at.line(voice.line(line))
    return False


def _latest(report: Report, voice: Voice) -> list[tuple[str, str, str, str]]:
    """A row for each curve: what it is, the period, its figure, the one before."""
    curves = [(_curve(each.measure, naming.group(each), report, voice), each.points) for each in report.series]
    curves += [(viewing.said(naming.other(each), voice), each.points) for each in report.others]
    found = []
    for name, points in curves:
        if not points:
            continue
        told = [each for each in points if naming.known(each)]
        now = next((each for each in reversed(told) if not each.partial), (told or list(points))[-1])
        before = next((each for each in reversed(points) if each.until < now.since), None)
        when = viewing.said(naming.period(report.asked.period, now), voice)
        then = viewing.said(naming.figure(before), voice) if before else ""
        found.append((safe(name), when, viewing.said(naming.figure(now), voice), then))
    return found


def _curve(measure: Measure, group: Term | str, report: Report, voice: Voice) -> str:
    what = viewing.said(naming.measure(measure), voice)
    if report.asked.kind == "all":
        return what
    return voice("pulse-curve", measure=what, group=viewing.said(group, voice))


@nudge.verb("pulse export")
async def taken_out(
    at: Terminal,
    *,
    csv: bool = False,
    json: bool = False,
    period: Period = "day",
    kind: Kind = "all",
    since: str = "",
    until: str = "",
    measures: str = "",
    as_of: str = "",
) -> bool:
    """Print every figure, with what it is, for spreadsheets or for scripts."""
    if csv == json:
        raise Refused("pulse-export-how")
    report = await _report(at, Wanted(period, kind, since, until, measures, as_of), viewing.YEAR)
    at.line((export.json if json else export.csv)(report, at.voice))
    return False


async def _report(at: Terminal, wanted: Wanted, back: timedelta) -> Report:
    async with at.reads() as ctx:
        today = ctx.calendar.today(ctx.now)
        asked = wanted.asked(today, back, at.voice)
        report = await reading.of(ctx, asked, _as_of(wanted.as_of, ctx.calendar, today))
    return replace(report, others=()) if wanted.measures else report  # those are none of the ones that were named


def _as_of(text: str, calendar: WorkingTime, today: date) -> datetime | None:
    """The end of a day; None: as it is now."""
    day = _day("as-of", text, today)
    return wall(day + _DAY, time(0), calendar.zone) if day else None


def _day(option: str, text: str, today: date | None = None) -> date | None:
    """A day; None: none was given. today: figures are looked for. Raises Refused: it is none that they could be of."""
    if not text:
        return None
    found = read_day(text)
    if found is None:
        raise Refused("pulse-no-day", option=option, shown=text[:40])
    if cells.two_ways(text):
        raise Refused("pulse-two-days", option=option, shown=text, **cells.both_ways(text))
    if today is not None and not rules.may_be_told(found, today):
        raise Refused("pulse-far-day", option=option, first=str(rules.FIRST_YEAR), last=str(today.year + 1))
    return found


# ---------------------------------------------------------------- beside the curves


@nudge.verb("pulse import")
async def taken_in(at: Terminal, file: Path, /, *, dry_run: bool = False) -> bool:
    """Take over what other tools counted: all of a file, or nothing."""
    data = await at.file(file)
    async with at.reads() as ctx:
        today = ctx.calendar.today(ctx.now)
    sheet = await asyncio.to_thread(imported.read, data, today)
    if sheet.wrong:
        raise Refused("plain", text=files.told(at.voice, file.name, sheet))
    if dry_run:
        async with at.reads() as ctx:
            found = await _changes(ctx, sheet)
    else:
        try:
            async with at.writes() as ctx:
                found = await _changes(ctx, sheet)
                await _take_over(ctx, found)
        except beside.Overtaken as error:
            raise Refused("pulse-import-overtaken") from error
    _told(at, found, len(sheet.rows), dry_run=dry_run)
    return False


async def _changes(ctx: Context, sheet: imported.Sheet) -> list[imported.Change]:
    rows = imported.spelled(sheet.rows, await beside.tools(ctx.session))
    return imported.changes(rows, await beside.numbers(ctx.session, {each.tool for each in rows}))


async def _take_over(ctx: Context, found: list[imported.Change]) -> None:
    if not found:
        return
    rows = [(each.row.tool, each.row.measure, each.row.day, each.row.count, each.version) for each in found]
    await beside.take_over(ctx.session, rows, ctx.now)
    new, corrected, back = _sorts(found)
    after = {"new": str(new), "corrected": str(corrected), "taken_back": str(back)}
    await ctx.audit.append(ctx.session, now=ctx.now, actor=None, action="pulse.import", subject="pulse", after=after)


def _told(at: Terminal, found: list[imported.Change], rows: int, *, dry_run: bool) -> None:
    """By tool and measure: how many numbers are new, corrected, taken back; and how many are as they were."""
    voice, tools = at.voice, dict[tuple[str, str], list[imported.Change]]()
    for each in found:
        tools.setdefault((each.row.tool, each.row.measure), []).append(each)
    if tools:
        headings = [voice(f"pulse-import-column-{each}") for each in _IMPORTED]
        at.table(headings, [_changed(name, some) for name, some in sorted(tools.items())])
    if rows > len(found):
        at.line(voice("pulse-import-unchanged", count=rows - len(found)))
    new, corrected, back = _sorts(found)
    if new or corrected or not back:
        at.line(voice("pulse-import-dry" if dry_run else "pulse-import-done", count=new + corrected))
    if back:
        at.line(voice("pulse-import-dry-back" if dry_run else "pulse-import-back", count=back))


def _sorts(found: Iterable[imported.Change]) -> tuple[int, int, int]:
    """How many numbers are new, corrected, taken back."""
    sorts = Counter(
        "back" if each.row.count is None else "new" if each.before is None else "corrected" for each in found
    )
    return sorts["new"], sorts["corrected"], sorts["back"]


def _changed(name: tuple[str, str], some: list[imported.Change]) -> tuple[str, str, int, int, int, str]:
    days = [each.row.day for each in some]
    return safe(name[0]), safe(name[1]), *_sorts(some), f"{min(days)} – {max(days)}"


@nudge.verb("pulse mark")
async def marked(
    at: Terminal, day: str, name: str, /, *, kind: marking.Kind | None = None, remove: bool = False
) -> bool:
    """Put a mark beside the curves, or take it away."""
    what = Marking(_day("DAY", day) or date.min, name, kind or "")
    async with at.writes() as ctx:
        if remove:
            said = at.voice("pulse-mark-gone", day=figures.day(what.day), name=await marking.take(ctx, what))
        else:
            put = await marking.put(ctx, what)
            said = at.voice(f"pulse-mark-put-{put}", day=figures.day(what.day), name=marking.named(name))
    at.line(said)
    return False
