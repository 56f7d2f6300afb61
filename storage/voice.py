"""Questions to leaders: who asked what, whose office it waits in, and which are answered together."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel, col, delete, func, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import launch
from storage.database import insert
from storage.launch import Announcement
from storage.outbox import Promise

WAITING, ANSWERED, DECLINED, WITHDRAWN = "waiting", "answered", "declined", "withdrawn"

_AFRESH = {"populate_existing": True}
"""Rows are written by statements here, which leaves what a session holds as it was."""


class Question(SQLModel, table=True):
    """What somebody asks a leader, once they sent it.

    key: what messages about it are named by where its number would tell who asked. asker_id: who, None once they were
    erased. named: whether anybody but the bot may know. text: as they wrote it. shared: they let these words be
    published with the answer.
    joined_to: the question it is answered together with, which itself is joined to none.
    draft: an answer that the office prepared, by draft_by_id; draft_version: one more for each. reminded: how many
    times the office was reminded. lost_at: when it was told that the leader is none any more.
    announcement_id: under which it was asked. platform: where; room: of the thread, when in one that others see.
    thread: the name of the promise whose thread it is, "" for none.
    """

    __tablename__ = "question"
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(default_factory=lambda: secrets.token_hex(8))
    asker_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    leader_id: int = Field(foreign_key="person.id", index=True)
    named: bool
    text: str
    shared: bool = False
    state: str = Field(default=WAITING, index=True)
    joined_to: int | None = Field(default=None, index=True)
    draft: str = ""
    draft_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    draft_version: int = 0
    reminded: int = 0
    lost_at: AwareDatetime | None = None
    announcement_id: int | None = Field(default=None, foreign_key="announcement.id", index=True)
    platform: str
    room: str = ""
    thread: str = ""
    asked_at: AwareDatetime
    closed_at: AwareDatetime | None = None


class Place(SQLModel, table=True):
    """A message under which people may ask whose it is: what a leader posted of an announcement in their own name.

    message: its external id. at: when it was noticed. In a room an announcement has one.
    """

    __tablename__ = "question_place"
    __table_args__ = (
        UniqueConstraint("platform", "room", "message"),
        UniqueConstraint("platform", "room", "announcement_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    platform: str
    room: str
    message: str
    announcement_id: int = Field(foreign_key="announcement.id", index=True)
    at: AwareDatetime


async def ask(session: AsyncSession, made: Question) -> Question:
    """Write a new one."""
    session.add(made)
    await session.flush()
    return made


async def get(session: AsyncSession, number: int) -> Question | None:
    """The question of that number."""
    found = await session.exec(select(Question).where(Question.id == number), execution_options=_AFRESH)
    return found.first()


async def waiting(session: AsyncSession, leaders: Collection[int] | None = None) -> list[Question]:
    """Those that wait, the oldest first. leaders: for these alone."""
    wanted = select(Question).where(Question.state == WAITING)
    if leaders is not None:
        wanted = wanted.where(col(Question.leader_id).in_(leaders))
    found = await session.exec(wanted.order_by(col(Question.asked_at), col(Question.id)), execution_options=_AFRESH)
    return list(found)


async def of_asker(session: AsyncSession, person: int) -> list[Question]:
    """What one person asked, the latest first."""
    wanted = select(Question).where(Question.asker_id == person).order_by(col(Question.id).desc())
    return list(await session.exec(wanted, execution_options=_AFRESH))


async def together(session: AsyncSession, question: Question) -> list[Question]:
    """Those that wait to be answered together with a question, itself among them, the oldest first."""
    root = question.joined_to or question.id
    group = or_(col(Question.id) == root, col(Question.joined_to) == root)
    wanted = select(Question).where(Question.state == WAITING, group).order_by(col(Question.id))
    return list(await session.exec(wanted, execution_options=_AFRESH))


async def join(session: AsyncSession, one: Question, other: Question) -> bool:
    """Let two questions be answered together, with all that each was to be answered with. False: they are already."""
    first, second = one.joined_to or one.id or 0, other.joined_to or other.id or 0
    root, more = min(first, second), max(first, second)
    if root == more:
        return False
    theirs = or_(col(Question.id) == more, col(Question.joined_to) == more)
    await session.exec(update(Question).where(theirs).values(joined_to=root))
    return True


async def part(session: AsyncSession, question: Question) -> bool:
    """Let a question be answered by itself. False: it is already."""
    rest = select(Question.id).where(Question.joined_to == question.id).order_by(col(Question.id))
    others = [each for each in await session.exec(rest) if each is not None]
    if question.joined_to is None and not others:
        return False
    if others:
        await session.exec(update(Question).where(col(Question.id).in_(others)).values(joined_to=others[0]))
        await session.exec(update(Question).where(col(Question.id) == others[0]).values(joined_to=None))
    await session.exec(update(Question).where(col(Question.id) == question.id).values(joined_to=None))
    return True


async def close(session: AsyncSession, number: int, state: str, now: datetime) -> bool:
    """Let a question that waits be over; what was prepared for it is forgotten. False: it does not wait any more."""
    over: dict[str, Any] = {"state": state, "closed_at": now, "draft": "", "draft_by_id": None}
    if state == WITHDRAWN:
        over["text"] = ""
    return await _change(session, number, **over)


async def prepare(session: AsyncSession, question: Question, text: str, by: int) -> bool:
    """Keep an answer that the office prepared. False: another one was meanwhile, or it does not wait any more."""
    seen, number = question.draft_version, question.id or 0
    return await _change(session, number, seen, draft=text, draft_by_id=by, draft_version=seen + 1)


async def pass_on(session: AsyncSession, number: int, leader: int) -> bool:
    """Let a question wait in another leader's office, by itself. False: it does not wait any more."""
    values: dict[str, Any] = {
        "leader_id": leader,
        "reminded": 0,
        "lost_at": None,
        "draft": "",
        "draft_by_id": None,
        "joined_to": None,
    }
    return await _change(session, number, **values)


