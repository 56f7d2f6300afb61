"""Where the reminders of one person stand, kept in their row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.nudge import Context
from nudges.profiles import rules, series
from nudges.profiles.rules import Stands
from nudges.profiles.series import Series
from nudges.profiles.settings import Settings
from storage import profiles as rows
from storage.people import Person
from storage.profiles import Reminder

OPENING = timedelta(days=2)
"""After the bot met its first person: whoever it met until then was there before it."""

SOON = timedelta(hours=12)
"""Before a reminder: what was to be read of somebody was read by then."""


def read(row: Reminder) -> Series:
    """A row, as rules know it."""
    return Series(row.step, row.first_at, row.next_at, frozenset(row.asked.split()), row.over, row.round)


async def write(ctx: Context, row: Reminder, at: Series) -> None:
    """Keep where it stands now."""
    row.step, row.first_at, row.next_at = at.step, at.first_at, at.next_at
    row.asked, row.over, row.round = " ".join(sorted(at.asked)), at.over, at.round
    ctx.session.add(row)
    await ctx.session.flush()


async def looked(ctx: Context, person: int, whole: Sequence[Stands]) -> Reminder:
    """Look at what somebody lacks: a series begins, begins anew for a field that is newly required, or is left.

    What was not read yet may be lacking: it is read before anybody is reminded.
    """
    row = await rows.begin(ctx.session, person)
    at, required = read(row), ctx.settings.required()
    open_ = [each.field.name for each in whole if each.standing in {"missing", "unread"}]
    lacks = [each for each in open_ if each in required]
    if at.over == "left":
        begins = series.begins(person, ctx.now, ctx.now, ctx.settings.first_after_days, 0)
        at = series.returned(at, ctx.now, ctx.settings.days, begins)
    first = await _first(ctx, person, at) if lacks else ctx.now
    at = series.looked(at, lacks, required, first)
    if rules.to_ask(whole) is None and at.next_at is not None and at.next_at < ctx.now + SOON:
        at = series.unknown(at, ctx.now)  # it was read, and the platform did not tell
    await write(ctx, row, at)
    return row


def turn(person: Person, opened: datetime, settings: Settings) -> datetime:
    """From when on a first reminder might come to somebody, by when they were met alone. opened: as `first_met`."""
    met = person.created_at
    within = 0 if met > opened + OPENING else settings.first_within_days
    return series.begins(person.id or 0, met, met, settings.first_after_days, within)


async def _first(ctx: Context, person: int, at: Series) -> datetime:
    """When a first reminder is due. Newcomers settle in; the many who were there already are spread."""
    settings, met = ctx.settings, await _met(ctx, person)
    is_newcomer = met > await _opened(ctx) + OPENING and not at.asked
    return series.begins(
        person, met, ctx.now, settings.first_after_days, 0 if is_newcomer else settings.first_within_days
    )


async def _met(ctx: Context, person: int) -> datetime:
    row = await ctx.session.get(Person, person)
    return row.created_at if row is not None else ctx.now


async def _opened(ctx: Context) -> datetime:
    return await rows.first_met(ctx.session) or ctx.now


async def acted(ctx: Context, person: int, whole: Sequence[Stands]) -> bool:
    """Somebody did something for their profile. True: it became whole, and they were not thanked for that yet."""
    row = await rows.begin(ctx.session, person)
    at = replace(read(row), asked=frozenset(row.asked.split()) | frozenset(ctx.settings.required()))
    if rules.is_complete(whole):
        is_first, row.complete_at = row.complete_at is None, row.complete_at or ctx.now
        await write(ctx, row, series.ended(at, "complete"))
        return is_first
    if at.step:
        at = series.ended(at, at.over or "answered")
    elif at.next_at is not None:
        at = replace(at, next_at=max(at.next_at, ctx.now + series.AGAIN))
    await write(ctx, row, at)
    return False
