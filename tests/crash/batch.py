"""One batch: a company, people at work in it, a bot that dies again and again; and what everybody sees at the end."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from tests.crash.announcing import SECRETS, Announcing, mail_settings
from tests.crash.campaigning import PHASES, Campaigning
from tests.crash.cells import Share
from tests.crash.fire import Fire
from tests.crash.hasty import HASTY
from tests.crash.ledger import Ledger, Sight, Verdict
from tests.crash.people import Actor, Silent
from tests.crash.place import PLATFORM, Place, opened
from tests.crash.plan import Life, Wishes, lives
from tests.crash.process import PARVIS, Process
from tests.crash.state import MAIL, State
from tests.crash.stories import ANIMATORS, Company, Story
from tests.humans import Human
from tests.servers.mail import MailServer, mail_server
from tests.servers.postgres import Postgres
from tests.servers.process import POLL_SECONDS, last_words
from tests.servers.synapse import Synapse

EMPLOYEES = 7
SETTLING = 90.0
"""Seconds that the bot has, alive again, to say all that is still to be said."""

QUIET_FOR = 10.0
"""Seconds without anything under way after which nothing more will come."""

_serial = count()

# What a server does for clients, and nobody here looks at.
QUIET: Mapping[str, object] = {
    "push": {"enabled": False},
    "presence": {"enabled": False},
    "enable_search": False,
    "federation_sender_instances": ["nobody"],
}


@dataclass(frozen=True)
class Servers:
    """What batches stand on, started once for a run."""

    synapse: Synapse | None = None
    postgres: Postgres | None = None


@dataclass
class Outcome:
    """What came of a batch. struck: named steps at which processes killed themselves."""

    kills: int
    verdict: Verdict
    struck: list[str] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True)
class How:
    """What a batch is, besides its share. lives: how each ends, when it is not drawn. command: what runs the bot, when
    it is another one.

    announces: everybody is sent announcements meanwhile, alone and in campaigns, some by mail.
    """

    lives: Sequence[Life] | None = None
    command: Sequence[str] = ()
    employees: int = EMPLOYEES
    announces: bool = False
    keep: Path | None = None
    wishes: Callable[[Random], Wishes] = Wishes


class Batch:
    """Told once."""

    def __init__(self, share: Share, servers: Servers, how: How, killed: Callable[[], None] = lambda: None) -> None:
        self._share = share
        self._servers = servers
        self._how = how
        self._killed = killed
        self._seed = f"{share.seed}/{share.cell.name}/{share.number}"
        self._silent: list[str] = []

    async def run(self) -> Outcome:
        """Let people work while the bot is killed, then let it finish, and compare."""
        began = time.monotonic()
        async with AsyncExitStack() as stack:
            place = await stack.enter_async_context(opened(self._share.cell.platform, self._servers.synapse))
            company = await self._company(place)
            url = await stack.enter_async_context(self._database())
            folder = stack.enter_context(_folder(self._how.keep))
            post = await stack.enter_async_context(mail_server())
            processes = self._processes(company, folder, url, post)
            processes[0].folder.mkdir(parents=True, exist_ok=True)
            state = await stack.enter_async_context(State.opened(url, folder / "bot-0"))
            for process in processes:
                stack.push_async_callback(process.stop)
            fire = self._fire(processes, state)
            self._announcing = Announcing(company, state, post, Random(f"{self._seed}/announces"))
            self._campaigning = Campaigning(company, state, processes[0], Random(f"{self._seed}/campaigns"))
            try:
                await self._meet(company, processes[0])
                await self._work(company, fire)
            except BaseException as error:
                error.add_note("\n".join(last_words(process.log, 15) for process in processes))
                raise
            self._campaigning.concludes()
            await self._settle(company, processes, state)
            seen = await self._seen(company)
            verdict = company.ledger.compare(seen)
            await state.rests()
            verdict.differences += self._silent + self._campaigning.wrong + await state.unfinished() + place.problems()
        return Outcome(fire.kills, verdict, fire.struck, time.monotonic() - began)

    # ---------------------------------------------------------------- what there is

    async def _company(self, place: Place) -> Company:
        ledger = Ledger()
        employees = [
            Actor(place, await place.town.person(f"Ana{number}"), ledger) for number in range(self._how.employees)
        ]
        animators = [Actor(place, await place.town.person(f"Alice{number}"), ledger) for number in range(2)]
        for each in animators:
            ledger.perhaps(each.name, "what Monday begins with", "^(The week begins|.*wait)")
        humans: list[Human] = [each.human for each in animators]
        room = await place.town.room(f"animators-{next(_serial)}-{time.time_ns() % 10**9}", humans, private=True)
        return Company(place, ledger, employees, animators, room)

    @asynccontextmanager
    async def _database(self) -> AsyncIterator[str]:
        """The URL of an empty one; "" for SQLite, whose file the bot makes."""
        if self._share.cell.engine == "sqlite":
            yield ""
            return
        assert self._servers.postgres is not None
        async with self._servers.postgres.database() as url:
            yield url

    def _processes(self, company: Company, folder: Path, url: str, post: MailServer) -> list[Process]:
        animators = [f"{PLATFORM}:{each.human.external}" for each in company.animators]
        settings: dict[str, Any] = {
            "parvis": {"contact": "Arthur", "zone": "Europe/Paris", "default_language": "en"},
            "working_time": {
                "start": "00:00",
                "end": "23:59",
                "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
            },
            "platforms": {PLATFORM: company.place.settings},
            # Colleagues are invited every few seconds here.
            "attention": {
                "per_week": 1000,
                "first_week": 1000,
                "silence_after": 1000,
                "announcements_per_week": 1000,
            },
            "communities": {"find_strays": False, "lookalikes_shown": 0, "refusal_grace_minutes": 600},
            "roles": dict.fromkeys(("animator", "admin"), animators),
            "rooms": {"animator": [{"platform": PLATFORM, "room": company.room, "language": "en"}]},
        }
        if self._how.announces:
            settings["platforms"][MAIL] = mail_settings(post)
            settings["roles"] |= dict.fromkeys(("comms", "leader"), animators)
            settings["launch"] = {"first_wave": 20, "wave_from": 5, "signed_in": "listed", "phases": PHASES}
        if url:
            settings["database"] = {"url": url}
        command = self._how.command or (HASTY if self._how.announces else PARVIS)
        return [
            Process(folder / f"bot-{number}", settings, {**company.place.secrets, **SECRETS}, command)
            for number in range(self._share.cell.replicas)
        ]

    def _fire(self, processes: Sequence[Process], state: State) -> Fire:
        planned = self._how.lives or lives(self._share.cell, self._share.kills, f"{self._seed}/kills")
        random = Random(f"{self._seed}/steps")
        return Fire(processes, planned, state.sender, self._killed, self._how.wishes(random))

    # ---------------------------------------------------------------- what happens

    async def _meet(self, company: Company, process: Process) -> None:
        """Everybody speaks to the bot once, in peace: who is named later is somebody that it knows."""
        process.begin()
        await process.ready()
        people = [*company.employees, *company.animators]
        stories = [Story(company, each, Random(f"{self._seed}/meets/{each.name}")) for each in people]
        await asyncio.gather(*(each.wonders() for each in stories))
        await process.kill()

    async def _work(self, company: Company, fire: Fire) -> None:
        """Everybody goes on with their stories until all kills are done, and then ends the one they are in."""
        if self._how.announces:
            await self._announcing.begins()
        async with asyncio.TaskGroup() as group:
            for number, each in enumerate(company.employees):
                group.create_task(self._goes_on(company, each, number))
            if self._how.announces:
                group.create_task(self._goes_on_with(self._announcing))
                group.create_task(self._goes_on_with(self._campaigning))
            await fire.burn()
            company.peace.since = time.monotonic()

    async def _goes_on(self, company: Company, who: Actor, number: int) -> None:
        for turn in count():
            story = Story(company, who, Random(f"{self._seed}/{number}/{turn}"))
            try:
                await story.tell()
            except Silent as never:
                self._silent.append(str(never))
                return
            if company.peace.since is not None:
                return

    async def _goes_on_with(self, story: Announcing | Campaigning) -> None:
        try:
            await story.goes_on()
        except Silent as never:
            self._silent.append(str(never))

    async def _settle(self, company: Company, processes: Sequence[Process], state: State) -> None:
        """Until the bot has nothing left to do. That is asked of its database; what it should have said is not."""
        end = time.monotonic() + SETTLING
        quiet = time.monotonic()
        while time.monotonic() < end:
            for process in processes:
                process.check()
            seen = await self._seen(company)  # first: to look into a room is to join it, which the bot is told of
            if await state.under_way():
                quiet = time.monotonic()
            elif not company.ledger.missing(seen) or time.monotonic() - quiet > QUIET_FOR:
                return
            await asyncio.sleep(POLL_SECONDS * 8)

    async def _seen(self, company: Company) -> dict[str, list[Sight]]:
        seen = {each.name: await each.sights() for each in company.everybody}
        reader = company.animators[0]
        seen[ANIMATORS] = await reader.sights(company.room)
        for other in company.animators[1:]:  # what is whispered in the room is seen by each alone
            seen[ANIMATORS] += [each for each in await other.sights(company.room) if each.whispered]
        seen["rooms"] = []
        for name in company.communities:
            seen["rooms"] += [Sight(name)] * await company.place.made(name)
            room = await reader.human.room_named(name)
            if room is not None:
                await company.place.enters(reader.human, room)
                seen[f"room {name}"] = await reader.sights(room)
                seen[f"pins of {name}"] = [Sight(text) for text in await reader.human.pins(room)]
        return seen | self._announcing.mailed() | await self._campaigning.planned()


@asynccontextmanager
async def servers(platforms: set[str], engines: set[str]) -> AsyncIterator[Servers]:
    """What cells of these kinds stand on."""
    async with AsyncExitStack() as stack:
        synapse = postgres = None
        if "matrix" in platforms:
            synapse = await stack.enter_async_context(Synapse(settings=QUIET))
        if "postgresql" in engines:
            postgres = await stack.enter_async_context(Postgres())
        yield Servers(synapse, postgres)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    """For the bots' files. kept: where they stay; else they go."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="parvis-crash-") as folder:
        yield Path(folder)
