"""A small capability that has something to say unasked: whose plant is thirsty, whose fish are hungry.

It knows nothing of attention, of the release, or of the other kind.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import BaseModel

from bot.chat import Press
from bot.nudge import Answer, ContactSpec, Context, Nudge, Prospect
from bot.say import Line, Pick, Say, say

PLANT = Say(lines=(Line(id="watering-please"),), choices=(Pick(label="watering-done", action="watering.done"),))
FISH = Say(lines=(Line(id="feeding-please"),))
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Herd:
    """Who is due for one kind. promised, passed: people, as they came; parts: how many were looked at in each.

    patient: who may be told only later is not due before. first_at: nobody is due before.
    """

    say: Say
    due: dict[int, datetime] = field(default_factory=dict)
    promised: list[int] = field(default_factory=list)
    passed: list[int] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    patient: bool = False
    first_at: datetime | None = None

    def needs(self, *people: int) -> None:
        """These are due, in this order."""
        for each in people:
            self.due[each] = BEGAN + timedelta(seconds=len(self.due))

    async def found(
        self, ctx: Context, limit: int, *, after: Prospect | None = None, among: Collection[int] | None = None
    ) -> Sequence[Prospect]:
        """As `bot.nudge.Due`."""
        begin = (after.since, after.person) if after is not None and after.since is not None else (BEGAN, -1)
        order = sorted((since, who) for who, since in self.due.items() if among is None or who in among)
        some = [(since, who) for since, who in order if (since, who) > begin and since <= ctx.now][:limit]
        self.parts.append(len(some))
        return [Prospect(person=who, say=self.say, key="1", since=since) for since, who in some]

    async def is_promised(self, ctx: Context, prospect: Prospect) -> None:
        """It is not due again."""
        self.promised.append(prospect.person)
        self.due.pop(prospect.person, None)

    async def is_passed(self, ctx: Context, prospect: Prospect) -> None:
        """Nor is it to whom it is not to be said."""
        self.passed.append(prospect.person)
        self.due.pop(prospect.person, None)

    async def is_put_off(self, ctx: Context, people: Mapping[int, datetime]) -> None:
        """It is due later."""
        self.due |= people if self.patient else {}

    async def first(self, ctx: Context) -> datetime | None:
        """When anybody is due at the earliest."""
        return self.first_at

    def spec(self, kind: str, priority: int) -> ContactSpec:
        """The kind, as it is declared."""
        return ContactSpec(
            kind,
            priority=priority,
            due=self.found,
            promised=self.is_promised,
            passed=self.is_passed,
            put_off=self.is_put_off,
            example=lambda _ctx: self.say,
            first=self.first,
        )


@dataclass
class Watering:
    """The capability, and who needs what."""

    plants: Herd = field(default_factory=lambda: Herd(PLANT))
    fish: Herd = field(default_factory=lambda: Herd(FISH))

    def nudge(self, fish: bool = True) -> Nudge:
        """fish: the version that has a second kind."""
        nudge = Nudge(id="watering", catalogs=Path(__file__).parent, settings=BaseModel)
        nudge.contacts.append(self.plants.spec("watering", 41))
        if fish:
            nudge.contacts.append(self.fish.spec("feeding", 40))
        nudge.choice("watering.done")(done)
        return nudge

    @property
    def herds(self) -> Mapping[str, Herd]:
        """By kind."""
        return {"watering": self.plants, "feeding": self.fish}


async def done(_event: Press, ctx: Context) -> Answer:
    """Somebody watered their plant."""
    return say("plain", text="thanks")
