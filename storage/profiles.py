"""Profiles: what people told the bot itself, what platforms said, and where reminders stand."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from pydantic import AwareDatetime
from sqlalchemy import ColumnElement, UniqueConstraint, and_, bindparam, exists, func, or_, update
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.contacts import Contact
from storage.database import insert
from storage.partial import partial
from storage.people import LAST_USED, Account, Person
from storage.roster import Entry
from storage.wishes import ALL, Wish

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Before anything was read."""

_PLAIN = {"synchronize_session": False}


class OwnValue(SQLModel, table=True):
    """What a person told the bot about one field: its own directory.

    state: "kept" (they wrote it), "confirmed" (the roster's, which they said is right), "declined" (they prefer not to
    say; value is ""). before: what stood there until then, as JSON, for undoing; "" for nothing.
    """

    __tablename__ = "profile_own"
    __table_args__ = (
        UniqueConstraint("person_id", "field"),
        {"info": {"outweighs": ("state", ("declined", "confirmed", "kept"))}},
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    field: str
    value: str = ""
    state: str = "kept"
    before: str = ""
    at: AwareDatetime


class Reading(SQLModel, table=True):
    """What a platform said of one account.

    listed: what its list of people tells, as JSON. details: what only a look at this one profile tells, as JSON; ""
    while it was never read, or may not be. tried_at: when that was looked for last.
    """

    __tablename__ = "profile_reading"
    account_id: int = Field(primary_key=True, foreign_key="account.id", sa_column_kwargs={"autoincrement": False})
    listed: str = "{}"
    listed_at: AwareDatetime
    details: str = ""
    tried_at: AwareDatetime = Field(default=NEVER, index=True)


class Place(SQLModel, table=True):
    """A field that somebody on a platform has filled, so that people can fill it there."""

    __tablename__ = "profile_place"
    platform: str = Field(primary_key=True)
    name: str = Field(primary_key=True)


class Reminder(SQLModel, table=True):
    """Where the reminders of one person stand.

    step, first_at, next_at, over, round: as `nudges.profiles.series.Series`. asked: the names of the fields of which
    there was anything to say, between spaces. field: the one named last. since_at: whatever they do from then on stops
    the series. complete_at: when the person was thanked for a whole profile.
    """

    __tablename__ = "profile_reminder"
    __table_args__ = (
        partial("ix_profile_reminder_due", "next_at", "person_id", where="next_at IS NOT NULL"),
        {"info": {"outweighs": ("step", (0, 1, 2, 3))}},
    )
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_column_kwargs={"autoincrement": False})
    step: int = 0
    first_at: AwareDatetime | None = None
    next_at: AwareDatetime | None = None
    asked: str = ""
    over: str = ""
    round: int = 1
    field: str = ""
    since_at: AwareDatetime | None = None
    complete_at: AwareDatetime | None = None


# ---------------------------------------------------------------- the own directory


async def own(session: AsyncSession, people: Collection[int]) -> list[OwnValue]:
    """What these people told the bot."""
    return list(await session.exec(select(OwnValue).where(col(OwnValue.person_id).in_(people))))


async def of_field(session: AsyncSession, person: int, field: str) -> OwnValue | None:
    """What a person told the bot about one field."""
    mine = select(OwnValue).where(OwnValue.person_id == person, OwnValue.field == field)
    return (await session.exec(mine)).one_or_none()


async def keep(session: AsyncSession, person: int, field: str, value: str, state: str, now: datetime) -> None:
    """Write what a person says about one field; what stood there can be brought back by `undo`."""
    there = await of_field(session, person, field)
    if there is None:
        row = {"person_id": person, "field": field, "value": value, "state": state, "before": "", "at": now}
        statement = insert(session, OwnValue.__table__).values(**row)  # type: ignore[attr-defined]
        # A double click writes it twice.
        await session.exec(statement.on_conflict_do_nothing(index_elements=["person_id", "field"]))
        return
    if (there.value, there.state) == (value, state):
        return
    there.before = json.dumps([there.value, there.state])
    there.value, there.state, there.at = value, state, now
    session.add(there)
    await session.flush()


