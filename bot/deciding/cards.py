"""Where a request is shown to those who decide: posted once, re-rendered in place, frozen once decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot import people
from bot.deciding import rules
from bot.deciding.entitled import able, standing, unseen
from bot.deciding.process import Process, called, fields_of, number_of
from bot.nudge import Context, HomeRoom, Priority, Role, To
from bot.say import Line, Moment, Names, Pick, Say, Term
from storage import requests
from storage.requests import Card, Exchange, Request, Vote

_PERSON = "person:"


async def name(ctx: Context, person_id: int) -> str:
    """What a person is called."""
    return await people.name(ctx.session, person_id)


def subject(process: Process, request: Request) -> dict[str, str]:
    """The arguments that name a request in a sentence."""
    return {"number": called(process, request), "subject": process.subject(fields_of(request))}


# ---------------------------------------------------------------- what a card says


async def render(ctx: Context, process: Process, request: Request) -> Say:
    """What the card of a request says now."""
    told = await process.card(request, ctx)
    lines = [*await _voided(ctx, process, request), *told.lines, *await _needed(ctx, process, request)]
    lines += await _stand(ctx, process, request)
    picture = told.picture if request.state == "waiting" else None
    return Say(lines=tuple(lines), choices=(*_choices(process, request), *told.choices), picture=picture)


def _choices(process: Process, request: Request) -> tuple[Pick, ...]:
    value = called(process, request)
    if request.state == "refusing":
        return (Pick(label="decide-revoke", action=f"{process.id}.revoke", value=value),)
    if request.state != "waiting":
        return ()
    # Where people answer for a text by name, the press says which version they had before them.
    seen = value if process.named is None else f"{value} v{request.version}"
    refuse = Pick(label="decide-refuse", action=f"{process.id}.refuse", value=value, style="danger")
    ask = Pick(label="decide-ask", action=f"{process.id}.ask", value=value)
    take = Pick(label="decide-take", action=f"{process.id}.take", value=value)
    amend = Pick(label=process.message("decide-amend"), action=f"{process.id}.amend", value=seen)
    return (
        Pick(label=process.message("decide-approve"), action=f"{process.id}.approve", value=seen, style="primary"),
        *((amend,) if process.amends else ()),
        refuse,
        ask,
        *((take,) if process.named is None else ()),
    )


async def _voided(ctx: Context, process: Process, request: Request) -> list[Line]:
    """That it was approved already, and changed since: the first thing that who approved it has to know."""
    if request.state != "waiting" or request.voided_at is None:
        return []
    who = await name(ctx, request.voided_of) if request.voided_of else ""
    return [Line(id=process.message("decide-card-voided"), args={"who": who, "at": Moment(at=request.voided_at)})]


async def _needed(ctx: Context, process: Process, request: Request) -> list[Line]:
    """Who is named to decide, and by when, while it waits."""
    if request.state != "waiting":
        return []
    lines = await waits_for(ctx, process, request)
    if request.needed_by is not None:
        lines.append(
            Line(id=process.message("decide-card-needed"), kind="fact", args={"at": Moment(at=request.needed_by)})
        )
    return lines


async def waits_for(ctx: Context, process: Process, request: Request) -> list[Line]:
    """Who is named to decide; nothing where nobody is."""
    named = (await standing(ctx, process, request)).named
    if not named:
        return []
    names = Names(names=tuple([await name(ctx, each) for each in sorted(named)]))
    return [Line(id=process.message("decide-card-named"), kind="fact", args={"names": names})]


async def _stand(ctx: Context, process: Process, request: Request) -> list[Line]:
    """Where it stands, in the engine's own words."""
    if request.state == "waiting":
        return await _stand_waiting(ctx, request)
    return await _stand_decided(ctx, process, request)


