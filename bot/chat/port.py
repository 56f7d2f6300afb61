"""The port: where a platform hands in what people did, and what it must be able to do."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.chat.events import Event, Submission
from bot.chat.messages import Checked, Form, Message, Written
from bot.chat.rooms import Finding, NewRoom, Past, Profile, Room
from bot.chat.word import Word


class WebRequest(Word):
    """A request that reached the public listener. headers: names in lower case. body: as it came, at most 1 MB.

    query: what follows "?" in the address, as it came.
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str]
    body: bytes = b""


class WebAnswer(Word):
    """What is answered. kind: the content type of the body. headers: further ones."""

    status: int
    body: bytes = b""
    kind: str = "text/plain; charset=utf-8"
    headers: Mapping[str, str] = {}


Hook = Callable[[WebRequest], Awaitable[WebAnswer]]


class Door(Protocol):
    """What a platform is given: where it hands in what people did."""

    async def record(self, event: Event) -> None:
        """Return once the event is durable (or was already). Acknowledge to the vendor only after this.

        Raises Overloaded: nothing was recorded; do not acknowledge, and tell the person where that is possible.
        """

    async def check(self, submission: Submission) -> Checked:
        """Say what is wrong with a filled form, or what to ask next. Reads only; quick enough for Slack's 3 seconds.

        Raises Overloaded: it cannot be said, and the form is to be handed in again later.
        """

    async def park(self, platform: str, key: str, reason: str) -> None:
        """Keep the trace of something that could not be read as an event. reason: a code, and names of keys at most."""

    async def position(self, platform: str) -> str:
        """The sync position stored last ("" when none)."""

    async def advance(
        self,
        platform: str,
        events: Sequence[Event],
        position: str,
        things: Mapping[str, bytes | None] | None = None,
    ) -> None:
        """Record a batch of events, the position after them and what is to be kept (see `keep`) in one commit.

        Raises Overloaded.
        """

    async def kept(self, platform: str) -> Mapping[str, bytes]:
        """What was kept for this platform. Raises Overloaded: the database is away."""

    async def keep(self, platform: str, things: Mapping[str, bytes | None]) -> None:
        """Keep things under their keys until they are replaced; None forgets one. Whoever takes this platform over
        finds them. Secrets come sealed. Raises Overloaded.
        """

    def serve(self, path: str, hook: Hook) -> None:
        """Let what reaches the public listener at this path ("/slack/acme") be answered by `hook` from now on.

        A path that ends with "/" stands for all below it ("/scim/v2/").
        """

    async def not_recorded(self, platform: str, by: str) -> Message:
        """What to show a person whose press or command could not be recorded, in their language."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a platform may be sent to: seconds between two messages of one room, and messages in flight at once,
    beside which there may be one answer more when several may be.

    per_minute: messages to all rooms together within any minute; 0 for no limit. openings: direct rooms with people
    never met, opened in a minute; 0 for no limit.
    timeout: seconds after which a call is given up, hence how long an unknown attempt may still have its effect.
    """

    per_room: float = 0.0
    in_flight: int = 10
    timeout: float = 10.0
    per_minute: float = 0.0
    openings: float = 0.0


class Messages(Protocol):
    """Saying things."""

    async def post(self, room: str, message: Message, *, name: str, reply_to: str = "") -> str:
        """Post once and return the external id. name: the delivery's own name, which `find` finds again, and which
        the platform de-duplicates by where it can. reply_to: external id of the message whose thread it joins.
        """

    async def edit(self, room: str, posted: str, message: Message, *, name: str) -> None:
        """Replace a message of the bot in place."""

    async def delete(self, room: str, posted: str, *, name: str) -> None:
        """Remove a message of the bot."""

    async def pin(self, room: str, posted: str) -> None:
        """Pin a message; already pinned is success."""

    async def find(self, room: str, name: str, since: datetime, *, reply_to: str = "") -> str | None:
        """The external id of the delivery of that name posted after `since` (less a minute), if it is there.

        reply_to: the thread that it was to join, as it was posted.
        """

    async def read(self, room: str, posted: str) -> Written:
        """What one message says, whoever wrote it: asked for by a person who handed it in, and for nothing else.

        Raises NotFound (there is none, or it was removed), NotAllowed (the bot may not see it, or cannot decrypt it).
        """

    async def direct(self, person: str) -> str:
        """The direct room with an account, created if there is none. Raises NotFound, NotAllowed."""

    async def whisper(self, event: Event, message: Message) -> bool:
        """Answer one person at once where they are, seen by them alone. At most once; False: it could not be done."""

    async def open_form(self, event: Event, form: Form) -> bool:
        """Show a form to who caused the event. False where this platform, or this event, cannot: ask line by line."""

    async def show_home(self, person: str, message: Message) -> bool:
        """Show an account its own page of the bot. False where the platform has no such page: say it instead."""


