"""What colleagues see of a profile, and what nobody can tell from it; and when nobody is thanked."""

from __future__ import annotations

import json
from typing import Any

import pytest

from storage.people import Account
from storage.roster import Entry
from tests.humans import Human
from tests.humans.towns import AT_EASE
from tests.scenarios.company import PLATFORM, Company
from tests.scenarios.test_profiles import AT_ONCE, HERE, is_met, reminds

pytestmark = pytest.mark.parametrize("settings", [{"profiles": AT_ONCE}])


async def is_listed(human: Human, company: Company, **line: Any) -> None:
    """The company's list has a line of somebody."""
    (account,) = await company.rows(Account, external_id=human.external)
    now = company.clock.now()
    async with company.store.write() as session:
        session.add(
            Entry(key=human.name, name=human.name, person_id=account.person_id, created_at=now, changed_at=now, **line)
        )


async def seen(who: Human, words: str, company: Company) -> str:
    """What somebody is shown who looks at a colleague."""
    before = len(await who.reads())
    await who.types(words)
    await company.settled()
    return "\n".join((await who.reads())[before:])


async def days(company: Company, number: int) -> None:
    company.clock.advance(days=number)
    await company.settled()
    await company.app.census.look()
    await company.settled()


# ---------------------------------------------------------------- what colleagues see


@pytest.mark.parametrize("where", AT_EASE)
async def test_a_colleague_sees_what_one_keeps_here_and_finds_the_rest_on_the_platform(
    ana: Human, bob: Human, company: Company
) -> None:
    await is_met(ana, company)
    await is_met(bob, company)
    await bob.types("profile edit topics")
    assert await bob.fills(value="Seeds, and how to keep them") == {}
    await company.settled()
    await ana.types(f"profil {bob.external}")
    shown = await ana.is_told("Seeds, and how to keep them")
    assert "ouvrir son profil" in shown


@pytest.mark.parametrize("where", HERE)
async def test_who_objects_looks_like_a_colleague_who_keeps_nothing_here(
    ana: Human, bob: Human, company: Company
) -> None:
    await is_met(ana, company)
    await is_met(bob, company)
    await bob.sets_profile("title", "Head of seeds")
    await is_listed(bob, company, department="Seeds", job="Gardener")
    await days(company, 1)
    before = await seen(ana, f"profil @{bob.external}", company)
    assert "Seeds" in before, "the list says it of everybody"
    await bob.types("parvis object")
    await bob.is_told("Understood, at once")
    for _ in range(2):
        assert await seen(ana, f"profil @{bob.external}", company) == before
        await days(company, 2)


@pytest.mark.parametrize("where", HERE)
async def test_what_the_list_says_is_shown_to_nobody_before_its_person_confirmed_it(
    ana: Human, bob: Human, company: Company
) -> None:
    await is_met(ana, company)
    await is_met(bob, company)
    await is_listed(bob, company, more=json.dumps({"location": "Building Z"}))
    assert "Building Z" not in await seen(ana, f"profil @{bob.external}", company)
    await bob.types("profile confirm location")
    await bob.is_told("Thank you. Confirmed")
    assert "Building Z" in await seen(ana, f"profil @{bob.external}", company)


@pytest.mark.parametrize("where", HERE)
async def test_an_objection_uncovers_nothing_that_somebody_preferred_not_to_say(
    ana: Human, bob: Human, company: Company
) -> None:
    await is_met(ana, company)
    await is_met(bob, company)
    await is_listed(bob, company, job="Night guard", more=json.dumps({"location": "Building Z"}))
    for field in ("location", "title"):
        await bob.types(f"profile prefer-not {field}")
    await company.settled()
    before = await seen(ana, f"profil @{bob.external}", company)
    await bob.types("parvis object")
    await company.settled()
    after = await seen(ana, f"profil @{bob.external}", company)
    assert after == before
    assert "Building Z" not in after
    assert "Night guard" not in after


# ---------------------------------------------------------------- thanks


@pytest.mark.parametrize("where", HERE)
@pytest.mark.parametrize("wish", ["parvis stop-kind profile.reminder", "parvis snooze", "parvis stop"])
async def test_whoever_wants_none_of_these_is_not_thanked_either(bob: Human, wish: str, company: Company) -> None:
    await is_met(bob, company)
    await reminds(company)
    await bob.is_told("One thing is missing")
    await bob.types(wish)
    await company.settled()
    await bob.sets_profile("title", "Head of gardeners")
    await days(company, 1)
    assert not [text for text in await bob.reads() if "I saw it" in text]


@pytest.mark.parametrize("where", HERE)
async def test_nobody_is_thanked_while_all_is_to_be_silent(bob: Human, odile: Human, company: Company) -> None:
    await is_met(bob, company)
    await reminds(company)
    await bob.is_told("One thing is missing")
    await odile.types("relance treve 2026-12-15")
    await company.settled()
    await bob.sets_profile("title", "Head of gardeners")
    await days(company, 1)
    assert not [text for text in await bob.reads() if "I saw it" in text]


@pytest.mark.parametrize("where", HERE)
async def test_what_was_noticed_at_night_is_not_thanked_for_in_a_hush_that_came_meanwhile(
    bob: Human, odile: Human, company: Company
) -> None:
    await is_met(bob, company)
    await reminds(company)
    await bob.is_told("One thing is missing")
    company.clock.advance(hours=12)
    known = await company.app.platforms[PLATFORM].profile(bob.external)
    async with company.store.write() as session:  # as the round of all people does
        filled = known.model_copy(update={"fields": {"title": "Head of gardeners"}})
        await company.app.parts.meet_all(session, PLATFORM, [filled], company.clock.now())
    await odile.types("relance treve 2026-12-15")
    await company.settled()
    company.clock.advance(hours=12)
    await company.settled()
    assert not [text for text in await bob.reads() if "I saw it" in text]


@pytest.mark.parametrize("where", HERE)
async def test_thanks_say_why_they_come_and_how_to_be_spared_them(bob: Human, company: Company) -> None:
    await is_met(bob, company)
    await reminds(company)
    await bob.is_told("One thing is missing")
    await bob.sets_profile("title", "Head of gardeners")
    assert "because I reminded you of it" in await bob.is_told("Thank you, I saw it")
    await bob.presses("No more of these", near="Thank you, I saw it")
    await bob.is_told("none of these any more")


@pytest.mark.parametrize("where", HERE)
async def test_what_the_company_writes_into_all_profiles_is_nobodys_answer(bob: Human, company: Company) -> None:
    await is_met(bob, company)
    await reminds(company)
    await bob.is_told("One thing is missing from your profile: what you do.")
    await is_listed(bob, company, job="Head of gardeners")
    await bob.sets_profile("title", "Head of Gardeners")
    await company.settled()
    assert not [text for text in await bob.reads() if "I saw it" in text]
    for _ in range(3):
        company.clock.advance(days=7)
        await company.app.census.look()
        await reminds(company)
    told = [text for text in await bob.reads() if "One thing is missing" in text]
    assert len(told) == 3, "they said nothing, and other things are missing"
