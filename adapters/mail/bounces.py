"""What came back: reports that a message did not arrive, read. Pure.

Sources: RFC 6522 (multipart/report, and what is given back of the message: all of it, or its headers), RFC 3464 (2.3:
what is said of each recipient).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message as Parsed
from email.policy import default
from typing import Any, NamedTuple

_LONGEST = 200  # characters of an id or an address that are looked at
_MANY = 50  # recipients of one report


class Undone(NamedTuple):
    """A message that did not arrive. message_id: as it was sent. recipient: in lower case. code: "5.1.1"."""

    message_id: str
    recipient: str
    code: str


def read(content: bytes) -> list[Undone]:
    """What a message reports; [] when it is no such report, or says that it is only late."""
    try:
        parsed = message_from_bytes(content, policy=default)
        if parsed.get_content_type() != "multipart/report":
            return []
        sent = next(_originals(parsed), "")
        return [Undone(sent, *each) for each in _failed(parsed)][:_MANY] if sent else []
    except (ValueError, LookupError, AttributeError, TypeError):  # what strangers send may break the parser
        return []


def _originals(report: Parsed) -> Iterator[str]:
    """The id of the message that is given back."""
    for part in report.walk():
        kind = part.get_content_type()
        if kind == "text/rfc822-headers":
            text = part.get_content() if hasattr(part, "get_content") else ""
            headers = message_from_bytes(text if isinstance(text, bytes) else str(text).encode(), policy=default)
            yield from _id(headers)
        elif kind == "message/rfc822":
            for inner in _inner(part):
                yield from _id(inner)


def _id(headers: Parsed) -> Iterator[str]:
    if found := str(headers.get("Message-ID", "")).strip()[:_LONGEST]:
        yield found


def _inner(part: Parsed) -> list[Parsed]:
    found = part.get_payload()
    return [each for each in found if isinstance(each, Parsed)] if isinstance(found, list) else []


def _failed(report: Parsed) -> Iterator[tuple[str, str]]:
    """(recipient, code) of those whom it did not reach for good."""
    for part in report.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for fields in _inner(part):
            if str(fields.get("Action", "")).strip().lower() == "failed":
                whom = str(fields.get("Original-Recipient") or fields.get("Final-Recipient") or "")
                code = str(fields.get("Status", "")).strip()[:10] or "5.0.0"
                yield whom.rpartition(";")[2].strip().lower()[:_LONGEST], code


def told(body: bytes) -> list[Undone]:
    """The same from a service that calls us: {"message_id": …, "recipient": …, "code": …}, or a list of these.

    Raises ValueError: it is none of this.
    """
    found: Any = json.loads(body)
    listed = found if isinstance(found, list) else [found]
    read_: list[Undone] = []
    for each in listed[:_MANY]:
        if not isinstance(each, dict) or not all(isinstance(each.get(key), str) for key in ("message_id", "recipient")):
            raise ValueError("not a bounce")
        code = str(each.get("code") or "5.0.0")[:10]
        read_.append(Undone(each["message_id"][:_LONGEST], each["recipient"].lower()[:_LONGEST], code))
    return read_
