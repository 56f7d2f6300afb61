"""A small company on a platform inside the process, for tests of what is delivered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters.memory.platform import MemoryPlatform
from adapters.memory.server import BOT, MemoryServer
from bot.attention import SILENCE, Attention
from bot.calendar import WorkingTime
from bot.chat import Pace
from bot.nudge import ContactSpec, Planner
from bot.outbox import Outbox
from bot.outbox.planning import Holding, nothing_held
from bot.say import Say, plain
from bot.words import Words
from storage.database import Store
from storage.outbox import Promise, named
from storage.people import Account, Person

# A Monday, ten in the morning in Paris.
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
KINDS = [
    ContactSpec("reminder"),
    ContactSpec("second"),
    ContactSpec("word", budget="announcement"),
    ContactSpec("alarm", optional=False, budget="announcement", urgent=True),
    ContactSpec("notice", optional=False),
    ContactSpec(SILENCE, optional=False),
]
LOCALES = [Path(__file__).parents[2] / "bot" / "locales", Path(__file__).parent / "locales"]


class Killed(BaseException):
    """The process died here."""


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        return self.time

    def advance(self, **amount: float) -> None:
        self.time += timedelta(**amount)

    async def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


class Death:
    """A checkpoint that kills at a named step, the nth time it is reached. Counts all steps."""

    def __init__(self, step: str = "", nth: int = 1) -> None:
        self.step, self.nth = step, nth
        self.steps: Counter[str] = Counter()

    def __call__(self, step: str) -> None:
        self.steps[step] += 1
        if step == self.step and self.steps[step] == self.nth:
            raise Killed(step)


def words(text: str) -> Say:
    return Say(lines=(plain(text),))


class World:
    """One platform, its people and rooms, and the store."""

    def __init__(self, store: Store, *, forms: bool = True, pace: Pace | None = None) -> None:
        self.store = store
        self.now = Clock()
        self.server = MemoryServer("acme", self.now, forms=forms)
        self.platform = MemoryPlatform(self.server, pace=pace or Pace(timeout=10))
        self.words = Words(LOCALES)
        self.attention = Attention(KINDS, WorkingTime("Europe/Paris"))

    def outbox(
        self, death: Death | None = None, *, holder: str = "here", lease: float = 6.0, holding: Holding = nothing_held
    ) -> Outbox:
        """A fresh process: what it knows is in the database and on the platform."""
        return Outbox(
            self.store,
            self.words,
            {"acme": self.platform},
            self.attention,
            self.now,
            death or Death(),
            holder=holder,
            lease=lease,
            holding=holding,
            sleep=self.now.sleep,
        )

    async def person(self, name: str, *, language: str = "", zone: str = "") -> tuple[int, str]:
        """Someone with an account; returns their id here, and their account's there."""
        account = self.server.join_person(name)
        async with self.store.write() as session:
            person = Person(name=name, language=language, zone=zone, created_at=self.now())
            session.add(person)
            await session.flush()
            assert person.id is not None
            at = self.now()
            session.add(
                Account(person_id=person.id, platform="acme", external_id=account, checked_at=at, created_at=at)
            )
        return person.id, account

    def room(self, name: str) -> str:
        return self.server.open_room(name, [BOT])

    def said(self, room: str) -> list[str]:
        """What the bot said in a room, in order, as it stands now."""
        messages = self.server.rooms[room].messages.values()
        return [message.message.parts[0].text for message in sorted(messages, key=lambda one: one.turn)]

    def told(self, account: str) -> list[str]:
        """What one person was told in the room between them and the bot."""
        places = [place for place in self.server.rooms.values() if place.direct == account]
        return [text for place in places for text in self.said(place.id)]

    async def row(self, name: str) -> Promise:
        async with self.store.read() as session:
            return (await named(session, [name]))[name]

    async def states(self, *names: str) -> list[str]:
        return [(await self.row(name)).state for name in names]


async def promised(store: Store, outbox: Outbox, now: datetime, *tells: Sequence[object]) -> None:
    """Plan several promises in one transaction: (to, text, name, options)."""
    async with store.write() as session:
        planner: Planner = outbox.within(session, now)
        for to, text, name, options in tells:
            given = {"kind": "notice", **dict(options)}  # type: ignore[call-overload]
            await planner.tell(to, words(str(text)) if text else None, name=str(name), **given)  # type: ignore[arg-type]
    outbox.wake()
