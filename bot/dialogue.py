"""A form asked line by line, where there are no modals: rows, so that it survives a restart.

One question at a time, in the direct room; then everything is shown once, to be corrected or sent. This file decides
what an answer means and what to say next; `bot.dispatch` checks and carries out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.lookup import account_ids, fold
from bot.nudge import Planner, To
from bot.say import Ask, Line, Moment, Names, Pick, Question, Say, Term, say
from storage import dialogues
from storage.dialogues import Dialogue

LIFE = timedelta(hours=24)
REVIEW = -1
CANCEL = "dialogue.cancel"
SEND = "dialogue.send"
RESUME = "dialogue.resume"
TYPED: Mapping[str, Mapping[str, str]] = {
    "en": {CANCEL: "cancel", SEND: "ok", RESUME: "resume"},
    "fr": {CANCEL: "annuler", SEND: "ok", RESUME: "reprendre"},
}
"""How the choices of an exchange are typed by the readers of each language; "dialogue cancel" means it, too."""

_CANCELS = frozenset({"cancel", "annuler", "annule", "stop"})
_SENDS = frozenset({"send", "ok", "yes", "y", "envoyer", "oui", "o", "valider"})
_RESUMES = frozenset({"resume", "reprendre"})
_SKIPS = frozenset({"-", "skip", "none", "passer", "aucun", "aucune"})

Label = Callable[[str], str]
"""An option's value -> its words in the reader's language."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a dialogue stands. position: index of the question asked now, or REVIEW. id: its row's, or 0.

    The choices it offers carry the id, so that those of an exchange that is over do not act on the one under way.
    aside: the form that was put aside when this one began, "" for none; said once.
    """

    ask: Ask
    answers: Mapping[str, str]
    position: int
    id: int = 0
    aside: str = ""

    @property
    def question(self) -> Question | None:
        """The question asked now; None while reviewing."""
        return None if self.position == REVIEW else self.ask.questions[self.position]


@dataclass(frozen=True, slots=True)
class Cancelled:
    """They want to stop."""


@dataclass(frozen=True, slots=True)
class Sent:
    """They accept it as it stands."""


@dataclass(frozen=True, slots=True)
class Turned:
    """They want to be asked one question again. state: that question is asked."""

    state: State


@dataclass(frozen=True, slots=True)
class Unclear:
    """What they typed is not an answer here. line: what to do next."""

    line: Line


Heard = State | Cancelled | Sent | Turned | Unclear


def begin(ask: Ask) -> State:
    """The state in which a form is first asked: at its first empty question, or under review when all is filled."""
    answers = {each.name: each.value for each in ask.questions}
    return State(ask, answers, REVIEW if ask.review else _next_open(ask, answers, set()))


def hear(state: State, text: str, label: Label) -> Heard:
    """What a line typed by the person does to the dialogue."""
    words = text.strip()
    if words.casefold() in _CANCELS:
        return Cancelled()
    if state.question is None:
        return _hear_review(state, words, label)
    return _take(state, state.position, words, label)


def resumes(text: str) -> bool:
    """Whether a line asks for what was put aside."""
    return text.strip().casefold() in _RESUMES


def _hear_review(state: State, words: str, label: Label) -> Heard:
    if words.casefold() in _SENDS:
        return Sent()
    number, _, rest = words.partition(" ")
    number = number.rstrip(".):")
    if not number.isdecimal() or not 1 <= int(number) <= len(state.ask.questions):
        return Unclear(Line(id="dialogue-review-unclear", args={"count": len(state.ask.questions)}))
    position = int(number) - 1
    if not rest.strip():
        return Turned(replace(state, position=position))
    return _take(state, position, rest.strip(), label)


def _take(state: State, position: int, words: str, label: Label) -> Heard:
    question = state.ask.questions[position]
    value = _value(question, words, label)
    if isinstance(value, Line):
        return Unclear(value)
    return replace(state, answers={**state.answers, question.name: value}, position=position)


def _value(question: Question, words: str, label: Label) -> str | Line:
    if words.casefold() in _SKIPS and not question.required:
        return ""
    if question.kind == "choice":
        return _option(question, words, label)
    if not words:
        return Line(id="dialogue-empty")
    if len(words) > question.max_length:
        return Line(id="dialogue-too-long", args={"limit": question.max_length, "length": len(words)})
    return words


def _option(question: Question, words: str, label: Label) -> str | Line:
    said = fold(words.strip("()."))
    offered: list[str] = []
    for index, value in enumerate(question.options, 1):
        shown = question.labels.get(value) or label(value)
        if said in (str(index), fold(value), fold(shown)):
            return value
        offered.append(f"{index}. {shown}")
    return Line(id="dialogue-choose", args={"options": Names(names=tuple(offered))})


def _next_open(ask: Ask, answers: Mapping[str, str], seen: set[str]) -> int:
    for index, each in enumerate(ask.questions):
        if each.name not in seen and not answers.get(each.name):
            return index
    return REVIEW


def onward(state: State) -> State:
    """The state after an answer was found right: the next question not asked yet, or the whole to review."""
    if state.ask.review or state.position == REVIEW:
        return replace(state, position=REVIEW)
    for index in range(state.position + 1, len(state.ask.questions)):
        if not state.answers.get(state.ask.questions[index].name):
            return replace(state, position=index)
    return replace(state, position=REVIEW)


def complete(state: State) -> bool:
    """Whether the last question was just answered, so that the form may be checked as a whole."""
    return state.position == REVIEW


def speak(state: State, error: Line | None = None, *, opening: bool = False) -> Say:
    """What the dialogue says now. error: what was wrong with the last line. opening: it begins here."""
    wrong = (Line(id=error.id, args=error.args, kind="text"),) if error else ()
    if state.question is None:
        said = _speak_review(state, wrong)
    else:
        said = _speak_question(state, state.question, wrong, opening=opening or (state.position == 0 and not wrong))
    return with_aside(said, state.aside, "dialogue-aside", first=True) if state.aside else said


def with_aside(said: Say, form: str, line: str, *, first: bool = False) -> Say:
    """What is said, with the way back to a form that was put aside. line: how that is said; first: before the rest."""
    told = Line(id=line, args={"form": Term(term=f"form-{form.replace('.', '-')}.title")}, kind="note")
    lines = (told, *said.lines) if first else (*said.lines, told)
    picks = (*said.choices, Pick(label="dialogue-resume", action=RESUME))
    return said.model_copy(update={"lines": lines, "choices": picks})


def _field(ask: Ask, question: Question) -> str:
    return f"field-{ask.id.replace('.', '-')}-{question.name}"


def _label(ask: Ask, question: Question) -> Term:
    return Term(term=f"{_field(ask, question)}.label", args=question.args)


def _speak_question(state: State, question: Question, wrong: tuple[Line, ...], *, opening: bool) -> Say:
    title = Line(id=f"form-{state.ask.id.replace('.', '-')}.title", kind="title")
    total = len(state.ask.questions)
    lines = [
        *((title, *state.ask.lines) if opening else ()),
        *wrong,
        Line(
            id="dialogue-question" if total > 1 else "dialogue-question-alone",
            args={
                "number": state.position + 1,
                "total": total,
                "question": _label(state.ask, question),
            },
        ),
    ]
    if question.kind != "choice":
        lines.append(Line(id=f"{_field(state.ask, question)}.hint", args={**question.args}, kind="note"))
    for index, value in enumerate(question.options if question.kind == "choice" else (), 1):
        lines.append(_option_line(question, index, value))
    lines.append(Line(id="dialogue-how" if question.required else "dialogue-how-optional", kind="note"))
    return Say(lines=tuple(lines), choices=(Pick(label="dialogue-cancel", action=CANCEL, value=_whose(state)),))


def _whose(state: State) -> str:
    """What tells the choices of one exchange from those of another."""
    return str(state.id) if state.id else ""


def _option_line(question: Question, index: int, value: str) -> Line:
    text = question.labels.get(value)
    shown = Term(term="plain", args={"text": text}) if text else Term(term=f"option-{value}")
    return Line(id="dialogue-option", args={"number": index, "option": shown}, kind="item")


def _speak_review(state: State, wrong: tuple[Line, ...]) -> Say:
    lines = [Line(id=f"form-{state.ask.id.replace('.', '-')}.title", kind="title"), *wrong, *state.ask.lines]
    numbered = list(enumerate(state.ask.questions, 1))
    empty = [each for each in numbered if not each[1].required and not state.answers.get(each[1].name, "")]
    lines += [_review_line(state, *each) for each in numbered if each not in empty]
    if empty:
        fields = Names(names=tuple(_left_out(state, *each) for each in empty))
        lines.append(Line(id="dialogue-review-empty", args={"fields": fields}))
    lines.append(Line(id="dialogue-review-how", kind="note"))
    send = Pick(
        label=f"form-{state.ask.id.replace('.', '-')}.submit", action=SEND, value=_whose(state), style="primary"
    )
    cancel = Pick(label="dialogue-cancel", action=CANCEL, value=_whose(state), style="danger")
    return Say(lines=tuple(lines), choices=(send, *state.ask.choices, cancel))


def _review_line(state: State, index: int, question: Question) -> Line:
    label = _label(state.ask, question)
    shown = _shown(question, state.answers.get(question.name, ""))
    return Line(id="dialogue-review-field", args={"number": index, "field": label, "value": shown})


def _left_out(state: State, index: int, question: Question) -> Term:
    """A question that may stay unanswered, and is: a line of its own would hide those that say something."""
    label = _label(state.ask, question)
    return Term(term="dialogue-review-left-out", args={"number": index, "field": label})


def _shown(question: Question, value: str) -> Term | Names | Moment:
    """An answer as its reader sees it: a day is written as their language writes days, people by their names."""
    if not value:
        return Term(term="dialogue-nothing")
    if question.kind in ("person", "people"):
        return Names(names=tuple(question.labels.get(each, each) for each in account_ids(value)))  # see bot.forms
    if question.kind == "date" and (day := _day(value)):
        return Moment(at=day, style="day")
    if question.kind == "choice" and not question.labels.get(value):
        return Term(term=f"option-{value}")
    return Term(term="plain", args={"text": question.labels.get(value, value)})


def _day(value: str) -> datetime | None:
    """A day written as forms do (ISO 8601), or None: what cannot be read is shown as it was typed."""
    try:
        return datetime.combine(date.fromisoformat(value), time(), UTC)
    except ValueError:
        return None


# ---------------------------------------------------------------- rows


async def load(session: AsyncSession, person_id: int, platform: str) -> tuple[Dialogue, State] | None:
    """The dialogue under way with a person, if there is one."""
    row = await dialogues.opened(session, person_id, platform)
    return (row, _state(row)) if row is not None else None


def _state(row: Dialogue) -> State:
    return State(Ask.model_validate_json(row.form), json.loads(row.answers), row.position, row.id or 0)


async def start(session: AsyncSession, person_id: int, platform: str, ask: Ask, now: datetime) -> State:
    """Ask a form line by line; a dialogue under way in which something was answered is put aside.

    One is kept aside: what was there before is forgotten. Returns where it stands.
    """
    aside = await _put_aside(session, person_id, platform)
    state = begin(ask)
    row = Dialogue(
        person_id=person_id,
        platform=platform,
        form=ask.model_dump_json(),
        answers=json.dumps(dict(state.answers)),
        position=state.position,
        expires_at=now + LIFE,
        created_at=now,
    )
    session.add(row)
    await session.flush()
    return replace(state, id=row.id or 0, aside=aside)


async def _put_aside(session: AsyncSession, person_id: int, platform: str) -> str:
    """Put aside the dialogue under way; return its form's id, "" when there was nothing worth keeping."""
    under_way = await load(session, person_id, platform)
    if under_way is None:
        return ""
    row, state = under_way
    if not any(state.answers.values()):
        await dialogues.end(session, person_id, platform, "cancelled")
        return ""
    await dialogues.end(session, person_id, platform, "cancelled", of="aside")
    await dialogues.turn(session, row, "aside")
    return state.ask.id


