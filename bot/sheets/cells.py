"""What one cell of a table says. Pure; a cell that says nothing that can be used is refused in words (`Unfit`)."""

from __future__ import annotations

import re

from bot.say import Line

LONGEST = 500
"""Characters of a cell."""

SHOWN = 60
"""Characters of a cell that an error repeats."""

FORMULA = ("=", "+", "-", "@")
"""How cells begin that a spreadsheet would compute (OWASP, "CSV Injection")."""

_TELEPHONE = re.compile(r"[+-]?[\d\s().,/-]*")


class Unfit(ValueError):
    """A cell that cannot be used. wrong: the end of a sentence that begins with where it stands. write: what to do."""

    def __init__(self, wrong: Line, write: Line) -> None:
        super().__init__(wrong.id)
        self.wrong = wrong
        self.write = write


def quoted(text: str) -> str:
    """A cell as an error repeats it."""
    return f'"{text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"}"'


def clean(text: str) -> str:
    """A cell on one line, without what cannot be seen. Raises Unfit: far too long."""
    if len(text) <= LONGEST and text.isprintable() and text.strip() == text and "  " not in text:
        return text  # as nearly all are
    shown = " ".join(text.split())
    if not shown.isprintable():
        shown = " ".join("".join(each if each.isprintable() else " " for each in shown).split())
    if len(shown) > LONGEST:
        wrong = Line(id="people-too-long", args={"most": LONGEST})
        raise Unfit(wrong, Line(id="people-shorten"))
    return shown


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might compute a cell; telephone numbers and strokes are none."""
    return text.startswith(FORMULA) and not _TELEPHONE.fullmatch(text)


def safe(text: str) -> str:
    """A cell as it is written for a spreadsheet, which shows it and computes nothing."""
    return f"'{text}" if text.startswith((*FORMULA, "\t", "\r")) else text


def two_ways(text: str) -> str:
    """The first day in a cell that means another one where months are written first; "" for none."""
    found = re.findall(r"(?<!\d)((\d{1,2})[/.](\d{1,2})[/.]\d{4})(?!\d)", text)
    return next((all_ for all_, one, two in found if one.zfill(2) != two.zfill(2) and int(one) <= 12 >= int(two)), "")


def both_ways(text: str) -> dict[str, str]:
    """The two days that a cell with `two_ways` may mean, as they are to be written: in Europe, in America."""
    one, two, year = re.split(r"[/.]", two_ways(text))
    return {"europe": f"{year}-{two:0>2}-{one:0>2}", "america": f"{year}-{one:0>2}-{two:0>2}"}
