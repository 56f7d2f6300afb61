"""When a process is killed: drawn from a seed, before anything runs. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Literal

from tests.crash.cells import Cell
from tests.crash.steps import ALL, OPENING

LEASE = 6.0
"""Seconds for which a duty is a process's that renews it no more (`bot.outbox.Lease`)."""

TIMEOUT = 10.0
"""Seconds for which a call may still have its effect (`bot.chat.Pace`)."""

LOOKED_FOR = LEASE + TIMEOUT + 1
"""Seconds after which another process has taken over, looked for what is in doubt, and said it."""


@dataclass(frozen=True, slots=True)
class Life:
    """One life of a process, which ends with a SIGKILL.

    armed: steps at which it kills itself, as PARVIS_KILL_AT has them; "*" for those that were longest not tried. after:
    seconds until it is killed otherwise, since it was begun or since it was ready. holder: whoever sends is killed
    first, and this one a little later. pause: seconds for which whoever sends is stopped first (SIGSTOP, SIGCONT), or
    this one when it stops itself. rest: seconds between the two.
    """

    after: float
    since: Literal["begun", "ready"] = "ready"
    armed: tuple[str, ...] = ()
    holder: bool = False
    pause: float = 0.0
    rest: float = 0.0


class Wishes:
    """The named steps, in a seeded order, over and over: what was not reached is armed again before the next round.

    unreached: steps at which nobody was killed so far.
    """

    def __init__(self, random: Random, steps: Iterable[str] = ALL) -> None:
        self._steps = list(steps)
        self._random = random
        self._round = count(1)
        self._left: deque[str] = deque()
        self.unreached = set(self._steps)

    def take(self, number: int) -> list[str]:
        """The next ones to be armed, of different steps."""
        taken: list[str] = []
        while len(taken) < min(number, len(self._steps)):
            if not self._left:
                self._begin(taken)
            taken.append(self._left.popleft())
        return taken

    def reached(self, step: str) -> None:
        """A process was killed there."""
        self.unreached.discard(step)

    def give_back(self, steps: Iterable[str]) -> None:
        """Not reached: they are armed again, once the others had their turn."""
        self._left.extend(steps)

    def _begin(self, but: Iterable[str]) -> None:
        turn = next(self._round)
        taken = {step.partition(":")[0] for step in but}
        fresh = [step for step in self._random.sample(self._steps, len(self._steps)) if step not in taken]
        # A step of an opening is reached once in each; those of the road at every message: later rounds go deeper.
        self._left.extend(step if turn == 1 or step in OPENING else f"{step}:{turn}" for step in fresh)


def lives(cell: Cell, kills: int, seed: str) -> Iterator[Life]:
    """One life for each kill. seed: of the batch."""
    random = Random(seed)
    for _ in range(kills):
        yield _life(cell, random)


def _life(cell: Cell, random: Random) -> Life:
    draw = random.random()
    if draw < 0.12:  # while it starts
        return Life(random.uniform(0.0, 1.6), since="begun")
    # On PostgreSQL a new process waits until the lease of the dead one has run out; replicas are killed in turns.
    longest = {"sqlite": 3.0, "postgresql": LEASE + 3.0}[cell.engine] * (1.5 if cell.replicas > 1 else 1.0)
    after = random.uniform(0.0, longest)
    if cell.replicas > 1 and draw < 0.24:
        return Life(after, holder=True, rest=random.uniform(0.0, 2.0))
    if cell.replicas > 1 and draw < 0.32:
        # Longer than a lease, and in some cases longer than a call may take as well; at any moment, or just where it
        # has promised itself a call that it has not made.
        pause = random.choice([random.uniform(LEASE + 1, TIMEOUT - 1), random.uniform(LOOKED_FOR + 1, LOOKED_FOR + 4)])
        itself = (f"outbox.attempted:{random.randint(1, 6)}:stop",) if random.random() < 0.5 else ()
        return Life(after, armed=itself, pause=pause, rest=random.uniform(0.0, 2.0))
    if draw < 0.55:
        return Life(after)
    return Life(longest + 6.0, armed=("*",))
