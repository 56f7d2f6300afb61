"""What waits in an office, by its age; which questions are answered together, as people of the office see fit."""

from __future__ import annotations

from bot import people
from bot.chat import Command, Press
from bot.decide import split_number
from bot.nudge import Answer, Context, Refused
from bot.say import Arg, Line, Pick, Say, say
from nudges.launch.capability import nudge
from nudges.launch.voice import office, rules
from storage import voice as rows
from storage.voice import Question

SHOWN = 10
"""Questions in one list."""


@nudge.command("ask list", aliases=["demander liste", "questions"])
async def listed(_event: Command, ctx: Context) -> Answer:
    """Those that wait in an office of who acts, the oldest first, with those answered together below one another."""
    every = await office.of_mine(ctx)
    if not every:
        return say("question-none")
    groups = rules.groups((each.id or 0, each.joined_to) for each in every)
    by_number = {each.id: each for each in every}
    lines = [Line(id="question-list", args={"count": len(every)}, kind="title")]
    picks: list[Pick] = []
    for numbers in list(groups.values())[:SHOWN]:
        lines += [await _item(ctx, by_number[number], first=number == numbers[0]) for number in numbers]
        args: dict[str, Arg] = {"number": str(numbers[0])}
        picks.append(Pick(label="question-show", action="ask.show", value=str(numbers[0]), args=args))
    if len(groups) > SHOWN:
        lines.append(Line(id="question-more", args={"count": len(groups) - SHOWN}, kind="note"))
    return Say(lines=tuple(lines), choices=tuple(picks))


async def _item(ctx: Context, question: Question, *, first: bool) -> Line:
    args: dict[str, Arg] = {
        "number": str(question.id),
        "leader": await people.name(ctx.session, question.leader_id),
        "days": ctx.calendar.age(ctx.now, question.asked_at),
        "text": question.text[: office.QUOTED],
    }
    return Line(id="question-item" if first else "question-item-too", args=args, kind="item")


@nudge.choice("ask.show", aliases=["demander voir"])
async def show(event: Press, ctx: Context) -> Answer:
    """One of them with all that is answered together with it, and what looks like it."""
    question = await office.found(ctx, event.value)
    return await whole(ctx, question)


async def whole(ctx: Context, question: Question) -> Say:
    """The same, as it stands."""
    answers, group = await office.may_answer(ctx, question), await rows.together(ctx.session, question)
    lines: list[Line] = []
    for each in group:
        lines += await office.about(ctx, each)
    shown = await office.card(ctx, question, answers=answers)
    alike = [each for each in shown.lines if each.id == "question-alike"]
    picks = list(shown.choices)
    for each in group if len(group) > 1 else ():
        args: dict[str, Arg] = {"number": str(each.id)}
        picks.append(Pick(label="question-part", action="ask.part", value=str(each.id), args=args))
    if question.draft:
        args = {"who": await office.drafter(ctx, question)}
        lines += [Line(id="question-draft-is", args=args), *office.quoted(question.draft)]
    return Say(lines=(*lines, *alike), choices=(*picks, office.redirect(question)))


# ---------------------------------------------------------------- together, or apart


@nudge.choice("ask.join", aliases=["demander rapprocher"])
async def join(event: Press, ctx: Context) -> Answer:
    """Two questions that ask the same are answered together."""
    first, rest = split_number(event.value)
    one, other = await office.found(ctx, str(first or "")), await office.found(ctx, rest)
    if one.leader_id != other.leader_id:
        raise Refused("question-two-offices")
    if not await rows.join(ctx.session, one, other):
        raise Refused("question-joined-already")
    await office.trace(ctx, one, "join", after={"with": str(other.id)})
    again = await rows.get(ctx.session, one.id or 0)
    assert again is not None, "it was found just now"
    return await whole(ctx, again)


@nudge.choice("ask.part", aliases=["demander separer"])
async def part(event: Press, ctx: Context) -> Answer:
    """One of them is answered by itself."""
    question = await office.found(ctx, event.value)
    if not await rows.part(ctx.session, question):
        raise Refused("question-apart-already")
    await office.trace(ctx, question, "part")
    again = await rows.get(ctx.session, question.id or 0)
    assert again is not None, "it was found just now"
    return await whole(ctx, again)
