"""Who would be contacted now, as far as it may be told. Pure.

What is told depends on nothing but who is named, and on how many people there are. Named is who would be contacted now
as far as everybody may know, and belongs to a department of `smallest` people or more. What people chose for
themselves makes no difference to that: whoever wants to be left in peace is named like anybody else, and not contacted.
So neither a preview nor the difference of two says what somebody chose. How many are not named is told as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.attention import Verdict
from bot.nudge import Prospect
from bot.say import Line, Say

SMALLEST = 5
"""People of the smallest group that anything is told of."""

SHOWN = 20
"""Names shown in the chat."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom it concerns. verdict: of attention, by what everybody may know. platform, zone, language: by which
    they would be told.
    """

    kind: str
    prospect: Prospect
    verdict: Verdict
    name: str
    platform: str
    zone: str
    language: str


@dataclass(frozen=True, slots=True)
class Groups:
    """Who works where. of: person -> department ("" where none is known). sizes: department -> how many people."""

    of: Mapping[int, str]
    sizes: Mapping[str, int]
    smallest: int = SMALLEST


@dataclass(frozen=True, slots=True)
class Named:
    """One who would be contacted now, unless they chose otherwise. kinds: what of, the most urgent first. about: what
    these concern.
    """

    person: int
    name: str
    department: str
    platform: str
    zone: str
    language: str
    kinds: tuple[str, ...]
    about: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """The words, once for each kind and language, without anything that is of whoever would get them."""

    kind: str
    language: str
    say: Say


@dataclass(frozen=True, slots=True)
class Preview:
    """What may be told. named: by name. others: how many are not named, None where that is not said.

    platforms, zones: how many of those named, the small ones left out (see `counted`). more: not everybody was looked
    at. going: kinds that are sent to whoever is due, of which nobody is named. begun: kinds of which a first few of
    those named were drawn.
    """

    named: tuple[Named, ...]
    others: int | None
    platforms: Mapping[str, int]
    zones: Mapping[str, int]
    samples: tuple[Sample, ...]
    more: bool = False
    going: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()

    @property
    def people(self) -> int:
        """How many it names: the number that a confirmation repeats."""
        return len(self.named)


def preview(due: Iterable[Candidate], now: datetime, groups: Groups, *, more: bool = False) -> Preview:
    """Who would be contacted at this instant. due: the most urgent kind first, of each the longest due first."""
    told: dict[int, list[Candidate]] = {}
    for each in due:
        if each.verdict.due is not None and each.verdict.due <= now and _is_named(each, groups):
            told.setdefault(each.prospect.person, []).append(each)
    named = sorted((_named(theirs, groups) for theirs in told.values()), key=lambda each: (each.name, each.person))
    first = {(one.kind, one.language): one for theirs in told.values() for one in reversed(theirs)}
    return Preview(
        named=tuple(named),
        others=_at_least(sum(groups.sizes.values()) - len(named), groups.smallest),
        platforms=counted(Counter(each.platform for each in named), groups.smallest),
        zones=counted(Counter(each.zone for each in named), groups.smallest),
        samples=tuple(Sample(*key, _sample(one.prospect)) for key, one in sorted(first.items())),
        more=more,
    )


def _is_named(one: Candidate, groups: Groups) -> bool:
    department = groups.of.get(one.prospect.person)
    return department is not None and groups.sizes.get(department, 0) >= groups.smallest


def _named(theirs: Sequence[Candidate], groups: Groups) -> Named:
    one = theirs[0]
    kinds = tuple(dict.fromkeys(each.kind for each in theirs))
    about = tuple(each.prospect.about for each in theirs if each.prospect.about is not None)
    department = groups.of[one.prospect.person]
    return Named(one.prospect.person, one.name, department, one.platform, one.zone, one.language, kinds, about)


def _sample(prospect: Prospect) -> Say:
    return prospect.say if prospect.sample is None else prospect.sample()


def _at_least(count: int, smallest: int) -> int | None:
    return count if count >= smallest else None


def counted(counts: Mapping[str, int], smallest: int) -> dict[str, int]:
    """Those of several counts, whose sum is known, that may be told.

    None below `smallest`; nor is what is left, which everybody can work out, a number from 1 to below that: then the
    smallest of the others is left out too.
    """
    shown = {key: count for key, count in counts.items() if count >= smallest}
    while shown and 0 < sum(counts.values()) - sum(shown.values()) < smallest:
        del shown[min(shown, key=lambda key: (shown[key], key))]
    return dict(sorted(shown.items(), key=lambda each: (-each[1], each[0])))


def first(named: Sequence[Named], smallest: int = SMALLEST, shown: int = SHOWN) -> tuple[Sequence[Named], int]:
    """Those shown by name in the chat, and how many more there are: none, or `smallest` at least."""
    return (named, 0) if len(named) < shown + smallest else (named[:shown], len(named) - shown)
