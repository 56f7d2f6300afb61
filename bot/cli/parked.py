"""Events that were set aside: what they are, try again, give up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cli import FINE, FOUND, Wrong, show
from bot.cli.opening import opened
from bot.config import Config
from storage import events
from storage.events import Recorded


async def listed(config: Config) -> int:
    """Show them, without what they say."""
    async with opened(config) as store, store.read() as session:
        rows = await events.parked(session)
    if not rows:
        show.line("Nothing is parked.")
        return FINE
    zone = config.parvis.zone
    show.table(
        ("id", "platform", "kind", "received", "tries", "reason"),
        [
            (
                row.id,
                row.platform,
                row.kind or "(unreadable)",
                show.instant(row.received_at, zone),
                row.tries,
                row.error,
            )
            for row in rows
        ],
    )
    return FOUND


async def retried(config: Config, ids: Sequence[int], now: datetime) -> int:
    """Handle them again. Raises Wrong, and changes nothing, when one of them cannot be."""
    async with opened(config) as store, store.write() as session:
        for id in ids:
            if not await events.unpark(session, id, now):
                raise _why(id, await session.get(Recorded, id))
    show.line(f"To be handled again: {_names(ids)}.")
    return FINE


async def dropped(config: Config, ids: Sequence[int], now: datetime) -> int:
    """Give them up. Raises Wrong, and changes nothing, when one of them is not parked."""
    async with opened(config) as store, store.write() as session:
        for id in ids:
            if not await events.drop(session, id, now):
                raise _why(id, await session.get(Recorded, id))
    show.line(f"Dropped: {_names(ids)}.")
    return FINE


def _why(id: int, row: Recorded | None) -> Wrong:
    if row is not None and row.state == "parked":
        return Wrong(f"event {id} could not be read when it came, so it can only be dropped: parvis parked drop {id}")
    return Wrong(f"no event {id} is parked; parvis parked list shows those that are")


def _names(ids: Sequence[int]) -> str:
    return ", ".join(map(str, ids))
