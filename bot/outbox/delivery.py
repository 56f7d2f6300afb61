"""All promises of the running bot: what is planned, and who sends it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.attention import Attention
from bot.chat import Platform
from bot.nudge import Planner
from bot.outbox.calling import Stops, unending
from bot.outbox.lease import Gate, Lease, anyone
from bot.outbox.planning import Greet, Holding, Plan, nothing_held
from bot.outbox.sender import Sender, Tools
from bot.words import Words
from storage import duties, outbox
from storage.database import Store
from storage.outbox import Promise


def _nothing(*_: str) -> None:
    """Nobody watches."""


class Outbox:
    """Plans promises inside transactions, and keeps them afterwards: one sender per platform."""

    def __init__(
        self,
        store: Store,
        words: Words,
        platforms: Mapping[str, Platform],
        attention: Attention,
        now: Callable[[], datetime],
        checkpoint: Callable[[str], None] = _nothing,
        *,
        holder: str = "",
        lease: float = 6.0,
        sleep: Callable[[float], Any] = asyncio.sleep,
        observe: Callable[[str, str], None] = _nothing,
        gates: Mapping[str, Gate] = MappingProxyType({}),
        holding: Holding = nothing_held,
        stops: Stops = unending,
    ) -> None:
        """platforms: by configured name. now: the clock (UTC, aware). checkpoint: called at every named step.

        holder: the name of this process; the same after a restart, it takes its duties back at once instead of waiting
        for its own lease to run out. lease: seconds. sleep: waits while `drain` keeps a room's pace. observe: told
        (platform, "sent" | "retry" | "dead" | "later") for each call made. gates: of platforms that this process may
        send to only at times. holding: which kinds of contact may not be sent now.
        stops: see `Stops`.
        """
        self._store = store
        self._attention = attention
        self._now = now
        self._greet: Greet | None = None
        self._fixed = frozenset(name for name, platform in platforms.items() if platform.addressed)
        self._holding = holding
        tools = Tools(store, words, attention, now, checkpoint, sleep, observe, holding, stops)
        who = holder or uuid4().hex

        def lease_of(name: str) -> Lease:
            gate = gates.get(name, anyone)
            return Lease(f"{duties.SENDING}{name}", who, seconds=lease, renew=lease / 3, gate=gate)

        self._senders = {name: Sender(platform, tools, lease_of(name)) for name, platform in platforms.items()}
        self._running = False

    def within(self, session: AsyncSession, now: datetime) -> Planner:
        """What a handler plans with, inside its transaction. Call `wake` after the commit."""
        return Plan(session, now, self._attention, self._greet, self._holding, self._fixed)

    def introduces(self, greet: Greet) -> None:
        """From now on, whoever never met the bot is introduced to it before anything else that nobody asked for."""
        self._greet = greet

    def wake(self) -> None:
        """Promises were committed: look now, rather than within a second."""
        for sender in self._senders.values():
            sender.wake()

    def set_back(self) -> None:
        """The clock was set back."""
        for sender in self._senders.values():
            sender.set_back()

    async def run(self) -> None:
        """Send, until `stop` is called or this is cancelled. What a cancelled call did is looked for by who goes on."""
        self._running = True
        tasks = [asyncio.create_task(sender.run()) for sender in self._senders.values()]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._running = False

    def stop(self) -> None:
        """Begin nothing new; `run` returns once the calls in hand are settled, and others may take over at once."""
        for sender in self._senders.values():
            sender.stop()

    async def drain(self) -> None:
        """Send until nothing is due; not while `run` runs. What waits for its hour, or after a failure, stays."""
        assert not self._running, "the senders are at work already"
        for sender in self._senders.values():
            await sender.drain()

    async def progress(self, batch: str) -> dict[str, int]:
        """State -> how many promises of the batch are in it."""
        async with self._store.read() as session:
            return await outbox.progress(session, batch)

    async def status(self) -> dict[tuple[str, str], int]:
        """(platform, state) -> how many promises, for every state but "sent"; see `storage.outbox.status`."""
        async with self._store.read() as session:
            return await outbox.status(session, self._attention.asked())

    async def dead(self) -> list[Promise]:
        """What could not be said; `error` says why."""
        async with self._store.read() as session:
            return await outbox.dead(session)

    async def retry(self, name: str) -> bool:
        """Try a dead promise again. False: it is not dead."""
        async with self._store.write() as session:
            done = await outbox.retry(session, name, self._now())
        self.wake()
        return done

    async def drop(self, name: str) -> bool:
        """Give a dead promise up. False: it is not dead."""
        async with self._store.write() as session:
            return await outbox.drop(session, name)
