"""The one sender of a platform: claims, calls, settles, under a lease.

What keeps anything from being said twice when a sender vanishes, or stalls and comes back: an attempt is committed
before its call, the call is given up one timeout after that (and not begun when half of it went by already), and
whoever goes on asks the platform no sooner than that. So a lease may be shorter than a call.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.attention import Attention
from bot.chat import Platform
from bot.nudge import Priority
from bot.outbox.calling import Caller, Result
from bot.outbox.choosing import Chooser, Facts, Job, Move
from bot.outbox.lease import Lease
from bot.outbox.settling import Settler
from bot.words import Words
from storage import contacts, outbox, restoring, sending
from storage.database import Store, StoreUnavailable
from storage.outbox import Promise
from storage.restoring import Restored

log = structlog.get_logger("outbox")

IDLE = 1.0
"""Seconds between two looks at the database when nobody wakes us: what other processes planned, what falls due."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What every sender works with. observe: told (platform, what happened), for metrics."""

    store: Store
    words: Words
    attention: Attention
    now: Callable[[], datetime]
    checkpoint: Callable[[str], None]
    sleep: Callable[[float], Any]
    observe: Callable[[str, str], None]


@dataclass(slots=True)
class Round:
    """What one look at the database did.

    wait: seconds until a lane that has something to say may speak again. paused: until the whole platform may.
    """

    moved: int = 0
    settled: int = 0
    wait: float | None = None
    paused: float = IDLE
    jobs: list[Job] = field(default_factory=list)
    begun: float = 0.0


