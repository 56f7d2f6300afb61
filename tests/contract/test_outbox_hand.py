"""What stands in hand: who really has it, what was cancelled meanwhile, and what a wait tells of the platform."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import select

from adapters.memory.platform import MemoryPlatform
from bot.chat import LockedOut, Message, Paced, PlatformError, Unreachable
from bot.nudge import To
from bot.outbox import Outbox
from storage.database import Store
from storage.outbox import Duty
from tests.contract.test_outbox import attempts, has_duty, until
from tests.contract.world import START, World, promised


@pytest.fixture
def world(store: Store) -> World:
    return World(store)


class Held(MemoryPlatform):
    """A post begins, and ends when it is told how."""

    def __init__(self, world: World) -> None:
        super().__init__(world.server)
        self.begun, self.end = asyncio.Event(), asyncio.Event()
        self.error: PlatformError | None = None
        self.times = 0

    async def post(self, room: str, message: Message, *, name: str, reply_to: str = "") -> str:
        self.times += 1
        self.begun.set()
        await self.end.wait()
        if self.error:
            raise self.error
        return await super().post(room, message, name=name, reply_to=reply_to)


@asynccontextmanager
async def calling(world: World, room: str) -> AsyncIterator[tuple[Held, Outbox]]:
    """A sender with one call under way, to say "1"."""
    world.platform = held = Held(world)
    outbox = world.outbox()
    await promised(world.store, outbox, world.now(), (To(room=room, platform="acme"), "1", "1", {}))
    running = asyncio.create_task(outbox.run())
    await held.begun.wait()
    yield held, outbox
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def more(world: World, outbox: Outbox, text: str) -> None:
    """Something else to say, so that the sender looks."""
    room = world.room(text)
    await promised(world.store, outbox, world.now(), (To(room=room, platform="acme"), text, text, {}))
    outbox.wake()
    await until(lambda: is_now(world, text, "going"))


async def is_now(world: World, name: str, state: str) -> bool:
    return (await world.row(name)).state == state


async def test_what_is_being_called_is_in_somebody_s_hand(world: World) -> None:
    room = world.room("lobby")
    async with calling(world, room) as (held, outbox):
        world.now.advance(minutes=5)  # long enough to look again for what is in nobody's
        await more(world, outbox, "2")
        assert await is_now(world, "1", "going")
        held.end.set()
        await until(lambda: is_now(world, "1", "sent"))
    assert (world.said(room), held.times) == (["1"], 2)


async def test_a_duty_taken_anew_leaves_alone_what_is_still_being_called_here(world: World) -> None:
    """The database did not say what became of a commit, and meanwhile the clock was put forward."""
    room = world.room("lobby")
    async with calling(world, room) as (held, outbox):
        async with world.store.write() as session:  # as if another had had it for a moment
            await session.exec(sa.update(Duty).values(until=START - timedelta(days=9000), token=Duty.token + 1))
        world.now.advance(minutes=5)
        await more(world, outbox, "2")
        assert (await world.row("1")).state == "todo", "it was put back in line"
        assert held.times == 2
        held.end.set()
        await until(lambda: is_now(world, "1", "sent"))
    assert world.said(room) == ["1"]
    assert await attempts(world.store, "1") == ["sent"]


async def test_whoever_follows_waits_for_calls_under_way_whatever_clocks_say(world: World) -> None:
    room = world.room("lobby")
    async with calling(world, room):
        async with world.store.write() as session:  # its lease ran out: the database's clock was put forward
            await session.exec(sa.update(Duty).values(until=START - timedelta(days=9000)))
        world.now.advance(minutes=5)  # the clock of whoever follows is so far ahead
        world.platform = MemoryPlatform(world.server)
        after = world.outbox(holder="new")
        await after.drain()
        assert await has_duty(world, "new")
        assert (await world.row("1")).due == world.now() + timedelta(seconds=10)
        assert world.said(room) == [], "nobody looked for it, and nobody said it"
        world.now.advance(seconds=11)
        await after.drain()
    assert world.said(room) == ["1"]
    assert await attempts(world.store, "1") == ["absent", "sent"]


@pytest.mark.parametrize("error", [Paced(30), Unreachable("timeout"), LockedOut("invalid_auth"), None], ids=str)
async def test_what_is_cancelled_in_hand_and_not_said_is_over(world: World, error: PlatformError | None) -> None:
    """None: it never ends, and the next process finds it in hand."""
    room = world.room("lobby")
    async with calling(world, room) as (held, outbox):
        async with world.store.write() as session:
            await outbox.within(session, world.now()).cancel(name="1")
        if error is not None:
            held.error = error
            held.end.set()
            await until(lambda: is_now(world, "1", "cancelled"))
    world.platform = MemoryPlatform(world.server)
    world.now.advance(hours=2)
    await world.outbox().drain()
    assert ((await world.row("1")).state, (await world.row("1")).body) == ("cancelled", "{}")
    assert world.said(room) == []


async def test_a_wait_of_our_own_does_not_mean_that_the_platform_lets_us_in_again(world: World) -> None:
    one, two = world.room("1"), world.room("2")
    outbox = world.outbox()
    for error in (LockedOut("invalid_auth"), Paced(3600), LockedOut("invalid_auth")):
        world.server.fail("post", error)
    tells: list[tuple[To, str, str, dict[str, object]]] = [
        (To(room=room, platform="acme"), name, name, {}) for name, room in (("1", one), ("2", two))
    ]
    await promised(world.store, outbox, world.now(), *tells)
    await outbox.drain()
    began = world.now()
    world.now.advance(minutes=1)
    await outbox.drain()
    async with world.store.read() as session:
        duty = (await session.exec(select(Duty).where(Duty.name == "send:acme"))).one()
    assert (duty.locked, duty.locked_at) == ("invalid_auth", began)
    assert duty.paused == world.now() + timedelta(seconds=10), "the second wait is the longer one"
    world.now.advance(hours=2)
    await outbox.drain()
    assert (world.said(one), world.said(two)) == (["1"], ["2"])
