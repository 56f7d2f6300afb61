"""Where each is answered about themselves: members as always, others in a conversation with the bot alone."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete
from sqlmodel import col

from bot import people
from bot.chat import Command, Press
from bot.nudge import Answer, Context, Handler, Priority, Refused, SequenceSpec, Step, To
from bot.say import Pick, Say, say
from storage.outbox import Running
from storage.retention import UNTRACED

ROOM = "desk.room"


def alone(handler: Handler) -> Handler:
    """The handler, as it is for anyone: who is no member is answered in their direct room, and elsewhere led there."""

    async def answered(event: Command | Press, ctx: Context) -> Answer:
        if ctx.actor.roles:
            return await handler(event, ctx)
        if await people.roles(ctx.session, ctx.actor.person):
            raise Refused("desk-other-account")  # a guest's account opens nothing of its person's others
        if event.direct:
            return await handler(event, ctx)
        who = {"platform": ctx.actor.platform, "account": ctx.actor.external, "language": ctx.actor.language}
        name = f"{ROOM}:{ctx.actor.account}:{ctx.now:%Y-%m-%d}"
        await ctx.outbox.start(ROOM, name, {**who, "name": name})
        return say("desk-there")

    return answered


async def tell(event: Command | Press, ctx: Context, said: Say, name: str) -> None:
    """Tell something to who acts, by themselves. name: of the promise, to a member."""
    if ctx.actor.roles:
        to, language = To(person=ctx.actor.person, platform=ctx.actor.platform), ""
    else:
        to, language = To(room=event.room, platform=event.platform), ctx.actor.language
        name = f"{UNTRACED}{secrets.token_hex(8)}"
    await ctx.outbox.tell(to, said, name=name, kind="answer", priority=Priority.ANSWER, language=language)


async def _enter(state: Mapping[str, Any], platform: Any) -> Mapping[str, Any]:
    return {"room": await platform.direct(state["account"])}


async def _said(state: Mapping[str, Any], ctx: Context) -> None:
    offered = ("export", "object", "erase")
    picks = [Pick(label=f"command-parvis-{each}", action=f"parvis.{each}") for each in offered]
    await ctx.outbox.tell(
        To(room=state["room"], platform=state["platform"]),
        say("desk-here", *picks),
        name=f"{UNTRACED}{secrets.token_hex(8)}",
        kind="answer",
        priority=Priority.ANSWER,
        language=state["language"],
    )


async def _refused(state: Mapping[str, Any], _code: str, ctx: Context) -> None:
    """The platform lets the two not talk by themselves: nothing of it is kept."""
    await ctx.session.exec(delete(Running).where(col(Running.name) == state["name"]))


SEQUENCE = SequenceSpec(ROOM, (Step("enter", run=_enter, done=_said),), _refused)
