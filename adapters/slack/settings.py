"""What a Slack workspace is configured with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from pydantic import AfterValidator, Field, SecretStr

from adapters.slack.manifest import link, manifest
from bot.chat import Platform
from bot.config import Kind, Manifest, Offered, Shape, Url, WiredSettings


class Slack(WiredSettings):
    """A Slack workspace. The tokens come from the environment.

    mode: "socket", with app_token, or "http", with signing_secret. per_minute: messages that the workspace takes, to
    all its rooms together.
    """

    kind: Literal["slack"]
    api_url: Annotated[Url, AfterValidator(lambda url: f"{url}/")] = Field(
        "https://slack.com/api/", examples=["https://slack.com/api/"]
    )
    mode: Literal["socket", "http"] = "socket"
    per_minute: int = Field(600, ge=1, le=10_000)
    bot_token: SecretStr
    app_token: SecretStr | None = None
    signing_secret: SecretStr | None = None
    user_token: SecretStr | None = None

    def way_to(self, room: str) -> str:
        """Where a browser opens a room, and every client of Slack too (docs: interactivity/deep-linking)."""
        return f"{self.api_url.removesuffix('api/')}app_redirect?{urlencode({'channel': room})}"


def _open(name: str, settings: Slack, now: Callable[[], datetime]) -> Platform:
    from adapters.slack.platform import SlackPlatform  # noqa: PLC0415 - the vendor's library, only where it is used

    return SlackPlatform(
        name,
        bot_token=_bare(settings.bot_token),
        app_token=_bare(settings.app_token if settings.mode == "socket" else None),
        signing_secret=_bare(settings.signing_secret if settings.mode == "http" else None),
        user_token=_bare(settings.user_token),
        api_url=settings.api_url,
        now=now,
        trust=settings.trust(),
        per_minute=settings.per_minute,
    )


def _bare(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


def _needs(table: Mapping[str, Any]) -> tuple[str, ...]:
    return ("signing_secret",) if table.get("mode") == "http" else ("app_token",)


def _manifest(name: str, settings: Slack, offered: Offered) -> Mapping[str, Any]:
    url = f"{offered.address}/slack/{name}" if settings.mode == "http" else ""
    return manifest(offered, url=url)


SLACK = Kind(
    settings=Slack,
    open=_open,
    # https://docs.slack.dev/reference/objects (user, usergroup, conversation).
    ids={
        "account": Shape(r"[UW][A-Z0-9]{2,}", "U0123456789"),
        "group": Shape(r"S[A-Z0-9]{2,}", "S0123456789"),
        "room": Shape(r"[CG][A-Z0-9]{2,}", "C0123456789"),
    },
    # https://docs.slack.dev/authentication/tokens.
    tokens={"bot_token": ("xoxb-", "xoxe.xoxb-"), "app_token": ("xapp-",), "user_token": ("xoxp-", "xoxe.xoxp-")},
    needs=_needs,
    served=lambda settings: settings.mode == "http",
    manifest=Manifest(_manifest, link),
    example=r"[A-Z](0{6,}\d{0,3}|0123456789)",
    loggers=("slack_sdk", "slack_bolt"),
    secrets=(r"\bxox[a-z](?:\.xox[a-z])?-[\w-]+", r"\bxapp-[\w-]+"),
    page="docs/slack.md",
)
