"""A leader's office: those who look after what the leader is asked, what they are shown of it, and where.

The leader, and who holds a mandate of theirs, answer in the leader's name. Who looks after communication gathers the
questions, prepares answers and passes on; a question without a name is one for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot import people
from bot.decide import split_number
from bot.nudge import Context, Refused, Role, To
from bot.say import Arg, Line, Pick, Say, Term, plain
from nudges.launch.capability import WRITERS
from nudges.launch.voice import rules
from nudges.launch.voice.rules import Leader
from storage import launch, mandates
from storage import people as people_rows
from storage import voice as rows
from storage.voice import Question

SIGNING = "announcement"
"""The process whose mandates let somebody speak in a leader's place."""
QUOTED = 200
"""Characters of a look-alike that are shown beside a question."""
COMPARED = 1000
"""Questions of an office among which look-alikes are looked for, the latest ones."""


# ---------------------------------------------------------------- who


async def leaders(ctx: Context, platform: str) -> list[Leader]:
    """Everybody who can be asked, by name. platform: whose accounts may be typed."""
    found = []
    for person in await people.with_role(ctx.session, Role.LEADER):
        theirs = await people_rows.accounts(ctx.session, person)
        if theirs:
            accounts = tuple(each.external_id for each in theirs if each.platform == platform)
            found.append(Leader(person, await people.name(ctx.session, person), accounts))
    return sorted(found, key=lambda each: (each.name.casefold(), each.person))


async def is_leader(ctx: Context, person: int) -> bool:
    """Whether somebody still is one."""
    return Role.LEADER in await people.roles(ctx.session, person)


async def holders(ctx: Context, leader: int) -> list[int]:
    """Who holds a mandate of a leader's now, while the leader is one."""
    if not await is_leader(ctx, leader):
        return []
    given = await mandates.given_by(ctx.session, SIGNING, [leader])
    now = {each.holder_id for each in given if each.since <= ctx.now < each.until}
    return sorted([each for each in now if each != leader and await people.roles(ctx.session, each)])


async def may_answer(ctx: Context, question: Question) -> bool:
    """Whether who acts may answer in the leader's name."""
    me, leader = ctx.actor.person, await people.current(ctx.session, question.leader_id)
    return me in await holders(ctx, leader) or (me == leader and Role.LEADER in ctx.actor.roles)


async def may_look(ctx: Context, question: Question) -> bool:
    """Whether who acts is of the office."""
    return bool(WRITERS & ctx.actor.roles) or await may_answer(ctx, question)


async def of_mine(ctx: Context) -> list[Question]:
    """The questions that wait in an office of who acts, the oldest first."""
    every = await rows.waiting(ctx.session)
    mine: dict[int, bool] = {}
    for each in every:
        if each.leader_id not in mine:
            mine[each.leader_id] = await may_look(ctx, each)
    return [each for each in every if mine[each.leader_id]]


async def found(ctx: Context, text: str, *, answers: bool = False) -> Question:
    """A question that waits in an office of who acts. answers: which they may answer. Raises Refused."""
    number, _ = split_number(text)
    question = await rows.get(ctx.session, number) if number is not None else None
    if question is None or not await may_look(ctx, question):  # who is not of the office is not told what there is
        raise Refused("question-unknown", number=str(number or ""))
    if question.state != rows.WAITING:
        raise Refused("question-over", number=str(number), state=Term(term=f"question-is-{question.state}"))
    if answers and not await may_answer(ctx, question):
        raise Refused("question-not-yours", leader=await people.name(ctx.session, question.leader_id))
    return question


# ---------------------------------------------------------------- what it looks like


async def about(ctx: Context, question: Question, *, heading: str = "question-title") -> list[Line]:
    """What an office sees of a question: whose it is, unless that is for nobody to know, and its words."""
    args: dict[str, Arg] = {
        "number": str(question.id),
        "leader": await people.name(ctx.session, question.leader_id),
        "days": ctx.calendar.age(ctx.now, question.asked_at),
    }
    lines = [Line(id=heading, args=args, kind="title")]
    if question.named and question.asker_id is not None:
        who = await people.name(ctx.session, question.asker_id)
        lines.append(Line(id="question-by", args={"who": who}, kind="fact"))
    else:
        lines.append(Line(id="question-by-somebody", kind="fact"))
    if question.announcement_id is not None and (under := await launch.get(ctx.session, question.announcement_id)):
        lines.append(Line(id="question-under", args={"title": under[1].title}, kind="fact"))
    return [*lines, plain(question.text, "quote")]


async def likenesses(ctx: Context, question: Question) -> list[Question]:
    """Questions of the same office that look like this one, and are not answered together with it yet."""
    every = {each.id or 0: each for each in await rows.waiting(ctx.session, [question.leader_id])}
    mine = question.joined_to or question.id
    others = {number: every[number].text for number in sorted(every)[-COMPARED:]}
    others = {number: text for number, text in others.items() if (every[number].joined_to or number) != mine}
    return [every[number] for number in rules.alike(question.text, others)[:3]]


