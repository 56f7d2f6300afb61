"""Two channels of one name: Slack refuses that, and has made such all the same where two creations raced.

Users of the API have seen it; it is not documented. A process of ours makes one channel at a time.
"""

from __future__ import annotations

import structlog

from bot.chat import Door, Overloaded

_log = structlog.get_logger("parvis.slack")

KEPT = 1_000  # names; a race is over in seconds


class Twins:
    """Compares what the bot made with what Slack announces. Its own answer and the announcement come in any order."""

    def __init__(self, platform: str) -> None:
        self.door: Door | None = None
        self._platform = platform
        self._made: dict[str, str] = {}
        self._announced: dict[str, set[str]] = {}

    async def made(self, name: str, room: str) -> None:
        """The bot made a channel of that name."""
        _within(self._made)
        self._made[name] = room
        for other in self._announced.get(name, set()) - {room}:
            await self._tell(room, other)

    async def announced(self, name: str, room: str) -> None:
        """Slack says that a channel of that name was made, by whomever."""
        _within(self._announced)
        self._announced.setdefault(name, set()).add(room)
        if (own := self._made.get(name)) and own != room:
            await self._tell(own, room)

    async def _tell(self, own: str, other: str) -> None:
        """Leave a trace for administrators: nobody but a person can tell which of the two should stay."""
        _log.error("slack.two_channels_of_one_name", platform=self._platform, made=own, other=other)
        if self.door is None:
            return
        try:
            await self.door.park(self._platform, f"twins:{own}:{other}", f"two_channels_of_one_name:{own},{other}")
        except Overloaded:
            _log.warning("slack.no_trace", platform=self._platform)


def _within(known: dict[str, str] | dict[str, set[str]]) -> None:
    if len(known) >= KEPT:
        known.clear()
