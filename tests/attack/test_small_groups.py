"""Somebody with every legitimate view tries, over weeks, to learn who of four colleagues has an incomplete profile."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from tests.attack.house import House, Seen, differences, house
from tests.scenarios.company import HOME

FOUR = ("Legal0", "Legal1", "Legal2", "Legal3")
LOOKS = [datetime(2026, 12, 1, 15, 0, tzinfo=HOME) + timedelta(weeks=each) for each in (2,)]


async def lived(folder: Path, empty: Path, incomplete: str) -> list[Seen]:
    """What is seen of a company in which one of four has filled nothing, and three prefer not to say.

    At first what is to be said has to wait for the platform, and is looked at meanwhile.
    """
    async with house(folder, empty, before=lambda built: fill(built, incomplete)) as built:
        seen = await built.held_up()
        for when in LOOKS:
            await built.until(when)
            seen.append(await built.looked_at(FOUR[0]))
        return seen


async def fill(built: House, incomplete: str) -> None:
    for name in FOUR:
        if name != incomplete:
            await built.fills(name, "declined")


async def test_nobody_sees_who_of_four_is_incomplete(empty: Path, tmp_path: Path) -> None:
    worlds = [await lived(tmp_path / name, empty, name) for name in FOUR[1:3]]
    for number, (mine, theirs) in enumerate(zip(*worlds, strict=True)):
        assert differences(mine, theirs) == {}, number
