"""The one sender of a platform: claims, calls, settles, under a lease.

What keeps anything from being said twice when a sender vanishes, or stalls and comes back: an attempt is committed
before its call, the call is given up one timeout after that (and not begun when half of it went by already), and
whoever goes on asks the platform no sooner than that, nor sooner than a timeout after another last held the duty,
whatever two clocks say, or one that jumps. So a lease may be shorter than a call.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.attention import Attention
from bot.attention.digest import kinds_of
from bot.chat import Platform
from bot.nudge import Priority
from bot.outbox.calling import NOT_MADE, Caller, Result, Stops
from bot.outbox.choosing import Chooser, Facts, Job, Move
from bot.outbox.flow import MINUTE, Openings
from bot.outbox.hand import Hand
from bot.outbox.lease import Lease
from bot.outbox.planning import Holding
from bot.outbox.settling import Settler
from bot.words import Words
from storage import batches, contacts, outbox, restoring, sending
from storage.database import Store, StoreUnavailable
from storage.outbox import OPENING, Promise
from storage.restoring import Restored

log = structlog.get_logger("outbox")

IDLE = 1.0
"""Seconds between two looks at the database when nobody wakes us: what other processes planned, what falls due."""

_RECOUNT = timedelta(seconds=5)  # between two looks for what stands in hand and is in nobody's
_FALLING = timedelta(seconds=0.25)  # between two looks for what falls due or was cancelled, while there is enough to do


@dataclass(frozen=True, slots=True)
class Tools:
    """What every sender works with. observe: told (platform, what happened), for metrics. holding: see `Holding`.
    stops: see `Stops`.
    """

    store: Store
    words: Words
    attention: Attention
    now: Callable[[], datetime]
    checkpoint: Callable[[str], None]
    sleep: Callable[[float], Any]
    observe: Callable[[str, str], None]
    holding: Holding
    stops: Stops


@dataclass(slots=True)
class Round:
    """What one look at the database did.

    wait: seconds until a lane that has something to say may speak again. paused: until the whole platform may.
    away: the database did not answer.
    """

    moved: int = 0
    settled: int = 0
    wait: float | None = None
    paused: float = IDLE
    away: bool = False
    jobs: list[Job] = field(default_factory=list)
    begun: float = 0.0


class Sender:
    """Keeps the promises of one platform."""

    def __init__(self, platform: Platform, tools: Tools, lease: Lease) -> None:
        self._platform = platform
        self._tools = tools
        self._lease = lease
        self._news = asyncio.Event()
        caller = Caller(platform, tools.words, tools.now, tools.checkpoint, tools.stops)
        self._hand = Hand(platform, caller, tools.now, self._is_ours, self._news)
        self._settler = Settler(platform.name, lease)
        self._openings = Openings(platform.pace.openings)
        self._restored: Restored | None = None
        self._fell: datetime | None = None  # when we last looked for what others changed
        self._counted: datetime | None = None  # when we last looked for what is in nobody's hand
        self._ended = datetime.min.replace(tzinfo=UTC)  # when the calls of whoever had the duty before are over
        self._woken = False
        self._stopping = False

    def _is_ours(self, token: int) -> bool:
        return self._lease.is_ours and self._lease.token == token

    def wake(self) -> None:
        """There may be something to say."""
        self._woken, self._fell = True, None
        self._news.set()

    def set_back(self) -> None:
        """The clock was set back: the times given for rooms to be opened are far away."""
        self._openings = Openings(self._platform.pace.openings)
        self._ended = min(self._ended, self._tools.now() + timedelta(seconds=self._platform.pace.timeout))

    async def run(self) -> None:
        """Send, until `stop` is called; then finish what is in hand, and hand the duty back."""
        try:
            while not self._stopping:
                self._woken = False
                done = await self._guarded()
                if done.away:  # whatever else there is to write down would meet the same
                    await self._rest(IDLE, lambda: self._stopping)
                elif not done.moved:
                    await self._rest(min(done.wait or IDLE, done.paused, IDLE), self._is_needed)
            await self.finish()
        finally:
            await self._hand.abandon()

    def stop(self) -> None:
        """Begin nothing new."""
        self._stopping = True
        self._hand.close()
        self.wake()

    async def finish(self) -> None:
        """Wait for the calls in hand, write what became of them, hand the duty back."""
        await self._until(lambda: not self._hand)
        try:
            if self._hand.results:
                await self._round()
            await self._lease.release(self._tools.store)
        except StoreUnavailable:
            log.warning("no database at the end: who goes on will look for what was said", platform=self._platform.name)

    async def drain(self) -> None:
        """Send until nothing is due."""
        try:
            while True:
                done = await self._round()
                if self._hand:
                    await self._until(lambda: self._hand.is_due)
                elif self._hand.results:
                    continue
                elif done.wait is not None:
                    await self._tools.sleep(done.wait)
                elif not (done.moved or done.settled):
                    return
        finally:
            await self._hand.abandon()

    async def _guarded(self) -> Round:
        """One round, or none when there is nothing to do, or no database."""
        try:
            if not self._hand.results and self._lease.is_fresh:
                async with self._tools.store.read() as session:
                    if not await sending.is_anything_due(session, self._platform.name, self._tools.now()):
                        return Round()
            return await self._round()
        except StoreUnavailable:
            # It may have taken effect or not; results stay in memory, and the duty is taken anew.
            self._lease.forget()
            self._hand.give_back()
            return Round(away=True)

    async def _round(self) -> Round:
        """Write what became of calls and claim what is next, in one transaction; then begin the calls."""
        done = Round(begun=asyncio.get_running_loop().time())
        results = list(self._hand.results)
        done.settled = len(results)
        async with self._tools.store.write() as session:
            ours = await self._lease.hold(session)
            await self._settler.settle(session, results, self._tools.now())
            if ours and not self._stopping:
                await self._claim(session, done)
        del self._hand.results[: len(results)]
        self._observe(results)
        if results:
            self._tools.checkpoint("outbox.settled")
        if not ours:
            self._hand.give_back()
        elif done.jobs:
            self._tools.checkpoint("outbox.attempted")
            self._hand.take(done.jobs)
        return done

    # ------------------------------------------------------------ claiming

    async def _claim(self, session: AsyncSession, done: Round) -> None:
        name, now = self._platform.name, self._tools.now()
        if self._lease.taken:
            await self._take_over(session, now)
        if self._lease.paused is not None and self._lease.paused > now:
            done.paused = (self._lease.paused - now).total_seconds()
            return
        if not done.settled or self._fell is None or abs(now - self._fell) >= _FALLING:
            self._fell = now
            await sending.fall_due(session, name, now)
            if self._hand.waiting:
                self._hand.give_back(await sending.unwanted(session, self._hand.waiting))
            await self._recount(session, now)
        found = await self._heads(session, now)
        if not found and not self._hand:
            await self._settler.idle(session)
        heads = self._in_pace(found, now, done)
        chosen = await self._chosen(session, heads, now)
        moves = [{"id": promise.id, **what} for promise, what in chosen if not isinstance(what, Job)]
        await sending.change(session, moves, was="todo")
        said = [promise for promise, what in chosen if not isinstance(what, Job) and what.get("state") == "sent"]
        await self._settler.reached(session, said, now)
        for promise, what in chosen:
            if not isinstance(what, Job) and "kind" in what:  # the first of its several contacts is left out
                await contacts.became(session, promise.name, what["kind"], asks=what["asks"])
        done.moved = len(moves)
        done.jobs = await self._attempted(session, [job for _, job in chosen if isinstance(job, Job)], done, now)

    async def _take_over(self, session: AsyncSession, now: datetime) -> None:
        """Go on where whoever had the duty before stopped, at the pace that they left."""
        name, pace = self._platform.name, self._platform.pace
        await sending.take_back(session, name)
        if self._lease.since is not None:
            self._ended = now + timedelta(seconds=pace.timeout) - self._lease.since
        self._restored = await restoring.recent(session)
        if pace.per_minute or pace.per_room:
            since = now - timedelta(seconds=MINUTE)
            self._hand.before(await sending.posted(session, name, since, int(pace.per_minute) or pace.in_flight))
        if pace.openings:
            self._openings.before(await sending.booked(session, name, OPENING))

    async def _recount(self, session: AsyncSession, now: datetime) -> None:
        """Put back in line what nobody has in hand: a database that came back without our last commit says that we do.

        An attempt at it stands written, so the platform is asked before it is said again.
        """
        if self._counted is None or abs(now - self._counted) >= _RECOUNT:
            self._counted = now
            if back := await sending.take_back(session, self._platform.name, but=self._hand.held):
                log.warning("put back in line", platform=self._platform.name, promises=back)

    async def _heads(self, session: AsyncSession, now: datetime) -> list[Promise]:
        room, _ = self._hand.room(locked=bool(self._lease.locked))
        if room <= 0:
            return []
        self._hand.ready = {lane: ready for lane, ready in self._hand.ready.items() if ready > now}
        held = self._hand.held  # taken anew, a duty puts in line what is still being called here
        heads = await sending.heads(session, self._platform.name, now, room + len(self._hand.ready) + len(held))
        return [promise for promise in heads if promise.id not in held]

    def _in_pace(self, heads: list[Promise], now: datetime, done: Round) -> list[Promise]:
        """Those that may be said now."""
        room, others = self._hand.room(locked=bool(self._lease.locked))
        posts = self._hand.posts()
        allowed: list[Promise] = []
        for promise in heads:
            is_other = promise.priority > Priority.ANSWER
            if promise.lane in self._hand.ready:
                # A clock set back must not silence a room.
                wait = min((self._hand.ready[promise.lane] - now).total_seconds(), self._platform.pace.per_room)
                done.wait = wait if done.wait is None else min(wait, done.wait)
            elif len(allowed) < room and (not is_other or (others > 0 and (posts > 0 or promise.op != "post"))):
                allowed.append(promise)
                others -= is_other
                posts -= promise.op == "post"
        return allowed

    async def _chosen(
        self, session: AsyncSession, heads: list[Promise], now: datetime
    ) -> list[tuple[Promise, Job | Move]]:
        if not heads:
            return []
        timeout = timedelta(seconds=self._platform.pace.timeout)
        facts = await self._facts(session, heads, now)
        chooser = Chooser(self._platform.name, timeout, now, self._ended, self._tools.attention, facts)
        return [(promise, self._in_turn(promise, chooser.choose(promise), now)) for promise in heads]

    def _in_turn(self, promise: Promise, what: Job | Move, now: datetime) -> Job | Move:
        """With people never met, no more rooms are opened than the platform lets; answers do not wait for that."""
        opens = isinstance(what, Job) and bool(what.external) and not what.room
        if not opens or promise.priority <= Priority.ANSWER or promise.error == OPENING:
            return what
        at = self._openings.book(promise.priority, now)
        return what if at <= now else {"state": "later", "due": at, "error": OPENING}

    async def _facts(self, session: AsyncSession, heads: Iterable[Promise], now: datetime) -> Facts:
        attention = self._tools.attention
        people = await sending.reachable(session, {one.person_id for one in heads if one.person_id is not None})
        weighed = {
            people[one.person_id].person.id or 0
            for one in heads
            if one.person_id is not None and attention.weighs(one.kind)
        }
        kinds = {kind for one in heads for kind in kinds_of(one.kind, one.body)}
        await contacts.alone(session, weighed)
        past, wishes = await attention.weighing(session, weighed, now)
        return Facts(
            bases=await outbox.named(session, {one.of or one.reply_to for one in heads}),
            tried=await sending.attempts(session, [one.id for one in heads if one.id and one.tries]),
            people=people,
            past=past,
            wishes=wishes,
            held=frozenset(await self._tools.holding(session, kinds & set(attention.optional()))),
            restored=self._restored,
            recalled=await batches.recalled(session, [one.name for one in heads if one.batch and one.op == "post"]),
        )

    async def _attempted(self, session: AsyncSession, jobs: list[Job], done: Round, now: datetime) -> list[Job]:
        """Mark promises as in hand, and write the attempts, before anything is called."""
        if not jobs:
            return []
        claims = [{"id": job.id, "state": "going", "tries": job.promise.tries + 1} for job in jobs]
        await sending.change(session, claims, was="todo")
        self._tools.checkpoint("outbox.claimed")
        rows = [{"promise_id": job.id, "platform": self._platform.name, "started_at": now} for job in jobs]
        attempts = await sending.try_(session, rows)
        return [replace(job, attempt=attempts[job.id], token=self._lease.token, begun=done.begun) for job in jobs]

    # ------------------------------------------------------------ calling

    def _is_needed(self) -> bool:
        """There is something to write down, or somebody woke us."""
        return self._woken or self._hand.is_due

    async def _rest(self, seconds: float, over: Callable[[], bool]) -> None:
        """Until it is over, or so much time has passed."""
        try:
            async with asyncio.timeout(seconds):
                await self._until(over)
        except TimeoutError:
            pass

    async def _until(self, holds: Callable[[], bool]) -> None:
        while not holds():
            self._hand.check()
            self._news.clear()
            await self._news.wait()

    def _is_unasked(self, kind: str) -> bool:
        """How many of these are sent tells how many people want none of them: no number does."""
        return self._tools.attention.weighs(kind)

    def _observe(self, results: list[Result]) -> None:
        for result in results:
            promise = result.job.promise
            if result.outcome == NOT_MADE or (promise.person_id is not None and self._is_unasked(promise.kind)):
                continue
            state = str(result.row["state"])
            self._tools.observe(self._platform.name, "retry" if state in {"todo", "later"} else state)
