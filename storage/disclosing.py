"""All that is held about one person, read by what is declared of each table (`storage.held`)."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Table, func, or_, select
from sqlmodel import col
from sqlmodel import select as rows_of
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.audit import Entry, Erasable
from storage.following import plain
from storage.held import HELD, Whom, theirs
from storage.people import Account, Person, current
from storage.tables import METADATA

TRAIL = "audit_entry"
"""The table whose rows name people by digests of texts that another one keeps."""


async def whom(session: AsyncSession, person: int) -> Whom:
    """A person, with those that turned out to be them, and all their accounts."""
    now = (await current(session, [person]))[person]
    found = await session.exec(rows_of(Person.id).where(or_(col(Person.id) == now, col(Person.joined_to) == now)))
    people = frozenset(each for each in found if each)
    accounts = rows_of(Account.platform, Account.external_id).where(col(Account.person_id).in_(people))
    return Whom(people, tuple((await session.exec(accounts.order_by(col(Account.id)))).all()))


async def counts(session: AsyncSession, about: Whom) -> dict[str, int]:
    """How many rows each table holds about somebody; tables without any are left out."""
    found: dict[str, int] = {}
    for name, held in HELD.items():
        if held.is_personal:
            table = METADATA.tables[name]
            counted = select(func.count()).select_from(table).where(theirs(table, about))
            number = (await session.exec(counted)).scalar_one()  # type: ignore[call-overload]
            found |= {name: number} if number else {}
    return found


async def everything(session: AsyncSession, about: Whom, *, private: bool = True) -> dict[str, list[dict[str, Any]]]:
    """All rows about somebody, by table; times in ISO 8601, and what is kept as JSON as what it says.

    private: with what nobody but they may see.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for name, held in HELD.items():
        hidden = frozenset() if private else frozenset(held.private)
        if held.is_personal and "*" not in hidden:
            table = METADATA.tables[name]
            wanted = select(table).where(theirs(table, about)).order_by(*table.primary_key.columns)
            rows = (await session.exec(wanted)).mappings().all()  # type: ignore[call-overload]
            found |= {name: [_readable(table, each, hidden) for each in rows]} if rows else {}
    entries = await _entries(session, about)
    return found | ({TRAIL: entries} if entries else {})


async def _entries(session: AsyncSession, about: Whom) -> list[dict[str, Any]]:
    """What they did, and what was decided about them, as the trail has it."""
    named = rows_of(Erasable.digest).where(col(Erasable.person_id).in_(about.people))
    subjects = [f"person:{each}" for each in about.people]
    for noun in ("roster", "request"):
        table = METADATA.tables[noun]
        found = (await session.exec(select(table.c.id).where(theirs(table, about)))).scalars()  # type: ignore[call-overload]
        subjects += [f"{noun}:{each}" for each in found]
    about_them = (col(Entry.actor).in_(named), col(Entry.reason).in_(named), col(Entry.subject).in_(subjects))
    rows = await session.exec(rows_of(Entry).where(or_(*about_them)).order_by(col(Entry.seq)))
    table = METADATA.tables[TRAIL]
    return [_readable(table, {name: getattr(each, name) for name in table.c.keys()}) for each in rows]  # noqa: SIM118


def _readable(table: Table, row: Mapping[str, Any], hidden: Collection[str] = ()) -> dict[str, Any]:
    shown = [name for name in table.columns.keys() if name not in hidden and row[name] not in (None, "")]  # noqa: SIM118
    return {name: _value(row[name]) for name in shown}


def _value(value: Any) -> Any:
    if isinstance(value, datetime) and value.timestamp() == 0:
        return None  # rows that are looked for by a time have this one for "never"
    if isinstance(value, str) and value[:1] in {"{", "["}:
        try:
            return json.loads(value)
        except ValueError:
            return value
    return plain(value)
