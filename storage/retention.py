"""When what was handed to the bot is forgotten, where nothing else forgets it sooner."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.events import Recorded
from storage.outbox import Promise, Running


async def forget(session: AsyncSession, before: datetime) -> None:
    """Empty what waited for an administrator, or was over, before this instant; the rows stay, and say what became.

    Parked events can then no longer be handled, nor dead promises sent again, nor refused sequences gone on with.
    """
    await session.exec(
        update(Recorded)
        .where(col(Recorded.state) == "parked", col(Recorded.handled_at) < before)
        .values(body="{}", kind="", lane_person="", lane_room="")
    )
    await session.exec(
        update(Promise)
        .where(col(Promise.state).in_(["dead", "cancelled", "dropped"]), col(Promise.created_at) < before)
        .values(body="{}")
    )
    await session.exec(
        update(Running)
        .where(col(Running.phase).in_(["done", "refused"]), col(Running.created_at) < before)
        .values(state="{}")
    )
