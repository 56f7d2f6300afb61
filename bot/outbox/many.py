"""What is done to a whole batch of promises, in the transaction of who asks for it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from hashlib import sha256

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.attention.ways import with_ways
from bot.nudge import Recalled
from bot.say import Say
from storage import batches
from storage.outbox import CORRECT, RECALL


async def recall(
    session: AsyncSession,
    batch: str,
    now: datetime,
    fixed: Collection[str],
    limit: int | None,
    instead: Say | None = None,
) -> Recalled:
    """As `bot.nudge.Planner.recall`. fixed: platforms where nothing said can be taken back."""
    cancelled, more = await batches.withdraw(session, batch, limit)
    if more:
        return Recalled(cancelled, more=True)
    await batches.look_for(session, batch, now)
    body = instead.model_dump_json() if instead is not None else "{}"
    row = {"op": "delete", "batch": RECALL + batch, "name": RECALL, "body": body, "now": now}
    deleting = await batches.act(session, batch, row, fixed, limit)
    more = limit is not None and deleting >= limit
    return Recalled(cancelled, deleting, await batches.beyond(session, batch, fixed), more)


async def correct(
    session: AsyncSession,
    batch: str,
    say: Say,
    now: datetime,
    fixed: Collection[str],
    limit: int | None,
    carries_ways: Callable[[str], bool],
) -> Recalled:
    """As `bot.nudge.Planner.correct_many`. carries_ways: whether a kind says how to stop it."""
    prefix = f"{CORRECT}{sha256(say.model_dump_json().encode()).hexdigest()[:12]}:"
    reworded = edited = 0
    for kind in await batches.kinds(session, batch):
        body = (with_ways(say, kind) if carries_ways(kind) else say).model_dump_json()
        told, more = await batches.reword(session, batch, kind, body, limit)
        reworded += told
        if more:
            return Recalled(reworded, more=True)
        await batches.supersede(session, CORRECT + batch, prefix)
        row = {"op": "edit", "batch": CORRECT + batch, "name": prefix, "body": body, "now": now}
        edited += await batches.act(session, batch, row, fixed, limit, kind)
    more = limit is not None and edited >= limit
    return Recalled(reworded, edited, await batches.beyond(session, batch, fixed), more)
