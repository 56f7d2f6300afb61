"""Which rooms are direct: remembered in the bot's account data, and counted when the server did not say."""

from __future__ import annotations

from adapters.matrix.calls import Calls, Json
from adapters.matrix.view import View
from bot.chat import NotFound


async def direct_with(calls: Calls, view: View, room: str) -> str:
    """The person a room is direct with, "" for every other room.

    Synapse tells how many are in a room when that changes or on a first sync, not on a resumed one: such a room is
    counted when it matters, once.
    """
    known = view.rooms.get(room)
    if known is not None and not known.counted and view.may_be_direct(room):
        answer = await calls.request("GET", "rooms", room, "members", query={"not_membership": "leave"})
        known.count(answer.get("chunk", []))
    return view.direct_with(room)


async def remember_direct(calls: Calls, view: View, person: str, room: str) -> None:
    """Enter a direct room into the bot's account data (spec, "Direct Messaging"), for all its clients to know."""
    kept = await account_data(calls)
    rooms = list(kept.get(person) or [])
    if room not in rooms:
        kept = {**kept, person: [*rooms, room]}
        await calls.request("PUT", "user", calls.me, "account_data", "m.direct", body=kept)
    view.mark_direct(kept)


async def account_data(calls: Calls) -> Json:
    """The bot's direct rooms: person -> rooms."""
    try:
        return await calls.request("GET", "user", calls.me, "account_data", "m.direct")
    except NotFound:
        return {}
