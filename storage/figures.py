"""What was published about groups, week by week, and who was counted last: what the next figure is compared with."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import UniqueConstraint, bindparam, not_, update
from sqlmodel import Field, SQLModel, col, delete, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import insert
from storage.people import NOBODY, Person

PART = 2_000
"""Rows that one transaction writes or forgets."""

AT_ONCE = 200
"""Figures that one transaction forgets."""


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
    count: what was counted; it is told to nobody. state: "coming": being written, told of nothing yet; "told"; "past":
    compared with nothing any more, being forgotten.
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
    state: str = "told"


class FigureMember(SQLModel, table=True):
    """Somebody who is counted, and their state when it was last seen. person_id: None for one whose data was erased."""

    __tablename__ = "figure_member"
    __table_args__ = (UniqueConstraint("base_id", "person_id"),)
    id: int | None = Field(default=None, primary_key=True)
    base_id: int = Field(foreign_key="figure_base.id")
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    state: bool


_BASE: Any = FigureBase.__table__  # type: ignore[attr-defined]
_MEMBER: Any = FigureMember.__table__  # type: ignore[attr-defined]


async def weeks(session: AsyncSession, subject: str, limit: int) -> list[date]:
    """The last weeks of which something was told, the newest first."""
    query = select(col(Figure.week)).where(Figure.subject == subject).distinct().order_by(col(Figure.week).desc())
    return list(await session.exec(query.limit(limit)))


async def of_weeks(session: AsyncSession, subject: str, wanted: Collection[date]) -> list[Figure]:
    """All that was told in these weeks, the oldest first."""
    query = select(Figure).where(Figure.subject == subject, col(Figure.week).in_(wanted))
    return list(await session.exec(query.order_by(col(Figure.week), col(Figure.measure), col(Figure.grp))))


async def bases(session: AsyncSession, subject: str) -> list[FigureBase]:
    """What was told last, by the groups of which it was told."""
    told = (FigureBase.subject == subject, FigureBase.state == "told")
    return list(await session.exec(select(FigureBase).where(*told).order_by(col(FigureBase.id))))


async def members(session: AsyncSession, base: int) -> tuple[dict[int, bool], tuple[bool, ...]]:
    """Who is counted in a figure, with their states; and the states of those who are nobody any more."""
    found = await session.exec(select(FigureMember).where(FigureMember.base_id == base))
    rows = list(found)
    known = {each.person_id: each.state for each in rows if each.person_id is not None}
    return known, tuple(each.state for each in rows if each.person_id is None)


async def who(session: AsyncSession) -> list[tuple[int, int | None]]:
    """Whose number is nobody's own: whoever turned out to be another one, or was erased. It changes when people do."""
    changed = or_(col(Person.joined_to).is_not(None), Person.name == NOBODY)
    found = await session.exec(select(Person.id, Person.joined_to).where(changed).order_by(col(Person.id)))
    return [(person or 0, other) for person, other in found]


# ---------------------------------------------------------------- a week is told


async def put(session: AsyncSession, base: FigureBase, members: Collection[tuple[int | None, bool]]) -> int:
    """Write some of those who are counted in a figure that is coming; None for nobody any more. Returns its number."""
    if base.id is None:
        session.add(base)
        await session.flush()
    rows = [{"base_id": base.id, "person_id": person, "state": state} for person, state in members]
    if rows:
        await session.exec(insert(session, FigureMember), params=rows)
    return base.id or 0


@dataclass(slots=True)
class Changes:
    """What telling a week changes. coming: figures that were put there. gone: those in whose place they come.

    on: figures that go on, as rows of columns, "base" among them. turned: (figure, person): the state is the other one.
    told: as rows of `Figure`.
    """

    coming: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    on: list[Mapping[str, Any]] = field(default_factory=list)
    turned: list[tuple[int, int]] = field(default_factory=list)
    told: list[Mapping[str, Any]] = field(default_factory=list)


class Overtaken(Exception):
    """Somebody else tells the same: the week was told, or what was coming was forgotten."""


async def tell(session: AsyncSession, subject: str, week: date, changes: Changes, before: date) -> None:
    """A week is told. before: what was last shown before that one is past. Raises Overtaken."""
    if await weeks(session, subject, 1) >= [week]:
        raise Overtaken
    for state, was, which in (("past", "told", changes.gone), ("told", "coming", changes.coming)):
        if await _become(session, state, was, which) != len(which):
            raise Overtaken
    names = ("grp", "seen", "taken", "low", "high", "of", "count")
    on = update(_BASE).where(_BASE.c.id == bindparam("base"))
    await _each(session, on.values({name: bindparam(f"b_{name}") for name in names}), changes.on)
    old = (_BASE.c.subject == subject, _BASE.c.state == "told", _BASE.c.seen < before)
    await session.exec(update(_BASE).where(*old).values(state="past"))
    whose = (_MEMBER.c.base_id == bindparam("base"), _MEMBER.c.person_id == bindparam("person"))
    turn = update(_MEMBER).where(*whose).values(state=not_(_MEMBER.c.state))
    await _each(session, turn, [{"base": base, "person": person} for base, person in changes.turned])
    await _each(session, insert(session, Figure), changes.told)


async def _become(session: AsyncSession, state: str, was: str, bases: Sequence[int]) -> int:
    """How many of these figures did."""
    done = 0
    for begin in range(0, len(bases), PART):
        these = (_BASE.c.id.in_(bases[begin : begin + PART]), _BASE.c.state == was)
        done += (await session.exec(update(_BASE).where(*these).values(state=state))).rowcount
    return done


async def _each(session: AsyncSession, statement: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        await (await session.connection()).execute(statement, list(rows))


async def is_clear(session: AsyncSession, subject: str) -> bool:
    """Whether all that is written is told: nothing is coming, nothing is to be forgotten."""
    other = select(FigureBase.id).where(FigureBase.subject == subject, FigureBase.state != "told").limit(1)
    return (await session.exec(other)).first() is None


async def clear(session: AsyncSession, subject: str) -> None:
    """Forget some of those counted in figures that are past, or were coming when whoever wrote them was stopped."""
    other = select(FigureBase.id).where(FigureBase.subject == subject, FigureBase.state != "told")
    bases = list(await session.exec(other.order_by(col(FigureBase.id)).limit(AT_ONCE)))
    members = select(FigureMember.id).where(col(FigureMember.base_id).in_(bases)).limit(PART)
    gone = list(await session.exec(members))
    await session.exec(delete(FigureMember).where(col(FigureMember.id).in_(gone)))
    if len(gone) < PART:
        await session.exec(delete(FigureBase).where(col(FigureBase.id).in_(bases)))
