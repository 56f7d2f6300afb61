"""What a sender asks of the promises of its platform: whose turn it is, what was tried, what became of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, literal_column, or_, tuple_, update
from sqlalchemy import insert as insert_into
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.outbox import CANCELLED, MAY_HAVE, NEVER, PAUSED, RECALLED, WAITING, Attempt, Promise
from storage.people import LAST_USED, Account, Person
from storage.roster import Entry
from storage.wishes import hush_since, hush_until

_PLAIN = {"synchronize_session": False}
_AT_ONCE = 5_000  # what falls due in one transaction, whose time is short
# Literals, not parameters: a partial index serves only a query that says what the index says.
_TODO: ColumnElement[str] = literal_column("'todo'")
_GOING: ColumnElement[str] = literal_column("'going'")
_LATER: ColumnElement[str] = literal_column("'later'")


def _live(row: Any) -> ColumnElement[bool]:
    live: ColumnElement[bool] = col(row.state).in_([_TODO, _GOING])
    return live


# Statements of every round are put together once: that costs more than running them.
def _due(state: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    return (col(Promise.platform) == bindparam("platform"), state, col(Promise.due) <= bindparam("now"))


_ANY_DUE = select(or_(exists().where(*_due(_live(Promise))), exists().where(*_due(col(Promise.state) == _LATER))))


async def is_anything_due(session: AsyncSession, platform: str, now: datetime) -> bool:
    """Whether a sender would find something to do; reads only."""
    return bool((await session.exec(_ANY_DUE, params={"platform": platform, "now": now})).one())


async def take_back(session: AsyncSession, platform: str, *, but: Collection[int] = ()) -> int:
    """Put what a lost sender had in hand back in line, and return how much that was; what was cancelled is over, and
    what was paused waits.

    but: promises left as they are.
    """
    statement = update(Promise).where(col(Promise.platform) == platform, _live(Promise), col(Promise.state) == _GOING)
    if but:
        statement = statement.where(col(Promise.id).not_in(but))
    over = statement.where(col(Promise.error) == CANCELLED).values(state="cancelled", body="{}")
    await session.exec(over, execution_options=_PLAIN)
    waits = statement.where(col(Promise.error) == PAUSED).values(state="later", due=NEVER)
    await session.exec(waits, execution_options=_PLAIN)
    return int((await session.exec(statement.values(state="todo"), execution_options=_PLAIN)).rowcount)


async def posted(session: AsyncSession, platform: str, since: datetime, limit: int) -> list[tuple[str, datetime]]:
    """(lane, when) of the messages that a platform was sent, or may have been, since then; the oldest first."""
    at = func.coalesce(Attempt.ended_at, Attempt.started_at)
    # Attempts are many and have no index by time: the last ones, some of which were of other platforms or failed.
    late = select(func.max(Attempt.id) - 4 * limit).scalar_subquery()
    found = await session.exec(
        select(Promise.lane, Attempt.ended_at, Attempt.started_at)
        .join(Promise, col(Promise.id) == col(Attempt.promise_id))
        .where(
            col(Attempt.id) > late,
            col(Attempt.platform) == platform,
            col(Attempt.outcome).in_(MAY_HAVE),
            Promise.op == "post",
            at > since,
        )
        .order_by(col(Attempt.id).desc())
        .limit(limit)
    )
    return sorted(((lane, ended or started) for lane, ended, started in found), key=lambda one: one[1])


async def booked(session: AsyncSession, platform: str, error: str) -> list[tuple[int, datetime]]:
    """(priority, the last time) of what waits for its turn. error: why it waits."""
    found = await session.exec(
        select(Promise.priority, func.max(Promise.due))
        .where(col(Promise.platform) == platform, col(Promise.state) == _LATER, Promise.error == error)
        .group_by(col(Promise.priority))
    )
    return [(priority, last) for priority, last in found]


async def fall_due(session: AsyncSession, platform: str, now: datetime) -> None:
    """Put in line what was to be said later, and is due now: what is first due first, and the rest at the next look."""
    due = (col(Promise.platform) == platform, col(Promise.state) == _LATER, col(Promise.due) <= now)
    first = select(Promise.id).where(*due).order_by(col(Promise.due), col(Promise.id)).limit(_AT_ONCE)
    statement = update(Promise).where(col(Promise.id).in_(first), col(Promise.state) == _LATER)
    await session.exec(statement.values(state="todo"), execution_options=_PLAIN)


def _heads() -> Any:
    ahead = aliased(Promise)
    before = exists().where(
        col(ahead.lane) == col(Promise.lane),
        _live(ahead),
        or_(
            col(ahead.state) == _GOING,
            tuple_(col(ahead.priority), col(ahead.id)) < tuple_(col(Promise.priority), col(Promise.id)),
        ),
    )
    return (
        select(Promise)
        .where(
            Promise.platform == bindparam("platform"),
            _live(Promise),
            col(Promise.state) == _TODO,
            col(Promise.due) <= bindparam("now"),
            ~before,
        )
        .order_by(col(Promise.priority), col(Promise.id))
        .limit(bindparam("limit"))
        .with_for_update(skip_locked=True, of=Promise)
    )


_HEADS = _heads()


async def heads(session: AsyncSession, platform: str, now: datetime, limit: int) -> list[Promise]:
    """What may be said next: the first of each lane, when it is due and nothing of the lane is in hand.

    In the order of priority, then of planning; within a lane too. A first one that is not due holds its lane.
    """
    given = {"platform": platform, "now": now, "limit": limit}
    return list(await session.exec(_HEADS, params=given, execution_options={"populate_existing": True}))


@cache
def _changed(columns: tuple[str, ...]) -> Any:
    statement = update(Promise.__table__).where(  # type: ignore[attr-defined]
        col(Promise.id) == bindparam("b_id"), col(Promise.state) == bindparam("b_was")
    )
    return statement.values({column: bindparam(f"b_{column}") for column in columns if column != "id"})


async def change(session: AsyncSession, rows: Sequence[Mapping[str, Any]], *, was: str) -> None:
    """Write what became of promises, those of them that are still in the state `was`.

    rows: "id" and columns of `Promise`, the same ones in each.
    """
    for columns, group in _by_columns(rows).items():
        values = [{f"b_{key}": value for key, value in row.items()} | {"b_was": was} for row in group]
        await session.exec(_changed(columns), params=values)


_TRY = insert_into(Attempt.__table__).returning(*(Attempt.__table__.c[name] for name in ("promise_id", "id")))  # type: ignore[attr-defined]


async def try_(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Write attempts, before the calls are made, and return promise id -> attempt id.

    rows: promise_id, platform, started_at.
    """
    if not rows:
        return {}
    blank = {"outcome": "", "external_id": "", "ended_at": None}
    return dict((await session.exec(_TRY, params=[blank | dict(row) for row in rows])).all())


