"""The first wave, how much becomes one message, and whether a preview still holds. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import heappushpop

from bot.nudge import Prospect

FEW = 5
"""People of the smallest first wave: fewer would say nothing about how it goes."""

ITEMS = 3
"""Contacts of one message, at most: what a person can take in at once."""

LITTLE_SHARE, LITTLE = 0.1, 2
"""By how much a preview may have changed since it was looked at: a tenth, or two people."""

CONFIRMED, WAVE, WAITS, ALL = "confirmed", "wave", "waits", "all"
"""The stages of a kind, as `storage.releases.KindRelease`."""


def share(seed: str, person: int) -> float:
    """Where somebody stands in the draw, from 0 to 1: at random, and the same each time."""
    drawn = hashlib.blake2b(f"{seed}:{person}".encode(), digest_size=8).digest()
    return int.from_bytes(drawn, "big") / 2**64


@dataclass
class Draw:
    """Draws the first wave while the people go by: those of a given percent, and a few at least."""

    percent: int
    _few: list[float] = field(default_factory=list)  # the smallest shares, negative: the largest of them first

    def see(self, share: float) -> None:
        """One more who could be in it."""
        if len(self._few) < FEW:
            self._few.append(-share)
            self._few.sort()
        else:
            heappushpop(self._few, -share)

    @property
    def cut(self) -> float | None:
        """The largest share that is in the wave; None: nobody was seen."""
        return max(self.percent / 100, -min(self._few)) if self._few else None


def may_be_told(stage: str, cut: float | None, share: float) -> bool:
    """Whether a kind at this stage may be promised to whoever has this share."""
    return stage == ALL or (stage == WAVE and cut is not None and share <= cut)


def still_holds(seen: int, now: int) -> bool:
    """Whether a preview is still what was looked at. seen, now: how many people it names."""
    return abs(seen - now) <= max(LITTLE, int(LITTLE_SHARE * max(seen, now)))


def first_of_each(prospects: Iterable[Prospect]) -> dict[int, Prospect]:
    """Person -> what has been due longest; what is due next follows when that was said."""
    found: dict[int, Prospect] = {}
    for each in prospects:
        found.setdefault(each.person, each)
    return found
