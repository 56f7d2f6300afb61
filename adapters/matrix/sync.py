"""Hearing what happens: an own sync loop that hands in each batch together with the position after it.

matrix-nio's loop keeps its position before the handlers ran, leaves out what a limited timeline left out, ignores rooms
that were left and hammers a server that answers with errors. This one loses nothing: the position moves in the same
commit as the events before it, gaps are read back, and what comes twice has the same key.

The answer is read as it came. Once rooms are encrypted it goes through nio first (`SyncResponse.from_dict`,
`AsyncClient.receive_response`), which puts the decrypted events in the place of the others.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from pydantic import ValidationError

from adapters.matrix import cards, inbound
from adapters.matrix.calls import Calls
from adapters.matrix.cards import Offer
from adapters.matrix.direct import account_data, direct_with, remember_direct
from adapters.matrix.inbound import Place, UnreadableError
from adapters.matrix.view import View
from bot.chat import Door, Event, LockedOut, NotFound, Overloaded, PlatformError, RateLimited, Unreachable

Json = dict[str, Any]
T = TypeVar("T")

LONGEST_WAIT = 60.0
IDLE_ROUNDS = 20  # syncs without events after which the position is kept all the same
FOREIGN_KEPT = 5_000  # ids of events that are not the bot's, so that reactions to them are looked up once


@dataclass(frozen=True, slots=True)
class Position:
    """Where we are: the server's token, and the invitations not yet answered (room -> who invited)."""

    since: str = ""
    invitations: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, kept: str) -> Position:
        """From what the door kept."""
        if not kept.startswith("{"):
            return cls(kept)
        found = json.loads(kept)
        return cls(found["since"], found["invitations"])

    def written(self) -> str:
        """What the door keeps: the bare token while no invitation waits."""
        if not self.invitations:
            return self.since
        return json.dumps({"since": self.since, "invitations": dict(self.invitations)})


