"""Slack's side for measurements: answers every method at once, and sends envelopes as fast as they are acknowledged.

What a real workspace would check is checked by the tests' server; here nothing may cost time but the party measured.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from typing import Any, Self
from urllib.parse import urlencode

import aiohttp
from aiohttp import WSMsgType, web

from bench.parties import PATIENCE

JSON = dict[str, Any]
TEAM, BOT, BOT_USER, APP = "T0000000001", "B0000000001", "U0000009999", "A0000000001"
SIGNING_SECRET = "0123456789abcdef0123456789abcdef"
PEOPLE = 50
_serial = count(1)


def command() -> tuple[str, JSON]:
    """`/community request`, by one of fifty people."""
    number = next(_serial)
    return "slash_commands", {
        "token": "x", "team_id": TEAM, "team_domain": "bench", "channel_name": "general",
        "channel_id": f"C{number % PEOPLE:010}",
        "user_id": f"U{number % PEOPLE:010}", "user_name": "somebody", "command": "/community", "text": "request",
        "api_app_id": APP, "is_enterprise_install": "false", "response_url": "", "trigger_id": f"1.2.{number:x}",
    }  # fmt: skip


def message() -> tuple[str, JSON]:
    """Somebody writes in one of twenty channels."""
    number = next(_serial)
    stamp = f"{1_700_000_000 + number}.000100"
    event = {
        "type": "message", "channel": f"C{number % 20:010}", "user": f"U{number % PEOPLE:010}", "text": "Good morning",
        "ts": stamp, "event_ts": stamp, "channel_type": "channel", "team": TEAM,
    }  # fmt: skip
    return "events_api", {
        "token": "x", "team_id": TEAM, "api_app_id": APP, "event": event, "type": "event_callback",
        "event_id": f"Ev{number:09}", "event_time": 1_700_000_000,
        "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True, "is_enterprise_install": False}],
    }  # fmt: skip


class SlackSide:
    """The server of one party, or of several. doors: at how many ports it is found, so that it knows who came."""

    def __init__(self, doors: int = 1) -> None:
        self._doors = doors
        self._socket: web.WebSocketResponse | None = None
        self._waiting: dict[str, asyncio.Future[float]] = {}
        self._runner: web.AppRunner | None = None
        self.greeted = asyncio.Event()
        self.ports: list[int] = []
        self.sent: list[tuple[float, int]] = []
        """When a message was posted, and at which port."""

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.add_routes([web.get("/link", self._link), web.route("*", "/api/{method}", self._method)])
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        for _ in range(self._doors):
            await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.ports = [int(address[1]) for address in self._runner.addresses]
        return self

    @property
    def port(self) -> int:
        """Where the first party is served."""
        return self.ports[0]

    async def __aexit__(self, *_: object) -> None:
        if self._runner:
            await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        """Where the Web API is."""
        return f"http://127.0.0.1:{self.port}/api/"

    async def _method(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        answer: JSON = {"ok": True}
        if method == "chat.postMessage":
            self.sent.append((time.perf_counter(), request.url.port or 0))
        if method == "auth.test":
            answer |= {"url": "https://bench.slack.com/", "team": "Bench", "user": "parvis", "team_id": TEAM}
            answer |= {"user_id": BOT_USER, "bot_id": BOT, "is_enterprise_install": False}
        elif method == "apps.connections.open":
            answer["url"] = f"ws://127.0.0.1:{self.port}/link"
        elif method == "users.info":
            asked = (await request.post()).get("user") or request.query.get("user", "")
            answer["user"] = _person(str(asked))
        elif method in {"conversations.open", "conversations.info"}:
            answer["channel"] = {"id": "D0000000001", "name": "x", "is_im": True, "user": "U0000000001"}
        elif method == "chat.postMessage":
            answer |= {"ts": f"{time.time():.6f}", "channel": "C0000000001"}
        else:
            answer |= {"members": [], "channels": [], "users": [], "messages": [], "view": {"id": "V1", "hash": "1"}}
        return web.json_response(answer, headers={"x-oauth-scopes": "chat:write,commands"})

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=4 * 1024 * 1024)
        await socket.prepare(request)
        await socket.send_json(
            {"type": "hello", "num_connections": 1, "debug_info": {"host": "bench"}, "connection_info": {"app_id": APP}}
        )
        self._socket = socket
        self.greeted.set()
        async for frame in socket:
            if frame.type == WSMsgType.TEXT and frame.data.startswith("{"):
                waiting = self._waiting.pop(json.loads(frame.data).get("envelope_id", ""), None)
                if waiting and not waiting.done():
                    waiting.set_result(time.perf_counter())
        return socket

    async def by_socket(self, what: Callable[[], tuple[str, JSON]]) -> float:
        """Send one envelope; the seconds until its acknowledgement."""
        assert self._socket is not None
        kind, payload = what()
        envelope = f"E{next(_serial)}"
        acknowledged = self._waiting[envelope] = asyncio.get_running_loop().create_future()
        frame: JSON = {"envelope_id": envelope, "type": kind, "payload": payload, "accepts_response_payload": False}
        if kind == "slash_commands":
            frame["accepts_response_payload"] = True
        else:
            frame |= {"retry_attempt": 0, "retry_reason": ""}
        began = time.perf_counter()
        await self._socket.send_str(json.dumps(frame))
        acked: float = await acknowledged
        return acked - began


def _person(account: str) -> JSON:
    return {
        "id": account, "team_id": TEAM, "name": account.lower(), "real_name": account, "deleted": False,
        "is_bot": False,
        "is_restricted": False, "is_ultra_restricted": False, "tz": "Europe/Paris", "locale": "en-GB",
        "profile": {"real_name": account, "display_name": account, "team": TEAM},
    }  # fmt: skip


class ByHttp:
    """Requests to a party's own listener, signed as Slack signs (docs: authentication/verifying-requests)."""

    def __init__(self, address: str, session: aiohttp.ClientSession) -> None:
        """address: where the party listens."""
        self._address, self._session = address, session

    async def send(self, what: Callable[[], tuple[str, JSON]]) -> float:
        """Send one request; the seconds until its answer of 200."""
        kind, payload = what()
        form = kind == "slash_commands"
        body = (urlencode(payload) if form else json.dumps(payload)).encode()
        stamp = str(int(time.time()))
        digest = hmac.new(SIGNING_SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded" if form else "application/json",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={digest}",
        }
        began = time.perf_counter()
        async with self._session.post(self._address, data=body, headers=headers) as answer:
            await answer.read()
            if answer.status != 200:
                raise RuntimeError(f"answered {answer.status}")
        return time.perf_counter() - began

    async def listens(self) -> None:
        """Wait until somebody listens there. Raises TimeoutError."""
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    async with self._session.get(self._address):
                        return
                except aiohttp.ClientConnectionError:
                    await asyncio.sleep(0.02)


@asynccontextmanager
async def http_to(address: str) -> AsyncIterator[ByHttp]:
    """Requests to an address, over kept connections as Slack's."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        sender = ByHttp(address, session)
        await sender.listens()
        yield sender


async def flood(send: Callable[[], Any], number: int, outstanding: int) -> list[float]:
    """Do something so many times, so many at once; the seconds that each took."""
    took: list[float] = []
    left = iter(range(number))

    async def worker() -> None:
        for _ in left:
            took.append(await send())  # noqa: PERF401 - as they come, whatever fails

    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*(worker() for _ in range(outstanding)))
    return took