class Rooms(Protocol):
    """Rooms, in the sense of both platforms: channels and rooms."""

    async def create(self, new: NewRoom, *, name: str) -> str:
        """Create the room and return its id; asked again with the same name, return the same room.
        On Matrix it also enters the company space. Raises NameTaken, NotAllowed.
        """

    async def adopt(self, room: str) -> Room:
        """Enter an existing room so that the bot can look after it. Raises NotFound, NotAllowed."""

    async def invite(self, room: str, people: Sequence[str]) -> dict[str, str]:
        """Invite accounts; already there is success. Returns external id -> the platform's code where refused."""

    async def lead(self, room: str, people: Sequence[str]) -> None:
        """Give accounts what a lead of this room needs (power level on Matrix; nothing on Slack)."""

    async def topic(self, room: str, text: str) -> None:
        """Set what the room is about."""

    async def rename(self, room: str, slug: str, title: str) -> None:
        """Give the room another name. Raises NameTaken."""

    async def archive(self, room: str) -> None:
        """Close the room for writing; nothing is deleted. Already archived is success."""

    async def reopen(self, room: str) -> None:
        """Undo `archive`. Raises NotAllowed."""

    async def room(self, room: str) -> Room:
        """Raises NotFound."""

    def rooms(self) -> AsyncIterator[Room]:
        """Every room that the bot can see."""

    async def members(self, room: str) -> list[str]:
        """The accounts in a room. Raises NotFound."""

    async def last_spoke(self, room: str) -> datetime | None:
        """When a person last wrote in a room, as far as the bot may see it; None: never, or nobody can tell."""

    async def history(self, room: str, *, since: datetime, until: datetime, position: str = "") -> Past:
        """A page of what happened in a room from `since` on and before `until`, what is later mostly first.

        position: where the page before it said that it goes on, and until a day later at least; "" for the first.
        Raises NotFound, NotAllowed; Paced: it comes again later, so that what cannot wait goes first.
        """


class People(Protocol):
    """Accounts."""

    async def profile(self, person: str, *, since: datetime | None = None) -> Profile:
        """Who an account is. since: when it last changed; what was learned before that does not do. Raises NotFound."""

    def people(self) -> AsyncIterator[Profile]:
        """Every account that the bot can see."""

    async def details(self, person: str) -> Mapping[str, str]:
        """What an account's profile holds, asked for this one account: all that `Profile.fields` tells, and what the
        list of people leaves out, under the platform's own names (an identifier, and the label that people see).
        What is empty is left out. No event tells of a change of these. Raises NotFound.
        """

    async def group(self, group: str) -> list[str]:
        """The accounts in a named group of the platform (Slack user group). Raises NotFound."""

    async def undisturbed(self, person: str, now: datetime) -> datetime | None:
        """Until when the account must not be disturbed, or None."""


class Platform(Messages, Rooms, People, Protocol):
    """A platform: `run`, and the three small protocols above."""

    name: str
    pace: Pace
    exclusive: bool
    """One process at a time may be connected, since a connection has a memory (a position, a device and its keys).
    All others leave this platform alone, calls included."""
    receipts: bool
    """It tells who has read how far."""
    addressed: bool
    """Its accounts are addresses that the company's list gives. Nobody acts there, and only a promise that names this
    platform is kept on it."""

    async def run(self, door: Door) -> None:
        """Connect and hand in what happens, until cancelled. Raises LockedOut on bad credentials.

        Run again, it begins with what was kept: another process may have been connected meanwhile.
        """

    @property
    def connected(self) -> bool:
        """Events are coming in, as far as the platform can tell."""

    async def examine(self, refused: str = "", address: str = "") -> Sequence[Finding]:
        """Look at how this platform stands with the bot; changes nothing, and needs no `run`. Never raises.

        refused: the code with which it refused to make a room when last asked to; "" when it made it, or never was.
        address: under which others reach the running bot, "https://parvis.example.org"; "" where they need not.
        """

    async def close(self) -> None:
        """Let go of connections. Unacknowledged events stay unacknowledged."""
