"""How what is told of groups is said; pure. Its words are in the spine's catalogs."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.figures.rules import NO_DEPARTMENT, OTHERS, Told
from bot.say import Moment, Term


def count(said: Told) -> Term:
    """A count as it is told: "5 to 9 of 20"."""
    low, high = said.low, said.high
    kind = "exactly" if low == high else "at-most" if low == 0 else "at-least" if high == said.of else "between"
    return Term(term=f"figure-{kind}", args={"low": low, "high": high, "of": said.of})


def share(said: Told) -> Term:
    """A share as it is told: "25 % to 45 %"."""
    low, high = said.percent()
    return Term(term="figure-share", args={"low": low, "high": high})


def group(name: str, *, alone: bool = False) -> Term | str:
    """What a group is called. alone: nothing else is shown."""
    if name == OTHERS:
        return Term(term="figure-everybody" if alone else "figure-others")
    return Term(term="figure-no-department") if name == NO_DEPARTMENT else name.removeprefix("=")


def day(when: date) -> Moment:
    """A day, as its reader writes days."""
    return Moment(at=datetime(when.year, when.month, when.day, tzinfo=UTC), style="day")
