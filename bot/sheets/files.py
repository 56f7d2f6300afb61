"""Files of rows, such as spreadsheets write them: how they are encoded, and all that is wrong with one. Pure."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.nudge import Voice
from bot.say import Line

SEPARATORS = ";,\t|"
LARGEST = 200 * 1024 * 1024
"""Bytes of a file."""
TOLD = 50
"""What is wrong in a file, that is told one by one."""
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How workbooks begin: an archive of XML (ECMA-376, part 2), a compound file (MS-CFB, 2.2)."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong. row: as a spreadsheet counts them, the headings being row 1; 0: the file as a whole.

    column: its heading; "" for the whole row. wrong: the end of a sentence that begins so. write: what to do.
    """

    row: int
    column: str
    wrong: Line
    write: Line


@dataclass(slots=True)
class Troubles:
    """What is wrong in a file: how many things, and the first `TOLD` of them."""

    troubles: list[Trouble] = field(default_factory=list)
    wrong: int = 0

    def amiss(self, row: int, column: str, wrong: Line, write: Line) -> None:
        """Note what is wrong."""
        self.wrong += 1
        self.troubles.append(Trouble(row, column, wrong, write))
        if len(self.troubles) > 4 * TOLD:  # what is found at the end may stand at the beginning
            self.told()

    def told(self) -> None:
        """Keep the first of what is wrong, in the order of rows."""
        self.troubles.sort(key=lambda each: each.row)
        del self.troubles[TOLD:]


def told(voice: Voice, file: str, troubles: Troubles) -> str:
    """What is wrong with a file, a line for each thing, and that nothing was done. file: its name."""
    lines = [_told(voice, file, each) for each in troubles.troubles]
    if more := troubles.wrong - len(lines):
        lines.append(voice("people-troubles-more", file=file, count=more))
    return "\n".join([*lines, voice("people-nothing-done")])


def _told(voice: Voice, file: str, trouble: Trouble) -> str:
    said = {"file": file, "wrong": voice.line(trouble.wrong), "write": voice.line(trouble.write)}
    if not trouble.row:
        return voice("people-trouble-file", **said)
    if not trouble.column:
        return voice("people-trouble-row", **said, row=str(trouble.row))
    return voice("people-trouble", **said, row=str(trouble.row), column=trouble.column)


def encoding(data: bytes, sheet: Troubles) -> str:
    """By its mark, else UTF-8 where all of it is, else Windows' own: detectors take French for Polish.

    "": it is no text, as was noted.
    """
    if len(data) > LARGEST:
        sheet.amiss(0, "", Line(id="people-file-large", args={"most": LARGEST // 1024**2}), Line(id="people-split"))
        return ""
    marked = next((name for mark, name in _BOMS if data.startswith(mark)), "")
    if marked == "utf-16":
        return marked
    if data.startswith(_WORKBOOKS):
        sheet.amiss(0, "", Line(id="people-workbook"), Line(id="people-save-csv"))
        return ""
    if (at := data.find(b"\0")) >= 0:
        sheet.amiss(data.count(b"\n", 0, at) + 1, "", Line(id="people-nul"), Line(id="people-save-again"))
        return ""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(data), 1 << 20):
            decoder.decode(data[at : at + (1 << 20)])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return marked or "cp1252"
    return marked or "utf-8"


def filled(found: Iterator[list[str]], sheet: Troubles) -> Iterator[tuple[int, list[str]]]:
    """Rows with something in them, numbered as a spreadsheet does. A wrong quotation mark is noted, and ends it all."""
    number = 0
    while True:
        number += 1
        try:
            row = next(found)
        except StopIteration:
            return
        except csv.Error:
            sheet.amiss(number, "", Line(id="people-quotes"), Line(id="people-quote"))
            return
        if number == 1 and row and row[0].casefold().startswith("sep="):
            continue
        if any(each and not each.isspace() for each in row):
            yield number, row
