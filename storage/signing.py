"""How far an announcement is signed: each move is guarded by the state that it leaves, so that two never both win."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.launch import (
    CANCELLED,
    DRAFT,
    HELD,
    IS_LATEST,
    LATE,
    PAUSED,
    RECALLED,
    SENDING,
    SENT,
    SIGNED,
    SIGNING,
    UNSIGNED,
    Announcement,
    AnnouncementVersion,
)
from storage.requests import Request

ENDED = (SENT, RECALLED, CANCELLED)

UNASKED = (DRAFT, UNSIGNED)
"""States from which it is shown to whose words they are."""


async def _move(session: AsyncSession, number: int, states: Collection[str], *more: Any, **values: Any) -> bool:
    mine = (col(Announcement.id) == number, col(Announcement.state).in_(states), *more)
    moved = await session.exec(update(Announcement).where(*mine).values(**values))
    return bool(moved.rowcount == 1)


async def show(session: AsyncSession, number: int, version: int, now: datetime) -> bool:
    """It is shown to whose words they are. False: it changed meanwhile, or it is not to be shown any more."""
    same = col(Announcement.version) == version
    return await _move(session, number, UNASKED, same, state=SIGNING, changed_at=now)


async def ask(session: AsyncSession, number: int, request: int) -> None:
    """Write which request asks that it be signed."""
    await _move(session, number, (SIGNING,), request_id=request)


async def sign(session: AsyncSession, number: int, version: int, request: int, now: datetime) -> bool:
    """It is signed, as it was shown. False: it is another one by now."""
    same = (col(Announcement.version) == version, col(Announcement.request_id) == request)
    return await _move(session, number, (SIGNING,), *same, state=SIGNED, changed_at=now)


async def wait(session: AsyncSession, number: int, now: datetime) -> bool:
    """What was signed waits to be signed again. False: it was not signed."""
    return await _move(session, number, (SIGNED, LATE), state=SIGNING, changed_at=now)


async def end(session: AsyncSession, number: int, request: int, state: str, now: datetime) -> bool:
    """It is not signed by that request. state: what it is from then on. False: another request asks for it."""
    asked = col(Announcement.request_id) == request
    return await _move(session, number, (SIGNING,), asked, state=state, changed_at=now)


async def void(session: AsyncSession, number: int, now: datetime) -> bool:
    """Let what was signed, waits for it or came too late be a draft again. False: it is none of these."""
    return await _move(session, number, (SIGNING, SIGNED, LATE, UNSIGNED), state=DRAFT, changed_at=now)


async def confirm_again(session: AsyncSession, number: int, now: datetime) -> bool:
    """It is to be sent in spite of what happened since it was signed. False: it is not signed, or is over."""
    return await _move(session, number, (SIGNED, LATE, SENDING, HELD, PAUSED), again_at=now)


async def version(session: AsyncSession, number: int, which: int) -> AnnouncementVersion | None:
    """One version of an announcement."""
    mine = (AnnouncementVersion.announcement_id == number, AnnouncementVersion.number == which)
    return (await session.exec(select(AnnouncementVersion).where(*mine))).first()


async def request_of(session: AsyncSession, made: Announcement) -> Request | None:
    """The last request that it be signed, as it is in the database now."""
    found = select(Request).where(Request.id == made.request_id).execution_options(populate_existing=True)
    return (await session.exec(found)).first()


async def speakers(session: AsyncSession) -> list[tuple[Announcement, AnnouncementVersion]]:
    """The announcements that wait to be signed, or to be sent as they were, as they are now."""
    rows = select(Announcement, AnnouncementVersion).where(*IS_LATEST, col(Announcement.state).in_((SIGNING, SIGNED)))
    return list(await session.exec(rows))


async def uncounted(session: AsyncSession, now: datetime) -> list[tuple[Announcement, AnnouncementVersion]]:
    """Those of them that are to be sent at a time to come to nobody knows how many."""
    mine = (
        col(Announcement.state).in_((SIGNING, SIGNED)),
        col(Announcement.counted).is_(None),
        col(Announcement.at) > now,
    )
    return list(await session.exec(select(Announcement, AnnouncementVersion).where(*IS_LATEST, *mine)))


async def serving(session: AsyncSession) -> set[int]:
    """The requests by which something is signed that may still be sent."""
    mine = (
        col(Announcement.state).not_in((DRAFT, SIGNING, UNSIGNED, *ENDED)),
        col(Announcement.request_id).is_not(None),
    )
    return {each for each in await session.exec(select(Announcement.request_id).where(*mine)) if each is not None}
