"""Duties: what one process does at a time, whoever else is there. Time is the database's own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import clock, ends_long_transactions, insert
from storage.outbox import Duty

_PLAIN = {"synchronize_session": False}
SENDING = "send:"
"""How the name of a platform's sending begins."""
# A timer that runs already is not set anew, but stopped by 0 and then set: the inner call comes first, and returns "0".
_TIMER = "transaction_timeout"
_BRIEFLY = func.set_config(_TIMER, func.coalesce(func.nullif(func.set_config(_TIMER, "0", True), "0"), "5000"), True)
"""A transaction that locks a duty has five seconds from here: its process may have been stopped right there."""


class Held(NamedTuple):
    """What stands of a duty. until: None when it was handed back."""

    holder: str = ""
    token: int = 0
    until: datetime | None = None


async def take(
    session: AsyncSession,
    name: str,
    holder: str,
    lease: timedelta,
    *,
    seen: Held | None = None,
    of: str = "",
    token: int = 0,
) -> int | None:
    """Take a duty that is free, or whose lease has run out.

    seen: as it was read before: only if it still stands so. of: take it from a holder of that name too (this process
    before it was restarted). token: take it if this holder had it under that one and nobody since. Returns the new
    token, or None: another holds it.
    """
    blank = insert(session, Duty.__table__).values(name=name, holder="", token=0)  # type: ignore[attr-defined]
    await session.exec(blank.on_conflict_do_nothing(index_elements=["name"]))
    now = await clock(session)
    if ends_long_transactions(session):
        await session.exec(select(_BRIEFLY))
    # The holder too: a token that we only believe was ours may have been given to another.
    mine = and_(col(Duty.token) == token, col(Duty.holder) == holder, token > 0)  # type: ignore[arg-type]
    same = or_(and_(col(Duty.holder) == of, col(Duty.holder) != ""), mine)
    statement = (
        update(Duty)
        .where(
            col(Duty.name) == name,
            *_unchanged(seen),
            or_(col(Duty.until).is_(None), col(Duty.until) < now, same),
        )
        .values(holder=holder, token=Duty.token + 1, until=now + lease)
        .returning(col(Duty.token))
    )
    taken: int | None = (await session.exec(statement, execution_options=_PLAIN)).scalar_one_or_none()
    return taken


def _unchanged(seen: Held | None) -> tuple[ColumnElement[bool], ...]:
    if seen is None:
        return ()
    return col(Duty.token) == seen.token, col(Duty.until).is_not_distinct_from(seen.until)


async def last(session: AsyncSession, name: str) -> Held:
    """Who had a duty last, and until when they said they would; ("", 0, None) when nobody ever had it."""
    found = (await session.exec(select(Duty.holder, Duty.token, Duty.until).where(Duty.name == name))).first()
    return Held(*found) if found else Held()


_MINE = (Duty.name == bindparam("name"), Duty.token == bindparam("token"))
_HELD = select(Duty).where(*_MINE).with_for_update()
_HELD_BRIEFLY = select(Duty, _BRIEFLY).where(*_MINE).with_for_update(of=Duty)


async def held(session: AsyncSession, name: str, token: int) -> Duty | None:
    """The duty, kept from changing hands until this transaction ends; None: it changed hands already."""
    given = {"name": name, "token": token}
    anew = {"populate_existing": True}
    if ends_long_transactions(session):
        found = (await session.exec(_HELD_BRIEFLY, params=given, execution_options=anew)).one_or_none()
        return found[0] if found else None
    return (await session.exec(_HELD, params=given, execution_options=anew)).one_or_none()


async def is_held(session: AsyncSession, name: str) -> bool:
    """Whether some process has a duty now."""
    until = (await session.exec(select(Duty.until).where(Duty.name == name))).first()
    return until is not None and until >= await clock(session)


async def renew(session: AsyncSession, name: str, token: int, lease: timedelta) -> None:
    """Hold a duty for longer."""
    until = await clock(session) + lease
    await session.exec(_mine(name, token).values(until=until), execution_options=_PLAIN)


async def release(session: AsyncSession, name: str, token: int) -> None:
    """Let another take it at once."""
    await session.exec(_mine(name, token).values(until=None), execution_options=_PLAIN)


async def pause(session: AsyncSession, name: str, token: int, until: datetime) -> None:
    """Do nothing of this duty until then, whoever holds it."""
    await session.exec(_mine(name, token).values(paused=until), execution_options=_PLAIN)


async def lock(session: AsyncSession, name: str, token: int, reason: str, now: datetime) -> None:
    """Note that a platform lets nothing of this duty be done. reason: a code."""
    already = and_(col(Duty.locked) != "", col(Duty.locked_at).is_not(None))
    since = case((already, col(Duty.locked_at)), else_=now)
    await session.exec(_mine(name, token).values(locked=reason, locked_at=since), execution_options=_PLAIN)


async def unlock(session: AsyncSession, name: str, token: int) -> None:
    """It can be done again."""
    statement = _mine(name, token).values(locked="", locked_at=None, paused=None)
    await session.exec(statement, execution_options=_PLAIN)


async def locked(session: AsyncSession) -> list[tuple[str, str, datetime]]:
    """(platform, reason, since when) of each platform that lets nothing be sent."""
    rows = await session.exec(select(Duty).where(Duty.locked != "", col(Duty.name).startswith(SENDING)))
    return [(row.name.removeprefix(SENDING), row.locked, row.locked_at) for row in rows if row.locked_at]


async def duties(session: AsyncSession) -> list[Duty]:
    """All duties there are, by name."""
    return list(await session.exec(select(Duty).order_by(col(Duty.name))))


def _mine(name: str, token: int):  # type: ignore[no-untyped-def]  # noqa: ANN202 - SQLAlchemy's own type says nothing here
    return update(Duty).where(col(Duty.name) == name, col(Duty.token) == token)
