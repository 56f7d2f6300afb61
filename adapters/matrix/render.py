"""Messages as Matrix events. Pure.

Every event reads alone in plain text, choices included, and carries the same as HTML. All texts are escaped: what a
person wrote never becomes markup, a mention or a link (spec, "m.room.message msgtypes", "User and room mentions").
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import groupby
from typing import Any
from urllib.parse import quote, unquote, urlencode

from adapters.matrix import cards
from bot.chat import Choice, Hypertext, Message, Part, Picture, shorten

Json = dict[str, Any]

# The federation limit is 65,536 bytes for the whole event (spec, "Size limits"); the rest is for its envelope.
LIMIT = 60_000
FALLBACK = 4_000  # characters of an edit's fallback, which only clients without edits show
_PNG, _PNG_SIZE = b"\x89PNG\r\n\x1a\n", slice(16, 24)  # the first chunk holds width and height (PNG, "IHDR")
_JOINER = "\N{WORD JOINER}"
_SIGILS = re.compile(r"@(?=room\b)|[@#](?=[^\s:@#]+:[\w\[])", re.IGNORECASE)
_PERSON = re.compile(r"matrix\.to/#/+@", re.IGNORECASE)
_PERMALINK = re.compile(r"(matrix\.to/|matrix:)(?=\S)", re.IGNORECASE)


def content(message: Message, name: str, *, via: Sequence[str] = (), thread: str = "", sealed: bool = False) -> Json:
    """A message to send.

    name: the delivery's name, kept in the event. via: servers to put in links to rooms. thread: the id of the thread's
    first event ("" for none). sealed: it will be encrypted.
    """
    relation = _within(thread)
    return _fitting(message, lambda short, rich: _sent(short, name, via, rich, relation), sealed)


def picture(what: Picture, thread: str = "") -> Json:
    """The event that shows a picture, without where its bytes are. thread: as `content`.

    With a file's name beside it, the body is a caption (spec 1.10 and later, "Media captions").
    """
    about: Json = {"mimetype": "image/png", "size": len(what.data)}
    if what.data.startswith(_PNG) and len(what.data) >= _PNG_SIZE.stop:
        about["w"], about["h"] = struct.unpack(">II", what.data[_PNG_SIZE])
    relation = _within(thread)
    return {
        "msgtype": "m.image", "body": _cut(harmless(what.alt), FALLBACK), "filename": what.name, "info": about,
        "m.mentions": {}, **({"m.relates_to": relation} if relation else {}),
    }  # fmt: skip


def _within(thread: str) -> Json:
    """How an event says that it belongs to a thread. Spec, "Threading": clients without threads show a reply."""
    if not thread:
        return {}
    return {
        "rel_type": "m.thread", "event_id": thread, "is_falling_back": True, "m.in_reply_to": {"event_id": thread},
    }  # fmt: skip


def edit(message: Message, posted: str, name: str, *, via: Sequence[str] = (), sealed: bool = False) -> Json:
    """The event that replaces a message.

    posted: the id of the original. name: of this delivery (the edit). sealed: it will be encrypted.
    """

    def build(short: Message, rich: bool) -> Json:
        new = _said(short, via, rich)
        body = "* " + _cut(new["body"], FALLBACK)
        return {
            "msgtype": "m.text", "body": body, "m.mentions": {}, "m.new_content": new, cards.NAME: name,
            cards.CHOICES: new[cards.CHOICES], "m.relates_to": {"rel_type": "m.replace", "event_id": posted},
        }  # fmt: skip

    return _fitting(message, build, sealed)


def plain(message: Message, via: Sequence[str] = ()) -> str:
    """The message as plain text."""
    lines = [_plain(part, via) for part in message.parts]
    choices = [_choice(one, key.key) for one, key in zip(message.choices, cards.offers(message.choices), strict=True)]
    return "\n".join([*lines, *(["", *choices] if choices else [])])


def rich(message: Message, via: Sequence[str] = ()) -> str:
    """The message as HTML, in the tags the spec lists."""
    blocks = [
        _block(kind, [_rich(part, via) for part in group])
        for kind, group in groupby(message.parts, lambda part: part.kind)
    ]
    if message.choices:
        keys = cards.offers(message.choices)
        blocks.append(_block("fact", [_rich_choice(c, k.key) for c, k in zip(message.choices, keys, strict=True)]))
    return "".join(blocks)


def harmless(text: str) -> str:
    """The text with `@room`, `@someone`, `#room:server` and permalinks broken by an invisible joiner."""
    return _PERMALINK.sub(rf"\1{_JOINER}", _SIGILS.sub(rf"\g<0>{_JOINER}", text.replace("\0", "")))


def link(room: str, via: Sequence[str] = ()) -> str:
    """A link to a room. Rooms of version 12 have no server in their id, so the way in is always given."""
    servers = urlencode([("via", server) for server in via])
    return f"https://matrix.to/#/{quote(room, safe='!#:')}" + (f"?{servers}" if servers and room[:1] == "!" else "")


def profile_link(account: str) -> str:
    """A link to a person, whom clients show with their profile. With `m.mentions` stated, it calls nobody."""
    return f"https://matrix.to/#/{quote(account, safe='@:')}"


def _sent(message: Message, name: str, via: Sequence[str], html: bool, relation: Json) -> Json:
    said = _said(message, via, html)
    return {**said, cards.NAME: name, **({"m.relates_to": relation} if relation else {})}


def _said(message: Message, via: Sequence[str], html: bool) -> Json:
    said: Json = {"msgtype": "m.text", "body": plain(message, via), "m.mentions": {}}
    if html:
        said |= {"format": "org.matrix.custom.html", "formatted_body": rich(message, via)}
    return {**said, cards.CHOICES: cards.written(cards.offers(message.choices))}


def _plain(part: Part, via: Sequence[str]) -> str:
    text = harmless(part.text)
    match part.kind:
        case "fact":
            return f"{harmless(part.label)} — {text}"
        case "quote":
            # Not "> ": clients take that for a quoted reply at the start of a body, and hide it.
            return "\n".join(f"│ {line}" for line in text.splitlines())
        case "item":
            return f"• {text}"
        case "room":
            return f"{text} — {link(part.room, via)}"
        case "profile":
            return f"{text} — {profile_link(part.account)}"
        case "link":
            return f"{text} — {part.url}"
        case _:
            return text


def _rich(part: Part, via: Sequence[str]) -> str:
    text = _html(part.text)
    match part.kind:
        case "fact":
            return f"<strong>{_html(part.label)}</strong> — {text}"
        case "room":
            return f'<a href="{escape(link(part.room, via))}">{text}</a>'
        case "profile":
            # Clients put the person's name in the place of a link's words, which would be lost with them.
            return f'{text} — <a href="{escape(profile_link(part.account))}">{_html(part.account)}</a>'
        case "link":
            return f'<a href="{escape(part.url)}">{text}</a>'
        case "rich":
            return _HYPERTEXT.write(part.rich)
        case "paste":  # clients take Markdown where one writes, and offer to copy what is code
            return f"<pre><code>{escape(harmless(part.text))}</code></pre>"
        case _:
            return text


def _block(kind: str, inner: Iterable[str]) -> str:
    match kind:
        case "title":
            return "".join(f"<h4>{one}</h4>" for one in inner)
        case "quote":
            return "".join(f"<blockquote>{one}</blockquote>" for one in inner)
        case "item":
            return "<ul>" + "".join(f"<li>{one}</li>" for one in inner) + "</ul>"
        case "note":
            return "".join(f"<p><em>{one}</em></p>" for one in inner)
        case "fact" | "room" | "profile" | "link":
            return "<p>" + "<br>".join(inner) + "</p>"
        case "rich" | "paste":
            return "".join(inner)
        case _:
            return "".join(f"<p>{one}</p>" for one in inner)


def _choice(choice: Choice, key: str) -> str:
    typed = f" — !{choice.typed}" if choice.typed else ""
    return f"{key} {harmless(choice.label)}{typed}".strip()


def _rich_choice(choice: Choice, key: str) -> str:
    typed = f" — <code>!{escape(choice.typed)}</code>" if choice.typed else ""
    return f"{key} {_html(choice.label)}{typed}".strip()


def _html(text: str) -> str:
    return escape(harmless(text)).replace("\n", "<br>")


def _may_be_linked(url: str) -> bool:
    """Not to somebody: clients put their name in the place of a link's words, as if they were mentioned."""
    return not _PERSON.search(unquote(unquote(url)))


_HYPERTEXT = Hypertext(words=lambda text: escape(harmless(text)), leads=_may_be_linked, top=3)


def _fitting(message: Message, build: Callable[[Message, bool], Json], sealed: bool) -> Json:
    """The message as it is; without HTML when that is too large; then with its texts cut."""
    for html in (True, False):
        whole = build(message, html)
        if _size(whole, sealed) <= LIMIT:
            return whole
    longest = max(len(part.text) for part in message.parts)
    while True:
        longest = longest * 3 // 4
        short = build(_shortened(message, longest), longest < (1_000 if sealed else 5_000))
        if _size(short, sealed) <= LIMIT or longest < 20:
            return short


def _shortened(message: Message, longest: int) -> Message:
    parts = tuple(
        part.model_copy(update={"text": _cut(part.text, longest), "rich": shorten(part.rich, longest)})
        for part in message.parts
    )
    return message.model_copy(update={"parts": parts})


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _size(event: Json, sealed: bool) -> int:
    """In bytes. What is encrypted is written in ASCII first (matrix-nio escapes all else), and in base64 after."""
    return len(json.dumps(event)) * 4 // 3 if sealed else len(json.dumps(event, ensure_ascii=False).encode())
