"""What `parvis doctor` says of the counting: since when, what is not measured, and of which days nothing is known."""

from __future__ import annotations

from datetime import timedelta

from bot.figures.words import day
from bot.nudge import Context, Found
from bot.say import Line, Names
from nudges.pulse.capability import nudge
from nudges.pulse.settings import AFTER_WINDOW
from storage import frozen, pulse


async def doctor(ctx: Context) -> list[Found]:
    """Look at the counting."""
    heard, communities = await frozen.heard(ctx.session), await frozen.communities(ctx.session)
    if not heard:
        return [Found("fine", Line(id="pulse-doctor-new"))]
    found = [
        await _strangers(ctx),
        *await _away(ctx),
        _outside(sum(each.missing_at is not None for each in communities)),
    ]
    wrong = [each for each in found if each is not None]
    first = ctx.calendar.today(min(each.since for each in heard.values()))
    counted = sum(each.missing_at is None for each in communities)
    return [Found("fine", Line(id="pulse-doctor-fine", args={"count": counted, "day": day(first)})), *wrong]


def _outside(count: int) -> Found | None:
    """Communities of which nothing is heard."""
    if not count:
        return None
    what = Line(id="pulse-doctor-outside", args={"count": count})
    return Found("warning", what, Line(id="pulse-doctor-outside-todo"))


async def _away(ctx: Context) -> list[Found]:
    """Days of which nothing is known, lately."""
    today = ctx.calendar.today(ctx.now)
    gaps = await frozen.gaps(ctx.session, today - timedelta(days=AFTER_WINDOW), today)
    return [
        Found(
            "warning",
            Line(
                id="pulse-doctor-away",
                args={"platform": each.platform, "since": day(each.since), "until": day(each.until)},
            ),
        )
        for each in gaps
        if each.community_id is None and each.why == "away"
    ]


async def _strangers(ctx: Context) -> Found | None:
    """Accounts that are not to be counted, and that nobody has."""
    unknown = [each for each in ctx.settings.not_counted if not await pulse.people_of(ctx.session, [each])]
    if not unknown:
        return None
    what = Line(id="pulse-doctor-unknown", args={"accounts": Names(names=tuple(unknown))})
    return Found("warning", what, Line(id="pulse-doctor-unknown-todo"))


nudge.doctor = doctor
