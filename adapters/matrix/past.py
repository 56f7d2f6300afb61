"""What happened in a room before: `bot.chat.Rooms.history` on Matrix. What was written is looked at, and not kept.

Pages backwards ("GET /rooms/{roomId}/messages" in the spec); a position is a token of the server. What is encrypted
counts without being opened.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import ValidationError

from adapters.matrix.calls import Calls
from adapters.matrix.inbound import Place, UnreadableError, instant, read
from adapters.matrix.view import View
from bot.chat import Joined, Left, Past, Reacted, Spoke

Json = dict[str, Any]

_ONLY: Json = {"types": ["m.room.message", "m.room.encrypted", "m.reaction", "m.room.member", "m.room.create"]}


class MatrixPast:
    """A call for each page."""

    name: str
    _calls: Calls
    _view: View

    async def history(self, room: str, *, since: datetime, until: datetime, position: str = "") -> Past:
        """As the port says. A room may hide what was written before one came: then it is limited."""
        await self._calls.login()
        page = await self._calls.messages(room, start=position, only=_ONLY)
        chunk = [each for each in page.get("chunk", []) if isinstance(each, dict)]
        instants = [at for each in chunk if (at := instant(each.get("origin_server_ts"))) is not None]
        oldest = min(instants, default=None)
        # Servers' clocks differ a little, so the order is not quite that of the instants: a whole page is before.
        done = bool(instants) and max(instants) < since
        then = "" if done or not chunk else str(page.get("end") or "")
        place = Place(self.name, room, self._calls.me)
        happened = [event for each in chunk if (event := _event(each, place)) is not None]
        return Past(
            events=tuple(each for each in happened if since <= each.at < until),
            position=then,
            oldest=max(oldest, since) if oldest else None,
            seen=sum(each.get("type") in {"m.room.message", "m.room.encrypted"} for each in chunk),
            limited=not then and not done and not any(each.get("type") == "m.room.create" for each in chunk),
            untold=frozenset({"read"}),
        )


def _event(raw: Json, place: Place) -> Spoke | Reacted | Joined | Left | None:
    """What an event means, as when it is heard; what cannot be read, and words to the bot, count not."""
    try:
        found = read(raw, place)
    # As `adapters.matrix.meaning`: whoever wrote it must not end the reading.
    except (UnreadableError, ValidationError, KeyError, IndexError, TypeError, ValueError, AttributeError):
        return None
    return found if isinstance(found, Spoke | Reacted | Joined | Left) else None
