"""Whatever reaches the bot, however broken: an answer always, never an exception, and never half an effect.

Either one event is recorded, or one trace of what could not be read is left, or nothing at all; and what is recorded is
handled without a bug.
"""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from adapters.matrix.patience import Patience
from adapters.matrix.secrecy import Secrecy
from adapters.matrix.sync import Listener, Position
from adapters.matrix.view import View
from adapters.slack.doorway import Doorway
from adapters.slack.hook import Listening
from adapters.slack.signature import SIGNED, STAMPED, signature
from adapters.slack.twins import Twins
from bot.chat import EVENT, NotFound, Overloaded, WebRequest
from storage.database import Store
from tests.contract.test_slack_adapter import Door as Counting
from tests.rights.bureau import NOW, Bureau
from tests.rights.shapes import ANYTHING, FROM_MATRIX, from_slack, spoilt
from tests.rights.ways import BOT_ON_MATRIX, ME, Way, slack_payload

SECRET = "s3cret"
FEW, MANY = 250, 4_000
USUAL = settings(deadline=None, suppress_health_check=list(HealthCheck))
quick = settings(USUAL, max_examples=FEW)
long = settings(USUAL, max_examples=MANY)

from_slack_spoilt = st.sampled_from(from_slack()).flatmap(spoilt) | st.dictionaries(st.text(max_size=9), ANYTHING)
from_matrix_spoilt = st.sampled_from(FROM_MATRIX).flatmap(spoilt)


class Door(Counting):
    """A door that takes what the bot's own takes: texts that a database can hold."""

    def __init__(self) -> None:
        super().__init__()
        self.positions: list[str] = []

    async def park(self, platform: str, key: str, reason: str) -> None:
        await super().park(platform, key, reason)

    async def advance(
        self, platform: str, events: Sequence[Any], position: str, things: Mapping[str, bytes | None] | None = None
    ) -> None:
        for event in events:
            await self.record(event)
        self.positions.append(position)

    @property
    def effects(self) -> int:
        return len(self.events) + len(self.parked)


class Calls:
    """A Slack, or a homeserver, that knows of nothing."""

    me = BOT_ON_MATRIX
    created: Any = None  # how whoever made it says that a room was made

    async def request(self, *_: Any, **__: Any) -> Any:
        return {}

    async def state_event(self, *_: Any) -> Any:
        return {"predecessor": self.created}

    async def ask(self, _method: str, **_arguments: Any) -> Any:
        return {"ok": False, "error": "channel_not_found"}

    def __getattr__(self, name: str) -> Any:
        async def nothing(*_: Any, **__: Any) -> Any:
            raise NotFound(name)

        return nothing


def doorway(door: Any) -> Doorway:
    calls, identity = cast("Any", Calls()), cast("Any", SimpleNamespace(known=ME))
    made = Doorway(
        "slack", calls, identity, now=lambda: NOW, directs={"U9": "D1"}, learn=lambda _: None, twins=Twins("slack")
    )
    made.door = door
    return made


@pytest.fixture(scope="module")
def does() -> Iterator[Any]:
    """Runs what is asynchronous to its end: examples are tried one after the other, in no loop of their own."""
    loop = asyncio.new_event_loop()

    def run(work: Coroutine[Any, Any, Any]) -> Any:
        with capture_logs():
            return loop.run_until_complete(asyncio.wait_for(work, 20))

    yield run
    loop.close()


# ---------------------------------------------------------------- Slack: the doorway


def through_the_doorway(does: Any, payload: Any) -> None:
    door = Door()
    response = does(doorway(door).hand_in(payload))
    assert response.status == 200, "what Slack sends again would fail again"
    assert door.effects <= 1
    assert door.handed == len(door.events)
    door.fault = Overloaded()
    busy = does(doorway(door).hand_in(payload))
    assert busy.status in {200, 503}
    assert door.handed <= 2


@quick
@given(payload=from_slack_spoilt)
def test_whatever_slack_sends_is_acknowledged_once(does: Any, payload: Any) -> None:
    through_the_doorway(does, payload)


@pytest.mark.slow
@long
@given(payload=from_slack_spoilt)
def test_whatever_slack_sends_is_acknowledged_once_for_long(does: Any, payload: Any) -> None:
    through_the_doorway(does, payload)


