"""Events recorded, and how far they are handled."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import (
    ColumnElement,
    UniqueConstraint,
    bindparam,
    delete,
    exists,
    func,
    literal_column,
    or_,
    text,
    update,
)
from sqlalchemy.orm import aliased
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import insert, news
from storage.partial import partial

_WAITS = "state = 'new'"
_HEARD = "state = 'heard'"


class Recorded(SQLModel, table=True):
    """One event. state: "new" (to be handled), "heard" (to be added up with others), "done", "parked" (could not be;
    see error).

    process: which one recorded it, and should handle it; "" for any.
    body: the event as JSON; emptied once handled, the row staying so that the event is known when it comes again.
    lane_person, lane_room: events of one person, and of one room, are handled in order; "" is no lane.
    """

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("platform", "key"),
        partial("ix_event_waiting", "id", where=_WAITS),
        partial("ix_event_person", "lane_person", "id", where=_WAITS),
        partial("ix_event_room", "lane_room", "id", where=_WAITS),
        partial("ix_event_heard", "id", where=_HEARD),
    )
    id: int | None = Field(default=None, primary_key=True)
    platform: str
    key: str
    kind: str
    lane_person: str = ""
    lane_room: str = ""
    body: str
    state: str = "new"
    tries: int = 0
    due: AwareDatetime
    error: str = ""
    received_at: AwareDatetime
    handled_at: AwareDatetime | None = None
    process: str = Field(default="", sa_column_kwargs={"server_default": text("''")})


class Position(SQLModel, table=True):
    """How far a platform's stream of events is recorded."""

    __tablename__ = "position"
    platform: str = Field(primary_key=True)
    value: str


# Neither what was said nor who was where: only that this event came.
_FORGOTTEN = {"state": "done", "body": "{}", "lane_person": "", "lane_room": ""}
# Literals, not parameters: a partial index serves only a query that says what the index says.
_NEW: ColumnElement[str] = literal_column("'new'")
_OVERHEARD: ColumnElement[str] = literal_column("'heard'")


