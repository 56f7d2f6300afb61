"""What was archived is opened again: by the bot where it may, else by a person's hand, which the bot awaits."""

from __future__ import annotations

import pytest

from storage.communities import Community
from tests.humans import Human
from tests.humans.slack import SlackTown
from tests.scenarios.company import Company
from tests.scenarios.outside import Outside
from tests.scenarios.test_life import Fresh, becomes, opens, row

pytestmark = pytest.mark.parametrize("where", ["slack"])


async def by_hand(company: Company, bob: Human, community: Community) -> None:
    """Somebody does in Slack what the bot may not, and says so."""
    told = await bob.is_told("I am not allowed to open an archived room again")
    assert "any member of it, or an administrator" in told
    await Outside(company, bob, told=False).reopen(community.room)
    await bob.presses("It is done", near="not allowed to open")


@pytest.mark.parametrize("lent", [True, False], ids=["user-token", "by-hand"])
async def test_closing_and_merging_are_undone_and_a_closed_one_is_reopened(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh, *, lent: bool
) -> None:
    if lent:
        assert isinstance(company.town, SlackTown)
        company.town.lend()
        await company.restart()
    balcony, garden = fresh("Balcons"), fresh("Montagne")
    small = await opens(bob, alice, balcony, company)
    await opens(bob, alice, garden, company, "--interest", about=1)
    await bob.joins(small.room)
    await ana.joins(small.room)

    await bob.types(f"community merge {balcony} into {garden}")
    await bob.presses("Merge them", near="Preview: merge")
    await becomes(company, "merge", "done")
    await bob.presses("Undo", near="is closed, and its members")
    if not lent:
        await by_hand(company, bob, small)
    await becomes(company, "merge", "undone")
    await bob.is_told(f"“{balcony}” is open again")
    found = await row(company, small)
    assert (found.state, found.merged_into) == ("active", None)
    assert await ana.is_in(small.room)
    assert any(balcony in text for text in await bob.pins(small.room))

    await bob.types(f"community close {balcony}")
    await bob.presses("Close it", near="Preview: close")
    await becomes(company, "close", "done")
    await bob.types(f"community reopen {balcony}")
    await bob.presses("Reopen it", near="Preview: reopen")
    if not lent:
        await by_hand(company, bob, small)
    await becomes(company, "reopen", "done")
    assert (await row(company, small)).state == "active"
    await bob.presses("Undo", near="is open again (bob")
    await becomes(company, "reopen", "undone")
    assert (await row(company, small)).state == "closed"
