"""The words shared with platforms: what people do, what the bot says, and what a platform must be able to do.

Nothing here knows a vendor. An adapter turns what its platform sends into an `Event`, hands it to the
`Door`, and carries out the intents of `Platform`. Texts in this module are final: they are in the reader's
language, and they are plain text. An adapter escapes all of it, so that nothing a person typed becomes markup,
a mention or a link.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal, Protocol

from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter
from pydantic import Field as Checked_


class _Word(BaseModel):
    """A value that crosses the port: immutable, and refused when it holds an unknown key."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# ---------------------------------------------------------------- what people do (inbound)


class _Event(_Word):
    """What every event carries.

    key: the event's identity on its platform; the same key is handled once, however often it arrives.
    platform: the configured name of the platform, such as "acme".
    by: the stable external id of the account that acted ("" when nobody did).
    room: the external id of the room it happened in ("" when in none).
    at: when the platform says that it happened.
    direct: the room is the direct room between this account and the bot.
    """

    key: str
    platform: str
    by: str = ""
    room: str = ""
    at: AwareDatetime
    direct: bool = False


class Command(_Event):
    """Words addressed to the bot: `/community request x`, `!community request x`, or anything said in the direct room.

    text: the words without slash or exclamation mark, e.g. "community request Gardening --private".
    prefixed: typed as a command (slash, or "!"), not merely said in the direct room.
    handle: what the platform needs to answer at once (open a form, whisper); opaque, short-lived, "" when it has none.
    in_reply_to: the external id of the message this one replies to ("" if none).
    """

    kind: Literal["command"] = "command"
    text: str
    prefixed: bool = True
    handle: str = ""
    in_reply_to: str = ""


class Press(_Event):
    """A choice taken: a button, or the reaction that stands for it, on a message that the bot itself sent.

    on: the external id of the message. action, value: what the bot wrote when it offered the choice.
    """

    kind: Literal["press"] = "press"
    action: str
    value: str = ""
    on: str = ""
    handle: str = ""


class Submission(_Event):
    """A filled form.

    form: the id of the form. values: field name -> text; several people are external ids joined by spaces.
    meta: what the bot gave with the form, unchanged.
    """

    kind: Literal["submission"] = "submission"
    form: str
    values: dict[str, str]
    meta: str = ""
    handle: str = ""


class HomeOpened(_Event):
    """Someone looks at their own page of the bot."""

    kind: Literal["home_opened"] = "home_opened"
    handle: str = ""


class Joined(_Event):
    """An account entered a room."""

    kind: Literal["joined"] = "joined"


class Left(_Event):
    """An account left a room, or was removed from it."""

    kind: Literal["left"] = "left"


class Spoke(_Event):
    """Someone wrote in a room. What they wrote is not here: it was looked at once, to count, and forgotten.

    thread: external id of the thread's first message ("" outside threads). question: it held a question mark.
    """

    kind: Literal["spoke"] = "spoke"
    thread: str = ""
    question: bool = False


class Edited(_Event):
    """A message was changed. on: its external id."""

    kind: Literal["edited"] = "edited"
    on: str


class Deleted(_Event):
    """A message was removed. on: its external id."""

    kind: Literal["deleted"] = "deleted"
    on: str


class Reacted(_Event):
    """Someone reacted to a message that offers no choice. on: its external id."""

    kind: Literal["reacted"] = "reacted"
    on: str


class Read(_Event):
    """Someone read a room up to a message. on: its external id."""

    kind: Literal["read"] = "read"
    on: str = ""


class ProfileChanged(_Event):
    """A profile changed, or an account appeared or went away."""

    kind: Literal["profile_changed"] = "profile_changed"


class RoomChanged(_Event):
    """A room was changed outside the bot. change: what happened; name: its name afterwards, when known."""

    kind: Literal["room_changed"] = "room_changed"
    change: Literal["created", "renamed", "archived", "reopened", "deleted", "made_private", "made_public", "upgraded"]
    name: str = ""


Event = (
    Command
    | Press
    | Submission
    | HomeOpened
    | Joined
    | Left
    | Spoke
    | Edited
    | Deleted
    | Reacted
    | Read
    | ProfileChanged
    | RoomChanged
)
EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Checked_(discriminator="kind")])


# ---------------------------------------------------------------- what the bot says (outbound)


class Part(_Word):
    """One piece of a message, in plain text.

    kind: "title" (one line), "text" (a paragraph), "fact" (label and value), "quote" (what a person wrote),
    "item" (of a list), "note" (small print), "room" (a link to a room, `room` being its external id).
    """

    kind: Literal["title", "text", "fact", "quote", "item", "note", "room"] = "text"
    text: str
    label: str = ""
    room: str = ""


class Choice(_Word):
    """Something a reader may do about a message.

    action, value: come back unchanged in a `Press`. typed: the command that does the same ("community approve 12").
    """

    label: str
    action: str
    value: str = ""
    style: Literal["plain", "primary", "danger"] = "plain"
    typed: str = ""


class Picture(_Word):
    """An image and the words that say the same. data: PNG bytes."""

    data: bytes
    alt: str
    title: str = ""


class Message(_Word):
    """What people read."""

    parts: tuple[Part, ...]
    choices: tuple[Choice, ...] = ()
    picture: Picture | None = None


class Option(_Word):
    """One possible answer to a field."""

    value: str
    label: str


class FormField(_Word):
    """One question.

    kind: "text" (one line), "long" (several lines), "choice" (one of `options`), "person", "people" (accounts), "date".
    max_length: characters. value: what it holds already.
    """

    name: str
    label: str
    hint: str = ""
    kind: Literal["text", "long", "choice", "person", "people", "date"] = "text"
    options: tuple[Option, ...] = ()
    required: bool = True
    max_length: int = 300
    value: str = ""


