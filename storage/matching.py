"""Which accounts are those of the roster's lines: the queries of `bot.roster.matching`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, union, update
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.people import Account, current
from storage.roster import Entry, Named, has_member, parts

_IS_NAMED = (col(Account.platform) == Named.platform) & (col(Account.external_id) == Named.external_id)


def _met(*more: Any) -> Any:
    """Lines of people who are here with each account that is theirs by its address, or by its name: a member's, or the
    address itself.
    """
    member = (col(Entry.state) == "here", col(Account.kind).in_(["member", "address"]), *more)
    columns = (col(Entry.id), col(Account.id), col(Account.platform), col(Account.person_id))
    rows: Any = select(*columns)
    address = rows.join(Account, col(Account.email) == Entry.email)
    named = rows.join(Named, col(Named.entry_id) == Entry.id).join(Account, _IS_NAMED)
    return address.where(col(Entry.email) != "", *member), named.where(*member)


class Evidence(NamedTuple):
    """An account that is a line's. named: the line says so itself; else it has the line's address."""

    entry: int
    account: int
    platform: str
    person: int
    named: bool


async def evidence(session: AsyncSession, entries: Iterable[int]) -> dict[int, list[Evidence]]:
    """Lines of people who are here -> the accounts that are theirs, members' and addresses.

    Where a line names an account of a platform, addresses say nothing there; an account that is named by one line is
    nobody else's.
    """
    found: dict[int, dict[int, Evidence]] = {}
    for part in parts(entries):
        address, named = _met(col(Entry.id).in_(part))
        for entry, account, platform, person in (await session.exec(address)).all():
            found.setdefault(entry, {})[account] = Evidence(entry, account, platform, person, named=False)
        for entry, account, platform, person in (await session.exec(named)).all():
            found.setdefault(entry, {})[account] = Evidence(entry, account, platform, person, named=True)
    claimed = await _claimed(session, {account for each in found.values() for account in each})
    said = await _naming(session, found)
    kept = {
        entry: [
            each
            for each in accounts.values()
            if each.named or (each.account not in claimed and each.platform not in said.get(entry, ()))
        ]
        for entry, accounts in found.items()
    }
    return {entry: accounts for entry, accounts in kept.items() if accounts}


async def _claimed(session: AsyncSession, accounts: Iterable[int]) -> set[int]:
    """Those of these accounts that a line names."""
    found: set[int] = set()
    for part in parts(accounts):
        wanted = select(Account.id).join(Named, _IS_NAMED).where(col(Account.id).in_(part))
        found |= {each for each in await session.exec(wanted) if each}
    return found


async def _naming(session: AsyncSession, entries: Iterable[int]) -> dict[int, set[str]]:
    """Lines that name accounts -> on which platforms."""
    found: dict[int, set[str]] = {}
    for part in parts(entries):
        wanted = select(Named.entry_id, Named.platform).where(col(Named.entry_id).in_(part))
        for entry, platform in await session.exec(wanted):
            found.setdefault(entry, set()).add(platform)
    return found


async def doubtful(session: AsyncSession, after: int, limit: int, until: int | None = None) -> list[int]:
    """Lines with a number beyond `after` that have an account of somebody else than whom they were matched with.

    until: the last number looked at; None for all.
    """
    other = or_(col(Entry.person_id).is_(None), col(Entry.person_id) != Account.person_id)
    there = [col(Entry.id) > after, *([] if until is None else [col(Entry.id) <= until])]
    # Each of the two is cut off by itself: put together first, both would be gone through to their ends.
    first = [
        each.with_only_columns(Entry.id).where(*there).distinct().order_by(col(Entry.id)).limit(limit).subquery()
        for each in _met(other)
    ]
    both = union(*(select(each.c.id) for each in first)).subquery()
    wanted = select(both.c.id).order_by(both.c.id).limit(limit)
    return list((await session.exec(wanted)).all())


async def newest(session: AsyncSession) -> int:
    """The number of the line that was added last; 0 without any."""
    return (await session.exec(select(func.max(Entry.id)))).one() or 0


async def of_account(session: AsyncSession, account: Account) -> list[int]:
    """The lines of people who are here that an account is said to belong to, by its address or by its name."""
    address, named = (each.with_only_columns(Entry.id).where(Account.id == account.id) for each in _met())
    found = [await session.exec(each) for each in (address, named)]
    return sorted({entry for each in found for (entry,) in each})


async def with_address(session: AsyncSession, address: str) -> set[int]:
    """The people with an address: by the roster, of those who are here, or by a member's account. In lower case."""
    listed = select(Entry.person_id).where(Entry.email == address, Entry.state == "here")
    members = select(Account.person_id).where(Account.email == address, Account.kind == "member")
    found = {each for query in (listed, members) for each in await session.exec(query) if each} if address else set()
    return set((await current(session, found)).values())


