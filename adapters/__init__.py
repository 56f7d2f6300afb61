"""The platforms: one folder each, and one line here.

This is imported wherever settings are read, and brings their models only: a vendor's library is imported when a
platform of its kind is opened, so that a deployment pays for what it uses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from adapters.mail.settings import MAIL
from adapters.matrix.settings import MATRIX
from adapters.memory.settings import MEMORY
from adapters.slack.settings import SLACK
from bot.chat import Platform
from bot.config import Kind, PlatformSettings

PLATFORMS: Mapping[str, Kind[Any]] = {
    "slack": SLACK,
    "matrix": MATRIX,
    "mail": MAIL,
    "memory": MEMORY,
}


def open_platform(
    name: str, settings: PlatformSettings, now: Callable[[], datetime], *, beside: bool = False
) -> Platform:
    """Make the bot's side of a configured platform; nothing is connected yet.

    name, settings: as configured. now: UTC, aware. beside: for a look while the bot runs, whose session goes on.
    """
    kind = PLATFORMS[settings.kind]
    return kind.open(name, kind.beside(settings) if beside else settings, now)
