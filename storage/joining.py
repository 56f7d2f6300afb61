"""Two accounts that are one person: the code that proves it, the join, and all that the join changed.

The words for it: the *code* is asked for on one account and typed on another; the *join* makes the second person the
first one, row by row; each row that it changed is a *trace*, so that a join can be undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import delete, exists, func, text, true, update
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import insert
from storage.partial import partial
from storage.people import Account

# Any number will do, as long as every version of this program uses the same one.
_JOINING = 7_216_043_513
_LIVE = "state IN ('open', 'asked')"
LIVE = ("open", "asked")
"""States in which a code may still lead to a join."""


class JoinCode(SQLModel, table=True):
    """A code asked for on one account. hint: its beginning, by which it is found; digest: the salted digest of it all.

    state: "open" (may be typed elsewhere), "asked" (was typed by `by_id`; this account must say yes), "joined",
    "denied", "void" (replaced, seen by somebody else, or tried wrongly too often). wrong: how often it was mistyped.
    told: its owner heard that somebody else tried it.
    """

    __tablename__ = "join_code"
    __table_args__ = (partial("uq_join_code_hint", "hint", unique=True, where=_LIVE),)
    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    by_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    hint: str = Field(index=True)
    salt: str
    digest: str
    state: str = "open"
    wrong: int = 0
    told: bool = False
    created_at: AwareDatetime
    expires_at: AwareDatetime


class JoinTry(SQLModel, table=True):
    """A wrong code that an account typed."""

    __tablename__ = "join_try"
    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    at: AwareDatetime


class Join(SQLModel, table=True):
    """A join in force: the person `gone_id` turned out to be `kept_id`. Deleted when it is undone; the trail remembers.

    stopped_at: since when both wanted nothing unasked, as it was decided when they were joined. told: they know of it;
    what the company's list joined, they are told of with the next that comes to them.
    """

    __tablename__ = "person_join"
    id: int | None = Field(default=None, primary_key=True)
    kept_id: int = Field(foreign_key="person.id", index=True)
    gone_id: int = Field(foreign_key="person.id", unique=True, sa_column_kwargs={"info": {"stays": True}})
    stopped_at: AwareDatetime | None = None
    joined_at: AwareDatetime
    told: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class Apart(SQLModel, table=True):
    """Two accounts of which their people said that they are not one person's: they undid the join.

    Nothing but a code joins them again. one_id: the lower number.
    """

    __tablename__ = "person_apart"
    one_id: int = Field(foreign_key="account.id", primary_key=True)
    other_id: int = Field(foreign_key="account.id", primary_key=True, index=True)


class Trace(SQLModel, table=True):
    """One row that a join changed. noun: its table; where: what finds it, as JSON (column -> value).

    what: "moved" (`field` pointed to `before`, and points to `after`), "written" (the same for a text that names a
    person), "set" (any other change), "removed" (`before` is the whole row; it said the same as the row that `after`
    finds, "" when nothing says it any more).
    """

    __tablename__ = "person_join_trace"
    id: int | None = Field(default=None, primary_key=True)
    join_id: int = Field(foreign_key="person_join.id", index=True)
    what: str
    noun: str
    where: str
    field: str = ""
    before: str
    after: str = ""


# ---------------------------------------------------------------- codes


async def offer(session: AsyncSession, row: dict[str, Any]) -> bool:
    """Write a new code. row: columns of `JoinCode`. False: another that is alive begins as this one does."""
    blank = {"state": "open", "wrong": 0, "told": False, "by_id": None}
    statement = insert(session, JoinCode.__table__).values(**blank, **row)  # type: ignore[attr-defined]
    kept = await session.exec(statement.on_conflict_do_nothing().returning(text("id")))
    return kept.first() is not None


async def expire(session: AsyncSession, now: datetime, account: int) -> None:
    """Void what can lead nowhere any more: codes whose time is up, and the earlier ones of this account."""
    over = (col(JoinCode.expires_at) <= now) | (col(JoinCode.account_id) == account)
    await session.exec(update(JoinCode).where(col(JoinCode.state).in_(LIVE), over).values(state="void"))


async def beginning(session: AsyncSession, hint: str, since: datetime) -> list[JoinCode]:
    """The codes that begin so, made since an instant, the newest first."""
    found = await session.exec(
        select(JoinCode)
        .where(JoinCode.hint == hint, JoinCode.created_at >= since)
        .order_by(col(JoinCode.id).desc())
        .limit(5),
        execution_options={"populate_existing": True},
    )
    return list(found)


async def code(session: AsyncSession, number: int) -> JoinCode | None:
    """The code of that number, as it is in the database now."""
    found = await session.exec(
        select(JoinCode).where(JoinCode.id == number), execution_options={"populate_existing": True}
    )
    return found.one_or_none()


async def move(session: AsyncSession, number: int, *states: str, **values: Any) -> bool:
    """Change a code if it still is in one of `states`; say whether it was."""
    statement = update(JoinCode).where(col(JoinCode.id) == number, col(JoinCode.state).in_(states))
    changed = await session.exec(statement.values(**values), execution_options={"synchronize_session": False})
    return changed.rowcount == 1


async def mistyped(session: AsyncSession, number: int, limit: int) -> bool:
    """Count a wrong try at a code, which is void after `limit` of them. True: it became void by this one."""
    wrong = update(JoinCode).where(col(JoinCode.id) == number, col(JoinCode.state).in_(LIVE))
    counted = wrong.values(wrong=JoinCode.wrong + 1)
    await session.exec(counted, execution_options={"synchronize_session": False})
    return await _void(session, number, limit)


async def _void(session: AsyncSession, number: int, limit: int) -> bool:
    statement = update(JoinCode).where(
        col(JoinCode.id) == number, col(JoinCode.state).in_(LIVE), col(JoinCode.wrong) >= limit
    )
    done = await session.exec(statement.values(state="void"), execution_options={"synchronize_session": False})
    return done.rowcount == 1


async def tell_once(session: AsyncSession, number: int) -> bool:
    """Whether the owner of a code is to be told that somebody else tried it: the first time only."""
    statement = update(JoinCode).where(col(JoinCode.id) == number, col(JoinCode.told).is_(False))
    done = await session.exec(statement.values(told=True), execution_options={"synchronize_session": False})
    return done.rowcount == 1


async def close_between(session: AsyncSession, accounts: Sequence[int]) -> None:
    """Void the codes that would join these accounts to one another again."""
    between = (col(JoinCode.account_id).in_(accounts), col(JoinCode.by_id).in_(accounts))
    statement = update(JoinCode).where(col(JoinCode.state).in_(LIVE), *between).values(state="void")
    await session.exec(statement, execution_options={"synchronize_session": False})


async def tried(session: AsyncSession, account: int, now: datetime) -> None:
    """Write that an account typed a wrong code."""
    session.add(JoinTry(account_id=account, at=now))
    await session.flush()


async def tries(session: AsyncSession, account: int, since: datetime) -> int:
    """How many wrong codes an account typed since an instant."""
    counted = select(func.count()).select_from(JoinTry).where(JoinTry.account_id == account, JoinTry.at > since)
    return (await session.exec(counted)).one()


async def forget(session: AsyncSession, before: datetime) -> None:
    """Forget the codes and the tries made before an instant."""
    await session.exec(delete(JoinTry).where(col(JoinTry.at) < before))
    await session.exec(delete(JoinCode).where(col(JoinCode.created_at) < before))


# ---------------------------------------------------------------- joins


async def hold(session: AsyncSession, accounts: Sequence[int]) -> list[Account]:
    """Make others who join, or undo a join, wait until this transaction ends; return these accounts as they then are.

    One lock for all joins: they are rare, and one at a time they cannot wait for each other in a ring. What others
    write meanwhile for these people is gathered later.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.exec(select(func.pg_advisory_xact_lock(_JOINING)))
    return await _accounts(session, accounts)


