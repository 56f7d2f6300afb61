"""Somebody with every legitimate view tries, over weeks, to learn what a colleague chose for themselves; in vain."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import pytest

from tests.attack.house import Doing, House, Seen, differences, house
from tests.scenarios.company import HOME

TARGET = "Sales3"
CHOSEN = datetime(2026, 12, 1, 11, 0, tzinfo=HOME)
"""After two reminders, and before the third."""

LOOKS = [datetime(2026, 12, 22, 15, 0, tzinfo=HOME)]


def says(words: str) -> Doing:
    async def choose(built: House) -> None:
        await built.types(TARGET, words)

    return choose


async def declines(built: House) -> None:
    """They prefer not to say, field by field, so that their profile is complete."""
    await built.types(TARGET, "profile prefer-not title")
    await built.fills(TARGET, "declined", ("location", "topics"))


async def is_away(built: House) -> None:
    """They look at their own page; that they are away, the roster says."""
    await built.types(TARGET, "parvis me")
    await built.is_away(TARGET, 60)


LATER, NOTHING = says("parvis snooze 60"), says("parvis stop")
OTHERS = {
    "no more of these": says("parvis stop-kind profile.reminder"),
    "prefers not": declines,
    "away": is_away,
    "objects": says("parvis object"),
}


async def lived(folder: Path, empty: Path, choose: Doing, *, waiting: bool) -> list[Seen]:
    """What is seen of a company in which the target chooses something, at each look.

    waiting: they choose it while a first reminder waits for the platform; else long after.
    """
    async with house(folder, empty) as built:
        if waiting:
            seen = await built.held_up(choose)
        else:
            await built.until(CHOSEN)
            seen = [await built.looked_at(TARGET)]
            await choose(built)
        for when in LOOKS:
            await built.until(when)
            seen.append(await built.looked_at(TARGET))
        return seen


def told_apart(one: Iterable[Seen], other: Iterable[Seen]) -> list[dict[str, tuple[list[str], list[str]]]]:
    """Where two companies look different, look by look; the trail left out.

    It has one entry more, of nobody, when somebody made use of a right: that is what a trail is for.
    """
    mine, theirs = ([{**each, "parvis audit verify": ""} for each in seen] for seen in (one, other))
    return [found for found in map(differences, mine, theirs) if found]


@pytest.mark.parametrize("waiting", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["said", "waiting"])
async def test_nobody_sees_whether_somebody_wants_to_be_left_in_peace(
    waiting: bool, empty: Path, tmp_path: Path
) -> None:
    one = await lived(tmp_path / "one", empty, LATER, waiting=waiting)
    other = await lived(tmp_path / "other", empty, NOTHING, waiting=waiting)
    assert told_apart(one, other) == []


@pytest.mark.slow
@pytest.mark.parametrize("waiting", [True, False], ids=["waiting", "said"])
async def test_nor_which_choice_it_was(waiting: bool, empty: Path, tmp_path: Path) -> None:
    one = await lived(tmp_path / "one", empty, LATER, waiting=waiting)
    for name, choose in OTHERS.items():
        if waiting and choose is is_away:
            continue  # what waits for somebody who is away shows that somebody is: the roster says so, they do not
        other = await lived(tmp_path / name.replace(" ", "-"), empty, choose, waiting=waiting)
        assert told_apart(one, other) == [], name
