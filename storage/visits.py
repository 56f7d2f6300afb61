"""Links that open a page once, and what browsers may see afterwards: one row from the link to the end of the visit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import update
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession


class Visit(SQLModel, table=True):
    """A link to a page, made for somebody, and the visit that it became. to: the page's path.

    until: when the link, later the visit, is over. used_at: when it was opened, which it can be once. token: digest of
    what the browser shows from then on. number: what that browser shows people meanwhile. confirmed_at: since when it
    is known that this browser is theirs. Without a page: somebody said at made_at that a browser is not theirs after
    all; until: when nothing can be believed any more that was said before.
    """

    __tablename__ = "visit"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    to: str
    made_at: AwareDatetime
    until: AwareDatetime
    used_at: AwareDatetime | None = None
    confirmed_at: AwareDatetime | None = None
    token: str = Field(default="", index=True)
    number: str = ""


async def add(session: AsyncSession, visit: Visit) -> int:
    """Write a link, or a visit that needed none; returns its number."""
    session.add(visit)
    await session.flush()
    return visit.id or 0


async def get(session: AsyncSession, number: int) -> Visit | None:
    """A link or visit, by its number."""
    return await session.get(Visit, number)


async def shown(session: AsyncSession, token: str, now: datetime) -> Visit | None:
    """The visit that goes on in the browser which shows this; token: its digest."""
    goes_on = (Visit.token == token, Visit.token != "", col(Visit.until) > now)
    return (await session.exec(select(Visit).where(*goes_on))).first()


async def was_shown(session: AsyncSession, token: str) -> bool:
    """Whether there was a visit of a browser that shows this, whether or not it goes on; token: its digest."""
    return (await session.exec(select(Visit.id).where(Visit.token == token))).first() is not None


async def use(session: AsyncSession, id: int, now: datetime, **becomes: Any) -> bool:
    """Use a link. becomes: further columns. False: it was used before, or is over."""
    unused = (col(Visit.id) == id, col(Visit.used_at).is_(None), col(Visit.until) > now)
    done = await session.exec(update(Visit).where(*unused).values(used_at=now, **becomes))
    return bool(done.rowcount)


async def confirm(session: AsyncSession, number: int, person: int, now: datetime, until: datetime) -> bool:
    """A browser is said to be theirs by the one whom the link was made for. until: when the visit is over.

    False: there is nothing to confirm.
    """
    waits = (col(Visit.used_at).is_not(None), col(Visit.confirmed_at).is_(None), col(Visit.until) > now)
    theirs = (col(Visit.id) == number, col(Visit.person_id) == person, *waits)
    done = await session.exec(update(Visit).where(*theirs).values(confirmed_at=now, until=until))
    return bool(done.rowcount)


async def end(session: AsyncSession, number: int, person: int, now: datetime) -> bool:
    """End somebody's visit, or make their link useless. False: it was over."""
    theirs = (col(Visit.id) == number, col(Visit.person_id) == person, col(Visit.until) > now)
    done = await session.exec(update(Visit).where(*theirs).values(until=now))
    return bool(done.rowcount)


async def distrust(session: AsyncSession, person: int, now: datetime, until: datetime) -> None:
    """End what goes on in somebody's browsers, and believe none that was said to be theirs. until: kept until then."""
    goes_on = (col(Visit.person_id) == person, col(Visit.confirmed_at).is_not(None), col(Visit.until) > now)
    await session.exec(update(Visit).where(*goes_on).values(until=now))
    session.add(Visit(person_id=person, to="", made_at=now, until=until, used_at=now))
    await session.flush()


async def distrusted(session: AsyncSession, person: int) -> datetime | None:
    """When somebody said last that a browser is not theirs after all."""
    said = select(Visit.made_at).where(Visit.person_id == person, Visit.to == "")
    return (await session.exec(said.order_by(col(Visit.made_at).desc()).limit(1))).first()
