"""Word between processes that something new is in the database. It only wakes them: what is new they read themselves.

PostgreSQL tells who listens, with the commit (its manual, "NOTIFY"). With SQLite there is one process, which knows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from storage.database import CHANNEL, Store, StoreUnavailable

AGAIN = 1.0
"""Seconds until another connection is tried when one was lost; whoever misses word meanwhile looks once a second."""


async def listen(store: Store, heard: Callable[[], None]) -> None:
    """Call `heard` whenever another process committed something new, for ever."""

    def told(*news: object) -> None:
        if news[-1] != store.origin:
            heard()

    while True:
        with suppress(StoreUnavailable):
            await _listen(store, told)
        await asyncio.sleep(AGAIN)


async def _listen(store: Store, told: Callable[..., None]) -> None:
    """Until the connection is lost. Raises StoreUnavailable."""
    lost = asyncio.Event()
    async with store.driver() as connection:
        connection.add_termination_listener(lambda *_: lost.set())
        await connection.add_listener(CHANNEL, told)
        told("")  # there may have been news while nobody listened
        await lost.wait()
