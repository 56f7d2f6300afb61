"""What is told each week: counted once, written down, and shown unchanged ever after.

It is counted by reading alone. Who is counted is written some thousand rows at a time, and nothing of it is told yet;
then a short transaction tells the week. Whatever stops it in between, the week is not told, and what was written is
forgotten when it is tried again.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.figures.rules import Base, Fresh, Told, arrange, following
from storage import figures
from storage.figures import Changes, FigureBase

REMEMBERED = timedelta(weeks=53)
"""How long what was told of a group that is no more is compared with what is told of others."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Somebody who is counted. group: as `bot.figures.department` names it. states: measure -> yes or no."""

    person: int
    group: str
    states: Mapping[str, bool]


def week_of(day: date) -> date:
    """The Monday of the week that a day is in."""
    return day - timedelta(days=day.weekday())


Read = Callable[[], AbstractAsyncContextManager[AsyncSession]]
Write = Callable[[], AbstractAsyncContextManager[AsyncSession | None]]
Groups = Mapping[str, Mapping[str, Mapping[int, bool]]]
"""Measure -> group, as it is shown -> states."""


async def publish(
    read: Read,
    write: Write,
    subject: str,
    count: Callable[[AsyncSession], Awaitable[Iterable[Counted]]],
    week: date,
    k: int,
) -> bool:
    """Tell the figures of a week, unless they were told already; say whether there is anything to show now.

    read, write: see `bot.nudge.Look`. subject: what they are about ("profiles"). count: who is counted. week: its
    Monday; a day, of what is told every day. k: the smallest group. False also where another process does it, or people
    were joined or erased meanwhile: the next look tries again.
    """
    if not await clear(read, write, subject):
        return False
    async with read() as session:
        if await figures.weeks(session, subject, 1) >= [week]:
            return True
        who = await figures.who(session)
        people = await count(session)
        last = await figures.bases(session, subject)
    groups = await asyncio.to_thread(_groups, people, k)
    draft = _Draft(subject, week)
    for measure, states in sorted(groups.items()):
        rows = [each for each in last if each.measure == measure]
        async with read() as session:
            before = [await _base(session, each) for each in rows]
        told = await asyncio.to_thread(following, before, states, k)
        draft.tell(measure, told, {each.id or 0: each.taken for each in rows})
        for part in draft.parts():
            async with write() as session:
                if session is None:
                    return False
                draft.put |= {await figures.put(session, row, members) for row, members in part}
    is_told = await _told(write, draft, who)
    await clear(read, write, subject)
    return is_told and bool(draft.changes.told)


async def _told(write: Write, draft: _Draft, who: object) -> bool:
    """Tell the week. False: nothing is told. who: see `figures.who`; as it was when people were counted."""
    draft.changes.coming = sorted(draft.put)
    try:
        async with write() as session:
            if session is None or await figures.who(session) != who:
                return False
            await figures.tell(session, draft.subject, draft.week, draft.changes, draft.week - REMEMBERED)
    except figures.Overtaken:
        return False
    return True


async def clear(read: Read, write: Write, subject: str) -> bool:
    """Forget what is compared with nothing any more. False: that is another process's to do."""
    while True:
        async with read() as session:
            if await figures.is_clear(session, subject):
                return True
        async with write() as session:
            if session is None:
                return False
            await figures.clear(session, subject)


def _groups(people: Iterable[Counted], k: int) -> Groups:
    every = list(people)
    names = arrange(Counter(each.group for each in every), k)
    found: dict[str, dict[str, dict[int, bool]]] = {}
    for each in every:
        if group := names.get(each.group):
            for measure, state in each.states.items():
                found.setdefault(measure, {}).setdefault(group, {})[each.person] = state
    return found


async def _base(session: AsyncSession, row: FigureBase) -> Base:
    known, nobody = await figures.members(session, row.id or 0)
    return Base(row.id or 0, row.grp, Told(row.low, row.high, row.of), row.count, known, nobody)


async def last_told(session: AsyncSession, subject: str, measure: str) -> list[tuple[Base, date]]:
    """What was told last of each group, and in which week or on which day that was counted."""
    rows = [each for each in await figures.bases(session, subject) if each.measure == measure]
    return [(await _base(session, each), each.taken) for each in rows]


async def told_alone(session: AsyncSession, subject: str, measure: str) -> dict[str, Base]:
    """What was told last of groups each of which has a measure of its own ("active:3"), by what follows the colon."""
    rows = {each.measure.removeprefix(f"{measure}:"): each for each in await figures.bases(session, subject)}
    return {name: await _base(session, each) for name, each in rows.items() if each.measure != name}


Members = list[tuple[int | None, bool]]


@dataclass(slots=True)
class _Draft:
    """What is to be told of a week, and what the next week is compared with.

    coming: figures of others than before, which are to be put there; put: their numbers.
    """

    subject: str
    week: date
    changes: Changes = field(default_factory=Changes)
    coming: list[tuple[FigureBase, Members]] = field(default_factory=list)
    put: set[int] = field(default_factory=set)

    def tell(self, measure: str, told: Mapping[str, Fresh], taken: Mapping[int, date]) -> None:
        """Tell of the groups of a measure. taken: when what is gone on from was counted."""
        for group, fresh in told.items():
            base = fresh.base
            since = taken[base.id] if base is not None and fresh.count is None else self.week
            steps = {"low": fresh.told.low, "high": fresh.told.high, "of": fresh.told.of}
            common: dict[str, Any] = {
                "subject": self.subject,
                "measure": measure,
                "grp": group,
                "taken": since,
                **steps,
            }
            self.changes.told.append({**common, "week": self.week})
            if base is not None and _same(fresh, base):
                self._goes_on(base, fresh, {"grp": group, "seen": self.week, "taken": since, **steps})
                continue
            assert fresh.count is not None, "others are counted anew"
            if base is not None:
                self.changes.gone.append(base.id)
            row = FigureBase(**common, seen=self.week, count=fresh.count, state="coming")
            self.coming.append((row, [*fresh.members.items(), *((None, state) for state in fresh.nobody)]))

    def _goes_on(self, base: Base, fresh: Fresh, values: Mapping[str, object]) -> None:
        count = base.count if fresh.count is None else fresh.count
        row = {f"b_{name}": value for name, value in {**values, "count": count}.items()}
        self.changes.on.append({"base": base.id, **row})
        turned = (person for person, state in fresh.members.items() if base.members[person] != state)
        self.changes.turned += [(base.id, person) for person in turned]

    def parts(self) -> Iterator[list[tuple[FigureBase, Members]]]:
        """What is coming, as much at a time as one transaction writes; it is let go of."""
        part: list[tuple[FigureBase, Members]] = []
        room, coming, self.coming = figures.PART, self.coming, []
        for row, members in coming:
            for at in range(0, len(members), figures.PART):
                some = members[at : at + figures.PART]
                if len(some) > room:
                    yield part
                    part, room = [], figures.PART
                part.append((row, some))
                room -= len(some)
        if part:
            yield part


def _same(fresh: Fresh, base: Base) -> bool:
    return fresh.members.keys() == base.members.keys() and len(fresh.nobody) == len(base.nobody)
