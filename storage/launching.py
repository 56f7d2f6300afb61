"""Announcements on their way: moves from state to state, of two people who press at once one makes it; and how far
their promises are.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import launch
from storage.launch import CANCELLED, HELD, PAUSED, RECALLED, SENDING, SENT, SIGNED, Announcement, AnnouncementVersion
from storage.outbox import WAITING, Promise

UNDER_WAY = (SENDING, HELD, PAUSED)
"""States of one that is being sent, and that can be stopped."""
ENDED = (SENT, RECALLED, CANCELLED)

BATCH = "announce:"
"""How the batch of an announcement begins."""


def batch_of(number: int) -> str:
    """The batch of an announcement's promises."""
    return f"{BATCH}{number}"


def number_of(batch: str) -> int | None:
    """The announcement whose batch it is; None: it is none's."""
    number = batch.removeprefix(BATCH) if batch.startswith(BATCH) else ""
    return int(number) if number.isdecimal() else None


async def move(session: AsyncSession, number: int, was: Collection[str], now: datetime, **values: Any) -> bool:
    """Change an announcement while it is in one of these states. False: it is in none of them. values: of its row."""
    mine = (col(Announcement.id) == number, col(Announcement.state).in_(was))
    moved = await session.exec(update(Announcement).where(*mine).values(**values, changed_at=now))
    return bool(moved.rowcount == 1)


async def go_on(session: AsyncSession, number: int, was: Collection[str], now: datetime) -> bool:
    """Let everybody have what the first few had, or were promised. False: it is in none of these states, or somebody
    said so already.
    """
    mine = (col(Announcement.id) == number, col(Announcement.state).in_(was), col(Announcement.wave) == 1)
    values = {"state": SENDING, "wave": 2, "changed_at": now}
    return bool((await session.exec(update(Announcement).where(*mine).values(**values))).rowcount == 1)


async def note(session: AsyncSession, number: int, **values: Any) -> None:
    """Write something about an announcement that changes nothing of what it says."""
    await session.exec(update(Announcement).where(col(Announcement.id) == number).values(**values))


async def is_sending(session: AsyncSession, number: int, wave: int) -> bool:
    """Whether this wave of it is being sent; who would pause it waits until this transaction is over."""
    row = select(Announcement.id).where(
        col(Announcement.id) == number, Announcement.state == SENDING, Announcement.wave == wave
    )
    return (await session.exec(row.with_for_update())).first() is not None


async def declare(session: AsyncSession, number: int, person: int, now: datetime) -> bool:
    """Write who declares first that it is urgent. False: somebody has, or it was begun."""
    mine = (col(Announcement.id) == number, col(Announcement.urgent_id).is_(None))
    moved = await session.exec(
        update(Announcement)
        .where(*mine, col(Announcement.state).in_(launch.OPEN))
        .values(urgent_id=person, urgent_with_id=None, changed_at=now)
    )
    return bool(moved.rowcount == 1)


async def second(session: AsyncSession, number: int, person: int, first: int, now: datetime) -> bool:
    """Write who agrees that it is urgent. first: with whom, as it was read. False: that is not so any more."""
    mine = (
        col(Announcement.id) == number,
        col(Announcement.urgent_id) == first,
        col(Announcement.urgent_with_id).is_(None),
    )
    moved = await session.exec(
        update(Announcement)
        .where(*mine, col(Announcement.state).in_(launch.OPEN), col(Announcement.urgent_id) != person)
        .values(urgent_with_id=person, changed_at=now)
    )
    return bool(moved.rowcount == 1)


async def calm(session: AsyncSession, number: int) -> bool:
    """It is not urgent any more, for it changed: who declared so knew other words. False: it was not."""
    mine = (col(Announcement.id) == number, col(Announcement.urgent_id).is_not(None))
    values = {"urgent_id": None, "urgent_with_id": None}
    return bool((await session.exec(update(Announcement).where(*mine).values(**values))).rowcount == 1)


async def moving(
    session: AsyncSession, now: datetime, since: datetime
) -> list[tuple[Announcement, AnnouncementVersion]]:
    """Those whose time has come, that are being sent, or that ended after `since`, in the order they were made."""
    due = and_(col(Announcement.state) == SIGNED, col(Announcement.at) <= now)
    lately = and_(col(Announcement.state).in_(ENDED), col(Announcement.ended_at) > since)
    rows = select(Announcement, AnnouncementVersion).where(
        *launch.IS_LATEST, or_(due, col(Announcement.state).in_(UNDER_WAY), lately)
    )
    found = await session.exec(rows.order_by(col(Announcement.id)), execution_options={"populate_existing": True})
    return list(found)


async def due(session: AsyncSession, number: int, now: datetime) -> tuple[Announcement, AnnouncementVersion] | None:
    """A signed one whose time has come, as it is now; None: it is none any more. Who would change it waits."""
    mine = (col(Announcement.id) == number, col(Announcement.state) == SIGNED, col(Announcement.at) <= now)
    rows = select(Announcement, AnnouncementVersion).where(*launch.IS_LATEST, *mine).with_for_update(of=Announcement)
    return (await session.exec(rows, execution_options={"populate_existing": True})).first()


# ---------------------------------------------------------------- its promises


@dataclass(frozen=True, slots=True)
class Counted:
    """How many promises of a batch a platform has in a state, for a reason. away: they wait for another time."""

    platform: str
    state: str
    error: str
    away: bool
    count: int


async def promised(session: AsyncSession, number: int) -> set[int]:
    """The people to whom it was promised, or who got it."""
    found = select(Promise.person_id).where(Promise.batch == batch_of(number), Promise.op == "post")
    return {person for person in await session.exec(found) if person is not None}


async def extend(session: AsyncSession, number: int, until: datetime) -> None:
    """Let what may still be said of it be said until then: what waits, is in hand, or may come back."""
    may_return = and_(col(Promise.state) == "sent", col(Promise.body) != "{}")
    mine = (col(Promise.batch) == batch_of(number), col(Promise.op) == "post")
    which = or_(col(Promise.state).in_((*WAITING, "going")), may_return)
    await session.exec(
        update(Promise).where(*mine, which).values(not_after=until), execution_options={"synchronize_session": False}
    )


async def next_due(session: AsyncSession, number: int) -> datetime | None:
    """When the next of its promises has its turn; None: nothing of it waits."""
    waits = (Promise.batch == batch_of(number), col(Promise.state).in_(WAITING))
    row = select(Promise.due).where(*waits).order_by(col(Promise.due)).limit(1)
    return (await session.exec(row)).first()


async def counted(session: AsyncSession, batch: str, now: datetime) -> list[Counted]:
    """How far a batch is. Reasons that are people's own affair are among it: they are for rules, and for no reader."""
    away = case((col(Promise.due) > now, 1), else_=0)
    group = (col(Promise.platform), col(Promise.state), col(Promise.error), away)
    rows = select(*group, func.count()).where(Promise.batch == batch).group_by(*group)  # type: ignore[call-overload]
    found = await session.exec(rows)
    return [Counted(platform, state, error, bool(later), n) for platform, state, error, later, n in found]


async def failed(session: AsyncSession, number: int) -> list[Promise]:
    """What of it could not be said to whom it was for, oldest first."""
    rows = select(Promise).where(Promise.batch == batch_of(number), Promise.state == "dead", Promise.op == "post")
    return list(await session.exec(rows.order_by(col(Promise.id)), execution_options={"populate_existing": True}))
