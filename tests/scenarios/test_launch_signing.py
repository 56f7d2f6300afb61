"""An announcement is signed off: shown to whose words it holds, changed, refused, signed again, or not in time."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlmodel import select

from storage.audit import Entry
from storage.launch import Announcement, AnnouncementVersion
from storage.requests import Request
from tests.humans import Human
from tests.humans.towns import AT_EASE, FIRST_PLAINLY
from tests.scenarios.announced import ready
from tests.scenarios.company import HOME, PLATFORM, Company

TEXT = "Dear all,\n\nOur network opens **on Monday**."


@pytest.fixture
def cleo(company: Company, bob: Human) -> Human:
    """Somebody who looks after communication, and reads English."""
    return bob


@pytest.fixture
async def at_work(company: Company, cleo: Human, diane: Human) -> None:
    """Cleo may prepare announcements; the bot knows who reads French."""
    await company.restart({"roles": {"comms": [f"{PLATFORM}:{cleo.external}"]}})
    await company.acquainted()


async def written(
    company: Company, cleo: Human, diane: Human, title: str = "The network opens", text: str = TEXT
) -> None:
    """A draft of Diane's words, of which all is said that whoever signs it sees."""
    await cleo.types(f"announce new {title}")
    assert await cleo.fills(text=text, speaker=diane.external) == {}
    await cleo.is_told("is kept as a draft")
    await ready(company.store, company.clock.now())


async def sent_at(company: Company, at: datetime) -> None:
    """The first announcement has a time."""
    async with company.store.write() as session:
        made = (await session.exec(select(Announcement))).one()
        made.at, made.zone = at, "Europe/Paris"
        session.add(made)


async def state(company: Company) -> str:
    (made,) = await company.rows(Announcement)
    return str(made.state)


@pytest.mark.parametrize("where", AT_EASE)
async def test_an_announcement_is_signed_changed_and_signed_again(
    company: Company, at_work: None, cleo: Human, diane: Human, ana: Human
) -> None:
    await written(company, cleo, diane)
    await cleo.presses("Ask for the signature", near="is kept as a draft")
    await cleo.is_told("is shown to diane, who can sign it")
    card = await diane.is_told("Annonce 1, pour votre signature")
    for part in ("de la part de diane, relayé par Parvis", "Our network opens", "Telle qu’on la lit dans un courriel"):
        assert part in card
    await cleo.types("announce submit 1")
    await cleo.is_told("waits for its signature already")
    await ana.types("announce sign 1")
    await ana.is_told("vous n’en faites pas partie")

    await diane.presses("Modifier et signer", near="pour votre signature")
    assert await diane.fills(text="It opens **on Tuesday**.") == {}
    await cleo.is_told("diane changed announcement 1 “The network opens”")
    assert await state(company) == "signed"
    assert len(await company.rows(AnnouncementVersion)) == 2

    await cleo.types("announce edit 1")
    assert await cleo.fills(title="The network opens on Tuesday") == {}
    await cleo.is_told("version 3")
    assert await state(company) == "signing"
    await diane.is_told("Modifiée depuis la signature de diane")
    await diane.types("annonce signer 1 v2")
    await diane.is_told("a été modifiée depuis")
    await diane.types("annonce signer 1 v3")
    await cleo.is_told("diane signed announcement 1 “The network opens on Tuesday”")
    assert await state(company) == "signed"
    (request,) = await company.rows(Request)
    assert "Dear all" not in request.fields, "the words stand in one place"

    await cleo.types("announce cancel 1")
    await diane.is_told("signée en votre nom, est abandonnée")


