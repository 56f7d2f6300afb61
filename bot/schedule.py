"""Due times and regular looks, on APScheduler. It only wakes us: what is due is read from the database.

So a wake-up that comes late, twice or for nothing does no harm, and nothing is kept across a restart.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count

import structlog
from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

Wake = Callable[[], Awaitable[None]]

_log = structlog.get_logger(__name__)

WATCH = 1.0
"""Seconds between two looks at whether a clock was set back."""

SET_BACK = timedelta(seconds=2)
"""By how much a clock must have been set back to matter: less is only corrected."""


class Alarm:
    """Wakes coroutines, at instants and regularly."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """now: the clock (aware). A job that could not start in time starts late rather than never."""
        self._now = now
        self._running: set[asyncio.Task[None]] = set()
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._armed: dict[str, str] = {}
        self._count = count()
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            # The default would drop what is a second late, silently but for a warning.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._scheduler.add_listener(self._failed, EVENT_JOB_ERROR)
        self._set_back: list[Callable[[timedelta], Awaitable[None]]] = []
        self._watch: asyncio.Task[None] | None = None
        self._back = timedelta()  # by how much the clock was set back, and nobody could be told yet

    def every(self, name: str, interval: timedelta, job: Wake) -> None:
        """Wake `job` each `interval`, the first time one interval from now; a name given again replaces its job.

        A wake-up that falls due while the job still runs is left out.
        """
        self._add(name, name, IntervalTrigger(seconds=interval.total_seconds(), timezone=UTC), job)

    def wake_at(self, name: str, instant: datetime, job: Wake) -> None:
        """Wake `job` once, at an instant (aware) or at once when it has passed; a name given again replaces its job."""
        away = max(instant - self._now(), timedelta())
        # The scheduler's own clock may differ from ours (a test's, one that was set): only the distance is given to it.
        trigger = DateTrigger(datetime.now(UTC) + away, timezone=UTC)
        # A new id each time: under the same one, a job armed again while it runs would be dropped, should it fall due
        # before the first run ends. It waits for its turn instead.
        self._add(name, f"{name} {next(self._count)}", trigger, job)

    def _add(self, name: str, job_id: str, trigger: DateTrigger | IntervalTrigger, job: Wake) -> None:
        self.forget(name)
        self._armed[name] = job_id
        self._scheduler.add_job(self._run, trigger, args=(name, job), id=job_id, name=name)

    def when_set_back(self, job: Callable[[timedelta], Awaitable[None]]) -> None:
        """Wake `job` when our clock was set back, and tell it by how much: what was a minute away may be hours away."""
        self._set_back.append(job)

    def forget(self, name: str) -> None:
        """Wake nobody under this name any more; what runs goes on."""
        job_id = self._armed.pop(name, "")
        if job_id and self._scheduler.get_job(job_id) is not None:
            self._scheduler.remove_job(job_id)

    def start(self) -> None:
        """Begin; needs a running event loop."""
        self._scheduler.start()
        self._watch = asyncio.create_task(self._watches(*self._clocks()))

    async def stop(self) -> None:
        """Wake nobody any more, and return when what runs has finished."""
        if self._watch is not None:
            self._watch.cancel()
        if self._scheduler.running:
            self._scheduler.pause()
        # The scheduler's own shutdown would cancel them.
        while self._running:
            await asyncio.wait(self._running)
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _run(self, name: str, job: Wake) -> None:
        """In a task of our own, which a shutdown of the scheduler does not reach."""
        task = asyncio.create_task(self._in_turn(name, job))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await asyncio.shield(task)

    async def _in_turn(self, name: str, job: Wake) -> None:
        async with self._turns[name]:
            await job()

    def _clocks(self) -> tuple[float, datetime, datetime]:
        return asyncio.get_running_loop().time(), self._now(), datetime.now(UTC)

    async def _watches(self, at: float, own: datetime, system: datetime) -> None:
        """Compare our clock, and the system's, with one that nobody sets. All three: as they were when it began."""
        while True:
            await asyncio.sleep(WATCH)
            before, (at, own, system) = (at, own, system), self._clocks()
            passed = timedelta(seconds=at - before[0])
            own_back, system_back = before[1] + passed - own, before[2] + passed - system
            if system_back > SET_BACK:  # the scheduler goes by it, and would wake nobody for as long
                for each in self._scheduler.get_jobs():
                    each.modify(next_run_time=each.next_run_time - system_back)
            if own_back > SET_BACK:
                _log.warning("the clock was set back", seconds=round(own_back.total_seconds()))
                self._back += own_back
            if self._back:
                await self._tell_set_back()

    async def _tell_set_back(self) -> None:
        """Until it has been heard: the database may not answer just then."""
        back = self._back
        try:
            for job in self._set_back:
                await self._run("set back", partial(job, back))
        except Exception as error:  # noqa: BLE001 - whatever it is, the clocks are watched still, and it is tried again
            _log.warning("set back in vain", error=type(error).__name__)
            return
        self._back -= back

    def _failed(self, event: JobExecutionEvent) -> None:
        # The exception's text may quote what people wrote.
        _log.error("job failed", job=event.job_id, error=type(event.exception).__name__)
