"""What a Matrix homeserver is configured with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import Field, SecretStr

from adapters.matrix.render import link
from bot.chat import Platform
from bot.config import Kind, Shape, Text, Url, WiredSettings

VIA = 3
"""Servers named in a link as ways into a room (spec, "Matrix URIs", routing)."""


class Matrix(WiredSettings):
    """A Matrix homeserver. The access token, or the password, comes from the environment.

    device_id: of the bot's session; what was sent twice is recognised within one session only. encryption: it takes
    part in encrypted rooms, with keys sealed in the database with encryption_key.
    """

    kind: Literal["matrix"]
    homeserver: Url = Field(examples=["https://matrix.example.org"])
    user: str = Field(examples=["@parvis:example.org"], pattern=r"^@[^:\s]+:\S+$")
    # Any text to the server; those that stand in the path of its interface without being escaped will do.
    device_id: str = Field("PARVIS", pattern=r"^[A-Za-z0-9._~+=-]{1,64}$")
    encryption: bool = True
    space: str = Field("", examples=["#company:example.org"], pattern=r"^([!#]\S+)?$")
    server_names: tuple[Text, ...] = Field((), examples=[["example.org"]])
    access_token: SecretStr | None = None
    password: SecretStr | None = None
    encryption_key: SecretStr | None = None

    @property
    def members_of(self) -> frozenset[str]:
        """The homeservers whose users are members of the organisation; the bot's own unless configured."""
        return frozenset(self.server_names or (self.user.partition(":")[2],))

    def way_to(self, room: str) -> str:
        """Where a browser offers to open a room in the reader's client."""
        return link(room, sorted(self.members_of)[:VIA])


def _open(name: str, settings: Matrix, now: Callable[[], datetime]) -> Platform:
    from adapters.matrix.platform import MatrixPlatform  # noqa: PLC0415 - the vendor's library, only where it is used

    return MatrixPlatform(
        name,
        homeserver=settings.homeserver,
        user=settings.user,
        access_token=settings.access_token.get_secret_value() if settings.access_token else "",
        password=settings.password.get_secret_value() if settings.password else "",
        device_id=settings.device_id,
        encryption_key=_sealing(settings),
        server_names=settings.server_names,
        space=settings.space,
        now=now,
        trust=settings.trust(),
    )


def _sealing(settings: Matrix) -> str:
    return settings.encryption_key.get_secret_value() if settings.encryption and settings.encryption_key else ""


def _needs(table: Mapping[str, Any]) -> tuple[str, ...]:
    return () if table.get("encryption") is False else ("encryption_key",)


def _beside(settings: Matrix) -> Matrix:
    """Signing in anew on the bot's device would end its session (spec, "POST /login", device_id)."""
    if settings.access_token:
        return settings
    return settings.model_copy(update={"device_id": f"{settings.device_id[:58]}-LOOKS"})


MATRIX = Kind(
    settings=Matrix,
    open=_open,
    # https://spec.matrix.org/latest/appendices/#identifier-grammar. Matrix has no groups.
    ids={
        "account": Shape(r"@[^:\s]+:\S+", "@ana:example.org"),
        "group": Shape(r"(?!)", ""),
        "room": Shape(r"!\S+", "!abc:example.org"),
    },
    one_of=("access_token", "password"),
    needs=_needs,
    beside=_beside,
    # Domains that never are anybody's: RFC 2606, section 3.
    example=r".*\bexample\.(org|com|net)\b.*",
    loggers=("nio",),
    # Access, refresh and login tokens of Synapse; the specification leaves their shape to the server.
    secrets=(r"\b(?:syt|syr|syl)_\w+",),
    page="docs/matrix.md",
)
