"""A file of people is taken over: all of it in one transaction, with its trace, or nothing."""

from __future__ import annotations

import asyncio
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.nudge import Trail
from bot.roster.comparing import Plan, TooManyLeave, allowed, compare, learn
from bot.roster.reading import Sheet
from storage import roster as rows
from storage.database import Store

TRIES = 3
"""How often the roster is compared anew, when it was changed meanwhile."""


class ChangedMeanwhile(Exception):
    """The roster was changed while it was compared, each time: something else writes it all the time."""


async def plan(store: Store, sheet: Sheet) -> Plan:
    """What a file changes; nothing is written. Raises StoreUnavailable."""
    async with store.read() as session:
        known = await learn(session)
    return await asyncio.to_thread(compare, sheet, known)


async def take_over(store: Store, trail: Trail, sheet: Sheet, now: datetime, said: int | None = None) -> Plan:
    """Make the roster what a file says. said: how many were said to leave by it, None for nothing.

    Raises TooManyLeave, ChangedMeanwhile, StoreUnavailable; nothing is written then.
    """
    for _ in range(TRIES):
        found = await plan(store, sheet)
        if not allowed(len(found.left), found.here, said):
            raise TooManyLeave(len(found.left), found.here, said)
        async with store.write() as session:
            if await rows.stamp(session, lock=True) == found.stamp:
                await _apply(session, trail, found, now)
                return found
    raise ChangedMeanwhile


async def _apply(session: AsyncSession, trail: Trail, plan: Plan, now: datetime) -> None:
    await rows.unname(session, plan.touched)
    await rows.leave(session, plan.left, now)
    for new, changed in plan.blocks():
        await rows.change(session, [(number, row._asdict()) for number, row in changed], plan.sheet.fields, now)
        await rows.add(session, [row._asdict() for row in new], now)
    counts = {"new": plan.new, "changed": plan.changed, "returned": plan.returned, "left": len(plan.left)}
    if any(counts.values()):
        after = {name: str(number) for name, number in counts.items()}
        await trail.append(session, now=now, actor=None, action="people.import", subject="roster", after=after)
