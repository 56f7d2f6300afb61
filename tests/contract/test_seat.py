"""Who is connected, of several processes: one at a time, another as soon as it vanished, and nobody replaced."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat import Overloaded
from bot.outbox import Seat
from storage import duties, events, keeping, news, sequences
from storage.database import Store, StoreUnavailable
from tests.contract.spine import Spine
from tests.contract.world import START
from tests.humans import eventually

LEASE = 0.6  # seconds
HOUR = timedelta(hours=1)


@asynccontextmanager
async def sitting(seat: Seat) -> AsyncIterator[None]:
    """A process that tries to have it, and vanishes at the end of the block without a word."""
    running = asyncio.create_task(seat.run())
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
def spine(store: Store) -> Spine:
    return Spine(store)


async def ours(seat: Seat) -> None:
    async with asyncio.timeout(20):
        await seat.taken()


async def test_one_has_it_and_another_takes_over_when_it_vanishes(store: Store) -> None:
    one, other = (Seat(store, "platform:acme", holder, lease=LEASE) for holder in ("one", "other"))
    async with sitting(one):
        await ours(one)
        token = one.token
        async with sitting(other):
            await other.tried()
            assert not other.is_ours
            async with store.read() as session:
                assert await duties.is_held(session, "platform:acme")
    # Both are gone.
    async with sitting(other):
        await ours(other)
        assert other.token > token
        async with store.write() as session:
            assert await other.guards(session)
            assert await duties.held(session, "platform:acme", token) is None, "who was replaced has nothing to guard"


async def test_who_gives_it_up_lets_another_have_it_at_once(store: Store) -> None:
    one, other = (Seat(store, "platform:acme", holder, lease=3600) for holder in ("one", "other"))
    running = asyncio.create_task(one.run())
    await ours(one)
    one.stop()
    await running
    assert not one.is_ours
    async with sitting(other):
        await ours(other)


async def test_who_has_it_learns_that_it_was_lost(store: Store) -> None:
    seat = Seat(store, "platform:acme", "one", lease=LEASE)
    async with sitting(seat):
        await ours(seat)
        token = seat.token
        async with store.write() as session:  # it was stopped for longer than its lease, and another took over
            await duties.release(session, "platform:acme", token)
            await duties.take(session, "platform:acme", "other", HOUR)
        async with asyncio.timeout(20):
            await seat.lost(token)
        async with store.write() as session:
            assert not await seat.guards(session)


class Breaking(Store):
    """A store that loses its connection just before a transaction is kept, when told so."""

    breaks = False

    @asynccontextmanager
    async def write(self, *, first: bool = False) -> AsyncIterator[AsyncSession]:
        async with super().write(first=first) as session:
            yield session
            if self.breaks:
                raise StoreUnavailable("08006")


@pytest.fixture
def breaking(store: Store) -> Breaking:
    made = Breaking(store._writing, store._reading)
    made._turn = store._turn  # one writer at a time on SQLite, as in one process
    return made


async def test_what_a_failed_transaction_took_is_nobodys_and_not_taken_from_who_got_it(
    store: Store, breaking: Breaking
) -> None:
    one, other = Seat(breaking, "platform:acme", "one", lease=3600), Seat(store, "platform:acme", "other", lease=3600)
    breaking.breaks = True
    await one._look()
    assert not one.is_ours, "it was never written down"
    await other._look()
    assert other.is_ours
    breaking.breaks = False
    await one._look()
    assert (one.is_ours, other.is_ours) == (False, True), "the token that one believed in is other's now"
    async with store.write() as session:
        assert await other.guards(session)


async def test_it_stays_ours_when_a_renewal_fails_and_not_for_longer(breaking: Breaking) -> None:
    seat = Seat(breaking, "platform:acme", "one", lease=LEASE)
    await seat._look()
    token, breaking.breaks = seat.token, True
    await seat._look()
    assert (seat.is_ours, seat.token) == (True, token)
    async with asyncio.timeout(20):
        await seat.lost(token)  # by our own clock: no renewal was written down
    breaking.breaks = False
    await seat._look()
    assert seat.is_ours


async def test_who_was_replaced_moves_no_position_and_keeps_no_key(spine: Spine) -> None:
    seat = Seat(spine.store, "platform:acme", "one", lease=3600)
    async with sitting(seat), spine.living(spine.intake(seats={"acme": seat})) as intake:
        await ours(seat)
        await intake.advance("acme", [], "s1", {"olm.account": b"new"})
        async with spine.store.write() as session:
            await duties.release(session, seat.name, seat.token)
            await duties.take(session, seat.name, "other", HOUR)
        with pytest.raises(Overloaded):
            await intake.advance("acme", [], "s0", {"olm.account": b"old"})
        with pytest.raises(Overloaded):
            await intake.keep("acme", {"olm.account": b"old"})
    async with spine.store.read() as session:
        assert await events.position(session, "acme") == "s1"
        assert await keeping.kept(session, "acme") == {"olm.account": b"new"}


async def test_what_was_heard_on_a_platform_is_handled_by_who_is_connected_to_it(spine: Spine) -> None:
    ana = spine.person("ana")
    seat = Seat(spine.store, "platform:acme", "one", lease=3600)
    async with spine.living(spine.intake(seats={"acme": seat}, process="one")) as intake:
        await intake.record(spine.says(ana, "note one"))
        assert not await intake._begin(), "nobody is connected"
        assert await spine.states() == ["new"]
        async with sitting(seat):
            await ours(seat)
            await spine.settled()
    assert await spine.notes() == ["one"]


async def test_what_a_process_recorded_that_vanished_is_handled_by_another(spine: Spine) -> None:
    ana = spine.person("ana")
    gone = Seat(spine.store, "platform:acme", "one")
    async with spine.living(spine.intake(process="one", seats={"acme": gone})) as intake:
        await intake.record(spine.says(ana, "note one"))
    async with spine.living(spine.intake(process="other")) as intake:
        assert not await intake._begin(), "it is left to the one that recorded it"
        assert await spine.states() == ["new"]
        spine.now.advance(seconds=5)
        intake.wake()
        await spine.settled()
    assert await spine.notes() == ["one"]


async def test_other_processes_are_told_what_is_new(store: Store) -> None:
    if store.dialect == "sqlite":
        return  # one process, which knows
    other = Store(store._writing, store._reading)
    heard = {"ours": 0, "theirs": 0}

    def hears(who: str) -> None:
        heard[who] += 1

    listening = [
        asyncio.create_task(news.listen(store, lambda: hears("ours"))),
        asyncio.create_task(news.listen(other, lambda: hears("theirs"))),
    ]
    try:

        async def listen() -> bool:
            return heard == {"ours": 1, "theirs": 1}  # each once at its beginning

        await eventually(listen, "both listen")
        async with store.write() as session:
            await sequences.start(session, "open", "open:1", {}, START)

        async def told() -> bool:
            return heard["theirs"] == 2

        await eventually(told, "the other process is told")
        assert heard["ours"] == 1, "a process does not wake itself by way of the database"
    finally:
        for task in listening:
            task.cancel()
        await asyncio.gather(*listening, return_exceptions=True)