class Sender:
    """Keeps the promises of one platform."""

    def __init__(self, platform: Platform, tools: Tools, lease: Lease) -> None:
        self._platform = platform
        self._tools = tools
        self._lease = lease
        self._caller = Caller(platform, tools.words, tools.now, tools.checkpoint)
        self._settler = Settler(platform.name, lease)
        self._calls: set[asyncio.Task[Result]] = set()
        self._results: list[Result] = []
        self._ready: dict[str, datetime] = {}  # lane -> when it may speak again
        self._restored: Restored | None = None
        self._wake = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """There may be something to say."""
        self._wake.set()

    async def run(self) -> None:
        """Send, until `stop` is called; then finish what is in hand, and hand the duty back."""
        try:
            while not self._stopping:
                self._wake.clear()
                done = await self._guarded()
                if not done.moved:
                    await self._rest(min(done.wait or IDLE, done.paused, IDLE))
            await self.finish()
        finally:
            await self._abandon()

    def stop(self) -> None:
        """Begin nothing new."""
        self._stopping = True
        self._wake.set()

    async def finish(self) -> None:
        """Wait for the calls in hand, write what became of them, hand the duty back."""
        while self._calls:
            await self._collect(None)
        try:
            if self._results:
                await self._round(claiming=False)
            await self._lease.release(self._tools.store)
        except StoreUnavailable:
            log.warning("no database at the end: who goes on will look for what was said", platform=self._platform.name)

    async def drain(self) -> None:
        """Send until nothing is due."""
        try:
            while True:
                done = await self._round()
                if self._calls:
                    await self._collect(None)
                elif done.wait is not None:
                    await self._tools.sleep(done.wait)
                elif not (done.moved or done.settled):
                    return
        finally:
            await self._abandon()

    async def _guarded(self) -> Round:
        """One round, or none when there is nothing to do, or no database."""
        try:
            if not self._results and self._lease.is_fresh:
                async with self._tools.store.read() as session:
                    if not await sending.is_anything_due(session, self._platform.name, self._tools.now()):
                        return Round()
            return await self._round()
        except StoreUnavailable:
            # It may have taken effect or not; results stay in memory, and the duty is taken anew.
            self._lease.forget()
            return Round()

    async def _round(self, *, claiming: bool = True) -> Round:
        """Write what became of calls and claim what is next, in one transaction; then begin the calls."""
        done = Round(begun=asyncio.get_running_loop().time())
        results = list(self._results)
        async with self._tools.store.write() as session:
            ours = await self._lease.hold(session)
            await self._settler.settle(session, results, self._tools.now())
            if ours and claiming:
                await self._claim(session, done)
        del self._results[: len(results)]
        self._observe(results)
        done.settled = len(results)
        if results:
            self._tools.checkpoint("outbox.settled")
        self._begin(done)
        return done

    # ------------------------------------------------------------ claiming

    async def _claim(self, session: AsyncSession, done: Round) -> None:
        name, now = self._platform.name, self._tools.now()
        if self._lease.taken:
            await sending.take_back(session, name)
            self._restored = await restoring.recent(session)
        if self._lease.paused is not None and self._lease.paused > now:
            done.paused = (self._lease.paused - now).total_seconds()
            return
        await sending.fall_due(session, name, now)
        found = await self._heads(session, now)
        if not found and not self._calls:
            await self._settler.idle(session)
        heads = self._in_pace(found, now, done)
        chosen = await self._chosen(session, heads, now)
        moves = [{"id": promise.id, **what} for promise, what in chosen if not isinstance(what, Job)]
        await sending.change(session, moves, was="todo")
        said = [promise.name for promise, what in chosen if not isinstance(what, Job) and what.get("state") == "sent"]
        if said:
            await contacts.sent(session, said, now)
        done.moved = len(moves)
        done.jobs = await self._attempted(session, [job for _, job in chosen if isinstance(job, Job)], now)

    async def _heads(self, session: AsyncSession, now: datetime) -> list[Promise]:
        if (free := self._free()) <= 0:
            return []
        self._ready = {lane: ready for lane, ready in self._ready.items() if ready > now}
        return await sending.heads(session, self._platform.name, now, free + len(self._ready))

    def _free(self) -> int:
        """How many more calls may be in flight. While the platform lets the bot do nothing, one try tells enough."""
        return (1 if self._lease.locked else self._platform.pace.in_flight) - len(self._calls)

    def _in_pace(self, heads: list[Promise], now: datetime, done: Round) -> list[Promise]:
        """Those that may be said now. One call is kept free for answers, which nothing else may hold up."""
        free = self._free()
        allowed: list[Promise] = []
        for promise in heads:
            kept = 1 if promise.priority > Priority.ANSWER and free + len(self._calls) > 1 else 0
            if promise.lane in self._ready:
                # A clock set back must not silence a room.
                wait = min((self._ready[promise.lane] - now).total_seconds(), self._platform.pace.per_room)
                done.wait = wait if done.wait is None else min(wait, done.wait)
            elif len(allowed) < free - kept:
                allowed.append(promise)
        return allowed

    async def _chosen(
        self, session: AsyncSession, heads: list[Promise], now: datetime
    ) -> list[tuple[Promise, Job | Move]]:
        if not heads:
            return []
        timeout = timedelta(seconds=self._platform.pace.timeout)
        facts = await self._facts(session, heads, now)
        chooser = Chooser(self._platform.name, timeout, now, self._tools.attention, facts)
        return [(promise, chooser.choose(promise)) for promise in heads]

    async def _facts(self, session: AsyncSession, heads: Iterable[Promise], now: datetime) -> Facts:
        attention = self._tools.attention
        people = {one.person_id for one in heads if one.person_id is not None}
        weighed = {one.person_id for one in heads if one.person_id is not None and attention.counts(one.kind)}
        past: dict[int, list[contacts.Contact]] = {}
        for contact in await contacts.weighing(session, weighed, attention.since(now)) if weighed else ():
            past.setdefault(contact.person_id, []).append(contact)
        return Facts(
            bases=await outbox.named(session, {one.of or one.reply_to for one in heads}),
            tried=await sending.attempts(session, [one.id for one in heads if one.id and one.tries]),
            people=await sending.reachable(session, people),
            past=past,
            restored=self._restored,
        )

    async def _attempted(self, session: AsyncSession, jobs: list[Job], now: datetime) -> list[Job]:
        """Mark promises as in hand, and write the attempts, before anything is called."""
        if not jobs:
            return []
        claims = [{"id": job.id, "state": "going", "tries": job.promise.tries + 1} for job in jobs]
        await sending.change(session, claims, was="todo")
        self._tools.checkpoint("outbox.claimed")
        rows = [{"promise_id": job.id, "platform": self._platform.name, "started_at": now} for job in jobs]
        attempts = await sending.try_(session, rows)
        return [replace(job, attempt=attempts[job.id], token=self._lease.token) for job in jobs]

    # ------------------------------------------------------------ calling

    def _begin(self, done: Round) -> None:
        """Make the calls, unless so much time went by since the attempts were written that it is no longer safe."""
        if not done.jobs:
            return
        self._tools.checkpoint("outbox.attempted")
        loop = asyncio.get_running_loop()
        deadline = done.begun + self._platform.pace.timeout
        safe = self._lease.is_ours and loop.time() < done.begun + self._platform.pace.timeout / 2
        for job in done.jobs:
            if safe:
                self._calls.add(loop.create_task(self._caller.call(job, deadline)))
            else:
                self._results.append(self._caller.not_made(job))

    async def _rest(self, seconds: float) -> None:
        """Until a call ends, somebody wakes us, or so much time has passed."""
        if self._results:
            return
        woken = asyncio.ensure_future(self._wake.wait())
        try:
            await asyncio.wait({woken, *self._calls}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()
        await self._collect(0)

    async def _collect(self, seconds: float | None) -> None:
        """Take the results of calls that ended. seconds: to wait for the first; None: as long as it takes."""
        if not self._calls:
            return
        done, self._calls = await asyncio.wait(self._calls, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            result = task.result()
            self._results.append(result)
            if self._platform.pace.per_room:
                pause = timedelta(seconds=self._platform.pace.per_room)
                self._ready[result.job.promise.lane] = self._tools.now() + pause

    async def _abandon(self) -> None:
        """Leave no call behind; what is cut off here is looked for before it is said again."""
        calls, self._calls = self._calls, set()
        for task in calls:
            task.cancel()
        await asyncio.gather(*calls, return_exceptions=True)

    def _observe(self, results: list[Result]) -> None:
        for result in results:
            state = str(result.row["state"])
            self._tools.observe(self._platform.name, "retry" if state in {"todo", "later"} else state)
