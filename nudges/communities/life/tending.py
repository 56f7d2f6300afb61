"""What time does to changes: pauses end, questions are waited for no longer, accounts are forgotten."""

from __future__ import annotations

from bot.nudge import Context
from nudges.communities.capability import nudge
from nudges.communities.life import byhand, handover, pausing
from storage import changes


@nudge.every(minutes=5)
async def tend(ctx: Context) -> None:
    """Pauses that end, questions that nobody answers, what is kept for undoing what can be undone no longer."""
    await pausing.end(ctx)
    await handover.expire(ctx)
    await byhand.expire(ctx)
    for change in await changes.past_undoing(ctx.session, ctx.now):
        changes.note(change, **dict.fromkeys(changes.KEPT))
        ctx.session.add(change)
