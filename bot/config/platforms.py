"""How a platform declares what its tables of the file hold; the spine knows no platform by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict

from bot.chat import Platform

What = Literal["account", "group", "room"]


class Section(BaseModel):
    """A table of the file: immutable, and refused when it holds an unknown key."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class PlatformSettings(Section):
    """What the table of every platform holds; each adds its own. Fields of type SecretStr come from the environment:
    `bot_token` of [platforms.acme] from PARVIS_ACME_BOT_TOKEN.
    """

    kind: str


class Shape(NamedTuple):
    """What stable ids look like. pattern: matched as a whole; (?!) where there are none. example: "" without one."""

    pattern: str
    example: str


ANY = Shape(r"\S+", "")
_S = TypeVar("_S", bound=PlatformSettings)


@dataclass(frozen=True, slots=True)
class Kind(Generic[_S]):
    """A kind of platform.

    settings: the model of its tables. open: makes the bot's side of one, not connected yet, from the configured name,
    the settings and the clock (UTC, aware); the vendor's library is imported only then. ids: what its stable ids look
    like, where they have a shape. tokens: secret -> the beginnings that it may have, where tokens are easily taken for
    one another. one_of: secrets of which one suffices, and one is needed. needs: the optional secrets that a table, as
    it is written, makes necessary. served: whether one configured so is reached through [web] public.
    example: what only the values of config.example.toml and of its explanations look like, as a pattern of the whole.
    """

    settings: type[_S]
    open: Callable[[str, _S, Callable[[], datetime]], Platform]
    ids: Mapping[What, Shape] = field(default_factory=dict)
    tokens: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    one_of: tuple[str, ...] = ()
    needs: Callable[[Mapping[str, Any]], tuple[str, ...]] = lambda _table: ()
    served: Callable[[_S], bool] = lambda _settings: False
    example: str = r"(?!)"
