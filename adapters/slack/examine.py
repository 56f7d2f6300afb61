"""How a workspace stands with the bot: only methods that read, and nothing is created to find out.

Sources: docs.slack.dev, reference/methods/auth.test; apis/web-api (headers of answers: X-OAuth-Scopes).
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from adapters.slack.calls import JSON, Calls, Who
from adapters.slack.codes import KEPT_TO_ADMINS
from adapters.slack.manifest import SCOPES
from bot.chat import Finding, PlatformError

SKEW = 30.0  # seconds that clocks may differ; Slack's signatures are good for 300 (authentication/verifying-requests)
RECENT = timedelta(days=180)
PATIENCE = 60.0  # seconds that looking through channels may take
_PAGE = 999  # the most that a list gives at once (reference/methods/conversations.list, limit)
_State = Literal["fine", "warning", "wrong", "unknown"]


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer of auth.test, with what its headers say. code: why it was refused, "" when it was not."""

    who: Who
    code: str
    body: JSON
    headers: Mapping[str, str]
    reached: bool = True


async def examined(calls: Calls, now: datetime, refused: str = "") -> list[Finding]:
    """What can be found out. now: the process's own clock (UTC). refused: as the port says. Never raises."""
    bot = await _asked(calls, "bot")
    found = [_address(calls, bot), _credentials(bot)]
    if not bot.reached:
        return found
    found += _clock(bot, now)
    if bot.code:
        return found
    found += _permissions(bot)
    if calls.has("app"):
        found.append(await _connects(calls))
    found.append(await _lent(calls))
    found.append(await _creation(calls, now, refused))
    return found


async def _asked(calls: Calls, who: Who) -> Asked:
    calls.http()
    try:
        async with asyncio.timeout(calls.timeout):
            response = await calls.client(who).api_call("auth.test")
    except SlackApiError as error:
        body = error.response.data if isinstance(error.response.data, dict) else {}
        return Asked(who, str(body.get("error") or f"http_{error.response.status_code}"), body, error.response.headers,
                     reached=bool(body))  # fmt: skip
    except TimeoutError:
        return Asked(who, "timeout", {}, {}, reached=False)
    # AttributeError: the library, on an answer in plain text (a proxy's error page).
    except (aiohttp.ClientError, SlackClientError, OSError, ValueError, AttributeError) as error:
        return Asked(who, type(error).__name__, {}, {}, reached=False)
    return Asked(who, "", dict(response.data), response.headers)  # type: ignore[arg-type]


def _address(calls: Calls, bot: Asked) -> Finding:
    about = urlsplit(calls.client().base_url).netloc
    return Finding(code="address", state="fine" if bot.reached else "wrong", about=about, evidence=bot.code)


def _credentials(asked: Asked) -> Finding:
    state: _State = "unknown" if not asked.reached else "wrong" if asked.code else "fine"
    return Finding(code="credentials", state=state, about=f"{asked.who}_token", evidence=asked.code)


def _clock(bot: Asked, now: datetime) -> list[Finding]:
    """Against the server's own, from the header that every answer of HTTP has."""
    try:
        theirs = parsedate_to_datetime(bot.headers["Date"])
    except (KeyError, ValueError, TypeError):
        return []
    skew = (now - theirs).total_seconds()
    return [Finding(code="clock", state="fine" if abs(skew) <= SKEW else "wrong", about=f"{skew:.0f}")]


def _permissions(bot: Asked) -> list[Finding]:
    header = next((value for name, value in bot.headers.items() if name.lower() == "x-oauth-scopes"), None)
    if header is None:
        return [Finding(code="permission", state="unknown", evidence="no_header")]
    given = {scope.strip() for scope in header.split(",")}
    lacking = sorted(set(SCOPES) - given)
    if not lacking:
        return [Finding(code="permission", state="fine", about=str(len(SCOPES)))]
    return [Finding(code="permission", state="wrong", about=scope, evidence="x-oauth-scopes") for scope in lacking]


async def _connects(calls: Calls) -> Finding:
    """Asking for an address to connect to opens no connection: nothing changes for the bot that runs."""
    try:
        await calls.call("apps.connections.open", who="app")
    except PlatformError as error:
        return Finding(code="credentials", state="wrong", about="app_token", evidence=error.reason)
    return Finding(code="credentials", state="fine", about="app_token")


async def _lent(calls: Calls) -> Finding:
    """Without the token of an administrator, archived channels stay archived."""
    if not calls.has("user"):
        return Finding(code="reopening", state="warning", about="user_token")
    asked = await _asked(calls, "user")
    if asked.code:
        return _credentials(asked)
    return Finding(code="reopening", state="fine")


async def _creation(calls: Calls, now: datetime, refused: str) -> Finding:
    """Whether people make channels around the bot: they do where one of them, no administrator, lately did.

    They cannot where the bot was refused one: a workspace that keeps channels to its admins keeps them from both, and
    no method tells of that setting.
    """
    if refused in KEPT_TO_ADMINS:
        return Finding(code="creation", state="closed", about=refused, evidence="refused_to_bot")
    try:
        async with asyncio.timeout(PATIENCE):
            users = calls.pages("users.list", "members", limit=_PAGE)
            admins = {str(user["id"]) async for user in users if _is_special(user)}
            since = (now - RECENT).timestamp()
            recent = [
                channel.get("creator")
                async for channel in calls.pages(
                    "conversations.list", "channels", limit=_PAGE, exclude_archived=True, types="public_channel"
                )
                if float(channel.get("created") or 0) >= since
            ]
    except PlatformError as error:
        return Finding(code="creation", state="unknown", evidence=error.reason)
    except TimeoutError:
        return Finding(code="creation", state="unknown", evidence="too_many")
    made = sum(bool(creator) and creator not in admins for creator in recent)
    if made:
        return Finding(code="creation", state="open", about=str(made), evidence="made_by_members")
    return Finding(code="creation", state="unknown", about=str(len(recent)), evidence="none_made_by_members")


def _is_special(user: JSON) -> bool:
    """Who may make channels even where members may not, or tells nothing of today."""
    return any(user.get(flag) for flag in ("is_admin", "is_owner", "is_bot", "deleted")) or user["id"] == "USLACKBOT"
