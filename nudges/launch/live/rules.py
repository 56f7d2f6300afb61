"""What is told of a day while it goes on. Pure.

A live figure that rises by one tells of one person, to whoever saw them act. So what people do is told in steps of the
smallest group (five), never as "none" or "all", and a figure moves on only when so many did it since it was told last:
what lies between two looks is always about five people or more. It is counted once in some minutes, written down, and
the same for whoever looks. "At least" stays true while it waits, since nothing of a day is undone. What the bot itself
delivered is no secret of anybody's, and told as it is, from five up for each medium. Questions that wait are handed in
to be read by those who look here: they are told in steps, and may become fewer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

PEOPLE = ("joined", "first", "finished")
"""What people did, each of them once: were there, wrote, made their profile whole, for the first time."""


@dataclass(frozen=True, slots=True)
class Counts:
    """A day as it is counted. of: how many people there are. people: how many of them, by what they did."""

    of: int
    people: Mapping[str, int]
    delivered: Mapping[str, int]
    questions: int


@dataclass(frozen=True, slots=True)
class Told:
    """A day as it is told. bases: what was counted when a figure was told, which nobody sees; people: at least so many.

    delivered: by medium, those with few left out; in_all: of all media. questions: at least so many.
    """

    bases: Mapping[str, int] = field(default_factory=dict)
    people: Mapping[str, int] = field(default_factory=dict)
    delivered: Mapping[str, int] = field(default_factory=dict)
    in_all: int = 0
    questions: int = 0

    def text(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self), sort_keys=True)

    def shows(self, other: Told) -> bool:
        """Whether a reader sees the same in both."""
        mine, theirs = asdict(self), asdict(other)
        return {**mine, "bases": {}} == {**theirs, "bases": {}}


def read(text: str) -> Told:
    """What `Told.text` wrote."""
    return Told(**json.loads(text or "{}"))


def told(before: Told, counts: Counts, k: int) -> Told:
    """What is told after what was told before. k: the smallest group about which anything is told."""
    bases, people = dict(before.bases), dict(before.people)
    for name, count in counts.people.items():
        if name not in bases or count - bases[name] >= k:
            low = step(count, counts.of, k)
            if low > people.get(name, -1):
                bases[name], people[name] = count, low
    in_all = sum(counts.delivered.values())
    shown = {name: number for name, number in sorted(counts.delivered.items()) if number >= k}
    return Told(bases, people, shown, in_all if in_all >= k else 0, counts.questions // k * k)


def step(count: int, of: int, k: int) -> int:
    """At least so many, in steps; never so many that it would be everybody. Of few people nothing is told."""
    last = max(of // k - 1, 0) * k
    return min(max(count, 0) // k * k, last)
