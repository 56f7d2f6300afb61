"""What people do: ask, ask something back, approve, refuse, join. And what must come of it, for the ledger."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random

from tests.crash.ledger import Input, Ledger
from tests.crash.people import Actor, Peace, Silent, awaited, until, word
from tests.crash.place import Place

ANIMATORS = "animators"


@dataclass
class Company:
    """Who is there. room: of the animators. communities: names that a room was asked for."""

    place: Place
    ledger: Ledger
    employees: Sequence[Actor]
    animators: Sequence[Actor]
    room: str
    peace: Peace = field(default_factory=Peace)
    communities: list[str] = field(default_factory=list)
    newcomers: list[Actor] = field(default_factory=list)
    _serial: count[int] = field(default_factory=count)

    @property
    def everybody(self) -> list[Actor]:
        """All who may have something of the bot in front of them."""
        return [*self.employees, *self.animators, *self.newcomers]

    async def newcomer(self) -> Actor:
        """Somebody whom the bot never met."""
        human = await self.place.town.person(f"New{next(self._serial)}")
        self.newcomers.append(Actor(self.place, human, self.ledger))
        return self.newcomers[-1]


@dataclass
class Story:
    """One employee's, told by a seeded chance. It may be told while others are."""

    company: Company
    who: Actor
    random: Random

    @property
    def _where(self) -> tuple[Place, Peace]:
        return self.company.place, self.company.peace

    async def tell(self) -> None:
        """One of several stories. Raises Silent: somebody never heard what they waited for."""
        tale = self.random.choices(
            [self.wonders, self._opens, self._is_asked, self._is_refused, self._comes], weights=[32, 34, 12, 10, 12]
        )[0]
        await tale()

    # ---------------------------------------------------------------- about nothing

    async def wonders(self) -> None:
        """They ask about requests that are not theirs; each gets its answer."""
        for _ in range(self.random.randint(2, 4)):
            await (self._types_one() if self.random.random() < 0.25 else self._says_one())

    async def _says_one(self) -> None:
        number, inputs = self._number(), list[Input]()
        told = rf"You have no request {number}\."
        self.company.ledger.answers(self.who.name, f"the answer about {number}", told, inputs)
        await self._does(lambda: self.who.says(f"!community withdraw {number}"), self.who, told, inputs)

    async def _types_one(self) -> None:
        """By a command, whose answer may be shown at once, and then at most once."""
        number, inputs = self._number(), list[Input]()
        told = rf"You have no request {number}\."
        promised: list[Input] = []
        self.company.ledger.answers(self.who.name, f"the answer about {number}", told, promised)
        self.company.ledger.whispers(self.who.name, f"what is shown about {number}", told, inputs)

        async def types() -> Input:
            did, is_promised = await self.who.commands(f"community withdraw {number}")
            (promised if is_promised else inputs).append(did)
            return did

        await until(types, lambda: self.who.sees(told), f"{self.who.name} never saw {told}", self.random, *self._where)

    def _number(self) -> int:
        return self.random.randint(100_000_000, 999_999_999)

    # ---------------------------------------------------------------- a community

    async def _opens(self) -> None:
        """Asked for, approved, opened; a colleague is invited, and joins."""
        invited = self.random.choice([each for each in self.company.employees if each is not self.who])
        name, number = await self._asks(invited)
        await self._approved(name, number, invited)

    async def _comes(self) -> None:
        """Somebody new asks, for somebody new: what they ask is shown to them before it is sent."""
        new, invited = await self.company.newcomer(), await self.company.newcomer()
        mine = Story(self.company, new, self.random)
        name, number = await mine._asks_after_a_look(invited)
        await mine._approved(name, number, invited)

    async def _is_asked(self) -> None:
        """An animator has a question first, which is answered."""
        invited = self.random.choice([each for each in self.company.employees if each is not self.who])
        name, number = await self._asks(invited)
        await self._question(name, number)
        await self._approved(name, number, invited)

    async def _is_refused(self) -> None:
        """An animator refuses it, in words; it can be taken back for long."""
        invited = self.random.choice([each for each in self.company.employees if each is not self.who])
        name, number = await self._asks(invited)
        by, inputs, why = self._animator(), list[Input](), word(self.random)
        ledger = self.company.ledger
        refused = rf"Request {number} “{name}” is refused"
        ledger.first(by.name, f"{name} refused", refused, inputs)
        ledger.answers(by.name, f"{name} refused already", rf"refused request {number} “{name}”", inputs, but=1)
        card = rf"Request {number}: {name}\n.*Refused by {by.name}.*{why}"
        ledger.first(ANIMATORS, f"the card of {name}, refused", card, inputs)
        await self._does(lambda: by.says(f"!community refuse {number} duplicate {why}"), by, refused, inputs)

    async def _asks(self, invited: Actor) -> tuple[str, str]:
        """Ask for a community in one line; what it is called, and the number of the request."""
        name, inputs = word(self.random), list[Input]()
        line = f"!community request {name} {self._fields(invited)} --yes"
        ledger = self.company.ledger
        handed = rf"Your request (\d+) “{name}” has been handed"
        ledger.first(self.who.name, f"{name} handed in", handed, inputs)
        ledger.answers(self.who.name, f"{name} asked for already", self._already(name), inputs, but=1)
        came = await self._does(lambda: self.who.says(line), self.who, handed, inputs)
        return name, came

    async def _asks_after_a_look(self, invited: Actor) -> tuple[str, str]:
        """As `_asks`, where it is shown first: all who write again are shown it again."""
        name, lines, presses = word(self.random), list[Input](), list[Input]()
        line = f"!community request {name} {self._fields(invited)}"
        shown = rf"(^|\n)Your community\n.*Name: {name}\n"
        handed = rf"Your request (\d+) “{name}” has been handed"
        ledger = self.company.ledger
        ledger.answers(self.who.name, f"{name} shown", shown, lines)
        ledger.first(self.who.name, f"{name} handed in", handed, presses)
        # Pressed again it is sent already; and who presses while a line of theirs still comes in is shown it again.
        ledger.between(
            self.who.name,
            f"{name} sent already",
            rf"{self._already(name)}|^(That exchange is over|There is nothing|This form)",
            lambda: max(0, sum(each.acked() for each in presses) - 1),
            lambda: max(0, len(presses) - 1),
        )
        await self._does(lambda: self.who.says(line), self.who, shown, lines)

        async def press() -> Input | None:
            did = await self.who.presses("Send the request", f"Name: {name}")
            if did is not None:
                presses.append(did[0])
            return did[0] if did else None

        never = f"{self.who.name} never saw {handed}"
        came = await until(press, lambda: self.who.sees(handed), never, self.random, *self._where)
        return name, came.group(1)

    @staticmethod
    def _already(name: str) -> str:
        """What a request that comes again is answered: while the first waits, and once it is decided."""
        return rf"asked for “{name}” already|“{name}” is already the name of a community or of a request"

    def _fields(self, invited: Actor) -> str:
        words = [word(self.random) for _ in range(5)]
        return f"--purpose {words[0]} {words[1]} --work {' '.join(words[2:])} --invite {invited.human.external}"

    async def _question(self, name: str, number: str) -> None:
        by, asked, ledger = self._animator(), list[Input](), self.company.ledger
        question, reply = word(self.random), word(self.random)
        answered: list[Input] = []
        to_asker = rf"{by.name} has a question about your request {number} .*{question}"
        ledger.answers(self.who.name, f"the question about {name}", to_asker, asked)
        ledger.answers(ANIMATORS, f"the question about {name}", rf"^{by.name} asked:.*{question}", asked)
        ledger.answers(
            by.name, f"the question about {name} passed on", rf"Your question about request {number} ", asked
        )
        await self._does_once(by.says, f"!community ask {number} {question}", self.who, to_asker, asked)
        thanks = rf"your answer is passed on. Request {number} "
        ledger.first(self.who.name, f"thanks for the answer about {name}", thanks, answered)
        nothing = rf"Nothing is asked of you about request {number} "
        ledger.answers(self.who.name, f"nothing asked about {name}", nothing, answered, but=1)
        told = rf"{self.who.name} answered your question about request {number} .*{reply}"
        ledger.first(by.name, f"the answer about {name}", told, answered)
        ledger.first(ANIMATORS, f"the answer about {name}", rf"^{self.who.name} answered:.*{reply}", answered)
        await self._does(lambda: self.who.says(f"!community answer {number} {reply}"), self.who, thanks, answered)
        await self._awaits(by, told)

    async def _approved(self, name: str, number: str, invited: Actor) -> None:
        by, ledger = self._animator(), self.company.ledger
        news = rf"Good news: {by.name} approved your request {number} “{name}”"
        ledger.once(self.who.name, f"{name} approved", news)
        ledger.once(self.who.name, f"{name} open", rf"“{name}” is open")
        invites = rf"invites you to the new community “{name}”"
        ledger.once(invited.name, f"the invitation to {name}", invites)
        ledger.once(ANIMATORS, f"the card of {name}, approved", rf"Request {number}: {name}\n.*Approved by {by.name}")
        for where, what in (
            (f"room {name}", "the charter"),
            (f"pins of {name}", "the charter"),
        ):
            ledger.once(where, what, rf"Welcome to {name}")
        ledger.once("rooms", f"a room {name}", rf"^{name}$")
        self.company.communities.append(name)
        await (self._approves_in_words if self.random.random() < 0.3 else self._approves)(by, name, number, news)
        await self._awaits(invited, invites)
        await self._joins(invited, name)
        await self._awaits(self.who, rf"“{name}” is open")

    async def _approves(self, by: Actor, name: str, number: str, news: str) -> None:
        """By a press on the card."""
        inputs, promised, ledger = list[Input](), list[Input](), self.company.ledger
        done, late = rf"request {number} “{name}” is approved", rf"Too late: .* approved request {number} "
        either = f"{done}|{late}"
        ledger.answers(by.name, f"what was pressed about {name}", either, promised)
        ledger.whispers(ANIMATORS, f"what was pressed about {name}", either, inputs)

        async def press() -> Input | None:
            did = await by.presses("Approve", f"Request {number}: {name}", self.company.room)
            if did is None:
                return None
            (promised if did[1] else inputs).append(did[0])
            return did[0]

        await until(press, lambda: self.who.sees(news), f"{self.who.name} never saw {news}", self.random, *self._where)

    async def _approves_in_words(self, by: Actor, name: str, number: str, news: str) -> None:
        inputs, ledger = list[Input](), self.company.ledger
        ledger.first(by.name, f"{name} approved", rf"Done: request {number} “{name}” is approved", inputs)
        late = rf"Too late: .* approved request {number} "
        ledger.answers(by.name, f"{name} approved already", late, inputs, but=1)
        await self._does(lambda: by.says(f"!community approve {number}"), self.who, news, inputs)

    async def _joins(self, invited: Actor, name: str) -> None:
        inputs: list[Input] = []
        welcome = rf"^Welcome to {name}"
        # The invitation is sent a moment before all is done.
        either = rf"{welcome}|^“{name}” is not open yet"
        self.company.ledger.answers(invited.name, f"the welcome to {name}", either, inputs)

        async def press() -> Input | None:
            did = await invited.presses("Join", f"“{name}”")
            if did is not None:
                inputs.append(did[0])
            return did[0] if did else None

        never = f"{invited.name} never saw {welcome}"
        await until(press, lambda: invited.sees(welcome), never, self.random, *self._where)

    # ---------------------------------------------------------------- how

    def _animator(self) -> Actor:
        return self.random.choice(list(self.company.animators))

    async def _does(self, act: Callable[[], Awaitable[Input]], reader: Actor, pattern: str, inputs: list[Input]) -> str:
        """Act until the reader sees it; what the pattern's group holds."""

        async def does() -> Input:
            did = await act()
            inputs.append(did)
            return did

        never = f"{reader.name} never saw {pattern}"
        came = await until(does, lambda: reader.sees(pattern), never, self.random, *self._where)
        return came.group(1) if came.re.groups else ""

    async def _does_once(
        self, says: Callable[[str], Awaitable[Input]], words: str, reader: Actor, pattern: str, inputs: list[Input]
    ) -> None:
        """As `_does`, for what would be asked twice if it was said twice: only when it was surely not heard."""
        while True:
            did = await says(words)
            inputs.append(did)
            try:
                await self._awaits(reader, pattern)
            except Silent:
                if did.acked():
                    raise
            else:
                return

    async def _awaits(self, reader: Actor, pattern: str) -> None:
        await awaited(lambda: reader.sees(pattern), f"{reader.name} never saw {pattern}", *self._where)
