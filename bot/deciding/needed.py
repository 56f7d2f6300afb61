"""By when a decision is needed: told once when that comes near, and ended at that instant, never by silence."""

from __future__ import annotations

from bot import people
from bot.deciding import cards
from bot.deciding.engine import over
from bot.deciding.process import Process, number_of
from bot.deciding.telling import tell_requester, trace
from bot.nudge import Context, To
from bot.say import Line, Moment, Say
from storage import requests
from storage.requests import Request


async def look(ctx: Context, process: Process) -> None:
    """End what was not decided in time, and tell of what is needed soon. Others of the process are held back."""
    for request in await requests.needed(ctx.session, process.id, ctx.now):
        await _end(ctx, process, request)
    for request in await requests.nearing(ctx.session, process.id, ctx.now):
        if await requests.move(ctx.session, request, "waiting", warn_at=None):
            await _warn(ctx, process, request)


async def _warn(ctx: Context, process: Process, request: Request) -> None:
    waits = await cards.waits_for(ctx, process, request)
    args = {"at": Moment(at=request.needed_by or ctx.now), **cards.subject(process, request)}
    own = Say(lines=(Line(id=process.message("decide-told-soon"), args={**args}), *waits))
    await tell_requester(ctx, request, _name("told-soon", request), own)
    asked = await cards.name(ctx, request.requester_id)
    told = Say(lines=(Line(id=process.message("decide-soon"), args={"who": asked, **args}), *waits))
    await _tell_watchers(ctx, process, request, "soon", told)
    if process.named is None:
        await cards.note(ctx, process, request, _name("soon", request), *told.lines)


async def _end(ctx: Context, process: Process, request: Request) -> None:
    ended = {"state": "undecided", "decided_at": ctx.now, "next_at": None, "warn_at": None}
    if not await requests.move(ctx.session, request, "waiting", **ended):
        return
    await trace(ctx, process, request, "undecided", "waiting", "undecided")
    args = {"at": Moment(at=request.needed_by or ctx.now), **cards.subject(process, request)}
    waits = await cards.waits_for(ctx, process, request)
    own = Say(lines=(Line(id=process.message("decide-told-undecided"), args={**args}), *waits))
    await tell_requester(ctx, request, _name("told-undecided", request), own)
    asked = await cards.name(ctx, request.requester_id)
    told = Say(lines=(Line(id=process.message("decide-undecided"), args={"who": asked, **args}), *waits))
    await _tell_watchers(ctx, process, request, "undecided", told)
    note = Line(id="decide-note-undecided", args={**args})
    await cards.note(ctx, process, request, _name("undecided", request), note)
    await over(ctx, process, request)


def _name(what: str, request: Request) -> str:
    """Another instant is another thing to say."""
    return f"{what}:{number_of(request)}:{int(request.needed_by.timestamp()) if request.needed_by else 0}"


async def _tell_watchers(ctx: Context, process: Process, request: Request, what: str, told: Say) -> None:
    """In the rooms of those who look after it; each of them in person where they have no room."""
    roles = process.watchers if process.named is not None else process.watchers - process.entitled
    batch = f"request:{number_of(request)}"
    for role in sorted(roles):
        rooms = ctx.rooms.get(role, ())
        for room in rooms:
            name = f"{_name(what, request)}:{room.platform}:{room.room}"
            to = To(room=room.room, platform=room.platform)
            await ctx.outbox.tell(to, told, name=name, kind="decision", batch=batch, language=room.language)
        for person in [] if rooms else await people.with_role(ctx.session, role):
            if person != request.requester_id:
                name = f"{_name(what, request)}:{person}"
                await ctx.outbox.tell(To(person=person), told, name=name, kind="decision", batch=batch)
