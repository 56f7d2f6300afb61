"""Draws the company: its people, its communities with their members, and what becomes of each and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from tests.simulate.fates.settings import Fate, Settings

Random = np.random.Generator

_STARTS = (30, 80)
"""Weeks between which trouble begins: there is a time before it, and one after it."""
_SEASONS = ((36, 47), (5, 14), (20, 27), (10, 22), (38, 50))
"""First and last week of a year in which the seasonal ones are active: budget, fair, summer, garden, appraisals.

They go over no new year, so that a calendar's weeks say when they are.
"""


@dataclass(frozen=True, slots=True)
class Community:
    """A community as it was drawn. Weeks are counted from the company's first, and may lie before it.

    founded: when it was opened. since: when its fate begins; None: it has none that begins. lead: who leads it; loud:
    who goes on alone, of one voice. members: all who ever belong to it at the outset. voices: those of them who write,
    with how much of it each writes (their sum is 1; the lead is first). rate: messages that begin something in an
    ordinary week. season: first and last week of the year. into: to which it moved or into which it was merged.
    lulls, leaves: weeks in which it is slack, and in which its lead is on leave. gone: from what the lead of
    `LEAD_GONE` went, "company" or "task". declared: its lead said that it is seasonal.
    """

    number: int
    fate: Fate
    founded: int
    since: int | None
    lead: int
    loud: int
    members: tuple[int, ...]
    voices: tuple[tuple[int, float], ...]
    rate: float
    season: tuple[int, int] | None = None
    into: int | None = None
    lulls: frozenset[int] = frozenset()
    leaves: frozenset[int] = frozenset()
    gone: str = ""
    declared: bool = False


@dataclass(frozen=True, slots=True)
class Company:
    """All of it. left: person -> the week from which they are no longer there."""

    settings: Settings
    seed: int
    communities: tuple[Community, ...]
    left: dict[int, int] = field(default_factory=dict)

    def random(self, *what: int) -> Random:
        """Chance of its own for something, the same whatever else is drawn."""
        return np.random.default_rng((self.seed, *what))


def found(settings: Settings, seed: int) -> Company:
    """Draw a company: the same from the same seed."""
    random = np.random.default_rng((seed, 0))
    leaving = random.random(settings.people) < settings.leaving * settings.weeks / 52
    left = {int(each): int(random.integers(2, settings.weeks)) for each in np.flatnonzero(leaving)}
    fates = list(_fates(settings))
    random.shuffle(fates)
    places = [number for number, fate in enumerate(fates) if fate is Fate.LIVELY]
    communities = [
        _community(settings, np.random.default_rng((seed, 1, number)), number, fate, places, left)
        for number, fate in enumerate(fates)
    ]
    for each in communities:
        # Whoever leads it stays, unless that they go is what becomes of it.
        left.pop(each.lead, None)
        left.pop(each.loud, None)
        if each.gone == "company" and each.since is not None:
            left[each.lead] = each.since
    return Company(settings, seed, tuple(communities), left)


def _fates(settings: Settings) -> Iterator[Fate]:
    """As many of each as the settings have it, of all communities."""
    total, done, seen = sum(settings.fates.values()), 0, 0
    for fate, number in settings.fates.items():
        seen += number
        until = round(settings.communities * seen / total)
        for _ in range(done, until):
            yield fate
        done = until


def _community(
    settings: Settings, random: Random, number: int, fate: Fate, places: list[int], left: dict[int, int]
) -> Community:
    founded = _founded(settings, random, fate)
    since = _since(settings, random, fate, founded)
    size = _size(settings, random, fate)
    members = tuple(int(each) for each in random.choice(settings.people, size=size, replace=False))
    voices = _voices(settings, random, members)
    others = [each for each in places if each != number] or [number]
    ways = ("company", "task")
    return Community(
        number=number,
        fate=fate,
        founded=founded,
        since=since,
        lead=members[0],
        loud=members[0] if random.random() < 0.5 else members[1],
        members=members,
        voices=voices,
        rate=_rate(settings, random, fate),
        season=_SEASONS[int(random.integers(len(_SEASONS)))] if fate is Fate.SEASONAL else None,
        into=int(random.choice(others)) if fate in {Fate.MOVED, Fate.MERGED} else None,
        lulls=_spells(settings, random, settings.lull, 2, 4),
        leaves=_spells(settings, random, settings.leave, 3, 6),
        gone=ways[int(random.integers(2))] if fate is Fate.LEAD_GONE else "",
        declared=fate is Fate.SEASONAL and bool(random.random() < settings.declared),
    )


def _founded(settings: Settings, random: Random, fate: Fate) -> int:
    if fate is Fate.NEVER_TOOK_OFF:
        # Of old ones that never took off nothing would be left to hear.
        return int(random.integers(0, max(1, settings.weeks - 40)))
    if fate in {Fate.LIVELY, Fate.SLOW, Fate.TINY, Fate.BOT_ONLY} and random.random() >= settings.older:
        return int(random.integers(1, max(2, settings.weeks - 30)))
    return -int(random.integers(10, 200))


def _since(settings: Settings, random: Random, fate: Fate, founded: int) -> int | None:
    if fate in {Fate.LIVELY, Fate.SLOW, Fate.SEASONAL, Fate.TINY, Fate.BOT_ONLY}:
        return None
    if fate is Fate.NEVER_TOOK_OFF:
        return founded
    low, high = (round(each * settings.weeks / 104) for each in _STARTS)
    return int(random.integers(low, high))


def _size(settings: Settings, random: Random, fate: Fate) -> int:
    if fate is Fate.TINY:
        return 4
    drawn = settings.members * float(np.exp(settings.member_spread * random.standard_normal()))
    if fate is Fate.NEVER_TOOK_OFF:
        drawn /= 3
    return int(min(max(8, drawn), settings.people // 8))


def _rate(settings: Settings, random: Random, fate: Fate) -> float:
    spread = float(np.exp(settings.spread * random.standard_normal()))
    if fate in {Fate.SLOW, Fate.TINY}:
        return settings.slow * min(2.0, max(0.5, spread))
    if fate is Fate.BOT_ONLY:
        return 0.05
    # A conversation that is to dry up was one: the slow ones are a fate of their own.
    return max(settings.usual * spread, settings.usual * 0.4)


def _voices(settings: Settings, random: Random, members: tuple[int, ...]) -> tuple[tuple[int, float], ...]:
    """Who writes, and how much of it each: the lead, and others by Zipf."""
    number = max(3, min(len(members) - 1, round(len(members) ** settings.writers)))
    weights = 1 / np.arange(1, number + 1) ** settings.unequal * random.uniform(0.7, 1.3, number)
    weights *= (1 - settings.lead_share) / weights.sum()
    others = zip(members[1 : number + 1], weights, strict=True)
    return ((members[0], settings.lead_share), *((person, float(share)) for person, share in others))


def _spells(settings: Settings, random: Random, chance: float, short: int, long: int) -> frozenset[int]:
    """Weeks of what comes now and then for a while. chance: in a year."""
    found: set[int] = set()
    for year in range(-(-settings.weeks // 52)):
        if random.random() < chance:
            begins = year * 52 + int(random.integers(52))
            found |= set(range(begins, begins + int(random.integers(short, long + 1))))
    return frozenset(found)
