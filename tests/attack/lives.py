"""What people chose in a company, and when; and the weeks in which it is looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tests.attack.house import House, Seen, house
from tests.scenarios.company import HOME, TUESDAY

FOUR = ("Legal0", "Legal1", "Legal2", "Legal3")
WEEKS, MOST = 7, 10
"""For how long a company is looked at: until the bot fell silent for who says nothing, and afterwards."""

Choice = str
INNOCENT = "looks at their page"
SILENT = "does nothing"
CHOICES = ("later", "leave me be", "no more of these", "prefers not", "is away", "objects")
TYPED = {
    INNOCENT: "parvis me",
    "later": "parvis snooze 60",
    "leave me be": "parvis stop",
    "no more of these": "parvis stop-kind profile.reminder",
    "prefers not": "profile prefer-not title",
    "is away": "parvis me",
    "objects": "parvis object",
}
"""What they type for it."""


def named(begin: int, end: int) -> tuple[str, ...]:
    """Some people of the large department."""
    return tuple(f"Sales{each}" for each in range(begin, end))


EARLY, WAITING, LATE = named(0, 7), named(7, 13), named(13, 20)
"""Who choose before anything was sent; while a reminder waits for the platform; after two of them."""

TARGETS = (*EARLY, *WAITING, *LATE)


@dataclass(frozen=True)
class Life:
    """Who chooses what, when their time has come. incomplete: who alone of the four has filled nothing."""

    choices: Mapping[str, Choice]
    incomplete: str = FOUR[1]

    @classmethod
    def nobody(cls, incomplete: str = FOUR[1]) -> Life:
        """Nobody chooses anything: who does something looks at their own page.

        Those who do nothing at all are the same as where people choose: who ever used the bot is counted, and who asks
        for something while the platform is away has an answer waiting; anybody may know either.
        """
        some = cls.each(incomplete=incomplete).choices
        return cls({who: SILENT if choice == SILENT else INNOCENT for who, choice in some.items()}, incomplete)

    @classmethod
    def each(cls, shift: int = 0, incomplete: str = FOUR[1]) -> Life:
        """Of each group, everybody chooses something else. shift: who chooses what is moved on by so many; who does
        nothing at all, the last of a group, stays the same.
        """
        chosen: dict[str, Choice] = {}
        for group in (EARLY, WAITING, LATE):
            for place, who in enumerate(group):
                silent = place == len(CHOICES)
                chosen[who] = SILENT if silent else CHOICES[(place + shift) % len(CHOICES)]
        return cls(chosen, incomplete)


async def chooses(built: House, who: str, choice: Choice) -> None:
    """Somebody makes their choice."""
    if choice == SILENT:
        return
    await built.types(who, TYPED[choice])
    if choice == "prefers not":
        await built.fills(who, "declined", ("location", "topics"))
    if choice == "is away":
        await built.is_away(who, 60)


BEGINS = ("relance informes 2026-11-20 Par courriel", "relance apercu", "relance confirmer 27", "relance vague")
"""How the administrator lets the bot begin."""


def week(number: int, hour: int = 15) -> datetime:
    """A Tuesday afternoon. number: weeks since the bot came."""
    return (TUESDAY + timedelta(weeks=number)).astimezone(HOME).replace(hour=hour, minute=0)


async def lived(folder: Path, empty: Path, life: Life, weeks: int = WEEKS) -> list[Seen]:
    """What is seen of a company, week after week, and before and after each choice."""

    async def choose(built: House, who: Sequence[str]) -> None:
        for each in who:
            await chooses(built, each, life.choices[each])

    async with house(folder, empty, before=lambda built: filled(built, life.incomplete)) as built:
        if weeks == MOST:
            built.stride = 4
        seen = [await built.looked_at()]
        await choose(built, EARLY)
        seen.append(await built.looked_at())
        await built.until(week(1, 10))
        seen.append(await built.looked_at())
        await built.types("odile", *BEGINS)
        await built.rests()
        await built.until(week(2, 10))
        seen.append(await built.looked_at())
        await built.types("odile", "relance continuer")
        seen += await built.held_up(lambda built: choose(built, WAITING))
        await built.until(week(3))
        seen.append(await built.looked_at())
        await built.until(week(4, 10))
        seen.append(await built.looked_at())
        await choose(built, LATE)
        for number in range(4, weeks):
            await built.until(week(number))
            last = number == weeks - 1
            seen.append(await built.looked_at(TARGETS if last else (), last=last))
        return seen


async def filled(built: House, incomplete: str) -> None:
    """Of the four, three prefer not to say."""
    for name in FOUR:
        if name != incomplete:
            await built.fills(name, "declined")
