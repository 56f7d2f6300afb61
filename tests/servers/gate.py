"""A gate in front of a Matrix server: the bot's calls go through it, so that a test can ask for faults on the way."""

from __future__ import annotations

import asyncio
import json
import re
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web
from yarl import URL

Json = dict[str, Any]
_SEND = r"PUT .*/rooms/[^/]+/send/m\.room\.message/"
_STATE = r"PUT .*/rooms/[^/]+/state/"
_EVENT_ID = re.compile(r'"event_id":"([^"]+)"')
# What each intent of the port does first on the wire: "METHOD path", and a word its body holds or does not ("-word").
CALLS: Mapping[str, tuple[str, str]] = {
    "post": (_SEND, "-m.replace"),
    "whisper": (_SEND, "-m.replace"),
    "edit": (_SEND, "m.replace"),
    "delete": (r"PUT .*/rooms/[^/]+/redact/", ""),
    "react": (r"PUT .*/rooms/[^/]+/send/m\.reaction/", ""),
    "pin": (_STATE + r"m\.room\.pinned_events", ""),
    "find": (r"GET .*/rooms/[^/]+/messages", ""),
    "read": (r"GET .*/rooms/[^/]+/event/", ""),
    "history": (r"GET .*/rooms/[^/]+/messages", ""),
    "direct": (r"POST .*/createRoom", "is_direct"),
    "create": (r"POST .*/createRoom", "-is_direct"),
    "adopt": (r"POST .*/join/", ""),
    "invite": (r"POST .*/rooms/[^/]+/invite", ""),
    "topic": (_STATE + r"m\.room\.topic", ""),
    "rename": (_STATE + r"m\.room\.name", ""),
    "archive": (_STATE + r"m\.room\.power_levels", ""),
    "reopen": (_STATE + r"m\.room\.power_levels", ""),
    "room": (r"GET .*/rooms/[^/]+/state$", ""),
    "members": (r"GET .*/rooms/[^/]+/joined_members", ""),
    "profile": (r"GET .*/profile/", ""),
    "details": (r"GET .*/profile/", ""),
    "people": (r"GET .*/rooms/[^/]+/joined_members", ""),
    "directory": (r"GET .*/publicRooms$", ""),
    "sync": (r"GET .*/sync$", ""),
}

_STRANGE: Json = {"sender": "@x:y", "origin_server_ts": 1}
NONSENSE: list[Any] = [
    17,
    {"type": "m.room.message"},
    {"type": "m.room.message", "event_id": "$broken1", "sender": 12, "origin_server_ts": 1, "content": "text"},
    {"type": "m.room.message", "event_id": "$broken2", "sender": "@x:y", "origin_server_ts": -5, "content": {}},
    {"type": "m.reaction", "event_id": "$broken3", **_STRANGE, "content": {"m.relates_to": 3}},
    {"type": "m.room.member", "event_id": "$broken4", **_STRANGE, "content": {}},
]


@dataclass
class Fault:
    """What happens to a call. effect: it reaches the server. status, body: the answer; status 0 for none at all.

    headers: of the answer. held: the answer, or the call where it has no effect, waits until this is set.
    """

    call: str
    status: int
    body: Json
    effect: bool = False
    lasting: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    held: asyncio.Event | None = None

    def concerns(self, line: str, body: str) -> bool:
        """This fault is for that call."""
        path, word = CALLS[self.call]
        held = word.removeprefix("-") in body if word else True
        return bool(re.match(path, line)) and (held != word.startswith("-"))