async def aside(session: AsyncSession, person_id: int, platform: str, now: datetime) -> str:
    """The form of the dialogue put aside that can still be taken up; "" when there is none."""
    row = await dialogues.opened(session, person_id, platform, "aside")
    return _state(row).ask.id if row is not None and row.expires_at > now else ""


async def resume(session: AsyncSession, person_id: int, platform: str, now: datetime) -> State | None:
    """Take up again what was put aside, where it stood; what is under way is put aside in its turn.

    None: there is nothing to take up, or its time is over.
    """
    row = await dialogues.opened(session, person_id, platform, "aside")
    if row is None or row.expires_at <= now:
        return None
    await dialogues.turn(session, row, "resumed")  # or it would be forgotten as what was aside before
    other = await _put_aside(session, person_id, platform)
    await dialogues.turn(session, row, "open")
    state = _state(row)
    await keep(session, row, state, now)
    return replace(state, aside=other)


async def keep(session: AsyncSession, row: Dialogue, state: State, now: datetime) -> None:
    """Write where a dialogue stands; it lives on from now."""
    row.form = state.ask.model_dump_json()
    row.answers = json.dumps(dict(state.answers))
    row.position = state.position
    row.version += 1
    row.expires_at = now + LIFE
    session.add(row)
    await session.flush()


async def expire(session: AsyncSession, planner: Planner, now: datetime) -> None:
    """End the dialogues whose time is up, and say so; of those put aside it was said how long they stay."""
    for row in await dialogues.overdue(session, now, "aside"):
        await dialogues.end(session, row.person_id, row.platform, "expired", of="aside")
    for row in await dialogues.overdue(session, now):
        await end(session, row, "expired")
        await planner.tell(
            To(person=row.person_id, platform=row.platform),
            say("dialogue-expired"),
            name=f"expired:{row.platform}:{row.id}",
            kind="decision",
        )


async def end(session: AsyncSession, row: Dialogue, state: str) -> None:
    """End a dialogue; what was answered is forgotten. state: "done", "cancelled" or "expired"."""
    await dialogues.end(session, row.person_id, row.platform, state)
