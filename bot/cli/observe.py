"""`parvis observe`: what an existing workspace holds on day one. Sends nothing, changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.chat import Platform, PlatformError
from bot.cli import FINE, FOUND, Wrong, show
from bot.cli.observing import telling
from bot.cli.observing.looking import look
from bot.cli.observing.picture import Picture, drawn
from bot.cli.opening import Desk, is_there, opened
from bot.nudge import Role
from storage import communities

DAYS = 30
"""Of silence, after which a room counts as quiet here: a first look, not the diagnosis of a community."""
Open = Callable[[], Mapping[str, Platform]]


async def observed(
    desk: Desk, platforms: Open, now: Callable[[], datetime], *, as_json: bool, quick: bool, only: str = ""
) -> int:
    """Show the picture of each platform; FOUND when one could not be asked.

    platforms: opens them, for a look. now: the clock (UTC). quick: without asking who spoke last. only: the name of a
    platform, "" for all. Raises Wrong when there is none of that name.
    """
    if only and only not in desk.config.platforms:
        raise Wrong(desk.voice("observe-no-platform", platform=only, known=", ".join(desk.config.platforms)))
    pictures, failed = dict[str, Picture](), dict[str, str]()
    asked = platforms()
    try:
        for name, platform in asked.items():
            if only in {"", name}:
                try:
                    pictures[name] = await _picture(desk, platform, now(), quick=quick)
                except PlatformError as error:
                    failed[name] = error.reason
    finally:
        for platform in asked.values():
            await platform.close()
    _shown(desk, pictures, as_json=as_json)
    for name, reason in failed.items():
        show.note(desk.voice("observe-failed", platform=name, reason=reason))
    return FOUND if failed else FINE


async def _picture(desk: Desk, platform: Platform, now: datetime, *, quick: bool) -> Picture:
    with telling.progress(desk.voice) as tick:
        found = await look(platform, tick, quick=quick)
    config = desk.config
    homes = {each.room for role in Role for each in config.rooms.of(role) if each.platform == platform.name}
    return drawn(found, await _known(desk, platform.name), homes, now, timedelta(days=DAYS))


async def _known(desk: Desk, platform: str) -> set[str]:
    """The rooms of communities that Parvis knows; on day one there is no database yet."""
    if not is_there(desk.config.database.url):
        return set()
    async with opened(desk) as store, store.read() as session:
        return await communities.rooms(session, platform)


def _shown(desk: Desk, pictures: Mapping[str, Picture], *, as_json: bool) -> None:
    if as_json:
        found = {name: telling.data(picture) for name, picture in pictures.items()}
        show.line(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for name, picture in pictures.items():
        show.line(desk.voice("observe-title", platform=name))
        for line in telling.lines(picture, desk.voice, DAYS):
            show.line(f"  {line}")
