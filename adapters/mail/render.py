"""A message as e-mail: text, the same as HTML, and the headers that others rely on. Pure.

Sources: RFC 5322 (3.6.4: Message-ID), RFC 3834 (5: Auto-Submitted), RFC 8058 (unsubscribing with one press), RFC 2392
(pictures within the message).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from html import escape
from itertools import groupby

from bot.chat import Choice, Message, Part, letter

SUBJECT = 120
"""Characters of a subject that lists of mail still show."""
OURS = "X-Parvis"
"""By this header the bot knows copies of its own messages in its mailbox again."""
_POLICY = SMTP.clone(max_line_length=998)
# Folded, a long List-Unsubscribe would become an encoded word, which no mail program reads as an address.
_STYLE = "font-family:sans-serif;font-size:15px;line-height:1.5;color:#1d1c1d;max-width:40em"


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom and to whom. name: the promise's own. about: the message that this one answers; "" for none."""

    sender: str
    sender_name: str
    to: str
    name: str
    at: datetime
    reply_to: str = ""
    about: str = ""


def message_id(name: str, sender: str) -> str:
    """What a promise is called by mail servers: always the same, so that they know it again."""
    return f"<{sha256(name.encode()).hexdigest()[:40]}@{sender.rpartition('@')[2]}>"


def mail(message: Message, envelope: Envelope) -> bytes:
    """The message as it is handed over."""
    made = EmailMessage(policy=_POLICY)
    made["Message-ID"] = message_id(envelope.name, envelope.sender)
    made["Date"] = format_datetime(envelope.at)
    made["From"] = Address(one_line(envelope.sender_name), addr_spec=envelope.sender)
    made["To"] = Address(addr_spec=envelope.to)
    made["Subject"] = subject(message)
    made["Auto-Submitted"] = "auto-generated"
    made["Precedence"] = "bulk"
    made["X-Auto-Response-Suppress"] = "All"
    made[OURS] = "1"
    if envelope.reply_to:
        made["Reply-To"] = Address(addr_spec=envelope.reply_to)
    if envelope.about:
        made["In-Reply-To"] = made["References"] = envelope.about
    if message.stop:
        made["List-Unsubscribe"] = f"<{message.stop}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(text(message), cte="quoted-printable")
    made.add_alternative(html(message), subtype="html", cte="quoted-printable")
    if message.picture:
        body = made.get_payload()[1]  # type: ignore[index]
        body.add_related(  # type: ignore[union-attr]
            message.picture.data, "image", "png", cid=f"<{_CID}>", filename=message.picture.name, disposition="inline"
        )
    return made.as_bytes(policy=_POLICY)


_CID = "picture"


def one_line(said: str) -> str:
    """A text as a header may hold it."""
    return " ".join(said.split())


def subject(message: Message) -> str:
    """Its title, else how it begins."""
    titles = [part.text for part in message.parts if part.kind == "title"]
    said = one_line(next(iter(titles or [part.text for part in message.parts if part.text.strip()]), ""))
    return said if len(said) <= SUBJECT else said[: SUBJECT - 1].rstrip() + "…"


# ---------------------------------------------------------------- text


def text(message: Message) -> str:
    """As it is read without HTML."""
    pieces = [*(_plain(part) for part in message.parts)]
    if message.picture:
        pieces.append(message.picture.alt)
    pieces += [f"{number}. {choice.label}: {choice.typed}" for number, choice in _typed(message.choices)]
    return "\n\n".join(piece for piece in pieces if piece) + "\n"


def _plain(part: Part) -> str:
    match part.kind:
        case "title":
            return f"{part.text}\n{'=' * min(len(part.text), 70)}"
        case "fact" if part.label:
            return f"{part.label}: {part.text}"
        case "quote":
            return "\n".join(f"> {line}" for line in part.text.splitlines())
        case "item":
            return f"- {part.text}"
        case "link" if part.url:
            return f"{part.text}:\n{part.url}"
        case "rich" | "paste":
            return letter(part.rich)[0]
        case _:
            return part.text


def _typed(choices: Sequence[Choice]) -> Iterator[tuple[int, Choice]]:
    """Nobody presses anything in a mail: of its choices, those are told that can be typed in the chat."""
    return enumerate((choice for choice in choices if choice.typed), 1)


# ---------------------------------------------------------------- HTML


def html(message: Message) -> str:
    """The same, marked up; whatever people wrote is escaped."""
    body = list(_marked(message.parts))
    if message.picture:
        title = f"<figcaption>{escape(message.picture.title)}</figcaption>" if message.picture.title else ""
        image = f'<img src="cid:{_CID}" alt="{escape(message.picture.alt)}" style="max-width:100%">'
        body.append(f"<figure>{image}{title}</figure>")
    if typed := list(_typed(message.choices)):
        items = "".join(f"<li>{escape(one.label)}: <code>{escape(one.typed)}</code></li>" for _, one in typed)
        body.append(f"<ol>{items}</ol>")
    head = f'<meta charset="utf-8"><title>{escape(subject(message))}</title>'
    return (
        f'<!DOCTYPE html>\n<html><head>{head}</head><body style="{_STYLE}">\n' + "\n".join(body) + "\n</body></html>\n"
    )


def _marked(parts: Iterable[Part]) -> Iterator[str]:
    for kind, run in groupby(parts, key=lambda part: part.kind):
        some = list(run)
        if kind == "item":
            yield "<ul>" + "".join(f"<li>{_lines(part.text)}</li>" for part in some) + "</ul>"
        else:
            yield from map(_piece, some)


def _piece(part: Part) -> str:
    match part.kind:
        case "title":
            return f'<h1 style="font-size:1.3em">{_lines(part.text)}</h1>'
        case "fact" if part.label:
            return f"<p><strong>{escape(part.label)}</strong> {_lines(part.text)}</p>"
        case "quote":
            return f"<blockquote>{_lines(part.text)}</blockquote>"
        case "note":
            return f'<p style="font-size:0.85em;color:#616061">{_lines(part.text)}</p>'
        case "link" if part.url.startswith(("https://", "http://")):
            return f'<p><a href="{escape(part.url)}">{escape(part.text)}</a></p>'
        case "rich" | "paste":
            return letter(part.rich)[1]
        case _:
            return f"<p>{_lines(part.text)}</p>"


def _lines(said: str) -> str:
    return escape(said).replace("\n", "<br>\n")
