"""`parvis run` on clocks that run faster than life: an hour of sending is looked at within minutes.

The wall clock, the event loop's (hence every wait, timeout, lease and pace) and, where there is PostgreSQL, the
database's run equally fast (`hurry`). What is computed is not: whoever is measured this way has less time for it.
"""

from __future__ import annotations

import asyncio
import os
import selectors
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import asyncpg

from adapters import open_platform
from bot.chat import Platform
from bot.cli import opening, running

SPEED, ORIGIN = "PARVIS_BENCH_SPEED", "PARVIS_BENCH_ORIGIN"


def clock(origin: float, speed: float) -> Callable[[], float]:
    """Seconds since 1970 that pass so much faster since `origin`."""
    return lambda: origin + (time.time() - origin) * speed


class _Selector(selectors.DefaultSelector):
    """Waits for less, as the loop's seconds are shorter."""

    speed = 1.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """timeout: in the loop's seconds."""
        return super().select(timeout / self.speed if timeout else timeout)


class Loop(asyncio.SelectorEventLoop):
    """An event loop whose clock runs faster."""

    def __init__(self, speed: float) -> None:
        selector = _Selector()
        selector.speed = speed
        super().__init__(selector)
        self._speed = speed

    def time(self) -> float:
        """Seconds that never jump."""
        return time.monotonic() * self._speed


async def hurry(url: str, origin: float, speed: float) -> None:
    """Let the clock of a PostgreSQL database run as fast, for whoever does not ask for its own by its full name.

    url: as SQLAlchemy takes it.
    """
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        name = await connection.fetchval("SELECT current_database()")
        await connection.execute(
            f"""
            CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS
            $$ SELECT to_timestamp({origin!r} + (extract(epoch FROM pg_catalog.clock_timestamp()) - {origin!r}) * {speed!r}) $$;
            ALTER DATABASE "{name}" SET search_path = public, pg_catalog;
            """  # noqa: S608, E501 - numbers and a name of our own
        )
    finally:
        await connection.close()


def main() -> int:
    """The command: run --config FILE."""
    desk = opening.desk(Path(sys.argv[sys.argv.index("--config") + 1]))
    speed, seconds = float(os.environ[SPEED]), clock(float(os.environ[ORIGIN]), float(os.environ[SPEED]))

    def now() -> datetime:
        return datetime.fromtimestamp(seconds(), UTC)

    def platforms() -> dict[str, Platform]:
        return {name: open_platform(name, each, now) for name, each in desk.config.platforms.items()}

    with asyncio.Runner(loop_factory=lambda: Loop(speed)) as runner:
        return runner.run(running.serve(desk, platforms, now, lambda _step: None))


if __name__ == "__main__":
    sys.exit(main())