async def undo(session: AsyncSession, person: int, field: str, now: datetime) -> bool:
    """Bring back what stood there before; False: there is nothing to undo."""
    there = await of_field(session, person, field)
    if there is None:
        return False
    if not there.before:
        await session.delete(there)
    else:
        there.value, there.state = json.loads(there.before)
        there.before, there.at = "", now
        session.add(there)
    await session.flush()
    return True


# ---------------------------------------------------------------- what platforms say


async def reading(session: AsyncSession, account: int) -> Reading | None:
    """What was read of an account."""
    return await session.get(Reading, account)


class Known(NamedTuple):
    """What is known of an account's profile, and of its person's reminders; None: there is no row of these."""

    listed: str
    listed_at: datetime
    over: str | None
    next_at: datetime | None
    asked: str | None


def _known() -> Any:
    wanted = (Reading.listed, Reading.listed_at, Reminder.over, Reminder.next_at, Reminder.asked)
    found = select(*wanted).join(Account, col(Account.id) == col(Reading.account_id))  # type: ignore[call-overload]
    theirs = found.join(Reminder, col(Reminder.person_id) == col(Account.person_id), isouter=True)
    return theirs.where(col(Reading.account_id) == bindparam("account"))


# Asked of everybody, each day: put together once, since that costs more than running it.
_KNOWN = _known()


async def known(session: AsyncSession, account: int) -> Known | None:
    """What is known of an account; None: nothing."""
    found = (await session.exec(_KNOWN, params={"account": account})).one_or_none()
    return Known(*found) if found is not None else None


async def _read(session: AsyncSession, account: int) -> Reading:
    """The row of what was read of an account; made when there is none, also by somebody else at the same time."""
    there = await reading(session, account)
    if there is None:
        row = {"account_id": account, "listed": "{}", "listed_at": NEVER, "details": "", "tried_at": NEVER}
        statement = insert(session, Reading.__table__).values(**row)  # type: ignore[attr-defined]
        await session.exec(statement.on_conflict_do_nothing(index_elements=["account_id"]))
        there = await reading(session, account)
        assert there is not None, "it was just made"
    return there


async def listed(session: AsyncSession, account: int, fields: Mapping[str, str], now: datetime) -> None:
    """Write what a platform's list of people says of an account."""
    row = await _read(session, account)
    row.listed, row.listed_at = pack(fields), now
    session.add(row)
    await session.flush()


async def detailed(session: AsyncSession, account: int, details: Mapping[str, str] | None, now: datetime) -> None:
    """Write what a look at one profile told; None: the platform did not tell, and what was known stays."""
    row = await _read(session, account)
    row.details, row.tried_at = row.details if details is None else pack(details), now
    session.add(row)
    await session.flush()


def pack(fields: Mapping[str, str]) -> str:
    """Fields as a row holds them."""
    return json.dumps(dict(fields), sort_keys=True)  # in ASCII: halves of characters are none of UTF-8


async def places(session: AsyncSession) -> set[tuple[str, str]]:
    """(platform, field) that somebody has filled there."""
    return {(each.platform, each.name) for each in await session.exec(select(Place))}


async def found_at(session: AsyncSession, platform: str, names: Iterable[str]) -> None:
    """Note that these fields can be filled on a platform."""
    rows = [{"platform": platform, "name": name} for name in sorted(set(names))]
    if rows:
        statement = insert(session, Place.__table__).on_conflict_do_nothing()  # type: ignore[attr-defined]
        await session.exec(statement, params=rows)


async def told(session: AsyncSession, people: Collection[int]) -> list[tuple[Account, Reading | None]]:
    """The members' accounts of these people, each person's used last first, with what was read of them."""
    theirs = (
        select(Account, Reading)
        .join(Reading, col(Reading.account_id) == col(Account.id), isouter=True)
        .where(col(Account.person_id).in_(people), Account.kind == "member")
        .order_by(col(Account.person_id), *LAST_USED)
    )
    return [(account, read) for account, read in await session.exec(theirs)]


async def people(session: AsyncSession, ids: Collection[int]) -> dict[int, Person]:
    """The people of these ids."""
    return {each.id or 0: each for each in await session.exec(select(Person).where(col(Person.id).in_(ids)))}


