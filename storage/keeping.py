"""What a platform asks us to keep for it, so that another process can go on where this one stopped: keys, mostly."""

from collections.abc import Mapping

from sqlmodel import Field, SQLModel, col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import insert


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
