"""Socket Mode: tickets, sockets, envelopes, acknowledgements, redelivery of events (docs: apis/events-api/socket-mode).

An envelope goes to one of the open sockets; its ack is accepted on any socket, within three seconds of the server's
clock. Unacknowledged events come again (at once, after 1 minute, after 5 minutes, same ``event_id``); unacknowledged
commands, presses and submissions are lost, and the person is told so.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import uuid
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from .state import APP_ID, JSON

if TYPE_CHECKING:
    from .server import SlackServer

DEADLINE = 3.0  # seconds to acknowledge
RETRY_AFTER = (0.0, 60.0, 300.0)  # seconds before the first, second and third retry
MOST_SOCKETS = 10
EVENTS = "events_api"


@dataclass
class Envelope:
    """Something sent to the app, and what became of it: waiting, acked, late (too late an ack), unanswered, unsent."""

    id: str
    kind: str  # events_api, slash_commands, interactive
    payload: JSON
    attempt: int
    sent_at: float
    reason: str = ""  # why it comes again
    state: str = "waiting"
    answer: JSON | None = None
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def settle(self, state: str) -> None:
        """The end of it."""
        self.state = state
        self.done.set()


@dataclass(frozen=True)
class Retry:
    """An event that will come again."""

    due: float
    payload: JSON
    attempt: int
    reason: str


class Sockets:
    """All open connections of the app, and everything ever sent over them."""

    def __init__(self, server: SlackServer) -> None:
        self.server = server
        self.tickets: set[str] = set()
        self.open: list[web.WebSocketResponse] = []
        self.sent: list[Envelope] = []
        self.retries: list[Retry] = []
        self._by_id: dict[str, Envelope] = {}
        self._pending: dict[str, Envelope] = {}
        self.refuse_upgrades = False  # a socket URL that is refused (stale, or Slack in trouble)
        self.mute_pongs = False  # a peer that no longer answers
        self.duplicates = False  # send each event twice although acked
        self.retry_after: tuple[float, ...] = RETRY_AFTER
        self.held: list[JSON] | None = None  # events kept back, where they are: Slack promises no order
        self._turn = 0
        self._tasks: set[asyncio.Task[None]] = set()

    # -- connections

    def ticket(self) -> str:
        """A socket URL, good for one connection."""
        ticket = uuid.uuid4().hex
        self.tickets.add(ticket)
        return f"{self.server.ws_url}/link?ticket={ticket}&app_id={APP_ID}"

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, from its upgrade to its end."""
        ticket = request.query.get("ticket", "")
        if self.refuse_upgrades or ticket not in self.tickets:
            raise web.HTTPForbidden
        self.tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=False, max_msg_size=4 * 1024 * 1024)
        await socket.prepare(request)
        if len(self.open) >= MOST_SOCKETS:
            await socket.send_json(self._frame("disconnect", reason="too_many_websockets"))
            await socket.close()
            return socket
        self.open.append(socket)
        debug = {"host": "applink-test", "build_number": 10, "approximate_connection_time": 18060}
        hello = {"type": "hello", "num_connections": len(self.open), "debug_info": debug}
        await socket.send_json(hello | {"connection_info": {"app_id": APP_ID}})
        self.server.pulse()
        try:
            await self._read(socket)
        finally:
            if socket in self.open:
                self.open.remove(socket)
            self.server.pulse()
        return socket

    async def _read(self, socket: web.WebSocketResponse) -> None:
        async for message in socket:
            if message.type == WSMsgType.PING and not self.mute_pongs:
                await socket.pong(message.data)
            elif message.type == WSMsgType.TEXT:
                self._acknowledge(message.data)

    def _frame(self, kind: str, **more: Any) -> JSON:
        debug = {"host": "applink-test"}
        return {"type": kind, **more, "debug_info": debug, "connection_info": {"app_id": APP_ID}}

    async def disconnect(self, reason: str = "refresh_requested", *, close: bool = False) -> None:
        """Ask the app to reconnect, as Slack does every few hours; ``close`` then ends the old sockets too."""
        for socket in list(self.open):
            await socket.send_json(self._frame("disconnect", reason=reason, num_connections=len(self.open)))
            if close:
                await socket.close()

    async def cut(self) -> None:
        """Abort every connection without a word (TCP reset)."""
        for socket in list(self.open):
            self.open.remove(socket)
            if socket._req is not None and socket._req.transport is not None:
                socket._req.transport.abort()
        self.server.pulse()

    async def close(self) -> None:
        """The end of the server."""
        for task in list(self._tasks):
            task.cancel()
        for socket in list(self.open):
            with contextlib.suppress(ConnectionError, RuntimeError):
                await asyncio.wait_for(socket.close(), 0.2)

    # -- sending

    def send_event(self, payload: JSON) -> None:
        """An event, twice where duplicates are asked for; kept back where that is."""
        if self.held is not None:
            self.held.append(payload)
            return
        for _ in range(2 if self.duplicates else 1):
            self.send(EVENTS, payload)

    def send(self, kind: str, payload: JSON, *, attempt: int = 0, reason: str = "") -> Envelope:
        """Put an envelope on one open socket, or post it to the app's address; with neither it counts as unanswered."""
        envelope = Envelope(str(uuid.uuid4()), kind, payload, attempt, self.server.clock.now(), reason)
        self.sent.append(envelope)
        self._by_id[envelope.id] = self._pending[envelope.id] = envelope
        if self.server.hooks.url:
            self._begin(self.server.hooks.deliver(envelope))
            return envelope
        frame: JSON = {"envelope_id": envelope.id, "payload": payload, "type": kind}
        frame["accepts_response_payload"] = kind != EVENTS
        if kind == EVENTS:
            frame |= {"retry_attempt": attempt, "retry_reason": reason}
        if not self.open:
            self._fail(envelope, "unsent", "connection_failed", envelope.sent_at)
            return envelope
        socket = self.open[self._turn % len(self.open)]
        self._turn += 1
        self._begin(self._put(socket, frame))
        return envelope

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _put(self, socket: web.WebSocketResponse, frame: JSON) -> None:
        # A socket that died under us is the app's loss, found out by the missing ack.
        with contextlib.suppress(ConnectionError, RuntimeError):
            await socket.send_str(json.dumps(frame))

    def redeliver(self, event_id: str | None = None) -> Envelope:
        """Send an event again although it was acked: the last one, or the named one."""
        for envelope in reversed(self.sent):
            if envelope.kind == EVENTS and event_id in {None, envelope.payload["event_id"]}:
                return self.send(EVENTS, envelope.payload, attempt=envelope.attempt + 1, reason="timeout")
        raise LookupError(f"no event {event_id or ''} was sent")

    # -- acknowledging

    def _acknowledge(self, raw: str) -> None:
        try:
            data = json.loads(raw)
        except ValueError:
            self.server.problem(f"an ack that is not JSON: {raw[:80]}")
            return
        envelope = self._by_id.get(str(data.get("envelope_id")))
        if envelope is None:
            self.server.problem(f"an ack of an unknown envelope: {raw[:80]}")
        else:
            self.acknowledged(envelope, data.get("payload") or {})
        self.server.pulse()

    def acknowledged(self, envelope: Envelope, payload: JSON) -> None:
        """The app answered."""
        if envelope.state != "waiting":
            if envelope.state == "unanswered":
                envelope.state = "late"
            self.server.problem(f"an ack too late or twice: {envelope.kind} is already {envelope.state}")
        elif self.server.clock.now() - envelope.sent_at > DEADLINE:
            self.server.problem(f"an ack too late or twice: {envelope.kind} was sent more than 3 s ago")
            self._fail(envelope, "late", "timeout", self.server.clock.now())
        else:
            envelope.answer = payload
            envelope.settle("acked")
        self.server.pulse()

    def failed(self, envelope: Envelope, state: str, reason: str) -> None:
        """The app could not be reached, or answered that it could not."""
        if envelope.state == "waiting":
            self._fail(envelope, state, reason, self.server.clock.now())
        self.server.pulse()

    def _fail(self, envelope: Envelope, state: str, reason: str, now: float) -> None:
        envelope.settle(state)
        if envelope.kind == EVENTS and envelope.attempt < len(self.retry_after):
            due = now + self.retry_after[envelope.attempt]
            self.retries.append(Retry(due, envelope.payload, envelope.attempt + 1, reason))

    def tick(self) -> None:
        """Give up on what is overdue and send the retries that are due. The server's ``advance`` calls this."""
        now = self.server.clock.now()
        for envelope in self.waiting:
            if now - envelope.sent_at >= DEADLINE:
                self._fail(envelope, "unanswered", "timeout", now)
        due = [retry for retry in self.retries if retry.due <= now]
        self.retries = [retry for retry in self.retries if retry.due > now]
        for retry in due:
            self.send(EVENTS, retry.payload, attempt=retry.attempt, reason=retry.reason)
        self.server.pulse()

    def give_up(self, envelope: Envelope) -> None:
        """Nobody answered this one in real time either."""
        if envelope.state == "waiting":
            self._fail(envelope, "unanswered", "timeout", self.server.clock.now())

    @property
    def waiting(self) -> list[Envelope]:
        """What the app has not answered yet."""
        self._pending = {key: envelope for key, envelope in self._pending.items() if envelope.state == "waiting"}
        return list(self._pending.values())

    def events(self, kind: str | None = None) -> list[JSON]:
        """The events sent so far (each attempt counts), of one type if given."""
        sent = [envelope.payload["event"] for envelope in self.sent if envelope.kind == EVENTS]
        return [event for event in sent if kind in {None, event["type"]}]
