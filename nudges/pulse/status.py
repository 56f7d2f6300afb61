"""How far the past is counted, and of which days nothing is known: `/pulse status`, `parvis pulse status`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.calendar import WorkingTime
from bot.chat import Command
from bot.figures.words import day
from bot.nudge import Answer, Context, Terminal
from bot.say import Line, Say
from nudges.pulse.asking import READERS
from nudges.pulse.capability import nudge
from nudges.pulse.settings import AFTER_WINDOW
from storage import backfill, frozen
from storage.backfill import Progress
from storage.pulse import PulseGap

GAPS = 8
"""Gaps that are named at most; the page shows all."""


def _all(found: Iterable[Progress], *states: str) -> int:
    return sum(each.communities for each in found if each.state in states)


def told(found: Sequence[Progress], untold: Mapping[str, Collection[str]]) -> list[Line]:
    """Of how many of each platform's communities the past is counted; nothing of what happened in them. Pure.

    untold: platform -> what its past does not tell.
    """
    lines = []
    for platform in sorted({each.platform for each in found}):
        mine = [each for each in found if each.platform == platform]
        args = {"platform": platform, "done": _all(mine, "done"), "count": sum(each.communities for each in mine)}
        left = _all(mine, "waits", "going")
        lines.append(Line(id="pulse-past-going" if left else "pulse-past-done", args=args))
        for each in mine:
            if each.state == "stopped":
                refused = {"count": each.communities, "code": each.why}
                lines.append(Line(id="pulse-past-stopped", kind="item", args=refused))
        if "joins" in untold.get(platform, ()):
            lines.append(Line(id="pulse-past-unshown", kind="item", args={"platform": platform}))
    return lines


def unknown(gaps: Sequence[PulseGap], names: dict[int, str]) -> list[Line]:
    """Of which days nothing was heard, and why. names: of communities. Pure."""
    lines = []
    for each in gaps[:GAPS]:
        name = names.get(each.community_id or 0, each.platform)
        args = {"name": name, "since": day(each.since), "until": day(each.until)}
        lines.append(Line(id=f"pulse-gap-{each.why}", kind="item", args=args))
    if len(gaps) > GAPS:
        lines.append(Line(id="pulse-gap-more", kind="note", args={"count": len(gaps) - GAPS}))
    return lines


async def status(ctx: Context) -> list[Line]:
    """What `pulse status` says."""
    found = await backfill.progress(ctx.session)
    lines = told(found, await backfill.untold(ctx.session))
    if not ctx.settings.past_days:
        lines = [Line(id="pulse-past-off")]
    elif not found:
        lines = [Line(id="pulse-past-none")]
    names = {each.id or 0: each.name for each in await frozen.communities(ctx.session)}
    gaps = await frozen.gaps(ctx.session, *_span(ctx.now, ctx.calendar, ctx.settings.past_days))
    gaps = [each for each in gaps if each.community_id is None or each.community_id in names]
    if gaps:
        lines += [Line(id="pulse-gap-title"), *unknown(gaps[::-1], names)]
    return [*lines, Line(id="pulse-past-how", kind="note")]


def _span(now: datetime, calendar: WorkingTime, past_days: int) -> tuple[date, date]:
    today = calendar.today(now)
    return today - timedelta(days=max(past_days, AFTER_WINDOW)), today


@nudge.command("pulse status", by=READERS, aliases=["indicateurs etat"])
async def asked(_event: Command, ctx: Context) -> Answer:
    """How far the past is counted, and what is not known."""
    return Say(lines=(Line(id="pulse-past-title", kind="title"), *await status(ctx)))


@nudge.verb("pulse status")
async def shown(at: Terminal) -> bool:
    """The same on the command line; whether something was refused."""
    async with at.reads() as ctx:
        lines = await status(ctx)
        refused = any(each.state == "stopped" for each in await backfill.progress(ctx.session))
    for line in lines:
        at.line(at.voice.line(line))
    return refused
