"""Whole companies that differ in people's private choices, and everything that anybody else there can look at.

A company lives for some weeks in the real bot. Each week people of every role ask all that they may ask, read all that
they were told, and an administrator runs every command that shows something; logs and metrics are read, too.
"""

from __future__ import annotations

import asyncio
import io
import json
import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from sqlmodel import col, update
from structlog.testing import LogCapture
from structlog.typing import EventDict

from bot import people
from bot.__main__ import main
from bot.figures import week_of
from bot.web.metrics import Metrics, waiting
from storage import releases
from storage.database import Store
from storage.events import Recorded
from storage.figures import Figure
from storage.outbox import Promise
from storage.people import Account, Person
from storage.profiles import OwnValue
from storage.roster import Entry, Named
from tests.attack import broken
from tests.humans import PATIENCE, Human, eventually
from tests.humans.towns import open_town
from tests.scenarios.company import HOME, PLATFORM, Clock, Company

DEPARTMENTS = {"Sales": 20, "Legal": 4}
FILLED = ("title", "location", "topics")
SETTINGS = {
    "profiles": {"first_after_days": 0, "first_within_days": 0},
    "working_time": {"country": ""},
    "nudging": {"first_wave_percent": 30},
}
AT_ONCE = 10
"""Commands that somebody types before they wait for the answers."""

Doing = Callable[["House"], Awaitable[None]]
Seen = dict[str, str]
"""Everything that can be looked at: who looks and at what -> what there is."""

ASKED = {
    "odile": ("profil completude", "relance"), "cleo": ("nudge preview",), "alice": ("profile completeness",),
}  # fmt: skip
"""What people ask for each week: the administrator, comms, an animator."""

AT_LAST = {
    "odile": ("parvis", "parvis moi", "profil", "relance apercu"), "cleo": ("nudge",),
    "alice": ("parvis", "community list", "nudge preview", "pulse", "pulse day departments"),
    "bob": ("parvis", "profile completeness", "nudge preview"),
}  # fmt: skip
"""And in the end; also an employee. Who may not is told so."""

LINES = (
    ("outbox", "list"), ("people", "gaps"), ("people", "completeness", "--json"), ("nudge", "status"),
    ("nudge", "preview", "--json"), ("pulse", "export", "--csv", "--kind", "department"),
)  # fmt: skip
"""What an administrator runs each week."""

LINES_AT_LAST = (
    ("outbox", "dead"), ("parked", "list"), ("people", "unmatched"), ("people", "completeness"),
    ("people", "completeness", "--csv"), ("nudge", "preview"), ("doctor", "--json"), ("who-can",),
    ("observe", "--json"), ("pulse", "export", "--json"),
)  # fmt: skip
"""And in the end."""


class Still(Clock):
    """A clock that stands unless it is moved, so that two companies live at the same instants."""

    def now(self) -> datetime:
        return self._start + self._moved


class Numbered(Company):
    """A company whose people are numbered as they come: their numbers decide who is drawn for a first wave."""

    async def person(self, name: str, **how: Any) -> Human:
        """Someone new in the company, and to the bot."""
        human = await super().person(name, **how)
        async with self.store.write() as session:
            await people.find(session, PLATFORM, human.external, self.clock.now(), name)
        return human


