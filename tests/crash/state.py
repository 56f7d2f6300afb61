"""What the bot's database says of work under way: when a batch is over. Never what people should have been told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import col, select

from nudges import NUDGES
from storage import duties
from storage.database import Store, StoreUnavailable
from storage.events import Recorded
from storage.outbox import Duty, Promise, Running
from tests.crash.place import PLATFORM
from tests.humans import eventually
from tests.scenarios.company import release

SOON = timedelta(seconds=60)
"""What falls due later is no part of a batch: a reminder in three days."""

PLANNED = [kind.kind for nudge in NUDGES for kind in nudge.contacts if kind.optional and kind.due is None]
"""What is sent unasked here: invitations. Nobody is reminded of anything."""

_MIGRATING = asyncio.Lock()  # alembic keeps what it migrates in one place for the whole process


class State:
    """Looked at from outside, with a connection of its own."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    @asynccontextmanager
    async def opened(cls, url: str, folder: Path) -> AsyncIterator[State]:
        """url: "" for the SQLite file in this folder."""
        async with _MIGRATING:
            store = await Store.open(url or f"sqlite+aiosqlite:///{folder / 'parvis.db'}", migrate=True)
        await release(store, PLANNED, datetime.now(UTC))
        try:
            yield cls(store)
        finally:
            await store.close()

    async def under_way(self) -> list[str]:
        """What is to be handled, said or done within a minute, a line each."""
        soon = datetime.now(UTC) + SOON
        try:
            async with self._store.read() as session:
                events = await session.exec(select(Recorded).where(Recorded.state == "new", Recorded.due <= soon))
                live = col(Promise.state).in_(["todo", "going", "later"])
                promises = await session.exec(select(Promise).where(live, Promise.due <= soon))
                steps = await session.exec(select(Running).where(Running.phase == "running", Running.due <= soon))
                return [
                    *(f"event {each.kind}: {each.error}" for each in events),
                    *(f"promise {each.name}: {each.error}" for each in promises),
                    *(f"sequence {each.name}: {each.error}" for each in steps),
                ]
        except StoreUnavailable as error:
            return [f"store: {error}"]

    async def rests(self) -> None:
        """Let what people's looking around has caused be handled, for a moment."""

        async def still() -> bool:
            return not await self.under_way()

        with suppress(AssertionError):  # `unfinished` tells what is left
            await eventually(still, "nothing is under way", within=15)

    async def unfinished(self) -> list[str]:
        """What was given up or set aside, a line each, and what is still under way."""
        async with self._store.read() as session:
            events = await session.exec(select(Recorded).where(Recorded.state == "parked"))
            promises = await session.exec(select(Promise).where(Promise.state == "dead"))
            steps = await session.exec(select(Running).where(Running.phase == "refused"))
            given_up = [
                *(f"event given up, {each.kind}: {each.error}" for each in events),
                *(f"promise given up, {each.name}: {each.error}" for each in promises),
                *(f"sequence given up, {each.name}: {each.error}" for each in steps),
            ]
        return [*(f"still under way: {each}" for each in await self.under_way()), *given_up]

    async def sender(self) -> int:
        """The process id of who sends; 0 for nobody."""
        try:
            async with self._store.read() as session:
                duty = await session.get(Duty, f"{duties.SENDING}{PLATFORM}")
        except StoreUnavailable:
            return 0
        tail = duty.holder.rpartition(":")[2] if duty else ""
        return int(tail) if tail.isdecimal() else 0
