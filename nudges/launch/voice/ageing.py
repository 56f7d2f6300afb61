"""What waits too long, and what waits for nobody: offices are reminded, and pass questions on."""

from __future__ import annotations

from bot import people
from bot.chat import Press, Submission
from bot.nudge import Answer, Asking, Context, FieldErrors, Refused, To
from bot.say import Arg, Ask, Line, Pick, Say, plain
from bot.say import Question as Field
from nudges.launch.capability import nudge
from nudges.launch.settings import Settings
from nudges.launch.voice import office, rules
from nudges.launch.voice.answering import ANSWER
from storage import voice as rows
from storage.voice import Question

LIST = Pick(label="question-see", action="ask.list")


@nudge.every(minutes=10)
async def ageing(ctx: Context) -> None:
    """Remind offices of what waits, once for each [5 working days]; tell them of leaders who are none any more."""
    by_leader: dict[int, list[Question]] = {}
    for each in await rows.waiting(ctx.session):
        by_leader.setdefault(each.leader_id, []).append(each)
    for leader, waiting in by_leader.items():
        if await office.is_leader(ctx, leader):
            await _remind(ctx, leader, waiting)
        else:
            await _lost(ctx, leader, waiting)


async def _remind(ctx: Context, leader: int, waiting: list[Question]) -> None:
    settings: Settings = ctx.settings
    reminded: list[Question] = []
    for each in waiting:
        step = rules.step(ctx.calendar.age(ctx.now, each.asked_at), settings.answer_days)
        if step > each.reminded and await rows.remind(ctx.session, each, step):
            reminded.append(each)
    if not reminded:
        return
    args: dict[str, Arg] = {
        "leader": await people.name(ctx.session, leader),
        "count": len(waiting),
        "days": ctx.calendar.age(ctx.now, waiting[0].asked_at),
    }
    say = Say(lines=(Line(id="question-waits", args=args),), choices=(LIST,))
    name = f"question:waits:{leader}:{reminded[0].id}:{int(ctx.now.timestamp())}"
    await office.tell(ctx, leader, say, say, name=name)
    _, told = await office.told(ctx, leader)
    if leader not in told:
        await ctx.outbox.tell(To(person=leader), say, name=f"{name}:leader", kind="decision")


async def _lost(ctx: Context, leader: int, waiting: list[Question]) -> None:
    new = [each for each in waiting if each.lost_at is None and await rows.lose(ctx.session, each, ctx.now)]
    if not new:
        return
    args: dict[str, Arg] = {"leader": await people.name(ctx.session, leader), "count": len(waiting)}
    picks = tuple(office.redirect(each) for each in new[:5])
    say = Say(lines=(Line(id="question-lost", args=args),), choices=(*picks, LIST))
    await office.tell(ctx, leader, say, say, name=f"question:lost:{leader}:{new[0].id}")


# ---------------------------------------------------------------- passing on


@nudge.choice("ask.redirect", aliases=["demander transmettre"])
async def redirect(event: Press, ctx: Context) -> Answer:
    """Somebody else is to answer it."""
    question = await office.found(ctx, event.value)
    others = [each for each in await office.leaders(ctx, ctx.actor.platform) if each.person != question.leader_id]
    if not others:
        raise Refused("question-no-other")
    labels = {str(each.person): each.name for each in others[:90]}
    field = Field(name="leader", kind="choice", options=tuple(labels), labels=labels)
    return Ask(id="ask.redirect", questions=(field,), lines=(plain(question.text, "quote"),), meta=str(question.id))


async def _fits(_asking: Asking) -> FieldErrors | None:
    return None


@nudge.form("ask.redirect", check=_fits)
async def redirected(event: Submission, ctx: Context) -> Answer:
    """It waits in another office from here on, and who asked is told whose."""
    question = await office.found(ctx, event.meta)
    to = rules.chosen(event.values.get("leader", ""), await office.leaders(ctx, ctx.actor.platform))
    if to is None or to.person == question.leader_id:
        raise Refused("question-no-leader")
    args: dict[str, Arg] = {"number": str(question.id), "leader": to.name}
    await office.freeze(ctx, question, Line(id="question-was-passed-on", args=args))
    await rows.part(ctx.session, question)
    if not await rows.pass_on(ctx.session, question.id or 0, to.person):
        raise Refused("question-closed", number=str(question.id))
    again = await rows.get(ctx.session, question.id or 0)
    assert again is not None, "it was found just now"
    await office.arrived(ctx, again)
    await office.trace(ctx, question, "redirect", after={"leader": str(to.person)})
    if again.asker_id is not None:
        asker = To(person=await people.current(ctx.session, again.asker_id), platform=again.platform)
        told = Say(lines=(Line(id="question-passed-on-told", args=args), plain(again.text, "quote")))
        name = f"question:{again.key}:passed-on:{to.person}:{int(ctx.now.timestamp())}"
        await ctx.outbox.tell(asker, told, name=name, kind=ANSWER)
    return Say(lines=(Line(id="question-passed-on", args=args),))
