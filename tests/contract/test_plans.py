"""What a thousand people cost the database does not depend on what it last knew of its tables.

PostgreSQL keeps the plan of what it has executed some times, until somebody counts the rows again. Here it counted them
when there were none, and the tables grew since.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, text
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.attention import Attention
from bot.calendar import WorkingTime
from bot.nudge import Told
from bot.outbox.planning import Plan
from storage import contacts
from storage.contacts import Contact
from storage.database import Store
from storage.outbox import Promise
from storage.people import Account, Person
from storage.roster import Entry
from tests.contract.world import KINDS, START, words

PEOPLE, OTHERS = 50, 5_000
OFTEN = 8
"""More than the five times after which PostgreSQL keeps a plan (its manual, "plan_cache_mode")."""
GROWING = ("promise", "contact", "attempt", "account", "roster", "person")


async def _arrive(store: Store) -> list[int]:
    """People whom the bot met, with an account and a line in the company's list."""
    async with store.write() as session:
        people = [Person(name=f"p{each}", greeted_at=START, created_at=START) for each in range(PEOPLE)]
        session.add_all(people)
        await session.flush()
        ids = [each.id or 0 for each in people]
        await _listed(session, ids)
    return ids


async def _listed(session: AsyncSession, people: Sequence[int]) -> None:
    connection = await session.connection()
    accounts = [{"person_id": who, "platform": "acme", "external_id": f"U{who}", "created_at": START} for who in people]
    lines = [{"key": f"E{who}", "person_id": who, "changed_at": START, "created_at": START} for who in people]
    await connection.execute(insert(Account), accounts)
    await connection.execute(insert(Entry), lines)


async def _grows(store: Store, people: Sequence[int]) -> None:
    """There are many others now, each of whom waits for something, as each of these people does."""
    alike = {"batch": "old", "kind": "word", "state": "later", "body": "{}", "priority": 30, "due": START}
    async with store.write() as session:
        connection = await session.connection()
        added = insert(Person).returning(col(Person.id))
        made = await connection.execute(added, [{"name": f"o{each}", "created_at": START} for each in range(OTHERS)])
        others = [each for each in made.scalars() if each]
        await _listed(session, others)
        everybody = (*people, *others)
        promises = [
            alike | {"name": f"old:{who}", "person_id": who, "platform": "acme", "lane": f"{who}", "created_at": START}
            for who in everybody
        ]
        await connection.execute(insert(Promise), promises)
        waiting = [
            {"person_id": who, "kind": "word", "promise": f"old:{who}", "platform": "acme", "planned_at": START}
            for who in everybody
        ]
        await connection.execute(insert(Contact), waiting)


async def _emptied(store: Store) -> None:
    """Nothing is promised any more, and the database knows that it is so."""
    async with store.write() as session:
        await session.exec(delete(Contact))
        await session.exec(delete(Promise))
    if store.dialect == "postgresql":
        async with store.driver() as driver:
            await driver.execute("VACUUM ANALYZE")


class Office:
    """Whoever announces."""

    def __init__(self, store: Store, people: Sequence[int]) -> None:
        self.store, self.people = store, people
        self.attention = Attention(KINDS, WorkingTime("Europe/Paris"))
        self.announced = 0

    @property
    def last(self) -> str:
        """What was announced last."""
        return f"news:{self.announced}"

    async def announces(self, session: AsyncSession) -> None:
        self.announced += 1
        told = [Told(each) for each in self.people]
        plan = Plan(session, START, self.attention)
        await plan.tell_many(told, words("hello"), name=self.last, kind="word", batch=self.last)

    async def weighs(self, session: AsyncSession) -> None:
        """As whoever is about to send to all of them."""
        await contacts.weighing(session, self.people, START - timedelta(days=30))

    async def everything(self, session: AsyncSession) -> None:
        await self.announces(session)
        await self.weighs(session)


async def _read(session: AsyncSession) -> Counter[str]:
    """Table -> rows that were come by in going through all of it, by this connection."""
    counted = text("SELECT relname, seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = ANY(:tables)")
    found = await session.exec(counted, params={"tables": list(GROWING)})  # type: ignore[call-overload]
    return Counter(dict(found.all()))


@pytest.mark.parametrize("engine", [pytest.param("postgresql", marks=pytest.mark.postgres)])
async def test_a_table_that_has_grown_is_not_gone_through_for_each_person(store: Store) -> None:
    office = Office(store, await _arrive(store))
    for _ in range(OFTEN):
        async with store.write() as session:
            await office.everything(session)
    await _emptied(store)
    async with store.write() as session:  # when plans are made anew, of tables without rows
        await office.everything(session)
    await _grows(store, office.people)
    for _ in range(2):
        async with store.write() as session:
            before = await _read(session)
            await office.everything(session)
            come_by = await _read(session) - before
            # Not even once; in `person` the database looks by a plan of its own, to check a foreign key.
            assert set(come_by) <= {"person"}, come_by
            told = await session.exec(select(Contact.id).where(col(Contact.promise).startswith(f"{office.last}:")))
            assert len(told.all()) == PEOPLE


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_sqlite_finds_each_of_many_people_by_an_index(store: Store) -> None:
    office, asked = Office(store, await _arrive(store)), list[tuple[str, Any]]()
    async with store.write() as session:
        connection = await session.connection()

        def keep(_c: Any, _cursor: Any, statement: str, parameters: Any, _x: Any, many: bool) -> None:
            if not many:
                asked.append((statement, parameters))

        event.listen(connection.sync_connection, "before_cursor_execute", keep)
        await office.everything(session)
        event.remove(connection.sync_connection, "before_cursor_execute", keep)
        for statement, parameters in asked:
            steps = (await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)).all()
            whole = [step[-1] for step in steps if step[-1].startswith("SCAN") and step[-1].split()[1] in GROWING]
            assert not whole, (statement, whole)
