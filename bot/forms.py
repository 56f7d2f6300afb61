"""What is wrong with a filled form, and what a line does to a form asked line by line.

Everything here is before the transaction in which an event is handled, and only reads, but for `Forms.meet`. The
platform is asked who the accounts are that a form names, and never while rows are open.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import dialogue, people
from bot.chat import Checked, Command, Errors, Event, NotFound, PlatformError, Press, Profile, Submission
from bot.lookup import account_ids, fold
from bot.nudge import Actor, Asking, FieldErrors, Handed
from bot.parts import Parts, reader
from bot.say import Ask, Line, Names, Question, Say, say

LOOKED_UP = 60
"""Accounts of one form that the platform is asked about; a form that names more is refused for naming too many."""

PATIENCE = 2.0
"""Seconds that asking about all of them may take: Slack waits three for the answer to a form."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a line does to a dialogue. read: id and version of the row it was read from, None for none.

    accepted: the form is complete. resumed: what was put aside is wanted back.
    """

    read: tuple[int | None, int] | None
    answer: Say | None
    state: dialogue.State | None = None
    ended: str = ""
    resumed: bool = False
    accepted: Submission | None = None


class Forms:
    """Checks forms and hears dialogues."""

    def __init__(self, parts: Parts) -> None:
        """parts: what it works with."""
        self.parts = parts

    async def check(self, submission: Submission) -> Checked:
        """Say what is wrong with a filled form, in the person's language."""
        async with self.parts.store.read() as session:
            who = await people.known(session, submission.platform, submission.by)
        result = await self._check(submission, who) if who else None
        if who is None or result is None:
            return None
        if isinstance(result, Ask):
            return self.parts.words.form(result, reader(who))
        errors = {name: self.parts.words.text(reader(who), line.id, line.args) for name, line in result.items()}
        return Errors(fields=errors) if errors else None

    async def _check(self, submission: Submission, who: Actor) -> FieldErrors | Ask | None:
        known = self.parts.lookup.form(submission.form)
        if known is None or not known[1].by & who.roles:
            return None  # handling it says so, in words
        nudge, form = known
        async with self.parts.store.read() as session:
            submission, wrong = await settle(session, submission, form.accounts)
        if wrong:
            return wrong
        named = account_ids(" ".join(submission.values.get(field, "") for field in form.accounts))
        accounts = await self._accounts(submission.platform, named[:LOOKED_UP]) if named else {}
        settings, calendar = self.parts.settings.get(nudge.id), self.parts.calendar
        async with self.parts.store.read() as session:
            return await form.check(Asking(self.parts.now(), session, who, submission, settings, calendar, accounts))

    async def _accounts(self, platform: str, named: list[str]) -> dict[str, str]:
        """What each account is: from our rows where they are fresh, else from the platform."""
        async with self.parts.store.read() as session:
            found = await people.kinds(session, platform, named, self.parts.now())
        asked = await self._profiles(platform, [each for each in named if each not in found])
        return found | {each: said if isinstance(said, str) else said.kind for each, said in asked.items()}

    async def _profiles(self, platform: str, accounts: Sequence[str]) -> dict[str, Profile | str]:
        """What the platform says of accounts, of those it tells in time: a profile, or "unknown", or "later"."""
        asked = {asyncio.ensure_future(self._ask(platform, each)): each for each in accounts}
        if not asked:
            return {}
        done, late = await asyncio.wait(asked, timeout=PATIENCE)
        for task in late:
            task.cancel()
        return {asked[task]: task.result() for task in done}

    async def _ask(self, platform: str, account: str) -> Profile | str:
        try:
            return await self.parts.platforms[platform].profile(account)
        except NotFound:
            return "unknown"
        except PlatformError:
            return "later"

    async def meet(self, submission: Submission) -> None:
        """Note who those are that a form names and the bot never met, so that they are called by their names."""
        known = self.parts.lookup.form(submission.form)
        if known is None or not known[1].accounts:
            return
        async with self.parts.store.read() as session:
            who = await people.known(session, submission.platform, submission.by)
            if who is None or not known[1].by & who.roles:
                return
            settled, _ = await settle(session, submission, known[1].accounts)
            named = account_ids(" ".join(settled.values.get(field, "") for field in known[1].accounts))[:LOOKED_UP]
            met = await people.kinds(session, submission.platform, named, self.parts.now())
        told = await self._profiles(submission.platform, [each for each in named if each not in met])
        profiles = [each for each in told.values() if isinstance(each, Profile)]
        if profiles:
            async with self.parts.store.write() as session:
                for each in profiles:
                    await self.parts.meet(session, submission.platform, each, self.parts.now())

    async def written(self, event: Event) -> Handed:
        """The message that a command replies to, for one that is about it; or why it could not be read."""
        found = self.parts.lookup.asked(event) if isinstance(event, Command) and event.in_reply_to else None
        if found is None or not found.reads or not isinstance(event, Command):
            return None
        async with self.parts.store.read() as session:
            who = await people.known(session, event.platform, event.by)
        if who is None or not found.by & who.roles:
            return None
        try:
            return await self.parts.platforms[event.platform].read(event.room, event.in_reply_to)
        except PlatformError as error:
            return error

    async def heard(self, event: Event) -> Heard | None:
        """What this event does to the dialogue under way with a person; None when it has nothing to do with one."""
        said = _said(event)
        if said is None:
            return None
        async with self.parts.store.read() as session:
            who = await people.known(session, event.platform, event.by)
            under_way = await dialogue.load(session, who.person, event.platform) if who else None
            aside = await dialogue.aside(session, who.person, event.platform, self.parts.now()) if who else ""
        if said.choice == dialogue.RESUME or (aside and dialogue.resumes(said.text)):
            return Heard(None, None, resumed=True)
        if who is None or under_way is None:
            return Heard(None, say("dialogue-gone")) if said.choice else None
        row, state = under_way
        read = (row.id, row.version)
        if said.of not in ("", str(state.id)):
            return Heard(read, say("dialogue-gone"))
        if said.choice == dialogue.SEND and state.question is not None:
            return Heard(read, dialogue.speak(state))  # a review seen before: it is not sent half corrected
        where = reader(who)
        line = dialogue.hear(state, said.text, lambda value: self.parts.words.text(where, f"option-{value}", {}))
        return await self._weigh(event, who, Heard(read, None, state), line)

    async def _weigh(self, event: Event, who: Actor, at: Heard, line: dialogue.Heard) -> Heard:
        assert at.state is not None
        if isinstance(line, dialogue.Unclear):
            return Heard(at.read, dialogue.speak(at.state, line.line), at.state)
        if isinstance(line, dialogue.Turned):
            return Heard(at.read, dialogue.speak(line.state), line.state)
        if isinstance(line, dialogue.Cancelled):
            return Heard(at.read, say("dialogue-cancelled"), ended="cancelled")
        state = at.state if isinstance(line, dialogue.Sent) else line
        async with self.parts.store.read() as session:
            state = await _people_named(session, event.platform, state)
        filled = _filled(event, state)
        result = await self._check(filled, who)
        question = state.question
        if question is not None:
            wrong = result if isinstance(result, Mapping) else {}
            if question.name in wrong:
                return Heard(at.read, dialogue.speak(at.state, wrong[question.name]), at.state)
            state = dialogue.onward(state)
            if not dialogue.complete(state) or state.ask.review:
                return Heard(at.read, dialogue.speak(state), state)
        if isinstance(result, Ask):
            async with self.parts.store.read() as session:
                result = await readable(session, event.platform, result)
        return _whole(at.read, state, filled, result)


