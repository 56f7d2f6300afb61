"""The platforms: one folder each, and a few lines here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from pydantic import SecretStr

from bot.chat import Platform
from bot.config import Matrix, Memory, Slack


def open_platform(name: str, settings: Slack | Matrix | Memory, now: Callable[[], datetime]) -> Platform:
    """Make the bot's side of a configured platform; nothing is connected yet.

    name, settings: as configured. now: UTC, aware. Imports the vendor's library only here and now, so that a deployment
    pays for what it uses.
    """
    if isinstance(settings, Slack):
        return _slack(name, settings, now)
    if isinstance(settings, Matrix):
        return _matrix(name, settings, now)
    from adapters.memory import MemoryPlatform, MemoryServer  # noqa: PLC0415 - imported where it is used

    return MemoryPlatform(MemoryServer(name, now))


def _slack(name: str, settings: Slack, now: Callable[[], datetime]) -> Platform:
    from adapters.slack import SlackPlatform  # noqa: PLC0415 - imported where it is used

    return SlackPlatform(
        name,
        bot_token=_bare(settings.bot_token),
        app_token=_bare(settings.app_token),
        user_token=_bare(settings.user_token),
        api_url=settings.api_url,
        now=now,
    )


def _matrix(name: str, settings: Matrix, now: Callable[[], datetime]) -> Platform:
    from adapters.matrix import MatrixPlatform  # noqa: PLC0415 - imported where it is used

    return MatrixPlatform(
        name,
        homeserver=settings.homeserver,
        user=settings.user,
        access_token=_bare(settings.access_token),
        password=_bare(settings.password),
        device_id=settings.device_name,
        server_names=settings.server_names,
        space=settings.space,
        now=now,
    )


def _bare(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
