"""Sequences of steps on a platform: each done once as far as rows tell, and resumed at the first one not done.

A step acts outside any transaction, then one transaction writes what it means and marks it done. A process that dies
in between does the step again: steps are made so that this does no harm (the platform's own names see to it).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from uuid import uuid4

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat import LockedOut, Platform, PlatformError, RateLimited, Unreachable
from bot.nudge import Context, SequenceSpec, Step, Wait
from bot.outbox import Gate, Lease, Outbox, anyone, backoff
from storage import duties, sequences
from storage.database import Store, StoreUnavailable
from storage.outbox import Running

log = structlog.get_logger("sequence")

TRIES = 12
"""How often a step is tried before it counts as refused; with the waits between them, about three hours."""

LOCKED = 60.0
"""Seconds until a step is tried again on a platform that does not accept the bot."""

STRANGE = 60.0
"""Seconds until a sequence is looked at again that this version, or these settings, know nothing of."""

IDLE = 1.0
"""Seconds between two looks at the database when nobody wakes us."""

_AT_ONCE = 4
_DUTY = "sequences:"
_NOWHERE = ""  # the duty for what stands on no platform that is configured


class Sequences:
    """Runs what `ctx.outbox.start` began. One process does for each platform, under a lease."""

    def __init__(
        self,
        store: Store,
        outbox: Outbox,
        platforms: Mapping[str, Platform],
        specs: Mapping[str, SequenceSpec],
        context: Callable[[AsyncSession, datetime, str], Context],
        now: Callable[[], datetime],
        checkpoint: Callable[[str], None] = lambda _step: None,
        *,
        holder: str = "",
        lease: float = 6.0,
        gates: Mapping[str, Gate] = MappingProxyType({}),
    ) -> None:
        """platforms: by configured name. specs: by kind. context: what a step's `done` receives, for a kind.

        checkpoint: called with "KIND.STEP.before", ".acted" and ".after". holder, lease, gates: as `bot.outbox.Outbox`.
        """
        self._store = store
        self._outbox = outbox
        self._platforms = platforms
        self._specs = specs
        self._context = context
        self._now = now
        self._checkpoint = checkpoint
        who = holder or uuid4().hex
        self._leases = {
            name: Lease(f"{_DUTY}{name}", who, seconds=lease, renew=lease / 3, gate=gates.get(name, anyone))
            for name in (*platforms, _NOWHERE)
        }
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._wake = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """A sequence was started or goes on: look now, rather than within a second."""
        self._wake.set()

    async def restart(self, session: AsyncSession, name: str, changes: Mapping[str, Any]) -> bool:
        """Go on with a refused sequence, at the step that was refused. Call `wake` after the commit.

        changes: to what its steps know, such as another name to try. False: it is not refused.
        """
        return await sequences.restart(session, name, changes, self._now())

    # ------------------------------------------------------------ the loop

    async def run(self) -> None:
        """Run sequences, until `stop` is called; then finish the steps in hand, and hand the duty back."""
        try:
            while not self._stopping:
                self._wake.clear()
                try:
                    await self._round()
                except StoreUnavailable:
                    for lease in self._leases.values():
                        lease.forget()
                await self._rest()
            await self._finish()
        finally:
            await self._abandon()

    def stop(self) -> None:
        """Begin nothing new."""
        self._stopping = True
        self._wake.set()

    async def drain(self) -> None:
        """Run until no step is due; not while `run` runs."""
        try:
            while await self._round() or self._tasks:
                await self._collect(None)
        finally:
            await self._abandon()

    async def _round(self) -> int:
        """Begin what is due, and return how many that was."""
        return sum([await self._begin(name) for name in self._leases])

    async def _begin(self, platform: str) -> int:
        lease = self._leases[platform]
        if lease.is_fresh:
            async with self._store.read() as session:
                rows = await self._due(session, platform)
        else:
            async with self._store.write() as session:
                rows = await self._due(session, platform) if await lease.hold(session) else []
        begun = 0
        for row in rows:
            if row.id is not None and row.id not in self._tasks and len(self._tasks) < _AT_ONCE:
                self._tasks[row.id] = asyncio.create_task(self._go_on(row, lease.token))
                begun += 1
        return begun

    async def _due(self, session: AsyncSession, platform: str) -> list[Running]:
        limit = _AT_ONCE + len(self._tasks)
        if platform == _NOWHERE:
            return await sequences.stranded(session, self._now(), limit, self._platforms)
        return await sequences.due(session, self._now(), limit, platform)

    def _lease_of(self, row: Running) -> Lease:
        return self._leases[row.platform if row.platform in self._platforms else _NOWHERE]

    async def _rest(self) -> None:
        woken = asyncio.ensure_future(self._wake.wait())
        try:
            await asyncio.wait({woken, *self._tasks.values()}, timeout=IDLE, return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()
        await self._collect(0)

    async def _collect(self, seconds: float | None) -> None:
        """Take note of the sequences that came to rest. seconds: to wait for the first; None: as long as it takes."""
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for id_, task in [(id_, task) for id_, task in self._tasks.items() if task.done()]:
            del self._tasks[id_]
            task.result()

    async def _finish(self) -> None:
        while self._tasks:
            await self._collect(None)
        try:
            for lease in self._leases.values():
                await lease.release(self._store)
        except StoreUnavailable:
            log.warning("no database at the end: another takes over when the lease has run out")

    async def _abandon(self) -> None:
        tasks, self._tasks = list(self._tasks.values()), {}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # ------------------------------------------------------------ one sequence

    async def _go_on(self, row: Running, token: int) -> None:
        """Do steps until the sequence is over, waits, or belongs to another process."""
        try:
            while await self._step(row, token) and not self._stopping:
                pass
        except StoreUnavailable:
            # The row says where it stands: whoever looks next goes on from there.
            log.warning("no database between two steps", sequence=row.id, kind=row.kind)

    async def _step(self, row: Running, token: int) -> bool:
        """Do one step. True: the next one may follow at once."""
        spec, platform = self._specs.get(row.kind), self._platforms.get(row.platform)
        if spec is None or platform is None or row.step >= len(spec.steps):
            log.error("a sequence that nobody here can run", sequence=row.id, kind=row.kind, platform=row.platform)
            await self._later(row, token, STRANGE, "unknown", tries=row.tries)
            return False
        step, state = spec.steps[row.step], json.loads(row.state)
        self._checkpoint(f"{row.kind}.{step.name}.before")
        lease = self._lease_of(row)
        if not (lease.is_ours and lease.token == token):
            return False  # stopped for so long that another has gone on: it does the step
        try:
            changes = await step.run(state, platform) if step.run else {}
            self._checkpoint(f"{row.kind}.{step.name}.acted")
            went_on = await self._done(row, token, spec, step, state | dict(changes))
        except StoreUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - a fault in one step must not stop all other sequences; it is logged
            await self._failed(row, token, spec, error)
            return False
        self._checkpoint(f"{row.kind}.{step.name}.after")
        return went_on

    async def _done(self, row: Running, token: int, spec: SequenceSpec, step: Step, state: Mapping[str, Any]) -> bool:
        """Write what the step means, together with the mark that it is done."""
        over = row.step + 1 >= len(spec.steps)
        changes = {
            "step": row.step + 1, "state": json.dumps({} if over else dict(state)),  # what served is forgotten
            "phase": "done" if over else "running", "tries": 0, "error": "", "due": self._now(),
        }  # fmt: skip
        async with self._store.write() as session:
            if not await self._mark(session, row, token, **changes):
                return False
            if step.done is not None:
                await step.done(state, self._context(session, self._now(), row.kind))
        self._outbox.wake()
        for name, value in changes.items():
            setattr(row, name, value)
        return not over

    async def _failed(self, row: Running, token: int, spec: SequenceSpec, error: Exception) -> None:
        """Look again later; what is refused for good is over, and the capability says what to do next."""
        code = error.reason if isinstance(error, PlatformError) else type(error).__name__
        match error:
            case Wait():
                await self._later(row, token, error.seconds, "", tries=0)
                asyncio.get_running_loop().call_later(error.seconds, self._wake.set)
            case RateLimited():
                await self._later(row, token, error.retry_after, code, tries=row.tries)
            case LockedOut():  # nothing is refused but the bot: the step waits for as long as that takes
                await self._later(row, token, LOCKED, code, tries=row.tries)
            case PlatformError() if not isinstance(error, Unreachable):
                await self._refused(row, token, spec, code)
            case _ if row.tries + 1 >= TRIES:
                await self._refused(row, token, spec, code)
            case _:
                if not isinstance(error, Unreachable):
                    log.error("a step failed", sequence=row.id, kind=row.kind, step=row.step, exc_info=error)
                await self._later(row, token, backoff(row.tries + 1), code, tries=row.tries + 1)

    async def _later(self, row: Running, token: int, seconds: float, error: str, *, tries: int) -> None:
        due = self._now() + timedelta(seconds=seconds)
        async with self._store.write() as session:
            await self._mark(session, row, token, due=due, error=error, tries=tries)

    async def _refused(self, row: Running, token: int, spec: SequenceSpec, code: str) -> None:
        log.warning("a step was refused", sequence=row.id, kind=row.kind, step=row.step, reason=code)
        try:
            async with self._store.write() as session:
                if await self._mark(session, row, token, phase="refused", error=code):
                    context = self._context(session, self._now(), row.kind)
                    await spec.refused(json.loads(row.state), code, context)
        except StoreUnavailable:
            raise
        except Exception:
            # Nobody was told, so it is not refused yet: the step is tried once more, and refused once more.
            log.exception("a refusal could not be handed on", sequence=row.id, kind=row.kind)
            await self._later(row, token, backoff(TRIES), code, tries=row.tries)
        self._outbox.wake()

    async def _mark(self, session: AsyncSession, row: Running, token: int, **changes: Any) -> bool:
        """Change the row, if the duty is still ours, and the sequence where we left it."""
        lease = self._lease_of(row)
        if await duties.held(session, lease.name, token) is None:
            lease.lost(token)
            return False
        return await sequences.change(session, row, **changes)
