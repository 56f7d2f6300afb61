"""The run of a simulated launch: the real bot, a chat and a mail server that tell what they deliver, and a clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlmodel import select

from adapters.memory import MemoryPlatform, Posted
from adapters.memory.server import Account
from bench.measure import Claim as Told
from bench.measure import Figure
from bot.chat import NotFound, Profile
from storage.launch import Announcement
from storage.roster import Entry
from tests.scenarios.company import release
from tests.simulate.judge import Record
from tests.simulate.launch import CLAIMS, Asked, Reach, Reached, Wrong, announced
from tests.simulate.people import START, Deed, Doing, Facts, Person
from tests.simulate.world import Chat
from tests.simulate.year import PACE, PLATFORM, How, Year, entry_of

MAIL = "mail"
KINDS = ("launch.announcement", "launch.urgent")
DAYS = 28
"""Of the whole: three weeks after the announcements everybody worked for a day, but who was away for long."""
BY_MAIL, SHUT = 8, 50
"""Of so many people one has no account, and one has an account that takes no messages, and an address."""
HOW = How(
    settings={
        "platforms": {PLATFORM: {"kind": "memory"}, MAIL: {"kind": "memory"}},
        "launch": {"signed_in": "listed"},
    },
    eager=(5_000, 6_000),
    every=1,
    often=frozenset({"launch"}),
)
_UNHEEDED = frozenset({Doing.MOVE, Doing.RETURN})
"""What nobody does in these weeks: a zone is asked for when something is promised."""


class Post(Chat):
    """Mail."""

    def opens(self, address: str) -> None:
        """There is a mailbox of that address."""
        self.accounts[address] = Account(Profile(id=address, name=address))


class Shut(MemoryPlatform):
    """A chat in which some accounts take no messages."""

    shut: frozenset[str] = frozenset()

    async def direct(self, person: str) -> str:
        if person in self.shut:
            raise NotFound("cannot_dm_user")
        return await super().direct(person)


class Mailed(MemoryPlatform):
    """A mail server tells of nobody."""

    async def people(self) -> AsyncIterator[Profile]:
        for each in list[Profile]():
            yield each


def by_mail(facts: Facts) -> bool:
    """They have an address on the company's list, and no account yet."""
    return facts.kind == "member" and facts.listed and facts.number % BY_MAIL == 3


def is_shut(facts: Facts) -> bool:
    """Their account takes no messages, and the list has an address."""
    return facts.kind == "member" and facts.listed and not by_mail(facts) and facts.number % SHUT == 7


def address(facts: Facts) -> str:
    """Their address, "" for none."""
    return f"{facts.name}@acme.example" if by_mail(facts) or is_shut(facts) else ""


