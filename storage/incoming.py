"""A file of people beside the roster, and then in its place: the queries of `bot.roster.applying`.

What a file changes is written into temporary tables first, of one connection (`storage.database.Apart`): that keeps
nobody from writing, nobody sees it, and it ends with the connection, however that ends. What remains to be done in one
transaction is a few statements, none of which says a row: on SQLite nobody else writes meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    DDL,
    JSON,
    Column,
    Integer,
    MetaData,
    String,
    Table,
    bindparam,
    cast,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.schema import DropTable
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import database
from storage.roster import ROW, Entry, Named, Pushed

_ASIDE = MetaData()
_TEMPORARY: dict[str, Any] = {"prefixes": ["TEMPORARY"]}
_NEW = Table(
    "roster_new", _ASIDE, Column("id", Integer, primary_key=True), *(Column(name, String) for name in ROW), **_TEMPORARY
)
# The number is that of the line in the roster.
_CHANGED = Table(
    "roster_changed",
    _ASIDE,
    Column("id", Integer, primary_key=True, autoincrement=False),
    *(Column(name, String) for name in ROW),
    **_TEMPORARY,
)
_LEFT = Table("roster_left", _ASIDE, Column("id", Integer, primary_key=True, autoincrement=False), **_TEMPORARY)
# Lines that name other accounts than before.
_RENAMED = Table("roster_renamed", _ASIDE, Column("id", Integer, primary_key=True, autoincrement=False), **_TEMPORARY)

_ENTRY: Table = Entry.__table__  # type: ignore[attr-defined]
_NAMED: Table = Named.__table__  # type: ignore[attr-defined]
_PUSHED: Table = Pushed.__table__  # type: ignore[attr-defined]
_ALWAYS = ("source", "state", "changed_at", "left_at")
"""Columns that are written whatever changes."""


async def begin(session: AsyncSession) -> None:
    """Make room beside the roster; what stood there from a try before goes."""
    connection = await session.connection()
    for table in _ASIDE.sorted_tables:
        await connection.execute(DropTable(table, if_exists=True))
    await connection.run_sync(_ASIDE.create_all, checkfirst=False)


async def new(session: AsyncSession, rows: Sequence[Mapping[str, str]]) -> None:
    """Lines that are to be added. rows: columns of `Entry`."""
    await _put(session, _NEW, rows)


async def changed(session: AsyncSession, rows: Iterable[tuple[int, Mapping[str, str]]]) -> None:
    """Lines that are to be written anew; their people are here. rows: (number of the line, columns of `Entry`)."""
    await _put(session, _CHANGED, [{"id": number, **row} for number, row in rows])


async def left(session: AsyncSession, lines: Iterable[int]) -> None:
    """Numbers of the lines of those who leave."""
    await _put(session, _LEFT, [{"id": each} for each in lines])


async def _put(session: AsyncSession, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        await (await session.connection()).execute(insert(table), list(rows))


async def weigh(session: AsyncSession) -> None:
    """All stands beside now: PostgreSQL looks how much it is, which it does not by itself for such tables."""
    if session.get_bind().dialect.name == "postgresql":
        for table in _ASIDE.sorted_tables:
            analyze = DDL("ANALYZE %(table)s").against(table)  # type: ignore[no-untyped-call]
            await (await session.connection()).execute(analyze)


async def take(session: AsyncSession, fields: Collection[str], now: datetime, *, pushed: bool = False) -> None:
    """Make the roster what stands beside it. fields: the columns that change in any line.

    pushed: lines that a provisioning service pushed are a file's from now on. The roster was locked before
    (`storage.roster.stamp`).
    """
    connection = await session.connection()
    if pushed:
        await connection.execute(delete(_PUSHED))
        await connection.execute(update(_ENTRY).where(_ENTRY.c.source != "csv").values(source="csv"))
    await _unname(session, fields)
    gone = _ENTRY.c.id.in_(select(_LEFT.c.id))
    await connection.execute(update(_ENTRY).where(gone).values(state="left", left_at=now, changed_at=now))
    await connection.execute(_anew(session, sorted(fields)), {"now": now})
    common = {"source": literal("csv"), "state": literal("here"), "created_at": bindparam("now")}
    columns = [*ROW, *common, "changed_at"]
    rows = select(*(_NEW.c[name] for name in ROW), *common.values(), bindparam("now", type_=_at())).order_by(_NEW.c.id)
    await connection.execute(insert(_ENTRY).from_select(columns, rows, include_defaults=False), {"now": now})
    await _name(session)


def _at() -> Any:
    return _ENTRY.c.changed_at.type


def _anew(session: AsyncSession, fields: Sequence[str]) -> Any:
    """Lines are there: written as if they were not, since SQLite does that in half the time of an UPDATE … FROM."""
    now = bindparam("now", type_=_at())
    values: dict[str, Any] = {"source": literal("csv"), "state": literal("here"), "created_at": now, "changed_at": now}
    source = select(_CHANGED.c.id, *(_CHANGED.c[name] for name in ROW), *values.values()).where(_CHANGED.c.id > 0)
    anew = database.insert(session, _ENTRY).from_select(["id", *ROW, *values], source, include_defaults=False)
    written = {name: anew.excluded[name] for name in (*fields, *_ALWAYS)}
    return anew.on_conflict_do_update(index_elements=["id"], set_=written)


async def _unname(session: AsyncSession, fields: Collection[str]) -> None:
    """Forget which accounts lines named that leave, return, or name others now."""
    connection = await session.connection()
    await connection.execute(insert(_RENAMED).from_select(["id"], select(_LEFT.c.id)))
    other = _ENTRY.c.state == "left"
    if "accounts" in fields:
        other = or_(other, _ENTRY.c.accounts != _CHANGED.c.accounts)
    differing = select(_CHANGED.c.id).join(_ENTRY, _ENTRY.c.id == _CHANGED.c.id).where(other)
    await connection.execute(insert(_RENAMED).from_select(["id"], differing))
    await connection.execute(delete(_NAMED).where(_NAMED.c.entry_id.in_(select(_RENAMED.c.id))))


async def _name(session: AsyncSession) -> None:
    """Note the accounts that lines name anew."""
    connection = await session.connection()
    naming = (_ENTRY.c.accounts != "{}", _ENTRY.c.state == "here")
    renamed = _ENTRY.c.id.in_(select(_RENAMED.c.id))
    added = _ENTRY.c.key.in_(select(_NEW.c.key).where(_NEW.c.accounts != "{}"))
    for which in (renamed, added):
        told = _told(session)
        source = select(_ENTRY.c.id, told.c.key, told.c.value).where(*naming, which)
        names = database.insert(session, _NAMED).from_select(["entry_id", "platform", "external_id"], source)
        await connection.execute(names.on_conflict_do_nothing())


def _told(session: AsyncSession) -> Any:
    """The accounts of a line, one by one: platform and external id."""
    if session.get_bind().dialect.name == "sqlite":
        return func.json_each(_ENTRY.c.accounts).table_valued("key", "value", joins_implicitly=True)
    each = func.json_each_text(cast(_ENTRY.c.accounts, JSON))
    return each.table_valued("key", "value", joins_implicitly=True).render_derived()
