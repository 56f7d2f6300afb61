"""What happens to a request: submitted, decided, withdrawn, appealed.

Every function runs in the transaction of the event that asked for it. What counts votes or quotas first makes the
other deciders of the process wait, then reads: so the first valid decision wins, on both databases.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from bot.deciding import cards, rules
from bot.deciding.entitled import standing, voices
from bot.deciding.process import OTHER, Fields, Process, called, fields_of, number_of
from bot.deciding.telling import tell_requester, trace
from bot.deciding.waiting import deadline, escalate, warn
from bot.nudge import Context, Refused
from bot.say import Line, Moment, Pick, Say, say
from storage import requests
from storage.requests import Request, Vote

# ---------------------------------------------------------------- finding


async def load(ctx: Context, process: Process, number: int | None) -> Request:
    """The request of that number. Raises Refused when there is none."""
    found = await _numbered(ctx, process, number) if number is not None else None
    if found is None or found.fields == requests.FORGOTTEN:
        raise Refused("decide-unknown", number=str(number or ""))
    return found


async def load_own(ctx: Context, process: Process, number: int | None) -> Request:
    """The actor's own request of that number; without a number, the only one of theirs that waits.

    Raises Refused: there is none; that of somebody else is as if there were none.
    """
    if number is None:
        mine = await requests.of_person(ctx.session, process.id, ctx.actor.person)
        waiting = [each for each in mine if each.state == "waiting"]
        if len(waiting) == 1:
            return waiting[0]
        raise Refused("decide-which")
    found = await _numbered(ctx, process, number)
    if found is None or found.requester_id != ctx.actor.person or found.fields == requests.FORGOTTEN:
        raise Refused("decide-not-yours", number=str(number))
    return found


async def _numbered(ctx: Context, process: Process, number: int) -> Request | None:
    own = await process.known.latest(ctx, number) if process.known else number
    return await requests.get(ctx.session, process.id, own) if own is not None else None


# ---------------------------------------------------------------- asking


async def submit(
    ctx: Context,
    process: Process,
    fields: Fields,
    *,
    appeal_of: Request | None = None,
    needed_by: datetime | None = None,
    version: int = 1,
) -> Request:
    """Write a request of the actor and show it to those who decide. fields: what JSON can hold.

    needed_by: the instant at which it ends as not decided in time; None where it has all the time in the world.
    version: its first one, where it follows another request about the same (see `Known`).
    """
    request = Request(
        process=process.id,
        requester_id=ctx.actor.person,
        platform=ctx.actor.platform,
        language=ctx.actor.language,
        fields=json.dumps(dict(fields), ensure_ascii=False),
        version=version,
        quorum=max(1, process.quorum(fields, ctx.settings)),
        created_at=ctx.now,
        offered_at=ctx.now,
        next_at=ctx.calendar.add_days(ctx.now, process.terms(ctx.settings).offer_after),
        appeal_of=appeal_of.id if appeal_of else None,
        **deadline(ctx, process, needed_by),
    )
    ctx.session.add(request)
    await ctx.session.flush()
    await trace(ctx, process, request, "appeal" if appeal_of else "submit", "", "waiting")
    await cards.post(ctx, process, request)
    if await voices(ctx, process, request) < request.quorum:
        # Nobody, or too few, could ever decide: it does not wait for a deadline to find that out.
        await escalate(ctx, process, request)
        await warn(ctx, process, request)
    return request


async def withdraw(ctx: Context, process: Process, number: int | None, *, own: bool = True) -> Say:
    """Take back one's own request while it is not decided for good. Raises Refused.

    own: False where the capability has made sure that the actor may do so for who asked.
    """
    request = await (load_own if own else load)(ctx, process, number)
    await requests.hold(ctx.session, process.id)
    await ctx.session.refresh(request)
    before = request.state
    await _move(ctx, process, request, "waiting", "refusing", state="withdrawn", decided_at=ctx.now, next_at=None)
    await trace(ctx, process, request, "withdraw", before, "withdrawn")
    await over(ctx, process, request)
    return say(process.message("decide-withdrawn"), **cards.subject(process, request))


async def appeal(ctx: Context, process: Process, number: int | None, text: str) -> Say:
    """Have a refusal looked at once more, by someone who did not decide. Raises Refused."""
    refused = await may_appeal(ctx, process, number)
    again = await submit(ctx, process, {**fields_of(refused), "appeal": text}, appeal_of=refused)
    return say("decide-appealed", number=str(number_of(again)), before=str(number_of(refused)))


async def may_appeal(ctx: Context, process: Process, number: int | None) -> Request:
    """The actor's refused request, if it can be appealed against. Raises Refused."""
    request = await load_own(ctx, process, number)
    assert process.appeals, "there is no choice for it otherwise"
    if request.appeal_of is not None:
        raise Refused("decide-appeal-twice")
    if request.state != "refused":
        raise Refused("decide-appeal-not-refused", **cards.subject(process, request))
    await requests.hold(ctx.session, process.id)
    before = await requests.appeal_against(ctx.session, number_of(request))
    if before is not None:
        raise Refused("decide-appeal-already", number=str(number_of(before)))
    return request


