"""A person's own page of the bot: what waits, what is theirs, what they may join, and what to press there."""

from __future__ import annotations

import pytest

from storage.communities import Community
from storage.outbox import Promise
from storage.requests import Request
from tests.humans import Human, eventually
from tests.humans.slack import SlackHuman
from tests.humans.towns import ON_SLACK
from tests.scenarios.company import Company
from tests.scenarios.test_communities import PURPOSE, WORK, Fresh, asks, opened

PAGES = ["memory", *ON_SLACK]  # where the bot has a page; elsewhere it says the same in the direct room


async def an_open_one(bob: Human, alice: Human, company: Company, name: str) -> Community:
    await asks(bob, name, company)
    await alice.presses("Approve", near=name, room=company.animators)
    return await opened(company, name)


async def test_the_page_says_where_one_stands_and_what_one_may_join(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    orchard, garden = fresh("verger"), fresh("jardin")
    made = await an_open_one(bob, alice, company, orchard)
    await ana.opens_home()
    assert orchard in await ana.sees_home("Rien ne vous attend")
    await ana.presses_home(f"Rejoindre {orchard}")
    await ana.is_told(f"Bienvenue dans {orchard}")
    assert await ana.is_in(made.room)
    await company.settled()
    await ana.presses_home("Demander une communauté")
    assert await ana.fills(name=garden, purpose=PURPOSE, work=WORK) == {}
    assert await ana.accepts() == {}
    await ana.is_told("est transmise")
    await ana.opens_home()
    await company.settled()
    assert garden in await ana.sees_home("Regardez ici")
    await alice.opens_home()
    await alice.sees_home("One request for a community waits")
    await bob.opens_home()
    assert orchard in await bob.sees_home("You look after")
    await bob.presses_home(f"About {orchard}")
    await bob.is_told("Who leads it")
    await bob.presses_home("All communities")
    await bob.is_told("One community")
    await company.settled()
    before = len([told for told in await bob.reads() if "One community" in told])
    await bob.presses_home("Search communities")
    assert await bob.fills(words=orchard) == {}
    await company.settled()
    assert len([told for told in await bob.reads() if "One community" in told]) == before + 1


@pytest.mark.parametrize("where", PAGES)
async def test_the_page_is_drawn_anew_when_something_on_it_is_pressed(bob: Human, company: Company) -> None:
    await bob.opens_home()
    await bob.sees_home("[Only answer me]")
    await bob.presses_home("Only answer me")
    await bob.sees_home("[You may write to me]")
    await bob.is_told("I only answer when you ask")
    await bob.presses_home("You may write to me")
    await bob.sees_home("[Only answer me]")


async def test_the_page_can_be_asked_for_in_words(ana: Human, bob: Human, company: Company) -> None:
    await bob.types("parvis home")
    await bob.is_told("Nothing waits for you")
    await ana.says("accueil")
    await ana.is_told("Rien ne vous attend")


@pytest.mark.parametrize("where", PAGES)
async def test_the_page_shows_what_was_asked_for_from_it(bob: Human, company: Company, fresh: Fresh) -> None:
    name = fresh("seeds")
    await bob.opens_home()
    await bob.sees_home("Nothing waits for you")
    await bob.presses_home("Ask for a community")
    assert await bob.fills(name=name, purpose=PURPOSE, work=WORK) == {}
    assert await bob.accepts() == {}
    await bob.sees_home(name)


@pytest.mark.parametrize("where", PAGES)
async def test_looking_says_nothing_in_the_direct_room_beside_the_first_greeting(bob: Human, company: Company) -> None:
    for _ in range(2):
        await bob.opens_home()
        await bob.sees_home("Nothing waits for you")
    await company.settled()
    told = await bob.reads()
    assert len(told) == 1, told
    assert "Hello, I am Parvis" in told[0]


@pytest.mark.parametrize("where", ON_SLACK)
async def test_a_page_that_could_not_be_shown_is_shown_at_the_next_look(bob: SlackHuman, company: Company) -> None:
    bob._town.server.fault("views.publish", "refuse", error="internal_error")
    await bob.opens_home()
    await company.settled()
    assert bob.person.home() is None
    assert len(await company.rows(Promise)) == 1, "the greeting; a page is no promise"
    await bob.opens_home()
    await bob.sees_home("Nothing waits for you")


@pytest.mark.parametrize("where", PAGES)
async def test_a_guest_sees_that_there_is_nothing_here_for_them(company: Company) -> None:
    guest = await company.person("gil", kind="guest", language="en")
    await guest.opens_home()
    await guest.sees_home("members")
    assert await guest.reads() == []


@pytest.mark.parametrize("where", ON_SLACK)
async def test_a_shortcut_asks_for_a_community_from_anywhere(bob: SlackHuman, company: Company, fresh: Fresh) -> None:
    name = fresh("seeds")
    assert (await bob.person.shortcut("community.request")).acked
    assert await bob.fills(name=name, purpose=PURPOSE, work=WORK) == {}
    assert await bob.accepts() == {}

    async def asked() -> bool:
        return bool(await company.rows(Request))

    await eventually(asked, "the request is there")
    await bob.is_told(name)


@pytest.mark.parametrize("where", ON_SLACK)
async def test_a_shortcut_on_a_message_answers_there_alone(bob: SlackHuman, company: Company, fresh: Fresh) -> None:
    square = await company.town.room(fresh("square"), [bob])
    said = await bob.person.say(square, "Shall we plant tulips?")
    assert (await bob.person.message_shortcut(said, "community.mine", where=square)).acked
    await bob.is_told("You have asked for no community", square)


@pytest.mark.parametrize("where", ON_SLACK)
async def test_a_shortcut_of_an_older_manifest_says_that_it_is_not_known(bob: SlackHuman, company: Company) -> None:
    assert (await bob.person.shortcut("zebra.xylophone")).acked
    await bob.is_told("I did not understand")
