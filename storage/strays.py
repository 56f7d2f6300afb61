"""Rooms that nobody asked for through the bot, and what is done once in a period."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import UniqueConstraint, update
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import insert

_AFRESH = {
    "populate_existing": True
}  # rows are written by statements here, which leaves what a session holds as it was


class Stray(SQLModel, table=True):
    """A room that lives outside. state: "found", "told" (the animators know), "ignored", "adopting", "adopted", "gone".

    name: as the platform shows it. seen_at: when a look or an event last told of it.
    """

    __tablename__ = "stray"
    __table_args__ = (UniqueConstraint("platform", "room"),)
    id: int | None = Field(default=None, primary_key=True)
    platform: str
    room: str
    name: str
    private: bool = False
    members: int = 0
    state: str = "found"
    found_at: AwareDatetime
    seen_at: AwareDatetime


class Once(SQLModel, table=True):
    """Something done once in a period, such as a week's message. name: of what, and of the period."""

    __tablename__ = "once"
    name: str = Field(primary_key=True)
    at: AwareDatetime


async def first(session: AsyncSession, name: str, now: datetime) -> bool:
    """Whether this is done for the first time; from then on it was done."""
    statement = insert(session, Once.__table__).values(name=name, at=now)  # type: ignore[attr-defined]
    done = await session.exec(statement.on_conflict_do_nothing(index_elements=["name"]))
    return bool(done.rowcount)


async def is_done(session: AsyncSession, name: str) -> bool:
    """Whether this was done."""
    return await session.get(Once, name) is not None


async def find(session: AsyncSession, platform: str, room: str, now: datetime, **seen: Any) -> None:
    """Write that a room is there. seen: its name, whether it is private, how many are in it, as far as known."""
    row = {"name": "", "private": False, "members": 0, **seen, "platform": platform, "room": room}
    statement = insert(session, Stray.__table__).values(  # type: ignore[attr-defined]
        **row, state="found", found_at=now, seen_at=now
    )
    again = {**seen, "seen_at": now}
    await session.exec(statement.on_conflict_do_update(index_elements=["platform", "room"], set_=again))


async def get(session: AsyncSession, stray: int) -> Stray | None:
    """The stray of that number."""
    return await session.get(Stray, stray)


async def in_room(session: AsyncSession, platform: str, room: str) -> Stray | None:
    """What is known of a room."""
    query = select(Stray).where(Stray.platform == platform, Stray.room == room)
    return (await session.exec(query, execution_options=_AFRESH)).first()


async def in_states(session: AsyncSession, *states: str) -> list[Stray]:
    """Strays in these states, oldest first."""
    query = select(Stray).where(col(Stray.state).in_(states)).order_by(col(Stray.id))
    return list(await session.exec(query, execution_options=_AFRESH))


async def of_platform(session: AsyncSession, platform: str) -> list[Stray]:
    """All that is known of the rooms outside on a platform."""
    query = select(Stray).where(Stray.platform == platform)
    return list(await session.exec(query, execution_options=_AFRESH))


async def move(session: AsyncSession, stray: int, *states: str, **values: Any) -> bool:
    """Alter a stray if it still is in one of `states`; say whether it was."""
    statement = update(Stray).where(col(Stray.id) == stray, col(Stray.state).in_(states)).values(**values)
    done = await session.exec(statement, execution_options={"synchronize_session": "fetch"})
    return done.rowcount == 1


async def gone(session: AsyncSession, platform: str, rooms: Collection[str]) -> None:
    """Write that rooms are there no longer, or closed."""
    if rooms:
        statement = update(Stray).where(
            col(Stray.platform) == platform,
            col(Stray.room).in_(rooms),
            col(Stray.state).in_(["found", "told"]),
        )
        await session.exec(statement.values(state="gone"), execution_options={"synchronize_session": "fetch"})
