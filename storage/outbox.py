"""Promises: what must be said, and every attempt at saying it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import ColumnElement, Index, UniqueConstraint, and_, case, func, or_, text, update
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import people
from storage.database import insert, news
from storage.partial import partial

HELD, HELD_FOR, HELD_LONGEST = "held", timedelta(minutes=10), timedelta(days=7)
"""Why a promise waits whose kind may not be sent now; until it is looked at again; after how long it is dropped."""

_LIVE = "state IN ('todo', 'going')"
_LATER = "state = 'later'"
_TAKEN = "media <> '' AND state = 'sent'"
_UNSENT = "state IN ('todo', 'later')"


class Promise(SQLModel, table=True):
    """One thing that must be said or done once. name: unique, and the platform's idempotency key.

    state: "later" (not before `due`), "todo", "going", "sent", "dead" (see error), "cancelled", "dropped" (too late).
    op: "post", "edit", "delete", "pin"; of: the name of the promise it acts on; reply_to: whose thread it joins, or
    ">" and the external id of a message that somebody wrote.
    person_id or room: where it goes. platform: which one ("" until chosen, for a person). lane: what keeps its order.
    body: a `bot.say.Say` as JSON, emptied once sent. external_id, external_room: what the platform called it.
    due: when it has its turn. not_before: as whoever planned it asked, which a wait for anything else leaves alone.
    media: the platforms by which it may reach its person, in order, those that failed left out ("mail acme"); "" is the
    accounts of theirs that are members, and no other.
    """

    __tablename__ = "promise"
    __table_args__ = (
        partial("ix_promise_turn", "platform", "priority", "id", where=_LIVE),
        partial("ix_promise_lane", "lane", "priority", "id", where=_LIVE),
        partial("ix_promise_of", "of", where=_UNSENT),
        partial("ix_promise_due", "platform", "due", where=_LATER),
        partial("ix_promise_taken", "external_id", where=_TAKEN),
        Index("ix_promise_batch", "batch"),
    )
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    platform: str
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    room: str = ""
    lane: str
    op: str = "post"
    of: str = ""
    reply_to: str = ""
    batch: str = ""
    kind: str
    reason: str = ""
    language: str = ""
    asks: bool = False
    priority: int
    body: str
    state: str = "todo"
    tries: int = 0
    error: str = ""
    due: AwareDatetime
    not_before: AwareDatetime | None = None
    not_after: AwareDatetime | None = None
    created_at: AwareDatetime
    sent_at: AwareDatetime | None = None
    external_id: str = ""
    external_room: str = ""
    media: str = Field(default="", sa_column_kwargs={"server_default": text("''")})


class Attempt(SQLModel, table=True):
    """One try at keeping a promise, written before the call is made.

    outcome: "" (unknown), "sent", "found", "bounced" (taken, and returned later), or a code.
    """

    __tablename__ = "attempt"
    id: int | None = Field(default=None, primary_key=True)
    promise_id: int = Field(foreign_key="promise.id", index=True)
    platform: str
    started_at: AwareDatetime
    ended_at: AwareDatetime | None = None
    outcome: str = ""
    external_id: str = ""


class Duty(SQLModel, table=True):
    """A duty that one process holds at a time, such as sending to one platform.

    token: raised each time it changes hands; every write of the holder names it. paused: nothing of it is done before.
    locked: why the platform lets the bot do nothing ("" while it does), since `locked_at`.
    """

    __tablename__ = "duty"
    name: str = Field(primary_key=True)
    holder: str = ""
    token: int = 0
    until: AwareDatetime | None = None
    paused: AwareDatetime | None = None
    locked: str = ""
    locked_at: AwareDatetime | None = None


class Running(SQLModel, table=True):
    """A sequence of steps under way. state: what the steps know, as JSON. phase: "running", "done", "refused"."""

    __tablename__ = "sequence"
    __table_args__ = (UniqueConstraint("name"),)
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    name: str
    platform: str
    step: int = 0
    state: str
    phase: str = "running"
    tries: int = 0
    error: str = ""
    due: AwareDatetime
    created_at: AwareDatetime


_PLAIN = {"synchronize_session": False}
SILENCE = "parvis.silence"
"""The kind of contact by which the bot says, once, that it falls silent; it is nobody's affair but the person's."""
NOT_NOW = "not_now"
"""What `error` says of a promise that waits, or was dropped, for a reason that is, or could be, the person's own."""
WAITING = ("later", "todo")
"""States in which nothing was said yet, and a promise may still be changed or cancelled."""
OPENING = "opening"
"""Why a promise waits for its turn to have a direct room opened."""
REFUSED = "refused"
"""How the reason begins of what one medium refused for good, while there is another; and of what none took."""
HUSH = "hush"
"""Why it waits for somebody to confirm it: a hush was declared after they signed it."""
PAUSED = "paused"
"""Why it waits for its batch to be resumed."""
NEVER = datetime(9000, 1, 1, tzinfo=UTC)
"""When what waits for people, and for no time, is due."""
RECALL, CORRECT = "recall:", "correct:"
"""How the batch begins of what takes back, or corrects, another batch; and the names of its promises."""
BEHIND = "behind"
"""Why it waits for a moment: what it belongs to has its turn first."""
MAY_HAVE = ("", "sent", "found")
"""Outcomes of attempts that reached people, or may have: that of the first is not known."""
CANCELLED = "cancelled"
"""What `error` says of a promise that was cancelled while a sender had it in hand."""
RECALLED = "recalled"
"""The same of one that was recalled: it may have been said already, and is then taken back."""