async def to_read(
    session: AsyncSession, platform: str, due: datetime, fresh: datetime, stale: datetime, limit: int
) -> list[Account]:
    """The members of a platform whose profiles are to be looked at one by one.

    First those about to be reminded (before `due`) who were not looked at since `fresh`, then whoever was looked at
    longest ago, before `stale`.
    """
    member = (col(Account.platform) == platform, col(Account.kind) == "member")
    theirs = exists().where(col(Account.person_id) == col(Reminder.person_id), *member)
    unread = theirs.where(col(Reading.account_id) == col(Account.id), col(Reading.tried_at) < fresh)
    # Asked so that the index of who comes first leads, not that of a platform's accounts.
    people = select(Reminder.person_id).where(col(Reminder.next_at) <= due, unread)
    soon = list(await session.exec(people.order_by(col(Reminder.next_at), col(Reminder.person_id)).limit(limit)))
    order = {person: place for place, person in enumerate(soon)}
    of_them = select(Account).where(col(Account.person_id).in_(soon), *member).order_by(col(Account.id))
    found = sorted(await session.exec(of_them), key=lambda each: order[each.person_id]) if soon else []
    if len(found) < limit:
        is_theirs = exists().where(col(Account.id) == col(Reading.account_id), *member)
        longest = select(Reading.account_id).where(col(Reading.tried_at) < stale, is_theirs)
        ids = list(await session.exec(longest.order_by(col(Reading.tried_at), col(Reading.account_id)).limit(limit)))
        others = {each.id: each for each in await session.exec(select(Account).where(col(Account.id).in_(ids)))}
        have = {each.id for each in found}
        found += [others[each] for each in ids if each not in have]
    return found[:limit]


# ---------------------------------------------------------------- reminders


async def reminder(session: AsyncSession, person: int) -> Reminder | None:
    """Where the reminders of a person stand."""
    return await session.get(Reminder, person)


async def begin(session: AsyncSession, person: int) -> Reminder:
    """The row of a person; made when there is none, also by somebody else at the same time."""
    there = await reminder(session, person)
    if there is None:
        row = {"person_id": person, "step": 0, "asked": "", "over": "", "round": 1, "field": ""}
        statement = insert(session, Reminder.__table__).values(**row)  # type: ignore[attr-defined]
        await session.exec(statement.on_conflict_do_nothing(index_elements=["person_id"]))
        there = await reminder(session, person)
        assert there is not None, "it was just made"
    return there


def _is_here() -> ColumnElement[bool]:
    """Whoever a row of `Reminder` is about belongs to the organisation."""
    mine = col(Entry.person_id) == col(Reminder.person_id)
    account = exists().where(col(Account.person_id) == col(Reminder.person_id), col(Account.kind) == "member")
    left, here = (exists().where(mine, col(Entry.state) == each) for each in ("left", "here"))
    return and_(account, or_(~left, here))


def _responded() -> ColumnElement[bool]:
    """Whoever a row of `Reminder` is about did something since they were first reminded."""
    theirs = (col(Contact.person_id) == col(Reminder.person_id), col(Contact.asks).is_(True))
    return exists().where(*theirs, col(Contact.answered_at) >= col(Reminder.since_at))


def _is_read(platforms: Collection[str], fresh: datetime) -> ColumnElement[bool]:
    """What these platforms tell one by one was looked at since then, of all accounts there."""
    theirs = select(Account.id).join(Reading, col(Reading.account_id) == col(Account.id), isouter=True)
    unread = or_(col(Reading.tried_at).is_(None), col(Reading.tried_at) < fresh)
    on = (col(Account.person_id) == col(Reminder.person_id), col(Account.kind) == "member")
    return ~exists(theirs.where(*on, col(Account.platform).in_(platforms), unread).correlate(Reminder))


