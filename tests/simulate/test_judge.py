"""The judge sees what is wrong, and lets pass what is not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.simulate.judge import Judge, Received
from tests.simulate.people import Doing, Facts

SOMEBODY = Facts(
    number=1,
    name="p1",
    kind="member",
    zone="Asia/Kolkata",
    account_zone="Asia/Kolkata",
    roster_zone="",
    language="en",
    listed=True,
    department="large-1",
    job="",
    office="",
    country="IN",
    days="",
    away=(),
    profile={},
)
TUESDAY = datetime(2027, 3, 2, 6, 0, tzinfo=UTC)  # 11:30 in Kolkata


def judged(*messages: Received, **facts: object) -> list[str]:
    judge = Judge([replace(SOMEBODY, **facts)])  # type: ignore[arg-type]
    return [breach.claim for message in messages for breach in judge.received_by(message)]


def told(**after: float) -> Received:
    return Received(TUESDAY + timedelta(**after), 1, frozenset({"profile"}))


def test_one_a_week_and_three_in_the_first() -> None:
    assert judged(told(), told(days=1), told(days=2), told(days=9)) == ["unanswered"]
    assert judged(told(), told(days=1), told(hours=25), told(hours=26)) == ["over_budget", "unanswered"]
    assert judged(told(), told(days=7)) == []
    assert judged(told(), told(days=9), told(days=14)) == ["over_budget"]


def test_a_response_allows_the_next() -> None:
    judge = Judge([SOMEBODY])
    for week in range(3):
        assert not judge.received_by(told(days=7 * week))
    judge.did(TUESDAY, 1, Doing.REPLY)
    assert not judge.received_by(told(days=21))
    assert judge.records[1].series == [3]


@pytest.mark.parametrize(
    ("facts", "after"),
    [
        ({}, timedelta(hours=6, minutes=30)),  # 18:00
        ({}, timedelta(hours=-3)),  # 8:30
        ({}, timedelta(days=4)),  # Saturday
        ({"days": "mon wed"}, timedelta()),
        ({"away": ((date(2027, 3, 1), date(2027, 3, 2)),)}, timedelta()),
        ({"account_zone": "Pacific/Noumea"}, timedelta(hours=1)),
        ({"account_zone": "", "roster_zone": "America/Toronto"}, timedelta()),
        ({"account_zone": "Mars/Olympus"}, timedelta(hours=-5, minutes=-30)),  # it is half past one in Paris
        ({"country": "FR"}, timedelta(days=27)),  # Easter Monday
    ],
)
def test_hours_are_the_persons_own(facts: dict[str, object], after: timedelta) -> None:
    assert judged(Received(TUESDAY + after, 1, frozenset({"profile"})), **facts) == ["out_of_hours"]


def test_what_is_within_hours_is_let_pass() -> None:
    assert not judged(told())
    assert not judged(told(hours=6), days="tue", away=((date(2027, 3, 3), date(2027, 3, 9)),))


@pytest.mark.parametrize("kind", ["guest", "stranger"])
def test_who_is_no_member_is_left_alone(kind: str) -> None:
    assert judged(told(), kind=kind) == ["after_stop"]


def test_a_stop_holds_until_more_is_wanted() -> None:
    judge = Judge([SOMEBODY])
    judge.did(TUESDAY, 1, Doing.STOP)
    assert [breach.why for breach in judge.received_by(told())] == ["profile: wants nothing"]
    judge.did(TUESDAY, 1, Doing.MORE)
    assert not judge.received_by(told(days=7))
    judge.did(TUESDAY, 1, Doing.NO_MORE, frozenset({"profile"}))
    assert [breach.claim for breach in judge.received_by(told(days=14))] == ["after_stop"]
    assert not judge.received_by(Received(TUESDAY + timedelta(days=21), 1, frozenset({"survey"})))


def test_later_less_hush_and_quiet_hold() -> None:
    judge = Judge([SOMEBODY])
    judge.did(TUESDAY, 1, Doing.LATER, frozenset({"profile"}))
    assert [breach.why for breach in judge.received_by(told(days=6))] == ["profile: snoozed profile"]
    judge.did(TUESDAY, 1, Doing.LESS)
    assert [breach.claim for breach in judge.received_by(told(days=14))] == ["over_budget"]
    judge.hushed(TUESDAY + timedelta(days=49), TUESDAY + timedelta(days=50))
    assert [breach.why for breach in judge.received_by(told(days=49))] == ["profile: hushed"]
    judge.did(TUESDAY, 1, Doing.QUIET, until=TUESDAY + timedelta(days=100))
    assert [breach.claim for breach in judge.received_by(told(days=98))] == ["out_of_hours"]


def test_the_silence_is_said_once_and_to_those_alone_who_said_nothing() -> None:
    judge = Judge([SOMEBODY])
    silence = [replace(told(days=7 * week), subjects=frozenset({"silence"}), optional=False) for week in range(6)]
    assert [breach.why for breach in judge.received_by(silence[0])] == ["silence: silent after 0"]
    judge.did(TUESDAY, 1, Doing.ASK)
    for week in range(3):
        assert not judge.received_by(told(days=7 * week))
    assert not judge.received_by(silence[3])
    assert [breach.why for breach in judge.received_by(silence[4])] == ["silence: told twice that it is silent"]
    judge.did(TUESDAY, 1, Doing.STOP)
    assert {breach.claim for breach in judge.received_by(silence[5])} == {"unanswered", "after_stop"}


@pytest.mark.parametrize("doing", [Doing.STOP, Doing.NO_MORE, Doing.LATER])
def test_nobody_is_thanked_against_what_they_wish(doing: Doing) -> None:
    thanks = replace(told(), subjects=frozenset({"thanks"}), optional=False, asks=False)
    judge = Judge([SOMEBODY])
    assert not judge.received_by(thanks)
    assert not judge.received_by(replace(thanks, at=TUESDAY + timedelta(hours=12), at_once=True))
    judge.did(TUESDAY, 1, doing, frozenset({"profile"}))
    later = replace(thanks, at=TUESDAY + timedelta(days=1), at_once=True)
    assert [breach.claim for breach in judge.received_by(later)] == ["after_stop"]


def test_who_moved_has_other_hours() -> None:
    judge = Judge([SOMEBODY])
    judge.did(TUESDAY, 1, Doing.MOVE, to="America/New_York")
    assert [breach.claim for breach in judge.received_by(told())] == ["out_of_hours"]
