"""`parvis run` by a bot that looks around every other second, so that a reminder need not be waited for.

    python -m tests.demo.brisk --config FILE

A bot at work looks once a minute; everything else is as it is.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters import open_platform
from bot.app import App
from bot.cli import opening, running

OFTEN = timedelta(seconds=2)


class Brisk(App):
    """Such a bot."""

    async def start(self) -> None:
        """Begin to work."""
        await super().start()
        self.alarm.every("demo", OFTEN, self._hurry)

    async def _hurry(self) -> None:
        self.wake()


def main() -> int:
    """The command."""
    desk = opening.desk(Path(sys.argv[sys.argv.index("--config") + 1]))

    def now() -> datetime:
        return datetime.now(UTC)

    platforms = {name: open_platform(name, each, now) for name, each in desk.config.platforms.items()}
    return asyncio.run(running.serve(desk, lambda: platforms, now, lambda _step: None, Brisk))


if __name__ == "__main__":
    sys.exit(main())
