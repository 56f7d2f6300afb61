"""Matrix as a platform: a matrix-nio client, one sync loop, and the three parts of the port."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from adapters.matrix.calls import Calls
from adapters.matrix.examine import examined
from adapters.matrix.inbound import server
from adapters.matrix.messages import MatrixMessages
from adapters.matrix.past import MatrixPast
from adapters.matrix.patience import Patience
from adapters.matrix.people import MatrixPeople
from adapters.matrix.rooms import MatrixRooms
from adapters.matrix.secrecy import Secrecy
from adapters.matrix.sync import Listener
from adapters.matrix.view import View
from adapters.matrix.waiting import PATIENCE
from bot.chat import Door, Finding, Pace, PlatformError

PACE = Pace(per_room=0.0, in_flight=10, timeout=10.0)


class MatrixPlatform(MatrixMessages, MatrixRooms, MatrixPast, MatrixPeople):
    """One account on one homeserver."""

    def __init__(
        self,
        name: str,
        *,
        homeserver: str,
        user: str,
        access_token: str = "",
        password: str = "",
        device_id: str = "PARVIS",
        server_names: Sequence[str] = (),
        space: str = "",
        room_version: str = "",
        encryption_key: str = "",
        key_patience: timedelta = PATIENCE,
        now: Callable[[], datetime],
        trust: ssl.SSLContext | None = None,
    ) -> None:
        """name: of this platform in the configuration. homeserver: URL of its client API. user: the bot's full id.

        One of access_token and password. device_id: stays the same between runs, or a repeated call could be said
        twice. server_names: the company's homeservers (the bot's own when none is given). space: id or alias of the
        company space ("" for none). room_version: of rooms the bot creates ("" for the server's default).
        encryption_key: what the keys of encrypted rooms are sealed with, "" for no encryption. key_patience: how long
        the key of a message is waited for. trust: what certificates are checked with; None for the system's.
        """
        self.name = name
        self.pace = PACE
        self.receipts = True
        self.addressed = False
        self.exclusive = True  # one device: a sync moves its position and its keys, and each token has one device
        self._now = now
        self._servers = frozenset(server_names or [server(user)])
        self._via = (server(user),)
        self._space = space
        self._room_version = room_version
        self._opening: dict[str, asyncio.Lock] = {}
        self._plain: set[str] = set()
        self._has_run = False
        self._calls = Calls(
            homeserver, user, access_token=access_token, password=password, device_id=device_id, timeout=PACE.timeout,
            trust=trust,
        )  # fmt: skip
        self._encryption_key, self._key_patience = encryption_key, key_patience
        self._begin()

    def _begin(self) -> None:
        """Know nothing yet: what was known before another process was connected is old, the keys above all."""
        self._opening.clear()
        self._plain.clear()
        self._secrecy = Secrecy(self._calls, self._encryption_key, self._now, self._key_patience)
        self._view = View(lambda: self._secrecy.usable)
        self._listener = Listener(self.name, self._calls, self._view, self._secrecy, self._servers, Patience())

    @property
    def connected(self) -> bool:
        """Whether the last sync succeeded and what it brought was recorded."""
        return self._listener.connected

    async def run(self, door: Door) -> None:
        """Log in and hand in what happens, for ever. Raises LockedOut on bad credentials."""
        if self._has_run:
            self._begin()
            self._calls.sign_out()
        self._has_run = True
        await self._listener.run(door)

    async def examine(self, refused: str = "", address: str = "") -> Sequence[Finding]:
        """Homeserver, session, clock, company space, encryption: see `adapters.matrix.examine`."""
        del address
        found = await examined(self._calls, self._space, self._now(), refused)
        if any(each.code == "device" for each in found):  # signed in
            try:
                found.append(await self._secrecy.examined())
            except PlatformError as error:
                found.append(Finding(code="encryption", state="unknown", evidence=error.reason))
        return found

    async def close(self) -> None:
        """Let go of connections."""
        await self._calls.close()
