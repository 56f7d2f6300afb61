"""What a text about a time comes to: one moment, or a question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

FAR = 5
"""Years ahead, beyond which a time is more likely a slip of the pen."""

Code = Literal[
    "unknown",
    "empty",
    "which-day",
    "which-time",
    "options",
    "several",
    "past",
    "gap",
    "twice",
    "disagree",
    "part",
    "no-such-day",
    "no-day-zero",
    "far",
]
"""What is asked, or why what was written is no time:

unknown: a word (`word`) that was not understood, or not together with the others. empty: no word at all.
which-day, which-time: the one is lacking, `time` or `day` is what is known. options: it may be read in several ways
(`options`); with a single one, it is likely, and still asked. several: more than one time of day.
past: it is over (`local`). gap: clocks never show it, they go forward then (`local`). twice: clocks show it twice,
they go back then (`local`, both are `options`). disagree: two ways in which the day was said are not the same day.
part: the hour does not lie in that part of the day. no-such-day: the 31st of November. no-day-zero: counted from a day
zero that is not set. far: further ahead than `FAR` years.
"""


@dataclass(frozen=True, slots=True)
class Meant:
    """One moment. local: what clocks show then, to the minute, naive. zone: IANA, whose. at: the instant (UTC)."""

    local: datetime
    zone: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Unclear:
    """What has to be asked before there is a moment. day, time ("09:00"), local, zone: what is known."""

    code: Code
    word: str = ""
    day: date | None = None
    time: str = ""
    local: datetime | None = None
    zone: str = ""
    options: tuple[Meant, ...] = ()


Read = Meant | Unclear


def settle(day: date, minutes: int, zone: str, now: datetime) -> Read:
    """The one instant, still to come, when clocks show a time; or why there is none.

    minutes: since the day began; 1440 is the midnight that ends it. zone: IANA. Raises zoneinfo.ZoneInfoNotFoundError.
    """
    start = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - what a clock on a wall shows
    if abs(day.year - now.year) > FAR:  # the calendar itself has an end
        return Unclear("far" if day.year > now.year else "past", local=start, zone=zone)
    local = start + timedelta(minutes=minutes)
    place = ZoneInfo(zone)
    first, second = (local.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(place).replace(tzinfo=None) != local:
        return Unclear("gap" if second > now else "past", local=local, zone=zone)
    if second <= now:
        return Unclear("past", local=local, zone=zone)
    if first != second:
        both = tuple(Meant(local, zone, each) for each in (first, second) if each > now)
        return Unclear("twice", local=local, zone=zone, options=both)
    return Meant(local, zone, first)
