"""Rate limits on the server's clock (docs: apis/web-api/rate-limits)."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from typing import TYPE_CHECKING, Literal

from .calls import TIERS, Call, Method

if TYPE_CHECKING:
    from .clock import Clock

MINUTE = 60.0
POST_METHODS = {"chat.postMessage"}


class Limits:
    """Tiers per method and workspace, and one post per second and channel. Off unless a test turns it on.

    ``posts_per_minute``: of the whole workspace; Slack tells no number ("several hundred"), so it is off by itself.
    """

    def __init__(self, clock: Clock, mode: Literal["off", "on"] = "off") -> None:
        self.clock, self.mode = clock, mode
        self.posts_per_minute: int | None = None
        self._calls: defaultdict[str, deque[float]] = defaultdict(deque)
        self._posts: dict[str, float] = {}

    def wait(self, what: Method, call: Call) -> int:
        """Seconds to wait before this call would be accepted; 0 lets it through and counts it."""
        if self.mode == "off":
            return 0
        if what.name in POST_METHODS:
            return self._post(call.text("channel"))
        if what.tier not in TIERS:
            return 0
        if wait := self._full(what.name, TIERS[what.tier]):
            return wait
        self._calls[what.name].append(self.clock.now())
        return 0

    def _full(self, method: str, most: int) -> int:
        """Seconds until a method takes one more; 0 when it does."""
        now, calls = self.clock.now(), self._calls[method]
        while calls and calls[0] <= now - MINUTE:
            calls.popleft()
        return max(1, math.ceil(calls[0] + MINUTE - now)) if len(calls) >= most else 0

    def _post(self, channel_id: str) -> int:
        now = self.clock.now()
        last = self._posts.get(channel_id)
        if last is not None and now - last < 1:
            return 1
        if self.posts_per_minute is not None:
            if wait := self._full("chat.postMessage", self.posts_per_minute):
                return wait
            self._calls["chat.postMessage"].append(now)
        self._posts[channel_id] = now
        return 0
