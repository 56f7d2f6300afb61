"""When somebody is reminded, and when no more. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
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
    "answered", "silent" (all were promised), "left". round: how many series there were, this one among them.
    """

    step: int = 0
    first_at: datetime | None = None
    next_at: datetime | None = None
    asked: frozenset[str] = frozenset()
    over: str = ""
    round: int = 1


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
        return replace(at, step=0, first_at=None, next_at=now + AGAIN)
    return _onward(at, now, days, at.first_at)


def _onward(at: Series, now: datetime, days: Sequence[int], first: datetime) -> Series:
    step = at.step + 1
    if step >= len(days):
        return replace(at, step=step, first_at=first, next_at=None, over="silent")
    return replace(at, step=step, first_at=first, next_at=max(first + timedelta(days=days[step]), now + APART))


def ended(at: Series, why: str) -> Series:
    """There are no more. why: see `Series.over`."""
    return replace(at, next_at=None, over=why)


def looked(at: Series, lacks: Collection[str], required: Collection[str], first: datetime) -> Series:
    """After a look at what is missing: begin, begin anew, or leave it.

    lacks: the fields of which this person would be reminded now. required: all of which people are. first: when a first
    reminder would be due. A field that became required since begins one more series, once.
    """
    known = at.asked | frozenset(required)
    fresh = frozenset(lacks) - at.asked
    if fresh and at.asked:
        return Series(0, None, first, known, round=at.round + 1)
    if not lacks:
        return replace(at, next_at=None, asked=known, over=at.over or "complete")
    if at.step == 0 and (at.next_at is None or at.over):
        return Series(0, None, first, known, round=at.round)
    return replace(at, asked=known)


def unknown(at: Series, now: datetime) -> Series:
    """After it could not be found out what somebody lacks: it is looked at again later."""
    return replace(at, next_at=max(at.next_at, now + AGAIN)) if at.next_at is not None else at


def snoozed(at: Series, until: datetime) -> Series:
    """After somebody put off what is to come: the next one waits for that."""
    return replace(at, next_at=max(at.next_at, until)) if at.next_at is not None else at


def returned(at: Series, now: datetime, days: Sequence[int], first: datetime) -> Series:
    """After somebody who had left came back: the series goes on where it stood."""
    if at.step == 0 or at.first_at is None:
        return Series(0, None, first, at.asked, round=at.round)
    if at.step >= len(days):
        return replace(at, next_at=None, over="silent")
    return replace(at, next_at=max(at.first_at + timedelta(days=days[at.step]), now + APART), over="")
