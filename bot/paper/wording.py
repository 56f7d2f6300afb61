"""Words as they go on paper. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.chat import Block, Run, plain, together
from bot.paper.codes import drawn
from bot.paper.sheets import Document, Piece

DEEP = 5
"""Lists and quotes within one another; what is deeper keeps its words, and no more."""

# Line ends and tabs stay. The others are characters that change the direction of what follows, or no characters at all.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
# What French writes with a space that no line ends at (Imprimerie nationale, "Lexique des règles typographiques").
_BEFORE = re.compile("[ \u202f](?=[;:?!»%](?:\\s|$|[)\\]”»]))")
_AFTER = re.compile("(?<=«)[ \u202f]")
_HARD = "\u00a0"


def cleaned(text: str, language: str) -> str:
    """A text as it is set: of French the spaces that belong to a mark are kept beside it."""
    text = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _AFTER.sub(_HARD, _BEFORE.sub(_HARD, text)) if language == "fr" else text


def data(document: Document) -> dict[str, Any]:
    """A document as the program takes it that sets it: plain JSON, in which every text is a text."""
    language = document.language
    return {
        "title": cleaned(document.title, language) or "—",
        "language": language,
        "endless": document.endless,
        "sheets": [
            {"pieces": list(_pieces(sheet.pieces, language)), "foot": cleaned(sheet.foot, language)}
            for sheet in document.sheets
        ],
    }


def _pieces(pieces: Sequence[Piece], language: str) -> Iterator[dict[str, Any]]:
    last = 0
    for piece in pieces:
        last = {"title": 1, "heading": 2}.get(piece.kind, last)
        told: dict[str, Any] = {"kind": piece.kind, "text": cleaned(piece.text, language)}
        if piece.kind == "code":
            told |= {"url": cleaned(piece.url, ""), "code": drawn(piece.url)}
        if piece.kind == "rich":
            told["rich"] = list(_blocks(_nested(piece.rich, last), language))
        yield told


def _nested(blocks: Sequence[Block], last: int) -> Iterator[Block]:
    """Headings below those of the sheet, and none that leaves out a level: so they are read out in order."""
    first = last
    for block in blocks:
        if block.kind == "heading":
            last = min(first + max(1, block.level), last + 1, 6)
            yield block.model_copy(update={"level": last})
        else:
            yield block


def _blocks(blocks: Sequence[Block] | Iterator[Block], language: str, depth: int = 0) -> Iterator[dict[str, Any]]:
    for block in blocks:
        if depth >= DEEP and block.kind in {"list", "quote"}:
            yield _block(Block(kind="paragraph", runs=(Run(text=plain([block])),)), language, ())
        else:
            # Only what stands by itself is a heading to whoever has the page read out.
            said = block.model_copy(update={"kind": "paragraph"}) if depth and block.kind == "heading" else block
            yield _block(said, language, _blocks(block.blocks, language, depth + (block.kind != "item")))


def _block(block: Block, language: str, inside: Iterator[dict[str, Any]] | tuple[()]) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "level": block.level,
        "ordered": block.ordered,
        "first": max(0, block.first),
        "runs": list(_runs(block.runs, "" if block.kind == "code" else language)),
        "blocks": list(inside),
    }


def _runs(runs: Sequence[Run], language: str) -> Iterator[dict[str, Any]]:
    """Runs as they look; after words that lead somewhere, the address, which nobody can press on paper."""
    for url, some in together(runs):
        for run in some:
            lines = cleaned(run.text, "" if run.code else language).split("\n")
            yield {**run.model_dump(include={"bold", "italic", "strike", "code"}), "lines": lines, "url": url}
        if url and url.removeprefix("mailto:") not in "".join(run.text for run in some):
            yield {**dict.fromkeys(("bold", "italic", "strike", "code"), False), "lines": [f" ({url})"], "url": ""}
