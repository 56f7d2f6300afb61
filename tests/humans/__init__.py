"""People of a company, the same on each platform, and the town they live in.

`Human` is what a scenario reads aloud: "ana types, alice presses, bob is told". `Town` is a platform's server with
people on it, and the faults a test may ask of it. Each platform has one file here; it gives

    @asynccontextmanager
    async def town(name: str, now: Callable[[], datetime], ...) -> AsyncIterator[Town]

A room is always given by its external id; None is the direct room with the bot.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from bot.chat import Platform

_Seen = TypeVar("_Seen")
POLL = 0.02  # seconds between two looks while waiting for something
PATIENCE = 30.0  # seconds until what is waited for is given up: a busy machine is not a fault in the code


class Human(Protocol):
    """One person in front of their own client. name: as colleagues call them; external: their id on `platform`."""

    name: str
    external: str
    platform: str

    async def types(self, command: str, room: str | None = None) -> None:
        """Give a command the natural way here: `/community mine`, or `!community mine`. command: without the mark."""

    async def about(self, text: str, command: str, room: str) -> None:
        """Give a command about the latest message in a room that contains a text: typed in reply to it, or from its
        menu where messages have one. command: as declared, "announce this".
        """

    async def says(self, text: str, room: str | None = None, *, reply_to: str = "") -> None:
        """Say plain words. reply_to: a piece of the message answered, in its thread ("" for none)."""

    async def likes(self, text: str, room: str) -> None:
        """React to the latest message in the room that contains a text; it offers no such choice."""

    async def corrects(self, text: str, new: str, room: str) -> None:
        """Edit one's own latest message in the room that contains a text."""

    async def catches_up(self, room: str) -> None:
        """Read a room to its end; whether anybody is told is the platform's affair."""

    async def fills(self, **fields: str) -> dict[str, str]:
        """Fill the form asked last and send it: field name -> answer, in the order the form asks.

        A modal opened last, or the line-by-line exchange in the direct room; fields left out keep what they hold
        (a line-by-line exchange is answered "-" where it asks for one that was left out).
        People are external ids joined by spaces. Waits for the form to be asked. Returns what is wrong, by field name
        (by the last field answered where errors name none); {} when accepted, or when a next page is shown.
        """

    async def accepts(self) -> dict[str, str]:
        """Send the page shown now as it is (a review). Returns as `fills` does."""

    async def submits_again(self) -> None:
        """Send what was sent last once more, as a double click does; where it is lines, say the last one again."""

    async def closes(self) -> None:
        """Give up the form: close the modal, or cancel the exchange."""

    async def sees_form(self) -> dict[str, str] | None:
        """What the form shown now holds (field name -> value), or None when there is none.

        In a line-by-line exchange: the questions seen since it began that could be told apart, {} if it only began.
        """

    async def presses(self, label: str, near: str = "", room: str | None = None) -> None:
        """Take the choice with this label, on the latest message in sight that contains `near` (in a form that is open,
        a choice it offers). Waits until there is one.
        """

    async def presses_again(self) -> None:
        """Take the same choice on the same message once more, even when it is not offered any longer (a client that
        had not refreshed).
        """

    async def reads(self, room: str | None = None) -> list[str]:
        """Every text in sight, current versions, in order, labels of choices included; whispers too where they came.

        None: the direct room and every whisper. A message is one string, its parts on lines of their own.
        """

    async def is_told(self, text: str, room: str | None = None, within: float = PATIENCE) -> str:
        """Wait until something in sight contains `text`; return that message. Fails after that many seconds."""

    async def sees_picture(self, alt: str, room: str | None = None) -> bytes:
        """Wait until a picture in sight is one whose words contain `alt`; return it as their client shows it.

        None: the direct room, and every whisper.
        """

    async def is_not_told(self, text: str, room: str | None = None) -> None:
        """Nothing in sight contains `text` once all that was under way has arrived (see `Town.settled`)."""

    async def joins(self, room: str) -> None:
        """Enter a room (public, or invited to)."""

    async def leaves(self, room: str) -> None:
        """Leave a room."""

    async def room_named(self, name: str) -> str | None:
        """The id of the room of this name (slug, or title) that they can see: entered, invited to, or public."""

    async def is_in(self, room: str) -> bool:
        """This person is in the room, or holds an invitation to it (on Slack an invitation is entering)."""

    async def pins(self, room: str) -> list[str]:
        """The texts pinned in a room."""

    async def topic(self, room: str) -> str:
        """The topic of a room, as shown."""

    async def notified(self, room: str | None = None) -> int:
        """How many mentions (of this person, or of everybody in the room) the bot's messages in it contain."""

    async def opens_home(self) -> None:
        """Look at the bot's home page (Slack), or ask for it (elsewhere)."""

    async def sees_home(self, text: str) -> str:
        """Wait until the bot's home page, or what stands for it in the direct room, contains `text`; return it."""

    async def presses_home(self, label: str) -> None:
        """Take the choice with this label on the home page."""

    async def sets_profile(self, field: str, value: str) -> None:
        """Change their own profile on their own client; "" takes the field away. field: "name", "picture" ("yes"),
        "title", "phone" (where the platform has one), or what the organisation or a client calls another one (a custom
        field's label; an extended field's key).
        """


Call = Literal[
    "post",
    "edit",
    "delete",
    "pin",
    "find",
    "read",
    "history",
    "direct",
    "create",
    "adopt",
    "invite",
    "topic",
    "rename",
    "archive",
    "reopen",
    "room",
    "members",
    "profile",
    "details",
    "people",
    "open_form",
    "whisper",
]


