"""Trouble on demand: what Slack and the network do on bad days, for the next calls of one method."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from .calls import Call

Kind = Literal["drop_answer", "drop_call", "http", "http_after", "ratelimited", "refuse", "hold", "hold_answer"]


@dataclass
class Fault:
    """One kind of trouble, waiting for its call.

    - ``drop_answer``: the call is done, the connection ends before the answer
    - ``drop_call``: the connection ends, nothing was done
    - ``http``, ``http_after``: this status (500 unless given) before or after the effect
    - ``ratelimited``: 429 with ``retry_after`` seconds; 0: it does not say for how long
    - ``refuse``: ``ok: false`` with ``error``
    - ``hold``, ``hold_answer``: the call, or its answer, waits until ``release()``
    """

    method: str
    kind: Kind
    times: int = 1
    status: int = 500
    error: str = "internal_error"
    retry_after: int = 30
    when: Callable[[Call], bool] | None = None
    hits: int = 0
    held: asyncio.Event = field(default_factory=asyncio.Event)
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    def release(self) -> None:
        """Let a held call go on, and later ones pass."""
        self._released.set()

    async def wait(self) -> None:
        """Hold the call here."""
        self.held.set()
        await self._released.wait()


class Faults:
    """The faults that wait."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self.chance: Callable[[Call], Fault | None] = lambda _: None
        """Asked for each call that no other fault waits for."""

    def add(self, fault: Fault) -> Fault:
        """Wait for the next call of that method ("*": any)."""
        self._waiting.append(fault)
        return fault

    def clear(self) -> None:
        """No more trouble; held calls go on."""
        for fault in self._waiting:
            fault.release()
        self._waiting.clear()
        self.chance = lambda _: None

    def take(self, call: Call) -> Fault | None:
        """The fault this call meets, if any."""
        for fault in self._waiting:
            if fault.method in {call.name, "*"} and (fault.when is None or fault.when(call)):
                fault.hits += 1
                if fault.hits >= fault.times:
                    self._waiting.remove(fault)
                return fault
        return self.chance(call)
