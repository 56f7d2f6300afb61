"""Somebody with every legitimate view tries, over weeks, to learn what a colleague chose for themselves; in vain."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

from tests.attack.house import House, Seen, differences, house
from tests.scenarios.company import HOME

TARGET = "Sales3"
CHOSEN = datetime(2026, 12, 1, 11, 0, tzinfo=HOME)
LOOKS = [datetime(2026, 12, 1, 15, 0, tzinfo=HOME) + timedelta(weeks=each) for each in (0, 1, 3)]

Choice = Callable[[House], Awaitable[None]]


def says(words: str) -> Choice:
    async def choose(built: House) -> None:
        await built.types(TARGET, words)

    return choose


async def lived(folder: Path, empty: Path, choose: Choice) -> list[Seen]:
    """What is seen of a company in which the target chooses something, at each look."""
    async with house(folder, empty) as built:
        await built.until(CHOSEN)
        seen = [await built.looked_at(TARGET)]
        await choose(built)
        for when in LOOKS:
            await built.until(when)
            seen.append(await built.looked_at(TARGET))
        return seen


async def declines(built: House) -> None:
    """They prefer not to say, field by field, so that their profile is complete."""
    await built.types(TARGET, "profile prefer-not title")
    await built.fills(TARGET, "declined", ("location", "topics"))


async def is_away(built: House) -> None:
    """They look at their own page; that they are away, the roster says."""
    await built.types(TARGET, "parvis me")
    await built.is_away(TARGET, 60)


CHOICES: dict[str, Choice] = {
    "prefers not": declines,
    "away": is_away,
    "later": says("parvis snooze 60"),
    "nothing unasked": says("parvis stop"),
    "no more of these": says("parvis stop-kind profiles.reminder"),
    "objection": says("parvis object"),
}


async def test_nobody_sees_which_private_choice_somebody_made(empty: Path, tmp_path: Path) -> None:
    worlds = {name: await lived(tmp_path / str(n), empty, choose) for n, (name, choose) in enumerate(CHOICES.items())}
    first, *others = worlds
    for other in others:
        for number, (mine, theirs) in enumerate(zip(worlds[first], worlds[other], strict=True)):
            assert not differences(mine, theirs), (first, other, number)
