"""What the bot promised to say: what waits, what could not be said, how far a batch is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rapidfuzz import process
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cli import FINE, FOUND, Wrong, show
from bot.cli.opening import opened
from bot.config import Config
from storage import outbox
from storage.outbox import Promise

_SHOWN = 50
_STATES = {
    "later": "not before its hour",
    "todo": "to be said now",
    "going": "being said",
    "sent": "said",
    "dead": "could not be said",
    "cancelled": "cancelled",
    "dropped": "came too late, or became needless",
}


async def listed(config: Config) -> int:
    """Show how much waits, and what is next."""
    async with opened(config) as store, store.read() as session:
        counts = await outbox.status(session)
        rows = await outbox.waiting(session, _SHOWN)
    if not counts:
        show.line("Everything promised was said.")
        return FINE
    show.table(
        ("platform", "state", "promises", "meaning"),
        [(name or "(none yet)", state, n, _STATES.get(state)) for (name, state), n in sorted(counts.items())],
    )
    if rows:
        show.line("\nNext:")
        _promises(rows, config.parvis.zone)
    return FINE


async def dead(config: Config) -> int:
    """Show what could not be said, and why."""
    async with opened(config) as store, store.read() as session:
        rows = await outbox.dead(session)
    if not rows:
        show.line("Nothing is dead.")
        return FINE
    _promises(rows, config.parvis.zone)
    return FOUND


async def retried(config: Config, names: Sequence[str], now: datetime) -> int:
    """Try dead promises again. Raises Wrong, and changes nothing, when one of them is not dead."""
    async with opened(config) as store, store.write() as session:
        for name in names:
            if not await outbox.retry(session, name, now):
                raise await _why(session, name)
    show.line(f"To be said again: {', '.join(names)}.")
    return FINE


async def dropped(config: Config, names: Sequence[str]) -> int:
    """Give dead promises up. Raises Wrong, and changes nothing, when one of them is not dead."""
    async with opened(config) as store, store.write() as session:
        for name in names:
            if not await outbox.drop(session, name):
                raise await _why(session, name)
    show.line(f"Given up: {', '.join(names)}.")
    return FINE


async def progress(config: Config, batch: str) -> int:
    """Show how far a batch is. Raises Wrong when there is none of that name."""
    async with opened(config) as store, store.read() as session:
        states = await outbox.progress(session, batch)
    if not states:
        raise Wrong(f'no batch is named "{batch}"')
    total = sum(states.values())
    known = sorted(states, key=list(_STATES).index)
    show.table(
        ("state", "promises", "share", "meaning"),
        [(state, states[state], f"{states[state] / total:.0%}", _STATES.get(state)) for state in known],
    )
    return FINE


def _promises(rows: Sequence[Promise], zone: str) -> None:
    show.table(
        ("name", "platform", "to", "kind", "state", "due", "tries", "reason"),
        [
            (row.name, row.platform, _to(row), row.kind, row.state, show.instant(row.due, zone), row.tries, row.error)
            for row in rows
        ],
    )


def _to(row: Promise) -> str:
    return f"person {row.person_id}" if row.person_id is not None else f"room {row.room}"


async def _why(session: AsyncSession, name: str) -> Wrong:
    row = (await outbox.named(session, [name])).get(name)
    if row is not None and row.state == "dead":
        return Wrong(f"{name}: the person still has no account it could be sent to")
    if row is not None:
        return Wrong(f'{name} is not dead: its state is "{row.state}"')
    names = [each.name for each in await outbox.dead(session)]
    near = process.extractOne(name, names, score_cutoff=60)
    write = f"; did you mean {near[0]}?" if near else "; parvis outbox dead shows those that are"
    return Wrong(f'nothing named "{name}" is dead{write}')
