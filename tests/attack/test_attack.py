"""Somebody with every legitimate view tries, over weeks of differences, to learn what colleagues chose for themselves,
or who of a department of four has an incomplete profile; in vain.

Two companies live for seven weeks in the real bot, and in the long tests for ten. In one nobody chooses anything. In
the other, twenty people each choose something: to be left in peace, no more of these, later, not to say, to object; one
lets every reminder go unanswered, until the bot falls silent. Some choose before anything was sent, some while a
reminder waits for a platform that is away, some after two reminders. And another one of the four is the one whose
profile is incomplete. Every view is the same in both, in every week: so no view, no count, and no difference between
two weeks says anything of it, not even that anybody chose anything at all.

What is left out, because it remains, docs/privacy.md says. The trail is none of that: no choice leaves an entry in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest

from tests.attack.broken import BROKEN, COUNTS, NAMES
from tests.attack.house import Seen, differences
from tests.attack.lives import FOUR, MOST, WEEKS, Life, lived

pytestmark = [pytest.mark.xdist_group("attack"), pytest.mark.timeout(900)]
Found = dict[str, tuple[list[str], list[str]]]


@pytest.fixture(scope="module")
async def worlds(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Seen], list[Seen]]:
    """What is seen where nobody chooses anything, and where everybody does."""
    folder = tmp_path_factory.mktemp("worlds")
    nobody = await lived(folder / "nobody", empty, Life.nobody(FOUR[1]))
    return nobody, await lived(folder / "each", empty, Life.each(0, FOUR[2]))


def whole(seen: Seen) -> Seen:
    """What the bot shows."""
    return {what: text for what, text in seen.items() if what not in BROKEN}


def told_apart(one: Sequence[Seen], other: Sequence[Seen]) -> list[Found]:
    """Where two companies look different, look by look."""
    return [found for found in map(differences, map(whole, one), map(whole, other)) if found]


def moves(seen: Sequence[Seen]) -> list[Found]:
    """Every difference between two looks at one company."""
    return [differences(whole(before), whole(after)) for before, after in combinations(seen, 2)]


def test_nobody_learns_who_chose_what_nor_that_anybody_did(worlds: tuple[list[Seen], list[Seen]]) -> None:
    nobody, each = worlds
    assert len(nobody) > WEEKS
    assert told_apart(nobody, each) == []
    assert moves(nobody) == moves(each)


def test_a_bot_that_leaves_out_of_a_preview_who_wants_none_is_found_out(worlds: tuple[list[Seen], list[Seen]]) -> None:
    before, after = worlds[1][0][NAMES].split(), worlds[1][1][NAMES].split()
    assert {"Sales0", "Sales1", "Sales2"} <= {*before} - {*after}
    of_four = [{*seen[0][NAMES].split()} & {*FOUR} for seen in worlds]
    assert of_four == [{FOUR[1]}, {FOUR[2]}], "nor may a small department be named"


def test_a_bot_that_counts_what_waits_is_found_out(worlds: tuple[list[Seen], list[Seen]]) -> None:
    assert [one[COUNTS] for one in worlds[0]] != [other[COUNTS] for other in worlds[1]]


@pytest.fixture(scope="module")
async def long(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Seen]:
    """What is seen where nobody chooses anything, for longer."""
    return await lived(tmp_path_factory.mktemp("long") / "nobody", empty, Life.nobody(FOUR[1]), MOST)


@pytest.mark.slow
@pytest.mark.parametrize("shift", [0, 2, 5])
async def test_nor_in_more_weeks_when_others_choose_it(
    long: list[Seen], empty: Path, tmp_path: Path, shift: int
) -> None:
    assert told_apart(long, await lived(tmp_path / "other", empty, Life.each(shift, FOUR[3]), MOST)) == []
