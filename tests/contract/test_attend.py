"""A platform that fails, or accepts the bot no more, takes nobody else down with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from structlog.testing import capture_logs

from adapters.memory.platform import MemoryPlatform
from bot.attend import Attendance
from bot.chat import Door, LockedOut
from storage.database import Store
from tests.contract.world import World
from tests.humans import eventually


class Odd(MemoryPlatform):
    """A platform whose connections end one after another, as a test says. runs: how often it was run."""

    runs = 0
    ends: Callable[[int], Exception | None]
    accepts = True

    @property
    def connected(self) -> bool:
        """Whether it is, which somebody knows from now on."""
        connected = super().connected
        if connected:
            self.seen.set()
        return connected

    async def run(self, door: Door) -> None:
        self.runs += 1
        if not self.accepts:
            raise LockedOut("token_revoked")
        self.seen = asyncio.Event()
        self.server.bot = self
        error = self.ends(self.runs)
        await self.seen.wait()
        if error is not None:
            self.server.bot = None
            raise error
        await asyncio.Event().wait()


class Nobody:
    """A door that nothing is handed in at."""


@pytest.fixture
def world(store: Store) -> World:
    return World(store)


@asynccontextmanager
async def attending(world: World, platform: Odd, holder: str) -> AsyncIterator[asyncio.Task[None]]:
    """A process that is connected to it, or tries to be; how that ends."""
    rests: list[float] = []

    async def rest(seconds: float) -> None:
        rests.append(seconds)
        await asyncio.sleep(0.01)

    attendance = Attendance(world.store, {"acme": platform}, holder, rest, lease=0.6)
    looking = asyncio.create_task(attendance.look())
    attends = asyncio.create_task(attendance.attend("acme", Nobody()))  # type: ignore[arg-type]
    try:
        yield attends
    finally:
        for task in (looking, attends):
            task.cancel()
        await asyncio.gather(looking, attends, return_exceptions=True)


def odd(world: World, ends: Callable[[int], Exception | None]) -> Odd:
    platform = Odd(world.server, exclusive=True)
    platform.ends = ends
    return platform


async def test_a_fault_of_a_platform_ends_nothing_and_it_is_connected_again(world: World) -> None:
    platform = odd(world, lambda run: KeyError("made up on purpose") if run == 1 else None)
    with capture_logs() as logs:
        async with attending(world, platform, "one") as attends:

            async def again() -> bool:
                return platform.runs == 2 and platform.connected

            await eventually(again, "it is connected again")
            assert not attends.done()
    assert [each["event"] for each in logs if each["log_level"] == "error"] == ["platform failed"]


async def test_a_token_that_is_refused_at_the_start_stops_the_start(world: World) -> None:
    platform = odd(world, lambda _run: None)
    platform.accepts = False
    async with attending(world, platform, "one") as attends:
        with pytest.raises(LockedOut):
            await asyncio.wait_for(attends, 10)


async def test_who_takes_over_a_platform_that_accepts_the_bot_no_more_goes_on_with_all_else(world: World) -> None:
    platform, other = odd(world, lambda _run: None), odd(world, lambda _run: None)
    other.accepts = False
    with capture_logs():
        async with attending(world, platform, "first"):

            async def there() -> bool:
                return platform.runs == 1

            await eventually(there, "somebody is connected")
            standby = attending(world, other, "standby")
            waits = await standby.__aenter__()
        # Whoever had it is gone; the one that stood by has been at work for long, for other platforms.
        try:

            async def tries() -> bool:
                return other.runs >= 2

            await eventually(tries, "it tries again and again")
            assert not waits.done()
        finally:
            await standby.__aexit__(None, None, None)
