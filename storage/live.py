"""Launch days: what was told of each while it went on, and what is counted of it. Numbers, and nobody's."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from pydantic import AwareDatetime
from sqlalchemy import ColumnElement, exists, update
from sqlalchemy.orm import aliased
from sqlmodel import Field, SQLModel, col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import outbox, voice
from storage.campaigns import Campaign
from storage.database import insert
from storage.launch import Announcement
from storage.people import Account
from storage.profiles import Reminder
from storage.pulse import PulseActivation, PulsePresence


class LaunchDay(SQLModel, table=True):
    """A day that is followed. day: of the organisation's own zone. looks: how often its figures were counted anew.

    told: what is told of it now, as JSON (`nudges.launch.live.rules`). ended_at: when its last word was said.
    """

    __tablename__ = "launch_day"
    day: date = Field(primary_key=True)
    begun_at: AwareDatetime
    counted_at: AwareDatetime
    looks: int = 0
    told: str = "{}"
    ended_at: AwareDatetime | None = None


async def begin(session: AsyncSession, day: date, now: datetime) -> bool:
    """Follow a day from now on. False: it is followed already, or was."""
    row = {"day": day, "begun_at": now, "counted_at": now, "looks": 0, "told": "{}"}
    made = await session.exec(insert(session, LaunchDay).values(row).on_conflict_do_nothing())
    return bool(made.rowcount == 1)


async def get(session: AsyncSession, day: date) -> LaunchDay | None:
    """A day that is or was followed."""
    query = select(LaunchDay).where(LaunchDay.day == day).execution_options(populate_existing=True)
    return (await session.exec(query)).one_or_none()


async def latest(session: AsyncSession) -> LaunchDay | None:
    """The day that is followed, or was last."""
    return (await session.exec(select(LaunchDay).order_by(col(LaunchDay.day).desc()).limit(1))).first()


async def going_on(session: AsyncSession) -> list[LaunchDay]:
    """The days whose last word is not said yet."""
    return list(
        await session.exec(select(LaunchDay).where(col(LaunchDay.ended_at).is_(None)).order_by(col(LaunchDay.day)))
    )


async def keep(session: AsyncSession, row: LaunchDay, told: str, now: datetime, *, ends: bool) -> bool:
    """Write what is told now. ends: for the last time. False: another process did at this moment."""
    mine = (col(LaunchDay.day) == row.day, col(LaunchDay.looks) == row.looks, col(LaunchDay.ended_at).is_(None))
    values = {"told": told, "looks": row.looks + 1, "counted_at": now, "ended_at": now if ends else None}
    changed = update(LaunchDay).where(*mine).values(**values).execution_options(synchronize_session=False)
    return (await session.exec(changed)).rowcount == 1


# ---------------------------------------------------------------- counted


async def population(session: AsyncSession) -> int:
    """How many people there are: members who were met."""
    query = select(func.count(col(Account.person_id).distinct())).where(Account.kind == "member")
    return (await session.exec(query)).one()


async def begun(session: AsyncSession, since: datetime, until: datetime) -> list[int]:
    """The announcements whose sending began in a span of time."""
    mine = (col(Announcement.begun_at) >= since, col(Announcement.begun_at) < until)
    return [each for each in await session.exec(select(Announcement.id).where(*mine)) if each is not None]


async def is_day_zero(session: AsyncSession, day: date, since: datetime, until: datetime) -> bool:
    """Whether a campaign counts from that day, and one of its announcements began to be sent in the span that it is."""
    mine = (Campaign.day_zero == day, col(Announcement.begun_at) >= since, col(Announcement.begun_at) < until)
    found = select(Announcement.id).join(Campaign, col(Campaign.id) == col(Announcement.campaign_id)).where(*mine)
    return (await session.exec(found.limit(1))).first() is not None


async def delivered(session: AsyncSession, batches: Collection[str]) -> dict[str, int]:
    """Platform -> how many of these batches' messages were said there."""
    found: dict[str, int] = {}
    for batch in batches:
        for (platform, state), number in (await outbox.by_platform(session, batch)).items():
            if state == "sent":
                found[platform] = found.get(platform, 0) + number
    return found


async def joined(session: AsyncSession, day: date) -> int:
    """How many people were in the network for the first time on that day."""
    return await _number(session, select(func.count()).select_from(PulseActivation).where(PulseActivation.day == day))


async def first_posts(session: AsyncSession, day: date) -> int:
    """How many people wrote in a community on that day, and in none before, as far as that is remembered."""
    earlier = aliased(PulsePresence)
    before: ColumnElement[bool] = exists().where(
        col(earlier.person_id) == col(PulsePresence.person_id), col(earlier.day) < day, col(earlier.wrote).is_(True)
    )
    mine = (col(PulsePresence.day) == day, col(PulsePresence.wrote).is_(True), ~before)
    return await _number(session, select(func.count(col(PulsePresence.person_id).distinct())).where(*mine))


async def finished(session: AsyncSession, since: datetime, until: datetime) -> int:
    """How many people made their profile whole in a span of time."""
    mine = (col(Reminder.complete_at) >= since, col(Reminder.complete_at) < until)
    return await _number(session, select(func.count()).select_from(Reminder).where(*mine))


async def questions(session: AsyncSession) -> int:
    """How many questions wait for leaders."""
    return (await voice.counts(session)).get(voice.WAITING, 0)


async def _number(session: AsyncSession, query: object) -> int:
    return int((await session.exec(query)).one())  # type: ignore[call-overload]