class Form(_Word):
    """Questions asked together.

    parts: shown above the questions. choices: other ways out ("join instead").
    review: all of it is filled already, and the reader corrects or accepts it.
    meta: comes back in the `Submission` (at most 2,000 characters).
    """

    id: str
    title: str
    fields: tuple[FormField, ...]
    submit: str
    cancel: str
    parts: tuple[Part, ...] = ()
    choices: tuple[Choice, ...] = ()
    review: bool = False
    meta: str = ""


class Errors(_Word):
    """What is wrong with a submission: field name -> a sentence for the person who filled it."""

    fields: dict[str, str]


Checked = Errors | Form | None  # refused beside the fields | asked further | accepted


# ---------------------------------------------------------------- rooms and people


class NewRoom(_Word):
    """A room to create. slug: its name as the platform shows it (lower case, hyphens). title, topic: plain text."""

    slug: str
    title: str
    topic: str = ""
    private: bool = False


class Room(_Word):
    """A room as the platform sees it. by_bot: the bot created it."""

    id: str
    name: str
    topic: str = ""
    private: bool = False
    archived: bool = False
    members: int = 0
    by_bot: bool = False


class Profile(_Word):
    """An account as the platform sees it.

    kind: only a "member" may have a role; a "guest" is restricted, a "stranger" belongs to another organisation or
    homeserver, a "bot" is a program, "gone" was deactivated.
    language: BCP 47 ("fr", "en-GB") or ""; zone: IANA or "".
    """

    id: str
    name: str
    kind: Literal["member", "guest", "stranger", "bot", "gone"] = "member"
    language: str = ""
    zone: str = ""
    email: str = ""


# ---------------------------------------------------------------- what may go wrong (the only errors that cross)


class PlatformError(Exception):
    """The platform refused, or could not be reached."""

    def __init__(self, reason: str = "") -> None:
        """reason: the platform's own short code ("restricted_action", "M_FORBIDDEN"); never a text of people."""
        super().__init__(reason or type(self).__name__)
        self.reason = reason or type(self).__name__


class RateLimited(PlatformError):
    """The platform asks us to wait."""

    def __init__(self, retry_after: float, reason: str = "rate_limited") -> None:
        """retry_after: seconds."""
        super().__init__(reason)
        self.retry_after = retry_after


class NotAllowed(PlatformError):
    """The bot may not do this here."""


class NotFound(PlatformError):
    """What was named does not exist, or the bot cannot see it."""


class NameTaken(PlatformError):
    """A room of that name exists already."""


class Unreachable(PlatformError):
    """No answer, or an answer that says nothing: the call may or may not have had its effect."""


class Overloaded(Exception):
    """Too much waits already, or the database is away: nothing was recorded."""


# ---------------------------------------------------------------- the port


class Door(Protocol):
    """What a platform is given: where it hands in what people did."""

    async def record(self, event: Event) -> None:
        """Return once the event is durable (or was already). Acknowledge to the vendor only after this.

        Raises Overloaded: nothing was recorded; do not acknowledge, and tell the person where that is possible.
        """

    async def check(self, submission: Submission) -> Checked:
        """Say what is wrong with a filled form, or what to ask next. Reads only; quick enough for Slack's 3 seconds."""

    async def park(self, platform: str, key: str, reason: str) -> None:
        """Keep the trace of something that could not be read as an event. reason: a code, and names of keys at most."""

    async def position(self, platform: str) -> str:
        """The sync position stored last ("" when none)."""

    async def advance(self, platform: str, events: Sequence[Event], position: str) -> None:
        """Record a batch of events and the position after them in one commit. Raises Overloaded."""

    async def not_recorded(self, platform: str, by: str) -> Message:
        """What to show a person whose press or command could not be recorded, in their language."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a platform may be sent to: seconds between two messages of one room, and messages in flight at once.

    timeout: seconds after which a call is given up, hence how long an unknown attempt may still have its effect.
    """

    per_room: float = 0.0
    in_flight: int = 10
    timeout: float = 10.0


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

    async def direct(self, person: str) -> str:
        """The direct room with an account, created if there is none. Raises NotFound, NotAllowed."""

    async def whisper(self, event: Event, message: Message) -> bool:
        """Answer one person at once where they are, seen by them alone. At most once; False: it could not be done."""

    async def open_form(self, event: Event, form: Form) -> bool:
        """Show a form to who caused the event. False where this platform, or this event, cannot: ask line by line."""


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


class People(Protocol):
    """Accounts."""

    async def profile(self, person: str) -> Profile:
        """Raises NotFound."""

    def people(self) -> AsyncIterator[Profile]:
        """Every account that the bot can see."""

    async def group(self, group: str) -> list[str]:
        """The accounts in a named group of the platform (Slack user group). Raises NotFound."""

    async def undisturbed(self, person: str, now: datetime) -> datetime | None:
        """Until when the account must not be disturbed, or None."""


class Platform(Messages, Rooms, People, Protocol):
    """A platform: `run`, and the three small protocols above."""

    name: str
    pace: Pace

    async def run(self, door: Door) -> None:
        """Connect and hand in what happens, until cancelled. Raises NotAllowed on bad credentials."""

    @property
    def connected(self) -> bool:
        """Events are coming in, as far as the platform can tell."""

    async def close(self) -> None:
        """Let go of connections. Unacknowledged events stay unacknowledged."""
