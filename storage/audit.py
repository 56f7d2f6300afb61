"""The trail: entries chained to one another, and the erasable texts that they name."""

from collections.abc import Collection

from pydantic import AwareDatetime
from sqlalchemy import delete, func
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

# Any number will do, as long as every version of this program uses the same one.
_APPENDING = 7_216_043_512


class Entry(SQLModel, table=True):
    """One decision. actor, reason: digests of texts in `audit_text` ("" when none). before, after: JSON of codes.
    mac: HMAC over everything else and the previous entry's mac.
    """

    __tablename__ = "audit_entry"
    seq: int = Field(primary_key=True)
    at: AwareDatetime
    actor: str
    action: str
    subject: str
    before: str
    after: str
    reason: str
    mac: str


class Erasable(SQLModel, table=True):
    """A name or a free text, by its salted digest. Deleting the row erases the text and keeps the chain whole."""

    __tablename__ = "audit_text"
    digest: str = Field(primary_key=True)
    salt: str
    text: str
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)


async def last(session: AsyncSession) -> tuple[int, str]:
    """The number and mac of the last entry, (0, "") before the first; nobody else appends until the commit.

    SQLite has one writer at a time anyway. On PostgreSQL the lock comes first, in a statement of its own: the one
    after it sees what the writer before us committed.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.exec(select(func.pg_advisory_xact_lock(_APPENDING)))
    found = (await session.exec(select(Entry.seq, Entry.mac).order_by(col(Entry.seq).desc()).limit(1))).first()
    return (found[0], found[1]) if found else (0, "")


async def count(session: AsyncSession) -> int:
    """How many entries there are."""
    return (await session.exec(select(func.count()).select_from(Entry))).one()


async def page(session: AsyncSession, after: int, limit: int) -> list[Entry]:
    """The entries that follow a number, in order, as the database has them now."""
    statement = select(Entry).where(Entry.seq > after).order_by(col(Entry.seq)).limit(limit)
    return list(await session.exec(statement, execution_options={"populate_existing": True}))


async def erase_reasons(session: AsyncSession, subjects: Collection[str]) -> None:
    """Erase what people wrote as a reason in the entries about these subjects; the chain stays whole."""
    named = select(Entry.reason).where(col(Entry.subject).in_(subjects), Entry.reason != "")
    await session.exec(delete(Erasable).where(col(Erasable.digest).in_(named)))


async def texts(session: AsyncSession, digests: Collection[str]) -> dict[str, Erasable]:
    """The texts that are not erased, by digest."""
    statement = select(Erasable).where(col(Erasable.digest).in_(digests))
    found = await session.exec(statement, execution_options={"populate_existing": True})
    return {row.digest: row for row in found}
