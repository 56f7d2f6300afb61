"""When what people wrote for their communities is forgotten."""

from __future__ import annotations

from datetime import timedelta

from bot.decide import forget
from bot.nudge import Context
from nudges.communities.capability import nudge
from nudges.communities.process import PROCESS
from storage import changes, communities


async def forgets(ctx: Context) -> None:
    """Requests decided, communities closed and changes made longer ago than the organisation keeps them.

    What a community is for stays in the directory for as long as people are in it.
    """
    before = ctx.now - timedelta(days=ctx.settings.keep_days)
    await forget(ctx, PROCESS, before, await communities.unopened(ctx.session))
    await communities.forget(ctx.session, before)
    for change in await changes.over(ctx.session, before):
        changes.note(change, **dict.fromkeys(changes.WRITTEN))
        ctx.session.add(change)


nudge.forgets = forgets
