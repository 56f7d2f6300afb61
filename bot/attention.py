"""The contact ledger and the one budget per person: whether, and when, someone may be written to.

Asked twice, when a promise is planned and just before it is sent; nothing is remembered here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.nudge import ContactSpec
from storage.contacts import answered

__all__ = ["Attention", "Hours", "Limits", "Past", "Verdict", "answered", "is_silent", "when_in_budget"]

ANSWER = "answer"
DECISION = "decision"
WEEK = timedelta(days=7)


class Hours(Protocol):
    """The working time of one zone; `bot.calendar.WorkingTime`."""

    def is_open(self, now: datetime) -> bool:
        """Whether it is working time at this instant."""

    def next_open(self, now: datetime) -> datetime:
        """When working time begins next."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How often people are contacted unasked. silence: contacts left unanswered after which nothing optional comes."""

    week: int = 1
    first_week: int = 3
    silence: int = 3


@dataclass(frozen=True, slots=True)
class Past:
    """One contact that reached a person. counts: it takes a place in the budget."""

    at: datetime
    counts: bool
    asks: bool = False
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether someone may be contacted. due: from when on, or None: not at all. reason: why not now, as a code."""

    due: datetime | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a person. since: when they first met the bot. stopped: they want nothing unasked."""

    zone: str = ""
    since: datetime | None = None
    stopped: bool = False
    past: Sequence[Past] = field(default_factory=tuple)


def is_silent(past: Iterable[Past], limits: Limits) -> bool:
    """Whether so many contacts that asked for something had no response that nothing optional may follow."""
    return sum(one.asks and not one.answered for one in past) >= limits.silence


def when_in_budget(now: datetime, past: Iterable[Past], since: datetime | None, limits: Limits) -> datetime | None:
    """From when on the budget allows one more contact: `now`, later, or never (None: the allowance is nothing).

    since: when the person first met the bot; for a week from then on there is a larger allowance.
    """
    counted = sorted(one.at for one in past if one.counts)
    first = since or (counted[0] if counted else now)
    settled = first + WEEK
    if now < settled:
        if sum(at >= first for at in counted) < limits.first_week:
            return now
        return _in_week(settled, counted, limits.week)
    return _in_week(now, counted, limits.week)


def _in_week(now: datetime, counted: Sequence[datetime], allowed: int) -> datetime | None:
    if allowed <= 0:
        return None
    recent = [at for at in counted if at > now - WEEK]
    return now if len(recent) < allowed else recent[-allowed] + WEEK


class Attention:
    """The rules, with the settings of one installation."""

    def __init__(
        self, kinds: Iterable[ContactSpec], working: Callable[[str], Hours], limits: Limits | None = None
    ) -> None:
        """kinds: what capabilities declare. working: the working time of a zone (IANA, "" for the default one)."""
        self._optional = {kind.kind: kind.optional for kind in kinds} | {ANSWER: False, DECISION: False}
        self._working = working
        self._limits = limits or Limits()

    def is_optional(self, kind: str) -> bool:
        """Whether this kind of contact counts in the budget. Raises LookupError when nobody declared it."""
        try:
            return self._optional[kind]
        except KeyError:
            raise LookupError(f"no capability declares the kind of contact {kind!r}") from None

    def counts(self, kind: str) -> bool:
        """As `is_optional`; a kind that a capability declared once, and no longer does, still counts."""
        return self._optional.get(kind, True)

    def since(self, now: datetime) -> datetime:
        """How far back contacts weigh in the budget."""
        return now - 2 * WEEK

    def verdict(self, kind: str, person: Known, now: datetime) -> Verdict:
        """Whether and when this person may be sent this kind of contact. Raises LookupError: nobody declared it."""
        if kind == ANSWER:
            return Verdict(now)
        due: datetime | None = now
        if self.is_optional(kind):
            if person.stopped or is_silent(person.past, self._limits):
                return Verdict(None, "stopped" if person.stopped else "silent")
            due = when_in_budget(now, person.past, person.since, self._limits)
        if due is None:
            return Verdict(None, "budget")
        hours = self._working(person.zone)
        opens = due if hours.is_open(due) else hours.next_open(due)
        return Verdict(opens, "" if opens == now else "hours" if due == now else "budget")
