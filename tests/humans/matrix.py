"""People of a real Matrix server, each with a client of their own (matrix-nio), and a gate between bot and server."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from html.parser import HTMLParser
from typing import Any, Literal

from adapters.matrix.platform import MatrixPlatform
from tests.humans import PATIENCE, Call, Human, Ways, eventually, found, nothing_more
from tests.humans.lines import Lines
from tests.humans.matrix_device import UNREADABLE, Device
from tests.servers.gate import Fault, Gate
from tests.servers.synapse import Account, Synapse

Json = dict[str, Any]
CLIENT = "/_matrix/client/v3"
SECRET = "a secret of the administrator"
ENCRYPTION: Json = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
LOOK_MS = 250  # how long a client waits for news between two looks
# Long enough a timeline that what the bot says at once comes without a gap; who types or is there is nobody's matter.
FILTER = {
    "presence": {"not_types": ["*"]},
    "room": {"timeline": {"limit": 100}, "ephemeral": {"not_types": ["*"]}},
}
_INVISIBLE = "\N{WORD JOINER}"
_CHOICE = re.compile(r"^(?P<key>\S+) (?P<label>.*?)(?: — !.*)?$")
_serial = itertools.count(1)
# Ordinary accounts of a homeserver are all members; only its administrators are told who was deactivated. A join, or
# what a person takes back, is told a little later.
WAYS = Ways(
    receipts=True,
    windows=False,
    whispers=False,
    presses_wait=True,
    pins_anywhere=False,
    languages=False,
    kinds=frozenset({"member", "stranger"}),
    quiet=0.2,
)


class _Shown(HTMLParser):
    """HTML as a client shows it, blocks on lines of their own."""

    _BLOCKS = frozenset({"p", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "br", "div", "pre", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.pills = 0
        self._leads = ""
        self._numbers: list[int | None] = []  # of the last item, in each list that is open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._BLOCKS and not self.text.endswith("\n"):
            self.text += "\n"
        if tag in {"ol", "ul"}:
            self._numbers.append(int(dict(attrs).get("start") or 1) - 1 if tag == "ol" else None)
        if tag == "li" and self._numbers and self._numbers[-1] is not None:
            self._numbers[-1] += 1
            self.text += f"{self._numbers[-1]}. "
        self.pills += tag == "a" and any("matrix.to/#/@" in (value or "") for _, value in attrs)
        to = dict(attrs).get("href") or ""
        self._leads = to if tag == "a" and not to.startswith("https://matrix.to/") else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._leads:  # as they are shown where a link leads to
            self.text += f" ({self._leads})"
        if tag in {"ol", "ul"}:
            self._numbers.pop()
        if tag in self._BLOCKS and not self.text.endswith("\n"):
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        self.text += data


def words(content: Json) -> str:
    """A message as a person reads it."""
    if content.get("format") != "org.matrix.custom.html":
        return str(content.get("body", "")).replace(_INVISIBLE, "")
    shown = _Shown()
    shown.feed(content["formatted_body"])
    return shown.text.replace(_INVISIBLE, "").strip("\n")


def mentions(content: Json) -> int:
    """How many people a message calls: by intention, by pill, or, where it states no intention, by its words."""
    shown = _Shown()
    shown.feed(content.get("formatted_body", ""))
    meant = content.get("m.mentions")
    if meant is None:
        return shown.pills + ("@room" in content.get("body", ""))
    return shown.pills + len(meant.get("user_ids", [])) + bool(meant.get("room"))


class MatrixHuman:
    """A `tests.humans.Human`."""

    def __init__(self, town: MatrixTown, name: str, account: Account) -> None:
        """account: theirs on the town's server."""
        self.name = name
        self.platform = town.name
        self.account = account
        self.external = town.gate.aliens.get(account.user_id, account.user_id)
        self._town = town
        self._since = ""
        self._filter = ""
        self._joined: dict[str, bool] = {}  # room -> something was done there that no sync told yet
        self._invited: dict[str, Json] = {}
        self._known: dict[str, dict[str, Json]] = {}  # room -> its events, by id, in their order
        self._read: dict[str, Json] = {}  # event -> as this person sees it
        self._direct = ""
        self._pressed = ("", "", "")
        self._lines = Lines(self._say_direct, self._heard_direct, town.settled)
        encrypted = town.encrypted and self.external == account.user_id
        self.device = Device(town.synapse.url, account, town.now, encrypted=encrypted)

    async def types(self, command: str, room: str | None = None) -> None:
        await self._send(await self._place(room), {"msgtype": "m.text", "body": f"!{command}"})

    async def about(self, text: str, command: str, room: str) -> None:
        answered = (await self._find(text, "", room))["event_id"]
        relation = {"m.in_reply_to": {"event_id": answered}}
        await self._send(room, {"msgtype": "m.text", "body": f"!{command}", "m.relates_to": relation})

    async def says(self, text: str, room: str | None = None, *, reply_to: str = "") -> None:
        content: Json = {"msgtype": "m.text", "body": text}
        if reply_to:
            answered = (await self._find(reply_to, "", room))["event_id"]
            relation = {"rel_type": "m.thread", "event_id": answered, "is_falling_back": False}
            content["m.relates_to"] = {**relation, "m.in_reply_to": {"event_id": answered}}
        await self._send(await self._place(room), content)

    async def likes(self, text: str, room: str) -> None:
        await self.reacts(room, (await self._find(text, "", room))["event_id"], "🎉")

    async def corrects(self, text: str, new: str, room: str) -> None:
        relation = {"rel_type": "m.replace", "event_id": (await self._find(text, "", room))["event_id"]}
        body = {"msgtype": "m.text", "body": new}
        await self._send(room, {**body, "body": f"* {new}", "m.new_content": body, "m.relates_to": relation})

    async def catches_up(self, room: str) -> None:
        await self._news()
        last = (await self.sees(room))[-1]["event_id"]
        await self.calls("POST", f"/rooms/{_quote(room)}/receipt/m.read/{_quote(last)}", {})

    async def fills(self, **fields: str) -> dict[str, str]:
        return await self._lines.fills(fields)

    async def accepts(self) -> dict[str, str]:
        return await self._lines.accepts()

    async def submits_again(self) -> None:
        await self._lines.again()

    async def closes(self) -> None:
        await self._lines.closes()

    async def sees_form(self) -> dict[str, str] | None:
        return {} if await self._lines.page() else None

    async def presses(self, label: str, near: str = "", room: str | None = None) -> None:
        event = await self._find(near, label, room)
        key = _offered(words(event["content"]), label)
        assert key
        place = await self._place(room)
        await self._news()

        async def seeded() -> bool:
            if key in await self._reactions(place, event["event_id"], self._town.bot.user_id):
                return True
            await self._news(LOOK_MS)
            return False

        await eventually(seeded, f"the bot offers {key} under {near!r}")
        self._pressed = (place, event["event_id"], key)
        await self.presses_again()

    async def is_offered(self, label: str, near: str = "", room: str | None = None) -> bool:
        """The choice could be taken at this moment; then `presses_again` takes it."""
        for event in reversed(await self.sees(room)):
            shown = words(event["content"])
            key = _offered(shown, label) if near in shown else ""
            if not key:
                continue
            place = await self._place(room)
            if key not in await self._reactions(place, event["event_id"], self._town.bot.user_id):
                return False
            self._pressed = (place, event["event_id"], key)
            return True
        return False

    async def presses_again(self) -> None:
        room, event, key = self._pressed
        assert event, "nothing was pressed yet"
        mine = await self._reactions(room, event, self.account.user_id)
        if key in mine:  # a client takes a reaction back before it can be given again
            await self.device.client.room_redact(room, mine[key])
        await self.reacts(room, event, key)

    async def reacts(self, room: str, event: str, key: str) -> str:
        """React to an event; returns the reaction's id."""
        relation = {"rel_type": "m.annotation", "event_id": event, "key": key}
        return await self._send(room, {"m.relates_to": relation}, "m.reaction")

    async def sees(self, room: str | None = None) -> list[Json]:
        """The messages in sight, each in its current version."""
        await self._news()
        return await self._sights(room)

    async def reads(self, room: str | None = None) -> list[str]:
        return [words(event["content"]) for event in await self.sees(room)]

    async def is_told(self, text: str, room: str | None = None, within: float = PATIENCE) -> str:
        return words((await self._find(text, "", room, within))["content"])

    async def sees_picture(self, alt: str, room: str | None = None) -> bytes:
        async def look() -> Json | None:
            contents: list[Json] = [event["content"] for event in await self._sights(room)]
            shown = [each for each in contents if each.get("msgtype") == "m.image"]
            if seen := [each for each in shown if alt in words(each)]:
                return seen[-1]
            await self._news(LOOK_MS)
            return None

        return await self.device.fetch(await found(self, look, alt, "", room, PATIENCE))

    async def is_not_told(self, text: str, room: str | None = None) -> None:
        await self._town.settled()
        told = [line for line in await self.reads(room) if text in line]
        assert not told, f"{self.name} was told: {told}"

    async def joins(self, room: str) -> None:
        answer = await self.calls("POST", f"/join/{_quote(room)}", {})
        assert "room_id" in answer, answer

    async def leaves(self, room: str) -> None:
        await self.device.client.room_leave(room)
        self._joined.pop(room, None)

    async def room_named(self, name: str) -> str | None:
        await self._news()
        for room in self._joined:
            if name in await self._names(room):
                return room
        for room, state in self._invited.items():
            if name in _names(state.get("invite_state", {}).get("events", [])):
                return room
        listed = await self.calls("POST", "/publicRooms", {"filter": {"generic_search_term": name}, "limit": 50})
        for one in listed.get("chunk", []):
            if name in {one.get("name"), one.get("canonical_alias", "").removeprefix("#").partition(":")[0]}:
                return str(one["room_id"])
        return None

    async def is_in(self, room: str) -> bool:
        await self._news()
        return room in self._joined or room in self._invited

    async def pins(self, room: str) -> list[str]:
        pinned = (await self._state(room, "m.room.pinned_events")).get("pinned", [])
        self._joined[room] = True
        shown = {event["event_id"]: words(event["content"]) for event in await self._sights(room)}
        return [shown[pin] for pin in pinned if pin in shown]

    async def topic(self, room: str) -> str:
        return str((await self._state(room, "m.room.topic")).get("topic", ""))

    async def notified(self, room: str | None = None) -> int:
        await self._news()
        place = await self._place(room)
        sent = [e for e in await self._events(place) if e["sender"] == self._town.bot.user_id]
        return sum(mentions(e["content"]) for e in sent if e["type"] == "m.room.message")

    async def opens_home(self) -> None:
        await self.types("home")

    async def sees_home(self, text: str) -> str:
        return await self.is_told(text)

    async def presses_home(self, label: str) -> None:
        await self.presses(label)

    async def sets_profile(self, field: str, value: str) -> None:
        key = {"name": "displayname", "picture": "avatar_url", "title": "fr.parvis.title"}.get(field, field)
        if field == "picture" and value:
            value = f"mxc://{self._town.synapse.server_name}/picture"
        path = f"/profile/{_quote(self.account.user_id)}/{key}"
        if value or key in {"displayname", "avatar_url"}:
            answer = await self.calls("PUT", path, {key: value})
        else:
            answer = await self.calls("DELETE", path)
        assert "errcode" not in answer, answer

    async def calls(self, method: str, path: str, body: Json | None = None) -> Json:
        """One raw call as this person; errors are returned."""
        return await self._town.synapse.call(method, CLIENT + path, body, token=self.account.access_token)

    async def close(self) -> None:
        """Shut their client."""
        await self.device.close()

    async def _send(self, room: str, content: Json, kind: str = "m.room.message") -> str:
        if not self.device.knows(room):
            await self._news()
        event = await self.device.send(room, kind, content)
        self._joined[room] = True
        if room not in self._town.apart and self.external == self.account.user_id:  # a stranger may not be heard
            self._town.said.add(event)
        return event

    async def _news(self, wait_ms: int = 0) -> None:
        """Let the client catch up; it enters the bot's direct rooms by itself, as one does with a click."""
        since = f"&since={self._since}" if self._since else "&full_state=true"
        if not self._filter:  # spelled out, it would be checked at each look
            deposited = await self.calls("POST", f"/user/{_quote(self.account.user_id)}/filter", FILTER)
            self._filter = deposited["filter_id"]
        seen = await self.calls("GET", f"/sync?filter={self._filter}&timeout={wait_ms if self._since else 0}{since}")
        self._since = seen["next_batch"]
        await self.device.take(seen)
        rooms = seen.get("rooms", {})
        self._joined = dict.fromkeys(self._joined, False)  # whatever was done before is told by now
        self._invited |= rooms.get("invite", {})
        for room, news in rooms.get("join", {}).items():
            self._joined.setdefault(room, False)
            self._hear(room, news.get("timeline", {}))
            self._invited.pop(room, None)
        for room in rooms.get("leave", {}):
            self._joined.pop(room, None)
            self._invited.pop(room, None)
            self._known.pop(room, None)
        for room, invitation in list(self._invited.items()):
            if _direct_from(invitation, self.account.user_id) == self._town.bot.user_id:
                await self.joins(room)
                self._direct = room
                del self._invited[room]
                self._joined[room] = True

    async def _place(self, room: str | None) -> str:
        if room is not None:
            return room
        if not self._direct or self.device.encrypted:  # whose devices changed is told by a sync
            await self._news()
        if not self._direct:
            self._direct = await self._opens_direct()
        return self._direct

    async def _opens_direct(self) -> str:
        secret = [ENCRYPTION] if self.device.encrypted else []
        bot = self._town.bot.user_id
        body = {"preset": "private_chat", "is_direct": True, "invite": [bot], "initial_state": secret}
        made = await self.calls("POST", "/createRoom", body)
        return str(made["room_id"])

    async def _sights(self, room: str | None) -> list[Json]:
        """The messages in sight, each in its current version."""
        place = room if room is not None else self._direct
        if not place:
            return []
        events = await self._events(place)
        latest: dict[tuple[str, str], Json] = {}
        for event in events:
            relation = event["content"].get("m.relates_to") or {}
            if event["type"] == "m.room.message" and relation.get("rel_type") == "m.replace":
                latest[relation["event_id"], event["sender"]] = event["content"].get("m.new_content", {})
        shown = []
        for event in events:
            relation = event["content"].get("m.relates_to") or {}
            if event["type"] == "m.room.message" and event["content"] and relation.get("rel_type") != "m.replace":
                content = latest.get((event["event_id"], event["sender"]), event["content"])
                shown.append({**event, "content": content})
        return shown

    async def _events(self, room: str) -> list[Json]:
        """All that stands in a room, as this person sees it: read once, kept up by what syncs tell."""
        if room not in self._joined:
            return [self._opened(event, room) for event in (await self._history(room)).values()]
        if self._joined[room]:
            await self._news()
            self._joined[room] = False
        if room not in self._known:
            self._known[room] = await self._history(room)
        return [self._opened(event, room) for event in self._known[room].values()]

    async def _history(self, room: str) -> dict[str, Json]:
        found: list[Json] = []
        start = ""
        while True:
            page = await self.calls("GET", f"/rooms/{_quote(room)}/messages?dir=b&limit=200{start}")
            found += page.get("chunk", [])
            if not page.get("end"):
                return {event["event_id"]: event for event in reversed(found)}
            start = f"&from={page['end']}"

    def _hear(self, room: str, timeline: Json) -> None:
        """What a sync tells of a room. What lies in a gap is read anew; what is taken back has no content any more."""
        known = self._known.get(room)
        if known is None or timeline.get("limited"):
            self._known.pop(room, None)
            return
        for event in timeline.get("events", []):
            known.setdefault(event["event_id"], event)
            taken_back = event.get("redacts") or event["content"].get("redacts")
            if event["type"] == "m.room.redaction" and taken_back in known:
                known[taken_back] = {**known[taken_back], "content": {}}

    def _opened(self, event: Json, room: str) -> Json:
        """An event as its person sees it; one that could not be read is tried again, since keys come later."""
        known = self._read.get(event["event_id"])
        if known is None or not event["content"]:  # read, and taken back since
            known = self.device.opened(event, room)
            if known["content"].get("body") != UNREADABLE:
                self._read[event["event_id"]] = known
        return known

    async def _reactions(self, room: str, event: str, by: str) -> dict[str, str]:
        found = {}
        for one in await self._events(room):
            relation = one["content"].get("m.relates_to") or {}
            if one["type"] == "m.reaction" and one["sender"] == by and relation.get("event_id") == event:
                found[str(relation["key"])] = str(one["event_id"])
        return found

    async def _find(self, text: str, label: str, room: str | None, within: float = PATIENCE) -> Json:
        """The latest message in sight that contains a text and offers a choice with this label ("" for any)."""

        async def look() -> Json | None:
            for event in reversed(await self._sights(room)):
                shown = words(event["content"])
                if text in shown and (not label or _offered(shown, label)):
                    return event
            await self._news(LOOK_MS)
            return None

        return await found(self, look, text, label, room, within)

    async def _names(self, room: str) -> set[str]:
        alias = (await self._state(room, "m.room.canonical_alias")).get("alias", "")
        return {(await self._state(room, "m.room.name")).get("name", ""), alias.removeprefix("#").partition(":")[0]}

    async def _state(self, room: str, kind: str) -> Json:
        return await self.calls("GET", f"/rooms/{_quote(room)}/state/{kind}/")

    async def _say_direct(self, text: str) -> None:
        await self.says(text)

    async def _heard_direct(self, waiting: bool) -> list[str]:
        await self._news(LOOK_MS if waiting else 0)
        return [words(e["content"]) for e in await self._sights(None) if e["sender"] == self._town.bot.user_id]


