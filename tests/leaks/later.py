"""`parvis run` on a clock that is ahead: what is kept for a year is over now. PARVIS_DAYS_AHEAD: by how many days."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters import open_platform
from bot.chat import Platform
from bot.cli import opening, running


def main() -> int:
    """The command: run --config FILE."""
    desk = opening.desk(Path(sys.argv[sys.argv.index("--config") + 1]))
    ahead = timedelta(days=float(os.environ["PARVIS_DAYS_AHEAD"]))

    def now() -> datetime:
        return datetime.now(UTC) + ahead

    def platforms() -> dict[str, Platform]:
        return {name: open_platform(name, each, now) for name, each in desk.config.platforms.items()}

    return asyncio.run(running.serve(desk, platforms, now, lambda _step: None))


if __name__ == "__main__":
    sys.exit(main())
