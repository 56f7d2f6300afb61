"""Where announcements are talked about: which one a thread is about, and what was told there last."""

from __future__ import annotations

from sqlalchemy import or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.launch import CANCELLED, OPEN, Announcement
from storage.outbox import Promise


async def about(session: AsyncSession, platform: str, room: str, message: str, thread: str) -> Announcement | None:
    """The announcement that can still be changed and is talked about in the thread of a message, the latest one.

    message: external id of the thread's first message. thread: the same as the `reply_to` of a promise.
    """
    headed = select(Promise.name).where(
        col(Promise.external_id) == message, col(Promise.external_room) == room, col(Promise.platform) == platform
    )
    here = (col(Announcement.platform) == platform, col(Announcement.room) == room, col(Announcement.state).in_(OPEN))
    found = select(Announcement).where(
        *here, or_(col(Announcement.thread) == thread, col(Announcement.thread).in_(headed))
    )
    return (await session.exec(found.order_by(col(Announcement.id).desc()).limit(1))).first()


async def untold(session: AsyncSession) -> list[Announcement]:
    """Those that have a thread, and something of which was not told there yet."""
    now = col(Announcement.version).concat(" ").concat(col(Announcement.state))
    rows = select(Announcement).where(col(Announcement.room) != "", col(Announcement.told) != now)
    return list(await session.exec(rows.order_by(col(Announcement.id))))


async def tell(session: AsyncSession, made: Announcement, told: str) -> bool:
    """Write down what is told now. False: somebody else does so at this moment."""
    mine = (col(Announcement.id) == made.id, col(Announcement.told) == made.told)
    return (await session.exec(update(Announcement).where(*mine).values(told=told))).rowcount == 1


async def own(session: AsyncSession, number: int, was: int, owner: int) -> bool:
    """Let somebody else look after it. was: who does now. False: somebody else does already, or it was given up."""
    mine = (col(Announcement.id) == number, col(Announcement.owner_id) == was, col(Announcement.state) != CANCELLED)
    return (await session.exec(update(Announcement).where(*mine).values(owner_id=owner))).rowcount == 1
