"""Somebody removes the bot from a community's room: it says so within seconds, once, and is let in again or not."""

from __future__ import annotations

import pytest

from storage.communities import Community
from storage.strays import Stray
from tests.humans import Human, eventually
from tests.humans.matrix import MatrixTown
from tests.humans.towns import ON_MATRIX, ON_SLACK
from tests.scenarios.company import Company
from tests.scenarios.outside import Outside
from tests.scenarios.test_communities import Fresh
from tests.scenarios.test_directory import SOON, times
from tests.scenarios.test_life import finds_none, opens, row

EACH = pytest.mark.parametrize("where", ["memory", *ON_SLACK, *ON_MATRIX])


async def cares_for(bob: Human, alice: Human, name: str, company: Company, *, private: bool = False) -> Community:
    """A community with bob in it, from whose room people may remove the bot.

    On Matrix that is one which bob made and the animators adopted: nobody removes whoever made a room.
    """
    if not isinstance(company.town, MatrixTown):
        made = await opens(bob, alice, name, company, "--private --reason la paie" if private else "")
        await bob.joins(made.room)
        return made
    room = await company.town.room(name, [bob], private=private)
    company.clock.advance(hours=SOON)

    async def found() -> bool:
        return bool(await company.rows(Stray, room=room))

    await eventually(found, "the look finds it")
    await alice.types(f"community adopt {room}")
    assert await alice.fills(purpose="Partager des graines, ensemble", kind="business") == {}
    await alice.is_told("is a community now", company.animators)
    (adopted,) = await company.rows(Community, room=room)
    assert isinstance(adopted, Community)
    return adopted


@EACH
async def test_whoever_removes_the_bot_from_a_public_room_is_noticed_at_once(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("jardin")
    garden = await cares_for(bob, alice, name, company)
    await company.settled()
    await Outside(company, bob).removes_bot(garden.room)
    await alice.is_told(f"I was removed from the room of “{garden.name}”", company.animators)
    await finds_none(ana)
    company.clock.advance(hours=SOON)
    await company.restart()
    await company.settled()
    assert await times(alice, "I was removed", company.animators) == 1
    assert await times(alice, "I can no longer find", company.animators) == 0
    if company.where.startswith("matrix"):
        await Outside(company, bob).lets_in(garden.room)
    await alice.presses("Enter it again", near=garden.name, room=company.animators)
    await alice.is_told(f"The room of “{garden.name}” is there again", company.animators)
    assert (await row(company, garden)).missing_at is None


@EACH
async def test_whoever_removes_the_bot_from_a_private_room_is_noticed_at_once(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("paie")
    pay = await cares_for(bob, alice, name, company, private=True)
    await company.settled()
    await Outside(company, bob).removes_bot(pay.room)
    await alice.is_told(f"I was removed from the room of “{pay.name}”", company.animators)
    company.clock.advance(hours=SOON)
    await company.settled()
    assert await times(alice, "I was removed", company.animators) == 1
    assert await times(alice, "I can no longer find", company.animators) == 0
    await alice.presses("Close the entry", near=pay.name, room=company.animators)
    await alice.is_told(f"“{pay.name}” is closed here")
    assert (await row(company, pay)).state == "closed"


@pytest.mark.parametrize("where", ["memory", *ON_MATRIX])  # Slack tells a bot that was away later, or never
async def test_the_bot_removed_while_it_was_stopped_notices_when_it_is_back(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("jardin")
    garden = await cares_for(bob, alice, name, company)
    await company.settled()
    await company.stop()
    await Outside(company, bob).removes_bot(garden.room)
    await company.restart()
    await alice.is_told(f"I was removed from the room of “{garden.name}”", company.animators)


@pytest.mark.parametrize("where", ["memory", *ON_MATRIX])
async def test_the_bot_that_is_back_before_it_could_look_says_nothing(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("jardin")
    garden = await cares_for(bob, alice, name, company)
    await company.settled()
    await company.stop()
    await Outside(company, bob).removes_bot(garden.room)
    if company.where == "memory":
        await Outside(company, bob).lets_in(garden.room)
    else:  # where only the bot at work accepts
        await _enters_again(company, garden.room)
    await company.restart()
    await company.settled()
    assert await times(alice, "I was removed", company.animators) == 0
    assert (await row(company, garden)).missing_at is None


async def _enters_again(company: Company, room: str) -> None:
    town = company.town
    assert isinstance(town, MatrixTown)
    path = f"/_matrix/client/v3/rooms/{room}/join"

    async def inside() -> bool:
        answer = await town.synapse.call("POST", path, {}, token=town.bot.access_token)
        return "room_id" in answer

    await eventually(inside, "the bot's account is in it again")
