"""What comms does with campaigns while the bot dies: plans taken over, day zero moved, lines sent, newcomers welcomed.

Administrators who take over a plan die as well, and take it over again. The lines stand signed in the bot's database
when their time has come, as the sign-off and the days that pass leave them; everything else is done by people. What is
seen to be moved must be what the database holds: day zero and every line, or nothing.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random

from nudges.launch.campaign.newcomers import WELCOME
from tests.crash.announcing import PAUSED, expects, follows, read_by
from tests.crash.ledger import Input, Sight
from tests.crash.people import Actor, Silent, until, word
from tests.crash.place import PLATFORM
from tests.crash.process import Process
from tests.crash.state import DEPARTMENT, State
from tests.crash.stories import Company, Story

DAYS = {"invitation": -2, "opening": 0, "thanks": 7}
"""A line of the plan -> days from day zero."""

KILLED = 0.5
"""Of all commands that take over a plan, so many are killed, at any moment of their life (seconds)."""
_LIFE = 3.0

PHASES = {"pilot": {"departments": [DEPARTMENT], "holds": [WELCOME]}}
"""What campaigns may do."""

PLAN = """
name = "{name}"
day_zero = {day}
owner = "{owner}"

[[line]]
key = "invitation"
when = "J-2 09:00"
title = "{invitation}"
text = "It opens soon."
speaker = "{owner}"
invites = true
media = ["mail"]

[[line]]
key = "opening"
when = "J 09:00"
title = "{opening}"
text = "It is open."
speaker = "{owner}"
after = ["invitation"]

