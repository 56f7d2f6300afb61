"""Bad weather on the way to a platform: some of all calls fail, each in one of the ways that calls fail, by a seed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.humans import Town
from tests.humans.matrix import MatrixTown
from tests.humans.slack import SlackTown
from tests.servers.gate import Fault as AtTheGate
from tests.servers.slack.calls import Call
from tests.servers.slack.faults import Fault, Kind

SLACK: tuple[tuple[Kind, dict[str, Any]], ...] = (
    ("drop_answer", {}),
    ("drop_call", {}),
    ("http", {"status": 502}),
    ("http_after", {"status": 500}),
    ("http_after", {"status": 503}),
    ("ratelimited", {"retry_after": 1}),
    ("ratelimited", {"retry_after": 0}),
    ("refuse", {}),  # internal_error: Slack's own way to say that it does not know
)
_LIMIT = {"errcode": "M_LIMIT_EXCEEDED", "error": "Too many requests"}
MATRIX: tuple[dict[str, Any], ...] = (
    {"status": 0, "body": {}, "effect": True},
    {"status": 0, "body": {}},
    {"status": 502, "body": {}},
    {"status": 500, "body": {"errcode": "M_UNKNOWN", "error": "Internal server error"}, "effect": True},
    {"status": 504, "body": {}, "effect": True},
    {"status": 429, "body": {**_LIMIT, "retry_after_ms": 700}},
    {"status": 429, "body": _LIMIT, "headers": {"Retry-After": "1"}},
    {"status": 429, "body": _LIMIT},
)


class Weather:
    """Decides about each call. met: how often which trouble was met."""

    def __init__(self, seed: int, share: float) -> None:
        """share: of all calls, those that fail."""
        self._random = random.Random(seed)
        self._share = share
        self.met: Counter[str] = Counter()
        self.calls = 0

    def _turn(self, ways: int) -> int | None:
        self.calls += 1
        return self._random.randrange(ways) if self._random.random() < self._share else None

    def slack(self, call: Call) -> Fault | None:
        """What a call of the Web API meets."""
        turn = self._turn(len(SLACK))
        if turn is None:
            return None
        kind, how = SLACK[turn]
        self.met[f"{kind} {how}"] += 1
        return Fault(call.name, kind, **how)

    def matrix(self, _line: str) -> AtTheGate | None:
        """What a call of the client API meets."""
        turn = self._turn(len(MATRIX))
        if turn is None:
            return None
        self.met[str(MATRIX[turn])] += 1
        return AtTheGate("", **MATRIX[turn])


@contextmanager
def weather(town: Town, seed: int, share: float = 0.2) -> Iterator[Weather]:
    """Inside, this share of the bot's calls fails; people's own do not."""
    made = Weather(seed, share)
    if isinstance(town, SlackTown):
        town.server.faults.chance = made.slack
    if isinstance(town, MatrixTown):
        town.gate.chance = made.matrix
    try:
        yield made
    finally:
        if isinstance(town, SlackTown):
            town.server.faults.clear()
        if isinstance(town, MatrixTown):
            town.gate.chance = lambda _: None
