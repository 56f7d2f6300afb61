"""What could not be kept of a text, as a preview says it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.markdown.reading import Lost
from bot.say import Line

_WORDS = {
    "image": "markdown-image",
    "html": "markdown-html",
    "table": "markdown-table",
    "link": "markdown-link",
    "long": "markdown-long",
}


def tell(lost: Sequence[Lost]) -> tuple[Line, ...]:
    """A line for each."""
    return tuple(Line(id=_WORDS[each.kind], args={"what": each.what}, kind="item") for each in lost)