class MatrixTown:
    """A `tests.humans.Town`: a bot of its own on the server of the run, reached through a gate of its own."""

    def __init__(
        self,
        name: str,
        now: Callable[[], datetime],
        synapse: Synapse,
        gate: Gate,
        bot: Account,
        *,
        encrypted: bool = False,
    ) -> None:
        """bot: the bot's account. encrypted: direct rooms and private ones are."""
        self.name = name
        self.nobody = f"@nobody-{bot.user_id[1:]}"
        self.nowhere = f"!nowhere:{synapse.server_name}"
        self.ways = WAYS
        self.encrypted = encrypted
        self.settled: Callable[[], Awaitable[None]] = nothing_more
        self.synapse = synapse
        self.gate = gate
        self.bot = bot
        self.humans: list[MatrixHuman] = []
        self.said: set[str] = set()  # what people sent where the bot is
        self.apart: set[str] = set()  # rooms without the bot
        self.now = now

    def platform(self) -> MatrixPlatform:
        return MatrixPlatform(
            self.name,
            homeserver=self.gate.url,
            user=self.bot.user_id,
            access_token=self.bot.access_token,
            device_id=self.bot.device_id,
            encryption_key=SECRET if self.encrypted else "",
            now=self.now,
        )

    async def person(
        self,
        name: str,
        *,
        kind: Literal["member", "guest", "stranger", "gone"] = "member",
        language: str = "en",
        zone: str = "Europe/Paris",
        title: str = "",
        email: str = "",
        picture: bool = False,
    ) -> MatrixHuman:
        account = await self.synapse.register(_free(re.sub("[^a-z]", "", name.lower()) or "x"), display_name=name)
        if kind == "stranger":
            self.gate.aliens[account.user_id] = account.user_id.partition(":")[0] + ":elsewhere.test"
        human = MatrixHuman(self, name, account)
        self.humans.append(human)
        await human.device.enter()
        if kind == "gone":
            await human.calls("POST", "/account/deactivate", {"auth": _proof(account), "erase": True})
        else:
            await human.calls("PUT", f"/profile/{_quote(account.user_id)}/m.tz", {"m.tz": zone})
            if title:
                await human.sets_profile("title", title)
            if picture:
                await human.sets_profile("picture", "yes")
        return human  # an address is told to nobody but the server's administrators

    async def room(self, name: str, members: Sequence[Human], *, private: bool = False, bot: bool = True) -> str:
        people = [human for human in members if isinstance(human, MatrixHuman)]
        founder = people[0]
        body = {
            "preset": "private_chat" if private else "public_chat",
            "visibility": "private" if private else "public",
            "room_alias_name": name,
            "name": name,
            # A bot that looks after a room is made a moderator there; as a simple member it may not even pin.
            "power_level_content_override": {"users": {self.bot.user_id: 50} if bot else {}},
            "invite": [*(each.account.user_id for each in people[1:]), *([self.bot.user_id] if bot else [])],
            "initial_state": [ENCRYPTION] if private and self.encrypted else [],
        }
        made = await founder.calls("POST", "/createRoom", body)
        if made.get("errcode") == "M_ROOM_IN_USE":  # another story of this server has a room of this name
            del body["room_alias_name"]
            made = await founder.calls("POST", "/createRoom", body)
        room = str(made["room_id"])
        await asyncio.gather(*(each.joins(room) for each in people[1:]))
        if bot:  # whether it runs or not; by itself it accepts as well
            path = f"{CLIENT}/join/{_quote(room)}"
            await self.synapse.call("POST", path, {}, token=self.bot.access_token)
        else:
            self.apart.add(room)
        return room

    async def program(self, room: str, texts: Sequence[str]) -> None:
        writer = await self.person("builds")
        assert isinstance(writer, MatrixHuman)
        await writer.joins(room)
        for text in texts:
            await writer._send(room, {"msgtype": "m.notice", "body": text})

    async def circle(self, name: str, members: Sequence[Human]) -> str:
        return "room:" + await self.room(name, members)

    async def admit(self, circle: str, human: Human) -> None:
        await human.joins(circle.removeprefix("room:"))

    async def dismiss(self, circle: str, human: Human) -> None:
        await human.leaves(circle.removeprefix("room:"))

    def delivered(self) -> bool:
        return not (self.gate.telling or self.gate.again) and self.said <= self.gate.seen

    async def rate_limit(self, call: Call, seconds: float) -> None:
        body = {"errcode": "M_LIMIT_EXCEEDED", "error": "Too many requests", "retry_after_ms": int(seconds * 1000)}
        self.gate.faults.append(Fault(call, 429, body))

    async def lose_answer(self, call: Call) -> None:
        self.gate.faults.append(Fault(call, 0, {}, effect=True))

    async def break_call(self, call: Call) -> None:
        self.gate.faults.append(Fault(call, 502, {}))

    async def refuse(self, call: Call, times: int = 1) -> None:
        body = {"errcode": "M_FORBIDDEN", "error": "You do not have permission to do this"}
        self.gate.faults += [Fault(call, 403, body) for _ in range(times)]

    async def restrict_creation(self, *, restricted: bool = True) -> None:
        self.gate.faults = [fault for fault in self.gate.faults if not fault.lasting]
        if restricted:
            body = {"errcode": "M_FORBIDDEN", "error": "You are not permitted to create rooms"}
            self.gate.faults.append(Fault("create", 403, body, lasting=True))

    async def deliver_again(self) -> None:
        """The last batch that told of what people said comes again, and the bot goes on from there."""
        self.gate.repeat(self._done()[-1:])

    async def deliver_all_again(self) -> None:
        """Every batch so far, the newest first and then the oldest first: within a batch the order is the server's."""
        done = self._done()
        self.gate.repeat([*reversed(done), *done])

    def _done(self) -> list[bytes]:
        """The batches that told of what people said."""
        return [batch for batch in self.gate.told if self.said & _told(batch)]

    async def hold_events(self) -> None:
        """A homeserver orders the events of a room, and tells them in that order."""
        raise NotImplementedError

    async def release_events(self, order: Sequence[int]) -> None:
        """See `hold_events`."""
        raise NotImplementedError

    async def deliver_unacknowledged(self) -> None:
        """The bot asks again by itself."""

    async def garble(self) -> None:
        self.gate.garbled = True

    async def forge(self, human: Human, room: str, action: str, value: str) -> None:
        assert isinstance(human, MatrixHuman)
        body = "Shall we?\n\n✅ Yes"
        content = {"msgtype": "m.text", "body": body, "fr.parvis.choices": [["✅", action, value, "Yes"]]}
        event = await human._send(room, content)
        await human.reacts(room, event, "✅")
        relation = {"m.in_reply_to": {"event_id": event}}
        await human._send(room, {"msgtype": "m.text", "body": "1", "m.relates_to": relation})

    async def close(self) -> None:
        """Everyone goes home."""
        await asyncio.gather(*(human.close() for human in self.humans))


