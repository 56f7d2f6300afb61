"""The way back: each of two people who were taken for one gets what was theirs."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Table, func, select
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import insert
from storage.following import Field, Row, identity, matching, names_a_person, person, pointing, rules, unpack, value_of
from storage.joining import Join, Trace, traces
from storage.merging import Merging


@dataclass
class Unmerging:
    """The way back. made: (table, id of a removed row) -> its id now that it is there again."""

    session: AsyncSession
    join: Join
    made: dict[tuple[str, int], int] = field(default_factory=dict)

    async def everything(self) -> None:
        """Give back what the join took from the person gone, and what was done since on their platforms."""
        await self.session.flush()
        assert self.join.id is not None
        there = Merging(self.session, self.join.id)
        for trace in await traces(self.session, self.join.id):
            table = SQLModel.metadata.tables.get(trace.noun)
            if table is None or (trace.field and trace.field not in table.c):
                continue  # of a version that had it
            if trace.what == "removed":
                await self._restore(table, trace)
            elif trace.what == "written":
                await self._rewrite(there, table, trace)
            elif trace.what == "set":
                await self._reset(there, table, trace)
            else:
                await self._back(there, table, trace)
        await self._since(there)
        self.session.sync_session.expire_all()

    async def _back(self, there: Merging, table: Table, trace: Trace) -> None:
        column = table.c[trace.field]
        before, after = json.loads(trace.before), json.loads(trace.after)
        if names_a_person(column):
            # What was moved on by a later join is with that one's person now.
            after = self.join.kept_id if before == self.join.gone_id else await self._now(after)
        else:
            target = next(key.column.table.name for key in column.foreign_keys)
            before = self.made.get((target, before), before)
        await self._put(there, table, column, self._where(table, trace), after, before)

    def _where(self, table: Table, trace: Trace) -> Row:
        where = unpack(table, trace.where)
        if len(where) == 1 and "id" in where:
            where["id"] = self.made.get((table.name, where["id"]), where["id"])
        return where

    async def _put(self, there: Merging, table: Table, column: Field, where: Row, old: Any, new: Any) -> None:
        for row in await there.rows(table, matching(table, where), column == old):
            if await there.rival(table, column, row, new) is None:
                await there.write(table, row, {column.name: new})

    async def _rewrite(self, there: Merging, table: Table, trace: Trace) -> None:
        before = json.loads(trace.before)
        beginning = before.rpartition(":")[0]
        told = f"{beginning}:{self.join.kept_id}"
        await self._put(there, table, table.c[trace.field], self._where(table, trace), told, before)

    async def _reset(self, there: Merging, table: Table, trace: Trace) -> None:
        column = table.c[trace.field]
        before, after = (value_of(column, json.loads(each)) for each in (trace.before, trace.after))
        is_still = column.is_(None) if after is None else column == after
        for row in await there.rows(table, matching(table, self._where(table, trace)), is_still):
            await there.write(table, row, {column.name: before})

    async def _restore(self, table: Table, trace: Trace) -> None:
        """Put a removed row back, unless its twin went too: then whoever they were, they let go of it."""
        row = unpack(table, trace.before)
        if trace.after and not await self._exists(table, unpack(table, trace.after), row):
            return
        for column in table.columns:
            if names_a_person(column) and row.get(column.name) not in {None, self.join.gone_id}:
                row[column.name] = await self._now(row[column.name])
        key = [each.name for each in table.primary_key.columns]
        number = row[key[0]] if len(key) == 1 else None
        if number is not None and await self._taken(table, {key[0]: number}):
            del row[key[0]]  # SQLite gives the number of a row that is no more to another one
        row |= table.info.get("restored_with", {})
        statement = insert(self.session, table).values(**row).on_conflict_do_nothing()
        made = (await self.session.exec(statement.returning(*table.primary_key.columns))).first()
        if made is not None and number is not None:
            self.made[table.name, number] = made[0]

    async def _exists(self, table: Table, twin: Row, row: Row) -> bool:
        """Whether the twin of a removed row is there still, or was written anew with the same contents."""
        if await self._taken(table, twin):
            return True
        people = [self.join.kept_id, self.join.gone_id]
        for column in table.columns:
            broken = rules(table, column, self._dialect) if names_a_person(column) else ()
            for rule in broken:
                same = {name: row[name] for name in rule.columns if name != column.name}
                if not rule.condition and same and await self._taken(table, same, column.in_(people)):
                    return True
        return False

    @property
    def _dialect(self) -> str:
        return str(self.session.get_bind().dialect.name)

    async def _taken(self, table: Table, values: Row, *also: ColumnElement[bool]) -> bool:
        found = await self.session.exec(select(func.count()).select_from(table).where(matching(table, values), *also))  # type: ignore[call-overload]
        return bool(found.scalar_one())

    async def _now(self, before: int) -> int:
        table = person()
        now = select(func.coalesce(table.c.joined_to, table.c.id)).where(table.c.id == before)
        return int((await self.session.exec(now)).scalar_one())  # type: ignore[call-overload]

    async def _since(self, there: Merging) -> None:
        """What was done while they were one: a row that names a platform goes with the account there."""
        account, grant = (SQLModel.metadata.tables[each] for each in ("account", "role_grant"))
        platforms = [row["platform"] for row in await there.rows(account, account.c.person_id == self.join.gone_id)]
        for platform in platforms:
            given = (grant.c.person_id == self.join.kept_id, grant.c.source.startswith(f"{platform}:", autoescape=True))
            for row in await there.rows(grant, *given):
                column = grant.c.person_id
                await self._put(there, grant, column, identity(grant, row), self.join.kept_id, self.join.gone_id)
        for table, column in pointing(person()):
            here = column.name == "person_id" or column.info.get("on_platform")
            on = _on(table, platforms)
            if not here or on is None or table.name == "account":
                continue
            for row in await there.rows(table, column == self.join.kept_id, on):
                await self._put(there, table, column, identity(table, row), self.join.kept_id, self.join.gone_id)


def _on(table: Table, platforms: list[str]) -> ColumnElement[bool] | None:
    """The condition that a row is about one of these platforms; None for what is about none."""
    if "platform" in table.c:
        return table.c.platform.in_(platforms)
    name, parent = table.info.get("platform_of", ("", ""))
    if not name:
        return None
    rows = SQLModel.metadata.tables[parent]
    found: ColumnElement[bool] = table.c[name].in_(select(rows.c.id).where(rows.c.platform.in_(platforms)))
    return found