@pytest.mark.parametrize("where", ["memory", "slack"])
async def test_a_refusal_makes_it_a_draft_again_with_her_words(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    await written(company, cleo, diane)
    await cleo.types("announce submit 1")
    await diane.is_told("pour votre signature")
    await diane.presses("Refuser", near="pour votre signature")
    assert await diane.fills(code="wording", text="Trop froid", alternative="Un mot plus chaleureux") == {}
    await company.settled()
    assert await state(company) == "signing"
    company.clock.advance(minutes=11)
    told = await cleo.is_told("did not sign it")
    assert "Trop froid" in told
    assert "second look" not in told
    await cleo.is_told("is a draft again, and is not sent")
    assert await state(company) == "draft"
    await cleo.types("announce submit 1")
    await company.settled()
    first, second = sorted(await company.rows(Request), key=lambda each: each.id)
    assert second.version > first.version, "a press on the former card means no other"
    await diane.types("annonce signer 1 v1")
    await diane.is_told("a été modifiée depuis")
    await cleo.types("announcement withdraw 1")
    await cleo.is_told("nobody is asked to sign it any more")
    assert await state(company) == "draft"


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_unsigned_it_is_told_four_working_hours_before_and_not_sent(
    company: Company, at_work: None, cleo: Human, diane: Human, odile: Human
) -> None:
    await written(company, cleo, diane)
    await sent_at(company, datetime(2026, 11, 25, 11, 0, tzinfo=HOME))
    await cleo.types("announce submit 1")
    assert "25 novembre 2026" in await diane.is_told("pour votre signature")
    company.clock.advance_to(datetime(2026, 11, 24, 15, 59, tzinfo=HOME))
    await company.settled()
    assert not [each for each in await cleo.reads() if "to be signed before" in each]
    company.clock.advance_to(datetime(2026, 11, 24, 16, 1, tzinfo=HOME))
    await cleo.is_told("is to be signed before")
    company.clock.advance_to(datetime(2026, 11, 25, 11, 1, tzinfo=HOME))
    await cleo.is_told("was not signed by its time, so it was not sent")
    assert await state(company) == "unsigned"
    await cleo.types("announce submit 1")
    await cleo.is_told("which is over. Give it another time first")
    await sent_at(company, datetime(2026, 11, 26, 11, 0, tzinfo=HOME))
    await cleo.types("announce submit 1")
    await diane.is_told("26 novembre 2026")
    assert await state(company) == "signing"


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_an_assistant_prepares_and_signs_under_a_dated_mandate_alone(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    await written(company, cleo, diane)
    await cleo.types("announce submit 1")
    await diane.is_told("pour votre signature")
    await cleo.types("announce sign 1")
    await cleo.is_told("you are not among them")
    await diane.types(f"annonce mandat {cleo.external} 2026-11-24 2026-11-27")
    assert await diane.accepts() == {}
    await cleo.is_told("lets you decide in their place")
    await cleo.presses("Sign", near="for your signature")
    await cleo.is_told("Signed: announcement")
    assert await state(company) == "signed"
    (entry,) = [each for each in await company.rows(Entry) if each.action == "announcement.approve"]
    assert "in_place_of" in entry.after


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_who_is_no_leader_any_more_is_asked_for_nothing(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    await written(company, cleo, diane)
    await cleo.types("announce submit 1")
    await diane.is_told("pour votre signature")
    await company.restart({"roles": {"leader": []}})
    company.clock.advance(minutes=11)
    await cleo.is_told("diane, who is no leader any more, or has left")
    await diane.types("annonce signer 1")
    await company.settled()
    assert await state(company) == "signing"
    await cleo.types("announcement withdraw 1")
    await cleo.types("announce submit 1")
    await cleo.is_told("cannot sign announcement 1")
    assert await state(company) == "draft"


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_what_was_signed_before_a_quiet_time_is_confirmed_again(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    await written(company, cleo, diane)
    await cleo.types("announce submit 1")
    await diane.presses("Signer", near="pour votre signature")
    await cleo.is_told("signed announcement 1")
    await cleo.types("announce again 1")
    await cleo.is_told("There is nothing to confirm again")
    company.clock.advance(minutes=5)
    await cleo.types("nudge hush 2026-11-30 a colleague died")
    await company.settled()
    await cleo.types("announce again 1")
    await cleo.is_told("is confirmed again: it will be sent")
    await cleo.types("announce again 1")
    await company.settled()
    (trace,) = [each for each in await company.rows(Entry) if each.action == "announce.again"]
    assert '"because":"hush"' in trace.after
    assert await state(company) == "signed", "it needs no other signature"


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_a_leader_who_changes_it_sees_words_to_avoid_once_too(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    await written(company, cleo, diane)
    await cleo.types("announce submit 1")
    await diane.presses("Modifier et signer", near="pour votre signature")
    assert await diane.fills(text="Our internal Facebook opens.") == {}
    await company.settled()
    assert await state(company) == "signing", "she is shown them first"
    assert await diane.accepts() == {}
    await cleo.is_told("changed announcement 1")
    assert await state(company) == "signed"
    (trace,) = [each for each in await company.rows(Entry) if each.action == "announce.amend"]
    assert '"avoided":"1"' in trace.after


@pytest.mark.parametrize("where", ["slack"])
async def test_of_the_longest_text_every_word_is_shown_to_who_signs_it(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    items = [f"- item **{number}** & <x>" for number in range(120)]
    await written(company, cleo, diane, text="\n".join([*items, "the end"]))
    await cleo.types("announce submit 1")
    card = await diane.is_told("pour votre signature")
    assert all(f"item {number} &" in card for number in range(120))
    assert "the end" in card


@pytest.mark.parametrize("where", ["memory", "slack"])
async def test_what_they_post_themselves_is_relayed_in_the_letter_alone(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    await cleo.types("announce new The network opens")
    assert await cleo.fills(text="It is **here**.", speaker=diane.external, voice="own") == {}
    await cleo.is_told("is kept as a draft")
    await ready(company.store, company.clock.now())
    await cleo.types("announce preview 1")
    seen = (await cleo.is_told("As people see it")).partition("As people see it")[2]
    assert "It is here." in seen
    assert "relayed" not in seen
    await cleo.types("announce preview 1 paper")
    await cleo.is_told("from diane, relayed by Parvis")
    await cleo.types("announce submit 1")
    card = await diane.is_told("pour votre signature")
    chat, _, letter = card.partition("Telle qu’on la voit dans la messagerie")[2].partition("dans un courriel")
    assert "It is here." in chat
    assert "relayé par Parvis" not in chat
    assert "de la part de diane, relayé par Parvis" in letter
