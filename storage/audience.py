"""Whom an announcement reaches: the queries of it, each one statement for everybody, and what is written of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, func, or_, union, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.communities import Community, Membership
from storage.launch import OPEN, Announcement
from storage.people import LAST_USED, Account, Grant, Person, called
from storage.pulse import PulseActivation, PulseMember
from storage.roster import Entry, parts

REACHED = ("member", "address")
"""Accounts by which somebody of the organisation is written to; see `Account.kind`."""


class Whom(NamedTuple):
    """Some people, as `nudges.launch.audience.Some` has them."""

    everybody: bool = False
    departments: Sequence[str] = ()
    communities: Sequence[int] = ()
    roles: Sequence[str] = ()
    people: Sequence[int] = ()
    lines: Sequence[int] = ()


class Reach(NamedTuple):
    """One account of somebody. used: they spoke to the bot by it."""

    person: int
    platform: str
    kind: str
    zone: str
    used: bool


class Unused(NamedTuple):
    """An address that is not used: something sent to it came back for good, at that time."""

    person: int
    platform: str
    at: datetime


class Listed(NamedTuple):
    """A line of the company's list of somebody who is here. person: None where it was matched with nobody."""

    line: int
    person: int | None
    department: str
    zone: str


# ---------------------------------------------------------------- what names mean


async def departments(session: AsyncSession) -> dict[str, int]:
    """The departments of the company's list, by name -> how many people are there."""
    here = select(Entry.department, func.count()).where(Entry.state == "here", Entry.department != "")
    return dict((await session.exec(here.group_by(col(Entry.department)))).all())


async def communities(session: AsyncSession, numbers: Collection[int]) -> list[Community]:
    """The communities of these numbers."""
    return list(await session.exec(select(Community).where(col(Community.id).in_(numbers)))) if numbers else []


async def called_so(session: AsyncSession, platform: str, names: Iterable[str]) -> list[tuple[str, str, str, str, int]]:
    """(external id, name as compared, address, kind, person) of the accounts that may be meant by these names.

    names: as people write them: a name, an account on that platform, an address.
    """
    found: list[tuple[str, str, str, str, int]] = []
    columns = (Account.external_id, Account.called, Account.email, Account.kind, Account.person_id)
    for part in parts(names):
        ids, bare = [each.removeprefix("@") for each in part], [called(each.removeprefix("@")) for each in part]
        there = and_(col(Account.platform) == platform, col(Account.external_id).in_([*part, *ids]))
        addressed = and_(col(Account.email).in_(bare), col(Account.email) != "")
        meant = or_(there, col(Account.called).in_(bare), addressed)
        found += [tuple(each) for each in await session.exec(select(*columns).where(meant))]  # type: ignore[call-overload]
    return found


async def listed_so(session: AsyncSession, names: Iterable[str]) -> list[Entry]:
    """The lines of the company's list that may be meant: by what it calls somebody for ever, or by an address."""
    found: dict[int, Entry] = {}
    for part in parts(names):
        keys, addresses = [each.removeprefix("@") for each in part], [each.casefold() for each in part]
        addressed = and_(col(Entry.email).in_(addresses), col(Entry.email) != "")
        for each in await session.exec(select(Entry).where(or_(col(Entry.key).in_([*part, *keys]), addressed))):
            found[each.id or 0] = each
    return list(found.values())


async def line_keys(session: AsyncSession, lines: Sequence[int]) -> list[str]:
    """What the company's list calls these lines for ever, in their order."""
    return [each.key for each in await _on(session, lines)]


async def line_names(session: AsyncSession, lines: Sequence[int]) -> list[str]:
    """What the people of these lines of the company's list are called, in their order."""
    return [each.name or each.key for each in await _on(session, lines)]


async def _on(session: AsyncSession, lines: Sequence[int]) -> list[Entry]:
    found: dict[int | None, Entry] = {}
    for part in parts(lines):
        found |= {each.id: each for each in await session.exec(select(Entry).where(col(Entry.id).in_(part)))}
    return [found[each] for each in lines if each in found]