@asynccontextmanager
async def town(
    name: str, now: Callable[[], datetime], synapse: Synapse, *, encrypted: bool = False
) -> AsyncIterator[MatrixTown]:
    """A town on the server of the run. name: the platform's configured name; now: the bot's clock, UTC."""
    bot = await synapse.register(_free("parvis"), display_name="Parvis")
    async with Gate(synapse.url) as gate:
        place = MatrixTown(name, now, synapse, gate, bot, encrypted=encrypted)
        try:
            yield place
        finally:
            await place.close()


def _offered(shown: str, label: str) -> str:
    """The reaction that stands for a choice in a message, "" when it does not offer it."""
    for line in reversed(shown.splitlines()):
        found = _CHOICE.match(line)
        if found and found["label"].strip() == label and not found["key"].isascii():
            return found["key"]
    return ""


def _direct_from(invitation: Json, me: str) -> str:
    """Who invites to a direct room, "" when it is no direct room."""
    for event in invitation.get("invite_state", {}).get("events", []):
        if event.get("type") == "m.room.member" and event.get("state_key") == me and event["content"].get("is_direct"):
            return str(event["sender"])
    return ""


def _told(batch: bytes) -> set[str]:
    """The ids of the events that a sync told of."""
    rooms = json.loads(batch)["rooms"].get("join", {})
    return {event["event_id"] for news in rooms.values() for event in news.get("timeline", {}).get("events", [])}


def _names(state: Sequence[Json]) -> set[str]:
    found = set()
    for event in state:
        if event.get("type") in {"m.room.name", "m.room.canonical_alias"}:
            found |= {event["content"].get("name", ""), event["content"].get("alias", "")[1:].partition(":")[0]}
    return found - {""}


def _free(name: str) -> str:
    return f"{name}-{next(_serial)}-{time.time_ns() % 10**10}"


def _proof(account: Account) -> Json:
    user = {"type": "m.id.user", "user": account.user_id}
    return {"type": "m.login.password", "identifier": user, "password": account.password}


def _quote(text: str) -> str:
    return text.replace("!", "%21").replace("#", "%23").replace(":", "%3A").replace("@", "%40").replace("+", "%2B")