REPLACED = "replaced"
"""What `error` says of a removal that was done another way: the message says by now that it was taken back."""

TELLABLE = (col(Promise.error) != NOT_NOW, col(Promise.kind) != SILENCE)
"""What a person wishes, and whether they answer, is no business of who looks at the outbox: not even as a number."""


def _is_asked(asked: Collection[str]) -> ColumnElement[bool]:
    """Whether it goes to a room, or to a person who asked for it. asked: kinds that are no contacts of the bot's own
    accord: how many of those wait tells how many people want none of them.
    """
    return or_(col(Promise.person_id).is_(None), col(Promise.kind).in_(asked))


def beyond(media: str, platform: str) -> str:
    """The media that are left when this platform failed; "" for none. Those before it failed, or reach nobody."""
    names = media.split()
    return " ".join(names[names.index(platform) + 1 :]) if platform in names else ""


def lane_of(platform: str, person_id: int | None, room: str) -> str:
    """What keeps its order: what goes to one person, or to one room, of a platform."""
    return f"{platform}:{room}" if person_id is None else f"{platform}:person:{person_id}"


async def plan(session: AsyncSession, row: Mapping[str, Any]) -> bool:
    """Write a promise. row: columns of `Promise`. False: one of that name is there already, and stays as it is."""
    statement = insert(session, Promise.__table__).values(**row)  # type: ignore[attr-defined]
    planned = await session.exec(statement.on_conflict_do_nothing(index_elements=["name"]).returning(text("id")))
    news(session)
    return planned.first() is not None


async def named(session: AsyncSession, names: Collection[str]) -> dict[str, Promise]:
    """Promises by their names."""
    wanted = {name for name in names if name}
    if not wanted:
        return {}
    found = await session.exec(
        select(Promise).where(col(Promise.name).in_(wanted)), execution_options={"populate_existing": True}
    )
    return {promise.name: promise for promise in found}


async def said_to(session: AsyncSession, person: int, message: str) -> Promise | None:
    """What the bot said to somebody in a message of their direct room. message: its external id."""
    wanted = select(Promise).where(Promise.person_id == person, Promise.external_id == message)
    return (await session.exec(wanted.order_by(col(Promise.id)))).first()


async def kept(session: AsyncSession, batches: Collection[str]) -> set[str]:
    """Those of these batches of which something is to be said, was said, or could not be: not all was dropped."""
    mine = select(Promise.batch).where(col(Promise.batch).in_(batches))
    return set(await session.exec(mine.where(col(Promise.state).not_in(["dropped", "cancelled"])).distinct()))


async def reword(session: AsyncSession, name: str, body: str) -> bool:
    """Change what a promise says, when no attempt at it was made yet, or it is dead. False: too late for that."""
    untried = and_(col(Promise.state).in_(WAITING), col(Promise.tries) == 0)
    statement = update(Promise).where(col(Promise.name) == name, or_(untried, col(Promise.state) == "dead"))
    return bool((await session.exec(statement.values(body=body), execution_options=_PLAIN)).rowcount)


async def supersede(session: AsyncSession, of: str, before: str) -> None:
    """Drop the edits of a message that were not tried yet: the one named `before` says what it comes to."""
    earlier = _unsent(Promise.tries == 0, Promise.op == "edit", Promise.name != before, of=of)
    await session.exec(earlier.values(state="dropped", error="superseded", body="{}"), execution_options=_PLAIN)


async def withdraw(session: AsyncSession, name: str) -> bool:
    """Cancel a promise that no attempt was made at yet. False: too late for that."""
    statement = _unsent(Promise.tries == 0, name=name).values(state="cancelled", body="{}")
    return bool((await session.exec(statement, execution_options=_PLAIN)).rowcount)


