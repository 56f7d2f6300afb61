"""What happened in a company, made of a seed: who is where, everything they did, what became of communities and of the
bot, and what of all this reached it. It knows no rules of counting.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

START = date(2026, 3, 16)
"""A Monday; clocks go forward on the 29th."""

KINDS = ("spoke", "replied", "reacted", "read", "joined", "left", "edited")
_OFTEN = (20, 20, 25, 25, 3, 3, 4)


NEVER = 1_000_000
"""As the number of a night: nobody ever told the bot."""


@dataclass(frozen=True, slots=True, order=True)
class Happened:
    """Something that somebody did; or, without an account, that became of a community or of the bot (`_PLAN`).

    night: number of the night before which it was heard of, 1 the first. They are heard of in this order.
    """

    night: int
    at: datetime
    kind: str
    account: str
    community: int


@dataclass
class Company:
    """departments: person -> department. accounts: account -> person. communities: numbers, from 1, with who is in
    them to begin with, how they are, and their objective. phases: as what they begin; those that the stream opens are
    not there before. stream: in the order in which it is heard of.
    """

    days: int
    departments: dict[int, str] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    members: dict[int, set[int]] = field(default_factory=dict)
    private: set[int] = field(default_factory=set)
    interest: set[int] = field(default_factory=set)
    objectives: dict[int, str] = field(default_factory=dict)
    phases: dict[int, str] = field(default_factory=dict)
    stream: list[Happened] = field(default_factory=list)


_SIZES = {"made": 40, "taken in": 25, "pilot": 25, "closing": 40, "put out": 30, "tiny": 3}
"""Communities of which something becomes, and how many people are in each to begin with."""

_PLAN = (
    (4, 14, "put_out", "put out"),
    (5, 13, "active", "pilot"),
    (6, 10, "made", "made"),
    (6, 11, "list", "made"),
    (7, 12, "taken_in", "taken in"),
    (7, 13, "list", "taken in"),
    (8, 9, "back", "put out"),
    (8, 10, "list", "put out"),
    (8, 16, "closing", "closing"),
    (9, 15, "asleep", ""),
    (11, 10, "awake", ""),
    (12, 11, "closed", "closing"),
    (13, 16, "closed", "tiny"),
    (14, 15, "cut_off", ""),
    (16, 10, "connected", ""),
)
"""Day, hour (UTC), what becomes, of which community.

made: by the bot; taken_in: it was a room before. put_out, back: the bot, of its room. list: the bot was given the list
of who is in the room. asleep: the bot does not run; cut_off: it runs, and is not connected. Back after these it is
given every list.
"""
_BACK = {"awake": "asleep", "connected": "cut_off", "back": "put_out"}

_DEPARTMENTS: Mapping[str, int] = {"Sales": 70, "Works": 60, "Office": 25, "Law": 7, "Art": 3, "": 4}


def company(seed: int, events: int, days: int, communities: int) -> Company:
    """A company of 169 people, a third of whom have two accounts."""
    chance, made = random.Random(seed), Company(days)
    person = 0
    for department, size in _DEPARTMENTS.items():
        for _ in range(size):
            person += 1
            made.departments[person] = department
            made.accounts[f"U{person}"] = person
            if chance.random() < 1 / 3:
                made.accounts[f"V{person}"] = person
    everybody = sorted(made.departments)
    for number in range(1, communities + 1):
        made.members[number] = set(chance.sample(everybody, chance.choice([2, 3, 4, 6, 12, 25, 40, 60])))
        made.objectives[number] = chance.choice(["Safety", "Quality", ""])
        if chance.random() < 0.4:
            made.private.add(number)
        if chance.random() < 0.5:
            made.interest.add(number)
    numbers = {name: communities + at for at, name in enumerate(_SIZES, 1)}
    for name, number in numbers.items():
        made.members[number] = set(chance.sample(everybody, _SIZES[name]))
        made.objectives[number] = chance.choice(["Safety", "Quality", ""])
        made.private |= {number} if chance.random() < 0.5 else set()
        made.interest |= {number} if chance.random() < 0.5 else set()
    made.phases = {each: "pilot" if each in {numbers["pilot"], numbers["made"]} else "active" for each in made.members}
    made.stream = _changes(numbers, made)
    silent = list(_silent(made.stream))
    busy = {each: chance.random() ** 4 for each in made.accounts}
    names, weights = list(busy), list(busy.values())
    for _ in range(events):
        day = chance.randrange(days)
        at = _at(day, chance.randrange(86_400))
        late = chance.choice([1, 3, 12]) if chance.random() < 0.01 else 0
        (kind,) = chance.choices(KINDS, _OFTEN)
        (account,) = chance.choices(names, weights)
        where = chance.randint(1, len(made.members))
        heard = _at(day + late, 0) if late else at
        is_lost = any(
            of in {0, where} and (since <= at < until or since <= heard < until) for of, since, until in silent
        )
        made.stream.append(Happened(NEVER if is_lost else day + 1 + late, at, kind, account, where))
    made.stream.sort()
    return made


def _at(day: int, second: int) -> datetime:
    return datetime(START.year, START.month, START.day, tzinfo=UTC) + timedelta(days=day, seconds=second)


def _changes(numbers: Mapping[str, int], made: Company) -> list[Happened]:
    """What becomes of communities and of the bot."""
    found, closed = [], set[int]()
    for day, hour, kind, name in _PLAN:
        number = numbers.get(name, 0)
        found.append(Happened(day + 1, _at(day, hour * 3600), kind, "", number))
        if kind == "closed":
            closed.add(number)
        if kind in {"awake", "connected"}:
            at = _at(day, (hour + 1) * 3600)
            found += [Happened(day + 1, at, "list", "", each) for each in made.members if each not in closed]
    return found


def _silent(changes: Iterable[Happened]) -> Iterator[tuple[int, datetime, datetime]]:
    """Since when and until when the bot is told of nothing; of which community, 0 of all."""
    since: dict[tuple[str, int], datetime] = {}
    for each in changes:
        since[each.kind, each.community] = each.at
        if each.kind in {"made", "taken_in"}:
            yield each.community, _at(-1, 0), each.at
        elif each.kind in _BACK:
            yield each.community, since[_BACK[each.kind], each.community], each.at
