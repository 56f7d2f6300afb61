"""From Markdown to blocks.

CommonMark (spec.commonmark.org, 0.31) with `~~struck~~`, and four things otherwise, so that no word of an author is
lost and none means more than it says: a line that ends is a line that ends, as in every chat; what is indented is no
code; `[name]: address` stands where it was written; and raw HTML and tables are words like others. An address alone is
a link between angle brackets only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from bot.chat import Block, Run, weight

WHOLE = 10_000  # room (`bot.chat.weight`) that a text may take and be shown whole everywhere
_DEEP = 40  # lists and quotes within one another; what is deeper is no structure, but its words stay
_ADDRESS = 2_000  # characters of an address that may be a link
_SHOWN = 100  # characters of what was lost
_MANY = 20  # how many of them are told
_SCHEMES = frozenset({"http", "https", "mailto"})
_LANGUAGE = re.compile(r"[\w+#.-]{1,30}", re.ASCII)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--")
_COLUMNS = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)+$", re.MULTILINE)
_SITE = re.compile(r"[\w.:-]+")
_HOST = re.compile(r"(?<![\w.-])(?:[\w-]+\.)+[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Lost:
    """Something that is not shown as its author meant it. what: enough of it to find it again.

    kind: "image" (sent as a link), "html" and "table" (their marks stand as words), "link" (of a kind that leads
    nowhere here: its address stands beside it), "long" (longer than what is shown whole everywhere).
    """

    kind: Literal["image", "html", "table", "link", "long"]
    what: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says, and what of it could not be kept."""

    blocks: tuple[Block, ...]
    lost: tuple[Lost, ...] = ()


