"""What a platform inside the process is configured with: next to nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal
from urllib.parse import quote

from bot.chat import Platform
from bot.config import Kind, PlatformSettings
from bot.config.values import Address


class Memory(PlatformSettings):
    """A platform inside the process, for trying the bot.

    rooms_at: where a browser would open its rooms; "" where none does.
    """

    kind: Literal["memory"]
    rooms_at: Address = ""

    def way_to(self, room: str) -> str:
        """Where a browser opens a room."""
        return f"{self.rooms_at}/{quote(room)}" if self.rooms_at else ""


def _open(name: str, _settings: Memory, now: Callable[[], datetime]) -> Platform:
    from adapters.memory.platform import MemoryPlatform  # noqa: PLC0415 - as the others do
    from adapters.memory.server import MemoryServer  # noqa: PLC0415

    return MemoryPlatform(MemoryServer(name, now))


MEMORY = Kind(settings=Memory, open=_open)
