"""The bot's own mailbox, read by IMAP: copies of what it sent, and what came back.

The library waits for its server, so it works in a thread; each look is a connection of its own. Source: RFC 3501.
"""

from __future__ import annotations

import asyncio
import imaplib
import re
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeVar

from bot.chat import LockedOut, Unreachable

PATIENCE = 10.0
"""Seconds for each answer."""
PAGE = 200
"""Messages looked at in one look."""
LARGEST = 200_000
"""Bytes of a message that are read: what came back says why at its beginning."""
_NUMBER = re.compile(rb"UID (\d+)")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_T = TypeVar("_T")


class Came(NamedTuple):
    """What came back. uid: its number in the mailbox. content: as it came."""

    uid: int
    content: bytes


class Look(NamedTuple):
    """What a look found. position: where the next one begins. more: there is more to see at once."""

    came: Sequence[Came]
    position: str
    more: bool


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where it is. tls: "tls", "starttls" or "none". trust: None for what the system trusts."""

    host: str
    port: int
    tls: str
    user: str
    password: str
    folder: str
    trust: ssl.SSLContext | None = None

    async def has(self, message_id: str) -> bool:
        """Whether a message of that id arrived. Raises LockedOut, Unreachable."""

        def look(client: imaplib.IMAP4) -> bool:
            return bool(_numbers(client, f'HEADER Message-ID "{message_id}"'))

        return await self._ask(look)

    async def look(self, position: str, ours: str) -> Look:
        """What came since then. ours: the header that copies of the bot's own messages have. Raises as `has`."""
        return await self._ask(lambda client: _since(client, position, ours))

    async def tidy(self, before: datetime, ours: str) -> int:
        """Remove copies that came before a day. Raises as `has`."""

        def remove(client: imaplib.IMAP4) -> int:
            day = f"{before.day}-{_MONTHS[before.month - 1]}-{before.year}"
            old = _numbers(client, f'HEADER {ours} "1" BEFORE {day}')
            for at in range(0, len(old), PAGE):
                client.uid("STORE", ",".join(map(str, old[at : at + PAGE])), "+FLAGS", r"(\Deleted)")
            if old:
                client.expunge()
            return len(old)

        return await self._ask(remove, writes=True)

    async def answers(self) -> None:
        """Sign in and open the folder. Raises as `has`."""
        await self._ask(lambda _client: None)

    async def _ask(self, what: Callable[[imaplib.IMAP4], _T], *, writes: bool = False) -> _T:
        try:
            return await asyncio.to_thread(self._asked, what, writes=writes)
        except imaplib.IMAP4.error as error:  # of which `abort`, a connection that was lost, is one
            raise Unreachable(f"imap_{type(error).__name__}", undone=True) from None
        except (OSError, EOFError) as error:
            raise Unreachable(f"imap_{type(error).__name__}", undone=True) from None

    def _asked(self, what: Callable[[imaplib.IMAP4], _T], *, writes: bool) -> _T:
        context = self.trust or ssl.create_default_context()
        if self.tls == "tls":
            client: imaplib.IMAP4 = imaplib.IMAP4_SSL(self.host, self.port, ssl_context=context, timeout=PATIENCE)
        else:
            client = imaplib.IMAP4(self.host, self.port, timeout=PATIENCE)
        try:
            if self.tls == "starttls":
                client.starttls(context)
            self._enter(client, writes=writes)
            return what(client)
        finally:
            with suppress(OSError, imaplib.IMAP4.error):
                client.logout()

    def _enter(self, client: imaplib.IMAP4, *, writes: bool) -> None:
        try:
            client.login(self.user, self.password)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            raise LockedOut("imap_login", "mailbox_password") from None
        if client.select(f'"{self.folder}"', readonly=not writes)[0] != "OK":
            raise LockedOut("imap_folder", "mailbox_folder")


def _numbers(client: imaplib.IMAP4, criteria: str) -> list[int]:
    _, found = client.uid("SEARCH", criteria)
    return sorted(int(each) for each in (found[0] or b"").split()) if found else []


def _since(client: imaplib.IMAP4, position: str, ours: str) -> Look:
    """Numbers grow, until the mailbox is made anew: then all of it is looked at again, under other numbers."""
    validity = (client.response("UIDVALIDITY")[1] or [b""])[0] or b""
    known, _, last = position.partition(":")
    begin = int(last) + 1 if known == validity.decode() and last else 1
    new = [each for each in _numbers(client, f"UID {begin}:*") if each >= begin]
    page = new[:PAGE]
    came = []
    for uid in _foreign(client, page, ours):
        _, got = client.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{LARGEST}>)")
        came += [Came(uid, each[1]) for each in got if isinstance(each, tuple)]
    return Look(came, f"{validity.decode()}:{page[-1] if page else begin - 1}", len(new) > PAGE)


def _foreign(client: imaplib.IMAP4, page: Sequence[int], ours: str) -> list[int]:
    """Those that are no copies of the bot's own."""
    if not page:
        return []
    _, got = client.uid("FETCH", ",".join(map(str, page)), f"(BODY.PEEK[HEADER.FIELDS ({ours})])")
    mine = {
        int(number[1])
        for each in got
        if isinstance(each, tuple) and ours.lower().encode() in each[1].lower() and (number := _NUMBER.search(each[0]))
    }
    return [uid for uid in page if uid not in mine]
