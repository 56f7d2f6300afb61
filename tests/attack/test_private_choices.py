"""Somebody with every legitimate view tries, over weeks, to learn what a colleague chose for themselves; in vain."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from storage.database import Store
from tests.attack.house import House, Seen, differences, house
from tests.scenarios.company import HOME

TARGET = "Sales3"
CHOSEN = datetime(2026, 12, 1, 11, 0, tzinfo=HOME)
LOOKS = [datetime(2026, 12, 1, 15, 0, tzinfo=HOME) + timedelta(weeks=each) for each in (0, 1, 3)]

Choice = Callable[[House], Awaitable[None]]


@pytest.fixture(scope="session")
async def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store with all its tables and nothing in them."""
    path = tmp_path_factory.mktemp("attack") / "empty.db"
    await (await Store.open(f"sqlite+aiosqlite:///{path}")).close()
    return path


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


CHOICES: dict[str, Choice] = {
    "later": says("parvis snooze 60"),
    "nothing unasked": says("parvis stop"),
    "no more of these": says("parvis stop-kind profiles.reminder"),
    "objection": says("parvis object"),
}


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the commands sign with."""
    monkeypatch.setenv("PARVIS_AUDIT_KEY", "0123456789abcdef" * 4)


async def test_nobody_sees_which_private_choice_somebody_made(empty: Path, tmp_path: Path) -> None:
    worlds = {name: await lived(tmp_path / str(n), empty, choose) for n, (name, choose) in enumerate(CHOICES.items())}
    first, *others = worlds
    for other in others:
        for number, (mine, theirs) in enumerate(zip(worlds[first], worlds[other], strict=True)):
            assert not differences(mine, theirs), (first, other, number)
