"""A community lives: renamed, handed over, merged, paused, closed, reopened, in the words of those who do it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from storage.audit import Entry
from storage.changes import Change
from storage.communities import Community, Membership
from storage.outbox import Promise
from storage.people import Grant
from storage.requests import Request
from tests.humans import Human, eventually
from tests.humans.towns import ON_SLACK
from tests.scenarios.company import HOME, Company
from tests.scenarios.outside import Outside
from tests.scenarios.test_communities import opened

Fresh = Callable[[str], str]
HERE = pytest.mark.parametrize("where", ["memory", *ON_SLACK])


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
    *_, made = [each for each in await company.rows(Request) if json.loads(each.fields)["name"] == name]
    await animator.types(f"community approve {made.id}", company.animators)
    return await opened(company, name)


async def finds_none(ana: Human) -> None:
    """There is nothing in the directory."""
    await ana.types("communaute liste")
    await ana.is_told("Il n’y a pas encore de communauté")


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

    await eventually(there, f"{kind} is {state}, not {[each.state for each in found]}")
    await company.settled()
    assert isinstance(found[-1], Change)
    return found[-1]


# ---------------------------------------------------------------- renamed


async def test_a_community_is_renamed_after_a_preview_and_named_back(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name, better = fresh("Jardin"), fresh("Verger")
    garden = await opens(bob, alice, name, company)
    await bob.joins(garden.room)
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


@HERE
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


@HERE
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
    await bob.types("community mine")
    await bob.is_told("You have asked for no community")
    await ana.types(f"communaute transmettre {name} à Bob")
    preview = await ana.is_told("On demande à bob de s’occuper")
    assert "Peut être défait" in preview
    assert "Rien ne se passe" in preview
    await ana.presses("Lui demander", near=name)
    await bob.is_told("ana proposes that you lead")
    (grant,) = await company.rows(Grant, role="lead")
    await bob.presses("Yes, I accept", near=name)
    await ana.is_told("a été transmise")
    await company.settled()
    assert [each.person_id for each in await company.rows(Grant, role="lead")] != [grant.person_id]
    assert await bob.is_in(garden.room)
    await alice.presses("Undo", near="was handed over", room=company.animators)
    await ana.is_told("On s’occupe de")
    await alice.is_told(f"“{name}” is led as before", company.animators)
    await bob.is_told(f"You no longer lead “{name}”: handing it over was undone")
    await becomes(company, "handover", "undone")
    assert [each.person_id for each in await company.rows(Grant, role="lead")] == [grant.person_id]


@HERE
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


@pytest.mark.parametrize("where", ON_SLACK)
async def test_where_the_bot_may_not_reopen_it_says_who_must_and_goes_on_once_it_is_done(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Jardin")
    garden = await opens(bob, alice, name, company)
    await bob.joins(garden.room)
    await ana.joins(garden.room)
    await bob.types(f"community close {name}")
    await bob.presses("Close it", near="Preview: close")
    await becomes(company, "close", "done")
    # Slack takes a bot out of what is archived, and lets nobody unarchive who is not in it.
    town: Any = company.town
    town.server.fault("conversations.unarchive", "refuse", error="not_in_channel", times=9)
    await bob.presses("Undo", near="is closed (bob")
    told = await bob.is_told("I am not allowed to open an archived room again")
    assert "any member of it, or an administrator" in told
    await bob.presses("It is done", near="not allowed to open")
    await bob.is_told("not done yet")
    assert (await row(company, garden)).state == "closed"
    await ana.leaves(garden.room)
    await Outside(company, bob, told=False).reopen(garden.room)
    await bob.presses("It is done", near="not allowed to open")
    await becomes(company, "close", "undone")
    await bob.is_told(f"“{name}” is open again")
    assert (await row(company, garden)).state == "active"
    assert await ana.is_in(garden.room)


@pytest.mark.parametrize("where", ON_SLACK)
async def test_where_archiving_is_kept_to_admins_the_event_of_it_suffices(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Jardin")
    garden = await opens(bob, alice, name, company)
    await company.town.restrict_creation()  # the same setting of a workspace
    await bob.types(f"community close {name}")
    await bob.presses("Close it", near="Preview: close")
    await bob.is_told("I am not allowed to archive rooms here")
    await bob.types(f"community rename {name} to {fresh('Verger')}")
    await bob.is_told("Something else is being done")
    await Outside(company, alice).archive(garden.room)
    await bob.is_told(f"“{name}” is closed (bob")
    assert (await row(company, garden)).state == "closed"


# ---------------------------------------------------------------- paused


@pytest.mark.parametrize("where", ["memory", *ON_SLACK])
async def test_a_pause_ends_on_its_day(bob: Human, alice: Human, company: Company, fresh: Fresh) -> None:
    name = fresh("Jardin")
    garden = await opens(bob, alice, name, company)
    await bob.types(f"community pause {name} until 2020-01-01")
    await bob.is_told("I need a day in the year to come")
    await bob.types(f"community pause {name}")
    assert "I need a day" in (await bob.fills(until="2020-01-01"))["until"]
    assert await bob.fills(until="2026-12-15") == {}
    await bob.presses("Pause it", near="Preview: pause")
    await becomes(company, "pause", "done")
    assert str((await row(company, garden)).paused_until) == "2026-12-15"
    await bob.types(f"community info {name}")
    assert "Tuesday 15 December 2026" in await bob.is_told("Paused until")
    company.clock.advance_to(datetime(2026, 12, 15, 9, 30, tzinfo=HOME))
    await bob.is_told("The pause of")
    assert (await row(company, garden)).paused_until is None


# ---------------------------------------------------------------- killed, refused


STEPS = [
    *[f"community.close.{step}" for step in ("members", "notice", "said", "archive")],
    "community.reopen.reopen",
    *[f"community.restore.{step}" for step in ("enter", "members")],
]


@pytest.mark.parametrize("where", ["memory"])
@pytest.mark.parametrize("moment", ["acted", *(pytest.param(m, marks=pytest.mark.slow) for m in ("before", "after"))])
@pytest.mark.parametrize("step", STEPS)
async def test_closing_and_reopening_killed_at_any_step_go_on_and_say_everything_once(
    step: str, moment: str, ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Jardin")
    garden = await opens(bob, alice, name, company)
    await bob.joins(garden.room)
    await ana.joins(garden.room)
    await bob.types(f"community close {name}")
    await bob.is_told("Preview: close")
    closing = step.startswith("community.close")
    if closing:
        company.dies_at(f"{step}.{moment}")
    await bob.presses("Close it", near="Preview: close")
    if closing:
        await _dies(company)
    await becomes(company, "close", "done")
    if not closing:
        company.dies_at(f"{step}.{moment}")
    await bob.presses("Undo", near="is closed (bob")
    if not closing:
        await _dies(company)
    await becomes(company, "close", "undone")
    assert (await row(company, garden)).state == "active"
    for who, room, text in (
        (ana, garden.room, f"bob closes {name}"),
        (ana, garden.room, f"{name} is open again"),
        (bob, None, "is closed (bob"),
        (bob, None, f"“{name}” is open again"),
        (alice, company.animators, "is closed (bob"),
        (alice, company.animators, f"“{name}” is open again"),
    ):
        assert sum(text in each for each in await who.reads(room)) == 1, text
    actions = [each.action for each in await company.rows(Entry) if each.action.startswith("community.close")]
    assert actions == ["community.close", "community.close.undo"]
    assert not await company.rows(Promise, state="dead")


async def _dies(company: Company) -> None:
    await company.killed()
    company.clock.advance(seconds=15)
    await company.restart()


@pytest.mark.parametrize("where", ["memory"])
@pytest.mark.parametrize("step", ["preview.look", "rename.rename", "handover.let-in", "merge.archive", "take-in.enter"])
async def test_other_changes_killed_in_the_middle_happen_once(
    step: str, ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Jardin")
    garden = await opens(bob, alice, name, company)
    await bob.joins(garden.room)
    await ana.joins(garden.room)
    company.dies_at(f"community.{step}.acted")
    if step.startswith("take-in"):
        stray = fresh("ventes")
        room = await Outside(company, bob).make(stray)
        await company.settled()
        await alice.types(f"community adopt {stray}")
        await alice.fills(name=stray, purpose="Vendre mieux, ensemble", kind="business")
        await _dies(company)
        await alice.is_told(f"“{stray}” is a community now", company.animators)
        assert len(await company.rows(Community, room=room)) == 1
    elif step.startswith("merge"):
        other = fresh("Montagne")
        await opens(bob, alice, other, company, "--interest", about=1)
        await bob.types(f"community merge {name} into {other}")
        await bob.presses("Merge them", near="Preview: merge")
        await _dies(company)
        await becomes(company, "merge", "done")
        assert sum("a été fusionnée dans" in each for each in await ana.reads()) == 1
    elif step.startswith("handover"):
        await bob.types(f"community hand-over {name} {ana.external}")
        await bob.presses("Ask them", near="Preview: hand")
        await ana.presses("Oui, j’accepte", near=name)
        await _dies(company)
        await becomes(company, "handover", "done")
        roles = {each.role for each in await company.rows(Membership, community_id=garden.id)}
        assert roles == {"lead", "member"}
    else:
        better = fresh("Verger")
        await bob.types(f"community rename {name} to {better}")
        if step.startswith("preview"):
            await _dies(company)
        await bob.presses("Rename it", near=better)
        if step.startswith("rename"):
            await _dies(company)
        await becomes(company, "rename", "done")
        assert (await row(company, garden)).name == better
        assert sum("is now called" in each for each in await bob.reads()) == 1
        assert sum("Preview: rename" in each for each in await bob.reads()) == 1


@HERE
async def test_a_name_that_is_taken_on_the_platform_is_told(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name, taken = fresh("jardin"), fresh("verger")
    garden = await opens(bob, alice, name, company)
    await company.town.room(taken, [alice], bot=False)
    await bob.types(f"community rename {name} to {taken}")
    await bob.presses("Rename it", near=taken)
    await bob.is_told("The platform has a room called")
    assert (await row(company, garden)).name == name


@pytest.mark.parametrize("where", ON_SLACK)
async def test_where_the_bot_may_not_rename_somebody_does_it_by_hand(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name, better = fresh("jardin"), fresh("verger")
    garden = await opens(bob, alice, name, company)
    town: Any = company.town
    town.server.fault("conversations.rename", "refuse", error="not_authorized", times=9)
    await bob.types(f"community rename {name} to {better}")
    await bob.presses("Rename it", near=better)
    await bob.is_told("I am not allowed to rename rooms here")
    await bob.presses("It is done", near="not allowed to rename")
    await bob.is_told("not done yet")
    await Outside(company, alice).rename(garden.room, better)
    await bob.is_told(f"“{name}” is now called “{better}”")
    assert (await row(company, garden)).name == better
    outside = [each for each in await company.rows(Entry) if each.action == "community.outside"]
    assert not outside, "what was asked for is not outside"
