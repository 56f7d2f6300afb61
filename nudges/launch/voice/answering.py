"""Answering: by the leader or who holds a mandate, or prepared by the office and sent by them; declining, with words.

An answer goes to everybody who asked what is answered together, where they asked, once each: it is decided and promised
in one transaction.
"""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import people
from bot.chat import Press, Submission
from bot.decide import split_number, split_version
from bot.nudge import Answer, Asking, ContactSpec, Context, FieldErrors, Refused, To, in_thread_of
from bot.say import Arg, Ask, Line, Say, plain
from bot.say import Question as Field
from nudges.launch.capability import nudge
from nudges.launch.voice import office, rules
from nudges.launch.voice.rules import TEXT
from storage import communities
from storage import voice as rows
from storage.voice import Place, Question

ANSWER = "question.answer"
"""The kind of contact by which people hear what became of what they asked."""
ASKERS, READERS = "askers", "readers"
"""Who is to read an answer: those who asked, or whoever reads the announcement, too."""


# ---------------------------------------------------------------- forms


def _form(verb: str, question: Question, text: str = "") -> Ask:
    field = Field(name="text", kind="long", max_length=TEXT, value=text)
    return Ask(id=f"ask.{verb}", questions=(field,), meta=str(question.id))


async def _asked(ctx: Context, form: Ask, question: Question) -> Ask:
    """The form below everything that it answers."""
    lines: list[Line] = []
    for each in await rows.together(ctx.session, question):
        lines += await office.about(ctx, each)
    return form.model_copy(update={"lines": tuple(lines)})


async def _wrong(asking: Asking) -> FieldErrors:
    return _unfit(asking.submission.values.get("text", ""))


def _unfit(text: str) -> dict[str, Line]:
    if len(text.strip()) > TEXT:
        return {"text": Line(id="question-long", args={"limit": TEXT, "length": len(text.strip())})}
    return {} if text.strip() else {"text": Line(id="question-words")}


def _words(event: Submission) -> str:
    """What was written. Raises Refused: nothing, or too much."""
    for line in _unfit(event.values.get("text", "")).values():
        raise Refused(line.id, **line.args)
    return event.values["text"].strip()


# ---------------------------------------------------------------- an answer


@nudge.choice("ask.answer", aliases=["demander repondre"])
async def answer(event: Press, ctx: Context) -> Answer:
    """In the leader's name; what was prepared stands in the form."""
    question = await office.found(ctx, event.value, answers=True)
    form = _form("answer", question, question.draft)
    if await _places(ctx, question):
        publish = Field(name="publish", kind="choice", options=(ASKERS, READERS), value=ASKERS)
        words = question.text if question.shared else ""
        restated = Field(name="restated", kind="long", max_length=TEXT, required=False, value=words)
        form = form.model_copy(update={"questions": (*form.questions, publish, restated)})
    return await _asked(ctx, form, question)


async def _unanswerable(asking: Asking) -> FieldErrors:
    values = asking.submission.values
    wrong = _unfit(values.get("text", ""))
    number, _ = split_number(asking.submission.meta)
    question = await rows.get(asking.session, number) if number is not None else None
    if not wrong and question is not None and "restated" in values and values.get("publish") == READERS:
        return await _unpublishable(asking.session, question, values["restated"])
    return wrong


async def _unpublishable(session: AsyncSession, question: Question, words: str) -> dict[str, Line]:
    """Why these words of a question are not published: there are none, or their author did not say that they may be."""
    if not words.strip():
        return {"restated": Line(id="question-restate")}
    if len(words.strip()) > TEXT:
        return {"restated": Line(id="question-long", args={"limit": TEXT, "length": len(words.strip())})}
    group = await rows.together(session, question)
    kept = [each for each in group if not each.shared and rules.quotes(words, each.text)]
    return {"restated": Line(id="question-restate-otherwise")} if kept else {}


@nudge.form("ask.answer", check=_unanswerable)
async def answered(event: Submission, ctx: Context) -> Answer:
    """It goes to everybody who asked."""
    text = _words(event)
    question = await office.found(ctx, event.meta, answers=True)
    if event.values.get("publish") == READERS:
        words = event.values.get("restated", "")
        for line in (await _unpublishable(ctx.session, question, words)).values():
            raise Refused(line.id, **line.args)
        await _publish(ctx, question, words.strip(), text)
    return await _send(ctx, question, text)


async def _places(ctx: Context, question: Question) -> list[Place]:
    """The threads of the announcement under which it was asked, where it is not answered anyway.

    Those that are for everybody; of others, the one where it was asked.
    """
    if question.announcement_id is None:
        return []
    mine = (question.platform, question.room, question.thread)
    places = []
    for each in await rows.places_of(ctx.session, question.announcement_id):
        if (each.platform, each.room, in_thread_of(each.message)) == mine:
            places += [] if question.named else [each]
        elif await _is_public(ctx, each):
            places.append(each)
    return places


async def _is_public(ctx: Context, place: Place) -> bool:
    community = await communities.in_room(ctx.session, place.platform, place.room)
    return community is not None and community.visibility == "public" and community.state in communities.OPENED


async def _publish(ctx: Context, question: Question, words: str, text: str) -> None:
    """Answer for everybody who reads the announcement, too; whose question it was is not said.

    words: of the question, as it is published.
    """
    leader = await people.name(ctx.session, question.leader_id)
    asked = (Line(id="question-public", args={"leader": leader}), plain(words, "quote"), plain(text, "rich"))
    batch = rows.published(question)
    for each in await _places(ctx, question):
        await ctx.outbox.tell(
            To(room=each.room, platform=each.platform), Say(lines=asked),
            name=f"{batch}:{each.id}", kind="decision", batch=batch,
            reply_to=in_thread_of(each.message), language=await _language(ctx, each.platform, each.room),
        )  # fmt: skip


