"""Events that were set aside: what they are, try again, give up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cli import FINE, FOUND, Wrong, show
from bot.cli.opening import Desk, opened
from bot.cli.voice import Voice
from storage import events
from storage.events import Recorded


async def listed(desk: Desk) -> int:
    """Show them, without what they say."""
    voice, zone = desk.voice, desk.config.parvis.zone
    async with opened(desk) as store, store.read() as session:
        rows = await events.parked(session)
    if not rows:
        show.line(voice("cli-parked-none"))
        return FINE
    unreadable = voice("cli-parked-unreadable")
    show.table(
        [voice(f"cli-column-{name}") for name in ("id", "platform", "kind", "received", "tries", "reason")],
        [
            (row.id, row.platform, row.kind or unreadable, show.instant(row.received_at, zone), row.tries, row.error)
            for row in rows
        ],
    )
    return FOUND


async def retried(desk: Desk, ids: Sequence[int], now: datetime) -> int:
    """Handle them again. Raises Wrong, and changes nothing, when one of them is not parked."""
    async with opened(desk) as store, store.write() as session:
        for id in ids:
            if not await events.unpark(session, id, now):
                raise _why(id, await session.get(Recorded, id), desk.voice)
    show.line(desk.voice("cli-parked-again", ids=_names(ids)))
    return FINE


async def dropped(desk: Desk, ids: Sequence[int], now: datetime) -> int:
    """Give them up. Raises Wrong, and changes nothing, when one of them is not parked."""
    async with opened(desk) as store, store.write() as session:
        for id in ids:
            if not await events.drop(session, id, now):
                raise _why(id, await session.get(Recorded, id), desk.voice)
    show.line(desk.voice("cli-parked-dropped", ids=_names(ids)))
    return FINE


def _why(id: int, row: Recorded | None, voice: Voice) -> Wrong:
    if row is not None and row.state == "parked":
        return Wrong(voice("cli-parked-drop-only", number=id))
    return Wrong(voice("cli-parked-unknown", number=id))


def _names(ids: Sequence[int]) -> str:
    return ", ".join(map(str, ids))
