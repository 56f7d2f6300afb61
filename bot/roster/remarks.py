"""What a file says that is taken in one way and could have been meant in another: no error, but worth a look. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["formula", "language", "endless", "day-first", "short"]
"""formula: a spreadsheet would compute it, here it is text. language: the bot does not speak it. endless: an absence
without an end. day-first: a date that means another day where the month is written first. short: a row with fewer
cells than headings.
"""

NAMED = 5
"""Rows that are named of each."""


@dataclass(slots=True)
class Remark:
    """One of them, of one column. column: its heading; "" for whole rows. shown: what the first one is like.

    count: how many rows. rows: the first of them, as a spreadsheet counts.
    """

    kind: Kind
    column: str
    shown: str
    count: int = 0
    rows: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Remarks:
    """All of them, by kind and column."""

    by_column: dict[tuple[Kind, str], Remark] = field(default_factory=dict)

    def note(self, kind: Kind, column: str, row: int, shown: str = "") -> None:
        """One row more."""
        found = self.by_column.setdefault((kind, column), Remark(kind, column, shown))
        found.count += 1
        if len(found.rows) < NAMED:
            found.rows.append(row)
