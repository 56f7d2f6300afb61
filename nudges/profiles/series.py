"""When somebody is reminded, and when no more. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

APART = timedelta(days=7)
"""Between two reminders of one series, however late the first of the two was."""

AGAIN = timedelta(days=7)
"""Until a series that could not begin is looked at again."""


@dataclass(frozen=True, slots=True)
class Series:
    """Where the reminders of one person stand.

    step: how many were promised. first_at: when the first one was. next_at: when the next one is due, None for never.
    asked: the fields of which there was anything to say. over: why there are no more: "" (there may be), "complete",
    "answered", "silent" (all were promised), "left".
    """

    step: int = 0
    first_at: datetime | None = None
    next_at: datetime | None = None
    asked: frozenset[str] = frozenset()
    over: str = ""


def begins(person: int, met_at: datetime, now: datetime, first_after: int, first_within: int) -> datetime:
    """When the first reminder is due.

    met_at: when the person was first met. first_after: days left to them to settle in. first_within: days over which
    those who were there already are spread, each at an instant of their own, the same at every look.
    """
    settled = met_at + timedelta(days=first_after)
    digest = hashlib.sha256(f"profile:{person}".encode()).digest()
    share = int.from_bytes(digest[:4], "big") / 2**32
    return max(settled, now) + share * timedelta(days=first_within)


def promised(at: Series, now: datetime, days: Sequence[int]) -> Series:
    """After one more was promised: days are counted from the first."""
    return _onward(at, now, days, at.first_at or now)


def passed(at: Series, now: datetime, days: Sequence[int]) -> Series:
    """After one was not to be said: before the first it is looked at again later, afterwards that step is over."""
    if at.step == 0 or at.first_at is None:
        return Series(0, None, now + AGAIN, at.asked)
    return _onward(at, now, days, at.first_at)


def _onward(at: Series, now: datetime, days: Sequence[int], first: datetime) -> Series:
    step = at.step + 1
    if step >= len(days):
        return Series(step, first, None, at.asked, "silent")
    return Series(step, first, max(first + timedelta(days=days[step]), now + APART), at.asked)


def ended(at: Series, why: str) -> Series:
    """There are no more. why: see `Series.over`."""
    return Series(at.step, at.first_at, None, at.asked, why)


def looked(at: Series, lacks: Collection[str], required: Collection[str], first: datetime) -> Series:
    """After a look at what is missing: begin, begin anew, or leave it.

    lacks: the fields of which this person would be reminded now. required: all of which people are. first: when a first
    reminder would be due. A field that became required since begins one more series, once.
    """
    known = at.asked | frozenset(required)
    fresh = frozenset(lacks) - at.asked
    if fresh and at.asked:
        return Series(0, None, first, known)
    if not lacks:
        return Series(at.step, at.first_at, None, known, at.over or "complete")
    if at.step == 0 and (at.next_at is None or at.over):
        return Series(0, None, first, known)
    return Series(at.step, at.first_at, at.next_at, known, at.over)


def returned(at: Series, now: datetime, days: Sequence[int], first: datetime) -> Series:
    """After somebody who had left came back: the series goes on where it stood."""
    if at.step == 0 or at.first_at is None:
        return Series(0, None, first, at.asked)
    if at.step >= len(days):
        return Series(at.step, at.first_at, None, at.asked, "silent")
    return Series(at.step, at.first_at, max(at.first_at + timedelta(days=days[at.step]), now + APART), at.asked)
