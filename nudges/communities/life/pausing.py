"""Pausing a community until a day: nothing optional is sent for it until then. Nothing changes on the platform."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.calendar import read_day
from bot.nudge import Asking, Context, Refused
from bot.say import Line, say
from nudges.communities import rules
from nudges.communities.card import day
from nudges.communities.life import changes as life
from nudges.communities.life.telling import to_person
from storage import communities
from storage.changes import Change, detail_of
from storage.communities import Community

LONGEST = 12
"""Months of the longest pause."""


def is_paused(community: Community, today: date) -> bool:
    """Whether nothing optional is to be sent for a community."""
    return community.paused_until is not None and today < community.paused_until


async def _read(ctx: Context | Asking, community: Community, words: str) -> dict[str, Any]:
    """Until when. Raises Refused: no day, a day that is past, or one too far away."""
    until, today = read_day(words), ctx.calendar.today(ctx.now)
    if until is None or not today < until <= rules.months_later(today, LONGEST):
        raise Refused("life-pause-wrong", example=rules.months_later(today, 2).isoformat())
    before = community.paused_until.isoformat() if community.paused_until else ""
    return {"until": until.isoformat(), "old_until": before, "old": community.name}


async def _lines(_ctx: Context, _community: Community, change: Change) -> list[Line]:
    until = day(detail_of(change)["until"])
    return [Line(id="life-pause-what", kind="item", args={"day": until}), Line(id="life-pause-open", kind="item")]


async def _begin(ctx: Context, community: Community, change: Change) -> None:
    detail = detail_of(change)
    until = str(detail["old_until"] if change.state == "undoing" else detail["until"])
    community.paused_until = date.fromisoformat(until) if until else None
    ctx.session.add(community)
    line = [] if change.state == "undoing" else [Line(id="life-paused-until", args={"day": day(until)})]
    await life.finish(ctx, change, community, *line)


async def end(ctx: Context) -> None:
    """Pauses end on their day; those who lead the community hear of it."""
    today = ctx.calendar.today(ctx.now)
    for community in await communities.paused(ctx.session):
        if is_paused(community, today) or community.paused_until is None:
            continue
        over = community.paused_until.isoformat()
        community.paused_until = None
        ctx.session.add(community)
        for lead in await communities.leads(ctx.session, community.id or 0):
            told = say("life-pause-over", name=community.name)
            name = f"life:{community.id}:pause:{over}:{lead}"
            await ctx.outbox.tell(to_person(lead, community), told, name=name, kind="decision")


life.VERBS["pause"] = life.Verb("pause", _read, _lines, _begin, _begin, question="until")
