"""Recording goes before handling; what nobody heeds is only recorded. On both engines."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from bot.chat import Reacted
from storage.database import Store
from tests.contract.spine import Spine
from tests.humans import eventually


@pytest.fixture
def spine(store: Store) -> Iterator[Spine]:
    with capture_logs():  # tracebacks drawn for a terminal take seconds
        yield Spine(store)


async def test_a_burst_is_recorded_before_any_of_it_is_handled(spine: Spine) -> None:
    people = [spine.person(f"p{number}") for number in range(8)]
    async with spine.living(spine.intake()) as intake:
        lines = [spine.says(people[number % 8], f"note {number}") for number in range(40)]
        await asyncio.gather(*(intake.record(line) for line in lines))
        kinds = [outcome for _, outcome in spine.outcomes]
        assert kinds.count("recorded") == 40
        assert kinds.count("handled") == 0, "handling waited for a lull"
        await spine.settled()
    assert sorted(await spine.notes(), key=int) == [str(number) for number in range(40)]


async def test_a_burst_without_end_holds_nothing_up_for_ever(spine: Spine) -> None:
    ana = spine.person("ana")
    async with spine.living(spine.intake()) as intake:

        async def stream() -> None:
            number = 0
            while True:
                await intake.record(
                    Reacted(key=f"r{number}", platform="acme", by=ana, room="R1", on="m1", at=spine.now())
                )
                number += 1

        storm = asyncio.create_task(stream())
        try:
            await intake.record(spine.says(ana, "note after all"))

            async def handled() -> bool:
                return await spine.notes() == ["after all"]

            await eventually(handled, "it is handled while others keep coming")
            assert not storm.done()
        finally:
            storm.cancel()


async def test_what_nobody_heeds_is_known_and_nothing_more(spine: Spine) -> None:
    ana = spine.person("ana")
    async with spine.living(spine.intake()) as intake:
        for _ in range(2):
            await intake.record(Reacted(key="r1", platform="acme", by=ana, room="R1", on="m1", at=spine.now()))
        await intake.record(spine.says(ana, "note one"))
        await spine.settled()
    kept = await spine.events(key="r1")
    assert [(each.state, each.body, each.lane_person, each.lane_room) for each in kept] == [("done", "{}", "", "")]
    assert spine.platform.profiles == [ana], "who reacted was not asked about"
