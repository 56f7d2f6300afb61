"""Saying things on Matrix."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from nio.crypto import encrypt_attachment

from adapters.matrix import cards, reading, render
from adapters.matrix.calls import Calls, transaction
from adapters.matrix.cards import Offer
from adapters.matrix.direct import direct_with, remember_direct
from adapters.matrix.encryption import MEGOLM
from adapters.matrix.secrecy import ENCRYPTED, Secrecy
from adapters.matrix.sync import Listener
from adapters.matrix.view import DIRECT, View
from bot.chat import (
    Event,
    Form,
    Message,
    NotAllowed,
    NotFound,
    Picture,
    PlatformError,
    RateLimited,
    Unreachable,
    Written,
)

Json = dict[str, Any]

# The parameters of https://spec.matrix.org/v1.15/client-server-api/#mroomencryption
ENCRYPTION: Json = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": MEGOLM}}
SEEDING = 5.0  # seconds spent at most on offering reactions before the delivery counts as lost, and is looked for


class MatrixMessages:
    """The Messages part of the port."""

    _calls: Calls
    _view: View
    _listener: Listener
    _secrecy: Secrecy
    _plain: set[str]
    _via: tuple[str, ...]
    _opening: dict[str, asyncio.Lock]

    async def post(self, room: str, message: Message, *, name: str, reply_to: str = "") -> str:
        """Post once: the same name from the same device is the same event for a day (then `find` tells)."""
        room = self._view.current(room)
        thread = await self._thread(room, reply_to) if reply_to else ""
        if message.picture:
            await self._picture(room, message.picture, name, thread)
        content = render.content(message, name, via=self._via, thread=thread, sealed=await self._hidden(room))
        posted = await self._say(room, content, transaction(name))
        if message.choices:
            await self._seed(room, posted, cards.offers(message.choices), name)
        return posted

    async def edit(self, room: str, posted: str, message: Message, *, name: str) -> None:
        """Replace a message of the bot in place, and offer what it offers now."""
        room = await self._where(room, posted)
        content = render.edit(message, posted, name, via=self._via, sealed=await self._hidden(room))
        await self._say(room, content, transaction(name))
        await self._seed(room, posted, cards.offers(message.choices), name, edited=True)

    async def delete(self, room: str, posted: str, *, name: str) -> None:
        """Remove a message of the bot."""
        await self._calls.redact(await self._where(room, posted), posted, transaction(name))

    async def pin(self, room: str, posted: str) -> None:
        """Pin a message; already pinned is success."""
        room = await self._where(room, posted)
        pinned = (await self._calls.state_event(room, "m.room.pinned_events")).get("pinned", [])
        if posted not in pinned:
            await self._calls.put_state(room, "m.room.pinned_events", {"pinned": [*pinned, posted]})

    async def find(
        self,
        room: str,
        name: str,
        since: datetime,
        *,
        reply_to: str = "",  # noqa: ARG002 - a room's history holds its threads
    ) -> str | None:
        """Look through the bot's own messages, latest first; one cut off before all its signs were there gets them.

        A message is there once it offers what it should: its signs belong to the delivery.
        """
        for place in dict.fromkeys([self._view.current(room), room]):
            posted = await self._posted(place, name, since)
            if posted:
                found = self._secrecy.opened(await self._calls.event(place, posted), place)
                offered = cards.offered(found, self._calls.me, place)
                await self._seed(place, posted, offered or (), name, edited=True)
                return posted
        return None

    async def _posted(self, room: str, name: str, since: datetime) -> str | None:
        oldest = (since - timedelta(seconds=60)).timestamp() * 1000
        await self._calls.login()
        only = {"senders": [self._calls.me], "types": ["m.room.message", ENCRYPTED]}
        token = ""
        while True:
            page = await self._calls.messages(room, start=token, only=only)
            for found in page.get("chunk", []):
                event = self._secrecy.opened(found, room)
                if event.get("origin_server_ts", 0) < oldest:
                    return None
                if event.get("content", {}).get(cards.NAME) == name:
                    relation = event["content"].get("m.relates_to", {})
                    return str(relation["event_id"] if relation.get("rel_type") == "m.replace" else event["event_id"])
            token = page.get("end", "")
            if not token:
                return None

    async def read(self, room: str, posted: str) -> Written:
        """One event, decrypted with its latest edit; of one redacted nothing is left."""
        room = await self._where(room, posted)
        found = self._secrecy.shown(await self._calls.event(room, posted), room)
        if found is None:
            raise NotAllowed("undecryptable")
        return reading.written(found)

    async def direct(self, person: str) -> str:
        """The direct room with an account: a known one, or a new one that carries the person's id as its mark.

        An account that declined its invitation is left in peace: NotAllowed("declined").
        """
        await self._learned()
        async with self._opening.setdefault(person, asyncio.Lock()):
            for room in self._view.candidates(person):
                if await direct_with(self._calls, self._view, room) == person:
                    return room
            for room in self._view.made_for(person):
                await self._invite_again(room, person)
                return room
            await self._calls.request("GET", "profile", person)  # an account that does not exist can be invited
            return await self._open(person)

    async def whisper(self, event: Event, message: Message) -> bool:
        """In the direct room an answer is seen by one person alone; elsewhere Matrix has no such thing."""
        if not event.direct or not event.room:
            return False
        try:
            await self.post(event.room, message, name=f"whisper:{event.key}:{render.plain(message)[:200]}")
        except PlatformError:
            return False
        return True

    async def open_form(self, event: Event, form: Form) -> bool:  # noqa: ARG002 - the port's signature
        """Matrix has no forms."""
        return False

    async def show_home(self, person: str, message: Message) -> bool:  # noqa: ARG002 - the port's signature
        """Matrix has no such page."""
        return False

    async def _learned(self) -> None:
        try:
            async with asyncio.timeout(self._calls.timeout):
                await self._listener.learned.wait()
        except TimeoutError:
            # Without knowing the rooms, a second direct room would be made.
            raise Unreachable("not_synced") from None

    async def _open(self, person: str) -> str:
        # Without a device there would be nobody to give the key to, and the person's first device could not read it.
        secret = [ENCRYPTION] if await self._secrecy.can_reach(person) else []
        body = {
            "preset": "private_chat",  # trusted_private_chat would make the person a creator, whom nobody can remove
            "is_direct": True,
            "invite": [person],
            "initial_state": [{"type": DIRECT, "state_key": "", "content": {"person": person}}, *secret],
        }
        room = str((await self._calls.request("POST", "createRoom", body=body))["room_id"])
        self._view.known(room, self._calls.me).made_for(person)
        await self._note_direct(person, room)
        return room

    async def _note_direct(self, person: str, room: str) -> None:
        try:
            await remember_direct(self._calls, self._view, person, room)
        except PlatformError:
            return  # the mark in the room's state says the same

    async def _invite_again(self, room: str, person: str) -> None:
        state = next((e for e in await self._calls.state(room) if _is_member(e, person)), {})
        before = (state.get("unsigned") or {}).get("prev_content") or {}
        match state.get("content", {}).get("membership"):
            case "join" | "invite":
                return
            case "leave" if before.get("membership") == "invite" and state.get("sender") == person:
                raise NotAllowed("declined")
            case "ban":
                raise NotAllowed("banned")
        await self._calls.request("POST", "rooms", room, "invite", body={"user_id": person})

    async def _where(self, room: str, posted: str) -> str:
        """The room that a message of the bot is in: as it was told, or the one that took its place before."""
        current = self._view.current(room)
        if current != room:
            with suppress(NotFound, NotAllowed):
                await self._calls.event(current, posted)
                return current
        return room

    async def _say(self, room: str, content: Json, tx: str) -> str:
        """Send a message, encrypted where the room is. Raises NotAllowed: it is, and the bot does not encrypt."""
        if not await self._hidden(room):
            return await self._calls.send(room, "m.room.message", content, tx)
        secret = await self._secrecy.write(room, "m.room.message", content)
        return await self._calls.send(room, ENCRYPTED, secret, tx)

    async def _hidden(self, room: str) -> bool:
        """Whether a room is encrypted; the server is asked, once, about one that no sync told of yet."""
        known = self._view.rooms.get(room)
        if known is not None and (known.hidden or known.described):
            return known.hidden
        if room in self._plain or not self._secrecy.on:
            return False
        if await self._calls.state_event(room, "m.room.encryption"):
            return True
        self._plain.add(room)
        return False

    async def _thread(self, room: str, event: str) -> str:
        """The first message of the thread an event is in: threads do not nest (spec, "Threading")."""
        try:
            relation = (await self._calls.event(room, event)).get("content", {}).get("m.relates_to", {})
        except NotFound:
            return event
        return str(relation["event_id"]) if relation.get("rel_type") == "m.thread" else event

    async def _picture(self, room: str, picture: Picture, name: str, thread: str) -> None:
        """Say the picture, just before its message: clients that show no captions still show what the message says."""
        content = render.picture(picture, thread)
        if await self._hidden(room):
            data, keys = encrypt_attachment(picture.data)
            content["file"] = {**keys, "url": await self._calls.upload(data, "application/octet-stream")}
        else:
            content["url"] = await self._calls.upload(picture.data, "image/png")
        await self._say(room, content, transaction(name, "picture"))

    async def _seed(self, room: str, posted: str, offered: Sequence[Offer], name: str, *, edited: bool = False) -> None:
        """Offer the choices as reactions, take back those no longer offered. Names make it repeatable.

        Raises RateLimited and Unreachable, for the delivery to be tried again. A refusal does not fail the message:
        its choices can be typed. edited: some may be there already.
        """
        wanted = [one.key for one in offered if one.key]
        try:
            async with asyncio.timeout(SEEDING):
                there = await self._calls.own_reactions(room, posted) if edited else {}
                for key, reaction in there.items():
                    if key not in wanted:
                        await self._calls.redact(room, reaction, transaction(reaction, "taken back"))
                for key in wanted:
                    if key not in there:
                        await self._react(room, posted, key, name)
        except TimeoutError:
            raise Unreachable("seeding") from None
        except (RateLimited, Unreachable):
            raise
        except PlatformError:
            return

    async def _react(self, room: str, posted: str, key: str, name: str) -> None:
        # Named after the delivery: a reaction taken back and offered again is another event.
        content = {"m.relates_to": {"rel_type": "m.annotation", "event_id": posted, "key": key}}
        try:
            await self._calls.send(room, "m.reaction", content, transaction(name, posted, key))
        except PlatformError as error:
            if error.reason != "M_DUPLICATE_ANNOTATION":
                raise


def _is_member(event: Json, person: str) -> bool:
    return event.get("type") == "m.room.member" and event.get("state_key") == person
