"""A plan of announcements as a file has it, TOML or CSV: bytes in, lines out, all that is wrong with it at once. Pure.

A line has a key of its own, a time counted from day zero ("J-7 09:00", "D+1 at 2 pm Europe/London"), a title, a text,
and whose words they are. What the file says of people, places and times is looked up in `settling`.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from graphlib import CycleError, TopologicalSorter

from bot.lookup import fold
from bot.say import Line, Names
from bot.sheets import cells
from bot.sheets.cells import quoted
from bot.sheets.files import SEPARATORS, Troubles, encoding, filled
from nudges.launch import video
from nudges.launch.finding import leads_nowhere

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "key": ("key", "line", "cle", "ligne"),
    "when": ("when", "day", "quand", "jour"),
    "time": ("time", "hour", "heure"),
    "zone": ("zone", "time zone", "fuseau", "fuseau horaire"),
    "title": ("title", "titre"),
    "text": ("text", "texte"),
    "speaker": ("speaker", "leader", "dirigeant", "parole"),
    "voice": ("voice", "voix"),
    "clock": ("clock", "horloge"),
    "audience": ("audience", "public", "destinataires"),
    "invites": ("invites", "invitation", "invite"),
    "media": ("media", "medium", "canaux", "canal"),
    "after": ("after", "apres"),
}
"""What a column or a key is, by its name, whatever case and accents it has."""

NEEDED = ("key", "when", "title", "text", "speaker")
HEAD = ("name", "day_zero", "zone", "owner")
LONG = {"title": 150, "text": 3000}
"""Characters, as the form of an announcement takes them."""
LINES = 200
"""Lines of one plan: more is a plan that nobody can look through."""
NAME = 80
"""Characters of a campaign's name: it stands beside the curves."""
MEDIA: Mapping[str, str] = {
    "chat": "chat", "message": "chat", "direct": "chat",
    "mail": "mail", "email": "mail", "e-mail": "mail", "courriel": "mail",
    "paper": "paper", "print": "paper", "papier": "paper",
}  # fmt: skip
"""Where something may be said, by what it is called."""
ELSEWHERE: Mapping[str, str] = {
    "community": "community", "communaute": "community",
    "video": "video", "guide": "guide", "pdf": "guide",
}  # fmt: skip
"""What is a medium in other words, and is said in another part of a line."""
_VOICES = {"": False, "relayed": False, "relaye": False, "own": True, "en son nom": True, "propre": True}
_CLOCKS = {"": False, "one": False, "fixed": False, "fixe": False, "each": True, "local": True, "chacun": True}
_INVITES = {"": False, "no": False, "non": False, "false": False, "yes": True, "oui": True, "true": True, "x": True}
_KEY = re.compile(r"[\w.-]{1,40}")


@dataclass(frozen=True, slots=True)
class Planned:
    """A line. row: of the file. rows: key -> in which row each thing stands, where they differ.

    when, zone: its time as it is written. own: the speaker posts it. each: at that hour of everybody's own clocks.
    audience: whom it is for, as it is written; "" is everybody. invites: of them, those who have not signed in yet.
    media: as `MEDIA` calls them. after: keys. columns: key -> how it is headed in the file.
    """

    row: int
    key: str
    when: str
    title: str
    text: str
    speaker: str
    own: bool = False
    each: bool = False
    audience: str = ""
    invites: bool = False
    media: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Plan(Troubles):
    """What a file says. head: of the whole campaign (`HEAD`), where it does. toml: what is wrong stands in lines, under
    keys, and not in rows and columns.
    """

    toml: bool = False
    head: dict[str, str] = field(default_factory=dict)
    lines: list[Planned] = field(default_factory=list)

    def wrong_at(self, row: int, column: str, wrong: Line, write: str, **args: str | int | Names) -> None:
        """Note what is wrong. write: the message that says what to do."""
        self.amiss(row, column, wrong, Line(id=write, args=args))


def read(data: bytes, name: str) -> Plan:
    """Read a file. name: its own, whose ending says what it is; a file that says nothing is looked at."""
    plan = Plan()
    by = encoding(data, plan)
    if plan.wrong:
        return plan
    try:
        text = data.decode(by)
    except UnicodeError:
        plan.amiss(0, "", Line(id="people-undecodable"), Line(id="people-save-utf8"))
        return plan
    plan.toml = name.casefold().endswith(".toml") or bool(re.search(r"(?m)^\s*\[\[", text))
    for raw in _toml(text, plan) if plan.toml else _csv(text, plan):
        line = _line(raw, plan)
        if line is not None:
            plan.lines.append(line)
    _together(plan)
    plan.told()
    return plan


@dataclass(frozen=True, slots=True)
class _Raw:
    """A line as the file has it. row: where it begins. rows: where each thing stands. columns: its heading."""

    row: int
    said: Mapping[str, str | tuple[str, ...]]
    rows: Mapping[str, int]
    columns: Mapping[str, str]


# ---------------------------------------------------------------- TOML


