"""Which day it is depends on where the organisation is, and not on Greenwich."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from storage.requests import Request
from tests.humans import Human
from tests.scenarios.company import Company

LINE = (
    "community request {name} --purpose Share seeds and advice among colleagues"
    " --work Plan the beds of the courtyard each Monday --review 2026-11-25 --yes"
)


@pytest.mark.parametrize("where", ["memory"])
@pytest.mark.parametrize(
    ("settings", "now", "taken"),
    [
        # Five in the afternoon of the 24th: a review tomorrow is one, though it is the 25th already in UTC.
        ({"parvis": {"zone": "America/Los_Angeles"}}, datetime(2026, 11, 25, 1, tzinfo=UTC), True),
        # Eight in the morning of the 25th: a review today is none, though it is still the 24th in UTC.
        ({"parvis": {"zone": "Pacific/Auckland"}}, datetime(2026, 11, 24, 19, tzinfo=UTC), False),
    ],
    ids=["Los Angeles", "Auckland"],
)
async def test_a_review_lies_ahead_where_the_organisation_is(
    bob: Human, company: Company, now: datetime, taken: bool
) -> None:
    company.clock.advance_to(now)
    await bob.types("parvis")
    await bob.types(LINE.format(name="Seeds"))
    await company.settled()
    assert len(await company.rows(Request)) == taken
    if not taken:
        assert "2026-11-25" in str(await bob.sees_form())
