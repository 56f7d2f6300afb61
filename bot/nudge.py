"""What a capability declares, what its handlers receive, and how they refuse.

A handler is `async (event, ctx) -> Say | Ask | None`. It runs inside one database transaction together with the
mark that its event is handled: it reads and writes rows, plans promises with `ctx.tell`, and never calls a platform.
What it returns is said to the person who acted, at once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, Protocol

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat import Event, Profile, Submission
from bot.say import Arg, Ask, Line, Say


class Role(StrEnum):
    """Who may do what. A person has EMPLOYEE when their account is a member of the organisation."""

    EMPLOYEE = "employee"
    LEAD = "lead"
    ANIMATOR = "animator"
    COMMS = "comms"
    LEADER = "leader"
    ADMIN = "admin"


EVERYONE = frozenset({Role.EMPLOYEE})


class Refused(Exception):
    """A clear no, spoken as it is to the person who asked; everything done in the transaction is undone."""

    def __init__(self, id: str, /, **args: Arg) -> None:
        """id, args: a message of the catalogs."""
        super().__init__(id)
        self.line = Line(id=id, args=args)


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts. account: its row's id; external: its id on the platform the event came from."""

    person: int
    account: int
    platform: str
    external: str
    name: str
    roles: frozenset[Role]
    language: str
    zone: str


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
    ) -> None:
        """Plan one delivery inside the current transaction; a promise of the same name is planned once.

        name: unique, and stable for the same thing said. kind: "answer" (to something done now: at once, at any hour),
        "decision" (waits for them: within their working hours), or a contact kind that a capability declared.
        op, of: "edit", "delete", "pin" act on the message of the promise named `of`. reply_to: the promise whose thread
        it joins. language: the room's; "" lets the reader's language decide. asks: it wants a response (counts
        towards silence when none comes).
        """

    async def cancel(self, *, batch: str = "", name: str = "") -> int:
        """Cancel what is not sent yet; return how many."""

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


@dataclass(frozen=True, slots=True)
class Context:
    """What a handler receives.

    now: the instant (UTC) that every rule uses. session: the open transaction. who: who acts (None in ticks).
    outbox, audit: see above. settings: the capability's own settings (its declared model), `rooms`: role -> rooms
    of that role as (platform, room, language), e.g. the animators' rooms. platforms: the configured names.
    language: the organisation's, for what several people see. smallest_group: people; about fewer nothing is shown.
    every: each capability's settings, by its id.
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


Answer = Say | Ask | None
Handler = Callable[[Any, Context], Awaitable[Answer]]
FieldErrors = Mapping[str, Line]
Check = Callable[[Asking], Awaitable[FieldErrors | Ask | None]]


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """A command. path: ("community", "request"), in English. aliases: other paths, the French one first.

    Its words: `command-community-request` with attributes `.usage` (arguments only), `.help` and `.example`.
    by: the roles entitled; having one of them suffices. shortcut: platforms that have menus of shortcuts offer it
    "anywhere", or on a "message" (which it then replies to), as the attribute `.shortcut` calls it (24 characters).
    """

    path: tuple[str, ...]
    handler: Handler
    by: frozenset[Role]
    aliases: tuple[tuple[str, ...], ...] = ()
    shortcut: Literal["", "anywhere", "message"] = ""

    def shown(self, language: str) -> str:
        """The path as a reader of that language ("en", "fr") is shown it: "communaute demander"."""
        return " ".join(self.aliases[0] if language == "fr" and self.aliases else self.path)


@dataclass(frozen=True, slots=True)
class ChoiceSpec:
    """What a press does. action: "community.approve"."""

    action: str
    handler: Handler
    by: frozenset[Role]
    aliases: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class FormSpec:
    """A form. check: before it is accepted (reads only); handler: once it is. accounts: the fields that name accounts.

    Asked line by line, `check` is called after each answer, with what is filled so far.
    """

    id: str
    handler: Handler
    check: Check
    by: frozenset[Role]
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TickSpec:
    """Something looked at regularly. every: how often; ticks are stateless, the database remembers."""

    name: str
    every: timedelta
    handler: Callable[[Context], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a sequence: does one thing on a platform, and may be done again without harm.

    run: `async (state, platform) -> changes to the state`; called outside any transaction. Raises `Wait` to be called
    again later. done: `async (state, ctx)` writes what it means, in the transaction that marks the step done.
    makes_room: it makes a room, so that a refusal of it tells `parvis doctor` whether rooms can be made.
    """

    name: str
    run: Callable[[Mapping[str, Any], Any], Awaitable[Mapping[str, Any]]] | None = None
    done: Callable[[Mapping[str, Any], Context], Awaitable[None]] | None = None
    makes_room: bool = False