# ---------------------------------------------------------------- deciding


async def may_decide(ctx: Context, process: Process, number: int | None) -> Request:
    """The request, if the actor may decide on it now; other deciders wait from here on. Raises Refused."""
    request = await load(ctx, process, number)
    await requests.hold(ctx.session, process.id)
    await ctx.session.refresh(request)
    await open_to(ctx, process, request)
    return request


async def open_to(ctx: Context, process: Process, request: Request, *, voted: bool = False) -> None:
    """Raises Refused: the actor may not decide on it now. voted: also once their voice is counted."""
    at = await standing(ctx, process, request)
    code = rules.objection(at, ctx.actor.person, ctx.actor.roles)
    if code == request.state:
        raise await closed(ctx, process, request)
    if code and not (voted and code in {"voted", "voted-lent"}):
        raise Refused(f"decide-barred-{code}", **cards.subject(process, request))
    if request.needed_by is not None and rules.is_over(ctx.now, request.needed_by):
        raise Refused(
            process.message("decide-needed"), at=Moment(at=request.needed_by), **cards.subject(process, request)
        )


def same_version(process: Process, request: Request, seen: int | None) -> None:
    """Raises Refused: it was changed since. seen: the version that was looked at; None where nothing says which."""
    if seen is not None and seen != request.version:
        raise Refused(process.message("decide-changed"), **cards.subject(process, request))


async def closed(ctx: Context, process: Process, request: Request) -> Refused:
    """Why nothing can be done to a request any more: what became of it, by whom, when."""
    args: dict[str, Any] = {**cards.subject(process, request), "at": Moment(at=request.decided_at or ctx.now)}
    if request.state != "withdrawn":
        args["who"] = await cards.name(ctx, request.decided_by) if request.decided_by else ""
    return Refused(process.message(f"decide-closed-{request.state}"), **args)


async def closed_own(ctx: Context, process: Process, request: Request) -> Refused:
    """As `closed`, for who asked: a refusal that may still be taken back is not told yet."""
    if request.state == "refusing":
        return Refused("decide-being-decided", **cards.subject(process, request))
    return await closed(ctx, process, request)


async def _move(ctx: Context, process: Process, request: Request, *states: str, **values: Any) -> None:
    """Change a request that is in one of these states. Raises Refused: it was decided or withdrawn meanwhile."""
    if not await requests.move(ctx.session, request, *states, **values):
        raise await closed(ctx, process, request)


