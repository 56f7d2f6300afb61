"""The service side of the platform inside this process: its rooms, its people, and what they do."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any, Protocol

from bot.chat import Checked, Choice, Errors, Form, Message, Part, PlatformError, Profile, Submission

BOT = "UBOT"
PAST = frozenset({"spoke", "reacted", "joined", "left"})
"""What a room remembers, besides what stands in it."""


@dataclass
class Posted:
    """A message in a room. turn: its place among all that was ever shown. name: of the delivery, "" for people."""

    id: str
    turn: int
    by: str
    at: datetime
    message: Message
    name: str = ""
    reply_to: str = ""
    edits: int = 0


@dataclass
class Place:
    """A room. key: the name it was asked for by, so that asking twice gives one. direct: whose direct room it is."""

    id: str
    slug: str
    title: str
    topic: str = ""
    private: bool = False
    archived: bool = False
    key: str = ""
    direct: str = ""
    members: list[str] = field(default_factory=list)
    invited: set[str] = field(default_factory=set)
    leads: set[str] = field(default_factory=set)
    pins: list[str] = field(default_factory=list)
    messages: dict[str, Posted] = field(default_factory=dict)

    def seen_by(self, account: str) -> bool:
        """The account may know that this room exists."""
        return not self.private or account in self.members or account in self.invited


@dataclass
class Window:
    """A form in front of a person. id: of this page, hence the identity of its submission. typed: what they filled.

    home: it was opened on their own page of the bot.
    """

    id: str
    form: Form
    typed: dict[str, str] = field(default_factory=dict)
    home: bool = False

    @property
    def values(self) -> dict[str, str]:
        """What its fields hold now."""
        return {asked.name: asked.value for asked in self.form.fields} | self.typed


@dataclass
class Whispered:
    """What one person alone was shown, and in which room."""

    turn: int
    room: str
    message: Message


@dataclass
class Account:
    """A person on this server. details: what their profile holds, and only a look at this one profile tells."""

    profile: Profile
    details: dict[str, str] = field(default_factory=dict)
    undisturbed: datetime | None = None
    whispers: list[Whispered] = field(default_factory=list)
    window: Window | None = None
    sent: Submission | None = None
    home: Message | None = None


@dataclass
class Handle:
    """What lets the bot answer a person at once. opened: a form was opened with it already."""

    person: str
    at: datetime
    opened: bool = False


@dataclass(frozen=True)
class Fault:
    """What goes wrong with a call. effect: only after it did what was asked."""

    error: PlatformError
    effect: bool = False


class Listener(Protocol):
    """The bot's side, while it is connected."""

    async def submitted(self, submission: Submission) -> Checked:
        """A form was sent: wrong, asked further, or accepted and recorded."""


