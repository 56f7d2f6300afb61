"""Questions on a person's own page; what is forgotten of them, and what becomes of them when somebody is erased."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot import people
from bot.nudge import Context
from bot.say import Arg, Line, Moment, Term
from nudges.launch.capability import also
from nudges.launch.settings import Settings
from nudges.launch.voice import office
from storage import voice as rows

SHOWN = 5
"""Of one's own questions, those on one's page."""


async def waiting(ctx: Context) -> Sequence[Line]:
    """Where one's own questions stand; how many wait for an answer of theirs, and since when."""
    lines: list[Line] = []
    mine = [each for each in await office.of_mine(ctx) if await office.may_answer(ctx, each)]
    if mine:
        days = ctx.calendar.age(ctx.now, mine[0].asked_at)
        lines.append(Line(id="question-me-waiting", args={"count": len(mine), "days": days}, kind="item"))
    for each in (await rows.of_asker(ctx.session, ctx.actor.person))[:SHOWN]:
        args: dict[str, Arg] = {
            "number": str(each.id),
            "leader": await people.name(ctx.session, each.leader_id),
            "at": Moment(at=each.asked_at, style="date"),
            "state": Term(term=f"question-is-{each.state}"),
            "named": "yes" if each.named else "no",
        }
        lines.append(Line(id="question-me-asked", args=args, kind="item"))
    return lines


async def forgets(ctx: Context) -> None:
    """Questions that were over longer ago than they are kept, and their authors' words where they were published."""
    settings: Settings = ctx.settings
    before = ctx.now - timedelta(days=settings.question_days)
    for each in await rows.shared(ctx.session, before):
        await ctx.outbox.recall(rows.published(each))
    await rows.forget(ctx.session, before)


async def erases(ctx: Context, person: int) -> None:
    """Who asked is erased: what waits is withdrawn, and its office is told no more than that.

    Words of theirs that were published are taken down; what a leader said instead of them is the leader's.
    """
    for each in await rows.of_asker(ctx.session, person):
        if each.shared:
            await ctx.outbox.recall(rows.published(each))
        if await rows.close(ctx.session, each.id or 0, rows.WITHDRAWN, ctx.now):
            await rows.part(ctx.session, each)
            await office.freeze(ctx, each, Line(id="question-was-withdrawn"))


also(waiting=waiting, forgets=forgets, erases=erases)
