"""What other tools counted, from a file: bytes in, rows out, everything that is wrong with it at once. Pure.

A row is a day, a tool, what it counted, and how much: `2026-11-02,intranet,page views,1250`; `-` takes back what was
imported before.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.calendar import read_day
from bot.lookup import fold
from bot.say import Line, Names
from bot.sheets import cells
from bot.sheets.cells import Unfit, quoted
from bot.sheets.files import SEPARATORS, Troubles, encoding, filled
from nudges.pulse import rules
from storage.beside import Number

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "day": ("day", "date", "jour"),
    "tool": ("tool", "source", "outil"),
    "measure": ("measure", "metric", "mesure", "indicateur"),
    "count": ("count", "number", "value", "nombre", "valeur"),
}
"""What a column is, by its heading, whatever case and accents it has."""

ROWS = 50_000
"""Rows of a file: all of it is written at once, while nobody else writes on SQLite."""
LONGEST = 60
"""Characters of the name of a tool, or of what it counts."""
LARGEST = 2_147_483_647
"""Of a number: what a column of the database holds (PostgreSQL, "Numeric Types")."""
TAKEN_BACK = "-"
"""In place of a number: none was counted, and what was imported for that day goes."""
FIRST = date(rules.FIRST_YEAR, 1, 1)
_DIGITS = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{4}")


@dataclass(frozen=True, slots=True)
class Row:
    """One number. count: None: it is taken back."""

    day: date
    tool: str
    measure: str
    count: int | None


@dataclass(slots=True)
class Sheet(Troubles):
    """What a file says. rows: as they stand there, once nothing is wrong."""

    rows: list[Row] = field(default_factory=list)


def read(data: bytes, today: date) -> Sheet:
    """Read a file. today: what is later cannot have been counted."""
    sheet = Sheet()
    by = encoding(data, sheet)
    if not sheet.wrong:
        try:
            text = data.decode(by)
        except UnicodeError:
            sheet.amiss(0, "", Line(id="people-undecodable"), Line(id="people-save-utf8"))
        else:
            _all(text, sheet, today)
    sheet.told()
    return sheet


def _all(text: str, sheet: Sheet, today: date) -> None:
    first = text.partition("\n")[0]
    if first.casefold().startswith("sep="):
        first = text.partition("\n")[2].partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    rows = filled(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), sheet)
    number, headings = next(rows, (0, []))
    places = _places(number, headings, sheet)
    seen: dict[tuple[str, str, date], int] = {}
    for number, row in rows if not sheet.wrong else ():
        if number > ROWS + 1:
            sheet.amiss(number, "", Line(id="pulse-import-many", args={"most": ROWS}), Line(id="pulse-import-split"))
            return
        made = _row(number, headings, places, row, sheet, today)
        if made is None:
            continue
        key = (fold(made.tool), fold(made.measure), made.day)
        if key in seen:
            wrong = Line(id="pulse-import-twice", args={"row": str(seen[key])})
            sheet.amiss(number, "", wrong, Line(id="pulse-import-keep-one"))
        seen.setdefault(key, number)
        sheet.rows.append(made)
    if not sheet.rows and not sheet.wrong:
        sheet.amiss(0, "", Line(id="pulse-import-no-rows"), Line(id="pulse-import-write-rows"))


def _places(number: int, headings: Sequence[str], sheet: Sheet) -> dict[str, int]:
    """Where each column is."""
    if not headings:
        return {}
    found: dict[str, int] = {}
    known = {heading: what for what, some in COLUMNS.items() for heading in some}
    for place, heading in enumerate(headings):
        what = known.get(fold(heading.strip()))
        if what is None and heading.strip():
            wrong = Line(id="pulse-import-heading", args={"shown": quoted(heading.strip())})
            sheet.amiss(number, "", wrong, Line(id="pulse-import-headings"))
        elif what in found:
            wrong = Line(id="pulse-import-heading-twice", args={"shown": quoted(heading.strip())})
            sheet.amiss(number, "", wrong, Line(id="pulse-import-headings"))
        elif what is not None:
            found[what] = place
    lacking = tuple(each for each in COLUMNS if each not in found)
    if lacking:
        wrong = Line(id="pulse-import-lacking", args={"names": Names(names=lacking)})
        sheet.amiss(number, "", wrong, Line(id="pulse-import-headings"))
    return found


def _row(
    number: int, headings: Sequence[str], places: Mapping[str, int], row: Sequence[str], sheet: Sheet, today: date
) -> Row | None:
    if any(each.strip() for each in row[len(headings) :]):
        wrong = Line(id="people-more-cells", args={"found": len(row), "headings": len(headings)})
        sheet.amiss(number, "", wrong, Line(id="people-quote"))
        return None
    before, said = sheet.wrong, dict[str, date | str | int | None]()
    for what, place in places.items():
        try:
            said[what] = _cell(what, cells.clean(row[place] if place < len(row) else ""), today)
        except Unfit as error:
            sheet.amiss(number, headings[place].strip(), error.wrong, error.write)
    return Row(**said) if sheet.wrong == before else None  # type: ignore[arg-type]


def _cell(what: str, text: str, today: date) -> date | str | int | None:
    """Raises Unfit."""
    if not text:
        raise Unfit(Line(id="pulse-import-empty"), Line(id=f"pulse-import-write-{what}"))
    if what == "day":
        return _day(text, today)
    if what == "count":
        return None if text == TAKEN_BACK else _count(text)
    if len(text) > LONGEST:
        raise Unfit(Line(id="people-too-long", args={"most": LONGEST}), Line(id="people-shorten"))
    return text


def _day(text: str, today: date) -> date:
    found = read_day(text)
    if found is None:
        write = "correct" if _DIGITS.fullmatch(text) else "write"  # a day that does not exist, or none at all
        raise Unfit(Line(id="pulse-import-no-day", args={"shown": quoted(text)}), Line(id=f"pulse-import-{write}-day"))
    if cells.two_ways(text):
        write_either = Line(id="pulse-import-write-either", args=dict(cells.both_ways(text)))
        raise Unfit(Line(id="pulse-import-two-days", args={"shown": quoted(text)}), write_either)
    if not FIRST <= found <= today:
        wrong = "pulse-import-to-come" if found > today else "pulse-import-long-ago"
        raise Unfit(Line(id=wrong, args={"shown": quoted(text)}), Line(id="pulse-import-correct-day"))
    return found


def _count(text: str) -> int:
    if text.isdecimal() and text.isascii():
        if int(text) <= LARGEST:
            return int(text)
        raise Unfit(Line(id="pulse-import-large", args={"most": str(LARGEST)}), Line(id="pulse-import-write-count"))
    meant = (
        re.sub(r"[\s\u00a0\u202f'’.,]", "", text) if re.fullmatch(r"\d{1,3}([\s\u00a0\u202f'’.,]\d{3})+", text) else ""
    )
    write = Line(id="people-write", args={"what": meant}) if meant else Line(id="pulse-import-write-count")
    raise Unfit(Line(id="pulse-import-no-count", args={"shown": quoted(text)}), write)


# ---------------------------------------------------------------- what it changes


@dataclass(frozen=True, slots=True)
class Change:
    """A number that is not known so. before: what is; None: nothing."""

    row: Row
    before: Number | None

    @property
    def version(self) -> int:
        """Which version it will be."""
        return self.before.version + 1 if self.before else 1


def spelled(rows: Iterable[Row], known: Iterable[tuple[str, str]]) -> list[Row]:
    """The same, with tools and what they count under the names they have already, or have first."""
    tools: dict[str, str] = {}
    measures: dict[str, str] = {}
    for tool, measure in known:
        tools.setdefault(fold(tool), tool)
        measures.setdefault(fold(measure), measure)
    return [
        replace(
            each,
            tool=tools.setdefault(fold(each.tool), each.tool),
            measure=measures.setdefault(fold(each.measure), each.measure),
        )
        for each in rows
    ]


def changes(rows: Iterable[Row], known: Mapping[tuple[str, str, date], Number]) -> list[Change]:
    """What a file changes. known: what is known, by tool, measure and day."""
    found = []
    for row in rows:
        before = known.get((row.tool, row.measure, row.day))
        if (before.number if before else None) != row.count:
            found.append(Change(row, before))
    return found


__all__ = ["Change", "Row", "Sheet", "changes", "read", "spelled"]
