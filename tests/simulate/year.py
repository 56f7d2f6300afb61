"""A year of a company: its people, the real bot among them, and the clock that goes from one half hour to the next.

The bot is `bot.app.App` as it is wired for everybody: intake, dispatch, planner, ledger, rules, sender. Only who wakes
it differs: instead of an alarm that goes by real minutes, each half hour the ticks that are due are run, and what is
due is sent until nothing is left.
"""

from __future__ import annotations

import asyncio
import gc
import json
import traceback
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlmodel import col, func, select

from adapters import PLATFORMS
from adapters.memory import MemoryPlatform, Posted
from bot import people as accounts
from bot.app import App
from bot.chat import Pace
from bot.config import Config, load
from nudges import NUDGES
from storage import events, roster
from storage.database import Store
from storage.outbox import Promise
from tests.humans import eventually
from tests.scenarios.company import merged, toml
from tests.simulate.eager import Eager
from tests.simulate.hands import Hands
from tests.simulate.judge import Judge, Received
from tests.simulate.letters import read
from tests.simulate.people import START, Deed, Doing, Facts, Mail, Person
from tests.simulate.world import Chat, Clock, Direct

PLATFORM = "acme"
STEP = timedelta(minutes=30)
OFTEN = frozenset({"profiles", "simulated", "wishes"})
"""Capabilities that have to do with what is sent unasked."""
HUSHED = {12: 4, 160: 10}
"""Day -> for how many days, from its end on, nothing unasked is said to anybody."""
RELEASED = 60
"""Days on which the administrator looks whether a first wave is over."""
PACE = Pace(per_room=0.0, in_flight=8, timeout=60.0)
_SELDOM = (50_000, 20, 50)
"""Thresholds of the collector of cycles."""
_MOMENT = timedelta(seconds=1)
"""What people do is heard so long before the bot looks around: a stop at nine holds for what is due at nine."""


@dataclass
class Figures:
    """What happened. failures: what the bot logged as an error."""

    deeds: int = 0
    letters: int = 0
    failures: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class How:
    """What bot it is. make: the bot, or one that lacks something. settings: tables of its file, over the usual.

    eager: days between two questions that a capability would ask each person, at least and at most. every: half hours
    between two looks around. often: capabilities that look as often as they want to; all others once a day.
    """

    make: type[App] = App
    settings: Mapping[str, Any] = field(default_factory=dict)
    eager: tuple[int, int] = (60, 120)
    every: int = 2
    often: frozenset[str] = OFTEN


