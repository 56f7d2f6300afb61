"""Lines of the roster that a provisioning service pushes: the queries of `bot.roster.scim`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.roster import Entry, Pushed, stamp

Found = tuple[Pushed, Entry]
By = Literal["scim", "user_name", "external_id"]


async def hold(session: AsyncSession) -> None:
    """Nobody else changes the roster until this transaction ends."""
    await stamp(session, lock=True)


def _both() -> Any:
    return select(Pushed, Entry).join(Entry, col(Entry.id) == Pushed.entry_id)


async def one(session: AsyncSession, scim: str) -> Found | None:
    """The line with an identifier that was given out."""
    return (await session.exec(_both().where(Pushed.scim == scim))).one_or_none()  # type: ignore[no-any-return]


async def called(session: AsyncSession, by: By, value: str) -> list[Found]:
    """The lines that a service calls so."""
    return list(await session.exec(_both().where(getattr(Pushed, by) == value).order_by(col(Pushed.entry_id))))


async def page(session: AsyncSession, start: int, limit: int) -> list[Found]:
    """Lines in the order they were first pushed. start: how many are passed over."""
    return list(await session.exec(_both().order_by(col(Pushed.entry_id)).offset(start).limit(limit)))


async def count(session: AsyncSession) -> int:
    """How many lines are pushed."""
    return (await session.exec(select(func.count()).select_from(Pushed))).one()


async def with_key(session: AsyncSession, key: str, email: str) -> Entry | None:
    """The line of that key; else one of somebody here with that address that came by a file."""
    found = (await session.exec(select(Entry).where(Entry.key == key))).one_or_none()
    if found is not None or not email:
        return found
    here = (Entry.email == email, Entry.source == "csv", Entry.state == "here")
    return (await session.exec(select(Entry).where(*here).order_by(col(Entry.id)).limit(1))).first()


async def pushed(session: AsyncSession, entry: int) -> Pushed | None:
    """What a service calls a line; None: none pushes it."""
    return await session.get(Pushed, entry)


async def write(session: AsyncSession, entry: Entry, values: Mapping[str, Any], *, is_here: bool, now: datetime) -> str:
    """Write what a service says of a line. values: columns of `Entry`. Returns "new", "left", "returned" or "".

    A line that is new is added.
    """
    became = _became(entry, is_here=is_here)
    for name, value in values.items():
        setattr(entry, name, value)
    entry.source, entry.state, entry.changed_at = "scim", "here" if is_here else "left", now
    entry.left_at = (entry.left_at or now) if not is_here else None
    session.add(entry)
    await session.flush()
    return became


def _became(entry: Entry, *, is_here: bool) -> str:
    if entry.id is None:
        return "new"
    if is_here == (entry.state == "here"):
        return ""
    return "returned" if is_here else "left"


async def renamed(session: AsyncSession, before: str, after: str) -> None:
    """Somebody is known by another key: those who report to them follow."""
    follow = update(Entry).where(col(Entry.manager) == before, col(Entry.source) == "scim").values(manager=after)
    await session.exec(follow, execution_options={"synchronize_session": False})
