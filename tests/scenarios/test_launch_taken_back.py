"""An announcement on its way goes wrong: it is taken back as far as the platform lets it be, its first wave is held up,
or somebody is not to be disturbed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot import people
from nudges.launch.audience import Audience, Some
from storage.outbox import Promise
from storage.roster import Entry
from tests.humans import Human
from tests.humans.memory import MemoryTown
from tests.humans.slack import SlackHuman
from tests.humans.towns import FIRST_PLAINLY, IN_WINDOWS
from tests.scenarios.company import HOME, PLATFORM, Company
from tests.scenarios.test_launch_sending import (
    ALL_AT_ONCE,
    FEW,
    becomes,
    comms,
    got,
    looks,
    reaches,
    room_of,
    signed,
    state_of,
)

__all__ = ["comms"]


@pytest.fixture
def settings() -> dict[str, Any]:
    return ALL_AT_ONCE


async def _recalled(company: Company, comms: Human, number: int) -> None:
    await comms.types(f"announce recall {number}")
    await comms.presses("Take it back from 6 people", near="was promised to 6 people")
    await becomes(company, number, "recalled")
    await looks(company, 2)


@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_where_nothing_can_be_deleted_it_says_by_now_that_it_was_taken_back(
    company: Company, comms: Human, diane: Human, ana: Human
) -> None:
    number = await signed(company, comms, diane)
    await becomes(company, number, "sent")
    await company.town.refuse("delete", 6)
    await _recalled(company, comms, number)
    assert set((await got(company)).values()) == {0}, "nobody reads it any more"
    assert "retirée" in await ana.is_told("Une annonce se trouvait ici"), "in her language"
    told = await comms.is_told("Cannot be deleted, so they were changed", room_of(company))
    assert f"the messages of 6 people by {PLATFORM}" in told


@pytest.mark.parametrize("where", ["memory"])
async def test_what_can_be_neither_deleted_nor_changed_is_counted_with_its_reason(
    company: Company, comms: Human, diane: Human, ana: Human, odile: Human
) -> None:
    number = await signed(company, comms, diane, paper=3)
    await becomes(company, number, "sent")
    town = company.town
    assert isinstance(town, MemoryTown)
    for room in town.server.rooms.values():
        for kept in room.messages.values():
            if {ana.external, odile.external} & set(room.members) and "The network opens" in str(kept.message):
                kept.by = "somebody"  # the platform counts it as another's
    await _recalled(company, comms, number)
    left = {name for name, count in (await got(company)).items() if count}
    assert left == {"ana", "odile"}
    told = await comms.is_told("Taken back from 4 people", room_of(company))
    assert f"from 2 people by {PLATFORM}: the platform lets it be neither deleted nor changed" in told
    await comms.types(f"announce edit {number}")
    await comms.is_told("was recalled, so it cannot be changed")


@pytest.mark.slow
@pytest.mark.parametrize("where", FIRST_PLAINLY)
@pytest.mark.parametrize("settings", [FEW])
async def test_what_is_on_its_way_says_so_to_who_would_change_it(company: Company, comms: Human, diane: Human) -> None:
    number = await signed(company, comms, diane)
    await becomes(company, number, "held")
    await comms.types(f"announce edit {number}")
    assert f"announce pause {number}" in await comms.is_told("is being sent, so it cannot be changed")
    await comms.types(f"announce go {number}")
    await becomes(company, number, "sent")
    await comms.types(f"announce when {number} tomorrow 9:00")
    await comms.is_told("was sent, so it cannot be changed")


# ---------------------------------------------------------------- the first wave


async def _only(company: Company, *them: Human) -> str:
    """An audience of these people."""
    async with company.store.write() as session:
        now = company.clock.now()
        numbers = [await people.find(session, PLATFORM, each.external, now, each.name) for each in them]
    return Audience(whom=Some(people=tuple(numbers))).text()


async def _weekly(company: Company, comms: Human, diane: Human, *them: Human) -> None:
    """These people had the two announcements that a week allows."""
    few = FEW["launch"]["wave_from"]
    assert isinstance(few, int)
    for _ in range(2):
        number = await signed(company, comms, diane, audience=await _only(company, *them), counted=len(them))
        await becomes(company, number, "held" if len(them) >= few else "sent")
        if await state_of(company, number) == "held":
            await comms.types(f"announce go {number}")
            await becomes(company, number, "sent")


@pytest.mark.slow
@pytest.mark.parametrize("where", FIRST_PLAINLY)
@pytest.mark.parametrize("settings", [FEW])
async def test_the_first_wave_is_of_those_who_can_be_told_now(
    company: Company, comms: Human, diane: Human, ana: Human, alice: Human, odile: Human, arthur: Human
) -> None:
    had_two = [ana, alice, odile, arthur]
    await _weekly(company, comms, diane, *had_two)
    number = await signed(company, comms, diane)
    await becomes(company, number, "held")
    assert await got(company) == {each.name: 2 for each in had_two} | {"bob": 1, "diane": 1}
    await comms.presses("Go on with all", near="The first wave was sent")
    await looks(company, 2)
    assert await state_of(company, number) == "sending", "the others have it when their week is over"
    company.clock.advance(days=7, minutes=5)
    await becomes(company, number, "sent")
    assert await got(company) == {each.name: 3 for each in had_two} | {"bob": 1, "diane": 1}


@pytest.mark.slow
@pytest.mark.parametrize("where", FIRST_PLAINLY)
@pytest.mark.parametrize("settings", [FEW])
async def test_a_first_wave_that_reaches_nobody_is_no_dead_end(company: Company, comms: Human, diane: Human) -> None:
    everybody = list(company.people.values())
    await _weekly(company, comms, diane, *everybody)
    number = await signed(company, comms, diane)
    asked = await comms.is_told("The first wave is promised, and reaches nobody for now")
    assert "had as many announcements as a week allows" in asked
    await comms.is_told("Nobody of the first wave is reached yet", room_of(company))
    await comms.presses("Go on with all", near="reaches nobody for now")
    await comms.is_told("so nobody has seen how it went")
    await looks(company, 2)
    assert set((await got(company)).values()) == {2}, "nobody has three in a week"
    company.clock.advance(days=7, minutes=5)
    await becomes(company, number, "sent")
    assert set((await got(company)).values()) == {3}


# ---------------------------------------------------------------- not to be disturbed


async def _not_disturbed(company: Company, human: Human, until: datetime) -> None:
    """They do not want to be disturbed until then, as their platform has it; Matrix knows of none: they are away."""
    if isinstance(company.town, MemoryTown):
        company.town.server.accounts[human.external].undisturbed = until
    elif isinstance(human, SlackHuman):
        snooze = {"snooze_enabled": True, "snooze_endtime": int(until.timestamp())}
        human.person.user.dnd = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1, **snooze}
    else:
        async with company.store.write() as session:
            now = company.clock.now()
            who = await people.find(session, PLATFORM, human.external, now, human.name)
            about = {"key": "1", "name": human.name, "away": f"{now:%Y-%m-%d}", "person_id": who}
            session.add(Entry.model_validate({**about, "created_at": now, "changed_at": now}))


@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_who_is_not_to_be_disturbed_has_it_afterwards_and_what_is_urgent_at_once(
    company: Company, comms: Human, diane: Human, ana: Human
) -> None:
    until = company.clock.now() + timedelta(hours=3)
    await _not_disturbed(company, ana, until)
    number = await signed(company, comms, diane)
    others: Mapping[str, int] = {**dict.fromkeys(company.people, 1), "ana": 0}
    await reaches(company, others)
    urgent = await signed(company, comms, diane, in_minutes=10)
    await comms.types(f"announce urgent {urgent} The site is closed")
    await comms.is_told("It counts once a second person agrees")
    await diane.types(f"annonce confirmer-urgence {urgent}")
    await diane.is_told("elle arrive à toute heure")
    company.clock.advance(minutes=11)
    await becomes(company, urgent, "sent")
    assert await got(company) == {**dict.fromkeys(company.people, 2), "ana": 1}
    company.clock.advance(minutes=30)
    await looks(company, 2)
    assert await state_of(company, number) == "sending"
    async with company.store.read() as session:
        waits = select(Promise.due).where(Promise.batch == f"announce:{number}", col(Promise.state) == "later")
        [due] = (await session.exec(waits)).all()
    assert due >= until.replace(microsecond=0)
    company.clock.advance_to(due + timedelta(minutes=1))
    await becomes(company, number, "sent")
    assert set((await got(company)).values()) == {2}


# ---------------------------------------------------------------- late


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_late_and_given_another_time_it_is_signed_anew_and_both_are_told(
    company: Company, comms: Human, diane: Human
) -> None:
    await comms.types("announce new The network opens")
    assert await comms.fills(text="It is **here**.", speaker=diane.external) == {}
    await comms.types("announce audience 1 everybody")
    await comms.is_told("knows whom it is for")
    await comms.types("announce when 1 today 11:00")
    await comms.presses("Yes, keep it", near="11:00")
    everybody = await _confirmed(comms)
    await comms.presses("Ask for the signature", near="Confirmed: announcement 1")
    await diane.is_told("pour votre signature")
    await diane.types("annonce signer 1")
    await comms.is_told("diane signed announcement 1")
    company.clock.advance(hours=4)  # the bot was away
    await becomes(company, 1, "late")
    await comms.is_told("its time is over. It was not sent")
    await comms.types("announce when 1 today 17:00")
    await comms.presses("Yes, keep it", near="17:00")
    told = await comms.is_told("With that its signature is void: diane is shown it as it is now")
    assert "The number of people that was confirmed is void, too" in told
    assert await state_of(company, 1) == "signing"
    await diane.is_told("17:00")
    assert await _confirmed(comms) == everybody
    await diane.types("annonce signer 1")
    await becomes(company, 1, "signed")
    company.clock.advance_to(datetime(2026, 11, 24, 17, 1, tzinfo=HOME))
    await becomes(company, 1, "sent")
    assert set((await got(company)).values()) == {1}


async def _confirmed(comms: Human) -> int:
    """Confirm the number that the preview shows now; return it."""
    await comms.types("announce preview 1")
    await comms.is_told("It reaches")
    shown = [each for each in await comms.reads() if "It reaches" in each][-1]
    number = int(shown.partition("Confirm: ")[2].split()[0])
    await comms.types(f"announce confirm 1 {number}")
    await comms.is_told("Confirmed: announcement 1")
    return number
