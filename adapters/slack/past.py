"""What happened in a channel before: `bot.chat.Rooms.history` on Slack. What was written is looked at, and not kept.

Slack tells of messages, and, by messages of its own, of some who came and went: not in large channels where these are
off, nor on Enterprise Grid. It does not tell when somebody reacted, who has read, nor which threads begun before have
new replies (docs: reference/methods/conversations.history, reference/events/message).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from adapters.slack.calls import JSON, Calls, Window
from adapters.slack.identity import Identity
from adapters.slack.inbound import Reading, instant, translate
from bot.chat import Event, Joined, Left, NotFound, Paced, Past, Spoke

PER_MINUTE = 25
"""Calls for the past in a minute: half of what Slack grants these methods (tier 3); what cannot wait needs them too."""

PAGE = 999
"""Messages asked for at once, the most that Slack gives (reference/methods/conversations.history)."""

_UNTOLD: frozenset[Literal["reacted", "joined", "read", "replied"]] = frozenset(
    {"reacted", "joined", "read", "replied"}
)
_MOVED = {
    "channel_join": "member_joined_channel", "group_join": "member_joined_channel",
    "channel_leave": "member_left_channel", "group_leave": "member_left_channel",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where one stands: all from `before` on was read, but the threads named. ends: nothing is before.

    after: how far the first of these was read. cursor: where Slack goes on after a page without a message.
    """

    before: str
    threads: tuple[str, ...] = ()
    after: str = ""
    cursor: str = ""
    ends: bool = False
    limited: bool = False

    @property
    def position(self) -> str:
        """As it is kept; "" when there is nothing left."""
        return "" if self.ends and not self.threads else json.dumps(asdict(self), separators=(",", ":"))


def place(position: str, until: datetime) -> Place:
    """What `Place.position` wrote; where one begins."""
    if not position:
        return Place(stamp(until))
    found = json.loads(position)
    return Place(**{**found, "threads": tuple(found["threads"])})


def stamp(at: datetime) -> str:
    """An instant as Slack writes it: "1596183880.004200"."""
    return f"{int(at.timestamp())}.{at.microsecond:06d}"


class SlackPast:
    """A call for each page: of the channel, or of a thread in it."""

    name: str
    _calls: Calls
    _identity: Identity
    _now: Callable[[], datetime]
    _past: Window

    async def history(self, room: str, *, since: datetime, until: datetime, position: str = "") -> Past:
        """As the port says; the replies of a thread come after its first message."""
        now = self._now()
        if (wait := self._past.wait(now.timestamp())) > 0:
            raise Paced(wait)
        self._past.begin()
        try:
            at = place(position, until)
            read = self._thread if at.threads else self._channel
            messages, then = await read(room, at, since, until)
        finally:
            self._past.end(self._now().timestamp())
        reading = Reading(self.name, await self._identity.me(), now)
        happened = [event for each in messages if (event := _event(each, room, reading)) is not None]
        instants = [instant(each["ts"]) for each in messages]
        return Past(
            events=tuple(each for each in happened if since <= each.at < until),
            position=then.position,
            oldest=min(instants, default=None),
            seen=len(messages),
            limited=then.limited and not then.position,
            untold=_UNTOLD,
        )

    async def _channel(self, room: str, at: Place, since: datetime, _until: datetime) -> tuple[Sequence[JSON], Place]:
        oldest = stamp(since - timedelta(microseconds=1))
        answer = await self._calls.call(
            "conversations.history", channel=room, latest=at.before, oldest=oldest, limit=PAGE, cursor=at.cursor or None
        )
        messages = answer.get("messages") or []
        more = bool(answer.get("has_more"))
        cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        # What went to the channel as well is told with its thread.
        first = [each for each in messages if each.get("thread_ts") in {None, each["ts"]}]
        threads = tuple(str(each["ts"]) for each in first if each.get("reply_count"))
        before = min((str(each["ts"]) for each in messages), key=float, default=at.before)
        limited = bool(answer.get("is_limited")) and not more
        return first, Place(before, threads, "", "" if messages else cursor, not more, limited)

    async def _thread(self, room: str, at: Place, _since: datetime, until: datetime) -> tuple[Sequence[JSON], Place]:
        thread, rest = at.threads[0], replace(at, threads=at.threads[1:], after="")
        try:
            answer = await self._calls.call(
                "conversations.replies",
                channel=room,
                ts=thread,
                oldest=at.after or None,
                latest=stamp(until),
                limit=PAGE,
            )
        except NotFound as error:
            if error.reason != "thread_not_found":  # it was removed meanwhile
                raise
            return [], rest
        seen = float(at.after or thread)
        replies = [each for each in answer.get("messages") or [] if float(each["ts"]) > seen]
        if not answer.get("has_more") or not replies:
            return replies, rest
        return replies, replace(at, after=max((str(each["ts"]) for each in replies), key=float))


def _event(message: JSON, room: str, reading: Reading) -> Event | None:
    """What a message of the history means: the same as when it is heard, but for words to the bot, which count not."""
    ts, moved = str(message["ts"]), _MOVED.get(str(message.get("subtype") or ""))
    event: dict[str, Any] = {**message, "type": "message", "channel": room}
    if moved:
        event = {"type": moved, "user": message.get("user"), "channel": room}
    wrapped = {"type": "event_callback", "event_id": f"past:{room}:{ts}", "event_time": ts, "event": event}
    found = translate(wrapped, reading)
    return found if isinstance(found, Spoke | Joined | Left) else None
