"""What is said unasked: whom a capability would contact, and the kinds of such contacts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.nudge.context import Context, Priority
from bot.say import Line, Say


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
    has a limit of its own, and waits, where a hush was declared after it was promised, until that is confirmed
    (`Planner.resume`); "" is the one allowance of all else. wished: what is said out of courtesy, outside any
    budget: it comes where people wish this other kind, and no hush is on.

    urgent: it comes at any hour, disturbs who wants not to be disturbed, and waits for no budget; the ledger has it.
    What people wish counts where it is optional.

    discreet: that somebody gets it tells something of them that others are not to know; whoever looks at what is being
    sent is shown neither whom nor how many.

    called: what people may call it besides, when they type: "reminders", "rappels", and its words themselves.
    Its words: `contact-KIND` (dots become hyphens): what these messages are; with `.why`: why they come.
    due: see `Due`; it reads only, and asks nothing about attention. The spine does that, lets the more urgent kind
    (smaller `priority`) come first, and puts several for one person into one message.
    promised: `async (ctx, prospect)`: it was promised, in this same transaction. passed: `async (ctx, prospect)`: it is
    not to be said now for a reason that is the person's own affair (the reason is not told); later, or never: the
    capability says when it is due again. put_off: `async (ctx, people)`, person -> when it may be said, or is asked
    again: it is not due before. Else whoever waits for a morning, or for room in the budget, is looked at each minute.
    concerns: see `Concerns`; whom a preview names. None: whoever is due, which then must depend on nothing private.
    example: the words as somebody invented would get them, for a preview that names nobody of this kind: nobody
    confirms what they have not read. first: when it can be due for anybody at the earliest, by when people were met
    alone; None: at any time.
    """

    kind: str
    optional: bool = True
    budget: Literal["", "announcement"] = ""
    urgent: bool = False
    wished: str = ""
    discreet: bool = False
    priority: int = Priority.REMINDER
    due: Due | None = None
    promised: Callable[[Context, Prospect], Awaitable[None]] | None = None
    passed: Callable[[Context, Prospect], Awaitable[None]] | None = None
    put_off: Callable[[Context, Mapping[int, datetime]], Awaitable[None]] | None = None
    called: tuple[str, ...] = ()
    concerns: Concerns | None = None
    example: Callable[[Context], Say] | None = None
    first: Callable[[Context], Awaitable[datetime | None]] | None = None