class _Markdown(MarkdownIt):
    """Every address is taken for one: which of them may be links is said here, and the others keep their words."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the library's name
        return True


_MARKDOWN = _Markdown("commonmark", {"html": False, "maxNesting": _DEEP})
_MARKDOWN.enable("strikethrough").disable(["code", "reference", "html_block", "html_inline"])


@lru_cache(maxsize=64)  # one text goes to thousands of people
def read(text: str) -> Reading:
    """Read a text. It has no rules that a text could break: whatever is no Markdown is words."""
    tokens = _MARKDOWN.parse(text)
    if any(token.level >= _DEEP - 1 for token in tokens):  # the library leaves out what lies deeper
        blocks = tuple(_flat(text))
        return Reading(blocks, _long(blocks))
    reader = _Reader()
    blocks = tuple(reader.blocks(SyntaxTreeNode(tokens).children))
    return Reading(blocks, (*list(reader.lost)[:_MANY], *_long(blocks)))


def _flat(text: str) -> Iterator[Block]:
    for words in re.split(r"\n\s*\n", text):
        if words.strip():
            yield Block(kind="paragraph", runs=(Run(text=words.strip("\n")),))


def _long(blocks: Sequence[Block]) -> tuple[Lost, ...]:
    return (Lost("long"),) if weight(blocks) > WHOLE else ()


def may_lead(url: str) -> bool:
    """Whether an address is of a kind that may be a link: of the web, or of a mailbox."""
    try:
        parts = urlsplit(url)
    except ValueError:  # half an IPv6 address
        return False
    leads = parts.path if parts.scheme == "mailto" else _SITE.fullmatch(parts.hostname or "")
    return parts.scheme in _SCHEMES and bool(leads) and len(url) <= _ADDRESS


class _Reader:
    """Reads one text. lost: in order, each once."""

    def __init__(self) -> None:
        self.lost: dict[Lost, None] = {}

    def blocks(self, nodes: Iterable[SyntaxTreeNode]) -> Iterator[Block]:
        for node in nodes:
            match node.type:
                case "heading":
                    yield Block(kind="heading", level=int(node.tag[1:]), runs=self._words(node))
                case "bullet_list" | "ordered_list":
                    yield self._list(node)
                case "list_item":
                    yield Block(kind="item", blocks=tuple(self.blocks(node.children)))
                case "blockquote":
                    yield Block(kind="quote", blocks=tuple(self.blocks(node.children)))
                case "hr":
                    yield Block(kind="rule")
                case "fence":
                    yield from self._code(node)
                case _:
                    self._look_for_table(node)
                    yield Block(kind="paragraph", runs=self._words(node))

    def _list(self, node: SyntaxTreeNode) -> Block:
        first = int(node.attrs.get("start", 1))
        ordered = node.type == "ordered_list"
        return Block(kind="list", ordered=ordered, first=first, blocks=tuple(self.blocks(node.children)))

    def _code(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """Code, after the words that stand where its language is written, if they are more than that."""
        said = node.info.strip()
        named = bool(_LANGUAGE.fullmatch(said))
        if said and not named:
            yield Block(kind="paragraph", runs=(Run(text=said),))
        runs = (Run(text=node.content.removesuffix("\n")),)
        yield Block(kind="code", language=said if named else "", runs=runs)

    def _look_for_table(self, node: SyntaxTreeNode) -> None:
        written = "".join(child.content for child in node.children)
        if found := _COLUMNS.search(written):
            self._lose("table", written[: found.start()].strip().rpartition("\n")[2] or found[0])

    def _words(self, node: SyntaxTreeNode) -> tuple[Run, ...]:
        runs = (run for child in node.children for run in self._runs(child.children, Run(text="")))
        return tuple(joined(runs))

    def _runs(self, nodes: Sequence[SyntaxTreeNode], look: Run) -> Iterator[Run]:
        """The runs of some nodes. look: what stands around them makes of their words."""
        for node in nodes:
            match node.type:
                case "softbreak" | "hardbreak":
                    yield _of(look, "\n")
                case "code_inline":
                    yield look.model_copy(update={"text": node.content, "code": True})
                case "strong" | "em" | "s":
                    style = {"strong": "bold", "em": "italic", "s": "strike"}[node.type]
                    yield from self._runs(node.children, look.model_copy(update={style: True}))
                case "link":
                    yield from self._link(node, look)
                case "image":
                    yield from self._image(node, look)
                case _:
                    for tag in _TAG.findall(node.content):
                        self._lose("html", tag)
                    yield _of(look, node.content)

    def _link(self, node: SyntaxTreeNode, look: Run) -> Iterator[Run]:
        url, title = str(node.attrs.get("href", "")), str(node.attrs.get("title", ""))
        leads = may_lead(url)
        inside = look.model_copy(update={"url": url}) if leads else look
        runs = list(self._runs(node.children, inside))
        label = "".join(run.text for run in runs)
        if not leads:
            self._lose("link", url)
        if not label.strip():
            runs = [_of(inside, url)]
        elif url not in label and (not leads or _misleads(label, url)):
            runs.append(_of(inside, f" ({url})"))
        yield from runs
        if title:
            yield _of(inside, f" ({title})")

    def _image(self, node: SyntaxTreeNode, look: Run) -> Iterator[Run]:
        """A link to the picture, under its words; inside a link these are words of that link."""
        source, title = str(node.attrs.get("src", "")), str(node.attrs.get("title", ""))
        words = "".join(run.text for run in self._runs(node.children, Run(text="")))
        self._lose("image", words or source)
        leads = may_lead(source) and not look.url
        inside = look.model_copy(update={"url": source}) if leads else look
        beside = f" ({source})" if words and (not leads or _misleads(words, source)) else ""
        yield _of(inside, (words or source) + beside + (f" ({title})" if title else ""))

    def _lose(self, kind: Literal["image", "html", "table", "link"], what: str) -> None:
        self.lost[Lost(kind, what if len(what) <= _SHOWN else what[: _SHOWN - 1] + "…")] = None


def _misleads(label: str, url: str) -> bool:
    """Whether a link's words name another site than the one it leads to."""
    parts = urlsplit(url)
    host = (parts.path.partition("?")[0].rpartition("@")[2] if parts.scheme == "mailto" else parts.hostname) or ""
    return any(not f".{host.lower()}".endswith(f".{named.lower()}") for named in _HOST.findall(label))


def _of(look: Run, text: str) -> Run:
    return look.model_copy(update={"text": text})


def joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Neighbours that look alike, as one."""
    for look, some in groupby((run for run in runs if run.text), lambda run: _of(run, "")):
        yield _of(look, "".join(run.text for run in some))
