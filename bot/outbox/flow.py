"""How fast a whole platform may be sent to: messages, and direct rooms opened, a minute. Pure: time is given."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil

MINUTE = 60.0
_WINDOW = MINUTE + 0.01  # a clock of ours and one of theirs are never read at the same moment

AHEAD = 0.5
"""Seconds of the pace that are claimed ahead: after a crash the platform is asked for each of them, one by one."""

CATCH_UP = 10.0
"""Seconds of the pace that may be made up for at once after a pause: what a slow disk held up is not lost."""

KEPT = 0.005
"""The share of a minute's messages that is kept for answers: a burst a minute ago must not silence the bot now."""

_ROOM_SPARE = 1.01
"""Rooms are opened so much more slowly than allowed: their calls arrive when they arrive, and not when they began."""


class Flow:
    """Messages of one platform, spread evenly, and never more than `per_minute` in any minute.

    A platform counts a message between the moment its call begins and the moment it is answered: so a call begins
    no sooner than a minute after the answer of the one that is `per_minute` calls before it.
    per_minute: 0 for no limit. Times are seconds of one clock that never jumps.
    """

    def __init__(self, per_minute: float) -> None:
        self.per_minute = per_minute
        self._most = int(per_minute)
        self._kept = ceil(KEPT * per_minute) if per_minute > 1 else 0
        self._ended: deque[float] = deque(maxlen=self._most or 1)
        self._under_way = 0
        self._spaced = float("-inf")  # when the next would begin if all were spread evenly

    def wait(self, now: float, *, is_answer: bool = False) -> float:
        """Seconds until one more may begin; 0 at once. Answers need not be spread, and find some room kept for them."""
        if not self.per_minute:
            return 0.0
        even = 0.0 if is_answer else self._spaced - CATCH_UP - now
        most = self._most if is_answer else self._most - self._kept
        while self._ended and self._ended[0] <= now - _WINDOW:
            self._ended.popleft()
        full = len(self._ended) + self._under_way - most
        # With nothing but calls under way in the minute, the next answer tells more.
        allowed = self._ended[min(full, len(self._ended) - 1)] + _WINDOW - now if full >= 0 and self._ended else 0.0
        return max(0.0, even, allowed)

    def soon(self, now: float, within: float = AHEAD) -> int:
        """How many may begin within so many seconds, as far as their spreading goes."""
        if not self.per_minute:
            return 1_000_000
        left = now + within + CATCH_UP - max(self._spaced, now)
        return int(left * self.per_minute / MINUTE) + 1 if left >= 0 else 0

    def begin(self, now: float) -> None:
        """One begins."""
        if self.per_minute:
            self._under_way += 1
            self._spaced = max(self._spaced, now) + MINUTE / self.per_minute

    def end(self, now: float) -> None:
        """One was answered, or given up."""
        if self.per_minute:
            self._under_way -= 1
            self._ended.append(now)

    def before(self, ended: Iterable[float]) -> None:
        """Who had this duty before sent these: it goes on from there. ended: the oldest first."""
        if self.per_minute:
            self._ended = deque(ended, maxlen=self._most)
            for at in self._ended:
                self._spaced = max(self._spaced, at) + MINUTE / self.per_minute


class Openings:
    """When direct rooms with people never met are opened: each gets a time, the most urgent the first ones.

    per_minute: 0 for no limit. Times are the wall clock's: they are written down with what waits for them.
    """

    def __init__(self, per_minute: float) -> None:
        self.per_minute = per_minute
        self._next: dict[int, datetime] = {}

    def book(self, priority: int, now: datetime) -> datetime:
        """The time for one more; not after `now` when it may be opened at once."""
        if not self.per_minute:
            return now
        # What is less urgent lets the more urgent pass; the platform's own limit decides where they meet.
        at = max(now, *(free for each, free in self._next.items() if each <= priority), now)
        self._next[priority] = at + timedelta(seconds=MINUTE * _ROOM_SPARE / self.per_minute)
        return at

    def before(self, booked: Iterable[tuple[int, datetime]]) -> None:
        """Who had this duty before gave these times. booked: priority and the last time of each."""
        self._next = {}
        for priority, last in booked:
            if self.per_minute:
                self._next[priority] = last + timedelta(seconds=MINUTE * _ROOM_SPARE / self.per_minute)