async def remind(session: AsyncSession, question: Question, step: int) -> bool:
    """Write that the office is reminded for that time. False: somebody else did."""
    mine = (col(Question.id) == question.id, col(Question.state) == WAITING, col(Question.reminded) < step)
    return bool((await session.exec(update(Question).where(*mine).values(reminded=step))).rowcount)


async def lose(session: AsyncSession, question: Question, now: datetime) -> bool:
    """Write that the office is told that its leader is none any more. False: it was."""
    mine = (col(Question.id) == question.id, col(Question.state) == WAITING, col(Question.lost_at).is_(None))
    return bool((await session.exec(update(Question).where(*mine).values(lost_at=now))).rowcount)


async def _change(session: AsyncSession, number: int, version: int | None = None, **values: Any) -> bool:
    mine = [col(Question.id) == number, col(Question.state) == WAITING]
    if version is not None:
        mine.append(col(Question.draft_version) == version)
    return bool((await session.exec(update(Question).where(*mine).values(**values))).rowcount)


def published(question: Question) -> str:
    """The batch of the messages by which its words stand below an announcement."""
    return f"question:{question.key}:public"


async def share(session: AsyncSession, number: int, *, shared: bool) -> None:
    """Write whether its author lets its words be published."""
    await session.exec(update(Question).where(col(Question.id) == number).values(shared=shared))


async def shown(session: AsyncSession, batch: str) -> list[Promise]:
    """The messages of a batch that were planned, to be changed later."""
    wanted = select(Promise).where(Promise.batch == batch, Promise.op == "post").order_by(col(Promise.id))
    return list(await session.exec(wanted))


async def shared(session: AsyncSession, before: datetime) -> list[Question]:
    """Those that were over before an instant, and whose words their authors let be published."""
    over = select(Question).where(col(Question.closed_at) < before, col(Question.shared).is_(True))
    return list(await session.exec(over))


async def forget(session: AsyncSession, before: datetime) -> None:
    """Delete those that were over before an instant, and places that were noticed before it."""
    await session.exec(delete(Question).where(col(Question.closed_at) < before))
    await session.exec(delete(Place).where(col(Place.at) < before))


async def counts(session: AsyncSession) -> Mapping[str, int]:
    """How many questions there are in each state."""
    found = await session.exec(select(Question.state, func.count()).group_by(Question.state))
    return dict(found.all())


# ---------------------------------------------------------------- where people ask


async def posted(session: AsyncSession, since: datetime) -> list[Announcement]:
    """Announcements that their speakers post themselves, of which it was time to from an instant on."""
    wanted = select(Announcement).where(col(Announcement.own_name).is_(True), col(Announcement.begun_at) >= since)
    return list(await session.exec(wanted.where(col(Announcement.state).in_(launch.BEGUN))))


async def own_posts(session: AsyncSession) -> bool:
    """Whether there is an announcement that its speaker posts, or posted."""
    wanted = select(Announcement.id).where(col(Announcement.own_name).is_(True))
    return (await session.exec(wanted.where(col(Announcement.state).in_(launch.BEGUN)).limit(1))).first() is not None


async def place(session: AsyncSession, platform: str, room: str, message: str, about: int, now: datetime) -> None:
    """Write that people may ask under a message. about: the announcement; it stays where it has a message already."""
    values = {"platform": platform, "room": room, "message": message, "announcement_id": about, "at": now}
    new = insert(session, Place.__table__).values(values)  # type: ignore[attr-defined]
    await session.exec(new.on_conflict_do_nothing())


async def point(session: AsyncSession, platform: str, room: str, message: str, about: int, now: datetime) -> None:
    """As `place`, and instead of what was taken for it in that room."""
    here = (col(Place.platform) == platform, col(Place.room) == room)
    other = or_(col(Place.announcement_id) == about, col(Place.message) == message)
    await session.exec(delete(Place).where(*here, other))
    await place(session, platform, room, message, about, now)


async def places(session: AsyncSession, rooms: Collection[tuple[str, str]]) -> list[Place]:
    """Those in some rooms (platform, external id)."""
    found = await session.exec(select(Place).where(col(Place.room).in_({room for _, room in rooms})))
    return [each for each in found if (each.platform, each.room) in rooms]


async def places_of(session: AsyncSession, about: int) -> list[Place]:
    """Those of one announcement."""
    return list(await session.exec(select(Place).where(Place.announcement_id == about).order_by(col(Place.id))))
