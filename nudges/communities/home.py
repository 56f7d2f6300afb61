"""Communities on a person's own page of the bot: theirs, where their requests stand, and a few to join."""

from __future__ import annotations

from bot.chat import Command
from bot.nudge import Context
from bot.say import Line, Pick, Say
from nudges.communities import directory
from nudges.communities.capability import nudge
from storage import communities

SHOWN = 5
"""Communities offered for joining."""


async def home(ctx: Context) -> Say:
    """What `community mine` says, a few communities that are not theirs, and a way to ask for one."""
    look = Command(key="home", platform=ctx.actor.platform, by=ctx.actor.external, at=ctx.now, text="")
    mine = await directory.mine(look, ctx)
    assert isinstance(mine, Say), "it says where things stand"
    own = {community.id for community, _ in await communities.of_person(ctx.session, ctx.actor.person)}
    others = [each for each in await communities.listed(ctx.session) if each.id not in own][:SHOWN]
    lines = [*mine.lines]
    if others:
        lines.append(Line(id="community-home-join"))
        lines += [
            Line(id="community-list-item", kind="item", args={"name": c.name, "purpose": c.purpose}) for c in others
        ]
    joins = [
        Pick(label="community-join-named", action="community.join", value=str(c.id), args={"name": c.name[:50]})
        for c in others
    ]
    ask = Pick(label="community-ask-for-one", action="community.request", style="primary")
    theirs = [pick for pick in mine.choices if pick.action != ask.action]
    return Say(lines=tuple(lines), choices=(ask, *theirs, *joins))


nudge.home = home
