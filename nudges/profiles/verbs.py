"""What administrators ask about profiles on the command line: how complete they are, and what only they can fill.

Nobody is named: what was published is told, and gaps by field and department.
"""

from __future__ import annotations

import csv as tables
import io
import json as documents
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.figures import Told
from bot.figures.words import count, day, group, share
from bot.nudge import Terminal, Voice
from bot.say import Line, Term
from bot.sheets.cells import safe
from nudges.profiles import completeness, gaps, words
from nudges.profiles.capability import nudge
from nudges.profiles.settings import Settings
from storage.figures import Figure

YEARS = 520
"""Weeks that are shown at most."""

COLUMNS = ("week", "counted", "what", "group", "at-least", "at-most", "of", "percent-at-least", "percent-at-most")


@nudge.verb("people gaps")
async def lacking(at: Terminal) -> bool:
    """Show how many people lack what the roster alone could say; whether there are some."""
    async with at.reads() as ctx:
        smallest = ctx.smallest_group
        found = await gaps.counted(ctx.session, ctx.settings, smallest)
    voice = at.voice
    if not found:
        at.line(voice("profile-gaps-none", smallest=smallest))
        return False
    at.line(voice("profile-gaps-title", smallest=smallest))
    rows: list[tuple[str, str, str | int]] = []
    for gap in found:
        field = voice("profile-gaps-called", field=words.label(gap.field))
        for department, people in gap.departments:
            rows.append((field, department or voice("profile-gaps-without"), _lacking(voice, people)))
        rows += [(field, voice("profile-gaps-others"), _lacking(voice, gap.others))] if gap.others else []
    at.table([voice(f"profile-gaps-{each}") for each in ("field", "department", "people")], rows)
    if not all(gap.is_exact for gap in found):
        at.line(voice("profile-gaps-weekly"))
    return True


def _lacking(voice: Voice, people: gaps.Count) -> str | int:
    return people if isinstance(people, int) else _said(voice, count(people))


@nudge.verb("people completeness")
async def complete(at: Terminal, *, json: bool = False, csv: bool = False) -> bool:
    """Show how complete profiles are: the last week as tables; every week as JSON, or as CSV."""
    async with at.reads() as ctx:
        found = await completeness.weeks(ctx.session, YEARS if json or csv else 1)
    told = _Published(at.voice, ctx.settings, ctx.smallest_group, found)
    if json:
        at.line(documents.dumps(_document(told), ensure_ascii=False, indent=2))
    elif csv:
        at.line(_table(told))
    elif not found:
        at.line(at.voice("completeness-nothing", smallest=ctx.smallest_group))
    else:
        _tables(at, told)
    return False


@dataclass(frozen=True, slots=True)
class _Published:
    """What was told, for a reader. smallest: people of the smallest group of which anything is told."""

    voice: Voice
    settings: Settings
    smallest: int
    weeks: Sequence[completeness.Week]


def _tables(at: Terminal, told: _Published) -> None:
    voice, week = told.voice, told.weeks[-1]
    at.line(voice("completeness-title", week=day(week.monday)))
    at.line("")
    headings = [voice(f"completeness-column-{name}") for name in ("group", "share", "count", "counted")]
    rows = [
        (_said(voice, group(each.grp, alone=len(week.groups) == 1)), *_figure(voice, _told(each)), each.taken)
        for each in week.groups
    ]
    at.table(headings, [*rows, (voice("completeness-total"), *_figure(voice, week.all), "")])
    at.line("")
    fields = [each for each in told.settings.fields if each.name in week.fields]
    headings = [voice(f"completeness-column-{name}") for name in ("field", "share", "count")]
    at.table(headings, [(_said(voice, words.label(each)), *_figure(voice, week.fields[each.name])) for each in fields])
    for line in completeness.formula(told.settings, told.smallest):
        at.line(f"\n{voice.line(line)}")


def _figure(voice: Voice, said: Told) -> tuple[str, str]:
    return _said(voice, share(said)), _said(voice, count(said))


def _said(voice: Voice, what: Term | str) -> str:
    return what if isinstance(what, str) else voice.line(Line(id=what.term, args={**what.args}))


def _told(row: Figure) -> Told:
    return Told(row.low, row.high, row.of)


def _rows(told: _Published) -> Iterator[tuple[Any, Any, str, str, Told]]:
    """Everything told: week, week in which it was counted ("" for a sum), what, of whom, and the figure."""
    voice = told.voice
    everybody, whole = voice("completeness-total"), voice("completeness-whole")
    labels = {each.name: _said(voice, words.label(each)) for each in told.settings.fields}
    for week in told.weeks:
        for each in week.groups:
            name = _said(voice, group(each.grp, alone=len(week.groups) == 1))
            yield week.monday, each.taken, whole, name, _told(each)
        yield week.monday, "", whole, everybody, week.all
        for field, said in sorted(week.fields.items()):
            yield week.monday, "", labels.get(field, field), everybody, said


def _document(told: _Published) -> dict[str, Any]:
    rows = [
        {
            "week": str(week), "counted": str(taken) or None, "what": what, "group": name,
            "at_least": said.low, "at_most": said.high, "of": said.of,
            "percent_at_least": said.percent()[0], "percent_at_most": said.percent()[1],
        }
        for week, taken, what, name, said in _rows(told)
    ]  # fmt: skip
    formula = [told.voice.line(each) for each in completeness.formula(told.settings, told.smallest)]
    return {"formula": formula, "smallest_group": told.smallest, "figures": rows}


def _table(told: _Published) -> str:
    text = io.StringIO()
    write = tables.writer(text, lineterminator="\n")
    write.writerow(each.replace("-", "_") for each in COLUMNS)
    for week, taken, what, name, said in _rows(told):
        write.writerow((week, taken, safe(what), safe(name), said.low, said.high, said.of, *said.percent()))
    return text.getvalue().rstrip("\n")
