"""What the queries promise, on both engines."""

import asyncio
import os
import signal
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import func, update
from sqlalchemy.event import listen, remove
from sqlmodel import col, select

from storage import contacts, duties, events, outbox, retention, sending
from storage.database import Store, StoreUnavailable, _limit, clock
from storage.events import Recorded
from storage.outbox import Duty, Promise, Running
from storage.people import Person

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
KEPT = {clock.setting: 30 for clock in retention.CLOCKS} | {"retention.handled": 365, "retention.sent": 365}


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
        assert await events.park(session, first, NOW, "ValueError")
    assert await keys(store) == ["2"]
    async with store.read() as session:
        assert [(row.key, row.error) for row in await events.parked(session)] == [("1", "ValueError")]
    async with store.write() as session:
        assert await events.unpark(session, first, NOW)
        assert not await events.unpark(session, first, NOW)
    assert await keys(store) == ["1"]
    async with store.write() as session:
        assert await events.park(session, first, NOW, "ValueError")
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


# ---------------------------------------------------------------- what is forgotten


async def test_what_waited_for_an_administrator_too_long_is_emptied_and_nothing_else(store: Store) -> None:
    old, young = NOW, NOW + timedelta(days=1)
    await given(store, *(event(key, f"p{key}", f"r{key}") for key in ("parked", "kept", "new", "done")))
    known = await ids(store)
    promise = {"platform": "acme", "room": "R1", "lane": "acme:R1", "kind": "answer", "priority": 10, "due": NOW}
    async with store.write() as session:
        await events.park(session, known["parked"], old, "ValueError")
        await events.park(session, known["kept"], young, "ValueError")
        await events.done(session, known["done"], old)
        for state in ("dead", "cancelled", "dropped", "todo", "later", "going", "sent"):
            for age, at in (("old", old), ("young", young)):
                row = {**promise, "name": f"{state} {age}", "state": state, "body": "words", "created_at": at}
                assert await outbox.plan(session, row)
        for phase in ("done", "running", "refused"):
            for age, at in (("old", old), ("young", young)):
                name, words = f"{phase} {age}", '{"name": "words"}'
                steps = Running(kind="x", name=name, platform="acme", state=words, phase=phase, due=NOW, created_at=at)
                session.add(steps)
    async with store.write() as session:
        await retention.run(session, young + timedelta(days=30), KEPT)
    async with store.read() as session:
        recorded = {each.key: each for each in await session.exec(select(Recorded))}
        promised = {each.name: each.body for each in await session.exec(select(Promise))}
        running = {each.name: each.state for each in await session.exec(select(Running))}
    gone = recorded["parked"]
    assert (gone.body, gone.kind, gone.lane_person, gone.lane_room) == ("{}", "", "", ""), "of whom is forgotten too"
    assert (gone.state, gone.error) == ("parked", "ValueError"), "that it was is not"
    for key in ("kept", "new"):
        assert (recorded[key].body, recorded[key].lane_person) == ('{"text": "hello"}', f"p{key}")
    assert {name for name, body in promised.items() if body == "{}"} == {"dead old", "cancelled old", "dropped old"}
    assert set(promised.values()) == {"{}", "words"}
    assert sorted(name for name, state in running.items() if state == "{}") == ["done old", "refused old"]


# ---------------------------------------------------------------- duties


async def test_a_duty_is_held_by_one_until_its_lease_runs_out(store: Store) -> None:
    lease = timedelta(hours=1)
    async with store.write() as session:
        token = await duties.take(session, "send:acme", "one", lease)
        assert token == 1
        assert await duties.take(session, "send:acme", "two", lease) is None
        assert await duties.take(session, "send:other", "two", lease) == 1
    async with store.write() as session:
        await session.exec(update(Duty).where(col(Duty.name) == "send:acme").values(until=NOW - timedelta(days=9000)))
        assert await duties.take(session, "send:acme", "two", lease) == 2
        assert await duties.held(session, "send:acme", 1) is None
        assert await duties.held(session, "send:acme", 2) is not None


async def test_who_lost_a_duty_changes_nothing_of_it(store: Store) -> None:
    lease = timedelta(hours=1)
    async with store.write() as session:
        await duties.take(session, "x", "one", timedelta(0))
        await duties.release(session, "x", 1)
        assert await duties.take(session, "x", "two", lease) == 2
        await duties.renew(session, "x", 1, timedelta(days=9))
        await duties.pause(session, "x", 1, NOW)
        await duties.release(session, "x", 1)
        (duty,) = await duties.duties(session)
        assert (duty.holder, duty.token, duty.paused) == ("two", 2, None)
        assert duty.until is not None
        assert duty.until < await clock(session) + timedelta(hours=2)


