"""What is sent unasked: whether staff were informed, what was confirmed, and each kind's own state."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import delete, func, or_, update
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import insert
from storage.outbox import HELD, Promise
from storage.people import Account
from storage.roster import Entry
from storage.wishes import hush_until

_ONE = 1
_AFRESH = {"populate_existing": True}
_PLAIN = {"synchronize_session": False}


class Release(SQLModel, table=True):
    """The one row of a deployment.

    informed_on: the day, as the administrators told it, on which staff were informed ("2026-11-20", "" for not yet);
    informed_how, informed_by: how, and who recorded it. informed_before: what was recorded before that, the oldest
    first, as JSON ([day, how] of each; "" for nothing). shown_people, shown_kinds, shown_at: how many people the last
    preview named in the chat, and of which kinds (between spaces) it showed the words. confirmed_people: how many the
    confirmed preview named. seed: what draws the first wave; it is drawn itself when the first preview is confirmed.
    """

    __tablename__ = "unasked"
    id: int = Field(default=_ONE, primary_key=True)
    informed_on: str = ""
    informed_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    informed_at: AwareDatetime | None = None
    informed_how: str = ""
    informed_before: str = ""
    shown_people: int = 0
    shown_kinds: str = ""
    shown_at: AwareDatetime | None = None
    confirmed_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    confirmed_at: AwareDatetime | None = None
    confirmed_people: int = 0
    seed: str = ""


class KindRelease(SQLModel, table=True):
    """How far one kind of contact is.

    stage: "confirmed", "wave" (the first ones are written to), "waits" (they were; somebody has to go on), "all".
    cut: the first wave has those whose share is not above it; None until it is drawn. by_id: who began the wave.
    """

    __tablename__ = "unasked_kind"
    kind: str = Field(primary_key=True)
    stage: str = ""
    paused: bool = False
    cut: float | None = None
    by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    changed_at: AwareDatetime


async def load(session: AsyncSession) -> tuple[Release, dict[str, KindRelease]]:
    """The deployment's row, an empty one before anything was recorded, and each kind's."""
    row = (await session.exec(select(Release).where(Release.id == _ONE), execution_options=_AFRESH)).one_or_none()
    kinds = (await session.exec(select(KindRelease), execution_options=_AFRESH)).all()
    return row or Release(), {each.kind: each for each in kinds}


async def write(session: AsyncSession, **values: Any) -> None:
    """Write these columns of the deployment's row."""
    row = Release(**values).model_dump()
    statement = insert(session, Release.__table__).values(**row)  # type: ignore[attr-defined]
    await session.exec(statement.on_conflict_do_update(index_elements=["id"], set_=values))


async def write_kind(session: AsyncSession, kind: str, now: datetime, **values: Any) -> None:
    """Write these columns of a kind's row."""
    row = KindRelease(kind=kind, changed_at=now, **values).model_dump()
    statement = insert(session, KindRelease.__table__).values(**row)  # type: ignore[attr-defined]
    await session.exec(statement.on_conflict_do_update(index_elements=["kind"], set_={**values, "changed_at": now}))


async def move(session: AsyncSession, kind: str, was: str, now: datetime, **values: Any) -> bool:
    """Alter a kind's row while its stage is still `was`; say whether it was."""
    statement = update(KindRelease).where(col(KindRelease.kind) == kind, col(KindRelease.stage) == was)
    done = await session.exec(statement.values(**values, changed_at=now), execution_options=_PLAIN)
    return bool(done.rowcount)


async def held(session: AsyncSession, kinds: Collection[str]) -> set[str]:
    """Those of these kinds of which nothing may be sent now: not informed, not confirmed, or paused."""
    if not kinds:
        return set()
    informed = (await session.exec(select(Release.informed_on).where(Release.id == _ONE))).one_or_none()
    if not informed:
        return set(kinds)
    sent = (col(KindRelease.paused).is_(False), col(KindRelease.stage).not_in(["", "confirmed"]))
    free = select(KindRelease.kind).where(col(KindRelease.kind).in_(kinds), *sent)
    return set(kinds) - set((await session.exec(free)).all())


async def free(session: AsyncSession, kinds: Collection[str], now: datetime) -> list[Promise]:
    """What waited because its kind was held waits no longer.

    What was never tried is taken out and returned, so that it is planned anew; the rest is due at once. What was due in
    a hush, or before one, and was not looked at since, is left to its sender, which drops it.
    """
    last = hush_until()
    waiting = (
        col(Promise.state) == "later",
        col(Promise.error) == HELD,
        col(Promise.kind).in_(kinds),
        or_(last.is_(None), col(Promise.due) >= last),
    )
    tried = update(Promise).where(*waiting, col(Promise.tries) > 0)
    await session.exec(tried.values(due=now), execution_options=_PLAIN)
    untried = (*waiting, col(Promise.tries) == 0)
    found = list(await session.exec(select(Promise).where(*untried).order_by(col(Promise.id))))
    for each in found:
        session.expunge(each)
    await session.exec(delete(Promise).where(*untried), execution_options=_PLAIN)
    return found


# ---------------------------------------------------------------- of whom


def _departments() -> Any:
    """(person, department, here): each person with a member's account, once for each line of the roster."""
    who = select(col(Account.person_id).label("person")).where(Account.kind == "member").distinct().subquery()
    department = func.coalesce(func.max(Entry.department), "").label("department")
    gone = func.coalesce(func.min(Entry.state), "here").label("state")
    return (
        select(who.c.person, department, gone)
        .outerjoin(Entry, col(Entry.person_id) == who.c.person)
        .group_by(who.c.person)
    )


async def members(session: AsyncSession, after: int, limit: int) -> Sequence[int]:
    """People who have a member's account, by id. after: the last one of the part before."""
    theirs = select(Account.person_id).where(Account.kind == "member", col(Account.person_id) > after)
    return (await session.exec(theirs.distinct().order_by(col(Account.person_id)).limit(limit))).all()


async def departments(session: AsyncSession, people: Collection[int]) -> Mapping[int, str]:
    """Each of these people -> their department, "" where none is known; those who left are left out."""
    rows = _departments().subquery()
    query = select(rows.c.person, rows.c.department).where(rows.c.person.in_(people), rows.c.state == "here")
    return dict((await session.exec(query)).all())


async def sizes(session: AsyncSession) -> Mapping[str, int]:
    """Department -> how many people; "" are those of whom none is known."""
    rows = _departments().subquery()
    query = select(rows.c.department, func.count()).where(rows.c.state == "here").group_by(rows.c.department)
    return dict((await session.exec(query)).all())