async def card(ctx: Context, question: Question, *, answers: bool) -> Say:
    """A question with what can be done about it. answers: its readers answer in the leader's name."""
    value, like = str(question.id), await likenesses(ctx, question)
    lines, picks = await about(ctx, question), list(ways(question, answers=answers))
    for each in like:
        args: dict[str, Arg] = {"number": str(each.id), "text": each.text[:QUOTED]}
        lines.append(Line(id="question-alike", args=args, kind="note"))
        join = Pick(label="question-join", action="ask.join", value=f"{value} {each.id}", args={"number": str(each.id)})
        picks.append(join)
    return Say(lines=tuple(lines), choices=tuple(picks))


def ways(question: Question, *, answers: bool) -> tuple[Pick, ...]:
    """What can be done about a question that waits."""
    value = str(question.id)
    first = (
        Pick(label="question-answer", action="ask.answer", value=value, style="primary")
        if answers
        else Pick(label="question-draft", action="ask.draft", value=value, style="primary")
    )
    return first, Pick(label="question-decline", action="ask.decline", value=value)


def redirect(question: Question) -> Pick:
    """Another leader is to answer it."""
    args: dict[str, Arg] = {"number": str(question.id)}
    return Pick(label="question-pass-on", action="ask.redirect", value=str(question.id), args=args)


def quoted(text: str) -> list[Line]:
    """What was prepared, as those who asked would read it."""
    return [plain(text, "rich")]


async def to_sign(ctx: Context, question: Question) -> Say:
    """What was prepared, as who may send it is shown it."""
    lines: list[Line] = []
    for each in await rows.together(ctx.session, question):
        lines += await about(ctx, each)
    who = await drafter(ctx, question)
    lines += [Line(id="question-draft-is", args={"who": who}), *quoted(question.draft)]
    value = str(question.id)
    seen = f"{value} v{question.draft_version}"
    return Say(
        lines=tuple(lines),
        choices=(
            Pick(label="question-send", action="ask.send", value=seen, style="primary"),
            Pick(label="question-answer", action="ask.answer", value=value),
            Pick(label="question-decline", action="ask.decline", value=value),
        ),
    )


async def drafter(ctx: Context, question: Question) -> str:
    """Who prepared an answer."""
    return await people.name(ctx.session, question.draft_by_id) if question.draft_by_id is not None else ""


# ---------------------------------------------------------------- telling it


async def told(ctx: Context, leader: int) -> tuple[list[To], list[int]]:
    """Where an office hears of what comes: rooms of who looks after communication, and people.

    Those are the holders of a mandate; without such rooms, who looks after communication; without anybody, the leader,
    and when that is none any more, administrators.
    """
    rooms = [To(room=each.room, platform=each.platform) for each in ctx.rooms.get(Role.COMMS, ())]
    persons = set(await holders(ctx, leader))
    if not rooms:
        persons |= set(await people.with_role(ctx.session, Role.COMMS))
    if not rooms and not persons:
        persons = {leader} if await is_leader(ctx, leader) else set(await people.with_role(ctx.session, Role.ADMIN))
    return rooms, sorted(persons)


async def tell(ctx: Context, leader: int, rooms_: Say, people_: Say, *, name: str, batch: str = "") -> None:
    """Tell an office something. rooms_, people_: in its rooms; to those of it who answer."""
    rooms, persons = await told(ctx, leader)
    languages = {(each.platform, each.room): each.language for each in ctx.rooms.get(Role.COMMS, ())}
    for room in rooms:
        language = languages[room.platform, room.room]
        where = f"{name}:{room.platform}:{room.room}"
        await ctx.outbox.tell(room, rooms_, name=where, kind="decision", language=language, batch=batch)
    for person in persons:
        answers = person == leader or person in await holders(ctx, leader)
        words = people_ if answers else rooms_
        await ctx.outbox.tell(To(person=person), words, name=f"{name}:person:{person}", kind="decision", batch=batch)


async def arrived(ctx: Context, question: Question) -> None:
    """Show a question to its office."""
    name = _cards(question)
    rooms_, people_ = await card(ctx, question, answers=False), await card(ctx, question, answers=True)
    await tell(ctx, question.leader_id, rooms_, people_, name=name, batch=name)


def _cards(question: Question) -> str:
    """The batch of the messages that showed a question to the office where it waits."""
    return f"question:{question.id}:cards:{question.leader_id}"


async def freeze(ctx: Context, question: Question, line: Line) -> None:
    """Let the messages that showed a question say what became of it, without its words, and offer nothing."""
    args: dict[str, Arg] = {"number": str(question.id)}
    over = Say(lines=(Line(id="question-title-over", args=args, kind="title"), line))
    for each in await rows.shown(ctx.session, _cards(question)):
        to = To(person=each.person_id) if each.person_id is not None else To(room=each.room, platform=each.platform)
        await ctx.outbox.tell(
            to, over, name=f"{each.name}:over", kind=each.kind, op="edit", of=each.name, language=each.language
        )


async def trace(
    ctx: Context, question: Question, action: str, texts: Sequence[str] = (), after: dict[str, str] | None = None
) -> None:
    """Leave a trace of what an office did; who asked stands in none."""
    await ctx.audit.append(
        ctx.session,
        now=ctx.now,
        actor=ctx.actor.person,
        action=f"question.{action}",
        subject=f"question:{question.id}",
        after=after or {},
        texts={"words": "\n".join(texts)} if texts else None,
    )
