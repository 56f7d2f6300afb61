"""Promises to many people at once: who they are, as far as it decides when they may be told, and the rows themselves.

One person at a time, `storage.sending.reachable`, `storage.outbox.plan` and `storage.contacts.plan` do the same. Here a
thousand are looked at without an object for each row, and their rows are made by one statement, which is given what
differs between them as one value: to take a thousand values apart costs more than to write the rows.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, String, and_, bindparam, case, func, literal, true, update
from sqlalchemy import cast as as_type
from sqlalchemy import select as pick
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.contacts import Contact
from storage.database import afresh, insert, news
from storage.joining import Join
from storage.outbox import HELD, WAITING, Promise
from storage.people import LAST_USED, Account, Person
from storage.roster import Entry
from storage.wishes import hush_since, hush_until

_VARIES: dict[str, Any] = {
    "person_id": Integer(), "platform": String(), "state": String(), "error": String(), "due": UTCDateTime(),
    "not_before": UTCDateTime(), "media": String(),
}  # fmt: skip
"""What differs between promises to many people. The rest is given once."""


class One(NamedTuple):
    """What decides of one person. zone, told_on: of `Person`; met: by the bot; stopped: they want nothing unasked.

    alone: they are more than their row says: another one turned out to be them, or they have to be told of that.
    accounts: (platform, kind, zone), the one used last first; work: (zone, country, days, away, state) of the
    company's list, None where it does not have them.
    """

    zone: str
    told_on: str
    met: bool
    stopped: bool
    alone: bool
    accounts: tuple[tuple[str, str, str], ...]
    work: tuple[str, str, str, str, str] | None


@cache
def _ones(dialect: str) -> Any:
    """Each table is told of whom it is asked: by the people alone PostgreSQL goes through all of the others."""
    other, they = aliased(Person), col(Person.id)

    def of(column: Any) -> Any:
        return and_(column == they, _among(dialect, column))

    theirs = and_(of(col(Account.person_id)), col(Account.kind).in_(["member", "address"]))
    joined = they.in_(pick(col(other.joined_to)).where(_among(dialect, col(other.joined_to))))
    untold = they.in_(pick(col(Join.kept_id)).where(_among(dialect, col(Join.kept_id)), col(Join.told).is_(False)))
    return (
        pick(
            they, col(Person.zone), col(Person.told_on), _number(col(Person.greeted_at).is_not(None)),
            _number(col(Person.stopped_at).is_not(None)), _number(joined | untold),
            col(Account.platform), col(Account.kind), col(Account.zone),
            col(Entry.zone), col(Entry.country), col(Entry.days), col(Entry.away), col(Entry.state),
        )
        .select_from(Person)
        .outerjoin(Account, theirs)
        .outerjoin(Entry, of(col(Entry.person_id)))
        .where(_among(dialect, they), col(Person.joined_to).is_(None))
        .order_by(*LAST_USED, col(Entry.state) == "left", col(Entry.id))
    )  # fmt: skip


def _number(what: Any) -> Any:
    """As a number, which nothing has to be made of."""
    return case((what, 1), else_=0)


def _among(dialect: str, column: Any) -> Any:
    """Whether a column is one of the numbers given as `people`, all of them in one value; see `_given`."""
    if dialect == "sqlite":
        each = func.json_each(bindparam("people", type_=String())).table_valued("value")
        return column.in_(pick(each.c.value))
    from sqlalchemy.dialects.postgresql import ARRAY  # noqa: PLC0415 - two megabytes that SQLite has no use for

    return column == func.any(bindparam("people", type_=ARRAY(Integer)))


def _given(dialect: str, people: Collection[int]) -> dict[str, Any]:
    return {"people": json.dumps(list(people)) if dialect == "sqlite" else list(people)}


async def look(session: AsyncSession, people: Collection[int]) -> dict[int, One]:
    """Each of these people. Who turned out to be somebody else is not there."""
    dialect = session.get_bind().dialect.name
    connection = await session.connection()
    first: dict[int, Any] = {}
    accounts: dict[int, list[tuple[str, str, str]]] = {}
    work: dict[int, Any] = {}
    async with afresh(session):
        found = (await connection.execute(_ones(dialect), _given(dialect, people))).all()
    for row in found:
        who = row[0]
        if who not in first:
            first[who], accounts[who], work[who] = row, [], None
        if row[6] is not None and (account := row[6:9]) not in accounts[who]:
            accounts[who].append(account)
        if row[13] is not None and work[who] is None:
            work[who] = row[9:14]
    return {
        who: One(row[1], row[2], bool(row[3]), bool(row[4]), bool(row[5]), tuple(accounts[who]), work[who])
        for who, row in first.items()
    }


async def met(session: AsyncSession, people: Collection[int]) -> dict[int, datetime]:
    """Those of these people who met the bot -> when."""
    first = select(Person.id, Person.greeted_at).where(col(Person.id).in_(people), col(Person.greeted_at).is_not(None))
    return {who: at for who, at in await session.exec(first) if who and at}


async def same(session: AsyncSession, person: int) -> tuple[int, list[int]]:
    """Whom an id means now, and all the ids that mean them."""
    joined = await session.exec(select(Person.joined_to).where(Person.id == person))
    now = joined.first() or person
    ids = await session.exec(select(Person.id).where((col(Person.id) == now) | (col(Person.joined_to) == now)))
    return now, [each for each in ids if each]


async def hush(session: AsyncSession) -> tuple[datetime | None, datetime | None]:
    """Until when the last hush lasts, or lasted, and when it was declared."""
    until, since = (await session.exec(select(hush_until(), hush_since()))).one()
    return until, since


async def plan(
    session: AsyncSession, name: str, alike: Mapping[str, Any], rows: Sequence[tuple[Any, ...]], now: datetime
) -> None:
    """Write promises "NAME:PERSON", and what of them waits into the ledger; those that are there already stay as they
    are. What is dropped keeps no words.

    alike: what all have alike, columns of `Promise`; rows: what differs between them, in the order of `_VARIES`.
    """
    if not rows:
        return
    dialect = session.get_bind().dialect.name
    connection = await session.connection()
    given = {f"p_{key}": value for key, value in {**alike, "name": f"{name}:"}.items()} | _varying(dialect, rows)
    after = 0
    if dialect == "sqlite":
        after = (await session.exec(select(func.max(Promise.id)))).one() or 0
    for statement in _planned(dialect, tuple(sorted(alike))):
        await connection.execute(statement, given | {"now": now, "after": after})
    news(session)


@cache
def _planned(dialect: str, alike: tuple[str, ...]) -> tuple[Any, ...]:
    types = Promise.__table__.c  # type: ignore[attr-defined]
    values, source = _rows(dialect)
    given = {key: bindparam(f"p_{key}", type_=types[key].type) for key in (*alike, "name")}
    who = as_type(values["person_id"], String)
    columns = {**given, **values, "name": given["name"] + who}
    columns["body"] = case((values["state"] == "dropped", literal("{}")), else_=given["body"])
    columns["lane"] = values["platform"] + literal(":person:") + who
    rows = pick(*(value.label(key) for key, value in columns.items())).select_from(source).where(true())
    if dialect == "sqlite":
        into = sqlite.insert(Promise.__table__)  # type: ignore[attr-defined]
        promises = into.from_select(list(columns), rows).on_conflict_do_nothing(index_elements=["name"])
        new = and_(col(Promise.id) > bindparam("after"), col(Promise.batch) == given["batch"])
        return promises, _contacted(sqlite.insert, types, new)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - see above

    # In one statement, so that nothing is looked for in a table whose size nobody has told the planner yet.
    there = postgresql.insert(Promise.__table__).from_select(list(columns), rows)  # type: ignore[attr-defined]
    told = there.on_conflict_do_nothing(index_elements=["name"]).returning(*types).cte("told")
    return (_contacted(postgresql.insert, told.c, true()),)


def _contacted(insert_into: Any, of: Any, new: Any) -> Any:
    """Write into the ledger what of these promises waits. of: their columns."""
    at = bindparam("now", type_=Contact.__table__.c.planned_at.type)  # type: ignore[attr-defined]
    columns = ["person_id", "kind", "promise", "platform", "asks", "planned_at"]
    waits = and_(new, of.state.in_(WAITING), of.error != HELD)  # what is held is planned anew
    source = pick(of.person_id, of.kind, of.name, of.platform, of.asks, at).where(waits)
    into = insert_into(Contact.__table__).from_select(columns, source)  # type: ignore[attr-defined]
    return into.on_conflict_do_nothing(index_elements=["promise"])


def _rows(dialect: str) -> tuple[dict[str, Any], Any]:
    """What differs, by the name of its column, and where it comes from."""
    if dialect == "sqlite":
        each = func.json_each(bindparam("rows", type_=String())).table_valued("value")
        kinds = {**_VARIES, "due": String(), "not_before": String()}  # as `_text` writes them
        found = {
            key: func.json_extract(each.c.value, f"$[{at}]", type_=kind) for at, (key, kind) in enumerate(kinds.items())
        }
        return found, each
    from sqlalchemy.dialects.postgresql import ARRAY  # noqa: PLC0415 - see above

    arrays = (bindparam(f"v_{key}", type_=ARRAY(kind)) for key, kind in _VARIES.items())
    rows = func.unnest(*arrays).table_valued(*_VARIES, name="each").render_derived()
    return {key: rows.c[key] for key in _VARIES}, rows


def _varying(dialect: str, rows: Sequence[tuple[Any, ...]]) -> dict[str, Any]:
    if dialect == "sqlite":
        return {"rows": json.dumps(rows, default=_text)}
    return {f"v_{key}": list(values) for key, values in zip(_VARIES, zip(*rows, strict=True), strict=True)}


_STORED = UTCDateTime().dialect_impl(sqlite.dialect()).bind_processor(sqlite.dialect())


@cache
def _text(at: datetime) -> str:
    """An instant as SQLite keeps it."""
    assert _STORED is not None
    return str(_STORED(at))


async def meet(session: AsyncSession, people: Collection[int], now: datetime) -> None:
    """Write that the bot introduces itself to these people."""
    theirs = update(Person).where(col(Person.id).in_(people), col(Person.greeted_at).is_(None))
    await session.exec(theirs.values(greeted_at=now), execution_options={"synchronize_session": False})


async def add(session: AsyncSession, rows: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Write promises, and what of them waits into the ledger. rows: every column of `Promise` but its number."""
    connection = await session.connection()
    into = insert(session, Promise.__table__).on_conflict_do_nothing(index_elements=["name"])  # type: ignore[attr-defined]
    await connection.execute(into, [dict(row) for row in rows])
    waiting = [
        {
            "person_id": row["person_id"], "kind": row["kind"], "promise": row["name"], "platform": row["platform"],
            "asks": row["asks"], "planned_at": now, "sent_at": None, "answered_at": None,
        }
        for row in rows
        if row["state"] in WAITING
    ]  # fmt: skip
    if waiting:
        into = insert(session, Contact.__table__).on_conflict_do_nothing(index_elements=["promise"])  # type: ignore[attr-defined]
        await connection.execute(into, waiting)
    news(session)
