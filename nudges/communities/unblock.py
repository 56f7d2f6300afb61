"""What the animators do about an opening that the platform refused: try again, another name, a room made by hand."""

from __future__ import annotations

from bot.chat import Press
from bot.decide import load, number_of, refresh, split_number, trace
from bot.nudge import Answer, Context, Refused
from bot.say import Say, say
from nudges.communities import facts, rules
from nudges.communities.capability import ANIMATORS, nudge
from nudges.communities.forms import name_args
from nudges.communities.opening import ADOPT, OPEN, begin
from nudges.communities.outside import adopting
from nudges.communities.outside import strays as outside
from nudges.communities.process import PROCESS
from storage import communities
from storage.communities import Community
from storage.requests import Request


async def _stuck(ctx: Context, value: str) -> tuple[Community, Request, str]:
    """The community that could not be opened, by its request's number, and what was typed after it."""
    number, words = split_number(value)
    request = await load(ctx, PROCESS, number)
    community = await communities.of_request(ctx.session, number_of(request))
    if community is None:
        raise Refused("community-not-approved", number=str(number_of(request)))
    if not await communities.move(ctx.session, community, "blocked", state="opening", error=""):
        raise Refused(
            f"community-not-stuck-{'opening' if community.state == 'opening' else 'open'}", name=community.name
        )
    return community, request, words


async def _go_on(ctx: Context, community: Community, request: Request, kind: str, action: str) -> Say:
    await trace(ctx, PROCESS, request, action, "blocked", "opening")
    await begin(ctx, community, request, kind)
    await refresh(ctx, PROCESS, request)
    return say("community-again", name=community.name)


@nudge.choice("community.retry", by=ANIMATORS, aliases=["communaute reessayer"])
async def retry(event: Press, ctx: Context) -> Answer:
    """Try once more what the platform refused."""
    community, request, _ = await _stuck(ctx, event.value)
    return await _go_on(ctx, community, request, OPEN, "retry")


@nudge.choice("community.adopt", by=ANIMATORS, aliases=["communaute adopter"])
async def adopt(event: Press, ctx: Context) -> Answer:
    """Take over the room that an animator created by hand for a request, or one that lives outside."""
    if await outside.meant(ctx, event.value) is not None or split_number(event.value)[0] is None:
        return await adopting.ask(event, ctx)
    community, request, _ = await _stuck(ctx, event.value)
    return await _go_on(ctx, community, request, ADOPT, "adopt")


@nudge.choice("community.name", by=ANIMATORS, aliases=["communaute nommer"])
async def rename(event: Press, ctx: Context) -> Answer:
    """Open it under another name, the first being taken on the platform."""
    community, request, words = await _stuck(ctx, event.value)
    land = await facts.landscape(ctx.session)
    verdict = rules.judge_name(words, facts.slugs(land, but=request.id), ctx.settings, community.purpose, land.former)
    if verdict.code:
        raise Refused(f"community-name-{verdict.code}", **name_args(words, verdict, ctx.settings))
    community.name, community.slug = rules.tidy(words), rules.slugify(words)
    ctx.session.add(community)
    return await _go_on(ctx, community, request, OPEN, "name")
