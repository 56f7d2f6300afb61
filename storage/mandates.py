"""Mandates: who may decide in the place of a person who is named, from one day to another."""

from collections.abc import Collection
from datetime import datetime

from pydantic import AwareDatetime
from sqlalchemy import UniqueConstraint, delete, or_
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession


class Mandate(SQLModel, table=True):
    """What a person gave to another under a process. since, until: its first instant, and the one when it is over.

    stage: what the bot has done about it: "ahead" (nothing yet), "begun" (what waits was shown to its holder), "over".
    It says nothing about whether it is in force: the two instants do. One that was taken back ended at that moment.
    """

    __tablename__ = "mandate"
    __table_args__ = (UniqueConstraint("process", "person_id", "holder_id"),)
    id: int | None = Field(default=None, primary_key=True)
    process: str
    person_id: int = Field(foreign_key="person.id", index=True)
    holder_id: int = Field(foreign_key="person.id", index=True)
    since: AwareDatetime
    until: AwareDatetime
    stage: str = "ahead"
    created_at: AwareDatetime


async def given_by(session: AsyncSession, process: str, people: Collection[int]) -> list[Mandate]:
    """The mandates of these people, those over too, in order."""
    wanted = select(Mandate).where(Mandate.process == process, col(Mandate.person_id).in_(sorted(people)))
    return list(await session.exec(wanted.order_by(col(Mandate.id))))


async def between(session: AsyncSession, process: str, person_id: int, holder_id: int) -> Mandate | None:
    """The mandate that one person gave to another, over or not."""
    pair = (Mandate.process == process, Mandate.person_id == person_id, Mandate.holder_id == holder_id)
    return (await session.exec(select(Mandate).where(*pair))).one_or_none()


async def about(session: AsyncSession, process: str, person_id: int, now: datetime) -> list[Mandate]:
    """The mandates that a person gave or holds and that are not over, soonest first."""
    mine = or_(col(Mandate.person_id) == person_id, col(Mandate.holder_id) == person_id)
    wanted = select(Mandate).where(Mandate.process == process, Mandate.until > now, mine)
    return list(await session.exec(wanted.order_by(col(Mandate.since), col(Mandate.id))))


async def get(session: AsyncSession, process: str, number: int) -> Mandate | None:
    """The mandate of that number under that process."""
    return (await session.exec(select(Mandate).where(Mandate.process == process, Mandate.id == number))).one_or_none()


async def changing(session: AsyncSession, process: str, now: datetime) -> list[Mandate]:
    """The mandates that began, or ended, since the bot last looked."""
    begun = (col(Mandate.stage) == "ahead") & (col(Mandate.since) <= now)
    over = (col(Mandate.stage) != "over") & (col(Mandate.until) <= now)
    wanted = select(Mandate).where(Mandate.process == process, or_(begun, over)).order_by(col(Mandate.id))
    return list(await session.exec(wanted))


async def forget(session: AsyncSession, process: str, before: datetime) -> None:
    """Delete the mandates that were over before an instant."""
    await session.exec(delete(Mandate).where(col(Mandate.process) == process, col(Mandate.until) < before))
