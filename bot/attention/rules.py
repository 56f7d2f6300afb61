"""Whether, and when, someone may be written to unasked. Pure: everything takes `now`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.calendar import Absence
from bot.config.settings import Attention as Settings
from storage.outbox import NOT_NOW

ANSWER = "answer"
DECISION = "decision"
WEEK = timedelta(days=7)

PRIVATE = frozenset({"stopped", "silent", "snoozed", "budget", "answered"})
"""Reasons that are nobody else's affair. A budget is one of them: who asked for less has a smaller one."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How often people are contacted unasked. silence: contacts left unanswered after which nothing optional comes.

    announcements: those that come in a week, apart from all else. rarely: the days in which one contact reaches who
    asked for less.
    """

    week: int = 1
    first_week: int = 3
    silence: int = 3
    announcements: int = 2
    rarely: int = 30

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """As an organisation set them."""
        return cls(
            week=settings.per_week,
            first_week=settings.first_week,
            silence=settings.silence_after,
            announcements=settings.announcements_per_week,
            rarely=settings.less_days,
        )


@dataclass(frozen=True, slots=True)
class Past:
    """One contact that reached a person, or may have. counts: it takes a place in the budget that is asked about."""

    at: datetime
    counts: bool
    asks: bool = False
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether someone may be contacted. due: from when on, or None: not at all. reason: why not now, as a code.

    The reason is for rules and tests alone: what is kept, logged, counted or shown is `shown`.
    """

    due: datetime | None
    reason: str = ""

    @property
    def private(self) -> bool:
        """Whether the reason is the person's own affair, so that nobody is told one such reason from another."""
        return self.reason in PRIVATE

    @property
    def shown(self) -> str:
        """The reason as it may be kept and shown."""
        return NOT_NOW if self.private else self.reason


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person said of what they are sent unasked. stopped: they want nothing of it.

    kinds: those they want nothing of. snoozed: kind -> until when they want nothing of it, "" being all of them.
    rarely: they asked for less.
    """

    stopped: bool = False
    kinds: frozenset[str] = frozenset()
    snoozed: Mapping[str, datetime] = field(default_factory=dict)
    rarely: bool = False

    def refuse(self, kind: str) -> bool:
        """Whether nothing of this kind is to come."""
        return self.stopped or kind in self.kinds

    def allow(self, kind: str, now: datetime) -> bool:
        """Whether this kind may come now."""
        return not self.refuse(kind) and self.until(kind, now) <= now

    def until(self, kind: str, now: datetime) -> datetime:
        """From when on this kind may come."""
        return max(now, self.snoozed.get(kind, now), self.snoozed.get("", now))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a person. zone: IANA, "" for the organisation's. since: when they first met the bot.

    country, days: whose holidays are theirs, and their weekdays (Monday is 0), where they differ from the
    organisation's ("", None: they do not). away: when they are absent. left: they are of the organisation no longer.
    hushed: until when nothing optional is, or was last, said to anybody. past: contacts that weigh. confirmed: who
    signed what is to be said knows of the hush.
    """

    zone: str = ""
    since: datetime | None = None
    wishes: Wishes = field(default_factory=Wishes)
    past: Sequence[Past] = field(default_factory=tuple)
    country: str = ""
    days: frozenset[int] | None = None
    away: tuple[Absence, ...] = ()
    left: bool = False
    hushed: datetime | None = None
    confirmed: bool = False


def fell_in(due: datetime | None, hushes: Iterable[tuple[datetime, datetime]]) -> bool:
    """Whether something fell due in a hush. hushes: from when until when each of them was."""
    return due is not None and any(since <= due < until for since, until in hushes)


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
        return when_spaced(settled, counted, limits.week, WEEK)
    return when_spaced(now, counted, limits.week, WEEK)


def when_spaced(now: datetime, counted: Iterable[datetime], allowed: int, within: timedelta) -> datetime | None:
    """From when on one more is among `allowed` within such a time; None: none ever is. counted: when others came."""
    if allowed <= 0:
        return None
    recent = sorted(at for at in counted if at > now - within)
    return now if len(recent) < allowed else recent[-allowed] + within