@dataclass(frozen=True)
class Ways:
    """What people may notice of a platform that others do not share; a file here says where its own differs."""

    windows: bool = True  # forms open as windows; elsewhere the spine asks line by line
    whispers: bool = True  # what is said to one person in a room is shown to them alone, there
    presses_wait: bool = False  # a press that finds no room comes again; elsewhere it is lost, and its author told
    reopens: bool = True  # the bot may open an archived room again
    pins_anywhere: bool = True  # the bot may do in rooms that people made what it does in its own
    languages: bool = True  # accounts have a language
    receipts: bool = False  # the bot is told who read on
    kinds: frozenset[str] = frozenset({"member", "guest", "stranger", "gone"})  # that it tells apart
    quiet: float = 0.06  # seconds without anything under way after which nothing is


class Town(Protocol):
    """A platform's server with people on it. ways: how it differs from others.

    settled: awaited before a human says that something did not come; a harness replaces it ("nothing is under way any
    longer").
    """

    name: str
    nobody: str  # the id of an account that does not exist, in the right shape
    nowhere: str  # the id of a room that does not exist, in the right shape
    ways: Ways
    settled: Callable[[], Awaitable[None]]

    def platform(self) -> Platform:
        """A new platform object of the bot on this same server, as after a restart of the process."""

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
    ) -> Human:
        """A new person with an account. A name used twice gets two accounts. title: the job their profile names.

        email: their address, where the platform confirms one; "" for whatever it gives. picture: they chose one.
        """

    async def room(self, name: str, members: Sequence[Human], *, private: bool = False, bot: bool = True) -> str:
        """A room made by people. bot: the bot is in it."""

    async def program(self, room: str, texts: Sequence[str]) -> None:
        """An integration of somebody else's writes in a room, as integrations do here."""

    async def circle(self, name: str, members: Sequence[Human]) -> str:
        """What may give a role to its members: a user group where there are those, else a room with the bot in it.

        Returns how settings name it, after the platform: "group:S1", "room:!r".
        """

    async def admit(self, circle: str, human: Human) -> None:
        """Someone enters a circle, or is put in it."""

    async def dismiss(self, circle: str, human: Human) -> None:
        """Someone leaves a circle, or is taken out of it."""

    def delivered(self) -> bool:
        """All that people did is in the hands of the bot, as far as the server can tell."""

    # Faults: each concerns the next call only, unless it says otherwise.

    async def rate_limit(self, call: Call, seconds: float) -> None:
        """The next such call is refused, to be tried again after `seconds`."""

    async def lose_answer(self, call: Call) -> None:
        """The next such call has its effect, and its answer never arrives."""

    async def break_call(self, call: Call) -> None:
        """The next such call has no effect and no useful answer (the server is down, a 502)."""

    async def refuse(self, call: Call, times: int = 1) -> None:
        """The next such calls are refused for good: the bot may not do this here."""

    async def restrict_creation(self, *, restricted: bool = True) -> None:
        """The bot may not create rooms, until told otherwise."""

    async def deliver_again(self) -> None:
        """The event that the server sent to the bot last is sent once more, as a server does that doubts.

        Where the bot asks from a position: it is told once more of the last batch, and of what came after it.
        """

    async def deliver_all_again(self) -> None:
        """All that people did is sent to the bot again, old after new, and each at least twice.

        Where the bot asks from a position, the order within a batch is the server's, and stays.
        """

    async def hold_events(self) -> None:
        """From now on what people do is kept from the bot, until `release_events`.

        Raises NotImplementedError where the server's order cannot be forged.
        """

    async def release_events(self, order: Sequence[int]) -> None:
        """Send what was held back. order: which of them, counted from 0, in what order; one may come several times."""

    async def deliver_unacknowledged(self) -> None:
        """The time has come at which the server sends again what was not acknowledged (nothing to do where the bot
        asks for it by itself).
        """

    async def garble(self) -> None:
        """The server sends the bot something that cannot be understood: a known type with keys missing or mistyped."""

    async def forge(self, human: Human, room: str, action: str, value: str) -> None:
        """`human` makes a message of their own look as if it offered this choice, and takes it (Matrix: the annotation
        is copied into their own event, and reacted to; Slack: a block action on a message that is not the bot's).
        """


async def eventually(look: Callable[[], Awaitable[bool]], what: str, within: float = PATIENCE) -> None:
    """Wait until `look` is true. what: said in the failure; within: seconds."""
    end = time.monotonic() + within
    while not await look():
        assert time.monotonic() < end, f"after {within} s: {what}"
        await asyncio.sleep(POLL)


async def found(
    human: Human, look: Callable[[], Awaitable[_Seen | None]], text: str, label: str, room: str | None, within: float
) -> _Seen:
    """Wait until `look` finds what a person looks for, and return it; a failure shows what is in sight instead."""
    seen: list[_Seen] = []

    async def there() -> bool:
        one = await look()
        if one is not None:
            seen.append(one)
        return bool(seen)

    try:
        await eventually(there, f"{human.name} sees no {text[:200]!r} with the choice {label!r}", within)
    except AssertionError as missing:
        missing.add_note("in sight: " + "\n---\n".join(await human.reads(room)))
        raise
    return seen[0]


async def nothing_more() -> None:
    """`Town.settled` of a town that no bot runs in: nothing is ever under way."""
