"""What is said out of courtesy is outside the budget, and goes by what people wish of what it comes of."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.attention import Attention, Known, Past, Wishes
from bot.calendar import WorkingTime
from bot.nudge import ContactSpec

NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)  # a Tuesday
KINDS = (ContactSpec("reminder"), ContactSpec("thanks", optional=False, wished="reminder"))


@pytest.fixture
def attention() -> Attention:
    return Attention(KINDS, WorkingTime("UTC"))


def test_thanks_come_however_much_came_before_and_in_peoples_hours(attention: Attention) -> None:
    much = [Past(NOW - timedelta(days=each), True, asks=True) for each in range(1, 5)]
    assert attention.verdict("reminder", Known(past=much), NOW).due is None
    assert attention.verdict("thanks", Known(past=much), NOW).due == NOW
    night = NOW + timedelta(hours=12)
    assert attention.verdict("thanks", Known(past=much), night).due == NOW.replace(day=4, hour=9)


@pytest.mark.parametrize(
    ("known", "why"),
    [
        (Known(wishes=Wishes(stopped=True)), "stopped"),
        (Known(wishes=Wishes(kinds=frozenset({"reminder"}))), "stopped"),
        (Known(wishes=Wishes(snoozed={"reminder": NOW + timedelta(days=1)})), "stopped"),
        (Known(wishes=Wishes(snoozed={"": NOW + timedelta(days=1)})), "stopped"),
        (Known(hushed=NOW + timedelta(days=1)), "hush"),
    ],
)
def test_thanks_do_not_come_where_reminders_are_not_wanted(attention: Attention, known: Known, why: str) -> None:
    found = attention.verdict("thanks", known, NOW)
    assert (found.due, found.reason) == (None, why)
