"""The regular look: what no event told of, or what an event was lost about.

All rooms are told of at once, in a few calls. By itself a community is looked at for the first time, where the list
does not say what became of it, where somebody went or came unheard, and after the bot missed a look.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot import people
from bot.chat import NotAllowed, NotFound, Profile
from bot.nudge import Context, SequenceSpec, Step
from nudges.communities import rules
from nudges.communities.capability import nudge
from nudges.communities.life.rules import Kept, Seen, differences
from nudges.communities.open import coded
from nudges.communities.opening import grant_leads
from nudges.communities.outside import heard, noticing, strays
from storage import changes, communities, frozen
from storage import people as people_rows
from storage.communities import Community
from storage.strays import first, is_done

LOOK = "community.look"
CLOSED_FOR = timedelta(days=90)
"""How long a closed community's room is still looked at: somebody may open it again."""

State = Mapping[str, Any]


@nudge.every(minutes=10)
async def look(ctx: Context) -> None:
    """Begin to look at every room, once in each period."""
    slot = int(ctx.now.timestamp() // (ctx.settings.look_hours * 3600))
    for platform in ctx.platforms:
        if await first(ctx.session, f"look:{platform}:{slot}", ctx.now):
            looked = await is_done(ctx.session, f"look:{platform}:{slot - 1}")
            was = {str(each.id): _mark(each) for each in await _mine(ctx, platform)}
            state = {"platform": platform, "slot": str(slot), "missed": not looked, "was": was}
            await ctx.outbox.start(LOOK, f"look:{platform}:{slot}", state)


async def _mine(ctx: Context, platform: str) -> list[Community]:
    every = await communities.with_room(ctx.session, ctx.now - CLOSED_FOR)
    return [each for each in every if each.platform == platform]


def _mark(community: Community) -> str:
    """As what a community was known at an instant: what a look found before it changed is no news."""
    known = (community.noticed, community.room, community.shown, community.visibility, community.state)
    return f"{known}:{community.missing_at is not None}"


# ---------------------------------------------------------------- all rooms


async def _rooms(_state: State, platform: Any) -> State:
    """Every room, in as few calls as the platform allows."""
    found = [
        {
            "room": room.id, "name": room.name, "private": room.private, "inside": room.inside,
            "members": max(0, room.members - room.inside), "archived": room.archived, "shared": room.shared,
        }
        async for room in platform.rooms()
    ]  # fmt: skip
    return {"rooms": found}


async def _found(state: State, ctx: Context) -> None:
    """Follow what is told of all rooms at once; look closely only where that does not say what happened."""
    ours = [each for each in state["rooms"] if not each["archived"] and not each["shared"]]
    await strays.seen(ctx, state["platform"], ours)
    listed = {each["room"]: each for each in state["rooms"]}
    rooms = await frozen.rooms(ctx.session)
    for community in await _mine(ctx, state["platform"]):
        room, known = listed.get(community.room), rooms.get(community.id or 0)
        expected = known.accounts if known and known.accounts >= 0 else community.members
        same = state["was"].get(str(community.id)) == _mark(community)
        is_plain = room is not None and same and community.looked_at is not None and not state["missed"]
        if room is None or not is_plain or not await _followed(ctx, community, room, expected):
            await noticing.check(ctx, community, state["slot"])
    for person in await communities.leads_gone(ctx.session, state["platform"]):
        await noticing.person_gone(ctx, person)


async def _followed(ctx: Context, community: Community, room: Mapping[str, Any], expected: int) -> bool:
    """Follow what the list says of a community's room. False: it has to be looked at.

    expected: people who are in it by what was heard of those who came and went.
    """
    under_way = await changes.of_community(ctx.session, community.id or 0, *changes.UNDER_WAY)
    name = room["name"] if room["name"] != room["room"] else ""
    seen = Seen(name=name, private=room["private"], archived=room["archived"], inside=room["inside"])
    found = [] if under_way else differences(_kept(community), seen)
    if set(found) & {"found", "put-out", "reopened"}:
        return False
    for what in found:
        await noticing.follow(ctx, community, what, seen.name)
    if community.state == "closed" or not room["inside"]:
        return True
    if seen.name and not under_way:
        community.shown = rules.slugify(seen.name) or community.shown
    if room["members"] < expected or (room["members"] != expected and community.visibility == "private"):
        return False  # somebody went who may lead it, or came whom it is to know
    if room["members"] != expected:
        community.looked_at = ctx.now
    community.members = room["members"]
    ctx.session.add(community)
    await ctx.session.flush()
    return True


async def _unlisted(state: State, _code: str, ctx: Context) -> None:
    """The list is refused: each is looked at by itself."""
    for community in await _mine(ctx, state["platform"]):
        await noticing.check(ctx, community, state["slot"])


def _kept(community: Community) -> Kept:
    return Kept(
        community.name,
        community.slug,
        community.shown or community.slug,
        community.visibility == "private",
        community.state == "closed",
        community.missing_at is not None,
    )


async def _forget(_state: State, _platform: Any) -> State:
    return {"rooms": [], "was": {}, "members": [], "profiles": {}}


async def _in_vain(_state: State, _code: str, _ctx: Context) -> None:
    """The next look may see more."""


# ---------------------------------------------------------------- one community


async def _check(state: State, platform: Any) -> State:
    """How its room is now, who of its leads is in it, and when somebody last wrote there."""
    try:
        room = await platform.room(state["room"])
    except NotFound:
        return {"seen": None, "members": [], "profiles": {}, "heard": "", "people": -1}
    inside = room.inside and not room.archived
    members = await platform.members(room.id) if inside else []
    last = await platform.last_spoke(room.id) if inside else None
    return {
        "seen": {
            "name": room.name if room.name != room.id else "",  # a room without a name has not taken another one
            "private": room.private,
            "archived": room.archived,
            "inside": room.inside,
        },
        "members": members if state["private"] else [each for each in state["leads"] if each in members],
        "people": max(0, room.members - 1) if inside else -1,
        "heard": last.isoformat() if last else "",
        "profiles": await _profiles(state, platform),
    }


async def _profiles(state: State, platform: Any) -> dict[str, Any]:
    """Who the leads are; of one whom the bot may not look at, nothing is concluded."""
    found: dict[str, Any] = {}
    for account in state["leads"]:
        try:
            found[account] = (await platform.profile(account)).model_dump(exclude={"email", "fields"})
        except NotFound:
            found[account] = None
        except NotAllowed:
            continue
    return found


async def _checked(state: State, ctx: Context) -> None:
    community = await communities.get(ctx.session, state["community"])
    assert community is not None, "communities are not deleted"
    if community.room != state["room"] or await changes.of_community(
        ctx.session, community.id or 0, *changes.UNDER_WAY
    ):
        return  # it moved, or something is being done to it: next time
    seen = Seen(**state["seen"]) if state["seen"] else None
    kept = _kept(community)
    for what in differences(kept, seen):
        if what == "vanished" and state.get("out"):
            what = "put-out"  # noqa: PLW2901 - a private room cannot be seen from outside
        await noticing.follow(ctx, community, what, seen.name if seen else "")
    if seen is not None and not kept.closed:
        # A name given while it was closed is noticed once it is open.
        community.shown = rules.slugify(seen.name) or community.shown
    await _note(ctx, community, state)
    if state["people"] >= 0:
        await _leads(ctx, community, state)


async def _note(ctx: Context, community: Community, state: State) -> None:
    if state["people"] >= 0:
        community.members = state["people"]
        community.heard_at = datetime.fromisoformat(state["heard"]) if state["heard"] else community.heard_at
    community.looked_at = ctx.now
    ctx.session.add(community)
    await ctx.session.flush()


async def _leads(ctx: Context, community: Community, state: State) -> None:
    """Who leads it and is gone; who is in it and known."""
    for account, known in state["profiles"].items():
        row = await people_rows.account(ctx.session, community.platform, account)
        if row is None:
            continue
        profile = Profile.model_validate(known) if known else Profile(id=account, name=row.name, kind="gone")
        await people.update(ctx.session, community.platform, profile, ctx.now)
        await noticing.person_gone(ctx, row.person_id)
        member = await communities.membership(ctx.session, community.id or 0, row.person_id)
        if account not in state["members"] and member is not None and member.inside_at is not None:
            await heard.away(ctx, community, row.person_id)
    await grant_leads(ctx, community)  # who became one otherwise counts
    for account in state["members"]:
        row = await people_rows.account(ctx.session, community.platform, account)
        if row is not None and row.kind == "member":
            await heard.here(ctx, community, row.person_id)


_DONE = Step("forget", run=_forget)
nudge.sequences[LOOK] = SequenceSpec(LOOK, (Step("rooms", run=coded(_rooms), done=_found), _DONE), _unlisted)
nudge.sequences[noticing.CHECK] = SequenceSpec(
    noticing.CHECK, (Step("look", run=coded(_check), done=_checked), _DONE), _in_vain
)
