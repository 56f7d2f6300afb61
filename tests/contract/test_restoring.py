"""A backup is put back: what people saw since it was made is not said again."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import select

from bot.nudge import To
from storage import restoring
from storage.database import Store
from storage.outbox import Attempt, Promise
from tests.contract.test_cli import Home
from tests.contract.world import START, World, promised


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
    assert [(each.outcome, each.started_at) for each in tried] == [("", START)]
