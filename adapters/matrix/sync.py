"""Hearing what happens: an own sync loop that hands in each batch together with the position after it.

matrix-nio's loop keeps its position before the handlers ran, leaves out what a limited timeline left out, ignores rooms
that were left and hammers a server that answers with errors. This one loses nothing: the position moves in the same
commit as the events before it, gaps are read back, and what comes twice has the same key. The keys of encrypted rooms
are kept in that commit too: the server forgets what it delivered of them once the next sync begins.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from adapters.matrix import inbound, upgrades
from adapters.matrix.calls import Calls
from adapters.matrix.direct import account_data, direct_with, remember_direct
from adapters.matrix.inbound import Place
from adapters.matrix.invitations import Invitations
from adapters.matrix.meaning import Meaning
from adapters.matrix.patience import Patience
from adapters.matrix.secrecy import Secrecy
from adapters.matrix.timeline import events, gap, since_arrival
from adapters.matrix.verifying import Verifying
from adapters.matrix.view import View
from bot.chat import Door, Event, NotFound, Overloaded, PlatformError

Json = dict[str, Any]

IDLE_ROUNDS = 20  # syncs without events after which the position is kept all the same


@dataclass(frozen=True, slots=True)
class Position:
    """Where we are: the server's token, and what is still to be answered: room -> how (see `Invitations`)."""

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

    def __init__(
        self, name: str, calls: Calls, view: View, secrecy: Secrecy, server_names: frozenset[str], patience: Patience
    ) -> None:
        """server_names: the company's homeservers, whose users may invite the bot."""
        self.learned = asyncio.Event()
        self._name = name
        self._calls = calls
        self._view = view
        self._secrecy = secrecy
        self._patiently = patience
        self._meaning = Meaning(name, calls, secrecy, patience)
        self._verifying = Verifying(name, calls, view, secrecy)
        self._invitations = Invitations(calls, view, server_names)
        self._called = ""
        self._idle = 0

    @property
    def connected(self) -> bool:
        """Whether the last sync succeeded and what it brought was recorded."""
        return self._patiently.connected

    async def run(self, door: Door) -> None:
        """Hand in what happens, for ever. Raises LockedOut on bad credentials."""
        try:
            position = Position.read(await self._patiently(lambda: door.position(self._name)))
            await self._patiently(self._introduce)
            await self._patiently(lambda: self._secrecy.start(door, self._name, anew=not position.since))
            position = await self._round(door, position, first=True)
            while True:
                position = await self._round(door, position)
        finally:
            self._patiently.connected = False

    async def _introduce(self) -> None:
        await self._calls.login()
        with suppress(NotFound):  # without a display name
            profile = await self._calls.request("GET", "profile", self._calls.me)
            self._called = str(profile.get("displayname") or "")
        self._view.mark_direct(await account_data(self._calls))

    async def _round(self, door: Door, position: Position, *, first: bool = False) -> Position:
        wait = self._secrecy.wait_ms
        batch = await self._patiently(lambda: self._calls.sync(position.since, full_state=first, wait_ms=wait))
        for event in events(batch.get("account_data", {})):
            if event["type"] == "m.direct" and isinstance(event.get("content"), dict):
                self._view.mark_direct(event["content"])
        self._secrecy.hear(batch)
        heard = [*self._verifying.asked(batch), *await self._heard(door, batch.get("rooms", {}), position.since)]
        wanted = upgrades.wanted(self._view, batch.get("rooms", {}).get("join", {})) if position.since else {}
        invited = batch.get("rooms", {}).get("invite", {})
        waiting = await self._invitations.answer(invited, {**position.invitations, **wanted})
        after = Position(batch["next_batch"], waiting)
        await self._hand_in(door, heard, position, after)
        await self._secrecy.chores()
        await self._verifying.decline(heard)
        self._patiently.connected = True
        self.learned.set()
        return after

    async def _hand_in(self, door: Door, heard: Sequence[Event], before: Position, after: Position) -> None:
        """Record a batch and the position after it.

        A batch without events (the bot's own messages come back as one) is worth a commit now and then only: reading
        it again finds nothing either. Keys are always worth one, but need no place among the events.
        """

        async def advance(things: Mapping[str, bytes | None]) -> None:
            await door.advance(self._name, heard, after.written(), things)

        self._idle += 1
        if heard or not before.since or self._secrecy.releasing:
            await self._patiently(lambda: self._secrecy.keep_with(advance))
            self._idle = 0
        elif self._idle >= IDLE_ROUNDS or after.invitations != before.invitations:
            with suppress(Overloaded):
                await self._secrecy.keep_with(advance)
            self._idle = 0
        await self._patiently(self._secrecy.keep)

    async def _heard(self, door: Door, rooms: Json, since: str) -> list[Event]:
        heard: list[Event] = []
        for room, raw in self._secrecy.released():
            heard += await self._meaning.of([raw], await self._place(room), door, released=True)
        for room, joined in rooms.get("join", {}).items():
            heard += await self._room(door, room, joined, since)
        for room, left in rooms.get("leave", {}).items():
            heard += await self._room(door, room, left, since)
            self._view.forget(room)
        return heard

    async def _room(self, door: Door, room: str, news: Json, since: str) -> list[Event]:
        """What happened in one room, in order. since: "" on the very first start, whose history is not ours."""
        known = self._view.known(room, self._calls.me)
        for event in events(news.get("state", {})):
            known.apply(event)
        known.summarise(news.get("summary", {}))
        timeline = news.get("timeline", {})
        raws = events(timeline)
        limited = timeline.get("limited")
        before = await gap(self._calls, self._patiently, room, timeline, since) if since and limited else []
        for event in raws:
            known.apply(event)
        if limited or any(event.get("type") == "m.room.member" for event in [*events(news.get("state", {})), *raws]):
            self._secrecy.moved(room)
        if not since:
            return []
        place = await self._place(room)
        heard = await self._meaning.of(since_arrival([*before, *raws], self._calls.me), place, door)
        heard += upgrades.told(self._name, self._view, room, [*events(news.get("state", {})), *raws])
        for event in events(news.get("ephemeral", {})):
            if event.get("type") == "m.receipt":
                heard += inbound.receipts(event.get("content", {}), place)
        return heard

    async def _place(self, room: str) -> Place:
        return Place(self._name, room, self._calls.me, await self._is_direct(room), self._called)

    async def _is_direct(self, room: str) -> bool:
        try:
            person = await self._patiently(lambda: direct_with(self._calls, self._view, room))
            if person and not self._view.is_marked(room, person):
                await self._patiently(lambda: remember_direct(self._calls, self._view, person, room))
        except PlatformError:
            return False  # the bot was removed meanwhile
        return bool(person)
