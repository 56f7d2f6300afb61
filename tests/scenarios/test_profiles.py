"""Profiles: what is missing is named and filled, in the words of those whose profile it is."""

from __future__ import annotations

import pytest

from storage.profiles import OwnValue
from tests.humans import Human
from tests.scenarios.company import Company

HERE = ["memory"]


@pytest.mark.parametrize("where", HERE)
async def test_one_sees_what_is_missing_and_fills_it_here(bob: Human, company: Company) -> None:
    await bob.types("profile")
    page = await bob.is_told("Your profile")
    assert "How full it is: 0 %" in page
    assert "what you do (weighs 30): missing" in page
    assert "department: only the administrators can fill it in" in page
    assert "Next: what you do." in page
    await bob.presses("Fill in: what you do")
    wrong = await bob.fills(value="n/a")
    assert wrong == {"value": wrong["value"]}
    assert "tells colleagues nothing" in wrong["value"]
    assert await bob.fills(value="  Head of   seeds ") == {}
    kept = await bob.is_told("Colleagues now see")
    assert "Head of seeds" in kept
    assert "How full it is: 33 %" in kept
    assert "Next: what colleagues can ask you about." in kept
    (own,) = await company.rows(OwnValue)
    assert (own.field, own.value, own.state) == ("title", "Head of seeds", "kept")


@pytest.mark.parametrize("where", HERE)
async def test_what_one_prefers_not_to_say_counts_and_can_be_taken_back(ana: Human, company: Company) -> None:
    await ana.types("profil ne-pas-dire langues")
    said = await ana.is_told("Compris")
    assert "langues que vous parlez" in said
    await ana.presses("Annuler")
    page = await ana.is_told("Comme c’était avant")
    assert "langues que vous parlez (compte pour 10)\u00a0: manque" in page
    assert not await company.rows(OwnValue)


@pytest.mark.parametrize("where", HERE)
async def test_a_colleague_is_shown_by_what_is_there_alone(ana: Human, bob: Human, company: Company) -> None:
    await ana.types("parvis")
    await company.settled()
    await bob.types("profile edit topics")
    assert await bob.fills(value="Seeds, and how to keep them") == {}
    await bob.types("profile prefer-not languages")
    await company.settled()
    await ana.types(f"profil @{bob.external}")
    shown = await ana.is_told("Seeds, and how to keep them")
    assert "ce que l’on peut vous demander" in shown
    assert "langues" not in shown
    assert "manque" not in shown
    await ana.types("profil Nobody")
    await ana.is_told("Je ne connais pas de collègue du nom de")


@pytest.mark.parametrize("where", HERE)
async def test_a_guest_is_nobody_here(bob: Human, company: Company) -> None:
    guest = await company.person("gil", kind="guest", language="en")
    await company.settled()
    await bob.types(f"profile @{guest.external}")
    await bob.is_told("I know of no colleague called")
