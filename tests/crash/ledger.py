"""What people must have in front of them at the end, and how it differs from what they have. Pure.

An expectation is made while people act, from what they did and from what the bot acknowledged. The bot's database has
no part in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass
class Input:
    """Something that a person did. acked: the platform says that the bot acknowledged it; asked at the very end."""

    what: str
    acked: Callable[[], bool]
    refused: bool = False  # and its author was told so at once

    def is_hopeful(self) -> bool:
        """Its author thinks that something will come of it."""
        return not self.refused


@dataclass(frozen=True)
class Sight:
    """One message of the bot as it stands in a timeline. name: how the bot called the delivery, as evidence only."""

    text: str
    name: str = ""
    whispered: bool = False


@dataclass(frozen=True)
class Expectation:
    """What a timeline holds: at least and at most so often. Asked at the very end."""

    where: str
    what: str
    pattern: re.Pattern[str]
    least: Callable[[], int]
    most: Callable[[], int]
    anyhow: bool = False  # as a message, or shown at once

    def fits(self, sight: Sight) -> bool:
        """Whether it is this that was said."""
        return (self.anyhow or not sight.whispered) and self.pattern.search(sight.text) is not None


@dataclass
class Verdict:
    """What came of a batch. differences: a line each, for people."""

    expected: int = 0
    seen_once: int = 0
    lost: int = 0
    doubled: int = 0
    differences: list[str] = field(default_factory=list)


class Ledger:
    """All expectations of a batch."""

    def __init__(self) -> None:
        self._expected: list[Expectation] = []

    def once(self, where: str, what: str, pattern: str) -> None:
        """Exactly once."""
        self.between(where, what, pattern, lambda: 1, lambda: 1)

    def first(self, where: str, what: str, pattern: str, inputs: Sequence[Input]) -> None:
        """Once, however many inputs there were, if any of them was acknowledged."""
        self.between(where, what, pattern, lambda: any(each.acked() for each in inputs), lambda: 1)

    def perhaps(self, where: str, what: str, pattern: str) -> None:
        """Once or never: it depends on what no timeline tells."""
        self.between(where, what, pattern, lambda: 0, lambda: 1)

    def answers(self, where: str, what: str, pattern: str, inputs: Sequence[Input], *, but: int = 0) -> None:
        """One for each input: always when it was acknowledged, perhaps when that is not known.

        but: so many of these inputs are answered otherwise.
        """
        self.between(
            where,
            what,
            pattern,
            lambda: max(0, sum(each.acked() for each in inputs) - but),
            lambda: max(0, len(inputs) - but),
        )

    def whispers(self, where: str, what: str, pattern: str, inputs: Sequence[Input]) -> None:
        """What is shown at once is shown at most once for each input, and may be lost with its process."""
        self.between(where, what, pattern, lambda: 0, lambda: len(inputs), anyhow=True)

    def between(
        self,
        where: str,
        what: str,
        pattern: str,
        least: Callable[[], int],
        most: Callable[[], int],
        *,
        anyhow: bool = False,
    ) -> None:
        """At least and at most so often, as is known at the end. anyhow: as a message, or shown at once."""
        self._expected.append(Expectation(where, what, re.compile(pattern, re.DOTALL), least, most, anyhow))

    def compare(self, seen: Mapping[str, Sequence[Sight]]) -> Verdict:
        """seen: timeline -> all that the bot said in it."""
        verdict = Verdict()
        for where in sorted({*seen, *(each.where for each in self._expected)}):
            self._compare(where, seen.get(where, ()), verdict)
        return verdict

    def missing(self, seen: Mapping[str, Sequence[Sight]]) -> int:
        """How much is still to come."""
        return self.compare(seen).lost

    def _compare(self, where: str, sights: Sequence[Sight], verdict: Verdict) -> None:
        mine = [each for each in self._expected if each.where == where]
        counts: Counter[int] = Counter()
        for sight in sights:
            found = [index for index, each in enumerate(mine) if each.fits(sight)]
            # Where two fit (a repeated answer reads like the first), the one that is not satisfied yet.
            index = next((index for index in found if counts[index] < mine[index].least()), found[0] if found else -1)
            if index >= 0 and counts[index] >= mine[index].most():
                index = next((each for each in found if counts[each] < mine[each].most()), index)
            counts[index] += 1
            if index < 0:
                verdict.differences.append(f"{where}: nobody expected {sight.name} {sight.text[:300]!r}")
        verdict.doubled += counts[-1]
        for index, each in enumerate(mine):
            least, most, count = int(each.least()), int(each.most()), counts[index]
            verdict.expected += least
            twice = max(0, count - most)
            verdict.seen_once += max(0, min(count, least) - twice)
            verdict.lost += max(0, least - count)
            verdict.doubled += twice
            if not least <= count <= most:
                names = [sight.name for sight in sights if each.fits(sight)]
                wanted = f"{least}" if least == most else f"{least} to {most}"
                verdict.differences.append(f"{where}: {each.what} stands {count} times, not {wanted} {names}")
