"""One person's rows become another's, each change with its trace. Which rows follow: `storage.following`."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Table, TextClause, delete, select, text, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import insert
from storage.following import Field, Row, identity, matching, naming, pack, person, plain, pointing, rules, weight
from storage.joining import Join, Trace


@dataclass
class Merging:
    """Changes under one join, each with its trace. removed: the rows taken away so far, with their tables' names."""

    session: AsyncSession
    join: int
    removed: list[tuple[str, Row]] = field(default_factory=list)

    @property
    def _dialect(self) -> str:
        return str(self.session.get_bind().dialect.name)

    # ------------------------------------------------------------ there

    async def everything(self, old: int, new: int) -> None:
        """Let all that points to the person `old`, or names them in a text, mean the person `new`."""
        await self.session.flush()
        for table, column in pointing(person()):
            await self.column(table, column, old, new)
        for table, column, pattern in naming():
            await self._texts(table, column, pattern, old, new)
        self.session.sync_session.expire_all()

    async def column(self, table: Table, column: Field, old: int, new: int) -> None:
        """The rows whose column says `old`."""
        if next(rules(table, column, self._dialect), None) is None:
            await self._all(table, column, old, new)
            return
        for row in await self.rows(table, column == old):
            await self._move(table, column, row, new)

    async def _all(self, table: Table, column: Field, old: int, new: int) -> None:
        """Rows that can clash with no other: as one statement, since they may be many."""
        found = await self.session.exec(select(*table.primary_key.columns).where(column == old))  # type: ignore[call-overload]
        common = {"join_id": self.join, "what": "moved", "noun": table.name, "field": column.name}
        values = {"before": json.dumps(old), "after": json.dumps(new)}
        kept = [{**common, **values, "where": pack(dict(each))} for each in found.mappings().all()]
        if kept:
            await self.session.exec(update(table).where(column == old).values(**{column.name: new}))
            await self.session.exec(insert(self.session, Trace.__table__), params=kept)  # type: ignore[attr-defined]

    async def rows(self, table: Table, *where: ColumnElement[bool] | TextClause) -> list[Row]:
        """Rows of a table as the database has them now, in order."""
        order = list(table.primary_key.columns)
        found = await self.session.exec(select(table).where(*where).order_by(*order))  # type: ignore[call-overload]
        return [dict(each) for each in found.mappings().all()]

    async def _move(self, table: Table, column: Field, row: Row, new: int) -> None:
        while (rival := await self.rival(table, column, row, new)) is not None:
            both = {name: of([row[name], rival[name]]) for name, of in table.info.get("united", {}).items()}
            if weight(table, row) <= weight(table, rival):
                await self.set(table, rival, **both)
                await self.remove(table, row, rival)
                return
            await self.remove(table, rival, row)
        await self.write(table, row, {column.name: new})
        after = {**row, column.name: new}
        found = await self._finding(table, column, after)
        await self._trace("moved", table, found, column.name, row[column.name], new)

    async def rival(self, table: Table, column: Field, row: Row, new: Any) -> Row | None:
        """A row that a change of this column would clash with."""
        for rule in rules(table, column, self._dialect):
            same = {name: new if name == column.name else row[name] for name in rule.columns}
            if any(value is None for value in same.values()):
                continue
            where = [text(rule.condition)] if rule.condition else []
            rivals = await self.rows(table, matching(table, same), *where)
            concerned = not where or await self.rows(table, matching(table, identity(table, row)), *where)
            if rivals and concerned and identity(table, rivals[0]) != identity(table, row):
                return rivals[0]
        return None

    async def remove(self, table: Table, row: Row, twin: Row | None = None) -> None:
        """Take a row away. twin: the one that says the same; what pointed to the row points to it from then on."""
        key = [each.name for each in table.primary_key.columns]
        if twin is not None and len(key) == 1:
            for child, column in pointing(table):
                for each in await self.rows(child, column == row[key[0]]):
                    await self._move(child, column, each, twin[key[0]])
        await self.session.exec(delete(table).where(matching(table, identity(table, row))))
        found = pack(identity(table, twin)) if twin is not None else ""
        await self._trace("removed", table, identity(table, row), "", row, found)
        self.removed.append((table.name, row))

    async def _texts(self, table: Table, column: Field, pattern: re.Pattern[str], old: int, new: int) -> None:
        for row in await self.rows(table, column.endswith(f":{old}")):
            said = pattern.fullmatch(row[column.name])
            if said is None or said[2] != str(old):
                continue
            told = f"{said[1]}{new}"
            rival = await self.rival(table, column, row, told)
            if rival is not None:
                await self.remove(table, row, rival)
                continue
            await self.write(table, row, {column.name: told})
            await self._trace("written", table, identity(table, row), column.name, row[column.name], told)

    async def set(self, table: Table, row: Row, **values: Any) -> None:
        """Change other columns of a row."""
        for name, value in values.items():
            if row[name] != value:
                await self.write(table, row, {name: value})
                await self._trace("set", table, identity(table, row), name, plain(row[name]), plain(value))

    async def write(self, table: Table, row: Row, values: Row) -> None:
        """Change a row without leaving a trace."""
        await self.session.exec(update(table).where(matching(table, identity(table, row))).values(**values))

    async def _finding(self, table: Table, column: Field, row: Row) -> Row:
        """What finds a row again: what makes it the only one of its kind, for a row that is often written anew."""
        for rule in rules(table, column, self._dialect):
            if not rule.condition and all(row[name] is not None for name in rule.columns):
                return {name: row[name] for name in rule.columns if name != column.name}
        return identity(table, row)

    async def _trace(self, what: str, table: Table, where: Row, column: str, before: Any, after: Any) -> None:
        before = pack(before) if isinstance(before, dict) else json.dumps(before)
        after = after if what == "removed" else json.dumps(after)
        row = {"what": what, "noun": table.name, "where": pack(where), "field": column}
        statement = insert(self.session, Trace.__table__)  # type: ignore[attr-defined]
        await self.session.exec(statement.values(join_id=self.join, before=before, after=after, **row))


Late = list[tuple[Table, Field]]


async def stragglers(session: AsyncSession) -> list[tuple[int, int, int, Late]]:
    """Who has rows still though they turned out to be another: written by whoever had read their id before the join.

    Each with the join, the person gone, the person kept, and the columns concerned.
    """
    late: dict[int, Late] = {}
    people, joins = person(), Join.__table__  # type: ignore[attr-defined]
    for table, column in pointing(people):
        gone = select(column).join(people, people.c.id == column).where(people.c.joined_to.is_not(None)).distinct()
        if table is people or table is joins:
            continue
        for found in (await session.exec(gone)).scalars().all():  # type: ignore[call-overload]
            late.setdefault(found, []).append((table, column))
    rows = await session.exec(select(joins.c.id, joins.c.gone_id, joins.c.kept_id).where(joins.c.gone_id.in_(late)))  # type: ignore[call-overload]
    return [(join, gone, kept, late[gone]) for join, gone, kept in rows.all()]
