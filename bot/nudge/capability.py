"""A capability: everything that is its own, in one value."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel

from bot.chat import Event, Picture, Profile
from bot.nudge.acting import EVERYONE, Role
from bot.nudge.contacts import ContactSpec
from bot.nudge.context import Context, Greeting
from bot.nudge.handling import Adding, Answer, Check, ChoiceSpec, CommandSpec, FormSpec, Handler, SequenceSpec, TickSpec
from bot.nudge.pages import ActHandler, ActSpec, PageHandler, PageSpec
from bot.nudge.verbs import Asked, Verb
from bot.nudge.verbs import Voice as Speaks
from bot.say import Line, Say, Term


@dataclass(frozen=True, slots=True)
class Found:
    """What a capability found out about how it stands, for `parvis doctor`. what: is so; todo: what to do, if anything.

    state: only "wrong" makes the command end with status 1.
    """

    state: Literal["fine", "warning", "wrong", "unknown"]
    what: Line
    todo: Line | None = None


@dataclass(frozen=True, slots=True)
class Disclosed:
    """Something that a capability knows of everybody, for the papers of `parvis privacy`.

    what: the data. why: what for. sources: where it is from. seen_by: who sees it besides the person. is_required:
    whether people are reminded of it; they may always leave it out.
    """

    what: Term
    why: Term
    sources: tuple[Term, ...]
    seen_by: Term
    is_required: bool


@dataclass(frozen=True, slots=True)
class Gauged:
    """A number that a capability shows to Prometheus, at the private listener.

    name: without "parvis_", and the same for all numbers of a kind. about: what they are. labels: what tells them from
    one another, under the same names for all; no person and no room is one.
    """

    name: str
    about: str
    labels: Mapping[str, str]
    value: float


@dataclass
class Nudge:
    """A capability: everything that is its own, in one value.

    id: its folder's name. catalogs: folder of NAME.ftl per language. settings: a pydantic model, `[id]` in the TOML.
    listeners: event type -> handler, for what nobody addressed to the bot. adding: what is added up of it.
    waiting: `async (ctx) -> lines` for `/parvis me`: what waits for this person, what is held about them.
    doctor: `async (ctx) -> findings` for `parvis doctor`: reads only, and nobody acts.
    greeting: `async (ctx, people) -> person -> lines` for whoever is new, such as communities near their work: it is in
    the first message that a person ever gets, and others ask for it (`Context.greeted`).
    page: `async (ctx) -> what /parvis me says further, and offers`.
    home: `async (ctx) -> what stands on a person's own page of the bot`, below what `waiting` says; it only reads.
    forgets: `async (ctx)`, each hour: what people wrote and whose time is over is emptied.
    erases: `async (ctx, person)`: all that is held about a person is about to be erased as `storage.held` declares it:
    let go of what they began, and tell those who need to know, without their name.
    gauges: `async (ctx) -> numbers`: what it shows to Prometheus each time that it is asked; it only reads.
    discloses: `(settings) -> data`: what it knows of everybody as the settings say, for the privacy papers.
    replied: `async (event, ctx, said) -> answer`: somebody answered, in plain words that are no command, what the bot
    had said in their direct room; said: that `storage.outbox.Promise`. None: it is nothing to this capability.
    columns: `(settings) -> names`: the columns of the roster that it reads; no other is taken over from a file.
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
    adding: list[Adding] = field(default_factory=list)
    ticks: list[TickSpec] = field(default_factory=list)
    sequences: dict[str, SequenceSpec] = field(default_factory=dict)
    contacts: list[ContactSpec] = field(default_factory=list)
    verbs: list[Verb] = field(default_factory=list)
    pages: list[PageSpec] = field(default_factory=list)
    acts: dict[str, ActSpec] = field(default_factory=dict)
    artists: dict[str, Callable[[str, Speaks], Picture | None]] = field(default_factory=dict)
    waiting: Callable[[Context], Awaitable[Sequence[Line]]] | None = None
    greeting: Greeting | None = None
    doctor: Callable[[Context], Awaitable[Sequence[Found]]] | None = None
    gauges: Callable[[Context], Awaitable[Sequence[Gauged]]] | None = None
    page: Callable[[Context], Awaitable[Say]] | None = None
    home: Callable[[Context], Awaitable[Say]] | None = None
    discloses: Callable[[Any], Sequence[Disclosed]] | None = None
    forgets: Callable[[Context], Awaitable[None]] | None = None
    meets: Callable[[Context, Any, Profile], Awaitable[None]] | None = None
    erases: Callable[[Context, int], Awaitable[None]] | None = None
    replied: Callable[[Any, Context, Any], Awaitable[Answer]] | None = None
    columns: Callable[[Any], Collection[str]] | None = None

    def command(
        self,
        path: str,
        *,
        by: frozenset[Role] = EVERYONE,
        aliases: Sequence[str] = (),
        shortcut: Literal["", "anywhere", "message"] = "",
        anyone: bool = False,
        reads: bool = False,
    ) -> Callable[[Handler], Handler]:
        """Declare a command; its French path comes first: `aliases=["communaute demander"]`."""

        def keep(handler: Handler) -> Handler:
            words = tuple(tuple(alias.split()) for alias in aliases)
            self.commands.append(CommandSpec(tuple(path.split()), handler, by, words, shortcut, anyone, reads))
            return handler

        return keep

    def choice(
        self,
        action: str,
        *,
        by: frozenset[Role] = EVERYONE,
        aliases: Sequence[str] = (),
        anyone: bool = False,
    ) -> Callable[[Handler], Handler]:
        """Declare what a press does: `@nudge.choice("community.approve", by=ANIMATORS)`. It can also be typed."""

        def keep(handler: Handler) -> Handler:
            self.choices[action] = ChoiceSpec(action, handler, by, tuple(tuple(a.split()) for a in aliases), anyone)
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

    def every(self, *, long: bool = False, **interval: float) -> Callable[[Callable[[Any], Awaitable[None]]], None]:
        """Look at something regularly: `@nudge.every(minutes=1)`. long: see `TickSpec`."""

        def keep(handler: Callable[[Any], Awaitable[None]]) -> None:
            self.ticks.append(TickSpec(f"{self.id}.{handler.__name__}", timedelta(**interval), handler, long))

        return keep

    def draws(
        self, name: str
    ) -> Callable[[Callable[[str, Speaks], Picture | None]], Callable[[str, Speaks], Picture | None]]:
        """Declare what draws: `@nudge.draws("charts")` makes the pictures that `Drawing(by="pulse.charts")` asks for.

        It is given what a picture is made from, and a voice that speaks to the reader; pure, when a message is sent.
        """

        def keep(artist: Callable[[str, Speaks], Picture | None]) -> Callable[[str, Speaks], Picture | None]:
            self.artists[f"{self.id}.{name}"] = artist
            return artist

        return keep

    def verb(self, path: str) -> Callable[[Asked], Asked]:
        """Declare a command of `parvis`: `@nudge.verb("people gaps")`; `nudges.VERBS` names it too. See `Verb`."""

        def keep(handler: Asked) -> Asked:
            self.verbs.append(Verb(tuple(path.split()), handler))
            return handler

        return keep

    def act(self, id: str) -> Callable[[ActHandler], ActHandler]:
        """Declare what may be done by a link: `@nudge.act("garden.water")`. See `ActSpec`."""

        def keep(handler: ActHandler) -> ActHandler:
            self.acts[id] = ActSpec(id, handler)
            return handler

        return keep

    def shows(self, path: str, *, by: frozenset[Role]) -> Callable[[PageHandler], PageHandler]:
        """Declare a page of the public listener, at /ID/PATH: `@nudge.shows("", by=ANIMATORS)`. See `PageSpec`."""

        def keep(handler: PageHandler) -> PageHandler:
            self.pages.append(PageSpec(path, handler, by))
            return handler

        return keep
