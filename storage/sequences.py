"""Sequences of steps under way."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import insert, news
from storage.outbox import Running

_PLAIN = {"synchronize_session": False}


async def start(session: AsyncSession, kind: str, name: str, state: Mapping[str, Any], now: datetime) -> None:
    """Write that a sequence is to run; one of the same name is started once. state: has "platform"."""
    row = {"kind": kind, "name": name, "platform": str(state.get("platform", "")), "state": json.dumps(dict(state))}
    statement = insert(session, Running.__table__).values(  # type: ignore[attr-defined]
        **row, step=0, phase="running", tries=0, error="", due=now, created_at=now
    )
    await session.exec(statement.on_conflict_do_nothing(index_elements=["name"]))
    news(session)


async def named(session: AsyncSession, name: str) -> Running | None:
    """A sequence by its name."""
    found = await session.exec(select(Running).where(Running.name == name))
    return found.one_or_none()


async def latest(session: AsyncSession, platform: str, kinds: Collection[str]) -> Running | None:
    """The one of these kinds that began last on a platform, among those that came to something."""
    query = select(Running).where(
        Running.platform == platform, col(Running.kind).in_(kinds), col(Running.phase) != "running"
    )
    return (await session.exec(query.order_by(col(Running.id).desc()).limit(1))).first()


# Asked at every look: put together once, since that costs more than running it.
def _due(where: ColumnElement[bool]) -> Any:
    query = select(Running).where(Running.phase == "running", col(Running.due) <= bindparam("now"), where)
    return query.order_by(col(Running.id)).limit(bindparam("limit"))


_DUE = _due(col(Running.platform) == bindparam("platform"))
_STRANDED = _due(col(Running.platform).not_in(bindparam("platforms", expanding=True)))
_AFRESH = {"populate_existing": True}


async def due(session: AsyncSession, now: datetime, limit: int, platform: str) -> list[Running]:
    """Sequences on a platform whose next step is to be done now, oldest first."""
    given = {"now": now, "limit": limit, "platform": platform}
    return list(await session.exec(_DUE, params=given, execution_options=_AFRESH))


async def stranded(session: AsyncSession, now: datetime, limit: int, platforms: Collection[str]) -> list[Running]:
    """As `due`, on platforms that are none of these."""
    given = {"now": now, "limit": limit, "platforms": list(platforms)}
    return list(await session.exec(_STRANDED, params=given, execution_options=_AFRESH))


async def change(session: AsyncSession, row: Running, **values: Any) -> bool:
    """Change a sequence, if it still stands where it was read. False: it went on meanwhile."""
    statement = update(Running).where(
        col(Running.id) == row.id, col(Running.phase) == row.phase, col(Running.step) == row.step
    )
    return bool((await session.exec(statement.values(**values), execution_options=_PLAIN)).rowcount)


async def restart(session: AsyncSession, name: str, changes: Mapping[str, Any], now: datetime) -> bool:
    """Go on with a refused sequence, at the step that was refused. changes: to its state.

    False: it is not refused, or so long ago that it was emptied.
    """
    row = await named(session, name)
    if row is None or row.phase != "refused" or row.state == "{}":
        return False
    news(session)
    state = json.loads(row.state) | dict(changes)
    return await change(
        session,
        row,
        state=json.dumps(state),
        platform=str(state.get("platform", "")),
        phase="running",
        tries=0,
        error="",
        due=now,
    )
