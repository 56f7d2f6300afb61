"""What people do: events, as every platform hands them in."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, TypeAdapter

from bot.chat.word import Word


class _Event(Word):
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
    in_reply_to: the external id of the message this one replies to, or of its thread's first one ("" if none).
    message: its own external id, where it is a message that stays ("" if it is none).
    """

    kind: Literal["command"] = "command"
    text: str
    prefixed: bool = True
    handle: str = ""
    in_reply_to: str = ""
    message: str = ""


class Press(_Event):
    """A choice taken: a button, or the reaction that stands for it, on a message that the bot itself sent.

    on: the external id of the message. action, value: what the bot wrote when it offered the choice. home: it was taken
    on the person's own page of the bot, or in a form opened there.
    """

    kind: Literal["press"] = "press"
    action: str
    value: str = ""
    on: str = ""
    handle: str = ""
    home: bool = False


class Submission(_Event):
    """A filled form.

    form: the id of the form. values: field name -> text; several people are external ids joined by spaces.
    meta: what the bot gave with the form, unchanged. home: it was opened on the person's own page of the bot.
    """

    kind: Literal["submission"] = "submission"
    form: str
    values: dict[str, str]
    meta: str = ""
    handle: str = ""
    home: bool = False


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
    message: its own external id ("" where it is not told).
    """

    kind: Literal["spoke"] = "spoke"
    thread: str = ""
    question: bool = False
    message: str = ""


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


class Knocked(_Event):
    """An account asks those in a room to be let in."""

    kind: Literal["knocked"] = "knocked"


class Unreadable(_Event):
    """Someone said something to the bot that it cannot read: encrypted, and no key for it came."""

    kind: Literal["unreadable"] = "unreadable"


class VerificationAsked(_Event):
    """Someone's client asks the bot to prove who it is by comparing something that a person would have to look at."""

    kind: Literal["verification_asked"] = "verification_asked"


class Undelivered(_Event):
    """What the bot said did not reach whom it was for, though the platform had taken it.

    on: its external id. account: the external id of whom it did not reach. reason: the platform's short code.
    """

    kind: Literal["undelivered"] = "undelivered"
    on: str
    account: str
    reason: str = ""


class RoomChanged(_Event):
    """A room was changed outside the bot.

    change: what happened; "put_out": the bot itself was removed from it. name: its name afterwards, when known.
    successor: the external id of the room that takes its place ("upgraded"), when known.
    """

    kind: Literal["room_changed"] = "room_changed"
    successor: str = ""
    change: Literal[
        "created", "renamed", "archived", "reopened", "deleted", "made_private", "made_public", "upgraded", "put_out"
    ]
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
    | Knocked
    | Unreadable
    | VerificationAsked
    | Undelivered
)
EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])
