"""What a week begins with for the animators."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from storage.communities import Community
from storage.contacts import Contact
from storage.requests import Request
from tests.humans import Human, eventually
from tests.scenarios.company import HOME, Company
from tests.scenarios.test_communities import Fresh
from tests.scenarios.test_life import ABOUT, opens

MONDAY = datetime(2026, 11, 30, 9, 1, tzinfo=HOME)
TITLE = "Your week with the communities"


async def told(who: Human, company: Company) -> list[str]:
    await company.settled()
    return [each for each in await who.reads() if TITLE in each or "Votre semaine avec" in each]


async def hears(who: Human, company: Company, count: int = 1) -> str:
    """Wait until somebody was told so many times; the latest."""
    found: list[str] = []

    async def there() -> bool:
        found[:] = await told(who, company)
        return len(found) == count

    await eventually(there, f"{who.name} is told {count} times, not {len(found)}")
    return found[-1]


async def alter(company: Company, community: Community, **values: Any) -> None:
    async with company.store.write() as session:
        row = await session.get(Community, community.id)
        assert row
        for key, value in values.items():
            setattr(row, key, value)
        session.add(row)


async def met(company: Company) -> None:
    """The animators spoke to the bot before, so their language is known."""
    await company.people["alice"].types("community mine")
    await company.people["arthur"].types("communaute miennes")
    await company.settled()


async def test_on_monday_at_nine_each_animator_is_told_what_waits(
    ana: Human, bob: Human, alice: Human, arthur: Human, company: Company, fresh: Fresh
) -> None:
    await met(company)
    name = fresh("Jardin")
    garden = await opens(bob, alice, name, company)
    await alter(company, garden, review_on=date(2026, 11, 25))
    waits = fresh("Contrats")
    number = await _asks(ana, waits, company)
    company.clock.advance_to(datetime(2026, 11, 30, 8, 55, tzinfo=HOME))
    assert not await told(alice, company)
    company.clock.advance_to(MONDAY)
    message = await hears(alice, company)
    for piece in (
        "One request waits",
        waits,
        "0 of 1",
        f"{name}: it was to be looked at again on",
    ):
        assert piece in message, message
    assert "Une demande attend" in await hears(arthur, company)
    assert not await told(bob, company)

    await alice.presses(f"Look at request {number}", near=TITLE)
    await alice.is_told("Take in charge")
    await alice.presses(f"About {name}", near=TITLE)
    await alice.is_told("Who leads it")

    await company.restart()
    company.clock.advance(hours=3)
    assert len(await told(alice, company)) == 1
    company.clock.advance_to(datetime(2026, 12, 1, 9, 30, tzinfo=HOME))
    assert len(await told(alice, company)) == 1
    kinds = {each.kind for each in await company.rows(Contact) if each.promise.startswith("monday:")}
    assert kinds == {"community.monday"}


async def _asks(who: Human, name: str, company: Company) -> str:
    purpose, work = ABOUT[2]
    await who.types(f"community request {name} --purpose {purpose} --work {work} --yes")
    await company.settled()
    return str((await company.rows(Request))[-1].id)


@pytest.mark.parametrize("where", ["memory"])
async def test_nothing_to_do_nothing_sent(alice: Human, company: Company) -> None:
    await met(company)
    company.clock.advance_to(MONDAY)
    assert not await told(alice, company)
    company.clock.advance(hours=1)
    assert not await told(alice, company)


@pytest.mark.parametrize("where", ["memory"])
@pytest.mark.parametrize("settings", [{"working_time": {"country": "FR"}}])
async def test_a_monday_that_nobody_works_on_is_told_on_tuesday(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    await met(company)
    garden = await opens(bob, alice, fresh("Jardin"), company)
    await alter(company, garden, review_on=date(2026, 11, 25))
    company.clock.advance_to(datetime(2027, 3, 22, 9, 1, tzinfo=HOME))
    await hears(alice, company)
    company.clock.advance_to(datetime(2027, 3, 29, 11, 0, tzinfo=HOME))  # Easter Monday, the clocks changed yesterday
    assert len(await told(alice, company)) == 1
    company.clock.advance_to(datetime(2027, 3, 30, 9, 1, tzinfo=HOME))
    await hears(alice, company, 2)


@pytest.mark.parametrize("where", ["memory"])
async def test_who_asked_for_answers_only_hears_of_decisions_alone(
    ana: Human, bob: Human, alice: Human, arthur: Human, company: Company, fresh: Fresh
) -> None:
    await met(company)
    garden = await opens(bob, alice, fresh("Jardin"), company)
    await alter(company, garden, review_on=date(2026, 11, 25))
    await alice.types("parvis stop")
    await company.settled()
    company.clock.advance_to(MONDAY)
    await hears(arthur, company)
    assert not await told(alice, company), "communities to look at are optional"
    await _asks(ana, fresh("Contrats"), company)
    company.clock.advance_to(datetime(2026, 12, 7, 9, 1, tzinfo=HOME))
    assert "One request waits" in await hears(alice, company), "a decision is not"