async def _language(ctx: Context, platform: str, room: str) -> str:
    """What is read in a community: its own language, else the organisation's."""
    community = await communities.in_room(ctx.session, platform, room)
    return (community.language if community is not None else "") or ctx.language


async def _send(ctx: Context, question: Question, text: str) -> Say:
    closed = await _close(ctx, question, rows.ANSWERED)
    leader = await people.name(ctx.session, question.leader_id)
    for each in closed:
        args: dict[str, Arg] = {"leader": leader, "number": str(each.id)}
        lines = (Line(id="question-answer-from", args=args), plain(each.text, "quote"), plain(text, "rich"))
        await _return(ctx, each, Say(lines=lines), "answer")
        by = await people.name(ctx.session, ctx.actor.person)
        await office.freeze(ctx, each, Line(id="question-was-answered", args={"who": by}))
    await office.trace(ctx, question, "answer", [text], {"questions": " ".join(str(each.id) for each in closed)})
    return Say(lines=(Line(id="question-answered", args={"count": len(closed), "leader": leader}),))


async def _close(ctx: Context, question: Question, state: str) -> list[Question]:
    """All that is answered together is over from here on. Raises Refused: it was already."""
    group = await rows.together(ctx.session, question)
    closed = [each for each in group if await rows.close(ctx.session, each.id or 0, state, ctx.now)]
    if not closed:
        raise Refused("question-closed", number=str(question.id))
    return closed


async def _return(ctx: Context, question: Question, say: Say, what: str) -> None:
    """Tell who asked, where they asked: in the thread, when they asked in one under their name; else in person."""
    if question.asker_id is None:
        return
    person = await people.current(ctx.session, question.asker_id)
    to = To(person=person, platform=question.platform)
    if question.named and question.room and question.thread:
        to = To(room=question.room, platform=question.platform)
    language = "" if to.person is not None else await _language(ctx, question.platform, question.room)
    await ctx.outbox.tell(
        to, say, name=f"question:{question.key}:{what}", kind=ANSWER, reply_to=question.thread, language=language
    )


# ---------------------------------------------------------------- prepared by the office


@nudge.choice("ask.draft", aliases=["demander preparer"])
async def draft(event: Press, ctx: Context) -> Answer:
    """Somebody of the office prepares an answer."""
    question = await office.found(ctx, event.value)
    return await _asked(ctx, _form("draft", question, question.draft), question)


@nudge.form("ask.draft", check=_wrong)
async def drafted(event: Submission, ctx: Context) -> Answer:
    """Those who may send it are shown it; nobody else is told anything."""
    text = _words(event)
    question = await office.found(ctx, event.meta)
    if not await rows.prepare(ctx.session, question, text, ctx.actor.person):
        raise Refused("question-drafted-meanwhile", number=str(question.id))
    again = await rows.get(ctx.session, question.id or 0)
    assert again is not None, "it was found just now"
    shown = await office.to_sign(ctx, again)
    leader = await people.current(ctx.session, question.leader_id)
    able = [leader, *await office.holders(ctx, leader)] if await office.is_leader(ctx, leader) else []
    for person in able:
        name = f"question:{question.id}:draft:{again.draft_version}:{person}"
        await ctx.outbox.tell(To(person=person), shown, name=name, kind="decision")
    await office.trace(ctx, question, "draft", [text])
    name = await people.name(ctx.session, question.leader_id)
    return Say(lines=(Line(id="question-drafted", args={"number": str(question.id), "leader": name}),))


@nudge.choice("ask.send", aliases=["demander envoyer"])
async def send(event: Press, ctx: Context) -> Answer:
    """What was prepared goes out in the leader's name. It must be what they were shown: else they are shown it."""
    number, rest = split_number(event.value)
    question = await office.found(ctx, str(number or ""), answers=True)
    seen, _ = split_version(rest)
    if not question.draft:
        raise Refused("question-draft-none", number=str(question.id))
    if seen is None:
        return await office.to_sign(ctx, question)
    if seen != question.draft_version:
        raise Refused("question-draft-other", number=str(question.id))
    return await _send(ctx, question, question.draft)


# ---------------------------------------------------------------- declined


@nudge.choice("ask.decline", aliases=["demander decliner"])
async def decline(event: Press, ctx: Context) -> Answer:
    """It will not be answered; the office says why."""
    question = await office.found(ctx, event.value)
    return await _asked(ctx, _form("decline", question), question)


@nudge.form("ask.decline", check=_wrong)
async def declined(event: Submission, ctx: Context) -> Answer:
    """Who asked hears it with its words."""
    text = _words(event)
    question = await office.found(ctx, event.meta)
    closed = await _close(ctx, question, rows.DECLINED)
    leader = await people.name(ctx.session, question.leader_id)
    for each in closed:
        args: dict[str, Arg] = {"leader": leader}
        lines = (Line(id="question-declined-by", args=args), plain(each.text, "quote"), plain(text, "rich"))
        await _return(ctx, each, Say(lines=lines), "answer")
        by = await people.name(ctx.session, ctx.actor.person)
        await office.freeze(ctx, each, Line(id="question-was-declined", args={"who": by}))
    await office.trace(ctx, question, "decline", [text], {"questions": " ".join(str(each.id) for each in closed)})
    return Say(lines=(Line(id="question-declined", args={"count": len(closed)}),))


nudge.contacts.append(ContactSpec(ANSWER, optional=False, called=("questions",), discreet=True))
