"""The second lead: asked at the opening, nothing to the community until they accept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot import people
from bot.chat import Press
from bot.decide import name, split_number, trace
from bot.nudge import Answer, Context, Refused, Role, SequenceSpec, Step, To
from bot.say import say
from nudges.communities.capability import nudge
from nudges.communities.open import coded, let_in
from nudges.communities.process import PROCESS
from storage import communities
from storage import people as people_rows
from storage.communities import Community, Membership
from storage.requests import Request


async def _asked(ctx: Context, value: str) -> tuple[Community, Membership]:
    number, _ = split_number(value)
    community = await communities.get(ctx.session, number) if number else None
    member = await communities.membership(ctx.session, number, ctx.actor.person) if community and number else None
    if community is None or member is None or member.role not in {"second", "lead"}:
        raise Refused("community-second-not-asked")
    if member.accepted_at or member.declined_at or member.role == "lead":
        raise Refused("community-second-answered", name=community.name)
    return community, member


@nudge.choice("community.accept", aliases=["communaute accepter"])
async def accept(event: Press, ctx: Context) -> Answer:
    """The second lead accepts: let in, with what a lead needs."""
    community, member = await _asked(ctx, event.value)
    member.role, member.accepted_at = "lead", ctx.now
    ctx.session.add(member)
    await ctx.session.flush()
    leads = [
        each.person_id for each in await communities.memberships(ctx.session, community.id or 0) if each.role == "lead"
    ]
    await people_rows.set_grants(ctx.session, Role.LEAD, f"community:{community.id}", leads)
    await _trace(ctx, community, "accept")
    await _let_in(ctx, community)
    await _tell_lead(ctx, community, "community-second-accepted", member.person_id)
    return say("community-second-welcome", name=community.name)


async def _trace(ctx: Context, community: Community, action: str) -> None:
    request = await ctx.session.get(Request, community.request_id)
    assert request is not None
    await trace(ctx, PROCESS, request, f"second-{action}", "asked", action)


async def _let_in(ctx: Context, community: Community) -> None:
    account = await people.account_for(ctx.session, ctx.actor.person, community.platform)
    if account is None or account.platform != community.platform:
        raise Refused("community-elsewhere", name=community.name)
    state = {
        "platform": community.platform,
        "community": community.id,
        "person": ctx.actor.person,
        "room": community.room,
        "leads": [account.external_id],
    }
    await ctx.outbox.start("community.second", f"second:{community.id}:{ctx.actor.person}", state)


@nudge.choice("community.decline", aliases=["communaute decliner"])
async def decline(event: Press, ctx: Context) -> Answer:
    """The second lead would rather not."""
    community, member = await _asked(ctx, event.value)
    member.declined_at = ctx.now
    ctx.session.add(member)
    await ctx.session.flush()
    await _trace(ctx, community, "decline")
    await _tell_lead(ctx, community, "community-second-declined", member.person_id)
    return say("community-second-thanks", name=community.name)


async def _tell_lead(ctx: Context, community: Community, line: str, person: int) -> None:
    request = await ctx.session.get(Request, community.request_id)
    assert request is not None
    await ctx.outbox.tell(
        To(person=request.requester_id, platform=community.platform),
        say(line, who=await name(ctx, person), name=community.name),
        name=f"second:{community.id}:{person}:answer",
        kind="decision",
    )


async def _second_refused(state: Mapping[str, Any], _code: str, ctx: Context) -> None:
    community = await communities.get(ctx.session, state["community"])
    assert community is not None
    await ctx.outbox.tell(
        To(person=state["person"], platform=state["platform"]),
        say("community-join-failed", name=community.name),
        name=f"second:{community.id}:{state['person']}:failed",
        kind="decision",
    )


nudge.sequences["community.second"] = SequenceSpec(
    "community.second", (Step("let-in", run=coded(let_in)),), _second_refused
)
