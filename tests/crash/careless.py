"""`parvis run` by a bot that never asks what was said already: proof that the tests here see what is said twice."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, cast

from adapters import open_platform
from bot.chat import Message, Platform
from bot.cli import opening, running


class Careless:
    """A platform without its two guards: it finds nothing, and gives each call a name of its own."""

    def __init__(self, platform: Platform) -> None:
        """platform: the real one."""
        self._platform = platform
        self._serial = count()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._platform, name)

    async def find(self, *_: Any, **__: Any) -> None:
        """Nothing, whatever was said."""

    async def post(self, room: str, message: Message, *, name: str, reply_to: str = "") -> str:
        """Say it, whether it was said or not."""
        return await self._platform.post(
            room, message, name=f"{name}:{os.getpid()}:{next(self._serial)}", reply_to=reply_to
        )


def main() -> int:
    """The command: run --config FILE."""
    desk = opening.desk(Path(sys.argv[sys.argv.index("--config") + 1]))

    def now() -> datetime:
        return datetime.now(UTC)

    def platforms() -> dict[str, Platform]:
        opened = {name: open_platform(name, each, now) for name, each in desk.config.platforms.items()}
        return {name: cast("Platform", Careless(platform)) for name, platform in opened.items()}

    return asyncio.run(running.serve(desk, platforms, now, running.killer(os.environ.get("PARVIS_KILL_AT", ""))))


if __name__ == "__main__":
    sys.exit(main())
