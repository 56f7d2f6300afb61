"""The one answer to "how does it go?": every view, picture, file and command is made of a `Report`. Pure.

A report holds only what may be told (`bot.figures`): whoever shows it need protect nobody any more, and adds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.figures import Told

Measure = Literal[
    "population",
    "activated",
    "adopting",
    "active",
    "posts",
    "replies",
    "reactions",
    "joins",
    "reads",
    "private",
    "interest",
]
"""population: people there are. activated, adopting, active: people, of the population (`nudges.pulse.rules`). posts …
reads: what happened. private, interest: communities, of all that are open: the balance of private and public, of
interest and business."""
Period = Literal["day", "week", "month"]
Kind = Literal["all", "department", "community", "phase", "objective"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at. since, until: first and last day, both included. kind, group: of whom or what; "" for each.

    measures: in the order in which they are shown.
    """

    measures: Sequence[Measure]
    period: Period
    since: date
    until: date
    kind: Kind = "all"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One figure. since, until: the days it is about. told: of a share of people; count: of what happened.

    Neither: nothing may be told, or nothing is known (why: "small", "not_measured", "unavailable", "before"). partial:
    the period is not over, or part of it was not measured. version: above 1, it was corrected; taken: the day on which
    what is told was counted.
    """

    since: date
    until: date
    told: Told | None = None
    count: int | None = None
    why: str = ""
    partial: bool = False
    version: int = 1
    taken: date | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """The curve of one measure about one group. group: as `bot.figures` names departments; the number of a community;
    the name of a phase or an objective; "" for all. name: how people read it, where it has a name.
    """

    measure: Measure
    kind: Kind
    group: str
    name: str
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that is drawn beside the curves. kind: "campaign", "boost", "note", "gap", "correction", "imported"."""

    day: date
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Other:
    """What another tool counted, drawn beside the network's own. points: its numbers, by the same periods."""

    tool: str
    measure: str
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Report:
    """What is told. fresh: until when everything that happened is in it. smallest: the smallest group. window: days.

    first: the first day of which anything is known; None: of none yet. unmeasured: communities that are not counted
    now, since the bot is not in their rooms.
    """

    asked: Asked
    series: Sequence[Series]
    marks: Sequence[Mark]
    others: Sequence[Other]
    fresh: datetime
    smallest: int
    window: int
    first: date | None
    unmeasured: Sequence[str] = ()