class Wait(Exception):
    """The step cannot be done yet."""

    def __init__(self, seconds: float) -> None:
        """seconds: when to look again."""
        super().__init__(f"wait {seconds} s")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class SequenceSpec:
    """Steps done in order, resumed at the first one not done. `state["platform"]` names the platform they act on.

    refused: `async (state, error code, ctx)`: a step was refused for good; the sequence is over, say what to do next.
    """

    kind: str
    steps: tuple[Step, ...]
    refused: Callable[[Mapping[str, Any], str, Context], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Prospect:
    """Somebody whom a capability would contact now, were they to be contacted at all.

    say: the words, without those about why it comes and how to stop it, which the spine adds. key: what tells this
    contact from the same person's others of that kind ("2:title"). asks: it wants a response. since: from when on it
    is due; of several of one kind, the older comes first. about: what it concerns, as a preview names it ("field-title"
    of the catalogs), or None. sample: makes the same words with nothing in them that is this person's own, for a
    preview that others look at; None: they hold nothing of theirs.
    """

    person: int
    say: Say
    key: str
    asks: bool = True
    since: datetime | None = None
    about: Line | None = None
    sample: Callable[[], Say] | None = None


class Concerns(Protocol):
    """Which of some people a kind of contact would reach first, by what everybody may know: `async (ctx, people)`.

    Nothing that people chose for themselves, and no response of theirs, makes any difference to it.
    """

    async def __call__(self, ctx: Context, people: Collection[int]) -> Sequence[Prospect]:
        """Those whom it concerns by now."""


class Due(Protocol):
    """Whom a capability would contact now: `async (ctx, limit, *, after, among) -> prospects`, longest due first.

    Millions may be due, so they are asked for in parts: an index says who comes next. limit: so many at most. after:
    the last one of the part before; who is due as long is told apart by the person's id. among: of these people alone,
    by the ids of their rows.
    """

    async def __call__(
        self, ctx: Context, limit: int, *, after: Prospect | None = None, among: Collection[int] | None = None
    ) -> Sequence[Prospect]:
        """The part."""


@dataclass(frozen=True, slots=True)
class ContactSpec:
    """A kind of unasked message. optional: it counts in a budget, and carries ways to stop it. budget: "announcement"
    has a limit of its own; "" is the one allowance of all else.

    Its words: `contact-KIND` (dots become hyphens): what these messages are; with `.why`: why they come.
    due: see `Due`; it reads only, and asks nothing about attention. The spine does that, lets the more urgent kind
    (smaller `priority`) come first, and puts several for one person into one message.
    promised: `async (ctx, prospect)`: it was promised, in this same transaction. passed: `async (ctx, prospect)`: it is
    not to be said now for a reason that is the person's own affair (the reason is not told); later, or never: the
    capability says when it is due again. put_off: `async (ctx, people)`, person -> when it may be said, or is asked
    again: it is not due before. Else whoever waits for a morning, or for room in the budget, is looked at each minute.
    concerns: see `Concerns`; whom a preview names. None: whoever is due, which then must depend on nothing private.
    """

    kind: str
    optional: bool = True
    budget: Literal["", "announcement"] = ""
    priority: int = Priority.REMINDER
    due: Due | None = None
    promised: Callable[[Context, Prospect], Awaitable[None]] | None = None
    passed: Callable[[Context, Prospect], Awaitable[None]] | None = None
    put_off: Callable[[Context, Mapping[int, datetime]], Awaitable[None]] | None = None
    concerns: Concerns | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a capability found out about how it stands, for `parvis doctor`. what: is so; todo: what to do, if anything.

    state: only "wrong" makes the command end with status 1.
    """

    state: Literal["fine", "warning", "wrong", "unknown"]
    what: Line
    todo: Line | None = None


@dataclass
class Nudge:
    """A capability: everything that is its own, in one value.

    id: its folder's name. catalogs: folder of NAME.ftl per language. settings: a pydantic model, `[id]` in the TOML.
    listeners: event type -> handler, for what nobody addressed to the bot.
    waiting: `async (ctx) -> lines` for `/parvis me`: what waits for this person, what is held about them.
    doctor: `async (ctx) -> findings` for `parvis doctor`: reads only, and nobody acts.
    greeting: `async (ctx) -> lines` for the first message a person ever gets, such as communities near their work.
    page: `async (ctx) -> what /parvis me says further, and offers`.
    home: `async (ctx) -> what stands on a person's own page of the bot`, below what `waiting` says; it only reads.
    forgets: `async (ctx)`, each hour: what people wrote and whose time is over is emptied.
    erases: `async (ctx, person)`: all that is held about a person is about to be erased as `storage.held` declares it:
    let go of what they began, and tell those who need to know, without their name.
    meets: `async (ctx, account, profile)`: a platform told what an account is, and its row says so already; account: a
    `storage.people.Account`. Each member is met at least once a day, and whenever their profile changes. Who just did
    something is the one who acts; in a look around nobody does.
    """

    id: str
    catalogs: Path
    settings: type[BaseModel]
    commands: list[CommandSpec] = field(default_factory=list)
    choices: dict[str, ChoiceSpec] = field(default_factory=dict)
    forms: dict[str, FormSpec] = field(default_factory=dict)
    listeners: dict[type[Event], list[Handler]] = field(default_factory=dict)
    ticks: list[TickSpec] = field(default_factory=list)
    sequences: dict[str, SequenceSpec] = field(default_factory=dict)
    contacts: list[ContactSpec] = field(default_factory=list)
    waiting: Callable[[Context], Awaitable[Sequence[Line]]] | None = None
    greeting: Callable[[Context], Awaitable[Sequence[Line]]] | None = None
    doctor: Callable[[Context], Awaitable[Sequence[Found]]] | None = None
    page: Callable[[Context], Awaitable[Say]] | None = None
    home: Callable[[Context], Awaitable[Say]] | None = None
    forgets: Callable[[Context], Awaitable[None]] | None = None
    meets: Callable[[Context, Any, Profile], Awaitable[None]] | None = None
    erases: Callable[[Context, int], Awaitable[None]] | None = None

    def command(
        self,
        path: str,
        *,
        by: frozenset[Role] = EVERYONE,
        aliases: Sequence[str] = (),
        shortcut: Literal["", "anywhere", "message"] = "",
    ) -> Callable[[Handler], Handler]:
        """Declare a command; its French path comes first: `aliases=["communaute demander"]`."""

        def keep(handler: Handler) -> Handler:
            words = tuple(tuple(alias.split()) for alias in aliases)
            self.commands.append(CommandSpec(tuple(path.split()), handler, by, words, shortcut))
            return handler

        return keep

    def choice(
        self, action: str, *, by: frozenset[Role] = EVERYONE, aliases: Sequence[str] = ()
    ) -> Callable[[Handler], Handler]:
        """Declare what a press does: `@nudge.choice("community.approve", by=ANIMATORS)`. It can also be typed."""

        def keep(handler: Handler) -> Handler:
            self.choices[action] = ChoiceSpec(action, handler, by, tuple(tuple(a.split()) for a in aliases))
            return handler

        return keep

    def form(
        self, id: str, *, check: Check, by: frozenset[Role] = EVERYONE, accounts: Sequence[str] = ()
    ) -> Callable[[Handler], Handler]:
        """Declare a form: `@nudge.form("community.summary", check=wrong, accounts=["invitees"])`."""

        def keep(handler: Handler) -> Handler:
            self.forms[id] = FormSpec(id, handler, check, by, tuple(accounts))
            return handler

        return keep

    def hears(self, event: Any) -> Callable[[Handler], Handler]:
        """Listen to what nobody addressed to the bot: `@nudge.hears(Joined)`."""

        def keep(handler: Handler) -> Handler:
            self.listeners.setdefault(event, []).append(handler)
            return handler

        return keep

    def every(self, **interval: float) -> Callable[[Callable[[Context], Awaitable[None]]], None]:
        """Look at something regularly: `@nudge.every(minutes=1)`."""

        def keep(handler: Callable[[Context], Awaitable[None]]) -> None:
            self.ticks.append(TickSpec(f"{self.id}.{handler.__name__}", timedelta(**interval), handler))

        return keep
