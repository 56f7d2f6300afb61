"""The company's own list of its people, as it was handed over: by a file, or pushed (SCIM)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from pydantic import AwareDatetime
from sqlalchemy import UniqueConstraint, bindparam, func
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import people as persons

# Any number will do, as long as every version of this program uses the same one.
_CHANGING = 7_216_043_514
AT_ONCE = 2_000
"""Rows asked for, or written, by one statement."""


class Entry(SQLModel, table=True):
    """One line of the roster.

    key: what the company calls this human being for ever (a staff number, else the e-mail address). source: "csv",
    "scim". person_id: whom it was matched with; None: nobody yet. email: in lower case. manager: another line's key.
    language: "fr"; zone: IANA; country: as `bot.calendar.WorkingTime.holidays_country`; days: "mon tue wed", "" for the
    usual ones. away: when they are absent, as JSON: [["2026-12-01", "2026-12-15"]], both days included, no reasons.
    accounts: platform -> external id, as JSON, where the roster itself says so. more: other columns, as JSON.
    state: "here", "left".
    """

    __tablename__ = "roster"
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    source: str = "csv"
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    email: str = Field(default="", index=True)
    name: str = ""
    department: str = Field(default="", index=True)
    job: str = ""
    manager: str = ""
    language: str = ""
    zone: str = ""
    country: str = ""
    days: str = ""
    away: str = "[]"
    accounts: str = "{}"
    more: str = "{}"
    state: str = "here"
    created_at: AwareDatetime
    changed_at: AwareDatetime
    left_at: AwareDatetime | None = None


class Named(SQLModel, table=True):
    """An account that a line of the roster names (`Entry.accounts`), where it is found quickly."""

    __tablename__ = "roster_account"
    __table_args__ = (UniqueConstraint("platform", "external_id"),)
    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="roster.id", index=True)
    platform: str
    external_id: str


class Pushed(SQLModel, table=True):
    """What a provisioning service calls a line that it pushed. scim: the identifier it was given (RFC 7643, 3.1).

    user_name: in lower case, since it is compared so. external_id: its own. body: the resource as it is given back, as
    JSON.
    """

    __tablename__ = "roster_pushed"
    entry_id: int = Field(foreign_key="roster.id", primary_key=True)
    scim: str = Field(unique=True)
    user_name: str = Field(unique=True)
    external_id: str = Field(default="", index=True)
    body: str = "{}"


def parts(all_: Iterable[Any]) -> Iterable[list[Any]]:
    """As many at a time as a statement may ask for."""
    listed = list(all_)
    return (listed[at : at + AT_ONCE] for at in range(0, len(listed), AT_ONCE))


# ---------------------------------------------------------------- what others ask


async def of_people(session: AsyncSession, people: Iterable[int]) -> dict[int, Entry]:
    """Each of these people whom the roster knows -> their line: one who is here, where they have several.

    people: ids, those of people who turned out to be others among them.
    """
    asked = set(people)
    now: dict[int, int] = {}
    for part in parts(asked):
        now |= await persons.current(session, part)
    found: dict[int, Entry] = {}
    for part in parts(set(now.values())):
        lines = await session.exec(select(Entry).where(col(Entry.person_id).in_(part)).order_by(col(Entry.id).desc()))
        for each in sorted(lines, key=lambda line: line.state == "here"):
            found[each.person_id or 0] = each
    return {each: found[now[each]] for each in asked if now[each] in found}


async def beside(session: AsyncSession, person: int) -> tuple[str, ...]:
    """The columns that the roster holds about a person beyond those that every line has."""
    lines = await session.exec(select(Entry.more).where(Entry.person_id == person))
    return tuple(sorted({name for more in lines for name in json.loads(more)}))


_READS = (
    select(Entry.language, Entry.zone)
    .where(col(Entry.person_id) == bindparam("person"))
    .order_by(col(Entry.state) == "left", col(Entry.id))
    .limit(1)
)


async def reads(session: AsyncSession, person: int) -> tuple[str, str]:
    """The language and the zone that the roster gives a person, "" for unknown."""
    return (await session.exec(_READS, params={"person": person})).first() or ("", "")


def has_member() -> Any:
    """Whether a line was matched with somebody who has a member's account, and not an address alone."""
    members = select(persons.Account.id).where(persons.Account.person_id == Entry.person_id)
    return members.where(persons.Account.kind == "member").exists()


async def here(session: AsyncSession) -> dict[int, str]:
    """Each person who is here and was matched with a member's account -> their department."""
    wanted = select(Entry.person_id, Entry.department).where(Entry.state == "here", has_member())
    return {person: department for person, department in await session.exec(wanted) if person}


# ---------------------------------------------------------------- a file taken over

ROW = (
    "key", "email", "name", "department", "job", "manager", "language", "zone", "country", "days", "away", "accounts",
    "more",
)  # fmt: skip


class Kept(NamedTuple):
    """A line, as it is compared with what comes anew. row: its columns, in the order of `ROW`."""

    id: int
    source: str
    state: str
    row: tuple[str, ...]


class Stamp(NamedTuple):
    """What tells whether the roster was changed: how many lines, the newest one, the last change."""

    lines: int
    newest: int
    changed: str


async def stamp(session: AsyncSession, *, lock: bool = False) -> Stamp:
    """How the roster stands. lock: nobody else changes it until this transaction ends."""
    if lock and session.get_bind().dialect.name == "postgresql":
        await session.exec(select(func.pg_advisory_xact_lock(_CHANGING)))
    asked = select(func.count(), func.max(Entry.id), func.max(Entry.changed_at)).select_from(Entry)
    lines, newest, changed = (await session.exec(asked)).one()
    return Stamp(lines, newest or 0, str(changed))


async def page(session: AsyncSession, after: int) -> list[Kept]:
    """Lines numbered beyond `after`, in order; as many as fit a page."""
    columns: list[Any] = [getattr(Entry, each) for each in ("id", "source", "state", *ROW)]
    found = await session.exec(select(*columns).where(col(Entry.id) > after).order_by(col(Entry.id)).limit(AT_ONCE))
    return [Kept(each[0], each[1], each[2], tuple(each[3:])) for each in found.all()]


async def pushed(session: AsyncSession) -> dict[str, str]:
    """People who came by no file: key and address, in lower case -> key."""
    found = await session.exec(select(Entry.key, Entry.email).where(Entry.source != "csv", Entry.state == "here"))
    return {name.casefold(): key for key, email in found for name in (key, email) if name}
