"""A recorded event in, one answer out: who acts, what answers, may they, and what went wrong.

The only place that checks rights, and the only place that catches everything.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import attention, dialogue, people
from bot.chat import (
    Checked,
    Command,
    Errors,
    Event,
    HomeOpened,
    Joined,
    Left,
    Message,
    Platform,
    PlatformError,
    Press,
    Profile,
    ProfileChanged,
    Submission,
)
from bot.lookup import Found, Lookup
from bot.nudge import (
    Actor,
    Answer,
    Asking,
    Context,
    FieldErrors,
    HomeRoom,
    Nudge,
    Planner,
    Priority,
    Refused,
    Role,
    To,
    Trail,
)
from bot.outbox import Outbox
from bot.say import Ask, Line, Pick, Say, Term, say
from bot.words import Reader, Words
from storage import events
from storage.database import Store
from storage.people import Person

log = structlog.get_logger("dispatch")

TRIES = 4
"""How often an event whose handling fails is tried before it is parked."""

ADDRESSED = (Command, Press, Submission, HomeOpened)
"""Events by which a person speaks to the bot, and expects to hear something."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a dispatcher works with. rooms: role -> its rooms. role_rooms: (platform, room) -> roles its members have.

    settings: capability id -> its settings.
    """

    store: Store
    words: Words
    platforms: Mapping[str, Platform]
    lookup: Lookup
    outbox: Outbox
    audit: Trail
    settings: Mapping[str, Any]
    rooms: Mapping[Role, Sequence[HomeRoom]]
    role_rooms: Mapping[tuple[str, str], frozenset[Role]]
    calendar: Any
    now: Callable[[], datetime]
    contact: str = ""


class Dispatcher:
    """Handles one event at a time; several may be handled at once."""

    def __init__(self, parts: Parts) -> None:
        """parts: what it works with."""
        self.parts = parts

    def context(self, session: AsyncSession, now: datetime, who: Actor | None, nudge: Nudge) -> Context:
        """What a handler of that capability receives."""
        return Context(
            now=now,
            session=session,
            who=who,
            outbox=self.parts.outbox.within(session, now),
            audit=self.parts.audit,
            settings=self.parts.settings.get(nudge.id),
            rooms=self.parts.rooms,
            calendar=self.parts.calendar,
        )

    def reader(self, who: Actor) -> Reader:
        """Who reads what this person is shown."""
        return Reader(language=who.language, zone=who.zone)

    # ------------------------------------------------------------ handling

    async def handle(self, row: int, tries: int, event: Event) -> None:
        """Handle one recorded event: its effects, its answer and the mark that it is handled are one commit."""
        try:
            answer = await self._settle(row, event)
        except PlatformError as error:
            await self._put_off(row, tries, event, error.reason)
        except Exception:
            reference = secrets.token_hex(3)
            log.exception("event failed", reference=reference, kind=event.kind, tries=tries)
            await self._put_off(row, tries, event, f"bug {reference}")
        else:
            self.parts.outbox.wake()
            if answer is not None:
                await self._show(event, *answer)

    async def _settle(self, row: int, event: Event) -> tuple[Actor, Answer] | None:
        profile = await self._profile(event)
        now = self.parts.now()
        heard = await self._heard(event, now)
        async with self.parts.store.write() as session:
            if not await events.done(session, row, now):
                return None  # another handled it: nothing more to do
            who = await people.resolve(session, event.platform, event.by, profile, now) if event.by else None
            if who is None or not isinstance(event, ADDRESSED):
                await self._overhear(session, event, who, now)
                return None
            answer = await self._answer(session, event, who, now, heard)
            return await self._promise(session, event, who, answer, now)

    async def _profile(self, event: Event) -> Profile | None:
        """Ask the platform who this is when it is not known well enough; outside any transaction."""
        if not event.by:
            return None
        async with self.parts.store.read() as session:
            known = not await people.stale(session, event.platform, event.by, self.parts.now())
        if known and not isinstance(event, ProfileChanged):
            return None
        return await self.parts.platforms[event.platform].profile(event.by)

    async def _answer(
        self, session: AsyncSession, event: Event, who: Actor, now: datetime, heard: _Heard | None
    ) -> Answer:
        """What is said to this. A refusal undoes what the handler wrote, and is said instead."""
        if not who.roles:
            return say("rights-none")
        await attention.answered(session, who.person, now)
        await self._greet(session, who, now)
        try:
            async with session.begin_nested():
                return await self._run(session, event, who, now, heard)
        except Refused as refused:
            return Say(lines=(refused.line,))

    async def _run(
        self, session: AsyncSession, event: Event, who: Actor, now: datetime, heard: _Heard | None
    ) -> Answer:
        if heard is not None:
            return await self._converse(session, event, who, now, heard)
        if isinstance(event, Submission):
            return await self._submit(session, event, who, now)
        found = self._find(event)
        if found is None:
            return self._unknown(event, who)
        self._entitle(found.by, who)
        return await found.handler(_told(event, found), self.context(session, now, who, found.nudge))

    def _find(self, event: Event) -> Found | None:
        if isinstance(event, Press):
            return self.parts.lookup.choice(event.action)
        if isinstance(event, Command):
            return self.parts.lookup.typed(event.text)
        return self.parts.lookup.typed("parvis me")  # HomeOpened

    def _unknown(self, event: Event, who: Actor) -> Answer:
        if not isinstance(event, Command):
            raise Refused("press-unknown")
        near = self.parts.lookup.suggest(event.text, who.roles)
        if not near:
            return say("command-unknown", Pick(label="help-button", action="parvis.help"))
        return say("command-suggest", Pick(label="plain", args={"text": near}, action="parvis.run", value=near), near=near)

    def _entitle(self, by: frozenset[Role], who: Actor) -> None:
        if not by & who.roles:
            raise Refused("rights-refused", role=Term(term=f"role-{min(by)}"))

    async def _submit(self, session: AsyncSession, event: Submission, who: Actor, now: datetime) -> Answer:
        known = self.parts.lookup.form(event.form)
        if known is None:
            raise Refused("form-unknown")
        nudge, form = known
        self._entitle(form.by, who)
        return await form.handler(event, self.context(session, now, who, nudge))

    # ------------------------------------------------------------ what nobody addressed to the bot

    async def _overhear(self, session: AsyncSession, event: Event, who: Actor | None, now: datetime) -> None:
        if isinstance(event, Joined | Left) and who is not None:
            await self._follow_roles(session, event, who)
        for nudge in self.parts.lookup.nudges:
            for handler in nudge.listeners.get(type(event), ()):
                await handler(event, self.context(session, now, who, nudge))

    async def _follow_roles(self, session: AsyncSession, event: Joined | Left, who: Actor) -> None:
        for role in self.parts.role_rooms.get((event.platform, event.room), ()):
            await people.follow(session, role, f"{event.platform}:room:{event.room}", who.person, isinstance(event, Joined))

    # ------------------------------------------------------------ forms

    async def check(self, submission: Submission) -> Checked:
        """Say what is wrong with a filled form, in the person's language; reads only."""
        now = self.parts.now()
        async with self.parts.store.read() as session:
            who = await people.known(session, submission.platform, submission.by)
            result = await self._check(session, submission, who, now) if who else None
            if who is None or result is None:
                return None
            reader = self.reader(who)
        if isinstance(result, Ask):
            return self.parts.words.form(result, reader)
        errors = {name: self.parts.words.text(reader, line.id, line.args) for name, line in result.items()}
        return Errors(fields=errors) if errors else None

    async def _check(
        self, session: AsyncSession, submission: Submission, who: Actor, now: datetime
    ) -> FieldErrors | Ask | None:
        known = self.parts.lookup.form(submission.form)
        if known is None or not known[1].by & who.roles:
            return None  # handling says so, in words
        platform = self.parts.platforms[submission.platform]
        settings = self.parts.settings.get(known[0].id)
        return await known[1].check(Asking(now, session, who, submission, settings, platform, platform))

    # ------------------------------------------------------------ dialogue

    async def _heard(self, event: Event, now: datetime) -> _Heard | None:
        """What this line does to the dialogue under way, if there is one; the platform may be asked, nothing is written."""
        said = _said(event)
        if said is None:
            return None
        async with self.parts.store.read() as session:
            who = await people.known(session, event.platform, event.by)
            under_way = await dialogue.load(session, who.person, event.platform) if who else None
            if who is None or under_way is None:
                return _Heard(None, say("dialogue-gone")) if isinstance(event, Press) else None
            row, state = under_way
            reader = self.reader(who)
            heard = dialogue.hear(state, said, lambda value: self.parts.words.text(reader, f"option-{value}", {}))
            return await self._weigh(session, event, who, now, _Heard(row.version, None, state), heard)

    async def _weigh(
        self, session: AsyncSession, event: Event, who: Actor, now: datetime, at: _Heard, heard: dialogue.Heard
    ) -> _Heard:
        assert at.state is not None
        if isinstance(heard, dialogue.Unclear):
            return _Heard(at.version, dialogue.speak(at.state, heard.line), at.state)
        if isinstance(heard, dialogue.Cancelled):
            return _Heard(at.version, say("dialogue-cancelled"), None, ended="cancelled")
        state = at.state if isinstance(heard, dialogue.Sent) else heard
        filled = _filled(event, state)
        result = await self._check(session, filled, who, now)
        wrong = result if isinstance(result, Mapping) else {}
        question = state.question
        if question is not None:
            if question.name in wrong:
                return _Heard(at.version, dialogue.speak(state, wrong[question.name]), state)
            state = dialogue.onward(state)
            if not dialogue.complete(state) or state.ask.review:
                return _Heard(at.version, dialogue.speak(state), state)
        return self._whole(at.version, state, filled, result)

    def _whole(
        self, version: int | None, state: dialogue.State, filled: Submission, result: FieldErrors | Ask | None
    ) -> _Heard:
        """All is answered: correct what is wrong, go on to the next page, or take it."""
        if isinstance(result, Ask):
            following = dialogue.begin(result)
            return _Heard(version, dialogue.speak(following), following)
        for index, question in enumerate(state.ask.questions):
            if result and question.name in result:
                back = dialogue.State(state.ask, state.answers, index)
                return _Heard(version, dialogue.speak(back, result[question.name]), back)
        return _Heard(version, None, None, ended="done", accepted=filled)

    async def _converse(
        self, session: AsyncSession, event: Event, who: Actor, now: datetime, heard: _Heard
    ) -> Answer:
        under_way = await dialogue.load(session, who.person, event.platform)
        if under_way is None or under_way[0].version != heard.version:
            return say("dialogue-gone")
        row, _ = under_way
        if heard.ended:
            await dialogue.end(session, row, heard.ended)
        elif heard.state is not None:
            await dialogue.keep(session, row, heard.state, now)
        if heard.accepted is not None:
            return await self._submit(session, heard.accepted, who, now)
        return heard.answer

    # ------------------------------------------------------------ saying it

    async def _promise(
        self, session: AsyncSession, event: Event, who: Actor, answer: Answer, now: datetime
    ) -> tuple[Actor, Answer] | None:
        """Plan the answer where it can be planned; what must be shown at once is returned, to be shown after the commit."""
        if answer is None:
            return None
        handle = getattr(event, "handle", "")
        if isinstance(answer, Ask):
            if handle:
                return who, answer
            state = await dialogue.start(session, who.person, event.platform, answer, now)
            answer = dialogue.speak(state)
        elif handle and not event.direct:
            return who, answer
        await self._tell(self.parts.outbox.within(session, now), event, who, answer)
        return None

    async def _tell(self, planner: Planner, event: Event, who: Actor, answer: Say) -> None:
        await planner.tell(
            To(person=who.person, platform=event.platform),
            answer,
            name=f"answer:{event.platform}:{event.key}",
            kind="answer",
            priority=Priority.ANSWER,
        )

    async def _show(self, event: Event, who: Actor, answer: Answer) -> None:
        """Show at once, at most once; where that cannot be done it is planned for the direct room instead."""
        platform = self.parts.platforms[event.platform]
        reader = self.reader(who)
        try:
            if isinstance(answer, Ask):
                shown = await platform.open_form(event, self.parts.words.form(answer, reader))
            else:
                assert answer is not None
                shown = await platform.whisper(event, self.parts.words.message(answer, reader))
        except PlatformError as error:
            log.info("not shown at once", reason=error.reason, kind=event.kind)
            shown = False
        if shown or answer is None:
            return
        now = self.parts.now()
        async with self.parts.store.write() as session:
            if isinstance(answer, Ask):
                answer = dialogue.speak(await dialogue.start(session, who.person, event.platform, answer, now))
            await self._tell(self.parts.outbox.within(session, now), event, who, answer)
        self.parts.outbox.wake()

    async def _greet(self, session: AsyncSession, who: Actor, now: datetime) -> None:
        """Introduce the bot, once, the first time a person speaks to it."""
        person = await session.get(Person, who.person)
        if person is None or person.greeted_at is not None:
            return
        person.greeted_at = now
        session.add(person)
        lines = [
            Line(id="greeting-title", kind="title"),
            Line(id="greeting-who", args={"contact": self.parts.contact}),
            Line(id="greeting-does"),
            Line(id="greeting-does-not"),
        ]
        for nudge in self.parts.lookup.nudges:
            if nudge.greeting is not None:
                lines += await nudge.greeting(self.context(session, now, who, nudge))
        lines.append(Line(id="greeting-stop", kind="note"))
        choices = (Pick(label="help-button", action="parvis.help"), Pick(label="stop-button", action="parvis.stop"))
        await self.parts.outbox.within(session, now).tell(
            To(person=who.person, platform=who.platform),
            Say(lines=tuple(lines), choices=choices),
            name=f"greeting:{who.person}",
            kind="answer",
            priority=Priority.ANSWER,
        )

    async def _put_off(self, row: int, tries: int, event: Event, error: str) -> None:
        """Try again later; after several tries park it with its reason, and tell the person."""
        now = self.parts.now()
        async with self.parts.store.write() as session:
            if tries + 1 < TRIES:
                await events.retry(session, row, now + timedelta(seconds=2.0**tries), error)
                return
            await events.park(session, row, now, error)
            who = await people.known(session, event.platform, event.by) if event.by else None
            if who is None or not who.roles or not isinstance(event, ADDRESSED):
                return
            reference = error.removeprefix("bug ")
            await self._tell(self.parts.outbox.within(session, now), event, who, say("went-wrong", reference=reference))
        self.parts.outbox.wake()

    async def not_recorded(self, platform: str, by: str) -> Message:
        """What to show a person whose press or command could not be recorded; needs no database."""
        return self.parts.words.message(say("not-recorded"), Reader(language="", zone=""))


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a line does to a dialogue. version: of the row it was read from. accepted: the form is complete."""

    version: int | None
    answer: Say | None
    state: dialogue.State | None = None
    ended: str = ""
    accepted: Submission | None = None


def _said(event: Event) -> str | None:
    """The line an event adds to a dialogue, if it can be one: words in the direct room, or a dialogue's own choice."""
    if isinstance(event, Press):
        return {dialogue.CANCEL: "cancel", dialogue.SEND: "ok"}.get(event.action)
    if isinstance(event, Command) and event.direct and not event.prefixed:
        return event.text
    return None


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


def _told(event: Event, found: Found) -> Event:
    """The event as its handler receives it: a command's text without its path, a typed choice as the press it stands for."""
    if not isinstance(event, Command):
        return event
    if not found.press:
        return event.model_copy(update={"text": found.rest})
    return Press(
        key=event.key,
        platform=event.platform,
        by=event.by,
        room=event.room,
        at=event.at,
        direct=event.direct,
        action=found.id,
        value=found.rest,
        handle=event.handle,
    )
