"""What was signed does not stand any more: it changed since, or whose words they are left. It is said, and not sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from storage.audit import Entry
from storage.launch import Announcement
from tests.humans import Human
from tests.humans.towns import FIRST_PLAINLY, IN_WINDOWS
from tests.scenarios.announced import ready
from tests.scenarios.company import HOME, PLATFORM, Company
from tests.scenarios.outside import Outside
from tests.scenarios.test_launch_sending import ALL_AT_ONCE, becomes, comms, got, looks, state_of

__all__ = ["comms"]
ITS_TIME = datetime(2026, 12, 1, 10, 1, tzinfo=HOME)


@pytest.fixture
def settings() -> dict[str, Any]:
    return ALL_AT_ONCE


async def written(company: Company, comms: Human, diane: Human) -> None:
    """A draft of Diane's words, of which all is said that whoever signs it sees."""
    await comms.types("announce new The network opens")
    assert await comms.fills(text="It is **here**.", speaker=diane.external) == {}
    await comms.is_told("is kept as a draft")
    await ready(company.store, company.clock.now())


async def signed(company: Company, comms: Human, diane: Human) -> None:
    """The same, signed by her."""
    await written(company, comms, diane)
    await comms.types("announce submit 1")
    await diane.presses("Signer", near="pour votre signature")
    await comms.is_told("signed announcement 1")


async def only(company: Company) -> Announcement:
    (made,) = await company.rows(Announcement)
    assert isinstance(made, Announcement)
    return made


@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_what_is_for_others_than_those_it_was_signed_for_is_said_so_and_not_sent(
    company: Company, comms: Human, diane: Human, ana: Human
) -> None:
    await signed(company, comms, diane)
    await comms.types(f"announce audience 1 @{ana.external}, @{diane.external}")
    told = await comms.is_told("With that its signature is void: diane is shown it as it is now")
    assert "The number of people that was confirmed is void, too" in told
    assert await state_of(company, 1) == "signing"
    card = await diane.is_told("Modifiée depuis la signature de diane")
    assert "pas encore confirmé" in card, "she sees that nobody knows how many"
    await diane.presses("Signer", near="Modifiée depuis la signature de diane")
    await comms.is_told("is signed, but nobody has confirmed since its last change how many people it is for")
    assert await state_of(company, 1) == "signed"
    company.clock.advance_to(datetime(2026, 11, 30, 14, 49, tzinfo=HOME))
    await company.settled()
    assert not [each for each in await comms.reads() if "nobody has confirmed yet how many" in each]
    company.clock.advance_to(datetime(2026, 11, 30, 15, 11, tzinfo=HOME))
    await comms.is_told("nobody has confirmed yet how many people it is for")
    company.clock.advance_to(ITS_TIME)
    await becomes(company, 1, "late")
    await comms.is_told("was not sent: nobody confirmed how many people it is for")
    assert set((await got(company)).values()) == {0}
    await comms.types("announce confirm 1 2")
    await comms.presses("Send it now", near="is signed, and is sent once you say so")
    await becomes(company, 1, "sent")
    assert {name for name, times in (await got(company)).items() if times} == {"ana", "diane"}


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_another_time_is_said_to_void_what_was_signed_and_confirmed(
    company: Company, comms: Human, diane: Human
) -> None:
    await signed(company, comms, diane)
    await comms.types("announce when 1 tomorrow 9:00")
    await comms.presses("Yes, keep it", near="25 November 2026")
    told = await comms.is_told("With that its signature is void: diane is shown it as it is now")
    assert "The number of people that was confirmed is void, too" in told
    await comms.types("announce confirm 1 6")
    assert "It still has to be signed" not in await comms.is_told("It waits to be signed")
    assert "6 personnes" in await diane.is_told("Modifiée depuis la signature de diane"), "the card says it by now"
    await diane.presses("Signer", near="Modifiée depuis la signature de diane")
    await company.settled()
    await comms.types("announce confirm 1 6")
    await comms.is_told("It is signed, and is sent at its time")
    assert not [each for each in await comms.reads() if "nobody has confirmed since" in each]
    await comms.types("announce when 1 tomorrow 10:00")
    await comms.presses("Yes, keep it", near="10:00")
    await comms.types("announce when 1 tomorrow 11:00")
    await comms.presses("Yes, keep it", near="11:00")
    await comms.is_told("diane is shown it as it is now, to sign it."), "nothing was signed that could be void"


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_nobody_is_asked_to_sign_what_lacks_a_time_an_audience_or_its_number(
    company: Company, comms: Human, diane: Human
) -> None:
    await comms.types("announce new The network opens")
    assert await comms.fills(text="It is **here**.", speaker=diane.external) == {}
    await comms.presses("Ask for the signature", near="is kept as a draft")
    told = await comms.is_told("cannot be signed yet")
    for lacking in ("whom it is for", "when it is sent", "confirm their number"):
        assert lacking in told
    await comms.types("announce audience 1 everybody")
    await comms.types("announce when 1 tomorrow 9:00")
    await comms.presses("Yes, keep it", near="25 November 2026")
    await comms.types("announce submit 1")
    await company.settled()
    told = [each for each in await comms.reads() if "cannot be signed yet" in each][-1]
    assert "confirm their number" in told
    assert "whom it is for\n" not in told
    assert (await only(company)).state == "draft"
    assert not [each for each in await diane.reads() if "pour votre signature" in each]


@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_who_left_after_signing_speaks_no_more_and_another_leader_has_to_sign(
    company: Company, comms: Human, diane: Human, ana: Human
) -> None:
    await signed(company, comms, diane)
    await company.restart({"roles": {"leader": [f"{PLATFORM}:{ana.external}"]}})
    company.clock.advance(minutes=11)
    await comms.is_told("is signed by diane, who is no leader any more, or has left. It will not be sent so")
    await comms.types("announce again 1")
    await comms.is_told("diane, whose words they are, is no leader any more, or has left. Name another leader")
    company.clock.advance_to(ITS_TIME)
    await becomes(company, 1, "late")
    asked = await comms.is_told("was not sent: diane, whose words they are")
    assert "Send it" not in asked, "nothing lets it go all the same"
    await comms.types("announce send-now 1")
    await looks(company, 2)
    assert await state_of(company, 1) == "late"
    await comms.presses("Change it", near="was not sent: diane, whose words they are")
    assert await comms.fills(speaker=ana.external) == {}
    await comms.is_told("version 2")
    assert await state_of(company, 1) == "draft", "it needs a signature of hers"
    assert set((await got(company)).values()) == {0}
    trail = [each.action for each in await company.rows(Entry) if each.subject == "announcement:1"]
    assert "announce.not-gone" in trail
    assert not {"announce.again", "announce.send-now", "announce.begin"} & set(trail)


@pytest.mark.slow
@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_an_account_that_is_gone_signs_for_nobody_and_what_had_its_first_wave_does_not_go_on(
    company: Company, comms: Human, diane: Human
) -> None:
    await signed(company, comms, diane)
    await company.restart({"launch": {"first_wave": 20, "wave_from": 5}})
    company.clock.advance_to(ITS_TIME)
    await becomes(company, 1, "held")
    was = await got(company)
    await Outside(company, comms).leaves_company(diane)
    await company.settled()
    await comms.types("announce go 1")
    await comms.is_told("does not go on")
    await comms.types("announce pause 1")
    await comms.types("announce resume 1")
    await looks(company, 2)
    assert await state_of(company, 1) == "paused"
    assert await got(company) == was
