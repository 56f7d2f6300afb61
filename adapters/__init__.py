"""The platforms: one folder each, and one line here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.chat import Platform
from bot.config import Matrix, Memory, Slack


def open_platform(name: str, settings: Slack | Matrix | Memory, now: Callable[[], datetime]) -> Platform:
    """Make the bot's side of a configured platform; nothing is connected yet.

    name, settings: as configured. now: UTC, aware. Imports the vendor's library only now, so that a deployment pays for
    what it uses.
    """
    return {"slack": _slack, "matrix": _matrix, "memory": _memory}[settings.kind](name, settings, now)


def _slack(name: str, settings: Slack | Matrix | Memory, now: Callable[[], datetime]) -> Platform:
    from adapters.slack import SlackPlatform  # noqa: PLC0415 - see open_platform

    assert isinstance(settings, Slack)
    return SlackPlatform(
        name,
        bot_token=settings.bot_token.get_secret_value(),
        app_token=settings.app_token.get_secret_value(),
        user_token=settings.user_token.get_secret_value() if settings.user_token else "",
        api_url=settings.api_url,
        now=now,
    )


def _matrix(name: str, settings: Slack | Matrix | Memory, now: Callable[[], datetime]) -> Platform:
    raise NotImplementedError


def _memory(name: str, settings: Slack | Matrix | Memory, now: Callable[[], datetime]) -> Platform:
    from adapters.memory import MemoryPlatform, MemoryServer  # noqa: PLC0415 - see open_platform

    assert isinstance(settings, Memory)
    return MemoryPlatform(MemoryServer(name, now))
