"""The world that the bot of a simulated year lives in: a clock that jumps, and a chat that tells what it delivers."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from adapters.memory import BOT, MemoryServer, Posted
from adapters.memory.server import Place
from bot.chat import Choice, Message
from storage.sqlite import Driver

KEPT = 12
"""Messages of a direct room that are kept: nobody reads further back."""

_MEMORY, _AMPLE = Path("/dev/shm"), 8 * 2**30


def in_memory() -> Path | None:
    """A folder that is no disk, where there is room enough: a year writes some gigabytes that nobody need keep."""
    free = os.statvfs(_MEMORY) if _MEMORY.is_dir() else None
    return _MEMORY if free and free.f_bavail * free.f_frsize >= _AMPLE else None


class Direct(Driver):
    """SQLite without a thread: nobody else waits here while a statement runs, and the way to a thread costs more."""

    async def _connect(self) -> Self:
        if self._connection is None:
            self._connection = self._connector()
        return self

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return fn(*args, **kwargs)


class Clock:
    """Stands still until it is set."""

    def __init__(self, at: datetime) -> None:
        self.at = at.astimezone(UTC)

    def now(self) -> datetime:
        """The instant, UTC."""
        return self.at


class Chat(MemoryServer):
    """The service inside the process, for ten thousand people: what it looks for, it finds at once."""

    def __init__(self, name: str, now: Callable[[], datetime], told: Callable[[str, Posted], None]) -> None:
        """told: hears (account, message) of whatever the bot says in somebody's direct room."""
        super().__init__(name, now)
        self._told = told
        self._direct: dict[str, Place] = {}

    def direct(self, person: str) -> Place:
        if person not in self._direct:
            place = self._direct[person] = self.add_room("", "", private=True)
            place.direct = person
            place.members.extend((person, BOT))
        return self._direct[person]

    def keep(self, room: Place, by: str, message: Message, *, name: str = "", reply_to: str = "") -> str:
        new = super().keep(room, by, message, name=name, reply_to=reply_to)
        if room.direct:
            if by == BOT:
                self._told(room.direct, room.messages[new])
            while len(room.messages) > KEPT:
                del room.messages[next(iter(room.messages))]
        return new

    def press(self, person: str, message: str, choice: Choice, *, home: bool = False) -> None:
        self.happens(
            "press",
            by=person,
            room=self.direct(person).id,
            direct=True,
            on=message,
            action=choice.action,
            value=choice.value,
            handle=self.handle(person),
            home=home,
            lost=True,
        )

    def deliver(self, raw: dict[str, Any], *, lost: bool = False) -> None:
        if self.bot:
            self.unheard.append((raw, lost))
            self.news.set()
