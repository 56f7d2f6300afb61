"""How a homeserver stands with the bot: only requests that read."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError

from adapters.matrix.calls import Calls
from bot.chat import Finding, LockedOut, PlatformError

Json = dict[str, Any]
SKEW = 30.0  # seconds that clocks may differ: times of messages are the server's, deadlines are ours
CHILD = "m.space.child"


async def examined(calls: Calls, space: str, now: datetime, refused: str = "") -> list[Finding]:
    """What can be found out. Never raises.

    space: id or alias of the company space, "" for none. now: UTC. refused: as the port says.
    """
    about = urlsplit(calls.client.homeserver).netloc
    try:
        headers = await _versions(calls)
    except (TimeoutError, ClientError, OSError, PlatformError) as error:
        reason = error.reason if isinstance(error, PlatformError) else type(error).__name__
        return [Finding(code="address", state="wrong", about=about, evidence=reason)]
    found = [Finding(code="address", state="fine", about=about), *_clock(headers, now)]
    try:
        who = await calls.request("GET", "account", "whoami")
    except LockedOut as error:
        which = error.which or "access_token"
        return [*found, Finding(code="credentials", state="wrong", about=which, evidence=error.reason)]
    except PlatformError as error:
        return [*found, Finding(code="credentials", state="unknown", evidence=error.reason)]
    found.append(Finding(code="credentials", state="fine", about=str(who.get("user_id", ""))))
    found.append(_device(who))
    found.append(await _creation(calls, refused))
    if space:
        found.append(await _space(calls, space))
    return found


async def _creation(calls: Calls, refused: str) -> Finding:
    """Whether people make rooms around the bot. A homeserver that forbids it tells only who tries: the bot, once.

    Else by what the directory lists and the bot is not in, which others made (spec, "Listing rooms"): when, and whether
    administrators alone did, is told to nobody who is not in there.
    """
    if refused == "M_FORBIDDEN":
        return Finding(code="creation", state="closed", about=refused, evidence="refused_to_bot")
    try:
        mine = set((await calls.request("GET", "joined_rooms")).get("joined_rooms", ()))
        page = await calls.request("GET", "publicRooms", query={"limit": "100"})
    except PlatformError as error:
        return Finding(code="creation", state="unknown", evidence=error.reason)
    rooms = [one for one in page.get("chunk", ()) if one.get("room_type") != "m.space"]
    others = sum(one.get("room_id") not in mine for one in rooms)
    if others:
        return Finding(code="creation", state="open", about=str(others), evidence="made_by_others")
    return Finding(code="creation", state="unknown", evidence="none_made_by_others")


async def _versions(calls: Calls) -> Mapping[str, str]:
    """The headers of the one answer that needs no token. Raises PlatformError when it is no homeserver's."""
    async with asyncio.timeout(calls.timeout):
        async with await calls.client.send("GET", "/_matrix/client/versions", timeout=calls.timeout) as response:
            try:
                body = await response.json(content_type=None)
            except ValueError:
                body = {}
            if response.status != 200 or "versions" not in body:
                raise PlatformError(f"HTTP_{response.status}")
            headers: Mapping[str, str] = response.headers
            return headers


def _clock(headers: Mapping[str, str], now: datetime) -> list[Finding]:
    try:
        theirs = parsedate_to_datetime(headers["Date"])
    except (KeyError, ValueError, TypeError):
        return []
    skew = (now - theirs).total_seconds()
    return [Finding(code="clock", state="fine" if abs(skew) <= SKEW else "wrong", about=f"{skew:.0f}")]


def _device(who: Json) -> Finding:
    """Without a device, the server knows no transactions, so that what is sent twice is seen twice."""
    device = str(who.get("device_id") or "")
    return Finding(code="device", state="fine" if device else "wrong", about=device)


async def _space(calls: Calls, space: str) -> Finding:
    """Whether the bot may put communities into the company space (spec, "m.room.power_levels")."""
    try:
        named = {"room_id": space} if space.startswith("!") else await calls.request("GET", "directory", "room", space)
        room = str(named["room_id"])
        state = {(event["type"], event.get("state_key", "")): event for event in await calls.state(room)}
    except PlatformError as error:
        return Finding(code="space", state="wrong", about=space, evidence=error.reason)
    return Finding(code="space", state="fine" if _may_put(state, calls.me) else "wrong", about=space)


def _may_put(state: Mapping[tuple[str, str], Json], me: str) -> bool:
    create = state.get(("m.room.create", ""), {})
    made = create.get("content", {})
    version = str(made.get("room_version", "1"))
    if version.isdigit() and int(version) >= 12 and me in {create.get("sender"), *made.get("additional_creators", ())}:
        return True  # above all levels (spec, "Room Version 12")
    levels = state.get(("m.room.power_levels", ""), {}).get("content", {})
    mine = levels.get("users", {}).get(me, levels.get("users_default", 0))
    return int(mine) >= int(levels.get("events", {}).get(CHILD, levels.get("state_default", 50)))
