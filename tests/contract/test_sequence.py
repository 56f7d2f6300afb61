"""A sequence does each step once as people see it, goes on where it stopped, and hands a refusal back."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import update
from sqlmodel.ext.asyncio.session import AsyncSession

from adapters.memory.platform import MemoryPlatform
from bot.chat import NameTaken, NewRoom, NotAllowed, RateLimited, Unreachable
from bot.nudge import Context, SequenceSpec, Step, To, Wait
from bot.outbox import Outbox
from bot.sequence import Sequences
from storage import duties, sequences
from storage.database import Store
from storage.outbox import Duty, Running
from tests.contract.world import START, Death, Killed, World, words

State = Mapping[str, Any]


async def create(state: State, platform: MemoryPlatform) -> State:
    new = NewRoom(slug=state["slug"], title="Gardening")
    return {"room": await platform.create(new, name="open:1:room")}


async def created(state: State, ctx: Context) -> None:
    to = To(room=state["room"], platform="acme")
    await ctx.outbox.tell(to, words("the charter"), name="open:1:charter", kind="notice")
    await ctx.outbox.tell(to, None, name="open:1:pin", kind="notice", op="pin", of="open:1:charter")


async def topic(state: State, platform: MemoryPlatform) -> State:
    await platform.topic(state["room"], "gardens")
    return {}


async def invite(state: State, platform: MemoryPlatform) -> State:
    return {"gone": list(await platform.invite(state["room"], state["people"]))}


async def all_in(state: State, platform: MemoryPlatform) -> State:
    if len(await platform.members(state["room"])) < 3:
        raise Wait(60)
    return {}


async def finished(state: State, ctx: Context) -> None:
    to = To(room=state["room"], platform="acme")
    await ctx.outbox.tell(to, words("open"), name="open:1:done", kind="notice")


async def refused(state: State, code: str, ctx: Context) -> None:
    to = To(room=state["lobby"], platform="acme")
    await ctx.outbox.tell(to, words(f"refused: {code}"), name=f"refused:{state['slug']}:{code}", kind="notice")


STEPS = (
    Step("create", create, created),
    Step("topic", topic),
    Step("invite", invite),
    Step("wait", all_in, finished),
)
SPEC = SequenceSpec("open", STEPS, refused)


class Process:
    """One process: an outbox and its sequences, which die together."""

    def __init__(
        self, world: World, death: Death | None = None, spec: SequenceSpec = SPEC, holder: str = "here"
    ) -> None:
        self.world = world
        self.outbox: Outbox = world.outbox(holder=holder)
        self.death = death or Death()
        platforms = {"acme": world.platform}
        self.sequences = Sequences(
            world.store,
            self.outbox,
            platforms,
            {spec.kind: spec},
            self.context,
            world.now,
            self.death,
            holder=holder,
            lease=0.6,
        )

    def context(self, session: AsyncSession, now: datetime, kind: str) -> Context:
        assert kind == "open"
        planner = self.outbox.within(session, now)
        return Context(now, session, None, planner, cast("Any", None), None, {}, None)

    async def start(self, **state: Any) -> None:
        async with self.world.store.write() as session:
            planner = self.outbox.within(session, self.world.now())
            await planner.start("open", "open:1", {"platform": "acme", "slug": "gardening", **state})

    async def drain(self) -> None:
        await self.sequences.drain()
        await self.outbox.drain()


@pytest.fixture
def world(store: Store) -> World:
    return World(store)


async def prepared(world: World) -> dict[str, Any]:
    _, ann = await world.person("Ann")
    _, bob = await world.person("Bob")
    return {"people": [ann, bob], "lobby": world.room("lobby")}


async def row(world: World) -> Running:
    async with world.store.read() as session:
        found = await sequences.named(session, "open:1")
    assert found is not None
    return found


def opened(world: World) -> list[str]:
    """The rooms of that name."""
    return [place.id for place in world.server.rooms.values() if place.slug.startswith("gardening")]


def check_opened(world: World, people: list[str]) -> None:
    """One room, with everything in it once."""
    (room,) = opened(world)
    place = world.server.rooms[room]
    assert place.topic == "gardens"
    assert set(people) < set(place.members)
    assert world.said(room) == ["the charter", "open"]
    assert len(place.pins) == 1


async def test_a_sequence_does_its_steps_in_order(world: World) -> None:
    process, state = Process(world), await prepared(world)
    await process.start(**state)
    await process.start(**state)
    await process.drain()
    check_opened(world, state["people"])
    assert (await row(world)).phase == "done"
    names = [step.name for step in STEPS]
    assert list(process.death.steps) == [
        f"open.{name}.{when}" for name in names for when in ("before", "acted", "after")
    ]
    assert set(process.death.steps.values()) == {1}


@pytest.mark.parametrize("when", ["before", "acted", "after"])
@pytest.mark.parametrize("step", [step.name for step in STEPS])
async def test_a_kill_at_any_step_and_the_room_is_opened_once(world: World, step: str, when: str) -> None:
    dying, state = Process(world, Death(f"open.{step}.{when}")), await prepared(world)
    await dying.start(**state)
    with pytest.raises(Killed):
        await dying.drain()
    await Process(world).drain()
    check_opened(world, state["people"])


async def test_without_names_a_kill_opens_two_rooms(world: World) -> None:
    """What the test above would miss if doing a step again did harm."""

    async def careless(state: State, platform: MemoryPlatform) -> State:
        slug = f"gardening-{len(world.server.rooms)}"
        return {"room": await platform.create(NewRoom(slug=slug, title="Gardening"), name=slug)}

    spec = SequenceSpec("open", (Step("create", careless, created), *STEPS[1:]), refused)
    dying, state = Process(world, Death("open.create.acted"), spec), await prepared(world)
    await dying.start(**state)
    with pytest.raises(Killed):
        await dying.drain()
    await Process(world, spec=spec).drain()
    assert len(opened(world)) == 2


async def test_a_step_that_waits_is_looked_at_again(world: World) -> None:
    process, state = Process(world), await prepared(world)
    await process.start(**state | {"people": state["people"][:1]})
    await process.drain()
    (room,) = opened(world)
    assert world.said(room) == ["the charter"]
    world.server.enter(state["people"][1], room)
    world.now.advance(seconds=59)
    await process.drain()
    assert world.said(room) == ["the charter"]
    world.now.advance(seconds=2)
    await process.drain()
    assert world.said(room) == ["the charter", "open"]


async def test_what_could_not_be_reached_is_tried_again(world: World) -> None:
    process, state = Process(world), await prepared(world)
    world.server.fail("create", Unreachable("timeout"), effect=True)
    world.server.fail("topic", RateLimited(30))
    await process.start(**state)
    await process.drain()
    assert (await row(world)).error == "timeout"
    world.now.advance(seconds=5)
    await process.drain()
    assert ((await row(world)).error, (await row(world)).tries) == ("rate_limited", 0)
    world.now.advance(seconds=31)
    await process.drain()
    check_opened(world, state["people"])


@pytest.mark.parametrize("error", [NameTaken("name_taken"), NotAllowed("restricted_action")])
async def test_a_refusal_is_handed_back_once_and_the_sequence_can_go_on(world: World, error: Exception) -> None:
    process, state = Process(world), await prepared(world)
    world.server.fail("create", cast("Any", error))
    await process.start(**state)
    for _ in range(3):
        await process.drain()
        world.now.advance(hours=1)
    code = str(error)
    assert world.said(state["lobby"]) == [f"refused: {code}"]
    assert ((await row(world)).phase, (await row(world)).error) == ("refused", code)
    async with world.store.write() as session:
        assert await process.sequences.restart(session, "open:1", {"slug": "gardening-2"})
        assert not await process.sequences.restart(session, "open:1", {})
    await process.drain()
    check_opened(world, state["people"])
    assert world.server.rooms[opened(world)[0]].slug == "gardening-2"


async def test_what_never_works_is_refused_in_the_end(world: World) -> None:
    process, state = Process(world), await prepared(world)
    for _ in range(12):
        world.server.fail("create", Unreachable("http_500"))
    await process.start(**state)
    for _ in range(1500):
        await process.drain()
        if world.said(state["lobby"]):
            break
        world.now.advance(minutes=5)
    assert world.said(state["lobby"]) == ["refused: http_500"]
    assert world.now() - START > timedelta(hours=1)


async def test_a_fault_in_a_step_is_tried_again_and_stops_no_other_sequence(world: World) -> None:
    broken = True

    async def faulty(state: State, ctx: Context) -> None:
        await created(state, ctx)
        if broken and state["slug"] == "gardening":
            raise KeyError("room")

    spec = SequenceSpec("open", (Step("create", create, faulty), *STEPS[1:]), refused)
    process, state = Process(world, spec=spec), await prepared(world)
    await process.start(**state)
    await process.drain()
    assert ((await row(world)).error, (await row(world)).step) == ("KeyError", 0)
    broken = False
    world.now.advance(seconds=5)
    await process.drain()
    check_opened(world, state["people"])


async def test_a_sequence_nobody_knows_waits_and_harms_nobody(world: World) -> None:
    process, state = Process(world), await prepared(world)
    async with world.store.write() as session:
        await sequences.start(session, "other", "x", {"platform": "acme"}, world.now())
    await process.start(**state)
    await process.drain()
    check_opened(world, state["people"])


async def test_one_process_runs_sequences_and_another_takes_over(world: World) -> None:
    first, second = Process(world, holder="first"), Process(world, holder="second")
    await first.sequences.drain()
    state = await prepared(world)
    await first.start(**state)
    await second.sequences.drain()
    assert opened(world) == []
    running = asyncio.create_task(second.sequences.run())
    for _ in range(1500):
        if (await row(world)).phase == "done":
            break
        await asyncio.sleep(0.02)
    second.sequences.stop()
    await running
    await first.outbox.drain()
    check_opened(world, state["people"])


async def test_what_is_started_while_running_begins_at_once_and_stopping_hands_over(world: World) -> None:
    process, state = Process(world), await prepared(world)
    running = asyncio.create_task(process.sequences.run())
    await process.start(**state)
    process.sequences.wake()
    for _ in range(1500):
        async with world.store.read() as session:
            found = await sequences.named(session, "open:1")
        if found is not None and found.phase == "done":
            break
        await asyncio.sleep(0.02)
    process.sequences.stop()
    await running
    await process.outbox.drain()
    check_opened(world, state["people"])


async def test_a_refusal_that_reaches_who_was_replaced_changes_nothing(world: World) -> None:
    begun, end = asyncio.Event(), asyncio.Event()

    async def held(state: State, platform: MemoryPlatform) -> State:
        begun.set()
        await end.wait()
        raise NotAllowed("restricted_action")

    slow = SequenceSpec("open", (Step("create", held, created), *STEPS[1:]), refused)
    old, new, state = Process(world, spec=slow, holder="old"), Process(world, holder="new"), await prepared(world)
    await old.start(**state)
    running = asyncio.create_task(old.sequences.drain())
    await begun.wait()
    async with world.store.write() as session:  # its lease runs out
        await session.exec(update(Duty).values(until=START - timedelta(days=9000)))
        await duties.take(session, f"sequences:{world.platform.name}", "new", timedelta(hours=1))
    end.set()
    await running
    assert (await row(world)).phase == "running"
    await new.drain()
    check_opened(world, state["people"])
    assert world.said(state["lobby"]) == []
