"""Whether Slack would be answered where it calls the bot: the address is asked as Slack asks it before accepting one.

What is asked changes nothing (docs: reference/events/url_verification): the bot gives the challenge back.
"""

from __future__ import annotations

import json
import secrets
from datetime import datetime

import aiohttp

from adapters.slack.calls import Calls, proxy_of
from adapters.slack.hook import NOT_SIGNED
from adapters.slack.signature import SIGNED, STAMPED, signature
from bot.chat import Finding

_AWAY = 500  # from this status on something on the way says that it finds nobody: a proxy whose bot does not run


async def reached(calls: Calls, secret: str, url: str, now: datetime) -> Finding:
    """What answers there. secret: the app's signing secret. url: "" for none known. now: UTC. Never raises."""
    if not url:
        return Finding(code="hook-address", state="warning")
    challenge = secrets.token_hex(16)
    body = json.dumps({"type": "url_verification", "challenge": challenge}).encode()
    stamp = str(int(now.timestamp()))
    headers = {STAMPED: stamp, SIGNED: signature(secret, stamp, body).decode(), "content-type": "application/json"}
    try:
        async with calls.http().post(
            url, data=body, headers=headers, proxy=proxy_of(url), allow_redirects=False,
            timeout=aiohttp.ClientTimeout(total=calls.timeout),
        ) as response:  # fmt: skip
            return judged(response.status, await response.read(), challenge, url)
    except TimeoutError:
        return Finding(code="hook", state="warning", about=url, evidence="timeout")
    except (aiohttp.ClientError, OSError, ValueError) as error:
        return Finding(code="hook", state="warning", about=url, evidence=type(error).__name__)


def judged(status: int, answer: bytes, challenge: str, url: str) -> Finding:
    """Whose answer it is: the bot's, the bot's with another secret, nobody's, or somebody else's."""
    if status == NOT_SIGNED.status and answer == NOT_SIGNED.body:
        return Finding(code="hook-secret", state="wrong", about="signing_secret", evidence=f"http_{status}")
    if status == 200 and _read(answer) == {"challenge": challenge}:
        return Finding(code="hook", state="fine", about=url)
    return Finding(code="hook", state="warning" if status >= _AWAY else "wrong", about=url, evidence=f"http_{status}")


def _read(answer: bytes) -> object:
    try:
        return json.loads(answer)
    except (ValueError, RecursionError):
        return None
