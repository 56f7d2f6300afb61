"""Who has which role by the settings: accounts named there, and who is in the groups and rooms that give one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import people
from bot.chat import NotFound, Platform, PlatformError, Profile
from bot.config import Config
from bot.nudge import Role
from bot.parts import Parts

log = structlog.get_logger("grants")


async def grant_named(config: Config, session: AsyncSession, now: datetime) -> None:
    """Give the roles that the settings give to accounts by name."""
    for role in Role:
        named: dict[str, list[str]] = {}
        for grant in config.roles.of(role):
            if grant.kind == "account":
                named.setdefault(grant.platform, []).append(grant.id)
        await people.grant(session, role, "config", named, now)


class Grants:
    """Gives roles, and takes back what the settings or the platforms no longer say."""

    def __init__(self, config: Config, parts: Parts) -> None:
        """parts: what it works with."""
        self._config = config
        self._parts = parts

    async def named(self) -> None:
        """Give the roles that the settings give to accounts by name, and take back what they give no more."""
        async with self._parts.store.write() as session:
            await grant_named(self._config, session, self._parts.now())
            await people.keep_grants(session, self._sources())

    def _sources(self) -> set[tuple[Role, str]]:
        """What the settings say of roles: (role, where it comes from)."""
        return {
            (role, "config" if grant.kind == "account" else f"{grant.platform}:{grant.kind}:{grant.id}")
            for role in Role
            for grant in self._config.roles.of(role)
        }

    async def members(self, platforms: Collection[str]) -> None:
        """Read the rooms and groups of these platforms that give roles."""
        for role in Role:
            for grant in self._config.roles.of(role):
                if grant.kind != "account" and grant.platform in platforms:
                    await self._from(role, grant.platform, grant.kind, grant.id)

    async def _from(self, role: Role, platform: str, kind: str, id_: str) -> None:
        """Give a role to who is in a room or group now. What cannot be read changes nothing."""
        asked = self._parts.platforms[platform]
        try:
            inside = await (asked.members(id_) if kind == "room" else asked.group(id_))
            profiles = [await _profile(asked, each) for each in inside]
        except PlatformError as error:
            log.warning("roles not read", role=role, source=f"{platform}:{kind}:{id_}", reason=error.reason)
            return
        # The bot itself is in its rooms, and so may guests be: neither has a role.
        members = [profile for profile in profiles if profile and profile.kind == "member"]
        now = self._parts.now()
        async with self._parts.store.write() as session:
            for profile in members:
                if not await people.is_erased(session, platform, profile.id):
                    await self._parts.meet(session, platform, profile, now)
            source = f"{platform}:{kind}:{id_}"
            await people.grant(session, role, source, {platform: [each.id for each in members]}, now)


async def _profile(platform: Platform, account: str) -> Profile | None:
    """Who an account is; None where the platform knows of nobody, which concerns nobody else in the room."""
    try:
        return await platform.profile(account)
    except NotFound:
        return None