class Year:
    """One company and its bot."""

    def __init__(self, people: Sequence[Person], home: Path, seed: int, how: How | None = None) -> None:
        """home: an empty folder for its database and settings."""
        self.people = people
        self.figures = Figures()
        self.judge = Judge([each.facts for each in people])
        self.clock = Clock(datetime.combine(START, time(0), UTC) - timedelta(days=1))
        self.chat = Chat(PLATFORM, self.clock.now, self._told)
        self._home = home
        self._how = how or How()
        self._admin = self.chat.join_person("admin", language="en")
        self._eager = Eager(seed, self._how.eager)
        self._people = {_join(self.chat, each): each for each in people}
        self._accounts = {person.facts.number: account for account, person in self._people.items()}
        self._deeds: list[tuple[datetime, int, int, Deed]] = []
        self._order = count()
        self._said: list[tuple[Person, Posted]] = []
        self._about: dict[str, frozenset[str]] = {}  # id of a message -> what it is about
        self._ticked: dict[str, datetime] = {}
        self._acting: set[int] = set()  # who does something just now, and hears the answer
        self._usual = gc.get_threshold()
        self._next: datetime | None = None  # when the next promise is due; None: nobody looked since something changed

    def _told(self, account: str, posted: Posted) -> None:
        """The bot said something to somebody."""
        person = self._people.get(account)
        if person is None:
            return
        letter = read(posted, acted=person.facts.number in self._acting)
        if letter is None:
            return
        self.figures.letters += 1
        self._about[posted.id] = letter.subjects
        received = Received(
            posted.at, person.facts.number, letter.subjects, letter.optional, letter.asks, letter.at_once
        )
        self.judge.received_by(received)
        deed = person.reads(Mail(posted.id, posted.at, letter.subjects, letter.asks))
        if deed is not None:
            self._plan(person, deed)

    def _plan(self, person: Person, deed: Deed) -> None:
        heappush(self._deeds, (deed.at, next(self._order), person.facts.number, deed))

    # ------------------------------------------------------------ time

    async def live(self, days: int, passed: Callable[[date], None] = lambda _day: None) -> None:
        """Live so many days. passed: told each day that is over."""
        for number in range(-1, days):
            day = START + timedelta(days=number)
            for person in self._people.values():
                for deed in person.day(day + timedelta(days=1)):  # in the east it begins a day earlier
                    self._plan(person, deed)
            begins = datetime.combine(day, time(0), UTC)
            # Each hour: one day at full hours, the next at half hours, which are the full ones of Kolkata. At weekends,
            # when hardly anybody works, each third.
            every = 3 * self._how.every if day.weekday() >= 5 else self._how.every
            for half in range(48):
                await self._until(begins + half * STEP, look=half % every == number % self._how.every)
            await self._tidy()
            await self._released(number)
            passed(day)

    async def _until(self, now: datetime, *, look: bool) -> None:
        """Half an hour passes: what people did is heard and answered; the bot looks around, and says what is due."""
        deeds = []
        while self._deeds and self._deeds[0][0] <= now:
            _, _, number, deed = heappop(self._deeds)
            deeds.append((number, deed))
        if deeds:
            self._next = None
            self.clock.at = now - _MOMENT
            self._acting = {number for number, _ in deeds}
            await self._do(deeds)
            self._acting = set()
        self.clock.at = now
        if look:
            await self._look()
        if self._next is None or self._next <= now:
            await self._send()

    async def _do(self, deeds: Sequence[tuple[int, Deed]]) -> None:
        addressed = False
        for number, deed in deeds:
            self.figures.deeds += 1
            about = self._about.pop(deed.on, frozenset())
            doing, about = await self.hands.do(self._accounts[number], deed, about)
            self.judge.did(self.clock.at, number, doing, about, to=deed.to, until=deed.until)
            addressed |= doing is not Doing.QUIET
        if addressed:
            await self._heard()
            if await self.hands.fill():
                await self._heard()
            await self._send()

    async def _send(self) -> None:
        """All that is due is said, and it is noted when the next is."""
        if (next_ := await self._due()) and next_ <= self.clock.at:
            await self.app.outbox.drain()
            next_ = await self._due()
        self._next = next_ or self.clock.at + timedelta(days=1)

    async def _due(self) -> datetime | None:
        waits = select(func.min(Promise.due)).where(col(Promise.state).in_(["later", "todo", "going"]))
        async with self._store.read() as session:
            return (await session.exec(waits)).one()

    async def _heard(self) -> None:
        """Until the bot has handled all that it was told, and shown what it shows at once."""
        while True:
            if not self.chat.unheard and not self.app.intake._going:
                async with self._store.read() as session:
                    if not await events.backlog(session):
                        return
            await asyncio.sleep(0.001)

    async def _look(self) -> None:
        """Whatever the bot looks at regularly, as often as it wants to; what has no part in this, once a day."""
        for nudge in self.app.nudges:
            for tick in nudge.ticks:
                every = tick.every if nudge.id in self._how.often else timedelta(days=1)
                if self.clock.at - self._ticked.get(tick.name, datetime.min.replace(tzinfo=UTC)) >= every:
                    self._ticked[tick.name] = self.clock.at
                    self._next = None
                    await self.app._ticker(nudge, tick)()
        await self.app.sweep.look()

    async def _released(self, day: int) -> None:
        """The administrator lets the bot begin: staff informed, the preview confirmed, a first wave, then the rest."""
        if day < 0:
            confirm = f"nudge confirm {await self._previewed()}"
            commands = ["nudge informed 2027-01-03 by a letter to everybody", "nudge preview", confirm]
        else:
            commands = ["nudge wave", "nudge go"] if day < RELEASED and day % 3 == 0 else []
        if day in HUSHED:
            until = START + timedelta(days=day + HUSHED[day])
            commands.append(f"nudge hush {until}")
            self.judge.hushed(self.clock.at, datetime.combine(until, time(), ZoneInfo("Europe/Paris")))
        for command in commands:
            self.chat.types(self._admin, command)
            await self._heard()

    async def _previewed(self) -> int:
        """The number of people that a confirmation repeats."""
        nudged = self.app.nudged
        async with self._store.read() as session:
            context = self.app.parts.context(session, self.clock.at, None, nudged.nudge)
            return (await nudged.preview(context)).people

    async def _tidy(self) -> None:
        """What it does by the hour, and need not here."""
        await self.app._expire()
        await self.app._purge()

    # ------------------------------------------------------------ the bot's life

    async def start(self) -> None:
        """Start the bot, and let it know the people."""
        self.chat.unheard.clear()
        structlog.configure(processors=[self._logged])
        self._store = await Store.open(f"sqlite+aiosqlite:///{self._home / 'parvis.db'}", driver=Direct)
        self.app = self._how.make(
            self._config(), self._store, self._platforms(), self.clock.now, nudges=(*NUDGES, self._eager.nudge)
        )
        self.hands = Hands(self.chat, self._store, PLATFORM, self._listed)
        await self._found()
        await self.app.start()
        # From here on the clock is ours.
        await self.app.alarm.stop()
        await self.app.tasks.end("outbox")
        await eventually(self._counted, "it has gone through all people once; later, events tell", within=3_600)
        # Ten thousand lives are many objects, and stay: to look through them again and again takes half of the time.
        gc.collect()
        gc.freeze()
        self._usual = gc.get_threshold()
        gc.set_threshold(*_SELDOM)

    def _platforms(self) -> dict[str, MemoryPlatform]:
        return {PLATFORM: MemoryPlatform(self.chat, pace=PACE)}

    def _listed(self, account: str, person: int) -> roster.Entry | None:
        facts = self._people[account].facts
        return entry_of(facts, person, self.clock.at) if facts.listed else None

    async def _counted(self) -> bool:
        return PLATFORM in self.app.census.done

    async def _found(self) -> None:
        """The bot knows the accounts, and has the roster."""
        ids = []
        async with self._store.write() as session:
            for account, person in self._people.items():
                profile = self.chat.accounts[account].profile
                known = await accounts.update(session, PLATFORM, profile, self.clock.at)
                ids.append(known.person_id)
                if person.facts.listed:
                    session.add(entry_of(person.facts, known.person_id, self.clock.at))
        self._eager.begin(ids, self.clock.at)

    def _logged(self, _logger: Any, method: str, event: MutableMapping[str, Any]) -> str:
        if method in {"error", "exception", "critical"}:
            self.figures.failures.append(str({key: value for key, value in event.items() if key != "exc_info"}))
            if event.get("exc_info"):
                self.figures.failures.append(traceback.format_exc())
        raise structlog.DropEvent

    async def stop(self) -> None:
        """Stop it."""
        gc.set_threshold(*self._usual)
        gc.unfreeze()
        await self.app.stop()
        await self._store.close()

    def _config(self) -> Config:
        tables: dict[str, Any] = {
            "parvis": {"contact": "the team", "zone": "Europe/Paris", "default_language": "en"},
            "working_time": {"country": "FR"},
            "platforms": {PLATFORM: {"kind": "memory"}},
            "web": {"private": "off"},
            # Who comes back after an erasure is somebody else to the bot, and the same one to the judge.
            "retention": {"gone": 500},
            "roles": self._roles(),
        }
        file = self._home / "parvis.toml"
        file.write_text(toml(merged(tables, self._how.settings)), "utf-8")
        models = {nudge.id: nudge.settings for nudge in NUDGES}
        return load(file, {"PARVIS_AUDIT_KEY": "0123456789abcdef" * 4}, models, PLATFORMS)

    def _roles(self) -> dict[str, list[str]]:
        return {role: [f"{PLATFORM}:{self._admin}"] for role in ("animator", "admin")}


def _join(chat: Chat, person: Person) -> str:
    facts = person.facts
    return chat.join_person(
        facts.name, kind=facts.kind, language=facts.language, zone=facts.account_zone, **dict(facts.profile)
    )


def entry_of(facts: Facts, person: int | None, now: datetime) -> roster.Entry:
    """Somebody's line of the company's list. person: whom it is matched with; None: nobody yet."""
    away = [[first.isoformat(), last.isoformat()] for first, last in facts.away]
    return roster.Entry(
        key=facts.name,
        person_id=person,
        name=facts.name,
        department=facts.department,
        job=facts.job,
        more=json.dumps({"location": facts.office} if facts.office else {}),
        zone=facts.roster_zone,
        country=facts.country,
        days=facts.days,
        away=json.dumps(away),
        created_at=now,
        changed_at=now,
    )