def _toml(text: str, plan: Plan) -> list[_Raw]:
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        row = int(place[1]) if place else text.count("\n") + 1
        plan.wrong_at(row, "", Line(id="plan-no-toml"), "plan-write-toml")
        return []
    for key, value in found.items():
        known = fold(key).replace("-", "_")
        if known in HEAD and isinstance(value, str | date) and not isinstance(value, datetime):
            plan.head[known] = str(value)
        elif key not in {"line", "ligne"}:
            wrong = Line(id="plan-unknown", args={"shown": quoted(key)})
            plan.wrong_at(_row(text, key), "", wrong, "plan-head", names=Names(names=(*HEAD, "[[line]]")))
    tables = found.get("line", found.get("ligne", []))
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        plan.wrong_at(0, "", Line(id="plan-none"), "plan-write-lines")
        return []
    starts = [text.count("\n", 0, each.start(1)) + 1 for each in re.finditer(r"(?m)^[ \t]*(\[\[)", text)]
    if len(starts) != len(tables):  # within a text there may be such brackets
        starts = [0] * len(tables)
    ends = [*starts[1:], text.count("\n") + 2]
    every = text.splitlines()
    return [
        _table(table, start, every[start : end - 1] if start else [], plan)
        for table, start, end in zip(tables, starts, ends, strict=False)
    ]


def _row(text: str, key: str) -> int:
    """Where a key stands; 0: nobody knows."""
    found = re.search(rf"(?m)^[ \t]*\"?({re.escape(key)})", text)
    return text.count("\n", 0, found.start(1)) + 1 if found else 0


def _table(table: Mapping[str, object], start: int, lines: Sequence[str], plan: Plan) -> _Raw:
    said: dict[str, str | tuple[str, ...]] = {}
    rows, columns = dict[str, int](), dict[str, str]()
    for key, value in table.items():
        at = next((start + n for n, each in enumerate(lines, 1) if re.match(rf"\s*\"?{re.escape(key)}\b", each)), start)
        what = _KNOWN.get(fold(key))
        if what is None or what in said:
            wrong = Line(id="plan-unknown" if what is None else "plan-twice-in-line", args={"shown": quoted(key)})
            plan.wrong_at(at, "", wrong, "plan-columns", names=Names(names=tuple(COLUMNS)))
        elif isinstance(value, str | time) or (isinstance(value, bool) and what == "invites"):
            said[what] = str(value)
        elif isinstance(value, list) and what in _SEVERAL and all(isinstance(each, str) for each in value):
            said[what] = tuple(value)
        else:
            plan.wrong_at(at, key, Line(id="plan-no-text", args={"shown": quoted(str(value))}), "plan-write-text")
        if what is not None:
            rows[what], columns[what] = at, key
    return _Raw(start, said, rows, columns)


# ---------------------------------------------------------------- CSV


def _csv(text: str, plan: Plan) -> list[_Raw]:
    first = text.partition("\n")[0]
    if first.casefold().startswith("sep="):
        first = text.partition("\n")[2].partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    rows = filled(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), plan)
    number, headings = next(rows, (0, []))
    places = _places(number, headings, plan)
    return list(_cells(rows, headings, places, plan)) if not plan.wrong else []


def _places(number: int, headings: Sequence[str], plan: Plan) -> dict[str, int]:
    """Where each column is."""
    found: dict[str, int] = {}
    for place, heading in enumerate(each.strip() for each in headings):
        what = _KNOWN.get(fold(heading))
        if heading and (what is None or what in found):
            wrong = Line(id="plan-unknown" if what is None else "plan-twice-in-line", args={"shown": quoted(heading)})
            plan.wrong_at(number, "", wrong, "plan-columns", names=Names(names=tuple(COLUMNS)))
        elif what is not None:
            found[what] = place
    lacking = tuple(each for each in NEEDED if each not in found)
    if lacking and headings:
        wrong = Line(id="plan-lacking", args={"names": Names(names=lacking)})
        plan.wrong_at(number, "", wrong, "plan-columns", names=Names(names=tuple(COLUMNS)))
    return found


def _cells(
    rows: Iterator[tuple[int, list[str]]], headings: Sequence[str], places: Mapping[str, int], plan: Plan
) -> Iterator[_Raw]:
    columns = {what: headings[place].strip() for what, place in places.items()}
    for number, row in rows:
        if any(each.strip() for each in row[len(headings) :]):
            wrong = Line(id="people-more-cells", args={"found": len(row), "headings": len(headings)})
            plan.amiss(number, "", wrong, Line(id="people-quote"))
            continue
        yield _Raw(number, {what: row[at] for what, at in places.items() if at < len(row)}, {}, columns)


# ---------------------------------------------------------------- a line


_KNOWN = {name: what for what, names in COLUMNS.items() for name in names}
_SEVERAL = ("audience", "media", "after")


