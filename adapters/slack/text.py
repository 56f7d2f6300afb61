"""Pieces of text as Slack takes them: escaped where it reads markup, cut where it counts characters."""

from __future__ import annotations

import re
from typing import Any

JSON = dict[str, Any]
ELLIPSIS = "…"

# Invisible letters that turn a name around or hide in it; Slack shows them as they are.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def clean(text: str) -> str:
    """Text that JSON, databases and Slack can hold: no control characters, no halves of characters."""
    return _CONTROL.sub("", text.replace("\r\n", "\n")).encode("utf-8", "replace").decode()


def visible(name: str) -> str:
    """A name without letters that cannot be seen."""
    return _INVISIBLE.sub("", clean(name)).strip()


def cut(text: str, most: int) -> str:
    """At most that many characters, the last one saying that there was more."""
    return text if len(text) <= most else text[: most - 1].rstrip() + ELLIPSIS


def escape(text: str) -> str:
    """What people wrote, safe in a `text` or in mrkdwn: no mention, no link (docs: formatting-message-text)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """What Slack sends, as it was typed."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def plain(text: str) -> str:
    """A text as its author typed it: tokens resolved, `&lt; &gt; &amp;` read back (docs: formatting-message-text).

    Accounts, channels and user groups become "@U123", "#C123", "@S123"; a link becomes the words that were typed.
    """
    return clean(unescape(re.sub(r"<([^<>]*)>", _token, text)))


def _token(found: re.Match[str]) -> str:
    token, _, label = found[1].partition("|")
    if token[:1] in {"@", "#"}:
        return token
    if token.startswith("!subteam^"):
        return "@" + token.removeprefix("!subteam^")
    if token.startswith("!"):
        return label or "@" + token[1:].partition("^")[0]
    return label or token.removeprefix("mailto:")


def escape_cut(text: str, most: int) -> str:
    """As `escape`, at most that many characters, never ending inside an entity."""
    safe = escape(text)
    if len(safe) <= most:
        return safe
    return re.sub(r"&[a-z]{0,3}$", "", safe[: most - 1]) + ELLIPSIS


def plain_text(text: str, most: int) -> JSON:
    """A text object in which nothing is markup, `:emoji:` included; never empty, which Slack refuses."""
    return {"type": "plain_text", "text": cut(clean(text).strip(), most) or " ", "emoji": False}
