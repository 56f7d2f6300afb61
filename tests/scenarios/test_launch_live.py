"""A launch day is followed in the comms room, and on a page."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from playwright.async_api import async_playwright
from sqlmodel import select

from storage.campaigns import Campaign
from storage.launch import Announcement
from storage.launching import batch_of
from storage.live import LaunchDay
from storage.outbox import Promise
from storage.people import Account, Person
from storage.profiles import Reminder
from storage.pulse import PulseActivation
from tests.humans import Human
from tests.humans.towns import FIRST_PLAINLY
from tests.scenarios.company import PLATFORM, Company
from tests.scenarios.pages import listening, on_the_web
from tests.scenarios.test_launch_voice import asks
from tests.scenarios.test_pulse import community
from tests.scenarios.test_pulse_page import CHROMIUM, heard, opened, page_of
from tests.servers.process import free_port

TODAY = date(2026, 11, 24)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
async def desk(company: Company, bob: Human, ana: Human, port: int) -> str:
    """The comms room, of bob and ana."""
    room = await company.town.room("comms-desk", [bob, ana])
    await company.stop()
    company.settings["roles"]["comms"] = [f"{PLATFORM}:{each.external}" for each in (bob, ana)]
    company.settings["rooms"]["comms"] = [{"platform": PLATFORM, "room": room, "language": "en"}]
    company.settings.update(on_the_web(port))
    await company.start()
    return room


async def come(company: Company, count: int, *, begin: int = 0) -> None:
    """So many colleagues are here for the first time today, and made their profiles whole."""
    async with company.store.write() as session:
        for number in range(begin, begin + count):
            person = Person(name=f"new{number}", created_at=company.clock.now())
            session.add(person)
            await session.flush()
            assert person.id is not None
            about = {"person_id": person.id, "platform": PLATFORM, "external_id": f"N{number}", "name": person.name}
            session.add(Account.model_validate({**about, "kind": "member", "created_at": company.clock.now()}))
            session.add(PulseActivation(person_id=person.id, day=TODAY))
            session.add(Reminder(person_id=person.id, complete_at=company.clock.now()))


async def announced(company: Company, count: int, campaign: int | None = None) -> None:
    """An announcement was sent to so many today."""
    now = company.clock.now()
    async with company.store.write() as session:
        person = (await session.exec(select(Person.id).limit(1))).one()
        about = {"owner_id": person, "speaker_id": person, "created_at": now, "changed_at": now}
        made = Announcement.model_validate({**about, "state": "sent", "begun_at": now, "campaign_id": campaign})
        session.add(made)
        await session.flush()
        for number in range(count):
            said = {"name": f"a{number}", "platform": PLATFORM, "room": "x", "lane": f"l{number}", "kind": "word"}
            of = {"batch": batch_of(made.id or 0), "priority": 30, "body": "{}", "state": "sent"}
            session.add(Promise.model_validate({**said, **of, "due": now, "created_at": now, "sent_at": now}))


@pytest.mark.parametrize("where", ["memory", "slack"])
async def test_a_day_is_followed_until_it_is_over(company: Company, desk: str, bob: Human, ana: Human) -> None:
    await come(company, 7)
    await announced(company, 12)
    await bob.types("announce live")
    shown = await bob.is_told("Open the page of this day")
    assert "Delivered: 12" in shown
    head = await ana.is_told("Launch day", desk)
    assert "People here for the first time: at least 5" in head
    assert "People who wrote in a community for the first time: fewer than 5, or none" in head
    await ana.types("annonce direct")
    await ana.is_told("Personnes ici pour la première fois")

    await come(company, 2, begin=7)  # and bob and ana themselves, who used the bot
    company.clock.advance(minutes=6)
    await company.settled()
    seen = [each for each in await ana.reads(desk) if "Launch day" in each]
    assert len(seen) == 1
    assert "first time: at least 5\n" in seen[0], "four more move nothing"
    await come(company, 3, begin=9)
    company.clock.advance(minutes=6)
    await ana.is_told("People here for the first time: at least 10", desk)

    company.clock.advance_to(datetime(2026, 11, 25, 0, 7, tzinfo=UTC))
    last = await ana.is_told("is over. Thank you", desk)
    assert "People who made their profile whole: at least 10" in last
    await ana.is_told("The day is over: counted for the last time", desk)
    (day,) = await company.rows(LaunchDay)
    assert (day.day, day.ended_at is not None) == (TODAY, True)
    company.clock.advance(hours=3)
    await company.settled()
    assert len([each for each in await ana.reads(desk) if "is over. Thank you" in each]) == 1


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_who_writes_for_the_first_time_and_what_is_asked_is_counted(
    company: Company, desk: str, bob: Human, ana: Human, diane: Human
) -> None:
    everybody = [await company.person(f"new{number}", language="en") for number in range(6)]
    room = await community(company, "choir", everybody)
    for human in everybody:
        await human.says("Hello!", room)
    for human in everybody[:5]:
        await asks(human, diane, f"Is it open to {human.name}?")
    await company.settled()
    company.clock.advance(minutes=6)
    await bob.types("announce live")
    await bob.is_told("Open the page of this day")
    company.clock.advance(minutes=6)
    shown = await ana.is_told("People who wrote in a community for the first time: at least 5", desk)
    assert "Questions waiting for leaders: at least 5" in shown


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_day_zero_of_a_campaign_is_followed_from_its_announcement_on(
    company: Company, desk: str, bob: Human
) -> None:
    now = company.clock.now()
    async with company.store.write() as session:
        owner = (await session.exec(select(Person.id).limit(1))).one()
        about = {"name": "Launch", "called": "launch", "day_zero": TODAY, "zone": "Europe/Paris", "phase": "launch"}
        campaign = Campaign.model_validate({**about, "owner_id": owner, "created_at": now, "changed_at": now})
        session.add(campaign)
        await session.flush()
        number = campaign.id
    company.clock.advance(minutes=6)
    await company.settled()
    assert await company.rows(LaunchDay) == [], "nothing was sent yet"
    await announced(company, 12, number)
    company.clock.advance(minutes=6)
    await bob.is_told("Delivered: 12", desk)


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_who_does_not_look_after_communication_does_not_follow_it(company: Company, diane: Human) -> None:
    await diane.types("annonce direct")
    await diane.is_told("Ceci revient à un autre rôle")
    assert await company.rows(LaunchDay) == []


@pytest.mark.slow
@pytest.mark.xdist_group("chromium")
@pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's Chromium is not installed (apt-get install chromium)")
@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_its_page_is_read_by_everybody_and_shows_itself_anew(
    company: Company, desk: str, bob: Human, port: int
) -> None:
    await come(company, 7)
    async with listening(company.app, port) as public, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        async with page_of(browser, public, color_scheme="dark") as page:
            await page.clock.install()
            await opened(bob, page, "announce live", at="**/launch/live")
            assert "Launch day" in await page.get_by_role("heading", level=1).inner_text()
            rows = await page.get_by_role("row").all_inner_texts()
            assert "People here for the first time\tat least 5" in [each.strip() for each in rows]
            await heard(page)
            await page.keyboard.press("Tab")
            assert await page.evaluate("document.activeElement.className") == "skip"
            await come(company, 8, begin=7)
            company.clock.advance(minutes=6)
            await company.settled()
            await company.looked()
            await page.clock.run_for(61_000)
            await page.get_by_text("at least 15").first.wait_for()
            await page.get_by_role("link", name="Français").click()
            assert "Jour de lancement" in await page.get_by_role("heading", level=1).inner_text()
            await heard(page)
        await browser.close()
