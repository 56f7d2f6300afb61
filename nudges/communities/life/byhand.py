"""What the platform keeps to its admins: done by hand, then one press has the bot look and go on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.chat import NotFound, Press
from bot.nudge import EVERYONE, Answer, Context, Refused, SequenceSpec, Step
from bot.say import Line, Pick, Say, say
from nudges.communities.capability import nudge
from nudges.communities.life import changes as life
from nudges.communities.life import rights
from nudges.communities.life.closing import RESTORE, members_before
from nudges.communities.life.rename import renamed
from nudges.communities.life.telling import to_person
from nudges.communities.open import coded
from nudges.communities.rules import slugify
from storage import changes, communities
from storage.changes import Change, detail_of, note
from storage.communities import Community

VERIFY = "community.verify"


@nudge.choice("community.done", by=EVERYONE, aliases=["communaute fait"])
async def done(event: Press, ctx: Context) -> Answer:
    """Somebody did by hand what the bot may not: look, and go on."""
    change, community = await life.load(ctx, event.value)
    if not await rights.may_change(ctx.session, ctx.actor, community):
        raise Refused("life-not-yours", name=community.name)
    if change.state not in {"stuck", "undo-stuck"}:
        raise Refused("life-not-stuck", name=community.name)
    await look(ctx, community, change, asker=ctx.actor.person)
    return say("life-looking", name=community.name) if not event.direct else None


async def look(ctx: Context, community: Community, change: Change, asker: int = 0) -> None:
    """Look whether it was done by hand. asker: who says so, and hears when it was not."""
    hides = _closes(change) and community.visibility == "private"
    await life.start(ctx, community, change, VERIFY, asker=asker, hides=hides)


def _closes(change: Change) -> bool:
    """Whether what is to be done by hand is archiving the room."""
    return change.kind != "rename" and (change.kind == "reopen") == (change.state == "undo-stuck")


@nudge.choice("community.give-up", by=EVERYONE, aliases=["communaute renoncer"])
async def give_up(event: Press, ctx: Context) -> Answer:
    """It is not done after all, or not undone: the community stays as it was, or as it is."""
    change, community = await life.load(ctx, event.value)
    if change.person_id != ctx.actor.person:
        await rights.entitled(ctx, community)
    undo = change.state == "undo-stuck"
    if not await leave(ctx, change, community, "undo-cancelled" if undo else "cancelled"):
        raise Refused("life-not-stuck", name=community.name)
    return say("life-undo-given-up" if undo else "life-given-up", name=community.name)


async def leave(ctx: Context, change: Change, community: Community, how: str) -> bool:
    """Wait no longer for what is done by hand; say whether it was waited for. how: what the trail calls it."""
    undo = change.state == "undo-stuck"
    left = {"state": "done" if undo else "cancelled", "error": ""}
    if not await changes.move(ctx.session, change, "undo-stuck" if undo else "stuck", **left):
        return False
    if community.state == "closing":
        # Closed again by undoing a reopening, it was open until then.
        community.state = "active" if undo else str(detail_of(change).get("before") or "active")
        ctx.session.add(community)
        await ctx.session.flush()
    await life.trace(ctx, community, change, how)
    return True


async def expire(ctx: Context) -> None:
    """What is to be done by hand is waited for two weeks; what is to be undone, no longer than it could be undone."""
    for change in await changes.in_states(ctx.session, "stuck", "undo-stuck"):
        community = await communities.get(ctx.session, change.community_id)
        undo = change.state == "undo-stuck"
        until = change.undo_until if undo else change.created_at + life.WAITS
        if community is None or until is None or ctx.now < until:
            continue
        how = "undo-expired" if undo else "expired"
        if await leave(ctx, change, community, how):
            told = Say(lines=(Line(id=f"life-{how}", args=life.args_of(community, change)),))
            await life.spread(ctx, change, community, told, how)


async def _look(state: Mapping[str, Any], platform: Any) -> Mapping[str, Any]:
    try:
        room = await platform.room(state["room"])
    except NotFound:
        if not state["hides"]:
            raise
        return {"seen": "", "archived": True}  # archived, a private room may be out of the bot's sight
    return {"seen": room.name, "archived": room.archived}


async def _seen(state: Mapping[str, Any], ctx: Context) -> None:
    change, community = await life.place(ctx, state)
    if change.state not in {"stuck", "undo-stuck"}:
        return
    undo = change.state == "undo-stuck"
    if change.kind == "rename":
        await _renamed(state, ctx, change, community, undo=undo)
    elif not _closes(change):
        await _reopened(state, ctx, change, community)
    elif state["archived"]:
        note(change, by_hand=True)
        await changes.move(ctx.session, change, change.state, state="undoing" if undo else "running")
        verb = life.VERBS[change.kind]
        await (verb.back if undo else verb.begin)(ctx, community, change)
    else:
        await _not_yet(state, ctx, change, community)


async def _renamed(state: Mapping[str, Any], ctx: Context, change: Change, community: Community, *, undo: bool) -> None:
    detail = detail_of(change)
    slug, title = (detail["old_slug"], detail["old"]) if undo else (detail["slug"], detail["name"])
    if slugify(state["seen"]) in {slug, slugify(title)}:
        await renamed({**state, "slug": slug, "title": title}, ctx)
    else:
        await _not_yet(state, ctx, change, community)


async def _reopened(state: Mapping[str, Any], ctx: Context, change: Change, community: Community) -> None:
    if state["archived"]:
        await _not_yet(state, ctx, change, community)
        return
    going = "undoing" if change.state == "undo-stuck" else "running"
    await changes.move(ctx.session, change, change.state, state=going)
    inside = await members_before(ctx, community)
    await life.start(ctx, community, change, RESTORE, members=inside)


async def _not_yet(state: Mapping[str, Any], ctx: Context, change: Change, community: Community) -> None:
    if not state["asker"]:
        return
    again = Pick(label="life-done-by-hand", action="community.done", value=str(change.id), style="primary")
    told = Say(lines=(Line(id="life-not-yet", args={"name": community.name}),), choices=(again,))
    await ctx.outbox.tell(
        to_person(state["asker"], community), told, name=f"life:{change.id}:not-yet:{change.tries}", kind="answer"
    )


async def _unseen(state: Mapping[str, Any], _code: str, ctx: Context) -> None:
    change, community = await life.place(ctx, state)
    await _not_yet(state, ctx, change, community)


nudge.sequences[VERIFY] = SequenceSpec(VERIFY, (Step("look", run=coded(_look), done=_seen),), _unseen)
