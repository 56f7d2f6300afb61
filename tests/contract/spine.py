"""The bot's understanding half on a platform inside the process: intake, dispatch and a small capability."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from adapters.memory.platform import MemoryPlatform
from adapters.memory.server import MemoryServer
from bot.chat import Command, Profile, Spoke
from bot.dispatch import Dispatcher
from bot.intake import Intake
from bot.lookup import Lookup
from bot.nudge import Answer, Context, Nudge, Refused, Role
from bot.outbox import Outbox
from bot.parts import Parts
from bot.say import say
from storage.database import Store, StoreUnavailable
from storage.events import Recorded
from storage.outbox import Promise
from storage.people import Account, Person
from tests.contract.world import LOCALES, Clock, Death, World
from tests.humans import eventually

ANIMATORS = frozenset({Role.ANIMATOR})


class Asked(MemoryPlatform):
    """A platform that counts how often it is asked who somebody is."""

    def __init__(self, server: MemoryServer) -> None:
        super().__init__(server)
        self.profiles: list[str] = []

    async def profile(self, person: str) -> Profile:
        self.profiles.append(person)
        return await super().profile(person)


@dataclass
class Garden:
    """A capability that does what a test tells it to. done: what was handled, as each handler saw it."""

    done: list[str] = field(default_factory=list)
    during: dict[str, Callable[[], Awaitable[None]]] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)

    def nudge(self) -> Nudge:
        nudge = Nudge(id="garden", catalogs=LOCALES, settings=BaseModel)
        nudge.command("note")(self.note)
        nudge.command("decide", by=ANIMATORS)(self.note)
        nudge.command("refuse")(self.refuse)
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
        async with super().write(first=first) as session:
            yield session
        self.commits += 1

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        if self.away == "all":
            raise StoreUnavailable("SQLITE_CANTOPEN")
        async with super().read() as session:
            yield session


class Spine:
    """What understands, on a store: several lives of it, one after another or at once."""

    def __init__(self, store: Store) -> None:
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
        outbox = Outbox(
            self.store, self.world.words, {"acme": self.platform}, self.world.attention, self.now, sleep=self.now.sleep
        )
        parts = Parts(
            store=self.store,
            words=self.world.words,
            platforms={"acme": self.platform},
            lookup=Lookup([self.garden.nudge()]),
            outbox=outbox,
            audit=Trail(),
            settings={},
            rooms={},
            role_rooms={},
            calendar=None,
            now=self.now,
            contact="the works council",
        )
        how = {"idle": 0.02, "observe": lambda kind, outcome: self.outcomes.append((kind, outcome)), **how}
        return Intake(self.store, Dispatcher(parts), self.now, death or Death(), **how)

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
