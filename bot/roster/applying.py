"""A file of people is taken over: all of it in one transaction, with its trace, or nothing.

What it changes is written down beside the roster first, some rows at a time; the one transaction is short, since nobody
writes meanwhile on SQLite, and whoever presses a button is to be acknowledged. Whatever ends it, what stands beside is
gone with the connection.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.nudge import Trail
from bot.roster.comparing import Plan, TooManyLeave, allowed, compare, learn
from bot.roster.reading import Sheet
from storage import incoming
from storage import roster as rows
from storage.database import Apart, Store

TRIES = 3
"""How often the roster is compared anew, when it was changed meanwhile."""


class ChangedMeanwhile(Exception):
    """The roster was changed while it was compared, each time: something else writes it all the time."""


async def plan(store: Store, sheet: Sheet, *, all_: bool = False) -> Plan:
    """What a file changes; nothing is written. all_: in lines that were pushed as well. Raises StoreUnavailable."""
    async with store.read() as session:
        known = await learn(session, all_=all_)
    return await asyncio.to_thread(compare, sheet, known)


async def take_over(
    store: Store,
    trail: Trail,
    sheet: Sheet,
    now: datetime,
    said: int | None = None,
    *,
    all_: bool = False,
    reached: Callable[[str], None] = lambda _step: None,
) -> Plan:
    """Make the roster what a file says. said: how many were said to leave by it, None for nothing.

    all_: lines that a provisioning service pushed become the file's. reached: called at "import.beside", again and
    again, at "import.begun" and at "import.taken".
    Raises TooManyLeave, ChangedMeanwhile, StoreUnavailable; nothing is written then.
    """
    for _ in range(TRIES):
        found = await plan(store, sheet, all_=all_)
        if not allowed(len(found.left), found.here, said):
            raise TooManyLeave(len(found.left), found.here, said)
        async with store.apart() as apart:
            await _beside(apart, found, reached)
            async with apart.write() as session:
                reached("import.begun")
                if await rows.stamp(session, lock=True) == found.stamp:
                    await incoming.take(session, found.fields, now, pushed=found.all)
                    await _trace(session, trail, found, now)
                    reached("import.taken")
                    return found
    raise ChangedMeanwhile


async def _beside(apart: Apart, plan: Plan, reached: Callable[[str], None]) -> None:
    async with apart.beside() as session:
        await incoming.begin(session)
        for lines in rows.parts(plan.left):
            await incoming.left(session, lines)
    for new, changed in plan.blocks():
        async with apart.beside() as session:
            await incoming.new(session, [row._asdict() for row in new])
            await incoming.changed(session, [(number, row._asdict()) for number, row in changed])
        reached("import.beside")
    async with apart.beside() as session:
        await incoming.weigh(session)


async def _trace(session: AsyncSession, trail: Trail, plan: Plan, now: datetime) -> None:
    counts = {"new": plan.new, "changed": plan.changed, "returned": plan.returned, "left": len(plan.left)}
    counts |= {"pushed": plan.pushed} if plan.all else {}
    if any(counts.values()):
        after = {name: str(number) for name, number in counts.items()}
        await trail.append(session, now=now, actor=None, action="people.import", subject="roster", after=after)
