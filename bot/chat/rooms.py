"""Rooms and people, as a platform sees them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime

from bot.chat.events import Event
from bot.chat.word import Word


class NewRoom(Word):
    """A room to create. slug: its name as the platform shows it (lower case, hyphens). title, topic: plain text."""

    slug: str
    title: str
    topic: str = ""
    private: bool = False


class Room(Word):
    """A room as the platform sees it. Direct rooms are none of these.

    by_bot: the bot created it. inside: the bot is in it. shared: people of another organisation are in it too.
    creator: the account that made it, created_at: when; "" and None where the platform does not tell.
    """

    id: str
    name: str
    topic: str = ""
    private: bool = False
    archived: bool = False
    members: int = 0
    by_bot: bool = False
    inside: bool = True
    shared: bool = False
    creator: str = ""
    created_at: AwareDatetime | None = None


class Past(Word):
    """A page of what happened in a room before: whose it was and when, without anything that anybody wrote.

    events: Spoke, Reacted, Joined and Left, in no order, under the keys under which they are heard where the platform
    knows one. position: where it goes on; "" after the last page. oldest: how far back this page goes, by whatever
    happened. seen: messages looked at. limited: there was more before, and the platform does not show it.
    untold: of what the past tells nothing there, or not all: "reacted", "joined" (nor who left), "read", "replied" (to
    what was written before `since`).
    """

    events: tuple[Event, ...] = ()
    position: str = ""
    oldest: AwareDatetime | None = None
    seen: int = 0
    limited: bool = False
    untold: frozenset[Literal["reacted", "joined", "read", "replied"]] = frozenset()


def _storable(text: str) -> str:
    """A text as every database keeps it: without NUL, and without halves of characters (RFC 8259, section 8.2)."""
    if text.isprintable():
        return text  # as nearly all are
    return "".join("\ufffd" if each == "\0" or "\ud800" <= each <= "\udfff" else each for each in text)


Storable = Annotated[str, AfterValidator(_storable)]
"""What people wrote of themselves: one of them must not keep all others from being written."""


class Profile(Word):
    """An account as the platform sees it.

    kind: only a "member" may have a role; a "guest" is restricted, a "stranger" belongs to another organisation or
    homeserver, a "bot" is a program, "gone" was deactivated.
    language: BCP 47 ("fr", "en-GB") or ""; zone: IANA or "".
    fields: what else the profile holds, as the platform's list of people tells it without asking one by one: "picture"
    ("yes" when the person chose one), "title", "phone", and others under the platform's own names.
    """

    id: str
    name: Storable
    kind: Literal["member", "guest", "stranger", "bot", "gone"] = "member"
    language: str = ""
    zone: str = ""
    email: Storable = ""
    fields: Mapping[Storable, Storable] = {}


class Finding(Word):
    """Something that was found out about how a platform stands, for an administrator.

    code: what was looked at: "credentials", "permission", "creation", "clock", "room", "encryption", "address"…; the
    words are the spine's. state: "open" and "closed" are of "creation" alone: whether people can make rooms around the
    bot. about: which permission, which room. evidence: a short code of how this is known.
    """

    code: str
    state: Literal["fine", "warning", "wrong", "unknown", "open", "closed"]
    about: str = ""
    evidence: str = ""
