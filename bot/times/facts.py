"""What one piece of a text says: a day, an hour, a part of the day, a distance from now, a zone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.times.result import Code

DAY = timedelta(days=1)
NOON, MIDNIGHT = 12 * 60, 24 * 60
"""Minutes since the day began."""
_AWAKE = 4
"""The hour before which "tomorrow" may be said by somebody who has not slept yet."""


@dataclass(frozen=True, slots=True)
class Situation:
    """When, where and in which language something is written. zone: IANA. language: "fr" or "en"."""

    now: datetime
    zone: str
    language: str
    day_zero: date | None = None

    @property
    def local(self) -> datetime:
        """What the clocks show, to the minute, naive."""
        return self.now.astimezone(ZoneInfo(self.zone)).replace(second=0, microsecond=0, tzinfo=None)

    @property
    def today(self) -> date:
        """The day it is."""
        return self.local.date()

    @property
    def late(self) -> bool:
        """It is past midnight, and for many still the evening before."""
        return self.local.hour < _AWAKE


@dataclass(frozen=True, slots=True)
class Day:
    """A day, as one of several words for it says it.

    fits: whether a day can be meant. likely: those that are meant where nothing else is said: of several one is asked.
    code: what is asked where none is. span: many days (a week, a month), of which something else must choose.
    """

    fits: Callable[[date], bool]
    likely: tuple[date, ...]
    code: Code = "options"
    span: bool = False


@dataclass(frozen=True, slots=True)
class Hour:
    """A time of day, in minutes since it began. options: what it can be. alone: where no part of the day is said."""

    options: tuple[int, ...]
    alone: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day: its first and its last minute."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Later:
    """So long after now."""

    by: timedelta


@dataclass(frozen=True, slots=True)
class Place:
    """Whose clocks. zone: IANA."""

    zone: str


Fact = Day | Hour | Part | Later | Place
Make = Callable[[re.Match[str], Situation], tuple[Fact, ...]]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and what they say. make: nothing, where they say nothing after all (25 o'clock)."""

    pattern: re.Pattern[str]
    make: Make


def piece(pattern: str, make: Make) -> Piece:
    """Whole words that match a pattern."""
    return Piece(re.compile(f"(?:{pattern})(?= |$)"), make)


def exactly(day: date) -> Day:
    """This day and no other."""
    return Day(lambda each: each == day, (day,))


def one_of(days: Iterable[date]) -> Day:
    """One of some days."""
    likely = tuple(days)
    return Day(lambda each: each in likely, likely)


def no_day(code: Code) -> Day:
    """No day at all, and why."""
    return Day(lambda _: False, (), code)
