"""`parvis run` by a bot that looks around every second, so that a reminder need not be waited for.

    python -m tests.demo.brisk --config FILE

A bot at work looks once a minute, and nobody puts its clock forward; everything else is as it is.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters import open_platform
from bot.app import App
from bot.cli import opening, running

OFTEN = timedelta(seconds=1)
AHEAD = "ahead"
"""What the file is called, beside the settings, that puts the clock forward."""


class Clock:
    """The clock of the company: in the story a night passes in an instant, for the bot in its own process as well."""

    def __init__(self, file: Path) -> None:
        """file: holds how many seconds it is ahead; while there is none, it is right."""
        self._file = file

    def now(self) -> datetime:
        """The instant, UTC."""
        try:
            ahead = float(self._file.read_text("ascii"))
        except FileNotFoundError:
            ahead = 0.0
        return datetime.now(UTC) + timedelta(seconds=ahead)

    def forward(self, until: datetime) -> None:
        """Put it forward. until: aware."""
        new = self._file.with_suffix(".new")
        new.write_text(str((until - datetime.now(UTC)).total_seconds()), "ascii")
        new.replace(self._file)


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
    file = Path(sys.argv[sys.argv.index("--config") + 1])
    desk, clock = opening.desk(file), Clock(file.with_name(AHEAD))
    platforms = {name: open_platform(name, each, clock.now) for name, each in desk.config.platforms.items()}
    return asyncio.run(running.serve(desk, lambda: platforms, clock.now, lambda _step: None, Brisk))


if __name__ == "__main__":
    sys.exit(main())
