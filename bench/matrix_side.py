"""A homeserver's side for measurements: syncs of a hundred events at once, and sends answered after a fixed time.

A real Synapse stops at 30 to 60 events a second on a small machine, which would be measuring Synapse.
"""

from __future__ import annotations

import asyncio
import time
from itertools import count
from typing import Any, Self

from aiohttp import web

JSON = dict[str, Any]
ME, SERVER = "@parvis:bench.test", "bench.test"
SECRETS = {"ACCESS_TOKEN": "token", "ENCRYPTION_KEY": "0123456789abcdef" * 4}
ROOMS = 20
BATCH = 100
"""Events in one sync: the most that a homeserver gives of one room."""
_serial = count(1)


def room(number: int) -> str:
    """The id of a room."""
    return f"!room{number % ROOMS}:{SERVER}"


class MatrixSide:
    """The server of one party, or of several. delay: seconds after which a send is answered. doors: at how many ports
    it is found, so that it knows who came. asking: messages of which one is a command; 0 for none.
    """

    def __init__(self, delay: float = 0.0, doors: int = 1, asking: int = 0) -> None:
        self._delay = delay
        self._doors = doors
        self._asking = asking
        self._runner: web.AppRunner | None = None
        self._news = asyncio.Event()
        self.left = 0
        self._batch = 0
        self.synced = asyncio.Event()
        self.caught_up = asyncio.Event()
        self.sent: list[tuple[float, int]] = []
        """When a message that is answered by now came, and at which port."""
        self._expected = 0
        self._enough = asyncio.Event()
        self.ports: list[int] = []

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1 << 20)
        app.add_routes(
            [
                web.get("/_matrix/client/v3/sync", self._sync),
                web.put("/_matrix/client/v3/rooms/{room}/send/{kind}/{tx}", self._send),
                web.route("*", "/{rest:.*}", self._other),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        for _ in range(self._doors):
            await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.ports = [int(address[1]) for address in self._runner.addresses]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._news.set()
        if self._runner:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        """Of the client API."""
        return f"http://127.0.0.1:{self.ports[0]}"

    async def hand_out(self, events: int) -> float:
        """Give so many messages by sync; the seconds until the position after the last one was asked from."""
        self.left = events
        self.caught_up.clear()
        began = time.perf_counter()
        self._news.set()
        await self.caught_up.wait()
        return time.perf_counter() - began

    async def has_sent(self, number: int) -> None:
        """Wait until so many messages were sent in all."""
        self._expected = number
        self._enough.clear()
        if len(self.sent) < number:
            await self._enough.wait()

    async def _sync(self, request: web.Request) -> web.Response:
        if not request.query.get("since"):
            joined = {room(number): _room(number) for number in range(ROOMS)}
            return web.json_response({"next_batch": "s0", "rooms": {"join": joined}})
        self.synced.set()
        if not self.left:
            self.caught_up.set()
            self._news.clear()
            try:
                async with asyncio.timeout(int(request.query.get("timeout", "0")) / 1000):
                    await self._news.wait()
            except TimeoutError:
                return web.json_response({"next_batch": request.query["since"], "rooms": {}})
        number = min(BATCH, self.left)
        self.left -= number
        self._batch += 1
        events = [_message(self._asking) for _ in range(number)]
        timeline = {"events": events, "limited": False, "prev_batch": f"p{self._batch}"}
        rooms = {"join": {room(self._batch): {"timeline": timeline}}}
        return web.json_response({"next_batch": f"s{self._batch}", "rooms": rooms})

    async def _send(self, request: web.Request) -> web.Response:
        came = time.perf_counter()
        await asyncio.sleep(self._delay)
        self.sent.append((came, request.url.port or 0))
        if len(self.sent) >= self._expected:
            self._enough.set()
        return web.json_response({"event_id": f"$sent{next(_serial)}"})

    async def _other(self, request: web.Request) -> web.Response:
        path = request.path
        if path.endswith("/account/whoami"):
            return web.json_response({"user_id": ME, "device_id": "BENCH"})
        if path.endswith("/joined_members"):
            return web.json_response({"joined": {ME: {}, f"@somebody:{SERVER}": {}, f"@other:{SERVER}": {}}})
        if path.endswith("/createRoom"):
            invited = (await request.json()).get("invite") or [ME]
            return web.json_response({"room_id": f"!direct-{invited[0].removeprefix('@')}"})
        if path.endswith("/versions"):
            return web.json_response({"versions": ["v1.11"]})
        if "/profile/" in path:
            return web.json_response({"displayname": "Somebody"})
        if "/state" in path and not path.endswith("/state"):
            return web.json_response({"errcode": "M_NOT_FOUND", "error": "none"}, status=404)
        if path.endswith("/state"):
            return web.json_response([])
        return web.json_response({})


def _message(asking: int = 0) -> JSON:
    number = next(_serial)
    text = "!community list" if asking and number % asking == 0 else "Good morning"
    return {
        "type": "m.room.message", "event_id": f"$event{number}", "sender": f"@somebody{number % 50}:{SERVER}",
        "origin_server_ts": 1_700_000_000_000 + number, "content": {"msgtype": "m.text", "body": text},
    }  # fmt: skip


def _state(kind: str, content: JSON, key: str = "") -> JSON:
    return {
        "type": kind, "state_key": key, "content": content, "sender": ME, "event_id": f"$state{next(_serial)}",
        "origin_server_ts": 1_700_000_000_000,
    }  # fmt: skip


def _room(number: int) -> JSON:
    state = [
        _state("m.room.create", {"room_version": "11"}),
        _state("m.room.name", {"name": f"Room {number}"}),
        _state("m.room.member", {"membership": "join"}, ME),
        _state("m.room.member", {"membership": "join"}, f"@somebody:{SERVER}"),
        _state("m.room.member", {"membership": "join"}, f"@other:{SERVER}"),
        _state("m.room.power_levels", {"users": {ME: 100}}),
    ]
    return {
        "state": {"events": state},
        "timeline": {"events": [], "limited": False, "prev_batch": "p0"},
        "summary": {"m.joined_member_count": 3, "m.invited_member_count": 0},
    }
