"""What stands on printed pages, as readers find it: its words, and what a telephone reads of it."""

from __future__ import annotations

import io
from collections.abc import Sequence

import zxingcpp
from PIL import Image
from pypdf import PdfReader

PPI = 100
"""As coarse as a picture of a page may be, and its codes still be read."""


def words(pdf: bytes) -> str:
    """Every word, one space between any two: where lines end is the page's affair."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def pages(pdf: bytes) -> list[str]:
    """The words of each page."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def about(pdf: bytes) -> tuple[str, str]:
    """Its title and its language, as programs read them that read a page out."""
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.metadata is not None, "it says what it is"
    return reader.metadata.title or "", str(reader.root_object.get("/Lang", ""))


def codes(pictures: Sequence[bytes]) -> list[str]:
    """What the codes on these pages (PNG) lead to."""
    return [code.text for each in pictures for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(each)))]
