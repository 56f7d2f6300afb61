"""A duty held by this process, for as long as it renews it.

A lease row, and not a lock of the database: a stopped process keeps its locks, while its lease runs out; and the
row carries a token, which every write of the holder names, so that who was replaced cannot write any more.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import duties
from storage.database import Store
from storage.duties import Held

Gate = Callable[[], bool]
"""Whether a duty is for this process at all: what depends on a seat (`bot.outbox.seat`) is for who has it."""


def anyone() -> bool:
    """The gate of a duty that depends on nothing."""
    return True


def loop_time() -> float:
    """Seconds that never jump, of the clock by which calls are timed too."""
    return asyncio.get_running_loop().time()


class Lease:
    """One duty. token: 0 while it is not ours. paused: not before. locked: why the platform lets nothing be done.

    since: how long ago, at least, another process last said that it holds what has just come to us; None: it did not
    come from another.
    """

    def __init__(
        self,
        name: str,
        holder: str,
        *,
        seconds: float = 6.0,
        renew: float = 2.0,
        timer: Callable[[], float] = loop_time,
        gate: Gate = anyone,
    ) -> None:
        """name: the duty. holder: this process; restarted under the same name it takes its duty back at once.

        seconds: how long it is ours after the last renewal, hence how long others wait when we vanish. renew: how old
        a renewal may get, in seconds. timer: seconds that never jump. gate: whether it is for this process at all now.
        """
        self.name = name
        self.holder = holder
        self.token = 0
        self.taken = False
        self._last = 0  # our token before a transaction failed
        self._returning = True  # not yet held since this process started
        self.since: timedelta | None = None
        self._seen = (Held(), 0.0)  # what another process wrote of it, and since when that stands there
        self._before = (0, float("-inf"))  # token and renewal before the transaction under way
        self.paused: datetime | None = None
        self.locked = ""
        self._length = timedelta(seconds=seconds)
        self._renew = renew
        self._gate = gate
        self._timer = timer
        self._renewed = float("-inf")

    @property
    def is_fresh(self) -> bool:
        """It is ours and need not be renewed yet."""
        return bool(self.token) and self._gate() and self._timer() - self._renewed < self._renew

    @property
    def is_ours(self) -> bool:
        """As far as this process can tell without asking, nobody else can have taken it."""
        return bool(self.token) and self._gate() and self._timer() - self._renewed < self._length.total_seconds()

    async def hold(self, session: AsyncSession) -> bool:
        """Take or keep the duty for this transaction. `taken` tells that it has just come to us.

        False: another process has it; this transaction must write nothing that belongs to the duty. Whoever's
        transaction then fails must say so, by `undo` or `forget`: what is believed here holds once it is committed.
        """
        self.taken = False
        self._before = (self.token, self._renewed)
        if not self._gate():
            await self._leave(session)
            return False
        started = self._timer()
        duty = await duties.held(session, self.name, self.token) if self.token else None
        if duty is None:
            self.token = await self._take(session)
            self.taken = bool(self.token)
            duty = await duties.held(session, self.name, self.token) if self.token else None
        elif not self.is_fresh:
            await duties.renew(session, self.name, self.token, self._length)
        else:
            started = self._renewed
        self._renewed = started
        self.paused = duty.paused if duty else None
        self.locked = duty.locked if duty else ""
        return bool(self.token)

    def undo(self) -> None:
        """The transaction of `hold` failed, and nobody knows whether it took effect: what was ours before still is.

        A duty taken just then is not, as far as can be told: another may have been given it, under the same token.
        """
        if self.token != self._before[0]:
            self._last = self.token or self._last
        self.token, self._renewed = self._before
        self.taken = False

    def forget(self) -> None:
        """A transaction failed, and nobody knows whether it took effect: take the duty anew."""
        self._last, self.token = self.token or self._last, 0

    def lost(self, token: int) -> None:
        """Another has the duty that we held under this token."""
        if self.token == token:
            self.token = 0

    async def _leave(self, session: AsyncSession) -> None:
        """It is not for this process: nobody shall wait for it to run out."""
        if self.token:
            await duties.release(session, self.name, self.token)
            self.token = 0

    async def _take(self, session: AsyncSession) -> int:
        holder = self.holder if self._returning else ""
        before = await duties.last(session, self.name)
        now = self._timer()
        if before != self._seen[0]:
            self._seen = (before, now)
        taken = await duties.take(
            session, self.name, self.holder, self._length, seen=before, of=holder, token=self._last
        )
        self.since = None
        if taken and before.holder not in {"", self.holder}:
            # Whoever finds a renewal fresh does not renew: they held it until a while after the last one. How long that
            # stands there is known by a clock that never jumps, unlike the database's.
            self.since = timedelta(seconds=max(0.0, now - self._seen[1] - self._renew))
        self._returning = self._returning and taken is None
        return taken or 0

    async def release(self, store: Store) -> None:
        """Let another process take it at once."""
        if self.token:
            async with store.write() as session:
                await duties.release(session, self.name, self.token)
            self.token = 0
