"""What is heard of a community in a week, as a platform would let a bot hear it: who wrote where and when, no words.

Each community and week has chance of its own: what is done to one changes nothing that is heard of another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from tests.simulate.fates.founding import Community, Company, Random
from tests.simulate.fates.rates import Boosts, monday, moved_here, truth
from tests.simulate.fates.settings import Fate, Settings

_ZONE = ZoneInfo("Europe/Paris")
_BEGIN, _END = 8.5, 18.5
"""Hours between which people write."""
_DAILY = (0.22, 0.22, 0.2, 0.2, 0.16)
"""How a week is written: less on Fridays, nothing at the weekend."""
_BOT_POSTS = 7
Rates: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int64]

BOT = -1
"""Whoever is a program."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something heard of a community. at: UTC. person: BOT for a program."""

    at: datetime
    community: int
    person: int


@dataclass(frozen=True, slots=True)
class Wrote(Happening):
    """A message. number: its own, within the community; thread: the number of the one it replies to, 0 for none."""

    number: int
    thread: int = 0
    question: bool = False


@dataclass(frozen=True, slots=True)
class Came(Happening):
    """Somebody joined."""


@dataclass(frozen=True, slots=True)
class Left(Happening):
    """Somebody left the company, and so the community."""


@dataclass(frozen=True, slots=True)
class Stepped(Happening):
    """Somebody stopped leading it: they left the company, or the task."""


@dataclass(frozen=True, slots=True)
class Merged(Happening):
    """It was merged into another one; nobody writes there any more."""

    into: int


def heard(company: Company, week: int, boosts: Boosts | None = None) -> list[Happening]:
    """All that is heard in a week, in order of time."""
    every = [each for community in company.communities for each in _week(company, community, week, boosts or Boosts())]
    return sorted(every, key=lambda each: (each.at, each.community))


def numbers(company: Company, week: int, boosts: Boosts) -> Whole:
    """How many messages began something in each community: drawn like those of `heard`, without being told who wrote.

    For what needs many companies and no people. One whole number for each community.
    """
    mean = np.array([
        truth(company, each, week).expected * boosts.factor(each.number, week) for each in company.communities
    ])  # fmt: skip
    return _drawn(company.random(3, week), mean, company.settings.unsteady)


def _drawn(random: Random, mean: Rates, size: float) -> Whole:
    """Negative binomial numbers of such means."""
    return random.poisson(mean * random.gamma(size, 1 / size, mean.shape))


def _week(company: Company, community: Community, week: int, boosts: Boosts) -> Iterator[Happening]:
    if week < community.founded:
        return
    random = company.random(2, community.number, week)
    settings = company.settings
    yield from _people(company, community, week, random)
    if community.fate is Fate.BOT_ONLY:
        for _ in range(_BOT_POSTS):
            yield Wrote(_hour(settings, random, week), community.number, BOT, _number(random))
    mean = truth(company, community, week).expected * boosts.factor(community.number, week)
    begun = int(_drawn(random, np.array([mean]), settings.unsteady)[0])
    voices = _voices(company, community, week)
    for _ in range(begun):
        yield from _conversation(company, community, week, voices, random)
    if community.fate is Fate.MERGED and community.since is not None and week >= community.since:
        return
    for other, rate in moved_here(company, community, week):
        came = _voices(company, other, week, going_on=True)
        for _ in range(int(random.poisson(rate))):
            yield from _conversation(company, community, week, came, random)


def _people(company: Company, community: Community, week: int, random: Random) -> Iterator[Happening]:
    """Who comes and goes."""
    settings, number = company.settings, community.number
    for person in (*(community.members if week == community.founded else ()), *_arriving(company, community, week)):
        yield Came(_hour(settings, random, week), number, person)
    for person in community.members:
        if company.left.get(person) == week:
            yield Left(_hour(settings, random, week), number, person)
    if community.since != week:
        return
    if community.fate is Fate.LEAD_GONE:
        yield Stepped(_hour(settings, random, week), number, community.lead)
    if community.fate is Fate.MERGED and community.into is not None:
        yield Merged(_hour(settings, random, week), number, community.lead, community.into)


def _arriving(company: Company, community: Community, week: int) -> Iterator[int]:
    """Who comes from a community that moves to this one."""
    for other in company.communities:
        if other.fate is Fate.MOVED and other.into == community.number and other.since == week:
            yield from (person for person, _ in other.voices)


