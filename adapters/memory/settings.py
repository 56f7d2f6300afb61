"""What a platform inside the process is configured with: nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from bot.chat import Platform
from bot.config import Kind, PlatformSettings


class Memory(PlatformSettings):
    """A platform inside the process, for trying the bot."""

    kind: Literal["memory"]


def _open(name: str, _settings: Memory, now: Callable[[], datetime]) -> Platform:
    from adapters.memory.platform import MemoryPlatform  # noqa: PLC0415 - as the others do
    from adapters.memory.server import MemoryServer  # noqa: PLC0415

    return MemoryPlatform(MemoryServer(name, now))


MEMORY = Kind(settings=Memory, open=_open)
