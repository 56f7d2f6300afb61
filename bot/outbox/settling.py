"""What became of calls, written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.outbox.calling import LOST, Result
from bot.outbox.lease import Lease
from storage import contacts, duties, sending

_OUTAGE = 3  # calls lost in a row after which it is the platform, and not the message


class Settler:
    """Writes the results of one platform's calls. platform: its name."""

    def __init__(self, platform: str, lease: Lease) -> None:
        self._platform = platform
        self._lease = lease
        self._lost = 0

    async def settle(self, session: AsyncSession, results: Sequence[Result], now: datetime) -> None:
        """Write what became of calls: of an attempt always, of its promise only under the duty it was made under."""
        if not results:
            return
        ended = [
            {"id": one.job.attempt, "ended_at": now, "outcome": one.outcome, "external_id": one.posted}
            for one in results
        ]
        await sending.tried(session, ended)
        for result in results:
            if result.looked:
                await sending.absent(session, result.job.id, result.job.attempt)
        mine = [result for result in results if result.job.token == self._lease.token]
        await sending.change(session, [{"id": result.job.id, **result.row} for result in mine], was="going")
        await self._reached(session, [result for result in mine if result.outcome in {"sent", "found"}], now)
        await self._weather(session, mine, now)

    async def _reached(self, session: AsyncSession, sent: Sequence[Result], now: datetime) -> None:
        """The ledger, and the rooms where people were found."""
        people = [result for result in sent if result.job.promise.person_id is not None]
        if people:
            await contacts.sent(session, [result.job.promise.name for result in people], now)
        for result in people:
            if result.job.account and result.room != result.job.room:
                await sending.met(session, result.job.account, result.room)

    async def _weather(self, session: AsyncSession, results: Sequence[Result], now: datetime) -> None:
        """Pause when the platform asks for it; when it is back after an outage, let nothing wait any longer."""
        pause = max((result.pause for result in results), default=0.0)
        if pause:
            await duties.pause(session, self._lease.name, self._lease.token, now + timedelta(seconds=pause))
            self._lease.paused = now + timedelta(seconds=pause)
        for result in results:
            lost = str(result.row.get("error", "")).startswith(LOST)
            if not lost and self._lost >= _OUTAGE:
                await sending.hasten(session, self._platform, LOST, now)
            self._lost = self._lost + 1 if lost else 0
