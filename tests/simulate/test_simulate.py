"""Some weeks of a small company; `make simulate` is a year of a large one."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import structlog

from tests.simulate.broken import BROKEN
from tests.simulate.judge import CLAIMS, Claim
from tests.simulate.people import TEMPERS, company
from tests.simulate.report import claims, endings
from tests.simulate.world import in_memory
from tests.simulate.year import How, Year

SEED = 3


@pytest.fixture
async def home() -> AsyncIterator[Path]:
    with tempfile.TemporaryDirectory(dir=in_memory(), prefix="parvis-year-") as folder:
        yield Path(folder)
    structlog.reset_defaults()


async def lived(home: Path, size: int, days: int, how: How | None = None) -> Year:
    year = Year(company(size, SEED), home, SEED, how)
    await year.start()
    try:
        await year.live(days)
    finally:
        await year.stop()
    return year


async def test_nobody_is_contacted_against_a_promise(home: Path) -> None:
    year = await lived(home, 28, 28, How(eager=(7, 18), every=6))
    assert not year.figures.failures
    assert not year.judge.breaches
    assert {claim.name: claim.ratio for claim in claims(year.judge)} == dict.fromkeys(CLAIMS, 0)
    assert year.figures.letters > 100, "what says nothing breaks no promise"
    assert min(year.judge.received[subject] for subject in ("poll", "tip", "profile")) > 10
    assert sum(endings(year.judge.records.values()).values()) > 40
    assert {person.temper.name for person in year.people} == {temper.name for temper in TEMPERS}


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS)
async def test_a_bot_without_one_of_its_rules_is_found_out(claim: Claim, home: Path) -> None:
    year = await lived(home, 40, 35, BROKEN[claim])
    assert Counter(breach.claim for breach in year.judge.breaches)[claim]


def test_the_same_seed_is_the_same_company() -> None:
    once, again, other = company(100, 1), company(100, 1), company(100, 2)
    assert [each.facts for each in once] == [each.facts for each in again]
    assert [each.facts for each in once] != [each.facts for each in other]