class MemoryServer:
    """The service: accounts, rooms, messages, and what the bot has not yet heard of."""

    def __init__(self, name: str, now: Callable[[], datetime], *, forms: bool = True) -> None:
        """name: the platform's configured name. now: UTC, aware. forms: see the module."""
        self.name = name
        self.now = now
        self.forms = forms
        self.creation_restricted = False
        self.accounts: dict[str, Account] = {}
        self.rooms: dict[str, Place] = {}
        self.groups: dict[str, list[str]] = {}
        self.faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.handles: dict[str, Handle] = {}
        self.unheard: deque[tuple[dict[str, Any], bool]] = deque()  # (event, lost when nobody listens)
        self.log: list[dict[str, Any]] = []
        self.past: list[dict[str, Any]] = []  # what happened in rooms, whether the bot was there or not
        self.page = 100  # of what happened, told at once
        self.shown_since: datetime | None = None  # what happened before is not shown any longer
        self.heard = 0  # how much of the log was recorded (forms=False)
        self.bot: Listener | None = None  # the one connected now
        self.news = asyncio.Event()
        self._turn = count(1)

    # ---------------------------------------------------------------- what people do

    def join_person(
        self, name: str, *, kind: str = "member", language: str = "", zone: str = "", email: str = "", **fields: str
    ) -> str:
        """Make an account and return its id. kind, language, zone, email: as `bot.chat.Profile`; fields: the rest."""
        new = self.turn("U")
        about = {"id": new, "name": name, "kind": kind, "language": language, "zone": zone, "email": email}
        self.accounts[new] = Account(Profile.model_validate({**about, "fields": fields}))
        self.happens("profile_changed", by=new)
        return new

    def set_profile(self, person: str, **fields: str) -> None:
        """Change what the list of people tells; "" takes a field away. name: what they are called."""
        account = self.accounts[person]
        name = fields.pop("name", account.profile.name)
        kept = {key: text for key, text in {**account.profile.fields, **fields}.items() if text}
        account.profile = account.profile.model_copy(update={"name": name, "fields": kept})
        self.happens("profile_changed", by=person)

    def set_details(self, person: str, **details: str) -> None:
        """Change what only a look at this one profile tells, and no event; "" takes it away."""
        account = self.accounts[person]
        account.details = {key: text for key, text in {**account.details, **details}.items() if text}

    def open_room(self, slug: str, members: Sequence[str] = (), *, private: bool = False) -> str:
        """A room made by people; BOT among `members` lets the bot in. Returns its id."""
        place = self.add_room(slug, slug, private=private)
        place.members.extend(members)
        self.happens("room_changed", room=place.id, change="created", name=slug)
        return place.id

    def types(self, person: str, command: str, room: str = "", reply_to: str = "") -> None:
        """Give a command. command: without its mark. room: "" for the direct room. reply_to: the id of a message."""
        where = self.place_of(person, room)
        if not self.forms:  # as on Matrix, a command is a message like any other
            self._say(person, where, "!" + command, reply_to)
        self.happens(
            "command",
            by=person,
            room=where.id,
            direct=bool(where.direct),
            text=command,
            handle=self.handle(person),
            in_reply_to=reply_to,
            lost=True,
        )

    def says(self, person: str, text: str, room: str = "", reply_to: str = "") -> str:
        """Say plain words; reply_to: the id of a message. Returns the id of the new one."""
        where = self.place_of(person, room)
        posted = self._say(person, where, text, reply_to)
        if where.direct:
            self.happens(
                "command",
                by=person,
                room=where.id,
                direct=True,
                text=text,
                prefixed=False,
                in_reply_to=reply_to,
                message=posted,
            )
        elif BOT in where.members:
            self.happens("spoke", by=person, room=where.id, thread=reply_to, question="?" in text, message=posted)
        else:
            self.past.append(self._raw("spoke", by=person, room=where.id, thread=reply_to, question="?" in text))
        return posted

    def press(self, person: str, message: str, choice: Choice, *, home: bool = False) -> None:
        """Take a choice of a message in sight, even one that is not offered any longer. message: "" for the form's, or
        (home) that of the person's own page.
        """
        place = next((p for p in self.rooms.values() if message in p.messages), None)
        self.happens(
            "press",
            by=person,
            room=place.id if place else "",
            direct=bool(place and place.direct),
            on=message,
            action=choice.action,
            value=choice.value,
            handle=self.handle(person),
            home=home,
            lost=True,
        )

    async def submit(self, person: str, values: dict[str, str]) -> Checked:
        """Send the form in front of a person. values: field name -> text; fields left out keep what they hold.

        Raises LookupError: no form is open, or nobody listens (the form stays).
        """
        window = self.accounts[person].window
        if window is None or self.bot is None:
            raise LookupError("no form is open" if window is None else "nobody listens")
        window.typed |= values
        submission = Submission(
            key=f"form {window.id}",
            platform=self.name,
            by=person,
            at=self.now(),
            form=window.form.id,
            values=window.values,
            meta=window.form.meta,
            handle=self.handle(person),
            home=window.home,
        )
        self.accounts[person].sent = submission
        checked = await self.bot.submitted(submission)
        if not isinstance(checked, Errors):
            self.accounts[person].window = Window(self.turn("F"), checked, home=window.home) if checked else None
        return checked

    async def submit_again(self, person: str) -> None:
        """Send the page sent last once more, as a double click does. Raises LookupError: nothing was sent."""
        sent = self.accounts[person].sent
        if sent is None or self.bot is None:
            raise LookupError("nothing was sent, or nobody listens")
        await self.bot.submitted(sent)

    def react(self, person: str, message: str) -> None:
        """React to a message that offers no choice."""
        place = next(p for p in self.rooms.values() if message in p.messages)
        self.happens("reacted", by=person, room=place.id, on=message)

    def corrects(self, person: str, message: str, text: str) -> None:
        """Edit a message of one's own."""
        place = next(p for p in self.rooms.values() if message in p.messages)
        posted = place.messages[message]
        posted.message = Message(parts=(Part(text=text),))
        posted.edits += 1
        self.happens("edited", by=person, room=place.id, on=message)

    def reads(self, person: str, room: str) -> None:
        """Read a room to its end; only a service without forms tells the bot, as Matrix does."""
        last = next(reversed(self.rooms[room].messages), "")
        if last and not self.forms:
            self.happens("read", by=person, room=room, on=last)

    def open_home(self, person: str) -> None:
        """Look at the bot's own page."""
        self.happens("home_opened", by=person, handle=self.handle(person))

    def enter(self, person: str, room: str) -> None:
        """Enter a room. Raises KeyError when it is hidden from this person."""
        place = self.rooms[room]
        if not place.seen_by(person):
            raise KeyError(room)
        place.invited.discard(person)
        if person not in place.members:
            place.members.append(person)
            self.happens("joined", by=person, room=room)

    def leave(self, person: str, room: str) -> None:
        """Leave a room."""
        if person in self.rooms[room].members:
            self.rooms[room].members.remove(person)
            self.happens("left", by=person, room=room)

    def sights(self, person: str, room: str = "") -> list[Posted | Whispered]:
        """What a person sees in a room, in order; "" for the direct room and every whisper."""
        where = [self.rooms[room]] if room else [p for p in self.rooms.values() if p.direct == person]
        seen: list[Posted | Whispered] = [m for place in where for m in place.messages.values()]
        seen += [w for w in self.accounts[person].whispers if room in {"", w.room}]
        return sorted(seen, key=lambda shown: shown.turn)

    # ---------------------------------------------------------------- between people and the bot

    def turn(self, prefix: str) -> str:
        """A new id; ids grow."""
        return f"{prefix}{next(self._turn)}"

    def handle(self, person: str) -> str:
        """What lets the bot answer a person at once."""
        if not self.forms:
            return ""
        handle = self.turn("H")
        self.handles[handle] = Handle(person, self.now())
        return handle

    def happens(self, kind: str, *, lost: bool = False, **what: Any) -> None:
        """Something happened: tell the bot. lost: it is never told again when nobody listens."""
        raw = self._raw(kind, **what)
        if kind in PAST:
            self.past.append(raw)
        self.deliver(raw, lost=lost)

    def deliver(self, raw: dict[str, Any], *, lost: bool = False) -> None:
        """Put something on the wire, whatever it is."""
        if self.forms and (not lost or self.bot):
            self.unheard.append((raw, lost))
        self.log.append(raw)
        self.news.set()

    def direct(self, person: str) -> Place:
        """The direct room between a person and the bot."""
        for place in self.rooms.values():
            if place.direct == person:
                return place
        place = self.add_room("", "", private=True)
        place.direct = person
        place.members.extend((person, BOT))
        return place

    def place_of(self, person: str, room: str) -> Place:
        """The room of that id, or the person's direct room for ""."""
        return self.rooms[room] if room else self.direct(person)

    def keep(self, room: Place, by: str, message: Message, *, name: str = "", reply_to: str = "") -> str:
        """Add a message to a room."""
        turn = next(self._turn)
        posted = Posted(f"M{turn}", turn, by, self.now(), message, name, reply_to)
        room.messages[posted.id] = posted
        return posted.id

    def whisper(self, person: str, room: str, message: Message) -> None:
        """Show something to one person alone."""
        self.accounts[person].whispers.append(Whispered(next(self._turn), room, message))

    def fail(self, call: str, error: PlatformError, *, effect: bool = False) -> None:
        """The next call of that name goes wrong; effect: after it did what was asked."""
        self.faults[call].append(Fault(error, effect))

    def add_room(self, slug: str, title: str, *, private: bool) -> Place:
        """A room of nobody yet."""
        place = Place(self.turn("R"), slug, title, private=private)
        self.rooms[place.id] = place
        return place

    def _raw(self, kind: str, **what: Any) -> dict[str, Any]:
        return {"kind": kind, "key": self.turn("E"), "platform": self.name, "at": self.now(), **what}

    def _say(self, person: str, where: Place, text: str, reply_to: str) -> str:
        return self.keep(where, person, Message(parts=(Part(text=text),)), reply_to=reply_to)
