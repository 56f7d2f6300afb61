"""What the company is like: numbers that a community manager would recognise, and noisier ones.

Where no figure is known from outside, it is a plain guess, said as one. Activity in online groups is known to be
overdispersed (weeks differ by more than chance would have it), and participation to be very unequal (a few write most:
the "90-9-1" rule of thumb); both are what most settings below are about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum


class Fate(StrEnum):
    """What becomes of a community. The first three are no trouble."""

    LIVELY = "lively"
    SLOW = "slow"  # a few messages a week, always, and that is enough
    SEASONAL = "seasonal"  # some months of each year
    NEVER_TOOK_OFF = "never took off"  # who opened it writes for a while, hardly anybody else
    ONE_VOICE = "one voice"  # was a conversation; one person goes on alone
    UNANSWERED = "unanswered"  # people ask, and nobody answers any more
    LEAD_GONE = "lead gone"  # who led it left the company or the task, and it dwindles
    MOVED = "moved"  # its people go on elsewhere
    FADING = "fading"  # less and less, for no reason to be seen
    BOT_ONLY = "bot only"  # only a program posts
    MERGED = "merged"  # into another one, on a day
    TINY = "tiny"  # four people, now and then


FATES: Mapping[Fate, int] = {
    Fate.LIVELY: 118,
    Fate.SLOW: 30,
    Fate.SEASONAL: 20,
    Fate.NEVER_TOOK_OFF: 26,
    Fate.ONE_VOICE: 22,
    Fate.UNANSWERED: 22,
    Fate.LEAD_GONE: 20,
    Fate.MOVED: 16,
    Fate.FADING: 14,
    Fate.BOT_ONLY: 4,
    Fate.MERGED: 4,
    Fate.TINY: 4,
}
"""Of three hundred communities. Guessed: in two years, four of ten run into trouble."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The company. Rates are per week in an ordinary one; lengths are weeks.

    start: its first Monday. fates: how many of each, of the sum of them. older: the share of communities that are
    there before the first week. usual, spread: median number of messages that begin something, and the standard
    deviation of its logarithm from one community to another; slow: the same median of the slow ones. unsteady: the
    size parameter of the negative binomial: the smaller, the more weeks differ (variance = mean + mean² / unsteady).
    growing: until a new one has half of its rate. members, member_spread: as usual and spread, of members.
    writers: of so many members, those who ever write are members ** writers. unequal: exponent of Zipf of how much
    each of these writes. lead_share: of what is begun, by its lead. asking: the share that are questions. answered:
    the chance that a question is answered; delay: median hours until the first answer. replies: the mean number of
    replies to what is begun, besides answers. dwindling: half-life of what dwindles. remaining: what is left of the
    rate at the end. lull: the chance in a year that it is slack for two to four weeks, without any fate; slack: at
    what part of its rate. leaving: the share of people who leave the company in a year. leave: the chance in a year
    that its lead is on leave for three to six weeks; missed: at what part of its rate it then is. declared: the share
    of seasonal ones whose lead says so. deaf: the share of messages that nobody hears (the bot was away).
    """

    people: int = 10_000
    communities: int = 300
    weeks: int = 104
    start: date = date(2027, 1, 4)
    country: str = "FR"
    fates: Mapping[Fate, int] = field(default_factory=lambda: FATES)
    older: float = 0.7
    usual: float = 11.0
    spread: float = 0.6
    slow: float = 2.0
    unsteady: float = 6.0
    growing: float = 2.0
    members: float = 60.0
    member_spread: float = 0.9
    writers: float = 0.7
    unequal: float = 0.8
    lead_share: float = 0.25
    asking: float = 0.3
    answered: float = 0.85
    delay: float = 5.0
    replies: float = 1.1
    dwindling: float = 3.0
    remaining: float = 0.06
    lull: float = 0.25
    slack: float = 0.5
    leaving: float = 0.08
    leave: float = 0.3
    missed: float = 0.8
    declared: float = 0.4
    deaf: float = 0.0


_USUAL = Settings()

PRESETS: Mapping[str, Settings] = {
    "usual": _USUAL,
    "bursty": replace(_USUAL, unsteady=1.5, lull=0.8, slack=0.35),
    "sparse": replace(_USUAL, usual=4.0, slow=1.0, members=30.0),
    "deaf": replace(_USUAL, deaf=0.25, answered=0.7),
    "slowly": replace(_USUAL, dwindling=10.0, remaining=0.2),
}
"""Companies in which more is hard to tell: weeks that differ more, fewer messages, many that are not heard, and
trouble that comes slowly.
"""
