"""A question that is asked under an announcement: its author alone is offered to have it sent to the leader's office.

Once they pressed, the message is read once more, where it stands, by a step of a sequence.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import people
from bot.chat import Command, Press, Spoke, plain
from bot.nudge import (
    Adding,
    Answer,
    Context,
    Overheard,
    Priority,
    Refused,
    SequenceSpec,
    Step,
    To,
    in_thread_of,
)
from bot.say import Line, Pick, Say, say
from nudges.launch.capability import nudge
from nudges.launch.voice import office, posts, rules
from nudges.launch.voice.asking import keep, unfit
from nudges.launch.voice.offers import OFFER, Asked, Where, ask_author, may_ask, offer, read_where
from storage import launch, launching, outbox, pulse, wishes
from storage import people as people_rows
from storage import voice as rows
from storage.voice import Question

READ = "launch.question"
"""The sequence that reads a message whose author pressed."""


# ---------------------------------------------------------------- offering


async def replied(event: Command, ctx: Context, said: Any) -> Answer:
    """Somebody answers, in their direct room, something that the bot said there. said: the `storage.outbox.Promise`.

    None: that was no announcement, or it is no question.
    """
    about = launching.number_of(said.batch)
    if about is None or not rules.is_question(event.text) or not event.message:
        return None
    found = await launch.get(ctx.session, about)
    if found is None or not await may_ask(ctx, found[0], ctx.actor.person):
        return None
    where = Where(about, event.room, event.message, event.in_reply_to, direct=True)
    return await offer(ctx, where, *found)


async def _where_asked(session: AsyncSession, rooms: Collection[tuple[str, str]]) -> Collection[tuple[str, str]]:
    """Rooms with a message under which leaders are asked; and those in which one may be about to post theirs."""
    found = {(each.platform, each.room) for each in await rows.places(session, rooms)}
    return found | set(await pulse.rooms(session, rooms)) if await rows.own_posts(session) else found


async def heard(done: Sequence[Overheard], ctx: Context) -> None:
    """What leaders post themselves is looked at; who asks below it is made an offer."""
    said = [(each.event, each.person) for each in done if isinstance(each.event, Spoke) and each.event.message]
    await posts.notice(ctx, [(event, person) for event, person in said if not event.thread])
    places = await rows.places(ctx.session, {(event.platform, event.room) for event, _ in said})
    about = {(each.platform, each.room, each.message): each.announcement_id for each in places}
    for event, person in said:
        if not event.question or not event.thread:
            continue
        asked = Asked(person, event.platform, event.room, event.message, event.thread, event.at)
        number = about.get((event.platform, event.room, event.thread))
        if number is not None:
            await ask_author(ctx, asked, number)
        else:
            await posts.below(ctx, asked)


@nudge.choice("ask.no", aliases=["demander non"])
async def no(_event: Press, _ctx: Context) -> Answer:
    """It stays where it is."""
    return say("question-offer-kept-none")


@nudge.choice("ask.never", aliases=["demander jamais"])
async def never(_event: Press, ctx: Context) -> Answer:
    """No such offer any more."""
    await wishes.say(ctx.session, ctx.actor.person, OFFER, ctx.now, stopped_at=ctx.now)
    return say("question-offer-stopped")


# ---------------------------------------------------------------- pressed


@nudge.choice("ask.pass", aliases=["demander porter"])
async def carry(event: Press, ctx: Context) -> Answer:
    """Its author sends it: from here on it may be read."""
    read = read_where(event.value)
    found = await launch.get(ctx.session, read[1].about) if read else None
    if read is None or found is None:
        raise Refused("question-offer-over")
    named, where = read
    leader = await people.current(ctx.session, found[0].speaker_id)
    if leader == ctx.actor.person:
        raise Refused("question-oneself")
    if not await office.is_leader(ctx, leader):
        raise Refused("question-no-leader")
    state = {
        "platform": event.platform, "by": event.by, "person": ctx.actor.person, "leader": leader,
        "named": named, "about": where.about, "room": where.room, "message": where.message, "thread": where.thread,
        "direct": where.direct, "key": secrets.token_hex(8),
    }  # fmt: skip
    await ctx.outbox.start(READ, f"question:{event.platform}:{where.room}:{where.message}:{ctx.actor.person}", state)
    return say("question-passing")


async def _read(state: Mapping[str, Any], platform: Any) -> Mapping[str, Any]:
    written = await platform.read(state["room"], state["message"])
    if written.by != state["by"]:  # who types where a message stands may not have another one's carried
        return {"text": "", "theirs": False, "mentions": []}
    return {"text": plain(written.rich).strip(), "theirs": True, "mentions": list(written.named)}


async def _kept(state: Mapping[str, Any], ctx: Context) -> None:
    """It was read: it is a question like any other, asked where it stands."""
    for line in unfit({"text": state["text"]}).values() if state["theirs"] else (Line(id="question-offer-over"),):
        await _tell(state, ctx, Say(lines=(line,), choices=(_write(),)))
        return
    person = await people.current(ctx.session, state["person"])
    thread = in_thread_of(state["thread"])
    if state["direct"]:
        said = await outbox.said_to(ctx.session, person, state["thread"])
        thread = said.name if said is not None else ""
    made = Question(
        asker_id=person, leader_id=state["leader"], named=state["named"], text=await _with_names(ctx, state),
        announcement_id=state["about"], platform=state["platform"], room="" if state["direct"] else state["room"],
        thread=thread, asked_at=ctx.now,
    )  # fmt: skip
    try:
        answer = await keep(ctx, made)
    except Refused as refused:
        answer = Say(lines=(refused.line,))
    await _tell(state, ctx, answer)


async def _with_names(ctx: Context, state: Mapping[str, Any]) -> str:
    """The words, with people's names where the message holds accounts."""
    text: str = state["text"]
    for external in state["mentions"]:
        account = await people_rows.account(ctx.session, state["platform"], external)
        if account is not None:
            text = text.replace(f"@{external}", await people.name(ctx.session, account.person_id))
    return text


async def _refused(state: Mapping[str, Any], _code: str, ctx: Context) -> None:
    """It cannot be read: it was removed, or the bot may not see it."""
    await _tell(state, ctx, Say(lines=(Line(id="question-unread"),), choices=(_write(),)))


def _write() -> Pick:
    return Pick(label="question-write", action="ask")


async def _tell(state: Mapping[str, Any], ctx: Context, words: Say) -> None:
    person = await people.current(ctx.session, state["person"])
    to = To(person=person, platform=state["platform"])
    await ctx.outbox.tell(to, words, name=f"answer:{state['key']}", kind="answer", priority=Priority.ANSWER)


nudge.sequences[READ] = SequenceSpec(READ, (Step("read", _read, _kept),), _refused)
nudge.adding.append(Adding(frozenset({Spoke}), _where_asked, heard))
nudge.replied = replied
