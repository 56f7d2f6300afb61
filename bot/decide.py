"""Deciding: a process is data, and this engine knows nothing of what it decides.

A capability describes its process (`Process`), gives it to `install`, and calls `submit` and `correct` when somebody
asks. The engine does the rest: cards in every room of those who decide, one vote a person, the first valid decision,
revocable refusals, questions carried both ways, deadlines in working time, escalation, one appeal. What it does is in
`bot.deciding`: `process` (the data), `rules` (pure), `entitled` (who may), `engine` (what happens), `changing` (what is
asked changes), `exchange` (questions and answers), `cards` (what those who decide see), `waiting` (deadlines), `needed`
(by when), `deputies` and `mandates` (in whose place), `install` (choices, forms and ticks).
"""

from bot.deciding.cards import name, quoted, refresh, refresh_waiting, subject
from bot.deciding.cards import note as note_on_cards
from bot.deciding.cards import render as card
from bot.deciding.changing import correct, need_by
from bot.deciding.engine import closed_own, load, load_own, submit, withdraw
from bot.deciding.entitled import standing
from bot.deciding.forgetting import forget, let_go
from bot.deciding.install import install
from bot.deciding.process import OTHER, Amends, Fields, Known, Process, Terms, fields_of, number_of
from bot.deciding.rules import split_number, split_version
from bot.deciding.telling import tell_requester, trace

__all__ = [
    "OTHER",
    "Amends",
    "Fields",
    "Known",
    "Process",
    "Terms",
    "card",
    "closed_own",
    "correct",
    "fields_of",
    "forget",
    "install",
    "let_go",
    "load",
    "load_own",
    "name",
    "need_by",
    "note_on_cards",
    "number_of",
    "quoted",
    "refresh",
    "refresh_waiting",
    "split_number",
    "split_version",
    "standing",
    "subject",
    "submit",
    "tell_requester",
    "trace",
    "withdraw",
]
