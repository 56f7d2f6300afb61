"""Opening a community: one thing at a time, each of which may be done again without harm, and ways on when refused.

The room is created, gets its topic and its charter, its lead is let in; the second lead is asked to accept, those
invited are asked; then it is in the directory and who asked is told. Nobody is added to anything.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot import people
from bot.chat import NameTaken, NewRoom, NotAllowed, NotFound, PlatformError, Press, RateLimited, Unreachable
from bot.decide import load, name, note_on_cards, number_of, refresh, refresh_waiting, split_number, trace
from bot.nudge import Answer, Context, Refused, Role, SequenceSpec, Step, To
from bot.say import Line, Pick, Say, plain, say
from nudges.communities import facts, rules
from nudges.communities.capability import ANIMATORS, nudge
from nudges.communities.card import day
from nudges.communities.forms import name_args
from nudges.communities.opening import ADOPT, OPEN, begin
from nudges.communities.process import PROCESS
from storage import communities
from storage import people as people_rows
from storage.communities import Community
from storage.requests import Request

State = Mapping[str, Any]
Run = Callable[[State, Any], Awaitable[Mapping[str, Any]]]
_CODES = {NameTaken: "taken", NotAllowed: "not-allowed", NotFound: "not-found"}


def _coded(run: Run) -> Run:
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
    """The room that somebody created by hand for this: the bot enters it."""
    if state["room"]:
        return {}
    async for room in platform.rooms():
        if state["slug"] in {room.name, rules.slugify(room.name)} and not room.archived:
            return {"room": (await platform.adopt(room.id)).id}
    raise NotFound(state["slug"])


async def _topic(state: State, platform: Any) -> Mapping[str, Any]:
    await platform.topic(state["room"], state["topic"])
    return {}


async def _leads(state: State, platform: Any) -> Mapping[str, Any]:
    """Who asked is let in, and given what a lead needs. One who left the platform meanwhile is reported, not fatal."""
    refused = await platform.invite(state["room"], state["leads"])
    present = [each for each in state["leads"] if each not in refused]
    if present:
        await platform.lead(state["room"], present)
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
    """Say in the room what it is for, and pin it."""
    community, request = await _place(state, ctx)
    room = To(room=state["room"], platform=state["platform"])
    promise = f"opening:{state['request']}:charter"
    told = await _charter_of(ctx, community, request)
    await ctx.outbox.tell(room, told, name=promise, kind="decision", language=request.language)
    await ctx.outbox.tell(room, None, name=f"{promise}:pin", kind="decision", op="pin", of=promise)


async def _charter_of(ctx: Context, community: Community, request: Request) -> Say:
    lead = await name(ctx, request.requester_id)
    own = ctx.settings.charter.get(request.language[:2] or "en")
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
    """A lead whom the platform would not let in is for the animators to know."""
    if state.get("refused"):
        _, request = await _place(state, ctx)
        who = await name(ctx, request.requester_id)
        await note_on_cards(ctx, request, "lead-refused", Line(id="community-note-lead", args={"who": who}))


async def _second(state: State, ctx: Context) -> None:
    """Ask the second lead whether they accept; until then they are nothing to this community."""
    community, request = await _place(state, ctx)
    for each in await communities.memberships(ctx.session, state["community"]):
        if each.role != "second" or each.accepted_at or each.declined_at:
            continue
        args = {"who": await name(ctx, request.requester_id), "name": community.name}
        value = str(community.id)
        await ctx.outbox.tell(
            To(person=each.person_id, platform=community.platform),
            Say(
                lines=(Line(id="community-second-asked", args={**args}), plain(community.purpose, "quote")),
                choices=(
                    Pick(label="community-accept", action="community.accept", value=value, style="primary"),
                    Pick(label="community-decline", action="community.decline", value=value),
                ),
            ),
            name=f"opening:{state['request']}:second:{each.person_id}",
            kind="decision",
            reason="second lead",
            asks=True,
        )


async def _invitees(state: State, ctx: Context) -> None:
    """Tell those invited, with a way in; nobody is added."""
    community, request = await _place(state, ctx)
    args = {"who": await name(ctx, request.requester_id), "name": community.name}
    join = Pick(label="community-join", action="community.join", value=str(community.id), style="primary")
    for each in await communities.memberships(ctx.session, state["community"]):
        if each.role != "invited":
            continue
        told = Say(
            lines=(
                Line(id="community-invited", args={**args}),
                plain(community.purpose, "quote"),
                Line(id="community-invited-why", kind="note", args={**args}),
            ),
            choices=(join,),
        )
        await ctx.outbox.tell(
            To(person=each.person_id, platform=community.platform),
            told,
            name=f"opening:{state['request']}:invite:{each.person_id}",
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
    await ctx.outbox.tell(
        To(person=request.requester_id, platform=community.platform),
        Say(lines=tuple(lines)),
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
    Step("topic", run=_coded(_topic)),
    Step("charter", done=_charter),
    Step("leads", run=_coded(_leads), done=_let_in_or_not),
    Step("second", done=_second),
    Step("invitees", done=_invitees),
    Step("listed", done=_listed),
)
nudge.sequences[OPEN] = SequenceSpec(OPEN, (Step("create", run=_coded(_create), done=_created), *_FOLLOWING), _blocked)
nudge.sequences[ADOPT] = SequenceSpec(ADOPT, (Step("find", run=_coded(_find), done=_created), *_FOLLOWING), _blocked)


# ---------------------------------------------------------------- ways on


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
    """Take over the room that an animator created by hand."""
    community, request, _ = await _stuck(ctx, event.value)
    return await _go_on(ctx, community, request, ADOPT, "adopt")


@nudge.choice("community.name", by=ANIMATORS, aliases=["communaute nommer"])
async def rename(event: Press, ctx: Context) -> Answer:
    """Open it under another name, the first being taken on the platform."""
    community, request, words = await _stuck(ctx, event.value)
    land = await facts.landscape(ctx.session)
    verdict = rules.judge_name(words, facts.slugs(land, but=request.id), ctx.settings, community.purpose)
    if verdict.code:
        raise Refused(f"community-name-{verdict.code}", **name_args(words, verdict, ctx.settings))
    community.name, community.slug = rules.tidy(words), rules.slugify(words)
    ctx.session.add(community)
    return await _go_on(ctx, community, request, OPEN, "name")


# ---------------------------------------------------------------- the second lead


async def _asked(ctx: Context, value: str) -> tuple[Community, Any]:
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
    await _let_in(ctx, community)
    await _tell_lead(ctx, community, "community-second-accepted", member.person_id)
    return say("community-second-welcome", name=community.name)


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


async def _second_refused(state: State, _code: str, ctx: Context) -> None:
    community = await communities.get(ctx.session, state["community"])
    assert community is not None
    await ctx.outbox.tell(
        To(person=state["person"], platform=state["platform"]),
        say("community-join-failed", name=community.name),
        name=f"second:{community.id}:{state['person']}:failed",
        kind="decision",
    )


nudge.sequences["community.second"] = SequenceSpec(
    "community.second", (Step("let-in", run=_coded(_leads)),), _second_refused
)
