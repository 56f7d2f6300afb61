"""When what was handed to the bot is forgotten, where nothing else forgets it sooner."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.events import Recorded
from storage.outbox import Promise, Running


async def forget(session: AsyncSession, before: datetime, limit: int = 1_000_000) -> int:
    """Empty what waited for an administrator, or was over, before this instant; the rows stay, and say what became.

    Parked events can then no longer be handled, nor dead promises sent again, nor refused sequences gone on with.
    limit: rows of a table, at most. Returns how many rows of the table with the most were emptied.
    """
    parked = (
        col(Recorded.state) == "parked",
        col(Recorded.handled_at) < before,
        or_(col(Recorded.body) != "{}", col(Recorded.kind) != ""),
    )
    over = (
        col(Promise.state).in_(["dead", "cancelled", "dropped"]),
        col(Promise.created_at) < before,
        col(Promise.body) != "{}",
    )
    ended = (
        col(Running.phase).in_(["done", "refused"]),
        col(Running.created_at) < before,
        col(Running.state) != "{}",
    )
    nobody = {"kind": "", "lane_person": "", "lane_room": ""}
    return max(
        await _empty(session, Recorded, parked, limit, {"body": "{}", **nobody}),
        await _empty(session, Promise, over, limit, {"body": "{}"}),
        await _empty(session, Running, ended, limit, {"state": "{}"}),
    )


async def _empty(
    session: AsyncSession, row: Any, where: tuple[ColumnElement[bool], ...], limit: int, values: dict[str, str]
) -> int:
    found = select(row.id).where(*where).limit(limit)
    emptied = update(row).where(col(row.id).in_(found)).values(**values)
    return int((await session.exec(emptied, execution_options={"synchronize_session": False})).rowcount)
