"""The database goes away, is kept by others, or its disk is full; then it is back, and nothing was lost meanwhile."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from storage.outbox import Promise
from tests.humans import Human, eventually
from tests.humans.slack import SlackHuman, SlackTown
from tests.scenarios.company import Company
from tests.servers.postgres import Postgres

PLACES = pytest.mark.parametrize("where", ["slack", pytest.param("matrix", marks=pytest.mark.matrix)])
SLACK = pytest.mark.parametrize("where", ["slack"])


async def store_is(company: Company, *, up: bool) -> None:
    """Wait until readiness says so."""

    async def said() -> bool:
        return (await company.app.ready())["store"] is up

    await eventually(said, f"readiness says that the database is {'back' if up else 'away'}", within=20)


async def told_once(company: Company, *people: Human) -> None:
    """Each reads their page once, and nothing is left to be said or handled."""
    for human in people:
        await human.is_told("Your page", within=30)
    await company.settled()
    for human in people:
        assert len([text for text in await human.reads() if "Your page" in text]) == 1, human.name
    assert await company.rows(Promise, state="dead") == []
    assert company.app.tasks.failed is not None
    assert not company.app.tasks.failed.done(), "no part of the bot gave up"


async def met(company: Company, *people: Human) -> None:
    for human in people:
        await human.says("parvis language en")
        await human.is_told("English")
    await company.settled()


# ---------------------------------------------------------------- PostgreSQL


@PLACES
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT])
async def test_what_people_say_while_postgresql_is_away_is_answered_once_it_is_back(
    on_postgresql: Company, postgres: Postgres, how: signal.Signals
) -> None:
    company = on_postgresql
    bob, alice = company.people["bob"], company.people["alice"]
    await met(company, bob, alice)
    await postgres.halt(how)
    try:
        await store_is(company, up=False)
        await bob.says("parvis me")
        if isinstance(alice, SlackHuman):
            assert await is_refused(alice)
    finally:
        await postgres.resume()
    await store_is(company, up=True)
    await company.town.deliver_unacknowledged()
    await alice.says("parvis me")
    await told_once(company, bob, alice)


@SLACK
async def test_what_was_said_while_postgresql_went_away_is_found_and_not_said_again(
    on_postgresql: Company, postgres: Postgres
) -> None:
    """The message was posted, and that could not be written down."""
    company, town = on_postgresql, on_postgresql.town
    assert isinstance(town, SlackTown)
    bob = company.people["bob"]
    await met(company, bob)
    held = town.server.fault("chat.postMessage", "hold_answer")
    await bob.says("parvis me")
    await asyncio.wait_for(held.held.wait(), 10)
    await postgres.halt()
    try:
        await store_is(company, up=False)
        held.release()
    finally:
        await postgres.resume()
    await store_is(company, up=True)
    company.clock.advance(seconds=15)
    await told_once(company, bob)


# ---------------------------------------------------------------- SQLite


@asynccontextmanager
async def kept(tmp_path: Path) -> AsyncIterator[None]:
    """Another program writes to the file, and does not end."""
    other = sqlite3.connect(tmp_path / "parvis.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@asynccontextmanager
async def full(company: Company) -> AsyncIterator[None]:
    """The file may not grow, and no page of it has room: what SQLite says of a disk that is full."""
    await _in_the_file(company, _filled)
    try:
        yield
    finally:
        await _in_the_file(company, _emptied)


async def _in_the_file(company: Company, does: Callable[[sqlite3.Connection], None]) -> None:
    """On the bot's own connection: only there does the limit hold."""
    async with company.app.store._turn.taken(), company.app.store._writing.connect() as connection:
        raw: Any = (await connection.get_raw_connection()).driver_connection
        await raw._execute(does, raw._conn)


def _filled(file: sqlite3.Connection) -> None:
    file.execute("PRAGMA max_page_count = 1")  # SQLite manual: never below what there is
    for size in (100_000, 3_000, 1_000, 100, 10):
        for serial in count():
            try:
                file.execute("INSERT INTO kept VALUES ('filler', ?, ?)", (f"{size}:{serial}", b"x" * size))
            except sqlite3.OperationalError:  # SQLITE_FULL
                break


def _emptied(file: sqlite3.Connection) -> None:
    file.execute("PRAGMA max_page_count = 1000000000")
    file.execute("DELETE FROM kept WHERE platform = 'filler'")


async def is_refused(human: Human) -> bool:
    """Whether their command is answered, by Parvis or by Slack in its place, to the effect that nothing came of it."""
    assert isinstance(human, SlackHuman)
    reply = await human.person.command("/parvis", "language en")
    return not reply.acked or "nothing was" in str(reply.payload)


@SLACK
async def test_what_people_say_while_the_disk_is_full_is_answered_once_there_is_room(
    bob: Human, alice: Human, company: Company
) -> None:
    await met(company, bob, alice)
    async with full(company):
        accepted = 0
        while not await is_refused(alice):  # a last page may have room for a few
            accepted += 1
            assert accepted < 100
        await bob.says("parvis me")
        assert company.app.tasks.failed is not None
        assert not company.app.tasks.failed.done()
    await company.town.deliver_unacknowledged()
    await alice.says("parvis me")
    await told_once(company, bob, alice)


@SLACK
async def test_what_people_say_while_the_file_may_not_be_written_is_answered_once_it_may(
    bob: Human, alice: Human, company: Company
) -> None:
    await met(company, bob, alice)
    await _in_the_file(company, lambda file: _allow(file, writing=False))
    await bob.says("parvis me")
    assert await is_refused(alice)
    await _in_the_file(company, lambda file: _allow(file, writing=True))
    await company.town.deliver_unacknowledged()
    await alice.says("parvis me")
    await told_once(company, bob, alice)


def _allow(file: sqlite3.Connection, *, writing: bool) -> None:
    """Without, each write is refused with SQLITE_READONLY, as where the file system is."""
    file.execute(f"PRAGMA query_only = {int(not writing)}")


@SLACK
async def test_what_people_say_while_another_program_keeps_the_file_is_answered_once_it_lets_go(
    bob: Human, alice: Human, company: Company, tmp_path: Path
) -> None:
    await met(company, bob, alice)
    async with kept(tmp_path):
        await bob.says("parvis me")
        assert await is_refused(alice)
    await company.town.deliver_unacknowledged()
    await told_once(company, bob)
