"""What Slack accepts in a rich_text block.

Fields are those of docs.slack.dev, reference/block-kit/block-elements (rich-text-section, -list, -quote, -preformatted,
link, …), August 2026; that a list's indent ends at 8 is said by the types of Slack's Node SDK (RichTextList).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .state import JSON

# What each element must have, and what it may have besides its type.
ELEMENTS: dict[str, tuple[set[str], set[str]]] = {
    "rich_text_section": ({"elements"}, set()),
    "rich_text_list": ({"style", "elements"}, {"indent", "offset", "border"}),
    "rich_text_quote": ({"elements"}, {"border"}),
    "rich_text_preformatted": ({"elements"}, {"border", "language"}),
}
PIECES: dict[str, tuple[set[str], set[str]]] = {
    "text": ({"text"}, {"style"}),
    "link": ({"url"}, {"text", "unsafe", "style", "from_llm", "is_slack_url", "truncated"}),
    "user": ({"user_id"}, {"style"}),
    "usergroup": ({"usergroup_id"}, {"style"}),
    "channel": ({"channel_id"}, {"style"}),
    "broadcast": ({"range"}, {"style"}),
    "emoji": ({"name"}, {"unicode", "skin_tone", "style"}),
    "date": ({"timestamp", "format"}, {"url", "fallback", "style"}),
    "color": ({"value"}, {"style"}),
    "team": ({"team_id"}, {"style"}),
}
INSIDE = {kind: {"text", "link"} if kind == "rich_text_preformatted" else set(PIECES) for kind in ELEMENTS}
INSIDE["rich_text_list"] = {"rich_text_section"}
STYLES = {"bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"}
INDENT = 8

Fault = tuple[str, str]  # what is wrong, and where


def faults(block: JSON, path: str) -> Iterator[Fault]:
    """Everything wrong with a rich_text block."""
    yield from _children(block, set(ELEMENTS), path)
    yield from _keys(block, {"elements"}, {"block_id"}, path)


def _children(holder: JSON, allowed: set[str], path: str) -> Iterator[Fault]:
    elements = holder.get("elements")
    if elements is None:
        return  # said as a missing field
    if not isinstance(elements, list):
        yield "must be an array", f"{path}/elements"
        return
    for index, element in enumerate(elements):
        where = f"{path}/elements/{index}"
        kind = element.get("type") if isinstance(element, dict) else element
        if kind not in allowed:
            yield f"unsupported type: {kind}", f"{where}/type"
            continue
        must, may = ELEMENTS.get(kind) or PIECES[kind]
        yield from _keys(element, must, may, where)
        yield from _values(element, where)
        if kind in ELEMENTS:
            yield from _children(element, INSIDE[kind], where)


def _keys(element: JSON, must: set[str], may: set[str], path: str) -> Iterator[Fault]:
    for key in sorted(must - set(element)):
        yield f"missing required field: {key}", path
    for key in sorted(set(element) - must - may - {"type"}):
        yield f"invalid additional property: {key}", path


def _values(element: JSON, path: str) -> Iterator[Fault]:
    for key in ("text", "url"):
        if key in element and not isinstance(element[key], str):
            yield "must be a string", f"{path}/{key}"
        elif element.get(key) == "":
            yield "must be more than 0 characters", f"{path}/{key}"
    if element["type"] == "rich_text_list":
        yield from _list(element, path)
    elif "style" in element:
        yield from _style(element["style"], path)
    if element.get("border", 0) not in {0, 1}:
        yield "must be 0 or 1", f"{path}/border"


def _list(element: JSON, path: str) -> Iterator[Fault]:
    if element.get("style") not in {"bullet", "ordered"}:
        yield f"unsupported style: {element.get('style')}", f"{path}/style"
    for key, most in (("indent", INDENT), ("offset", None)):
        value = element.get(key, 0)
        if not isinstance(value, int) or value < 0 or (most is not None and value > most):
            yield f"must be between 0 and {most}", f"{path}/{key}"


def _style(style: Any, path: str) -> Iterator[Fault]:
    if not isinstance(style, dict):
        yield "must provide an object", f"{path}/style"
        return
    for key, value in style.items():
        if key not in STYLES or not isinstance(value, bool):
            yield f"invalid additional property: {key}", f"{path}/style"