@given(payload=st.sampled_from(from_slack()))
@settings(USUAL, max_examples=len(from_slack()))
def test_what_slack_was_seen_to_send_is_read(does: Any, payload: Any) -> None:
    """Or spoiling it would spoil nothing."""
    door = Door()
    does(doorway(door).hand_in(payload))
    assert door.parked == []


# ---------------------------------------------------------------- Slack: over HTTP


@st.composite
def requests(draw: st.DrawFn) -> WebRequest:
    """What reaches the address: signed or nearly, whole or cut, as JSON or as a form."""
    payload = draw(from_slack_spoilt)
    text = json.dumps(payload)
    as_form = draw(st.booleans())
    if "command" in payload and as_form:
        body = urlencode({key: str(value) for key, value in payload.items()}, errors="replace").encode()
    else:
        body = urlencode({"payload": text}).encode() if as_form else text.encode()
    cut = draw(st.sampled_from(("", "", "end", "noise", "bytes")))
    body = {"": body, "end": body[: len(body) * 2 // 3], "noise": body + b"\xff]}", "bytes": draw(st.binary())}[cut]
    kind = draw(st.sampled_from(("application/json", "application/x-www-form-urlencoded", "", "text/plain")))
    stamp = str(int(NOW.timestamp()))
    headers = {"content-type": kind, STAMPED: stamp, SIGNED: signature(SECRET, stamp, body).decode()}
    for name in draw(st.sets(st.sampled_from(tuple(headers)), max_size=1)):
        headers[name] = draw(st.text(max_size=20))
    method = draw(st.sampled_from(("POST", "POST", "POST", "GET", "PUT")))
    return WebRequest(method=method, path="/slack/slack", headers=headers, body=body)


def over_http(does: Any, request: WebRequest) -> None:
    door = Door()
    listening = Listening("slack", SECRET, doorway=doorway(door), now=lambda: NOW)
    answer = does(listening.answer(request))
    assert answer.status in {200, 400, 401, 405}, answer
    assert door.effects <= 1
    if answer.status != 200:
        assert door.effects == 0


@quick
@given(request=requests())
def test_whatever_is_asked_over_http_is_answered(does: Any, request: WebRequest) -> None:
    over_http(does, request)


@pytest.mark.slow
@long
@given(request=requests())
def test_whatever_is_asked_over_http_is_answered_for_long(does: Any, request: WebRequest) -> None:
    over_http(does, request)


# ---------------------------------------------------------------- Matrix: a sync


@st.composite
def syncs(draw: st.DrawFn) -> dict[str, Any]:
    """A sync whose events people and other servers wrote: their server vouches for little in them."""

    def some() -> dict[str, Any]:
        return {"events": draw(st.lists(from_matrix_spoilt | ANYTHING, max_size=4))}

    room = {
        "state": some(),
        "timeline": {**some(), "limited": draw(st.booleans()), "prev_batch": "t0"},
        "ephemeral": some(),
        "summary": draw(st.sampled_from(({}, {"m.heroes": ["@ana:acme.test"], "m.joined_member_count": 2}))),
    }
    rooms = {"join": {"!r:acme.test": room}, "leave": {"!l:acme.test": {"timeline": some(), "state": some()}}}
    rooms["invite"] = {"!i:acme.test": {"invite_state": some()}}
    return {"next_batch": "t2", "rooms": rooms, "account_data": some()}


async def synced(door: Any, batch: dict[str, Any], created: Any) -> Position:
    """One round of a listener. created: what the room that a tombstone names says of the one before it."""

    async def slept(_: float) -> None:
        raise AssertionError("there is nothing to wait for")

    async def sync(*_: Any, **__: Any) -> Any:
        return batch

    calls = cast("Any", Calls())
    calls.created, calls.sync = created, sync
    secrecy = Secrecy(calls, "", lambda: NOW, timedelta(0))
    listener = Listener("matrix", calls, View(), secrecy, frozenset({"acme.test"}), Patience(slept))
    return await listener._round(door, Position("t1"))


def through_a_sync(does: Any, batch: dict[str, Any], created: Any) -> None:
    door = Door()
    after = does(synced(door, batch, created))
    assert after.since == "t2", "the position moves on: what cannot be read is not read for ever"
    written = [
        part["events"]
        for kind in batch["rooms"].values()
        for room in kind.values()
        for part in room.values()
        if "events" in part
    ]
    receipts = sum(str(each).count("m.read") for part in written for each in part)
    assert len(door.events) + len(door.parked) <= 2 * sum(len(each) for each in written) + 40 * receipts


@quick
@given(batch=syncs(), created=ANYTHING)
def test_whatever_a_sync_brings_the_next_one_follows(does: Any, batch: dict[str, Any], created: Any) -> None:
    through_a_sync(does, batch, created)


@pytest.mark.slow
@long
@given(batch=syncs(), created=ANYTHING)
def test_whatever_a_sync_brings_the_next_one_follows_for_long(does: Any, batch: dict[str, Any], created: Any) -> None:
    through_a_sync(does, batch, created)


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "event_callback", "event_id": "\ud800", "event": {"type": "app_home_opened", "tab": "home"}},
        {"type": "weather\ud800", "event_id": "Ev1"},
        {"type": "event_callback", "event_id": "Ev2\x00", "event": {"type": "user_change", "\ud800": 1}},
        {"type": "event_callback", "event_id": "\ud800", "event_time": 1764000005,
         "event": {"type": "app_home_opened", "tab": "home", "user": "U1"}},
        {"type": "event_callback", "event_id": "Ev3", "event_time": 1764000005,
         "event": {"type": "app_home_opened", "tab": "home", "user": "U\ud800"}},
    ],
)  # fmt: skip
def test_half_a_character_leaves_a_trace(does: Any, furnished: Path, tmp_path: Path, payload: dict[str, Any]) -> None:
    """It could not be written down once: so it came again, three times, and nothing was left of it."""
    opened = whole(furnished, tmp_path)
    bot = does(opened.__aenter__())
    try:
        does(bot.hand_in(payload))
        assert bot.bureau._one("SELECT count(*) FROM event WHERE state = 'parked'") == 1
    finally:
        does(opened.__aexit__(None, None, None))


