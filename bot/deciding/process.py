"""A process is data: who may decide, how many must agree, by when, and what it leads to."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.nudge import EVERYONE, Asking, Check, Context, FieldErrors, Role
from bot.say import Ask, Question, Say
from storage.requests import Request

Fields = Mapping[str, Any]
"""What was asked: field name -> text, number, or list of these."""

OTHER = "other"
"""The reason that must come with a text."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How an organisation runs a process; read from its settings.

    offer_after, escalate_after: working days until it is offered again, and from then until it goes to `escalate_to`.
    remind_after: working days until the requester is reminded of a question. grace: how long a refusal is revocable.
    warn_hours: working hours before a decision is needed that those who wait for it are told, if it still waits.
    reasons: code of a refusal -> the words people may type for it; each has a label `option-CODE` in the catalogs.
    """

    offer_after: int = 3
    escalate_after: int = 2
    remind_after: int = 3
    escalate_to: Role = Role.ADMIN
    grace: timedelta = timedelta(minutes=10)
    warn_hours: float = 4
    reasons: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: {OTHER: ()})


async def _allow(_request: Request, _verdict: str, _override: str, _ctx: Context) -> Say | None:
    return None


async def _nothing(_request: Request, _ctx: Context) -> None:
    return None


async def _never(_request: Request, _ctx: Context) -> bool:
    return False


async def _fine(_asking: Asking) -> FieldErrors | Ask | None:
    return None


@dataclass(frozen=True, slots=True)
class Amends:
    """How those who decide may change what they are shown, which approves it as changed.

    questions: what the form `ID.amend` asks, filled with how it is now. fields: what was filled -> what is asked from
    then on; reads only, raises Refused. check: of the form. done: the change counts; `ctx.actor` made it.
    """

    questions: Callable[[Request, Context], Awaitable[tuple[Question, ...]]]
    fields: Callable[[Request, Mapping[str, str], Context], Awaitable[Fields]]
    check: Check = _fine
    done: Callable[[Request, Context], Awaitable[None]] = _nothing


@dataclass(frozen=True, slots=True)
class Known:
    """By which number people call what is asked. number: the fields -> it. latest: it -> the last request about that,
    None where there is none; one that follows another is submitted with a later version, so that no press means both.
    """

    number: Callable[[Fields], int]
    latest: Callable[[Context, int], Awaitable[int | None]]


@dataclass(frozen=True, slots=True)
class Process:
    """A way to ask for something and have it decided by those entitled to.

    id: begins every action ("community.approve"). entitled: who decides; superiors: who may, once it is escalated.
    terms: from the capability's settings. quorum: (fields, settings) -> how many must agree. subject: the fields ->
    what it is called. askers: who may ask.
    card: what those who decide see, without the engine's own lines and choices; its choices are shown once decided.
    guard: may a verdict pass? Raises Refused, or returns what is to be said instead; nothing is written then.
    outcome: what an approval means, written in the transaction that decides. ended: refused for good, withdrawn, or
    not decided by when it was needed.
    conflicts: the fields -> people besides the requester who may not decide. words: verb -> words that may be typed
    for it after one of `nouns` ("communaute approuver").

    named: the fields -> the people who decide, of those entitled, and nobody else; each is shown it in person, and no
    room is. None: whoever is entitled decides. mandates: they may let others decide in their place, for some days;
    nobody becomes their deputy otherwise. oneself: who asks may decide as well, if it is theirs to. amends: deciders
    may change what is asked. voids: may a correction void the approval that was given? voided: it did, which undoes
    what `outcome` meant. appeals: may a refusal be looked at once more? watchers: roles in whose rooms it is told that
    a decision is needed soon, or came too late, besides those who asked; where nobody is named, those who decide are
    told as well.

    known: the number by which people call what is asked, of its own rather than the request's, and back.
    own: the engine's message -> the one said in its place, with the same variables, where "approve" is not the word.
    """

    id: str
    entitled: frozenset[Role]
    terms: Callable[[Any], Terms]
    quorum: Callable[[Fields, Any], int]
    subject: Callable[[Fields], str]
    card: Callable[[Request, Context], Awaitable[Say]]
    outcome: Callable[[Request, Context], Awaitable[None]]
    guard: Callable[[Request, str, str, Context], Awaitable[Say | None]] = _allow
    ended: Callable[[Request, Context], Awaitable[None]] = _nothing
    conflicts: Callable[[Fields], frozenset[int]] = lambda _fields: frozenset()
    superiors: frozenset[Role] = frozenset({Role.ADMIN, Role.LEADER})
    askers: frozenset[Role] = EVERYONE
    nouns: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    named: Callable[[Fields], frozenset[int]] | None = None
    mandates: bool = False
    oneself: bool = False
    amends: Amends | None = None
    voids: Callable[[Request, Context], Awaitable[bool]] = _never
    voided: Callable[[Request, Context], Awaitable[None]] = _nothing
    watchers: frozenset[Role] = frozenset()
    appeals: bool = True
    known: Known | None = None
    own: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raises ValueError: mandates are given by those who are named, and nobody is."""
        if self.mandates and self.named is None:
            raise ValueError(f"{self.id}: nobody is named who could give a mandate")

    @property
    def deciders(self) -> frozenset[Role]:
        """The roles that a decision may ever come from; a mandate needs none."""
        return EVERYONE if self.mandates else self.entitled | self.superiors

    def message(self, id: str) -> str:
        """The message by which this process says what the engine has to say."""
        return self.own.get(id, id)

    def aliases(self, verb: str) -> tuple[str, ...]:
        """Other ways to type a verb, such as its French ones."""
        return tuple(f"{noun} {word}" for noun in self.nouns for word in self.words.get(verb, ()))


def fields_of(request: Request) -> dict[str, Any]:
    """What was asked."""
    fields: dict[str, Any] = json.loads(request.fields)
    return fields


def called(process: Process, request: Request) -> str:
    """The number by which people call a request."""
    fields = fields_of(request)
    return str(process.known.number(fields) if process.known and fields else number_of(request))


def number_of(request: Request) -> int:
    """The request's own number; only a row that was never written has none."""
    assert request.id is not None, "a request is numbered when it is written"
    return request.id