async def _stand_waiting(ctx: Context, request: Request) -> list[Line]:
    lines = [await _age(ctx, request), *_appeal(request)]
    if request.quorum > 1:
        lines += await _votes(ctx, request, await requests.votes(ctx.session, number_of(request)))
    if request.assignee_id is not None:
        lines.append(
            Line(id="decide-card-taken", kind="fact", args={"who": await name(ctx, request.assignee_id)}),
        )
    lines += await _questions(ctx, await requests.exchanges(ctx.session, number_of(request)))
    if request.escalated_at is not None:
        role = Term(term=f"role-{request.escalated_to}")
        lines.append(Line(id="decide-card-escalated", args={"role": role, "at": Moment(at=request.escalated_at)}))
    return lines


async def _age(ctx: Context, request: Request) -> Line:
    return Line(
        id="decide-card-age",
        kind="fact",
        args={"at": Moment(at=request.created_at), "days": age(ctx, request), "offers": request.offers},
    )


def age(ctx: Context, request: Request) -> int:
    """Whole working days since it was asked."""
    return int(ctx.calendar.age(ctx.now, request.created_at))


def _appeal(request: Request) -> list[Line]:
    if request.appeal_of is None:
        return []
    lines = [Line(id="decide-card-appeal", args={"before": str(request.appeal_of)})]
    text = str(fields_of(request).get("appeal", ""))
    return [*lines, *quoted(text)]


async def _votes(ctx: Context, request: Request, votes: Sequence[Vote]) -> list[Line]:
    given = [vote.verdict for vote in votes]
    counts = {"approving": given.count(rules.APPROVE), "refusing": given.count(rules.REFUSE), "quorum": request.quorum}
    lines = [Line(id="decide-card-votes", kind="fact", args={**counts})]
    if votes:
        names = Names(names=tuple([await name(ctx, vote.person_id) for vote in votes]))
        lines.append(Line(id="decide-card-voters", kind="fact", args={"names": names}))
    return lines


async def _questions(ctx: Context, exchanges: Sequence[Exchange]) -> list[Line]:
    lines: list[Line] = []
    for each in exchanges:
        if each.answered_at is None:
            args = {"who": await name(ctx, each.asked_by), "at": Moment(at=each.asked_at)}
            lines += [Line(id="decide-card-asked", args=args), *quoted(each.question)]
        else:
            lines += [Line(id="decide-card-answered"), *quoted(each.question), *quoted(each.answer)]
    return lines


async def _stand_decided(ctx: Context, process: Process, request: Request) -> list[Line]:
    at = request.decided_at or ctx.now
    if request.state == "withdrawn":
        return [Line(id="decide-card-withdrawn", args={"at": Moment(at=at)})]
    if request.state == "undecided":
        return [Line(id="decide-card-undecided", args={"at": Moment(at=at)})]
    said = await _by(ctx, request)
    if request.state == "approved":
        lines = [Line(id=process.message("decide-card-approved"), args={"at": Moment(at=at), **said})]
        if request.override:
            lines += [Line(id="decide-card-override"), *quoted(request.override)]
        return lines
    lines = [Line(id=process.message("decide-card-refused"), args={"at": Moment(at=at), **said}), *refusal(request)]
    if request.state == "refusing" and request.next_at is not None:
        lines.append(Line(id="decide-card-grace", args={"at": Moment(at=request.next_at, style="time")}, kind="note"))
    return lines


async def _by(ctx: Context, request: Request) -> dict[str, str]:
    """Who decided, and in whose place."""
    given = await requests.votes(ctx.session, number_of(request))
    place = next((vote.in_place_of for vote in given if vote.person_id == request.decided_by), None)
    return await by(ctx, request.decided_by, place)


async def by(ctx: Context, person: int | None, place: int | None) -> dict[str, str]:
    """The arguments that say who did something, and in whose place; None for their own."""
    return {
        "who": await name(ctx, person) if person else "",
        "by": "mandate" if place else "self",
        "place": await name(ctx, place) if place else "",
    }