@dataclass
class House:
    """A company, whoever of it is looked at, and who looks."""

    company: Company
    folder: Path
    ids: dict[str, int] = field(default_factory=dict)
    logs: LogCapture = field(default_factory=LogCapture)
    held: bool = False  # what is due cannot be said now
    stride: int = 7  # days after which the bot is looked after, while time goes by

    def human(self, name: str) -> Human:
        return self.company.people[name]

    async def types(self, name: str, *words: str) -> None:
        """Somebody asks for something, and has the answer."""
        for each in words:
            await self.human(name).types(each)
        await self.answered()

    async def answered(self) -> None:
        """Everybody who asked for something has the answer."""

        async def handled() -> bool:
            # Heard before, and answered after: what is shown at once is shown when the event is handled already.
            if not self.company.town.delivered() or self.company.app.intake._going:
                return False
            return not await self.company.rows(Recorded, state="new")

        await eventually(handled, "what was typed is handled")
        if not self.held:
            await self.company.settled()

    async def fills(self, name: str, state: str = "kept", fields: tuple[str, ...] = FILLED) -> None:
        """Somebody fills their profile, or says that they prefer not to."""
        at = self.company.clock.now()
        async with self.company.store.write() as session:
            for each in fields:
                value = "" if state == "declined" else "Head of seeds"
                session.add(OwnValue(person_id=self.ids[name], field=each, value=value, state=state, at=at))

    async def is_away(self, name: str, days: int) -> None:
        """The roster says that somebody is away from today on."""
        first = self.company.clock.now().astimezone(HOME).date()
        away = json.dumps([[str(first), str(first + timedelta(days=days))]])
        async with self.company.store.write() as session:
            await session.exec(update(Entry).where(col(Entry.key) == name).values(away=away))

    # ---------------------------------------------------------------- time

    async def until(self, when: datetime) -> None:
        """Time goes by, and the bot does what there is to do."""
        while (now := self.company.clock.now()) < when:
            day = (now.astimezone(HOME) + timedelta(days=self.stride)).replace(hour=10, minute=0)
            self.company.clock.advance_to(min(when, day))
            await self.rests()

    async def rests(self) -> None:
        """Everything that the instant calls for is done."""
        await self.company.app.sweep.look()
        await self.company.settled()
        await eventually(self._told, "the figures of the week are told")

    async def _told(self) -> bool:
        monday = week_of(self.company.clock.now().astimezone(HOME).date())
        return bool(await self.company.rows(Figure, week=monday))

    # ---------------------------------------------------------------- looking

    async def looked_at(self, targets: Sequence[str] = (), *, last: bool = False) -> Seen:
        """Everything that anybody but the targets can see now. targets: whose profiles are looked at. last: for once,
        really everything.
        """
        asked = {name: [*words] for name, words in ASKED.items()}
        for name, more in AT_LAST.items() if last else ():
            asked.setdefault(name, []).extend(more)
        asked["cleo"] += [f"profile @{self.human(each).external}" for each in targets]
        read = {name: len(await self.human(name).reads()) for name in asked}
        for name, typed in asked.items():
            for begin in range(0, len(typed), AT_ONCE):
                await self.types(name, *typed[begin : begin + AT_ONCE])
        seen: Seen = {}
        for name in asked:
            told = (await self.human(name).reads())[read[name] :]
            seen[f"{name} reads"] = "\n---\n".join(sorted(told))
        for name in ("ana", "arthur", "diane"):
            seen[f"{name} reads"] = "\n---\n".join(await self.human(name).reads())
        room = await self.human("alice").reads(self.company.animators)
        seen["the animators' room"] = "\n---\n".join(room)
        return {what: plain(text) for what, text in seen.items()} | await self.run(last=last)

    async def run(self, *, last: bool = False) -> Seen:
        """Everything that an administrator sees by commands, and monitoring; and what broken bots would show."""
        seen: Seen = {}
        for line in (*LINES, *(LINES_AT_LAST if last else ())):
            seen[f"parvis {' '.join(line)}"] = await self.runs(*line)
        numbers = Metrics(lambda: waiting(self.company.store, broken.ASKED))
        seen["/metrics"] = (await numbers.text()).decode()
        # How often it looked at all people is a matter of the test's own time.
        logged = dict.fromkeys(json.dumps(each, default=str, sort_keys=True) for each in self.logs.entries)
        seen["logs"] = "\n".join(logged)
        seen |= await broken.shown(self.company.app)
        return {what: plain(text) for what, text in seen.items()}

    async def held_up(self, choose: Doing | None = None) -> list[Seen]:
        """What is due now cannot be said for an hour; what is seen meanwhile. choose: done in between."""
        for _ in range(50):  # as many as may be under way at once
            await self.company.town.rate_limit("post", 3600)
        await self.company.app.sweep.look()
        await self.company.app.sweep.look()

        async def waits() -> bool:
            promised = await self.company.rows(Promise)
            return any(each.error for each in promised) and all(each.state != "going" for each in promised)

        await eventually(waits, "something waits to be said")
        seen = [await self.run()]
        if choose is not None:
            self.held = True
            await choose(self)
            await eventually(waits, "all of it waits to be said")
            self.held = False
            seen.append(await self.run())
        town: Any = self.company.town
        town.server.faults["post"].clear()
        self.company.clock.advance(hours=2)
        await self.rests()
        return seen

    async def runs(self, *line: str) -> str:
        """What a command prints, with its status."""
        file = str(self.folder / "parvis.toml")

        def run() -> str:
            with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
                try:
                    main([*line, "--config", file])
                except SystemExit as end:
                    return f"{out.getvalue()}{err.getvalue()}[{end.code}]"

        return await asyncio.to_thread(run)


