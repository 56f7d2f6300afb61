"""An announcement is promised to a hundred thousand people about as fast as the bare rows are inserted.

They live in twelve zones and are told at nine o'clock by their own clocks, by mail or in the chat. One in twenty wants
something else than all others: has stopped it, put it off, or had two announcements this week.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Integer, String, case, cast, delete, insert, literal, select
from sqlmodel import SQLModel, col

from bench.measure import Claim, Figure, in_turn, publish, say
from bot.attention import Attention
from bot.calendar import WorkingTime, wall
from bot.nudge import ContactSpec, Told
from bot.outbox.planning import Plan
from bot.say import Say, plain
from storage.contacts import Contact
from storage.database import Store
from storage.outbox import Promise
from storage.people import Account, Person
from storage.roster import Entry
from storage.wishes import Wish
from tests.servers.postgres import Postgres

PEOPLE = 100_000
CHUNK = 500
"""People planned in one transaction, as whoever announces does."""
TARGET = 1.5
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday; the announcement is for Tuesday
ZONES = (
    "Europe/Paris", "Europe/London", "America/Montreal", "America/Sao_Paulo", "America/Los_Angeles", "Africa/Dakar",
    "Asia/Dubai", "Asia/Kolkata", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney", "Pacific/Noumea",
)  # fmt: skip
_KIND, _NAME, _BATCH = "word", "announcement:1:1", "announcement:1"
_TEXT = Say(lines=tuple(plain(f"What the director says, line {each}: we begin on Tuesday.") for each in range(8)))


def _rows() -> list[tuple[type[SQLModel], Mapping[str, Any], Any]]:
    """Tables, what each of some rows holds, told by its number, and of which numbers: people met half a year ago."""
    one = select(literal(1).label("i")).cte("series", recursive=True)
    i = one.union_all(select(one.c.i + 1).where(one.c.i < PEOPLE)).c.i
    before, name = literal(NOW - timedelta(days=180)), literal("person ") + cast(i, String)
    number = cast(i % len(ZONES), Integer)
    zone = case(*((number == each, literal(zone)) for each, zone in enumerate(ZONES)), else_=literal(""))
    account = {
        "person_id": i, "platform": literal("acme"), "external_id": literal("U") + cast(i, String), "name": name,
        "kind": literal("member"), "zone": zone, "checked_at": literal(NOW), "created_at": before,
    }  # fmt: skip
    address = account | {"platform": literal("mail"), "kind": literal("address"), "checked_at": literal(None)}
    entry = {
        "key": literal("E") + cast(i, String), "person_id": i, "name": name, "zone": zone,
        "department": literal("D") + cast(i % 200, String), "changed_at": before, "created_at": before,
    }  # fmt: skip

    def sent(what: str, kind: str, days: int) -> dict[str, Any]:
        at = literal(NOW - timedelta(days=days))
        return {
            "person_id": i, "kind": literal(kind), "promise": literal(what) + cast(i, String), "asks": literal(False),
            "platform": literal("acme"), "planned_at": at, "sent_at": at,
        }  # fmt: skip

    wish = {"person_id": i, "kind": literal(_KIND), "changed_at": before}
    everybody = i > 0
    return [
        (Person, {"id": i, "name": name, "greeted_at": before, "created_at": before}, everybody),
        (Account, account, everybody),
        (Account, address, i % 2 == 0),
        (Entry, entry, everybody),
        (Contact, sent("r", "reminder", 20), everybody),
        (Contact, sent("a", _KIND, 5), i % 10 == 0),
        (Contact, sent("b", _KIND, 3), i % 40 == 0),
        (Wish, wish | {"stopped_at": before}, i % 80 == 1),
        (Wish, wish | {"snoozed_until": literal(NOW + timedelta(days=4))}, i % 80 == 2),
    ]


async def _seeded(url: str) -> Store:
    store = await Store.open(url)
    for table, columns, which in _rows():
        async with store.write() as session:
            source = select(*(value.label(name) for name, value in columns.items())).where(which)
            await (await session.connection()).execute(insert(table).from_select(list(columns), source))
    return store


class _Planning:
    """The same rows, by the bot and by hand."""

    def __init__(self, store: Store) -> None:
        self._store = store
        kinds = [ContactSpec("reminder"), ContactSpec(_KIND, budget="announcement")]
        self._attention = Attention(kinds, WorkingTime("Europe/Paris"))
        nine = {zone: wall(date(2026, 11, 24), datetime.min.time().replace(hour=9), zone) for zone in ZONES}
        media = (("mail", "acme"), ("acme",), ("acme", "mail"))
        self._to = [Told(each, media[each % 3], nine[ZONES[each % len(ZONES)]]) for each in range(1, PEOPLE + 1)]
        self._wanted: Sequence[tuple[list[dict[str, Any]], list[dict[str, Any]]]] = ()

    async def ours(self) -> Figure:
        """Seconds until all are planned."""
        await self._cleared()
        began = time.perf_counter()
        for first in range(0, PEOPLE, CHUNK):
            async with self._store.write() as session:
                plan = Plan(session, NOW, self._attention)
                told = self._to[first : first + CHUNK]
                await plan.tell_many(told, _TEXT, name=_NAME, kind=_KIND, batch=_BATCH, reason="announced")
        took = time.perf_counter() - began
        if not self._wanted:
            self._wanted = await self._planned()
        return Figure(took)

    async def reference(self) -> Figure:
        """Seconds in which those rows are inserted, as many in a transaction."""
        await self._cleared()
        took = 0.0
        for promises, contacts in self._wanted:
            began = time.perf_counter()
            async with self._store.write() as session:
                connection = await session.connection()
                await connection.execute(insert(Promise.__table__), promises)  # type: ignore[attr-defined]
                await connection.execute(insert(Contact.__table__), contacts)  # type: ignore[attr-defined]
            took += time.perf_counter() - began
        return Figure(took)

    async def _planned(self) -> list[tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
        """The rows of each transaction. Raises RuntimeError: they are not as many as people."""
        chunks = []
        promises, contacts = Promise.__table__, Contact.__table__  # type: ignore[attr-defined]
        for first in range(1, PEOPLE, CHUNK):
            mine, theirs = await self._read(promises, first), await self._read(contacts, first)
            chunks.append(
                (
                    [row for row in mine if row["batch"] == _BATCH],
                    [row for row in theirs if row["promise"].startswith(_NAME)],
                )
            )
        states = Counter(row["state"] for mine, _ in chunks for row in mine)
        if states.total() != PEOPLE:
            raise RuntimeError(f"{states.total()} promises were made, not {PEOPLE}")
        say(f"  {dict(states)}, {sum(len(theirs) for _, theirs in chunks)} in the ledger")
        return chunks

    async def _read(self, table: Any, first: int) -> list[dict[str, Any]]:
        """The rows about some people, as they are inserted. first: the number of the first one."""
        theirs = select(table).where(table.c.person_id.between(first, first + CHUNK - 1)).order_by(table.c.id)
        async with self._store.read() as session:
            found = (await (await session.connection()).execute(theirs)).mappings().all()
        return [{key: value for key, value in row.items() if key != "id"} for row in found]

    async def _cleared(self) -> None:
        """As if it had never been announced."""
        async with self._store.write() as session:
            connection = await session.connection()
            await connection.execute(delete(Contact).where(col(Contact.promise).startswith(_NAME)))
            await connection.execute(delete(Promise).where(col(Promise.batch) == _BATCH))
        if self._store.dialect == "postgresql":
            async with self._store.driver() as driver:
                await driver.execute("VACUUM ANALYZE")
        await self._store.tidy()


async def _measured(name: str, url: str) -> None:
    store = await _seeded(url)
    try:
        planning = _Planning(store)
        publish(Claim(name, "s", TARGET, "lower", *await in_turn(planning.ours, planning.reference)))
    finally:
        await store.close()


@asynccontextmanager
async def _postgres() -> AsyncIterator[str]:
    async with Postgres(("max_connections=50", "listen_addresses=")) as server, server.database() as url:
        yield url


async def main() -> None:
    """SQLite, then PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as folder:
        await _measured("plan_announcement", f"sqlite+aiosqlite:///{Path(folder) / 'announce.db'}")
    async with _postgres() as url:
        await _measured("plan_announcement_postgresql", url)
