"""A company whose bot can be driven one step at a time, stopped in the middle of a commit, and started again.

On PostgreSQL there are several of it at once, which share what there is to do, as processes on several machines do.
People see whispers and rooms; nothing here looks at what the bot wrote down, but to hand it its own events again.
"""

from __future__ import annotations

import asyncio
import itertools
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from adapters import PLATFORMS
from adapters.memory.platform import MemoryPlatform
from adapters.memory.server import BOT, MemoryServer
from bot.app import App
from bot.chat import EVENT, Command, Event, Joined, Left, Press, Submission
from bot.config import load
from bot.nudge import Nudge, TickSpec
from nudges import NUDGES
from storage import events
from storage.database import Store, StoreUnavailable
from storage.events import Recorded
from storage.tables import METADATA
from tests.contract.world import Killed
from tests.scenarios.company import toml

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # a Tuesday, ten in the morning in Paris
EMPLOYEES = ("ana", "bob", "pam")
CIRCLE = ("kim", "lee", "mo")
FRESH = ("zoe", "zed")
PEOPLE = (*EMPLOYEES, *CIRCLE, "dia", "odi", "gil")
"""dia leads the company, odi administers, gil is a guest."""

AGAIN = 5
"""How often what the database ended half-way is done again: it ends what it hears nothing of for three seconds, which a
busy machine brings about by itself."""

_T = TypeVar("_T")


async def kept(work: Callable[[], Awaitable[_T]]) -> _T:
    """Do something as the bot's own loops do: where the database was away, all of it again."""
    for _ in range(AGAIN):
        try:
            return await work()
        except StoreUnavailable:
            pass
    return await work()


class Mortal(Store):
    """A store under which the process dies when a commit is due. fatal: which one from now on; 0 for none."""

    fatal = 0

    @asynccontextmanager
    async def write(self, *, first: bool = False) -> AsyncIterator[AsyncSession]:
        async with super().write(first=first) as session:
            yield session
            self.fatal -= 1
            if self.fatal == 0:
                raise Killed


