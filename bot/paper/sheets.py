"""What stands on sheets of paper, before it is set. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from bot.chat import Block
from bot.chat.word import Word


class Piece(Word):
    """One piece of a sheet.

    kind: "title" (a sheet's first line), "heading", "text" (a paragraph), "note" (small print), "rich" (`rich` are its
    pieces), "code" (`url` as a QR code, with `text` and the address beside it).
    """

    kind: Literal["title", "heading", "text", "note", "rich", "code"]
    text: str = ""
    url: str = ""
    rich: tuple[Block, ...] = ()


class Sheet(Word):
    """What begins on a page of its own, and goes on where it is longer. foot: small print at the end of each page."""

    pieces: tuple[Piece, ...]
    foot: str = ""


class Document(Word):
    """Several sheets. title: how the file is called by whoever reads it out. language: "fr"; of all words.

    endless: each sheet is one page, as long as it needs, to be looked at and not printed.
    """

    title: str
    language: str
    sheets: tuple[Sheet, ...]
    endless: bool = False


def together(counts: Iterable[tuple[str, int]], smallest: int) -> tuple[list[tuple[str, int]], int]:
    """Groups with how many each has, in the order of their names; and how many those have that are named together.

    smallest: a group of fewer has no name here; nor have so few together, unless that is all there are.
    """
    named = sorted((name, count) for name, count in counts if count > 0 and name)
    nameless = sum(count for name, count in counts if not name)
    kept = [each for each in named if each[1] >= smallest]
    others = nameless + sum(count for _, count in named if count < smallest)
    while kept and 0 < others < smallest:
        least = min(kept, key=lambda each: (each[1], each[0]))
        kept.remove(least)
        others += least[1]
    return kept, others


def flat(sheets: Sequence[Sheet]) -> Iterable[Piece]:
    """Every piece, one sheet after another."""
    return (piece for sheet in sheets for piece in sheet.pieces)
