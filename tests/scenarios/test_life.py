"""A community lives: renamed, handed over, merged, paused, closed, reopened, in the words of those who do it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from storage.audit import Entry
from storage.changes import Change
from storage.communities import Community
from storage.people import Grant
from storage.requests import Request
from tests.humans import Human, eventually
from tests.scenarios.company import Company
from tests.scenarios.test_communities import opened

Fresh = Callable[[str], str]


ABOUT = (
    ("Partager des graines et des conseils entre collègues", "Préparer chaque lundi les plantations de la cour"),
    ("Faire de la photo en montagne et commenter", "Choisir une image par semaine pour le hall d’entrée"),
    ("Relire les contrats avant leur signature", "Répondre aux acheteurs sous deux jours"),
)


async def opens(who: Human, animator: Human, name: str, company: Company, line: str = "", about: int = 0) -> Community:
    """A community of somebody's, asked for and approved. about: which purpose; look-alikes are asked about."""
    purpose, work = ABOUT[about]
    await who.types(f"community request {name} --purpose {purpose} --work {work} {line} --yes")
    await company.settled()
    (made,) = [each for each in await company.rows(Request) if json.loads(each.fields)["name"] == name]
    await animator.types(f"community approve {made.id}", company.animators)
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


async def test_a_stranger_to_a_community_may_not_change_it(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    mine, theirs = fresh("Jardin"), fresh("Photo")
    await opens(ana, alice, mine, company)
    garden = await opens(bob, alice, theirs, company, "--interest", about=1)
    await ana.types(f"communaute renommer {theirs} en {fresh('Vue')}")
    await ana.is_told("Seules les personnes qui s’occupent de")
    await ana.types(f"communaute fusionner {mine} dans {theirs}")
    await ana.is_told("Demandez à un animateur de la faire")
    assert (await row(company, garden)).name == theirs
    assert not await company.rows(Change)


# ---------------------------------------------------------------- handed over


async def test_a_community_is_handed_over_once_the_new_lead_accepts(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Jardin")
    garden = await opens(ana, alice, name, company)
    await ana.types(f"communaute transmettre {name} {bob.external}")
    await ana.is_told("On demande à bob de s’occuper")
    await ana.presses("Lui demander", near=name)
    await bob.is_told("ana proposes that you lead")
    (grant,) = await company.rows(Grant, role="lead")
    await bob.presses("Yes, I accept", near=name)
    await ana.is_told("a été transmise")
    await company.settled()
    assert [each.person_id for each in await company.rows(Grant, role="lead")] != [grant.person_id]
    assert await bob.is_in(garden.room)
    await alice.presses("Undo", near="was handed over", room=company.animators)
    await becomes(company, "handover", "undone")
    assert [each.person_id for each in await company.rows(Grant, role="lead")] == [grant.person_id]


async def test_a_new_lead_may_decline(ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh) -> None:
    name = fresh("Jardin")
    await opens(ana, alice, name, company)
    await ana.types(f"communaute transmettre {name}")
    await ana.fills(person=bob.external)
    await ana.presses("Lui demander", near=name)
    await bob.presses("No, thank you", near=name)
    await ana.is_told("bob préfère ne pas s’occuper")
    await bob.presses_again()
    await bob.is_told("You have answered already")


# ---------------------------------------------------------------- closed, reopened


async def test_a_community_is_closed_and_brought_back_with_its_people(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Jardin")
    if company.where == "slack":
        company.town.user_token = company.town.server.user_token_of(company.town.server.workspace)  # type: ignore[attr-defined]
    garden = await opens(bob, alice, name, company)
    await bob.joins(garden.room)
    await ana.joins(garden.room)
    await bob.types(f"community close {name} Nobody has time any more")
    preview = await bob.is_told(f"Preview: close “{name}”")
    for piece in ("2 people", "Nothing is deleted", "Can be undone until"):
        assert piece in preview, preview
    await bob.presses("Close it", near="Preview: close")
    await bob.is_told(f"“{name}” is closed")
    assert "Nobody has time any more" in await ana.is_told(f"bob closes {name}", garden.room)
    assert (await row(company, garden)).state == "closed"
    await ana.types("communaute liste")
    await ana.is_told("Il n’y a pas encore de communauté")
    await bob.presses("Undo", near="is closed (bob")
    await becomes(company, "close", "undone")
    assert (await row(company, garden)).state == "active"
    assert await ana.is_in(garden.room)
    assert any(name in text for text in await bob.pins(garden.room))
