"""The bot's understanding half on a platform inside the process: intake, dispatch and a small capability."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from adapters.memory.platform import MemoryPlatform
from adapters.memory.server import MemoryServer
from bot.chat import Command, Profile, Spoke, Submission
from bot.dispatch import Dispatcher
from bot.intake import Intake
from bot.lookup import Lookup
from bot.nudge import Answer, Asking, Context, FieldErrors, Nudge, Refused, Role
from bot.outbox import Outbox
from bot.parts import Parts
from bot.say import Ask, Question, say
from storage import people
from storage.database import Store, StoreUnavailable
from storage.events import Recorded
from storage.outbox import Promise
from storage.people import Account, Person
from tests.contract.world import LOCALES, Clock, Death, World
from tests.humans import eventually

ANIMATORS = frozenset({Role.ANIMATOR})
_rows_open: ContextVar[int] = ContextVar("rows_open", default=0)
"""Sessions that are open where we are: in this task, or in the one that began it."""


class Asked(MemoryPlatform):
    """A platform that counts how often it is asked who somebody is, and looks whether rows are open meanwhile.

    never: of whom it is asked in vain: no answer comes.
    """

    def __init__(self, server: MemoryServer) -> None:
        super().__init__(server)
        self.profiles: list[str] = []
        self.never: set[str] = set()
        self.rows_open = 0

    async def profile(self, person: str, *, since: datetime | None = None) -> Profile:
        self.profiles.append(person)
        self.rows_open += _rows_open.get()
        if person in self.never:
            await asyncio.Event().wait()
        return await super().profile(person, since=since)


@dataclass
class Garden:
    """A capability that does what a test tells it to. done: what was handled, as each handler saw it."""

    done: list[str] = field(default_factory=list)
    during: dict[str, Callable[[], Awaitable[None]]] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    accounts: list[Mapping[str, str]] = field(default_factory=list)  # of each check, what it was told of accounts

    def nudge(self) -> Nudge:
        nudge = Nudge(id="garden", catalogs=LOCALES[0], settings=BaseModel)
        nudge.command("note")(self.note)
        nudge.command("decide", by=ANIMATORS)(self.note)
        nudge.command("refuse")(self.refuse)
        nudge.command("sow")(self.sow)
        nudge.form("garden.sow", check=self.check, accounts=["who"])(self.sown)
        nudge.hears(Spoke)(self.hear)
        return nudge

    async def note(self, event: Command, ctx: Context) -> Answer:
        """Leave a row that says so; the test may do anything meanwhile."""
        ctx.session.add(Person(name=f"note {event.text}", created_at=ctx.now))
        await ctx.session.flush()
        if event.text in self.during:
            await self.during[event.text]()
        self.done.append(event.text)
        return say("plain", text=f"noted {event.text}")

    async def refuse(self, event: Command, ctx: Context) -> Answer:
        ctx.session.add(Person(name=f"note {event.text}", created_at=ctx.now))
        await ctx.session.flush()
        raise Refused("dialogue-empty")

    async def sow(self, _event: Command, _ctx: Context) -> Answer:
        return Ask(id="garden.sow", questions=(Question(name="who", kind="people"), Question(name="what")))

    async def check(self, asking: Asking) -> FieldErrors:
        self.accounts.append(asking.accounts)
        await people.granted(asking.session, Role.ANIMATOR)
        return {}

    async def sown(self, event: Submission, ctx: Context) -> Answer:
        if event.values["what"] == "weeds":
            raise Refused("dialogue-empty")
        said = Command(key=event.key, platform=event.platform, at=event.at, text=event.values["what"])
        return await self.note(said, ctx)

    async def hear(self, event: Spoke, _ctx: Context) -> Answer:
        self.heard.append(event.key)
        return None


class Trail:
    """A `bot.nudge.Trail` that nothing is written to here."""

    async def append(self, session: AsyncSession, **_entry: Any) -> None:
        raise AssertionError("nothing is decided here")


class FailingStore(Store):
    """A store that is away when told so."""

    away: Literal["", "write", "all"] = ""
    commits = 0
    refused = 0

    @asynccontextmanager
    async def write(self, *, first: bool = False) -> AsyncIterator[AsyncSession]:
        if self.away:
            self.refused += 1
            raise StoreUnavailable("SQLITE_FULL")
        with self._counted():
            async with super().write(first=first) as session:
                yield session
        self.commits += 1

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        if self.away == "all":
            raise StoreUnavailable("SQLITE_CANTOPEN")
        with self._counted():
            async with super().read() as session:
                yield session

    @contextmanager
    def _counted(self) -> Iterator[None]:
        before = _rows_open.set(_rows_open.get() + 1)
        try:
            yield
        finally:
            _rows_open.reset(before)


class Spine:
    """What understands, on a store: several lives of it, one after another or at once."""

    def __init__(self, store: Store, *more: Nudge) -> None:
        """more: capabilities besides the garden."""
        self.more = more
        self.store = FailingStore(store._writing, store._reading)
        self.store._turn = store._turn  # one writer at a time on SQLite, as in one process
        self.world = World(self.store)
        self.now: Clock = self.world.now
        self.server = self.world.server
        self.platform = Asked(self.server)
        self.garden = Garden()
        self.outcomes: list[tuple[str, str]] = []
        self._serial = 0

    def intake(self, death: Death | None = None, **how: Any) -> Intake:
        """A new life. how: as `Intake`."""
        how = {"idle": 0.02, "observe": lambda kind, outcome: self.outcomes.append((kind, outcome)), **how}
        return Intake(self.store, Dispatcher(self.parts()), self.now, death or Death(), **how)

    def parts(self) -> Parts:
        """What a life works with."""
        outbox = Outbox(
            self.store, self.world.words, {"acme": self.platform}, self.world.attention, self.now, sleep=self.now.sleep
        )
        return Parts(
            store=self.store,
            words=self.world.words,
            platforms={"acme": self.platform},
            lookup=Lookup([self.garden.nudge(), *self.more]),
            outbox=outbox,
            audit=Trail(),
            settings={},
            rooms={},
            role_rooms={},
            calendar=None,
            now=self.now,
            contact={"": "the works council"},
        )

    @asynccontextmanager
    async def living(self, intake: Intake) -> AsyncIterator[Intake]:
        """It runs inside; afterwards it is gone, whatever it was doing."""
        task = asyncio.create_task(intake.run())
        try:
            yield intake
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def person(self, name: str, **how: Any) -> str:
        return self.server.join_person(name, **how)

    def says(self, by: str, text: str, **how: Any) -> Command:
        """A line in the direct room, not handed in yet."""
        self._serial += 1
        usual = {"key": f"e{self._serial}", "platform": "acme", "by": by, "at": self.now(), "direct": True}
        return Command(text=text, **{**usual, **how})

    async def events(self, **where: Any) -> list[Recorded]:
        async with self.store.read() as session:
            found = await session.exec(select(Recorded).filter_by(**where).order_by(col(Recorded.id)))
            return list(found)

    async def states(self) -> list[str]:
        return [each.state for each in await self.events()]

    async def settled(self) -> None:
        """Wait until no event waits that is due."""

        async def still() -> bool:
            return not [each for each in await self.events(state="new") if each.due <= self.now()]

        await eventually(still, "all events are handled")

    async def told(self, by: str = "") -> list[str]:
        """The ids of what is promised to an account (or anybody), in order."""
        async with self.store.read() as session:
            query = select(Promise).order_by(col(Promise.id))
            if by:
                query = query.where(col(Promise.person_id).in_(select(Account.person_id).filter_by(external_id=by)))
            return [each.body for each in await session.exec(query) if not each.name.startswith("greeting")]

    async def notes(self) -> list[str]:
        """What handlers wrote, in order."""
        async with self.store.read() as session:
            query = select(Person.name).where(col(Person.name).like("note %")).order_by(col(Person.id))
            return [name.removeprefix("note ") for name in await session.exec(query)]
