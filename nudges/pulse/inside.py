"""Who is in the rooms of communities: by those who come and go, and by the list where some may have been missed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.chat import Joined, Left, RoomChanged
from bot.nudge import Answer, Context, SequenceSpec, Step
from nudges.pulse.capability import nudge
from storage import communities, frozen, pulse
from storage.communities import Community
from storage.pulse import PulseGap, PulseRoom

LIST = "pulse.members"
LISTS = 100
"""Lists of members that are asked for at a time."""

State = Mapping[str, Any]


@nudge.hears(Joined)
async def came(event: Joined, ctx: Context) -> Answer:
    """Somebody came into a room."""
    community = await _community(event, ctx)
    if community and ctx.who and ctx.who.roles:
        await pulse.come(ctx.session, community, ctx.who.person)
        await frozen.moved(ctx.session, community, by=1)
    elif community:
        await frozen.unsure(ctx.session, community)
    return None


@nudge.hears(Left)
async def went(event: Left, ctx: Context) -> Answer:
    """Somebody went, or was made to."""
    community = await _community(event, ctx)
    if community and ctx.who:
        await pulse.go(ctx.session, community, ctx.who.person)
    if community:
        await frozen.moved(ctx.session, community, by=-1)
    return None


@nudge.hears(RoomChanged)
async def put_out(event: RoomChanged, ctx: Context) -> Answer:
    """The bot was put out of a room: nothing is heard there from now on."""
    if event.change != "put_out":
        return None
    community, today = await _community(event, ctx), ctx.calendar.today(ctx.now)
    if community and community not in await frozen.going_on(ctx.session):
        about = {"platform": event.platform, "community_id": community, "why": "outside"}
        ctx.session.add(PulseGap.model_validate({**about, "since": today, "until": today, "goes_on": True}))
    return None


async def _community(event: Joined | Left | RoomChanged, ctx: Context) -> int | None:
    return (await pulse.rooms(ctx.session, [(event.platform, event.room)])).get((event.platform, event.room))


# ---------------------------------------------------------------- the list


def is_to_read(community: Community, row: PulseRoom | None) -> bool:
    """Whether the list of its members is to be read: never yet, or how many there are says something else. Pure."""
    if row is None or row.accounts < 0:
        return True
    return bool(community.looked_at and community.looked_at > row.read_at and community.members != row.accounts)


@nudge.every(hours=1)
async def look(ctx: Context) -> None:
    """Read the lists that are to be read, each once a day at most."""
    rows, today, begun = await frozen.rooms(ctx.session), ctx.calendar.today(ctx.now), 0
    for community in await frozen.communities(ctx.session):
        is_there = community.platform in ctx.platforms and not community.missing_at
        if is_there and begun < LISTS and is_to_read(community, rows.get(community.id or 0)):
            state = {"platform": community.platform, "room": community.room, "community": community.id}
            await ctx.outbox.start(LIST, f"{LIST}:{community.id}:{today}", state)
            begun += 1


async def _read(state: State, platform: Any) -> State:
    return {"accounts": await platform.members(state["room"])}


async def _written(state: State, ctx: Context) -> None:
    community = await communities.get(ctx.session, state["community"])
    if community is not None and community.room == state["room"]:
        await frozen.gather(ctx.session, community.id or 0, community.platform, state["accounts"], ctx.now)


async def _forget(_state: State, _platform: Any) -> State:
    return {"accounts": []}


async def _in_vain(_state: State, _code: str, _ctx: Context) -> None:
    """Tomorrow it is tried again."""


nudge.sequences[LIST] = SequenceSpec(
    LIST, (Step("list", run=_read, done=_written), Step("forget", run=_forget)), _in_vain
)
