"""What the bot promised to say: what waits, what could not be said, how far a batch is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rapidfuzz import process
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.attention import asked
from bot.cli import FINE, FOUND, Wrong, show
from bot.cli.opening import Desk, opened
from bot.cli.voice import Voice
from nudges import NUDGES
from storage import duties, outbox
from storage.outbox import Promise

_EVERY = [each for nudge in NUDGES for each in nudge.contacts]
ASKED = asked(_EVERY) - {each.kind for each in _EVERY if each.discreet}
"""What people asked for, and may be seen to get: all else that they are told is counted nowhere."""

_SHOWN = 50
_STATES = ("later", "todo", "going", "sent", "dead", "cancelled", "dropped")


async def listed(desk: Desk) -> int:
    """Show how much waits, what is next, and which platforms accept the bot no more."""
    voice = desk.voice
    async with opened(desk) as store, store.read() as session:
        counts = await outbox.status(session, ASKED)
        rows = await outbox.waiting(session, _SHOWN, ASKED)
        locked = await duties.locked(session)
    for platform, reason, since in locked:
        at = show.instant(since, desk.config.parvis.zone)
        show.line(voice("cli-outbox-locked-out", platform=platform, reason=reason, since=at))
    if not counts:
        show.line(voice("cli-outbox-empty"))
        show.line(voice("cli-outbox-unasked"))
        return FINE
    show.table(
        [voice(f"cli-column-{name}") for name in ("platform", "state", "promises", "meaning")],
        [
            (name or voice("cli-outbox-no-platform"), state, n, _meaning(state, voice))
            for (name, state), n in sorted(counts.items())
        ],
    )
    if rows:
        show.line("\n" + voice("cli-outbox-next"))
        _promises(rows, desk)
    show.line("\n" + voice("cli-outbox-unasked"))
    return FINE


async def dead(desk: Desk) -> int:
    """Show what could not be said, and why."""
    async with opened(desk) as store, store.read() as session:
        rows = await outbox.dead(session)
    if not rows:
        show.line(desk.voice("cli-outbox-none-dead"))
        return FINE
    _promises(rows, desk)
    return FOUND


async def retried(desk: Desk, names: Sequence[str], now: datetime) -> int:
    """Try dead promises again. Raises Wrong, and changes nothing, when one of them is not dead."""
    async with opened(desk) as store, store.write() as session:
        for name in await _called(session, names):
            if not await outbox.retry(session, name, now):
                raise await _why(session, name, desk.voice)
    show.line(desk.voice("cli-outbox-again", names=", ".join(names)))
    return FINE


async def dropped(desk: Desk, names: Sequence[str]) -> int:
    """Give dead promises up. Raises Wrong, and changes nothing, when one of them is not dead."""
    async with opened(desk) as store, store.write() as session:
        for name in await _called(session, names):
            if not await outbox.drop(session, name):
                raise await _why(session, name, desk.voice)
    show.line(desk.voice("cli-outbox-given-up", names=", ".join(names)))
    return FINE


async def progress(desk: Desk, batch: str) -> int:
    """Show how far a batch is. Raises Wrong when there is none of that name."""
    voice = desk.voice
    async with opened(desk) as store, store.read() as session:
        states = await outbox.progress(session, batch)
    if not states:
        raise Wrong(voice("cli-outbox-no-batch", batch=batch))
    total = sum(states.values())
    known = sorted(states, key=_STATES.index)
    show.table(
        [voice(f"cli-column-{name}") for name in ("state", "promises", "share", "meaning")],
        [(state, states[state], f"{states[state] / total:.0%}", _meaning(state, voice)) for state in known],
    )
    return FINE


def _meaning(state: str, voice: Voice) -> str:
    return voice(f"cli-promised-{state}") if state in _STATES else ""


def _promises(rows: Sequence[Promise], desk: Desk) -> None:
    """What was promised, row by row; of what is said unasked or discreetly its kinds: the rest is nobody's business."""
    voice, zone = desk.voice, desk.config.parvis.zone
    columns = ("name", "platform", "to", "kind", "state", "due", "tries", "reason")
    shown: dict[tuple[str, ...], list[Promise]] = {}
    for row in rows:
        key = (row.kind, row.platform, row.state, row.error) if _is_unasked(row) else (row.name,)
        shown.setdefault(key, []).append(row)
    table = []
    for some in shown.values():
        first = some[0]
        alone = not _is_unasked(first)
        name = first.name if alone else first.kind
        to = _to(first, voice) if alone else voice("cli-outbox-to-people")
        tries = max(each.tries for each in some)
        at = show.instant(min(each.due for each in some), zone)
        table.append((name, first.platform, to, first.kind, first.state, at, tries, first.error))
    show.table([voice(f"cli-column-{each}") for each in columns], table)


def _is_unasked(row: Promise) -> bool:
    """Whether it was said to a person unasked, or discreetly: who is told, or is not, is their affair."""
    return row.person_id is not None and row.kind not in ASKED


async def _called(session: AsyncSession, names: Sequence[str]) -> list[str]:
    """The names of dead promises that were meant: a kind of what is said unasked means all of it."""
    kinds: dict[str, list[str]] = {}
    for row in await outbox.dead(session):
        if _is_unasked(row):
            kinds.setdefault(row.kind, []).append(row.name)
    return [each for name in names for each in kinds.get(name, [name])]


def _to(row: Promise, voice: Voice) -> str:
    if row.person_id is not None:
        return voice("cli-outbox-to-person", number=row.person_id)
    return voice("cli-outbox-to-room", room=row.room)


async def _why(session: AsyncSession, name: str, voice: Voice) -> Wrong:
    row = (await outbox.named(session, [name])).get(name)
    if row is not None and row.state == "dead":
        return Wrong(voice("cli-outbox-no-account", name=name))
    if row is not None:
        return Wrong(voice("cli-outbox-not-dead", name=name, state=row.state))
    names = [each.kind if _is_unasked(each) else each.name for each in await outbox.dead(session)]
    near = process.extractOne(name, names, score_cutoff=60)
    if near:
        return Wrong(voice("cli-outbox-unknown-near", name=name, near=near[0]))
    return Wrong(voice("cli-outbox-unknown", name=name))
