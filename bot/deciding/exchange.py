"""A question to who asked, and the answer: carried both ways, kept in the thread of every card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.deciding import cards
from bot.deciding.engine import closed_own, load, load_own, open_to
from bot.deciding.entitled import unseen
from bot.deciding.process import Process, called, number_of
from bot.deciding.telling import tell_requester, trace
from bot.nudge import Context, Refused, To
from bot.say import Line, Pick, Say, say
from storage import requests
from storage.requests import Exchange, Request


async def may_ask(ctx: Context, process: Process, number: int | None) -> Request:
    """The request, if the actor may ask about it: as for deciding, but who has voted may still ask. Raises Refused.

    Deciders and other askers wait from here on: each re-renders the same cards.
    """
    request = await load(ctx, process, number)
    await requests.hold(ctx.session, process.id)
    await ctx.session.refresh(request)
    await open_to(ctx, process, request, voted=True)
    return request


async def ask(ctx: Context, process: Process, number: int | None, question: str) -> Say:
    """Put a question to who asked; the clock stops until they answer. Raises Refused."""
    request = await may_ask(ctx, process, number)
    new = Exchange(request_id=number_of(request), asked_by=ctx.actor.person, question=question, asked_at=ctx.now)
    ctx.session.add(new)
    await ctx.session.flush()
    await trace(ctx, process, request, "ask", "", f"question:{new.id}")
    await tell_requester(ctx, request, f"question:{new.id}", await put(ctx, process, request, new), asks=True)
    who = await cards.name(ctx, ctx.actor.person)
    asked = Line(id="decide-note-asked", args={"who": who})
    await cards.note(ctx, process, request, f"question:{new.id}", asked, *cards.quoted(question))
    await cards.refresh(ctx, process, request)
    to = await cards.name(ctx, request.requester_id)
    return say("decide-done-asked", to=to, **cards.subject(process, request))


async def put(ctx: Context, process: Process, request: Request, exchange: Exchange) -> Say:
    """The question as who asked reads it, with the way to answer."""
    who = await cards.name(ctx, exchange.asked_by)
    value = called(process, request)
    return Say(
        lines=(
            Line(id="decide-told-asked", args={"who": who, **cards.subject(process, request)}),
            *cards.quoted(exchange.question),
        ),
        choices=(
            Pick(label="decide-answer", action=f"{process.id}.answer", value=value, style="primary"),
            Pick(label="decide-withdraw", action=f"{process.id}.withdraw", value=value),
        ),
    )


async def awaited(ctx: Context, process: Process, number: int | None) -> tuple[Request, Exchange]:
    """The actor's request and the oldest question that waits for their answer. Raises Refused: there is none."""
    request = await load_own(ctx, process, number)
    await requests.hold(ctx.session, process.id)
    await ctx.session.refresh(request)
    if request.state != "waiting":
        raise await closed_own(ctx, process, request)
    for exchange in await requests.exchanges(ctx.session, number_of(request)):
        if exchange.answered_at is None:
            return request, exchange
    raise Refused("decide-answer-nothing", **cards.subject(process, request))


async def answer(ctx: Context, process: Process, number: int | None, text: str) -> Say:
    """Carry the requester's answer back; the clock goes on. Raises Refused."""
    request, exchange = await awaited(ctx, process, number)
    exchange.answer, exchange.answered_at = text, ctx.now
    ctx.session.add(exchange)
    await ctx.session.flush()
    await _go_on(ctx, process, request, exchange)
    await trace(ctx, process, request, "answer", f"question:{exchange.id}", f"answer:{exchange.id}")
    who = await cards.name(ctx, ctx.actor.person)
    given = Line(id="decide-note-answered", args={"who": who})
    await cards.note(ctx, process, request, f"answer:{exchange.id}", given, *cards.quoted(text))
    await cards.refresh(ctx, process, request)
    await _tell_asker(ctx, process, request, exchange)
    return await _next(ctx, process, request)


async def _go_on(ctx: Context, process: Process, request: Request, last: Exchange) -> None:
    """Let the clock go on once nothing is asked any more: what was left when it stopped, a working day at least."""
    exchanges = await requests.exchanges(ctx.session, number_of(request))
    if request.next_at is None or any(each.answered_at is None for each in exchanges):
        return
    terms = process.terms(ctx.settings)
    # No more than a whole term: a refusal that was taken back meanwhile began a new one.
    longest = max(terms.offer_after, terms.escalate_after)
    left = min(longest, max(1, ctx.calendar.age(request.next_at, _stopped(exchanges, last))))
    await requests.move(ctx.session, request, "waiting", next_at=ctx.calendar.add_days(ctx.now, left))


def _stopped(exchanges: Sequence[Exchange], last: Exchange) -> datetime:
    """Since when the clock stood still, without a break, until the last answer."""
    since = last.asked_at
    for each in sorted(exchanges, key=lambda each: each.answered_at or since, reverse=True):
        if each.answered_at and each.answered_at > since:
            since = min(since, each.asked_at)
    return since


async def _tell_asker(ctx: Context, process: Process, request: Request, exchange: Exchange) -> None:
    if await unseen(ctx, process, request, exchange.asked_by):
        return
    who = await cards.name(ctx, request.requester_id)
    line = Line(id="decide-told-answered", args={"who": who, **cards.subject(process, request)})
    show = Pick(label="decide-show", action=f"{process.id}.show", value=called(process, request))
    told = Say(lines=(line, *cards.quoted(exchange.question), *cards.quoted(exchange.answer)), choices=(show,))
    await ctx.outbox.tell(
        To(person=exchange.asked_by),
        told,
        name=f"answered:{exchange.id}",
        kind="decision",
        batch=f"request:{request.id}",
    )


async def _next(ctx: Context, process: Process, request: Request) -> Say:
    """Thanks, or the next question that waits."""
    for exchange in await requests.exchanges(ctx.session, number_of(request)):
        if exchange.answered_at is None:
            return await put(ctx, process, request, exchange)
    return say("decide-done-answered", **cards.subject(process, request))


async def remind(ctx: Context, process: Process) -> None:
    """Remind people, once, of a question that they left without answer; their request waits, it is not lost."""
    before = ctx.now
    for exchange in await requests.unanswered(ctx.session, process.id, before):
        if ctx.calendar.age(ctx.now, exchange.asked_at) < process.terms(ctx.settings).remind_after:
            continue
        request = await requests.get(ctx.session, process.id, exchange.request_id)
        if request is None:
            continue
        told = await put(ctx, process, request, exchange)
        lines = (Line(id="decide-told-reminder", args={**cards.subject(process, request)}), *told.lines)
        await tell_requester(
            ctx, request, f"question:{exchange.id}:again", told.model_copy(update={"lines": lines}), asks=True
        )
