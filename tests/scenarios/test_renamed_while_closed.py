"""A room that is given another name while its community is closed; a renaming that is undone too late."""

from __future__ import annotations

import pytest

from tests.humans import Human, eventually
from tests.humans.towns import ON_MATRIX, ON_SLACK
from tests.scenarios.company import Company
from tests.scenarios.outside import Outside
from tests.scenarios.test_communities import Fresh
from tests.scenarios.test_directory import SOON, times
from tests.scenarios.test_life import becomes, opens, row

EACH = pytest.mark.parametrize("where", ["memory", *ON_SLACK, *ON_MATRIX])


async def closes(bob: Human, name: str, company: Company) -> None:
    await bob.types(f"community close {name}")
    await bob.presses("Close it", near=f"Preview: close “{name}”")
    await becomes(company, "close", "done")


@EACH
async def test_a_room_renamed_while_closed_is_called_so_once_it_is_open_again(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name, better = fresh("jardin"), fresh("verger")
    garden = await opens(bob, alice, name, company)
    await bob.joins(garden.room)
    company.clock.advance(hours=SOON)
    await company.settled()
    await closes(bob, name, company)
    somebody = Outside(company, bob, told=False)
    await somebody.rename(garden.room, better)
    company.clock.advance(hours=SOON)  # a look while it is closed
    await company.settled()
    await somebody.reopen(garden.room)

    async def followed() -> bool:
        company.clock.advance(hours=SOON)
        await company.settled()
        found = await row(company, garden)
        return (found.state, found.name) == ("active", better)

    await eventually(followed, "it is open, and called as its room is")
    assert await times(alice, f"is now called “{better}”", company.animators) <= 1


@EACH
async def test_a_renaming_is_not_undone_while_its_community_is_closed(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name, better = fresh("jardin"), fresh("verger")
    garden = await opens(bob, alice, name, company)
    await bob.joins(garden.room)
    await bob.types(f"community rename {name} to {better}")
    await bob.presses("Rename it", near=better)
    await becomes(company, "rename", "done")
    await closes(bob, better, company)
    await bob.presses("Undo", near=f"“{name}” is now called")
    await bob.is_told(f"“{better}” is not open, so there is nothing to change")
    await becomes(company, "rename", "done")
    found = await row(company, garden)
    assert (found.state, found.name) == ("closed", better)
    company.clock.advance(days=31)  # too late to undo: nothing is renamed by that, and it can be opened again

    async def forgotten() -> bool:
        return "old_slug" not in (await becomes(company, "rename", "done")).detail

    await eventually(forgotten, "the name before is forgotten")
    await bob.types(f"community reopen {better}")
    await bob.is_told(f"Preview: reopen “{better}”")
