"""The file of settings and the secrets of the environment in, one frozen Config out; or all that is wrong, at once.

settings: what can be configured. platforms: how a platform declares its own. values: of what kinds. reading: how it is
read and checked. explain: how an error is told.
"""

from bot.config.explain import ConfigError, Problem
from bot.config.platforms import (
    Kind,
    Manifest,
    Offered,
    PlatformSettings,
    Section,
    Shape,
    Shortcut,
    WiredSettings,
    Word,
)
from bot.config.reading import load, secret_variables
from bot.config.settings import (
    Attention,
    Audit,
    Config,
    Database,
    Intake,
    Parvis,
    RoleRoom,
    Roles,
    Rooms,
    Web,
    WorkingHours,
)
from bot.config.values import Grant, Listener, Text, Url

__all__ = [
    "Attention",
    "Audit",
    "Config",
    "ConfigError",
    "Database",
    "Grant",
    "Intake",
    "Kind",
    "Listener",
    "Manifest",
    "Offered",
    "Parvis",
    "PlatformSettings",
    "Problem",
    "RoleRoom",
    "Roles",
    "Rooms",
    "Section",
    "Shape",
    "Shortcut",
    "Text",
    "Url",
    "Web",
    "WiredSettings",
    "Word",
    "WorkingHours",
    "load",
    "secret_variables",
]