_VARIES = (
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(\+00:00|Z)?",  # the commands' own clock is that of the machine
    r"\b[0-9a-f]{8,}\b",
    r"/[\w./-]*/(?=parvis)",
    r"_created [\d.e+]+",
    r"(?<=:E)\d+",  # the platform's numbers of events: of reading and typing, by anybody
    r"\"about\": \"-?[\d.]+\"|[\d.]+ GB",  # of a clock, and of what is free on the disk
    r"(?<=pour vous \()\d+|(?<=to you \()\d+",  # how often a platform that is away was tried: the test's own time
)


def plain(text: str) -> str:
    """A text without what differs from one company to another that is just the same."""
    text = "\n".join(line for line in text.splitlines() if "[warning" not in line and "[info" not in line)
    for each in _VARIES:
        text = re.sub(each, "…", text)
    return text


_OF_ITS_OWN = frozenset({"the clock was set back", "audit head"})
"""Said in the log of a clock that stands, and of a trail that has an entry more, of nobody, after an objection."""


def _quiet(_logger: object, _method: str, entry: EventDict) -> EventDict:
    if entry["event"] in _OF_ITS_OWN:
        raise structlog.DropEvent
    return entry


def _laid(folder: Path, empty: Path) -> None:
    folder.mkdir()
    shutil.copyfile(empty, folder / "parvis.db")


@asynccontextmanager
async def house(folder: Path, empty: Path, before: Doing | None = None) -> AsyncIterator[House]:
    """A company on a Tuesday at ten: everybody is known, and the roster is there. Nothing was released yet.

    folder: of its own, made here. before: what is so from the beginning.
    """
    await asyncio.to_thread(_laid, folder, empty)
    clock = Still()
    store = await Store.open(f"sqlite+aiosqlite:///{folder / 'parvis.db'}", migrate=False)
    async with open_town("memory", PLATFORM, clock.now) as town:
        company = Numbered("memory", town, store, clock, folder)
        built = House(company, folder)
        try:
            await company.found(SETTINGS)
            await _furnish(built, store)
            if before is not None:
                await before(built)
            structlog.configure(processors=[_quiet, built.logs])
            clock.advance(minutes=15)
            await built.rests()
            yield built
        finally:
            structlog.reset_defaults()
            await company.stop()
            await store.close()


async def _furnish(built: House, store: Store) -> None:
    company = built.company
    await company.person("cleo", language="en")
    for department, size in DEPARTMENTS.items():
        for number in range(size):
            await company.person(f"{department or 'none'}{number}", language="en")
    await company.stop()
    company.settings["roles"]["comms"] = [f"{PLATFORM}:{company.people['cleo'].external}"]
    company.settings["database"] = {"url": company.url}
    now = company.clock.now()
    async with store.write() as session:
        await releases.write(session, seed="seed")  # who is drawn for a first wave is nobody's choice
    for name, human in company.people.items():
        async with store.write() as session:
            person = await people.find(session, PLATFORM, human.external, now, name)
            row = await session.get(Person, person)
            assert row
            row.greeted_at, row.created_at = now - timedelta(days=90), now - timedelta(days=90)
            accounts = json.dumps({PLATFORM: human.external})
            department = name.rstrip("0123456789") if name[-1].isdigit() else "Office"
            line = Entry(
                key=name, name=name, department=department.removeprefix("none"), person_id=person, accounts=accounts,
                created_at=now, changed_at=now,
            )  # fmt: skip
            session.add(line)
            await session.flush()
            session.add(Named(entry_id=line.id or 0, platform=PLATFORM, external_id=human.external))
            built.ids[name] = person
    await company.start()

    async def begun() -> bool:
        # What is logged of a start is logged sooner or later.
        known = all(each.checked_at for each in await company.rows(Account)) and PLATFORM in company.app.census.done
        return known and company.app.sweep._seat.is_ours

    await eventually(begun, "everybody was met, and it is this bot's turn", within=4 * PATIENCE)


def differences(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, tuple[list[str], list[str]]]:
    """Where two companies look different: what is looked at -> lines of the one alone, lines of the other alone."""
    found = {}
    for what in one.keys() | other.keys():
        mine, theirs = one.get(what, "").splitlines(), other.get(what, "").splitlines()
        if mine != theirs:
            only = [line for line in mine if line not in theirs], [line for line in theirs if line not in mine]
            found[what] = only
    return found
