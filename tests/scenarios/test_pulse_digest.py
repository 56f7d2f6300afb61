"""In the first two weeks of a month it is told how the month before went: once, to who looks after communities."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from nudges.pulse.digest import DIGEST
from storage.outbox import Promise
from storage.pulse import PulseDigest
from tests.humans import Human
from tests.scenarios.company import HOME, PLATFORM, Company, release
from tests.scenarios.test_nudging import minutes_pass
from tests.scenarios.test_pulse import Fresh
from tests.scenarios.test_pulse_whole import NEXT_TUESDAY, THURSDAY, WEDNESDAY, a_day, night, settle

pytestmark = pytest.mark.parametrize("where", ["memory"])
TITLE, TITRE = "Indicators of the month", "Les indicateurs du mois"
DAY = timedelta(days=1)


@pytest.fixture
def released() -> bool:
    """Nothing else, which would take the room in a week's budget."""
    return False


async def november(company: Company, fresh: Fresh) -> None:
    """It is nine on the first day of December, and something happened in November."""
    square = await settle(company, fresh)
    await night(company, WEDNESDAY)
    await a_day(company, square, WEDNESDAY)
    await night(company, THURSDAY)
    await release(company.store, [DIGEST], company.clock.now())
    for human in company.people.values():
        await human.types("parvis me")
    await company.settled()


async def times(who: Human) -> int:
    return len([each for each in await who.reads() if TITLE in each or TITRE in each])


async def test_comms_and_animators_are_told_once_though_the_bot_is_killed_meanwhile(
    alice: Human, arthur: Human, bob: Human, odile: Human, company: Company, fresh: Fresh
) -> None:
    await company.restart({"roles": {"comms": [f"{PLATFORM}:{bob.external}"]}})
    await november(company, fresh)
    await night(company, NEXT_TUESDAY)
    assert len(await company.rows(PulseDigest, month=datetime(2026, 11, 1, tzinfo=HOME).date())) == 0
    company.dies_at("outbox.posted", 2)
    company.clock.advance_to(datetime(2026, 12, 1, 9, 5, tzinfo=HOME))
    await company.killed()
    await company.restart()
    await minutes_pass(company, 3)
    for human in (alice, arthur, bob):
        assert await times(human) == 1, human.name
    assert await times(odile) == 0
    await company.restart()
    company.clock.advance(days=4)
    await minutes_pass(company, 2)
    for human in (alice, arthur, bob):
        assert await times(human) == 1, human.name


async def test_who_wants_none_of_it_gets_none_and_it_is_not_made_up_for(
    alice: Human, arthur: Human, company: Company, fresh: Fresh
) -> None:
    await november(company, fresh)
    await alice.types("parvis stop-kind indicators")
    await alice.is_told("the month’s indicators")
    await night(company, NEXT_TUESDAY)
    company.clock.advance_to(datetime(2026, 12, 1, 9, 5, tzinfo=HOME))
    await minutes_pass(company, 2)
    assert (await times(alice), await times(arthur)) == (0, 1)
    told = await arthur.is_told(TITRE)
    assert "parce que vous animez les communautés" in told
    assert "[" in told, "it carries a way to stop it"
    await alice.types("parvis start")
    await minutes_pass(company, 2)
    assert await times(alice) == 0


async def test_after_the_first_days_it_is_no_news_and_a_clock_set_back_tells_nothing_twice(
    alice: Human, company: Company, fresh: Fresh
) -> None:
    await november(company, fresh)
    company.clock.advance_to(datetime(2026, 12, 15, 3, tzinfo=HOME))
    await minutes_pass(company, 2)
    company.clock.advance_to(datetime(2026, 12, 15, 10, tzinfo=HOME))
    await minutes_pass(company, 2)
    assert await times(alice) == 0
    company.clock.advance_to(datetime(2027, 1, 4, 10, tzinfo=HOME))  # the nights of three days are made up for
    for _ in range(3):
        company.clock.advance(minutes=10)
        await minutes_pass(company)
    assert await times(alice) == 1
    assert "Tuesday 1 December 2026" in await alice.is_told(TITLE)
    company.clock.advance(days=-6)  # into December again
    await minutes_pass(company, 2)
    assert await times(alice) == 1
    assert len(await company.rows(Promise, kind=DIGEST)) == 2, "one for each animator"
