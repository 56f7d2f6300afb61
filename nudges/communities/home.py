"""Communities on a person's own page of the bot: theirs, where their requests stand, and a few to join."""

from __future__ import annotations

from bot.chat import Command
from bot.nudge import Context
from bot.say import Line, Pick, Say
from nudges.communities import directory
from nudges.communities.capability import nudge
from nudges.communities.life import rights
from storage import communities
from storage.communities import Community

SHOWN = 5
"""Communities offered for joining, and as many of one's own to look at."""


async def home(ctx: Context) -> Say:
    """What `community mine` says, a few communities that are not theirs, and a way to ask for one."""
    look = Command(key="home", platform=ctx.actor.platform, by=ctx.actor.external, at=ctx.now, text="")
    mine = await directory.mine(look, ctx)
    assert isinstance(mine, Say), "it says where things stand"
    own = [community for community, _ in await communities.of_person(ctx.session, ctx.actor.person)]
    theirs = {each.id for each in own}
    others = [each for each in await communities.listed(ctx.session) if each.id not in theirs][:SHOWN]
    lines = [*mine.lines]
    if others:
        lines.append(Line(id="community-home-join"))
        lines += [
            Line(id="community-list-item", kind="item", args={"name": c.name, "purpose": c.purpose}) for c in others
        ]
    ask = Pick(label="community-ask-for-one", action="community.request", style="primary")
    asked = [pick for pick in mine.choices if pick.action != ask.action]
    looks = [_pick("directory-info-named", "community.info", each) for each in own if each.state in rights.OPEN]
    joins = [_pick("community-join-named", "community.join", each) for each in others]
    return Say(lines=tuple(lines), choices=(ask, *_WAYS, *asked, *looks[:SHOWN], *joins))


_WAYS = (
    Pick(label="directory-all", action="community.list"),
    Pick(label="directory-search", action="community.search"),
)


def _pick(label: str, action: str, community: Community) -> Pick:
    return Pick(label=label, action=action, value=str(community.id), args={"name": community.name[:50]})


nudge.home = home
