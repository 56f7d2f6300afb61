"""Asking a leader: a command and a form, sent when its author sends it, with their name or without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot import people
from bot.chat import Command, Press, Submission
from bot.decide import split_number
from bot.nudge import Answer, Asking, Context, FieldErrors, Refused
from bot.say import Ask, Line, Pick, Say, say
from bot.say import Question as Field
from nudges.launch.capability import nudge
from nudges.launch.voice import office, rules
from nudges.launch.voice.rules import TEXT, Leader
from storage import voice as rows
from storage.voice import Question

FORM = "ask.question"
OFFERED = 90
"""Leaders that a form offers: lists of platforms hold a hundred. Others are typed."""
AT_ONCE = 20
"""Questions of one person that wait at the same time."""
NAMED, UNNAMED = "named", "unnamed"


@nudge.command("ask", aliases=["demander", "poser"], shortcut="anywhere")
async def ask(event: Command, ctx: Context) -> Answer:
    """What follows is whom, and what: `ask @diane When does it open?`. The form says it again, and asks for a name."""
    every = await _others(ctx)
    leader, text = rules.whom(event.text, every)
    if leader is None and event.text.strip().startswith("@"):
        await _nobody(ctx, event)
    if len(text) > TEXT:
        raise Refused("question-long", limit=TEXT, length=len(text))
    return form(every, leader.person if leader else None, text)


async def _others(ctx: Context) -> list[Leader]:
    """Whom somebody can ask. Raises Refused: nobody."""
    every = await office.leaders(ctx, ctx.actor.platform)
    others = [each for each in every if each.person != ctx.actor.person]
    if not others:
        raise Refused("question-no-leaders" if not every else "question-oneself")
    return others


async def _nobody(ctx: Context, event: Command) -> None:
    """Whom they name cannot be asked. Raises Refused."""
    mine = [each for each in await office.leaders(ctx, ctx.actor.platform) if each.person == ctx.actor.person]
    raise Refused("question-oneself" if rules.whom(event.text, mine)[0] else "question-no-leader")


def form(every: Sequence[Leader], leader: int | None, text: str, lines: Sequence[Line] = (), meta: str = "") -> Ask:
    """The form. every: who can be asked."""
    labels = {str(each.person): each.name for each in every[:OFFERED]}
    labels |= {str(each.person): each.name for each in every if each.person == leader}
    chosen = str(leader) if leader is not None else (next(iter(labels)) if len(labels) == 1 else "")
    return Ask(
        id=FORM,
        questions=(
            Field(name="leader", kind="choice", options=tuple(labels), labels=labels, value=chosen),
            Field(name="text", kind="long", max_length=TEXT, value=text),
            Field(name="name", kind="choice", options=(NAMED, UNNAMED), value=NAMED),
        ),
        lines=tuple(lines),
        review=bool(chosen and text),
        meta=meta,
    )


async def _wrong(asking: Asking) -> FieldErrors:
    return unfit(asking.submission.values)


def unfit(values: Mapping[str, str]) -> dict[str, Line]:
    """What is wrong with the words of a question."""
    text = values.get("text", "").strip()
    if len(text) > TEXT:
        return {"text": Line(id="question-long", args={"limit": TEXT, "length": len(text)})}
    return {} if text or "text" not in values else {"text": Line(id="question-empty")}


@nudge.form(FORM, check=_wrong)
async def sent(event: Submission, ctx: Context) -> Answer:
    """Its author sent it: it is kept from here on, and its office is shown it."""
    for line in unfit({"text": "", **event.values}).values():
        raise Refused(line.id, **line.args)
    leader = rules.chosen(event.values.get("leader", ""), await _others(ctx))
    if leader is None:
        raise Refused("question-no-leader")
    named = event.values.get("name") != UNNAMED
    made = Question(
        asker_id=ctx.actor.person, leader_id=leader.person, named=named, text=event.values["text"].strip(),
        platform=event.platform, asked_at=ctx.now,
    )  # fmt: skip
    return await keep(ctx, made)


async def keep(ctx: Context, made: Question) -> Say:
    """Keep a question, and show it to its office. Raises Refused: the same one waits, or too many."""
    mine = [each for each in await rows.of_asker(ctx.session, made.asker_id or 0) if each.state == rows.WAITING]
    for each in mine:
        if each.leader_id == made.leader_id and rules.same(each.text, made.text):
            raise Refused("question-twice", number=str(each.id))
    if len(mine) >= AT_ONCE:
        raise Refused("question-many", count=len(mine))
    made = await rows.ask(ctx.session, made)
    await office.arrived(ctx, made)
    args = {"number": str(made.id), "leader": await people.name(ctx.session, made.leader_id)}
    line = Line(id="question-sent" if made.named else "question-sent-unnamed", args={**args})
    may = (Line(id="question-may-share", kind="note"),) if made.announcement_id is not None and not made.shared else ()
    share = (Pick(label="question-share", action="ask.share", value=str(made.id)),) if may else ()
    return Say(lines=(line, *may), choices=(_withdraw(made), *share))


def _withdraw(made: Question) -> Pick:
    return Pick(label="question-withdraw", action="ask.withdraw", value=str(made.id))


@nudge.choice("ask.share", aliases=["demander partager"])
async def share(event: Press, ctx: Context) -> Answer:
    """Its author lets its words be published with the answer."""
    question = await _own(ctx, event.value)
    if question.state != rows.WAITING:
        raise Refused("question-closed", number=str(question.id))
    await rows.share(ctx.session, question.id or 0, shared=True)
    pick = Pick(label="question-unshare", action="ask.unshare", value=str(question.id))
    return say("question-shared", pick, number=str(question.id))


@nudge.choice("ask.unshare", aliases=["demander garder"])
async def unshare(event: Press, ctx: Context) -> Answer:
    """Its author does not any more: where they stand already, they are taken down."""
    question = await _own(ctx, event.value)
    if question.shared:
        await ctx.outbox.recall(rows.published(question))
        await rows.share(ctx.session, question.id or 0, shared=False)
    return say("question-unshared", number=str(question.id))


@nudge.choice("ask.withdraw", aliases=["demander retirer"])
async def withdraw(event: Press, ctx: Context) -> Answer:
    """Its author takes it back: its words are forgotten, and its office sees that it is over."""
    question = await _own(ctx, event.value)
    number = question.id or 0
    if not await rows.close(ctx.session, number, rows.WITHDRAWN, ctx.now):
        raise Refused("question-closed", number=str(number))
    await rows.part(ctx.session, question)
    await office.freeze(ctx, question, Line(id="question-was-withdrawn"))
    return Say(lines=(Line(id="question-withdrawn", args={"number": str(number)}),))


async def _own(ctx: Context, value: str) -> Question:
    """A question of who acts. Raises Refused: there is none, or it is another's, which is the same to them."""
    number, _ = split_number(value)
    question = await rows.get(ctx.session, number) if number is not None else None
    if question is None or question.asker_id != ctx.actor.person:
        raise Refused("question-not-asked", number=str(number or ""))
    return question
