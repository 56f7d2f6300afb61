"""What each indicator is, over which days it is told, and of which communities what happened is told. Pure.

A day is one of the organisation's zone; a week is that of ISO 8601, from Monday; a month is that of the calendar.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.figures import NO_DEPARTMENT, OTHERS
from bot.say import Term
from nudges.pulse.report import Kind, Measure, Period

PEOPLE: tuple[Measure, ...] = ("activated", "adopting", "active")
"""Yes or no of each person: told once a day by `bot.figures`."""
EVENTS: tuple[Measure, ...] = ("posts", "replies", "reactions", "joins", "reads")
"""What happened in communities: numbers of a day, which are added up."""
BALANCE: tuple[Measure, ...] = ("private", "interest")
"""Of communities, how many are so: as they stood on the last day of a period."""

WINDOWED: tuple[Measure, ...] = ("adopting", "active")
"""Of these, what counts is what was done within the window."""

OWN = "own"
"""As what is told of a community on a day: under its own name; with others, as OTHERS; "" for nothing."""

FIRST_YEAR = 2000
"""Of figures there are none before, and none after next year."""

_DAY = timedelta(days=1)


def may_be_told(day: date, today: date) -> bool:
    """Whether figures can be looked for on a day: what lies further away was mistyped."""
    return FIRST_YEAR <= day.year <= today.year + 1


def tells(measure: Measure, kind: Kind) -> bool:
    """Whether a measure is told of such groups: what happened belongs to communities, what people are to people."""
    if measure == "population":
        return kind in {"all", "department", "community"}
    if measure == "activated":
        return kind in {"all", "department"}
    if measure in PEOPLE:
        return kind in {"all", "department", "community"}
    if measure in BALANCE:
        return kind == "all"
    return kind != "department"


def definition(measure: Measure, kind: Kind, window: int) -> Term:
    """How a figure comes about, in words: its numerator, its denominator, its window. window: days."""
    there = "-there" if kind == "community" and (measure in PEOPLE or measure == "population") else ""
    return Term(term=f"pulse-is-{measure}{there}", args={"days": window})


def shown_name(group: str) -> str:
    """How people read a department; "" where it has no name of its own."""
    return "" if group in {OTHERS, NO_DEPARTMENT} else group.removeprefix("=")


# ---------------------------------------------------------------- periods


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A day, a week or a month: its first and its last day."""

    since: date
    until: date


def span(period: Period, day: date) -> Span:
    """The period that a day is in."""
    if period == "day":
        return Span(day, day)
    if period == "week":
        monday = day - timedelta(days=day.weekday())
        return Span(monday, monday + 6 * _DAY)
    return Span(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]))


def spans(period: Period, since: date, until: date) -> list[Span]:
    """The whole periods that touch these days, the earliest first."""
    found, day = [], since
    while day <= until:
        found.append(span(period, day))
        day = found[-1].until + _DAY
    return found


# ---------------------------------------------------------------- which communities are shown


def shown(members: Mapping[int, Collection[int]], k: int) -> dict[int, str]:
    """As what each community is told of on a day: OWN, OTHERS; those of which nothing may be told are left out.

    Communities under k people are told of together; while these are under k people altogether, whoever is in several
    counted once, the smallest shown one joins them. members: community -> people. k: the smallest group.
    """
    own = sorted(
        (each for each, some in members.items() if len(some) >= k), key=lambda each: (-len(members[each]), each)
    )
    small = [each for each, some in members.items() if len(some) < k]
    together = {person for each in small for person in members[each]}
    while small and own and len(together) < k:
        small.append(own.pop())
        together.update(members[small[-1]])
    if len(together) < k:
        small = []
    return dict.fromkeys(own, OWN) | dict.fromkeys(small, OTHERS)
