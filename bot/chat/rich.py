"""Rich text as no platform writes it: pieces of a text, one after another or within one another. Pure.

Whoever shows it writes it in a way of their own; who cannot shows `plain`. All words are plain text, as everywhere
here: none of it is markup, a mention, or an address that leads somewhere, but for a run's `url`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

from bot.chat.word import Word

RULE = "———"
_ELLIPSIS = "…"
# Characters that stand for what surrounds a piece on its way: marks, separators, the names of its keys.
_AROUND = 20
_ENOUGH = 100  # room in which a piece can be begun


class Run(Word):
    """Words that look alike. url: where they lead (http, https or mailto), "" for nowhere."""

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    url: str = ""


class Block(Word):
    """One piece of a text.

    kind: "paragraph" and "heading" (level: 1 to 6) have runs, "code" (lines as they stand) has one; a "list" has items,
    an "item" and a "quote" have pieces of any kind; a "rule" is a line across.
    ordered, first: of a list whose items are numbered, from that number on. language: what the code is written in.
    """

    kind: Literal["paragraph", "heading", "list", "item", "quote", "code", "rule"]
    level: int = 0
    ordered: bool = False
    first: int = 1
    language: str = ""
    runs: tuple[Run, ...] = ()
    blocks: tuple[Block, ...] = ()

    @property
    def text(self) -> str:
        """The words of its own runs."""
        return "".join(run.text for run in self.runs)


_EMPTY_LINE = re.compile(r"[ \t]*\n(?:[ \t]*\n)+")
_MORE = Block(kind="paragraph", runs=(Run(text=_ELLIPSIS),))


def plain(blocks: Sequence[Block], quote: str = "│ ") -> str:
    """The same as plain text: an address after the words that lead there, dots and numbers before items.

    quote: what begins a line of a quote.
    """
    return "\n".join(_lines(blocks, quote))


def paragraphs(runs: Sequence[Run]) -> tuple[Block, ...]:
    """Words as they stand, in paragraphs: an empty line begins another one."""
    found: list[list[Run]] = [[]]
    for run in runs:
        for index, words in enumerate(_EMPTY_LINE.split(run.text)):
            if index:
                found.append([])
            if words:
                found[-1].append(run.model_copy(update={"text": words}))
    kept = [some for some in found if "".join(run.text for run in some).strip()]
    return tuple(Block(kind="paragraph", runs=tuple(some)) for some in kept)


def together(runs: Sequence[Run]) -> Iterator[tuple[str, list[Run]]]:
    """Runs one after another that lead to the same address, with it ("" for nowhere)."""
    for url, some in groupby(runs, lambda run: run.url):
        yield url, list(some)


def weight(blocks: Sequence[Block]) -> int:
    """How much room a text takes, in characters: its words, its addresses, and something for each piece."""
    runs = sum(len(run.text) + len(run.url) + _AROUND for block in blocks for run in block.runs)
    return runs + sum(weight(block.blocks) + _AROUND for block in blocks)


def shorten(blocks: Sequence[Block], most: int) -> tuple[Block, ...]:
    """A text that takes about so much room (as `weight` has it), at most; it ends with "…" where words are missing."""
    kept: list[Block] = []
    room = most
    for block in blocks:
        takes = weight([block])
        if takes > room:
            return (*kept, _MORE if block.kind != "item" and room < _ENOUGH else _begun(block, room - _AROUND))
        kept.append(block)
        room -= takes
    return tuple(kept)


def _begun(block: Block, room: int) -> Block:
    return block.model_copy(update={"runs": _cut(block.runs, room), "blocks": shorten(block.blocks, room)})


def _cut(runs: Sequence[Run], room: int) -> tuple[Run, ...]:
    kept: list[Run] = []
    for run in runs:
        takes = len(run.text) + len(run.url) + _AROUND
        if takes > room:
            url = run.url if takes - len(run.text) + _ENOUGH < room else ""
            words = run.text[: max(0, room - len(url) - _AROUND - 1)].rstrip()
            return (*kept, run.model_copy(update={"text": words + _ELLIPSIS, "url": url}))
        kept.append(run)
        room -= takes
    return tuple(kept)


def _lines(blocks: Sequence[Block], quote: str, *, tight: bool = False) -> Iterator[str]:
    for index, block in enumerate(blocks):
        if index and not tight:
            yield ""
        match block.kind:
            case "quote":
                yield from (f"{quote}{line}".rstrip() for line in _lines(block.blocks, quote))
            case "list":
                yield from _items(block, quote)
            case "item":
                yield from _lines(block.blocks, quote, tight=True)
            case "rule":
                yield RULE
            case _:
                yield from "".join(_said(block.runs)).split("\n")


def _items(block: Block, quote: str) -> Iterator[str]:
    for number, item in enumerate(block.blocks, block.first):
        mark = f"{number}. " if block.ordered else "• "
        for index, line in enumerate(_lines(item.blocks, quote, tight=True) if item.blocks else [""]):
            yield f"{' ' * len(mark) if index else mark}{line}".rstrip()


def _said(runs: Sequence[Run]) -> Iterator[str]:
    for url, some in together(runs):
        words = "".join(f"~~{run.text}~~" if run.strike else run.text for run in some)
        yield words if url.removeprefix("mailto:") in words else f"{words} ({url})"
