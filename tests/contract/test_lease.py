"""How long ago the one before held a duty: known by a clock that never jumps, or taken for just now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from bot.outbox.lease import Lease
from storage import duties
from storage.database import Store, clock
from storage.outbox import Duty
from tests.humans import eventually

LONG, BRIEF = 6.0, 1.5  # seconds; a busy machine must not let the brief one run out between two lines
RENEW = 2.0


@dataclass
class Timer:
    """Seconds that pass when told to."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def two(seconds: float) -> tuple[Lease, Lease, Timer]:
    """Two processes' sides of one duty, and the other one's timer. seconds: how long the first says it holds it."""
    timer = Timer(1.0)
    return Lease("x", "one", seconds=seconds, renew=0.0), Lease("x", "other", renew=RENEW, timer=timer), timer


async def held(store: Store, lease: Lease) -> bool:
    async with store.write() as session:
        return await lease.hold(session)


async def jumps(store: Store) -> None:
    """The database's clock is put forward by years: to it, every lease ran out long ago."""
    async with store.write() as session:
        await session.exec(sa.update(Duty).values(until=await clock(session) - timedelta(days=9000)))


async def test_what_was_seen_to_stand_there_unchanged_is_that_old(store: Store) -> None:
    one, other, timer = two(BRIEF)
    assert await held(store, one)
    assert one.since is None, "nobody had it before"
    assert not await held(store, other)
    timer.now = 9.0
    await eventually(lambda: held(store, other), "its lease runs out")
    assert other.since == timedelta(seconds=9.0 - 1.0 - RENEW)


async def test_a_renewal_in_between_makes_it_young_again(store: Store) -> None:
    one, other, timer = two(BRIEF)
    assert await held(store, one)
    assert not await held(store, other)
    assert await held(store, one)
    timer.now = 9.0
    assert not await held(store, other)
    timer.now = 12.0
    await eventually(lambda: held(store, other), "its lease runs out")
    assert other.since == timedelta(seconds=12.0 - 9.0 - RENEW)


async def test_a_database_s_clock_that_jumps_makes_nothing_old(store: Store) -> None:
    one, other, timer = two(LONG)
    assert await held(store, one)
    assert not await held(store, other)
    await jumps(store)
    timer.now = 2.0
    assert await held(store, other)
    assert other.since == timedelta(0)


async def test_whoever_never_saw_it_takes_it_for_just_now(store: Store) -> None:
    timer = Timer(1000.0)
    assert await held(store, Lease("x", "one", seconds=LONG))
    await jumps(store)
    other = Lease("x", "other", renew=RENEW, timer=timer)
    assert await held(store, other)
    assert other.since == timedelta(0)


async def test_what_was_handed_back_may_have_calls_under_way(store: Store) -> None:
    one, other, timer = two(LONG)
    assert await held(store, one)
    assert not await held(store, other)
    timer.now = 9.0
    await one.release(store)
    assert await held(store, other)
    assert other.since == timedelta(0)


async def test_a_process_restarted_under_its_name_follows_nobody(store: Store) -> None:
    assert await held(store, Lease("x", "one", seconds=LONG))
    again = Lease("x", "one", seconds=LONG)
    assert await held(store, again)
    assert again.since is None


async def test_a_duty_is_not_taken_from_who_held_it_meanwhile(store: Store) -> None:
    lease = timedelta(hours=1)
    async with store.write() as session:
        assert await duties.take(session, "x", "one", lease) == 1
        seen = await duties.last(session, "x")
        assert (seen.holder, seen.token) == ("one", 1)
        await duties.renew(session, "x", 1, 2 * lease)
        await duties.release(session, "x", 1)
        assert await duties.take(session, "x", "two", lease, seen=seen) is None
        assert await duties.take(session, "x", "two", lease, seen=await duties.last(session, "x")) == 2
