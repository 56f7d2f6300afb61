"""Joining communities, and knowing where one's own requests and communities stand; `finding` shows what there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot import people
from bot.chat import Command, Press
from bot.decide import fields_of, number_of
from bot.nudge import Answer, Context, Refused, SequenceSpec, Step, To
from bot.say import Line, Moment, Pick, Say, say
from nudges.communities import rules
from nudges.communities.capability import ANIMATORS, nudge
from nudges.communities.facts import PROCESS_ID
from nudges.communities.life import changes as life
from storage import changes, communities, requests
from storage.communities import Community, Membership
from storage.requests import Request

_OPEN_STATES = communities.OPENED


# ---------------------------------------------------------------- joining


@nudge.choice("community.join")
async def join(event: Press, ctx: Context) -> Answer:
    """Let the person in: they asked for it themselves."""
    community = await _named(ctx, event.value)
    account = await people.account_for(ctx.session, ctx.actor.person, community.platform)
    if account is None or account.platform != community.platform:
        raise Refused("community-elsewhere", name=community.name)
    state = {
        "platform": community.platform,
        "community": community.id,
        "person": ctx.actor.person,
        "room": community.room,
        "account": account.external_id,
        "key": event.key,
    }
    await ctx.outbox.start("community.join", f"join:{community.id}:{event.platform}:{event.key}", state)
    return None


async def _named(ctx: Context, value: str) -> Community:
    """The community of that number or name, if this person may enter it. Raises Refused."""
    words = value.strip()
    found = await communities.get(ctx.session, int(words)) if words.isdecimal() and len(words) < 10 else None
    if found is None and words:
        same = await communities.named(ctx.session, rules.slugify(words))
        found = next((each for each in same if each.state != "closed"), next(iter(same), None))
    if found is None or not await may_enter(ctx, found):
        raise Refused("community-join-unknown", name=words[:80])
    if found.state == "closed":
        into = await communities.get(ctx.session, found.merged_into) if found.merged_into else None
        if into is not None and into.visibility == "public":
            raise Refused("directory-join-merged", name=found.name, into=into.name)
        raise Refused("directory-join-closed", name=found.name)
    if found.state not in _OPEN_STATES:
        raise Refused("community-join-not-open", name=found.name)
    return found


async def may_enter(ctx: Context, community: Community) -> bool:
    """Public ones are everybody's; of private ones only those invited know."""
    if community.visibility == "public":
        return True
    member = await communities.membership(ctx.session, community.id or 0, ctx.actor.person)
    return member is not None and member.declined_at is None and member.role != "former"


async def _let_in(state: Mapping[str, Any], platform: Any) -> Mapping[str, Any]:
    refused = await platform.invite(state["room"], [state["account"]])
    return {"refused": refused.get(state["account"], "")}


async def _joined(state: Mapping[str, Any], ctx: Context) -> None:
    community = await communities.get(ctx.session, state["community"])
    assert community is not None
    if state.get("refused"):
        await _tell_failed(state, ctx, community)
        return
    lines = (
        Line(id="community-joined", args={"name": community.name}, kind="room", room=community.room),
        Line(id="community-joined-how", kind="note"),
    )
    await ctx.outbox.tell(
        To(person=state["person"], platform=state["platform"]), Say(lines=lines), name=_told(state), kind="answer"
    )


def _told(state: Mapping[str, Any]) -> str:
    return f"joined:{state['community']}:{state['person']}:{state['key']}"


async def _tell_failed(state: Mapping[str, Any], ctx: Context, community: Community) -> None:
    again = Pick(label="community-join-again", action="community.join", value=str(community.id))
    await ctx.outbox.tell(
        To(person=state["person"], platform=state["platform"]),
        say("community-join-failed", again, name=community.name),
        name=f"{_told(state)}:failed",
        kind="answer",
    )


async def _join_refused(state: Mapping[str, Any], _code: str, ctx: Context) -> None:
    community = await communities.get(ctx.session, state["community"])
    assert community is not None
    await _tell_failed(state, ctx, community)


nudge.sequences["community.join"] = SequenceSpec(
    "community.join", (Step("let-in", run=_let_in, done=_joined),), _join_refused
)


# ---------------------------------------------------------------- one's own


