"""Entering again a room that the bot was put out of, or could not find."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.chat import Press
from bot.nudge import Answer, Context, Refused, SequenceSpec, Step, To
from bot.say import Pick, say
from nudges.communities.capability import ANIMATORS, nudge
from nudges.communities.life import rights
from nudges.communities.open import coded
from nudges.communities.outside import noticing
from storage import communities

State = Mapping[str, Any]


@nudge.choice("community.enter-again", by=ANIMATORS, aliases=["communaute rentrer"])
async def enter_again(event: Press, ctx: Context) -> Answer:
    """The bot tries to be where it was."""
    community = await noticing.missing(ctx, event.value)
    if community.state not in rights.OPEN:
        raise Refused("life-not-open", name=community.name)
    await noticing.enter(ctx, community, f"{event.platform}:{event.key}", by=ctx.actor.person)
    return say("outside-entering", name=community.name)


async def _enter(state: State, platform: Any) -> State:
    return {"room": (await platform.adopt(state["room"])).id}


async def _entered(state: State, ctx: Context) -> None:
    community = await communities.get(ctx.session, state["community"])
    if community is not None and community.room == state["room"]:
        await noticing.follow(ctx, community, "found")


async def _refused(state: State, code: str, ctx: Context) -> None:
    """The bot may not enter: who wanted it hears what to do by hand; where nobody did, the next look tells."""
    if not state["by"]:
        return
    community = await communities.get(ctx.session, state["community"])
    assert community is not None, "communities are not deleted"
    again = Pick(label="outside-enter-again", action="community.enter-again", value=str(community.id))
    known = "closed" if code.startswith("not-allowed") else "gone" if code.startswith("not-found") else "failed"
    await ctx.outbox.tell(
        To(person=state["by"], platform=community.platform),
        say(f"strays-{known}", again, name=community.name),
        name=f"{state['key']}:refused",
        kind="answer",
    )


nudge.sequences[noticing.RETURN] = SequenceSpec(
    noticing.RETURN, (Step("enter", run=coded(_enter), done=_entered),), _refused
)
