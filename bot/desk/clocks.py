"""How many days each thing is kept, as the settings say."""

from __future__ import annotations

from bot.config import Config
from bot.say import Term
from storage.held import HELD, PERSON

CODES = 1
"""Days for which a code for joining accounts is known once it is over."""


def days(config: Config) -> dict[str, int]:
    """Every clock that a table names (`storage.held`) or the retention of the spine has, with its days."""
    spine = {f"retention.{name}": number for name, number in config.retention.model_dump().items()}
    found = {PERSON: config.retention.gone, "codes": CODES, **spine}
    for name in {held.clock for held in HELD.values()} - set(found):
        capability, _, setting = name.partition(".")
        found[name] = int(getattr(config.nudges[capability], setting))
    return found


def until(table: str, kept: dict[str, int]) -> Term:
    """Until when a table's rows are kept, in words."""
    time = Term(term="held-time", args={"days": kept[HELD[table].clock]})
    return Term(term=f"held-{slug(table)}.until", args={"time": time})


def slug(table: str) -> str:
    """A table as the catalogs call it."""
    return table.replace("_", "-")
