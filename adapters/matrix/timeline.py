"""What a room's timeline brings: what a sync left out is read back, and what is not for the bot's eyes is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from adapters.matrix.calls import Calls
from adapters.matrix.patience import Patience
from bot.chat import PlatformError

Json = dict[str, Any]


async def gap(calls: Calls, patiently: Patience, room: str, timeline: Json, since: str) -> list[Json]:
    """What a limited timeline left out, oldest first: read back to where we were, or to the bot's own arrival."""
    missing: list[Json] = []
    token = timeline.get("prev_batch", "")
    seen = events(timeline)
    known = {str(event.get("event_id")) for event in seen}
    while token and not any(arrives(event, calls.me) for event in [*seen, *missing]):
        try:
            page = await patiently(partial(calls.messages, room, start=token, end=since))
        except PlatformError:
            break  # the bot may no longer read there
        missing += [event for event in page.get("chunk", []) if str(event.get("event_id")) not in known]
        token = page.get("end", "") if page.get("chunk") else ""
    return missing[::-1]


def since_arrival(raws: Sequence[Json], me: str) -> list[Json]:
    """What happened in a room while the bot was in it or invited to it; what came before is not for its eyes.

    Of its own membership, that it ended. What was written between an invitation and its acceptance counts: people
    write at once. raws: oldest first.
    """
    own = [raw for raw in raws if is_member(raw, me)]
    here = not own or membership(before(own[0])) in {"invite", "join"}
    heard = []
    for raw in raws:
        if is_member(raw, me):
            stays = membership(raw.get("content")) in {"invite", "join"}
            if here and not stays:
                heard.append(raw)
            here = stays
        elif here:
            heard.append(raw)
    return heard


def arrives(raw: Json, me: str) -> bool:
    """Whether with this event the bot comes into a room's sight: invited, or entering without invitation."""
    here = {"invite", "join"}
    return is_member(raw, me) and membership(raw.get("content")) in here and membership(before(raw)) not in here


def is_member(raw: Json, who: str) -> bool:
    """The event is about this account's membership."""
    return raw.get("type") == "m.room.member" and raw.get("state_key") == who


def events(part: Json) -> list[Json]:
    """The events of a part of a sync; servers, of others and behind broken proxies, send other things too."""
    return [event for event in part.get("events", []) if isinstance(event, dict) and isinstance(event.get("type"), str)]


def before(raw: Json) -> object:
    """The content of a state event before this one."""
    unsigned = raw.get("unsigned")
    return unsigned.get("prev_content") if isinstance(unsigned, Mapping) else None


def membership(content: object) -> str:
    """Whether someone is in a room, from the content of their membership."""
    return str(content.get("membership", "")) if isinstance(content, Mapping) else ""
