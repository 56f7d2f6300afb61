"""Rich text as HTML: for platforms that read HTML, for letters and for pages. Pure.

Nothing is fetched to show it: no image, no style sheet, no script. Words are escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from bot.chat.rich import Block, Run, plain, together

_LOOKS = (("bold", "strong"), ("italic", "em"), ("strike", "del"), ("code", "code"))
_LOWEST = 6
# Mail programs know no style sheets (caniemail.com, "style element"); what stands in each tag they all read.
_STYLES = {
    "blockquote": "margin:0 0 1em;padding-left:1em;border-left:3px solid #bbb",
    "pre": "padding:.6em;border:1px solid #ccc;white-space:pre-wrap",
    "hr": "border:0;border-top:1px solid #bbb",
}


def anywhere(_url: str) -> bool:
    """Any address may be a link."""
    return True


@dataclass(frozen=True, slots=True)
class Hypertext:
    """How HTML is written.

    words: how words are; they must come out escaped. leads: whether an address may be a link; where not, it is written
    beside its words. styles: tag -> the style it carries. top: the level that a heading of level 1 gets.
    """

    words: Callable[[str], str] = escape
    leads: Callable[[str], bool] = anywhere
    styles: Mapping[str, str] = field(default_factory=dict)
    top: int = 1

    def write(self, blocks: Sequence[Block]) -> str:
        """The text as HTML."""
        return "".join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> str:
        match block.kind:
            case "heading":
                return self._tag(f"h{min(_LOWEST, max(1, block.level) + self.top - 1)}", self._inline(block.runs))
            case "list" if block.ordered:
                return self._tag("ol", self.write(block.blocks), f' start="{block.first}"' if block.first != 1 else "")
            case "list":
                return self._tag("ul", self.write(block.blocks))
            case "item":
                return self._tag("li", self._item(block.blocks))
            case "quote":
                return self._tag("blockquote", self.write(block.blocks))
            case "code":
                language = f' class="language-{escape(block.language)}"' if block.language else ""
                return self._tag("pre", f"<code{language}>{self.words(block.text)}</code>")
            case "rule":
                return self._open("hr")
            case _:
                return self._tag("p", self._inline(block.runs))

    def _item(self, blocks: Sequence[Block]) -> str:
        """What an item holds; its first paragraph stands beside its dot or number."""
        if blocks and blocks[0].kind == "paragraph":
            return self._inline(blocks[0].runs) + self.write(blocks[1:])
        return self.write(blocks)

    def _inline(self, runs: Sequence[Run]) -> str:
        return "".join(self._linked(url, some) for url, some in together(runs))

    def _linked(self, url: str, runs: Sequence[Run]) -> str:
        words = "".join(map(self._run, runs))
        if not url:
            return words
        if self.leads(url):
            return self._tag("a", words, f' href="{escape(url)}"')
        return words if url in "".join(run.text for run in runs) else f"{words} ({self.words(url)})"

    def _run(self, run: Run) -> str:
        words = self.words(run.text).replace("\n", "<br>")
        for tag in (tag for look, tag in reversed(_LOOKS) if getattr(run, look)):
            words = self._tag(tag, words)
        return words

    def _tag(self, tag: str, inner: str, attributes: str = "") -> str:
        return f"{self._open(tag, attributes)}{inner}</{tag}>"

    def _open(self, tag: str, attributes: str = "") -> str:
        style = f' style="{escape(self.styles[tag])}"' if tag in self.styles else ""
        return f"<{tag}{attributes}{style}>"


def letter(blocks: Sequence[Block]) -> tuple[str, str]:
    """What a letter says, as text and as HTML, under a title that stands there already."""
    return plain(blocks, quote="> "), Hypertext(styles=_STYLES, top=2).write(blocks)
