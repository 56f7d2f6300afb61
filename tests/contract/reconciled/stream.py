"""What happened in a company, made of a seed: who is where, and everything they did. It knows no rules of counting."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

START = date(2026, 3, 16)
"""A Monday; clocks go forward on the 29th."""

KINDS = ("spoke", "replied", "reacted", "read", "joined", "left", "edited")
_OFTEN = (20, 20, 25, 25, 3, 3, 4)


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that somebody did. night: number of the night before which it was heard of, 0 the first."""

    kind: str
    at: datetime
    account: str
    community: int
    night: int


@dataclass
class Company:
    """departments: person -> department. accounts: account -> person. communities: numbers, from 1, with who is in
    them to begin with, how they are, and their objective. stream: in the order in which it is heard of.
    """

    days: int
    departments: dict[int, str] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    members: dict[int, set[int]] = field(default_factory=dict)
    private: set[int] = field(default_factory=set)
    interest: set[int] = field(default_factory=set)
    objectives: dict[int, str] = field(default_factory=dict)
    stream: list[Happened] = field(default_factory=list)


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
    busy = {each: chance.random() ** 4 for each in made.accounts}
    names, weights = list(busy), list(busy.values())
    for _ in range(events):
        day = chance.randrange(days)
        at = datetime(START.year, START.month, START.day, tzinfo=UTC) + timedelta(
            days=day, seconds=chance.randrange(86_400)
        )
        late = chance.choice([1, 3, 12]) if chance.random() < 0.01 else 0
        (kind,) = chance.choices(KINDS, _OFTEN)
        (account,) = chance.choices(names, weights)
        made.stream.append(Happened(kind, at, account, chance.randint(1, communities), day + 1 + late))
    made.stream.sort(key=lambda each: (each.night, each.at))
    return made