async def approve(
    ctx: Context, process: Process, number: int | None, override: str = "", *, seen: int | None = None
) -> Say:
    """Vote for a request; enough votes decide it. override: a written justification. Raises Refused.

    seen: the version that was looked at, where it matters.
    """
    request = await may_decide(ctx, process, number)
    same_version(process, request, seen)
    instead = await process.guard(request, rules.APPROVE, "", ctx)
    needed = instead is not None
    if needed and override:
        instead = await process.guard(request, rules.APPROVE, override, ctx)
    if instead is not None:
        return instead
    return await vote_for(ctx, process, request, override, overrides=needed)


async def vote_for(
    ctx: Context,
    process: Process,
    request: Request,
    reason: str = "",
    *,
    overrides: bool = False,
    told: str = "decide-told-approved",
) -> Say:
    """Count the actor's voice for a request, whom nothing keeps from it. told: the message that says so to who asked.

    overrides: the reason passes a limit; one that overrides nothing is in the trail alone.
    """
    place = await _vote(ctx, process, request, rules.APPROVE)
    if not await _decides(ctx, request):
        return await _counted(ctx, process, request, rules.APPROVE, place, reason)
    await _move(
        ctx,
        process,
        request,
        "waiting",
        state="approved",
        decided_at=ctx.now,
        decided_by=ctx.actor.person,
        override=reason if overrides else "",
        next_at=None,
    )
    await trace(ctx, process, request, "approve", "waiting", "approved", reason, place=place)
    await process.outcome(request, ctx)
    if request.requester_id != ctx.actor.person:
        args = await cards.by(ctx, ctx.actor.person, place)
        again = f":{request.version}" if request.voided_at else ""
        said = say(process.message(told), **args, **cards.subject(process, request))
        await tell_requester(ctx, request, f"approved:{request.id}{again}", said)
    await cards.refresh(ctx, process, request)
    await cards.refresh_waiting(ctx, process)
    return say(process.message("decide-done-approved"), **cards.subject(process, request))


async def refuse(ctx: Context, process: Process, number: int | None, refusal: rules.Refusal) -> Say:
    """Vote against a request; enough votes refuse it, revocably for a while. Raises Refused."""
    request = await may_decide(ctx, process, number)
    known = process.terms(ctx.settings).reasons
    if refusal.code not in known or (refusal.code == OTHER and not refusal.text):
        raise Refused("decide-refuse-why", number=called(process, request))
    place = await _vote(ctx, process, request, rules.REFUSE)
    if not await _decides(ctx, request):
        return await _counted(ctx, process, request, rules.REFUSE, place, refusal.text)
    final_at = ctx.now + process.terms(ctx.settings).grace
    await _move(
        ctx,
        process,
        request,
        "waiting",
        state="refusing",
        decided_at=ctx.now,
        decided_by=ctx.actor.person,
        reason_code=refusal.code,
        reason=refusal.text,
        alternative=refusal.alternative,
        next_at=final_at,
    )
    await trace(ctx, process, request, "refuse", "waiting", "refusing", refusal.text, place=place)
    await cards.refresh(ctx, process, request)
    revoke = Pick(label="decide-revoke", action=f"{process.id}.revoke", value=called(process, request))
    at = Moment(at=final_at, style="time")
    return say(process.message("decide-done-refused"), revoke, at=at, **cards.subject(process, request))


async def _vote(ctx: Context, process: Process, request: Request, verdict: str) -> int | None:
    """Count the actor's vote; return in whose place it was, None for their own."""
    number, person = number_of(request), ctx.actor.person
    place = rules.in_place_of(await standing(ctx, process, request), person)
    ctx.session.add(Vote(request_id=number, person_id=person, in_place_of=place, verdict=verdict, at=ctx.now))
    await ctx.session.flush()
    return place


async def _decides(ctx: Context, request: Request) -> bool:
    votes = await requests.votes(ctx.session, number_of(request))
    return bool(rules.verdict((vote.verdict for vote in votes), request.quorum))