async def names(session: AsyncSession, people: Sequence[int]) -> list[str]:
    """What these people are called, in their order; who is erased is called nothing."""
    rows = select(Person.id, Person.name, Account.name).outerjoin(Account, col(Account.person_id) == Person.id)
    found: dict[int, str] = {}
    for part in parts(people):
        for person, name, account in await session.exec(rows.where(col(Person.id).in_(part)).order_by(*LAST_USED)):
            found.setdefault(person or 0, account or name)
    return [found[each] for each in people if found.get(each)]


# ---------------------------------------------------------------- who they are


def _ids(whom: Whom) -> Any:
    """The people named, as a set of ids that a statement asks for; None: everybody."""
    if whom.everybody:
        return None
    here = col(Entry.person_id).is_not(None)
    selects: list[Any] = [select(Person.id).where(Person.id == 0)]
    if whom.departments:
        lines = select(Entry.person_id).where(Entry.state == "here", here)
        selects.append(lines.where(col(Entry.department).in_(whom.departments)))
    if whom.communities:
        numbers = list(whom.communities)
        selects.append(select(PulseMember.person_id).where(col(PulseMember.community_id).in_(numbers)))
        inside = select(Membership.person_id).where(col(Membership.community_id).in_(numbers))
        selects.append(inside.where(col(Membership.inside_at).is_not(None)))
        leads = select(Membership.person_id).where(col(Membership.community_id).in_(numbers))
        selects.append(leads.where(Membership.role == "lead", col(Membership.accepted_at).is_not(None)))
    if whom.roles:
        selects.append(select(Grant.person_id).where(col(Grant.role).in_(whom.roles)))
    now = select(func.coalesce(Person.joined_to, Person.id))
    selects += [now.where(col(Person.id).in_(part)) for part in parts(whom.people)]
    met = select(Entry.person_id).where(Entry.state == "here", here)
    selects += [met.where(col(Entry.id).in_(part)) for part in parts(whom.lines)]
    return union(*selects)


def _among(column: Any, whom: Whom, but: Whom) -> list[Any]:
    """What says that somebody is of these people."""
    named, without = _ids(whom), _ids(but)
    conditions = [] if named is None else [column.in_(named)]
    if but.everybody:
        conditions.append(column.is_(None))
    elif but != Whom():
        conditions.append(column.not_in(without))
    return conditions


async def accounts(session: AsyncSession, whom: Whom, but: Whom) -> list[Reach]:
    """The accounts by which these people are written to, of each person the one used last first; an address from which
    something came back is none.
    """
    rows = select(  # type: ignore[call-overload]
        Account.person_id, Account.platform, Account.kind, Account.zone, col(Account.used_at).is_not(None)
    ).where(col(Account.kind).in_(REACHED), *_among(col(Account.person_id), whom, but))
    rows = rows.where(col(Account.returned_at).is_(None))
    return [Reach(*each) for each in await session.exec(rows.order_by(*LAST_USED))]


async def unused(session: AsyncSession, whom: Whom, but: Whom) -> list[Unused]:
    """The addresses of these people from which something came back, in the order it did."""
    rows = select(Account.person_id, Account.platform, Account.returned_at).where(
        Account.kind == "address", col(Account.returned_at).is_not(None), *_among(col(Account.person_id), whom, but)
    )
    found = await session.exec(rows.order_by(col(Account.returned_at), col(Account.id)))
    return [Unused(person, platform, at) for person, platform, at in found if at is not None]


async def any_unused(session: AsyncSession) -> bool:
    """Whether something came back from any address."""
    rows = select(Account.id).where(Account.kind == "address", col(Account.returned_at).is_not(None))
    return (await session.exec(rows.limit(1))).first() is not None


async def listed(session: AsyncSession, whom: Whom, but: Whom) -> list[Listed]:
    """The lines of these people who are here, those matched with nobody among them where they or their department are
    named.
    """
    known = and_(col(Entry.person_id).is_not(None), *_among(col(Entry.person_id), whom, but))
    nobody: list[Any] = [col(Entry.person_id).is_(None)]
    if not whom.everybody:
        named = [col(Entry.id).in_(part) for part in parts(whom.lines)]
        nobody.append(or_(col(Entry.department).in_(list(whom.departments)), *named))
    if but.departments:
        nobody.append(col(Entry.department).not_in(list(but.departments)))
    nobody += [col(Entry.id).not_in(part) for part in parts(but.lines)]
    either = known if but.everybody else or_(known, and_(*nobody))
    rows = select(Entry.id, Entry.person_id, Entry.department, Entry.zone).where(Entry.state == "here", either)
    return [Listed(*each) for each in await session.exec(rows.order_by(col(Entry.id)))]


