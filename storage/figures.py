"""What was published about groups, week by week, and who was counted last: what the next figure is compared with."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import UniqueConstraint, not_, update
from sqlmodel import Field, SQLModel, col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import insert

PART = 5_000
"""Rows that one statement writes."""

_ASIDE = {"synchronize_session": False}


class Figure(SQLModel, table=True):
    """What was told of a group in a week; never rewritten. No person stands here.

    subject: what it is about ("profiles"). measure: what was counted ("complete", "field:title"). grp: the group, as
    `bot.figures` names groups. week: its Monday. taken: the week in which it was counted. low, high, of: as told.
    """

    __tablename__ = "figure"
    __table_args__ = (UniqueConstraint("subject", "week", "measure", "grp"),)
    id: int | None = Field(default=None, primary_key=True)
    subject: str
    week: date
    measure: str
    grp: str
    taken: date
    low: int
    high: int
    of: int


class FigureBase(SQLModel, table=True):
    """The last figure told of some people, with which the next one is compared. Columns: as of `Figure`.

    seen: the last week in which it was shown: what was told of a group that is no more is remembered for a while.
    count: what was counted; it is told to nobody.
    """

    __tablename__ = "figure_base"
    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(index=True)
    measure: str
    grp: str
    taken: date
    seen: date
    low: int
    high: int
    of: int
    count: int


class FigureMember(SQLModel, table=True):
    """Somebody who is counted, and their state when it was last seen. person_id: None for one whose data was erased."""

    __tablename__ = "figure_member"
    __table_args__ = (UniqueConstraint("base_id", "person_id"),)
    id: int | None = Field(default=None, primary_key=True)
    base_id: int = Field(foreign_key="figure_base.id")
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    state: bool


async def weeks(session: AsyncSession, subject: str, limit: int) -> list[date]:
    """The last weeks of which something was told, the newest first."""
    query = select(col(Figure.week)).where(Figure.subject == subject).distinct().order_by(col(Figure.week).desc())
    return list(await session.exec(query.limit(limit)))


async def of_weeks(session: AsyncSession, subject: str, wanted: Collection[date]) -> list[Figure]:
    """All that was told in these weeks, the oldest first."""
    query = select(Figure).where(Figure.subject == subject, col(Figure.week).in_(wanted))
    return list(await session.exec(query.order_by(col(Figure.week), col(Figure.measure), col(Figure.grp))))


async def tell(session: AsyncSession, figures: Collection[Figure]) -> None:
    """Write what is told in a week."""
    session.add_all(figures)
    await session.flush()


async def bases(session: AsyncSession, subject: str) -> list[FigureBase]:
    """What was told last, by the groups of which it was told."""
    return list(
        await session.exec(select(FigureBase).where(FigureBase.subject == subject).order_by(col(FigureBase.id)))
    )


async def members(session: AsyncSession, base: int) -> tuple[dict[int, bool], tuple[bool, ...]]:
    """Who is counted in a figure, with their states; and the states of those who are nobody any more."""
    found = await session.exec(select(FigureMember).where(FigureMember.base_id == base))
    rows = list(found)
    known = {each.person_id: each.state for each in rows if each.person_id is not None}
    return known, tuple(each.state for each in rows if each.person_id is None)


async def remember(session: AsyncSession, base: FigureBase, who: Mapping[int, bool], nobody: Collection[bool]) -> None:
    """Write what was told, and who is counted in it. nobody: as `members` gives it."""
    session.add(base)
    await session.flush()
    every = [*who.items(), *((None, state) for state in nobody)]
    rows = [{"base_id": base.id, "person_id": person, "state": state} for person, state in every]
    for begin in range(0, len(rows), PART):
        await session.exec(insert(session, FigureMember), params=rows[begin : begin + PART])


async def go_on(session: AsyncSession, base: int, values: Mapping[str, Any]) -> None:
    """Write what is told from now on of the same people. values: of the columns."""
    statement = update(FigureBase).where(col(FigureBase.id) == base).values(**values)
    await session.exec(statement, execution_options=_ASIDE)


async def turn(session: AsyncSession, base: int, people: Collection[int]) -> None:
    """Write that these people's states are the other one now."""
    some = sorted(people)
    for begin in range(0, len(some), PART):
        theirs = (col(FigureMember.base_id) == base, col(FigureMember.person_id).in_(some[begin : begin + PART]))
        statement = update(FigureMember).where(*theirs).values(state=not_(col(FigureMember.state)))
        await session.exec(statement, execution_options=_ASIDE)


async def forget(session: AsyncSession, bases: Collection[int]) -> None:
    """Forget who was counted in these figures."""
    await session.exec(delete(FigureMember).where(col(FigureMember.base_id).in_(bases)))
    await session.exec(delete(FigureBase).where(col(FigureBase.id).in_(bases)))


async def forget_before(session: AsyncSession, subject: str, week: date) -> None:
    """Forget who was counted in figures that were last shown before a week."""
    old = select(FigureBase.id).where(FigureBase.subject == subject, FigureBase.seen < week)
    await forget(session, [each for each in await session.exec(old) if each is not None])
