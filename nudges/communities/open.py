"""Opening a community: one thing at a time, each of which may be done again without harm, and ways on when refused.

The room is created, gets its topic and its charter, its lead is let in; the second lead is asked to accept, those
invited are asked; then it is in the directory and who asked is told. Nobody is added to anything.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot import people
from bot.chat import NameTaken, NewRoom, NotAllowed, NotFound, PlatformError, Profile, RateLimited, Unreachable
from bot.decide import load, name, note_on_cards, refresh, refresh_waiting, trace
from bot.nudge import Context, Role, SequenceSpec, Step, To
from bot.say import Line, Names, Pick, Say, plain
from nudges.communities import rules
from nudges.communities.capability import nudge
from nudges.communities.card import day
from nudges.communities.opening import ADOPT, OPEN
from nudges.communities.process import PROCESS
from storage import communities
from storage import people as people_rows
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
    raise NotFound(state["slug"])


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


async def _place(state: State, ctx: Context) -> tuple[Community, Request]:
    community = await communities.get(ctx.session, state["community"])
    assert community is not None, "a community is not deleted while it opens"
    return community, await load(ctx, PROCESS, state["request"])


async def _created(state: State, ctx: Context) -> None:
    community, _ = await _place(state, ctx)
    community.room = state["room"]
    ctx.session.add(community)


async def _charter(state: State, ctx: Context) -> None:
    """Say in the room what it is for, and pin it.

    Several people read it, so it is in the room's language: the one that the request names, else the organisation's.
    That of whoever asked says nothing of who will come.
    """
    community, request = await _place(state, ctx)
    language = community.language or ctx.language
    room = To(room=state["room"], platform=state["platform"])
    promise = f"opening:{state['request']}:charter"
    told = await _charter_of(ctx, community, request, language)
    await ctx.outbox.tell(room, told, name=promise, kind="decision", language=language)
    await ctx.outbox.tell(room, None, name=f"{promise}:pin", kind="decision", op="pin", of=promise)


async def _charter_of(ctx: Context, community: Community, request: Request, language: str) -> Say:
    lead = await name(ctx, request.requester_id)
    own = ctx.settings.charter.get(language)
    rules_ = [plain(own)] if own else [Line(id=f"community-charter-{n}", kind="item") for n in (1, 2, 3)]
    lines = [
        Line(id="community-charter-title", kind="title", args={"name": community.name}),
        Line(id="community-charter-purpose", kind="fact", args={"text": community.purpose}),
        Line(id="community-charter-work", kind="fact", args={"text": community.work}),
        Line(id="community-charter-lead", kind="fact", args={"who": lead}),
        *rules_,
    ]
    if community.review_on:
        review = {"day": day(community.review_on.isoformat())}
        lines.append(Line(id="community-charter-review", kind="note", args={**review}))
    return Say(lines=tuple(lines))


async def _let_in_or_not(state: State, ctx: Context) -> None:
    """A lead whom the platform would not let in, or give their rights to, is for the animators to know."""
    _, request = await _place(state, ctx)
    args = {"who": await name(ctx, request.requester_id)}
    if state.get("refused"):
        await note_on_cards(ctx, PROCESS, request, "lead-refused", Line(id="community-note-lead", args={**args}))
    if state.get("powerless"):
        await note_on_cards(ctx, PROCESS, request, "powerless", Line(id="community-note-powerless", args={**args}))


async def _meet(state: State, platform: Any) -> Mapping[str, Any]:
    """Learn who the people named are now: their language, and whether they are still there."""
    met: dict[str, Any] = {}
    for external in state["named"]:
        try:
            met[external] = (await platform.profile(external)).model_dump(exclude={"email"})
        except NotFound:
            met[external] = None
    return {"met": met}


async def _met(state: State, ctx: Context) -> None:
    """Who left since the request was made is not contacted, and the animators are told."""
    _, request = await _place(state, ctx)
    gone: list[str] = []
    for external, known in state["met"].items():
        row = await people_rows.account(ctx.session, state["platform"], external)
        before = row.name if row else external
        profile = Profile.model_validate(known) if known else Profile(id=external, name=before, kind="gone")
        await people.update(ctx.session, state["platform"], profile, ctx.now)
        gone += [profile.name] if profile.kind != "member" else []
    if gone:
        line = Line(id="community-note-gone", args={"names": Names(names=tuple(gone)), "count": len(gone)})
        await note_on_cards(ctx, PROCESS, request, "gone", line)


async def _forget(_state: State, _platform: Any) -> Mapping[str, Any]:
    return {"met": {}}  # what a profile says is kept in the account alone


async def _still_there(ctx: Context, community: Community, role: str) -> list[int]:
    """The people of a role who have not answered and can be reached, by id."""
    assert community.id is not None
    known = await communities.memberships(ctx.session, community.id)
    waiting = [each.person_id for each in known if each.role == role and not each.accepted_at and not each.declined_at]
    return [each for each in waiting if await people.account_for(ctx.session, each) is not None]


async def _second(state: State, ctx: Context) -> None:
    """Ask the second lead whether they accept; until then they are nothing to this community."""
    community, request = await _place(state, ctx)
    for person in await _still_there(ctx, community, "second"):
        await ask_second(ctx, community, request.requester_id, person, f"opening:{state['request']}:second:{person}")


async def ask_second(ctx: Context, community: Community, lead: int, person: int, promise: str) -> None:
    """Ask a person whether they lead a community with `lead`. promise: the name of what is said."""
    value = str(community.id)
    asked = Line(id="community-second-asked", args={"who": await name(ctx, lead), "name": community.name})
    await ctx.outbox.tell(
        To(person=person, platform=community.platform),
        Say(
            lines=(asked, plain(community.purpose, "quote")),
            choices=(
                Pick(label="community-accept", action="community.accept", value=value, style="primary"),
                Pick(label="community-decline", action="community.decline", value=value),
            ),
        ),
        name=promise,
        kind="decision",
        reason="second lead",
        asks=True,
    )


async def _invitees(state: State, ctx: Context) -> None:
    """Tell those invited, with a way in; nobody is added."""
    community, request = await _place(state, ctx)
    args = {"who": await name(ctx, request.requester_id), "name": community.name}
    join = Pick(label="community-join", action="community.join", value=str(community.id), style="primary")
    for person in await _still_there(ctx, community, "invited"):
        told = Say(
            lines=(
                Line(id="community-invited", args={**args}),
                plain(community.purpose, "quote"),
                Line(id="community-invited-why", kind="note", args={**args}),
            ),
            choices=(join,),
        )
        await ctx.outbox.tell(
            To(person=person, platform=community.platform),
            told,
            name=f"opening:{state['request']}:invite:{person}",
            kind="decision",
            reason="invited",
        )


async def _listed(state: State, ctx: Context) -> None:
    """It is open: in the directory, with a date to look at it again, and who asked for it is told."""
    community, request = await _place(state, ctx)
    await communities.move(
        ctx.session,
        community,
        "opening",
        state="pilot" if ctx.settings.phase == "pilot" else "active",
        opened_at=ctx.now,
        error="",
    )
    await people_rows.set_grants(
        ctx.session, Role.LEAD, f"community:{community.id}", await _leads_of(ctx, community, request)
    )
    await trace(ctx, PROCESS, request, "open", "opening", community.state)
    lines = [
        Line(id="community-opened", args={"name": community.name}),
        Line(id="community-opened-room", args={"name": community.name}, kind="room", room=community.room),
        Line(id="community-opened-next", args={"day": day(str(community.review_on))}, kind="note"),
    ]
    awaited = [await name(ctx, each) for each in await _still_there(ctx, community, "second")]
    lines += [Line(id="community-opened-second", args={"who": each}, kind="note") for each in awaited]
    other = Pick(label="community-second-another", action="community.second", value=str(state["request"]))
    await ctx.outbox.tell(
        To(person=request.requester_id, platform=community.platform),
        Say(lines=tuple(lines), choices=(other,) if awaited else ()),
        name=f"opening:{state['request']}:told",
        kind="decision",
    )
    await refresh(ctx, PROCESS, request)
    await refresh_waiting(ctx, PROCESS)


async def _leads_of(ctx: Context, community: Community, request: Request) -> list[int]:
    assert community.id is not None
    known = await communities.memberships(ctx.session, community.id)
    return [each.person_id for each in known if each.role == "lead"] or [request.requester_id]


async def _blocked(state: State, code: str, ctx: Context) -> None:
    """The platform refused for good: back to the animators, with the reason and a way on; who asked is told too."""
    community, request = await _place(state, ctx)
    if not await communities.move(ctx.session, community, "opening", state="blocked", error=_known(code)):
        return
    await trace(ctx, PROCESS, request, "blocked", "opening", _known(code))
    await refresh(ctx, PROCESS, request)
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
    Step("charter", done=_charter),
    Step("leads", run=coded(let_in), done=_let_in_or_not),
    Step("people", run=coded(_meet), done=_met),
    Step("second", run=_forget, done=_second),
    Step("invitees", done=_invitees),
    Step("listed", done=_listed),
)
nudge.sequences[OPEN] = SequenceSpec(OPEN, (Step("create", run=coded(_create), done=_created), *_FOLLOWING), _blocked)
nudge.sequences[ADOPT] = SequenceSpec(ADOPT, (Step("find", run=coded(_find), done=_created), *_FOLLOWING), _blocked)
