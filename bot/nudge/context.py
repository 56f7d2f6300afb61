"""What handlers and checks receive, with what they may do: promise what will be said, leave a trace."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, Protocol

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat import PlatformError, Submission, Written
from bot.nudge.acting import Actor, Role
from bot.say import Line, Say

if TYPE_CHECKING:
    from bot.nudge.capability import Nudge


class Priority:
    """Lower is sooner (law of the outbox: answers, decisions, announcements, reminders)."""

    ANSWER = 10
    DECISION = 20
    ANNOUNCEMENT = 30
    REMINDER = 40


@dataclass(frozen=True, slots=True)
class To:
    """Where a promise goes: a person (their account chosen when sent) or a room. Exactly one of the two.

    platform: for a room, its platform; for a person, the platform preferred ("" for any).
    """

    person: int | None = None
    room: str = ""
    platform: str = ""


ON_A_MESSAGE = ">"


def in_thread_of(message: str) -> str:
    """The `reply_to` of what joins the thread of a message that no promise of ours is. message: its external id."""
    return ON_A_MESSAGE + message


Handed = Written | PlatformError | None
"""A message that a command is about, or why it could not be read; None where it is about none."""


@dataclass(frozen=True, slots=True)
class Told:
    """One of many people who are told the same. media, not_before: as `Planner.tell` has them."""

    person: int
    media: tuple[str, ...] = ()
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Recalled:
    """What a recall did. cancelled: so many were not said, and will not be. deleting: so many removals were promised,
    of what was said, or may be being said. beyond: platform -> how many were said where nothing can be taken back.
    more: there was too much for one transaction, and the rest is for another call.
    """

    cancelled: int = 0
    deleting: int = 0
    beyond: Mapping[str, int] = field(default_factory=dict)
    more: bool = False


class Planner(Protocol):
    """How a handler promises that something will be said; implemented by `bot.outbox`."""

    async def tell(
        self,
        to: To,
        say: Say | None,
        *,
        name: str,
        kind: str,
        reason: str = "",
        priority: int = Priority.DECISION,
        op: Literal["post", "edit", "delete", "pin"] = "post",
        of: str = "",
        reply_to: str = "",
        batch: str = "",
        language: str = "",
        not_before: datetime | None = None,
        not_after: datetime | None = None,
        asks: bool = False,
        media: Sequence[str] = (),
    ) -> None:
        """Plan one delivery inside the current transaction; a promise of the same name is planned once.

        name: unique, and stable for the same thing said. kind: "answer" (to something done now: at once, at any hour),
        "decision" (waits for them: within their working hours), or a contact kind that a capability declared.
        op, of: "edit", "delete", "pin" act on the message of the promise named `of`. reply_to: the promise whose thread
        it joins, or `in_thread_of` what somebody wrote there. language: the room's; "" lets the reader's language
        decide. asks: it wants a response (counts towards silence when none comes). media: the platforms by which it may
        reach the person, in order: it is said once, by the first that reaches them; the next one has it only where that
        surely failed. () is the accounts that are members; addresses are used where they are named here, and nowhere
        else.
        """

    async def tell_many(
        self,
        to: Sequence[Told],
        say: Say,
        *,
        name: str,
        kind: str,
        batch: str,
        reason: str = "",
        priority: int = Priority.ANNOUNCEMENT,
        not_after: datetime | None = None,
        asks: bool = False,
        confirmed: bool = False,
    ) -> None:
        """As `tell` to each of these people, by the names "NAME:PERSON"; some thousands at most in one transaction.

        Who turned out to be somebody else is told once, by the name of whom they are now.

        confirmed: who signed it knows of the hush that is on, and confirmed it; else it waits for `resume`.
        """

    async def on_time(
        self, to: Sequence[Told], *, kind: str, not_after: datetime | None = None, confirmed: bool = False
    ) -> set[int]:
        """Those of these people who would be told by `tell_many` when they are meant to be, and not later: it is within
        their hours, and their allowance. For choosing among many, and for no reader. Nothing is written.
        """

    async def recall(self, batch: str, *, limit: int | None = None, instead: Say | None = None) -> Recalled:
        """Take back a batch: what waits is cancelled, what was said is deleted, and so is what is being said by now.

        Its removals are promises of the batch "recall:BATCH", each named "recall:NAME". limit: removals promised in
        this transaction, and messages cancelled, at the most. May be called again: what was done stays as it is.
        instead: what a message is made to say that the platform does not let be deleted, where it lets it be changed:
        its removal is then "sent", with `storage.outbox.REPLACED` as its error.
        """

    async def correct_many(self, batch: str, say: Say, *, limit: int | None = None) -> Recalled:
        """Let all of a batch say something else: what waits is said so at once, what was said is edited.

        As `recall`, in batch "correct:BATCH"; `cancelled` counts those that will say nothing but this.
        """

    async def pause(self, batch: str) -> int:
        """Let what waits of a batch wait until it is resumed; return how many. What is being said by now is said.

        What of that fails, or comes back, waits as well, and goes to no other medium before.
        """

    async def resume(self, batch: str) -> int:
        """Let what was paused of a batch, or waits because of a hush, be said after all; return how many."""

    async def cancel(self, *, batch: str = "", name: str = "") -> int:
        """Cancel what is not sent yet; return how many. What was sent and comes back goes to no other medium."""

    async def start(self, kind: str, name: str, state: Mapping[str, Any]) -> None:
        """Start a sequence of declared kind; a sequence of the same name is started once."""


class Trail(Protocol):
    """How a handler leaves a trace of a decision; implemented by `bot.audit`."""

    async def append(
        self,
        session: AsyncSession,
        *,
        now: datetime,
        actor: int | None,
        action: str,
        subject: str,
        before: Mapping[str, str] | None = None,
        after: Mapping[str, str] | None = None,
        reason: str = "",
        texts: Mapping[str, str] | None = None,
    ) -> None:
        """actor: a person's id, None for the bot itself. subject: "request:12". before, after: codes.

        reason: a text of people; chained as a salted digest, kept in an erasable table. texts: others of that kind by
        what they are ("slug", "old_slug"), kept alike: names that people gave are no codes.
        """


def nowhere(_platform: str, _room: str) -> str:
    """No browser opens any room."""
    return ""


class Greeting(Protocol):
    """What each of some people is told who are new: `async (ctx, people) -> person -> lines`."""

    async def __call__(self, ctx: Context, people: Collection[int]) -> Mapping[int, Sequence[Line]]:
        """Nothing for whom there is nothing to tell."""


async def nothing(ctx: Context, people: Collection[int]) -> Mapping[int, Sequence[Line]]:
    """Where no capability says anything."""
    del ctx, people
    return {}


@dataclass(frozen=True, slots=True)
class Context:
    """What a handler receives.

    now: the instant (UTC) that every rule uses. session: the open transaction. who: who acts (None in ticks).
    outbox, audit: see above. settings: the capability's own settings (its declared model), `rooms`: role -> rooms
    of that role as (platform, room, language), e.g. the animators' rooms. platforms: the configured names.
    language: the organisation's, for what several people see. smallest_group: people; about fewer nothing is shown.
    every: each capability's settings, by its id. connected: the platforms that this process is connected to now, and
    since when. receipts: those that tell who has read. address: of the pages, as people reach them; "" where they
    cannot. link_minutes: in which a link to one can be used. addressed: those on which people have addresses, and do
    nothing. way_to: `(platform, room) -> where a browser opens it`, "" where none does. written: the message that a
    command is about which declares that it `reads`, or why it could not be read; None where it replies to none.
    greeted: `(ctx, people) -> person -> lines`: what capabilities tell whoever is new; see `Nudge.greeting`.
    """

    now: datetime
    session: AsyncSession
    who: Actor | None
    outbox: Planner
    audit: Trail
    settings: Any
    rooms: Mapping[Role, Sequence[HomeRoom]]
    calendar: Any
    platforms: tuple[str, ...] = ()
    language: str = "en"
    smallest_group: int = 5
    every: Mapping[str, Any] = field(default_factory=dict)
    connected: Mapping[str, datetime] = field(default_factory=dict)
    address: str = ""
    link_minutes: int = 15
    receipts: frozenset[str] = frozenset()
    addressed: frozenset[str] = frozenset()
    way_to: Callable[[str, str], str] = nowhere
    written: Handed = None
    greeted: Greeting = nothing

    def of(self, nudge: Nudge) -> Context:
        """The same as that capability receives it, with its own settings."""
        return replace(self, settings=self.every.get(nudge.id))

    @property
    def actor(self) -> Actor:
        """The person who acts; handlers of events always have one."""
        assert self.who is not None, "a tick has no actor"
        return self.who


@dataclass(frozen=True, slots=True)
class HomeRoom:
    """A room that belongs to a role, such as an animators' room. language: what is said to several people there."""

    platform: str
    room: str
    language: str


@dataclass(frozen=True, slots=True)
class Asking:
    """What a check receives: it reads rows, and writes nothing. The platform was asked before the rows were opened.

    submission: what was filled. who: by whom. accounts: each account that the form names -> what it is (the kinds of
    `chat.Profile`), "unknown" where the platform knows of nobody, "later" where it could not be asked.
    """

    now: datetime
    session: AsyncSession
    who: Actor
    submission: Submission
    settings: Any
    calendar: Any
    accounts: Mapping[str, str]
