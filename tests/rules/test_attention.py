"""Who may be contacted, and when."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.attention import Attention, Known, Limits, Past, Wishes, is_silent, when_in_budget
from bot.calendar import WorkingTime
from bot.nudge import ContactSpec

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # ten in Paris
DAY, WEEK = timedelta(days=1), timedelta(days=7)
LONG_AGO = MONDAY - 10 * WEEK
LIMITS = Limits()


def attention(limits: Limits = LIMITS) -> Attention:
    kinds = [ContactSpec("reminder"), ContactSpec("notice", optional=False)]
    return Attention(kinds, WorkingTime("Europe/Paris"), limits)


def sent(*days_ago: float, counts: bool = True, asks: bool = False, answered: bool = False) -> list[Past]:
    return [Past(MONDAY - days * DAY, counts, asks, answered) for days in days_ago]


# ---------------------------------------------------------------- the budget


def test_nothing_was_sent_so_one_may_go_now() -> None:
    assert when_in_budget(MONDAY, [], LONG_AGO, LIMITS) == MONDAY


def test_one_contact_a_week() -> None:
    assert when_in_budget(MONDAY, sent(3), LONG_AGO, LIMITS) == MONDAY + 4 * DAY
    assert when_in_budget(MONDAY, sent(7), LONG_AGO, LIMITS) == MONDAY


def test_what_does_not_count_takes_no_place() -> None:
    assert when_in_budget(MONDAY, sent(1, 2, counts=False), LONG_AGO, LIMITS) == MONDAY


def test_three_contacts_in_the_first_week() -> None:
    met = MONDAY - 2 * DAY
    assert when_in_budget(MONDAY, sent(1, 1), met, LIMITS) == MONDAY
    assert when_in_budget(MONDAY, sent(2, 1, 1), met, LIMITS) == MONDAY + 6 * DAY


def test_after_a_full_first_week_the_ordinary_budget_holds() -> None:
    met = MONDAY - 2 * DAY
    assert when_in_budget(MONDAY, sent(2, 1, 0), met, LIMITS) == MONDAY + WEEK


def test_who_never_met_the_bot_is_in_their_first_week_from_the_first_contact_on() -> None:
    assert when_in_budget(MONDAY, sent(1, 1), None, LIMITS) == MONDAY
    assert when_in_budget(MONDAY, sent(6, 2, 1), None, LIMITS) == MONDAY + 6 * DAY


def test_a_larger_allowance() -> None:
    assert when_in_budget(MONDAY, sent(5, 3), LONG_AGO, Limits(week=2)) == MONDAY + 2 * DAY


def test_an_allowance_of_nothing_is_nothing() -> None:
    assert when_in_budget(MONDAY, [], LONG_AGO, Limits(week=0)) is None
    assert when_in_budget(MONDAY, [], MONDAY, Limits(week=0, first_week=0)) is None
    assert when_in_budget(MONDAY, sent(1), MONDAY - DAY, Limits(week=0)) == MONDAY
    verdict = attention(Limits(week=0)).verdict("reminder", Known(since=LONG_AGO), MONDAY)
    assert (verdict.due, verdict.reason) == (None, "budget")


@given(
    st.lists(st.floats(0, 60), max_size=12),
    st.integers(1, 4),
    st.integers(1, 5),
    st.one_of(st.none(), st.floats(0, 60)),
)
def test_whatever_was_sent_the_budget_is_never_exceeded(
    days: list[float], week: int, first_week: int, met: float | None
) -> None:
    limits = Limits(week=week, first_week=max(week, first_week))
    since = None if met is None else MONDAY - met * DAY
    past = sent(*days)
    due = when_in_budget(MONDAY, past, since, limits)
    assert due is not None
    assert due >= MONDAY
    first = since or min((one.at for one in past), default=MONDAY)
    if due >= first + WEEK:
        assert sum(due - WEEK < one.at <= due for one in past) < limits.week
    else:
        assert sum(first <= one.at for one in past) < limits.first_week
    assert due <= MONDAY + 2 * WEEK


# ---------------------------------------------------------------- silence


def test_three_questions_without_a_response_are_enough() -> None:
    asked = sent(30, 20, 10, asks=True)
    assert is_silent(asked, LIMITS)
    assert not is_silent(asked[:2], LIMITS)
    assert not is_silent([*asked[:2], *sent(1, asks=True, answered=True)], LIMITS)
    assert not is_silent(sent(30, 20, 10, 5), LIMITS)


def test_the_silent_get_nothing_optional_but_what_waits_for_them() -> None:
    person = Known(since=LONG_AGO, past=sent(30, 20, 10, asks=True))
    assert attention().verdict("reminder", person, MONDAY).due is None
    assert attention().verdict("reminder", person, MONDAY).reason == "silent"
    assert attention().verdict("decision", person, MONDAY).due == MONDAY
    assert attention().verdict("notice", person, MONDAY).due == MONDAY


def test_who_stopped_the_bot_gets_nothing_optional() -> None:
    person = Known(since=LONG_AGO, wishes=Wishes(stopped=True))
    verdict = attention().verdict("reminder", person, MONDAY)
    assert (verdict.due, verdict.reason) == (None, "stopped")
    assert attention().verdict("decision", person, MONDAY).due == MONDAY
    assert attention().verdict("answer", person, MONDAY).due == MONDAY


# ---------------------------------------------------------------- hours


@pytest.mark.parametrize(
    ("at", "zone", "due"),
    [
        (MONDAY, "Europe/Paris", MONDAY),
        (MONDAY.replace(hour=20), "Europe/Paris", (MONDAY + DAY).replace(hour=8)),
        (MONDAY.replace(hour=6), "Europe/Paris", MONDAY.replace(hour=8)),
        (MONDAY - DAY, "Europe/Paris", MONDAY.replace(hour=8)),
        (MONDAY, "America/Montreal", MONDAY.replace(hour=14)),
        (MONDAY, "", MONDAY),
    ],
)
def test_a_decision_waits_for_the_persons_own_hours(at: datetime, zone: str, due: datetime) -> None:
    assert attention().verdict("decision", Known(zone=zone), at).due == due


def test_an_answer_waits_for_nothing() -> None:
    night = MONDAY.replace(hour=2)
    assert attention().verdict("answer", Known(past=sent(0, 0, 0)), night).due == night


def test_a_reminder_waits_for_the_budget_and_then_for_the_hours() -> None:
    """The budget allows it on a Sunday: it comes on Monday morning."""
    past = [Past(MONDAY - DAY - timedelta(hours=1), counts=True)]
    verdict = attention().verdict("reminder", Known(zone="Europe/Paris", since=LONG_AGO, past=past), MONDAY)
    assert verdict.due == (MONDAY + WEEK).replace(hour=8)
    assert verdict.reason == "budget"


def test_a_kind_that_nobody_declared_is_a_mistake() -> None:
    with pytest.raises(LookupError, match="unheard-of"):
        attention().verdict("unheard-of", Known(), MONDAY)
    assert attention().counts("unheard-of")
