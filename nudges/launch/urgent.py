"""Urgent: an announcement comes at any hour, and to who does not want to be disturbed, once two people said so."""

from __future__ import annotations

from bot import people
from bot.chat import Press, Submission
from bot.decide import split_number
from bot.nudge import Answer, Asking, Context, FieldErrors, Refused, Role, To
from bot.say import Arg, Ask, Line, Pick, Question, Say, say
from nudges.launch import changing, progress, stopping
from nudges.launch.capability import nudge
from nudges.launch.finding import changeable
from storage import launch as rows
from storage import launching

FORM = "announce.urgent"
WHY = 500
"""Characters of a reason."""
WHO = frozenset({Role.COMMS, Role.ADMIN, Role.LEADER})
"""Who may declare an announcement urgent, and agree that it is."""


@nudge.choice("announce.urgent", by=WHO, aliases=["annonce urgente"])
async def urgent(event: Press, ctx: Context) -> Answer:
    """Declare one urgent, as the first of two, with a reason; or the form that asks for it."""
    made, _ = await changeable(ctx, event.value)
    _, why = split_number(event.value)
    if why.strip():
        return await _declared(ctx, event.value, why)
    question = Question(name="why", kind="long", max_length=WHY)
    return Ask(id=FORM, questions=(question,), lines=(Line(id="announce-urgent-about"),), meta=str(made.id))


async def _anything(asking: Asking) -> FieldErrors | Ask | None:
    """Any reason, as long as there is one."""
    given = asking.submission.values.get("why", "").strip()
    return None if given else {"why": Line(id="announce-urgent-why")}


@nudge.form(FORM, check=_anything, by=WHO)
async def filled(event: Submission, ctx: Context) -> Answer:
    """The form."""
    return await _declared(ctx, event.meta, event.values.get("why", ""))


async def _declared(ctx: Context, text: str, why: str) -> Answer:
    made, version = await changeable(ctx, text)
    number = made.id or 0
    if not why.strip():
        raise Refused("announce-urgent-why")
    if not await launching.declare(ctx.session, number, ctx.actor.person, ctx.now):
        raise Refused("announce-urgent-already", number=str(number))
    await stopping.trace(ctx, number, "urgent", why.strip()[:WHY])
    args: dict[str, Arg] = {
        "number": str(number), "title": version.title, "why": why.strip()[:WHY],
        "who": await people.name(ctx.session, ctx.actor.person),
    }  # fmt: skip
    picks = (
        Pick(label="announce-urgent-yes", action="announce.urgent-confirm", value=str(number), style="danger"),
        Pick(label="announce-urgent-no", action="announce.not-urgent", value=str(number)),
    )
    asks = Say(
        lines=(Line(id="announce-urgent-asks", args=args), Line(id="announce-urgent-reason", args=args, kind="quote")),
        choices=picks,
    )
    stamp = f"{ctx.now:%Y%m%d%H%M%S}"
    for person in {made.owner_id, made.speaker_id} - {ctx.actor.person}:
        name = f"announce:{number}:urgent:{stamp}:{person}"
        await ctx.outbox.tell(To(person=person), asks, name=name, kind="decision", asks=True)
    for room in progress.rooms(ctx):
        to, name = To(room=room.room, platform=room.platform), f"announce:{number}:urgent:{stamp}:{room.room}"
        await ctx.outbox.tell(to, asks, name=name, kind="decision", language=room.language)
    return say(
        "announce-urgent-declared",
        Pick(label="announce-urgent-no", action="announce.not-urgent", value=str(number)),
        **args,
    )


@nudge.choice("announce.urgent-confirm", by=WHO, aliases=["annonce confirmer-urgence"])
async def confirm(event: Press, ctx: Context) -> Answer:
    """Agree, as the second of two."""
    made, version = await changeable(ctx, event.value)
    number, first = made.id or 0, made.urgent_id
    if first is None:
        raise Refused("announce-urgent-first", number=str(number))
    if await people.current(ctx.session, first) == ctx.actor.person:
        raise Refused("announce-urgent-same")
    if not await launching.second(ctx.session, number, ctx.actor.person, first, ctx.now):
        raise Refused("announce-urgent-already", number=str(number))
    await stopping.trace(ctx, number, "urgent-confirm")
    back = Pick(label="announce-urgent-no", action="announce.not-urgent", value=str(number))
    done = say("announce-urgent-confirmed", back, number=str(number), title=version.title)
    speaker = await people.current(ctx.session, made.speaker_id)
    if speaker in {ctx.actor.person, await people.current(ctx.session, first)}:
        return done
    told = await changing.changed(ctx, made, version, urgent=True)  # whose words they are did not sign for that
    return done.model_copy(update={"lines": (*done.lines, *told)})


@nudge.choice("announce.not-urgent", by=WHO, aliases=["annonce non-urgente"])
async def not_urgent(event: Press, ctx: Context) -> Answer:
    """It is not urgent, or no longer: one suffices for that."""
    made, version = await changeable(ctx, event.value)
    number = made.id or 0
    values = {"urgent_id": None, "urgent_with_id": None}
    if made.urgent_id is None or not await launching.move(ctx.session, number, rows.OPEN, ctx.now, **values):
        raise Refused("announce-urgent-first", number=str(number))
    await stopping.trace(ctx, number, "not-urgent")
    return say("announce-urgent-taken", number=str(number), title=version.title)
