"""An announcement that begins as an ordinary message, and is drafted together in its thread."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from storage.events import Recorded
from storage.launch import Announcement, AnnouncementVersion
from tests.humans import Human
from tests.humans.towns import AT_EASE, FIRST_PLAINLY, IN_WINDOWS
from tests.scenarios.announced import ready
from tests.scenarios.company import PLATFORM, Company

WORDS = "The network opens on Monday\n\nDear all, ask <!channel> & @room about it.\nIt is there to work."


@pytest.fixture
async def desk(company: Company, bob: Human, ana: Human) -> str:
    """The comms room, of bob, who reads English, and ana, who reads French: both may prepare announcements."""
    room = await company.town.room("comms-desk", [bob, ana])
    await company.stop()
    company.settings["roles"]["comms"] = [f"{PLATFORM}:{each.external}" for each in (bob, ana)]
    company.settings["rooms"]["comms"] = [{"platform": PLATFORM, "room": room, "language": "en"}]
    await company.start()
    return room


@pytest.mark.parametrize("where", AT_EASE)
async def test_a_message_becomes_an_announcement_whose_thread_holds_versions_owner_and_comments(
    company: Company, desk: str, ana: Human, bob: Human, diane: Human
) -> None:
    await ana.says(WORDS, desk)
    await bob.about("The network opens", "announce this" if company.town.ways.windows else "announce", desk)
    assert await bob.fills(speaker=diane.external) == {}
    await bob.is_told("is kept as a draft, version 1")
    (made,) = await company.rows(Announcement)
    (first,) = await company.rows(AnnouncementVersion)
    assert first.title == "The network opens on Monday"
    assert first.text == "Dear all, ask <!channel> & @room about it.\nIt is there to work."
    assert (made.platform, made.room, made.thread[:1]) == (PLATFORM, desk, ">")
    head = await ana.is_told("Words of diane, looked after by bob", desk)
    assert "I keep nothing of it" in head
    assert await ana.notified(desk) == 0, "it calls nobody"

    await ana.says("I would say Tuesday, there is a strike", desk, reply_to="It is there to work")
    await ana.types(f"annonce modifier {made.id}")
    assert await ana.fills(title="The network opens on Tuesday") == {}
    told = await bob.is_told("Version 2, by ana:", desk)
    assert "was: “The network opens on Monday”" in told
    assert "now: “The network opens on Tuesday”" in told
    await ana.presses("Look after it", near="looked after by bob", room=desk)
    await bob.is_told("ana looks after it from now on", desk)
    await bob.types(f"announce show {made.id}")
    shown = await bob.is_told("Version 1:")
    assert "Its thread, with versions and comments" in shown
    await bob.types(f"announce cancel {made.id}")
    await bob.is_told("It was given up: it will not be sent", desk)
    kept = [each.text for each in await company.rows(AnnouncementVersion)]
    assert not [each for each in kept if "strike" in each]
    assert "strike" not in "".join(each.body for each in await company.rows(Recorded)), "comments stay in the chat"


@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_what_is_written_in_the_thread_of_one_becomes_its_next_version(
    company: Company, desk: str, ana: Human, bob: Human, diane: Human
) -> None:
    await bob.types("announce new It opens")
    assert await bob.fills(text="On Monday.", speaker=diane.external) == {}
    await ana.is_told("Announcement 1: It opens", desk)
    await ana.says("On Monday, at nine.", desk, reply_to="Announcement 1: It opens")
    await ana.about("On Monday, at nine.", "announce this", desk)
    await company.settled()
    shown = await ana.sees_form()
    assert shown is not None
    assert (shown["title"], shown["text"]) == ("It opens", "On Monday, at nine.")
    assert await ana.accepts() == {}
    await bob.is_told("now: “On Monday, at nine.”", desk)
    (made,) = await company.rows(Announcement)
    assert made.version == 2


@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_why_a_message_cannot_become_one_is_said(company: Company, desk: str, ana: Human, bob: Human) -> None:
    square = await company.town.room("square", [ana, bob, company.people["odile"]])
    await ana.says("Shall we plant tulips?", square)
    await bob.about("tulips", "announce this", square)
    await bob.is_told("in the communication team’s room only", square)
    await company.people["odile"].about("tulips", "announce this", square)
    await ana.about("tulips", "announce this", square)
    await company.settled()
    shown = await ana.sees_form()
    assert shown is not None
    assert (shown["title"], shown["text"]) == ("Shall we plant tulips?", "Shall we plant tulips?")
    await ana.closes()
    await ana.says(("xxxx " * 700), desk)
    await bob.about("xxx", "announce this", desk)
    await bob.is_told("3,499 characters, and an announcement 3,000 at most", desk)
    await company.town.break_call("read")
    await bob.about("xxx", "announce this", desk)
    await bob.is_told("I could not read that message just now", desk)
    await bob.types("announce this", desk)
    await bob.is_told("An ordinary message becomes an announcement too", desk)
    assert await company.rows(Announcement) == []


@pytest.mark.parametrize("where", ["slack"])
async def test_where_the_bot_is_not_it_says_that_it_may_not_read(company: Company, desk: str, bob: Human) -> None:
    lobby = await company.town.room("lobby", [bob], bot=False)
    await bob.says("It opens on Monday", lobby)
    await bob.about("It opens", "announce this", lobby)
    await bob.is_told("I cannot find that message", lobby)


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_of_two_who_look_after_one_at_once_one_is_told(
    company: Company, desk: str, ana: Human, bob: Human, diane: Human
) -> None:
    await bob.types("announce new It opens")
    assert await bob.fills(text="On Monday.", speaker=diane.external) == {}
    await bob.is_told("version 1")
    await bob.types("announce own 1")
    await bob.is_told("You look after announcement 1 “It opens” already")
    await ana.types("annonce suivre 1")
    await ana.is_told("Vous vous occupez désormais de l’annonce 1")
    (made,) = await company.rows(Announcement)
    assert made.owner_id != (await company.rows(AnnouncementVersion))[0].by_id


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_what_was_sent_is_looked_after_by_somebody_else_and_not_changed(
    company: Company, desk: str, ana: Human, bob: Human, diane: Human
) -> None:
    await bob.types("announce new It opens")
    assert await bob.fills(text="On Monday.", speaker=diane.external) == {}
    await bob.is_told("version 1")
    async with company.store.write() as session:
        await session.exec(update(Announcement).values(state="sent"))
    await bob.types("announce edit 1")
    await bob.is_told("Announcement 1 “It opens” was sent, so it cannot be changed")
    await ana.types("annonce suivre 1")
    await ana.is_told("Vous vous occupez désormais de l’annonce 1")
    async with company.store.write() as session:
        await session.exec(update(Announcement).values(state="cancelled"))
    await bob.types("announce own 1")
    await bob.is_told("was given up, so it cannot be changed")


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_its_thread_is_told_what_whose_words_they_are_say_of_it(
    company: Company, desk: str, bob: Human, diane: Human
) -> None:
    await bob.types("announce new It opens")
    assert await bob.fills(text="On Monday.", speaker=diane.external) == {}
    await bob.is_told("is kept as a draft")
    await ready(company.store, company.clock.now())
    await bob.presses("Ask for the signature", near="is kept as a draft")
    await diane.is_told("On Monday.")
    await company.settled()
    company.clock.advance(minutes=1)
    await bob.is_told("Version 1 was shown to the leader", desk)
    await diane.types("annonce refuser 1 mots Dites plutôt mardi.")
    await company.settled()
    company.clock.advance(minutes=30)
    told = await bob.is_told("diane does not sign it; it is a draft again", desk)
    assert "Dites plutôt mardi." in told


@pytest.mark.parametrize("where", ["memory"])
async def test_of_two_who_make_one_message_into_an_announcement_the_later_one_goes_on_with_the_other(
    company: Company, desk: str, ana: Human, bob: Human, diane: Human
) -> None:
    await ana.says(WORDS, desk)
    await bob.about("The network opens", "announce this", desk)
    await ana.about("The network opens", "announce this", desk)
    assert await bob.fills(speaker=diane.external) == {}
    await bob.is_told("version 1")
    wrong = await ana.fills(speaker=diane.external)
    assert "Quelqu’un a fait de ce message l’annonce 1" in wrong["title"]
    await ana.closes()
    await ana.about("ask <!channel>", "announce this", desk)
    await company.settled()
    shown = await ana.sees_form()
    assert shown is not None
    assert shown["text"].startswith("Dear all"), "of the first message, it is its latest version"
    assert len(await company.rows(Announcement)) == 1


@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_its_thread_is_told_who_changed_its_time_or_its_audience_what_that_was_and_is(
    company: Company, desk: str, ana: Human, bob: Human, diane: Human
) -> None:
    await bob.types("announce new It opens")
    assert await bob.fills(text="On Monday.", speaker=diane.external) == {}
    await ana.is_told("Announcement 1: It opens", desk)
    await ana.types("annonce quand 1 demain 9h")
    await ana.presses("Oui, garder", near="mercredi 25 novembre 2026")
    told = await bob.is_told("ana changed when it is sent", desk)
    before, after = told.split("Now it is:")
    assert "not said yet" in before
    assert "Wednesday 25 November 2026, 09:00 (Europe/Paris)" in after
    await bob.types("announce when 1 Thursday 9:00")
    await bob.presses("Yes, keep it", near="26 November 2026")
    told = await ana.is_told("bob changed when it is sent", desk)
    before, after = told.split("Now it is:")
    assert "25 November" in before
    assert "26 November" in after
    await bob.types("announce audience 1")
    assert await bob.fills(whom="everybody", people="", but="") == {}
    told = await ana.is_told("bob changed whom it is for", desk)
    assert "everybody" in told.split("Now it is:")[1]
    await ana.types("annonce destinataires 1 tout le monde sauf diane")
    told = await bob.is_told("ana changed whom it is for", desk)
    assert "except diane" in told.split("Now it is:")[1]
    await ana.types("annonce destinataires 1 tout le monde sauf diane")
    await company.settled()
    told_of = [each for each in await bob.reads(desk) if "changed whom it is for" in each]
    assert len(told_of) == 2, "nothing is said of what stays as it was"