class Launch(Year):
    """Three announcements among ten thousand people."""

    def __init__(self, people: Sequence[Person], home: Path, seed: int, monday: date = START) -> None:
        """monday: of the week of the announcements."""
        for each in people:
            if by_mail(each.facts):  # nothing but the list tells where they are
                each.facts = replace(each.facts, account_zone="")
        super().__init__([each for each in people if not by_mail(each.facts)], home, seed, HOW)
        self.everybody = people
        self._monday = monday
        self.asked = {f"announce:{n}": each for n, each in enumerate(announced(monday), 1)}
        self.records = self.judge.records | {
            each.facts.number: Record(each.facts, "") for each in people if by_mail(each.facts)
        }
        self.reach = Reach(self.records, self.asked)
        self.post = Post(MAIL, self.clock.now, self._mailed)
        for each in people:
            if address(each.facts):
                self.post.opens(address(each.facts))
        self._by_address = {address(each.facts): each for each in people if address(each.facts)}
        self._leader = self.chat.join_person("leader", language="en", zone="Europe/Paris")

    # ------------------------------------------------------------ what reaches people

    def _told(self, account: str, posted: Posted) -> None:
        person = self._people.get(account)
        if person is not None:
            self._reached(person, posted, PLATFORM)

    def _mailed(self, account: str, posted: Posted) -> None:
        self._reached(self._by_address[account], posted, MAIL)

    def _reached(self, person: Person, posted: Posted, medium: str) -> None:
        name = posted.name.rpartition(":")[0]
        if name not in self.asked:
            return
        self.figures.letters += 1
        record = self.records[person.facts.number]
        why = {record.gone: "has left", record.stopped: "wants nothing", person.facts.kind != "member": "no member"}
        self.reach.reached.append(Reached(name, person.facts.number, medium, posted.at, why.get(True, "")))

    # ------------------------------------------------------------ what people do

    async def _do(self, deeds: Sequence[tuple[int, Deed]]) -> None:
        heeded = [(number, deed) for number, deed in deeds if deed.doing not in _UNHEEDED]
        for number, deed in heeded:
            if deed.doing is Doing.QUIET and deed.until is not None:
                self.reach.quiet[number].append((deed.at, deed.until))
        await super()._do(heeded)

    async def _released(self, day: int) -> None:
        """The night before, comms prepares what is announced, and the leader signs it."""
        if START + timedelta(days=day + 1) == self._monday:
            await release(self._store, KINDS, self.clock.at)
            for number, each in enumerate(self.asked.values(), 1):
                await self._announce(number, each)

    async def _look(self) -> None:
        """Comms lets go on what had its first wave."""
        await super()._look()
        async with self._store.read() as session:
            held = list(await session.exec(select(Announcement.id).where(Announcement.state == "held")))
        for number in held:
            await self._types(f"announce go {number}")

    async def _announce(self, number: int, asked: Asked) -> None:
        """As comms does it: written, when, for whom, looked at, confirmed, submitted; and the leader signs."""
        await self._types(f"announce new {asked.name}")
        await self.chat.submit(self._admin, {"text": f"News of {asked.name}.", "speaker": self._leader})
        await self._heard()
        await self._types(f"announce when {number} {asked.at:%Y-%m-%d %H:%M}")
        if asked.at.tzinfo is None:
            await self._types(f"announce clock {self._offered('announce.clock')}")
        await self._types(f"announce at {self._offered('announce.at')}")
        await self._types(f"announce audience {number} everybody")
        await self._types(f"announce preview {number}")
        await self._types(f"announce confirm {self._offered('announce.confirm')}")
        await self._types(f"announce submit {number}")
        await self._types(f"announce sign {number}", self._leader)

    async def _types(self, line: str, who: str = "") -> None:
        self.chat.types(who or self._admin, line)
        await self._heard()
        await self._send()

    def _offered(self, action: str) -> str:
        """What the latest choice of that action stands for. Raises LookupError: none is offered."""
        shown = reversed(self.chat.sights(self._admin))
        found = (each.value for seen in shown for each in seen.message.choices if each.action == action)
        value: str | None = next(found, None)
        if value is None:
            raise LookupError(f"nothing offers {action}")
        return value

    # ------------------------------------------------------------ the bot's life

    def _roles(self) -> dict[str, list[str]]:
        return {**super()._roles(), "leader": [f"{PLATFORM}:{self._leader}"]}

    def _platforms(self) -> dict[str, MemoryPlatform]:
        chat = Shut(self.chat, pace=PACE)
        chat.shut = frozenset(self._accounts[each.facts.number] for each in self.people if is_shut(each.facts))
        return {PLATFORM: chat, MAIL: Mailed(self.post, pace=PACE, addressed=True)}

    async def _found(self) -> None:
        """Everybody on the company's list has their address there; who has no account is matched with nobody."""
        await super()._found()
        async with self._store.write() as session:
            for person in self.everybody:
                if by_mail(person.facts):
                    entry = entry_of(person.facts, None, self.clock.at)
                    entry.email = address(person.facts)
                    session.add(entry)
                elif is_shut(person.facts):
                    lines = await session.exec(select(Entry).where(Entry.key == person.facts.name))
                    line = lines.one()
                    line.email = address(person.facts)
                    session.add(line)

    def judged(self) -> list[Wrong]:
        """What should not have been."""
        members = {number for number, each in self.records.items() if each.facts.kind == "member"}
        gone = {
            number for number, each in self.records.items() if each.gone or each.stopped or each.less or each.refused
        }
        return self.reach.wrong(self.clock.at, members, gone)


def claims(found: Sequence[Wrong]) -> list[Told]:
    """What should not have been, each kind beside none."""
    return [
        Told(
            name=claim, unit="people", target=0, better="lower",
            ours=[Figure(sum(each.claim == claim for each in found))], reference=[Figure(0)],
        )
        for claim in CLAIMS
    ]  # fmt: skip


def tell(console: Console, launch: Launch, found: Sequence[Wrong]) -> None:
    """For people: at which hours of their own clocks each announcement reached how many, and by what."""
    hours = launch.reach.hours()
    table = Table("local hour", *hours, title="people reached, by the hour of their own clocks", title_justify="left")
    for hour in sorted({hour for each in hours.values() for hour in each}):
        table.add_row(f"{hour:02}:00", *(f"{each[hour]:,}" for each in hours.values()))
    table.add_section()
    for medium in (PLATFORM, MAIL):
        by = Counter(each.name for each in launch.reach.reached if each.medium == medium)
        table.add_row(medium, *(f"{by[name]:,}" for name in hours))
    console.print(table)
    for each in found[:20]:
        console.print(f"{each.claim}: person {each.person}: {each.why}", markup=False)
