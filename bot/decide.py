"""Deciding: a process is data, and this engine knows nothing of what it decides.

A capability describes its process (`Process`), gives it to `install`, and calls `submit` and `correct` when somebody
asks. The engine does the rest: cards in every room of those who decide, one vote a person, the first valid decision,
revocable refusals, questions carried both ways, deadlines in working time, escalation, one appeal. What it does is in
`bot.deciding`: `process` (the data), `rules` (pure), `engine` (what happens), `exchange` (questions and answers),
`cards` (what those who decide see), `waiting` (deadlines), `deputies`, `install` (choices, forms and ticks).
"""

from bot.deciding.cards import name, quoted, refresh, refresh_waiting, standing, subject
from bot.deciding.cards import note as note_on_cards
from bot.deciding.engine import closed_own, correct, load, load_own, submit
from bot.deciding.forgetting import forget, let_go
from bot.deciding.install import install
from bot.deciding.process import OTHER, Fields, Process, Terms, fields_of, number_of
from bot.deciding.rules import split_number
from bot.deciding.telling import tell_requester, trace

__all__ = [
    "OTHER",
    "Fields",
    "Process",
    "Terms",
    "closed_own",
    "correct",
    "fields_of",
    "forget",
    "install",
    "let_go",
    "load",
    "load_own",
    "name",
    "note_on_cards",
    "number_of",
    "quoted",
    "refresh",
    "refresh_waiting",
    "split_number",
    "standing",
    "subject",
    "submit",
    "tell_requester",
    "trace",
]
