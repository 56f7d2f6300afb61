"""How many an announcement was for by the time it was sent, beside its preview; and how many of them are for paper."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest

from tests.humans import Human
from tests.humans.towns import IN_WINDOWS
from tests.scenarios.company import HOME, Company
from tests.scenarios.outside import Outside
from tests.scenarios.test_launch_audience import enlist
from tests.scenarios.test_launch_sending import ALL_AT_ONCE, becomes, comms, got, room_of

__all__ = ["comms"]
ITS_TIME = datetime(2026, 11, 25, 9, 1, tzinfo=HOME)


@pytest.fixture
def settings() -> dict[str, Any]:
    return ALL_AT_ONCE


async def signed(company: Company, comms: Human, diane: Human, whom: str) -> int:
    """An announcement as it is prepared, for tomorrow at nine. Returns how many its preview said that it is for."""
    await comms.types("announce new The network opens")
    assert await comms.fills(text="It is **here**.", speaker=diane.external) == {}
    await comms.types(f"announce audience 1 {whom}")
    await comms.types("announce when 1 tomorrow 9:00")
    await comms.presses("Yes, keep it", near="25 November 2026")
    await comms.types("announce preview 1")
    (number,) = set(re.findall(r"Confirm: (\d+) people", await comms.is_told("Confirm:")))
    await comms.presses(f"Confirm: {number} people", near="As people see it")
    await comms.presses("Ask for the signature", near="It still has to be signed")
    await diane.presses("Signer", near="pour votre signature")
    await comms.is_told("signed announcement 1")
    return int(number)


@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_who_came_and_who_left_since_the_preview_is_told_when_it_is_sent(
    company: Company, comms: Human, diane: Human, ana: Human
) -> None:
    before = await signed(company, comms, diane, "everybody")
    await Outside(company, comms).leaves_company(ana)
    await company.settled()
    await enlist(company, [(f"Worker {each}", "Workshop") for each in range(8)])
    company.clock.advance_to(ITS_TIME)
    await becomes(company, 1, "sent")
    for room in (None, room_of(company)):
        told = await comms.is_told("Since it was confirmed", room)
        assert f"7 people more: {before} before, {before + 7} now" in told
        assert re.search(r"\d+ copies are for paper: “announce paper 1” has them printed by team", told)
    live = await comms.is_told(f"{before - 1} of {before - 1}", room_of(company))
    assert re.search(r"On paper\W+\d+ copies", live)
    told_by_chat = await got(company)
    assert told_by_chat == {**dict.fromkeys(company.people, 1), "ana": 0}


@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_what_is_for_paper_alone_says_so_and_how_many_copies(
    company: Company, comms: Human, diane: Human
) -> None:
    await enlist(company, [(f"Worker {each}", "Workshop") for each in range(7)])
    assert await signed(company, comms, diane, "Workshop") == 7
    company.clock.advance_to(ITS_TIME)
    await becomes(company, 1, "sent")
    await comms.types("announce report 1")
    report = await comms.is_told("Begun")
    live = await comms.is_told("State", room_of(company))
    for said in (report, live):
        assert re.search(r"On paper\W+7 copies", said)
        assert "Delivered" not in said, "nobody is told it by the bot"
    assert "[On paper]" in await comms.is_told("7 copies are for paper", room_of(company)), "printed from there"
