"""What a launch must not do to people, and a small company in which it does not do it."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import structlog

from tests.simulate.judge import Record
from tests.simulate.launch import CLAIMS, PLACES, Asked, Claim, Reach, Reached
from tests.simulate.launched import MAIL, Launch, claims
from tests.simulate.people import Facts, company
from tests.simulate.world import in_memory
from tests.simulate.year import PLATFORM

PARIS, NOUMEA = ZoneInfo("Europe/Paris"), ZoneInfo("Pacific/Noumea")
TUESDAY = date(2027, 1, 12)


def facts(number: int, zone: str = "Europe/Paris", country: str = "FR") -> Facts:
    return Facts(
        number=number, name=f"p{number}", kind="member", zone=zone, account_zone=zone, roster_zone="", language="en",
        listed=True, department="large-1", job="", office="", country=country, days="", away=(), profile={},
    )  # fmt: skip


def at(hour: int, day: int = 12, zone: ZoneInfo = PARIS) -> datetime:
    return datetime(2027, 1, day, hour, tzinfo=zone).astimezone(UTC)


@pytest.fixture
def reach() -> Reach:
    people = [facts(1), facts(2, "Pacific/Noumea", "FR-NC")]
    asked = {"a": Asked("a", at(14)), "b": Asked("b", datetime(2027, 1, 13, 9, 30))}  # noqa: DTZ001 - each one's clocks
    return Reach({each.number: Record(each, each.account_zone) for each in people}, asked)


def told(reach: Reach, *reached: Reached, until: datetime | None = None) -> set[Claim]:
    reach.reached += reached
    return {each.claim for each in reach.wrong(until or at(18), [1, 2])}


def test_what_comes_at_its_hour_is_fine(reach: Reach) -> None:
    assert not told(reach, Reached("a", 1, "chat", at(14)), Reached("b", 2, "mail", at(10, 13, NOUMEA)))
    assert reach.hours()["b"][10] == 1


def test_each_wrong_is_told(reach: Reach) -> None:
    assert told(reach, Reached("a", 2, "chat", at(15))) == {"launch_out_of_hours"}, "it is one in the morning there"
    assert told(reach, Reached("a", 2, "mail", at(10, 13, NOUMEA))) == {"launch_out_of_hours", "launch_doubled"}


def test_what_comes_early_or_too_often_or_to_who_wants_nothing_is_told(reach: Reach) -> None:
    assert told(reach, Reached("a", 1, "chat", at(13))) == {"launch_early"}
    more = (Reached("b", 1, "chat", at(10, 13)), Reached("b", 1, "chat", at(10, 14)))
    assert told(reach, *more) == {"launch_early", "launch_doubled", "launch_over_limit"}
    assert "launch_after_stop" in told(reach, Reached("a", 2, "chat", at(10, 13, NOUMEA), "has left"))


def test_who_had_days_and_was_told_nothing_is_told(reach: Reach) -> None:
    reach.quiet[1].append((at(9), at(10)))
    assert told(reach, Reached("a", 1, "chat", at(14)), until=at(18) + timedelta(days=20)) == {"launch_missed"}


@pytest.fixture
async def home() -> AsyncIterator[Path]:
    with tempfile.TemporaryDirectory(dir=in_memory(), prefix="parvis-launch-") as folder:
        yield Path(folder)
    structlog.reset_defaults()


async def test_a_launch_reaches_everybody_once_and_at_their_hours(home: Path) -> None:
    launch = Launch(company(60, 5, PLACES), home, 5)
    await launch.start()
    try:
        await launch.live(5)
    finally:
        await launch.stop()
    found = launch.judged()
    assert not launch.figures.failures
    assert not found
    assert {each.name: each.ratio for each in claims(found)} == dict.fromkeys(CLAIMS, 0)
    assert {each.medium for each in launch.reach.reached} == {PLATFORM, MAIL}
    assert {each.name for each in launch.reach.reached} == {"announce:1", "announce:2"}, "two a week"
    assert len(launch.reach.reached) > 80
