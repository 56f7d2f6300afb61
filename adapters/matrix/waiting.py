"""Encrypted events whose key has not come yet: kept with the position, read when it comes, given up after a while.

A key travels apart from what it opens, and may come later: from another server, or from a client that was asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from typing import Any

from adapters.matrix.encryption import Encryption
from adapters.matrix.keyring import WAITING

Json = dict[str, Any]

PATIENCE = timedelta(seconds=30)
HELD = 1_000  # events at most; beyond, the oldest are given up at once


class Waiting:
    """What cannot be read yet."""

    def __init__(self, encryption: Encryption, now: Callable[[], datetime], patience: timedelta) -> None:
        """patience: how long a key is waited for."""
        self._encryption = encryption
        self._now = now
        self._patience = patience
        self._letters = -1  # how many had come when keys were last tried
        self._gone: list[str] = []
        self._held: dict[str, tuple[str, Json, datetime]] = {}

    def load(self) -> None:
        """What an earlier run waited for."""
        for event, one in self._encryption.ring.found(WAITING).items():
            self._held[event] = (one["room"], one["raw"], datetime.fromisoformat(one["until"]))

    def hold(self, raw: Json, room: str) -> None:
        """This cannot be read yet."""
        event, until = str(raw.get("event_id", "")), self._now() + self._patience
        if event not in self._held:
            self._held[event] = (room, raw, until)
            kept = {"room": room, "raw": raw, "until": until.isoformat()}
            self._encryption.ring.mark(WAITING + event, lambda: kept)

    def released(self) -> Iterator[tuple[str, Json]]:
        """What can be read now, as it was before, and what was waited for long enough, as it came; with its room."""
        now, beyond, letters = self._now(), len(self._held) - HELD, self._encryption.letters
        for place, (event, (room, raw, until)) in enumerate(list(self._held.items())):
            found = self._encryption.read(raw, room) if letters != self._letters else None
            if found or until <= now or place < beyond:
                del self._held[event]
                self._gone.append(WAITING + event)
                yield room, found or raw
        self._letters = letters

    @property
    def gone(self) -> tuple[str, ...]:
        """The keys of what was released: to be forgotten together with the position after it, or it would be lost."""
        return tuple(self._gone)

    def forget(self, keys: Collection[str]) -> None:
        """They are kept no longer."""
        self._gone = [key for key in self._gone if key not in keys]

    def remaining(self) -> timedelta | None:
        """How long until something is given up; None: nothing waits."""
        if not self._held:
            return None
        return min(until for _, _, until in self._held.values()) - self._now()
