"""Who was erased, so that nothing unasked is ever sent to them again: known by a keyed digest of the account alone.

Nobody can tell from a row whose it is, nor list who was erased: the key is outside the database, and an account must be
at hand to be looked for. `Store.key` holds it; a store without one remembers nobody.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel, col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import KEY, insert


class Erased(SQLModel, table=True):
    """The account of somebody who asked to be erased. digest: keyed, of its platform and its id there."""

    __tablename__ = "erased"
    digest: str = Field(primary_key=True)
    at: AwareDatetime


def digest(session: AsyncSession, *what: str) -> str:
    """A keyed digest; "" where there is no key."""
    key: bytes = session.info.get(KEY, b"")
    return hmac.new(key, b"erased\0" + "\0".join(what).encode(), sha256).hexdigest() if key else ""


async def remember(session: AsyncSession, platform: str, external_id: str, now: datetime) -> None:
    """Know this account again, should it ever be seen. Raises LookupError where there is no key to know it by."""
    known = digest(session, platform, external_id)
    if not known:
        raise LookupError("without a key nobody who was erased can be known again")
    statement = insert(session, Erased.__table__).values(digest=known, at=now)  # type: ignore[attr-defined]
    await session.exec(statement.on_conflict_do_nothing(index_elements=["digest"]))


async def is_erased(session: AsyncSession, platform: str, external_id: str) -> bool:
    """Whether the person of this account asked to be erased, and has not asked for anything unasked since."""
    known = digest(session, platform, external_id)
    return bool(known) and await session.get(Erased, known) is not None


async def among(session: AsyncSession, platform: str, externals: Collection[str]) -> set[str]:
    """Those of these accounts whose people asked to be erased."""
    known = {digest(session, platform, each): each for each in externals}
    known.pop("", None)
    found = await session.exec(select(Erased.digest).where(col(Erased.digest).in_(known))) if known else ()
    return {known[each] for each in found}


async def lift(session: AsyncSession, platform: str, external_id: str) -> None:
    """They asked to be written to again."""
    await session.exec(delete(Erased).where(col(Erased.digest) == digest(session, platform, external_id)))
