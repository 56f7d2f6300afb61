"""What is asked changes: corrected by who asked, also once it was approved; amended by who decides."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.deciding import cards, rules
from bot.deciding.engine import closed_own, load, load_own, may_decide, open_to, same_version, vote_for
from bot.deciding.entitled import able, standing, voices
from bot.deciding.process import Amends, Fields, Process, called, fields_of, number_of
from bot.deciding.telling import tell_requester, trace
from bot.deciding.waiting import deadline, warn
from bot.nudge import Context, Refused, To
from bot.say import Ask, Line, Moment, Say, say
from storage import requests
from storage.requests import Request

# ---------------------------------------------------------------- by who asked


async def correct(
    ctx: Context,
    process: Process,
    number: int,
    fields: Fields,
    *,
    own: bool = True,
    needed_by: datetime | None = None,
) -> Request:
    """Change what was asked while it waits; what was voted on another version is void, and an approval is, too, where
    the process says that it may still be.

    own: False where the capability has made sure that the actor may do so for who asked. needed_by: another instant;
    None leaves it as it is. Raises Refused: not theirs, or decided meanwhile.
    """
    request = await (load_own if own else load)(ctx, process, number)
    await requests.hold(ctx.session, process.id)
    await ctx.session.refresh(request)
    by = needed_by or request.needed_by
    voids = request.state == "approved" and await process.voids(request, ctx)
    if by is not None and rules.is_over(ctx.now, by) and (voids or request.state == "waiting"):
        raise Refused(process.message("decide-needed"), at=Moment(at=by), **cards.subject(process, request))
    values = _changed(ctx, process, request, fields)
    if needed_by is not None and needed_by != request.needed_by:
        values |= deadline(ctx, process, needed_by)
    if voids:
        await _void(ctx, process, request, values)
        return request
    if not await requests.move(ctx.session, request, "waiting", **values):
        raise await closed_own(ctx, process, request)
    await requests.drop_votes(ctx.session, number_of(request))
    await trace(ctx, process, request, "correct", "waiting", "waiting")
    await cards.note(ctx, process, request, f"v{request.version}", Line(id="decide-note-corrected"))
    await cards.correct(ctx, process, request)
    await _show_named(ctx, process, request)
    return request


def _changed(ctx: Context, process: Process, request: Request, fields: Fields) -> dict[str, Any]:
    kept = {key: value for key, value in fields_of(request).items() if key == "appeal"}
    return {
        "fields": json.dumps({**fields, **kept}, ensure_ascii=False),
        "quorum": max(1, process.quorum(fields, ctx.settings)),
        "version": Request.version + 1,
    }


async def _show_named(ctx: Context, process: Process, request: Request) -> None:
    """A change may name others: they are shown it as well, or nobody could decide, which is told."""
    if process.named is not None:
        await cards.post_to(ctx, process, request, await able(ctx, process, request))
        if await voices(ctx, process, request) < request.quorum:
            await warn(ctx, process, request)


async def _void(ctx: Context, process: Process, request: Request, values: Mapping[str, Any]) -> None:
    """An approved request waits again, as it was changed; whoever approved it hears that it did not stay so."""
    approvers = {
        person
        for vote in await requests.votes(ctx.session, number_of(request))
        for person in (vote.person_id, vote.in_place_of)
        if vote.verdict == rules.APPROVE and person is not None
    }
    before = cards.subject(process, request)
    again = ctx.calendar.add_days(ctx.now, process.terms(ctx.settings).offer_after)
    begun = {"offered_at": ctx.now, "next_at": again, "voided_at": ctx.now, "voided_of": request.decided_by}
    undone = {"decided_at": None, "decided_by": None, "override": ""}
    if not await requests.move(ctx.session, request, "approved", state="waiting", **begun, **undone, **values):
        raise await closed_own(ctx, process, request)
    await requests.drop_votes(ctx.session, number_of(request))
    await trace(ctx, process, request, "void", "approved", "waiting")
    await process.voided(request, ctx)
    await cards.offer_again(ctx, process, request)
    await _show_named(ctx, process, request)
    await _tell_approvers(ctx, process, request, approvers, before)
    await cards.refresh_waiting(ctx, process, but=request.id)


async def _tell_approvers(
    ctx: Context, process: Process, request: Request, approvers: set[int], before: Mapping[str, str]
) -> None:
    """Who was shown it anew in person has read it there."""
    shown = {card.room for card in await requests.cards(ctx.session, number_of(request))}
    told = Say(lines=(Line(id=process.message("decide-told-voided"), args={**before}),))
    for person in sorted(approvers - {ctx.actor.person}):
        if cards.in_person(person) not in shown:
            promise = f"voided:{request.id}:{request.version}:{person}"
            batch = f"request:{request.id}"
            await ctx.outbox.tell(To(person=person), told, name=promise, kind="decision", batch=batch)


async def need_by(ctx: Context, process: Process, number: int, needed_by: datetime) -> Request:
    """Have a request that waits be needed by another instant; nothing else about it changes. Raises Refused."""
    request = await load(ctx, process, number)
    await requests.hold(ctx.session, process.id)
    if not await requests.move(ctx.session, request, "waiting", **deadline(ctx, process, needed_by)):
        raise await closed_own(ctx, process, request)
    await trace(ctx, process, request, "need-by", "", needed_by.isoformat())
    await cards.refresh(ctx, process, request)
    return request


# ---------------------------------------------------------------- by who decides


async def amending(ctx: Context, process: Process, number: int | None, seen: int | None) -> Ask:
    """The form in which who decides changes a request. seen: the version that was looked at. Raises Refused."""
    request, amends = await may_decide(ctx, process, number), _amends(process)
    same_version(process, request, seen)
    questions = await amends.questions(request, ctx)
    meta = f"{called(process, request)} v{request.version}"
    return Ask(id=f"{process.id}.amend", questions=questions, review=all(each.value for each in questions), meta=meta)


async def amend(ctx: Context, process: Process, number: int | None, seen: int | None, values: Mapping[str, str]) -> Say:
    """Change a request and vote for it as changed, in one act. Raises Refused: changed by somebody else since."""
    request, amends = await may_decide(ctx, process, number), _amends(process)
    same_version(process, request, seen)
    before = {"fields": request.fields, "quorum": request.quorum, "version": request.version}
    changed = _changed(ctx, process, request, await amends.fields(request, values, ctx))
    is_new = json.loads(changed["fields"]) != fields_of(request)
    if is_new:
        await requests.move(ctx.session, request, "waiting", **changed)
        await open_to(ctx, process, request)
    instead = await process.guard(request, rules.APPROVE, "", ctx)
    if instead is not None:
        await requests.move(ctx.session, request, "waiting", **before)
        return instead
    if not is_new:
        return await vote_for(ctx, process, request)
    await requests.drop_votes(ctx.session, number_of(request))
    place = rules.in_place_of(await standing(ctx, process, request), ctx.actor.person)
    await trace(ctx, process, request, "amend", "waiting", "waiting", place=place)
    await amends.done(request, ctx)
    said = await vote_for(ctx, process, request, told="decide-told-amended")
    if request.state == "waiting":
        await _tell_changed(ctx, process, request)
    return said


def _amends(process: Process) -> Amends:
    assert process.amends is not None, "only what may be amended has a choice for it"
    return process.amends


async def _tell_changed(ctx: Context, process: Process, request: Request) -> None:
    """It needs further voices, and is another than the one that was asked for."""
    who = await cards.name(ctx, ctx.actor.person)
    await cards.note(ctx, process, request, f"v{request.version}", Line(id="decide-note-corrected"))
    await _show_named(ctx, process, request)
    if request.requester_id != ctx.actor.person:
        told = say("decide-told-changed", who=who, **cards.subject(process, request))
        await tell_requester(ctx, request, f"changed:{request.id}:{request.version}", told)
