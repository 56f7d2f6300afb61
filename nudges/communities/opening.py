"""How an approved request starts to open: what the steps need to know, written once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot import people
from bot.decide import number_of
from bot.nudge import Context, Role
from storage import communities
from storage import people as people_rows
from storage.communities import Community
from storage.requests import Request

OPEN = "community.open"
ADOPT = "community.adopt"
NO_ROOM = "no_such_room"
"""The code of a room made by hand that is not to be found."""

TOPIC_MAX = 250
"""Characters of a channel's topic on Slack, the shorter of the platforms."""


async def begin(ctx: Context, community: Community, request: Request, kind: str = OPEN) -> None:
    """Start the sequence that opens a community; each attempt is one of its own. kind: `OPEN` or `ADOPT`."""
    community.attempts += 1
    community.state, community.error = "opening", ""
    ctx.session.add(community)
    await ctx.session.flush()
    await ctx.outbox.start(kind, f"opening:{number_of(request)}:{community.attempts}", await _state(ctx, community))


async def _state(ctx: Context, community: Community) -> dict[str, Any]:
    assert community.request_id is not None
    assert community.id is not None
    known = await communities.memberships(ctx.session, community.id)
    leads = [each.person_id for each in known if each.role == "lead"]
    named = [each.person_id for each in known if each.role not in {"lead", "former"}]
    return {
        "platform": community.platform,
        "request": community.request_id,
        "community": community.id,
        "slug": community.slug,
        "title": community.name,
        "topic": shorten(community.purpose, TOPIC_MAX),
        "private": community.visibility == "private",
        "leads": await accounts_of(ctx, community, leads),
        "named": await accounts_of(ctx, community, named),
        "room": community.room,
    }


async def place(state: Mapping[str, Any], ctx: Context) -> tuple[Community, Request]:
    """The community that a sequence opens, and the request that asked for it."""
    community = await communities.get(ctx.session, state["community"])
    request = await ctx.session.get(Request, state["request"])
    assert community is not None, "a community is not deleted while it opens"
    assert request is not None, "nor is its request"
    return community, request


async def grant_leads(ctx: Context, community: Community) -> list[int]:
    """Give the role of a lead to exactly those who lead this community; note since when nobody does."""
    leads = await communities.leads(ctx.session, community.id or 0)
    await people_rows.set_grants(ctx.session, Role.LEAD, f"community:{community.id}", leads)
    community.leaderless_at = None if leads else (community.leaderless_at or ctx.now)
    ctx.session.add(community)
    await ctx.session.flush()
    return leads


async def accounts_of(ctx: Context, community: Community, persons: Sequence[int]) -> list[str]:
    """The accounts of people on the community's platform, by external id; who has none there is left out."""
    found = [await people.account_for(ctx.session, person, community.platform) for person in persons]
    return [each.external_id for each in found if each and each.platform == community.platform]


def shorten(text: str, limit: int) -> str:
    """One line of at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
