"""What people said of what they are sent unasked, and when nobody is sent anything of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic import AwareDatetime
from sqlalchemy import delete, func, or_, update
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import insert

ALL = ""
"""The kind of a wish about everything unasked."""

_PLAIN = {"synchronize_session": False}
_AFRESH = {"populate_existing": True}


class Wish(SQLModel, table=True):
    """What a person wishes of one kind of unasked message; of all of them where `kind` is "".

    stopped_at: since when they want none of these (of everything: `Person.stopped_at`). snoozed_until: none before.
    rarely_at: since when they want fewer. told_at: when they were last told that the bot is silent, for want of any
    response. changed_at: by themselves.
    """

    __tablename__ = "wish"
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    kind: str = Field(primary_key=True)
    stopped_at: AwareDatetime | None = None
    snoozed_until: AwareDatetime | None = None
    rarely_at: AwareDatetime | None = None
    told_at: AwareDatetime | None = None
    changed_at: AwareDatetime


class Hush(SQLModel, table=True):
    """A time in which nothing is said unasked, to anybody. ended_at: it was called off."""

    __tablename__ = "hush"
    id: int | None = Field(default=None, primary_key=True)
    since: AwareDatetime
    until: AwareDatetime
    ended_at: AwareDatetime | None = None


What = Literal["snoozed_until", "stopped_at"]


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that somebody said of a kind. what: the column. before: what it was until then."""

    kind: str
    what: What
    value: datetime
    before: datetime | None = None


# ---------------------------------------------------------------- one person's


async def of_people(session: AsyncSession, people: Collection[int]) -> dict[int, list[Wish]]:
    """Person -> what they wish; nothing for those who never said anything."""
    by: dict[int, list[Wish]] = {}
    if people:
        wanted = select(Wish).where(col(Wish.person_id).in_(people)).order_by(col(Wish.person_id), col(Wish.kind))
        for wish in await session.exec(wanted, execution_options=_AFRESH):
            by.setdefault(wish.person_id, []).append(wish)
    return by


async def say(session: AsyncSession, person: int, kind: str, now: datetime, **wished: datetime | None) -> None:
    """Write what a person wishes of a kind, over what they wished before. wished: columns of `Wish`."""
    statement = insert(session, Wish.__table__)  # type: ignore[attr-defined]
    values = {"person_id": person, "kind": kind, "changed_at": now, **wished}
    both = statement.values(**values).on_conflict_do_update(
        index_elements=["person_id", "kind"], set_={"changed_at": now, **wished}
    )
    await session.exec(both)


async def welcome(session: AsyncSession, person: int, now: datetime, kind: str | None = None) -> None:
    """Write that nothing is stopped or put off any longer. kind: of this kind alone."""
    theirs = update(Wish).where(col(Wish.person_id) == person)
    if kind is not None:
        theirs = theirs.where(col(Wish.kind) == kind)
    await session.exec(theirs.values(stopped_at=None, snoozed_until=None, changed_at=now), execution_options=_PLAIN)


async def take_back(session: AsyncSession, person: int, said: Said, now: datetime) -> bool:
    """Make one wish what it was before it was said. False: something else was said of it since."""
    wish = update(Wish).where(col(Wish.person_id) == person, col(Wish.kind) == said.kind)
    same = wish.where(col(getattr(Wish, said.what)) == said.value)
    done = await session.exec(same.values(**{said.what: said.before}, changed_at=now), execution_options=_PLAIN)
    return bool(done.rowcount)


async def since(session: AsyncSession, person: int, then: datetime) -> list[Wish]:
    """What a person said of this after an instant."""
    wanted = select(Wish).where(Wish.person_id == person, col(Wish.changed_at) > then)
    return list(await session.exec(wanted, execution_options=_AFRESH))


async def told(session: AsyncSession, person: int, now: datetime) -> None:
    """Write that somebody was told that the bot is silent."""
    statement = insert(session, Wish.__table__).values(person_id=person, kind=ALL, told_at=now, changed_at=now)  # type: ignore[attr-defined]
    await session.exec(statement.on_conflict_do_update(index_elements=["person_id", "kind"], set_={"told_at": now}))


async def forget(session: AsyncSession, now: datetime) -> None:
    """Forget wishes that say nothing any more."""
    over = or_(col(Wish.snoozed_until).is_(None), col(Wish.snoozed_until) < now)
    nothing = [col(getattr(Wish, name)).is_(None) for name in ("stopped_at", "rarely_at", "told_at")]
    await session.exec(delete(Wish).where(over, *nothing), execution_options=_PLAIN)


# ---------------------------------------------------------------- everybody's


def hush_until() -> Any:
    """Until when the last hush lasts, or lasted, as a part of other statements."""
    return select(func.max(_over())).scalar_subquery()


def hush_since() -> Any:
    """When the last hush was declared, likewise."""
    return select(func.max(col(Hush.since))).scalar_subquery()


def _over() -> Any:
    return func.coalesce(col(Hush.ended_at), col(Hush.until))


async def hushes(session: AsyncSession) -> list[tuple[datetime, datetime]]:
    """From when until when each hush lasts, or lasted."""
    return list((await session.exec(select(Hush.since, _over()))).all())


async def hush(session: AsyncSession, now: datetime, until: datetime) -> None:
    """Write that nothing is said unasked until then, whatever was written before."""
    await unhush(session, now)
    session.add(Hush(since=now, until=until))
    await session.flush()


async def unhush(session: AsyncSession, now: datetime) -> bool:
    """Call a hush off. False: there is none."""
    going_on = update(Hush).where(col(Hush.ended_at).is_(None), col(Hush.until) > now)
    return bool((await session.exec(going_on.values(ended_at=now), execution_options=_PLAIN)).rowcount)


async def hushed(session: AsyncSession, now: datetime) -> datetime | None:
    """Until when nothing is said unasked; None: that is not so."""
    until: datetime | None = (await session.exec(select(hush_until()))).one()
    return until if until is not None and until > now else None
