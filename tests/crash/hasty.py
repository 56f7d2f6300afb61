"""`parvis run` that looks around every two seconds: what lives for five would else never see whose time has come.

    python -m tests.crash.hasty run --config FILE

All that is looked at, and what comes of it, is the bot's own. Only how often is not.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters import open_platform
from bot.app import App
from bot.chat import Platform
from bot.cli import opening, running
from nudges import launch

HASTY = (sys.executable, "-m", "tests.crash.hasty")
OFTEN = timedelta(seconds=2)
HURRIED = ("launch.send", "launch.noted")
"""What is looked at so often. Replicas wait for one another to look: with all there is, they would do nothing else."""

Checkpoint = Callable[[str], None]
Wrap = Callable[[str, Platform, Checkpoint], Platform]
"""What a platform of a kind is made into."""


class HastyApp(App):
    """Looks often what announcements are due, who is new, and for whom there is something to tell."""

    async def start(self) -> None:
        """Begin to work."""
        await super().start()
        for tick in launch.nudge.ticks:
            if tick.name in HURRIED:
                self.alarm.every(tick.name, OFTEN, self._ticker(launch.nudge, tick))
        self.alarm.every("nudging.sweep", OFTEN, self.sweep.look)


def serve(made: type[App], wrap: Wrap = lambda _kind, platform, _checkpoint: platform) -> int:
    """The command: … run --config FILE."""
    desk = opening.desk(Path(sys.argv[sys.argv.index("--config") + 1]))
    checkpoint = running.killer(os.environ.get("PARVIS_KILL_AT", ""))

    def now() -> datetime:
        return datetime.now(UTC)

    def platforms() -> dict[str, Platform]:
        return {
            name: wrap(each.kind, open_platform(name, each, now), checkpoint)
            for name, each in desk.config.platforms.items()
        }

    return asyncio.run(running.serve(desk, platforms, now, checkpoint, made))


if __name__ == "__main__":
    sys.exit(serve(HastyApp))
