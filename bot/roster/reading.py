"""A file of people, read: bytes in, rows out, and everything that is wrong with it at once. Pure.

What was read is kept packed: two hundred thousand rows as objects would be hundreds of megabytes.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.config.platforms import ANY, Shape
from bot.config.values import languages
from bot.roster import cells
from bot.roster.headings import Columns, columns, recognised
from bot.roster.remarks import Remarks
from bot.say import Line, Names
from bot.sheets.cells import FORMULA, Unfit, clean, is_formula, quoted, two_ways
from bot.sheets.files import SEPARATORS, Troubles, encoding, filled

SAMPLE = 8_192
"""Characters by which the separator is guessed."""
BLOCK = 1_000
"""Rows that are packed together."""
_FOREVER = "9999-12-31"


class Row(NamedTuple):
    """A row as `storage.roster.Entry` has it; what it says of its columns is said there."""

    key: str
    email: str = ""
    name: str = ""
    department: str = ""
    job: str = ""
    manager: str = ""
    language: str = ""
    zone: str = ""
    country: str = ""
    days: str = ""
    away: str = "[]"
    accounts: str = "{}"
    more: str = "{}"


@dataclass(slots=True)
class Sheet(Troubles):
    """What a file says. encoding, separator: as they were recognised. fields: the columns of `Row` that it has.

    keys: key -> row. remarks: what is taken in one way.
    """

    encoding: str = ""
    separator: str = ""
    columns: Columns | None = None
    fields: tuple[str, ...] = ()
    keys: dict[str, int] = field(default_factory=dict)
    emails: dict[str, str] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    remarks: Remarks = field(default_factory=Remarks)
    packed: list[bytes] = field(default_factory=list)

    def rows(self) -> Iterator[list[Row]]:
        """All rows, in blocks, managers by their keys."""
        for block in self.packed:
            yield [Row(*each)._replace(manager=self.manager(each[5])) for each in json.loads(block)]

    def manager(self, said: str) -> str:
        """The key of a manager, named by key or by address; "" where there is none such."""
        if not said or said in self.keys:
            return said
        return self.emails.get(said.casefold()) or self.elsewhere.get(said.casefold(), "")


def read(
    data: bytes,
    platforms: Collection[str] = (),
    elsewhere: Mapping[str, str] | None = None,
    shapes: Mapping[str, Shape] | None = None,
    wanted: Collection[str] = (),
) -> Sheet:
    """Read a file. platforms: configured names. elsewhere: people that are not in the file (key or address -> key).

    shapes: platform -> what the ids of its accounts look like, where they have a shape. wanted: see `headings.columns`.
    """
    sheet = Sheet(elsewhere=elsewhere or {})
    sheet.encoding = encoding(data, sheet)
    if not sheet.wrong:
        try:
            _Reading(sheet, platforms, shapes or {}, wanted).all(data)
        except UnicodeError:
            sheet.amiss(0, "", Line(id="people-undecodable"), Line(id="people-save-utf8"))
    sheet.told()
    return sheet


def separator(sample: str) -> str:
    """What separates the cells. sample: how the file begins."""
    first = sample.partition("\n")[0]
    if first.casefold().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4]
    try:
        found = csv.Sniffer().sniff(sample, SEPARATORS).delimiter
    except csv.Error:
        found = ""
    by_headings = max(SEPARATORS, key=lambda each: (recognised(_cells(first, each)), first.count(each)))
    if found and recognised(_cells(first, found)) >= recognised(_cells(first, by_headings)):
        return found
    return by_headings


def _cells(line: str, by: str) -> list[str]:
    return next(csv.reader([line.strip("\r\n")], delimiter=by), [])


class _Reading:
    """One reading of one file."""

    def __init__(
        self, sheet: Sheet, platforms: Collection[str], shapes: Mapping[str, Shape], wanted: Collection[str]
    ) -> None:
        self.sheet = sheet
        self.platforms = platforms
        self.shapes = shapes
        self.wanted = wanted
        self.account_places: frozenset[int] = frozenset()
        self.managers: dict[str, str] = {}
        self.named: dict[tuple[str, str], int] = {}
        self.block: list[Row] = []
        self.there: Columns = columns([], ())

    def all(self, data: bytes) -> None:
        sheet = self.sheet
        text = io.TextIOWrapper(io.BytesIO(data), encoding=sheet.encoding, newline="")
        sample = text.read(SAMPLE)
        text.seek(0)
        sheet.separator = separator(sample)
        rows = filled(csv.reader(text, delimiter=sheet.separator, strict=True), sheet)
        number, headings = next(rows, (0, []))
        if not headings:
            if not sheet.wrong:
                sheet.amiss(0, "", Line(id="people-empty"), Line(id="people-write-rows"))
            return
        self._headings(number, headings)
        if sheet.wrong:
            return
        for number, each in rows:
            self._row(number, each)
        self._pack()
        if not sheet.keys and not sheet.wrong:
            sheet.amiss(0, "", Line(id="people-empty"), Line(id="people-write-rows"))
        self._managers()

    def _headings(self, number: int, headings: Sequence[str]) -> None:
        sheet = self.sheet
        self.there = sheet.columns = columns(headings, self.platforms, self.wanted)
        self.account_places = frozenset(self.there.accounts.values())
        for heading, wrong, write in self.there.wrong:
            sheet.amiss(number, heading, wrong, write)
        has = {"away": {"from", "until", "absences"}, "name": {"name", "first", "last"}}
        found = self.there.found
        fields = [each for each in Row._fields if has.get(each, {each}) & found.keys()]
        fields += ["accounts"] * bool(self.there.accounts) + ["more"] * bool(self.there.kept)
        sheet.fields = tuple(each for each in fields if each != "key")

    # ------------------------------------------------------------ a row

    def _row(self, number: int, row: list[str]) -> None:
        sheet = self.sheet
        titles = self.there.titles
        if len(row) > len(titles):
            if any(each.strip() for each in row[len(titles) :]):
                wrong = Line(id="people-more-cells", args={"found": len(row), "headings": len(titles)})
                sheet.amiss(number, "", wrong, Line(id="people-quote"))
                return
            del row[len(titles) :]
        elif len(row) < len(titles):
            sheet.remarks.note("short", "", number, str(len(row)))
        before = sheet.wrong
        row = [self._cell(number, place, each) for place, each in enumerate(row)]
        row += [""] * (len(titles) - len(row))
        made = self._made(number, row)
        self._once(number, made, fine=sheet.wrong == before)
        if sheet.wrong == before:
            self.block.append(made)
            if len(self.block) >= BLOCK:
                self._pack()

    def _cell(self, number: int, place: int, text: str) -> str:
        try:
            shown = clean(text)
        except Unfit as error:
            self.sheet.amiss(number, self.there.titles[place], error.wrong, error.write)
            return ""
        if shown.startswith(FORMULA) and place not in self.account_places and is_formula(shown):
            self.sheet.remarks.note("formula", self.there.titles[place], number, quoted(shown))
        return shown

    def _made(self, number: int, row: Sequence[str]) -> Row:
        found = self.there.found
        said = {what: row[place] for what, place in found.items()}
        read = {what: self._read(number, what, said.get(what, "")) for what in _READ}
        name = said.get("name") or " ".join(filter(None, (said.get("first"), said.get("last"))))
        key = said.get("key", "") if "key" in found else read["email"]
        away = self._away(number, read["from"], read["until"], read["absences"])
        self._remarked(number, said, read["language"])
        accounts = {platform: row[place] for platform, place in self.there.accounts.items() if row[place]}
        for platform, account in accounts.items():
            self._account(number, platform, account)
        more = {name: row[place] for name, place in self.there.kept.items() if row[place]}
        return Row(
            key=key,
            email=read["email"],
            name=name,
            department=said.get("department", ""),
            job=said.get("job", ""),
            manager=said.get("manager", ""),
            language=read["language"],
            zone=read["zone"],
            country=read["country"],
            days=read["days"],
            away=away,
            accounts=packed(accounts),
            more=packed(more),
        )

    def _remarked(self, number: int, said: Mapping[str, str], language: str) -> None:
        note = self.sheet.remarks.note
        if language and language not in languages():
            note("language", self._title("language"), number, language)
        for what in ("from", "until", "absences"):
            if said.get(what) and (text := two_ways(said[what])):
                note("day-first", self._title(what), number, text)
        if said.get("from") and not said.get("until"):
            note("endless", self._title("from"), number)

    def _account(self, number: int, platform: str, account: str) -> None:
        shape = self.shapes.get(platform, ANY)
        if not re.fullmatch(shape.pattern, account):
            title = self.there.titles[self.there.accounts[platform]]
            wrong = Line(id="people-no-account", args={"shown": quoted(account), "platform": platform})
            self.sheet.amiss(number, title, wrong, Line(id="people-example", args={"what": shape.example}))

    def _read(self, number: int, what: str, text: str) -> str:
        if not text:
            return ""
        try:
            return _READ[what](text)
        except Unfit as error:
            self.sheet.amiss(number, self._title(what), error.wrong, error.write)
            return ""

    def _away(self, number: int, begin: str, end: str, others: str) -> str:
        if not begin and not end:
            return others or "[]"
        if not begin or (end and end < begin):
            wrong = Line(id="people-absent-order" if begin else "people-absent-since")
            self.sheet.amiss(number, self._title("until"), wrong, Line(id="people-absent"))
        return packed(sorted([[begin, end or _FOREVER], *json.loads(others or "[]")]))

    def _once(self, number: int, row: Row, *, fine: bool) -> None:
        """Each key, address and account stands in one row. fine: nothing is wrong with this one so far."""
        sheet, key = self.sheet, row.key
        by = "key" if "key" in self.there.found else "email"
        if not key:
            if fine or by == "key":
                sheet.amiss(number, self._title(by), Line(id="people-missing"), Line(id="people-write-key"))
            return
        if key in sheet.keys:
            self._again(number, self._title(by), key, sheet.keys[key])
            return
        sheet.keys[key] = number
        if row.email:
            if row.email in sheet.emails:
                self._again(number, self._title("email"), row.email, sheet.keys[sheet.emails[row.email]])
            else:
                sheet.emails[row.email] = key
        for platform, place in self.there.accounts.items() if row.accounts != "{}" else ():
            if external := json.loads(row.accounts).get(platform):
                if (platform, external) in self.named:
                    self._again(number, self.there.titles[place], external, self.named[platform, external])
                self.named.setdefault((platform, external), number)
        if row.manager:
            self.managers[key] = row.manager

    def _again(self, number: int, title: str, text: str, first: int) -> None:
        wrong = Line(id="people-twice", args={"shown": quoted(text), "row": first})
        self.sheet.amiss(number, title, wrong, Line(id="people-once"))

    def _title(self, what: str) -> str:
        place = self.there.found.get(what)
        return self.there.titles[place] if place is not None else ""

    def _pack(self) -> None:
        if self.block:
            self.sheet.packed.append(json.dumps(self.block, ensure_ascii=False).encode())
            self.block = []

    # ------------------------------------------------------------ managers

    def _managers(self) -> None:
        sheet = self.sheet
        title = self._title("manager")
        above: dict[str, str] = {}
        for key, said in self.managers.items():
            manager = sheet.manager(said)
            if manager:
                above[key] = manager
            else:
                wrong = Line(id="people-no-manager", args={"shown": quoted(said)})
                sheet.amiss(sheet.keys[key], title, wrong, Line(id="people-write-manager"))
        for loop in loops(above):
            rows = [sheet.keys[each] for each in loop]
            if len(loop) == 1:
                alone = Line(id="people-own-manager", args={"shown": quoted(loop[0])})
                sheet.amiss(rows[0], title, alone, Line(id="people-unmanage"))
                continue
            who = Names(names=tuple(f"{key} ({row})" for key, row in zip(loop, rows, strict=True)))
            sheet.amiss(min(rows), title, Line(id="people-loop", args={"who": who}), Line(id="people-unloop"))


def loops(above: Mapping[str, str]) -> Iterator[list[str]]:
    """Those who are, by way of others, their own manager; each ring once. above: key -> the manager's key."""
    seen: set[str] = set()
    for start in above:
        path: dict[str, None] = {}
        key = start
        while key in above and key not in seen and key not in path:
            path[key] = None
            key = above[key]
        if key in path:
            ring = list(path)
            yield ring[ring.index(key) :]
        seen.update(path)


def packed(value: Mapping[str, str] | Sequence[Sequence[str]]) -> str:
    """As the roster's rows hold it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else "[]" if isinstance(value, list) else "{}"


_READ: Mapping[str, Callable[[str], str]] = {
    "email": cells.email,
    "language": cells.language,
    "zone": cells.zone,
    "country": cells.country,
    "days": cells.days,
    "from": cells.day,
    "until": cells.day,
    "absences": cells.absences,
}
