"""What somebody wrote on Slack, as rich text of `bot.chat`. Pure.

Clients write rich_text blocks (docs: reference/block-kit/blocks/rich-text-block); what programs write without them is
read from `text`. Nothing read here calls anybody: a mention becomes words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from adapters.slack.text import JSON, clean, escape, plain, unescape
from bot.chat import Block, Run, Written, paragraphs

_LOOKS = ("bold", "italic", "strike", "code")
_LEADS = frozenset({"http", "https", "mailto"})


@dataclass(frozen=True, slots=True)
class _Of:
    """What a message is read with. text: its `text`, in which "&<>" are always escaped. named: accounts met so far."""

    text: str
    named: dict[str, None] = field(default_factory=dict)

    def typed(self, words: str) -> str:
        """Words of an element as they were typed: Slack does not say whether "&<>" are escaped there, too."""
        return words if escape(words) in self.text else unescape(words)


def written(message: Mapping[str, Any]) -> Written:
    """A message of conversations.history. Its author: an account, or the program that wrote it."""
    of = _Of(str(message.get("text") or ""))
    blocks = _of_blocks(message.get("blocks") or (), of)
    rich = tuple(blocks) or paragraphs([Run(text=plain(of.text))])
    ts = str(message["ts"])
    return Written(
        by=str(message.get("user") or message.get("bot_id") or ""),
        thread=str(message.get("thread_ts") or ts),
        rich=rich,
        named=tuple(of.named),
        left_out=len(message.get("files") or ()),
    )


def _of_blocks(blocks: Iterable[JSON], of: _Of) -> Iterator[Block]:
    for block in blocks:
        match block.get("type"):
            case "rich_text":
                yield from _elements(block.get("elements") or (), of)
            case "header":
                yield Block(kind="heading", level=1, runs=(Run(text=clean(str(block["text"]["text"]))),))
            case "section" if block.get("text"):
                text = str(block["text"]["text"])
                yield from paragraphs([Run(text=plain(text) if block["text"]["type"] == "mrkdwn" else clean(text))])
            case "divider":
                yield Block(kind="rule")


def _elements(elements: Iterable[JSON], of: _Of) -> Iterator[Block]:
    """The pieces of a text; lists one after another that go deeper are one list."""
    lists: list[tuple[int, Block]] = []
    for element in elements:
        kind, inside = element.get("type"), element.get("elements") or ()
        if kind == "rich_text_list":
            _listed(lists, element, of)
            continue
        yield from _folded(lists)
        match kind:
            case "rich_text_preformatted":
                yield Block(kind="code", runs=(Run(text="".join(run.text for run in _runs(inside, of))),))
            case "rich_text_quote":
                yield Block(kind="quote", blocks=paragraphs(list(_runs(inside, of))))
            case _:
                yield from paragraphs(list(_runs(inside, of)))
    yield from _folded(lists)


def _listed(lists: list[tuple[int, Block]], element: JSON, of: _Of) -> None:
    sections = element.get("elements") or ()
    items = (
        Block(kind="item", blocks=paragraphs(list(_runs(section.get("elements") or (), of)))) for section in sections
    )
    ordered, first = element.get("style") == "ordered", int(element.get("offset") or 0) + 1
    block = Block(kind="list", ordered=ordered, first=first, blocks=tuple(items))
    indent = int(element.get("indent") or 0)
    while lists and lists[-1][0] > indent:
        _fold(lists)
    lists.append((indent, block))


def _fold(lists: list[tuple[int, Block]]) -> None:
    """Let the last list be part of the one before: of its last item where it is deeper, else it goes on."""
    indent, inner = lists.pop()
    if not lists:
        lists.append((0, inner))
        return
    outer_indent, outer = lists.pop()
    if indent > outer_indent and outer.blocks:
        last = outer.blocks[-1]
        grown = last.model_copy(update={"blocks": (*last.blocks, inner)})
        lists.append((outer_indent, outer.model_copy(update={"blocks": (*outer.blocks[:-1], grown)})))
    else:
        lists.append((outer_indent, outer.model_copy(update={"blocks": (*outer.blocks, *inner.blocks)})))


def _folded(lists: list[tuple[int, Block]]) -> Iterator[Block]:
    """The lists met so far, each with what is deeper in it; none is left."""
    done: list[Block] = []
    while lists:
        if len(lists) > 1 and (lists[-1][0] > lists[-2][0] or _goes_on(lists[-2][1], lists[-1][1])):
            _fold(lists)
        else:
            done.append(lists.pop()[1])
    yield from reversed(done)


def _goes_on(before: Block, after: Block) -> bool:
    return before.ordered == after.ordered and (not after.ordered or after.first == before.first + len(before.blocks))


def _runs(elements: Iterable[JSON], of: _Of) -> Iterator[Run]:
    for element in elements:
        style = element.get("style") or {}
        look = {each: True for each in _LOOKS if isinstance(style, dict) and style.get(each)}
        text, url = _said(element, of)
        if text:
            yield Run(text=clean(text), url=url, **look)


def _said(element: JSON, of: _Of) -> tuple[str, str]:
    """The words of an element, and where they lead."""
    match element.get("type"):
        case "link":
            url = str(element.get("url") or "")
            leads = urlsplit(url).scheme in _LEADS
            return of.typed(str(element.get("text") or "")) or str(url.removeprefix("mailto:")), url if leads else ""
        case "user":
            of.named[str(element["user_id"])] = None
            return f"@{element['user_id']}", ""
        case "channel":
            return f"#{element['channel_id']}", ""
        case "usergroup":
            return f"@{element['usergroup_id']}", ""
        case "broadcast":
            return f"@{element.get('range')}", ""
        case "emoji":
            return _emoji(element), ""
    return of.typed(str(element.get("text") or "")), ""


def _emoji(element: JSON) -> str:
    """As people see it, where Slack tells which characters it is; else its name."""
    try:
        return "".join(chr(int(code, 16)) for code in str(element["unicode"]).split("-"))
    except (KeyError, ValueError, OverflowError):
        return f":{element.get('name')}:"
