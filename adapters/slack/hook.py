"""The connection that events come through where Slack calls us: HTTP requests, verified, read, and handed on.

What is answered is the acknowledgement itself: it is given once what came is recorded. What is not recorded is answered
with 503, and Slack sends an event again three times (docs: apis/events-api, "Error handling").
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

import structlog

from adapters.slack.doorway import Doorway
from adapters.slack.signature import is_signed
from bot.chat import WebAnswer, WebRequest

_log = structlog.get_logger("parvis.slack")

_JSON = "application/json; charset=utf-8"
_FIELDS = 200  # of a form; Slack's have twenty
_DONE = WebAnswer(status=200)
NOT_SIGNED = WebAnswer(status=401, body=b"not signed")
_UNREADABLE = WebAnswer(status=400, body=b"unreadable")


class Listening:
    """What answers Slack at one address. secret: the app's signing secret. now: UTC, aware."""

    def __init__(self, platform: str, secret: str, *, doorway: Doorway, now: Callable[[], datetime]) -> None:
        self._platform, self._secret, self._doorway, self._now = platform, secret, doorway, now
        self._closing = False

    async def answer(self, request: WebRequest) -> WebAnswer:
        """Answer one request: 401 when it is not Slack's, 400 when it holds nothing readable; never 500."""
        if request.method != "POST":
            return WebAnswer(status=405, body=b"POST only")
        if not is_signed(self._secret, request.headers, request.body, self._now().timestamp()):
            # Slack asks now and then, unsigned, whether the certificate is well; it says nothing, and hears nothing.
            if _read(request).get("ssl_check") == "1":
                return _DONE
            _log.warning("slack.not_signed", platform=self._platform)
            return NOT_SIGNED
        try:
            payload = _payload(request)
        except (ValueError, RecursionError):
            return _UNREADABLE
        if payload.get("ssl_check") == "1":
            return _DONE
        if payload.get("type") == "url_verification":
            return _told(json.dumps({"challenge": payload.get("challenge")}))
        if self._closing:
            return WebAnswer(status=503, body=b"going away")
        return await self._handed_in(request, payload)

    async def close(self) -> None:
        """Take nothing more (what comes now stays unacknowledged, and comes again); let what is in hand be answered."""
        self._closing = True
        await self._doorway.drain()

    async def _handed_in(self, request: WebRequest, payload: dict[str, Any]) -> WebAnswer:
        if again := request.headers.get("x-slack-retry-num"):  # of the same key, hence recorded once
            reason = request.headers.get("x-slack-retry-reason", "")
            _log.info("slack.again", platform=self._platform, attempt=again[:4], reason=reason[:40])
        response = await self._doorway.hand_in(payload)
        return _told(response.body, response.status) if response.body else WebAnswer(status=response.status)


def _told(body: str, status: int = 200) -> WebAnswer:
    return WebAnswer(status=status, body=body.encode(), kind=_JSON)


def _read(request: WebRequest) -> dict[str, str]:
    """The fields of a form; {} when it is none."""
    if "json" in request.headers.get("content-type", "") or request.body[:1] == b"{":
        return {}
    try:
        return dict(parse_qsl(request.body.decode(), keep_blank_values=True, max_num_fields=_FIELDS))
    except ValueError:  # UnicodeDecodeError is one
        return {}


def _payload(request: WebRequest) -> dict[str, Any]:
    """What came: JSON (events), a form (commands), or JSON in a field of a form (interactions). Raises ValueError.

    (docs: apis/events-api; interactivity/handling-user-interaction, "Request payload")
    """
    fields = _read(request)
    found: Any = fields
    if not fields:
        found = json.loads(request.body)
    elif "payload" in fields:
        found = json.loads(fields["payload"])
    if not isinstance(found, dict):
        raise ValueError("not an object")  # noqa: TRY004 - what came is wrong, not the code
    return found
