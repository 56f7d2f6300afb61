"""Whether an account was closed without "erase", which a homeserver tells nobody but its administrators.

What shows (Synapse 1.163, tried): the account leaves every room by itself, the direct room with the bot among them, and
is taken out of the user directory; its profile stays as it was. So whoever left the direct room, is in no room with the
bot and is not in the directory counts as gone, until they are seen again.
"""

from __future__ import annotations

from typing import Any

from adapters.matrix.calls import Calls
from adapters.matrix.direct import direct_with
from adapters.matrix.timeline import before, is_member, membership
from adapters.matrix.view import View
from bot.chat import NotAllowed, NotFound

Json = dict[str, Any]


async def departed(calls: Calls, view: View, person: str) -> bool:
    """Whether an account that the server shows a profile of was closed, as far as that can be seen."""
    rooms = view.candidates(person)
    for room in rooms:
        if await direct_with(calls, view, room) == person or not await _left(calls, room, person):
            return False
    return bool(rooms) and not await _listed(calls, person) and not await _shares_a_room(calls, view, person)


async def _left(calls: Calls, room: str, person: str) -> bool:
    """By themselves, and not by declining an invitation."""
    try:
        state = await calls.state(room)
    except (NotAllowed, NotFound):
        return False
    event: Json = next((each for each in state if is_member(each, person)), {})
    left = membership(event.get("content")) == "leave" and membership(before(event)) == "join"
    return left and event.get("sender") == person


async def _listed(calls: Calls, person: str) -> bool:
    """In the user directory, where those are found who share a room with the bot or are in a public one."""
    body = {"search_term": person, "limit": 10}
    try:
        found = await calls.request("POST", "user_directory", "search", body=body)
    except (NotAllowed, NotFound):
        return False  # switched off
    return any(each.get("user_id") == person for each in found.get("results", []))


async def _shares_a_room(calls: Calls, view: View, person: str) -> bool:
    for room in list(view.rooms):
        try:
            if person in await calls.joined(room):
                return True
        except (NotAllowed, NotFound):
            continue  # left meanwhile
    return False
