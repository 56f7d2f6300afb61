"""What is only added up is added up together, after all else, once, and keeps nobody waiting; on both engines."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
from pydantic import BaseModel
from sqlmodel import select
from structlog.testing import capture_logs

from bot.chat import Event, Reacted, Unreachable
from bot.gathering import LATER, MOST, Gathering
from bot.nudge import Adding, Context, Nudge, Overheard
from storage.database import Store
from storage.people import Account
from tests.contract.spine import Spine
from tests.contract.world import LOCALES
from tests.humans import eventually


class Sums:
    """A capability that adds up reactions in one room. broken: keys that it cannot bear."""

    def __init__(self) -> None:
        self.batches: list[list[tuple[str, int]]] = []
        self.broken: set[str] = set()

    def nudge(self) -> Nudge:
        nudge = Nudge(id="sums", catalogs=LOCALES[0], settings=BaseModel)
        nudge.adding.append(Adding(frozenset({Reacted}), self.about, self.add))
        return nudge

    async def about(self, _session: Any, rooms: Collection[tuple[str, str]]) -> Collection[tuple[str, str]]:
        return {("acme", "R1")} & set(rooms)

    async def add(self, done: Sequence[Overheard], _ctx: Context) -> None:
        if self.broken & {each.event.key for each in done}:
            raise RuntimeError("a bug")
        self.batches.append([(each.event.key, each.person) for each in done])

    @property
    def keys(self) -> list[str]:
        return [key for batch in self.batches for key, _ in batch]


@pytest.fixture
def sums() -> Sums:
    return Sums()


@pytest.fixture
def spine(store: Store, sums: Sums) -> Iterator[Spine]:
    with capture_logs():
        yield Spine(store, sums.nudge())


def reacted(spine: Spine, key: str, by: str, room: str = "R1") -> Event:
    return Reacted(key=key, platform="acme", by=by, room=room, on="m1", at=spine.now())


async def gathered(spine: Spine, *heard: Event, looks: int = 1) -> Gathering:
    """Record, and add up."""
    gathering = Gathering(spine.parts())
    async with spine.living(spine.intake()) as intake:
        await asyncio.gather(*(intake.record(each) for each in heard))
        for _ in range(looks):
            await gathering.look()
        await spine.settled()
    return gathering


async def test_many_are_added_up_in_one_transaction_and_each_once(spine: Spine, sums: Sums) -> None:
    ana = spine.person("ana")
    heard = [reacted(spine, f"r{number}", ana) for number in range(50)]
    gathering = await gathered(spine, *heard, *heard)
    assert len(sums.batches) == 1
    assert sorted(sums.keys) == sorted(each.key for each in heard)
    assert not await gathering.look()
    rows = await spine.events()
    assert {(each.state, each.body, each.lane_person, each.lane_room) for each in rows} == {("done", "{}", "", "")}
    assert spine.platform.profiles == [ana], "who is a member is met, once"


async def test_two_processes_add_up_each_event_once(spine: Spine, sums: Sums) -> None:
    ana = spine.person("ana")
    gatherings = [Gathering(spine.parts()) for _ in range(2)]
    async with spine.living(spine.intake()) as intake:
        await asyncio.gather(*(intake.record(reacted(spine, f"r{number}", ana)) for number in range(3 * MOST)))
        for _ in range(3):
            await asyncio.gather(*(each.look() for each in gatherings))
    assert sorted(sums.keys) == sorted(f"r{number}" for number in range(3 * MOST))


async def test_an_answer_does_not_wait_for_what_is_added_up(spine: Spine, sums: Sums) -> None:
    ana = spine.person("ana")
    async with spine.living(spine.intake()) as intake:
        await asyncio.gather(*(intake.record(reacted(spine, f"r{number}", ana)) for number in range(20)))
        await intake.record(spine.says(ana, "note at once"))

        async def answered() -> bool:
            return await spine.notes() == ["at once"]

        await eventually(answered, "who asked is answered")
    assert sums.keys == [], "nobody added anything up yet"


async def test_who_is_no_member_is_asked_about_once_an_hour_and_counted_never(spine: Spine, sums: Sums) -> None:
    robot, guest = spine.server.join_person("builds", kind="bot"), spine.server.join_person("gus", kind="guest")
    gathering = await gathered(
        spine, reacted(spine, "r1", robot), reacted(spine, "r2", guest), reacted(spine, "r3", "U9")
    )
    async with spine.living(spine.intake()) as intake:
        await intake.record(reacted(spine, "r4", robot))
        await gathering.look()
    assert sums.keys == []
    assert sorted(spine.platform.profiles) == sorted([robot, guest, "U9"])
    async with spine.store.read() as session:
        assert list(await session.exec(select(Account))) == [], "nothing is kept of them"
    spine.now.advance(hours=2)
    async with spine.living(spine.intake()) as intake:
        await intake.record(reacted(spine, "r5", robot))
        await gathering.look()
    assert spine.platform.profiles.count(robot) == 2


async def test_elsewhere_nobody_is_asked_about(spine: Spine, sums: Sums) -> None:
    await gathered(spine, reacted(spine, "r1", spine.person("ana"), room="R2"))
    assert (sums.keys, spine.platform.profiles) == ([], [])


async def test_while_a_platform_says_nothing_what_it_told_waits(spine: Spine, sums: Sums) -> None:
    ana, bob = spine.person("ana"), spine.person("bob")
    spine.server.fail("profile", Unreachable("gone_for_now"))
    gathering = Gathering(spine.parts())
    async with spine.living(spine.intake()) as intake:
        await intake.record(reacted(spine, "r1", ana))
        await gathering.look()
        await intake.record(reacted(spine, "r2", bob))
        await gathering.look()
        assert sums.keys == ["r2"]
        spine.now.advance(seconds=LATER / timedelta(seconds=1) + 1)
        await gathering.look()
    assert sums.keys == ["r2", "r1"]


async def test_one_that_cannot_be_added_up_does_not_take_the_others_with_it(spine: Spine, sums: Sums) -> None:
    ana = spine.person("ana")
    sums.broken = {"r3"}
    gathering = Gathering(spine.parts())
    async with spine.living(spine.intake()) as intake:
        await asyncio.gather(*(intake.record(reacted(spine, f"r{number}", ana)) for number in range(6)))
        await gathering.look()

        async def over() -> bool:
            spine.now.advance(seconds=20)
            intake.wake()
            return "new" not in await spine.states()

        await eventually(over, "each is handled by itself, or parked")
    assert sorted(sums.keys) == ["r0", "r1", "r2", "r4", "r5"]
    assert [each.state for each in await spine.events(key="r3")] == ["parked"]