async def record(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write events; one known already stays as it is.

    rows: columns of `Recorded`: platform, key, kind, body, due, received_at, and lane_person and lane_room where there
    is a lane; state and handled_at for what is handled by being known; process.
    """
    blank = {
        "lane_person": "", "lane_room": "", "state": "new", "tries": 0, "error": "", "handled_at": None, "process": "",
    }  # fmt: skip
    if rows:
        statement = insert(session, Recorded.__table__).on_conflict_do_nothing(index_elements=["platform", "key"])  # type: ignore[attr-defined]
        await session.exec(statement, params=[blank | dict(row) for row in rows])


async def record_parked(session: AsyncSession, platform: str, key: str, reason: str, now: datetime) -> None:
    """Keep the trace of something that could not be read as an event. reason: a code."""
    row = {"platform": platform, "key": key, "kind": "", "body": "{}", "due": now, "received_at": now}
    await record(session, [{**row, "state": "parked", "error": reason}])


# Asked at every look: put together once, since that costs more than running it.
def _due(state: Any, *where: ColumnElement[bool]) -> Any:
    ours = col(Recorded.process).in_(bindparam("ours", expanding=True))
    return (
        select(Recorded)
        .where(
            Recorded.state == state,
            col(Recorded.due) <= bindparam("now"),
            *where,
            or_(ours, col(Recorded.received_at) <= bindparam("since")),
            col(Recorded.platform).not_in(bindparam("away", expanding=True)),
        )
        .order_by(col(Recorded.id))
        .limit(bindparam("limit"))
    )


def _waiting() -> Any:
    earlier = aliased(Recorded)
    same_lane = [
        exists().where(
            col(earlier.state) == _NEW,
            getattr(earlier, lane) == getattr(Recorded, lane),
            getattr(Recorded, lane) != "",
            col(earlier.id) < col(Recorded.id),
        )
        for lane in ("lane_person", "lane_room")
    ]
    return _due(_NEW, ~or_(*same_lane))


_WAITING = _waiting()


async def waiting(
    session: AsyncSession,
    now: datetime,
    limit: int,
    *,
    process: str = "",
    others: datetime | None = None,
    away: Collection[str] = (),
) -> list[Recorded]:
    """The next events to handle, oldest first: due, and no earlier one of the same person or room waits still.

    process: its own; and what came to another one before `others`, which may have vanished. away: platforms of which
    none is wanted.
    """
    given = {"now": now, "limit": limit, "ours": ["", process], "since": others or now, "away": list(away)}
    return list(await session.exec(_WAITING, params=given))


_HEARD_ROWS = _due(_OVERHEARD)


async def heard(
    session: AsyncSession, now: datetime, limit: int, *, process: str, others: datetime, away: Collection[str] = ()
) -> list[Recorded]:
    """The next events to be added up, oldest first. The other arguments: as of `waiting`."""
    given = {"now": now, "limit": limit, "ours": ["", process], "since": others, "away": list(away)}
    return list(await session.exec(_HEARD_ROWS, params=given))


async def claim_heard(session: AsyncSession, ids: Collection[int], now: datetime) -> set[int]:
    """Mark those of these events as handled that nobody else adds up, and forget what they said; return which."""
    wanted = select(Recorded.id).where(col(Recorded.id).in_(ids), Recorded.state == _OVERHEARD)
    mine = {each for each in await session.exec(wanted.with_for_update(skip_locked=True)) if each is not None}
    done = update(Recorded).where(col(Recorded.id).in_(mine)).values(**_FORGOTTEN, error="", handled_at=now)
    await session.exec(done, execution_options={"synchronize_session": False})
    return mine


async def wait_heard(session: AsyncSession, ids: Collection[int], due: datetime) -> None:
    """Add these events up at `due`."""
    where = (col(Recorded.id).in_(ids), col(Recorded.state) == _OVERHEARD)
    await session.exec(update(Recorded).where(*where).values(due=due), execution_options={"synchronize_session": False})


async def separate(session: AsyncSession, ids: Collection[int]) -> None:
    """These events could not be added up together: each is handled by itself, like any other."""
    where = (col(Recorded.id).in_(ids), col(Recorded.state) == _OVERHEARD)
    apart = update(Recorded).where(*where).values(state="new")
    await session.exec(apart, execution_options={"synchronize_session": False})


async def claim(session: AsyncSession, event_id: int) -> bool:
    """Let nobody else handle an event until this transaction ends. False: another does, or it is handled."""
    wanted = select(Recorded.id).where(Recorded.id == event_id, Recorded.state == _NEW)
    return (await session.exec(wanted.with_for_update(skip_locked=True))).first() is not None


async def done(session: AsyncSession, event_id: int, now: datetime) -> bool:
    """Mark an event handled, and forget what it said. False: another process was first; undo what was done for it."""
    news(session)  # what comes after it, of the same person or room, may have been recorded elsewhere
    return await _move(session, event_id, "new", **_FORGOTTEN, error="", handled_at=now)


async def retry(session: AsyncSession, event_id: int, due: datetime, error: str) -> bool:
    """Handle it again at `due`; its lanes wait. error: a code."""
    return await _move(session, event_id, "new", tries=Recorded.tries + 1, due=due, error=error)


async def wait(session: AsyncSession, event_id: int, due: datetime, error: str) -> bool:
    """As `retry`, without counting it as a try."""
    return await _move(session, event_id, "new", due=due, error=error)


async def park(session: AsyncSession, event_id: int, now: datetime, error: str) -> bool:
    """Set an event aside, so that its lanes go on. error: a code."""
    return await _move(session, event_id, "new", state="parked", error=error, handled_at=now)


async def unpark(session: AsyncSession, event_id: int, now: datetime) -> bool:
    """Handle a parked event again. False: it is not parked, or nothing of it could be read."""
    return await _move(session, event_id, "parked", Recorded.kind != "", state="new", tries=0, due=now, error="")


async def drop(session: AsyncSession, event_id: int, now: datetime) -> bool:
    """Give a parked event up; the row stays, so that it is known when it comes again. False: it is not parked."""
    return await _move(session, event_id, "parked", **_FORGOTTEN, handled_at=now)


async def parked(session: AsyncSession, limit: int = 1000) -> list[Recorded]:
    """What was set aside, oldest first."""
    found = await session.exec(
        select(Recorded).where(Recorded.state == "parked").order_by(col(Recorded.id)).limit(limit)
    )
    return list(found)


async def backlog(session: AsyncSession) -> int:
    """How many events are not handled yet."""
    new, heard = (
        select(func.count()).select_from(Recorded).where(Recorded.state == state).scalar_subquery()
        for state in (_NEW, _OVERHEARD)
    )
    return int((await session.exec(select(new + heard))).one())


async def parked_count(session: AsyncSession) -> int:
    """How many events were set aside."""
    return (await session.exec(select(func.count()).select_from(Recorded).where(Recorded.state == "parked"))).one()


async def purge(session: AsyncSession, before: datetime, limit: int = 1_000_000) -> int:
    """Forget that events handled before this instant ever came, so many at most; return how many."""
    old = select(Recorded.id).where(col(Recorded.state) == "done", col(Recorded.handled_at) < before).limit(limit)
    return int((await session.exec(delete(Recorded).where(col(Recorded.id).in_(old)))).rowcount)


async def position(session: AsyncSession, platform: str) -> str:
    """How far a platform's stream is recorded; "" before the first time."""
    row = await session.get(Position, platform)
    return row.value if row else ""


async def set_position(session: AsyncSession, platform: str, value: str) -> None:
    """Say how far a platform's stream is recorded, in the transaction that records what came before."""
    statement = insert(session, Position.__table__).values(platform=platform, value=value)  # type: ignore[attr-defined]
    await session.exec(statement.on_conflict_do_update(index_elements=["platform"], set_={"value": value}))


async def _move(session: AsyncSession, event_id: int, was: str, *also: Any, **values: Any) -> bool:
    """Change one event, if it is still in that state, and return whether it was."""
    statement = update(Recorded).where(col(Recorded.id) == event_id, col(Recorded.state) == was, *also)
    moved = await session.exec(statement.values(**values), execution_options={"synchronize_session": False})
    return bool(moved.rowcount)
