"""A private channel of Slack that is archived is out of the bot's sight: it is closed, neither failed nor vanished."""

from __future__ import annotations

import pytest

from tests.humans import Human, eventually
from tests.humans.slack import SlackTown
from tests.humans.towns import ON_SLACK
from tests.scenarios.company import Company
from tests.scenarios.outside import Outside
from tests.scenarios.test_communities import Fresh
from tests.scenarios.test_directory import SOON, times
from tests.scenarios.test_life import becomes, opens, row

pytestmark = pytest.mark.parametrize("where", ON_SLACK)


async def vanished_for_nobody(company: Company, alice: Human) -> None:
    """Whatever look follows, nobody hears that it cannot be found, or did not work."""
    company.clock.advance(hours=SOON)
    await company.settled()
    assert await times(alice, "I can no longer find", company.animators) == 0
    assert await times(alice, "I was removed", company.animators) == 0


async def test_a_private_community_whose_archiving_was_answered_in_vain_is_closed(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("paie")
    pay = await opens(bob, alice, name, company, "--private --reason la paie")
    await bob.joins(pay.room)
    assert isinstance(company.town, SlackTown)
    fault = company.town.server.fault("conversations.archive", "drop_answer")
    await bob.types(f"community close {name}")
    await bob.presses("Close it", near="Preview: close")

    async def lost() -> bool:
        return fault.hits == 1

    await eventually(lost, "the answer is lost")
    company.clock.advance(minutes=2)
    await bob.is_told(f"“{name}” is closed (bob")
    await becomes(company, "close", "done")
    assert (await row(company, pay)).state == "closed"
    await vanished_for_nobody(company, alice)


@pytest.mark.parametrize("told", [True, False])
async def test_a_private_community_archived_by_hand_is_closed(
    bob: Human, alice: Human, company: Company, fresh: Fresh, *, told: bool
) -> None:
    name = fresh("paie")
    pay = await opens(bob, alice, name, company, "--private --reason la paie")
    await bob.joins(pay.room)
    assert isinstance(company.town, SlackTown)
    await company.town.restrict_creation()
    await bob.types(f"community close {name}")
    await bob.presses("Close it", near="Preview: close")
    await bob.is_told("I am not allowed to archive rooms here")
    if not told:
        company.town.server.events.subscribed.discard("group_archive")
    await Outside(company, bob).archive(pay.room)
    if not told:
        await bob.presses("It is done", near="I am not allowed to archive")
    await bob.is_told(f"“{name}” is closed (bob")
    assert (await row(company, pay)).state == "closed"
    assert not await times(bob, "not done yet")
    await vanished_for_nobody(company, alice)
