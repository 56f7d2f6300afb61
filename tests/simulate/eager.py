"""A capability of the simulation alone: it would contact everybody far more often than anybody may be.

Two kinds of unasked messages, one that wants an answer and one that does not, compete with each other and with what the
bot's own capabilities have to say.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from pydantic import BaseModel, ConfigDict

from bot.chat import Event
from bot.nudge import Answer, ContactSpec, Context, Nudge, Prospect
from bot.say import Pick, Say, say

POLL, TIP = "simulated.poll", "simulated.tip"


class Settings(BaseModel):
    """There is nothing to set."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Occasions:
    """When who is to be contacted next, of one kind; kept in memory."""

    def __init__(self, kind: str, words: Say, days: tuple[int, int], random: Random, *, asks: bool) -> None:
        """days: so many, at least and at most, lie between two occasions."""
        self.kind = kind
        self._words = words
        self._days = days
        self._random = random
        self._asks = asks
        self._due: list[tuple[datetime, int]] = []
        self._when: dict[int, datetime] = {}
        self._count = 0

    def begin(self, people: Iterable[int], now: datetime) -> None:
        """These people are to be contacted from now on, the first of them at once."""
        for person in people:
            self._next(person, now + timedelta(minutes=self._random.randrange(self._days[1] * 24 * 60)))

    async def due(
        self, ctx: Context, limit: int, *, after: Prospect | None = None, among: Collection[int] | None = None
    ) -> Sequence[Prospect]:
        """See `bot.nudge.Due`."""
        if among is not None:
            found = sorted((self._when[each], each) for each in among if self._when.get(each, ctx.now) < ctx.now)
        else:
            found = self._due[: bisect_left(self._due, (ctx.now, 0))]
        first = bisect_right(found, (after.since, after.person)) if after is not None and after.since else 0
        return [self._prospect(person, since) for since, person in found[first : first + limit]]

    async def promised(self, ctx: Context, prospect: Prospect) -> None:
        """It was said, or will be."""
        self._count += 1
        self._next(prospect.person, ctx.now + timedelta(days=self._random.randint(*self._days)))

    async def passed(self, ctx: Context, prospect: Prospect) -> None:
        """Not now: perhaps another time."""
        self._next(prospect.person, ctx.now + timedelta(days=self._random.randint(*self._days)))

    async def put_off(self, _ctx: Context, people: Mapping[int, datetime]) -> None:
        """It may be said only later."""
        for person, when in people.items():
            self._next(person, when)

    def _prospect(self, person: int, since: datetime) -> Prospect:
        return Prospect(person, self._words, key=f"{since:%Y%m%d%H%M}", asks=self._asks, since=since)

    def _next(self, person: int, when: datetime) -> None:
        if person in self._when:
            del self._due[bisect_left(self._due, (self._when[person], person))]
        self._when[person] = when
        insort(self._due, (when, person))


class Eager:
    """The capability, and its memory."""

    def __init__(self, seed: int, days: tuple[int, int] = (60, 120)) -> None:
        """days: so many lie between two questions to one person, at least and at most; tips come more often."""
        picks = (
            Pick(label="simulated-poll-yes", action="simulated.answer", value="yes"),
            Pick(label="simulated-poll-no", action="simulated.answer", value="no"),
        )
        random = Random(f"{seed}:occasions")
        self.kinds = (
            Occasions(POLL, say("simulated-poll", *picks), days, random, asks=True),
            Occasions(TIP, say("simulated-tip"), (days[0] * 2 // 3, days[1] * 2 // 3), random, asks=False),
        )
        self.nudge = Nudge(id="simulated", catalogs=Path(__file__).parent / "locales", settings=Settings)
        self.nudge.choice("simulated.answer")(_answered)
        for number, each in enumerate(self.kinds):
            spec = ContactSpec(
                each.kind, priority=41 + number, due=each.due,
                promised=each.promised, passed=each.passed, put_off=each.put_off,
            )  # fmt: skip
            self.nudge.contacts.append(spec)

    def begin(self, people: Iterable[int], now: datetime) -> None:
        """These people are to be contacted."""
        people = list(people)
        for each in self.kinds:
            each.begin(people, now)


async def _answered(_event: Event, _ctx: Context) -> Answer:
    return say("simulated-poll-thanks")
