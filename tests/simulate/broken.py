"""Bots without one of their rules, which a simulated year must find out: proof that the judge sees what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.app import App
from bot.attention import Attention, Known, Verdict, Wishes
from tests.simulate.judge import Claim
from tests.simulate.year import How

EAGER = (3, 9)
NEVER = 1_000_000


class Unheeding(Attention):
    """Without what people said that they want, and do not want."""

    def __init__(self, rules: Attention) -> None:
        """rules: the whole ones."""
        self.__dict__.update(rules.__dict__)

    def verdict(self, kind: str, person: Known, now: datetime) -> Verdict:
        """As if nobody had ever said anything."""
        return super().verdict(kind, replace(person, wishes=Wishes()), now)


class UnheedingApp(App):
    """A bot with such rules."""

    @property
    def attention(self) -> Attention:
        """What all its parts ask."""
        return self._rules

    @attention.setter
    def attention(self, rules: Attention) -> None:
        self._rules = Unheeding(rules)


_ALWAYS = {"start": "00:00", "end": "23:59", "country": "", "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}

BROKEN: Mapping[Claim, How] = {
    "over_budget": How(eager=EAGER, every=6, settings={"attention": {"per_week": NEVER, "first_week": NEVER}}),
    "out_of_hours": How(eager=EAGER, every=6, settings={"working_time": _ALWAYS}),
    "after_stop": How(eager=EAGER, every=6, make=UnheedingApp),
    "unanswered": How(eager=EAGER, every=6, settings={"attention": {"silence_after": NEVER}}),
}
"""What breaks a promise -> a bot that lacks the rule for it."""
