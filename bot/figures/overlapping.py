"""Which overlapping groups may be told of beside groups that everybody is in one of; pure.

The case: who takes part in a community takes part at all, so what is told of departments limits what can be true of the
members of a community, and the other way round. People's states differ from one overlapping group to the next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bot.figures.rules import Base, apart, steps

_NOTHING: Mapping[str, Collection[int]] = MappingProxyType({})
SPARE = 2
"""So many states are left open, at least: whoever compares may know one of them, which is their own."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A group that everybody is in one of. size: people counted in it; low, high: how many of them may say yes."""

    size: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class _Group:
    """An overlapping group. inside: number of a part -> how many of its people are counted there."""

    people: frozenset[int]
    inside: Counter[int]


def beside(
    bases: Sequence[Base],
    fresh: Collection[int],
    groups: Mapping[str, Collection[int]],
    k: int,
    before: Mapping[str, Collection[int]] = _NOTHING,
) -> list[str]:
    """The groups that may be told of. bases: what was told of the groups that everybody is in one of. fresh: the ids of
    those counted now; another figure may have moved by less than k since. groups: overlapping ones, with their people.
    before: those that were told of already, with their people then: they come first, and are compared also where they
    are none of the groups any more.

    Two are told of where both together leave enough open. A third one would have to be tried with every choice of the
    others, so more are told of only while no part limits all of them together, and so none of these choices. Of two
    that cannot be told of beside each other it is the one told before, else the larger one. It depends on nobody's
    state in the groups.
    """
    parts = [_part(each, 0 if each.id in fresh else k - 1) for each in bases]
    of: defaultdict[int, list[int]] = defaultdict(list)
    for number, base in enumerate(bases):
        for person in base.members:
            of[person].append(number)

    def group(people: Collection[int]) -> _Group:
        return _Group(frozenset(people), Counter(number for person in people for number in of.get(person, ())))

    known = [group(before[name]) for name in sorted(before.keys() - groups.keys())]
    found: list[str] = []
    for name in sorted(groups, key=lambda each: (each not in before, -len(groups[each]), each)):
        one, now = group(groups[name]), dict.fromkeys(groups[name], False)
        is_apart = len(one.people) >= 2 * k and all(apart(bases[number], now, k) for number in one.inside)
        if is_apart and _may_join(parts, of, one, known, k):
            known.append(one)
            found.append(name)
        elif name in before:
            known.append(group(before[name]))
    return found


def _may_join(
    parts: Sequence[_Part], of: Mapping[int, Sequence[int]], one: _Group, known: Sequence[_Group], k: int
) -> bool:
    """Whether a group may be told of beside those that are."""
    if len(known) > 1:
        return not _tight(parts, [one, *known])
    return all(_is_open(parts, of, each, k) for each in ([one], *([one, other] for other in known)))


def _part(base: Base, moved: int) -> _Part:
    size = len(base.members)
    return _Part(size, max(0, base.told.low - moved - len(base.nobody)), min(size, base.told.high + moved))


def _is_open(parts: Sequence[_Part], of: Mapping[int, Sequence[int]], groups: Sequence[_Group], k: int) -> bool:
    """Whether no figures of these groups, together with those of the parts, would use up all that is left open."""
    tight = _tight(parts, groups)
    if not tight:
        return True
    times = Counter(person for each in groups for person in each.people)
    by_part: defaultdict[int, list[int]] = defaultdict(list)
    for person, number in times.items():
        for part in of.get(person, ()):
            by_part[part].append(number)
    every = most = sum(times.values())
    least = 0
    for part in tight:
        some = sorted(by_part[part], reverse=True)
        needed = parts[part].low - (parts[part].size - len(some))
        most -= sum(some[parts[part].high :])
        least += sum(some[len(some) - needed :]) if needed > 0 else 0
    lows, highs = {0}, {0}
    for each in groups:
        lows = {low + step.low for low in lows for step in steps(len(each.people), k)}
        highs = {high + step.high for high in highs for step in steps(len(each.people), k)}
    return not (most < every and _close(most - low for low in lows)) and not (
        least > 0 and _close(high - least for high in highs)
    )


def _tight(parts: Sequence[_Part], groups: Iterable[_Group]) -> set[int]:
    """The parts that limit what can be true in these groups: not all there may say yes, or not all may say no."""
    inside = sum((each.inside for each in groups), Counter[int]())
    return {
        each for each, some in inside.items() if some > parts[each].high or parts[each].low + some > parts[each].size
    }


def _close(rooms: Iterable[int]) -> bool:
    return any(0 <= each < SPARE for each in rooms)
