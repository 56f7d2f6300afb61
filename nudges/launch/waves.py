"""Who gets an announcement first: a few, drawn by what says nothing about them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from math import ceil

from bot.nudge import Told
from bot.nudging.rules import share

FEW, ALL = 1, 2
"""The waves: the first few, then everybody."""


def first(people: int, percent: int, start: int) -> int:
    """How many of so many people are the first wave, one at least; 0: there is none. start: people from which on."""
    if percent <= 0 or people < start:
        return 0
    return max(1, ceil(people * percent / 100))


def drawn(told: Iterable[Told], number: int) -> list[Told]:
    """Those whom an announcement is for, each once, in the order in which they are drawn.

    It is the same each time, and depends on nothing but the announcement's number and each person's: whoever comes or
    goes meanwhile leaves the others where they were.
    """
    each = {one.person: one for one in told}
    return sorted(each.values(), key=lambda one: (share(f"announcement:{number}", one.person), one.person))


def left(
    people: Sequence[Told], promised: Collection[int], wave: int, size: int, on_time: Collection[int] = ()
) -> list[Told]:
    """Those to whom it is still to be promised. people: as drawn. promised: to whom it was. size: of the first wave.

    on_time: who can be told now. They come before the others of the first wave: it is to be seen how it went.
    """
    missing = [one for one in people if one.person not in promised]
    if wave != FEW:
        return missing
    missing.sort(key=lambda one: one.person not in on_time)
    return missing[: lacking(promised, size)]


def lacking(promised: Collection[int], size: int) -> int:
    """To how many of the first wave it is still to be promised."""
    return max(0, size - len(promised))
