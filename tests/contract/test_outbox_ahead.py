"""What is claimed before there is a free line for it is said once all the same, in its turn, or not at all."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import select

from adapters.memory.platform import MemoryPlatform
from bot.chat import Message, Pace, RateLimited
from bot.nudge import Priority, To
from bot.outbox import Outbox
from storage.database import Store
from storage.outbox import Attempt, Duty
from tests.contract.spine import FailingStore
from tests.contract.test_outbox import attempts, until
from tests.contract.world import START, World, promised

LINES = 2
NAMES = [str(number) for number in range(8)]


class Held(MemoryPlatform):
    """It says the first thing at once, and what comes then when it is let."""

    def __init__(self, world: World) -> None:
        super().__init__(world.server, pace=Pace(in_flight=LINES))
        self.begun: list[str] = []
        self.lines = asyncio.Semaphore(0)
        self.limited = False

    async def post(self, room: str, message: Message, *, name: str, reply_to: str = "") -> str:
        if name != "first":
            self.begun.append(name)
            await self.lines.acquire()
            if self.limited:
                raise RateLimited(30)
        return await super().post(room, message, name=name, reply_to=reply_to)


@pytest.fixture
def world(store: Store) -> World:
    return World(store)


async def tell(world: World, outbox: Outbox, name: str, **options: object) -> None:
    to = To(room=world.room(name), platform="acme")
    await promised(world.store, outbox, world.now(), (to, name, name, {"priority": Priority.ANNOUNCEMENT, **options}))


async def claimed(world: World) -> int:
    async with world.store.read() as session:
        return (await session.exec(select(sa.func.count()).select_from(Attempt))).one()


@asynccontextmanager
async def ahead(world: World) -> AsyncIterator[tuple[Held, Outbox, asyncio.Task[None]]]:
    """A sender with two calls under way, and two promises more claimed."""
    world.platform = platform = Held(world)
    outbox = world.outbox()
    await tell(world, outbox, "first")
    running = asyncio.create_task(outbox.run())
    await until(lambda: world.server.rooms and claimed_all(world, "first"))
    for name in NAMES:
        await tell(world, outbox, name, batch="b")
    await until(lambda: is_full(world))
    assert platform.begun == NAMES[:LINES]
    yield platform, outbox, running
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def claimed_all(world: World, *names: str) -> bool:
    return set(await world.states(*names)) == {"sent"}


async def is_full(world: World) -> bool:
    return await claimed(world) == 1 + 2 * LINES


async def everything_once(world: World) -> None:
    world.platform = MemoryPlatform(world.server)
    world.now.advance(seconds=11)
    await world.outbox().drain()
    said = [message for room in world.server.rooms for message in world.said(room)]
    assert sorted(said) == sorted(["first", *NAMES])


async def test_stopping_gives_it_back_untried(world: World) -> None:
    async with ahead(world) as (platform, outbox, running):
        outbox.stop()
        platform.lines.release()
        platform.lines.release()
        await running
        assert platform.begun == NAMES[:LINES]
    assert await world.states(*NAMES) == ["sent"] * LINES + ["todo"] * (len(NAMES) - LINES)
    assert await attempts(world.store, NAMES[LINES]) == ["not_made"]
    assert (await world.row(NAMES[LINES])).tries == 0
    await everything_once(world)


async def test_after_a_kill_it_is_looked_for_and_said(world: World) -> None:
    async with ahead(world) as (_, _, running):
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        assert await world.states(*NAMES[: 2 * LINES]) == ["going"] * 2 * LINES
        async with world.store.write() as session:  # its lease runs out
            await session.exec(sa.update(Duty).values(until=START - timedelta(days=9000)))
    await everything_once(world)
    assert await attempts(world.store, NAMES[LINES]) == ["absent", "sent"]


async def test_cancelling_a_batch_reaches_it(world: World) -> None:
    async with ahead(world) as (platform, outbox, _):
        async with world.store.write() as session:
            assert await outbox.within(session, world.now()).cancel(batch="b") == len(NAMES) - 2 * LINES
        outbox.wake()
        expected = ["going"] * LINES + ["cancelled"] * (len(NAMES) - LINES)
        await until(lambda: states_are(world, expected))
        platform.lines.release()
        platform.lines.release()
        await until(lambda: claimed_all(world, *NAMES[:LINES]))
        assert platform.begun == NAMES[:LINES]
        assert (await world.row(NAMES[LINES])).body == "{}"


async def states_are(world: World, expected: list[str]) -> bool:
    return await world.states(*NAMES) == expected


async def test_what_is_more_urgent_waits_for_no_more_than_what_is_being_called(world: World) -> None:
    async with ahead(world) as (platform, outbox, _):
        await tell(world, outbox, "answer", priority=Priority.ANSWER)
        await until(lambda: platform.begun[LINES:] == ["answer"])
        await tell(world, outbox, "decision", priority=Priority.DECISION)
        platform.lines.release()  # one line free: for what was claimed before; then for what is more urgent
        await until(lambda: claimed_by(world, "decision"))
        platform.lines.release()
        await until(lambda: len(platform.begun) == LINES + 3)
        assert platform.begun[LINES:] == ["answer", NAMES[LINES], "decision"]


async def claimed_by(world: World, name: str) -> bool:
    return bool(await attempts(world.store, name))


async def test_when_the_platform_asks_for_time_it_is_given_back(world: World) -> None:
    async with ahead(world) as (platform, _, _):
        platform.limited = True
        platform.lines.release()
        await until(lambda: states_are(world, ["todo", "going", *["todo"] * (len(NAMES) - LINES)]))
        assert platform.begun == NAMES[:LINES]
        assert await attempts(world.store, NAMES[LINES]) == ["not_made"]


async def test_who_lost_the_duty_calls_nothing_of_it(world: World) -> None:
    async with ahead(world) as (platform, _, _):
        async with world.store.write() as session:
            await session.exec(
                sa.update(Duty).values(holder="another", token=Duty.token + 1, until=START.replace(year=9000))
            )
        platform.lines.release()
        await until(lambda: outcome(world, NAMES[0], ["sent"]))
        platform.lines.release()
        await until(lambda: outcome(world, NAMES[1], ["sent"]))
        assert set(platform.begun) <= set(NAMES[: LINES + 1]), "one call at most, made before that could be known"


async def test_a_database_that_is_away_is_not_hammered_and_nothing_is_said_twice(world: World) -> None:
    world.store = store = FailingStore(world.store._writing, world.store._reading)
    async with ahead(world) as (platform, _, _):
        store.away = "all"
        for _ in NAMES:
            platform.lines.release()
        await until(lambda: turned(store))
        for _ in range(500):
            await asyncio.sleep(0)
        assert store.refused == 1, "the next try is a while later"
        store.away = ""
        await until(lambda: is_sent(world, NAMES[-1]))
    await everything_once(world)


async def is_sent(world: World, name: str) -> bool:
    return "sent" in await attempts(world.store, name)


async def turned(store: FailingStore) -> bool:
    return store.refused > 0


async def outcome(world: World, name: str, expected: list[str]) -> bool:
    return await attempts(world.store, name) == expected