def test_half_a_character_in_a_form_leaves_a_trace(does: Any, furnished: Path, tmp_path: Path) -> None:
    """Who filled it could not be looked for: so it came again, three times, and failed as often."""
    way = Way("form community.answer", "filled", "community.answer")
    payload = slack_payload(way, "U\ud800", "000042")
    opened = whole(furnished, tmp_path)
    bot = does(opened.__aenter__())
    try:
        does(bot.hand_in(payload))
        assert bot.bureau._one("SELECT count(*) FROM event WHERE state = 'parked'") == 1
    finally:
        does(opened.__aexit__(None, None, None))


_CREATE = {"room_id": "!r:acme.test", "event_id": "$x"}


def _tombstone(at: Any) -> dict[str, Any]:
    return {
        "type": "m.room.tombstone", "event_id": "$1", "sender": "@ana:acme.test", "origin_server_ts": at,
        "state_key": "", "content": {"body": "moved", "replacement_room": "!new:acme.test"},
    }  # fmt: skip


def _create(before: Any) -> dict[str, Any]:
    return {
        "type": "m.room.create", "event_id": "$2", "sender": "@ana:acme.test", "origin_server_ts": 1764000005000,
        "state_key": "", "content": {"room_version": "11", "predecessor": before},
    }  # fmt: skip


def _joined(**parts: list[Any]) -> dict[str, Any]:
    return {"timeline": {"events": parts.get("timeline", [])}, "state": {"events": parts.get("state", [])}}


@pytest.mark.parametrize(
    ("rooms", "created"),
    [
        ({"invite": {"!i:acme.test": {"invite_state": {"events": [None]}}}}, None),
        (
            {"invite": {"!i:acme.test": {"invite_state": {"events": [
                {"type": "m.room.member", "state_key": BOT_ON_MATRIX, "sender": "@eve:evil.test", "content": "join"}
            ]}}}},
            None,
        ),
        ({"join": {"!r:acme.test": _joined(timeline=[{**_tombstone(1764000005000), "type": []}])}}, None),
        ({"join": {"!r:acme.test": _joined(timeline=[_tombstone(1764000005000)])}}, "!r:acme.test"),
        (
            {"join": {
                "!new:acme.test": _joined(state=[_create(_CREATE)]),
                "!r:acme.test": _joined(timeline=[_tombstone(2**70)]),
            }},
            _CREATE,
        ),
        ({"join": {"!r:acme.test": {"ephemeral": {"events": [{"type": "m.receipt", "content": ["$0"]}]}}}}, None),
        (
            {"join": {"!r:acme.test": _joined(timeline=[
                {"type": "m.room.join_rules", "event_id": "$1", "sender": "@ana:acme.test", "state_key": "",
                 "origin_server_ts": 1764000005000, "content": {"join_rule": "public"},
                 "unsigned": {"prev_content": {"join_rule": []}}},
            ])}},
            None,
        ),
    ],
    ids=["nothing", "no-content", "no-type", "no-room-before", "no-time", "no-receipt", "no-rule-before"],
)  # fmt: skip
def test_what_another_server_wrote_stops_nobody(does: Any, rooms: dict[str, Any], created: Any) -> None:
    """Each of these once ended the sync, and again after each restart: whoever may invite the bot could silence it."""
    through_a_sync(does, {"next_batch": "t2", "rooms": rooms}, created)


