"""How much is expected of a community in a week: in an ordinary life, and with what becomes of it. This is the truth.

A rate is an expected number of messages that begin something, by people. The company's own season, its holidays, and
what a community is like are in both; its fate, and boosts, are in the second alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import holidays

from tests.simulate.fates.founding import Community, Company
from tests.simulate.fates.settings import Fate, Settings

_SLACK_WEEKS = {
    1: 0.55, 7: 0.9, 8: 0.9, 16: 0.92, 17: 0.92, 19: 0.85, 20: 0.88, 29: 0.85, 30: 0.7, 31: 0.55, 32: 0.42, 33: 0.38,
    34: 0.5, 35: 0.75, 43: 0.92, 44: 0.92, 51: 0.75, 52: 0.22, 53: 0.22,
}  # fmt: skip
"""Week of the year -> how much of the usual is written in it. Guessed: summer, Christmas, school holidays in France."""
_PER_HOLIDAY = 0.86
"""What a public holiday on a working day leaves of a week: nearly a fifth less."""
_TRIES = 3
"""Weeks for which whoever opened what never takes off goes on trying."""


@dataclass(frozen=True, slots=True)
class Boosts:
    """What boosts do: nothing, unless the size says otherwise.

    size: by how much the rate is multiplied in the week after one; lasting: weeks until half of that is left. at:
    community -> the week in which it was boosted.
    """

    size: float = 1.0
    lasting: float = 8.0
    at: Mapping[int, int] = field(default_factory=dict)

    def factor(self, community: int, week: int) -> float:
        """By how much the rate of a community is multiplied in a week."""
        begun = self.at.get(community)
        if begun is None or week <= begun:
            return 1.0
        return 1 + (self.size - 1) * halved((week - begun - 1) / self.lasting)


@dataclass(frozen=True, slots=True)
class Truth:
    """What is so in a week. usual: what would be expected without its fate; expected: what is, boosts not counted."""

    usual: float
    expected: float

    @property
    def ratio(self) -> float:
        """How much of its own ordinary life is left: 1 for all of it."""
        return self.expected / self.usual if self.usual else 1.0


def monday(settings: Settings, week: int) -> date:
    """The first day of a week."""
    return settings.start + timedelta(weeks=week)


def halved(times: float) -> float:
    """What is left of 1 that was halved so many times."""
    return float(0.5**times)


@cache
def _free(country: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=year))


def season(settings: Settings, week: int) -> float:
    """How much of the usual the whole company writes in a week."""
    first = monday(settings, week)
    days = (first + timedelta(days=each) for each in range(5))
    free = sum(day in _free(settings.country, day.year) for day in days)
    return _SLACK_WEEKS.get(first.isocalendar().week, 1.0) * _PER_HOLIDAY**free


def truth(company: Company, community: Community, week: int) -> Truth:
    """What is so of a community in a week; nothing before it is opened."""
    if week < community.founded:
        return Truth(0.0, 0.0)
    usual = _usual(company.settings, community, week)
    return Truth(usual, usual * remaining(company.settings, community, week))


def _usual(settings: Settings, community: Community, week: int) -> float:
    rate = community.rate * season(settings, week)
    rate *= 1 - halved((week - community.founded + 1) / settings.growing)
    if community.season:
        first, last = community.season
        number = monday(settings, week).isocalendar().week
        rate *= 1.0 if first <= number <= last else 0.03
    if week in community.leaves:
        rate *= settings.missed
    return rate


def remaining(settings: Settings, community: Community, week: int) -> float:
    """What its fate leaves of the rate of a community in a week, lulls that pass included."""
    lull = settings.slack if week in community.lulls else 1.0
    if community.since is None or week < community.since:
        return lull
    age = week - community.since
    dwindled = settings.remaining + (1 - settings.remaining) * halved(age / settings.dwindling)
    match community.fate:
        case Fate.NEVER_TOOK_OFF:
            return 0.3 if age < _TRIES else 0.04
        case Fate.ONE_VOICE | Fate.UNANSWERED:
            # As much begins as is still begun by who goes on alone, or who asks.
            return max(dwindled, 0.45) * lull
        case Fate.MERGED:
            return 0.0
        case _:
            return dwindled * lull


def moved_here(company: Company, community: Community, week: int) -> list[tuple[Community, float]]:
    """The communities whose people go on in this one, and what of their rate came along."""
    found = []
    for each in company.communities:
        if each.into == community.number and each.since is not None and week >= each.since:
            gone = 1 - remaining(company.settings, each, week)
            found.append((each, _usual(company.settings, each, week) * gone * 0.8))
    return found
