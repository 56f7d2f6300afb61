"""The whole of it: written, timed, addressed, looked at, confirmed, signed, sent, and read by everybody once."""

from __future__ import annotations

import re
from typing import Any

import pytest

from storage.contacts import Contact
from tests.humans import Human
from tests.humans.towns import PLAINLY
from tests.scenarios import announcing
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
    text = "Dear all,\n\nit opens **on Monday**."
    read = "Tuesday 24 November 2026, 16:30 (Europe/Paris)"
    await announcing.written(cleo, diane, "The network opens", text, "today 16:30", read=read)
    number = await announcing.looked_at(cleo)
    await announcing.confirmed(cleo, number)
    await diane.presses("Signer", near="The network opens")
    await cleo.is_told("Good news: diane signed")
    await company.settled()
    assert not [each for each in await ana.reads() if "on Monday" in each], "nothing comes before its time"

    await announcing.sent(company)
    for human in company.people.values():
        got = [each for each in await human.reads() if re.search("relayed by Parvis|relayé par Parvis", each)]
        got = [each for each in got if not re.search("signature|Preview|kept as a draft|knows", each)]
        assert len(got) == 1, f"{human.name}: {got}"
    told = await company.rows(Contact, kind="launch.announcement")
    assert len(told) == number == len({each.person_id for each in told})
    assert all(each.sent_at for each in told)
    assert f"{number} of {number}" in await cleo.is_told("How it went")
