"""The trail: entries chained to one another, and the erasable texts that they name."""

import hmac
import secrets
from collections.abc import Collection
from hashlib import sha256

from pydantic import AwareDatetime
from sqlalchemy import delete, func
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

# Any number will do, as long as every version of this program uses the same one.
_APPENDING = 7_216_043_512

SOMEBODY = "somebody"
"""The subject of entries about who must not be named; a colon and a digest follow while it can be proved who it is."""


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
    """A name or a free text, by its salted digest. Deleting the row erases the text and keeps the chain whole.

    Without a text it is the salt of a subject that names nobody (see `sealed`).
    """

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


async def sealed(session: AsyncSession, person: int) -> str:
    """A subject that is somebody's, as they alone can show, and nobody's once the salt is destroyed (see `unseal`)."""
    salt = secrets.token_hex(32)
    digest = _seal(salt, person)
    session.add(Erasable(digest=digest, salt=salt, text=""))
    await session.flush()
    return f"{SOMEBODY}:{digest}"


async def seals(session: AsyncSession, people: Collection[int]) -> list[str]:
    """The digests in subjects that are one of these people's."""
    salted = select(Erasable).where(Erasable.text == "", col(Erasable.person_id).is_(None))
    return [row.digest for row in await session.exec(salted) if row.digest in {_seal(row.salt, one) for one in people}]


async def unseal(session: AsyncSession, people: Collection[int]) -> None:
    """Destroy what could show that a subject is one of these people's: not even the key tells any more."""
    theirs = await seals(session, people)
    await session.exec(delete(Erasable).where(col(Erasable.digest).in_(theirs)))


def _seal(salt: str, person: int) -> str:
    return hmac.new(salt.encode(), f"person {person}".encode(), sha256).hexdigest()


async def texts(session: AsyncSession, digests: Collection[str]) -> dict[str, Erasable]:
    """The texts that are not erased, by digest."""
    statement = select(Erasable).where(col(Erasable.digest).in_(digests))
    found = await session.exec(statement, execution_options={"populate_existing": True})
    return {row.digest: row for row in found}
