"""Delivery by HTTP: what Socket Mode carries in envelopes comes here as signed requests, and is acked by their answers.

(docs: apis/events-api, "Responding to events", "Error handling"; authentication/verifying-requests-from-slack)
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

from .state import JSON

if TYPE_CHECKING:
    from .server import SlackServer
    from .sockets import Envelope

WAIT = 3.0  # seconds that Slack waits for an answer
FORM, EVENT = "application/x-www-form-urlencoded", "application/json"
REASONS = {"timeout": "http_timeout", "connection_failed": "connection_failed", "http_error": "http_error"}


class Hooks:
    """Sends to the address that the app gave. url: "" where the app uses Socket Mode."""

    def __init__(self, server: SlackServer) -> None:
        self.server = server
        self.url = ""
        self.secret = "8f742231b10e8888abcd99yyyzzz85a5"
        self.statuses: list[int] = []  # what was answered, in order
        self._http: aiohttp.ClientSession | None = None

    def signed(self, body: bytes, kind: str = EVENT) -> dict[str, str]:
        """The headers of a request with this body."""
        stamp = str(int(self.server.clock.now()))
        digest = hmac.new(self.secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}", "Content-Type": kind}

    async def post(self, body: bytes, headers: dict[str, str], url: str = "") -> tuple[int, bytes]:
        """Send a request as it is: status and body of the answer."""
        if self._http is None:
            self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=WAIT))
        async with self._http.post(url or self.url, data=body, headers=headers) as response:
            return response.status, await response.read()

    async def verifies(self, url: str) -> bool:
        """Whether the address answers the challenge that Slack sends before it accepts one (url_verification)."""
        challenge = self.server.workspace.new_id("C")
        body = json.dumps({"token": "verification-token", "challenge": challenge, "type": "url_verification"}).encode()
        status, answer = await self.post(body, self.signed(body), url)
        return status == 200 and challenge.encode() in answer

    async def deliver(self, envelope: Envelope) -> None:
        """Send what an envelope holds, and settle it by the answer."""
        kind, body = encoded(envelope.kind, envelope.payload)
        headers = self.signed(body, kind)
        if envelope.attempt:
            headers |= {"X-Slack-Retry-Num": str(envelope.attempt), "X-Slack-Retry-Reason": REASONS[envelope.reason]}
        try:
            status, answer = await self.post(body, headers)
        except aiohttp.ClientConnectorError:
            self.server.sockets.failed(envelope, "unsent", "connection_failed")
        except (TimeoutError, aiohttp.ClientError):
            self.server.sockets.failed(envelope, "unanswered", "timeout")
        else:
            self.statuses.append(status)
            if status != 200:
                self.server.sockets.failed(envelope, "unanswered", "http_error")
            else:
                self.server.sockets.acknowledged(envelope, _payload(answer))

    async def close(self) -> None:
        """Send no more."""
        if self._http is not None:
            await self._http.close()
            await asyncio.sleep(0)


def encoded(kind: str, payload: JSON) -> tuple[str, bytes]:
    """Content type and body of what is sent: events are JSON, commands a form, the rest JSON in a field of a form."""
    if kind == "events_api":
        return EVENT, json.dumps(payload).encode()
    if kind == "slash_commands":
        return FORM, urlencode({key: _word(value) for key, value in payload.items()}).encode()
    return FORM, urlencode({"payload": json.dumps(payload)}).encode()


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _payload(answer: bytes) -> JSON:
    if not answer.strip():
        return {}
    try:
        found = json.loads(answer)
    except ValueError:
        return {"text": answer.decode("utf-8", "replace")}
    return found if isinstance(found, dict) else {"text": str(found)}
