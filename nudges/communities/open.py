"""Opening a community: one thing at a time, each of which may be done again without harm, and ways on when refused.

The room is created, gets its topic and its charter, its lead is let in; the second lead is asked to accept, those
invited are asked; then it is in the directory and who asked is told. Nobody is added to anything.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.chat import NameTaken, NewRoom, NotAllowed, NotFound, PlatformError, RateLimited, Unreachable
from bot.decide import fields_of, name, note_on_cards, refresh, refresh_waiting, trace
from bot.nudge import Context, SequenceSpec, Step, To
from bot.say import Line, Names, Pick, Say, plain
from nudges.communities import rules
from nudges.communities.capability import nudge
from nudges.communities.card import day
from nudges.communities.invited import forget, invite_all, is_there, last_called, meet, met, not_told, second, waiting
from nudges.communities.opening import ADOPT, NO_ROOM, OPEN, grant_leads, place
from nudges.communities.process import PROCESS
from storage import communities
from storage.communities import Community
from storage.requests import Request

State = Mapping[str, Any]
Run = Callable[[State, Any], Awaitable[Mapping[str, Any]]]
_CODES = {NameTaken: "taken", NotAllowed: "not-allowed", NotFound: "not-found"}


def coded(run: Run) -> Run:
    """Let a refusal say which of the ways on it has: "taken:M_ROOM_IN_USE"; what passes by itself goes as it is."""

    async def coded(state: State, platform: Any) -> Mapping[str, Any]:
        try:
            return await run(state, platform)
        except (RateLimited, Unreachable):
            raise
        except PlatformError as error:
            raise type(error)(f"{_CODES.get(type(error), 'failed')}:{error.reason}") from error

    return coded


# ---------------------------------------------------------------- steps


async def _create(state: State, platform: Any) -> Mapping[str, Any]:
    if state["room"]:  # of a former attempt, refused further on
        return {}
    new = NewRoom(slug=state["slug"], title=state["title"], topic=state["topic"], private=state["private"])
    return {"room": await platform.create(new, name=f"opening:{state['request']}:create")}


async def _find(state: State, platform: Any) -> Mapping[str, Any]:
    """The room that somebody created by hand for this: the bot enters it. A public room is none for a private one."""
    if state["room"]:
        return {}
    async for room in platform.rooms():
        fits = not room.archived and room.private == state["private"]
        if fits and state["slug"] in {room.name, rules.slugify(room.name)}:
            return {"room": (await platform.adopt(room.id)).id}
    raise NotFound(NO_ROOM)


async def _topic(state: State, platform: Any) -> Mapping[str, Any]:
    try:
        await platform.topic(state["room"], state["topic"])
    except NotAllowed:  # a room made by hand, where the bot was given no rights: open all the same
        return {"powerless": True}
    return {}


async def let_in(state: State, platform: Any) -> Mapping[str, Any]:
    """Who asked is let in, and given what a lead needs. One who left the platform meanwhile is reported, not fatal."""
    refused = await platform.invite(state["room"], state["leads"])
    present = [each for each in state["leads"] if each not in refused]
    try:
        if present:
            await platform.lead(state["room"], present)
    except NotAllowed:
        return {"refused": refused, "powerless": True}
    return {"refused": refused}


async def _created(state: State, ctx: Context) -> None:
    community, _ = await place(state, ctx)
    community.room = state["room"]
    ctx.session.add(community)


async def _charter(state: State, ctx: Context) -> None:
    """Say in the room what it is for, and pin it.

    Several people read it, so it is in the room's language: the one that the request names, else the organisation's.
    That of whoever asked says nothing of who will come.
    """
    community, request = await place(state, ctx)
    language = community.language or ctx.language
    room = To(room=state["room"], platform=state["platform"])
    promise = f"opening:{state['request']}:charter"
    told = await _charter_of(ctx, community, request, language)
    await ctx.outbox.tell(room, told, name=promise, kind="decision", language=language)
    await ctx.outbox.tell(room, None, name=f"{promise}:pin", kind="decision", op="pin", of=promise)


async def _charter_of(ctx: Context, community: Community, request: Request, language: str) -> Say:
    own = ctx.settings.charter.get(language)
    rules_ = [plain(own)] if own else [Line(id=f"community-charter-{n}", kind="item") for n in (1, 2, 3)]
    lines = [
        Line(id="community-charter-title", kind="title", args={"name": community.name}),
        Line(id="community-charter-purpose", kind="fact", args={"text": community.purpose}),
        Line(id="community-charter-work", kind="fact", args={"text": community.work}),
    ]
    if await is_there(ctx, request.requester_id):
        lead = await name(ctx, request.requester_id)
        lines.append(Line(id="community-charter-lead", kind="fact", args={"who": lead}))
    lines += rules_
    if community.review_on:
        review = {"day": day(community.review_on.isoformat())}
        lines.append(Line(id="community-charter-review", kind="note", args={**review}))
    return Say(lines=tuple(lines))


def _find_lead(community: Community) -> Pick:
    """The way to another lead, open to animators once the community is."""
    return Pick(label="outside-find-lead", action="community.hand-over", value=str(community.id), style="primary")


async def _let_in_or_not(state: State, ctx: Context) -> None:
    """A lead whom the platform would not let in, or give their rights to, is for the animators to know."""
    community, request = await place(state, ctx)
    args = {"who": await name(ctx, request.requester_id), "name": community.name}
    if state.get("refused"):
        line = Line(id="community-note-lead", args={**args})
        await note_on_cards(ctx, PROCESS, request, "lead-refused", line, choices=(_find_lead(community),))
    if state.get("powerless"):
        await note_on_cards(ctx, PROCESS, request, "powerless", Line(id="community-note-powerless", args={**args}))


async def _listed(state: State, ctx: Context) -> None:
    """It is open: in the directory, with a date to look at it again, and who asked for it is told."""
    community, request = await place(state, ctx)
    await communities.move(
        ctx.session,
        community,
        "opening",
        state="pilot" if ctx.settings.phase == "pilot" else "active",
        opened_at=ctx.now,
        error="",
    )
    leads = await grant_leads(ctx, community)
    await trace(ctx, PROCESS, request, "open", "opening", community.state)
    if not leads:
        args = {"who": await last_called(ctx, request.requester_id), "name": community.name}
        line = Line(id="community-note-leaderless", args={**args})
        await note_on_cards(ctx, PROCESS, request, "leaderless", line, choices=(_find_lead(community),))
    elif await is_there(ctx, request.requester_id):
        await _tell_open(state, ctx, community, request)
    await refresh(ctx, PROCESS, request)
    await refresh_waiting(ctx, PROCESS)


async def _tell_open(state: State, ctx: Context, community: Community, request: Request) -> None:
    """Who asked for it is told that it is open, who is asked to lead it too, and who could not be asked any more."""
    lines = [
        Line(id="community-opened", args={"name": community.name}),
        Line(id="community-opened-room", args={"name": community.name}, kind="room", room=community.room),
        Line(id="community-opened-next", args={"day": day(str(community.review_on))}, kind="note"),
    ]
    awaited = [await name(ctx, each) for each in await waiting(ctx, community, "second")]
    lines += [Line(id="community-opened-second", args={"who": each}, kind="note") for each in awaited]
    lines += await not_told(ctx, community.name, len(await waiting(ctx, community, "invited")))
    missing = [await last_called(ctx, each) for each in await _gone(ctx, request)]
    if missing:
        args = {"names": Names(names=tuple(missing)), "count": len(missing)}
        lines.append(Line(id="community-note-gone", args={**args}, kind="note"))
    other = Pick(label="community-second-another", action="community.second", value=str(state["request"]))
    asked = fields_of(request).get("second")
    await ctx.outbox.tell(
        To(person=request.requester_id, platform=community.platform),
        Say(lines=tuple(lines), choices=(other,) if asked else ()),
        name=f"opening:{state['request']}:told",
        kind="decision",
    )


async def _gone(ctx: Context, request: Request) -> list[int]:
    """Whom the request names and who has left since."""
    fields = fields_of(request)
    named = [*([fields["second"]] if fields.get("second") else []), *fields.get("invitees", ())]
    return [each for each in dict.fromkeys(named) if not await is_there(ctx, each)]


async def _blocked(state: State, code: str, ctx: Context) -> None:
    """The platform refused for good: back to the animators, with the reason and a way on; who asked is told too."""
    community, request = await place(state, ctx)
    if not await communities.move(ctx.session, community, "opening", state="blocked", error=_known(code)):
        return
    await trace(ctx, PROCESS, request, "blocked", "opening", _known(code))
    await refresh(ctx, PROCESS, request)
    if not await is_there(ctx, request.requester_id):
        return
    line = Line(id="community-told-blocked", args={"name": community.name})
    await ctx.outbox.tell(
        To(person=request.requester_id, platform=community.platform),
        Say(lines=(line,)),
        name=f"opening:{state['request']}:blocked",
        kind="decision",
    )


def _known(code: str) -> str:
    """A code that the catalogs have words for, and the platform's own after it."""
    word, _, detail = code.partition(":")
    return code if word in {*_CODES.values(), "failed"} else f"failed:{detail or word}"


_FOLLOWING = (
    Step("topic", run=coded(_topic)),
    Step("people", run=coded(meet), done=met),
    Step("charter", run=forget, done=_charter),
    Step("leads", run=coded(let_in), done=_let_in_or_not),
    Step("second", done=second),
    Step("invitees", done=invite_all),
    Step("listed", done=_listed),
)
_CREATE = Step("create", run=coded(_create), done=_created, makes_room=True)
nudge.sequences[OPEN] = SequenceSpec(OPEN, (_CREATE, *_FOLLOWING), _blocked)
nudge.sequences[ADOPT] = SequenceSpec(ADOPT, (Step("find", run=coded(_find), done=_created), *_FOLLOWING), _blocked)
