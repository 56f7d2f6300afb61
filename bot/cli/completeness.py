"""How complete profiles are, for a terminal, a script or a table of figures: what was published, and nothing else."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from bot.cli import FINE, show
from bot.cli.opening import Desk, opened
from bot.cli.voice import Voice
from bot.figures import Told
from bot.figures.words import count, day, group, share
from bot.roster.cells import safe
from bot.say import Line, Term
from nudges.profiles import completeness, words
from nudges.profiles.settings import Settings
from storage.figures import Figure

YEARS = 520
"""Weeks that are shown at most."""

COLUMNS = ("week", "counted", "what", "group", "at-least", "at-most", "of", "percent-at-least", "percent-at-most")


async def shown(desk: Desk, *, as_json: bool, as_csv: bool) -> int:
    """Show it: the last week as tables; every week as JSON, or as CSV."""
    async with opened(desk) as store, store.read() as session:
        found = await completeness.weeks(session, YEARS if as_json or as_csv else 1)
    settings = desk.config.nudges["profiles"]
    assert isinstance(settings, Settings)
    if as_json:
        show.line(json.dumps(_document(desk, settings, found), ensure_ascii=False, indent=2))
    elif as_csv:
        show.line(_table(desk.voice, settings, found))
    elif not found:
        show.line(desk.voice("completeness-nothing", smallest=desk.config.parvis.smallest_group))
    else:
        _tables(desk, settings, found[-1])
    return FINE


def _tables(desk: Desk, settings: Settings, week: completeness.Week) -> None:
    voice = desk.voice
    show.line(voice("completeness-title", week=day(week.monday)))
    show.line("")
    headings = [voice(f"cli-column-{name}") for name in ("group", "share", "count", "counted")]
    rows = [
        (_said(voice, group(each.grp, alone=len(week.groups) == 1)), *_figure(voice, _told(each)), each.taken)
        for each in week.groups
    ]
    show.table(headings, [*rows, (voice("cli-completeness-total"), *_figure(voice, week.all), "")])
    show.line("")
    fields = [each for each in settings.fields if each.name in week.fields]
    headings = [voice(f"cli-column-{name}") for name in ("field", "share", "count")]
    show.table(
        headings, [(_said(voice, words.label(each)), *_figure(voice, week.fields[each.name])) for each in fields]
    )
    for line in completeness.formula(settings, desk.config.parvis.smallest_group):
        show.line(f"\n{voice.line(line)}")


def _figure(voice: Voice, said: Told) -> tuple[str, str]:
    return _said(voice, share(said)), _said(voice, count(said))


def _said(voice: Voice, what: Term | str) -> str:
    return what if isinstance(what, str) else voice.line(Line(id=what.term, args={**what.args}))


def _told(row: Figure) -> Told:
    return Told(row.low, row.high, row.of)


def _rows(
    voice: Voice, settings: Settings, found: Sequence[completeness.Week]
) -> Iterator[tuple[Any, Any, str, str, Told]]:
    """Everything told: week, week in which it was counted ("" for a sum), what, of whom, and the figure."""
    everybody, whole = voice("cli-completeness-total"), voice("cli-completeness-whole")
    labels = {each.name: _said(voice, words.label(each)) for each in settings.fields}
    for week in found:
        for each in week.groups:
            name = _said(voice, group(each.grp, alone=len(week.groups) == 1))
            yield week.monday, each.taken, whole, name, _told(each)
        yield week.monday, "", whole, everybody, week.all
        for field, said in sorted(week.fields.items()):
            yield week.monday, "", labels.get(field, field), everybody, said


def _document(desk: Desk, settings: Settings, found: Sequence[completeness.Week]) -> dict[str, Any]:
    rows = [
        {
            "week": str(week), "counted": str(taken) or None, "what": what, "group": name,
            "at_least": said.low, "at_most": said.high, "of": said.of,
            "percent_at_least": said.percent()[0], "percent_at_most": said.percent()[1],
        }
        for week, taken, what, name, said in _rows(desk.voice, settings, found)
    ]  # fmt: skip
    smallest = desk.config.parvis.smallest_group
    formula = [desk.voice.line(each) for each in completeness.formula(settings, smallest)]
    return {"formula": formula, "smallest_group": smallest, "figures": rows}


def _table(voice: Voice, settings: Settings, found: Sequence[completeness.Week]) -> str:
    text = io.StringIO()
    write = csv.writer(text, lineterminator="\n")
    write.writerow(each.replace("-", "_") for each in COLUMNS)
    for week, taken, what, name, said in _rows(voice, settings, found):
        write.writerow((week, taken, safe(what), safe(name), said.low, said.high, said.of, *said.percent()))
    return text.getvalue().rstrip("\n")
