"""What leaders post of an announcement in their own name: known by its words, or pointed at; people ask below it.

A message is read, compared and forgotten. Only rooms of those whom it is for, and public ones, are looked at.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.chat import Command, PlatformError, Spoke, plain
from bot.nudge import Answer, Context, Refused, Role, SequenceSpec, Step
from bot.say import say
from nudges.launch import audience
from nudges.launch.capability import nudge
from nudges.launch.voice import rules
from nudges.launch.voice.offers import Asked, ask_author
from storage import communities, launch, sequences
from storage import voice as rows
from storage.communities import OPENED
from storage.launch import Announcement

POST = "launch.post"
"""The sequence that looks whether a message is what a leader was to post."""
POSTED_WITHIN = timedelta(days=2)
"""How long after its time a leader's own post is looked for."""


# ---------------------------------------------------------------- where


async def _may_stand(ctx: Context, made: Announcement, platform: str, room: str) -> bool:
    """Whether a leader's own post is looked for in a room: one of those whom it is for, or a public one."""
    community = await communities.in_room(ctx.session, platform, room)
    if community is None or community.state not in OPENED:
        return False
    kept = audience.kept(made.audience)
    return community.visibility == "public" or (kept is not None and community.id in kept.whom.communities)


async def _own(ctx: Context, person: int, platform: str, room: str, at: datetime) -> list[Announcement]:
    """Announcements that somebody was to post by then, and may post in that room."""
    every = await rows.posted(ctx.session, ctx.now - POSTED_WITHIN)
    theirs = [each for each in every if each.speaker_id == person and each.begun_at and each.begun_at <= at]
    return [each for each in theirs if await _may_stand(ctx, each, platform, room)]


# ---------------------------------------------------------------- known by its words


async def notice(ctx: Context, said: Sequence[tuple[Spoke, int]]) -> None:
    """Have a message looked at that may be what a leader was to post. said: what began no thread, and by whom."""
    speakers = {each.speaker_id for each in await rows.posted(ctx.session, ctx.now - POSTED_WITHIN)}
    for event, person in said:
        if person not in speakers:
            continue
        places = await rows.places(ctx.session, {(event.platform, event.room)})
        known = {each.announcement_id for each in places}
        own = await _own(ctx, person, event.platform, event.room, event.at)
        texts = {str(each.id): await _words(ctx, each) for each in own if each.id not in known}
        if texts:
            state = {
                "platform": event.platform, "room": event.room, "message": event.message, "by": event.by, "texts": texts
            }  # fmt: skip
            await ctx.outbox.start(POST, _name(event.platform, event.room, event.message), state)


async def _words(ctx: Context, made: Announcement) -> list[str]:
    found = await launch.get(ctx.session, made.id or 0)
    return [found[1].text, f"{found[1].title}\n{found[1].text}"] if found else []


def _name(platform: str, room: str, message: str) -> str:
    return f"question:post:{platform}:{room}:{message}"


async def below(ctx: Context, asked: Asked) -> None:
    """Somebody asks below a message that is being looked at: they are made an offer once it is known what it is."""
    looked = await sequences.named(ctx.session, _name(asked.platform, asked.room, asked.thread))
    if looked is None or looked.phase != "running":
        return
    more = {"asker": asked.person, "asked": asked.message, "at": asked.at.isoformat()}
    name = f"question:below:{asked.platform}:{asked.room}:{asked.message}"
    await ctx.outbox.start(POST, name, {**json.loads(looked.state), **more})


async def _compare(state: Mapping[str, Any], platform: Any) -> Mapping[str, Any]:
    written = await platform.read(state["room"], state["message"])
    said = plain(written.rich) if written.by == state["by"] else ""
    return {"about": rules.which(said, state["texts"])}


async def _compared(state: Mapping[str, Any], ctx: Context) -> None:
    """It is what they were to post, or it is forgotten."""
    platform, room, message = state["platform"], state["room"], state["message"]
    if state["about"]:
        await rows.place(ctx.session, platform, room, message, int(state["about"]), ctx.now)
    for each in await rows.places(ctx.session, {(platform, room)}) if "asker" in state else ():
        if each.message == message:
            at = datetime.fromisoformat(state["at"])
            asked = Asked(state["asker"], platform, room, state["asked"], message, at)
            await ask_author(ctx, asked, each.announcement_id)


async def _unread(_state: Mapping[str, Any], _code: str, _ctx: Context) -> None:
    """It was removed, or the bot may not see it: nobody asks below it."""


nudge.sequences[POST] = SequenceSpec(POST, (Step("look", _compare, _compared),), _unread)


# ---------------------------------------------------------------- pointed at


@nudge.command("ask here", by=frozenset({Role.LEADER}), aliases=["demander ici"], shortcut="message", reads=True)
async def here(event: Command, ctx: Context) -> Answer:
    """A leader says that this message of theirs is an announcement, in whatever words: people may ask below it."""
    written = ctx.written
    if written is None or isinstance(written, PlatformError):
        raise Refused("question-here-how")
    if written.by != event.by:
        raise Refused("question-here-whose")
    own = await _own(ctx, ctx.actor.person, event.platform, event.room, ctx.now)
    number = event.text.strip()
    meant = [each for each in own if str(each.id) == number] if number else own
    if len(meant) > 1:
        raise Refused("question-here-which", numbers=", ".join(str(each.id) for each in meant))
    if not meant:
        raise Refused("question-here-none")
    about = meant[0].id or 0
    await rows.point(ctx.session, event.platform, event.room, written.thread, about, ctx.now)
    found = await launch.get(ctx.session, about)
    return say("question-here", title=found[1].title if found else "")
