"""The file of settings and the secrets of the environment in, one frozen Config out; or all that is wrong, at once.

settings: what can be configured. platforms: how a platform declares its own. values: of what kinds. reading: how it is
read and checked. explain: what a model refused, in our words. problems: what is wrong, and what to write instead.
"""

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
from bot.config.problems import ConfigError, Problem, WrongValueError
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
    SignOnSettings,
    Web,
    WorkingHours,
)
from bot.config.values import Contact, Grant, Listener, Text, Url

__all__ = [
    "Attention",
    "Audit",
    "Config",
    "ConfigError",
    "Contact",
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
    "SignOnSettings",
    "Text",
    "Url",
    "Web",
    "WiredSettings",
    "Word",
    "WorkingHours",
    "WrongValueError",
    "load",
    "secret_variables",
]
