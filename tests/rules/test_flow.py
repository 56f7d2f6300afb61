"""How fast a platform is sent to: as fast as it lets, and never faster."""

import random
from bisect import bisect_right, insort
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import pairwise

import pytest

from adapters.slack.calls import Window
from bot.nudge import Priority
from bot.outbox.flow import CATCH_UP, Flow, Openings

NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
LINES = 10


def most_in_a_minute(counted: list[float]) -> int:
    """The most that came within any minute."""
    return max(number - bisect_right(counted, at - 60) for number, at in enumerate(counted, 1))


def sent(flow: Flow | Window, messages: int, slowest: float, seed: int, stalls: float = 0.0) -> list[float]:
    """When a platform counted each message: somewhere between a call's begin and its answer, by chance.

    slowest: seconds that a call takes at most. stalls: how often, of one, all stands still for three seconds.
    """
    chance, now = random.Random(seed), 0.0
    under_way: list[float] = []
    counted: list[float] = []
    while len(counted) < messages:
        now += 3.0 if chance.random() < stalls else 0.0
        while under_way and under_way[0] <= now:
            flow.end(heappop(under_way))
        wait = flow.wait(now)
        if wait <= 0 and len(under_way) < LINES:
            flow.begin(now) if isinstance(flow, Flow) else flow.begin()
            takes = chance.uniform(0.01, slowest)
            heappush(under_way, now + takes)
            insort(counted, now + chance.random() * takes)
        else:
            now = min([now + wait] * (wait > 0) + under_way[:1])
    return counted


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("slowest", "stalls"), [(0.2, 0.0), (0.9, 0.0), (0.9, 0.005)])
def test_no_minute_has_more_messages_than_the_platform_lets_and_all_have_nearly_as_many(
    seed: int, slowest: float, stalls: float
) -> None:
    counted = sent(Flow(600), 3_000, slowest, seed, stalls)
    assert most_in_a_minute(counted) <= 600
    if not stalls:
        assert len(counted) / (counted[-1] - counted[0]) * 60 >= 0.98 * 600


def test_messages_are_spread_and_what_a_pause_cost_is_made_up_for_within_limits() -> None:
    flow = Flow(60)
    begun = []
    now, free = 100.0, int(CATCH_UP) + 1
    while now < 120:
        if flow.wait(now) == 0:
            flow.begin(now)
            flow.end(now)
            begun.append(now)
        else:
            now += flow.wait(now)
    assert begun[:free] == [100.0] * free
    assert [b - a for a, b in pairwise(begun[free:])] == pytest.approx([1.0] * (len(begun) - free - 1))


def test_whoever_takes_over_goes_on_at_the_pace_that_was_left() -> None:
    before = sent(Flow(600), 900, 0.3, seed=1)
    flow, now = Flow(600), before[-1] + 0.01
    flow.before([at for at in before if at > now - 60])
    begun: list[float] = []
    while len(begun) < 900:
        if (wait := flow.wait(now)) <= 0:
            flow.begin(now)
            flow.end(now)
            begun.append(now)
        now += max(wait, 0.0)
    assert most_in_a_minute([*before, *begun]) <= 600


def test_an_answer_finds_room_where_announcements_have_taken_their_share_of_the_minute() -> None:
    flow, now = Flow(600), 0.0
    for _ in range(597):
        flow.begin(0.0)
        flow.end(0.0)
    assert flow.wait(now) == pytest.approx(60, abs=0.1)
    for _ in range(3):
        assert flow.wait(now, is_answer=True) == 0.0
        flow.begin(now)
        flow.end(now)
    assert flow.wait(now, is_answer=True) == pytest.approx(60, abs=0.1), "the platform takes no more of anything"


def test_without_a_limit_nothing_waits() -> None:
    flow = Flow(0)
    for _ in range(1_000):
        assert flow.wait(0.0) == 0
        flow.begin(0.0)
    assert flow.soon(0.0) > 1_000


def test_only_what_may_begin_soon_is_claimed() -> None:
    flow = Flow(60)
    assert flow.soon(0.0) == CATCH_UP + 1, "what may be made up for, and this one"
    for _ in range(int(CATCH_UP)):
        flow.begin(0.0)
    assert flow.soon(0.0) == 1
    flow.begin(0.0)
    assert flow.soon(0.0) == 0
    assert Flow(1).soon(0.0) == 1


@pytest.mark.parametrize("seed", range(5))
def test_no_minute_has_more_calls_of_a_method_than_its_tier_lets(seed: int) -> None:
    assert most_in_a_minute(sent(Window(50), 400, 0.9, seed)) <= 50


def test_a_method_that_slack_wants_left_alone_is_and_a_clock_set_back_silences_nothing() -> None:
    window = Window(1)
    window.pause(100.0, 30.0)
    assert window.wait(100.0) == 30.0
    assert window.wait(131.0) == 0.0
    window.begin()
    window.end(131.0)
    assert window.wait(132.0) == pytest.approx(59.0, abs=0.1)
    assert window.wait(10.0) == 0.0, "Slack asked for time by the clock of before: how much is left, nobody knows"
    other = Window(1)
    other.begin()
    other.end(131.0)
    assert other.wait(10.0) == 0.0


def test_rooms_are_opened_one_after_the_other_and_what_is_urgent_first() -> None:
    rooms = Openings(50)
    apart = timedelta(seconds=1.212)
    first = [rooms.book(Priority.ANNOUNCEMENT, NOW) for _ in range(100)]
    assert first == [NOW + apart * number for number in range(100)]
    assert rooms.book(Priority.DECISION, NOW) == NOW
    assert rooms.book(Priority.REMINDER, NOW) == first[-1] + apart, "announcements go first"
    later = NOW + timedelta(hours=1)
    assert rooms.book(Priority.ANNOUNCEMENT, later) == later


def test_whoever_takes_over_gives_no_time_twice() -> None:
    rooms = Openings(50)
    last = NOW + timedelta(minutes=5)
    rooms.before([(Priority.ANNOUNCEMENT, last)])
    assert rooms.book(Priority.ANNOUNCEMENT, NOW) == last + timedelta(seconds=1.212)
    assert rooms.book(Priority.DECISION, NOW) == NOW


def test_without_a_limit_rooms_are_opened_at_once() -> None:
    rooms = Openings(0)
    assert {rooms.book(Priority.REMINDER, NOW) for _ in range(100)} == {NOW}
