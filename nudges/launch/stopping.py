"""An announcement that was begun is stopped: nothing more of it is said; what was said stays, unless it is recalled."""

from __future__ import annotations

from bot.nudge import Answer, Context, Refused
from bot.say import Line, Say
from nudges.launch import progress
from storage import launching
from storage.launch import CANCELLED, Announcement


async def trace(ctx: Context, number: int, action: str, reason: str = "", **after: str) -> None:
    """Leave a trace of what somebody did with an announcement. reason: in their words."""
    await ctx.audit.append(
        ctx.session,
        now=ctx.now,
        actor=ctx.actor.person,
        action=f"announce.{action}",
        subject=f"announcement:{number}",
        after=after or None,
        reason=reason,
    )


async def shown(ctx: Context, number: int, done: str) -> Say:
    """What was done, and how far it is; the messages that follow it say so too."""
    made, version = await progress.fresh(ctx.session, number)
    found = await progress.of(ctx, made)
    await progress.renew(ctx, made, version, found)
    said = progress.message(made, version, found, ctx.smallest_group)
    first = Line(id=done, args={"number": str(number), "title": version.title})
    return Say(lines=(first, *said.lines[1:]), choices=said.choices)


async def stop(ctx: Context, made: Announcement) -> Answer:
    """Say nothing more of it. Raises Refused: it is over already."""
    number = made.id or 0
    if not await launching.move(ctx.session, number, launching.UNDER_WAY, ctx.now, state=CANCELLED, ended_at=ctx.now):
        raise Refused("announce-not-under-way", number=str(number))
    await ctx.outbox.cancel(batch=launching.batch_of(number))
    await trace(ctx, number, "stop")
    return await shown(ctx, number, "announce-stopped")
