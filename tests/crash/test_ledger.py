"""What is compared at the end, and what is drawn before the beginning: the pure half of the suite."""

from __future__ import annotations

from itertools import islice
from random import Random
from types import SimpleNamespace
from typing import cast

import pytest

from tests.crash.announcing import expects
from tests.crash.cells import CELLS, MOST, cell_named, shares
from tests.crash.ledger import Input, Ledger, Sight
from tests.crash.people import Actor
from tests.crash.plan import Wishes, lives
from tests.crash.steps import ALL


def acked(*were: bool) -> list[Input]:
    """Inputs that were acknowledged, or not."""
    return [Input("said", lambda was=was: was) for was in were]  # type: ignore[misc]


def found(ledger: Ledger, *texts: str) -> tuple[int, int, int, int]:
    verdict = ledger.compare({"ana": [Sight(text) for text in texts]})
    return verdict.expected, verdict.seen_once, verdict.lost, verdict.doubled


@pytest.mark.parametrize(
    ("texts", "counts"),
    [
        (["It is open"], (1, 1, 0, 0)),
        ([], (1, 0, 1, 0)),
        (["It is open", "It is open"], (1, 0, 0, 1)),
        (["It is open", "Something else"], (1, 1, 0, 1)),
    ],
)
def test_what_is_said_once_is_neither_lost_nor_doubled(texts: list[str], counts: tuple[int, ...]) -> None:
    ledger = Ledger()
    ledger.once("ana", "open", "is open")
    assert found(ledger, *texts) == counts


@pytest.mark.parametrize(
    ("inputs", "answers", "counts"),
    [
        ([True, True], 2, (2, 2, 0, 0)),
        ([True, True], 1, (2, 1, 1, 0)),
        ([True, True], 3, (2, 1, 0, 1)),
        ([True, False], 1, (1, 1, 0, 0)),
        ([True, False], 2, (1, 1, 0, 0)),
        ([True, False], 0, (1, 0, 1, 0)),
        ([False], 0, (0, 0, 0, 0)),
        ([False], 1, (0, 0, 0, 0)),
        ([False], 2, (0, 0, 0, 1)),
    ],
)
def test_what_was_acknowledged_is_answered_and_what_was_not_may_be(
    inputs: list[bool], answers: int, counts: tuple[int, ...]
) -> None:
    ledger = Ledger()
    ledger.answers("ana", "answers", "No request", acked(*inputs))
    assert found(ledger, *["No request"] * answers) == counts


def test_whoever_asks_twice_is_told_so_the_second_time() -> None:
    ledger, inputs = Ledger(), acked(True, True)
    ledger.first("ana", "handed in", "handed in", inputs)
    ledger.answers("ana", "already", "already", inputs, but=1)
    assert found(ledger, "handed in", "already") == (2, 2, 0, 0)
    assert found(ledger, "handed in", "handed in") == (2, 0, 1, 1)


def test_an_expectation_counts_in_its_own_timeline_alone() -> None:
    ledger = Ledger()
    ledger.once("ana", "open", "is open")
    verdict = ledger.compare({"bob": [Sight("It is open")]})
    assert (verdict.lost, verdict.doubled) == (1, 1)


def test_what_is_shown_at_once_may_be_lost_and_not_doubled() -> None:
    ledger = Ledger()
    ledger.whispers("ana", "shown", "Done", acked(True))
    assert found(ledger) == (0, 0, 0, 0)
    assert found(ledger, "Done", "Done") == (0, 0, 0, 1)


@pytest.mark.parametrize(
    ("says", "copies", "counts"),
    [
        ("Taken back from 8 people by acme\nIt cannot be taken back from 2 people by mail", 0, (1, 1, 0, 0)),
        ("Taken back from 8 people by acme", 1, (1, 1, 0, 1)),
        ("It cannot be taken back from 1 person by acme", 0, (1, 0, 1, 0)),
        ("Taken back from 7 people by acme\nThe rest is being taken back.", 0, (1, 0, 1, 0)),
    ],
)
def test_of_what_was_recalled_nobody_has_a_copy_and_its_owner_is_told(
    says: str, copies: int, counts: tuple[int, ...]
) -> None:
    ledger, ana = Ledger(), cast("Actor", SimpleNamespace(name="ana"))
    expects(ledger, "It opens", 7, ana, [ana], recalled=True)
    report = f"Announcement 7: It opens\nState: recalled\n{says}"
    assert found(ledger, report, *["It opens\nfrom Diane, relayed by Parvis"] * copies) == counts


@pytest.mark.parametrize("kills", [1, 6, 7, 120, 1000])
def test_kills_are_shared_out_over_the_cells(kills: int) -> None:
    made = shares(kills, 7)
    assert sum(share.kills for share in made) == kills
    assert max(share.kills for share in made) <= MOST
    counts = [sum(share.kills for share in made if share.cell == cell) for cell in CELLS]
    assert max(counts) - min(counts) <= 1
    assert len({share.name for share in made}) == len(made)


def test_the_seed_is_the_plan() -> None:
    for cell in CELLS:
        assert list(lives(cell, 50, "7/0")) == list(lives(cell, 50, "7/0")) != list(lives(cell, 50, "8/0"))
        assert list(islice(lives(cell, 50, "7/0"), 20)) == list(lives(cell, 20, "7/0"))


def test_each_step_is_wished_for_until_it_was_reached() -> None:
    wishes, reached = Wishes(Random(1)), set[str]()
    for _ in range(3 * len(ALL)):
        armed = wishes.take(5)
        assert len({each.partition(":")[0] for each in armed}) == 5
        reached.add(armed[0].partition(":")[0])
        wishes.give_back(armed[1:])
    assert reached == set(ALL)


def test_a_cell_that_there_is_not_is_refused_by_name() -> None:
    with pytest.raises(LookupError, match="there are slack-sqlite-1, "):
        cell_named("slack")