class Listener:
    """One platform's sync loop."""

    def __init__(self, name: str, calls: Calls, view: View, server_names: frozenset[str]) -> None:
        """server_names: the company's homeservers, whose users may invite the bot."""
        self.connected = False
        self.learned = asyncio.Event()
        self._name = name
        self._calls = calls
        self._view = view
        self._servers = server_names
        self._called = ""
        self._idle = 0
        self._foreign: OrderedDict[str, None] = OrderedDict()

    async def run(self, door: Door) -> None:
        """Hand in what happens, for ever. Raises LockedOut on bad credentials."""
        try:
            position = Position.read(await self._patiently(lambda: door.position(self._name)))
            await self._patiently(self._introduce)
            position = await self._round(door, position, first=True)
            while True:
                position = await self._round(door, position)
        finally:
            self.connected = False

    async def _introduce(self) -> None:
        await self._calls.login()
        with suppress(NotFound):  # without a display name
            profile = await self._calls.request("GET", "profile", self._calls.me)
            self._called = str(profile.get("displayname") or "")
        self._view.mark_direct(await account_data(self._calls))

    async def _round(self, door: Door, position: Position, *, first: bool = False) -> Position:
        batch = await self._patiently(lambda: self._calls.sync(position.since, full_state=first))
        for event in _events(batch.get("account_data", {})):
            if event.get("type") == "m.direct":
                self._view.mark_direct(event.get("content", {}))
        events = await self._heard(door, batch.get("rooms", {}), position.since)
        waiting = await self._accept(batch.get("rooms", {}).get("invite", {}), position.invitations)
        after = Position(batch["next_batch"], waiting)
        await self._hand_in(door, events, position, after)
        self.connected = True
        self.learned.set()
        return after

    async def _hand_in(self, door: Door, events: Sequence[Event], before: Position, after: Position) -> None:
        """Record a batch and the position after it.

        A batch without events (the bot's own messages come back as one) is worth a commit now and then only: reading
        it again finds nothing either.
        """
        self._idle += 1
        if events or not before.since:
            await self._patiently(lambda: door.advance(self._name, events, after.written()))
        elif self._idle >= IDLE_ROUNDS or after.invitations != before.invitations:
            with suppress(Overloaded):
                await door.advance(self._name, events, after.written())
        else:
            return
        self._idle = 0

    async def _heard(self, door: Door, rooms: Json, since: str) -> list[Event]:
        events: list[Event] = []
        for room, joined in rooms.get("join", {}).items():
            events += await self._room(door, room, joined, since)
        for room, left in rooms.get("leave", {}).items():
            events += await self._room(door, room, left, since)
            self._view.forget(room)
        return events

    async def _room(self, door: Door, room: str, news: Json, since: str) -> list[Event]:
        """What happened in one room, in order. since: "" on the very first start, whose history is not ours."""
        known = self._view.known(room, self._calls.me)
        for event in _events(news.get("state", {})):
            known.apply(event)
        known.summarise(news.get("summary", {}))
        timeline = news.get("timeline", {})
        raws = _events(timeline)
        gap = await self._gap(room, timeline, since) if since and timeline.get("limited") else []
        for event in raws:
            known.apply(event)
        if not since:
            return []
        place = Place(self._name, room, self._calls.me, await self._is_direct(room), self._called)
        heard = [await self._understood(door, raw, place) for raw in since_arrival([*gap, *raws], self._calls.me)]
        for event in _events(news.get("ephemeral", {})):
            if event.get("type") == "m.receipt":
                heard += inbound.receipts(event.get("content", {}), place)
        return [event for event in heard if event is not None]

    async def _is_direct(self, room: str) -> bool:
        try:
            person = await self._patiently(lambda: direct_with(self._calls, self._view, room))
            if person and not self._view.is_marked(room, person):
                await self._patiently(lambda: remember_direct(self._calls, self._view, person, room))
        except PlatformError:
            return False  # the bot was removed meanwhile
        return bool(person)

    async def _gap(self, room: str, timeline: Json, since: str) -> list[Json]:
        """What a limited timeline left out, oldest first: read back to where we were, or to the bot's own arrival."""
        missing: list[Json] = []
        token = timeline.get("prev_batch", "")
        seen = _events(timeline)
        known = {event.get("event_id") for event in seen}
        while token and not any(arrives(event, self._calls.me) for event in [*seen, *missing]):
            try:
                page = await self._patiently(partial(self._calls.messages, room, start=token, end=since))
            except PlatformError:
                break  # the bot may no longer read there
            missing += [event for event in page.get("chunk", []) if event.get("event_id") not in known]
            token = page.get("end", "") if page.get("chunk") else ""
        return missing[::-1]

    async def _understood(self, door: Door, raw: Json, place: Place) -> Event | None:
        try:
            on = inbound.wanted(raw, place)
            return inbound.read(raw, place, await self._offers(place.room, on) if on else ())
        except UnreadableError as error:
            reason = error.reason
        except ValidationError as error:
            reason = "invalid:" + ",".join(str(one["loc"][-1]) for one in error.errors() if one["loc"])
        key = str(raw.get("event_id", ""))[:255]
        await self._patiently(lambda: door.park(self._name, key, reason))
        return None

    async def _offers(self, room: str, event: str) -> tuple[Offer, ...]:
        """What an event offers now, asked from the server each time: a card may have been frozen since."""
        if event in self._foreign:
            return ()
        try:
            found = await self._patiently(lambda: self._calls.event(room, event))
        except PlatformError:
            return ()
        offered = cards.offered(found, self._calls.me, room)
        if offered is None:
            self._foreign[event] = None
            if len(self._foreign) > FOREIGN_KEPT:
                self._foreign.popitem(last=False)
        return offered or ()

    async def _accept(self, invited: Json, waiting: Mapping[str, str]) -> dict[str, str]:
        """Answer invitations: enter when it comes from the company's own servers, decline otherwise.

        Returns those that could not be answered yet; they are kept with the position.
        """
        pending = dict(waiting)
        for room, invitation in invited.items():
            event = _invitation(invitation, self._calls.me)
            mark = "direct " if event.get("content", {}).get("is_direct") else ""
            pending[room] = mark + str(event.get("sender", ""))
        for room, how in list(pending.items()):
            try:
                await self._answer(room, how)
            except (RateLimited, Unreachable):
                continue
            except PlatformError:
                pass  # withdrawn meanwhile, or the room is gone: nothing left to answer
            del pending[room]
        return pending

    async def _answer(self, room: str, how: str) -> None:
        direct, inviter = how.startswith("direct "), how.removeprefix("direct ")
        if inbound.server(inviter) not in self._servers:
            await self._calls.request("POST", "rooms", room, "leave", body={})
            return
        if direct:
            await remember_direct(self._calls, self._view, inviter, room)
        await self._calls.request("POST", "join", room, body={})
        self._view.known(room, self._calls.me)  # the sync will tell more

    async def _patiently(self, action: Callable[[], Awaitable[T]]) -> T:
        """Do something until it works, waiting longer each time; only a refusal for good is raised."""
        wait = 0.5
        while True:
            try:
                return await action()
            except RateLimited as error:
                pause = error.retry_after
            except (Unreachable, Overloaded):
                pause = wait
            except LockedOut:
                self.connected = False
                raise
            self.connected = False
            await asyncio.sleep(min(pause, LONGEST_WAIT))
            wait = min(wait * 2, LONGEST_WAIT)


def since_arrival(raws: Sequence[Json], me: str) -> list[Json]:
    """What happened in a room while the bot was in it or invited to it; what came before is not for its eyes.

    raws: oldest first. What was written between an invitation and its acceptance counts: people write at once.
    """
    own = [raw for raw in raws if raw.get("type") == "m.room.member" and raw.get("state_key") == me]
    here = not own or _membership(_before(own[0])) in {"invite", "join"}
    heard = []
    for raw in raws:
        if raw.get("type") == "m.room.member" and raw.get("state_key") == me:
            here = _membership(raw.get("content")) in {"invite", "join"}
        elif here:
            heard.append(raw)
    return heard


def arrives(raw: Json, me: str) -> bool:
    """Whether with this event the bot comes into a room's sight: invited, or entering without invitation."""
    if raw.get("type") != "m.room.member" or raw.get("state_key") != me:
        return False
    here = {"invite", "join"}
    return _membership(raw.get("content")) in here and _membership(_before(raw)) not in here


def _invitation(invitation: Json, me: str) -> Json:
    for event in invitation.get("invite_state", {}).get("events", []):
        if event.get("type") == "m.room.member" and event.get("state_key") == me:
            return dict(event)
    return {}


def _events(part: Json) -> list[Json]:
    return [event for event in part.get("events", []) if isinstance(event, dict)]


def _before(raw: Json) -> object:
    unsigned = raw.get("unsigned")
    return unsigned.get("prev_content") if isinstance(unsigned, Mapping) else None


def _membership(content: object) -> str:
    return str(content.get("membership", "")) if isinstance(content, Mapping) else ""
