"""Replicas kept at work, and killed as planned."""

from __future__ import annotations

import asyncio
import signal
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence

from tests.crash.plan import LOOKED_FOR, Life, Wishes
from tests.crash.process import Process
from tests.crash.steps import ALL
from tests.servers.process import POLL_SECONDS

ARMED = 8
"""Named steps that one life is armed with."""

AMPLE = 2 * len(ALL)
"""Kills of a batch with which each named step is killed at, whatever moments were drawn."""

UNTIL_REACHED = 25.0
"""Seconds that a life has to reach one of the steps that nobody was killed at yet."""

PAUSE = LOOKED_FOR + 1
"""Seconds for which a process that another's life stopped, or that stopped itself, is left so."""

WOKEN = 1.5
"""Seconds that it has at least, once woken, to say what it must not say any more."""


class Fire:
    """One process or several, each begun again whenever it was killed.

    kills: how many there were. struck: the named steps at which processes killed themselves.
    """

    def __init__(
        self,
        processes: Sequence[Process],
        lives: Iterable[Life],
        holder: Callable[[], Awaitable[int]],
        killed: Callable[[], None],
        wishes: Wishes,
    ) -> None:
        """lives: one for each kill. holder: asked for the process id of who sends. killed: told of each kill."""
        self._processes = processes
        self._lives = deque(lives)
        self._wishes = wishes
        self._holder = holder
        self._told = killed
        self._has_ample = len(self._lives) >= AMPLE
        self.kills = 0
        self.struck: list[str] = []

    @property
    def over(self) -> bool:
        """All kills were done."""
        return not self._lives

    async def burn(self) -> None:
        """All lives, one after the other in each process, until no kill is left; then let all live."""
        async with asyncio.TaskGroup() as group:
            for process in self._processes:
                group.create_task(self._keep(process))

    async def _keep(self, process: Process) -> None:
        while self._lives:
            await self._live(process, self._next())
        await self.revive(process)

    def _next(self) -> Life:
        """As drawn; but the last lives of a long batch are for the steps that nobody was killed at yet."""
        life, unreached = self._lives.popleft(), sorted(self._wishes.unreached)
        if self._has_ample and len(self._lives) < len(unreached):
            return Life(UNTIL_REACHED, armed=tuple(unreached))
        return life

    async def revive(self, process: Process) -> None:
        """Let a process be at work."""
        process.check()
        if not process.runs:
            process.begin()
        await process.ready()

    async def _live(self, process: Process, life: Life) -> None:
        armed = self._wishes.take(ARMED) if life.armed == ("*",) else list(life.armed)
        if process.runs:  # the last of its lives was to be ended by killing another
            await process.kill()
        process.begin(armed)
        try:
            await self._until_killed(process, life)
        finally:
            step = process.struck_at() if armed else ""
            if life.armed == ("*",):
                self._wishes.give_back(each for each in armed if each.partition(":")[0] != step)
        if step:
            self.struck.append(step)
            self._wishes.reached(step)
        self.kills += 1
        self._told()

    async def _until_killed(self, process: Process, life: Life) -> None:
        if life.since == "ready" and not await process.ready():
            return process.check()
        if await self._works(process, life, life.after):
            return None
        if life.holder or (life.pause and not life.armed):
            victim = await self._sender(process)
            victim.send(signal.SIGSTOP if life.pause else signal.SIGKILL)  # whose own life ends, or goes on, by that
            if await self._works(process, life, life.rest + life.pause * (victim is not process)):
                return None
        return await process.kill()

    async def _sender(self, process: Process) -> Process:
        holder = await self._holder()
        return next((each for each in self._processes if each.runs and each.pid == holder), process)

    async def _works(self, process: Process, life: Life, seconds: float) -> bool:
        """Let it work for so long, and wake it when it was stopped; True: it is dead."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while process.runs and loop.time() < end:
            if process.is_stopped:
                await asyncio.sleep(life.pause or PAUSE)
                process.send(signal.SIGCONT)
                end = max(end, loop.time() + WOKEN)
            await asyncio.sleep(POLL_SECONDS / 2)
        process.check()
        return not process.runs
