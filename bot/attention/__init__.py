"""The contact ledger and the one budget of attention per person: whether, and when, someone may be written to.

What people wish of it (`storage.wishes`), what they were sent (`storage.contacts`), when they work (`bot.calendar`, and
the company's list), and the hush that comms or an administrator asks for, all come together in `Attention.verdict`.
"""

from bot.attention.asking import Attention, asked
from bot.attention.knowing import wishes_of
from bot.attention.rules import (
    ANSWER,
    DECISION,
    Known,
    Limits,
    Past,
    Verdict,
    Wishes,
    fell_in,
    is_silent,
    when_in_budget,
)
from storage.contacts import answered
from storage.outbox import NOT_NOW, SILENCE
from storage.wishes import hush, hushed, hushes, unhush

__all__ = [
    "ANSWER",
    "DECISION",
    "NOT_NOW",
    "SILENCE",
    "Attention",
    "Known",
    "Limits",
    "Past",
    "Verdict",
    "Wishes",
    "answered",
    "asked",
    "fell_in",
    "hush",
    "hushed",
    "hushes",
    "is_silent",
    "unhush",
    "when_in_budget",
    "wishes_of",
]
