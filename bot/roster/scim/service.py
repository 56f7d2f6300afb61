"""Who may push, how fast, and what a request is: the door of the directory, which knows nothing of what is inside."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat import WebAnswer, WebRequest
from bot.nudge import Context
from storage.database import Store, StoreUnavailable

if TYPE_CHECKING:
    from bot.roster.scim.directory import Directory

log = structlog.get_logger("scim")

PATH = "/scim/v2/"
"""Where it is found on the public listener, with all below it."""

PER_SECOND, BURST = 25.0, 250.0
"""Requests that are answered: in the long run, and at once after a pause."""

WRONG_PER_SECOND, WRONG_BURST = 0.2, 10.0
"""The same, of those who have not the token: whoever guesses does so slowly."""

AT_ONCE = 4
"""Requests that are worked at together; the bot has other things to do."""

_ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
_KIND = "application/scim+json"


class Bucket:
    """So many in a second, more after a pause."""

    def __init__(self, per_second: float, burst: float) -> None:
        """burst: how many at most at once."""
        self._rate, self._most, self._left = per_second, burst, burst
        self._at: datetime | None = None

    def takes(self, now: datetime) -> bool:
        """Whether one more is let through now."""
        passed = (now - self._at).total_seconds() if self._at else 0.0
        self._left = min(self._most, self._left + max(0.0, passed) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Service:
    """Answers what reaches `PATH`. A hook of the public listener (`bot.chat.Hook`): `await service(request)`."""

    def __init__(
        self,
        store: Store,
        token: str,
        context: Callable[[AsyncSession, datetime], Context],
        now: Callable[[], datetime],
        address: str = "",
        wanted: Collection[str] = (),
    ) -> None:
        """token: that the service which pushes must show. context, wanted: see `Directory`.

        address: of [web]. Where that is not set, references are relative to the server (RFC 7643, section 2.3.7; RFC
        9110, section 10.2.2): what a request says is its host is the sender's word, or that of a proxy.
        """
        self._store, self._context, self._now = store, context, now
        self._token = sha256(token.encode()).digest()
        self._address, self._wanted = address, wanted
        self._fine, self._wrong = Bucket(PER_SECOND, BURST), Bucket(WRONG_PER_SECOND, WRONG_BURST)
        self._working = asyncio.Semaphore(AT_ONCE)
        self._directory: Directory | None = None

    async def __call__(self, request: WebRequest) -> WebAnswer:
        """Answer one request."""
        if not self._may(request):
            if not self._wrong.takes(self._now()):
                return _refused(429, {"Retry-After": "60"})
            log.warning("pushed without the token", method=request.method)
            return _refused(401, {"WWW-Authenticate": "Bearer"})
        if not self._fine.takes(self._now()):
            return _refused(429, {"Retry-After": "1"})
        try:
            async with self._working:
                return await self._answer(request)
        except StoreUnavailable:
            return _refused(503, {"Retry-After": "5"})

    def _may(self, request: WebRequest) -> bool:
        """Compared in constant time, whatever was sent (RFC 6750, section 2.1)."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        sent = sha256(token.strip().encode("utf-8", "replace")).digest()
        return hmac.compare_digest(sent, self._token) and scheme.casefold() == "bearer"

    async def _answer(self, request: WebRequest) -> WebAnswer:
        directory = await self._opened()
        from bot.roster.scim.directory import Asked  # noqa: PLC0415 - imported already, by now

        rest = request.path.removeprefix(PATH).rstrip("/")
        asked = Asked(
            method=request.method,
            path=tuple(rest.split("/")),
            query=dict(parse_qsl(request.query, keep_blank_values=True)),
            body=request.body,
            base=f"{self._address}{PATH.rstrip('/')}",
        )
        reply = await directory.answer(asked)
        headers = {"Location": reply.location} if reply.location else {}
        return _said(reply.status, reply.said, headers)

    async def _opened(self) -> Directory:
        if self._directory is None:
            # Half a second of importing, in which the bot goes on.
            await asyncio.to_thread(__import__, "bot.roster.scim.directory")
            from bot.roster.scim.directory import Directory  # noqa: PLC0415 - see above

            self._directory = Directory(self._store, self._context, self._now, self._wanted)
        return self._directory


def _said(status: int, said: Mapping[str, Any] | None, headers: Mapping[str, str]) -> WebAnswer:
    body = b"" if said is None else json.dumps(said, ensure_ascii=False).encode()
    return WebAnswer(status=status, body=body, kind=_KIND, headers=headers)


def _refused(status: int, headers: Mapping[str, str]) -> WebAnswer:
    """RFC 7644, section 3.12."""
    return _said(status, {"schemas": [_ERROR], "status": str(status)}, headers)
