"""When what people wrote for their communities is forgotten."""

from __future__ import annotations

from datetime import timedelta

from bot.decide import forget, let_go
from bot.nudge import Context
from bot.say import Line, Pick, Say
from nudges.communities.capability import nudge
from nudges.communities.life.telling import tell_animators
from nudges.communities.opening import grant_leads
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


async def erases(ctx: Context, person: int) -> None:
    """Who asked for communities, or leads some, is erased: what waits is withdrawn, and a lead is looked for.

    What is being opened belongs to its members by now, and opens.
    """
    await let_go(ctx, PROCESS, person, await communities.unopened(ctx.session))
    for community, member in await communities.of_person(ctx.session, person):
        await communities.leave(ctx.session, member)
        if member.role == "lead" and not await grant_leads(ctx, community) and community.state in communities.OPENED:
            line = Line(id="outside-leaderless", args={"name": community.name})
            hand = Pick(label="outside-find-lead", action="community.hand-over", value=str(community.id))
            name = f"leaderless:{community.id}:{int(ctx.now.timestamp())}"
            await tell_animators(ctx, Say(lines=(line,), choices=(hand,)), name)


nudge.forgets = forgets
nudge.erases = erases
