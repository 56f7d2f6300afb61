"""Tables in a terminal, and the same in a file or a pipe, one row a line."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

_WIDE = 400
"""Columns, where nobody looks: rows must not be broken for whoever counts lines."""

_READABLE = 100
"""Columns of a paragraph, at most."""

_SPACES = "\n\u00a0\u202f"
"""Besides the plain one: ends of lines, and those that do not break."""


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table to standard output; None is an empty cell."""
    from rich.console import Console  # noqa: PLC0415 - thirty milliseconds: a line needs none of it
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_WIDE)
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        shown.add_column(heading, overflow="fold")
    for row in rows:
        shown.add_row(*(Text(_cell(value)) for value in row))
    console.print(shown)


def line(text: str) -> None:
    """Print a line to standard output."""
    sys.stdout.write(f"{plain(text)}\n")


def wrapped(text: str, indent: int = 0) -> None:
    """Print a paragraph to standard output, no wider than the terminal. indent: spaces before each of its lines."""
    width = max(40, min(_READABLE, shutil.get_terminal_size().columns))
    before = " " * indent
    lines = textwrap.wrap(text, width, initial_indent=before, subsequent_indent=f"{before}  ", break_long_words=False)
    line("\n".join(lines))


def note(text: str) -> None:
    """Print a line to standard error: what is not the answer itself."""
    sys.stderr.write(f"{plain(text)}\n")


def plain(text: str) -> str:
    """Without what a terminal would obey: names and ids come from other people."""
    return "".join(each if each.isprintable() or each in _SPACES else "\ufffd" for each in text)


def instant(at: datetime | None, zone: str) -> str:
    """As the organisation's clock showed it."""
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M:%S") if at else ""


def _cell(value: object) -> str:
    return plain(str(value)).replace("\n", " ") if value is not None else ""
