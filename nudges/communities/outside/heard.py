"""What platforms tell of rooms and people by themselves."""

from __future__ import annotations

from typing import get_args

from bot.chat import Joined, Left, ProfileChanged, RoomChanged
from bot.nudge import Answer, Context
from nudges.communities.capability import nudge
from nudges.communities.life import rights
from nudges.communities.outside import noticing, strays
from storage import communities
from storage.communities import Community

_WHAT = {
    "renamed": "renamed",
    "archived": "archived",
    "reopened": "reopened",
    "deleted": "vanished",
    "made_private": "made-private",
    "made_public": "made-public",
    "upgraded": "upgraded",
}
assert set(_WHAT) | {"created", "put_out"} == set(get_args(RoomChanged.model_fields["change"].annotation))


@nudge.hears(RoomChanged)
async def room_changed(event: RoomChanged, ctx: Context) -> Answer:
    """Somebody made, renamed, closed, opened… a room, or put the bot out of it."""
    community = await communities.in_room(ctx.session, event.platform, event.room)
    if community is None:
        await strays.changed(ctx, event)
    elif event.change in _WHAT:
        await noticing.follow(ctx, community, _WHAT[event.change], event.name, event.successor)
    elif event.change == "put_out" and community.state in rights.OPEN:
        # Looked at first: archiving a room puts bots out of it too, and by now the bot may be back.
        await noticing.check(ctx, community, f"put-out:{event.key}", out=True)
    return None


async def _of(event: Joined | Left, ctx: Context) -> Community | None:
    found = await communities.in_room(ctx.session, event.platform, event.room) if ctx.who else None
    return found if found and found.state in rights.OPEN else None


@nudge.hears(Joined)
async def joined(event: Joined, ctx: Context) -> Answer:
    """Somebody known entered a room: a lead is there, or back; a private community is in their list."""
    community = await _of(event, ctx)
    if community is not None:
        await here(ctx, community, ctx.actor.person)
    return None


@nudge.hears(Left)
async def left(event: Left, ctx: Context) -> Answer:
    """Somebody known left a room."""
    community = await _of(event, ctx)
    if community is not None:
        await away(ctx, community, ctx.actor.person)
    return None


async def here(ctx: Context, community: Community, person: int) -> None:
    """Write that somebody known is in the room."""
    member = await communities.membership(ctx.session, community.id or 0, person)
    if member is None:
        if community.visibility == "private":
            await communities.set_role(ctx.session, community.id or 0, person, "member", ctx.now)
        return
    if member.role == "former":
        await noticing.lead_back(ctx, community, person)
    if member.inside_at is None:
        member.inside_at = ctx.now
        ctx.session.add(member)


async def away(ctx: Context, community: Community, person: int) -> None:
    """Write that somebody is in the room no longer."""
    member = await communities.membership(ctx.session, community.id or 0, person)
    if member is None:
        return
    if member.role == "lead":
        await noticing.lead_gone(ctx, community, person, "left")
    elif member.role in {"member", "invited"}:
        await ctx.session.delete(member)


@nudge.hears(ProfileChanged)
async def profile_changed(_event: ProfileChanged, ctx: Context) -> Answer:
    """Somebody may have left the organisation."""
    if ctx.who is not None:
        await noticing.person_gone(ctx, ctx.who.person)
    return None