async def _accounts(session: AsyncSession, accounts: Sequence[int]) -> list[Account]:
    found = await session.exec(
        select(Account).where(col(Account.id).in_(accounts)), execution_options={"populate_existing": True}
    )
    by = {each.id: each for each in found}
    return [by[each] for each in accounts if each in by]


async def of_person(session: AsyncSession, person: int) -> list[Join]:
    """The joins that made this person who they are, oldest first."""
    found = await session.exec(
        select(Join).where(Join.kept_id == person).order_by(col(Join.id)),
        execution_options={"populate_existing": True},
    )
    return list(found)


async def untold(session: AsyncSession, person: int) -> list[str]:
    """The platforms on which a person has accounts that were joined without their knowing yet; [] where they know."""
    unknown = exists().where(col(Join.kept_id) == person, col(Join.told).is_(False))
    theirs = select(Account.platform).where(Account.person_id == person, Account.kind == "member", unknown)
    return sorted(set(await session.exec(theirs)))


async def told(session: AsyncSession, person: int) -> None:
    """Remember that a person knows which of their accounts are joined."""
    await session.exec(update(Join).where(col(Join.kept_id) == person).values(told=True))


async def of_gone(session: AsyncSession, person: int) -> Join | None:
    """The join by which this person became another one."""
    return (await session.exec(select(Join).where(Join.gone_id == person))).one_or_none()


async def traces(session: AsyncSession, join: int, noun: str = "") -> list[Trace]:
    """What a join changed, the last change first. noun: of this table only."""
    wanted = select(Trace).where(Trace.join_id == join).order_by(col(Trace.id).desc())
    return list(await session.exec(wanted.where(Trace.noun == noun) if noun else wanted))


async def part(session: AsyncSession, some: Sequence[int], others: Sequence[int]) -> None:
    """Remember that these accounts, and those, are not one person's."""
    pairs = [{"one_id": min(one, other), "other_id": max(one, other)} for one in some for other in others]
    if pairs:
        await session.exec(insert(session, Apart).on_conflict_do_nothing(), params=pairs)


async def reunite(session: AsyncSession, some: Sequence[int], others: Sequence[int]) -> None:
    """Forget that they were parted: they are one person's after all."""
    one, other = col(Apart.one_id), col(Apart.other_id)
    between = (one.in_(some) & other.in_(others)) | (one.in_(others) & other.in_(some))
    await session.exec(delete(Apart).where(between))


async def parted(session: AsyncSession, accounts: Sequence[int]) -> set[frozenset[int]]:
    """The pairs among these accounts that are not one person's."""
    found = await session.exec(
        select(Apart.one_id, Apart.other_id).where(col(Apart.one_id).in_(accounts), col(Apart.other_id).in_(accounts))
    )
    return {frozenset(each) for each in found}


async def end(session: AsyncSession, join: int) -> None:
    """Forget a join that was undone."""
    await session.exec(delete(Trace).where(col(Trace.join_id) == join))
    await session.exec(delete(Join).where(col(Join.id) == join))
