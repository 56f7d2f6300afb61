"""Asking a platform what it holds: with methods that read, at its own pace."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from bot.chat import Platform, PlatformError, Profile, RateLimited, Room
from bot.cli.observing.picture import Look

Tick = Callable[[str, int, int], None]
"""Told of progress: (what, done, of how many; 0 while nobody knows)."""
TRIES = 5


async def look(platform: Platform, tick: Tick, *, quick: bool) -> Look:
    """Rooms, people and, unless quick, when somebody last wrote in each room the bot may read.

    Raises PlatformError: it cannot be asked.
    """
    rooms = list[Room]()
    async for room in platform.rooms():
        rooms.append(room)
        tick("rooms", len(rooms), 0)
    people = list[Profile]()
    async for profile in platform.people():
        people.append(profile)
        tick("people", len(people), 0)
    spoke = dict[str, datetime | None]()
    # What the bot is not inside, nobody tells it of: not measured, rather than silent.
    readable = [room for room in rooms if room.inside and not room.archived]
    for number, room in enumerate([] if quick else readable, 1):
        tick("spoke", number, len(readable))
        try:
            spoke[room.id] = await _patiently(platform, room.id)
        except PlatformError:
            continue  # vanished meanwhile, or not to be read: not measured
    return Look(tuple(rooms), tuple(people), spoke)


async def _patiently(platform: Platform, room: str) -> datetime | None:
    """As the platform's pace allows. Raises PlatformError."""
    for _ in range(TRIES):
        try:
            return await platform.last_spoke(room)
        except RateLimited as error:
            await asyncio.sleep(error.retry_after)
    return await platform.last_spoke(room)
