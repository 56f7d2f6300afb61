"""First contact, help, one's own page, and a form asked line by line, in the words of those who meet the bot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from adapters.memory import BOT
from storage import people
from storage.dialogues import Dialogue
from storage.people import Grant
from storage.requests import Request
from tests.humans import Human, eventually
from tests.humans.towns import ON_MATRIX, ON_SLACK
from tests.scenarios.company import Company

Fresh = Callable[[str], str]
PURPOSE = "Share seeds and advice among colleagues"
WORK = "Plan the beds of the courtyard each Monday"
TYPED = ["lines", *ON_MATRIX]


async def dialogue_states(company: Company) -> list[str]:
    return [each.state for each in await company.rows(Dialogue)]


# ---------------------------------------------------------------- first contact and every day


async def test_one_is_greeted_once_and_helped_in_ones_language(ana: Human, bob: Human, company: Company) -> None:
    await ana.types("parvis")
    greeting = await ana.is_told("Bonjour, je suis Parvis")
    assert "J’ai été installé par l’équipe communication" in greeting
    assert "parvis arreter" in greeting
    helped = await ana.is_told("Ce que vous pouvez me demander")
    assert "communaute demander" in helped
    assert "communaute suppleant" not in helped, "that is for animators"
    await ana.types("parvis aide")
    await bob.says("help")
    await bob.is_told("Hello, I am Parvis")
    await bob.is_told("What you can ask me")
    await company.settled()
    assert len([text for text in await ana.reads() if "Bonjour, je suis" in text]) == 1


@pytest.mark.parametrize("where", ["memory"])
async def test_help_shows_more_to_those_who_may_do_more(alice: Human, company: Company) -> None:
    await alice.says("help")
    assert "community deputy" in await alice.is_told("What you can ask me")


@pytest.mark.parametrize("where", ["memory", *ON_SLACK])
async def test_a_language_is_chosen_and_is_that_of_all_that_follows(bob: Human, company: Company) -> None:
    await bob.types("parvis language fr", company.animators if company.where == "memory" else None)
    await bob.is_told("À partir de maintenant, je vous écris en français")
    await bob.is_not_told("From now on")
    await bob.types("parvis me")
    page = await bob.is_told("Votre page")
    assert "français" in page
    assert "collaborateur" in page
    await bob.types("parvis langue espagnol")
    await bob.is_told("Quelle langue")


@pytest.mark.parametrize("where", ["lines"])
async def test_one_says_whether_the_bot_may_write_and_can_change_ones_mind(bob: Human, company: Company) -> None:
    await bob.says("parvis me")
    assert "What I may write to you on my own: rarely" in await bob.is_told("Your page")
    await bob.presses("Write to me only when I ask")
    await bob.is_told("I only answer when you ask")
    await bob.says("me")
    await bob.is_told("nothing: I only answer you")
    await bob.says("parvis start")
    await bob.is_told("Thank you")
    await bob.says("moi")
    await company.settled()
    assert "What I may write to you on my own: rarely" in (await bob.reads())[-1]


@pytest.mark.parametrize("where", ON_SLACK)
async def test_a_typo_is_answered_with_a_suggestion_to_press(bob: Human, company: Company) -> None:
    await bob.says("parvs langauge")
    await bob.presses("parvis language")
    await bob.is_told("Which language?")


@pytest.mark.parametrize("where", ["memory", *ON_SLACK])
async def test_a_look_at_the_bots_page_is_no_question(bob: Human, company: Company) -> None:
    """Where there is such a page it is drawn; nothing is said in the direct room for it, however often one looks."""
    await bob.says("parvis")
    await bob.is_told("What you can ask me")
    await company.settled()
    told = await bob.reads()
    for _ in range(2):
        await bob.opens_home()
        await company.settled()
    assert await bob.reads() == told


# ---------------------------------------------------------------- a role by a room


@pytest.mark.parametrize("where", ["memory"])
async def test_who_enters_the_room_of_a_role_has_it_until_they_leave(bob: Human, company: Company) -> None:
    room = await company.town.room("deciders", [company.people["diane"]])
    await company.stop()
    roles: dict[str, Any] = company._settings["roles"]
    roles["animator"] = [*roles["animator"], f"acme:room:{room}"]
    await company.start()

    async def granted() -> bool:
        return bool(await company.rows(Grant, source=f"acme:room:{room}"))

    await eventually(granted, "diane is in the room already")
    await bob.types("community deputy")
    await bob.is_told("This is for another role (animator)")
    await bob.joins(room)
    await company.settled()
    await bob.types("parvis me")
    assert "animator" in await bob.is_told("Your page")
    await bob.leaves(room)
    await company.settled()
    await bob.types("parvis me")
    await company.settled()
    pages = [text for text in await bob.reads() if "Your page" in text]
    assert ["animator" in page for page in pages] == [True, False]
    assert len(await company.rows(Grant, source=f"acme:room:{room}")) == 1, "diane has hers still"


@pytest.mark.parametrize("where", ["memory"])
async def test_a_guest_in_the_room_of_a_role_is_never_told_what_it_is_told(company: Company) -> None:
    guest = await company.person("gil", kind="guest", language="en")
    room = await company.town.room("deciders", [company.people["diane"], guest])
    await company.stop()
    roles: dict[str, Any] = company._settings["roles"]
    roles["animator"] = [*roles["animator"], f"acme:room:{room}"]
    await company.start()

    async def granted() -> bool:
        return bool(await company.rows(Grant, source=f"acme:room:{room}"))

    await eventually(granted, "the room was read")
    held = await company.rows(Grant, source=f"acme:room:{room}")
    async with company.store.read() as session:
        holders = await people.granted(session, "animator")
        reachable = [await people.accounts(session, each.person_id) for each in held]
        externals = {account.external_id for accounts in reachable for account in accounts}
    assert company.people["diane"].external in externals
    assert guest.external not in externals
    assert len(holders) == 3, "alice, arthur, diane"
    assert BOT not in externals


# ---------------------------------------------------------------- a form, line by line


@pytest.mark.parametrize("where", TYPED)
async def test_an_exchange_survives_a_restart_and_is_corrected(bob: Human, company: Company, fresh: Fresh) -> None:
    name = fresh("Seeds")
    await bob.types("community request")
    await bob.is_told("Question 1 of 3")
    await bob.says(name)
    await bob.is_told("Question 2 of 3")
    await company.restart()
    await bob.says(PURPOSE)
    await bob.is_told("Question 3 of 3")
    await bob.says(WORK)
    await bob.is_told("To change a line, write its number")
    await bob.says("99 nothing")
    await bob.is_told("I did not understand")
    await bob.says("2 Swap tulips")
    await bob.is_told("Swap tulips")
    await bob.says("ok")
    await bob.is_told("has been handed to")
    await company.settled()
    request = (await company.rows(Request))[0]
    assert "Swap tulips" in request.fields
    assert await dialogue_states(company) == ["done"]


@pytest.mark.parametrize("where", TYPED)
async def test_an_exchange_is_cancelled_and_its_old_button_says_so(bob: Human, company: Company, fresh: Fresh) -> None:
    await bob.types("community request")
    await bob.is_told("Question 1 of 3")
    await bob.presses("Cancel")
    await bob.is_told("Cancelled. Nothing was sent.")
    await bob.types("community request")
    await company.settled()
    await bob.says(fresh("Seeds"))
    await bob.is_told("Question 2 of 3")
    await bob.presses_again()
    await bob.is_told("That exchange is over")
    assert sorted(await dialogue_states(company)) == ["cancelled", "open"], "the one under way is another"
    await bob.says("annuler")
    await company.settled()
    assert await dialogue_states(company) == ["cancelled", "cancelled"]
    assert not await company.rows(Request)


@pytest.mark.parametrize("where", ["lines"])
@pytest.mark.parametrize("typed", ["cancel", "annuler", "dialogue cancel"])
async def test_an_exchange_is_cancelled_by_what_its_button_says_one_can_type(
    bob: Human, company: Company, typed: str
) -> None:
    await bob.types("community request")
    await bob.is_told("Question 1 of 3")
    (under_way,) = await company.rows(Dialogue)
    await bob.types(f"{typed} {under_way.id}")
    await bob.is_told("Cancelled. Nothing was sent.")
    await bob.types(typed)
    await bob.is_told("That exchange is over")


@pytest.mark.parametrize("where", ["lines"])
async def test_a_review_seen_before_is_not_sent_half_corrected(bob: Human, company: Company, fresh: Fresh) -> None:
    await bob.types("community request")
    await bob.fills(name=fresh("Seeds"), purpose=PURPOSE, work=WORK)
    await company.settled()
    await bob.says("2")
    await company.settled()
    assert "Question 2 of" in (await bob.reads())[-1]
    shown = [text for text in await bob.reads() if "[Cancel]" in text and "write its number" in text]
    label = next(line[1:-1] for line in shown[-1].splitlines() if line.startswith("["))
    await bob.presses(label)
    await company.settled()
    assert "Question 2 of" in (await bob.reads())[-1]
    assert not await company.rows(Request)
    await bob.says("Swap tulips")
    await company.settled()
    await bob.says("ok")
    await bob.is_told("has been handed to")
    assert "Swap tulips" in (await company.rows(Request))[0].fields


@pytest.mark.parametrize("where", TYPED)
async def test_an_exchange_forgotten_for_a_day_is_closed(bob: Human, company: Company, fresh: Fresh) -> None:
    await bob.types("community request")
    await bob.is_told("Question 1 of 3")
    await bob.says(fresh("Seeds"))
    await bob.is_told("Question 2 of 3")
    company.clock.advance(hours=23)
    await bob.is_not_told("I have closed")
    company.clock.advance(hours=2)
    await bob.is_told("I have closed what we were writing together")
    rows = await company.rows(Dialogue)
    assert [(each.state, each.answers) for each in rows] == [("expired", "{}")]
    await bob.presses("Cancel", near="Question 2")
    await bob.is_told("That exchange is over")