async def settle(
    session: AsyncSession, submission: Submission, fields: Sequence[str]
) -> tuple[Submission, dict[str, Line]]:
    """A submission in which people are accounts, whatever they were called; and what is wrong with how they were.

    fields: those that name people.
    """
    values, wrong = dict(submission.values), dict[str, Line]()
    for field in fields:
        if not values.get(field, "").strip():
            continue
        found = await people.named(session, submission.platform, values[field])
        if line := several(found):
            wrong[field] = line
        else:
            values[field] = " ".join(found.accounts)
    return submission.model_copy(update={"values": values}), wrong


def several(found: people.Named) -> Line | None:
    """Why it is not sure whom a text names, and what to write: a name that several have, or too many words; or None."""
    if found.beyond:
        return Line(id="people-too-many", args={"words": found.beyond, "limit": people.NAMED_WORDS})
    for name, accounts in found.doubtful.items():
        return Line(id="people-several", args={"name": name[:80], "accounts": Names(names=accounts[:5])})
    return None


async def readable(session: AsyncSession, platform: str, ask: Ask) -> Ask:
    """A form whose people are accounts, each with the name that its reader knows them by."""
    questions = [await _labelled(session, platform, each, each.value) for each in ask.questions]
    return ask.model_copy(update={"questions": tuple(questions)})


