"""Reminders of profiles as the weeks go by: when they come, what ends them, and what begins them again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.humans import Human
from tests.humans.towns import FIRST_IN_MEMORY
from tests.scenarios.company import HOME, PLATFORM, Company
from tests.scenarios.test_communities import Fresh
from tests.scenarios.test_profiles import AT_ONCE, is_met, outsiders, reminders, reminds
from tests.scenarios.test_roster import HEAD, hands_over

TWO = [{"name": "title", "sources": ["own"], "weight": 30}, {"name": "location", "sources": ["own"], "weight": 20}]
TOPICS = {"name": "topics", "sources": ["own"], "weight": 40}
EVERY_DAY = {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}
MONTREAL, NOUMEA = ZoneInfo("America/Montreal"), ZoneInfo("Pacific/Noumea")


async def weeks(company: Company, count: int) -> None:
    """So many weeks go by, and who is due in each is reminded."""
    for _ in range(count):
        await reminds(company, days=7)


async def counted(company: Company, *names: str) -> dict[str, int]:
    """How often each of them was reminded."""
    return {name: await reminders(company.people[name]) for name in names}


@pytest.mark.parametrize("where", FIRST_IN_MEMORY)
@pytest.mark.parametrize("settings", [{"profiles": {**AT_ONCE, "fields": TWO}}])
async def test_any_response_ends_the_reminders_three_without_one_do_and_a_new_field_begins_once_more(
    company: Company, fresh: Fresh
) -> None:
    everybody = ("ana", "bob", "alice", "arthur", "diane", "odile")
    ana, bob, alice, arthur, diane, odile = (company.people[name] for name in everybody)
    strangers = await outsiders(company, fresh("square"))
    for human in (ana, bob, alice, arthur, diane, odile):
        await human.types("parvis")
    await company.settled()
    head = f"{HEAD};compte {PLATFORM}"
    listed = [f"1;diane@example.org;Diane;Achats;{diane.external}", "2;eve@example.org;Eve;Achats;"]
    await hands_over(company, *listed, head=head)
    await reminds(company)
    assert await counted(company, *everybody) == dict.fromkeys(everybody, 1)

    await alice.presses("Later", near="One thing is missing")
    await arthur.presses("Arrêter ces messages-là", near="Il manque une chose")
    await odile.presses("Je préfère ne pas le dire", near="Il manque une chose")
    await hands_over(company, listed[1], head=head, leaving=1)
    company.clock.advance(days=2)
    await bob.types("community list")
    await company.settled()
    await weeks(company, 5)
    assert await counted(company, *everybody) == {
        "ana": 3, "alice": 3,  # she had it later
        "bob": 1, "arthur": 1, "odile": 1, "diane": 1,  # who left
    }  # fmt: skip

    await hands_over(company, *listed, head=head)
    await weeks(company, 3)
    assert await counted(company, "diane", "ana", "bob") == {"diane": 3, "ana": 3, "bob": 1}, "she hears the rest"

    await company.stop()
    company.settings["profiles"] = {**AT_ONCE, "fields": [*TWO, TOPICS]}
    await company.start()
    await company.acquainted()
    await weeks(company, 1)
    await bob.presses("Fill in: what colleagues can ask you about", near="what colleagues can ask you about")
    assert await bob.fills(value="Seeds") == {}
    await bob.is_told("Thank you")
    await company.restart()
    await company.acquainted()
    await weeks(company, 4)
    assert await counted(company, "bob", "ana", "diane", "arthur") == {"bob": 2, "ana": 3, "diane": 3, "arthur": 1}
    for stranger in strangers:
        assert not await reminders(stranger)


async def is_reminded(human: Human, company: Company, at: datetime, *, not_at: Sequence[datetime] = ()) -> None:
    """Time passes until they are reminded, once, and they were not before."""
    for when in not_at:
        await reminds(company, seconds=(when - company.clock.now()).total_seconds())
        assert await reminders(human) == 0, f"it is {when}"
    await reminds(company, seconds=(at - company.clock.now()).total_seconds())
    assert await reminders(human) == 1, f"it is {at}"


@pytest.mark.parametrize("where", FIRST_IN_MEMORY)
@pytest.mark.parametrize("settings", [{"profiles": AT_ONCE, "working_time": {"country": "FR", **EVERY_DAY}}])
async def test_each_is_reminded_in_their_own_hours_over_holidays_and_changes_of_clocks(company: Company) -> None:
    """It is ten in Paris: evening in Nouméa, and four in the morning in Montréal. Sundays are worked here."""
    nina = await company.person("nina", language="fr", zone="Pacific/Noumea")
    mo = await company.person("mo", language="en", zone="America/Montreal")
    for human in (nina, mo):
        await is_met(human, company)
    await reminds(company)
    assert (await reminders(nina), await reminders(mo)) == (0, 0)
    nine = datetime(2026, 11, 24, 9, 5, tzinfo=MONTREAL)
    await is_reminded(mo, company, nine, not_at=[nine.replace(hour=8, minute=50)])
    await is_reminded(nina, company, datetime(2026, 11, 25, 9, 5, tzinfo=NOUMEA))
    await nina.is_told("Il manque une chose")

    company.clock.advance_to(datetime(2026, 12, 24, 18, 30, tzinfo=HOME))
    eve = await company.person("eve", language="en")
    await is_met(eve, company)
    christmas = datetime(2026, 12, 25, 10, 0, tzinfo=HOME)
    await is_reminded(eve, company, datetime(2026, 12, 26, 9, 5, tzinfo=HOME), not_at=[christmas])

    company.clock.advance_to(datetime(2027, 3, 14, 6, 30, tzinfo=UTC))
    max_ = await company.person("max", language="en", zone="America/Montreal")
    await is_met(max_, company)
    nine = datetime(2027, 3, 14, 9, 5, tzinfo=MONTREAL)
    three = datetime(2027, 3, 14, 7, 0, tzinfo=UTC)
    await is_reminded(max_, company, nine, not_at=[three, nine.replace(hour=8, minute=55)])

    company.clock.advance_to(datetime(2027, 10, 30, 22, 0, tzinfo=HOME))
    pia = await company.person("pia", language="fr", zone="Europe/Paris")
    await is_met(pia, company)
    twice = [datetime(2027, 10, 31, hour, 30, tzinfo=UTC) for hour in (0, 1)]  # half past two in Paris, and once more
    nine = datetime(2027, 10, 31, 9, 5, tzinfo=HOME)
    await is_reminded(pia, company, nine, not_at=[*twice, nine.replace(hour=8, minute=55)])
