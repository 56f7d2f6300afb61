"""Who asks to be let into a private community: only Matrix knows doors to knock at."""

from __future__ import annotations

import pytest

from tests.humans import Human, eventually
from tests.humans.matrix import MatrixHuman
from tests.humans.towns import ON_MATRIX
from tests.scenarios.company import Company
from tests.scenarios.test_communities import Fresh
from tests.scenarios.test_life import opens

pytestmark = [pytest.mark.matrix, pytest.mark.parametrize("where", ON_MATRIX)]


async def test_the_lead_hears_who_knocks_and_lets_them_in(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    assert isinstance(ana, MatrixHuman)
    assert isinstance(bob, MatrixHuman)
    eve = await company.person("eve", kind="stranger")
    assert isinstance(eve, MatrixHuman)
    name = fresh("salaries")
    community = await opens(ana, alice, name, company, "--private --reason figures")
    await ana.joins(community.room)
    knock = {"join_rule": "knock"}
    assert "event_id" in await ana.calls("PUT", f"/rooms/{community.room}/state/m.room.join_rules/", knock)
    for who in (bob, eve):
        answer = await who.calls("POST", f"/knock/{community.room}", {})
        assert "room_id" in answer, answer
    told = await ana.is_told("demande à entrer")
    assert bob.external in told
    await ana.presses("Laisser entrer", near="demande à entrer")

    async def invited() -> bool:
        return await bob.is_in(community.room)

    await eventually(invited, "bob is invited")
    await ana.is_told("peut maintenant entrer")
    await company.settled()
    assert len([text for text in await ana.reads() if "demande à entrer" in text]) == 1  # strangers knock in vain
    await bob.types(f"community admit {community.id} {bob.external}")  # which is not his to do
    await bob.is_not_told("may now enter")