async def close(session: AsyncSession, name: str, reason: str) -> None:
    """Drop a promise that became needless before it was tried."""
    statement = _unsent(name=name).values(state="dropped", error=reason, body="{}")
    await session.exec(statement, execution_options=_PLAIN)


async def cancel(session: AsyncSession, *, batch: str = "", name: str = "") -> int:
    """Cancel what is not sent yet, of a batch or of one name; return how many will surely not be said.

    What a sender has in hand is marked: it leaves out what it has not begun to say.
    """
    which = ({"batch": batch} if batch else {}) | ({"name": name} if name else {})
    if not which:
        return 0
    unsaid = _unsent(**which).values(state="cancelled", body="{}")
    done = int((await session.exec(unsaid, execution_options=_PLAIN)).rowcount)
    marked = _all(col(Promise.state) == "going", **which).values(error=CANCELLED)
    await session.exec(marked, execution_options=_PLAIN)
    # Another process may have taken some in hand, or given some back, between the two.
    said = _all(col(Promise.state) == "sent", col(Promise.body) != "{}", **which)  # it goes to no other medium
    await session.exec(said.values(body="{}"), execution_options=_PLAIN)
    return done + int((await session.exec(unsaid, execution_options=_PLAIN)).rowcount)


async def say_now(session: AsyncSession, name: str, now: datetime) -> None:
    """Have what waits for its hour said at once, as an answer: whom it is for has just spoken."""
    statement = _unsent(name=name).values(state="todo", due=now, kind="answer")
    await session.exec(statement, execution_options=_PLAIN)


async def by_platform(session: AsyncSession, batch: str) -> dict[tuple[str, str], int]:
    """(platform, state) -> how many promises of the batch; what is a person's own affair left out. "" is no platform.

    Whoever knows how many people there are can work out from all of these how many are left out: that is told from five
    up.
    """
    grouped = select(Promise.platform, Promise.state, func.count()).where(Promise.batch == batch, *TELLABLE)
    counted = await session.exec(grouped.group_by(Promise.platform, Promise.state))
    return {(platform, state): number for platform, state, number in counted}


async def progress(session: AsyncSession, batch: str) -> dict[str, int]:
    """State -> how many promises of the batch are in it; what is a person's own affair left out."""
    counted = await session.exec(
        select(Promise.state, func.count()).where(Promise.batch == batch, *TELLABLE).group_by(Promise.state)
    )
    return dict(counted.all())


async def status(session: AsyncSession, asked: Collection[str]) -> dict[tuple[str, str], int]:
    """(platform, state) -> how many promises, for every state but "sent"; what is a person's own affair left out.

    asked: kinds that are not said unasked; of all others, only that something of them is dead counts, once a kind.
    """
    counted = await session.exec(
        select(Promise.platform, Promise.state, func.count())
        .where(Promise.state != "sent", _is_asked(asked), *TELLABLE)
        .group_by(Promise.platform, Promise.state)
    )
    found = {(platform, state): number for platform, state, number in counted}
    unasked = await session.exec(
        select(Promise.platform, func.count(col(Promise.kind).distinct()))
        .where(Promise.state == "dead", ~_is_asked(asked), *TELLABLE)
        .group_by(Promise.platform)
    )
    for platform, kinds in unasked:
        found[platform, "dead"] = found.get((platform, "dead"), 0) + kinds
    return found


async def waiting(session: AsyncSession, limit: int, asked: Collection[str]) -> list[Promise]:
    """What is not said yet: what is in hand, then what is next; what is a person's own affair left out.

    asked: as of `status`.
    """
    when = case({"going": 0, "todo": 1}, value=Promise.state, else_=2)
    found = await session.exec(
        select(Promise)
        .where(or_(text(_LIVE), text(_LATER)), _is_asked(asked), *TELLABLE)
        .order_by(when, col(Promise.due), col(Promise.priority), col(Promise.id))
        .limit(limit)
    )
    return list(found)


async def dead(session: AsyncSession, limit: int = 1000) -> list[Promise]:
    """What could not be said, oldest first; `error` says why."""
    dead = select(Promise).where(Promise.state == "dead", *TELLABLE).order_by(col(Promise.id))
    return list(await session.exec(dead.limit(limit)))


