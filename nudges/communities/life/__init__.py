"""The life of a community: renamed, handed over, merged, paused, closed, reopened; each previewed, each undone.

`rules` is pure. `changes` is what all have in common; `rename`, `handover`, `closing`, `pausing` are the kinds;
`byhand` goes on where the platform keeps something to its admins; `commands` is what people type and press.
"""

from __future__ import annotations

from bot.nudge import Context
from nudges.communities.capability import nudge
from nudges.communities.life import commands, handover, pausing  # noqa: F401 - commands declares it all
from storage import changes
from storage.changes import note


@nudge.every(minutes=5)
async def tend(ctx: Context) -> None:
    """Pauses that end, questions that nobody answers, accounts kept for undoing what can be undone no longer."""
    await pausing.end(ctx)
    await handover.expire(ctx)
    for change in await changes.past_undoing(ctx.session, ctx.now):
        note(change, members=None)
        ctx.session.add(change)
