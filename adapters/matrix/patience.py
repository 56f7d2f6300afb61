"""Doing something until it works."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.chat import LockedOut, Overloaded, RateLimited, Unreachable

T = TypeVar("T")

FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0  # seconds between two tries


class Patience:
    """One platform's connection. connected: the last thing tried worked."""

    def __init__(self, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        """sleep: waits so many seconds."""
        self.connected = False
        self._sleep = sleep

    async def __call__(self, action: Callable[[], Awaitable[T]]) -> T:
        """Do something until it works, waiting longer each time; only a refusal for good is raised."""
        wait = FIRST_WAIT
        while True:
            try:
                return await action()
            except RateLimited as error:
                pause = error.retry_after
            except (Unreachable, Overloaded):
                pause = wait
            except LockedOut:
                self.connected = False
                raise
            self.connected = False
            await self._sleep(min(pause, LONGEST_WAIT))
            wait = min(wait * 2, LONGEST_WAIT)
