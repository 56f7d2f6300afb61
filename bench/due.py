"""Who is due among a million people is found about as fast as they are counted."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import String, case, cast, insert, literal, null, select, text, update
from sqlmodel import SQLModel, col

from adapters import PLATFORMS, open_platform
from bench.measure import Claim, Figure, in_turn, publish, resident, say
from bench.parties import example
from bot.app import App
from bot.config import load
from nudges import NUDGES
from storage.contacts import Contact
from storage.database import Store
from storage.people import Account, Person
from storage.profiles import Reading, Reminder
from storage.roster import Entry
from tests.servers.postgres import Postgres

PEOPLE = 1_000_000
ONE_IN = 10_000
"""Of so many people, one is due: a hundred. Three reminders a year to each of a million, in 117,000 minutes of work,
are 25 a minute, and the sweep looks each minute. What grows with those who are due, and not with all, is their words.
"""
MORE = 1_000
"""Due at once where a bot was down for a while: said beside the claim, which is of an ordinary minute."""
_TOGETHER = 100_000  # rows of one statement, which may last as long as any of the bot's
PART = 500
"""How many are looked at at a time, as the sweep does."""
TARGET = 3.0
MEGABYTES = 30.0
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # a Tuesday, ten o'clock in Paris
_COUNT = text("SELECT count(*) FROM profile_reminder")


def _series(first: int) -> Any:
    one = select(literal(first).label("i")).cte("series", recursive=True)
    return one.union_all(select(one.c.i + 1).where(one.c.i < first + _TOGETHER - 1))


def _rows(first: int) -> list[tuple[type[SQLModel], dict[str, Any]]]:
    """Tables, and what each of some rows holds, told by its number: met half a year ago, at work in Paris.

    All were written to a month ago. Of ten people, three are reminded no more; who is due is so for the first or
    the second time.
    """
    i = _series(first).c.i
    before, name = NOW - timedelta(days=180), literal("person ") + cast(i, String)
    stamped = {"created_at": literal(before)}
    month = literal(NOW - timedelta(days=30))
    later = literal(NOW + timedelta(days=5))
    when = case((i % ONE_IN == 0, literal(NOW - timedelta(hours=1))), (i % 10 < 3, null()), else_=later)
    account = {
        "person_id": i, "platform": literal("acme"), "external_id": literal("U") + cast(i, String), "name": name,
        "kind": literal("member"), "zone": literal("Europe/Paris"), "checked_at": literal(NOW), **stamped,
    }  # fmt: skip
    entry = {
        "key": literal("E") + cast(i, String), "person_id": i, "name": name, "zone": literal("Europe/Paris"),
        "department": literal("D") + cast(i % 200, String), "changed_at": literal(before), **stamped,
    }  # fmt: skip
    contact = {
        "person_id": i, "kind": literal("profile.reminder"), "promise": literal("p") + cast(i, String),
        "platform": literal("acme"), "asks": literal(True), "planned_at": month, "sent_at": month,
    }  # fmt: skip
    return [
        (Person, {"id": i, "name": name, "greeted_at": literal(before), **stamped}),
        (Account, account),
        (Entry, entry),
        (Reading, {"account_id": i, "listed_at": literal(NOW), "listed": literal('{"phone": "123"}')}),
        (Reminder, {"person_id": i, "step": i / ONE_IN % 2, "first_at": month, "since_at": month, "next_at": when}),
        (Contact, contact),
    ]


async def _seeded(url: str) -> Store:
    """A database with a million people, as one that has been at work a while: PostgreSQL has looked through it."""
    store = await Store.open(url)
    for first in range(1, PEOPLE, _TOGETHER):
        for table, columns in _rows(first):
            async with store.write() as session:
                connection = await session.connection()
                source = select(*(value.label(name) for name, value in columns.items()))
                await connection.execute(insert(table).from_select(list(columns), source))
        say(f"  {first + _TOGETHER - 1:,} people are there")
    if store.dialect == "postgresql":
        async with store.driver() as driver:
            await driver.execute("VACUUM ANALYZE")
    return store


def _bot(store: Store, folder: Path) -> App:
    """The bot with the settings of the example, never started: what the sweep asks is asked of its parts."""
    file = folder / "parvis.toml"
    file.write_text(example('kind = "memory"', "sqlite+aiosqlite:///parvis.db", 0), "utf-8")
    models = {each.id: each.settings for each in NUDGES}
    config = load(file, {"PARVIS_AUDIT_KEY": "0123456789abcdef" * 4}, models, PLATFORMS)
    platforms = {name: open_platform(name, table, lambda: NOW) for name, table in config.platforms.items()}
    return App(config, store, platforms, lambda: NOW)


async def _more_are_due(store: Store) -> None:
    """Let `MORE` be due, those who are among them."""
    async with store.write() as session:
        connection = await session.connection()
        more = update(Reminder).where(col(Reminder.person_id) % (PEOPLE // MORE) == 0)
        await connection.execute(more.values(next_at=NOW - timedelta(hours=1)))


class _Sweep:
    """Finding who is due, as the sweep of the bot does, without promising anything.

    due: so many are. growth: megabytes, at the most.
    """

    def __init__(self, app: App, store: Store) -> None:
        self._app, self._store = app, store
        self._before = resident(os.getpid())
        self.due = PEOPLE // ONE_IN
        self.growth = 0.0

    async def ours(self) -> Figure:
        """Seconds until all who may be told now are known. Raises RuntimeError: they are not those of the plan."""
        began, told, after = time.perf_counter(), 0, None
        looking = self._app.nudged.looking
        kind = next(each for each in looking.swept if each.spec.kind == "profile.reminder")
        while True:
            async with self._store.read() as session:
                ctx = self._app.parts.context(session, NOW, None, self._app.nudged.nudge)
                part = await looking.part(ctx, kind, PART, after=after)
                weighed = await looking.weigh(session, kind.spec.kind, {each.person: each for each in part}, NOW)
            told += sum(each.verdict.due == NOW for each in weighed.values())
            self.growth = max(self.growth, resident(os.getpid()) - self._before)
            if len(part) < PART:
                break
            after = part[-1]
        if told != self.due:
            raise RuntimeError(f"{told} people may be told now, not {self.due}")
        return Figure(time.perf_counter() - began)

    async def reference(self) -> Figure:
        """Seconds of one count, by the same connection."""
        async with self._store.read() as session:
            began = time.perf_counter()
            counted = (await session.execute(_COUNT)).scalar_one()
            took = time.perf_counter() - began
        if counted != PEOPLE:
            raise RuntimeError(f"{counted} people were counted, not {PEOPLE}")
        return Figure(took)


async def _measured(name: str, url: str, folder: Path) -> None:
    store = await _seeded(url)
    try:
        sweep = _Sweep(_bot(store, folder), store)
        mine, theirs = await in_turn(sweep.ours, sweep.reference)
        grown, sweep.due = sweep.growth, MORE
        await _more_are_due(store)
        more, beside = await in_turn(sweep.ours, sweep.reference)
    finally:
        await store.close()
    publish(Claim(name, "s", TARGET, "lower", mine, theirs))
    kept = "kept" if grown <= MEGABYTES else "MISSED"
    say(f"  memory grew by {grown:.1f} MB at most (target ≤ {MEGABYTES:.0f}) {kept}")
    took, counted = (median(each.value for each in figures) for figures in (more, beside))
    say(f"  no claim: with {MORE:,} due {took:.2f} s, {took / counted:.1f} times the count; {sweep.growth:.1f} MB")


@asynccontextmanager
async def _postgres() -> AsyncIterator[str]:
    # As durable as it comes, though nothing is written while it is measured.
    async with Postgres(("max_connections=50", "listen_addresses=")) as server, server.database() as url:
        yield url


async def main() -> None:
    """SQLite, then PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as name:
        folder = Path(name)
        await _measured("due_sweep_sqlite", f"sqlite+aiosqlite:///{folder / 'due.db'}", folder)
        async with _postgres() as url:
            await _measured("due_sweep_postgresql", url, folder)
