"""The server's clock: real time plus what a test adds, or stopped."""

from __future__ import annotations

import time
from collections.abc import Callable


class Clock:
    """Seconds since 1970, as Slack writes them in ``ts`` values.

    It follows ``source`` (the process's clock, so that it agrees with the bot's own) plus an offset. ``freeze()``
    stops it: from then on only ``advance`` moves it. The server's ``advance`` also handles what became due.
    """

    def __init__(self, source: Callable[[], float] = time.time) -> None:
        self._source = source
        self._offset = 0.0
        self._frozen_at: float | None = None

    def now(self) -> float:
        """The time now, in seconds since 1970."""
        return (self._source() if self._frozen_at is None else self._frozen_at) + self._offset

    def freeze(self) -> None:
        """Stop; only ``advance`` moves the clock from here on."""
        if self._frozen_at is None:
            self._frozen_at = self._source()

    def advance(self, seconds: float) -> None:
        """Move on by ``seconds``."""
        self._offset += seconds
