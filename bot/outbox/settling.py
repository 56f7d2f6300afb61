"""What became of calls, written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.outbox.calling import LOST, NOT_MADE, Result
from bot.outbox.lease import Lease
from storage import addressing, contacts, duties, sending, wishes
from storage.outbox import SILENCE, WAITING, Promise, beyond

log = structlog.get_logger("outbox")

_FIRST, _LONGEST = 5.0, 300.0  # seconds between two tries while the platform does not accept the bot
_OUTAGE = 3  # calls lost in a row after which it is the platform, and not the message


class Settler:
    """Writes the results of one platform's calls. platform: its name."""

    def __init__(self, platform: str, lease: Lease) -> None:
        self._platform = platform
        self._lease = lease
        self._lost = 0
        self._locks = 0

    async def settle(self, session: AsyncSession, results: Sequence[Result], now: datetime) -> None:
        """Write what became of calls: of an attempt always, of its promise only under the duty it was made under."""
        if not results:
            return
        ended = [
            {
                "id": one.job.attempt,
                "promise_id": one.job.id,
                "ended_at": now,
                "outcome": one.outcome,
                "external_id": one.posted,
            }
            for one in results
        ]
        await sending.tried(session, ended)
        for result in results:
            if result.looked:
                await sending.absent(session, result.job.id, result.job.attempt)
        mine = [result for result in results if result.job.token == self._lease.token]
        # What would be tried again, and was cancelled while it was in hand, is over.
        if spared := [result.job.id for result in mine if result.row["state"] in WAITING]:
            await sending.spare(session, spared)
        marked = await sending.marked(session, [result.job.id for result in mine if _may_go_on(result)])
        await sending.change(session, [{"id": result.job.id, **result.row} for result in mine], was="going")
        await sending.hold(session, marked)
        for each in mine:
            if "kind" in each.row:  # of several contacts, what is not wanted any more is left out
                await contacts.became(session, each.job.promise.name, each.row["kind"], asks=each.row["asks"])
        for each in mine:
            if each.nobodys:
                await addressing.came_back(session, self._platform, each.job.external, now)
        await self._reached(session, [result for result in mine if result.outcome in {"sent", "found"}], now)
        telling = [result for result in mine if result.outcome != NOT_MADE and not result.paced]
        await self._weather(session, telling, now)

    async def reached(self, session: AsyncSession, said: Sequence[Promise], now: datetime) -> None:
        """Write what reached people: into the ledger, and who was told that the bot is silent."""
        if said:
            await contacts.sent(session, [promise.name for promise in said], now)
        for promise in said:
            if promise.kind == SILENCE and promise.person_id is not None:
                await wishes.told(session, promise.person_id, now)

    async def _reached(self, session: AsyncSession, sent: Sequence[Result], now: datetime) -> None:
        """The ledger, and the rooms where people were found."""
        people = [result for result in sent if result.job.promise.person_id is not None]
        await self.reached(session, [result.job.promise for result in people], now)
        for result in people:
            if result.job.account and result.room != result.job.room:
                await sending.met(session, result.job.account, result.room)

    async def _weather(self, session: AsyncSession, results: Sequence[Result], now: datetime) -> None:
        """Pause when the platform asks for it; when it is back after an outage, let nothing wait any longer."""
        await self._locked(session, results, now)
        pause = max((result.pause for result in results), default=0.0)
        if pause:
            await self._pause(session, now, pause)
        for result in results:
            lost = str(result.row.get("error", "")).startswith(LOST)
            if not lost and self._lost >= _OUTAGE:
                await sending.hasten(session, self._platform, LOST, now)
            self._lost = self._lost + 1 if lost else 0

    async def _locked(self, session: AsyncSession, results: Sequence[Result], now: datetime) -> None:
        """While the platform accepts the bot no more, try again ever more rarely, and say so loudly."""
        reason = next((result.locked for result in results if result.locked), "")
        if reason:
            await duties.lock(session, self._lease.name, self._lease.token, reason, now)
            self._lease.locked = reason
            if self._lease.paused is None or self._lease.paused <= now:  # calls that ended together count once
                wait = min(_FIRST * 2.0**self._locks, _LONGEST)
                self._locks += 1
                log.error("locked out", platform=self._platform, reason=reason, again_in=wait)
                await self._pause(session, now, wait)
        elif self._lease.locked and any(_answered(result) for result in results):
            log.warning("let in again", platform=self._platform)
            await self._unlock(session)

    async def idle(self, session: AsyncSession) -> None:
        """Nothing waits that could tell whether the platform accepts the bot again: the next to be said will."""
        if self._lease.locked:
            await self._unlock(session)

    async def _unlock(self, session: AsyncSession) -> None:
        self._locks, self._lease.locked, self._lease.paused = 0, "", None
        await duties.unlock(session, self._lease.name, self._lease.token)

    async def _pause(self, session: AsyncSession, now: datetime, seconds: float) -> None:
        until = now + timedelta(seconds=seconds)
        await duties.pause(session, self._lease.name, self._lease.token, until)
        self._lease.paused = until


def _may_go_on(result: Result) -> bool:
    """Whether something may still be said of it: it is tried again, or said by the next medium should it come back."""
    promise = result.job.promise
    return result.row["state"] in WAITING or bool(beyond(promise.media, promise.platform))


def _answered(result: Result) -> bool:
    """The platform said what it says only to whom it knows: what was lost, or asked to wait, tells nothing."""
    code = str(result.row.get("error", ""))
    return not result.pause and not code.startswith((LOST, "words:"))