async def test_a_process_restarted_under_its_name_takes_its_duty_back(store: Store) -> None:
    lease = timedelta(hours=1)
    async with store.write() as session:
        assert await duties.take(session, "x", "one", lease) == 1
        assert await duties.take(session, "x", "one", lease) is None
        assert await duties.take(session, "x", "one", lease, of="one") == 2
        assert await duties.take(session, "x", "one", lease, token=1) is None
        assert await duties.take(session, "x", "one", lease, token=2) == 3


@pytest.mark.slow
@pytest.mark.postgres
async def test_a_process_stopped_inside_a_transaction_does_not_keep_its_duty(postgres_url: str) -> None:
    """The server ends the transaction of who does not go on, so that its lock is gone."""
    stopped, other = await Store.open(postgres_url), await Store.open(postgres_url)
    released, goes_on = asyncio.Event(), asyncio.Event()

    async def stop_inside() -> None:
        async with stopped.write() as session:
            assert await duties.take(session, "x", "stopped", timedelta(0))
            released.set()
            await goes_on.wait()

    async def take() -> int | None:
        async with other.write() as session:
            return await duties.take(session, "x", "other", timedelta(hours=1))

    stopping = asyncio.create_task(stop_inside())
    await released.wait()
    with pytest.raises(StoreUnavailable, match="55P03"):
        await take()
    assert await take() == 1
    goes_on.set()
    with pytest.raises(StoreUnavailable):
        await stopping
    await stopped.close()
    await other.close()


@pytest.mark.postgres
async def test_no_transaction_lasts_without_end_least_of_all_one_that_has_a_duty(postgres_url: str) -> None:
    store = await Store.open(postgres_url)
    limit = select(func.current_setting("transaction_timeout"))
    async with store.write() as session:
        assert (await session.exec(limit)).one() == "10min"
        token = await duties.take(session, "x", "one", timedelta(hours=1))
        assert token
        assert (await session.exec(limit)).one() == "5s"
    async with store.write() as session:
        assert (await session.exec(limit)).one() == "10min"
        assert await duties.held(session, "x", token)
        assert (await session.exec(limit)).one() == "5s"
    await store.close()


@pytest.mark.slow
@pytest.mark.postgres
async def test_a_process_stopped_within_a_statement_does_not_keep_its_duty(postgres_url: str) -> None:
    """It had asked the server to prepare a statement, and stopped: the server takes that for being at work."""
    stopped, other = await Store.open(postgres_url), await Store.open(postgres_url)
    released, goes_on = asyncio.Event(), asyncio.Event()

    async def stop_inside() -> None:
        async with stopped.write() as session:
            assert await duties.take(session, "x", "stopped", timedelta(0))
            driver = (await (await session.connection()).get_raw_connection()).driver_connection
            assert driver
            await driver.prepare("SELECT 1 + $1::int")
            released.set()
            await goes_on.wait()

    async def take() -> int | None:
        async with other.write() as session:
            return await duties.take(session, "x", "other", timedelta(hours=1))

    stopping = asyncio.create_task(stop_inside())
    await released.wait()
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="55P03"):
            await take()
    assert await take() == 1
    goes_on.set()
    with pytest.raises(StoreUnavailable):
        await stopping
    await stopped.close()
    await other.close()


@pytest.mark.postgres
@pytest.mark.parametrize("moments", range(5))
@pytest.mark.parametrize("is_prepared", [False, True])
async def test_a_connection_that_the_database_is_just_ending_is_the_store_being_away(
    migrated_url: str, moments: int, is_prepared: bool
) -> None:
    """Its last words may be read already, and not that they were the last. moments: of the loop that passed since."""

    async def end(driver: Any) -> None:
        backend = driver.get_server_pid()
        os.kill(backend, signal.SIGTERM)
        while psutil.pid_exists(backend):
            pass
        for _ in range(moments):
            await asyncio.sleep(0)

    async def write() -> None:
        async with store.write() as session:
            await session.exec(select(func.count()))

    store = await Store.open(migrated_url, migrate=False)
    engine = store._writing.sync_engine
    remove(engine, "connect", _limit)
    listen(engine, "connect", lambda connection, _record: connection.run_async(end), insert=not is_prepared)
    listen(engine, "connect", _limit)
    with pytest.raises(StoreUnavailable):
        await write()
    await store.close()


