"""An account is closed at its platform: its person is gone for the bot, and back when they are."""

from __future__ import annotations

import pytest

from storage.people import Account
from tests.humans import Human, eventually
from tests.humans.matrix import MatrixHuman
from tests.humans.towns import ON_MATRIX, ON_SLACK
from tests.scenarios.company import Company
from tests.scenarios.outside import Outside
from tests.scenarios.test_communities import Fresh
from tests.scenarios.test_life import opens


async def kind_of(company: Company, who: Human) -> str:
    (account,) = await company.rows(Account, external_id=who.external)
    assert isinstance(account, Account)
    return account.kind


async def becomes(company: Company, who: Human, kind: str) -> None:
    async def there() -> bool:
        return await kind_of(company, who) == kind

    await eventually(there, f"{who.external} is {kind}")


@pytest.mark.parametrize("where", ["memory", *ON_SLACK, *ON_MATRIX])
async def test_whoever_leaves_the_organisation_is_gone_and_can_lead_nothing(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("jardin")
    garden = await opens(bob, alice, name, company)
    await bob.joins(garden.room)
    await ana.says("parvis me")
    await ana.is_told("Votre page")
    await company.settled()
    for who in (ana, bob):
        await Outside(company, alice).leaves_company(who)
        await becomes(company, who, "gone")
    await alice.is_told("Nobody leads", company.animators)
    await alice.presses("Ask somebody to lead it", near=name, room=company.animators)
    wrong = await alice.fills(person=ana.external)
    assert wrong, "she cannot be asked"


@pytest.mark.parametrize("where", ON_MATRIX)
async def test_whoever_leaves_only_some_rooms_of_the_bot_is_a_member_still(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    garden = await opens(bob, alice, fresh("jardin"), company)
    await ana.says("parvis me")
    await ana.is_told("Votre page")
    await ana.joins(garden.room)
    assert isinstance(ana, MatrixHuman)
    await _leaves_the_bot(ana)
    await company.settled()
    assert await kind_of(company, ana) == "member"


@pytest.mark.parametrize("where", ON_MATRIX)
async def test_whoever_left_every_room_and_writes_again_is_a_member_again(ana: Human, company: Company) -> None:
    await ana.says("parvis me")
    await ana.is_told("Votre page")
    assert isinstance(ana, MatrixHuman)
    await _leaves_the_bot(ana)
    await becomes(company, ana, "gone")
    await ana.says("parvis me")
    await becomes(company, ana, "member")
    await ana.is_told("Votre page")


async def _leaves_the_bot(who: MatrixHuman) -> None:
    """Leave the direct room with the bot."""
    await who.leaves(who._direct)
    who._direct = ""
