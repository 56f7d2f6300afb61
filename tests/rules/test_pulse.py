"""As what, and on which day, something counts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.calendar import WorkingTime
from bot.chat import Deleted, Edited, Event, Joined, Left, Reacted, Read, Spoke
from nudges.pulse.counting import day_of, measured
from nudges.pulse.days import Known, known, over
from nudges.pulse.inside import is_to_read
from nudges.pulse.settings import AFTER_WINDOW, Settings
from storage.communities import Community
from storage.pulse import COUNTED, PulseGap, PulseRoom

PARIS = WorkingTime("Europe/Paris")
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TODAY = date(2026, 11, 24)


def spoke(at: datetime = NOW, thread: str = "") -> Spoke:
    return Spoke(key="1", platform="acme", by="U1", room="R1", at=at, thread=thread)


def happened(kind: type[Any], **more: str) -> Event:
    event: Event = kind(key="1", platform="acme", by="U1", room="R1", at=NOW, **more)
    return event


@pytest.mark.parametrize(
    ("event", "what"),
    [
        (spoke(), "posts"),
        (spoke(thread="M1"), "replies"),
        (happened(Reacted, on="M1"), "reactions"),
        (happened(Read, on="M1"), "reads"),
        (happened(Joined), "joins"),
        (happened(Left), "leaves"),
        (happened(Edited, on="M1"), ""),
        (happened(Deleted, on="M1"), ""),
    ],
)
def test_an_event_counts_as_one_thing_or_not_at_all(event: Event, what: str) -> None:
    assert measured(event) == what
    assert what in {"", *COUNTED}


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (NOW, TODAY),
        (datetime(2026, 11, 23, 22, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 23, 0, tzinfo=UTC), TODAY),  # midnight in Paris
        (NOW - timedelta(days=AFTER_WINDOW - 1), TODAY - timedelta(days=AFTER_WINDOW - 1)),
        (NOW - timedelta(days=AFTER_WINDOW), None),
        (datetime(1971, 1, 1, tzinfo=UTC), None),
        (NOW + timedelta(days=400), TODAY),
    ],
)
def test_a_day_is_one_of_the_organisations_zone_and_neither_to_come_nor_long_ago(
    at: datetime, day: date | None
) -> None:
    assert day_of(spoke(at), PARIS.today(NOW), PARIS) == day


def test_clocks_going_back_make_one_long_day() -> None:
    sunday = datetime(2026, 10, 25, tzinfo=UTC)
    twice = (sunday + timedelta(minutes=30), sunday + timedelta(minutes=90))  # both show 02:30 in Paris
    today = date(2026, 10, 25)
    assert {day_of(spoke(at), today, PARIS) for at in twice} == {today}
    assert day_of(spoke(sunday + timedelta(hours=22, minutes=59)), today, PARIS) == today


def test_who_was_there_is_known_a_while_longer_than_the_window() -> None:
    assert Settings().presence_days == 28 + AFTER_WINDOW
    assert Settings(window_days=90).presence_days == 90 + AFTER_WINDOW


@pytest.mark.parametrize("account", ["U1", "acme", ":U1", "acme: U1", 7])
def test_whom_not_to_count_is_named_by_platform_and_account(account: object) -> None:
    assert Settings(not_counted=("acme:U1",)).not_counted == ("acme:U1",)
    with pytest.raises(ValueError, match="not_counted"):
        Settings.model_validate({"not_counted": [account]})


# ---------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (datetime(2026, 11, 24, 0, 59, tzinfo=UTC), date(2026, 11, 22)),  # 01:59 in Paris
        (datetime(2026, 11, 24, 1, 0, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 24, 22, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 27)),  # two o'clock never comes: it becomes three
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 10, 25, 0, 0, tzinfo=UTC), date(2026, 10, 24)),  # two o'clock comes twice: the first one
    ],
)
def test_a_day_is_over_at_two_of_the_next(now: datetime, last: date) -> None:
    assert over(now, PARIS) == last


def gap(since: int, until: int, community: int | None = 1, **more: Any) -> PulseGap:
    november = {"since": date(2026, 11, since), "until": date(2026, 11, until)}
    return PulseGap.model_validate({"platform": "acme", "community_id": community, "why": "away", **november, **more})


@pytest.mark.parametrize(
    ("gaps", "whole", "within"),
    [
        ([], True, False),
        ([gap(10, 12)], False, True),
        ([gap(11, 12)], False, False),
        ([gap(10, 11)], False, False),
        ([gap(11, 11)], False, False),
        ([gap(10, 11, goes_on=True)], False, True),
        ([gap(12, 14)], True, False),
        ([gap(10, 12, community=2)], True, False),
        ([gap(10, 12, community=None)], False, True),
        ([gap(10, 12, community=None, platform="beta")], True, False),
        ([gap(11, 12), gap(9, 13)], False, True),
    ],
)
def test_of_the_ends_of_a_gap_something_is_known_and_of_its_middle_nothing(
    gaps: list[PulseGap], whole: bool, within: bool
) -> None:
    assert known(1, "acme", date(2026, 11, 11), gaps) == Known(whole, within)


def test_a_list_of_members_is_read_again_only_where_something_was_missed() -> None:
    community = Community(
        platform="acme", room="R1", name="n", slug="n", purpose="p", work="w", kind="business", visibility="public",
        created_at=NOW, members=7, looked_at=NOW,
    )  # fmt: skip
    before, after = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
    assert is_to_read(community, None)
    assert is_to_read(community, PulseRoom(community_id=1, accounts=6, read_at=before))
    assert not is_to_read(community, PulseRoom(community_id=1, accounts=7, read_at=before))
    assert not is_to_read(community, PulseRoom(community_id=1, accounts=6, read_at=after)), "it was looked at before"
    assert is_to_read(community, PulseRoom(community_id=1, accounts=-1, read_at=after)), "somebody unknown came"
