"""What sending e-mail is configured with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from bot.chat import Platform
from bot.config import Kind, Shape, Text, WiredSettings, WrongValueError

Wire = Literal["tls", "starttls", "none"]
ADDRESS = r"[^@\s<>\"\\,;:()\[\]]+@[^@\s<>\"\\,;:()\[\]]+"
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
"""Servers of this machine: nobody listens between it and the bot."""


class Mail(WiredSettings):
    """A mail server that takes what the bot says. The passwords come from the environment.

    tls: from the first byte, by STARTTLS, or not at all (on this machine only). sender: the address that people read.
    reply_to: where their answers go; "" for the sender. mailbox: the server (IMAP) where a copy of each message and
    what comes back are found, "" for none; copies: the address that arrives there, the sender's unless set.
    copy_delay: seconds in which a copy has certainly arrived. look_every: seconds between two looks into it.
    keep_days: then copies are removed from it.
    """

    kind: Literal["mail"]
    host: Text = Field(examples=["smtp.example.org"])
    port: int = Field(587, ge=1, le=65535)
    tls: Wire = Field("starttls", validate_default=True)
    user: str = ""
    sender: str = Field(examples=["parvis@example.org"], pattern=f"^{ADDRESS}$")
    sender_name: str = "Parvis"
    reply_to: str = Field("", examples=["comms@example.org"], pattern=f"^({ADDRESS})?$")
    per_minute: int = Field(600, ge=1, le=100_000)
    mailbox: str = Field("", examples=["imap.example.org"])
    mailbox_port: int = Field(993, ge=1, le=65535)
    mailbox_tls: Wire = Field("tls", validate_default=True)
    mailbox_user: str = ""
    mailbox_folder: Text = "INBOX"
    copies: str = Field("", examples=["parvis@example.org"], pattern=f"^({ADDRESS})?$")
    copy_delay: float = Field(120.0, ge=0, le=86_400)
    look_every: float = Field(60.0, gt=0, le=86_400)
    keep_days: int = Field(14, ge=1, le=365)
    password: SecretStr | None = None
    mailbox_password: SecretStr | None = None
    bounce_token: SecretStr | None = None

    @field_validator("tls", "mailbox_tls")
    @classmethod
    def _private(cls, value: str, info: ValidationInfo) -> str:
        """Passwords, and what is written to people, do not cross a network in the clear."""
        host = str(info.data.get("host" if info.field_name == "tls" else "mailbox", ""))
        if value == "none" and host not in {*HERE, ""}:
            raise WrongValueError("settings-in-the-clear", "starttls", shown=host)
        return value


def _open(name: str, settings: Mail, now: Callable[[], datetime]) -> Platform:
    from adapters.mail.platform import MailPlatform  # noqa: PLC0415 - the library, only where it is used

    return MailPlatform(name, settings, now)


def _needs(table: Mapping[str, Any]) -> tuple[str, ...]:
    return (*(("password",) if table.get("user") else ()), *(("mailbox_password",) if table.get("mailbox") else ()))


MAIL = Kind(
    settings=Mail,
    open=_open,
    ids={
        "account": Shape(ADDRESS, "ana@example.org"),
        "group": Shape(r"(?!)", ""),
        "room": Shape(r"(?!)", ""),
    },
    needs=_needs,
    served=lambda settings: settings.bounce_token is not None,
    # Domains that never are anybody's: RFC 2606, section 3.
    example=r".*\bexample\.(org|com|net)\b.*",
    page="docs/mail.md",
    addressed=True,
)
