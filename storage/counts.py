"""What is left of the contact ledger once nobody needs to know whom it was about: how many, of what kind, by month."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, not_
from sqlmodel import Field, SQLModel, col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.contacts import Contact
from storage.database import insert


class ContactCount(SQLModel, table=True):
    """Contacts that are no longer anybody's. month: "2026-11", in UTC. sent: how many; answered: how many of them."""

    __tablename__ = "contact_count"
    kind: str = Field(primary_key=True)
    month: str = Field(primary_key=True)
    sent: int = 0
    answered: int = 0


async def of_person(session: AsyncSession, people: set[int]) -> int:
    """Make counts of all contacts with these people; return how many they were."""
    return await _counted(session, col(Contact.person_id).in_(people), None)


async def before(session: AsyncSession, when: datetime, limit: int = 1_000_000) -> int:
    """Make counts of the contacts planned before an instant, so many at most; return how many they were.

    Those that asked for something, and wait for a response, stay: they are why the bot keeps silent.
    """
    waits = and_(col(Contact.asks), col(Contact.sent_at).is_not(None), col(Contact.answered_at).is_(None))
    return await _counted(session, and_(col(Contact.planned_at) < when, not_(waits)), limit)


async def _counted(session: AsyncSession, where: ColumnElement[bool], limit: int | None) -> int:
    found = select(Contact.id, Contact.kind, Contact.sent_at, Contact.answered_at).where(where)
    rows = (await session.exec(found.limit(limit) if limit else found)).all()
    sent: Counter[tuple[str, str]] = Counter()
    answered: Counter[tuple[str, str]] = Counter()
    for _, kind, at, back in rows:
        if at is not None:
            month = at.astimezone(UTC).strftime("%Y-%m")
            sent[kind, month] += 1
            answered[kind, month] += back is not None
    for (kind, month), number in sent.items():
        more = {"sent": number, "answered": answered[kind, month]}
        statement = insert(session, ContactCount.__table__).values(kind=kind, month=month, **more)  # type: ignore[attr-defined]
        sums = {name: getattr(ContactCount, name) + value for name, value in more.items()}
        await session.exec(statement.on_conflict_do_update(index_elements=["kind", "month"], set_=sums))
    ids = [row[0] for row in rows]
    for at_ in range(0, len(ids), 500):
        await session.exec(delete(Contact).where(col(Contact.id).in_(ids[at_ : at_ + 500])))
    return len(ids)
