"""A signed announcement is sent: a few first, then all, within their hours, once; it is stopped, paused, recalled."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import people
from bot.app import App
from bot.nudge import Context, Look
from nudges.launch import nudge
from nudges.launch.audience import Audience, Some
from nudges.launch.sending import AT_ONCE
from storage import launch, launching
from storage.audit import Entry
from storage.communities import Community
from storage.contacts import Contact
from storage.database import Store
from storage.launch import Announcement
from storage.outbox import Promise
from storage.people import Account, Person
from storage.pulse import PulseMember
from storage.releases import members
from storage.requests import Request
from tests.humans import Human, eventually
from tests.humans.towns import AT_EASE, FIRST_PLAINLY, IN_WINDOWS
from tests.scenarios.company import HOME, PLATFORM, Company, Killed

FEW = {"launch": {"first_wave": 20, "wave_from": 5, "signed_in": "listed"}}
"""Stories of few people with a first wave: two of six are ten percent and more."""
"""In memory each time; on Slack in the long run, since the first word to the last copy is told there each time."""
ALL_AT_ONCE = {"launch": {"first_wave": 0, "signed_in": "listed"}}


@pytest.fixture
def settings() -> dict[str, Any]:
    return ALL_AT_ONCE


@pytest.fixture
async def kenji(company: Company) -> Human:
    """Where it is six in the evening, and nobody works any more."""
    return await company.person("kenji", zone="Asia/Tokyo")


@pytest.fixture
async def comms(company: Company, bob: Human) -> Human:
    """Who looks after communication, and reads English; their room is where it is followed."""
    room = await company.town.room("comms", [bob], private=True)
    await company.stop()
    company.settings["roles"]["comms"] = [f"{PLATFORM}:{bob.external}"]
    company.settings["rooms"]["comms"] = [{"platform": PLATFORM, "room": room, "language": "en"}]
    await company.start()
    await company.acquainted()
    return bob


def room_of(company: Company) -> str:
    return str(company.settings["rooms"]["comms"][0]["room"])


async def signed(company: Company, comms: Human, speaker: Human, *, in_minutes: float = -1, **more: Any) -> int:
    """An announcement that was signed off, and is due in so many minutes. Returns its number."""
    now = company.clock.now()
    async with company.store.write() as session:
        owner = await people.find(session, PLATFORM, comms.external, now)
        leader = await people.find(session, PLATFORM, speaker.external, now)
        about: Mapping[str, Any] = {
            "owner_id": owner, "speaker_id": leader, "state": "signed", "at": now + timedelta(minutes=in_minutes),
            "zone": "Europe/Paris", "audience": Audience(whom=Some(everybody=True)).text(), "counted": 6,
            "created_at": now, "changed_at": now, **more,
        }  # fmt: skip
        made = await launch.write(session, Announcement.model_validate(about), "The network opens", "It is **here**.")
        assert made.id is not None
        number = made.id
    company.app.wake()
    return number


async def _request(company: Company, speaker: Human) -> int:
    """The request that it be signed, which was approved just now."""
    now = company.clock.now()
    async with company.store.write() as session:
        leader = await people.find(session, PLATFORM, speaker.external, now)
        about: Mapping[str, Any] = {
            "process": "announcement", "requester_id": leader, "platform": PLATFORM, "fields": "{}",
            "state": "approved", "decided_by": leader, "decided_at": now,
            "created_at": now, "offered_at": now, "next_at": now,
        }  # fmt: skip
        row = Request.model_validate(about)
        session.add(row)
        await session.flush()
        return row.id or 0


async def state_of(company: Company, number: int) -> str:
    return str((await _row(company, number)).state)


async def _row(company: Company, number: int) -> Announcement:
    (made,) = [each for each in await company.rows(Announcement) if each.id == number]
    assert isinstance(made, Announcement)
    return made


async def looks(company: Company, times: int = 1) -> None:
    """The bot looks around, and what follows of that happens."""
    for _ in range(times):
        company.app.wake()
        await company.looked()
        await company.settled()


async def becomes(company: Company, number: int, state: str) -> None:
    """Wait until it is in that state, while the bot looks at it."""

    async def so() -> bool:
        await looks(company)
        return await state_of(company, number) == state

    await eventually(so, f"announcement {number} becomes {state}")
    await looks(company)


async def got(company: Company, text: str = "The network opens") -> dict[str, int]:
    """How often each of the people was told it."""
    words = ("You get this", "Vous recevez ceci")
    told = {name: await human.reads() for name, human in company.people.items()}
    return {
        name: sum(text in each and any(word in each for word in words) for each in all_) for name, all_ in told.items()
    }


async def reaches(company: Company, whom: Mapping[str, int]) -> None:
    """Wait until these people were told it, as often, while the bot looks around."""

    async def so() -> bool:
        await looks(company)
        return await got(company) == whom

    await eventually(so, f"it reaches {whom}")
    await looks(company)


@pytest.mark.parametrize("where", FIRST_PLAINLY)
@pytest.mark.parametrize("settings", [FEW])
async def test_a_few_get_it_first_and_the_others_once_somebody_says_go_on(
    company: Company, comms: Human, diane: Human
) -> None:
    number = await signed(company, comms, diane, counted=5)
    await becomes(company, number, "held")
    first = await got(company)
    assert sorted(first.values()) == [0, 0, 0, 0, 1, 1]
    asked = await comms.is_told("The first wave was sent")
    assert "2 of 6" in asked
    live = await comms.is_told("waiting to go on", room_of(company))
    assert re.search(r"First wave\W+2 people", live)
    await comms.presses("Go on with all", near="The first wave was sent")
    await becomes(company, number, "sent")
    assert set((await got(company)).values()) == {1}, "each once"
    await comms.is_told("6 of 6", room_of(company))
    await comms.types(f"announce go {number}")
    await comms.is_told("somebody said so already")
    actions = [each.action for each in await company.rows(Entry) if each.subject == f"announcement:{number}"]
    assert actions == ["announce.begin", "announce.held", "announce.go", "announce.sent"]


@pytest.mark.parametrize("where", FIRST_PLAINLY)
@pytest.mark.parametrize("settings", [FEW])
async def test_of_two_who_press_at_once_one_decides_and_the_other_is_told(
    company: Company, comms: Human, odile: Human, diane: Human
) -> None:
    number = await signed(company, comms, diane)
    await becomes(company, number, "held")
    await odile.types(f"annonce arreter {number}")
    await comms.presses("Go on with all", near="The first wave was sent")
    await looks(company, 2)
    state, told = await state_of(company, number), sum((await got(company)).values())
    stopped = [each for each in await odile.reads() if "est arrêtée" in each]
    went_on = [each for each in await comms.reads() if "goes on: everybody else gets it" in each]
    if went_on:
        assert not stopped or state == "cancelled", "who stopped it then stopped what had gone on"
        assert stopped or told == 6
    else:
        assert (state, told, len(stopped)) == ("cancelled", 2, 1), "two had it, and nobody else gets it"
        await comms.is_told("somebody said so already, or stopped it")


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_the_third_of_a_week_waits_for_the_next(company: Company, comms: Human, diane: Human) -> None:
    for count in (1, 2):
        await signed(company, comms, diane)
        await reaches(company, dict.fromkeys(company.people, count))
    third = await signed(company, comms, diane)
    await looks(company, 3)
    assert await got(company) == dict.fromkeys(company.people, 2)
    await comms.is_told("Not yet, or not at all: at least 3 of 6", room_of(company))
    assert await state_of(company, third) == "sending"
    company.clock.advance(days=7, minutes=5)
    await reaches(company, dict.fromkeys(company.people, 3))


@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_paused_in_the_middle_nobody_is_told_until_it_is_resumed(
    company: Company, kenji: Human, comms: Human, diane: Human
) -> None:
    number = await signed(company, comms, diane)
    await reaches(company, {**dict.fromkeys(company.people, 1), "kenji": 0})
    live = await comms.is_told("at least 5 of 7", room_of(company))
    assert "Not yet, or not at all: at most 2 of 7" in live
    await comms.presses("Pause", near="at least 5 of 7", room=room_of(company))
    await company.settled()
    assert await state_of(company, number) == "paused"
    company.clock.advance(hours=16)  # the next morning in Tokyo
    await looks(company, 2)
    assert (await got(company))["kenji"] == 0
    await comms.types(f"announce pause {number}")
    await comms.is_told("is not being sent now")
    await comms.presses("Resume", near="paused", room=room_of(company))
    await becomes(company, number, "sent")
    assert set((await got(company)).values()) == {1}


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_late_beyond_its_window_it_asks_and_of_two_who_press_one_sends_it(
    company: Company, comms: Human, odile: Human, diane: Human
) -> None:
    number = await signed(company, comms, diane, in_minutes=-90)
    await becomes(company, number, "late")
    assert set((await got(company)).values()) == {0}
    await comms.is_told("was to be sent", room_of(company))
    await comms.is_told("and its time is over. It was not sent")
    await odile.types(f"annonce envoyer-maintenant {number}")
    await comms.presses("Send it now", near="its time is over")
    await becomes(company, number, "sent")
    assert set((await got(company)).values()) == {1}
    refused = [each for human in (odile, comms) for each in await human.reads()]
    assert (
        sum("does not wait to be sent late" in each or "n’attend pas d’être envoyée" in each for each in refused) == 1
    )


@pytest.mark.parametrize("where", FIRST_PLAINLY)
@pytest.mark.parametrize("released", [False])
async def test_what_is_not_ready_is_not_sent_and_says_why(company: Company, comms: Human, diane: Human) -> None:
    number = await signed(company, comms, diane)
    await becomes(company, number, "late")
    await comms.is_told("nothing is sent unasked before staff were informed")
    await comms.types("nudge preview")
    assert "announcements of the company" in await comms.is_told("The title of the announcement")
    await company.releases(swept=False)
    nobody = await signed(company, comms, diane, audience=Audience(whom=Some(departments=("Nowhere",))).text())
    await becomes(company, nobody, "late")
    await comms.is_told("by now nobody is in its audience")
    unseen = await signed(company, comms, diane, counted=None)
    await becomes(company, unseen, "late")
    await comms.is_told("nobody confirmed how many people it is for")
    again = await signed(company, comms, diane, in_minutes=2, request_id=await _request(company, diane))
    await comms.types("nudge hush 2026-11-26 A death")
    await company.settled()
    company.clock.advance(minutes=3)
    await looks(company, 2)
    asked = await comms.is_told("it has to be confirmed again")
    assert "A quiet time was declared after this was signed" in asked
    assert set((await got(company)).values()) == {0}
    await comms.presses("Send it all the same", near="it has to be confirmed again")
    await becomes(company, again, "sent")
    assert set((await got(company)).values()) == {1}, "who confirms it in the quiet time means it"


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_a_community_archived_since_the_preview_reaches_who_was_in_it_and_one_that_nobody_was_in_asks(
    company: Company, comms: Human, diane: Human, ana: Human
) -> None:
    now = company.clock.now()
    async with company.store.write() as session:
        row = Community(
            platform=PLATFORM,
            room="R1",
            name="Garden",
            slug="garden",
            purpose="Beds",
            work="Beds",
            kind="interest",
            visibility="public",
            state="closed",
            created_at=now,
        )
        session.add(row)
        await session.flush()
        closed = row.id or 0
    number = await signed(company, comms, diane, audience=Audience(whom=Some(communities=(closed,))).text())
    await becomes(company, number, "late")
    await comms.is_told("by now nobody is in its audience")
    assert set((await got(company)).values()) == {0}
    async with company.store.write() as session:
        who = await people.find(session, PLATFORM, ana.external, company.clock.now())
        session.add(PulseMember(community_id=closed, person_id=who))
    number = await signed(company, comms, diane, audience=Audience(whom=Some(communities=(closed,))).text())
    await becomes(company, number, "sent")
    assert {name for name, times in (await got(company)).items() if times} == {"ana"}, "as the preview said"


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_recalled_it_is_taken_back_once_the_number_is_repeated(
    company: Company, comms: Human, diane: Human, ana: Human
) -> None:
    number = await signed(company, comms, diane)
    await becomes(company, number, "sent")
    await ana.is_told("The network opens")
    await comms.types(f"announce recall {number}")
    await comms.is_told("was promised to 6 people")
    await comms.types(f"announce recall {number} 5")
    await company.settled()
    assert await state_of(company, number) == "sent", "the number is another one"
    await comms.presses("Take it back from 6 people", near="was promised to 6 people")
    await becomes(company, number, "recalled")
    await looks(company, 2)
    assert set((await got(company)).values()) == {0}
    await comms.is_told(f"Taken back from 6 people by {PLATFORM}", room_of(company))
    await comms.types(f"announce recall {number}")
    await comms.is_told("cannot be recalled")


@pytest.mark.parametrize(
    ("where", "step", "nth"),
    [
        ("memory", "outbox.posted", 3),
        pytest.param("slack", "outbox.posted", 2, marks=pytest.mark.slow),
        pytest.param("memory", "outbox.claimed", 2, marks=pytest.mark.slow),
    ],
)
async def test_killed_in_the_middle_nobody_is_left_out_and_nobody_is_told_twice(
    company: Company, comms: Human, diane: Human, step: str, nth: int
) -> None:
    company.dies_at(step, nth)
    number = await signed(company, comms, diane)
    await company.killed()
    await company.restart()
    company.clock.advance(minutes=2)  # what the dead process may have said is looked for
    await becomes(company, number, "sent")
    assert set((await got(company)).values()) == {1}
    promised = [each for each in await company.rows(Promise) if each.batch == f"announce:{number}"]
    assert {each.state for each in promised} == {"sent"}


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_urgent_by_two_people_it_comes_at_night(company: Company, comms: Human, diane: Human, ana: Human) -> None:
    number = await signed(company, comms, diane, in_minutes=13 * 60)
    await ana.types(f"announce urgent {number} The site is closed")
    await ana.is_told("Ceci revient à un autre rôle")
    await comms.types(f"announce urgent {number} The site is closed")
    await comms.is_told("It counts once a second person agrees")
    await comms.types(f"announce urgent-confirm {number}")
    await comms.is_told("a second person has to agree")
    assert "The site is closed" in await diane.is_told("déclare urgente l’annonce")
    await diane.presses("J’en conviens\u00a0: c’est urgent", near="déclare urgente l’annonce")
    await diane.is_told("elle arrive à toute heure")
    company.clock.advance_to(company.clock.now() + timedelta(hours=13, minutes=1))
    await becomes(company, number, "sent")
    assert set((await got(company)).values()) == {1}, "at eleven in the evening"
    trail = [each.action for each in await company.rows(Entry) if each.subject == f"announcement:{number}"]
    assert trail[:2] == ["announce.urgent", "announce.urgent-confirm"]


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_what_was_declared_urgent_is_shown_and_is_not_urgent_any_more_once_it_changes(
    company: Company, comms: Human, diane: Human
) -> None:
    number = await signed(company, comms, diane, in_minutes=13 * 60)
    await diane.types(f"annonce urgente {number} Le site est fermé")
    await diane.is_told("Cela vaut dès qu’une seconde personne")
    await comms.types(f"announce urgent-confirm {number}")
    await comms.is_told("it comes at any hour")
    assert await state_of(company, number) == "signed", "whose words they are declared it"
    await comms.types(f"announce preview {number}")
    shown = await comms.is_told("declared by diane and bob")
    assert "when their working hours begin" not in shown
    await comms.types(f"announce audience {number} @{comms.external}")
    await comms.is_told("had been declared urgent. It changed")
    made = await _row(company, number)
    assert (made.urgent_id, made.urgent_with_id) == (None, None)


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_declared_urgent_by_others_after_it_was_signed_it_is_to_be_signed_again(
    company: Company, comms: Human, diane: Human, odile: Human
) -> None:
    number = await signed(company, comms, diane, in_minutes=13 * 60)
    await comms.types(f"announce urgent {number} The site is closed")
    await comms.is_told("It counts once a second person agrees")
    await odile.types(f"annonce confirmer-urgence {number}")
    await odile.is_told("elle arrive à toute heure")
    made = await _row(company, number)
    assert (made.state, made.urgent_with_id is not None) == ("draft", True)


@pytest.mark.parametrize("where", FIRST_PLAINLY)
@pytest.mark.parametrize("settings", [FEW])
async def test_in_their_own_name_a_number_is_confirmed_repeated_and_begins_with_a_first_wave(
    company: Company, comms: Human, diane: Human
) -> None:
    unseen = await signed(company, comms, diane, own_name=True, counted=None)
    await becomes(company, unseen, "late")
    await comms.is_told("nobody confirmed how many people it is for")
    number = await signed(company, comms, diane, own_name=True)
    await diane.is_told(f"C’est l’heure de publier l’annonce {number}")
    async with company.store.write() as session:
        await launching.note(session, number, people=60)
    await diane.presses("Je l’ai publiée", near="C’est l’heure de publier")
    await diane.is_told("60 personnes ne sont encore dans aucune messagerie, et la reçoivent")
    assert (await _row(company, number)).wave == 0, "one press mails nobody"
    await diane.presses("Publiée, et l’envoyer à 60 personnes", near="60 personnes")
    await diane.is_told("quelques-unes la reçoivent maintenant")
    assert (await _row(company, number)).wave == 1


@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_in_their_own_name_the_leader_posts_and_says_so(
    company: Company, comms: Human, diane: Human, ana: Human
) -> None:
    number = await signed(company, comms, diane, own_name=True)
    await looks(company, 2)
    asked = await diane.is_told("C’est l’heure de publier")
    draft = await signed(company, comms, diane, in_minutes=600, own_name=True)
    await comms.types(f"announce preview {draft}")
    await comms.is_told("gets nothing, though counted above")
    words = {"memory": "**The network opens**\n\nIt is **here**.", "slack": "The network opens\n\nIt is here."}
    assert words[company.where] in asked, "the words, as that platform takes them when they are pasted"
    company.clock.advance(minutes=61)
    await looks(company, 2)
    await comms.is_told("they have not said that they did")
    await _send(
        _looking(company, company.store, company.clock.now(), writes=0)
    )  # it was told: there is nothing to write
    await ana.types(f"announce posted {number}")
    await ana.is_told("C’est à qui parle de dire")
    await diane.presses("Je l’ai publiée", near="C’est l’heure de publier")
    await becomes(company, number, "sent")
    assert set((await got(company)).values()) == {0}, "the bot relays it to nobody who is in the chat"


@pytest.mark.slow
@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_what_was_given_up_on_its_way_stays_given_up_though_the_clock_is_set_back(
    company: Company, kenji: Human, comms: Human, diane: Human
) -> None:
    number = await signed(company, comms, diane)
    await reaches(company, {**dict.fromkeys(company.people, 1), "kenji": 0})
    await comms.types(f"announce cancel {number}")
    await comms.is_told("nothing more of it is sent")
    company.clock.advance(hours=16)
    await looks(company, 2)
    company.clock.advance(hours=-20)
    await looks(company, 2)
    assert (await got(company)) == {**dict.fromkeys(company.people, 1), "kenji": 0}
    assert await state_of(company, number) == "cancelled"
    await comms.types(f"announce report {number}")
    await comms.is_told("at least 5 of 7")


@pytest.mark.parametrize("where", AT_EASE)
async def test_from_the_first_word_to_the_last_copy(company: Company, comms: Human, diane: Human, ana: Human) -> None:
    everybody = await _known(company)
    await comms.types("announce new The network opens")
    assert await comms.fills(text="It is **here**.", speaker=diane.external) == {}
    await comms.is_told("is kept as a draft")
    await comms.types("announce audience 1 everybody")
    await company.settled()
    await comms.types("announce when 1 tomorrow 9:00")
    await comms.presses("Yes, keep it", near="25 November 2026")
    await comms.types("announce preview 1")
    await comms.is_told(f"{everybody} people")
    await comms.types(f"announce confirm 1 {everybody}")
    await comms.presses("Ask for the signature", near="It still has to be signed")
    await diane.is_told("pour votre signature")
    await diane.types("annonce signer 1")
    await comms.is_told("diane signed announcement 1")
    await ana.is_not_told("The network opens")
    company.clock.advance_to(datetime(2026, 11, 25, 9, 1, tzinfo=HOME))
    await becomes(company, 1, "sent")
    told = await got(company)
    assert set(told.values()) == {1}, f"each once: {told}"
    live = [each for each in await comms.reads() if "Announcement 1: The network opens" in each and "sent" in each]
    assert any(f"{everybody} of {everybody}" in each for each in live), "in the message that confirmed it"
    assert not any("It still has to be signed" in each for each in await comms.reads()), "it was changed"
    contacts = [each for each in await company.rows(Contact) if each.kind == "launch.announcement"]
    assert len(contacts) == everybody, "each is in the ledger"
    assert all(each.sent_at for each in contacts)


async def _known(company: Company) -> int:
    """How many people the bot knows, who are all members."""
    async with company.store.read() as session:
        return len(await members(session, 0, 1000))


@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_at_the_same_hour_on_each_ones_clocks(company: Company, kenji: Human, comms: Human, diane: Human) -> None:
    first = datetime(2026, 11, 25, 9, 0, tzinfo=ZoneInfo("Asia/Tokyo"))  # when it is one in the morning in Paris
    about: dict[str, Any] = {"each_local": True, "local": "2026-11-25T09:00", "at": first}
    await signed(company, comms, diane, **about)
    company.clock.advance_to(first + timedelta(minutes=1))
    await reaches(company, {**dict.fromkeys(company.people, 0), "kenji": 1})
    company.clock.advance_to(datetime(2026, 11, 25, 8, 58, tzinfo=HOME))
    await looks(company)
    assert sum((await got(company)).values()) == 1
    company.clock.advance_to(datetime(2026, 11, 25, 9, 1, tzinfo=HOME))
    await reaches(company, dict.fromkeys(company.people, 1))


@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_a_quiet_time_called_while_it_is_sent_holds_the_rest(
    company: Company, kenji: Human, comms: Human, diane: Human
) -> None:
    number = await signed(company, comms, diane, request_id=await _request(company, diane))
    await reaches(company, {**dict.fromkeys(company.people, 1), "kenji": 0})
    await comms.types("nudge hush 2026-11-27 A death")
    await company.settled()
    company.clock.advance(hours=16)
    await becomes(company, number, "paused")
    assert (await got(company))["kenji"] == 0
    await comms.presses("Resume", near="at least 5 of 7")
    await comms.is_told("goes to nobody before you say")
    assert await state_of(company, number) == "paused"
    await comms.presses("Send it all the same", near="goes to nobody before you say")
    await comms.presses("Resume", near="is confirmed again")
    await becomes(company, number, "sent")
    assert set((await got(company)).values()) == {1}


@pytest.mark.parametrize("where", FIRST_PLAINLY)
@pytest.mark.parametrize("settings", [FEW])
async def test_a_quiet_time_called_after_the_first_wave_is_told_to_who_lets_it_go_on(
    company: Company, comms: Human, diane: Human
) -> None:
    request = await _request(company, diane)
    held = await signed(company, comms, diane, request_id=request)
    late = await signed(company, comms, diane, in_minutes=-90, request_id=request)
    await becomes(company, held, "held")
    await becomes(company, late, "late")
    await comms.types("nudge hush 2026-11-27 A death")
    await company.settled()
    company.clock.advance(minutes=1)
    for number, press, state in ((held, "go", "held"), (late, "send-now", "late")):
        await comms.types(f"announce {press} {number}")
        await comms.is_told(f"So announcement {number} goes to nobody")
        assert await state_of(company, number) == state
    await comms.presses("Send it all the same", near=f"So announcement {held} goes to nobody")
    await comms.presses("Go on with all", near=f"Announcement {held} “The network opens” is confirmed again")
    await comms.is_told("goes on: everybody else gets it")
    await comms.presses("Send it all the same", near=f"So announcement {late} goes to nobody")
    await comms.presses("Send it now", near=f"Announcement {late} “The network opens” is confirmed again")
    await comms.is_told("is sent now, within their hours")


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_put_off_while_another_is_promised_it_is_not_begun(company: Company, comms: Human, diane: Human) -> None:
    numbers = [await signed(company, comms, diane, in_minutes=8 * 60, window_minutes=120) for _ in range(2)]
    await company.stop()
    store = await Store.open(company.url, migrate=False)
    later = company.clock.now() + timedelta(hours=9)

    async def put_off() -> None:
        async with store.write() as session:
            await launching.note(session, numbers[1], at=later + timedelta(days=1))

    try:
        await _send(_looking(company, store, later, writes=20, meanwhile=put_off))
        async with store.read() as session:
            found = [await launch.get(session, number) for number in numbers]
        assert [each and each[0].state for each in found] == ["sending", "signed"]
    finally:
        await store.close()
    await company.start()


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_killed_between_two_thousands_the_rest_is_promised_once_and_who_came_meanwhile_too(
    company: Company, comms: Human, diane: Human
) -> None:
    await _hired(company, 2_100)
    number = await signed(company, comms, diane, in_minutes=8 * 60, counted=2_106, window_minutes=120)
    await company.stop()
    store = await Store.open(company.url, migrate=False)
    later = company.clock.now() + timedelta(hours=9)
    try:
        with pytest.raises(Killed):
            await _send(_looking(company, store, later, writes=3))
        assert await _promised(store, number) == AT_ONCE, "one transaction of it"
        await _hired(company, 2, begin=5_000)
        await _send(_looking(company, store, later, writes=20))
        await _send(_looking(company, store, later, writes=20))
        async with store.read() as session:
            everybody = set(await members(session, 0, 10_000))
            promised = await launching.promised(session, number)
        assert promised == everybody
        assert await _promised(store, number) == len(everybody), "each once"
    finally:
        await store.close()
    await company.start()


async def _hired(company: Company, people_: int, begin: int = 0) -> None:
    """So many people more have an account, whom the bot knows."""
    now = company.clock.now()
    async with company.store.write() as session:
        new = [Person(name=f"n{begin + each}", created_at=now, greeted_at=now) for each in range(people_)]
        session.add_all(new)
        await session.flush()
        for each in new:
            about = {"person_id": each.id, "platform": PLATFORM, "external_id": f"X{each.name}", "created_at": now}
            session.add(Account.model_validate(about))


async def _promised(store: Store, number: int) -> int:
    async with store.read() as session:
        found = select(func.count()).select_from(Promise).where(Promise.batch == f"announce:{number}")
        return (await session.exec(found)).one()


def _looking(
    company: Company,
    store: Store,
    now: datetime,
    writes: int,
    meanwhile: Callable[[], Awaitable[None]] | None = None,
) -> Look:
    """A look at that hour by a bot that dies when it has written so often. meanwhile: done before it first writes."""
    app = App(company.config(), store, {PLATFORM: company.town.platform()}, lambda: now)
    left, before = [writes], [meanwhile] if meanwhile is not None else []

    @asynccontextmanager
    async def write() -> AsyncIterator[AsyncSession | None]:
        if not left[0]:
            raise Killed("write")
        left[0] -= 1
        if before:
            await before.pop()()
        async with store.write() as session:
            yield session

    def context(session: AsyncSession) -> Context:
        return app.parts.context(session, now, None, nudge)

    return Look(store.read, write, context)


async def _send(look: Look) -> None:
    await next(each.handler for each in nudge.ticks if each.name == "launch.send")(look)


@pytest.mark.parametrize("where", FIRST_PLAINLY)
@pytest.mark.parametrize("settings", [FEW])
async def test_gone_on_with_after_its_days_everybody_else_still_gets_it(
    company: Company, comms: Human, diane: Human
) -> None:
    number = await signed(company, comms, diane)
    await becomes(company, number, "held")
    company.clock.advance(days=9)
    await comms.presses("Go on with all", near="The first wave was sent")
    await becomes(company, number, "sent")
    assert set((await got(company)).values()) == {1}, "its days count from there"


@pytest.mark.slow
@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_resumed_after_its_days_it_comes_and_whom_it_never_reached_is_told_apart(
    company: Company, kenji: Human, comms: Human, diane: Human
) -> None:
    number = await signed(company, comms, diane)
    await reaches(company, {**dict.fromkeys(company.people, 1), "kenji": 0})
    await comms.types(f"announce pause {number}")
    await company.settled()
    company.clock.advance(days=14)  # late in the evening in Tokyo
    await comms.types(f"announce resume {number}")
    await looks(company, 2)
    assert await state_of(company, number) == "sending"
    company.clock.advance(days=9)
    await becomes(company, number, "sent")
    told = await comms.is_told("Its days were over before it could come", room_of(company))
    assert "Not yet, or not at all" not in told
    assert {**dict.fromkeys(company.people, 1), "kenji": 0} == await got(company)
