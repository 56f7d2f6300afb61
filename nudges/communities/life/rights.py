"""Which community is meant, and who may change it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.nudge import Actor, Context, Refused
from nudges.communities.capability import ANIMATORS
from nudges.communities.life.rules import Named, meant
from storage import communities
from storage.communities import Community

OPEN = frozenset(communities.OPENED)
LIVING = OPEN - {"closing"}


async def theirs(session: AsyncSession, who: Actor) -> list[Community]:
    """The communities that a person may change: those they lead, all of them for an animator."""
    if ANIMATORS & who.roles:
        every = await communities.standing(session) + await communities.closed(session)
    else:
        every = await communities.led_by(session, who.person)
    return [each for each in every if each.room]


async def may_change(session: AsyncSession, who: Actor, community: Community) -> bool:
    """Whether a person may change a community: its lead, or an animator."""
    if ANIMATORS & who.roles:
        return True
    return who.person in await communities.leads(session, community.id or 0)


async def entitled(ctx: Context, community: Community) -> None:
    """Raises Refused where the actor may not change this community."""
    if await may_change(ctx.session, ctx.actor, community):
        return
    if community.visibility == "private" and not await is_known_to(ctx, community):
        raise Refused("life-unknown", name="")
    raise Refused("life-not-yours", name=community.name)


async def is_known_to(ctx: Context, community: Community) -> bool:
    """Whether the actor knows of a private community: they are part of it, or an animator."""
    if ANIMATORS & ctx.actor.roles:
        return True
    member = await communities.membership(ctx.session, community.id or 0, ctx.actor.person)
    if member is None or member.role == "former":
        return False
    return member.declined_at is None or member.inside_at is not None


async def addressed(ctx: Context, words: str, room: str, platform: str) -> tuple[Community | None, str]:
    """The community that a line is about, and what follows; the one whose room this is, when none is named.

    Raises Refused: it is not the actor's to change.
    """
    number, rest = meant(words, names(await known_to(ctx)))
    community = await communities.get(ctx.session, number) if number is not None else None
    if community is None and room:
        community = await communities.in_room(ctx.session, platform, room)
    if community is not None:
        await entitled(ctx, community)
    return community, rest


async def known_to(ctx: Context) -> list[Community]:
    """Every community that the actor may know of, closed ones too."""
    every = [*await communities.standing(ctx.session), *await communities.closed(ctx.session)]
    if ANIMATORS & ctx.actor.roles:
        return every
    seen = {each.id for each in await communities.visible(ctx.session, ctx.actor.person)}
    seen |= {each.id for each in await communities.led_by(ctx.session, ctx.actor.person)}
    return [each for each in every if each.id in seen or each.visibility == "public"]


def names(every: Sequence[Community]) -> list[Named]:
    """What people may call these."""
    return [Named(each.id or 0, each.name, each.room) for each in every]