Voices: TypeAlias = tuple[Sequence[int], Rates]
"""People, and how much of what is begun is theirs: a sum of 1."""


def _voices(company: Company, community: Community, week: int, *, going_on: bool = False) -> Voices:
    """Who begins something in a week. going_on: as if nothing had become of it."""
    here = [(person, share) for person, share in community.voices if company.left.get(person, week + 1) > week]
    people = [person for person, _ in here] or [community.lead]
    shares = np.array([share for _, share in here] or [1.0])
    if week in community.leaves and len(people) > 1:
        shares = np.where(np.array(people) == community.lead, 0.0, shares)
    begun = community.since is not None and week >= community.since
    if begun and not going_on:
        shares = _after(community, week - (community.since or 0), people, shares)
    return people, shares / shares.sum()


def _after(community: Community, age: int, people: Sequence[int], shares: Rates) -> Rates:
    """Who still begins something, so many weeks after its fate began."""
    others = 0.5 ** (age / 3)
    who = np.array(people)
    match community.fate:
        case Fate.ONE_VOICE:
            # The loud one keeps up what there was; what the others did goes.
            return np.where(who == community.loud, 1.0, shares * max(others, 0.05))
        case Fate.NEVER_TOOK_OFF:
            return np.where(who == community.lead, 1.0, shares * 0.15)
        case Fate.LEAD_GONE if len(people) > 1:
            return np.where(who == community.lead, 0.0 if community.gone == "company" else 0.02, shares)
    return shares


@dataclass(frozen=True, slots=True)
class _Manner:
    """How people answer one another. asking: the share of what is begun that are questions; answered: the chance that
    one is answered; replies: to each thing begun, besides.
    """

    asking: float
    answered: float
    replies: float


def _manner(settings: Settings, community: Community, week: int) -> _Manner:
    usual = _Manner(settings.asking, settings.answered, settings.replies)
    if community.since is None or week < community.since:
        return usual
    left = 0.5 ** ((week - community.since) / settings.dwindling)
    match community.fate:
        case Fate.UNANSWERED:
            return _Manner(
                0.75 - 0.45 * left, 0.06 + (settings.answered - 0.06) * left, settings.replies * max(left, 0.15)
            )
        case Fate.ONE_VOICE:
            return _Manner(settings.asking * max(left, 0.2), settings.answered, settings.replies * max(left, 0.04))
        case Fate.NEVER_TOOK_OFF:
            return _Manner(settings.asking, 0.15, 0.08)
    return usual


def _conversation(
    company: Company, community: Community, week: int, voices: Voices, random: Random
) -> Iterator[Happening]:
    """Something begun, and what is replied to it."""
    settings, (people, shares) = company.settings, voices
    manner = _manner(settings, community, week)
    author, number = int(random.choice(people, p=shares)), _number(random)
    at = _hour(settings, random, week)
    question = bool(random.random() < manner.asking)
    said = [Wrote(at, community.number, author, number, question=question)]
    others = np.where(np.array(people) == author, 0.0, shares)
    if others.sum():
        others = others / others.sum()
        if question and random.random() < manner.answered:
            hours = settings.delay * float(np.exp(1.2 * random.standard_normal()))
            said.append(_reply(said[0], int(random.choice(people, p=others)), hours, random))
        for _ in range(int(random.poisson(manner.replies * (0.6 if question else 1.0)))):
            # Also whoever asked goes on, which answers nothing.
            who = author if random.random() < 0.2 else int(random.choice(people, p=others))
            if who != author and question and len(said) == 1:
                continue  # whether a question is answered is drawn above, and by nothing else
            said.append(_reply(said[0], who, float(random.exponential(20.0)), random))
    for each in said:
        if not settings.deaf or random.random() >= settings.deaf:
            yield each


def _reply(to: Wrote, person: int, hours: float, random: Random) -> Wrote:
    return Wrote(to.at + timedelta(hours=hours), to.community, person, _number(random), thread=to.number)


def _number(random: Random) -> int:
    return int(random.integers(1, 2**53))


def _hour(settings: Settings, random: Random, week: int) -> datetime:
    """A moment of a week at which people write."""
    day = int(random.choice(len(_DAILY), p=_DAILY))
    hour = float(random.uniform(_BEGIN, _END))
    begun = datetime.combine(monday(settings, week), time(), _ZONE) + timedelta(days=day, hours=hour)
    return begun.astimezone(UTC)