def refusal(request: Request) -> list[Line]:
    """Why a request was refused, and what is proposed instead."""
    lines = [Line(id="decide-reason", kind="fact", args={"reason": Term(term=f"option-{request.reason_code}")})]
    lines += quoted(request.reason)
    if request.alternative:
        lines += [Line(id="decide-instead"), *quoted(request.alternative)]
    return lines


def quoted(text: str) -> list[Line]:
    """What a person wrote, as a quote; nothing when they wrote nothing."""
    return [Line(id="plain", args={"text": text}, kind="quote")] if text else []


# ---------------------------------------------------------------- where it is shown


async def post(ctx: Context, process: Process, request: Request) -> None:
    """Show a new request in every room of those who decide; to each of them where they have no room.

    Deputies are not in those rooms: they are shown it in person, and so is everybody who is named.
    """
    rooms = {(each.platform, each.room): each.language for each in _rooms(ctx, process.entitled)}
    if process.named is not None:
        rooms = {}
    for (platform, room), language in rooms.items():
        await _show(ctx, process, request, platform, room, language)
    entitled = await able(ctx, process, request)
    deputies = await requests.deputies_now(ctx.session, process.id, ctx.now)
    await post_to(ctx, process, request, [each for each in entitled if not rooms or each in deputies])


def in_person(person: int) -> str:
    """How the place is written where somebody is shown a request in person."""
    return f"{_PERSON}{person}"


async def post_to(ctx: Context, process: Process, request: Request, persons: Iterable[int]) -> None:
    """Show a request to people, each in their direct room."""
    shown = {card.room for card in await requests.cards(ctx.session, number_of(request))}
    for person in persons:
        if in_person(person) not in shown:
            await _show(ctx, process, request, "", in_person(person), "")


def _rooms(ctx: Context, roles: Iterable[Role]) -> list[HomeRoom]:
    return [room for role in roles for room in ctx.rooms.get(role, ())]


async def _show(
    ctx: Context, process: Process, request: Request, platform: str, room: str, language: str, kind: str = "decision"
) -> None:
    number = number_of(request)
    card = await requests.card_in(ctx.session, number, platform, room)
    card = card or Card(request_id=number, platform=platform, room=room, language=language, promise="")
    card.promise, card.age = rules.card_name(number, platform, room, card.edits), age(ctx, request)
    ctx.session.add(card)
    await ctx.session.flush()
    await _tell(ctx, card, await render(ctx, process, request), card.promise, kind=kind)


def _to(card: Card) -> To:
    if card.room.startswith(_PERSON):
        return To(person=int(card.room.removeprefix(_PERSON)))
    return To(room=card.room, platform=card.platform)


async def _tell(
    ctx: Context, card: Card, told: Say, promise: str, *, of: str = "", reply_to: str = "", kind: str = "decision"
) -> None:
    await ctx.outbox.tell(
        _to(card),
        told,
        name=promise,
        kind=kind,
        priority=Priority.DECISION,
        op="edit" if of else "post",
        of=of,
        reply_to=reply_to,
        batch=f"request:{card.request_id}",
        language=card.language,
    )


async def refresh(ctx: Context, process: Process, request: Request) -> None:
    """Re-render a request in place, wherever it is shown."""
    told = await render(ctx, process, request)
    for card in await _shown(ctx, process, request):
        card.age = age(ctx, request)
        await _edit(ctx, card, told)


async def correct(ctx: Context, process: Process, request: Request) -> None:
    """Show what a request asks by now: in place, or anew where a picture shows it, which not every chat can replace."""
    told = await render(ctx, process, request)
    await (refresh if told.picture is None else offer_again)(ctx, process, request)


async def refresh_aged(ctx: Context, process: Process) -> None:
    """Re-render, in place, each request that waits whose cards say another age than its own: once a working day.

    Replicas look at the same minute: what is found is looked at again once the others are held back.
    """
    if not await _aged(ctx, process):
        return
    await requests.hold(ctx.session, process.id)
    for number in await _aged(ctx, process):
        request = await requests.get(ctx.session, process.id, number)
        if request is not None and request.state == "waiting":
            await refresh(ctx, process, request)


