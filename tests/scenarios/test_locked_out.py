"""A token is revoked while people are at work: what they were to hear waits, and comes once it is good again."""

from __future__ import annotations

import pytest

from storage.events import Recorded
from storage.outbox import Promise
from tests.humans import Human, eventually
from tests.humans.slack import SlackTown
from tests.scenarios.company import PLATFORM, Company

SLACK = pytest.mark.parametrize("where", ["slack"])


def revoke(company: Company, *, revoked: bool = True) -> None:
    assert isinstance(company.town, SlackTown)
    company.town.server.bot.revoked = revoked


async def waits(company: Company, *, sending: bool) -> None:
    async def said_so() -> bool:
        return (await company.app.ready())[f"sending {PLATFORM}"] is sending

    await eventually(said_so, "readiness tells of it")


@SLACK
async def test_an_answer_waits_for_a_token_that_is_revoked_and_comes_once(ana: Human, company: Company) -> None:
    await ana.says("parvis me")
    await ana.is_told("Votre page")
    await company.settled()
    before = len([text for text in await ana.reads() if "Votre page" in text])
    revoke(company)
    await ana.says("parvis me")
    await waits(company, sending=False)
    company.clock.advance(minutes=30)
    (row,) = await company.rows(Promise, state="todo")
    assert row.error == "locked_out:token_revoked"
    assert await company.rows(Promise, state="dead") == []
    assert len([text for text in await ana.reads() if "Votre page" in text]) == before
    revoke(company, revoked=False)
    company.clock.advance(minutes=6)
    await waits(company, sending=True)
    await company.settled()
    assert len([text for text in await ana.reads() if "Votre page" in text]) == before + 1


@SLACK
async def test_who_spoke_for_the_first_time_meanwhile_is_answered_too(company: Company) -> None:
    revoke(company)
    zoe = await company.person("zoe", language="en")
    await zoe.says("parvis me")

    async def put_off() -> bool:
        return any(row.error == "token_revoked" for row in await company.rows(Recorded, state="new"))

    await eventually(put_off, "the event waits: nobody can tell who she is")
    for _ in range(8):  # more often than what fails by a fault is tried
        company.clock.advance(minutes=2)

        async def tried() -> bool:
            return all(row.due > company.clock.now() for row in await company.rows(Recorded, state="new"))

        await eventually(tried, "it was looked at again")
    assert await company.rows(Recorded, state="parked") == []
    revoke(company, revoked=False)
    company.clock.advance(minutes=6)
    await zoe.is_told("Your page")
