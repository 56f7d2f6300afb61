"""What is told each week: counted once, written down, and shown unchanged ever after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.figures.rules import Base, Fresh, Told, arrange, following
from storage import figures
from storage.figures import Figure, FigureBase

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


async def publish(session: AsyncSession, subject: str, people: Iterable[Counted], week: date, k: int) -> bool:
    """Tell the figures of a week, unless they were told already; say whether there is anything to show now.

    subject: what they are about ("profiles"). week: its Monday. k: the smallest group.
    """
    if await figures.weeks(session, subject, 1) >= [week]:
        return True
    groups = _groups(people, k)
    bases = await figures.bases(session, subject)
    taken = {each.id or 0: each.taken for each in bases}
    told = []
    for measure, states in sorted(groups.items()):
        before = [await _base(session, each) for each in bases if each.measure == measure]
        for group, fresh in following(before, states, k).items():
            told.append(await _remember(session, subject, week, measure, group, fresh, taken))
    await figures.forget_before(session, subject, week - REMEMBERED)
    await figures.tell(session, told)
    return bool(told)


def _groups(people: Iterable[Counted], k: int) -> dict[str, dict[str, dict[int, bool]]]:
    """Measure -> group, as it is shown -> states."""
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


async def _remember(
    session: AsyncSession, subject: str, week: date, measure: str, group: str, fresh: Fresh, taken: Mapping[int, date]
) -> Figure:
    """Write what the next week is compared with. Returns what is told."""
    base, since = fresh.base, week
    if base is not None and fresh.count is None:
        since = taken[base.id]
    told = {"low": fresh.told.low, "high": fresh.told.high, "of": fresh.told.of}
    figure = Figure(subject=subject, week=week, measure=measure, grp=group, taken=since, **told)
    if base is not None and fresh.members.keys() == base.members.keys() and len(fresh.nobody) == len(base.nobody):
        values = {"grp": group, "seen": week, "taken": since, **told}
        await figures.go_on(session, base.id, values if fresh.count is None else {**values, "count": fresh.count})
        changed = {person for person, state in fresh.members.items() if base.members[person] != state}
        await figures.turn(session, base.id, changed)
        return figure
    assert fresh.count is not None, "others are counted anew"
    if base is not None:
        await figures.forget(session, [base.id])
    row = FigureBase(subject=subject, measure=measure, grp=group, taken=since, seen=week, count=fresh.count, **told)
    await figures.remember(session, row, fresh.members, fresh.nobody)
    return figure
