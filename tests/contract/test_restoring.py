"""A backup is put back: what people saw since it was made is not said again."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import select
from structlog.testing import capture_logs

from adapters.memory.platform import MemoryPlatform
from bot.chat import Command
from bot.nudge import To
from storage import restoring
from storage.database import Store
from storage.outbox import Attempt, Promise
from storage.tables import METADATA
from tests.contract.spine import Spine
from tests.contract.test_cli import Home
from tests.contract.world import START, World, promised
from tests.servers.postgres import Postgres


async def backup(store: Store) -> list[dict[str, Any]]:
    """The promises as they are now."""
    async with store.read() as session:
        return [row.model_dump() for row in await session.exec(select(Promise))]


async def put_back(store: Store, rows: Sequence[dict[str, Any]]) -> None:
    """Everything as the backup has it: what was tried since is not known."""
    async with store.write() as session:
        await session.exec(sa.delete(Attempt))
        await session.exec(sa.delete(Promise))
        session.add_all([Promise(**row) for row in rows])


@pytest.mark.parametrize("told", [True, False], ids=["told", "untold"])
async def test_what_was_said_after_the_backup_is_looked_for(store: Store, told: bool) -> None:
    """Untold, the bot says it again: which is how we know that the other half of this test can fail."""
    world = World(store)
    room, (ana, account) = world.room("lobby"), await world.person("ana")
    to = To(room=room, platform="acme")
    await promised(
        store, world.outbox(), START, (to, "one", "one", {}), (To(person=ana), "hello", "hello", {"kind": "answer"})
    )
    kept = await backup(store)
    await world.outbox().drain()
    await promised(store, world.outbox(), START, (to, "since", "since", {}))
    await world.outbox().drain()
    assert (world.said(room), world.told(account)) == (["one", "since"], ["hello"])

    await put_back(store, kept)
    await promised(store, world.outbox(), START, (to, "later", "later", {}))
    if told:
        async with store.write() as session:
            since = await restoring.taken(session)
            assert since == START
            assert await restoring.doubt(session, since) == 3
    world.now.advance(seconds=60)
    await world.outbox().drain()
    again = [] if told else ["one"]
    assert sorted(world.said(room)) == sorted(["one", "since", *again, "later"])
    assert world.told(account) == ["hello"] + ([] if told else ["hello"])
    assert await world.states("one", "hello", "later") == ["sent", "sent", "sent"]


async def everything(store: Store) -> list[tuple[sa.Table, list[dict[str, Any]]]]:
    """All rows as they are now, tables that others refer to first."""
    async with store.read() as session:
        connection = await session.connection()
        return [
            (table, [dict(row) for row in (await connection.execute(table.select())).mappings()])
            for table in METADATA.sorted_tables
        ]


async def everything_put_back(store: Store, kept: Sequence[tuple[sa.Table, list[dict[str, Any]]]]) -> None:
    async with store.write() as session:
        connection = await session.connection()
        for table, _ in reversed(kept):
            await connection.execute(table.delete())
        for table, rows in kept:
            if rows:
                await connection.execute(table.insert(), rows)


@pytest.mark.parametrize("told", [True, False], ids=["told", "untold"])
async def test_what_a_platform_tells_again_is_answered_once(store: Store, told: bool) -> None:
    """Said after the backup, and handled anew: the rows know nothing of the answer, but people saw it."""
    with capture_logs():
        spine = Spine(store)
        ana, outbox = spine.person("ana"), spine.world.outbox
        early, late, new = (spine.says(ana, f"note {each}") for each in ("early", "late", "new"))

        async def handled(*events: Command) -> None:
            async with spine.living(spine.intake()) as intake:
                for event in events:
                    await intake.record(event)
                await spine.settled()
            await outbox().drain()

        await handled(early)
        kept = await everything(store)
        spine.now.advance(hours=1)
        await handled(late)
        before = spine.world.told(ana)
        assert before[-2:] == ["noted early", "noted late"]

        await everything_put_back(store, kept)
        spine.now.advance(hours=2)
        if told:
            async with store.write() as session:
                since = await restoring.taken(session)
                assert since == START
                await restoring.remember(session, since, spine.now())
        await handled(early, late, new)
    assert spine.world.told(ana) == [*before, *([] if told else ["noted late"]), "noted new"]


async def test_what_is_found_under_a_name_given_anew_says_what_is_meant_now(store: Store) -> None:
    """Numbers go on from where the backup left them: what stands there may be about something else."""
    world = World(store)
    to = To(room=world.room("lobby"), platform="acme")
    await promised(store, world.outbox(), START, (to, "request 7 of Ana", "card:7", {}))
    await world.outbox().drain()
    await put_back(store, [])
    async with store.write() as session:
        await restoring.remember(session, START, world.now())
    await promised(store, world.outbox(), world.now(), (to, "request 7 of Bob", "card:7", {}))
    await world.outbox().drain()
    assert world.said(to.room) == ["request 7 of Bob"]


class Looking(MemoryPlatform):
    """Counts how often it is asked whether something was said."""

    looks = 0

    async def find(self, room: str, name: str, since: datetime, *, reply_to: str = "") -> str | None:
        self.looks += 1
        return await super().find(room, name, since, reply_to=reply_to)


async def test_a_day_after_it_was_put_back_nothing_is_looked_for_any_more(store: Store) -> None:
    world = World(store)
    world.platform = platform = Looking(world.server)
    to = To(room=world.room("lobby"), platform="acme")
    async with store.write() as session:
        await restoring.remember(session, START, world.now())
        await restoring.remember(session, START + timedelta(minutes=5), world.now())
        known = await restoring.recent(session)
    assert known == restoring.Restored(START, START + restoring.CATCHING_UP), "looked for since the earlier one"
    for hours, looks in ((23, 1), (2, 1)):
        world.now.advance(hours=hours)
        await promised(store, world.outbox(), world.now(), (to, "x", f"after {hours}", {}))
        await world.outbox().drain()
        assert platform.looks == looks, hours
    assert world.said(to.room) == ["x", "x"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    made = Home(tmp_path)
    for name, value in made.environment({}).items():
        monkeypatch.setenv(name, value)
    return made


async def test_a_database_is_copied_while_it_is_written_to_and_put_back(home: Home) -> None:
    await home.asks("migrate")
    file = home.folder / "backup.db"
    async with home.store() as store, store.write() as session:
        session.add(Promise(name="kept", platform="here", room="r", lane="r", kind="notice", priority=20,
                            body="{}", due=START, created_at=START))  # fmt: skip
        await session.commit()
        answer = await home.asks("backup", str(file))
    assert answer.status == 0, answer.err
    assert file.stat().st_mode & 0o077 == 0, "nobody else may read it"
    assert sqlite3.connect(file).execute("SELECT name, state FROM promise").fetchall() == [("kept", "todo")]

    assert (await home.asks("backup", str(file))).status == 2, "a backup is never overwritten"
    copyfile(file, home.folder / "parvis.db")
    answer = await home.asks("restored")
    assert answer.status == 0, answer.err
    assert "2026-11-23 10:00" in answer.out
    assert "One message" in answer.out
    async with home.store() as store, store.read() as session:
        tried = list(await session.exec(select(Attempt)))
        known = await restoring.recent(session)
    assert [(each.outcome, each.started_at) for each in tried] == [("", START)]
    assert known is not None
    assert known.since == START


async def test_on_postgresql_a_dump_is_put_back_by_the_commands_of_the_page(
    home: Home, postgres: Postgres, postgres_url: str
) -> None:
    """docs/operating.md, "Backup and restore": the two programs with the options that are told there."""
    file = home.folder / "parvis.toml"
    file.write_text(file.read_text("utf-8").replace(home.url, postgres_url), "utf-8")
    home.url = postgres_url
    assert (await home.asks("migrate")).status == 0
    async with home.store() as store, store.write() as session:
        session.add(Promise(name="kept", platform="here", room="r", lane="r", kind="notice", priority=20,
                            body="{}", due=START, created_at=START))  # fmt: skip
    database, dump = url_of(postgres_url), home.folder / "parvis.dump"
    dump.write_bytes(await postgres.runs("pg_dump", "-Fc", database))
    async with home.store() as store, store.write() as session:  # what came after the backup goes
        await session.exec(sa.update(Promise).values(name="later"))
    await postgres.runs("pg_restore", "--clean", "--if-exists", "-d", database, said=dump.read_bytes())
    answer = await home.asks("restored")
    assert answer.status == 0, answer.err
    assert "One message" in answer.out
    async with home.store() as store, store.read() as session:
        assert [each.name for each in await session.exec(select(Promise))] == ["kept"]
        assert [each.outcome for each in await session.exec(select(Attempt))] == [""], "looked for before it is said"
    said = (Path(__file__).parents[2] / "docs" / "operating.md").read_text("utf-8")
    assert "`pg_dump -Fc parvis > parvis.dump`" in said
    assert "`pg_restore --clean --if-exists -d parvis parvis.dump`" in said


def url_of(sqlalchemy_url: str) -> str:
    """As PostgreSQL's own programs take it."""
    return sqlalchemy_url.replace("postgresql+asyncpg", "postgresql")
