"""A company that scenarios happen in: people on a platform, the bot at work among them, and a clock of their own."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from weakref import WeakSet
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, inspect
from sqlmodel import SQLModel, col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from adapters import PLATFORMS
from bot import people
from bot.app import App
from bot.chat import Pace, Platform
from bot.config import Config, load
from bot.nudge import Nudge
from bot.nudging.rules import ALL
from nudges import NUDGES
from storage import releases
from storage.database import Store
from storage.events import Recorded
from storage.outbox import Promise, Running
from storage.people import Person
from tests.humans import PATIENCE, Human, Town, eventually
from tests.servers.oidc import SECRET

HOME = ZoneInfo("Europe/Paris")
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=HOME)
PLATFORM = "acme"  # the configured name of the platform


class Killed(BaseException):
    """The process was killed at a named step: nothing after it happens."""


class Clock:
    """Time as the company has it: it flows as everywhere, and can be moved forward."""

    def __init__(self, start: datetime = TUESDAY) -> None:
        """start: aware."""
        self._start = start.astimezone(UTC)
        self._began = time.monotonic()
        self._moved = timedelta()
        self.moved: list[Callable[[], None]] = []  # called after each jump

    def now(self) -> datetime:
        """The instant, UTC."""
        return self._start + self._moved + timedelta(seconds=time.monotonic() - self._began)

    def advance(self, **by: float) -> None:
        """Move forward, `advance(hours=3)`, and wake whatever looks at the time."""
        self._moved += timedelta(**by)
        for wake in self.moved:
            wake()

    def advance_to(self, when: datetime) -> None:
        """Move forward to an instant; one without zone is Paris time."""
        at = when if when.tzinfo else when.replace(tzinfo=HOME)
        assert at > self.now(), f"{at} is past: it is {self.now().astimezone(HOME)}"
        self.advance(seconds=(at - self.now()).total_seconds())


@dataclass
class Death:
    """When to die: at the nth time that a step is reached. died: it happened."""

    step: str = ""
    nth: int = 1
    died: asyncio.Event = field(default_factory=asyncio.Event)
    seen: list[str] = field(default_factory=list)

    def reach(self, step: str) -> None:
        """A named step is reached. Raises Killed at the fatal one, and at whatever comes after it."""
        self.seen.append(step)
        self.check(step)
        if step == self.step:
            self.nth -= 1
            if self.nth == 0:
                self.died.set()
                raise Killed(step)

    def check(self, what: str) -> None:
        """Nothing happens after death. Raises Killed."""
        if self.died.is_set():
            raise Killed(what)


class MortalStore(Store):
    """The store as one life of the bot has it: what a dead process had not committed is not committed."""

    death = Death()
    busy = 0

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        with self._alive("read"):
            async with super().read() as session:
                yield session

    @asynccontextmanager
    async def write(self, *, first: bool = False) -> AsyncIterator[AsyncSession]:
        with self._alive("write"):
            async with super().write(first=first) as session:
                yield session
                self.death.check("commit")

    @contextmanager
    def _alive(self, what: str) -> Iterator[None]:
        self.death.check(what)
        self.busy += 1
        try:
            yield
        finally:
            self.busy -= 1


class Life:
    """One run of the bot: its platform, its store, and every task that it began."""

    _of: ContextVar[Life] = ContextVar("life")

    def __init__(self, platform: Platform, store: MortalStore, death: Death) -> None:
        self.platform = platform
        self.store = store
        self.death = death
        self.tasks: WeakSet[asyncio.Task[Any]] = WeakSet()

    @contextmanager
    def within(self) -> Iterator[None]:
        """Tasks begun inside, and all that these begin, belong to this life."""
        asyncio.get_running_loop().set_task_factory(_begin)
        token = Life._of.set(self)
        try:
            yield
        finally:
            Life._of.reset(token)

    async def end(self) -> None:
        """Whatever still goes on, stops in the middle; but no query, whose lock a dead process would not keep."""

        async def at_rest() -> bool:
            return not self.store.busy

        await eventually(at_rest, "the queries under way come to nothing")
        left = [task for task in self.tasks if not task.done()]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await self.platform.close()


def _begin(loop: asyncio.AbstractEventLoop, work: Any, **how: Any) -> asyncio.Task[Any]:
    task: asyncio.Task[Any] = asyncio.Task(work, loop=loop, **how)
    life = Life._of.get(None)
    if life and not life.death.died.is_set():  # what begins later is a library's cleaning up, and must be let finish
        life.tasks.add(task)
    return task


class Company:
    """What a scenario may look at besides what people see. animators: the id of the animators' room."""

    def __init__(self, where: str, town: Town, store: Store, clock: Clock, home: Path) -> None:
        """where: the platform it lives on. home: the folder of its database, and of its file of settings.

        store: open on home / "parvis.db", or wherever `url` points to, to look at from outside.
        """
        self.where = where
        self.town = town
        self.store = store
        self.clock = clock
        self.animators = ""
        self.people: dict[str, Human] = {}
        self.death = Death()
        self.url = f"sqlite+aiosqlite:///{home / 'parvis.db'}"
        self._file = home / "parvis.toml"
        self._settings: dict[str, Any] = {}
        self.capabilities: Sequence[Nudge] = NUDGES
        self._app: App | None = None
        self._life: Life | None = None
        town.settled = self.settled
        clock.moved.append(self._wake)

    @property
    def app(self) -> App:
        """The bot at work."""
        assert self._app, "the bot is not running"
        return self._app

    async def person(self, name: str, **how: Any) -> Human:
        """Someone new in the company; how: as `Town.person`."""
        human = await self.town.person(name, **how)
        self.people[name] = human
        if not self.town.ways.languages and "language" in how:
            await self._chose(human, how["language"])
        return human

    async def _chose(self, human: Human, language: str) -> None:
        """Accounts have no language here: this one told the bot theirs before the scenario began."""
        now = self.clock.now()
        async with self.store.write() as session:
            person = await session.get(Person, await people.find(session, PLATFORM, human.external, now, human.name))
            assert person
            person.language = language
            session.add(person)

    async def found(self, settings: Mapping[str, Any]) -> None:
        """Settle the people, the animators' room and the bot. settings: tables of the file, over the usual."""
        await self.person("ana", language="fr")
        await self.person("bob", language="en")
        alice, arthur = await self.person("alice", language="en"), await self.person("arthur", language="fr")
        diane = await self.person("diane", language="fr")
        odile = await self.person("odile", language="fr")
        self.animators = await self.town.room(f"animators-{time.time_ns() % 10**9}", [alice, arthur], private=True)
        self._settings = merged(self._usual([alice, arthur], diane, odile), settings)
        await self.start()

    def _usual(self, animators: Sequence[Human], leader: Human, admin: Human) -> dict[str, Any]:
        return {
            "parvis": {
                "contact": "the communication team",
                "contact_in": {"fr": "l’équipe communication"},
                "zone": "Europe/Paris",
                "default_language": "en",
            },
            "platforms": {PLATFORM: {"kind": "memory"}},
            "web": {"private": "off"},
            "roles": {
                "animator": [f"{PLATFORM}:{human.external}" for human in animators],
                "leader": [f"{PLATFORM}:{leader.external}"],
                "admin": [f"{PLATFORM}:{admin.external}"],
            },
            "rooms": {"animator": [{"platform": PLATFORM, "room": self.animators, "language": "en"}]},
            # The homeserver of the tests is full of other tests' rooms.
            "communities": {"find_strays": not self.where.startswith("matrix")},
        }

    def config(self) -> Config:
        """The settings, read as the bot reads them."""
        self._file.write_text(toml(self._settings), "utf-8")
        models = {nudge.id: nudge.settings for nudge in NUDGES}
        secrets = {"PARVIS_AUDIT_KEY": "0123456789abcdef" * 4, "PARVIS_SIGN_ON_SECRET": SECRET}
        return load(self._file, secrets, models, PLATFORMS)

    @property
    def settings(self) -> dict[str, Any]:
        """The tables of the file, to be changed while the bot is stopped."""
        return self._settings

    async def releases(self, *, swept: bool = True) -> None:
        """What is sent unasked was looked at, confirmed and begun long ago.

        swept: also what the bot looks for by itself, such as reminders of profiles.
        """
        kinds = [each for each in self.app.nudged.looking.kinds if swept or each.spec.due is None]
        await release(self.store, [each.spec.kind for each in kinds], self.clock.now())

    # ---------------------------------------------------------------- the bot's life

    async def start(self) -> None:
        """Start the bot on what the store and the platform remember."""
        platform = self.town.platform()
        platform.pace = Pace(per_room=0.0, in_flight=platform.pace.in_flight, timeout=platform.pace.timeout)
        platforms: dict[str, Platform] = {PLATFORM: platform}
        store = await MortalStore.open(self.url, migrate=False)
        assert isinstance(store, MortalStore), "open makes one of the class it is called on"
        store.death = self.death
        self._life = Life(platform, store, self.death)
        with self._life.within():
            self._app = App(self.config(), store, platforms, self.clock.now, self.death.reach, nudges=self.capabilities)
            await self._app.start()

        async def connected() -> bool:
            return platform.connected

        await eventually(connected, "the bot is connected")

    async def stop(self) -> None:
        """Stop the bot as an administrator does."""
        app, self._app = self._app, None
        if app and self._life:
            await app.stop()
            await self._life.store.close()

    async def restart(self, settings: Mapping[str, Any] | None = None) -> None:
        """Stop it, unless it was killed, and start it again. settings: tables of the file, over those there are."""
        await self.stop()
        self._settings = merged(self._settings, settings or {})
        self.death = Death()
        await self.start()

    def dies_at(self, step: str, nth: int = 1) -> None:
        """Kill the bot the nth time that it reaches a step from now on."""
        self.death.step, self.death.nth = step, nth

    async def killed(self, within: float = PATIENCE) -> None:
        """Wait for the death arranged; nothing of the process is left afterwards."""
        async with asyncio.timeout(within):
            await self.death.died.wait()
        assert self._life
        await self.app.alarm.stop()
        self._app = None
        await self._life.end()
        await self._life.store.close()

    # ---------------------------------------------------------------- what is under way

    async def settled(self) -> None:
        """Wait until nothing is under way: all events handled, all that is due said, all sequences at rest."""
        since: list[float] = []

        async def still() -> bool:
            if await self._under_way():
                since.clear()
            else:
                since.append(time.monotonic())
            return bool(since) and since[-1] - since[0] >= self.town.ways.quiet

        await eventually(still, "things settle down")

    async def _under_way(self) -> int:
        if not self._app:
            return 0
        # Looks that a jump of the clock began; what is shown at once, after it was handled.
        if self._app.tasks.soon or self._app.intake._going or not self.town.delivered():
            return 1
        return await under_way(self.store, self.clock.now())

    async def looked(self) -> None:
        """Wait until all that a jump of the clock made the bot look at was looked at; what follows may be under way."""

        async def done() -> bool:
            return not self.app.tasks.soon

        await eventually(done, "the bot looked around")

    async def acquainted(self) -> None:
        """Wait until the bot has gone through the people that it could see when it was started."""

        async def done() -> bool:
            return PLATFORM in self.app.census.done

        await eventually(done, "the bot knows who there is")

    async def rows(self, table: type[SQLModel], **where: Any) -> list[Any]:
        """Rows of a table with these values, in the order they were made."""
        async with self.store.read() as session:
            query = select(table).order_by(*inspect(table).primary_key)
            found = await session.exec(query.filter_by(**where))
            return list(found)

    def _wake(self) -> None:
        if self._app:
            self._app.wake()


