"""A process becomes choices, forms and ticks of the capability that declares it: thin handlers around the engine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from bot.calendar import day_in
from bot.chat import Command, Press, Submission
from bot.deciding import cards, changing, deputies, engine, exchange, mandates, needed, rules, waiting
from bot.deciding.entitled import unseen
from bot.deciding.process import OTHER, Amends, Process, called
from bot.nudge import EVERYONE, Answer, Asking, Context, FieldErrors, Handler, Nudge, Refused, Role, TickSpec
from bot.say import Ask, Line, Question, say
from storage import requests

TEXT = 1000
"""Characters of a question, an answer, a reason or a justification."""


def install(nudge: Nudge, process: Process) -> None:
    """Give a capability everything that a process needs.

    Choices `ID.approve`, `.refuse`, `.revoke`, `.override`, `.ask`, `.take`, `.show` for those who decide, `ID.answer`,
    `.withdraw`, `.appeal` for those who ask; forms of the same names; the command `ID deputy`; a tick each minute. The
    words of the forms (`form-ID-refuse`, `field-ID-refuse-code`...) and of the reasons are in the capability's catalog.
    Without appeals there is no `ID.appeal`. Where deciders may change what they are shown, `ID.amend`, a choice and a
    form; where they give mandates, the commands `ID mandate` (with its form) and `ID mandates`, and the choice
    `ID.mandate-end`, instead of `ID deputy`.
    """
    _verdicts(nudge, process)
    if process.amends is not None:
        _amends(nudge, process, process.amends)
    _care(nudge, process)
    _asking(nudge, process)
    _forms(nudge, process)
    if process.mandates:
        _mandates(nudge, process)
    else:
        _deputies(nudge, process)
    nudge.ticks.append(TickSpec(f"{process.id}.deadlines", timedelta(minutes=1), _deadlines(process)))


def _number(value: str) -> int:
    number, _ = rules.split_number(value)
    if number is None:
        raise Refused("decide-which")
    return number


def _by_number(act: Callable[[Context, Process, int], Awaitable[Answer]], process: Process) -> Handler:
    """A handler of what needs to know nothing but which request."""

    def handler(event: Press, ctx: Context) -> Awaitable[Answer]:
        return act(ctx, process, _number(event.value))

    return handler


# ---------------------------------------------------------------- choices


def _choices(nudge: Nudge, process: Process, by: frozenset[Role], handlers: Mapping[str, Handler]) -> None:
    for verb, handler in handlers.items():
        nudge.choice(f"{process.id}.{verb}", by=by, aliases=process.aliases(verb))(handler)


def _seen(value: str) -> tuple[int, int | None]:
    """The request of a choice, and its version where the choice says which was looked at."""
    number, rest = rules.split_number(value)
    if number is None:
        raise Refused("decide-which")
    return number, rules.split_version(rest)[0]


def _verdicts(nudge: Nudge, process: Process) -> None:
    async def approve(event: Press, ctx: Context) -> Answer:
        number, seen = _seen(event.value)
        return await engine.approve(ctx, process, number, seen=seen)

    async def override(event: Press, ctx: Context) -> Answer:
        number, words = rules.split_number(event.value)
        if words:
            return await engine.approve(ctx, process, number, _whole(words))
        request = await engine.may_decide(ctx, process, number)
        return _ask(process, "override", called(process, request), Question(name="text", kind="long", max_length=TEXT))

    async def refuse(event: Press, ctx: Context) -> Answer:
        number, words = rules.split_number(event.value)
        reasons = process.terms(ctx.settings).reasons
        if words:
            refusal = rules.read_refusal(words, reasons)
            return await engine.refuse(ctx, process, number, _fitting(refusal))
        request = await engine.may_decide(ctx, process, number)
        return _ask(process, "refuse", called(process, request), *_refusal_questions(tuple(reasons)))

    revoke = _by_number(engine.revoke, process)
    verdicts = {"approve": approve, "override": override, "refuse": refuse, "revoke": revoke}
    _choices(nudge, process, process.deciders, verdicts)


def _amends(nudge: Nudge, process: Process, amends: Amends) -> None:
    async def amend(event: Press, ctx: Context) -> Answer:
        return await changing.amending(ctx, process, *_seen(event.value))

    async def amended(event: Submission, ctx: Context) -> Answer:
        return await changing.amend(ctx, process, *_seen(event.meta), event.values)

    _choices(nudge, process, process.deciders, {"amend": amend})
    nudge.form(f"{process.id}.amend", check=amends.check, by=process.deciders)(amended)


def _care(nudge: Nudge, process: Process) -> None:
    async def ask(event: Press, ctx: Context) -> Answer:
        number, words = rules.split_number(event.value)
        if words:
            return await exchange.ask(ctx, process, number, _whole(words))
        request = await exchange.may_ask(ctx, process, number)
        return _ask(process, "ask", called(process, request), Question(name="text", kind="long", max_length=TEXT))

    async def show(event: Press, ctx: Context) -> Answer:
        request = await engine.load(ctx, process, _number(event.value))
        await requests.hold(ctx.session, process.id)
        await ctx.session.refresh(request)
        if code := await unseen(ctx, process, request, ctx.actor.person):
            raise Refused(f"decide-barred-{code}", **cards.subject(process, request))
        await cards.show_to(ctx, process, request, ctx.actor.person)
        return None

    _choices(nudge, process, process.deciders, {"ask": ask, "take": _by_number(engine.take, process), "show": show})


def _asking(nudge: Nudge, process: Process) -> None:
    async def answer(event: Press, ctx: Context) -> Answer:
        number, words = rules.split_number(event.value)
        if words:
            return await exchange.answer(ctx, process, number, _whole(words))
        request, asked = await exchange.awaited(ctx, process, number)
        form = _ask(process, "answer", called(process, request), Question(name="text", kind="long", max_length=TEXT))
        return form.model_copy(update={"lines": tuple(cards.quoted(asked.question))})

    async def withdraw(event: Press, ctx: Context) -> Answer:
        return await engine.withdraw(ctx, process, rules.split_number(event.value)[0])

    async def appeal(event: Press, ctx: Context) -> Answer:
        number, words = rules.split_number(event.value)
        if words:
            return await engine.appeal(ctx, process, number, _whole(words))
        request = await engine.may_appeal(ctx, process, number)
        return _ask(process, "appeal", called(process, request), Question(name="text", kind="long", max_length=TEXT))

    _choices(nudge, process, process.askers, {"answer": answer, "withdraw": withdraw})
    if process.appeals:
        _choices(nudge, process, process.askers, {"appeal": appeal})


def _ask(process: Process, verb: str, number: str, *questions: Question) -> Ask:
    return Ask(id=f"{process.id}.{verb}", questions=questions, meta=number)


def _refusal_questions(codes: tuple[str, ...]) -> tuple[Question, ...]:
    return (
        Question(name="code", kind="choice", options=codes),
        Question(name="text", kind="long", max_length=TEXT, required=False),
        Question(name="alternative", kind="long", max_length=TEXT, required=False),
    )


# ---------------------------------------------------------------- forms


async def _fits(asking: Asking) -> FieldErrors | Ask | None:
    """Texts have a length, and a refusal for another reason says which."""
    values = asking.submission.values
    errors: dict[str, Line] = {}
    for name, text in values.items():
        if len(text) > TEXT:
            errors[name] = Line(id="decide-too-long", args={"limit": TEXT, "length": len(text)})
    if values.get("code") == OTHER and "text" in values and not values["text"].strip():
        errors["text"] = Line(id="decide-other-why")
    return errors or None


def _forms(nudge: Nudge, process: Process) -> None:
    def form(verb: str, handler: Handler) -> None:
        by = process.askers if verb in {"answer", "appeal"} else process.deciders
        nudge.form(f"{process.id}.{verb}", check=_fits, by=by)(handler)

    async def refuse(event: Submission, ctx: Context) -> Answer:
        refusal = rules.Refusal(
            event.values.get("code", OTHER),
            event.values.get("text", "").strip(),
            event.values.get("alternative", "").strip(),
        )
        return await engine.refuse(ctx, process, _number(event.meta), _fitting(refusal))

    async def override(event: Submission, ctx: Context) -> Answer:
        return await engine.approve(ctx, process, _number(event.meta), _text(event))

    async def ask(event: Submission, ctx: Context) -> Answer:
        return await exchange.ask(ctx, process, _number(event.meta), _text(event))

    async def answer(event: Submission, ctx: Context) -> Answer:
        return await exchange.answer(ctx, process, _number(event.meta), _text(event))

    async def appeal(event: Submission, ctx: Context) -> Answer:
        return await engine.appeal(ctx, process, _number(event.meta), _text(event))

    handlers = {"refuse": refuse, "override": override, "ask": ask, "answer": answer}
    handlers |= {"appeal": appeal} if process.appeals else {}
    for verb, handler in handlers.items():
        form(verb, handler)


def _text(event: Submission) -> str:
    text = event.values.get("text", "").strip()
    if not text:
        raise Refused("decide-empty")
    return _whole(text)


def _whole(text: str) -> str:
    """A text as it was written. Raises Refused: it is too long, and nobody knows better what to leave out."""
    if len(text) > TEXT:
        raise Refused("decide-too-long", limit=TEXT, length=len(text))
    return text


def _fitting(refusal: rules.Refusal) -> rules.Refusal:
    for text in (refusal.text, refusal.alternative):
        _whole(text)
    return refusal


# ---------------------------------------------------------------- deputies and deadlines


def _deputies(nudge: Nudge, process: Process) -> None:
    async def deputy(event: Command, ctx: Context) -> Answer:
        if event.text.strip().casefold() in ("off", "fin", "none", "aucun"):
            await requests.hold(ctx.session, process.id)
            if not await deputies.end_of(ctx, process, ctx.actor.person):
                raise Refused("decide-deputy-none")
            await cards.refresh_waiting(ctx, process)
            return say("decide-done-deputy-ended")
        return deputies.question(process, event.text)

    async def named(event: Submission, ctx: Context) -> Answer:
        values = event.values
        return await deputies.name(ctx, process, values.get("person", "").strip(), values.get("until", ""))

    nudge.command(f"{process.id} deputy", by=process.entitled, aliases=process.aliases("deputy"))(deputy)
    nudge.form(f"{process.id}.deputy", check=deputies.wrong, by=process.entitled, accounts=["person"])(named)


def _mandates(nudge: Nudge, process: Process) -> None:
    async def mandate(event: Command, ctx: Context) -> Answer:
        today = day_in(ctx.now, ctx.actor.zone or ctx.calendar.zone)
        return mandates.question(process, today.isoformat(), event.text)

    async def given(event: Submission, ctx: Context) -> Answer:
        values = event.values
        today = day_in(ctx.now, ctx.actor.zone or ctx.calendar.zone).isoformat()
        first = values.get("on", "").strip() or today
        return await mandates.give(ctx, process, values.get("person", "").strip(), first, values.get("until", ""))

    async def listed(_event: Command, ctx: Context) -> Answer:
        return await mandates.listed(ctx, process)

    nudge.command(f"{process.id} mandate", by=process.entitled, aliases=process.aliases("mandate"))(mandate)
    nudge.form(f"{process.id}.mandate", check=mandates.wrong, by=process.entitled, accounts=["person"])(given)
    nudge.command(f"{process.id} mandates", aliases=process.aliases("mandates"))(listed)
    _choices(nudge, process, EVERYONE, {"mandate-end": _by_number(mandates.end, process)})


def _deadlines(process: Process) -> Callable[[Context], Awaitable[None]]:
    async def deadlines(ctx: Context) -> None:
        # First of all: who decides waits in the same order, for the others of the process and then for the trail.
        await requests.hold(ctx.session, process.id)
        for request in await requests.due(ctx.session, process.id, "refusing", ctx.now):
            await engine.settle(ctx, process, request)
        await needed.look(ctx, process)
        for request in await requests.due(ctx.session, process.id, "waiting", ctx.now):
            await waiting.look(ctx, process, request)
        await deputies.expire(ctx, process)
        if process.mandates:
            await mandates.look(ctx, process)
        await exchange.remind(ctx, process)
        await cards.refresh_aged(ctx, process)

    return deadlines
