"""What a claim is, how rounds become one figure, and how figures are printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Literal

import psutil

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """What one party did in one round. value: in the claim's unit. cpu: seconds of processor time per event."""

    value: float
    cpu: float = 0.0
    more: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """A ratio that is promised. target: of ours to the reference; better: which side of it is good."""

    name: str
    unit: str
    target: float
    better: Literal["lower", "higher"]
    ours: Sequence[Figure]
    reference: Sequence[Figure]

    @property
    def ratio(self) -> float:
        """Ours to the reference, of the medians; where the reference is nothing (no breach, no loss), ours itself."""
        ours, reference = _middle(self.ours), _middle(self.reference)
        return ours / reference if reference else ours

    @property
    def kept(self) -> bool:
        """The ratio is on the good side of its target."""
        return self.ratio <= self.target if self.better == "lower" else self.ratio >= self.target

    def line(self) -> str:
        """One line of JSON, for programs."""
        return json.dumps(
            {
                "claim": self.name,
                "ours": round(_middle(self.ours), 4),
                "reference": round(_middle(self.reference), 4),
                "ratio": round(self.ratio, 3),
                "unit": self.unit,
                "target": self.target,
                "better": self.better,
            }
        )

    def table(self) -> str:
        """The same for people, with the spread of the rounds."""
        mark = "kept  " if self.kept else "MISSED"
        sign = "≤" if self.better == "lower" else "≥"
        rows = [f"{self.name}: ratio {self.ratio:.2f} (target {sign} {self.target}) {mark}"]
        for who, figures in (("ours", self.ours), ("bare", self.reference)):
            values = sorted(each.value for each in figures)
            row = f"  {who:5} {_middle(figures):10.2f} {self.unit:9} [{values[0]:.2f} … {values[-1]:.2f}]"
            if figures[0].cpu:
                row += f"  {1000 * median(each.cpu for each in figures):.2f} ms of CPU per event"
            for name in figures[0].more:
                row += f"  {name} {median(each.more[name] for each in figures):.2f}"
            rows.append(row)
        return "\n".join(rows)


def _middle(figures: Sequence[Figure]) -> float:
    return median(each.value for each in figures)


def say(text: str) -> None:
    """Tell the person who waits; standard output is for the claims."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def publish(claim: Claim) -> None:
    """Print a claim: a line of JSON on standard output, a table on standard error."""
    sys.stdout.write(f"{claim.line()}\n")
    sys.stdout.flush()
    say(claim.table())


async def in_turn(
    ours: Callable[[], Awaitable[Figure]], reference: Callable[[], Awaitable[Figure]], rounds: int = ROUNDS
) -> tuple[list[Figure], list[Figure]]:
    """Measure both, alternating, so that what else the machine does hits both; the first of each is not counted."""
    await ours()
    await reference()
    mine: list[Figure] = []
    theirs: list[Figure] = []
    for number in range(rounds):
        first, second = ((mine, ours), (theirs, reference)) if number % 2 else ((theirs, reference), (mine, ours))
        for kept, measured in (first, second):
            kept.append(await measured())
    return mine, theirs


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values is. share: 0 to 1."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def cpu(process: int) -> float:
    """Seconds of processor time that a process used so far."""
    times = psutil.Process(process).cpu_times()
    return float(times.user + times.system)


def resident(process: int) -> float:
    """Megabytes of memory that a process holds."""
    return float(psutil.Process(process).memory_info().rss) / 1e6
