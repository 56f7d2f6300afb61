"""How a platform declares what its tables of the file hold; the spine knows no platform by name."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Generic, Literal, NamedTuple, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict

from bot.chat import Platform
from bot.config.problems import WrongValueError, quoted

What = Literal["account", "group", "room"]


class Section(BaseModel):
    """A table of the file: immutable, and refused when it holds an unknown key."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def _certificates(value: str) -> str:
    if value:
        try:
            ssl.create_default_context().load_verify_locations(value)
        except (OSError, ssl.SSLError):
            raise WrongValueError("settings-certificates", shown=quoted(value)) from None
    return value


Certificates = Annotated[str, AfterValidator(_certificates)]
"""A file of certificates (PEM) that are trusted besides the system's, such as a company's own authority."""


def trusting(ca_file: str) -> ssl.SSLContext | None:
    """What certificates are checked with; None for what the system (or SSL_CERT_FILE) trusts."""
    if not ca_file:
        return None
    context = ssl.create_default_context()
    context.load_verify_locations(ca_file)
    return context


class PlatformSettings(Section):
    """What the table of every platform holds; each adds its own. Fields of type SecretStr come from the environment:
    `bot_token` of [platforms.acme] from PARVIS_ACME_BOT_TOKEN.
    """

    kind: str

    def way_to(self, _room: str) -> str:
        """Where a browser opens a room; "" where none does."""
        return ""


class WiredSettings(PlatformSettings):
    """Of a platform that is called over the network.

    ca_file: certificates (PEM) that are trusted besides the system's, such as a company's own authority; "" for none.
    """

    ca_file: Certificates = ""

    def trust(self) -> ssl.SSLContext | None:
        """What certificates are checked with; None for what the system (or SSL_CERT_FILE) trusts."""
        return trusting(self.ca_file)


_S = TypeVar("_S", bound=PlatformSettings)


class Shape(NamedTuple):
    """What stable ids look like. pattern: matched as a whole; (?!) where there are none. example: "" without one."""

    pattern: str
    example: str


@dataclass(frozen=True, slots=True)
class Word:
    """A first word by which the bot is called ("community"). usage: what may follow it."""

    name: str
    help: str
    usage: str = ""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A command that menus offer. id: of the command ("community.request"). on: "anywhere", or on a "message"."""

    id: str
    label: str
    help: str
    on: Literal["anywhere", "message"]


@dataclass(frozen=True, slots=True)
class Offered:
    """What the bot offers wherever it is, in one language; for platforms that must be told beforehand.

    name, description: of the bot. address: under which others reach it, "" where they need not. admin: an administrator
    is to lend it their rights.
    """

    name: str
    description: str
    words: tuple[Word, ...]
    shortcuts: tuple[Shortcut, ...] = ()
    address: str = ""
    admin: bool = False


@dataclass(frozen=True, slots=True)
class Manifest(Generic[_S]):
    """How a platform is told what the bot offers, before it can sign in.

    make: from the configured name and settings. link: the address of the vendor's page, with it filled in.
    """

    make: Callable[[str, _S, Offered], Mapping[str, Any]]
    link: Callable[[Mapping[str, Any]], str]


ANY = Shape(r"\S+", "")


@dataclass(frozen=True, slots=True)
class Kind(Generic[_S]):
    """A kind of platform.

    settings: the model of its tables. open: makes the bot's side of one, not connected yet, from the configured name,
    the settings and the clock (UTC, aware); the vendor's library is imported only then. ids: what its stable ids look
    like, where they have a shape. tokens: secret -> the beginnings that it may have, where tokens are easily taken for
    one another. one_of: secrets of which one suffices, and one is needed. needs: the optional secrets that a table, as
    it is written, makes necessary. served: whether one configured so is reached through [web] public.
    example: what only the values of config.example.toml and of its explanations look like, as a pattern of the whole.
    loggers: of the vendor's library, which logs what it handles. secrets: what the vendor's tokens look like wherever
    they come up, as patterns. page: of our documentation. beside: the settings with which an administrator looks while
    the bot runs, without disturbing its session.
    addressed: its people are reached at addresses that a list holds, as the platform's own `addressed` says.
    manifest: None where the platform need not be told what the bot offers.
    """

    settings: type[_S]
    open: Callable[[str, _S, Callable[[], datetime]], Platform]
    ids: Mapping[What, Shape] = field(default_factory=dict)
    tokens: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    one_of: tuple[str, ...] = ()
    needs: Callable[[Mapping[str, Any]], tuple[str, ...]] = lambda _table: ()
    served: Callable[[_S], bool] = lambda _settings: False
    example: str = r"(?!)"
    loggers: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    page: str = ""
    addressed: bool = False
    beside: Callable[[_S], _S] = lambda settings: settings
    manifest: Manifest[_S] | None = None