@nudge.command("community mine", aliases=["communaute miennes", "communaute moi"])
async def mine(_event: Command, ctx: Context) -> Answer:
    """Where one's requests stand, and the communities one looks after."""
    asked = await requests.of_person(ctx.session, PROCESS_ID, ctx.actor.person)
    own = await communities.of_person(ctx.session, ctx.actor.person)
    if not asked and not own:
        ask = Pick(label="community-ask-for-one", action="community.request", style="primary")
        return say("community-mine-none", ask)
    lines = [Line(id="community-mine-title", kind="title")]
    for request in asked:
        lines += await stands(ctx, request)
    lines += [line for community, member in own for line in _role_lines(community, member)]
    return Say(lines=tuple(lines), choices=await _what_to_do(ctx, asked))


async def stands(ctx: Context, request: Request) -> list[Line]:
    """Where a request stands, in the requester's terms: a refusal not told yet still waits."""
    args = {"number": str(number_of(request)), "name": fields_of(request)["name"]}
    if request.state in {"waiting", "refusing"}:
        return [await _queue(ctx, request, args)]
    if request.state != "approved":
        at = Moment(at=request.decided_at or request.created_at, style="date")
        final = request.state == "refused" and request.appeal_of is not None
        id = "community-stands-final" if final else f"community-stands-{request.state}"
        return [Line(id=id, kind="item", args={**args, "at": at})]
    opened = await communities.of_request(ctx.session, number_of(request))
    state = opened.state if opened else "opening"
    if opened and state in _OPEN_STATES:
        return [Line(id="community-stands-open", kind="room", args={**args}, room=opened.room)]
    return [Line(id=f"community-stands-{'blocked' if state == 'blocked' else 'opening'}", kind="item", args={**args})]


async def _queue(ctx: Context, request: Request, args: Mapping[str, str]) -> Line:
    exchanges = await requests.exchanges(ctx.session, number_of(request))
    if any(each.answered_at is None for each in exchanges):
        return Line(id="community-stands-question", kind="item", args={**args})
    place, total = await queue_place(ctx, request)
    days = int(ctx.calendar.age(ctx.now, request.created_at))
    return Line(id="community-stands-waiting", kind="item", args={**args, "place": place, "total": total, "days": days})


async def queue_place(ctx: Context, request: Request) -> tuple[int, int]:
    """A request's place among those that wait, oldest first, and how many they are."""
    numbers = [number_of(each) for each in await requests.waiting(ctx.session, PROCESS_ID)]
    before = sum(each < number_of(request) for each in numbers)
    return before + 1, max(len(numbers), before + 1)


def _role_lines(community: Community, member: Membership) -> list[Line]:
    role = member.role
    if role == "second" and member.declined_at is None:
        return [Line(id="community-mine-second", kind="item", args={"name": community.name})]
    if role == "lead" and community.state in _OPEN_STATES and member.accepted_at:
        return [Line(id="community-mine-lead", kind="room", args={"name": community.name}, room=community.room)]
    return []


async def _what_to_do(ctx: Context, asked: Sequence[Request]) -> tuple[Pick, ...]:
    """Choices for the requests that still wait, and for a question first of all."""
    picks: list[Pick] = []
    for request in [each for each in asked if each.state in {"waiting", "refusing"}][:2]:
        value, args = str(number_of(request)), {"number": str(number_of(request))}
        exchanges = await requests.exchanges(ctx.session, number_of(request))
        if any(each.answered_at is None for each in exchanges):
            picks.append(
                Pick(label="community-answer-n", action="community.answer", value=value, style="primary", args={**args})
            )
        picks.append(Pick(label="community-correct-n", action="community.correct", value=value, args={**args}))
        picks.append(Pick(label="community-withdraw-n", action="community.withdraw", value=value, args={**args}))
    return tuple(picks)


async def waiting_for(ctx: Context) -> list[Line]:
    """What waits for this person, or because of them, about communities."""
    lines: list[Line] = []
    for request in await requests.of_person(ctx.session, PROCESS_ID, ctx.actor.person):
        if request.state in {"waiting", "refusing"}:
            lines += await stands(ctx, request)
    for community, member in await communities.of_person(ctx.session, ctx.actor.person):
        if member.role == "second":
            lines += _role_lines(community, member)
    for change in await changes.in_states(ctx.session, "asked"):
        community_asked = await communities.get(ctx.session, change.community_id)
        if community_asked and ctx.actor.person in await life.persons(ctx, change, "person"):
            lines.append(Line(id="life-waits-lead", kind="item", args={"name": community_asked.name}))
    if ANIMATORS & ctx.actor.roles and (queue := await requests.waiting(ctx.session, PROCESS_ID)):
        since = Moment(at=queue[0].created_at, style="date")
        lines.append(Line(id="community-waits-animator", kind="item", args={"count": len(queue), "since": since}))
    return lines


nudge.waiting = waiting_for