async def _counted(
    ctx: Context, process: Process, request: Request, verdict: str, place: int | None, reason: str
) -> Say:
    """Others are needed yet: the vote is noted where the request is shown."""
    await trace(ctx, process, request, f"vote-{verdict}", "waiting", "waiting", reason, place=place)
    who = await cards.name(ctx, ctx.actor.person)
    said = Line(id=f"decide-note-voted-{verdict}", args={"who": who})
    await cards.note(ctx, process, request, f"vote:{request.version}:{ctx.actor.person}", said, *cards.quoted(reason))
    await cards.refresh(ctx, process, request)
    votes = await requests.votes(ctx.session, number_of(request))
    return say("decide-done-voted", votes=len(votes), quorum=request.quorum, **cards.subject(process, request))


async def revoke(ctx: Context, process: Process, number: int | None) -> Say:
    """Take back one's refusal while it can be. Raises Refused."""
    request = await load(ctx, process, number)
    await requests.hold(ctx.session, process.id)
    await ctx.session.refresh(request)
    if code := rules.outside(await standing(ctx, process, request), ctx.actor.person, ctx.actor.roles):
        raise Refused(f"decide-barred-{code}", **cards.subject(process, request))
    if request.state != "refusing":
        raise await closed(ctx, process, request) if request.state != "waiting" else Refused("decide-revoke-nothing")
    if request.decided_by != ctx.actor.person:
        raise Refused("decide-revoke-not-yours", who=await cards.name(ctx, request.decided_by or 0))
    if rules.too_late(ctx.now, request.next_at):
        raise Refused("decide-revoke-late", **cards.subject(process, request))
    await _move(
        ctx,
        process,
        request,
        "refusing",
        state="waiting",
        decided_at=None,
        decided_by=None,
        reason="",
        reason_code="",
        alternative="",
        next_at=ctx.calendar.add_days(ctx.now, process.terms(ctx.settings).offer_after),
    )
    await requests.drop_votes(ctx.session, number_of(request), ctx.actor.person)
    await trace(ctx, process, request, "revoke", "refusing", "waiting")
    await cards.refresh(ctx, process, request)
    return say("decide-done-revoked", **cards.subject(process, request))


async def take(ctx: Context, process: Process, number: int | None) -> Say:
    """Take a request in charge: the others see who looks after it. Raises Refused."""
    request = await may_decide(ctx, process, number)
    if request.assignee_id == ctx.actor.person:
        raise Refused("decide-take-already", **cards.subject(process, request))
    if not await requests.move(ctx.session, request, "waiting", assignee_id=ctx.actor.person):
        raise await closed(ctx, process, request)
    await trace(ctx, process, request, "take", "", "taken")
    await cards.refresh(ctx, process, request)
    return say("decide-done-taken", **cards.subject(process, request))


# ---------------------------------------------------------------- ends


async def settle(ctx: Context, process: Process, request: Request) -> None:
    """Make a refusal final, and tell who asked why, and what they can do."""
    if not await requests.claim_due(ctx.session, request, state="refused", next_at=None):
        return
    await trace(ctx, process, request, "refused", "refusing", "refused")
    who = await cards.name(ctx, request.decided_by) if request.decided_by else ""
    told = Line(id=process.message("decide-told-refused"), args={"who": who, **cards.subject(process, request)})
    last = Line(id="decide-told-appeal" if request.appeal_of is None else "decide-told-final", kind="note")
    choices = (
        (Pick(label="decide-appeal", action=f"{process.id}.appeal", value=called(process, request)),)
        if request.appeal_of is None and process.appeals
        else ()
    )
    lines = (told, *cards.refusal(request), *((last,) if process.appeals else ()))
    await tell_requester(ctx, request, f"refused:{request.id}", Say(lines=lines, choices=choices))
    await over(ctx, process, request)


async def over(ctx: Context, process: Process, request: Request) -> None:
    """It ended without an approval: what depends on it hears it, and every card says so."""
    await process.ended(request, ctx)
    await cards.refresh(ctx, process, request)
    await cards.refresh_waiting(ctx, process)
