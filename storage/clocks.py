"""What waits for a time that a clock set back has moved far away."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import and_, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.events import Recorded
from storage.outbox import BEHIND, OPENING, Attempt, Duty, Promise, Running

_PLAIN = {"synchronize_session": False}


async def set_back(session: AsyncSession, now: datetime, by: timedelta) -> None:
    """Let what waits for its next try, or for the end of a pause, wait no longer.

    Each of these times was a few seconds or minutes away before the clock was set back, and may be hours away now. Too
    early a try does no harm. What waits for an hour of the day waits for it still. Attempts of unknown outcome were
    made when the clock that is right now would have said so: else they would be looked for where they are not.
    """
    unknown = select(Attempt).where(Attempt.outcome == "", Attempt.started_at > now)
    for attempt in await session.exec(unknown):
        attempt.started_at -= by
        session.add(attempt)
    await session.exec(
        update(Recorded)
        .where(col(Recorded.state).in_(["new", "heard"]), col(Recorded.received_at) > now)
        .values(received_at=now),
        execution_options=_PLAIN,
    )
    # What waits for another message, or for a room to be opened; what waits for an hour of the day has no reason.
    its_turn = and_(col(Promise.state) == "later", col(Promise.error).in_([BEHIND, OPENING]))
    for row, waits in (
        (Recorded, col(Recorded.state).in_(["new", "heard"])),
        (Promise, or_(col(Promise.state) == "todo", its_turn)),
        (Running, col(Running.phase) == "running"),
    ):
        await session.exec(update(row).where(waits, col(row.due) > now).values(due=now), execution_options=_PLAIN)
    paused = update(Duty).where(col(Duty.paused) > now)
    await session.exec(paused.values(paused=None), execution_options=_PLAIN)
