"""The sweep: each minute, whoever is due and may be told now is promised it.

Who that is is found out by reading alone, in parts, and so much at a time: people due by the hundred thousand hold up
neither those who write nor memory. Then it is asked once more, in the transaction that promises. What is promised is
fresh, therefore: nothing is promised to who may be told only later, who is due again by then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.attention.digest import together
from bot.nudge import Context, Prospect, To
from bot.nudging import rules, standing, telling
from bot.nudging.capability import Nudged
from bot.nudging.looking import Kind, Weighed
from bot.nudging.rules import Draw
from bot.nudging.standing import Standing
from bot.outbox import Seat
from bot.parts import Parts
from bot.say import Item
from storage import releases
from storage.database import StoreUnavailable

log = structlog.get_logger("nudging")

PART, PARTS = 500, 20
"""People looked at at a time, and how many times for each kind in one look."""

AT_ONCE = 50
"""People told in one transaction."""

SOON = timedelta(days=4)
"""Whoever may be told within it belongs to the first wave that begins now: longer than a weekend with a holiday."""

AGAIN = timedelta(days=1)
"""Whoever may be told only later is looked at again within it: people change zones, and their minds."""

Around = Callable[[], AbstractAsyncContextManager[AsyncSession | None]]


@dataclass(slots=True)
class _Pass:
    """How far one kind was looked through. A lost one is begun anew.

    after: the last one looked at. draw: of the first wave, while it is drawn. open: whether somebody who was looked at
    is to be told, now or soon.
    """

    after: Prospect | None = None
    draw: Draw | None = None
    open: bool = False

    def weigh(self, kind: str, part: _Part) -> list[int]:
        """Those of a part with whom something is to be done: they may be told now, or never."""
        found = []
        for person, weighed in part.people.items():
            if not part.stands.lets(kind, person):
                continue
            due = weighed.verdict.due
            self.open = self.open or (due is not None and due <= part.now + SOON)
            if due is None or due <= part.now:
                found.append(person)
        return found


@dataclass(frozen=True, slots=True)
class _Part:
    """Some people who are due, as they were weighed at `now`. last: there is nobody after them."""

    stands: Standing
    people: Mapping[int, Weighed]
    last: bool
    now: datetime

    def later(self, kind: str) -> dict[int, datetime]:
        """Who may be told only later, and when; in a first wave whoever belongs to it is kept in sight."""
        if self.stands.stage(kind) == rules.WAVE:
            return {}
        dues = {person: weighed.verdict.due for person, weighed in self.people.items()}
        return {person: min(due, self.now + AGAIN) for person, due in dues.items() if due and due > self.now}


@dataclass(frozen=True, slots=True)
class _Item:
    """One thing to say to somebody."""

    kind: Kind
    prospect: Prospect


class Sweep:
    """Looks around, in the one process whose turn that is. EVERY: how often."""

    EVERY = timedelta(minutes=1)

    def __init__(
        self,
        parts: Parts,
        nudged: Nudged,
        seat: Seat,
        around: Around,
        *,
        part: int = PART,
        most: int = PARTS,
    ) -> None:
        """nudged: in whose name it speaks. seat: whose turn it is. around: a transaction of that turn.

        part: people looked at at a time. most: how many times for each kind in one look.
        """
        self._part_of, self._most = part, most
        self._parts = parts
        self._looking = nudged.looking
        self._own = nudged.nudge
        self._seat = seat
        self._around = around
        self._passes: dict[str, _Pass] = {}
        self._turn = asyncio.Lock()

    async def look(self) -> None:
        """Promise what may be said now."""
        await self._seat.tried()
        if not self._seat.is_ours:
            return
        async with self._turn:
            try:
                for kind in self._looking.swept:
                    await self._sweep(kind)
            except StoreUnavailable as error:
                log.warning("looked in vain", tick="nudging.sweep", reason=str(error))
            except Exception:
                log.exception("tick failed", tick="nudging.sweep")
        self._parts.outbox.wake()

    async def _sweep(self, kind: Kind) -> None:
        """Go through those who are due, as far as one look may; the next one goes on there."""
        name = kind.spec.kind
        through = self._passes.setdefault(name, _Pass())
        for _ in range(self._most):
            part = await self._part(kind, through)
            if part is None:
                break
            if through.draw is not None:
                if await self._is_over(kind, through, part):
                    return
                continue
            await self._promise(through.weigh(name, part))
            await self._put_off(kind, part.later(name))
            if part.last:
                await self._ended(name, through, part)
                break
        else:
            return
        del self._passes[name]

    async def _part(self, kind: Kind, through: _Pass) -> _Part | None:
        """Look at the next people; None: nothing of that kind may be sent now."""
        name = kind.spec.kind
        async with self._parts.store.read() as session:
            now = self._parts.now()
            stands = await standing.read(session, self._looking.kinds)
            if not stands.is_open(name):
                return None
            if stands.stage(name) == rules.WAVE and stands.rows[name].cut is None and through.draw is None:
                through.draw, through.after = Draw(self._parts.settings[self._own.id].first_wave_percent), None
            ctx = self._parts.context(session, now, None, self._own)
            found = await self._looking.part(ctx, kind, self._part_of, after=through.after)
            people = await self._looking.weigh(session, name, rules.first_of_each(found), now)
        through.after = found[-1] if found else None
        return _Part(stands, people, len(found) < self._part_of, now)

    # ------------------------------------------------------------ the first wave

    async def _is_over(self, kind: Kind, through: _Pass, part: _Part) -> bool:
        """Whoever could be in the first wave goes by, then it is drawn. True: there is nobody to draw from."""
        assert through.draw is not None
        for person, weighed in part.people.items():
            if weighed.verdict.due is not None and weighed.verdict.due <= part.now + SOON:
                through.draw.see(rules.share(part.stands.release.seed, person))
        if not part.last:
            return False
        cut, through.draw, through.after = through.draw.cut, None, None
        async with self._around() as session:
            if session is None or cut is None:
                return True
            return not await releases.move(session, kind.spec.kind, rules.WAVE, part.now, cut=cut)

    async def _ended(self, name: str, through: _Pass, part: _Part) -> None:
        """All were looked at. A first wave of which nobody is left is over; somebody has to go on."""
        if part.stands.stage(name) != rules.WAVE or through.open:
            return
        row = part.stands.rows[name]
        async with self._around() as session:
            if session is None or not await releases.move(session, name, rules.WAVE, part.now, stage=rules.WAITS):
                return
            ctx = self._parts.context(session, part.now, None, self._own)
            subject = f"contact:{name}"
            await ctx.audit.append(session, now=part.now, actor=None, action="nudging.wave-sent", subject=subject)
            if row.by_id is not None:
                # It may be drawn again, should somebody begin it again.
                called = f"nudging:wave:{name}:{row.changed_at:%Y%m%d%H%M%S}"
                await ctx.outbox.tell(To(person=row.by_id), telling.wave_sent(), name=called, kind="decision")

    # ------------------------------------------------------------ promising

    async def _promise(self, people: Sequence[int]) -> None:
        for some in _chunks(people, AT_ONCE):
            async with self._around() as session:
                if session is None:
                    return
                now = self._parts.now()
                ctx = self._parts.context(session, now, None, self._own)
                stands = await standing.read(session, self._looking.kinds)
                for items in (await self._items(ctx, stands, some)).values():
                    await self._tell(ctx, items[: rules.ITEMS])

    async def _put_off(self, kind: Kind, people: Mapping[int, datetime]) -> None:
        if kind.spec.put_off is None or not people:
            return
        async with self._around() as session:
            if session is not None:
                ctx = self._parts.context(session, self._parts.now(), None, self._own)
                await kind.spec.put_off(self._looking.of(kind, ctx), people)

    async def _items(self, ctx: Context, stands: Standing, people: Collection[int]) -> dict[int, list[_Item]]:
        """What each of these people may be told now, the most urgent first."""
        items: dict[int, list[_Item]] = {}
        for kind in self._looking.swept:
            name = kind.spec.kind
            wanted = [each for each in people if stands.lets(name, each)]
            if not wanted:
                continue
            found = rules.first_of_each(await self._looking.part(ctx, kind, PART, among=wanted))
            weighed = await self._looking.weigh(ctx.session, name, found, ctx.now)
            for person, prospect in found.items():
                due = weighed[person].verdict.due if person in weighed else None
                if due is None:
                    if kind.spec.passed is not None:
                        await kind.spec.passed(self._looking.of(kind, ctx), prospect)
                elif due <= ctx.now:
                    items.setdefault(person, []).append(_Item(kind, prospect))
        return items

    async def _tell(self, ctx: Context, items: Sequence[_Item]) -> None:
        first = items[0]
        await ctx.outbox.tell(
            To(person=first.prospect.person),
            together([Item(kind=one.kind.spec.kind, say=one.prospect.say, asks=one.prospect.asks) for one in items]),
            name=f"{first.kind.spec.kind}:{first.prospect.person}:{first.prospect.key}",
            kind=first.kind.spec.kind,
            reason="due",
            priority=first.kind.spec.priority,
            asks=any(each.prospect.asks for each in items),
        )
        for each in items:
            if each.kind.spec.promised is not None:
                await each.kind.spec.promised(self._looking.of(each.kind, ctx), each.prospect)


def _chunks(people: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for begin in range(0, len(people), size):
        yield people[begin : begin + size]
