"""The whole of it: written, timed, addressed, looked at, confirmed, signed, sent, and read by everybody once."""

from __future__ import annotations

import re
from typing import Any

import pytest

from storage.contacts import Contact
from storage.launch import Announcement
from tests.humans import Human, eventually
from tests.humans.towns import PLAINLY
from tests.scenarios.company import Company
from tests.scenarios.test_launch import at_work, cleo

__all__ = ["at_work", "cleo"]


@pytest.fixture
def settings() -> dict[str, Any]:
    return {"launch": {"first_wave": 0, "signed_in": "listed"}}


@pytest.mark.parametrize("where", PLAINLY)
async def test_an_announcement_goes_from_its_draft_to_everybody(
    company: Company, at_work: None, cleo: Human, ana: Human, diane: Human
) -> None:
    await company.acquainted()
    await company.releases(swept=False)
    await cleo.types("announce new The network opens")
    assert await cleo.fills(text="Dear all,\n\nit opens **on Monday**.", speaker=diane.external) == {}
    await cleo.is_told("is kept as a draft, version 1")
    await cleo.types("announce when 1 today 16:30")
    await cleo.presses("Yes, keep it", near="Tuesday 24 November 2026, 16:30 (Europe/Paris)")
    await cleo.is_told("knows when it is sent")
    await cleo.types("announce audience 1 everybody")
    await cleo.is_told("knows whom it is for")
    await cleo.types("announce preview 1")
    shown = await cleo.is_told("As people see it")
    (number,) = set(re.findall(r"Confirm: (\d+) people", shown))
    await cleo.presses(f"Confirm: {number} people", near="As people see it")
    await cleo.presses("Ask for the signature", near=f"is for {number} people")
    await diane.presses("Signer", near="The network opens")
    await cleo.is_told("Good news: diane signed")
    await company.settled()
    assert not [each for each in await ana.reads() if "on Monday" in each], "nothing comes before its time"

    (made,) = await company.rows(Announcement)
    assert made.at is not None
    company.clock.advance_to(made.at)

    async def sent() -> bool:
        company.app.wake()
        await company.looked()
        await company.settled()
        return bool(await company.rows(Announcement, state="sent"))

    await eventually(sent, "it is sent")
    for human in company.people.values():
        got = [each for each in await human.reads() if re.search("relayed by Parvis|relayé par Parvis", each)]
        got = [each for each in got if not re.search("signature|Preview|kept as a draft|knows", each)]
        assert len(got) == 1, f"{human.name}: {got}"
    told = await company.rows(Contact, kind="launch.announcement")
    assert len(told) == int(number) == len({each.person_id for each in told})
    assert all(each.sent_at for each in told)
    assert f"{number} of {number}" in await cleo.is_told("How it went")