def _line(raw: _Raw, plan: Plan) -> Planned | None:
    """A line, or what is wrong with it."""
    before = plan.wrong
    one = {what: _one(raw, what, plan) for what in COLUMNS if what not in _SEVERAL}
    for what in NEEDED:
        was_amiss = what in raw.rows and what not in raw.said
        if not one[what] and plan.wrong == before and not was_amiss:
            _amiss(plan, raw, what, Line(id="plan-empty"), f"plan-write-{what}")
    if one["key"] and not _KEY.fullmatch(one["key"]):
        _amiss(plan, raw, "key", Line(id="plan-key-odd", args={"shown": quoted(one["key"])}), "plan-write-key")
    for what, known in (("voice", _VOICES), ("clock", _CLOCKS), ("invites", _INVITES)):
        if fold(one[what]) not in known:
            _amiss(plan, raw, what, Line(id="plan-no-word", args={"shown": quoted(one[what])}), f"plan-write-{what}")
    media = _several(raw, "media")
    for each in media:
        if fold(each) in ELSEWHERE:
            wrong = Line(id="plan-no-medium", args={"shown": quoted(each)})
            _amiss(plan, raw, "media", wrong, f"plan-instead-{ELSEWHERE[fold(each)]}")
        elif fold(each) not in MEDIA:
            wrong = Line(id="plan-no-word", args={"shown": quoted(each)})
            _amiss(plan, raw, "media", wrong, "plan-write-media")
    if plan.wrong != before:
        return None
    return Planned(
        row=raw.row,
        key=one["key"],
        when=" ".join(each for each in (one["when"], one["time"], one["zone"]) if each),
        title=one["title"],
        text=one["text"],
        speaker=one["speaker"],
        own=_VOICES[fold(one["voice"])],
        each=_CLOCKS[fold(one["clock"])],
        audience=", ".join(_several(raw, "audience")),
        invites=_INVITES[fold(one["invites"])],
        media=tuple(dict.fromkeys(MEDIA[fold(each)] for each in media)),
        after=_several(raw, "after"),
        rows=raw.rows,
        columns=raw.columns,
    )


def _one(raw: _Raw, what: str, plan: Plan) -> str:
    """One thing of a line; a text keeps its lines."""
    said = raw.said.get(what, "")
    text = said if isinstance(said, str) else ""
    if what == "text":
        found = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    else:
        try:
            found = cells.clean(text)
        except cells.Unfit as error:
            plan.amiss(raw.rows.get(what, raw.row), raw.columns.get(what, what), error.wrong, error.write)
            return ""
    if len(found) > LONG.get(what, cells.LONGEST):
        wrong = Line(id="people-too-long", args={"most": LONG[what]})
        _amiss(plan, raw, what, wrong, "people-shorten")
    elif what == "text" and (url := leads_nowhere(found)):
        _amiss(plan, raw, what, Line(id="plan-link", args={"url": url}), "plan-write-link")
    elif what == "text" and video.wrong(found) is not None:
        _amiss(plan, raw, what, Line(id="plan-video"), "plan-write-video")
    return found


def _several(raw: _Raw, what: str) -> tuple[str, ...]:
    said = raw.said.get(what, ())
    every = re.split(r"[;,|\n]", said) if isinstance(said, str) else said
    return tuple(dict.fromkeys(" ".join(each.split()) for each in every if each.strip()))


def _amiss(plan: Plan, raw: _Raw, what: str, wrong: Line, write: str) -> None:
    plan.wrong_at(raw.rows.get(what, raw.row), raw.columns.get(what, what), wrong, write)


# ---------------------------------------------------------------- the lines together


def _together(plan: Plan) -> None:
    """Keys that are there twice, lines that wait for ones that are not there, or for one another."""
    if not plan.lines and not plan.wrong:
        plan.wrong_at(0, "", Line(id="plan-none"), "plan-write-lines")
    if len(plan.lines) > LINES:
        plan.wrong_at(0, "", Line(id="plan-many", args={"most": LINES}), "plan-split")
        return
    seen: dict[str, Planned] = {}
    for line in plan.lines:
        if line.key in seen:
            wrong = Line(id="plan-key-twice", args={"shown": quoted(line.key), "row": str(seen[line.key].row)})
            amiss(plan, line, "key", wrong, "plan-other-key")
        seen.setdefault(line.key, line)
    for line in plan.lines:
        for each in line.after:
            if each not in seen and not plan.wrong:
                wrong = Line(id="plan-after-unknown", args={"shown": quoted(each)})
                amiss(plan, line, "after", wrong, "plan-write-after")
    for circle in cycles({line.key: line.after for line in plan.lines}):
        names = Names(names=tuple(f"{each} ({seen[each].row})" for each in circle))
        amiss(plan, seen[circle[0]], "after", Line(id="plan-cycle", args={"names": names}), "plan-break-cycle")


def amiss(plan: Plan, line: Planned, what: str, wrong: Line, write: str, **args: str | int | Names) -> None:
    """Note what is wrong with one thing of a line."""
    plan.wrong_at(line.rows.get(what, line.row), line.columns.get(what, what), wrong, write, **args)


def cycles(after: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """Lines that wait for one another in a circle, each circle once. after: key -> keys."""
    left = {key: [each for each in some if each in after] for key, some in after.items()}
    found: list[tuple[str, ...]] = []
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            circle: list[str] = error.args[1][1:]  # its first one stands at both ends
            begins = circle.index(min(circle, key=list(after).index))
            found.append(tuple(circle[begins:] + circle[:begins]))
            left |= {key: [] for key in circle}
        else:
            return found
