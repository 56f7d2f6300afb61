"""What somebody wrote on Matrix, as rich text of `bot.chat`. Pure.

What may stand in a `formatted_body` is said in https://spec.matrix.org/v1.15/client-server-api/#mroommessage-msgtypes.
Whatever else stands there keeps its words; pictures are counted and left out. Nothing read here calls anybody: the pill
of a person is the name that it shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any, Literal
from urllib.parse import urlsplit

from bot.chat import Block, NotFound, Run, Written, paragraphs

Json = Mapping[str, Any]

LONGEST = 200_000  # characters of HTML that are read; an event holds 65,536 bytes (spec, "Size limits")
_DEEP = 30  # pieces within one another; what is deeper keeps its words
_LEADS = frozenset({"http", "https", "mailto"})
_LOOKS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "code": "code", "tt": "code"}
_LOOKS |= dict.fromkeys(("s", "del", "strike"), "strike")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PIECES: dict[str, Literal["quote", "list", "item"]] = {
    "blockquote": "quote", "ul": "list", "ol": "list", "li": "item",
}  # fmt: skip
_ENDS = frozenset({"p", "div", "tr", "table", "thead", "tbody", "details", "summary", *_HEADINGS, *_PIECES})
_CODE = "pre"
_UNSAID = frozenset({"mx-reply", "script", "style"})
_FILES = frozenset({"m.image", "m.file", "m.video", "m.audio"})


def written(event: Json) -> Written:
    """An event with the server's aggregations, as it was before encryption. Raises NotFound: it is no message."""
    content = _latest(event)
    kind = content.get("msgtype")
    if event.get("type") != "m.room.message" or not isinstance(kind, str):
        raise NotFound("message_not_found")
    relation = _dict(content.get("m.relates_to")) or _dict(_dict(event.get("content")).get("m.relates_to"))
    thread = relation.get("event_id") if relation.get("rel_type") == "m.thread" else event.get("event_id")
    is_file = kind in _FILES
    is_bare = is_file and content.get("filename") in {None, content.get("body")}  # its body is the name of the file
    rich, pictures = ((), 0) if is_bare else _words(content)
    return Written(by=str(event.get("sender")), thread=str(thread), rich=rich, left_out=pictures + is_file)


def _latest(event: Json) -> Json:
    """What it says now: its author may have changed it."""
    edit = _dict(_dict(_dict(event.get("unsigned")).get("m.relations")).get("m.replace"))
    new = _dict(_dict(edit.get("content")).get("m.new_content"))
    return new if new and edit.get("sender") == event.get("sender") else _dict(event.get("content"))


def _words(content: Json) -> tuple[tuple[Block, ...], int]:
    html = content.get("formatted_body")
    if content.get("format") != "org.matrix.custom.html" or not isinstance(html, str) or len(html) > LONGEST:
        body = content.get("body")
        return paragraphs([Run(text=body if isinstance(body, str) else "")]), 0
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.read(), reader.pictures


class _Open:
    """A piece that is being read. runs: words not yet in a piece of their own."""

    def __init__(self, kind: str, tag: str, **how: Any) -> None:
        self.kind, self.tag, self.how = kind, tag, how
        self.blocks: list[Block] = []
        self.runs: list[Run] = []

    def end_paragraph(self, level: int = 0) -> None:
        """Words met so far are a paragraph, or a heading of that level."""
        runs, self.runs = _trimmed(self.runs), []
        if runs:
            kind: Literal["heading", "paragraph"] = "heading" if level else "paragraph"
            self.blocks.append(Block(kind=kind, level=level, runs=runs))


