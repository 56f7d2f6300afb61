"""Links by which whoever was sent something optional ends its kind, without being known otherwise. Pure.

They are good for as long as the bot's own key: an old message must end what it is one of (RFC 8058, section 3.1). Who
passes one on lets others end that kind for them, and nothing else.
"""

from __future__ import annotations

from typing import NamedTuple

from bot.visits.tokens import STOP, sign, signed

PATH = "/stop/"
"""Where they begin on the public listener."""


class Ended(NamedTuple):
    """Whose link it is. kind: of contact."""

    person: int
    kind: str


def link(address: str, key: bytes, person: int, kind: str) -> str:
    """The link. address: of the pages; "" where nobody reaches them, and there is none."""
    return f"{address}{PATH}{sign(key, STOP, [person, kind])}" if address else ""


def read(key: bytes, token: str) -> Ended | None:
    """What a link says; None: it is none of ours."""
    match signed(key, STOP, token):
        case [int(person), str(kind)]:
            return Ended(person, kind)
    return None
