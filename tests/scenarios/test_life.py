"""A community lives: renamed, handed over, merged, paused, closed, reopened, in the words of those who do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from storage.audit import Entry
from storage.changes import Change
from storage.communities import Community
from storage.outbox import Promise
from storage.people import Grant
from tests.humans import Human, eventually
from tests.scenarios.company import Company
from tests.scenarios.test_communities import asks, opened

Fresh = Callable[[str], str]


async def opens(who: Human, animator: Human, name: str, company: Company, line: str = "") -> Community:
    """A community of somebody's, asked for and approved."""
    number = await asks(who, name, company, line)
    await animator.types(f"community approve {number}", company.animators)
    return await opened(company, name)


async def row(company: Company, community: Community) -> Community:
    (found,) = await company.rows(Community, id=community.id)
    assert isinstance(found, Community)
    return found


async def becomes(company: Company, kind: str, state: str) -> Change:
    """Wait until the latest change of a kind is in a state."""
    found: list[Any] = []

    async def there() -> bool:
        found[:] = await company.rows(Change, kind=kind)
        return bool(found) and found[-1].state == state

    await eventually(there, f"{kind} is {state}, not {[each.state for each in found]}", within=15)
    await company.settled()
    assert isinstance(found[-1], Change)
    return found[-1]


# ---------------------------------------------------------------- renamed


async def test_a_community_is_renamed_after_a_preview_and_named_back(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name, better = fresh("Jardin"), fresh("Verger")
    garden = await opens(bob, alice, name, company)
    await bob.types(f"community rename {name} to {better}")
    preview = await bob.is_told(f"Preview: rename “{name}” to “{better}”")
    for piece in ("one person", "Can be undone until", "Nothing happens until you confirm"):
        assert piece in preview, preview
    assert await bob.room_named(better.lower()) is None
    await bob.presses("Rename it", near=better)
    await bob.is_told(f"“{name}” is now called “{better}”")
    await alice.is_told(f"“{name}” is now called “{better}” (bob", company.animators)
    assert (await row(company, garden)).name == better
    assert await bob.room_named(better.lower()) == garden.room or await bob.room_named(better) == garden.room

    await bob.presses("Undo", near=better)
    await bob.is_told("has its former name again")
    assert (await row(company, garden)).name == name
    assert await bob.room_named(name.lower()) == garden.room or await bob.room_named(name) == garden.room
    actions = [each.action for each in await company.rows(Entry)]
    assert actions[-2:] == ["community.rename", "community.rename.undo"]


async def test_what_is_not_confirmed_does_not_happen(bob: Human, alice: Human, company: Company, fresh: Fresh) -> None:
    name = fresh("Jardin")
    garden = await opens(bob, alice, name, company)
    await bob.types(f"community close {name}")
    await bob.presses("Leave it as it is", near=f"Preview: close “{name}”")
    await bob.is_told("stays as it is")
    await bob.presses("Close it", near=f"Preview: close “{name}”")
    await bob.is_told("came to nothing")
    assert (await row(company, garden)).state == "active"
    await bob.is_not_told("is closed")
