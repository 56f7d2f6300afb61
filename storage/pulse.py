"""What is counted of communities and people: numbers by day, and, of people, only what a window needs and for so long.

What anybody wrote never comes here. A day is one of the organisation's own zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from pydantic import AwareDatetime
from sqlalchemy import UniqueConstraint, and_, delete, not_, or_
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.communities import OPENED, Community
from storage.database import insert
from storage.people import Account

COUNTED = ("posts", "replies", "reactions", "joins", "leaves", "reads")
"""What is counted of a community and a day; columns of `PulseCount` and `PulseDay`."""


class PulseCount(SQLModel, table=True):
    """What happened in a community on a day, as it is counted while it goes on. Numbers, and nobody's.

    posts: messages outside threads; replies: messages in threads; edits are none of either, and a message that was
    removed remains counted. reads: how often somebody read on (receipts), where the platform tells.
    """

    __tablename__ = "pulse_count"
    __table_args__ = (UniqueConstraint("community_id", "day"),)
    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    day: date = Field(index=True)
    posts: int = 0
    replies: int = 0
    reactions: int = 0
    joins: int = 0
    leaves: int = 0
    reads: int = 0


class PulsePresence(SQLModel, table=True):
    """What a person did in a community on a day: yes or no, never how often. Kept as long as the longest window."""

    __tablename__ = "pulse_presence"
    __table_args__ = (
        UniqueConstraint("person_id", "community_id", "day"),
        {"info": {"united": {"wrote": any, "reacted": any, "read": any}, "platform_of": ("community_id", "community")}},
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    day: date = Field(index=True)
    wrote: bool = False
    reacted: bool = False
    read: bool = False


class PulseActivation(SQLModel, table=True):
    """That somebody was there once, and since which day: they read, wrote, reacted or used the bot. A row a person."""

    __tablename__ = "pulse_activation"
    __table_args__ = ({"info": {"united": {"day": min}}},)
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    day: date


class PulseMember(SQLModel, table=True):
    """That somebody is in the room of a community now: what the people of a community are, as far as they were met."""

    __tablename__ = "pulse_member"
    __table_args__ = (
        UniqueConstraint("community_id", "person_id"),
        {"info": {"platform_of": ("community_id", "community")}},
    )
    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id", index=True)


class PulseRoom(SQLModel, table=True):
    """How well a community is known. read_at: when its list of members was read last; accounts: how many it had then,
    guests and programs among them.
    """

    __tablename__ = "pulse_room"
    community_id: int = Field(primary_key=True, foreign_key="community.id")
    accounts: int
    read_at: AwareDatetime


class PulseHeard(SQLModel, table=True):
    """Since and until when a platform was listened to, to within a minute. away: it is not, as was seen last. reads:
    it tells who has read.
    """

    __tablename__ = "pulse_heard"
    platform: str = Field(primary_key=True)
    since: AwareDatetime
    at: AwareDatetime
    away: bool = False
    reads: bool = True


class PulsePopulation(SQLModel, table=True):
    """How many people there were on a day, by department ("" for none known): frozen, never written again."""

    __tablename__ = "pulse_population"
    __table_args__ = (UniqueConstraint("day", "department"),)
    id: int | None = Field(default=None, primary_key=True)
    day: date
    department: str
    people: int


class PulseDay(SQLModel, table=True):
    """What is told of a community and a day: frozen when the day is over.

    version: 1, and one more for each correction, which never replaces what was told before. why: of a correction
    ("late", "backfill", "merge"); "" for the first. untold: of what nothing is known on that day ("reactions reads"),
    where it was counted afterwards. members: how many were in it when it was frozen. measured: the bot
    was there all day; told_at: when it was frozen. shown: "own" (told of by itself), "*" (with others), "" (not at
    all): settled together with all that are frozen for a day at once. phase, private, interest, objective: its
    state and kind then, and what it was for.
    """

    __tablename__ = "pulse_day"
    __table_args__ = (UniqueConstraint("community_id", "day", "version"),)
    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    day: date = Field(index=True)
    version: int = 1
    why: str = ""
    untold: str = ""
    posts: int = 0
    replies: int = 0
    reactions: int = 0
    joins: int = 0
    leaves: int = 0
    reads: int = 0
    members: int = 0
    measured: bool = True
    told_at: AwareDatetime
    shown: str = ""
    phase: str = ""
    private: bool = False
    interest: bool = False
    objective: str = ""


class PulseGap(SQLModel, table=True):
    """Days of which nothing is known: the bot was not in the room, or away for longer than what can be caught up.

    community_id: None for all communities of the platform. since, until: first and last day, of both of which a part
    may be known. why: "outside" (not in the room), "away" (the bot was not running), "limit" (further back than the
    platform shows). goes_on: it is not over.
    """

    __tablename__ = "pulse_gap"
    id: int | None = Field(default=None, primary_key=True)
    platform: str
    community_id: int | None = Field(default=None, foreign_key="community.id", index=True)
    since: date
    until: date
    why: str
    goes_on: bool = False


class PulseBackfill(SQLModel, table=True):
    """A stretch of a community's past to which nobody listened, and how far it was counted afterwards.

    kind: "arrival" (before the bot came), "away" (while it was not running). since, until: from the one on, and before
    the other; all that happened within is counted here, however late it is heard. state: "waits", "going", "done",
    "stopped" (why: the platform's code; it is tried again). position: where the platform's history goes on ("" at its
    latest); turn: how many pages were tried. reached: how far back is counted. seen: messages looked at. untold: what
    is counted of that the platform's past tells nothing ("reactions reads").
    """

    __tablename__ = "pulse_backfill"
    __table_args__ = (UniqueConstraint("community_id", "until"),)
    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    kind: str = "arrival"
    since: AwareDatetime
    until: AwareDatetime
    state: str = Field(default="waits", index=True)
    why: str = ""
    position: str = ""
    turn: int = 0
    reached: AwareDatetime | None = None
    seen: int = 0
    untold: str = ""
    changed_at: AwareDatetime


class PulseImported(SQLModel, table=True):
    """A number of another tool on a day, from a file ("intranet", "page views").

    count: None: what was imported before was taken back. version: 1, and one more for each correction.
    taken_at: when it was imported.
    """

    __tablename__ = "pulse_imported"
    __table_args__ = (UniqueConstraint("tool", "measure", "day", "version"),)
    id: int | None = Field(default=None, primary_key=True)
    tool: str
    measure: str
    day: date
    count: int | None
    version: int = 1
    taken_at: AwareDatetime


class PulseMark(SQLModel, table=True):
    """Something to remember beside a curve. kind: "campaign", "boost", "note". name: in few words."""

    __tablename__ = "pulse_mark"
    id: int | None = Field(default=None, primary_key=True)
    day: date = Field(index=True)
    kind: str
    name: str
    community_id: int | None = Field(default=None, foreign_key="community.id")


class PulseDigest(SQLModel, table=True):
    """Up to which month somebody was told of months, or was not to be. month: its first day.

    next_at: it is asked again whether they may be told of the next one, not before.
    """

    __tablename__ = "pulse_digest"
    __table_args__ = ({"info": {"united": {"month": max, "next_at": max}}},)
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    month: date
    next_at: AwareDatetime


# ---------------------------------------------------------------- counting

Sums = Mapping[tuple[int, date], Mapping[str, int]]
"""(community, day) -> what is counted (`COUNTED`) -> how often."""

Presences = Mapping[tuple[int, int, date], Iterable[str]]
"""(person, community, day) -> what they did: "wrote", "reacted", "read"."""

DID = ("wrote", "reacted", "read")
_ASIDE = {"synchronize_session": False}


async def rooms(session: AsyncSession, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Which of these rooms (platform, room) are those of communities that people are in: room -> community."""
    some = set(wanted)
    found = await session.exec(
        select(Community.platform, Community.room, Community.id)
        .where(col(Community.room).in_({room for _, room in some}), col(Community.state).in_(OPENED))
        .order_by(col(Community.id))
    )
    return {(platform, room): number for platform, room, number in found if (platform, room) in some and number}


async def people_of(session: AsyncSession, accounts: Iterable[str]) -> set[int]:
    """The people to whom these accounts ("acme:U1") belong."""
    some = set(accounts)
    if not some:
        return set()
    named = select(Account.platform, Account.external_id, Account.person_id)
    found = await session.exec(named.where(col(Account.external_id).in_({each.partition(":")[2] for each in some})))
    return {person for platform, external, person in found if f"{platform}:{external}" in some}


async def count(session: AsyncSession, sums: Sums) -> None:
    """Add to what was counted of communities and days."""
    rows = [
        {"community_id": community, "day": day, **dict.fromkeys(COUNTED, 0), **more}
        for (community, day), more in sorted(sums.items())  # in order: two processes never wait for each other
    ]
    if rows:
        new = insert(session, PulseCount.__table__)  # type: ignore[attr-defined]
        added = {name: getattr(PulseCount, name) + new.excluded[name] for name in COUNTED}
        statement = new.on_conflict_do_update(index_elements=["community_id", "day"], set_=added)
        await session.exec(statement, params=rows)


async def attend(session: AsyncSession, presences: Presences) -> None:
    """Write that people were there. What is known already is not written again."""
    rows = [
        {"person_id": person, "community_id": community, "day": day, **{name: name in did for name in DID}}
        for (person, community, day), did in sorted(presences.items(), key=lambda item: item[0])
    ]
    if not rows:
        return
    new = insert(session, PulsePresence.__table__)  # type: ignore[attr-defined]
    pairs = [(getattr(PulsePresence, name), new.excluded[name]) for name in DID]
    statement = new.on_conflict_do_update(
        index_elements=["person_id", "community_id", "day"],
        set_={name: or_(there, more) for name, (there, more) in zip(DID, pairs, strict=True)},
        where=or_(*(and_(more, not_(there)) for there, more in pairs)),
    )
    await session.exec(statement, params=rows)


async def activate(session: AsyncSession, since: Mapping[int, date]) -> None:
    """Write that people were there once: person -> a day. The earliest stays."""
    rows = [{"person_id": person, "day": day} for person, day in sorted(since.items())]
    if rows:
        new = insert(session, PulseActivation.__table__)  # type: ignore[attr-defined]
        statement = new.on_conflict_do_update(
            index_elements=["person_id"], set_={"day": new.excluded.day}, where=PulseActivation.day > new.excluded.day
        )
        await session.exec(statement, params=rows)


async def come(session: AsyncSession, community: int, person: int) -> None:
    """Write that somebody is in a community."""
    statement = insert(session, PulseMember.__table__).values(community_id=community, person_id=person)  # type: ignore[attr-defined]
    await session.exec(statement.on_conflict_do_nothing(index_elements=["community_id", "person_id"]))


async def go(session: AsyncSession, community: int, person: int) -> None:
    """Write that somebody is in a community no longer."""
    theirs = (col(PulseMember.community_id) == community, col(PulseMember.person_id) == person)
    await session.exec(delete(PulseMember).where(*theirs), execution_options=_ASIDE)


async def forget_before(session: AsyncSession, day: date) -> None:
    """Forget who was there on the days before one."""
    await session.exec(delete(PulsePresence).where(col(PulsePresence.day) < day), execution_options=_ASIDE)


# ---------------------------------------------------------------- telling of months


async def digested(session: AsyncSession) -> dict[int, PulseDigest]:
    """Person -> up to where they were told of months; those who never were are not in it."""
    return {each.person_id: each for each in await session.exec(select(PulseDigest))}


async def digest(session: AsyncSession, person: int, month: date, now: datetime) -> None:
    """Write that somebody was told of months up to one. The latest stays."""
    await _digest(session, [{"person_id": person, "month": month, "next_at": now}], "month")


async def digest_later(session: AsyncSession, people: Mapping[int, datetime]) -> None:
    """Write that people may be told only later: person -> when to ask again."""
    never = date(1970, 1, 1)
    rows = [{"person_id": person, "month": never, "next_at": at} for person, at in sorted(people.items())]
    if rows:
        await _digest(session, rows, "next_at")


async def _digest(session: AsyncSession, rows: Sequence[Mapping[str, object]], what: str) -> None:
    new = insert(session, PulseDigest.__table__)  # type: ignore[attr-defined]
    later = getattr(PulseDigest, what) < new.excluded[what]
    statement = new.on_conflict_do_update(index_elements=["person_id"], set_={what: new.excluded[what]}, where=later)
    await session.exec(statement, params=rows)
