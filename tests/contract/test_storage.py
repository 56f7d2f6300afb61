"""What the queries promise, on both engines."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from storage import events
from storage.database import Store, StoreUnavailable, clock
from storage.events import Recorded

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


def event(key: str, person: str = "", room: str = "", **more: Any) -> dict[str, Any]:
    row = {"platform": "acme", "key": key, "kind": "command", "body": '{"text": "hello"}', "due": NOW}
    return {**row, "received_at": NOW, "lane_person": person, "lane_room": room, **more}


async def keys(store: Store, now: datetime = NOW, limit: int = 10) -> list[str]:
    async with store.read() as session:
        return [each.key for each in await events.waiting(session, now, limit)]


async def ids(store: Store) -> dict[str, int]:
    async with store.read() as session:
        return {row.key: row.id or 0 for row in await events.waiting(session, LATER, 100)}


async def given(store: Store, *rows: dict[str, Any]) -> None:
    async with store.write() as session:
        await events.record(session, rows)


async def test_an_event_that_comes_again_changes_nothing(store: Store) -> None:
    await given(store, event("a"), event("b"))
    await given(store, event("b", body='{"text": "other"}'), event("c"))
    assert await keys(store) == ["a", "b", "c"]
    async with store.read() as session:
        assert {row.body for row in await events.waiting(session, NOW, 10)} == {'{"text": "hello"}'}


async def test_the_same_key_on_another_platform_is_another_event(store: Store) -> None:
    await given(store, event("a"), event("a", platform="other"))
    assert await keys(store) == ["a", "a"]


async def test_events_of_one_person_or_one_room_wait_for_one_another(store: Store) -> None:
    await given(
        store, event("1", "ann", "!x"), event("2", "ann", "!y"), event("3", "bob", "!x"), event("4", "bob"), event("5")
    )
    assert await keys(store) == ["1", "5"]
    first = (await ids(store))["1"]
    async with store.write() as session:
        assert await events.done(session, first, NOW)
    assert await keys(store) == ["2", "3", "5"]


async def test_an_event_to_be_tried_again_holds_its_lane_until_then(store: Store) -> None:
    await given(store, event("1", "ann"), event("2", "ann"))
    first = (await ids(store))["1"]
    async with store.write() as session:
        assert await events.retry(session, first, LATER, "unreachable")
    assert await keys(store) == []
    assert await keys(store, LATER) == ["1"]
    async with store.read() as session:
        row = await session.get(Recorded, first)
    assert row is not None
    assert (row.tries, row.error) == (1, "unreachable")


async def test_an_event_is_done_once_and_its_words_are_forgotten(store: Store) -> None:
    await given(store, event("1"))
    first = (await ids(store))["1"]
    async with store.write() as session:
        assert await events.done(session, first, NOW)
        assert not await events.done(session, first, NOW)
    async with store.read() as session:
        row = await session.get(Recorded, first)
        assert row is not None
        assert (row.state, row.body, row.handled_at) == ("done", "{}", NOW)
    await given(store, event("1"))
    assert await keys(store) == []


async def test_a_parked_event_frees_its_lane_and_can_come_back_or_be_dropped(store: Store) -> None:
    await given(store, event("1", "ann"), event("2", "ann"))
    first = (await ids(store))["1"]
    async with store.write() as session:
        assert await events.park(session, first, "ValueError", NOW)
    assert await keys(store) == ["2"]
    async with store.read() as session:
        assert [(row.key, row.error) for row in await events.parked(session)] == [("1", "ValueError")]
    async with store.write() as session:
        assert await events.unpark(session, first, NOW)
        assert not await events.unpark(session, first, NOW)
    assert await keys(store) == ["1"]
    async with store.write() as session:
        assert await events.park(session, first, "ValueError", NOW)
        assert await events.drop(session, first, NOW)
        assert not await events.drop(session, first, NOW)
    assert await keys(store) == ["2"]


async def test_what_could_not_be_read_is_parked_once_and_cannot_be_handled(store: Store) -> None:
    async with store.write() as session:
        await events.record_parked(session, "acme", "x", "no_type", NOW)
        await events.record_parked(session, "acme", "x", "no_type", NOW)
        rows = await events.parked(session)
        assert [(row.key, row.error) for row in rows] == [("x", "no_type")]
        assert not await events.unpark(session, rows[0].id or 0, NOW)
        assert await events.backlog(session) == 0


async def test_the_backlog_counts_what_is_not_handled(store: Store) -> None:
    await given(store, event("1", "ann"), event("2", "ann"), event("3", due=LATER))
    async with store.read() as session:
        assert await events.backlog(session) == 3


async def test_old_handled_events_are_forgotten_and_no_others(store: Store) -> None:
    await given(store, event("1"), event("2"), event("3"))
    known = await ids(store)
    async with store.write() as session:
        await events.done(session, known["1"], NOW)
        await events.done(session, known["2"], LATER)
        assert await events.purge(session, LATER) == 1
    await given(store, event("1"), event("2"))
    assert await keys(store) == ["3", "1"]


async def test_a_position_is_what_was_set_last(store: Store) -> None:
    async with store.write() as session:
        assert await events.position(session, "acme") == ""
        await events.set_position(session, "acme", "s1")
        await events.set_position(session, "acme", "s2")
    async with store.read() as session:
        assert await events.position(session, "acme") == "s2"


async def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    async def half() -> None:
        async with store.write() as session:
            await events.record(session, [event("1")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await half()
    assert await keys(store) == []


async def test_reading_waits_for_no_writer_and_sees_no_half(store: Store) -> None:
    async with store.write() as session:
        await events.record(session, [event("1")])
        assert await keys(store) == []
    assert await keys(store) == ["1"]


async def test_the_database_says_the_time(store: Store) -> None:
    async with store.read() as session:
        told = await clock(session)
    assert abs(told - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nonsense", "cannot be read"),
        ("mysql://a/b", "not known"),
        ("sqlite+aiosqlite://", "needs a file"),
        ("sqlite+aiosqlite:////nowhere/at/all.db", "SQLITE_CANTOPEN"),
        ("postgresql+asyncpg://nobody@127.0.0.1:9/none", "cannot connect"),
    ],
)
async def test_a_store_that_cannot_be_opened_says_why(url: str, says: str) -> None:
    with pytest.raises(StoreUnavailable, match=says):
        await Store.open(url)


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "parvis.db"
    file.write_text("these are words, and no database; " * 100)
    with pytest.raises(StoreUnavailable, match="SQLITE_NOTADB"):
        await Store.open(f"sqlite+aiosqlite:///{file}")
