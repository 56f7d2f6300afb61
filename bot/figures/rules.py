"""How a count is told, which groups are shown, and what may be published after what was published before. Pure.

k: the smallest group about which anything is told (5). States: person -> yes or no.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

OTHERS = "*"
"""The groups that are too small to be shown, together."""
NO_DEPARTMENT = "-"
"""People of whom no department is known: a group like any other."""


def department(name: str) -> str:
    """The group of a department; "" is none."""
    return f"={name.strip()}" if name.strip() else NO_DEPARTMENT


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a count: it lies between `low` and `high`, of so many people. Nothing else is known outside."""

    low: int
    high: int
    of: int

    @property
    def about(self) -> int:
        """One number in its place, where one is needed, such as a point of a curve: the middle."""
        return (self.low + self.high) // 2

    def percent(self) -> tuple[int, int]:
        """The share, of 100: rounded so that the truth lies between both."""
        return (100 * self.low // self.of, -(-100 * self.high // self.of)) if self.of else (0, 0)


def steps(of: int, k: int) -> list[Told]:
    """In which steps a count of so many people is told; none where nothing may be.

    From 2k people on each has k counts, and the last one reaches to everybody. Below, there are three, each of which
    leaves three counts or more on its side; with six people or fewer two.
    """
    if of < k:
        return []
    if of >= 2 * k:
        last = (of // k - 1) * k
        return [*(Told(low, low + k - 1, of) for low in range(0, last, k)), Told(last, of, of)]
    side = (k + 1) // 2
    if of <= 2 * side:
        return [Told(0, side - 1, of), Told(side, of, of)]
    return [Told(0, side - 1, of), Told(side, of - side, of), Told(of - side + 1, of, of)]


def told(count: int, of: int, k: int) -> Told | None:
    """How a count is told; None where nothing may be."""
    return next((each for each in steps(of, k) if each.low <= count <= each.high), None)


def total(parts: Iterable[Told]) -> Told:
    """What the parts tell together: the sum, and nothing that they do not tell."""
    found = list(parts)
    return Told(sum(each.low for each in found), sum(each.high for each in found), sum(each.of for each in found))


def arrange(sizes: Mapping[str, int], k: int) -> dict[str, str]:
    """Under which name each group is shown: its own, or OTHERS. Empty where nothing may be shown.

    Groups under k are the others; while these are under k, the smallest shown group joins them.
    """
    shown = sorted((each for each, size in sizes.items() if size >= k), key=lambda each: (-sizes[each], each))
    hidden = [each for each, size in sizes.items() if 0 < size < k]
    while hidden and shown and sum(sizes[each] for each in hidden) < k:
        hidden.append(shown.pop())
    if sum(sizes[each] for each in hidden) < k:
        hidden = []
    return {each: each for each in shown} | dict.fromkeys(hidden, OTHERS)


@dataclass(frozen=True, slots=True)
class Base:
    """What was told last of some people, and what is remembered of it.

    id: of its row. group: under which name. count: what was counted when it was told. members: who is counted, with the
    state last seen: somebody who left is counted on, as they were. nobody: states of those whose data was erased.
    """

    id: int
    group: str
    told: Told
    count: int
    members: Mapping[int, bool]
    nobody: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Fresh:
    """What is told of a group from now on. base: what it goes on from. count: None: the former figure stays.

    members, nobody: as of `Base`, from now on.
    """

    told: Told
    base: Base | None
    members: Mapping[int, bool]
    nobody: tuple[bool, ...] = ()
    count: int | None = None


def following(bases: Sequence[Base], groups: Mapping[str, Mapping[int, bool]], k: int) -> dict[str, Fresh]:
    """What is told of each group after what was told before; groups of which nothing may be told are left out.

    bases: the last figures of one measure, also those of groups that are no more. groups: by the name they are shown
    under, each with the states of its people; a person is in one of them.
    """
    around = _around(bases, groups)
    found: dict[str, Fresh] = {}
    taken: set[int] = set()
    for group, now in groups.items():
        if len(now) < k:
            continue
        base = _continued(group, now, [each for each in around[group] if each.id not in taken], groups, k)
        if base is not None:
            taken.add(base.id)
            found[group] = _counted(base, now, k)
        elif all(apart(each, now, k) for each in around[group]):
            found[group] = _told(None, now, (), k)
    return found


def _told(base: Base | None, who: Mapping[int, bool], nobody: tuple[bool, ...], k: int) -> Fresh:
    count = sum(who.values()) + sum(nobody)
    fresh = told(count, len(who) + len(nobody), k)
    assert fresh is not None, "groups under k are never told"
    return Fresh(fresh, base, who, nobody, count)


def _counted(base: Base, now: Mapping[int, bool], k: int) -> Fresh:
    """What is told after a base: with those who left and came, where enough of them did; of the same people, where
    the count moved far enough; else what was told before.
    """
    seen = {person: now.get(person, state) for person, state in base.members.items()}
    stayed = {person: state for person, state in seen.items() if person in now}
    left = len(seen) - len(stayed) + len(base.nobody)
    for out, who in ((True, now), (False, {**seen, **now}), (True, stayed)):
        moved = _Moves(len(stayed), left if out else 0, len(who) - len(stayed if out else seen))
        kept = moved.stayed if out else len(seen) + len(base.nobody)
        if moved.together(k) and kept + moved.came >= k and _open(base.told, kept, moved.left, moved.came, k, spare=1):
            return _told(base, who, () if out else base.nobody, k)
    count = sum(seen.values()) + sum(base.nobody)
    fresh = told(count, base.told.of, k)
    if fresh is not None and abs(count - base.count) >= k and _plausible(base.told, fresh, len(stayed), k):
        return Fresh(fresh, base, seen, base.nobody, count)
    return Fresh(base.told, base, seen, base.nobody)


@dataclass(frozen=True, slots=True)
class _Moves:
    """How people differ from those counted before."""

    stayed: int
    left: int
    came: int

    def together(self, k: int) -> bool:
        """Whether those who left hide one another, and so do those who came."""
        return self.left + self.came > 0 and not (0 < self.left < k or 0 < self.came < k)

    def near(self, k: int) -> bool:
        """Whether they are nearly the same people: what differs is about fewer than k of them."""
        return self.left < k and self.came < k


def _moves(base: Base, now: Mapping[int, bool]) -> _Moves:
    stayed = sum(each in now for each in base.members)
    return _Moves(stayed, len(base.members) - stayed + len(base.nobody), len(now) - stayed)


def _open(before: Told, stayed: int, left: int, came: int, k: int, spare: int = 0) -> bool:
    """Whether no figure that might come now would tell that those who stayed, left or came are all alike.

    It would be told by comparing it with the one before, if nobody's state changed meanwhile. So this depends on what
    everybody knows and on nobody's state: a refusal tells nothing. spare: how many whoever compares may know already,
    where the others are fewer than k.
    """
    for after in steps(stayed + came, k):
        low = max(0, after.low - came, before.low - left)
        high = min(stayed, after.high, before.high)
        if low > high:
            continue  # it cannot come, unless somebody changed
        ranges = (
            (low, high, stayed),
            (max(0, before.low - high), min(left, before.high - low), left),
            (max(0, after.low - high), min(came, after.high - low), came),
        )
        for least, most, size in ranges:
            known = spare if size <= k else 0
            if least > max(0, size - 1 - known) or most < min(size, 1 + known):
                return False
    return True


def _plausible(before: Told, after: Told, here: int, k: int) -> bool:
    """Whether one figure may follow another of the same people: that k of them changed must not tell of everybody.

    A refusal tells nothing: that nobody changed looks the same. Whoever compares may know one of them, who may even
    have changed the other way. here: how many did not leave, so that they may have changed.
    """
    if after == before or here < k + 3:
        return False
    if after.low > before.low:
        return min(before.high, after.high - k) >= 2 and max(after.low, before.low + k) <= after.of - 2
    return max(before.low, after.low + k) <= after.of - 2 and min(after.high, before.high - k) >= 2


def apart(base: Base, now: Mapping[int, bool], k: int) -> bool:
    """Whether a figure of its own may be told of these people beside that one."""
    moves = _moves(base, now)
    return not moves.near(k) and _open(base.told, moves.stayed, moves.left, moves.came, k)


def _continued(
    group: str, now: Mapping[int, bool], free: Sequence[Base], groups: Mapping[str, object], k: int
) -> Base | None:
    """The figure that a group goes on from: of nearly the same people, of the same name, or of a name that is no more
    and most of whose people are here. Of several the one of the same name, else the one of most of them.
    """
    near = [each for each in free if _moves(each, now).near(k)]
    same = [each for each in free if each.group == group]
    old = [each for each in free if each.group not in groups and 2 * _moves(each, now).stayed > len(each.members)]
    for some in ([each for each in near if each.group == group], near, same, old):
        if some:
            return some[0]
    return None


def _around(bases: Sequence[Base], groups: Mapping[str, Mapping[int, bool]]) -> dict[str, list[Base]]:
    """For each group the figures told of some of its people, those of most of them first."""
    of: dict[int, list[Base]] = {}
    for base in bases:
        for person in base.members:
            of.setdefault(person, []).append(base)
    found = {}
    for group, now in groups.items():
        shared = Counter(base.id for person in now for base in of.get(person, ()))
        some = [base for base in bases if shared[base.id]]
        found[group] = sorted(some, key=lambda base: (-shared[base.id], -base.id))
    return found
