"""What answers people, looks around, and acts on a platform: commands, choices, forms, ticks, sequences."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat import Event
from bot.nudge.acting import Role
from bot.nudge.context import Asking, Context
from bot.say import Ask, Line, Say

Answer = Say | Ask | None
Handler = Callable[[Any, Context], Awaitable[Answer]]
FieldErrors = Mapping[str, Line]
Check = Callable[[Asking], Awaitable[FieldErrors | Ask | None]]


@dataclass(frozen=True, slots=True)
class Overheard:
    """What somebody of the organisation did, and nobody addressed to the bot. person: who."""

    event: Event
    person: int


@dataclass(frozen=True, slots=True)
class Adding:
    """What is added up, many events at a time and in no order, so that a burst of it keeps nobody waiting.

    about: `async (session, rooms) -> those it is about`, rooms as (platform, external id). handler: `async (events,
    ctx)`, where nobody acts; called once for each event, also after a crash.
    """

    kinds: frozenset[type[Event]]
    about: Callable[[AsyncSession, Collection[tuple[str, str]]], Awaitable[Collection[tuple[str, str]]]]
    handler: Callable[[Sequence[Overheard], Context], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """A command. path: ("community", "request"), in English. aliases: other paths, the French one first.

    Its words: `command-community-request` with attributes `.usage` (arguments only), `.help` and `.example`.
    by: the roles entitled; having one of them suffices. shortcut: platforms that have menus of shortcuts offer it
    "anywhere", or on a "message" (which it then replies to), as the attribute `.shortcut` calls it (24 characters).
    anyone: it is for guests and strangers too, being about what is held of whoever asks, and nothing else.
    reads: the message that it replies to is what it is about, and is read before it is called (`Context.written`).
    """

    path: tuple[str, ...]
    handler: Handler
    by: frozenset[Role]
    aliases: tuple[tuple[str, ...], ...] = ()
    shortcut: Literal["", "anywhere", "message"] = ""
    anyone: bool = False
    reads: bool = False

    def shown(self, language: str) -> str:
        """The path as a reader of that language ("en", "fr") is shown it: "communaute demander"."""
        return " ".join(self.aliases[0] if language == "fr" and self.aliases else self.path)


@dataclass(frozen=True, slots=True)
class ChoiceSpec:
    """What a press does. action: "community.approve". anyone: as in `CommandSpec`."""

    action: str
    handler: Handler
    by: frozenset[Role]
    aliases: tuple[tuple[str, ...], ...] = ()
    anyone: bool = False


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
    """Something looked at regularly. every: how often; ticks are stateless, the database remembers.

    long: it takes so long that it opens transactions of its own; its handler receives a `Look`.
    """

    name: str
    every: timedelta
    handler: Callable[[Any], Awaitable[None]]
    long: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What a long look receives. It reads and counts at leisure, and writes in short transactions: others wait.

    read: a view, which keeps nobody from writing. write: a transaction; None where another process is to look, and
    nothing is to be done. context: what handlers receive, in one of these.
    """

    read: Callable[[], AbstractAsyncContextManager[AsyncSession]]
    write: Callable[[], AbstractAsyncContextManager[AsyncSession | None]]
    context: Callable[[AsyncSession], Context]


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
