"""Who asks to be let into a community: whoever looks after it hears of it, and lets them in with one press."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot import people
from bot.chat import Knocked, Press
from bot.nudge import Answer, Context, Refused, SequenceSpec, Step, To
from bot.say import Pick, say
from nudges.communities.capability import nudge
from nudges.communities.life import rights
from nudges.communities.life.telling import tell_animators, to_person
from storage import communities
from storage.communities import Community


@nudge.hears(Knocked)
async def knocked(event: Knocked, ctx: Context) -> Answer:
    """Somebody knocks; strangers knock in vain."""
    community = await communities.in_room(ctx.session, event.platform, event.room)
    if community is None or community.state not in rights.OPEN or ctx.who is None or not ctx.who.roles:
        return None
    pick = Pick(label="knock-admit", action="community.admit", value=f"{community.id} {event.by}", style="primary")
    told = say("knock-asks", pick, who=ctx.who.name, account=event.by, name=community.name)
    named = f"knock:{community.id}:{event.key}"
    leads = await communities.leads(ctx.session, community.id or 0)
    for lead in leads:
        await ctx.outbox.tell(to_person(lead, community), told, name=f"{named}:{lead}", kind="decision")
    if not leads:
        await tell_animators(ctx, told, named)
    return None


@nudge.choice("community.admit")
async def admit(event: Press, ctx: Context) -> Answer:
    """Let them in: a lead may, and an animator."""
    number, _, account = event.value.strip().partition(" ")
    found = await communities.get(ctx.session, int(number)) if number.isdecimal() and len(number) < 10 else None
    who = await people.known(ctx.session, found.platform, account.strip()) if found else None
    if found is None or who is None or not who.roles:  # nobody is let in who has no part in the organisation
        raise Refused("knock-unknown")
    await rights.entitled(ctx, found)
    state = {
        "platform": found.platform,
        "community": found.id,
        "room": found.room,
        "account": account.strip(),
        "by": ctx.actor.person,
        "on": event.platform,
        "key": event.key,
    }
    await ctx.outbox.start("community.admit", f"admit:{found.id}:{event.platform}:{event.key}", state)
    return None


async def _let_in(state: Mapping[str, Any], platform: Any) -> Mapping[str, Any]:
    refused = await platform.invite(state["room"], [state["account"]])
    return {"refused": refused.get(state["account"], "")}


async def _done(state: Mapping[str, Any], ctx: Context) -> None:
    await _told(state, ctx, "knock-refused" if state.get("refused") else "knock-admitted")


async def _refused(state: Mapping[str, Any], _code: str, ctx: Context) -> None:
    await _told(state, ctx, "knock-refused")


async def _told(state: Mapping[str, Any], ctx: Context, line: str) -> None:
    community = await communities.get(ctx.session, state["community"])
    assert isinstance(community, Community)
    await ctx.outbox.tell(
        To(person=state["by"], platform=state["on"]),
        say(line, name=community.name, account=state["account"]),
        name=f"admitted:{state['community']}:{state['key']}",
        kind="answer",
    )


nudge.sequences["community.admit"] = SequenceSpec(
    "community.admit", (Step("let-in", run=_let_in, done=_done),), _refused
)
