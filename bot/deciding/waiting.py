"""A request never ends by silence: it is offered again, then escalated, and who asked is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot import people
from bot.deciding import cards, rules
from bot.deciding.entitled import able, standing, voices
from bot.deciding.process import Process, called, number_of
from bot.deciding.telling import tell_requester, trace
from bot.nudge import Context, Role, To
from bot.say import Line, Pick, Say, Term
from storage import requests
from storage.requests import Request


def deadline(ctx: Context, process: Process, needed_by: datetime | None) -> dict[str, Any]:
    """The columns of a request that say by when it is needed, and when it is told that this comes near."""
    if needed_by is None:
        return {"needed_by": None, "warn_at": None}
    return {
        "needed_by": needed_by,
        "warn_at": ctx.calendar.hours_before(needed_by, process.terms(ctx.settings).warn_hours),
    }


async def look(ctx: Context, process: Process, request: Request) -> None:
    """Do what is due about a request that still waits."""
    todo = rules.next_look(request.offers, request.escalated_at is not None)
    terms = process.terms(ctx.settings)
    wait = terms.escalate_after if request.offers == 1 else terms.offer_after
    again = ctx.calendar.add_days(ctx.now, wait)
    if not await requests.claim_due(ctx.session, request, offers=request.offers + 1, offered_at=ctx.now, next_at=again):
        return
    if todo == "offer" or not await escalate(ctx, process, request):
        await _offer(ctx, process, request)


async def _offer(ctx: Context, process: Process, request: Request) -> None:
    """Show it again to everybody, and say to each of them, in person, that it waits and who has it."""
    await trace(ctx, process, request, "offer-again", "waiting", "waiting")
    await cards.offer_again(ctx, process, request)
    await warn(ctx, process, request)
    taken = [Line(id="decide-again-nobody")]
    if request.assignee_id is not None:
        taken = await _who_has_it(ctx, process, request.assignee_id)
    told = Say(lines=(Line(id="decide-again", args=dict(await _waits(ctx, process, request))), *taken))
    shown = Pick(label="decide-show", action=f"{process.id}.show", value=called(process, request))
    for person in await able(ctx, process, request):
        await ctx.outbox.tell(
            To(person=person),
            told.model_copy(update={"choices": (shown,)}),
            name=f"again:{request.id}:{request.offers}:{person}",
            kind="decision",
            batch=f"request:{request.id}",
        )
    line = Line(id="decide-told-again", args={**cards.subject(process, request)})
    await tell_requester(ctx, request, f"told-again:{request.id}:{request.offers}", Say(lines=(line,)))


async def warn(ctx: Context, process: Process, request: Request) -> None:
    """Tell the administrators where those who may decide are too few to ever do so: they alone can name others.

    Those who may not decide on it themselves are told, too; where there is no administrator, there is nobody to tell.
    """
    enough = await voices(ctx, process, request)
    if enough >= request.quorum:
        return
    if process.named is not None:
        await _warn_named(ctx, process, request)
        return
    args = {"able": enough, "quorum": request.quorum, **cards.subject(process, request)}
    roles = [Term(term=f"role-{role}") for role in Role if role in process.entitled]
    told = Say(lines=(Line(id="decide-nobody", args=args), Line(id="decide-nobody-do", args={"role": roles[0]})))
    for person in await people.with_role(ctx.session, Role.ADMIN):
        name = f"nobody:{request.id}:{request.offers}:{person}"
        await ctx.outbox.tell(To(person=person), told, name=name, kind="decision", batch=f"request:{request.id}")


async def _warn_named(ctx: Context, process: Process, request: Request) -> None:
    """Who is named cannot decide: it is for who asked to name somebody else, and for the administrators to know."""
    waits, args = await cards.waits_for(ctx, process, request), cards.subject(process, request)
    own = Say(lines=(Line(id=process.message("decide-told-nobody"), args={**args}), *waits))
    await tell_requester(ctx, request, f"told-nobody:{request.id}:{request.version}:{request.offers}", own)
    told = Say(
        lines=(Line(id=process.message("decide-nobody-named"), args={"number": called(process, request)}), *waits)
    )
    for person in await people.with_role(ctx.session, Role.ADMIN):
        name = f"nobody:{request.id}:{request.version}:{request.offers}:{person}"
        await ctx.outbox.tell(To(person=person), told, name=name, kind="decision", batch=f"request:{request.id}")


async def _waits(ctx: Context, process: Process, request: Request) -> dict[str, str | int]:
    days = int(ctx.calendar.age(ctx.now, request.created_at))
    return {"who": await cards.name(ctx, request.requester_id), "days": days, **cards.subject(process, request)}


async def _who_has_it(ctx: Context, process: Process, person: int) -> list[Line]:
    lines = [Line(id="decide-again-taken", args={"who": await cards.name(ctx, person)})]
    deputy = await requests.deputy_of(ctx.session, process.id, person)
    if deputy is not None and deputy.until > ctx.now:
        args = {"who": await cards.name(ctx, person), "deputy": await cards.name(ctx, deputy.deputy_id)}
        lines = [Line(id="decide-again-deputy", args={**args})]
    return lines


async def escalate(ctx: Context, process: Process, request: Request) -> bool:
    """Hand a request to the role that comes next, who may decide from now on, and tell who asked.

    Where nobody in that role could decide, it goes to the administrators. False: they could not either, or it is
    decided meanwhile; nothing changed then.
    """
    for role in dict.fromkeys([process.terms(ctx.settings).escalate_to, Role.ADMIN]):
        if process.named is not None and role not in process.superiors:
            continue
        at = await standing(ctx, process, request, role)
        superiors = [each for each in await people.with_role(ctx.session, role) if not rules.barred(at, each)]
        if superiors:
            return await _hand_on(ctx, process, request, role, superiors)
    return False


async def _hand_on(ctx: Context, process: Process, request: Request, role: Role, superiors: Sequence[int]) -> bool:
    if not await requests.move(ctx.session, request, "waiting", escalated_at=ctx.now, escalated_to=role):
        return False
    await trace(ctx, process, request, "escalate", "waiting", f"escalated:{role}")
    await cards.refresh(ctx, process, request)
    await cards.post_to(ctx, process, request, superiors)
    args = {"role": Term(term=f"role-{role}"), **cards.subject(process, request)}
    await tell_requester(
        ctx, request, f"told-escalated:{number_of(request)}", Say(lines=(Line(id="decide-told-escalated", args=args),))
    )
    return True
