"""Who may write now, of one process: what a vendor waits for goes first, and in a burst of it all else waits.

A handler's transaction takes twenty milliseconds, recording two: begun between two events of a burst, it is what the
next acknowledgement waits for.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

LULL = 0.004
"""Seconds without anything to be acknowledged after which all else goes on."""

BURST = 1.0
"""Seconds for which all else waits for a lull, and then goes on as long without waiting for another."""


class Burst:
    """Whether what must be acknowledged is coming in so fast that all else should wait.

    All else goes on in a lull; in a burst without end, half of the time.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._in_hand = 0
        self._last = float("-inf")  # when something was last in hand
        self._since: float | None = None  # since when others wait, or go on without a lull

    def came(self) -> None:
        """Something is to be acknowledged."""
        self._in_hand += 1

    def went(self) -> None:
        """It is; or it will not be."""
        self._in_hand -= 1
        self._last = self._now()

    async def lull(self) -> None:
        """Wait for a lull, or for the time that all else has in a burst."""
        while not self.is_over():  # noqa: ASYNC110 - nothing tells that nothing came
            await asyncio.sleep(LULL)

    def is_over(self) -> bool:
        """All else may go on."""
        now = self._now()
        if not self._in_hand and now >= self._last + LULL:
            self._since = None
            return True
        self._since = now if self._since is None else self._since
        return (now - self._since) % (2 * BURST) >= BURST


class Turn:
    """One at a time, in the order of asking, but for those who come first; the others let a burst of those go by."""

    def __init__(self, burst: Burst) -> None:
        self._burst = burst
        self._patient = asyncio.Lock()
        self._busy = False
        self._first: deque[asyncio.Future[None]] = deque()
        self._others: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def taken(self, *, first: bool = False) -> AsyncIterator[None]:
        """It is one's turn until the block ends. first: ahead of those who did not say so."""
        if first:
            async with self._taken(first=True):
                yield
            return
        async with self._patient:  # one of them looks for a lull, not each
            await self._burst.lull()
            async with self._taken():
                yield

    @asynccontextmanager
    async def _taken(self, *, first: bool = False) -> AsyncIterator[None]:
        if self._busy:
            called = asyncio.get_running_loop().create_future()
            (self._first if first else self._others).append(called)
            try:
                await called
            except asyncio.CancelledError:
                if called.done() and not called.cancelled():
                    self._pass_on()  # called and gone at once: the next one's turn
                raise
        self._busy = True
        try:
            yield
        finally:
            self._pass_on()

    def _pass_on(self) -> None:
        """Call the next one; it is still busy for all others, who may ask before that one runs."""
        for waiting in (self._first, self._others):
            while waiting:
                called = waiting.popleft()
                if not called.done():
                    called.set_result(None)
                    return
        self._busy = False