class _Reader(HTMLParser):
    """Reads one text. pictures: how many stood in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pictures = 0
        self._open = [_Open("text", "")]
        self._looks: list[str] = []
        self._urls: list[str] = []
        self._unsaid = 0
        self._code = 0

    def read(self) -> tuple[Block, ...]:
        """What it says, once all of it was fed."""
        while len(self._open) > 1:
            self._close()
        self._open[0].end_paragraph()
        return tuple(self._open[0].blocks)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        given = {key: value or "" for key, value in attrs}
        if tag in _UNSAID:
            self._unsaid += 1
        elif tag == "br":
            self._say("\n")
        elif tag == "img":
            self.pictures += 1
            self._say(given.get("alt", ""))
        elif tag == "hr":
            self._open[-1].end_paragraph()
            self._open[-1].blocks.append(Block(kind="rule"))
        elif tag == "a":
            self._urls.append(_link(given.get("href", "")))
        elif tag in _LOOKS and not self._code:
            self._looks.append(_LOOKS[tag])
        elif tag == _CODE or tag in _PIECES:
            self._begin(tag, given)
        elif tag in _ENDS:
            self._open[-1].end_paragraph()

    def handle_endtag(self, tag: str) -> None:
        """A tag ends; one that never began is let be."""
        if tag in _UNSAID:
            self._unsaid = max(0, self._unsaid - 1)
        elif tag == "a":
            if self._urls:
                self._urls.pop()
        elif tag in _LOOKS and _LOOKS[tag] in self._looks and not self._code:
            self._looks.remove(_LOOKS[tag])
        elif tag == _CODE or tag in _PIECES:
            if any(each.tag == tag for each in self._open):
                while self._close() != tag:
                    pass
        elif tag in _ENDS:
            self._open[-1].end_paragraph(_HEADINGS.get(tag, 0))

    def handle_data(self, data: str) -> None:
        """Words. Outside code, how they are broken into lines means nothing in HTML."""
        self._say(data if self._code else " ".join(data.split("\n")))

    def _say(self, text: str) -> None:
        if text and not self._unsaid:
            looks = {} if self._code else dict.fromkeys(self._looks, True)
            self._open[-1].runs.append(Run(text=text, url=self._urls[-1] if self._urls else "", **looks))

    def _begin(self, tag: str, given: Mapping[str, str]) -> None:
        self._open[-1].end_paragraph()
        if len(self._open) >= _DEEP:
            return
        if tag == _CODE:
            self._code += 1
            self._open.append(_Open("code", tag))
            return
        first = given.get("start", "")
        how = {"ordered": tag == "ol", "first": int(first) if first.isascii() and first[:9].isdigit() else 1}
        self._open.append(_Open(_PIECES[tag], tag, **(how if _PIECES[tag] == "list" else {})))

    def _close(self) -> str:
        """End the piece that began last; its tag."""
        piece = self._open.pop()
        around = self._open[-1].blocks
        if piece.kind == "code":
            self._code -= 1
            text = "".join(run.text for run in piece.runs).strip("\n")
            around.append(Block(kind="code", runs=(Run(text=text),)))
            return piece.tag
        piece.end_paragraph()
        if piece.kind == "list":  # what stands in a list and in none of its items
            items = [each if each.kind == "item" else Block(kind="item", blocks=(each,)) for each in piece.blocks]
            if items:
                around.append(Block(kind="list", blocks=tuple(items), **piece.how))
        elif piece.kind == "item" and self._open[-1].kind != "list":
            around.extend(piece.blocks)
        elif piece.kind == "item":
            around.append(Block(kind="item", blocks=tuple(piece.blocks)))
        elif piece.blocks:
            around.append(Block(kind="quote", blocks=tuple(piece.blocks)))
        return piece.tag


def _link(href: str) -> str:
    """Where a link leads; a pill leads nowhere."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    is_pill = parts.hostname == "matrix.to"
    return href if parts.scheme in _LEADS and not is_pill else ""


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    """Words without spaces at the beginning and the end of each line."""
    kept: list[Run] = []
    begins = True
    for run in runs:
        lines = run.text.split("\n")
        lines = [(line.lstrip() if index or begins else line) for index, line in enumerate(lines)]
        text = "\n".join(lines)
        if text:
            kept.append(run.model_copy(update={"text": text}))
            begins = text.endswith("\n")
    while kept and not kept[-1].text.rstrip():
        kept.pop()
    if kept:
        kept[-1] = kept[-1].model_copy(update={"text": kept[-1].text.rstrip()})
    return tuple(kept)


def _dict(value: object) -> Json:
    return value if isinstance(value, Mapping) else {}