async def with_key(session: AsyncSession, key: str) -> set[int]:
    """The people who are here and whom the roster calls so."""
    query = select(Entry.person_id).where(Entry.key == key, Entry.state == "here")
    found = {each for each in await session.exec(query) if each}
    return set((await current(session, found)).values())


async def linked(session: AsyncSession, entries: Iterable[int]) -> dict[int, int | None]:
    """Lines -> the people with whom they were matched."""
    found: dict[int, int | None] = {}
    for part in parts(entries):
        wanted = select(Entry.id, Entry.person_id).where(col(Entry.id).in_(part))
        found |= {entry: person for entry, person in await session.exec(wanted) if entry}
    return found


async def holders(session: AsyncSession, people: Iterable[int]) -> dict[int, list[int]]:
    """People -> the lines, of those who are here, that were matched with them."""
    found: dict[int, list[int]] = {}
    for part in parts(people):
        wanted = select(Entry.person_id, Entry.id).where(Entry.state == "here", col(Entry.person_id).in_(part))
        for person, entry in await session.exec(wanted.order_by(col(Entry.id))):
            found.setdefault(person or 0, []).append(entry or 0)
    return found


async def link(session: AsyncSession, people: Mapping[int, int | None]) -> None:
    """Write with whom lines were matched. people: line -> person."""
    rows = [{"b_id": entry, "b_person": person} for entry, person in people.items()]
    if rows:
        table = Entry.__table__  # type: ignore[attr-defined]
        statement = update(table).where(table.c.id == bindparam("b_id")).values(person_id=bindparam("b_person"))
        await (await session.connection()).execute(statement, rows)


def _alone() -> Any:
    of = select(Entry.id).where(Entry.person_id == Account.person_id, Entry.state == "here")
    return (col(Account.kind) == "member", ~of.exists())


async def unmatched(session: AsyncSession, limit: int) -> list[Entry]:
    """Lines of people who are here and were matched with nobody who has a member's account."""
    wanted = select(Entry).where(Entry.state == "here", ~has_member())
    return list(await session.exec(wanted.order_by(col(Entry.name), col(Entry.key)).limit(limit)))


async def strangers(session: AsyncSession, limit: int) -> list[Account]:
    """Members' accounts of people who are on no line, or on that of somebody who left."""
    wanted = select(Account).where(*_alone()).order_by(col(Account.platform), col(Account.called)).limit(limit)
    return list(await session.exec(wanted))


@dataclass(frozen=True, slots=True)
class Counts:
    """How the roster stands. here, left: lines. matched: of those here. alone: members' accounts on no line."""

    here: int
    matched: int
    left: int
    alone: int


async def counts(session: AsyncSession) -> Counts:
    """How the roster stands."""
    states = dict((await session.exec(select(Entry.state, func.count()).group_by(col(Entry.state)))).all())
    matched = select(func.count()).select_from(Entry).where(Entry.state == "here", has_member())
    alone = select(func.count()).select_from(Account).where(*_alone())
    numbers = [(await session.exec(each)).one() for each in (matched, alone)]
    return Counts(states.get("here", 0), numbers[0], states.get("left", 0), numbers[1])


async def lines(session: AsyncSession, numbers: Iterable[int]) -> list[Entry]:
    """These lines."""
    return [
        each for part in parts(numbers) for each in await session.exec(select(Entry).where(col(Entry.id).in_(part)))
    ]
