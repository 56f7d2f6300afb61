"""Addresses of people on the company's list: the queries of `bot.roster.addresses`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import erased
from storage.database import insert
from storage.people import Account, Person, called
from storage.roster import Entry

_PLAIN = {"synchronize_session": False}


def _of(platform: str) -> Any:
    """The addresses of a line there."""
    return select(Account.id).where(Account.platform == platform, Account.external_id == Entry.email)


async def lacking(session: AsyncSession, platform: str, after: int, limit: int) -> list[Entry]:
    """Lines with a number beyond `after` of people who are here, whose address is no account there yet."""
    wanted = select(Entry).where(Entry.state == "here", Entry.email != "", ~_of(platform).exists())
    return list(await session.exec(wanted.where(col(Entry.id) > after).order_by(col(Entry.id)).limit(limit)))


async def several(session: AsyncSession, addresses: Collection[str]) -> set[str]:
    """Those of these addresses that several lines of people who are here have: whose they are, nobody can tell."""
    here = select(Entry.email).where(Entry.state == "here", col(Entry.email).in_(addresses))
    return set(await session.exec(here.group_by(col(Entry.email)).having(func.count() > 1)))


async def add(session: AsyncSession, platform: str, lines: Sequence[Entry], now: datetime) -> int:
    """Give people an address, who are made where a line is matched with nobody yet. Returns how many.

    Nobody who asked to be erased is among them, nor an address of several lines.
    """
    emails = {line.email for line in lines}
    left_out = await several(session, emails) | await erased.among(session, platform, emails)
    wanted = [line for line in lines if line.email not in left_out]
    new = {line.id: Person(name=line.name or line.email, created_at=now) for line in wanted if line.person_id is None}
    session.add_all(new.values())
    await session.flush()
    for line in wanted:
        if line.person_id is None:
            line.person_id = new[line.id].id
            session.add(line)
    await session.flush()
    rows = [
        Account(
            person_id=line.person_id or 0,
            platform=platform,
            external_id=line.email,
            email=line.email,
            name=line.name or line.email,
            called=called(line.name),
            kind="address",
            created_at=now,
        ).model_dump(exclude={"id"})
        for line in wanted
    ]
    if rows:
        statement = insert(session, Account).on_conflict_do_nothing(index_elements=["platform", "external_id"])
        await session.exec(statement, params=rows)
    return len(rows)


async def follow(session: AsyncSession, platforms: Collection[str], now: datetime) -> None:
    """Close the addresses that no line of somebody here has any longer, and open those again that one has."""
    lines = select(Entry.id).where(Entry.email == Account.external_id, Entry.state == "here").exists()
    there = col(Account.platform).in_(platforms)
    gone = update(Account).where(there, col(Account.kind) == "address", ~lines)
    back = update(Account).where(there, col(Account.kind) == "gone", lines)
    await session.exec(gone.values(kind="gone", gone_at=now, direct_room=""), execution_options=_PLAIN)
    await session.exec(back.values(kind="address", gone_at=None, returned_at=None), execution_options=_PLAIN)


async def came_back(session: AsyncSession, platform: str, address: str, now: datetime) -> None:
    """Write that what was sent to an address came back for good."""
    mine = update(Account).where(col(Account.platform) == platform, col(Account.external_id) == address)
    await session.exec(mine.where(col(Account.kind) == "address").values(returned_at=now), execution_options=_PLAIN)


async def use_again(session: AsyncSession, people: Collection[int]) -> int:
    """Let the addresses of these people be used again from which something came back; return how many."""
    theirs = update(Account).where(col(Account.person_id).in_(people), col(Account.returned_at).is_not(None))
    return int((await session.exec(theirs.values(returned_at=None), execution_options=_PLAIN)).rowcount)
