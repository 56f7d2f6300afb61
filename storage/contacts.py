"""The contact ledger: what the bot sent to whom of its own accord, and whether it was answered."""

from collections.abc import Collection
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import ColumnElement, and_, bindparam, func, or_, text, union_all, update
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import afresh, insert
from storage.outbox import MAY_HAVE, Attempt, Promise
from storage.partial import partial
from storage.people import Person
from storage.wishes import ALL, Wish

_CONTACTING = 0x70617276
"""The first number of the advisory locks of people who are about to be sent something; the second is theirs."""

_ALONE = text(
    "SELECT pg_advisory_xact_lock(:key, id) FROM (SELECT unnest(CAST(:people AS integer[])) AS id ORDER BY 1) AS each"
)

_OPEN = "asks AND answered_at IS NULL AND sent_at IS NOT NULL"
"""Contacts that reached somebody, asked for something, and had no response."""


class Contact(SQLModel, table=True):
    """One contact. promise: its name. asks: it wanted a response. answered_at: when one came."""

    __tablename__ = "contact"
    __table_args__ = (partial("ix_contact_open", "person_id", "sent_at", where=_OPEN),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str
    promise: str = Field(unique=True)
    platform: str
    asks: bool = False
    planned_at: AwareDatetime
    sent_at: AwareDatetime | None = None
    answered_at: AwareDatetime | None = None


def _weighing(*, of_kinds: bool = False) -> Any:
    """In two halves, each of which begins with somebody's contacts: as one, an index could serve neither."""
    columns = (Contact.person_id, Contact.promise, Contact.kind, Contact.asks, Contact.answered_at, Contact.sent_at)
    theirs: ColumnElement[bool] = col(Contact.person_id).in_(bindparam("people", expanding=True))
    if of_kinds:
        theirs = theirs & col(Contact.kind).in_(bindparam("kinds", expanding=True))
    since: ColumnElement[datetime] = bindparam("since", type_=Contact.__table__.c.sent_at.type)  # type: ignore[attr-defined]
    open_ = (col(Contact.asks).is_(True)) & col(Contact.answered_at).is_(None)
    sent = select(*columns, col(Contact.sent_at).label("at")).where(  # type: ignore[call-overload]
        theirs, col(Contact.sent_at).is_not(None), or_(col(Contact.sent_at) >= since, open_)
    )
    perhaps = (
        select(*columns, col(Attempt.started_at).label("at"))  # type: ignore[call-overload]
        .join(Promise, col(Promise.name) == Contact.promise)
        .join(Attempt, col(Attempt.promise_id) == Promise.id)
        .where(theirs, col(Contact.sent_at).is_(None))
        .where(col(Attempt.outcome).in_(MAY_HAVE), col(Attempt.started_at) >= since)
    )
    return union_all(sent, perhaps).order_by("at", "promise")


_WEIGHING = _weighing()
_WEIGHING_OF = _weighing(of_kinds=True)


async def plan(
    session: AsyncSession, person_id: int, kind: str, promise: str, platform: str, asks: bool, now: datetime
) -> None:
    """Write that someone is to be contacted; once for each promise."""
    row = {"person_id": person_id, "kind": kind, "promise": promise, "platform": platform, "asks": asks}
    statement = insert(session, Contact.__table__).values(**row, planned_at=now)  # type: ignore[attr-defined]
    await session.exec(statement.on_conflict_do_nothing(index_elements=["promise"]))


async def became(session: AsyncSession, promise: str, kind: str, *, asks: bool) -> None:
    """Write that a contact is of another kind than it was planned as. asks: whether it still wants a response."""
    statement = update(Contact).where(col(Contact.promise) == promise).values(kind=kind, asks=asks)
    await session.exec(statement, execution_options={"synchronize_session": False})


async def sent(session: AsyncSession, promises: Collection[str], now: datetime) -> None:
    """Write that these promises reached their person; those that are no contact are passed over."""
    statement = update(Contact).where(col(Contact.promise).in_(promises), col(Contact.sent_at).is_(None))
    await session.exec(statement.values(sent_at=now), execution_options={"synchronize_session": False})


async def missed(session: AsyncSession, promise: str) -> None:
    """Write that what was taken for sent did not reach its person."""
    statement = update(Contact).where(col(Contact.promise) == promise).values(sent_at=None)
    await session.exec(statement, execution_options={"synchronize_session": False})


@dataclass(frozen=True, slots=True)
class Reached:
    """A contact that reached somebody, or may have. at: when, or when that was last tried. asks: as `Contact`; what
    only may have reached them waits for no response.
    """

    person_id: int
    promise: str
    kind: str
    at: datetime
    asks: bool = False
    answered: bool = False


async def weighing(
    session: AsyncSession, people: Collection[int], since: datetime, kinds: Collection[str] = ()
) -> list[Reached]:
    """The contacts that decide whether these people may be contacted again, oldest first.

    since: contacts sent before it no longer weigh, unless they asked for something and nobody answered. What is being
    sent by now, or was called for and its answer lost, weighs as well, on whatever platform that is. kinds: of these
    alone; () for all.
    """
    known: dict[str, Reached] = {}
    given = {"people": list(people), "since": since} | ({"kinds": list(kinds)} if kinds else {})
    asked = _WEIGHING_OF if kinds else _WEIGHING
    async with afresh(session) if len(people) > 1 else nullcontext():
        found = await session.exec(asked, params=given)
    for person, promise, kind, asks, answered_at, sent_at, at in found:
        sure = sent_at is not None
        known[promise] = Reached(person, promise, kind, at, asks and sure, answered_at is not None)
    return list(known.values())


async def alone(session: AsyncSession, people: Collection[int]) -> None:
    """Let whoever else sends something to these people, on another platform, wait until this transaction ends.

    What both look at before they send would otherwise allow both. With SQLite there is one writer anyway.
    """
    if people and session.get_bind().dialect.name == "postgresql":
        # One after another by number, so that two that wait for one another cannot be.
        await session.exec(_ALONE, params={"key": _CONTACTING, "people": sorted(people)})  # type: ignore[call-overload]


async def answered(session: AsyncSession, person_id: int, now: datetime) -> None:
    """Write that a person responded: whatever asked them for something is answered."""
    statement = update(Contact).where(
        col(Contact.person_id) == person_id,
        col(Contact.asks).is_(True),
        col(Contact.sent_at).is_not(None),
        col(Contact.answered_at).is_(None),
    )
    await session.exec(statement.values(answered_at=now), execution_options={"synchronize_session": False})


async def unanswered(
    session: AsyncSession, least: int, before: datetime, limit: int, *, after: int = 0
) -> list[tuple[int, int]]:
    """People who left so many contacts unanswered, the last of them sent before an instant, and were not told so yet.

    Each with the oldest of these contacts, by the people's ids. after: the last one of the part before. Who wants
    nothing unasked is left out.
    """
    last, first = func.max(Contact.sent_at), func.min(Contact.sent_at)
    found = await session.exec(
        select(Contact.person_id, func.min(Contact.id))
        .join(Person, col(Person.id) == Contact.person_id)
        .outerjoin(Wish, and_(col(Wish.person_id) == Contact.person_id, col(Wish.kind) == ALL))
        .where(text(_OPEN), col(Person.stopped_at).is_(None), col(Contact.person_id) > after)
        .group_by(col(Contact.person_id), col(Wish.told_at))
        .having(func.count() >= least, last <= before, or_(col(Wish.told_at).is_(None), col(Wish.told_at) < first))
        .order_by(col(Contact.person_id))
        .limit(limit)
    )
    return [(person, first or 0) for person, first in found]


async def held(session: AsyncSession, person_id: int) -> list[Contact]:
    """All that is held about the contacts with one person, newest first."""
    found = await session.exec(select(Contact).where(Contact.person_id == person_id).order_by(col(Contact.id).desc()))
    return list(found)