# ---------------------------------------------------------------- to the end, on a real store


class Whole:
    """The bot at work: what is handed in is recorded, handled and answered."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self.handled = 0

    async def hand_in(self, payload: Any) -> None:
        before = self.bureau._one("SELECT count(*) FROM event")
        response = await doorway(self.bureau.app.intake).hand_in(payload)
        assert response.status == 200
        assert self.bureau._one("SELECT count(*) FROM event") <= before + 1
        await self.handle()

    async def sync(self, batch: dict[str, Any], created: Any) -> None:
        assert (await synced(self.bureau.app.intake, batch, created)).since == "t2"
        await self.handle()

    async def handle(self) -> None:
        """All that was recorded."""
        found = self.bureau._looking.execute("SELECT id, body FROM event WHERE state = 'new'").fetchall()
        for row, body in found:
            assert await self.bureau.app.dispatcher.handle(row, 0, EVENT.validate_json(body)) == "handled"
        self.handled += len(found)


@asynccontextmanager
async def whole(file: Path, folder: Path) -> AsyncIterator[Whole]:
    copy = Path(shutil.copyfile(file, folder / "parvis.db"))
    bureau = Bureau(copy, await Store.open(f"sqlite+aiosqlite:///{copy}", migrate=False))
    at_work = asyncio.create_task(bureau.app.intake._record_all())
    try:
        yield Whole(bureau)
    finally:
        at_work.cancel()
        await asyncio.wait([at_work])
        await bureau.close()


def to_the_end(does: Any, furnished: Path, folder: Path, examples: int) -> None:
    opened = whole(furnished, folder)
    bot = does(opened.__aenter__())
    serial = iter(range(10**9))

    @settings(USUAL, max_examples=examples)
    @given(payload=from_slack_spoilt)
    def one(payload: Any) -> None:
        if isinstance(payload.get("event"), dict):
            payload = {**payload, "event_id": f"Ev{next(serial)}"} if payload.get("event_id") == "Ev1" else payload
        does(bot.hand_in(payload))

    try:
        one()
    finally:
        does(opened.__aexit__(None, None, None))


def a_sync_to_the_end(does: Any, furnished: Path, folder: Path, examples: int) -> None:
    opened = whole(furnished, folder)
    bot = does(opened.__aenter__())
    serial = iter(range(10**9))

    @settings(USUAL, max_examples=examples)
    @given(batch=syncs(), created=ANYTHING)
    def one(batch: dict[str, Any], created: Any) -> None:
        rooms = batch["rooms"]
        for room in (*rooms["join"].values(), *rooms["leave"].values()):
            for event in room["timeline"]["events"]:  # by another name, or the second would be the first again
                if isinstance(event, dict) and isinstance(event.get("event_id"), str):
                    event["event_id"] += str(next(serial))
        does(bot.sync(batch, created))

    try:
        one()
        assert bot.handled > examples / 20, "most of what is spoilt is heard by nobody, but not all of it"
    finally:
        does(opened.__aexit__(None, None, None))


def test_what_a_sync_brings_is_handled(does: Any, furnished: Path, tmp_path: Path) -> None:
    a_sync_to_the_end(does, furnished, tmp_path, 300)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_what_a_sync_brings_is_handled_for_long(does: Any, furnished: Path, tmp_path: Path) -> None:
    a_sync_to_the_end(does, furnished, tmp_path, 3_000)


def test_what_is_recorded_is_handled(does: Any, furnished: Path, tmp_path: Path) -> None:
    to_the_end(does, furnished, tmp_path, 800)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_what_is_recorded_is_handled_for_long(does: Any, furnished: Path, tmp_path: Path) -> None:
    to_the_end(does, furnished, tmp_path, 3_000)
