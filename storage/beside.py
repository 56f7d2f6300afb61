"""What is put beside the curves: what other tools counted, from files, and marks. Nothing of it is about anybody."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.pulse import PulseImported, PulseMark


class Number(NamedTuple):
    """What a tool counted on a day, as it is known now. number, version: see `PulseImported`."""

    number: int | None
    version: int


async def tools(session: AsyncSession) -> list[tuple[str, str]]:
    """What was imported so far: tool and measure."""
    return list(await session.exec(select(PulseImported.tool, PulseImported.measure).distinct()))


async def numbers(session: AsyncSession, of: Collection[str]) -> dict[tuple[str, str, date], Number]:
    """What these tools counted, by tool, measure and day, as it is known now."""
    rows = select(PulseImported).where(col(PulseImported.tool).in_(sorted(of))).order_by(col(PulseImported.version))
    return {(each.tool, each.measure, each.day): Number(each.count, each.version) for each in await session.exec(rows)}


class Overtaken(Exception):
    """Somebody else wrote the same numbers meanwhile."""


async def take_over(
    session: AsyncSession, rows: Sequence[tuple[str, str, date, int | None, int]], now: datetime
) -> None:
    """Write numbers: tool, measure, day, count, version. Raises Overtaken: nothing can be written with this session."""
    session.add_all(
        PulseImported(tool=tool, measure=measure, day=day, count=count, version=version, taken_at=now)
        for tool, measure, day, count, version in rows
    )
    try:
        await session.flush()
    except IntegrityError as error:
        raise Overtaken from error


async def mark(session: AsyncSession, day: date, kind: str, name: str) -> bool:
    """Put a mark on a day. False: it is there."""
    there = select(PulseMark.id).where(PulseMark.day == day, PulseMark.kind == kind, PulseMark.name == name)
    if (await session.exec(there)).first() is not None:
        return False
    session.add(PulseMark(day=day, kind=kind, name=name))
    await session.flush()
    return True


async def marks(session: AsyncSession, day: date) -> list[PulseMark]:
    """The marks of a day."""
    return list(await session.exec(select(PulseMark).where(PulseMark.day == day).order_by(col(PulseMark.id))))


async def unmark(session: AsyncSession, mark: PulseMark) -> None:
    """Take a mark away."""
    await session.delete(mark)
    await session.flush()
