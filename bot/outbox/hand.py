"""What a sender has in hand: claimed and waiting for a free line, being called, called.

Claiming takes a transaction, and calls end at any time: so some promises are claimed ahead, their attempts written, and
a call begins the moment a line is free. What waits is given back untried as soon as it should not be said now.
"""

from __future__ import annotations

import asyncio
from bisect import insort
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.chat import Platform
from bot.nudge import Priority
from bot.outbox.calling import Caller, Result
from bot.outbox.choosing import Job
from bot.outbox.flow import AHEAD, Flow

QUICK = 0.25
"""Seconds that a call may take for others to be claimed ahead: where calls are slow, what waits would grow old."""

GATHER = 0.05
"""Seconds for which a result waits at most for others, to be written down together."""

GATHER_IN_PACE = AHEAD / 2
"""The same where the pace of the platform, and not the writing down, says when the next is sent."""


class Hand:
    """Jobs from their claim to their results. results: to be settled. ready: lane -> when it may speak again."""

    def __init__(
        self,
        platform: Platform,
        caller: Caller,
        now: Callable[[], datetime],
        is_ours: Callable[[int], bool],
        news: asyncio.Event,
    ) -> None:
        """is_ours: whether the duty is, under a token, as far as can be told without asking. news: set at changes."""
        self._platform = platform
        self._caller = caller
        self._now = now
        self._is_ours = is_ours
        self._news = news
        self._waiting: list[Job] = []
        self._calls: dict[asyncio.Task[Result], tuple[Job, float]] = {}
        self._is_quick = False
        self._closed = False
        self._since = 0.0  # when the first of the results came, in the loop's time
        self._fault: BaseException | None = None
        self._flow = Flow(platform.pace.per_minute)
        self._turn: asyncio.TimerHandle | None = None  # when the pace of the platform lets the next begin
        self.results: list[Result] = []
        self.ready: dict[str, datetime] = {}

    def __len__(self) -> int:
        """How much is not called yet, or being called."""
        return len(self._waiting) + len(self._calls)

    @property
    def is_due(self) -> bool:
        """It is time to write down what became of calls, and to claim more."""
        low = len(self._waiting) <= self._platform.pace.in_flight // 2
        return bool(self.results) and (low or asyncio.get_running_loop().time() >= self._since + self._gather)

    def check(self) -> None:
        """Raise what a call should not have raised."""
        if self._fault:
            raise self._fault

    def room(self, *, locked: bool) -> tuple[int, int]:
        """How much more may be claimed, and how much of that may be other than answers.

        locked: the platform lets the bot do nothing, so that one try tells enough.
        """
        if locked:
            return 1 - len(self), 1 - len(self)
        pace = self._platform.pace
        ahead = pace.in_flight if self._is_quick and pace.in_flight > 1 and not pace.per_room else 0
        others = _others([*self._waiting, *self._called])
        return pace.in_flight + ahead + _kept(pace.in_flight) - len(self), pace.in_flight + ahead - others

    def posts(self) -> int:
        """How many messages more the pace of the platform lets begin soon."""
        return self._flow.soon(asyncio.get_running_loop().time()) - sum(_counts(job) for job in self._waiting)

    def before(self, ended: Sequence[tuple[str, datetime]]) -> None:
        """What another process sent within the last minute, whose duty came to us: the pace goes on from there.

        ended: lane, and when it was sent, the oldest first.
        """
        now, clock = self._now(), asyncio.get_running_loop().time()
        self._flow.before([clock - max(0.0, (now - at).total_seconds()) for _, at in ended])
        if per_room := self._platform.pace.per_room:
            self.ready |= {lane: at + timedelta(seconds=per_room) for lane, at in ended}

    def take(self, jobs: Sequence[Job]) -> None:
        """Call these, the most urgent first, as soon as there are free lines."""
        for job in jobs:
            insort(self._waiting, job, key=_turn)
        self._begin()

    @property
    def waiting(self) -> list[int]:
        """The promises that are not called yet."""
        return [job.id for job in self._waiting]

    @property
    def held(self) -> set[int]:
        """The promises that are in hand, those whose calls ended too."""
        return {*self.waiting, *(job.id for job in self._called), *(result.job.id for result in self.results)}

    def give_back(self, promises: Collection[int] | None = None) -> None:
        """Leave uncalled what waits, all of it or these."""
        given = [job for job in self._waiting if promises is None or job.id in promises]
        self._waiting = [job for job in self._waiting if job not in given]
        self.results += [self._caller.not_made(job) for job in given]
        self._news.set()

    def close(self) -> None:
        """Begin no more calls."""
        self._closed = True
        self.give_back()

    async def abandon(self) -> None:
        """Leave no call behind; what is cut off here is looked for before it is said again."""
        calls = list(self._calls)
        if self._turn is not None:
            self._turn.cancel()
        self._waiting.clear()
        self._calls.clear()
        for task in calls:
            task.cancel()
        await asyncio.gather(*calls, return_exceptions=True)

    @property
    def _called(self) -> list[Job]:
        return [job for job, _ in self._calls.values()]

    def _begin(self) -> None:
        if self._closed or any(result.pause or result.locked for result in self.results):
            self.give_back()
        loop, timeout = asyncio.get_running_loop(), self._platform.pace.timeout
        while self._waiting and self._has_line(self._waiting[0]):
            if wait := self._paced(self._waiting[0]):
                self._begin_in(wait)
                return
            job = self._waiting.pop(0)
            # So late, the call might land after another process has looked for it.
            if not self._is_ours(job.token) or loop.time() >= job.begun + timeout / 2:
                self.results.append(self._caller.not_made(job))
                self._news.set()
                continue
            if _counts(job):
                self._flow.begin(loop.time())
            may = partial(self._is_ours, job.token)
            task = loop.create_task(self._caller.call(job, job.begun + timeout, may))
            self._calls[task] = job, loop.time()
            task.add_done_callback(self._ended)

    def _paced(self, job: Job) -> float:
        """Seconds until the pace of the platform lets it begin."""
        if not _counts(job):
            return 0.0
        is_answer = job.promise.priority <= Priority.ANSWER
        return self._flow.wait(asyncio.get_running_loop().time(), is_answer=is_answer)

    def _begin_in(self, seconds: float) -> None:
        if self._turn is not None:
            self._turn.cancel()
        self._turn = asyncio.get_running_loop().call_later(seconds, self._begin)

    @property
    def _gather(self) -> float:
        return GATHER_IN_PACE if self._platform.pace.per_minute else GATHER

    def _has_line(self, job: Job) -> bool:
        lines = self._platform.pace.in_flight
        if job.promise.priority <= Priority.ANSWER:
            return len(self._calls) < lines + _kept(lines)
        return len(self._calls) < lines + _kept(lines) and _others(self._called) < lines

    def _ended(self, task: asyncio.Task[Result]) -> None:
        job, began = self._calls.pop(task, (None, 0.0))
        if job is None:
            return  # abandoned
        now, pace = asyncio.get_running_loop().time(), self._platform.pace
        self._fault = self._fault or task.exception()
        if _counts(job):
            self._flow.end(now)
        if not self._fault:
            self._is_quick = now - began < QUICK
            if not self.results:
                self._since = now
                asyncio.get_running_loop().call_later(self._gather, self._news.set)
            self.results.append(task.result())
            if pace.per_room:
                self.ready[job.promise.lane] = self._now() + timedelta(seconds=pace.per_room)
            self._begin()
        self._news.set()


def _kept(lines: int) -> int:
    """One line more is kept for answers, which nothing else may hold up."""
    return 1 if lines > 1 else 0


def _counts(job: Job) -> bool:
    """Platforms limit how many messages are posted; what is changed or removed has limits of its own."""
    return job.promise.op == "post"


def _others(jobs: Sequence[Job]) -> int:
    return sum(job.promise.priority > Priority.ANSWER for job in jobs)


def _turn(job: Job) -> tuple[int, int]:
    return job.promise.priority, job.id
