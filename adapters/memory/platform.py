"""The bot's side of the platform inside this process: the whole port, and every promise of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError

from adapters.memory.server import BOT, MemoryServer, Place, Posted, Window
from bot.chat import (
    EVENT,
    Checked,
    Door,
    Errors,
    Event,
    Finding,
    Form,
    Message,
    NameTaken,
    NewRoom,
    NotAllowed,
    NotFound,
    Overloaded,
    Pace,
    Past,
    Press,
    Profile,
    Room,
    Run,
    Submission,
    Unreachable,
    Written,
    paragraphs,
)

AGAIN = 0.02  # seconds until what could not be recorded is handed in again
OPEN_WITHIN = timedelta(seconds=3)  # a handle opens a form for so long, and once
WHISPER_WITHIN = timedelta(minutes=30)


class MemoryPlatform:
    """A `bot.chat.Platform` whose service is an object."""

    def __init__(
        self, server: MemoryServer, *, pace: Pace | None = None, exclusive: bool = False, addressed: bool = False
    ) -> None:
        """server: what it connects to. pace: what it claims to stand (no limit per room by default).

        exclusive: whether one process at a time may be connected. addressed: as the port says.
        """
        self.name = server.name
        self.pace = pace or Pace()
        self.exclusive = exclusive
        self.addressed = addressed
        self.receipts = not server.forms  # as the platforms whose forms are windows
        self.server = server
        self._door: Door | None = None

    # ---------------------------------------------------------------- events in

    async def run(self, door: Door) -> None:
        """Hand in what happens, for ever."""
        self._door = door
        self.server.bot = self
        try:
            await (self._one_by_one(door) if self.server.forms else self._from_position(door))
        finally:
            await self.close()

    @property
    def connected(self) -> bool:
        """Somebody listens on this platform object."""
        return self.server.bot is self

    async def close(self) -> None:
        """Stop listening; what only a listener gets (presses, typed commands) is lost from here on."""
        self._door = None
        if self.connected:
            self.server.bot = None
            kept = [entry for entry in self.server.unheard if not entry[1]]
            self.server.unheard.clear()
            self.server.unheard.extend(kept)

    async def submitted(self, submission: Submission) -> Checked:
        """Check a form, and record it when nothing is wrong with it."""
        if self._door is None:
            raise Unreachable("not_connected")
        try:
            checked = await self._door.check(submission)
            if checked is None:
                await self._door.record(submission)
        except Overloaded:
            lost = await self._door.not_recorded(self.name, submission.by)
            return Errors(fields=dict.fromkeys(list(submission.values)[:1], lost.parts[0].text))
        return checked

    async def _one_by_one(self, door: Door) -> None:
        unheard = self.server.unheard
        while True:
            while unheard:
                raw, lost = unheard[0]
                if await self._hand_in(door, raw, lost=lost):
                    unheard.popleft()
                else:
                    await asyncio.sleep(AGAIN)
            await self._news()

    async def _hand_in(self, door: Door, raw: dict[str, Any], *, lost: bool) -> bool:
        """True: it is not needed any longer."""
        try:
            event = await self._read(door, raw)
            if event is not None:
                await door.record(event)
        except Overloaded:
            if lost:
                person = str(raw.get("by", ""))
                self.server.whisper(person, str(raw.get("room", "")), await door.not_recorded(self.name, person))
            return lost
        return True

    async def _from_position(self, door: Door) -> None:
        while True:
            done = int(await door.position(self.name) or 0)
            fresh = self.server.log[done:]
            events = [event for raw in fresh if (event := await self._read(door, raw)) is not None]
            try:
                self.server.heard = done
                if fresh:
                    await door.advance(self.name, events, str(done + len(fresh)))
                else:
                    await self._news()
            except Overloaded:
                await asyncio.sleep(AGAIN)

    async def _news(self) -> None:
        self.server.news.clear()
        await self.server.news.wait()

    async def _read(self, door: Door, raw: dict[str, Any]) -> Event | None:
        """What a payload means; None when it means nothing, or could not be read and was put aside."""
        try:
            event = EVENT.validate_python(raw)
        except ValidationError as wrong:
            fields = sorted({".".join(str(at) for at in error["loc"]) for error in wrong.errors()})
            await door.park(self.name, str(raw.get("key", "")), f"unreadable: {', '.join(fields)[:200]}")
            return None
        return event if not isinstance(event, Press) or self._offered_by_bot(event) else None

    def _offered_by_bot(self, press: Press) -> bool:
        """Anybody can write a message that looks like a choice; only the bot's own count."""
        place = self.server.rooms.get(press.room)
        posted = place.messages.get(press.on) if place else None
        return posted.by == BOT if posted else not press.on

    # ---------------------------------------------------------------- messages

    async def post(self, room: str, message: Message, *, name: str, reply_to: str = "") -> str:
        """As the port says. Raises NotFound, NotAllowed (the bot is not in the room, or it is archived)."""
        async with self._call("post"):
            place = self._joined(room)
            again = None if self.server.forms else self._named(place, name)
            return again.id if again else self.server.keep(place, BOT, message, name=name, reply_to=reply_to)

    async def edit(self, room: str, posted: str, message: Message, *, name: str) -> None:  # noqa: ARG002 - unneeded here
        """As the port says. Raises NotFound, NotAllowed (it is not the bot's)."""
        async with self._call("edit"):
            kept = self._own(room, posted)
            kept.message = message
            kept.edits += 1

    async def delete(self, room: str, posted: str, *, name: str) -> None:  # noqa: ARG002 - unneeded here
        """As the port says; already gone is success."""
        async with self._call("delete"):
            if posted in self._joined(room).messages:
                del self._joined(room).messages[self._own(room, posted).id]

    async def pin(self, room: str, posted: str) -> None:
        """As the port says."""
        async with self._call("pin"):
            place = self._joined(room)
            if posted not in place.messages:
                raise NotFound("message_not_found")
            if posted not in place.pins:
                place.pins.append(posted)

    async def find(
        self,
        room: str,
        name: str,
        since: datetime,
        *,
        reply_to: str = "",  # noqa: ARG002 - a name is found in whatever thread it is
    ) -> str | None:
        """As the port says."""
        async with self._call("find"):
            found = self._named(self._joined(room), name)
            return found.id if found and found.at >= since - timedelta(minutes=1) else None

    async def read(self, room: str, posted: str) -> Written:
        """As the port says."""
        async with self._call("read"):
            place = self._joined(room)
            kept = place.messages.get(posted)
            if kept is None:
                raise NotFound("message_not_found")
            words = "\n\n".join(part.text for part in kept.message.parts)
            first = place.messages.get(kept.reply_to, kept)
            thread = first.reply_to or first.id
            return Written(by=kept.by, thread=thread, rich=paragraphs([Run(text=words)]))

    async def direct(self, person: str) -> str:
        """As the port says."""
        async with self._call("direct"):
            profile = self._profile(person)
            if profile.kind in {"gone", "bot"}:
                raise NotAllowed("user_disabled")
            return self.server.direct(person).id

    async def whisper(self, event: Event, message: Message) -> bool:
        """As the port says: needs an event of the last half hour that carries a handle."""
        async with self._call("whisper"):
            handle = self.server.handles.get(getattr(event, "handle", ""))
            if handle is None or self.server.now() - handle.at > WHISPER_WITHIN:
                return False
            self.server.whisper(handle.person, event.room, message)
            return True

    async def open_form(self, event: Event, form: Form) -> bool:
        """As the port says: needs an event of the last three seconds, whose handle opened nothing yet."""
        async with self._call("open_form"):
            handle = self.server.handles.get(getattr(event, "handle", ""))
            if handle is None or handle.opened or self.server.now() - handle.at > OPEN_WITHIN:
                return False
            handle.opened = True
            home = isinstance(event, Press | Submission) and event.home
            self.server.accounts[handle.person].window = Window(self.server.turn("F"), form, home=home)
            return True

    async def show_home(self, person: str, message: Message) -> bool:
        """As the port says; a service without forms has no such page either."""
        async with self._call("show_home"):
            account = self.server.accounts.get(person)
            if account is None:
                raise NotFound("user_not_found")
            if self.server.forms:
                account.home = message
            return self.server.forms

    # ---------------------------------------------------------------- rooms

    async def create(self, new: NewRoom, *, name: str) -> str:
        """As the port says."""
        async with self._call("create"):
            if self.server.creation_restricted:
                raise NotAllowed("restricted_action")
            for place in self.server.rooms.values():
                if place.key == name:
                    return place.id
            self._free(new.slug)
            place = self.server.add_room(new.slug, new.title, private=new.private)
            place.topic, place.key = new.topic, name
            place.members.append(BOT)
            return place.id

    async def adopt(self, room: str) -> Room:
        """As the port says."""
        async with self._call("adopt"):
            place = self._visible(room)
            if BOT not in place.members:
                place.members.append(BOT)
            return self._as_room(place)

    async def invite(self, room: str, people: Sequence[str]) -> dict[str, str]:
        """As the port says: they are in the room at once, or (forms=False) invited to it."""
        async with self._call("invite"):
            place, refused = self._joined(room), dict[str, str]()
            for person in people:
                account = self.server.accounts.get(person)
                if account is None or account.profile.kind == "gone":
                    refused[person] = "user_disabled" if account else "user_not_found"
                elif person not in place.members:
                    place.invited.add(person)
                    if self.server.forms:
                        self.server.enter(person, room)
            return refused

    async def lead(self, room: str, people: Sequence[str]) -> None:
        """As the port says."""
        async with self._call("lead"):
            self._joined(room).leads.update(people)

    async def topic(self, room: str, text: str) -> None:
        """As the port says."""
        async with self._call("topic"):
            self._joined(room).topic = text

    async def rename(self, room: str, slug: str, title: str) -> None:
        """As the port says."""
        async with self._call("rename"):
            place = self._joined(room)
            if place.slug != slug:
                self._free(slug)
            place.slug, place.title = slug, title

    async def archive(self, room: str) -> None:
        """As the port says; archived already is success."""
        async with self._call("archive"):
            self._visible(room).archived = True

    async def reopen(self, room: str) -> None:
        """As the port says; open already is success."""
        async with self._call("reopen"):
            self._visible(room).archived = False

    async def room(self, room: str) -> Room:
        """As the port says."""
        async with self._call("room"):
            return self._as_room(self._visible(room))

    async def rooms(self) -> AsyncIterator[Room]:
        """As the port says: no direct rooms."""
        async with self._call("rooms"):
            places = [place for place in self.server.rooms.values() if not place.direct and place.seen_by(BOT)]
        for place in places:
            yield self._as_room(place)

    async def members(self, room: str) -> list[str]:
        """As the port says."""
        async with self._call("members"):
            return list(self._visible(room).members)

    async def last_spoke(self, room: str) -> datetime | None:
        """As the port says."""
        async with self._call("last_spoke"):
            said = [each.at for each in self._visible(room).messages.values() if each.by != BOT]
            return max(said, default=None)

    async def history(self, room: str, *, since: datetime, until: datetime, position: str = "") -> Past:
        """As the port says; who has read it does not tell afterwards."""
        async with self._call("history"):
            self._joined(room)
            shown = max(since, self.server.shown_since or since)
            found = [each for each in self.server.past if each["room"] == room and shown <= each["at"] < until]
            found.sort(key=lambda each: (each["at"], int(each["key"][1:])), reverse=True)
            begin = int(position or 0)
            page, more = found[begin : begin + self.server.page], len(found) > begin + self.server.page
            return Past(
                events=tuple(EVENT.validate_python(each) for each in page),
                position=str(begin + self.server.page) if more else "",
                oldest=min((each["at"] for each in page), default=None),
                seen=sum(each["kind"] == "spoke" for each in page),
                limited=shown > since and not more,
                untold=frozenset({"read"}),
            )

    # ---------------------------------------------------------------- people

    async def profile(self, person: str, *, since: datetime | None = None) -> Profile:  # noqa: ARG002 - it keeps none
        """As the port says."""
        async with self._call("profile"):
            return self._profile(person)

    async def people(self) -> AsyncIterator[Profile]:
        """As the port says."""
        async with self._call("people"):
            profiles = [account.profile for account in self.server.accounts.values()]
        for profile in profiles:
            yield profile

    async def details(self, person: str) -> Mapping[str, str]:
        """As the port says."""
        async with self._call("details"):
            return {**self._profile(person).fields, **self.server.accounts[person].details}

    async def group(self, group: str) -> list[str]:
        """As the port says."""
        async with self._call("group"):
            if group not in self.server.groups:
                raise NotFound("no_such_group")
            return list(self.server.groups[group])

    async def undisturbed(self, person: str, now: datetime) -> datetime | None:
        """As the port says."""
        async with self._call("undisturbed"):
            until = self.server.accounts[person].undisturbed if person in self.server.accounts else None
            return until if until and until > now else None

    async def examine(self, refused: str = "", address: str = "") -> Sequence[Finding]:
        """As the port says; whether people may make rooms is a setting here."""
        del refused, address
        if not self.server.accounts:  # opened for a look: its people are inside the process that runs
            return (Finding(code="address", state="unknown", evidence="inside"),)
        state = "closed" if self.server.creation_restricted else "open"
        signed_in = Finding(code="credentials", state="fine", about=BOT)
        return (signed_in, Finding(code="creation", state=state, evidence="setting"))

    # ---------------------------------------------------------------- how a call goes

    @asynccontextmanager
    async def _call(self, call: str) -> AsyncIterator[None]:
        await asyncio.sleep(0)  # others run meanwhile, as during a real call
        fault = self.server.faults[call].popleft() if self.server.faults[call] else None
        if fault and not fault.effect:
            raise fault.error
        yield
        if fault:
            raise fault.error

    def _visible(self, room: str) -> Place:
        place = self.server.rooms.get(room)
        if place is None or not place.seen_by(BOT):
            raise NotFound("channel_not_found")
        return place

    def _joined(self, room: str) -> Place:
        place = self._visible(room)
        if place.archived or BOT not in place.members:
            raise NotAllowed("is_archived" if place.archived else "not_in_channel")
        return place

    def _own(self, room: str, posted: str) -> Posted:
        kept = self._joined(room).messages.get(posted)
        if kept is None:
            raise NotFound("message_not_found")
        if kept.by != BOT:
            raise NotAllowed("cant_update_message")
        return kept

    def _named(self, place: Place, name: str) -> Posted | None:
        return next((kept for kept in place.messages.values() if kept.by == BOT and kept.name == name), None)

    def _free(self, slug: str) -> None:
        if any(place.slug == slug for place in self.server.rooms.values()):
            raise NameTaken("name_taken")

    def _profile(self, person: str) -> Profile:
        account = self.server.accounts.get(person)
        if account is None:
            raise NotFound("user_not_found")
        return account.profile

    def _as_room(self, place: Place) -> Room:
        return Room(
            id=place.id,
            name=place.slug,
            topic=place.topic,
            private=place.private,
            archived=place.archived,
            members=len(place.members),
            by_bot=bool(place.key),
            inside=BOT in place.members,
        )