_ENDED = ("ended_at", "outcome", "external_id")
_TRIED = (
    update(Attempt.__table__)  # type: ignore[attr-defined]
    # A database that came back without its last rows gives their ids anew: to attempts at something else.
    .where(col(Attempt.id) == bindparam("b_id"), col(Attempt.promise_id) == bindparam("b_promise_id"))
    .values({name: bindparam(f"b_{name}") for name in _ENDED})
)


async def tried(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write how attempts ended. rows: "id", "promise_id", "ended_at", "outcome", "external_id"."""
    if rows:
        keys = ("id", "promise_id", *_ENDED)
        await session.exec(_TRIED, params=[{f"b_{key}": row[key] for key in keys} for row in rows])


async def unwanted(session: AsyncSession, promises: Collection[int]) -> list[int]:
    """Those of these promises in hand that were cancelled, recalled or paused since they were claimed."""
    unsaid = and_(col(Promise.state) == "going", col(Promise.error).in_([CANCELLED, RECALLED, PAUSED]))
    statement = select(Promise.id).where(col(Promise.id).in_(promises), unsaid)
    return [each for each in await session.exec(statement) if each is not None]


async def spare(session: AsyncSession, promises: Collection[int]) -> None:
    """Of promises that were in hand and are not said yet, cancel those that were to be cancelled meanwhile."""
    statement = update(Promise).where(col(Promise.id).in_(promises), _cancelled())
    await session.exec(statement.values(state="cancelled", body="{}"), execution_options=_PLAIN)


async def marked(session: AsyncSession, promises: Collection[int]) -> dict[int, str]:
    """Those of these promises in hand that were cancelled, or whose batch was paused, since they were claimed -> which
    of both, as `Promise.error` has it.
    """
    if not promises:
        return {}
    which = (col(Promise.id).in_(promises), col(Promise.state) == "going", col(Promise.error).in_([CANCELLED, PAUSED]))
    return {each or 0: error for each, error in await session.exec(select(Promise.id, Promise.error).where(*which))}


async def hold(session: AsyncSession, promises: Mapping[int, str]) -> None:
    """Let what was in hand then be said by no other medium: not before it is resumed, or never. promises: as `marked`
    tells.
    """
    paused = [each for each, error in promises.items() if error == PAUSED]
    over = [each for each, error in promises.items() if error == CANCELLED]
    if paused:
        mine = update(Promise).where(col(Promise.id).in_(paused))
        waits = mine.where(col(Promise.state).in_(WAITING)).values(state="later", due=NEVER, error=PAUSED)
        await session.exec(waits, execution_options=_PLAIN)
        said = mine.where(col(Promise.state) == "sent", col(Promise.body) != "{}").values(error=PAUSED)
        await session.exec(said, execution_options=_PLAIN)
    if over:
        said = update(Promise).where(col(Promise.id).in_(over), col(Promise.state) == "sent").values(body="{}")
        await session.exec(said, execution_options=_PLAIN)


def _cancelled() -> ColumnElement[bool]:
    return and_(col(Promise.state) == "going", col(Promise.error) == CANCELLED)


async def attempts(session: AsyncSession, promises: Collection[int]) -> dict[int, list[Attempt]]:
    """Promise id -> the attempts at it that may have reached people, oldest first."""
    if not promises:
        return {}
    found = await session.exec(
        select(Attempt)
        .where(col(Attempt.promise_id).in_(promises), col(Attempt.outcome).in_(MAY_HAVE))
        .order_by(col(Attempt.id)),
        execution_options={"populate_existing": True},
    )
    by: dict[int, list[Attempt]] = {}
    for attempt in found:
        by.setdefault(attempt.promise_id, []).append(attempt)
    return by


async def absent(session: AsyncSession, promise_id: int, before: int) -> None:
    """The platform was asked, and has nothing of the attempts at a promise that came before this one."""
    statement = update(Attempt).where(
        col(Attempt.promise_id) == promise_id, col(Attempt.id) < before, col(Attempt.outcome) == ""
    )
    await session.exec(statement.values(outcome="absent"), execution_options=_PLAIN)


@dataclass(frozen=True, slots=True)
class Work:
    """What the company's list says of when somebody works, as `storage.roster.Entry` has it. left: they do no more."""

    language: str
    zone: str
    country: str
    days: str
    away: str
    left: bool


@dataclass(slots=True)
class Somebody:
    """Whom an id means, and what decides whether they may be told something.

    accounts: those that are members, the one used last first. addresses: those that a message must name. work: None
    where the company's list does not have them. hushed: until when nothing optional is, or was last, said to anybody;
    hushed_at: when that was declared.
    """

    person: Person
    accounts: list[Account] = field(default_factory=list)
    work: Work | None = None
    hushed: datetime | None = None
    addresses: list[Account] = field(default_factory=list)
    hushed_at: datetime | None = None

    def on(self, platform: str) -> Account | None:
        """The account there, whatever it is."""
        return next((each for each in (*self.accounts, *self.addresses) if each.platform == platform), None)


def _reachable() -> Any:
    asked = aliased(Person)
    theirs = and_(col(Account.person_id) == Person.id, col(Account.kind).in_(["member", "address"]))
    listed = (Entry.language, Entry.zone, Entry.country, Entry.days, Entry.away, Entry.state)
    return (
        select(asked.id, Person, Account, hush_until(), hush_since(), Entry.id, *listed)  # type: ignore[call-overload]
        .join(Person, col(Person.id) == func.coalesce(asked.joined_to, asked.id))
        .outerjoin(Account, theirs)
        .outerjoin(Entry, col(Entry.person_id) == Person.id)
        .where(col(asked.id).in_(bindparam("people", expanding=True)))
        .order_by(*LAST_USED, col(Entry.state) == "left", col(Entry.id))
    )


_REACHABLE = _reachable()


async def reachable(session: AsyncSession, people: Collection[int]) -> dict[int, Somebody]:
    """Each of these ids -> whom it means: of somebody who turned out to be another person, that one.

    Who is on the company's list several times has left when no line says that they are here.
    """
    by: dict[int, Somebody] = {}
    if not people:
        return by
    given = {"people": list(people)}
    found = await session.exec(_REACHABLE, params=given, execution_options={"populate_existing": True})
    for asked, person, account, hushed, hushed_at, entry, *listed in found:
        somebody = by.setdefault(asked, Somebody(person, hushed=hushed, hushed_at=hushed_at))
        if account is not None:
            known = somebody.accounts if account.kind == "member" else somebody.addresses
            known.extend([account] if account not in known else [])
        if entry is not None and somebody.work is None:
            language, zone, country, days, away, state = listed
            somebody.work = Work(language, zone, country, days, away, left=state == "left")
    return by


async def met(session: AsyncSession, account_id: int, direct_room: str) -> None:
    """Write where an account and the bot talk."""
    statement = update(Account).where(col(Account.id) == account_id)
    await session.exec(statement.values(direct_room=direct_room), execution_options=_PLAIN)


async def hasten(session: AsyncSession, platform: str, error: str, now: datetime) -> None:
    """The platform is back: what waited because of it need not wait longer. error: how the reason's code begins."""
    statement = update(Promise).where(
        col(Promise.platform) == platform, _live(Promise), col(Promise.state) == _TODO, col(Promise.due) > now
    )
    await session.exec(
        statement.where(col(Promise.error).startswith(error, autoescape=True)).values(due=now), execution_options=_PLAIN
    )


def _by_columns(rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str, ...], list[Mapping[str, Any]]]:
    """Rows that change the same columns go to the database together."""
    groups: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        groups.setdefault(tuple(sorted(row)), []).append(row)
    return groups