# ---------------------------------------------------------------- contacts


async def test_contacts_weigh_while_they_are_recent_or_unanswered(store: Store) -> None:
    async with store.write() as session:
        ann = Person(name="Ann", created_at=NOW)
        session.add(ann)
        await session.flush()
        assert ann.id is not None
        for name, asks in (("old", False), ("old question", True), ("new", False), ("unsent", True), ("new", True)):
            await contacts.plan(session, ann.id, "reminder", name, "acme", asks, NOW)
        await contacts.sent(session, ["old", "old question"], NOW - timedelta(days=30))
        await contacts.sent(session, ["new", "old", "no contact at all"], NOW)
        weighing = await contacts.weighing(session, [ann.id], NOW - timedelta(days=14))
        assert [(one.promise, one.asks) for one in weighing] == [("old question", True), ("new", False)]
        await contacts.answered(session, ann.id, NOW)
    async with store.read() as session:
        weighing = await contacts.weighing(session, [ann.id], NOW - timedelta(days=14))
        assert [one.promise for one in weighing] == ["new"]
        held = await contacts.held(session, ann.id)
        assert [(one.promise, one.answered_at) for one in held] == [
            ("unsent", None),
            ("new", None),
            ("old question", NOW),
            ("old", None),
        ]


# ---------------------------------------------------------------- speed


async def test_what_waits_for_months_costs_the_sender_nothing(tmp_path: Path) -> None:
    """The queries of the sender's loop use the partial indexes, which hold only what is live."""
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'parvis.db'}")
    asked: list[tuple[str, Any]] = []

    async with store.write() as session:

        def keep(_c: Any, _cursor: Any, statement: str, parameters: Any, _x: Any, _many: bool) -> None:
            asked.append((statement, parameters))

        bound = (await session.connection()).sync_connection
        listen(bound, "before_cursor_execute", keep)
        await sending.heads(session, "acme", NOW, 10)
        await sending.is_anything_due(session, "acme", NOW)
        await sending.fall_due(session, "acme", NOW)
        await sending.take_back(session, "acme")
        await outbox.supersede(session, "a", "b")
        await events.waiting(session, NOW, 10)
        remove(bound, "before_cursor_execute", keep)
        plans = []
        for statement, parameters in asked:
            connection = await session.connection()
            steps = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans.append(" ".join(str(step) for step in steps))
    await store.close()
    for plan, index in zip(
        plans,
        [
            "ix_promise_turn",
            "ix_promise_turn",
            "ix_promise_due",
            "ix_promise_turn",
            "ix_promise_turn",
            "ix_promise_turn",
            "ix_promise_of",
            "ix_event_waiting",
        ],
        strict=True,
    ):
        assert index in plan
        assert "SCAN promise" not in plan
    assert "ix_promise_lane" in plans[0]
    assert "ix_event_person" in plans[-1]
    assert "ix_event_room" in plans[-1]


# ---------------------------------------------------------------- what cannot be opened


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


async def test_a_file_that_another_program_keeps_is_away_until_it_lets_go(tmp_path: Path) -> None:
    file = tmp_path / "parvis.db"
    store = await Store.open(f"sqlite+aiosqlite:///{file}")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="SQLITE_BUSY"):
            async with store.write() as session:
                await events.set_position(session, "slack", "4")
    async with store.write() as session:
        await events.set_position(session, "slack", "5")
    async with store.read() as session:
        assert await events.position(session, "slack") == "5"
    await store.close()


async def test_a_transaction_given_up_in_the_middle_of_a_query_keeps_nobody_from_writing(tmp_path: Path) -> None:
    """SQLite keeps a connection, and its lock, for as long as a trace of the query is kept: here, to the end."""
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'parvis.db'}")
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()
    numbers = "WITH RECURSIVE n(i) AS (SELECT begins() UNION ALL SELECT i + 1 FROM n WHERE i < 500000) SELECT max(i)"

    async def interrupted() -> None:
        async with store.write() as session:
            await events.record(session, [event("1")])
            connection = await session.connection()
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver
            await driver.create_function("begins", 0, lambda: loop.call_soon_threadsafe(begun.set) is not None)
            await connection.exec_driver_sql(numbers + " FROM n")

    task = asyncio.create_task(interrupted())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError) as kept:
        await task
    async with store.write() as session:
        await events.record(session, [event("2")])
    assert await keys(store) == ["2"]
    assert kept.type is asyncio.CancelledError
    await store.close()