async def due(
    session: AsyncSession,
    now: datetime,
    limit: int,
    *,
    read: tuple[Collection[str], datetime] = ((), NEVER),
    after: tuple[datetime, int] | None = None,
    among: Collection[int] | None = None,
) -> Sequence[Reminder]:
    """Who is to be reminded now, longest due first: members who are here and have not responded.

    read: platforms on which a person must have been looked at one by one since an instant. after: next_at and person of
    the last one of the part before. among: of these people alone.
    """
    query = select(Reminder).where(col(Reminder.next_at) <= now, _is_here())
    query = query.where(or_(col(Reminder.step) == 0, ~_responded()))
    if read[0]:
        query = query.where(_is_read(*read))
    if after is not None:
        since, person = after
        later = and_(col(Reminder.next_at) == since, col(Reminder.person_id) > person)
        query = query.where(col(Reminder.next_at) >= since, or_(col(Reminder.next_at) > since, later))
    if among is not None:
        query = query.where(col(Reminder.person_id).in_(among))
    return (await session.exec(query.order_by(col(Reminder.next_at), col(Reminder.person_id)).limit(limit))).all()


async def put_off(session: AsyncSession, until: Mapping[int, datetime], now: datetime) -> None:
    """Whoever is due is due later. until: person -> when."""
    mine = (col(Reminder.person_id) == bindparam("person"), col(Reminder.next_at) <= now)
    later = update(Reminder.__table__).where(*mine).values(next_at=bindparam("later"))  # type: ignore[attr-defined]
    rows = [{"person": person, "later": at} for person, at in until.items()]
    if rows:
        await (await session.connection()).execute(later, rows)


async def settle(session: AsyncSession, now: datetime, part: int = 0, of: int = 1) -> int:
    """Whoever is due and has left, or has responded, is due no more. Returns how many they were.

    part, of: of all people, cut into so many parts by their ids, the part of that number: millions may be due for
    weeks, and are not all looked at each minute.
    """
    last = (await session.exec(select(func.max(Person.id)))).one() or 0
    size = last // of + 1
    mine = (col(Reminder.person_id) >= part * size, col(Reminder.person_id) < (part + 1) * size)
    waiting = (*mine, col(Reminder.next_at) <= now)
    left = update(Reminder).where(*waiting, ~_is_here()).values(next_at=None, over="left")
    answered = update(Reminder).where(*waiting, col(Reminder.step) > 0, _responded())
    over = answered.values(next_at=None, over="answered")
    done = [await session.exec(each, execution_options=_PLAIN) for each in (left, over)]
    return sum(each.rowcount for each in done)


async def snoozed(session: AsyncSession, kind: str, now: datetime) -> list[tuple[Reminder, Wish]]:
    """Who put off what is to come, after they were last reminded: to be reminded, then, and not to be left in peace."""
    put_off = (
        select(Reminder, Wish)
        .join(Wish, col(Wish.person_id) == col(Reminder.person_id))
        .where(
            col(Wish.kind).in_([kind, ALL]),
            col(Wish.snoozed_until) > now,
            col(Wish.changed_at) >= col(Reminder.since_at),
            col(Reminder.next_at).is_not(None),
        )
    )
    return [(row, wish) for row, wish in await session.exec(put_off)]


async def first_met(session: AsyncSession) -> datetime | None:
    """When the bot met the first of all people."""
    return (await session.exec(select(Person.created_at).order_by(col(Person.id)).limit(1))).first()


# ---------------------------------------------------------------- everybody


async def members(session: AsyncSession, after: int, limit: int) -> list[int]:
    """People who have a member's account, by id, from after one on."""
    theirs = select(Account.person_id).where(Account.kind == "member", col(Account.person_id) > after)
    return list(await session.exec(theirs.distinct().order_by(col(Account.person_id)).limit(limit)))


async def tells_nothing(session: AsyncSession, platform: str, smallest: int) -> bool:
    """Whether a platform was asked one by one what people's profiles hold, and told nothing of anybody.

    smallest: people whom it has at least; of fewer, nothing is said. It is not counted of how many: that tells, one day
    and the next, of whom it is looked at no longer.
    """
    there = (col(Account.platform) == platform, col(Account.kind) == "member")
    members = (await session.exec(select(func.count()).select_from(Account).where(*there))).one()
    read = exists().where(col(Account.id) == col(Reading.account_id), *there)
    asked, told = read.where(col(Reading.tried_at) > NEVER), read.where(col(Reading.details) != "")
    tried, said = (await session.exec(select(asked, told))).one()
    return members >= smallest and tried and not said