async def release(store: Store, kinds: Iterable[str], now: datetime) -> None:
    """Let these kinds of contact be sent, as if administrators had gone through all its steps."""
    async with store.write() as session:
        await releases.write(session, informed_on="2026-01-05", informed_at=now, confirmed_at=now, seed="seed")
        for kind in kinds:
            await releases.write_kind(session, kind, now, stage=ALL)


def _under_way() -> Any:
    now: Any = bindparam("now")
    events = select(func.count()).where(col(Recorded.state).in_(["new", "heard"]), col(Recorded.due) <= now)
    promises = select(func.count()).where(col(Promise.state).in_(["later", "todo", "going"]), col(Promise.due) <= now)
    sequences = select(func.count()).where(Running.phase == "running", col(Running.due) <= now)
    return select(*(each.scalar_subquery() for each in (events, promises, sequences)))


_UNDER_WAY = _under_way()  # one look, since it is taken hundreds of times a story


async def under_way(store: Store, now: datetime) -> int:
    """How much a bot with this store has to do: events to handle, promises and steps that are due."""
    async with store.read() as session:
        return sum((await session.exec(_UNDER_WAY, params={"now": now})).one())


def merged(usual: Mapping[str, Any], special: Mapping[str, Any]) -> dict[str, Any]:
    """Tables over tables."""
    both = dict(usual)
    for key, value in special.items():
        both[key] = merged(both.get(key, {}), value) if isinstance(value, Mapping) else value
    return both


def toml(tables: Mapping[str, Any]) -> str:
    """Settings as a file of them; values as JSON, which TOML takes for texts, numbers, booleans and lists of those."""
    lines: list[str] = []

    def write(at: str, table: Mapping[str, Any]) -> None:
        lines.append(f"[{at}]")
        lines.extend(f"{key} = {_value(value)}" for key, value in table.items() if not isinstance(value, Mapping))
        for key, value in table.items():
            if isinstance(value, Mapping):
                write(f"{at}.{key}", value)

    for name, table in tables.items():
        write(name, table)
    return "\n".join([*lines, ""])


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(each) for each in value)}]"
    return json.dumps(value, ensure_ascii=False)
