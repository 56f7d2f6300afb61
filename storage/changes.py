"""What is to become of communities: each change proposed, agreed to, carried out, undone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import ColumnElement, and_, or_, update
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

KEPT = ("members", "old_slug")
"""What a change keeps for its undoing alone: who was in the community, what it was called."""

WRITTEN = ("words", "reason")
"""What people wrote for a change: in its trail and its messages it was said already."""

UNDER_WAY = ("asked", "running", "stuck", "undoing", "undo-stuck")
"""The states in which a change keeps a community busy."""


class Change(SQLModel, table=True):
    """One change. kind: "rename", "handover", "merge", "pause", "close", "reopen".

    state: "proposed" (a preview is shown), "asked" (somebody has to accept), "running", "stuck" (the platform keeps it
    to its admins: done by hand, then confirmed), "done", "undoing", "undo-stuck", "undone", and for those that came to
    nothing "cancelled", "expired", "refused". detail: what it needs, as JSON; what it `KEPT` for undoing is forgotten
    when it cannot be undone any longer. tries: how often its steps were begun. undo_until: until when it can be undone.
    """

    __tablename__ = "community_change"
    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str
    state: str = "proposed"
    detail: str = "{}"
    error: str = ""
    tries: int = 0
    created_at: AwareDatetime
    done_at: AwareDatetime | None = None
    undo_until: AwareDatetime | None = None


def detail_of(change: Change) -> dict[str, Any]:
    """What a change needs."""
    found: dict[str, Any] = json.loads(change.detail)
    return found


def note(change: Change, **more: Any) -> None:
    """Add to what a change needs; None takes a key away."""
    kept = {key: value for key, value in {**detail_of(change), **more}.items() if value is not None}
    change.detail = json.dumps(kept)


async def add(
    session: AsyncSession, community: int, person: int, kind: str, detail: Mapping[str, Any], now: datetime
) -> Change:
    """A change proposed."""
    made = Change(community_id=community, person_id=person, kind=kind, detail=json.dumps(dict(detail)), created_at=now)
    session.add(made)
    await session.flush()
    return made


async def get(session: AsyncSession, change: int) -> Change | None:
    """The change of that number."""
    return await session.get(Change, change)


async def move(session: AsyncSession, change: Change, *states: str, **values: Any) -> bool:
    """Alter a change if it still is in one of `states`; say whether it was. The row in hand is read again."""
    await session.flush()
    done = await session.exec(
        update(Change)
        .where(col(Change.id) == change.id, col(Change.state).in_(states))
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    await session.refresh(change)
    return done.rowcount == 1


async def of_community(session: AsyncSession, community: int, *states: str) -> list[Change]:
    """The changes of a community in these states, oldest first."""
    found = await session.exec(
        select(Change).where(Change.community_id == community, col(Change.state).in_(states)).order_by(col(Change.id))
    )
    return list(found)


async def in_states(session: AsyncSession, *states: str) -> list[Change]:
    """All changes in these states, oldest first."""
    found = await session.exec(select(Change).where(col(Change.state).in_(states)).order_by(col(Change.id)))
    return list(found)


async def past_undoing(session: AsyncSession, now: datetime) -> list[Change]:
    """Changes that still hold accounts or a name, and need them no longer: too late to undo, undone, or for nothing."""
    over = col(Change.state).in_(["undone", "cancelled", "expired", "refused"])
    late = and_(col(Change.state) == "done", col(Change.undo_until) <= now)
    found = await session.exec(select(Change).where(_holding(), or_(over, late)))
    return list(found)


async def over(session: AsyncSession, before: datetime) -> list[Change]:
    """Changes made before an instant, not under way any more, that still hold what people `WRITTEN`."""
    held = or_(*(col(Change.detail).contains(f'"{key}"') for key in WRITTEN))
    found = await session.exec(
        select(Change).where(held, col(Change.created_at) < before, col(Change.state).not_in(UNDER_WAY))
    )
    return list(found)


async def undoable(session: AsyncSession) -> list[Change]:
    """Renamings and closings that may be undone yet, hence whose former name is not free, oldest first."""
    states = col(Change.state).in_(["done", "undoing", "undo-stuck"])
    kinds = col(Change.kind).in_(["rename", "close", "merge"])
    found = await session.exec(select(Change).where(states, kinds, _holding()).order_by(col(Change.id)))
    return list(found)


def _holding() -> ColumnElement[bool]:
    """What is kept for undoing: the accounts that were in a community, the name that it had."""
    return or_(*(col(Change.detail).contains(f'"{key}"') for key in KEPT))