async def _aged(ctx: Context, process: Process) -> list[int]:
    """The requests that wait and whose cards say another age, oldest first."""
    shown = await requests.ages_shown(ctx.session, process.id)
    old = {number for number, asked_at, said in shown if int(ctx.calendar.age(ctx.now, asked_at)) != said}
    return sorted(old)


async def _shown(ctx: Context, process: Process, request: Request) -> list[Card]:
    """The cards of a request. That of a person who may not see it any more is frozen, and is none from then on."""
    shown: list[Card] = []
    for card in await requests.cards(ctx.session, number_of(request)):
        person = _to(card).person
        if person is not None and await unseen(ctx, process, request, person):
            await _freeze(ctx, process, request, card)
        else:
            shown.append(card)
    return shown


async def _freeze(ctx: Context, process: Process, request: Request, card: Card) -> None:
    gone = Line(id=process.message("decide-card-gone"), args={**subject(process, request)}, kind="note")
    await _edit(ctx, card, Say(lines=(gone,)))
    card.promise = ""
    ctx.session.add(card)
    await ctx.session.flush()


async def empty(ctx: Context, process: Process, request: Request) -> None:
    """Every card of a request says that its words are forgotten, and offers nothing any more."""
    told = Say(lines=(Line(id="decide-card-empty", args={"number": called(process, request)}, kind="note"),))
    for card in await requests.cards(ctx.session, number_of(request)):
        await _edit(ctx, card, told)
        card.promise = ""
        ctx.session.add(card)
    await ctx.session.flush()


async def _edit(ctx: Context, card: Card, told: Say) -> bool:
    """Re-render a card; say whether it still is one: it may have been frozen meanwhile."""
    ctx.session.add(card)
    await requests.count_edit(ctx.session, card)
    if not card.promise:
        return False
    await _tell(ctx, card, told, f"{card.promise}:{card.edits}", of=card.promise)
    return True


async def refresh_waiting(ctx: Context, process: Process, but: int | None = None) -> None:
    """Re-render everything that waits: a decision changes the figures that the others show. but: a request's number."""
    for request in await requests.waiting(ctx.session, process.id):
        if request.id != but:
            await refresh(ctx, process, request)


async def offer_again(ctx: Context, process: Process, request: Request) -> None:
    """Show a request anew wherever it was shown."""
    told = await render(ctx, process, request)
    for card in await _shown(ctx, process, request):
        await _show_anew(ctx, process, request, card, told)


async def show_to(ctx: Context, process: Process, request: Request, person: int) -> None:
    """Show a request to someone who asks to see it: a card like the others, frozen with them."""
    for card in await requests.cards(ctx.session, number_of(request)):
        if card.room == in_person(person):
            await _show_anew(ctx, process, request, card, await render(ctx, process, request), kind="answer")
            return
    await _show(ctx, process, request, "", in_person(person), "", kind="answer")


async def _show_anew(
    ctx: Context, process: Process, request: Request, card: Card, told: Say, kind: str = "decision"
) -> None:
    """Post a card again at the end of its room; the former one says so, and offers nothing any more."""
    moved = Line(id=process.message("decide-card-moved"), args={**subject(process, request)}, kind="note")
    if not await _edit(ctx, card, Say(lines=(moved,))):
        return
    card.promise = rules.card_name(card.request_id, card.platform, card.room, card.edits)
    card.age = age(ctx, request)
    ctx.session.add(card)
    await ctx.session.flush()
    await _tell(ctx, card, told, card.promise, kind=kind)


async def note(
    ctx: Context, process: Process, request: Request, name_: str, *lines: Line, choices: Sequence[Pick] = ()
) -> None:
    """Say something in the thread of every card. name_: unique for this request and stable for the same thing said.

    choices: the ways on from there.
    """
    for card in await _shown(ctx, process, request):
        told = Say(lines=lines, choices=tuple(choices))
        await _tell(ctx, card, told, f"{card.promise}:{name_}", reply_to=card.promise)
