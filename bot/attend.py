"""Which platforms this process is connected to, of several processes over one database.

Most platforms may be listened to by every process at once. An exclusive one has a seat: who has it is connected, sends
and takes steps there, and handles what was heard there; all others leave that platform alone until the seat is free.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog

from bot.chat import Door, LockedOut, Platform
from bot.outbox import Gate, Seat
from storage.database import Store

log = structlog.get_logger("attend")

LOCKED_FIRST, LOCKED_LONGEST = 5.0, 300.0
"""Seconds until a platform is tried again that has ceased to accept the bot."""

SEAT = "platform:"
"""How the name of the duty of being connected to a platform begins."""

AROUND = "around"
"""The duty of looking around regularly: deadlines, reminders, retention."""


class Attendance:
    """Connects platforms, and keeps them connected."""

    def __init__(
        self,
        store: Store,
        platforms: Mapping[str, Platform],
        holder: str,
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
        *,
        connected: Callable[[str], None] = lambda _name: None,
        lease: float = 6.0,
    ) -> None:
        """platforms: by configured name. holder: this process. rest: waits, in seconds.

        connected: told of each platform that has just been connected. lease: as `Seat`.
        """
        self._platforms = platforms
        self._rest = rest
        self._tell = connected
        exclusive = [name for name, platform in platforms.items() if platform.exclusive]
        self.seats = {name: Seat(store, f"{SEAT}{name}", holder, lease=lease) for name in exclusive}
        self.around = Seat(store, AROUND, holder, lease=lease)

    @property
    def gates(self) -> dict[str, Gate]:
        """Of exclusive platforms: whether this process may act there now."""

        def gate(seat: Seat) -> Gate:
            return lambda: seat.is_ours

        return {name: gate(seat) for name, seat in self.seats.items()}

    def looks_after(self, platform: str) -> bool:
        """Whether it is this process that looks at a platform regularly."""
        return self.seats.get(platform, self.around).is_ours

    async def look(self) -> None:
        """Try for all seats, then keep them, until `leave`."""
        await asyncio.gather(*(seat.run() for seat in (*self.seats.values(), self.around)))

    def leave(self) -> None:
        """Give all seats up; others take them at once."""
        for seat in (*self.seats.values(), self.around):
            seat.stop()

    async def attend(self, name: str, door: Door) -> None:
        """Be connected to a platform whenever that is for this process. Raises LockedOut: it refused from the start."""
        seat, at_start = self.seats.get(name), True
        if seat is not None:
            await seat.tried()
            at_start = seat.is_ours
        while seat is not None:
            token = await seat.taken()
            run = asyncio.ensure_future(self._connected(name, door, at_start=at_start))
            gone, at_start = asyncio.ensure_future(seat.lost(token)), False
            try:
                await asyncio.wait({run, gone}, return_when=asyncio.FIRST_COMPLETED)
                if run.done():
                    return run.result()
                log.warning("another process takes over", platform=name)
            finally:
                run.cancel()
                gone.cancel()
                await asyncio.wait({run, gone})
        return await self._connected(name, door, at_start=True)

    async def _connected(self, name: str, door: Door, *, at_start: bool) -> None:
        """Keep a platform running. Raises LockedOut when it refuses the bot at the start of this process.

        One that ceases to accept the bot later is tried again, ever more rarely: what waits is kept, the other
        platforms go on, and so does this one once its administrators have repaired it.
        """
        platform, waits, was_connected = self._platforms[name], 0, False
        while True:
            run = asyncio.ensure_future(platform.run(door))
            try:
                was_connected = await _connects(platform, run)
                if was_connected:
                    self._tell(name)
                await run
            except LockedOut as error:
                if at_start and not (was_connected or waits):
                    raise
                waits = 1 if was_connected else waits + 1
                wait = min(LOCKED_FIRST * 2.0 ** (waits - 1), LOCKED_LONGEST)
                log.warning("locked out", platform=name, reason=error.reason, again_in=wait)
                await self._rest(wait)
            except Exception:
                # A fault of an adapter, or what somebody made up on purpose: it ends neither this platform nor others.
                if not was_connected:
                    raise
                log.exception("platform failed", platform=name)
                await self._rest(LOCKED_FIRST)
            else:
                return
            finally:
                run.cancel()
                await asyncio.wait({run})


async def _connects(platform: Platform, run: asyncio.Future[None]) -> bool:
    """Wait until a platform is connected (True), or its run ends before that."""
    while not (platform.connected or run.done()):  # noqa: ASYNC110 - no event says when
        await asyncio.sleep(0.05)
    return platform.connected
