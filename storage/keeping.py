"""What a platform asks us to keep for it, so that another process can go on where this one stopped: keys, mostly."""

import secrets
from collections.abc import Mapping

from sqlmodel import Field, SQLModel, col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import insert

_NOBODYS = ""  # kept beside what platforms keep; none is called so


class Kept(SQLModel, table=True):
    """One thing kept for a platform. value: as the platform gave it, sealed by it where it is secret."""

    __tablename__ = "kept"
    platform: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    value: bytes


async def kept(session: AsyncSession, platform: str) -> dict[str, bytes]:
    """Everything kept for a platform."""
    rows = await session.exec(select(Kept).where(Kept.platform == platform))
    return {row.key: row.value for row in rows}


async def keep(session: AsyncSession, platform: str, things: Mapping[str, bytes | None]) -> None:
    """Keep things under their keys; None forgets one."""
    gone = [key for key, value in things.items() if value is None]
    if gone:
        await session.exec(delete(Kept).where(col(Kept.platform) == platform, col(Kept.key).in_(gone)))
    rows = [{"platform": platform, "key": key, "value": value} for key, value in things.items() if value is not None]
    if rows:
        statement = insert(session, Kept.__table__).values(rows)  # type: ignore[attr-defined]
        update = {"value": statement.excluded.value}
        await session.exec(statement.on_conflict_do_update(index_elements=["platform", "key"], set_=update))


async def secret(session: AsyncSession, name: str) -> bytes:
    """A secret of our own, made when it is asked for the first time, and the same for every process from then on."""
    found = await known(session, name)
    if found is None:
        row = {"platform": _NOBODYS, "key": name, "value": secrets.token_bytes(32)}
        new = insert(session, Kept.__table__).values(row)  # type: ignore[attr-defined]
        await session.exec(new.on_conflict_do_nothing(index_elements=["platform", "key"]))
        found = await known(session, name)
    assert found is not None, "it was written, here or beside"
    return found


async def known(session: AsyncSession, name: str) -> bytes | None:
    """The same, if it was ever made."""
    query = select(Kept.value).where(Kept.platform == _NOBODYS, Kept.key == name)
    return (await session.exec(query)).first()
