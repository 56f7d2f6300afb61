"""A duty that this process tries to have, and keeps while it lives: being connected to a platform, or looking around.

A lease alone is renewed by the work it is for. What is connected works for hours without touching the database, so the
seat renews it beside that, and whoever waits for it learns when it comes and when it is gone.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.outbox.lease import Lease
from storage import duties
from storage.database import Store, StoreUnavailable

log = structlog.get_logger("seat")

LOOK = 1.0
"""Seconds between two tries at a seat that another process has."""


class Seat:
    """One duty, taken as soon as it is free. Renewed while `run` runs."""

    def __init__(self, store: Store, name: str, holder: str, *, lease: float = 6.0) -> None:
        """name: of the duty. holder: this process. lease: seconds for which it is ours after a renewal, hence how long
        others wait when this process vanishes.
        """
        self.name = name
        self._store = store
        self._length = lease
        self._lease = Lease(name, holder, seconds=lease, renew=0.0)
        self._changed = asyncio.Condition()
        self._woken = asyncio.Event()
        self._tried = asyncio.Event()
        self._stopping = False

    @property
    def token(self) -> int:
        """What writes of its holder name; 0 while this process never had it."""
        return self._lease.token

    @property
    def is_ours(self) -> bool:
        """As far as this process can tell without asking, nobody else can have it."""
        return self._lease.is_ours

    async def guards(self, session: AsyncSession) -> bool:
        """Whether it is ours for certain, until this transaction ends. False: what depends on it must not be done."""
        return self.is_ours and await duties.held(session, self.name, self.token) is not None

    async def run(self) -> None:
        """Try to have it, then keep it, until `stop`; then let another take it at once."""
        while not self._stopping:
            await self._look()
            try:
                async with asyncio.timeout(self._length / 3 if self.is_ours else LOOK):
                    await self._woken.wait()
            except TimeoutError:
                continue
        try:
            await self._lease.release(self._store)
        except StoreUnavailable:
            log.warning("no database at the end: another takes over when the lease has run out", duty=self.name)
        await self._tell()

    def stop(self) -> None:
        """Give it up."""
        self._stopping = True
        self._woken.set()

    async def tried(self) -> None:
        """Wait until it is known whether it is ours, for a moment at most: the process may have just started."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK):
                await self._tried.wait()

    async def taken(self) -> int:
        """Wait until it is ours; its token."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.is_ours)
            return self.token

    async def lost(self, token: int) -> None:
        """Wait until it is no longer ours under this token."""
        while self.is_ours and self.token == token:
            # By our own clock too: a database that does not even answer says nothing of what others have.
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK), self._changed:
                    await self._changed.wait_for(lambda: not self.is_ours or self.token != token)

    async def _look(self) -> None:
        before = (self.token, self.is_ours)
        try:
            async with self._store.write() as session:
                await self._lease.hold(session)
            self._tried.set()
        except StoreUnavailable:
            # A renewal that failed takes nothing away: others may have it only once the lease has run out.
            self._lease.undo()
        if (self.token, self.is_ours) != before:
            log.info("took over" if self.is_ours else "handed over", duty=self.name)
        await self._tell()

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()
