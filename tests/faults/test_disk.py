"""A real process whose files may not grow any more, its log included; then they may."""

from __future__ import annotations

import resource
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.crash.place import PLATFORM, SlackPlace
from tests.humans import Human, eventually, slack
from tests.humans.slack import SlackHuman, SlackTown
from tests.leaks.house import House, house

NEVER = resource.RLIM_INFINITY


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[House]:
    async with slack.town(PLATFORM, now) as town, house(SlackPlace(town), tmp_path / "parvis") as made:
        yield made


def grows(there: House, *, to: int) -> None:
    """No file of the process grows beyond this (man 2 setrlimit): a write is refused, as where a disk is full."""
    resource.prlimit(there.process.pid, resource.RLIMIT_FSIZE, (to, NEVER))


async def is_refused(human: Human) -> bool:
    assert isinstance(human, SlackHuman)
    reply = await human.person.command("/parvis", "language en")
    return not reply.acked or "nothing was" in str(reply.payload)


async def test_with_its_disk_full_a_process_lives_on_and_goes_on_once_there_is_room(there: House) -> None:
    town = there.place.town
    assert isinstance(town, SlackTown)
    await there.start()
    bob = await town.person("bob")
    await bob.says("parvis language en")
    await bob.is_told("English", within=30)
    await there.settled()
    grows(there, to=1)
    for _ in range(3):
        assert await is_refused(there.alice)
    await bob.says("parvis me")
    assert there.process.status is None, there.log()
    grows(there, to=NEVER)
    await town.deliver_unacknowledged()
    await bob.is_told("Your page", within=30)

    async def accepted() -> bool:
        return not await is_refused(there.alice)

    await eventually(accepted, "commands are taken again", 20)
    await there.settled()
    assert len([text for text in await bob.reads() if "Your page" in text]) == 1
    await there.stop()
    assert there.process.status == 0, there.log()
