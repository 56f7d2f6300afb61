"""Columns of the roster that were kept once, and that no setting asks for any more."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection

from sqlalchemy import bindparam, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Store
from storage.roster import AT_ONCE, Entry


async def counted(store: Store, wanted: Collection[str]) -> Counter[str]:
    """Each of them -> in how many lines it is. wanted: what settings ask for. Raises StoreUnavailable."""
    found: Counter[str] = Counter()
    after = -1
    while after:
        async with store.read() as session:
            after, lines = await _page(session, max(after, 0))
        found.update(name for said in lines.values() for name in said if name not in wanted)
    return found


async def forget(store: Store, wanted: Collection[str]) -> None:
    """Take them out of all lines, some in each transaction, and off the disk. Raises StoreUnavailable."""
    after = -1
    while after:
        async with store.write() as session:
            after, lines = await _page(session, max(after, 0))
            await _write(session, {line: said for line, said in lines.items() if said.keys() - set(wanted)}, wanted)
    await store.tidy()


async def _page(session: AsyncSession, after: int) -> tuple[int, dict[int, dict[str, str]]]:
    """The number of the last line looked at, 0 for none, and lines by number with what they say beside the usual."""
    asked = select(Entry.id, Entry.more).where(col(Entry.id) > after, Entry.more != "{}").order_by(col(Entry.id))
    lines = {number or 0: json.loads(more) for number, more in await session.exec(asked.limit(AT_ONCE))}
    return max(lines, default=0), lines


async def _write(session: AsyncSession, lines: dict[int, dict[str, str]], wanted: Collection[str]) -> None:
    table = Entry.__table__  # type: ignore[attr-defined]
    statement = update(table).where(table.c.id == bindparam("line")).values(more=bindparam("left"))
    kept = {line: {name: text for name, text in said.items() if name in wanted} for line, said in lines.items()}
    rows = [{"line": line, "left": json.dumps(said, ensure_ascii=False, sort_keys=True)} for line, said in kept.items()]
    if rows:
        await (await session.connection()).execute(statement, rows)