class House:
    """The people, their platform, and the bot's lives."""

    def __init__(
        self,
        empty: Path | str,
        folder: Path,
        settings: Mapping[str, Any],
        *,
        leaders: Sequence[str] = ("dia",),
        more: Sequence[Nudge] = (),
    ) -> None:
        """empty: a file with all tables, or the URL of a database of which all tables are emptied. folder: of its own.

        settings: of communities. leaders: who leads the company. more: capabilities beside the usual ones.
        """
        self.nudges = (*NUDGES, *more)
        self.now = START
        self.loop = asyncio.new_event_loop()
        self.server = MemoryServer("acme", lambda: self.now)
        self.ids = {who: self.server.join_person(who, kind="guest" if who == "gil" else "member", language="en")
                    for who in (*PEOPLE, *FRESH)}  # fmt: skip
        self.circle = self.server.open_room("deciders", [self.ids[who] for who in CIRCLE] + [BOT], private=True)
        self._url = empty if isinstance(empty, str) else ""
        self._bots = 2 if self._url else 1
        if isinstance(empty, Path):
            self._url = f"sqlite+aiosqlite:///{shutil.copyfile(empty, folder / 'parvis.db')}"
        tables = {
            "parvis": {"contact": "us", "zone": "Europe/Paris", "default_language": "en"},
            "platforms": {"acme": {"kind": "memory"}},
            "web": {"private": "off"},
            "roles": {
                "animator": [f"acme:room:{self.circle}"],
                "leader": [f"acme:{self.ids[who]}" for who in leaders],
                "admin": [f"acme:{self.ids['odi']}"],
            },
            "rooms": {"animator": [{"platform": "acme", "room": self.circle}]},
            "communities": dict(settings),
        }
        path = folder / "parvis.toml"
        path.write_text(toml(tables), "utf-8")
        models = {nudge.id: nudge.settings for nudge in NUDGES}
        self._config = load(path, {"PARVIS_AUDIT_KEY": "0123456789abcdef" * 4}, models, PLATFORMS)
        self._serial = itertools.count(1)
        self.does(self._moves_in())

    def does(self, work: Coroutine[Any, Any, _T]) -> _T:
        """Let something happen to its end."""
        return self.loop.run_until_complete(work)

    async def _moves_in(self) -> None:
        if self._bots > 1:
            store = await Store.open(self._url, migrate=False)
            async with store.write() as session:
                tables = ", ".join(f'"{table}"' for table in METADATA.tables)
                await session.exec(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))  # type: ignore[call-overload]
            await store.close()
        await self._start()

    async def _start(self) -> None:
        self.apps: list[App] = []
        for number in range(self._bots):
            store = await Mortal.open(self._url, migrate=False)
            assert isinstance(store, Mortal), "open makes one of the class it is called on"
            platforms = {"acme": MemoryPlatform(self.server)}
            how: dict[str, Any] = {"holder": f"bot {number}", "nudges": self.nudges}
            self.apps.append(App(self._config, store, platforms, lambda: self.now, **how))
        self.app = self.apps[0]
        assert isinstance(self.app.store, Mortal)
        self.store = self.app.store
        await kept(self.app.grants.named)
        await kept(lambda: self.app.grants.members(["acme"]))

    async def restart(self) -> None:
        """The process is gone, and another one begins; it goes on with what was recorded."""
        await self._leave()
        await self._start()
        await self._go_on()

    async def _leave(self) -> None:
        for app in self.apps:
            await app.store.close()

    def close(self) -> None:
        """The end of the house."""
        self.does(self._leave())
        self.loop.close()

    # ---------------------------------------------------------------- what people do

    def _about(self, who: str) -> dict[str, Any]:
        key = f"E{next(self._serial)}"
        about = {"key": key, "platform": "acme", "by": self.ids[who], "room": self.circle, "at": self.now}
        return {**about, "handle": self.server.handle(self.ids[who])}

    def types(self, who: str, line: str) -> Command:
        """A command, not handed in yet; so are the others."""
        return Command(text=line, **self._about(who))

    def presses(self, who: str, action: str, value: object) -> Press:
        return Press(action=action if "." in action else f"community.{action}", value=str(value), **self._about(who))

    def fills(self, who: str, form: str, values: Mapping[str, str], meta: str = "") -> Submission:
        return Submission(form=form, values=dict(values), meta=meta, **self._about(who))

    def moves(self, who: str, *, inside: bool) -> Event:
        """Somebody enters or leaves the circle of those who decide."""
        members, account = self.server.rooms[self.circle].members, self.ids[who]
        if inside and account not in members:
            members.append(account)
        if not inside and account in members:
            members.remove(account)
        about = {key: value for key, value in self._about(who).items() if key != "handle"}
        return (Joined if inside else Left)(**about)

    # ---------------------------------------------------------------- what comes of it

    async def ask(self, *asked: Event, fatal: int = 0) -> list[str]:
        """Hand in events that come at once, and tell what each of their people was shown alone.

        fatal: at which commit the process dies, if it comes to so many; another one goes on then.
        """
        before = {who: len(self.server.accounts[each.by].whispers) for who, each in enumerate(asked)}
        await kept(lambda: self._record(asked))
        self.store.fatal = fatal
        try:
            await self._go_on()
        except Killed:
            await self.restart()
        self.store.fatal = 0
        shown = [self.server.accounts[each.by].whispers[before[who] :] for who, each in enumerate(asked)]
        return ["\n".join(part.text for one in whispers for part in one.message.parts) for whispers in shown]

    async def _record(self, asked: Sequence[Event]) -> None:
        recorded = [each for each in asked if await self._passes(each)]
        async with self.store.write() as session:
            await events.record(session, [self.app.intake._row(each) for each in recorded])

    async def _passes(self, event: Event) -> bool:
        """A form is checked before it is taken, as every platform does."""
        return not isinstance(event, Submission) or await self.app.intake.check(event) is None

    async def again(self, event: Event) -> None:
        """The platform tells of something once more, as it does when it heard no acknowledgement."""
        await self.ask(event)

    async def _go_on(self) -> None:
        """Handle all that is recorded, at once what came at once; several bots each take their turn."""
        while rows := await kept(self._recorded):
            handled = [self._handled(self.apps[at % self._bots], row) for at, row in enumerate(rows)]
            outcomes = [await handled[0]] if len(handled) == 1 else list(await asyncio.gather(*handled))
            assert set(outcomes) <= {"handled"}, outcomes
        await kept(self.app.sequences.drain)

    async def _handled(self, app: App, row: Recorded) -> str:
        event = EVENT.validate_json(row.body)
        return await kept(lambda: app.dispatcher.handle(row.id or 0, row.tries, event))

    async def _recorded(self) -> Sequence[Recorded]:
        waiting = select(Recorded).where(Recorded.state == "new").order_by(col(Recorded.id))
        async with self.store.read() as session:
            return (await session.exec(waiting)).all()

    async def passes(self, time: timedelta, *, away: bool = False) -> None:
        """Time goes by. away: the bot does not run meanwhile, and has not looked at its deadlines since."""
        self.now += time
        if not away:
            await self.look()

    async def look(self) -> None:
        """What the bot looks at each minute."""
        for nudge in self.nudges:
            for tick in nudge.ticks:
                if tick.name.endswith(".deadlines"):
                    await kept(partial(self._looks, nudge, tick))

    async def _looks(self, nudge: Nudge, tick: TickSpec) -> None:
        async with self.store.write() as session:
            await tick.handler(self.app.parts.context(session, self.now, None, nudge))

    def opened(self) -> dict[str, int]:
        """The rooms that the bot made, by what they are called, and how many of each."""
        found: dict[str, int] = {}
        for place in self.server.rooms.values():
            if place.key:
                found[place.title] = found.get(place.title, 0) + 1
        return found


def one_each(sets: Iterable[frozenset[str]]) -> int:
    """To how many of these sets a member can be given that no other has: the size of a matching."""
    given: dict[str, frozenset[str]] = {}

    def place(wanted: frozenset[str], tried: set[str]) -> bool:
        for each in sorted(wanted - tried):
            tried.add(each)
            if each not in given or place(given[each], tried):
                given[each] = wanted
                return True
        return False

    return sum(place(each, set()) for each in sets)
