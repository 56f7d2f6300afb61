"""Rooms that are replaced by newer ones: followed, and told once the bot is in the new one. Pure.

Whoever may send a tombstone may name any room in it; so a room counts as the successor of another only when both say
so: the tombstone of the one, and how the other was made (spec, "Room upgrades").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from adapters.matrix.inbound import instant
from adapters.matrix.invitations import FOLLOW
from adapters.matrix.timeline import events
from adapters.matrix.view import View
from bot.chat import RoomChanged

Json = dict[str, Any]


def wanted(view: View, joined: Mapping[str, Json]) -> dict[str, str]:
    """The rooms to enter because a tombstone of a sync names them, and how they are kept until that is done."""
    found: dict[str, str] = {}
    for room, news in joined.items():
        known = view.rooms.get(room)
        brought = any(event.get("type") == "m.room.tombstone" for event in events(news.get("timeline", {})))
        if known and brought and known.replaced_by and known.replaced_by not in view.rooms:
            found[known.replaced_by] = FOLLOW + room
    return found


def told(platform: str, view: View, room: str, raws: Sequence[Json]) -> list[RoomChanged]:
    """That a room took another's place, by whichever of the two came last. raws: the state events of one of them."""
    found = []
    for kind in {str(raw.get("type")) for raw in raws} & {"m.room.tombstone", "m.room.create"}:
        old = room if kind == "m.room.tombstone" else view.rooms[room].predecessor
        new = view.successor(old)
        tombstone = view.rooms[old].replaced if new else {}
        at = instant(tombstone.get("origin_server_ts"))
        if new in {room, view.rooms[room].replaced_by} - {""} and at is not None:
            found.append(_event(platform, old, new, str(tombstone.get("sender", "")), at))
    return found


def _event(platform: str, old: str, new: str, by: str, at: datetime) -> RoomChanged:
    key = f"upgraded:{old}:{new}"[:255]
    return RoomChanged(key=key, platform=platform, by=by, room=old, at=at, change="upgraded", successor=new)
