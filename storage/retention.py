"""When what is held is forgotten: one clock for each table that keeps something for a time (`storage.held`).

What is handed to a capability for a purpose of its own, it forgets itself (`bot.nudge.Nudge.forgets`).
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, delete, func, literal, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import counts, events, launching
from storage.acts import Act
from storage.audit import Entry as Decision
from storage.audit import Erasable
from storage.dialogues import Dialogue
from storage.events import Recorded
from storage.launch import Announcement
from storage.outbox import Attempt, Promise, Running
from storage.requests import AT_ONCE, Card
from storage.roster import Entry, Named, Pushed
from storage.strays import Once
from storage.visits import Visit

UNTRACED = "untraced:"
"""How the names of messages begin of which nothing stays once they were said: the last words to somebody who was
erased, and answers to who is no member.
"""

LEFT = "left:"
"""How the key of a line of the roster begins of which nothing is left but that its person is not here any more."""

_EMPTY: dict[str, Any] = {
    **dict.fromkeys(("email", "name", "department", "job", "manager", "language", "zone", "country", "days"), ""),
    "away": "[]",
    "accounts": "{}",
    "more": "{}",
    "key": literal(LEFT) + cast(col(Entry.id), String),
}

OVER = ("sent", "dead", "cancelled", "dropped")
"""States of a promise from which nothing more comes of it by itself."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What is forgotten of one table, and when. setting: how many days (`bot.config.settings.Retention`).

    forget: `async (session, before, limit) -> how many rows`.
    """

    table: str
    setting: str
    forget: Callable[[AsyncSession, datetime, int], Awaitable[int]]


async def run(session: AsyncSession, now: datetime, days: Mapping[str, int], limit: int = 1_000_000) -> int:
    """Let every clock strike. days: setting -> days. limit: rows of a table, at most.

    Returns how many rows of the table with the most were forgotten.
    """
    most = await _last_words(session)
    for clock in CLOCKS:
        most = max(most, await clock.forget(session, now - timedelta(days=days[clock.setting]), limit))
    return most


async def _parked(session: AsyncSession, before: datetime, limit: int) -> int:
    """Empty what waited for an administrator; the rows stay, and say what became. They cannot be handled any more."""
    parked = (
        col(Recorded.state) == "parked",
        col(Recorded.handled_at) < before,
        or_(col(Recorded.body) != "{}", col(Recorded.kind) != ""),
    )
    return await _empty(
        session, Recorded, parked, limit, {"body": "{}", "kind": "", "lane_person": "", "lane_room": ""}
    )


async def _parked_long(session: AsyncSession, before: datetime, limit: int) -> int:
    """Forget what was parked and emptied; and what came so long ago."""
    emptied = (col(Recorded.state) == "parked", col(Recorded.body) == "{}", col(Recorded.kind) == "")
    return await _delete(session, Recorded, (*emptied, col(Recorded.handled_at) < before), limit)


async def _unsaid(session: AsyncSession, before: datetime, limit: int) -> int:
    """Empty what was not said, nor will be: dead promises can then no longer be sent again."""
    over = (
        col(Promise.state).in_(["dead", "cancelled", "dropped"]),
        col(Promise.created_at) < before,
        col(Promise.body) != "{}",
    )
    return await _empty(session, Promise, over, limit, {"body": "{}"})


async def _arrived(session: AsyncSession, before: datetime, limit: int) -> int:
    """Empty what another medium would have said, had it come back: by now it would have."""
    there = (
        col(Promise.state) == "sent",
        col(Promise.media) != "",
        col(Promise.sent_at) < before,
        col(Promise.body) != "{}",
    )
    return await _empty(session, Promise, there, limit, {"body": "{}"})


async def _ended(session: AsyncSession, before: datetime, limit: int) -> int:
    """Empty what sequences that are over knew: refused ones can then no longer be gone on with."""
    ended = (
        col(Running.phase).in_(["done", "refused"]),
        col(Running.created_at) < before,
        col(Running.state) != "{}",
    )
    return await _empty(session, Running, ended, limit, {"state": "{}"})


async def _steps_done(session: AsyncSession, before: datetime, limit: int) -> int:
    """Forget sequences that are over and emptied, but the last of each kind: how it ended tells `parvis doctor`."""
    over = (
        col(Running.phase).in_(["done", "refused"]),
        col(Running.created_at) < before,
        col(Running.state) == "{}",
    )
    last = select(func.max(Running.id)).where(col(Running.phase) != "running").group_by(Running.platform, Running.kind)
    return await _delete(session, Running, (*over, col(Running.id).not_in(last)), limit)


async def _said(session: AsyncSession, before: datetime, limit: int) -> int:
    """Forget messages, but those that something still refers to: a card that is edited, an answer that waits, an
    announcement on its way, which whoever had it would be sent again when it goes on.
    """
    unsent = col(Promise.state).not_in(OVER)
    spared = (
        select(Card.promise).where(Card.promise != ""),
        select(Promise.of).where(unsent, Promise.of != ""),
        select(Promise.reply_to).where(unsent, Promise.reply_to != ""),
    )
    under_way = select(literal(launching.BATCH) + cast(col(Announcement.id), String)).where(
        col(Announcement.state).in_(launching.UNDER_WAY)
    )
    old = (
        col(Promise.state).in_(OVER),
        col(Promise.created_at) < before,
        *(col(Promise.name).not_in(names) for names in spared),
        col(Promise.batch).not_in(under_way),
    )
    return await _delete_promises(session, old, limit)


async def _last_words(session: AsyncSession) -> int:
    """What leaves no trace was said: that it was is forgotten at once."""
    told = (col(Promise.name).startswith(UNTRACED), col(Promise.state).in_(OVER))
    return await _delete_promises(session, told, AT_ONCE)


async def _delete_promises(session: AsyncSession, where: tuple[ColumnElement[bool], ...], limit: int) -> int:
    found = list(await session.exec(select(Promise.id).where(*where).order_by(col(Promise.id)).limit(limit)))
    for at in range(0, len(found), AT_ONCE):
        some = found[at : at + AT_ONCE]
        await session.exec(delete(Attempt).where(col(Attempt.promise_id).in_(some)))
        await session.exec(delete(Promise).where(col(Promise.id).in_(some)))
    return len(found)


async def _dialogues(session: AsyncSession, before: datetime, limit: int) -> int:
    over = (col(Dialogue.state).in_(["done", "cancelled", "expired"]), col(Dialogue.expires_at) < before)
    return await _delete(session, Dialogue, over, limit)


async def _left(session: AsyncSession, before: datetime, limit: int) -> int:
    """Forget the lines of those who left. While they have an account, that they left is all that stays of a line: they
    would be written to again.
    """
    old = (col(Entry.state) == "left", col(Entry.left_at) < before, ~col(Entry.key).startswith(LEFT))
    found = await session.exec(select(Entry.id, Entry.person_id).where(*old).order_by(col(Entry.id)).limit(limit))
    lines = {line: person is not None for line, person in found}
    for at in range(0, len(lines), AT_ONCE):
        some = list(lines)[at : at + AT_ONCE]
        for part in (Named, Pushed):
            await session.exec(delete(part).where(col(part.entry_id).in_(some)))
        mine = col(Entry.id).in_([each for each in some if lines[each]])
        await session.exec(update(Entry).where(mine).values(_EMPTY), execution_options={"synchronize_session": False})
        await session.exec(delete(Entry).where(col(Entry.id).in_([each for each in some if not lines[each]])))
    return len(lines)


async def _visits(session: AsyncSession, before: datetime, limit: int) -> int:
    return await _delete(session, Visit, (col(Visit.until) < before,), limit)


async def _acts(session: AsyncSession, before: datetime, limit: int) -> int:
    return await _delete(session, Act, (col(Act.until) < before,), limit)


async def _once(session: AsyncSession, before: datetime, limit: int) -> int:
    found = select(Once.name).where(col(Once.at) < before).limit(limit)
    return int((await session.exec(delete(Once).where(col(Once.name).in_(found)))).rowcount)


async def _trail(session: AsyncSession, before: datetime, limit: int) -> int:
    """Destroy names and reasons of old entries: the chain stays whole."""
    old = select(Decision.actor).where(Decision.actor != "", col(Decision.at) < before)
    why = select(Decision.reason).where(Decision.reason != "", col(Decision.at) < before)
    where = or_(col(Erasable.digest).in_(old), col(Erasable.digest).in_(why))
    found = select(Erasable.digest).where(where).limit(limit)
    return int((await session.exec(delete(Erasable).where(col(Erasable.digest).in_(found)))).rowcount)


CLOCKS = (
    Clock("event", "retention.handled", events.purge),
    Clock("event", "retention.unhandled", _parked),
    Clock("event", "retention.sent", _parked_long),
    Clock("promise", "retention.unhandled", _unsaid),
    Clock("promise", "retention.handled", _arrived),
    Clock("promise", "retention.sent", _said),
    Clock("sequence", "retention.unhandled", _ended),
    Clock("sequence", "retention.handled", _steps_done),
    Clock("contact", "retention.contacts", counts.before),
    Clock("dialogue", "retention.dialogues", _dialogues),
    Clock("roster", "retention.left", _left),
    Clock("audit_text", "retention.trail", _trail),
    Clock("once", "retention.sent", _once),
    Clock("visit", "retention.visits", _visits),
    Clock("act", "retention.visits", _acts),
)


async def _empty(
    session: AsyncSession, row: Any, where: tuple[ColumnElement[bool], ...], limit: int, values: dict[str, str]
) -> int:
    found = select(row.id).where(*where).limit(limit)
    emptied = update(row).where(col(row.id).in_(found)).values(**values)
    return int((await session.exec(emptied, execution_options={"synchronize_session": False})).rowcount)


async def _delete(session: AsyncSession, row: Any, where: tuple[ColumnElement[bool], ...], limit: int) -> int:
    found = select(row.id).where(and_(*where)).limit(limit)
    return int((await session.exec(delete(row).where(col(row.id).in_(found)))).rowcount)