async def _labelled(session: AsyncSession, platform: str, question: Question, value: str) -> Question:
    """The question about people with this value. One that is not sure stays, to be found wrong in its turn."""
    if question.kind not in ("person", "people") or not value:
        return question
    found = await people.named(session, platform, value)
    # People choose their own names on some platforms: the account is shown too.
    labels = {account: f"{name} ({account})" for account, name in found.names.items()}
    given = value if several(found) else " ".join(found.accounts)
    return question.model_copy(update={"value": given, "labels": labels})


async def _people_named(session: AsyncSession, platform: str, state: dialogue.State) -> dialogue.State:
    asked = {each.name: state.answers.get(each.name, "") for each in state.ask.questions}
    questions = [await _labelled(session, platform, each, asked[each.name]) for each in state.ask.questions]
    found = {each.name: each.value for each in questions if each.kind in ("person", "people") and asked[each.name]}
    ask = state.ask.model_copy(update={"questions": tuple(questions)})
    return replace(state, ask=ask, answers=asked | found)


def _whole(
    read: tuple[int | None, int] | None, state: dialogue.State, filled: Submission, result: FieldErrors | Ask | None
) -> Heard:
    """All is answered: correct what is wrong, go on to the next page, or take it."""
    if isinstance(result, Ask):
        following = replace(dialogue.begin(result), id=state.id)
        return Heard(read, dialogue.speak(following, opening=True), following)
    for index, question in enumerate(state.ask.questions):
        if result and question.name in result:
            back = replace(state, position=index)
            return Heard(read, dialogue.speak(back, result[question.name]), back)
    return Heard(read, None, ended="done", accepted=filled)


_CHOSEN = {dialogue.CANCEL: "cancel", dialogue.SEND: "ok", dialogue.RESUME: "resume"}
_TYPED = {word: action for words in dialogue.TYPED.values() for action, word in words.items()}


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said to a dialogue. choice: the action, where one of its own was taken. of: which dialogue, if told."""

    text: str
    choice: str = ""
    of: str = ""


def _said(event: Event) -> _Said | None:
    """What an event says to a dialogue, if it can: words in the direct room, or a dialogue's own choice, also typed."""
    if isinstance(event, Press):
        return _Said(_CHOSEN[event.action], event.action, event.value) if event.action in _CHOSEN else None
    if not isinstance(event, Command):
        return None
    typed = fold(event.text).split()
    action, of = ".".join(typed[:2]), typed[2:]
    if event.prefixed and typed and action not in _CHOSEN:
        action, of = _TYPED.get(typed[0], ""), typed[1:]
    if action in _CHOSEN and len(of) <= 1:
        return _Said(_CHOSEN[action], action, "".join(of))
    return _Said(event.text) if event.direct and not event.prefixed else None


def _filled(event: Event, state: dialogue.State) -> Submission:
    return Submission(
        key=event.key,
        platform=event.platform,
        by=event.by,
        room=event.room,
        at=event.at,
        direct=True,
        form=state.ask.id,
        values=dict(state.answers),
        meta=state.ask.meta,
    )
