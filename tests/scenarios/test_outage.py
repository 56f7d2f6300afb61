"""The homeserver answers 502 for an hour: what was asked, and what was due to be said, each once after it."""

from __future__ import annotations

import pytest

from storage.outbox import Promise
from tests.humans import Human, eventually
from tests.humans.matrix import MatrixTown
from tests.humans.towns import ON_MATRIX
from tests.scenarios.company import PLATFORM, Company
from tests.scenarios.test_communities import Fresh, asks
from tests.servers.gate import CALLS, Fault

pytestmark = pytest.mark.parametrize("where", ON_MATRIX)


async def test_an_hour_of_502_loses_nothing_and_says_nothing_twice(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    assert isinstance(company.town, MatrixTown)
    gate, orchard = company.town.gate, fresh("orchard")
    await asks(bob, orchard, company)
    gate.faults += [Fault(call, 502, {}, lasting=True) for call in CALLS]

    async def away() -> bool:
        return not (await company.app.ready())[f"platform {PLATFORM}"]

    await ana.says("parvis me")
    await alice.presses("Approve", near=orchard, room=company.animators)
    await eventually(away, "readiness says that the homeserver does not answer", within=60)
    company.clock.advance(hours=1)
    assert "Votre page" not in "".join(await ana.reads())
    assert await company.rows(Promise, state="dead") == []
    gate.faults.clear()
    company.clock.advance(minutes=2)
    await bob.is_told(f"“{orchard}” is open. You lead it", within=60)
    await ana.is_told("Votre page", within=60)
    await company.settled()
    assert len([text for text in await ana.reads() if "Votre page" in text]) == 1
    assert len([text for text in await bob.reads() if f"“{orchard}” is open. You lead it" in text]) == 1
    assert await company.rows(Promise, state="dead") == []
