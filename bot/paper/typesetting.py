"""Sheets of paper as a PDF, set by typst. It takes some hundredths of a second: call it in a thread."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from bot.nudge import Refused
from bot.paper.sheets import Document
from bot.paper.wording import data

if TYPE_CHECKING:
    import typst

_TEMPLATE = Path(__file__).with_name("sheets.typ")
_READ_OUT: typst.PDFStandard = "ua-1"
"""PDF/UA-1 (ISO 14289-1): what is needed to have a file read out, checked while it is written."""


def can_print() -> bool:
    """Whether the library is installed that sets sheets."""
    return find_spec("typst") is not None


def typeset(document: Document, at: datetime) -> bytes:
    """The document as a PDF. at: when it was made.

    Raises Refused: the library is not installed. Where no letter shows a sign (a picture among words), a box stands
    there, and the file promises less to those who have it read out.
    """
    ready, at = _ready(document), at.replace(microsecond=0)  # files know no less than a second
    try:
        made = ready.compile(format="pdf", timestamp=at, pdf_standards=[_READ_OUT])
    except RuntimeError:  # what the library's own error is
        made = ready.compile(format="pdf", timestamp=at)
    assert isinstance(made, bytes), "one file"
    return made


def pictures(document: Document, ppi: float) -> list[bytes]:
    """Each page as PNG. ppi: points per inch. Raises Refused as `typeset` does."""
    made = _ready(document).compile(format="png", ppi=ppi)
    assert made is not None, "it goes into no file"
    return made if isinstance(made, list) else [made]


def _ready(document: Document) -> typst.Compiler:
    try:
        from typst import Compiler  # noqa: PLC0415 - an extra, and only needed when something is printed
    except ImportError:
        raise Refused("paper-no-library") from None
    given = {"document": json.dumps(data(document), ensure_ascii=False)}
    return Compiler(_TEMPLATE, root=_TEMPLATE.parent, font_paths=_fonts(), sys_inputs=given)


@cache
def _fonts() -> typst.Fonts:
    """Letters of ours first, then the library's, then the machine's: for what neither has."""
    from typst import Fonts  # noqa: PLC0415 - as above

    found = find_spec("font_source_sans_pro")
    assert found is not None, "installed with the bot"
    assert found.origin is not None, "it has a folder"
    return Fonts(font_paths=[str(Path(found.origin).parent / "files")])
