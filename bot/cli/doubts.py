"""What of the settings can be used, and is probably not what was meant: told by `parvis check`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.config import Config
from bot.config.values import closest
from bot.nudge import Nudge
from bot.roster.headings import OTHERS, OWN, folded, wanted
from bot.say import Line

MANY = 7
"""Unasked messages a week from which on it is told that they are many: one a day."""

ALLOWANCE = 7
"""Days that the allowance looks back, at least."""


def doubts(config: Config, nudges: Sequence[Nudge]) -> Iterator[tuple[str, Line, Line]]:
    """(key, what is doubtful, what to write) of each."""
    yield from _often(config)
    if "country" not in config.working_time.model_fields_set:
        yield (
            "working_time.country",
            Line(id="doubt-country"),
            Line(id="doubt-country-write", args={"what": 'country = "FR"', "none": 'country = ""'}),
        )
    least = max(ALLOWANCE, config.attention.less_days)
    if config.retention.contacts <= least:
        wrong = Line(id="doubt-contacts", args={"days": config.retention.contacts, "least": least})
        yield "retention.contacts", wrong, Line(id="settings-write", args={"what": f"contacts = {least + 1}"})
    for nudge in nudges:
        yield from ((nudge.id, *told) for told in _columns(sorted(wanted([nudge], config.nudges))))


def _columns(asked: Sequence[str]) -> Iterator[tuple[Line, Line]]:
    """Columns of the roster that are probably mistyped."""
    known = [*OWN, *OTHERS]
    for name in asked:
        near = closest(name, known)
        if near and not any(folded(name) == folded(each) for each in (*known, *OTHERS.get(near, ()))):
            wrong = Line(id="doubt-column", args={"shown": f"roster:{name}"})
            yield wrong, Line(id="settings-write", args={"what": f"roster:{near}"})


def _often(config: Config) -> Iterator[tuple[str, Line, Line]]:
    for key, usual in (("per_week", 1), ("first_week", 3), ("announcements_per_week", 2)):
        number = getattr(config.attention, key)
        if number > MANY:
            wrong = Line(id="doubt-often", args={"number": number})
            yield f"attention.{key}", wrong, Line(id="settings-write", args={"what": f"{key} = {usual}"})
