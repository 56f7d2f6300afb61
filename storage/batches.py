"""What is done to a whole batch of promises at once: paused, recalled, corrected.

Other processes may be sending the same batch meanwhile: a promise goes from waiting to in hand, and from there to sent,
or back. So removals and edits are promised for all that is not surely unsaid, and what is in hand is marked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, exists, func, literal, null, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.database import insert, news
from storage.outbox import (
    CANCELLED,
    HUSH,
    NEVER,
    PAUSED,
    RECALL,
    RECALLED,
    TELLABLE,
    WAITING,
    Attempt,
    Promise,
)

_PLAIN = {"synchronize_session": False}
_SOONER = 20  # as what waits for a person's decision: others wait behind what must go


async def pause(session: AsyncSession, batch: str) -> int:
    """Let what waits of a batch wait until it is resumed; return how many.

    What is in hand, and what was said and may come back, is marked: it goes to no other medium meanwhile.
    """
    mine = update(Promise).where(col(Promise.batch) == batch, col(Promise.state).in_(WAITING))
    values = {"state": "later", "due": NEVER, "error": PAUSED}
    done = int((await session.exec(mine.values(**values), execution_options=_PLAIN)).rowcount)
    in_hand = and_(col(Promise.state) == "going", col(Promise.error).not_in([CANCELLED, RECALLED]))
    may_return = and_(col(Promise.state) == "sent", col(Promise.body) != "{}")
    marked = update(Promise).where(*_messages(batch), or_(in_hand, may_return), col(Promise.error) != PAUSED)
    await session.exec(marked.values(error=PAUSED), execution_options=_PLAIN)
    return done


async def resume(session: AsyncSession, batch: str, now: datetime) -> int:
    """Let what was paused of a batch, or waits because of a hush, be said, as if it were promised now."""
    mine = update(Promise).where(col(Promise.batch) == batch, col(Promise.due) == NEVER, col(Promise.state) == "later")
    due = case((col(Promise.not_before) > now, col(Promise.not_before)), else_=now)
    mine = mine.where(col(Promise.error).in_([PAUSED, HUSH])).values(due=due, created_at=now, error="")
    done = await session.exec(mine, execution_options=_PLAIN)
    marked = update(Promise).where(*_messages(batch), col(Promise.error) == PAUSED)
    marked = marked.where(col(Promise.state).in_(["going", "sent"]))
    await session.exec(marked.values(error=""), execution_options=_PLAIN)
    news(session)
    return int(done.rowcount)


async def recalled(session: AsyncSession, names: Collection[str]) -> set[str]:
    """Those of these promises that were recalled."""
    if not names:
        return set()
    found = await session.exec(select(Promise.name).where(col(Promise.name).in_([RECALL + each for each in names])))
    return {each.removeprefix(RECALL) for each in found}


def _messages(batch: str) -> tuple[Any, ...]:
    return (col(Promise.batch) == batch, col(Promise.op) == "post")


def _untried(batch: str) -> tuple[Any, ...]:
    return (*_messages(batch), col(Promise.state).in_(WAITING), col(Promise.tries) == 0)


async def withdraw(session: AsyncSession, batch: str, limit: int | None) -> tuple[int, bool]:
    """Cancel what waits of a batch and was never tried; return how many, a person's own affairs left out, and whether
    there may be more than were allowed.
    """
    which = _untried(batch)
    if limit is not None:
        first = select(Promise.id).where(*which).order_by(col(Promise.id)).limit(limit)
        which = (col(Promise.id).in_(first), col(Promise.state).in_(WAITING), col(Promise.tries) == 0)
    told = (await session.exec(select(func.count()).select_from(Promise).where(*which, *TELLABLE))).one()
    gone = update(Promise).where(*which).values(state="cancelled", body="{}")
    done = await session.exec(gone, execution_options=_PLAIN)
    return int(told), limit is not None and done.rowcount >= limit


def _has(prefix: str) -> Any:
    """Whether there is a promise about this one, whose name begins so."""
    there = aliased(Promise)
    return exists().where(col(there.name) == literal(prefix) + col(Promise.name))


async def look_for(session: AsyncSession, batch: str, now: datetime) -> None:
    """Have what may have been said looked for at once; what is in hand and was not begun is given back."""
    going = update(Promise).where(*_messages(batch), col(Promise.state) == "going").values(error=RECALLED)
    await session.exec(going, execution_options=_PLAIN)
    unknown = exists().where(col(Attempt.promise_id) == col(Promise.id), col(Attempt.outcome) == "")
    tried = or_(
        and_(col(Promise.state).in_(WAITING), col(Promise.tries) > 0),
        and_(col(Promise.state) == "dead", unknown, ~_has(RECALL)),
    )
    again = update(Promise).where(*_messages(batch), tried).values(state="todo", tries=1, due=now)
    await session.exec(again, execution_options=_PLAIN)
    # What comes back later is not to be said by another medium, nor what could not be said once somebody tries again.
    over = or_(col(Promise.state) == "sent", and_(col(Promise.state) == "dead", ~_has(RECALL)))
    said = update(Promise).where(*_messages(batch), over, col(Promise.body) != "{}")
    await session.exec(said.values(body="{}"), execution_options=_PLAIN)


async def beyond(session: AsyncSession, batch: str, fixed: Collection[str]) -> dict[str, int]:
    """Platform -> how many of a batch were said there. fixed: platforms where nothing said can be changed."""
    said = (*_messages(batch), col(Promise.state) == "sent", col(Promise.platform).in_(fixed))
    counted = select(Promise.platform, func.count()).where(*said).group_by(col(Promise.platform))
    return dict((await session.exec(counted)).all()) if fixed else {}


async def act(
    session: AsyncSession, batch: str, row: Mapping[str, Any], fixed: Collection[str], limit: int | None, kind: str = ""
) -> int:
    """Promise the same on all messages of a batch that are said, or may be; return on how many.

    row: op, batch, body, and how the names begin ("name"), and `now`. kind: only those of this kind.
    """
    now = literal(row["now"], UTCDateTime())
    said = col(Promise.state) == "sent"
    values: dict[str, Any] = {
        "name": literal(row["name"]) + col(Promise.name), "platform": col(Promise.platform),
        "person_id": col(Promise.person_id),
        "room": col(Promise.room), "lane": col(Promise.lane), "op": literal(row["op"]), "of": col(Promise.name),
        "reply_to": literal(""), "batch": literal(row["batch"]), "kind": col(Promise.kind),
        "reason": literal(""), "language": col(Promise.language), "asks": literal(False),
        "priority": case((and_(said, col(Promise.priority) > _SOONER), _SOONER), else_=col(Promise.priority)),
        "body": literal(row["body"]), "state": literal("todo"), "tries": literal(0), "error": literal(""),
        "due": now, "not_before": null(), "not_after": null(), "created_at": now, "sent_at": null(),
        "external_id": literal(""), "external_room": literal(""), "media": literal(""),
    }  # fmt: skip
    which = (
        *_messages(batch),
        or_(and_(said, col(Promise.platform).not_in(fixed)), col(Promise.state).in_(["going", *WAITING])),
        ~_has(row["name"]),
        ~and_(col(Promise.state).in_(WAITING), col(Promise.tries) == 0, col(Promise.body) == row["body"]),
        *((col(Promise.kind) == kind,) if kind else ()),
    )
    source = select(*(value.label(key) for key, value in values.items())).where(*which)
    source = source.order_by(col(Promise.id)).limit(limit)
    into = insert(session, Promise.__table__).from_select(list(values), source)  # type: ignore[attr-defined]
    done = await session.exec(into.on_conflict_do_nothing(index_elements=["name"]))
    news(session)
    return int(done.rowcount)


async def kinds(session: AsyncSession, batch: str) -> list[str]:
    """The kinds of contact that the messages of a batch are."""
    return sorted(await session.exec(select(Promise.kind).where(*_messages(batch)).distinct()))


async def reword(session: AsyncSession, batch: str, kind: str, body: str, limit: int | None) -> tuple[int, bool]:
    """Let what was not tried yet, or could not be said, say something else; return what `withdraw` does."""
    untried = and_(col(Promise.state).in_(WAITING), col(Promise.tries) == 0)
    which = (*_messages(batch), col(Promise.kind) == kind, col(Promise.body) != body)
    which = (*which, or_(untried, col(Promise.state) == "dead"))
    if limit is not None:
        first = select(Promise.id).where(*which).order_by(col(Promise.id)).limit(limit)
        which = (col(Promise.id).in_(first), or_(untried, col(Promise.state) == "dead"))
    told = (await session.exec(select(func.count()).select_from(Promise).where(*which, *TELLABLE))).one()
    done = await session.exec(update(Promise).where(*which).values(body=body), execution_options=_PLAIN)
    return int(told), limit is not None and done.rowcount >= limit


async def supersede(session: AsyncSession, batch: str, prefix: str) -> None:
    """Drop earlier edits of a batch of edits that were not tried yet. prefix: how the names of the later ones begin."""
    earlier = (col(Promise.batch) == batch, col(Promise.state).in_(WAITING), col(Promise.tries) == 0)
    older = update(Promise).where(*earlier, ~col(Promise.name).startswith(prefix, autoescape=True))
    await session.exec(older.values(state="dropped", error="superseded", body="{}"), execution_options=_PLAIN)
