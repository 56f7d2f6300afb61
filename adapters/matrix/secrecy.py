"""Encrypted rooms, as the rest of this platform sees them: read, write, and keep.

Without a key to seal with there is no encryption: what is encrypted cannot be read, and nothing is written there.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog

from adapters.matrix.calls import SYNC_WAIT_MS, Calls
from adapters.matrix.encryption import Encryption
from adapters.matrix.roomkeys import RoomKeys
from adapters.matrix.sealing import Seal
from adapters.matrix.signing import Signing
from adapters.matrix.waiting import Waiting
from bot.chat import Door, Finding, NotAllowed

_log = structlog.get_logger("parvis.matrix")

Json = dict[str, Any]
ENCRYPTED = "m.room.encrypted"
_SHORTEST_WAIT_MS = 1_000


class Secrecy:
    """The bot's encryption on one platform."""

    def __init__(self, calls: Calls, secret: str, now: Callable[[], datetime], patience: timedelta) -> None:
        """secret: what the keys are sealed with, "" for no encryption. patience: how long a key is waited for."""
        self.on = bool(secret)
        self._encryption = Encryption(calls, Seal(secret), lambda: now().date())
        self._keys = RoomKeys(calls, self._encryption)
        self._signing = Signing(calls, self._encryption)
        self._waiting = Waiting(self._encryption, now, patience)

    @property
    def usable(self) -> bool:
        """Encrypted rooms can be read and written in."""
        return self.on and not self._encryption.trouble

    @property
    def trouble(self) -> str:
        """Why it does not work: "off", or a code of `Encryption`; "" when it does."""
        return self._encryption.trouble if self.on else "off"

    async def examined(self) -> Finding:
        """How it stands. Before `run` only what the server knows can be told. Raises PlatformError."""
        if not self.on:
            return Finding(code="encryption", state="warning", evidence="off")
        if self._encryption.trouble == "starting":
            published = await self._encryption.published()
            return Finding(
                code="encryption", state="fine" if published else "unknown", evidence="published" * published
            )
        if self._encryption.trouble:
            return Finding(code="encryption", state="wrong", evidence=self._encryption.trouble)
        return Finding(code="encryption", state="fine", evidence=self._signing.trouble)

    async def start(self, door: Door, name: str, *, anew: bool) -> None:
        """Take up the keys kept for this platform. anew: without a position, so all devices may have changed.

        Raises PlatformError, Overloaded.
        """
        if not self.on:
            return
        await self._encryption.start(await door.kept(name), lambda things: door.keep(name, things))
        if self.trouble:
            _log.warning("encrypted rooms are closed to the bot", platform=name, reason=self.trouble)
        if self.usable:
            _log.info("encrypted rooms are open to the bot", platform=name, fingerprint=self._encryption.fingerprint)
            self._waiting.load()
            self._signing.load()
            self._keys.loaded(anew=anew)

    def hear(self, batch: Json) -> None:
        """What a sync says of keys, before its rooms are read."""
        if self.usable:
            self._encryption.hear(batch)
            self._keys.note_stale()

    async def chores(self) -> None:
        """What a sync makes necessary to tell the server, after it was recorded."""
        if self.on:
            await self._encryption.chores()
            if self.usable:
                await self._keys.meet()
                await self._sign()
            self._encryption.ready.set()

    async def _sign(self) -> None:
        told = self._signing.trouble
        await self._signing.chores()
        if self._signing.trouble != told:
            _log.warning("the bot's session is not vouched for", reason=self._signing.trouble)

    def moved(self, room: str) -> None:
        """Someone entered a room or left it."""
        self._keys.moved(room)

    # ------------------------------------------------------------ reading

    def read(self, raw: Json, room: str) -> Json | None:
        """An event as it was before encryption; None: its key is waited for, and it comes again by `released`."""
        if raw.get("type") != ENCRYPTED or not self.usable:
            return raw
        found = self._encryption.read(raw, room)
        if found is None:
            self._waiting.hold(raw, room)
        return found

    def released(self) -> list[tuple[str, Json]]:
        """What was waited for, with its room: as it was before, or as it came when its key did not come."""
        return list(self._waiting.released()) if self.usable else []

    def opened(self, raw: Json, room: str) -> Json:
        """An event of the bot itself, decrypted with its latest edit; as it came where that cannot be done."""
        return self._encryption.opened(raw, room) if self.usable else raw

    def shown(self, raw: Json, room: str) -> Json | None:
        """Anybody's event, decrypted with its latest edit; None: it is encrypted, and no key opens it."""
        if self.usable:
            return self._encryption.shown(raw, room)
        return None if raw.get("type") == ENCRYPTED else raw

    @property
    def wait_ms(self) -> int:
        """How long a sync may wait for news."""
        left = self._waiting.remaining()
        if left is None:
            return SYNC_WAIT_MS
        return max(_SHORTEST_WAIT_MS, min(SYNC_WAIT_MS, int(left.total_seconds() * 1000)))

    # ------------------------------------------------------------ writing

    async def write(self, room: str, kind: str, content: Json) -> Json:
        """The content of an `m.room.encrypted`. Raises NotAllowed: there is no encryption; Unreachable: not now."""
        if not self.on:
            raise NotAllowed("encryption_off")
        return await self._keys.write(room, kind, content)

    async def can_reach(self, person: str) -> bool:
        """Whether the person has a device that could read what is encrypted for it. Raises PlatformError."""
        return self.usable and await self._keys.has_devices(person)

    # ------------------------------------------------------------ keeping

    @property
    def releasing(self) -> bool:
        """What was waited for is to be forgotten with the position."""
        return bool(self._waiting.gone)

    async def keep(self) -> None:
        """Keep what changed by itself: before the next sync, with which the server forgets it. Raises Unreachable."""
        if self.usable:
            await self._encryption.flush()

    async def keep_with(self, advance: Callable[[Mapping[str, bytes | None]], Awaitable[None]]) -> None:
        """Let what changed be kept together with something else: `advance` is given it. Raises what it raises."""
        if self.usable:
            gone = self._waiting.gone
            await self._encryption.ring.flush(advance, gone)
            self._waiting.forget(gone)
        else:
            await advance({})