async def retry(session: AsyncSession, name: str, now: datetime) -> bool:
    """Try a dead promise again. False: it is not dead, its words are forgotten, or there is no account to send it to.

    Not as if for the first time: what it was tried before may have reached people, and is looked for.
    """
    promise = (await named(session, [name])).get(name)
    if promise is None or promise.state != "dead" or (promise.op in {"post", "edit"} and promise.body == "{}"):
        return False
    platform, lane = promise.platform, promise.lane
    if not platform and promise.person_id is not None:
        addresses = await people.addresses(session, promise.person_id, promise.media.split())
        accounts = addresses or await people.accounts(session, promise.person_id)
        if not accounts:
            return False
        platform = accounts[0].platform
        lane = lane_of(platform, promise.person_id, promise.room)
    statement = update(Promise).where(col(Promise.name) == name, col(Promise.state) == "dead")
    values = {"state": "todo", "tries": 1, "error": "", "due": now, "platform": platform, "lane": lane}
    moved = await session.exec(statement.values(**values), execution_options=_PLAIN)
    return bool(moved.rowcount)


async def is_sending(session: AsyncSession, platform: str) -> bool:
    """Whether a platform is being sent something that names its media."""
    going = select(Promise.id).where(text(_LIVE), Promise.platform == platform, Promise.media != "")
    return (await session.exec(going.where(Promise.state == "going").limit(1))).first() is not None


async def returned(session: AsyncSession, platform: str, posted: str, code: str, now: datetime) -> tuple[str, str]:
    """Write that what was said did not arrive, once; it goes on to the next medium, or is dead. posted: external id.

    Returns the promise's name, and where it was sent; "" where there is none, or it is not (any longer) taken for sent.
    """
    taken = select(Promise).where(text(_TAKEN), Promise.external_id == posted, Promise.platform == platform)
    promise = (await session.exec(taken.with_for_update(), execution_options={"populate_existing": True})).first()
    if promise is None:
        return "", ""
    room = promise.external_room
    recall = await named(session, [RECALL + promise.name])
    left = beyond(promise.media, platform) if promise.body != "{}" and not recall else ""
    becomes = {"external_id": "", "external_room": "", "sent_at": None, "due": now, "tries": 0}
    if left and promise.error == PAUSED:
        becomes |= {"state": "later", "media": left, "error": PAUSED, "due": NEVER}
    elif left:
        becomes |= {"state": "todo", "media": left, "error": f"{REFUSED}:bounced"}
    else:
        becomes |= {"state": "dead", "error": f"bounced:{code}", "tries": promise.tries}
    mine = (col(Promise.id) == promise.id, col(Promise.state) == "sent")
    moved = await session.exec(update(Promise).where(*mine).values(**becomes), execution_options=_PLAIN)
    if not moved.rowcount:
        return "", ""
    tried = (col(Attempt.promise_id) == promise.id, col(Attempt.outcome).in_(MAY_HAVE))
    await session.exec(update(Attempt).where(*tried).values(outcome="bounced"), execution_options=_PLAIN)
    news(session)
    return promise.name, room


@dataclass(frozen=True, slots=True)
class Failure:
    """One of a batch that could not be said. platform: the last one tried. error: why, as a code."""

    name: str
    person: int | None
    platform: str
    error: str


async def failures(session: AsyncSession, batch: str, limit: int, after: str = "") -> list[Failure]:
    """What could not be said of a batch, by name. after: the last name of the part before."""
    columns: tuple[Any, ...] = (Promise.name, Promise.person_id, Promise.platform, Promise.error)
    dead = select(*columns).where(Promise.batch == batch, Promise.state == "dead", *TELLABLE)
    found = await session.exec(dead.where(col(Promise.name) > after).order_by(col(Promise.name)).limit(limit))
    return [Failure(*each) for each in found]


async def retry_all(session: AsyncSession, batch: str, now: datetime) -> int:
    """Try all again that could not be said of a batch, as `retry`; return how many."""
    after, done = "", 0
    while part := await failures(session, batch, 500, after):
        done += sum([await retry(session, each.name, now) for each in part])
        after = part[-1].name
    return done


async def drop(session: AsyncSession, name: str) -> bool:
    """Give a dead promise up. False: it is not dead."""
    statement = update(Promise).where(col(Promise.name) == name, col(Promise.state) == "dead")
    moved = await session.exec(statement.values(state="dropped", body="{}"), execution_options=_PLAIN)
    return bool(moved.rowcount)


def _unsent(*also: Any, **equal: str) -> Any:
    """An UPDATE of promises that wait, the state in words that the partial indexes know."""
    return _all(text(_UNSENT), *also, **equal)


def _all(*also: Any, **equal: str) -> Any:
    return update(Promise).where(*also, *(col(getattr(Promise, key)) == each for key, each in equal.items()))
