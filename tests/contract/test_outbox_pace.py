"""A platform is sent to as fast as it lets, all its rooms together, and rooms are opened at a pace of their own."""

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from adapters.memory.platform import MemoryPlatform
from bot.chat import Message, Pace, Paced
from bot.nudge import Priority, To
from bot.outbox import Outbox
from storage.database import Store
from storage.outbox import Attempt, Promise
from storage.people import Account
from tests.contract.test_outbox import until
from tests.contract.world import START, World, promised

APART = timedelta(seconds=1.212)  # fifty a minute, and a hundredth to spare


@pytest.fixture
def world(store: Store) -> World:
    return World(store)


async def people(world: World, outbox: Outbox, *names: str, priority: int = Priority.ANNOUNCEMENT) -> dict[str, str]:
    """Promise a word to people never met; name -> their account."""
    accounts = {}
    for name in names:
        person, accounts[name] = await world.person(name)
        to = To(person=person)
        await promised(world.store, outbox, world.now(), (to, name, name, {"kind": "answer", "priority": priority}))
    return accounts


async def rooms(world: World, outbox: Outbox, *names: str) -> list[str]:
    """Promise each name to a room of that name."""
    made = [world.room(name) for name in names]
    tells = [
        (To(room=room, platform="acme"), name, name, {"priority": Priority.ANNOUNCEMENT})
        for name, room in zip(names, made, strict=True)
    ]
    await promised(world.store, outbox, world.now(), *tells)
    return made


async def waiting(world: World) -> dict[str, timedelta]:
    """What waits for its hour, and how long from the start of the test."""
    async with world.store.read() as session:
        found = await session.exec(select(Promise).where(Promise.state == "later").order_by(col(Promise.due)))
        return {promise.name: promise.due - START for promise in found}


async def test_people_never_met_are_met_one_after_the_other_and_nobody_else_waits_for_that(world: World) -> None:
    world.platform.pace = Pace(openings=50)
    outbox = world.outbox()
    accounts = await people(world, outbox, "a", "b", "c", "d")
    known = await people(world, outbox, "known")
    room = await world.platform.direct(known["known"])
    async with world.store.write() as session:
        theirs = sa.update(Account).where(col(Account.external_id) == known["known"])
        await session.exec(theirs.values(direct_room=room))
    [square] = await rooms(world, outbox, "square")
    await outbox.drain()
    assert (world.told(accounts["a"]), world.told(known["known"]), world.said(square)) == (["a"], ["known"], ["square"])
    assert await waiting(world) == {"b": APART, "c": 2 * APART, "d": 3 * APART}
    async with world.store.read() as session:
        tried = (await session.exec(select(sa.func.count()).select_from(Attempt))).one()
    assert tried == 3, "what waits was not claimed, nor tried"
    world.now.advance(seconds=2.5)
    await outbox.drain()
    assert [world.told(accounts[name]) for name in "bcd"] == [["b"], ["c"], []]
    world.now.advance(seconds=2)
    await outbox.drain()
    assert world.told(accounts["d"]) == ["d"]


async def test_what_is_urgent_does_not_wait_for_the_rooms_of_announcements(world: World) -> None:
    world.platform.pace = Pace(openings=50)
    outbox = world.outbox()
    await people(world, outbox, *(f"person {number}" for number in range(20)))
    await outbox.drain()
    decided = await people(world, outbox, "decided", priority=Priority.DECISION)
    answered = await people(world, outbox, *"12345", priority=Priority.ANSWER)
    await outbox.drain()
    assert world.told(decided["decided"]) == ["decided"]
    assert [world.told(account) for account in answered.values()] == [[name] for name in answered]


async def test_whoever_takes_over_opens_no_two_rooms_at_one_time(world: World) -> None:
    world.platform.pace = Pace(openings=50)
    await people(world, outbox := world.outbox(), "a", "b", "c")
    await outbox.drain()
    after = world.outbox()
    await people(world, after, "d")
    await after.drain()
    assert await waiting(world) == {"b": APART, "c": 2 * APART, "d": 3 * APART}


async def test_one_that_has_to_wait_its_turn_holds_up_nobody_else(world: World) -> None:
    world.platform.pace = Pace(in_flight=1)
    outbox = world.outbox()
    one, two = await rooms(world, outbox, "1", "2")
    world.server.fail("post", Paced(30))
    await outbox.drain()
    assert (world.said(one), world.said(two)) == ([], ["2"])
    world.now.advance(seconds=31)
    await outbox.drain()
    assert world.said(one) == ["1"]
    assert (await world.row("1")).tries == 1, "waiting is no failed try"


class Counting(MemoryPlatform):
    """It keeps when it was asked to post, on the loop's clock."""

    def __init__(self, world: World, pace: Pace) -> None:
        super().__init__(world.server, pace=pace)
        self.times: list[float] = []

    async def post(self, room: str, message: Message, *, name: str, reply_to: str = "") -> str:
        self.times.append(asyncio.get_running_loop().time())
        return await super().post(room, message, name=name, reply_to=reply_to)


async def test_all_rooms_together_hear_no_more_than_the_platform_takes(world: World) -> None:
    """Four a second; what ten seconds bring may be made up for at once, what is beyond comes evenly."""
    world.platform = platform = Counting(world, Pace(per_minute=240))
    outbox = world.outbox()
    await rooms(world, outbox, *(str(number) for number in range(44)))
    began = asyncio.get_running_loop().time()
    running = asyncio.create_task(outbox.run())
    await until(lambda: len(platform.times) == 44)
    outbox.stop()
    await running
    assert platform.times[-1] - began >= 0.74


async def test_whoever_takes_over_makes_up_for_nothing_twice(world: World) -> None:
    world.platform = platform = Counting(world, Pace(per_minute=240))
    outbox = world.outbox()
    await rooms(world, outbox, *(str(number) for number in range(41)))
    began = asyncio.get_running_loop().time()
    await outbox.drain()
    after = world.outbox()
    await rooms(world, after, *(f"after {number}" for number in range(4)))
    world.now.advance(seconds=platform.times[-1] - platform.times[0])  # as life does
    running = asyncio.create_task(after.run())
    await until(lambda: len(platform.times) == 45)
    after.stop()
    await running
    assert platform.times[-1] - began >= 0.99


async def test_what_was_sent_within_the_minute_counts_for_whoever_takes_over(world: World) -> None:
    world.platform = platform = Counting(world, Pace(per_minute=3))
    outbox = world.outbox()
    one, *_ = await rooms(world, outbox, "1", "2", "3")
    # Its own pace would let them go one every twenty seconds.
    platform.pace = Pace()
    await world.outbox().drain()
    assert world.said(one) == ["1"]
    platform.pace = Pace(per_minute=3)
    after = world.outbox()
    [last] = await rooms(world, after, "4")
    change = (To(room=one, platform="acme"), "one", "change", {"op": "edit", "of": "1", "priority": Priority.REMINDER})
    await promised(world.store, after, world.now(), change)
    running = asyncio.create_task(after.run())
    await until(lambda: world.said(one) == ["one"])
    after.stop()
    await running
    assert world.said(last) == []
    assert len(platform.times) == 3
    assert await world.states("4") == ["todo"]