class Gate:
    """It forwards everything, except what a fault says.

    aliens: accounts that the bot sees as of another homeserver: their id -> what the bot sees.
    """

    def __init__(self, behind: str) -> None:
        """behind: the URL of the server."""
        self._behind = behind
        self.faults: list[Fault] = []
        self.chance: Callable[[str], Fault | None] = lambda _: None  # asked for each call, "GET /path"
        self.aliens: dict[str, str] = {}
        self.count = 0  # calls so far
        self.lines: list[str] = []  # each of them: "GET /path"
        self.seen: set[str] = set()  # the ids of all events that the bot was told of
        self.telling = False  # a sync told of rooms, and the bot has not asked for the next one yet
        self.garbled = False  # the next sync that tells of a room tells nonsense too
        self.told: list[bytes] = []  # every answer to a sync that told of rooms, as the server gave it
        self.again: deque[bytes] = deque()  # answers that the next syncs get instead of the server's
        self.withheld = False  # what devices send one another is kept here, and told in a sync after this has ended
        self._letters: list[Json] = []
        self._lives: int | None = None  # calls left, syncs not counted, until the process that makes them is dead
        self._rushed = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None
        self.url = ""

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 << 20)
        app.router.add_route("*", "/{rest:.*}", self._pass)
        # A sync waits for half a minute: whoever leaves does not wait for it.
        self._runner = web.AppRunner(app, shutdown_timeout=0, handler_cancellation=True)
        await self._runner.setup()
        self._session = aiohttp.ClientSession(auto_decompress=True)
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner
        assert self._session
        await self._runner.cleanup()
        await self._session.close()

    def repeat(self, answers: Sequence[bytes]) -> None:
        """Answer the next syncs, the one that waits now included, with what was `told` before.

        The server's own order of events cannot be forged, but a batch can come again, and with it the position after
        it, from which the bot then asks: so all that came later comes again as well.
        """
        self.again.extend(answers)
        self._rushed.set()

    def dies_at(self, nth: int) -> None:
        """The nth call from now on has its effect, but no answer, and none after it has any; 0: no more of that."""
        self._lives = nth or None

    def _dying(self, sync: bool) -> Fault | None:
        if self._lives is None or sync:
            return None
        self._lives -= 1
        return Fault("", 0, {}, effect=self._lives == 0) if self._lives <= 0 else None

    def _withhold(self, body: bytes) -> bytes:
        answer = json.loads(body)
        letters = answer.setdefault("to_device", {}).setdefault("events", [])
        self._letters += letters
        letters[:] = []
        if not self.withheld:
            letters[:], self._letters = self._letters, []
        return json.dumps(answer).encode()

    async def _sync(self, request: web.Request, sent: bytes) -> tuple[int, bytes]:
        asked = asyncio.ensure_future(self._behind_it(request, sent))
        rushed = asyncio.ensure_future(self._rushed.wait())
        try:
            await asyncio.wait({asked, rushed}, return_when=asyncio.FIRST_COMPLETED)
            if not self.again or asked.done():
                status, body = await asked
                if b'"timeline"' in body:
                    self.told.append(body)
                return status, body
            return 200, self.again.popleft()
        finally:
            asked.cancel()
            rushed.cancel()
            if not self.again:
                self._rushed.clear()

    async def _pass(self, request: web.Request) -> web.StreamResponse:
        self.count += 1
        sent = self._inward(await request.read())
        line = f"{request.method} {request.rel_url.raw_path}"
        self.lines.append(line)
        fault = next((one for one in self.faults if one.concerns(line, sent.decode("utf-8", "replace"))), None)
        if fault and not fault.lasting:
            self.faults.remove(fault)
        sync = request.rel_url.path.endswith("/sync")
        fault = fault or self._dying(sync) or self.chance(line)
        if fault and not fault.effect:
            return await self._answered(request, fault)
        self.telling = self.telling and not sync
        status, body = await (self._sync if sync else self._behind_it)(request, sent)
        if fault:
            return await self._answered(request, fault)
        self.telling = self.telling or (sync and b'"rooms"' in body)
        self.seen.update(_EVENT_ID.findall(body.decode("utf-8", "replace")))
        if sync and status == 200 and (self.withheld or self._letters):
            body = self._withhold(body)
        if self.garbled and sync:
            body = self._garble(body)
        return web.Response(status=status, body=self._outward(body), content_type="application/json")

    async def _behind_it(self, request: web.Request, sent: bytes) -> tuple[int, bytes]:
        assert self._session
        headers = {k: v for k, v in request.headers.items() if k in {"Authorization", "Content-Type"}}
        path = self._inward(str(request.rel_url).encode()).decode()
        timeout = aiohttp.ClientTimeout(total=None)
        url = URL(self._behind + path, encoded=True)
        async with self._session.request(request.method, url, data=sent, headers=headers, timeout=timeout) as answer:
            return answer.status, await answer.read()

    def _garble(self, body: bytes) -> bytes:
        answer = json.loads(body)
        for news in answer.get("rooms", {}).get("join", {}).values():
            self.garbled = False
            news.setdefault("timeline", {}).setdefault("events", [])[:0] = NONSENSE
        return json.dumps(answer).encode()

    async def _answered(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.held:
            await fault.held.wait()
        if fault.status:
            return web.json_response(fault.body, status=fault.status, headers=fault.headers)
        # Cut off in the middle: aiohttp quietly repeats a call whose answer did not even begin.
        half = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "100"})
        await half.prepare(request)
        await half.write(b"{")
        if request.transport:
            request.transport.close()
        return half

    def _inward(self, data: bytes) -> bytes:
        for real, seen in self.aliens.items():
            data = data.replace(seen.encode(), real.encode())
            data = data.replace(_quoted(seen), _quoted(real))
        return data

    def _outward(self, data: bytes) -> bytes:
        for real, seen in self.aliens.items():
            data = data.replace(real.encode(), seen.encode())
        return data


def _quoted(user: str) -> bytes:
    return user.replace("@", "%40").replace(":", "%3A").encode()
