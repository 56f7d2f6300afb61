"""The database: there, of this version, writable, with room to grow; and what waits in it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import OperationalError, ProgrammingError

from bot.cli.doctoring.seen import Seen
from bot.cli.opening import is_there
from bot.cli.outbox import ASKED
from bot.config import Database
from storage import duties, events, outbox
from storage.database import Store, StoreUnavailable, clock
from storage.outbox import Duty

FULL, FILLING = 100 * 10**6, 10**9
"""Bytes that are left: below the first the bot stops soon, below the second it is time to look."""
SKEW = 5.0
"""Seconds that the clocks of the bot and of its database may differ: leases are counted by the latter."""


async def looked(database: Database, now: Callable[[], datetime]) -> AsyncIterator[Seen]:
    """What is so of the database. now: the process's own clock."""
    url = database.url
    if not is_there(url):
        yield Seen("store", "warning", about=url)
        return
    try:
        store = await Store.open(database.address(), migrate=False)
    except StoreUnavailable as error:
        yield Seen("store", "wrong", about=url, evidence=str(error))
        return
    try:
        async for seen in _opened(store, url, now):
            yield seen
    finally:
        await store.close()


async def _opened(store: Store, url: str, now: Callable[[], datetime]) -> AsyncIterator[Seen]:
    yield Seen("store", "fine", about=url)
    if store.dialect == "sqlite":
        yield _disk(url)
    try:
        if not await store.is_migrated():
            yield Seen("tables", "wrong", about=url)
            return
        yield Seen("tables", "fine", about=url)
        yield await _writable(store, url)
        async for seen in _told(store, now):
            yield seen
    except (StoreUnavailable, OperationalError, ProgrammingError) as error:
        yield Seen("store", "wrong", about=url, evidence=str(error) if isinstance(error, StoreUnavailable) else "")


def _disk(url: str) -> Seen:
    folder = Path(url.partition(":///")[2].partition("?")[0]).resolve().parent
    free = shutil.disk_usage(folder).free
    state = "wrong" if free < FULL else "warning" if free < FILLING else "fine"
    return Seen("disk", state, about=f"{free / 10**9:.1f}", name=str(folder))


async def _writable(store: Store, url: str) -> Seen:
    """What is written to see whether it can be, is undone."""
    try:
        async with store.write() as session:
            session.add(Duty(name="parvis.doctor"))
            await session.flush()
            await session.rollback()
    except (StoreUnavailable, OperationalError, ProgrammingError) as error:
        return Seen("writing", "wrong", about=url, evidence=str(error) if isinstance(error, StoreUnavailable) else "")
    return Seen("writing", "fine", about=url)


async def _told(store: Store, now: Callable[[], datetime]) -> AsyncIterator[Seen]:
    async with store.read() as session:
        skew = (now() - await clock(session)).total_seconds()
        locked = await duties.locked(session)
        dead = sum(number for (_, state), number in (await outbox.status(session, ASKED)).items() if state == "dead")
        parked = await events.parked_count(session)
    yield Seen("store-clock", "fine" if abs(skew) <= SKEW else "wrong", about=f"{skew:.0f}")
    for platform, reason, _ in locked:
        yield Seen("sending", "wrong", platform, evidence=reason)
    if dead:
        yield Seen("dead", "warning", about=str(dead))
    if parked:
        yield Seen("parked", "warning", about=str(parked))
