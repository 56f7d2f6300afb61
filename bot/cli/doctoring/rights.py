"""Who has which role, and the rooms of the roles, as the platforms know them: settings are written by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping

from bot.chat import NotFound, Platform, PlatformError
from bot.cli.doctoring.seen import Seen
from bot.config import Config, Grant, RoleRoom
from bot.nudge import Role

_NEEDED = (Role.ANIMATOR, Role.ADMIN)


async def people(config: Config, platforms: Mapping[str, Platform], away: Collection[str]) -> AsyncIterator[Seen]:
    """Whether those who are named have their roles. away: platforms that cannot be asked."""
    for role in Role:
        holders, unknown = 0, False
        for grant in config.roles.of(role):
            if grant.platform in away:
                unknown = True
                continue
            have, seen = await _granted(platforms[grant.platform], role, grant)
            holders += have
            if seen is not None:
                unknown = unknown or seen.state == "unknown"
                yield seen
        if role in _NEEDED:
            state = "fine" if holders else "unknown" if unknown else "wrong"
            yield Seen("role", state, about=role, name=str(holders))


async def _granted(platform: Platform, role: Role, grant: Grant) -> tuple[int, Seen | None]:
    """How many members have the role by this line of the settings, and what is wrong with it."""
    about, line = f"{grant.platform}:{grant.id}", f"roles.{role}"
    try:
        if grant.kind == "account":
            kind = (await platform.profile(grant.id)).kind
            return int(kind == "member"), None if kind == "member" else Seen(
                "account-powerless", "wrong", grant.platform, about, kind, line
            )
        inside = await (platform.members(grant.id) if grant.kind == "room" else platform.group(grant.id))
        kinds = [await _kind(platform, each) for each in inside]
    except NotFound as error:
        return 0, Seen(grant.kind, "wrong", grant.platform, about, error.reason, line)
    except PlatformError as error:
        code = grant.kind if grant.kind == "account" else f"{grant.kind}-unread"
        return 0, Seen(
            code, "unknown" if grant.kind == "account" else "wrong", grant.platform, about, error.reason, line
        )
    return kinds.count("member"), None


async def _kind(platform: Platform, account: str) -> str:
    try:
        return (await platform.profile(account)).kind
    except NotFound:
        return "gone"


async def rooms(config: Config, platforms: Mapping[str, Platform], away: Collection[str]) -> AsyncIterator[Seen]:
    """Whether the rooms of the roles are there, and the bot in them."""
    if not config.rooms.animator:
        yield Seen("home", "warning", about=Role.ANIMATOR)
    for role in Role:
        for home in config.rooms.of(role):
            if home.platform not in away:
                yield await _home(platforms[home.platform], role, home)


async def _home(platform: Platform, role: Role, home: RoleRoom) -> Seen:
    line = f"rooms.{role}"
    try:
        room = await platform.room(home.room)
    except PlatformError as error:
        return Seen("home-gone", "wrong", home.platform, home.room, error.reason, line)
    name = room.name or home.room
    if room.archived or not room.inside:
        return Seen("home-archived" if room.archived else "home-outside", "wrong", home.platform, name, "", line)
    if room.shared:
        return Seen("home-shared", "warning", home.platform, name, "", line)
    return Seen("home", "fine", home.platform, name, "", line)
