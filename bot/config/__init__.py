"""The file of settings and the secrets of the environment in, one frozen Config out; or all that is wrong, at once.

settings: what can be configured. values: of what kinds. reading: how it is read and checked. explain: how an error is
told.
"""

from bot.config.explain import ConfigError, Problem
from bot.config.reading import load
from bot.config.settings import (
    Attention,
    Audit,
    Config,
    Database,
    Intake,
    Matrix,
    Memory,
    Parvis,
    RoleRoom,
    Roles,
    Rooms,
    Slack,
    Web,
    WorkingHours,
)
from bot.config.values import Grant, Listener

__all__ = [
    "Attention",
    "Audit",
    "Config",
    "ConfigError",
    "Database",
    "Grant",
    "Intake",
    "Listener",
    "Matrix",
    "Memory",
    "Parvis",
    "Problem",
    "RoleRoom",
    "Roles",
    "Rooms",
    "Slack",
    "Web",
    "WorkingHours",
    "load",
]
