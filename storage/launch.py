"""Announcements: whose words they are, who looks after them, and every version there was."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from pydantic import AwareDatetime
from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel, col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

DRAFT, SIGNING, SIGNED = "draft", "signing", "signed"
SENDING, HELD, PAUSED, LATE = "sending", "held", "paused", "late"
SENT, RECALLED, CANCELLED, UNSIGNED = "sent", "recalled", "cancelled", "unsigned"
OPEN = (DRAFT, SIGNING, SIGNED, LATE, UNSIGNED)
"""States in which it can still be changed; nobody was sent anything of it."""
BEGUN = (SENDING, HELD, PAUSED, SENT, RECALLED)
"""States in which some people may have been sent it."""


class Announcement(SQLModel, table=True):
    """Somebody's words for many people.

    owner_id: who looks after it. speaker_id: whose words they are. own_name: the speaker posts them; otherwise the bot
    does, and says that it relays them. version: its latest one.
    state: "draft"; "signing" (shown to the speaker), "signed", "unsigned" (not in time); "late" (beyond its window, and
    asked about); "sending", "held" (after its first wave), "paused"; "sent", "recalled", "cancelled".

    at: when it is sent (UTC), None while that is not said. local: what clocks show then ("2026-12-01T09:00"). zone:
    IANA, whose. each_local: every person gets it when their own clocks show `local`. window_minutes: how late it may
    begin without being asked about. audience: whom it is for, as JSON (`nudges.launch.audience`); "" while not said.
    urgent_id, urgent_with_id: the two people who declared that it comes at any hour. counted: the number of people that
    was confirmed, when it was; previewed: the counts shown then, as JSON. request_id: the last request that it be
    signed. again_at: when it was last confirmed that it is to be sent in spite of a quiet time declared meanwhile.
    wave: which part of its people is being sent it: 0 none yet, 1 the first few, 2 all; planned: up to which of them
    all was promised; people: how many it is for, as it was begun; paper: copies for paper, likewise. begun_at,
    ended_at: of sending; gone_on_at: when somebody last let it go on, from which its days count anew. live: the promise
    of the message that follows it, "" for one of its own; shown: what that says by now, as codes.
    platform, room, thread: where it is talked about, the thread as the `reply_to` of a promise names it; "" where it is
    nowhere. told: the version and the state that were told there last ("2 signing"). campaign_id: which plan it is part
    of; step: its line there.
    """

    __tablename__ = "announcement"
    id: int | None = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="person.id", index=True)
    speaker_id: int = Field(foreign_key="person.id", index=True)
    own_name: bool = False
    state: str = Field(default=DRAFT, index=True)
    version: int = 1
    at: AwareDatetime | None = Field(default=None, index=True)
    local: str = ""
    zone: str = ""
    each_local: bool = False
    window_minutes: int = 60
    audience: str = ""
    urgent_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    urgent_with_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    counted: int | None = None
    previewed: str = ""
    request_id: int | None = Field(default=None, foreign_key="request.id", index=True)
    again_at: AwareDatetime | None = None
    wave: int = 0
    planned: int = 0
    people: int = 0
    paper: int = 0
    live: str = ""
    shown: str = ""
    begun_at: AwareDatetime | None = None
    gone_on_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    platform: str = ""
    room: str = ""
    thread: str = ""
    told: str = ""
    campaign_id: int | None = Field(default=None, index=True)
    step: str = ""
    created_at: AwareDatetime
    changed_at: AwareDatetime


class AnnouncementVersion(SQLModel, table=True):
    """What an announcement said at a time. number: 1, one more for each change. text: Markdown. by_id: its writer."""

    __tablename__ = "announcement_version"
    __table_args__ = (UniqueConstraint("announcement_id", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    announcement_id: int = Field(foreign_key="announcement.id", index=True)
    number: int
    title: str
    text: str
    by_id: int = Field(foreign_key="person.id", index=True)
    at: AwareDatetime


IS_LATEST = (
    col(AnnouncementVersion.announcement_id) == col(Announcement.id),
    col(AnnouncementVersion.number) == col(Announcement.version),
)
"""The version is the latest one of the announcement."""


async def get(session: AsyncSession, number: int) -> tuple[Announcement, AnnouncementVersion] | None:
    """An announcement, with its latest version."""
    rows = select(Announcement, AnnouncementVersion).where(*IS_LATEST, col(Announcement.id) == number)
    return (await session.exec(rows)).first()


async def listed(session: AsyncSession, states: Collection[str]) -> list[tuple[Announcement, AnnouncementVersion]]:
    """The announcements in these states, each with its latest version, the newest first."""
    rows = select(Announcement, AnnouncementVersion).where(*IS_LATEST, col(Announcement.state).in_(states))
    return list(await session.exec(rows.order_by(col(Announcement.id).desc())))


async def versions(session: AsyncSession, number: int) -> list[AnnouncementVersion]:
    """Every version of an announcement, the first one first."""
    rows = select(AnnouncementVersion).where(AnnouncementVersion.announcement_id == number)
    return list(await session.exec(rows.order_by(col(AnnouncementVersion.number))))


async def write(session: AsyncSession, made: Announcement, title: str, text: str) -> Announcement:
    """Write a new announcement with its first version."""
    session.add(made)
    await session.flush()
    await _add(session, made, title, text, made.owner_id)
    return made


async def rewrite(session: AsyncSession, number: int, seen: int, title: str, text: str, by: int, now: datetime) -> bool:
    """Write another version. seen: the one it was made from. False: there is a later one, or it can change no more."""
    mine = (col(Announcement.id) == number, col(Announcement.version) == seen, col(Announcement.state).in_(OPEN))
    moved = await session.exec(update(Announcement).where(*mine).values(version=seen + 1, changed_at=now))
    if moved.rowcount != 1:
        return False
    version = AnnouncementVersion(announcement_id=number, number=seen + 1, title=title, text=text, by_id=by, at=now)
    session.add(version)
    await session.flush()
    return True


async def speak(session: AsyncSession, number: int, speaker: int, *, own: bool) -> None:
    """Write whose words they are."""
    values = {"speaker_id": speaker, "own_name": own}
    await session.exec(update(Announcement).where(col(Announcement.id) == number).values(**values))


async def _add(session: AsyncSession, made: Announcement, title: str, text: str, by: int) -> None:
    assert made.id is not None, "it was written"
    about = {"announcement_id": made.id, "number": made.version, "by_id": by, "at": made.changed_at}
    session.add(AnnouncementVersion.model_validate({**about, "title": title, "text": text}))
    await session.flush()


async def end(session: AsyncSession, number: int, state: str, now: datetime) -> bool:
    """Let one that can still change end. False: it did already."""
    mine = (col(Announcement.id) == number, col(Announcement.state).in_(OPEN))
    moved = await session.exec(update(Announcement).where(*mine).values(state=state, changed_at=now))
    return moved.rowcount == 1