async def left(session: AsyncSession) -> set[int]:
    """The people whom the company's list knows, and who are here no more."""
    here = select(Entry.person_id).where(Entry.state == "here", col(Entry.person_id).is_not(None))
    gone = select(Entry.person_id).where(Entry.state == "left", col(Entry.person_id).is_not(None))
    return {each for each in await session.exec(gone.where(col(Entry.person_id).not_in(here))) if each}


async def chose(session: AsyncSession) -> dict[int, tuple[str, str]]:
    """Each person who chose one of both -> where they want to be told, and their zone."""
    rows = select(Person.id, Person.told_on, Person.zone).where(or_(col(Person.told_on) != "", col(Person.zone) != ""))
    return {person or 0: (told_on, zone) for person, told_on, zone in await session.exec(rows)}


async def activated(session: AsyncSession) -> set[int]:
    """The people who were there once; see `PulseActivation`."""
    return set(await session.exec(select(PulseActivation.person_id)))


async def sizes(session: AsyncSession, whom: Whom) -> dict[tuple[str, str], int]:
    """How many people there are of each group that is named: (what, which) -> people."""
    found: dict[tuple[str, str], int] = {}
    if whom.departments:
        every = await departments(session)
        found |= {("department", each): every.get(each, 0) for each in whom.departments}
    for number in whom.communities:
        found["community", str(number)] = await _count(session, Whom(communities=(number,)))
    for role in whom.roles:
        found["role", role] = await _count(session, Whom(roles=(role,)))
    return found


async def _count(session: AsyncSession, whom: Whom) -> int:
    ids = _ids(whom).subquery()
    return int((await session.exec(select(func.count()).select_from(ids))).one())


async def zones(session: AsyncSession) -> set[str]:
    """The zones of whoever may be written to; "" is not among them."""
    found = set(await session.exec(select(Account.zone).where(col(Account.kind).in_(REACHED)).distinct()))
    found |= set(await session.exec(select(Person.zone).distinct()))
    found |= set(await session.exec(select(Entry.zone).where(Entry.state == "here").distinct()))
    return found - {""}


# ---------------------------------------------------------------- what is written


def _open(number: int) -> tuple[Any, ...]:
    return (col(Announcement.id) == number, col(Announcement.state).in_(OPEN))


_UNCOUNTED = {"counted": None, "previewed": ""}


async def address(session: AsyncSession, number: int, seen: str, audience: str, now: datetime) -> bool:
    """Write whom it is for. seen: what was written there before. False: somebody else changed it, or it is over."""
    mine = (*_open(number), col(Announcement.audience) == seen)
    changes = {"audience": audience, "changed_at": now, **_UNCOUNTED}
    return bool((await session.exec(update(Announcement).where(*mine).values(**changes))).rowcount == 1)


async def time(session: AsyncSession, number: int, now: datetime, seen: str, **when: Any) -> bool:
    """Write when it comes. when: at, local, zone, each_local, window_minutes. seen: the `local` that stood there.

    False: somebody else changed it, or it can change no more.
    """
    mine = (*_open(number), col(Announcement.local) == seen)
    changes = {**when, "changed_at": now, **_UNCOUNTED}
    return bool((await session.exec(update(Announcement).where(*mine).values(**changes))).rowcount == 1)


async def confirm(session: AsyncSession, number: int, version: int, audience: str, people: int, counts: str) -> bool:
    """Write the number of people that was confirmed, of this version and audience. False: it changed meanwhile."""
    mine = (*_open(number), col(Announcement.version) == version, col(Announcement.audience) == audience)
    values = {"counted": people, "previewed": counts}
    return bool((await session.exec(update(Announcement).where(*mine).values(**values))).rowcount == 1)
