"""Who may decide on a request: what the rules need to know of it, and whom they let."""

from __future__ import annotations

from dataclasses import replace

from bot import people
from bot.deciding import rules
from bot.deciding.process import Process, fields_of, number_of
from bot.nudge import Context, Role
from storage import mandates, requests
from storage import people as people_rows
from storage.requests import Request


async def standing(
    ctx: Context, process: Process, request: Request, escalated_to: Role | None = None
) -> rules.Standing:
    """What the rules need to know of a request. escalated_to: as if it were; else as it is."""
    before = await _voiced(ctx, request.appeal_of) if request.appeal_of is not None else frozenset[int]()
    escalated = escalated_to or (Role(request.escalated_to) if request.escalated_to else None)
    conflicts = await people_rows.current(ctx.session, process.conflicts(fields_of(request)))
    found = rules.Standing(
        state=request.state,
        requester=None if process.oneself else request.requester_id,
        entitled=process.entitled,
        escalated_to=escalated,
        conflicts=frozenset(conflicts.values()),
        deciders_before=before,
        voters=await _voiced(ctx, number_of(request)),
    )
    if process.named is not None:
        return await _named(ctx, process, request, found)
    deciding = process.entitled | ({escalated} if escalated else frozenset())
    return replace(found, lenders=await requests.lenders(ctx.session, deciding, ctx.now))


async def _named(ctx: Context, process: Process, request: Request, at: rules.Standing) -> rules.Standing:
    """The same, with who is named and who holds a mandate of theirs.

    A mandate is worth nothing once who gave it may not decide any more; it needs no role of its holder's own.
    """
    ids = process.named(fields_of(request)) if process.named else frozenset[int]()
    named = frozenset((await people_rows.current(ctx.session, ids)).values())
    may = frozenset({each for each in named if process.entitled & await people.roles(ctx.session, each)})
    givers: dict[int, set[int]] = {}
    early: set[int] = set()
    for each in await mandates.given_by(ctx.session, process.id, named) if process.mandates else []:
        if each.holder_id not in may:
            theirs = givers.setdefault(each.holder_id, set())
            theirs |= {each.person_id} if each.person_id in may and each.since <= ctx.now < each.until else set()
            early |= {each.holder_id} if ctx.now < each.since else set()
    holders = {holder for holder in givers if await people.roles(ctx.session, holder)}
    lenders = {holder: frozenset(givers[holder]) for holder in sorted(holders)}
    return replace(at, named=named, able=may, lenders=lenders, early=frozenset(early))


async def _voiced(ctx: Context, number: int) -> frozenset[int]:
    """Whose voices were given on a request: those who voted, and those in whose place they did."""
    votes = await requests.votes(ctx.session, number)
    return frozenset(each for vote in votes for each in (vote.person_id, vote.in_place_of) if each is not None)


async def unseen(ctx: Context, process: Process, request: Request, person: int) -> str:
    """Why a request is not to be shown to a person in particular: a code, "" when it may be."""
    at, roles = await standing(ctx, process, request), await people.roles(ctx.session, person)
    if code := rules.outside(at, person, roles) or rules.barred(at, person):
        return code
    return "" if process.named is not None or process.deciders & roles else "not-yet-yours"


async def able(ctx: Context, process: Process, request: Request) -> list[int]:
    """The people entitled to decide on a request, whom nothing bars; not those to whom it was escalated."""
    at = await standing(ctx, process, request)
    return sorted(person for person in await _entitled(ctx, at) if not rules.barred(at, person))


async def voices(ctx: Context, process: Process, request: Request) -> int:
    """How many voices those who may decide on a request have: those entitled, and to whom it was escalated."""
    at = await standing(ctx, process, request)
    each = await _entitled(ctx, at)
    if request.escalated_to:
        each |= set(await people.with_role(ctx.session, Role(request.escalated_to)))
    return rules.voices(at, each)


async def _entitled(ctx: Context, at: rules.Standing) -> set[int]:
    if at.named is not None:
        return set(at.able) | set(at.lenders)
    return {person for role in at.entitled for person in await people.with_role(ctx.session, role)}
