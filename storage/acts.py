"""Links that came by mail, each of which lets one person do one thing, once, without the chat."""

from __future__ import annotations

from datetime import datetime

from pydantic import AwareDatetime
from sqlalchemy import or_, update
from sqlmodel import Field, SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

MOST = 5
"""Numbers that are sent for one link, and wrong ones that are taken for one."""


class Act(SQLModel, table=True):
    """A link by which somebody may do something. act: what, as a capability declares it; of: about what.

    until: when it is over. used_at: when what it was made for was done. number: digest of the number that was last sent
    elsewhere, at number_at; sent: how many were; tries: how many were wrong.
    """

    __tablename__ = "act"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    act: str
    of: str
    made_at: AwareDatetime
    until: AwareDatetime
    used_at: AwareDatetime | None = None
    number: str = ""
    number_at: AwareDatetime | None = None
    sent: int = 0
    tries: int = 0


async def add(session: AsyncSession, act: Act) -> int:
    """Write a link; returns its number."""
    session.add(act)
    await session.flush()
    return act.id or 0


async def get(session: AsyncSession, number: int) -> Act | None:
    """A link, by its number."""
    return await session.get(Act, number)


async def use(session: AsyncSession, number: int, now: datetime) -> bool:
    """What it was made for is done. False: it was done before, or the link is over."""
    unused = (col(Act.id) == number, col(Act.used_at).is_(None), col(Act.until) > now, col(Act.tries) < MOST)
    done = await session.exec(update(Act).where(*unused).values(used_at=now))
    return bool(done.rowcount)


async def ask(session: AsyncSession, number: int, digest: str, now: datetime, since: datetime) -> bool:
    """Another number is sent. since: the last one was sent by then. False: not so soon, or no more of them."""
    may = (col(Act.id) == number, col(Act.sent) < MOST, or_(col(Act.number_at).is_(None), col(Act.number_at) <= since))
    values = {"number": digest, "number_at": now, "sent": Act.sent + 1}
    return bool((await session.exec(update(Act).where(*may).values(**values))).rowcount)


async def wrong(session: AsyncSession, number: int) -> None:
    """A wrong number was given."""
    await session.exec(update(Act).where(col(Act.id) == number).values(tries=Act.tries + 1))
