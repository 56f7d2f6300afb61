"""How an approved request starts to open: what the steps need to know, written once."""

from __future__ import annotations

from typing import Any

from bot import people
from bot.decide import number_of
from bot.nudge import Context
from storage.communities import Community
from storage.requests import Request

OPEN = "community.open"
ADOPT = "community.adopt"
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
    request = await ctx.session.get(Request, community.request_id)
    assert request is not None
    lead = await people.account_for(ctx.session, request.requester_id, community.platform)
    return {
        "platform": community.platform,
        "request": community.request_id,
        "community": community.id,
        "slug": community.slug,
        "title": community.name,
        "topic": shorten(community.purpose, TOPIC_MAX),
        "private": community.visibility == "private",
        "leads": [lead.external_id] if lead and lead.platform == community.platform else [],
        "room": community.room,
    }


def shorten(text: str, limit: int) -> str:
    """One line of at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def language_of(request: Request) -> str:
    """The language of what is said to everybody in the new community: that of who asked for it."""
    return request.language
