"""Communities are found, and what happens around the process is noticed, in the words of those concerned."""

from __future__ import annotations

from typing import Any

import pytest

from storage.audit import Entry
from storage.communities import Community, Membership
from storage.people import Grant
from storage.strays import Stray
from tests.humans import Human, eventually
from tests.humans.towns import TOWNS, plainly
from tests.scenarios.company import Company
from tests.scenarios.outside import Outside
from tests.scenarios.test_communities import Fresh
from tests.scenarios.test_life import ABOUT, finds_none, opens, row

HERE = pytest.mark.parametrize("where", plainly("memory", "slack", "slack-http"))
EACH = pytest.mark.parametrize("where", plainly(*(name for name in TOWNS if name != "lines")))
ON_MATRIX = pytest.mark.parametrize("where", plainly("matrix", "matrix-encrypted"))
SOON = 7  # hours after which a regular look has passed


async def times(who: Human, text: str, room: str | None = None) -> int:
    return sum(text in each for each in await who.reads(room))


# ---------------------------------------------------------------- found


@HERE
async def test_a_community_is_found_by_name_purpose_theme_and_with_typing_errors(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    garden, photos = fresh("Jardinage"), fresh("Montagne")
    await opens(bob, alice, garden, company)
    await opens(ana, alice, photos, company, "--interest", about=1)
    for words, name in (
        (garden.lower(), garden),
        ("jardinnage", garden),  # mistyped
        ("GRAINES", garden),  # of its purpose
        ("ENTREE", photos),  # without its accent
        ("camera", photos),  # its theme
    ):
        await bob.types(f"community search {words}")
        await company.settled()
        found = (await bob.reads())[-1]
        assert name in found, (words, found)
        other = photos if name == garden else garden
        assert other not in found, (words, found)
    await bob.types("community search plomberie")
    await bob.is_told("I found no community about that")


async def test_what_a_community_is_and_the_way_there(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Jardinage")
    garden = await opens(bob, alice, name, company)
    await ana.types("communaute infos jardinnage")
    told = await ana.is_told("À quoi elle sert")
    for piece in (name, ABOUT[0][0], "bob", "Métier, Publique", "Ouverte depuis", "À réexaminer le", f"Aller à {name}"):
        assert piece in told, told
    await ana.types(f"communaute rejoindre {name}")
    await ana.is_told(f"Bienvenue dans {name}")

    async def there() -> bool:
        return await ana.is_in(garden.room)

    await eventually(there, "ana is in, or holds an invitation")


@HERE
async def test_a_private_community_is_in_the_list_of_its_members_alone(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Paie")
    await opens(ana, alice, name, company, "--private --reason la paie")
    await ana.types("communaute liste")
    await ana.is_told(f"{name} (privée)")
    for line in ("community list", f"community search {name}", f"community info {name}", f"community join {name}"):
        await bob.types(line)
        await company.settled()
        assert ABOUT[0][0] not in "\n".join(await bob.reads()), line
    await bob.types(f"community rename {name} to Spying")
    await company.settled()
    assert not await times(bob, "look after it")


# ---------------------------------------------------------------- rooms nobody asked for


@HERE
async def test_rooms_made_outside_are_shown_together_and_adopted_or_ignored(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    sales, lunch = fresh("sales-methods"), fresh("lunch")
    room = await Outside(company, bob).make(sales)
    await Outside(company, bob).make(lunch)
    await company.settled()
    company.clock.advance(minutes=11)
    card = await alice.is_told("2 rooms were not asked for here", company.animators)
    assert sales in card
    assert lunch in card
    await company.restart()
    company.clock.advance(hours=SOON)
    await company.settled()
    assert await times(alice, "were not asked for here", company.animators) == 1

    await alice.types("community strays")
    await alice.presses(f"Ignore {lunch}", near="rooms were not asked for here")
    await alice.is_told("It is not shown again")
    name = fresh("Sales methods")
    await alice.presses(f"Adopt {sales}", near=sales, room=company.animators)
    assert await alice.fills(name=name, purpose="Sell well, and tell how", kind="business", lead=bob.external) == {}
    await alice.is_told(f"“{name}” is a community now (alice", company.animators)
    await bob.presses("Yes, I accept", near=f"lead the community “{name}”")
    await company.settled()
    (made,) = await company.rows(Community)
    assert (made.room, made.name, made.state, made.visibility) == (room, name, "active", "public")
    assert len(await company.rows(Grant, role="lead")) == 1
    assert any("Sell well" in text for text in await bob.pins(room))
    await ana.types("communaute liste")
    await ana.is_told(name)
    await alice.types("community strays")
    await alice.is_told("Every room I can see is a community")


@ON_MATRIX
async def test_a_room_of_matrix_is_adopted_by_command(bob: Human, alice: Human, company: Company, fresh: Fresh) -> None:
    name = fresh("ventes")
    room = await Outside(company, bob).make(name)
    company.clock.advance(hours=SOON)

    async def found() -> bool:
        return bool(await company.rows(Stray, room=room))

    await eventually(found, "the look finds it")
    await alice.types(f"community adopt {room}")
    assert await alice.fills(purpose="Vendre mieux, ensemble", kind="business") == {}
    await alice.is_told("is a community now", company.animators)
    (made,) = await company.rows(Community, room=room)
    assert made.leaderless_at
    assert made.name == name.replace("-", " ").capitalize()


@ON_MATRIX
@pytest.mark.parametrize("settings", [{"communities": {"find_strays": True}}])
async def test_rooms_of_a_homeserver_are_shown_together_once(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    """Other tests' rooms are on that server too, so which ones the card names is not looked at."""
    room = await Outside(company, bob).make(fresh("ventes"))
    company.clock.advance(hours=SOON)

    async def found() -> bool:
        return bool(await company.rows(Stray, room=room))

    await eventually(found, "the look finds it")
    company.clock.advance(minutes=16)
    await alice.is_told("not asked for here", company.animators)
    company.clock.advance(minutes=11)
    await company.settled()
    assert await times(alice, "not asked for here", company.animators) == 1
    await alice.types(f"community ignore {room}")
    await alice.is_told("It is not shown again")
    assert [each.state for each in await company.rows(Stray, room=room)] == ["ignored"]


# ---------------------------------------------------------------- what happens outside


# On Matrix a rename is always told: a room's events are missed by nobody who is in it.
@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("memory", True),
        ("memory", False),
        ("slack", True),
        ("slack", False),
        pytest.param("matrix", True, marks=pytest.mark.matrix),
    ],
)
async def test_two_communities_renamed_into_each_other_are_told_apart(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh, told: bool
) -> None:
    first, second = fresh("jardin"), fresh("montagne")
    garden = await opens(bob, alice, first, company)
    photos = await opens(ana, alice, second, company, "--interest", about=1)
    await bob.joins(garden.room)
    await ana.joins(photos.room)
    somebody, another = Outside(company, bob, told=told), Outside(company, ana, told=told)
    await somebody.rename(garden.room, "in-between")
    await another.rename(photos.room, first)
    await somebody.rename(garden.room, second)
    await company.settled()
    company.clock.advance(hours=SOON)

    async def followed() -> bool:
        return [(await row(company, each)).name for each in (garden, photos)] == [second, first]

    await eventually(followed, "each has the other's name")
    await company.settled()
    traced = [each for each in await company.rows(Entry) if each.action == "community.outside"]
    assert {each.subject for each in traced} == {f"community:{garden.id}", f"community:{photos.id}"}
    before = len(traced)
    company.clock.advance(hours=SOON)
    await company.settled()
    assert len([each for each in await company.rows(Entry) if each.action == "community.outside"]) == before


@EACH
async def test_a_room_archived_outside_closes_and_opened_again_is_back(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("jardin")
    garden = await opens(bob, alice, name, company)
    await bob.joins(garden.room)
    await Outside(company, bob).archive(garden.room)
    await alice.is_told(f"The room of “{name}” was archived on the platform", company.animators)
    assert (await row(company, garden)).state == "closed"
    company.clock.advance(hours=SOON)
    await company.settled()
    assert await times(alice, "was archived on the platform", company.animators) == 1
    await Outside(company, bob).reopen(garden.room)
    await alice.is_told("was opened again on the platform", company.animators)
    assert (await row(company, garden)).state == "active"
    company.clock.advance(hours=SOON)  # and the bot, which archiving puts out on Slack, is back in it
    await company.settled()
    assert (await row(company, garden)).missing_at is None
    assert await times(alice, "I was removed", company.animators) == 0


@EACH
async def test_a_room_made_private_leaves_the_directory(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("jardin")
    garden = await opens(bob, alice, name, company)
    await bob.joins(garden.room)
    await Outside(company, bob).hide(garden.room)
    company.clock.advance(hours=SOON)
    await alice.is_told("was made private on the platform", company.animators)
    await finds_none(ana)


@EACH
async def test_a_room_deleted_outside_is_a_decision_for_the_animators(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("jardin")
    garden = await opens(bob, alice, name, company)
    await Outside(company, bob).delete(garden.room)
    company.clock.advance(hours=SOON)  # where no event tells of it
    await alice.is_told(f"I can no longer find the room of “{name}”", company.animators)
    await finds_none(ana)
    company.clock.advance(hours=SOON)
    await company.settled()
    assert await times(alice, "I can no longer find the room", company.animators) == 1
    await alice.presses("Close the entry", near=name, room=company.animators)
    await alice.is_told(f"“{name}” is closed here")
    assert (await row(company, garden)).state == "closed"


@EACH
async def test_the_bot_put_out_of_a_public_room_says_so_once_and_is_let_in_again(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("jardin")
    garden = await opens(bob, alice, name, company)
    await bob.joins(garden.room)
    await Outside(company, bob, told=False).put_out(garden.room)
    company.clock.advance(hours=SOON)
    await alice.is_told(f"I was removed from the room of “{name}”", company.animators)
    await bob.is_told("I was removed from the room")
    assert (await row(company, garden)).missing_at
    await finds_none(ana)
    for _ in range(2):
        company.clock.advance(hours=SOON)
        await company.settled()
    await company.restart()
    await company.settled()
    assert await times(alice, "I was removed", company.animators) == 1
    await alice.presses("Enter it again", near=name, room=company.animators)
    await alice.is_told(f"I enter the room of “{name}” again")
    await alice.is_told(f"The room of “{name}” is there again", company.animators)
    assert (await row(company, garden)).missing_at is None
    company.clock.advance(hours=SOON)
    await company.settled()
    assert await times(alice, "is there again", company.animators) == 1
    await ana.types("communaute liste")
    await ana.is_told(name)


@EACH
async def test_the_bot_put_out_of_a_private_room_is_let_in_by_an_invitation(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("paie")
    pay = await opens(bob, alice, name, company, "--private --reason la paie")
    await bob.joins(pay.room)
    await Outside(company, bob).put_out(pay.room)
    company.clock.advance(hours=SOON)
    await alice.is_told(f"I can no longer find the room of “{name}”", company.animators)
    await alice.presses("Enter it again", near=name, room=company.animators)
    await alice.is_told("invite me into it, then press")
    await Outside(company, bob).lets_in(pay.room)
    company.clock.advance(hours=SOON)
    await alice.is_told(f"The room of “{name}” is there again", company.animators)
    assert (await row(company, pay)).missing_at is None
    assert await times(alice, "I can no longer find the room", company.animators) == 1


@EACH
async def test_the_entry_of_a_room_the_bot_was_put_out_of_is_closed_and_stays_so(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("jardin")
    garden = await opens(bob, alice, name, company)
    await bob.joins(garden.room)
    await Outside(company, bob, told=False).put_out(garden.room)
    company.clock.advance(hours=SOON)
    await alice.is_told("I was removed from the room", company.animators)
    await alice.presses("Close the entry", near=name, room=company.animators)
    await alice.is_told(f"“{name}” is closed here")
    company.clock.advance(hours=SOON)
    await company.settled()
    assert (await row(company, garden)).state == "closed"
    assert not await times(alice, "was opened again", company.animators)


@EACH
@pytest.mark.parametrize("how", ["room", "company"])
async def test_a_lead_who_left_leads_no_longer_and_somebody_else_is_asked(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh, how: str
) -> None:
    name = fresh("jardin")
    garden = await opens(bob, alice, name, company)
    await bob.joins(garden.room)
    await company.settled()
    if how == "company":
        await Outside(company, alice).leaves_company(bob)
    if how == "room":
        await bob.leaves(garden.room)
        await alice.is_told(f"bob left the room of “{name}”", company.animators)
    elif company.where.startswith("matrix"):  # a closed account leaves its rooms one by one
        said = await alice.is_told(f"Nobody leads “{name}”", company.animators)
        assert f"bob left the room of “{name}”" in said or "bob has left the organisation" in said
    else:
        await alice.is_told(f"bob has left the organisation, and so no longer leads “{name}”", company.animators)
    assert not await company.rows(Grant, role="lead")
    company.clock.advance(hours=SOON)
    await company.settled()
    assert await times(alice, "Nobody leads", company.animators) == 1
    await alice.presses("Ask somebody to lead it", near=name, room=company.animators)
    await alice.fills(person=ana.external)
    await alice.presses("Ask them", near=name)
    await ana.presses("Oui, j’accepte", near=name)
    await alice.is_told("was handed over", company.animators)
    assert len(await company.rows(Grant, role="lead")) == 1
    assert (await row(company, garden)).leaderless_at is None


async def test_a_lead_who_comes_back_leads_again(bob: Human, alice: Human, company: Company, fresh: Fresh) -> None:
    name = fresh("jardin")
    garden = await opens(bob, alice, name, company)
    await bob.joins(garden.room)
    await company.settled()
    await bob.leaves(garden.room)
    await alice.is_told("Nobody leads", company.animators)
    await bob.joins(garden.room)
    await alice.is_told(f"bob is back in “{name}”", company.animators)
    roles: list[Any] = [each.role for each in await company.rows(Membership, community_id=garden.id)]
    assert roles == ["lead"]


@pytest.mark.parametrize("where", plainly("memory", "matrix", "matrix-encrypted"))  # Slack replaces no rooms
async def test_a_room_that_is_replaced_by_a_newer_one_is_followed(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("jardin")
    garden = await opens(bob, alice, name, company)
    await bob.joins(garden.room)
    newer = await Outside(company, bob).upgrade(garden.room, fresh("jardin"))
    await alice.is_told("was replaced by a newer one", company.animators)
    await company.settled()
    assert (await row(company, garden)).room == newer
    assert await times(alice, "was replaced by a newer one", company.animators) == 1
    company.clock.advance(minutes=11)
    await alice.is_not_told("not asked for here", company.animators)


@pytest.mark.parametrize("where", ["memory"])
@pytest.mark.parametrize("moment", ["before", "acted", "after"])
async def test_a_look_killed_in_the_middle_tells_once(
    bob: Human, alice: Human, company: Company, fresh: Fresh, moment: str
) -> None:
    name = fresh("jardin")
    garden = await opens(bob, alice, name, company)
    await Outside(company, bob, told=False).archive(garden.room)
    company.dies_at(f"community.check.look.{moment}")
    company.clock.advance(hours=SOON)
    await company.killed()
    company.clock.advance(seconds=15)
    await company.restart()
    await alice.is_told("was archived on the platform", company.animators)
    company.clock.advance(hours=SOON)
    await company.settled()
    assert await times(alice, "was archived on the platform", company.animators) == 1
