"""E-mail as a platform: told on, and heard of only when something comes back."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from adapters.mail import bounces
from adapters.mail.bounces import Undone
from adapters.mail.examine import examined
from adapters.mail.mailbox import Mailbox
from adapters.mail.norooms import Addressees, NoRooms, Unchanging
from adapters.mail.render import OURS, Envelope, mail, message_id
from adapters.mail.settings import Mail
from adapters.mail.wire import Wire
from bot.chat import (
    Door,
    Finding,
    LockedOut,
    Message,
    Overloaded,
    Pace,
    Paced,
    PlatformError,
    Undelivered,
    Unknown,
    WebAnswer,
    WebRequest,
)

_log = structlog.get_logger("parvis.mail")

TIDY = timedelta(days=1)
"""How often old copies are removed."""


class MailPlatform(Unchanging, NoRooms, Addressees):
    """One mail server, and the mailbox beside it where there is one. The name of a room is an address."""

    pace = Pace(in_flight=4, timeout=30.0)
    receipts = False
    addressed = True

    def __init__(self, name: str, settings: Mail, now: Callable[[], datetime]) -> None:
        """name: as configured. now: the clock (UTC, aware)."""
        self.name = name
        self.pace = replace(self.pace, per_minute=settings.per_minute)
        self.exclusive = bool(settings.mailbox)  # how far its mailbox was looked through is kept
        self._settings, self._now = settings, now
        secrets = [
            each.get_secret_value() if each else ""
            for each in (settings.password, settings.mailbox_password, settings.bounce_token)
        ]
        self._token = secrets[2]
        trust = settings.trust()
        self._wire = Wire(settings.host, settings.port, settings.tls, settings.user, secrets[0], trust)
        self._mailbox = (
            Mailbox(
                settings.mailbox,
                settings.mailbox_port,
                settings.mailbox_tls,
                settings.mailbox_user or settings.user,
                secrets[1],
                settings.mailbox_folder,
                trust,
            )
            if settings.mailbox
            else None
        )
        self._connected = False
        self._tidied: datetime | None = None

    # ------------------------------------------------------------ saying

    async def post(self, room: str, message: Message, *, name: str, reply_to: str = "") -> str:
        """Hand one mail over. Sent twice under one name it has one Message-ID, which many servers know again."""
        own = self._settings
        at = Envelope(own.sender, own.sender_name, room, name, self._now(), own.reply_to, reply_to)
        await self._wire.hand_over(own.sender, room, self._copies, mail(message, at))
        return message_id(name, own.sender)

    async def find(
        self,
        room: str,  # noqa: ARG002 - one mailbox has copies of what went to all
        name: str,
        since: datetime,
        *,
        reply_to: str = "",  # noqa: ARG002 - a copy is found by its own name
    ) -> str | None:
        """Look whether the copy of it arrived: it is handed over for the person and the mailbox together, or not.

        Raises Unknown: there is no mailbox; Paced: the copy may still be on its way.
        """
        if self._mailbox is None:
            raise Unknown("unknown")
        sent = message_id(name, self._settings.sender)
        if await self._mailbox.has(sent):
            return sent
        wait = self._settings.copy_delay - (self._now() - since).total_seconds()
        if wait > 0:
            raise Paced(min(wait, self._settings.copy_delay), "copy_on_its_way")
        return None

    @property
    def _copies(self) -> str:
        return (self._settings.copies or self._settings.sender) if self._mailbox else ""

    # ------------------------------------------------------------ what comes back

    async def run(self, door: Door) -> None:
        """Sign in, then look into the mailbox for what came back, until cancelled."""
        if self._token:
            door.serve(f"/bounces/{self.name}", lambda request: self._called(door, request))
        try:
            await self._sign_in()
            self._connected = True
            while True:
                await self._look(door)
                await asyncio.sleep(self._settings.look_every)
        finally:
            self._connected = False

    async def _sign_in(self) -> None:
        """Raises LockedOut: the server, or that of the mailbox, refuses the bot's password."""
        while True:
            try:
                async with self._wire.line():
                    pass
                await (self._mailbox.answers() if self._mailbox else asyncio.sleep(0))
                return
            except LockedOut:
                raise
            except PlatformError as error:
                _log.warning("mail.not_signed_in", platform=self.name, reason=error.reason)
                await asyncio.sleep(min(self._settings.look_every, 5.0))

    async def _look(self, door: Door) -> None:
        if self._mailbox is None:
            return
        try:
            more = True
            while more:
                position = await door.position(self.name)
                found = await self._mailbox.look(position, OURS)
                events = [
                    event for each in found.came for event in self._events(bounces.read(each.content), str(each.uid))
                ]
                if found.position != position:
                    await door.advance(self.name, events, found.position)
                more = found.more
            await self._tidy()
        except LockedOut:
            raise
        except (PlatformError, Overloaded) as error:
            _log.warning("mail.mailbox_not_read", platform=self.name, reason=str(error))

    async def _tidy(self) -> None:
        """Copies hold what was written to people: they are not kept longer than they are needed."""
        now = self._now()
        if self._mailbox is None or (self._tidied and abs(now - self._tidied) < TIDY):
            return
        await self._mailbox.tidy(now - timedelta(days=self._settings.keep_days), OURS)
        self._tidied = now

    def _events(self, undone: Iterable[Undone], key: str) -> list[Undelivered]:
        return [
            Undelivered(
                key=f"undelivered:{each.message_id}:{each.recipient}:{key}",
                platform=self.name,
                at=self._now(),
                on=each.message_id,
                account=each.recipient,
                reason=each.code,
            )
            for each in undone
        ]

    async def _called(self, door: Door, request: WebRequest) -> WebAnswer:
        """A service tells of what it could not deliver. It shows the token that it was given."""
        shown = request.headers.get("authorization", "").removeprefix("Bearer ")
        if request.method != "POST":
            return WebAnswer(status=405, body=b"POST only")
        if not hmac.compare_digest(shown.encode(), self._token.encode()):
            return WebAnswer(status=401, body=b"not signed")
        try:
            undone = bounces.told(request.body)
        except (ValueError, RecursionError):
            return WebAnswer(status=400, body=b"unreadable")
        try:
            for event in self._events(undone, "told"):
                await door.record(event)
        except Overloaded:
            return WebAnswer(status=503, body=b"try again")
        return WebAnswer(status=204)

    # ------------------------------------------------------------ how it stands

    @property
    def connected(self) -> bool:
        """The server took the bot's password when it was last asked to."""
        return self._connected

    async def examine(self, refused: str = "", address: str = "") -> Sequence[Finding]:
        """The server, its certificate, the password, the sender, the mailbox, unsubscribing. Nothing is sent."""
        del refused
        return await examined(self._wire, self._mailbox, self._settings, address)

    async def close(self) -> None:
        """Let go of connections."""
        await self._wire.close()
