"""Rich text as Slack shows it: rich_text blocks, headers and dividers. Pure.

Nothing in a `text` or `link` element is read as markup (docs: reference/block-kit/blocks/rich-text-block), so words of
people go there as they are. Slack gives no limit for these elements; they keep to that of a text object, and what is
longer goes on in the next block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Any

from adapters.slack.text import JSON, clean, plain_text
from bot.chat import Block, Run

TEXT = 3_000  # of one element, and of one block of several
HEADER = 150
INDENT = 8  # of lists within lists (docs: tools/node-slack-sdk, RichTextList)
HEADINGS = 2  # levels that are headers; lower ones are bold words, which Slack shows smaller
RULE = "———"

_BETWEEN = "\n\n"
_STANDS_ALONE = {"header", "divider"}


def blocks(rich: Sequence[Block], *, few: bool = False) -> list[JSON]:
    """The blocks of a text. few: headings and rules become words, so that fewer are needed."""
    shown: list[JSON] = []
    pending: list[JSON] = []
    size = 0
    for element in [*_elements(rich, few=few), {"type": "divider"}]:
        alone, more = element["type"] in _STANDS_ALONE, _size(element)
        if pending and (alone or size + more > TEXT):
            shown.append({"type": "rich_text", "elements": pending})
            pending, size = [], 0
        if alone:
            shown.append(element)
        else:
            _add(pending, element)
            size += more
    return shown[:-1]


def _add(pending: list[JSON], element: JSON) -> None:
    """One more element. Paragraphs share a section: whether sections stand apart is Slack's choice."""
    kind = element["type"]
    if pending and pending[-1]["type"] == kind and kind in {"rich_text_section", "rich_text_quote"}:
        pending[-1]["elements"] += [{"type": "text", "text": _BETWEEN}, *element["elements"]]
    else:
        pending.append(element)


def _elements(rich: Iterable[Block], *, few: bool, depth: int = 0, quoted: bool = False) -> Iterator[JSON]:
    """The elements of a text. depth: how many lists they stand in."""
    for block in rich:
        if not (few or quoted or depth) and (alone := _alone(block)):
            yield alone
            continue
        match block.kind:
            case "list":
                yield from _list(block, few=few, depth=depth, quoted=quoted)
            case "quote" | "item":
                yield from _elements(block.blocks, few=few, depth=depth, quoted=quoted or block.kind == "quote")
            case "code":
                for piece in _pieces(clean(block.text) or " "):
                    yield {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": piece}]}
            case _:
                words = [{"type": "text", "text": RULE}] if block.kind == "rule" else _words(block)
                kind = "rich_text_quote" if quoted else "rich_text_section"
                yield from ({"type": kind, "elements": some} for some in _filled(words))


def _alone(block: Block) -> JSON | None:
    """What is a block of its own."""
    if block.kind == "rule":
        return {"type": "divider"}
    if block.kind == "heading" and _is_header(block):
        return {"type": "header", "text": plain_text(block.text, HEADER)}
    return None


def _is_header(block: Block) -> bool:
    """Whether a heading can be a header, which shows plain words only."""
    bare = all(run == Run(text=run.text) for run in block.runs)
    return block.level <= HEADINGS and bare and 0 < len(clean(block.text).strip()) <= HEADER


def _list(block: Block, *, few: bool, depth: int, quoted: bool) -> Iterator[JSON]:
    """Lists hold one line of words an item: what else an item has stands between two lists, the second going on."""
    items: list[JSON] = []
    first = block.first
    for number, item in enumerate(block.blocks, block.first):
        lead = list(takewhile(lambda piece: piece.kind in {"paragraph", "heading"}, item.blocks))
        words = [piece for each in lead for piece in [{"type": "text", "text": "\n"}, *_words(each)]][1:]
        section = {"type": "rich_text_section", "elements": words or [{"type": "text", "text": " "}]}
        if items and _size(items) + _size(section) > TEXT:
            yield _listed(block, items, first, depth, quoted)
            items, first = [], number
        items.append(section)
        if rest := item.blocks[len(lead) :]:
            yield _listed(block, items, first, depth, quoted)
            items, first = [], number + 1
            yield from _elements(rest, few=few, depth=depth + 1, quoted=quoted)
    if items:
        yield _listed(block, items, first, depth, quoted)


def _listed(block: Block, items: list[JSON], first: int, depth: int, quoted: bool) -> JSON:
    shown: JSON = {"type": "rich_text_list", "style": "ordered" if block.ordered else "bullet", "elements": items}
    shown["indent"] = min(depth, INDENT)
    if block.ordered and first > 1:
        shown["offset"] = first - 1
    return shown | ({"border": 1} if quoted else {})


def _words(block: Block) -> list[JSON]:
    """The runs of a piece; a heading's are bold."""
    return [element for run in block.runs for element in _run(run, bold=run.bold or block.kind == "heading")]


def _run(run: Run, *, bold: bool) -> Iterator[JSON]:
    style = {"bold": bold, "italic": run.italic, "strike": run.strike, "code": run.code}
    more: JSON = {"style": {look: True for look, has in style.items() if has}} if any(style.values()) else {}
    for piece in _pieces(clean(run.text)):
        yield (
            {"type": "link", "url": run.url, "text": piece, **more}
            if run.url
            else {"type": "text", "text": piece, **more}
        )


def _filled(elements: Sequence[JSON]) -> Iterator[list[JSON]]:
    """Elements in groups of at most that many characters."""
    group: list[JSON] = []
    for element in elements:
        if group and _size(group) + _size(element) > TEXT:
            yield group
            group = []
        group.append(element)
    if group:
        yield group


def _pieces(text: str) -> Iterator[str]:
    """A text in pieces of at most that many characters, cut after a line or a word where there is one."""
    while len(text) > TEXT:
        ends = [found.end() for found in re.finditer(r"\s", text[:TEXT])]
        lines = [end for end in ends if text[end - 1] == "\n" and end > TEXT // 2]
        at = (lines or ends or [TEXT])[-1]
        yield text[:at]
        text = text[at:]
    if text:
        yield text


def _size(value: Any) -> int:
    """Characters of all words and addresses."""
    if isinstance(value, dict):
        words = value.get("text")
        own = len(words) + len(value.get("url", "")) if isinstance(words, str) else 0
        return own + _size(value.get("elements", []))
    return sum(map(_size, value))