[[line]]
key = "thanks"
when = "J+7 09:00"
title = "{thanks}"
text = "It lives."
speaker = "{owner}"
"""


@dataclass
class Campaigning:
    """Another one who looks after communication, and their campaigns. process: beside which commands are typed.

    wrong: a line for each thing that should never be.
    """

    company: Company
    state: State
    process: Process
    random: Random
    wrong: list[str] = field(default_factory=list)
    _names: list[str] = field(default_factory=list)
    _openings: list[str] = field(default_factory=list)
    _before: set[str] | None = None  # newcomers who did something before the first campaign had begun, perhaps

    @property
    def _owner(self) -> Actor:
        return self.company.animators[1]

    async def goes_on(self) -> None:
        """One campaign after the other, until the bot is left in peace, and the last one is over. Raises Silent."""
        for _ in count():
            await self._leads()
            if self.company.peace.since is not None:
                return

    async def _leads(self) -> None:
        name, titles = word(self.random), {key: word(self.random) for key in DAYS}
        day = datetime.now(UTC).date() + timedelta(days=60)
        self._names.append(name)
        number = await self._taken_over(name, day, titles)
        if self._before is None:
            self._before = {each.name for each in self.company.newcomers if each.inputs or each.is_busy}
        comes = asyncio.create_task(self._comes(Random(f"{name}/comes")))
        try:
            await self._goes_its_way(name, number, day, titles)
        finally:
            await comes

    async def _comes(self, random: Random) -> None:
        """Somebody new says something."""
        new = await self.company.newcomer()
        try:
            await Story(self.company, new, random).wonders()
        except Silent as never:
            self._notes(str(never))

    async def _goes_its_way(self, name: str, number: int, day: date, titles: dict[str, str]) -> None:
        """Moved, or not; let into its next phase; sent."""
        await self.state.signs(name, "thanks")
        moves = self.random.randint(0, 2)
        for _ in range(moves):
            before, day = day, day + timedelta(days=self.random.randint(1, 40))
            await self._moved(name, number, before, day)
        await self._entered(name, number)
        self.company.ledger.once(f"campaign {name}", "day zero", rf"^day zero {day}$")
        for key, days in DAYS.items():
            is_signed = key == "thanks" and not moves  # nobody's signature outlives a move
            set_to = rf"^{key} {day + timedelta(days=days)}{' signed' * is_signed}$"
            self.company.ledger.once(f"campaign {name}", key, set_to)
        await self._sent(name, titles)

    # ---------------------------------------------------------------- taken over

    async def _taken_over(self, name: str, day: date, titles: dict[str, str]) -> int:
        """Type the command until it is done; the number of the campaign."""
        owner = f"{PLATFORM}:{self._owner.human.external}"
        file = self.process.folder / f"{name}.toml"
        file.write_text(PLAN.format(name=name, day=day, owner=owner, **titles), "utf-8")
        peace, began = self.company.peace, time.monotonic()
        while True:
            dies = self.random.uniform(0.0, _LIFE) if self.random.random() < KILLED else None
            status, said = await self.process.types("launch", "plan", file.name, killed_after=dies)
            stands = await self.state.planned(name)
            if len(stands) not in {0, 1 + len(DAYS)}:
                self._notes(f"campaign {name} was taken over by half: {stands}")
            if "Traceback" in said:
                self._notes(f"campaign {name} was not taken over: {said}")
            if status == 0:
                found = re.search(r"ampaign (\d+)", said)
                assert found is not None, said
                return int(found.group(1))
            if peace.is_over(began):
                raise Silent(f"the plan of {name} was never taken over: {said}")

    # ---------------------------------------------------------------- moved

    async def _moved(self, name: str, number: int, before: date, day: date) -> None:
        """Move day zero, and see what the database holds."""
        was, to = (f"{each:%A} {each.day} {each:%B %Y}" for each in (before, day))
        await self._agreed(
            f"!campaign move {number} {day.day} {day:%B %Y}",
            f"Day zero of “{name}” would go from {was} to {to}.",
            "Move all",
            rf"Day zero of “{name}” is {to} now\.",
            f"Day zero of “{name}” is {to} already",
            lambda: self._whole(name, (before, day)),
        )
        await self._whole(name, (day,))

    async def _agreed(
        self, words: str, shown: str, label: str, done: str, late: str, look: Callable[[], Awaitable[None]]
    ) -> None:
        """Say the words, and press what is offered beside what is shown, until it is done; done once, it is too late.

        done: a pattern. look: what is looked at meanwhile.
        """
        owner, ledger, presses = self._owner, self.company.ledger, list[Input]()
        ledger.first(owner.name, done, done, presses)
        about = f"{re.escape(shown)}|{late}"
        ledger.between(owner.name, f"what follows {words}", about, lambda: 0, lambda: 10_000, anyhow=True)

        async def acts() -> Input | None:
            did = await owner.presses(label, shown)
            if did is None:
                return await owner.says(words)
            presses.append(did[0])
            return did[0]

        async def offered() -> re.Match[str] | None:
            await look()
            return await owner.sees(re.escape(shown))

        async def seen() -> re.Match[str] | None:
            await look()
            return await owner.sees(done)

        where = self.random, self.company.place, self.company.peace
        await until(acts, offered, f"{owner.name} never saw {shown}", *where)
        await until(acts, seen, f"{owner.name} never saw {done}", *where)

    async def _entered(self, name: str, number: int) -> None:
        """Enter the next phase: until then it reaches nobody in the chat, and newcomers are not welcomed."""

        async def nothing() -> None:
            """There is nothing to look at."""

        await self._agreed(
            f"!campaign phase {number} launch",
            f"“{name}” would go from the phase pilot to launch.",
            "To the launch",
            rf"“{name}” is in the phase launch now\.",
            f"“{name}” is in that phase already",
            nothing,
        )

    async def _whole(self, name: str, days: tuple[date, ...]) -> None:
        """Whatever the instant, all of it counts from the same day, which is one of these."""
        stands = [each.removesuffix(" signed") for each in await self.state.planned(name)]
        wanted = [
            sorted([f"day zero {zero}", *(f"{key} {zero + timedelta(days=days)}" for key, days in DAYS.items())])
            for zero in days
        ]
        if sorted(stands) not in wanted:
            self._notes(f"campaign {name} is moved by half: {stands}")

    def _notes(self, what: str) -> None:
        """Once, however often it was looked at."""
        if what not in self.wrong:
            self.wrong.append(what)

    # ---------------------------------------------------------------- sent

    async def _sent(self, name: str, titles: dict[str, str]) -> None:
        """The invitation goes to those who are in no chat, by mail; the opening to everybody after it."""
        readers, recalled = [*self.company.animators, *self.company.employees], self.random.random() < PAUSED
        ledger, owner = self.company.ledger, self._owner
        opening = await self.state.signs(name, "opening", comes=True)
        expects(ledger, titles["opening"], opening, owner, readers, recalled=recalled)
        invitation = await self.state.signs(name, "invitation", comes=True)
        expects(ledger, titles["invitation"], invitation, owner, (), recalled=False)
        if not recalled:
            self._openings.append(titles["opening"])
        for number in (invitation, opening):
            is_back = recalled and number == opening
            await follows(self.company, self.state, owner, self.random, number, recalled=is_back)
        if not recalled:
            await read_by(self.company, readers, titles["opening"])

    # ---------------------------------------------------------------- in the end

    def concludes(self) -> None:
        """What newcomers have: the welcome, if they came after a campaign began; of what was sent, what they came for.

        Told when nobody else will come.
        """
        for who in self.company.newcomers:
            is_new = self._before is not None and who.name not in self._before
            self.company.ledger.between(
                who.name,
                "the welcome",
                "Three things help at the beginning",
                lambda who=who, is_new=is_new: is_new and any(each.acked() for each in who.inputs),  # type: ignore[misc]
                lambda: 1,
            )
            for title in self._openings:
                self.company.ledger.perhaps(who.name, f"opening {title}", rf"^{title}\n")

    async def planned(self) -> dict[str, list[Sight]]:
        """Campaign -> how it stands."""
        return {f"campaign {name}": [Sight(each) for each in await self.state.planned(name)] for name in self._names}
