"""A database that was put back from a backup: what happened after the backup is not in it, but people saw it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, literal, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.sqltypes import UTCDateTime

from storage import keeping
from storage.audit import Entry
from storage.database import clock
from storage.events import Recorded
from storage.outbox import Attempt, Promise

_OPEN = ("later", "todo", "going")
_NOBODYS, _KEY = "", "restored"  # kept beside what platforms keep; none is called ""

CATCHING_UP = timedelta(days=1)
"""For how long after a backup was put back what is promised may be what was promised, and said, before."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup was put back. since: when it was made. until: what is promised before may have been said already."""

    since: datetime
    until: datetime


async def taken(session: AsyncSession) -> datetime | None:
    """When the backup was made, as far as its rows tell: the latest instant in them. None: there is nothing in it."""
    columns: tuple[Any, ...] = (Promise.created_at, Promise.sent_at, Attempt.started_at, Recorded.received_at, Entry.at)
    latest = [(await session.exec(select(func.max(column)))).scalar_one() for column in columns]  # type: ignore[call-overload]
    return max((each for each in latest if each is not None), default=None)


async def doubt(session: AsyncSession, since: datetime) -> int:
    """Write an attempt of unknown outcome for all that the backup still promises, so that each is looked for on its
    platform before it is said; and `remember`, for what will be. since: when the backup was made. Returns how many
    there are.
    """
    await remember(session, since, await clock(session))
    open_ = col(Promise.state).in_(_OPEN)
    told: tuple[Any, ...] = (Promise.id, Promise.platform, literal(since, UTCDateTime()), literal(""), literal(""))
    rows = select(*told).where(open_, col(Promise.op) == "post")
    columns = ["promise_id", "platform", "started_at", "outcome", "external_id"]
    await session.exec(insert(Attempt).from_select(columns, rows))
    doubted = await session.exec(
        update(Promise).where(open_, col(Promise.op) == "post").values(tries=Promise.tries + 1),
        execution_options={"synchronize_session": False},
    )
    return int(doubted.rowcount)


async def remember(session: AsyncSession, since: datetime, now: datetime) -> None:
    """Note that a backup was put back. since: when it was made. now: when it was put back.

    A platform that tells once more what happened since lets the same be promised once more.
    """
    before = await recent(session)
    if before is not None and before.until > now:
        since = min(since, before.since)
    told = f"{since.isoformat()} {(now + CATCHING_UP).isoformat()}"
    await keeping.keep(session, _NOBODYS, {_KEY: told.encode()})


async def recent(session: AsyncSession) -> Restored | None:
    """The backup that was put back last; None: none ever was."""
    told = (await keeping.kept(session, _NOBODYS)).get(_KEY)
    return Restored(*map(datetime.fromisoformat, told.decode().split())) if told else None
