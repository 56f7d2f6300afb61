"""Announcements while they are prepared: who looks after communication writes, a leader's words, in versions."""

from __future__ import annotations

import pytest

from storage.audit import Entry, Erasable
from storage.launch import Announcement, AnnouncementVersion
from tests.humans import Human
from tests.humans.towns import AT_EASE, FIRST_PLAINLY, IN_WINDOWS
from tests.scenarios.company import PLATFORM, Company

TEXT = "Dear all,\n\nOur network opens **on Monday**. <!channel> @room"


@pytest.fixture
def cleo(company: Company, bob: Human) -> Human:
    """Somebody who looks after communication, and reads English."""
    return bob


@pytest.fixture
async def at_work(company: Company, cleo: Human) -> None:
    """Cleo may prepare announcements."""
    await company.stop()
    company.settings["roles"]["comms"] = [f"{PLATFORM}:{cleo.external}"]
    await company.start()


@pytest.mark.parametrize("where", AT_EASE)
async def test_an_announcement_is_written_changed_and_given_up(
    company: Company, at_work: None, cleo: Human, ana: Human, diane: Human
) -> None:
    await ana.types("announce new The network opens")
    await ana.is_told("Ceci revient à un autre rôle")
    await cleo.types("announce new The network opens")
    wrong = await cleo.fills(text=TEXT, speaker=ana.external)
    assert "This must be a leader" in wrong["speaker"]
    assert await cleo.fills(text=TEXT, speaker=diane.external) == {}
    await cleo.is_told("is kept as a draft, version 1")
    (made,) = await company.rows(Announcement)
    assert (made.state, made.version, made.own_name) == ("draft", 1, False)
    assert not [each for each in await diane.reads() if "network" in each], "nothing is sent"

    await cleo.types(f"announce edit {made.id}")
    assert await cleo.fills(title="The network opens on Monday") == {}
    await cleo.is_told("is kept as a draft, version 2")
    await cleo.types(f"announce show {made.id}")
    shown = await cleo.is_told("Version 1:")
    assert "The network opens on Monday" in shown
    assert "<!channel> @room" in shown, "as it was written, and it calls nobody"
    await cleo.presses("Give it up", near="Version 1:")
    await cleo.is_told("is given up: it will not be sent")
    await cleo.types(f"announce edit {made.id}")
    await cleo.is_told("was given up, so it cannot be changed")
    await cleo.types("announce list")
    await cleo.is_told("No announcement is being prepared")
    titles = [(each.number, each.title) for each in await company.rows(AnnouncementVersion)]
    assert titles == [(1, "The network opens"), (2, "The network opens on Monday")]


@pytest.mark.parametrize("where", ["memory", "slack"])
async def test_words_to_avoid_are_shown_once_and_may_be_kept(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    await cleo.types("announce new Our internal Facebook")
    assert await cleo.fills(text="It opens on Monday.", speaker=diane.external) == {}
    await company.settled()
    assert await company.rows(Announcement) == [], "it is asked first"
    assert await cleo.accepts() == {}
    await cleo.is_told("is kept as a draft")
    (entry,) = [each for each in await company.rows(Entry) if each.action == "announce.draft"]
    assert '"avoided":"1"' in entry.after
    assert "internal Facebook" in [each.text for each in await company.rows(Erasable)]
    await cleo.types("announce edit 1")
    assert await cleo.fills(text="It opens on Tuesday.") == {}
    await cleo.is_told("version 2")


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_of_two_who_change_it_at_once_the_later_one_is_told(
    company: Company, at_work: None, cleo: Human, odile: Human, diane: Human
) -> None:
    await cleo.types("announce new The network opens")
    assert await cleo.fills(text="On Monday.", speaker=diane.external) == {}
    await cleo.is_told("version 1")
    await odile.types("annonce modifier 1")
    await cleo.types("announce edit 1")
    assert await cleo.fills(text="On Tuesday.") == {}
    await cleo.is_told("version 2")
    assert await odile.fills(text="Mercredi.") == {}
    await odile.is_told("et la vôtre n’a pas été gardée")
    texts = [each.text for each in await company.rows(AnnouncementVersion)]
    assert texts == ["On Monday.", "On Tuesday."]


@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_what_is_missing_or_too_long_is_said_beside_its_field(
    company: Company, at_work: None, cleo: Human, diane: Human
) -> None:
    await cleo.types("announce new")
    wrong = await cleo.fills(title="x" * 160, text="   ", speaker=diane.external)
    assert "160 characters are too many: 150 at most" in wrong["title"]
    assert "Write what is to be said" in wrong["text"]
    await cleo.types("announce show 7")
    await cleo.is_told("There is no announcement 7")
