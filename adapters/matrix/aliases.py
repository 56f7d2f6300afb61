"""The addresses of rooms (aliases): a room renamed keeps its former one, until another room is given that name."""

from __future__ import annotations

from adapters.matrix.calls import Calls
from adapters.matrix.view import described
from bot.chat import NotAllowed, NotFound


async def resolve(calls: Calls, alias: str) -> str:
    """The room that an alias leads to, "" when there is none."""
    try:
        return str((await calls.request("GET", "directory", "room", alias))["room_id"])
    except NotFound:
        return ""


async def free(calls: Calls, alias: str) -> bool:
    """Take a former alias from a room that the bot made and that goes by another now; say whether it is free.

    Spec, "Room aliases" (`DELETE /directory/room/{roomAlias}`) and "m.room.canonical_alias" (`alt_aliases`). The
    alias goes first: cut off in between, what is left in the room is an entry that leads elsewhere, and no name that
    nobody can have.
    """
    room = await resolve(calls, alias)
    if not room:
        return True
    try:
        if described(room, calls.me, await calls.state(room)).creator != calls.me:
            return False
        kept = await calls.state_event(room, "m.room.canonical_alias")
        if not kept.get("alias") or kept["alias"] == alias or alias not in kept.get("alt_aliases", []):
            return False
        await calls.request("DELETE", "directory", "room", alias)
        others = [each for each in kept["alt_aliases"] if each != alias]
        await calls.put_state(room, "m.room.canonical_alias", {"alias": kept["alias"], "alt_aliases": others})
    except (NotAllowed, NotFound):
        return not await resolve(calls, alias)
    return True
