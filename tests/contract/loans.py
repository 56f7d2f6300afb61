"""A second, small process: borrowing a meeting room for a week. Two keepers must agree.

It proves that the engine knows nothing of communities; `Desk` runs it, or any other, against a store.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import nudge, people
from bot.calendar import WorkingTime
from bot.chat import Press, Submission
from bot.decide import Process, Terms, fields_of, install, submit
from bot.nudge import Answer, Context, HomeRoom, Nudge, Refused, Role, To
from bot.say import Ask, Line, Say
from bot.words import Reader, Words
from nudges.communities.settings import Settings
from storage import people as people_rows
from storage import requests
from storage.database import Store
from storage.requests import Request
from tests.scenarios import signing

TUESDAY = datetime(2030, 3, 5, 9, tzinfo=UTC)  # ten o'clock in Paris, an ordinary week
PLATFORM = "acme"
KEEPERS = HomeRoom(PLATFORM, "!keepers", "en")
GARDENERS = HomeRoom(PLATFORM, "!gardeners", "fr")


WORDS = Words(
    [Path("bot/locales"), Path("nudges/communities/locales"), Path("nudges/profiles/locales"), signing.FOLDER]
)
READERS = [Reader("en", "Europe/Paris"), Reader("fr", "Europe/Paris")]


def read_aloud(answer: Answer) -> list[str]:
    """What is said, in each language. Raises WordsError where the catalogs lack a word or an argument."""
    if isinstance(answer, Ask):
        if not answer.id.startswith("loan."):  # the small process has no words of its own
            for reader in READERS:
                WORDS.form(answer, reader)
        return []
    if answer is None:
        return []
    messages = [WORDS.message(answer, reader) for reader in READERS]
    return ["\n".join(f"{part.label} {part.text}".strip() for part in message.parts) for message in messages]


@dataclass
class Told:
    """One promise, as `bot.nudge.Planner.tell` was asked for it."""

    to: To
    say: Say | None
    name: str
    how: dict[str, Any]

    @property
    def ids(self) -> list[str]:
        return [line.id for line in self.say.lines] if self.say else []

    @property
    def actions(self) -> list[str]:
        return [pick.action for pick in self.say.choices] if self.say else []


@dataclass
class Outbox:
    """A `bot.nudge.Planner` that remembers, and promises each name once."""

    told: list[Told] = field(default_factory=list)
    started: list[tuple[str, str, Mapping[str, Any]]] = field(default_factory=list)

    async def tell(self, to: To, say: Say | None, *, name: str, kind: str, **how: Any) -> None:
        if name not in {each.name for each in self.told}:
            read_aloud(say)
            self.told.append(Told(to, say, name, {"kind": kind, **how}))

    async def tell_many(self, to: Sequence[nudge.Told], say: Say, *, name: str, kind: str, **how: Any) -> None:
        for each in to:
            mine = {"media": each.media, "not_before": each.not_before}
            await self.tell(To(person=each.person), say, name=f"{name}:{each.person}", kind=kind, **how, **mine)

    async def on_time(self, to: Sequence[nudge.Told], **_how: Any) -> set[int]:
        return {each.person for each in to}

    async def pause(self, batch: str) -> int:
        return 0

    async def resume(self, batch: str) -> int:
        return 0

    async def recall(self, batch: str, *, limit: int | None = None, instead: Say | None = None) -> nudge.Recalled:
        return nudge.Recalled()

    async def correct_many(self, batch: str, say: Say, *, limit: int | None = None) -> nudge.Recalled:
        return nudge.Recalled()

    async def cancel(self, *, batch: str = "", name: str = "") -> int:
        return 0

    async def start(self, kind: str, name: str, state: Mapping[str, Any]) -> None:
        if name not in {each[1] for each in self.started}:
            self.started.append((kind, name, state))

    def to(self, person: int) -> list[Told]:
        return [each for each in self.told if each.to.person == person]

    def card(self, room: str = KEEPERS.room) -> Told:
        """What the newest card of a room shows now."""
        posted = [each for each in self.told if each.to.room == room and not each.how.get("reply_to")]
        return posted[-1]


@dataclass
class Trail:
    """A `bot.nudge.Trail` that remembers."""

    entries: list[dict[str, Any]] = field(default_factory=list)

    async def append(self, session: AsyncSession, **entry: Any) -> None:
        self.entries.append(entry)

    @property
    def actions(self) -> list[str]:
        return [entry["action"] for entry in self.entries]


Step = Callable[[Context], Awaitable[Any]]


class Desk:
    """People, a capability and a store; each thing somebody does is one transaction, as in the running bot."""

    def __init__(self, store: Store, nudge: Nudge, settings: Any, rooms: Mapping[Role, Sequence[HomeRoom]]) -> None:
        self.store = store
        self.nudge = nudge
        self.settings = settings
        self.rooms = rooms
        self.outbox = Outbox()
        self.trail = Trail()
        self.now = TUESDAY
        self.calendar = WorkingTime("Europe/Paris")
        self._events = 0

    async def person(self, name: str, *roles: Role, external: str = "") -> int:
        """Somebody new, with an account ("@name:home" unless given) and roles."""
        async with self.store.write() as session:
            person = await people.find(session, PLATFORM, external or f"@{name}:home", self.now, name)
            for role in roles:
                have = await people_rows.source_members(session, role, "config")
                await people_rows.set_grants(session, role, "config", have | {person})
            return person

    @asynccontextmanager
    async def context(self, person: int | None) -> AsyncIterator[Context]:
        """One transaction of somebody, or of nobody (a tick)."""
        async with self.store.write() as session:
            who = await people.actor(session, person, PLATFORM) if person is not None else None
            yield Context(self.now, session, who, self.outbox, self.trail, self.settings, self.rooms, self.calendar)

    async def does(self, person: int, step: Step) -> Any:
        async with self.context(person) as ctx:
            return await step(ctx)

    async def presses(self, person: int, action: str, value: str | int = "") -> Answer:
        """Take a choice, or type it. Raises Refused."""
        self._events += 1
        spec = self.nudge.choices[action]
        event = Press(key=f"e{self._events}", platform=PLATFORM, by="x", at=self.now, action=action, value=str(value))
        async with self.context(person) as ctx:
            answer = await spec.handler(event, ctx)
        read_aloud(answer)
        return answer

    async def fills(self, person: int, form: str, meta: str | int = "", /, **values: str) -> Answer:
        """Send a filled form. Raises Refused."""
        self._events += 1
        event = Submission(
            key=f"e{self._events}", platform=PLATFORM, by="x", at=self.now, form=form, values=values, meta=str(meta)
        )
        async with self.context(person) as ctx:
            answer = await self.nudge.forms[form].handler(event, ctx)
        read_aloud(answer)
        return answer

    async def is_refused(self, person: int, action: str, value: str | int = "") -> str:
        """Take a choice that is refused; the id of what is said."""
        try:
            answer = await self.presses(person, action, value)
        except Refused as refused:
            read_aloud(Say(lines=(refused.line,)))
            return refused.line.id
        raise AssertionError(f"not refused: {answer}")

    async def later(self, **time: float) -> None:
        """Time passes, and everything that looks at it does."""
        self.now += timedelta(**time)
        await self.ticks()

    async def ticks(self) -> None:
        for tick in self.nudge.ticks:
            async with self.context(None) as ctx:
                await tick.handler(ctx)

    async def request(self, number: int) -> Request:
        async with self.store.read() as session:
            found = await session.get(Request, number)
            assert found
            return found


# ---------------------------------------------------------------- the process


@dataclass(frozen=True)
class Rules:
    """The settings of the small process."""

    quorum: int = 2
    grace_minutes: int = 10
    escalate_to: Role = Role.ADMIN


async def _card(request: Request, _ctx: Context) -> Say:
    return Say(lines=(Line(id="plain", args={"text": fields_of(request)["room"]}, kind="title"),))


async def _guard(request: Request, verdict: str, override: str, ctx: Context) -> Say | None:
    if fields_of(request)["room"] == "mirage":  # gone between the question whether it may and the decision
        await requests.move(ctx.session, request, "waiting", state="withdrawn", decided_at=ctx.now)
    if fields_of(request)["room"] == "cellar" and not override:
        return Say(lines=(Line(id="plain", args={"text": "the cellar needs a written reason"}),))
    return None


def loans() -> tuple[Nudge, Process, list[str]]:
    """The process, installed in a capability of its own; what it led to is noted in the list."""
    done: list[str] = []

    async def outcome(request: Request, _ctx: Context) -> None:
        done.append(f"lent {fields_of(request)['room']}")

    async def ended(request: Request, _ctx: Context) -> None:
        done.append(f"{request.state} {fields_of(request)['room']}")

    process = Process(
        id="loan",
        entitled=frozenset({Role.COMMS}),
        terms=lambda settings: Terms(
            grace=timedelta(minutes=settings.grace_minutes),
            reasons={"later": ("occupée",), "other": ()},
            escalate_to=settings.escalate_to,
        ),
        quorum=lambda fields, settings: 1 if fields["room"] in {"cupboard", "mirage"} else settings.quorum,
        subject=lambda fields: str(fields["room"]),
        card=_card,
        guard=_guard,
        outcome=outcome,
        ended=ended,
        conflicts=lambda fields: frozenset(fields.get("friends", ())),
        nouns=("pret",),
        words={"approve": ("accorder",)},
    )
    nudge = Nudge(id="loans", catalogs=Path(), settings=Settings)
    install(nudge, process)
    return nudge, process, done


def asks(process: Process, room: str, **fields: Any) -> Step:
    """Ask for a room; the step returns the request's number."""

    async def step(ctx: Context) -> int:
        made = await submit(ctx, process, {"room": room, **fields})
        assert made.id
        return made.id

    return step


def said(answer: Answer) -> list[str]:
    """The ids of what an answer says."""
    assert isinstance(answer, Say), answer
    return [line.id for line in answer.lines]


def asked(answer: Answer) -> Ask:
    assert isinstance(answer, Ask), answer
    return answer
