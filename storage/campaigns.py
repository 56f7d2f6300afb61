"""Campaigns: announcements that follow one plan, counted from a day zero; and who has signed in since one began."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import UniqueConstraint, and_, delete, exists, func, or_, update
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import launch
from storage.database import insert
from storage.launch import Announcement, AnnouncementVersion
from storage.people import Account, Person
from storage.pulse import PulseActivation

_PLAIN = {"synchronize_session": False}
_AFRESH = {"populate_existing": True}
_UNCOUNTED = {"counted": None, "previewed": ""}
_ALL = 2
"""The wave of everybody; see `Announcement.wave`."""


class Campaign(SQLModel, table=True):
    """A plan of announcements. called: its name as names are compared, by which a file finds it again.

    day_zero: the day from which its lines count, on the calendar of `zone` (IANA). phase: "pilot", "launch", "run".
    owner_id: who looks after it. held: the kinds of contact that it paused when it entered its phase, between spaces.
    marked: the day zero that stands beside the curves already.
    """

    __tablename__ = "campaign"
    id: int | None = Field(default=None, primary_key=True)
    name: str
    called: str = Field(unique=True)
    day_zero: date
    zone: str
    phase: str
    owner_id: int = Field(foreign_key="person.id", index=True)
    held: str = ""
    marked: date | None = None
    created_at: AwareDatetime
    changed_at: AwareDatetime


class CampaignLine(SQLModel, table=True):
    """A line of a plan, which is an announcement. key: how the plan calls it.

    media: where the plan wants it said, between spaces; "" is where each person prefers. after: keys of the lines that
    must have been sent before it, between spaces. invites: it is for those who have not signed in yet. marked: that it
    was sent stands beside the curves already.
    """

    __tablename__ = "campaign_line"
    __table_args__ = (UniqueConstraint("campaign_id", "key"),)
    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    announcement_id: int = Field(foreign_key="announcement.id", unique=True)
    key: str
    media: str = ""
    after: str = ""
    invites: bool = False
    marked: bool = False


class Newcomer(SQLModel, table=True):
    """Somebody who signed in for the first time while a campaign went on, to be told once how to begin.

    since_at: when they did. due_at: when they may be told; None: they were, or are not to be.
    """

    __tablename__ = "newcomer"
    __table_args__ = (
        {"info": {"united": {"since_at": min, "due_at": lambda both: None if None in both else max(both)}}},
    )
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    since_at: AwareDatetime
    due_at: AwareDatetime | None = Field(default=None, index=True)


Planned = tuple[CampaignLine, Announcement, AnnouncementVersion]
"""A line, its announcement, and the latest version of it."""


async def get(session: AsyncSession, number: int) -> Campaign | None:
    """A campaign."""
    query = select(Campaign).where(Campaign.id == number)
    return (await session.exec(query, execution_options=_AFRESH)).one_or_none()


async def called(session: AsyncSession, name: str) -> Campaign | None:
    """The campaign of that name. name: as names are compared."""
    return (await session.exec(select(Campaign).where(Campaign.called == name))).one_or_none()


async def every(session: AsyncSession) -> Sequence[Campaign]:
    """All there are, the latest day zero first."""
    return (await session.exec(select(Campaign).order_by(col(Campaign.day_zero).desc(), col(Campaign.id)))).all()


async def lines(session: AsyncSession, number: int) -> list[Planned]:
    """What a campaign plans, in the order in which it is said."""
    rows = (
        select(CampaignLine, Announcement, AnnouncementVersion)
        .join(Announcement, col(Announcement.id) == CampaignLine.announcement_id)
        .join(
            AnnouncementVersion,
            (col(AnnouncementVersion.announcement_id) == col(Announcement.id))
            & (col(AnnouncementVersion.number) == col(Announcement.version)),
        )
        .where(CampaignLine.campaign_id == number)
        .order_by(col(Announcement.at).is_(None), col(Announcement.at), col(CampaignLine.id))
    )
    return list(await session.exec(rows, execution_options=_AFRESH))


async def of_announcement(session: AsyncSession, announcement: int) -> tuple[Campaign, CampaignLine] | None:
    """The campaign that an announcement is part of, and its line there; None: of none."""
    rows = select(Campaign, CampaignLine).join(CampaignLine, col(CampaignLine.campaign_id) == Campaign.id)
    return (await session.exec(rows.where(CampaignLine.announcement_id == announcement))).one_or_none()


async def waits_for(session: AsyncSession, announcement: int) -> list[str]:
    """The lines that must have been sent before this announcement, and were not promised to all of their people yet.

    Who is away gets what was promised later: nobody else waits for that. Those given up count no more.
    """
    found = await of_announcement(session, announcement)
    if found is None or not found[1].after:
        return []
    before = select(CampaignLine.key).join(Announcement, col(Announcement.id) == CampaignLine.announcement_id)
    promised = and_(
        col(Announcement.state) == launch.SENDING, col(Announcement.wave) >= _ALL, col(Announcement.planned) >= _ALL
    )
    wanted = (
        CampaignLine.campaign_id == found[0].id,
        col(CampaignLine.key).in_(found[1].after.split()),
        col(Announcement.state).not_in([launch.SENT, launch.RECALLED, launch.CANCELLED]),
        ~promised,
    )
    return sorted(await session.exec(before.where(*wanted)))


async def add(session: AsyncSession, row: SQLModel) -> None:
    """Write a new row."""
    session.add(row)
    await session.flush()


async def alter(session: AsyncSession, number: int, now: datetime, *where: Any, **values: Any) -> bool:
    """Write columns of a campaign while all of `where` is so; say whether it was."""
    statement = update(Campaign).where(col(Campaign.id) == number, *where).values(**values, changed_at=now)
    return bool((await session.exec(statement, execution_options=_PLAIN)).rowcount)


async def move(session: AsyncSession, number: int, seen: date, day_zero: date, now: datetime) -> bool:
    """Move day zero. seen: where it is now. False: somebody moved it meanwhile."""
    return await alter(session, number, now, col(Campaign.day_zero) == seen, day_zero=day_zero)


async def enter(
    session: AsyncSession, number: int, seen: str, phase: str, held: Collection[str], now: datetime
) -> bool:
    """Enter a phase. seen: the one it is in. held: the kinds that it keeps paused. False: it is in another one."""
    values = {"phase": phase, "held": " ".join(sorted(held))}
    return await alter(session, number, now, col(Campaign.phase) == seen, **values)


async def alter_line(session: AsyncSession, announcement: int, **values: Any) -> None:
    """Write columns of a line."""
    statement = update(CampaignLine).where(col(CampaignLine.announcement_id) == announcement).values(**values)
    await session.exec(statement, execution_options=_PLAIN)


async def take_out(session: AsyncSession, announcement: int) -> None:
    """Let an announcement be no line of a plan any more."""
    await session.exec(delete(CampaignLine).where(col(CampaignLine.announcement_id) == announcement))


async def retime(session: AsyncSession, announcement: int, seen: str, now: datetime, **values: Any) -> bool:
    """Write the time of an announcement that can still change. seen: its `local` as it was. False: it is another now.

    One that was late, or not signed in time, is a draft again; the number that was confirmed was of that other time.
    """
    mine = (
        col(Announcement.id) == announcement,
        col(Announcement.state).in_(launch.OPEN),
        col(Announcement.local) == seen,
    )
    moved = await session.exec(update(Announcement).where(*mine).values(**_UNCOUNTED, **values, changed_at=now))
    over = (col(Announcement.id) == announcement, col(Announcement.state).in_((launch.LATE, launch.UNSIGNED)))
    await session.exec(update(Announcement).where(*over).values(state=launch.DRAFT))
    return moved.rowcount == 1


async def reword(session: AsyncSession, announcement: int, **values: Any) -> bool:
    """Write other columns of an announcement that can still change. False: it cannot any more."""
    mine = (col(Announcement.id) == announcement, col(Announcement.state).in_(launch.OPEN))
    return (await session.exec(update(Announcement).where(*mine).values(**values))).rowcount == 1


# ---------------------------------------------------------------- beside the curves


async def unmarked(session: AsyncSession, today: date) -> list[Campaign]:
    """The campaigns whose day zero has come, and does not stand beside the curves."""
    other = or_(col(Campaign.marked).is_(None), col(Campaign.marked) != col(Campaign.day_zero))
    return list(await session.exec(select(Campaign).where(col(Campaign.day_zero) <= today, other)))


async def sent_unmarked(session: AsyncSession) -> list[Planned]:
    """What was sent of campaigns, and does not stand beside the curves."""
    rows = (
        select(CampaignLine, Announcement, AnnouncementVersion)
        .join(Announcement, col(Announcement.id) == CampaignLine.announcement_id)
        .join(
            AnnouncementVersion,
            (col(AnnouncementVersion.announcement_id) == col(Announcement.id))
            & (col(AnnouncementVersion.number) == col(Announcement.version)),
        )
        .where(col(CampaignLine.marked).is_(False), Announcement.state == launch.SENT)
    )
    return list(await session.exec(rows))


# ---------------------------------------------------------------- newcomers


async def began(session: AsyncSession, ends_after: date) -> datetime | None:
    """Since when the first of the campaigns goes on whose day zero is not before a day; None: there is none."""
    query = select(func.min(Campaign.created_at)).where(col(Campaign.day_zero) >= ends_after)
    return (await session.exec(query)).one()


async def newly_there(session: AsyncSession, since: datetime, day: date, limit: int) -> list[tuple[int, datetime]]:
    """Who was there for the first time since an instant, and nothing was noted of; the longest ago first.

    day: the day of that instant. Who objected is none of them.
    """
    first = func.min(Account.used_at).label("first")
    noted = exists().where(col(Newcomer.person_id) == col(Account.person_id))
    before = exists().where(col(PulseActivation.person_id) == col(Account.person_id), col(PulseActivation.day) < day)
    earlier = (
        select(Account.person_id, first)
        .join(Person, col(Person.id) == Account.person_id)
        .where(Account.kind == "member", col(Account.used_at).is_not(None), ~noted, ~before)
        .where(col(Person.objected_at).is_(None))
        .group_by(col(Account.person_id))
        .having(first >= since)
        .order_by(first)
        .limit(limit)
    )
    return [(person, at) for person, at in await session.exec(earlier) if at]


async def seen(session: AsyncSession, since: date, limit: int) -> list[int]:
    """Who was seen in a community for the first time on that day or later, and nothing was noted of."""
    noted = exists().where(col(Newcomer.person_id) == col(PulseActivation.person_id))
    used = exists().where(col(Account.person_id) == col(PulseActivation.person_id), col(Account.used_at).is_not(None))
    rows = select(PulseActivation.person_id).where(col(PulseActivation.day) >= since, ~noted, ~used)
    return list(await session.exec(rows.order_by(col(PulseActivation.day)).limit(limit)))


async def welcome(session: AsyncSession, people: Mapping[int, datetime], now: datetime) -> None:
    """Note that people came; each is noted once. people: person -> since when."""
    if people:
        rows = [{"person_id": person, "since_at": since, "due_at": now} for person, since in sorted(people.items())]
        new = insert(session, Newcomer.__table__)  # type: ignore[attr-defined]
        await session.exec(new.on_conflict_do_nothing(index_elements=["person_id"]), params=rows)


async def due(
    session: AsyncSession,
    now: datetime,
    limit: int,
    *,
    after: tuple[datetime, int] | None = None,
    among: Collection[int] | None = None,
) -> Sequence[Newcomer]:
    """Newcomers who are to be told now, the longest due first. after: the last one before, by `due_at` and person."""
    rows = select(Newcomer).where(col(Newcomer.due_at) <= now)
    if after is not None:
        at, person = after
        later = (col(Newcomer.due_at) == at) & (col(Newcomer.person_id) > person)
        rows = rows.where(or_(col(Newcomer.due_at) > at, later))
    if among is not None:
        rows = rows.where(col(Newcomer.person_id).in_(among))
    return (await session.exec(rows.order_by(col(Newcomer.due_at), col(Newcomer.person_id)).limit(limit))).all()


async def put_off(session: AsyncSession, people: Mapping[int, datetime | None]) -> None:
    """Write when newcomers may be told. None: no more."""
    for person, at in people.items():
        mine = (col(Newcomer.person_id) == person, col(Newcomer.due_at).is_not(None))
        await session.exec(update(Newcomer).where(*mine).values(due_at=at), execution_options=_PLAIN)
