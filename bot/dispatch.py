"""A recorded event in, one answer out: who acts, what answers, may they, and what went wrong.

The only place that checks rights, and the only place that catches everything.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable
from datetime import datetime, timedelta

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import attention, dialogue, outside, people
from bot.chat import (
    Command,
    Event,
    HomeOpened,
    Joined,
    Knocked,
    Left,
    LockedOut,
    Message,
    NotAllowed,
    NotFound,
    PlatformError,
    Press,
    Profile,
    ProfileChanged,
    RateLimited,
    Submission,
    Unreachable,
    Unreadable,
    VerificationAsked,
)
from bot.forms import Forms, Heard, readable, settle
from bot.lookup import as_told
from bot.nudge import Actor, Answer, Handed, Overheard, Planner, Priority, Refused, Role, To
from bot.outbox import greeting_name
from bot.parts import Parts, reader
from bot.say import Ask, Say, Term, say
from bot.words import Reader
from storage import events, outbox
from storage.database import StoreUnavailable
from storage.people import Account, Person

log = structlog.get_logger("dispatch")

TRIES = 4
"""How often an event whose handling fails is tried before it is parked."""

AWAY_TRIES, AWAY_LONGEST = 16, 600.0
"""How often an event is tried about whose person a platform that cannot be reached says nothing, and how many seconds
lie between two tries at most: more than an hour in all."""

LOCKED = timedelta(seconds=60)
"""Until an event is handled again that only a platform which does not accept the bot could tell more about."""

REMEMBERED = 10_000
"""People whose language is kept in memory."""

HOME = "parvis home"
"""The command that says what a person's own page of the bot shows."""

ADDRESSED = (Command, Press, Submission, HomeOpened, Unreadable, VerificationAsked)
"""Events by which a person speaks to the bot, and expects to hear something."""


class ElsewhereError(Exception):
    """Another process handled the event, or is about to."""


class Dispatcher:
    """Handles one event at a time; several may be handled at once."""

    def __init__(self, parts: Parts) -> None:
        """parts: what it works with."""
        self.parts = parts
        self.forms = Forms(parts)
        self._languages: dict[tuple[str, str], str] = {}  # of who spoke last, for when the database is away
        self.check = self.forms.check

    # ------------------------------------------------------------ handling

    async def handle(self, row: int, tries: int, event: Event) -> str:
        """Handle one recorded event: its effects, its answer and the mark that it is handled are one commit.

        Returns what became of it: "handled", "retry", "parked", or "elsewhere": another process has it.
        Raises StoreUnavailable: nothing became of it yet.
        """
        try:
            answer = await self._settle(row, event)
        except ElsewhereError:
            return "elsewhere"
        except StoreUnavailable:
            raise  # no fault of the event: it waits for the store, and no try is counted
        except LockedOut as error:  # no fault of the event either
            return await self._wait(row, error.reason, LOCKED)
        except RateLimited as error:
            return await self._wait(row, error.reason, timedelta(seconds=max(error.retry_after, 1.0)))
        except Unreachable as error:
            return await self._put_off(row, tries, event, error.reason, of=AWAY_TRIES, longest=AWAY_LONGEST)
        except PlatformError as error:
            return await self._put_off(row, tries, event, error.reason)
        except Exception:
            reference = secrets.token_hex(3)
            log.exception("event failed", reference=reference, kind=event.kind, tries=tries)
            return await self._put_off(row, tries, event, f"bug {reference}")
        else:
            # After the commit: what it planned may be said, and what must be shown at once is.
            self.parts.outbox.wake()
            if answer is not None:
                await self._show(event, *answer)
            await self._renew_home(event)
            return "handled"

    async def _settle(self, row: int, event: Event) -> tuple[Actor, Answer] | None:
        heeded = self.heeds(event)
        if heeded and event.by and (isinstance(event, ProfileChanged) or self._introduces(event)):
            await self._know(event)
        now = self.parts.now()
        heard = await self.forms.heard(event)
        written = await self.forms.written(event)
        filled = heard.accepted if heard else event
        if isinstance(filled, Submission):
            await self.forms.meet(filled)
        async with self.parts.store.write() as session:
            if not await events.claim(session, row) or not await events.done(session, row, now):
                raise ElsewhereError
            if not heeded:
                return None
            who = await self._who(session, event, now) if event.by else None
            if who is None or not isinstance(event, ADDRESSED):
                await self._overhear(session, event, who, now)
                return None
            self._remember(event, who)
            await people.used(session, who, now)
            if not who.roles:
                return await outside.answer(self.parts, session, event, who, now)
            await self._meet(session, who, now)
            try:
                async with session.begin_nested():
                    answer = await self.called(session, event, who, now, heard, written)
            except Refused as refused:  # what the handler wrote is undone, and the refusal is said instead
                answer = Say(lines=(refused.line,))
                await self._give_up(session, event, who, heard)
            return await self._promise(session, event, who, answer, now)

    def heeds(self, event: Event) -> bool:
        """Whether anything is to be done about an event. Of who was merely overheard, nothing is even known."""
        if isinstance(event, (*ADDRESSED, ProfileChanged)):
            return True
        if isinstance(event, Joined | Left) and (event.platform, event.room) in self.parts.role_rooms:
            return True
        return self.parts.lookup.listened_to(event) or self.parts.lookup.added_up(event)

    def _introduces(self, event: Event) -> bool:
        """Whether the bot gets to know somebody by an event. Who is merely overheard stays as unknown as before."""
        if isinstance(event, Joined | Left):
            return (event.platform, event.room) in self.parts.role_rooms
        return isinstance(event, (*ADDRESSED, Knocked))

    async def _who(self, session: AsyncSession, event: Event, now: datetime) -> Actor | None:
        if self._introduces(event) and not await people.stays_erased(session, event):
            return await people.resolve(session, event.platform, event.by, None, now)
        return await people.known(session, event.platform, event.by)

    def _remember(self, event: Event, who: Actor) -> None:
        if len(self._languages) >= REMEMBERED:
            self._languages.clear()
        self._languages[event.platform, event.by] = who.language

    async def _know(self, event: Event) -> None:
        """Ask the platform who this is when it is not known well enough; outside any transaction.

        Kept at once, not with what the event does: whoever speaks for the first time is told when that goes wrong.
        """
        async with self.parts.store.read() as session:
            known = not await people.stale(session, event.platform, event.by, self.parts.now())
            if not known and await people.stays_erased(session, event):
                return
        changed = event.at if isinstance(event, ProfileChanged) else None
        if known and not changed:
            return
        try:
            profile = await self.parts.platforms[event.platform].profile(event.by, since=changed)
        except (LockedOut, RateLimited, Unreachable) as error:
            # What changed about them must be known; for all else what was known of them has to do.
            if (not changed or isinstance(error, LockedOut)) and await self._was_met(event):
                return
            raise
        except (NotFound, NotAllowed):  # nobody that this organisation knows
            profile = Profile(id=event.by, name=event.by, kind="stranger")
        if changed and profile.kind != "member" and not await self._was_met(event):
            return  # a guest, or somebody of elsewhere, who did nothing but change a name of their own
        async with self.parts.store.write() as session:
            await self.parts.meet(session, event.platform, profile, self.parts.now(), did=event.at)

    async def _was_met(self, event: Event) -> bool:
        async with self.parts.store.read() as session:
            return await people.known(session, event.platform, event.by) is not None

    def called(
        self,
        session: AsyncSession,
        event: Event,
        who: Actor,
        now: datetime,
        heard: Heard | None = None,
        written: Handed = None,
    ) -> Awaitable[Answer]:
        """What answers, called and not yet awaited. Raises Refused: nothing does, or it is not theirs to do."""
        if heard is not None:
            return self._converse(session, event, who, now, heard)
        if isinstance(event, Submission):
            return self._submit(session, event, who, now)
        if isinstance(event, Unreadable | VerificationAsked):
            return _spoken("unreadable" if isinstance(event, Unreadable) else "verification-asked")
        lookup = self.parts.lookup
        found = lookup.typed(HOME) if isinstance(event, HomeOpened) else lookup.asked(event)
        if found is None:
            return self.parts.unknown(session, event, who, now)
        self._entitle(found.by, who)
        return found.handler(as_told(event, found), self.parts.context(session, now, who, found.nudge, written))

    def _entitle(self, by: frozenset[Role], who: Actor) -> None:
        if not by & who.roles:
            usual = next(role for role in Role if role in by)
            raise Refused("rights-refused", role=Term(term=f"role-{usual}"))

    async def _submit(self, session: AsyncSession, event: Submission, who: Actor, now: datetime) -> Answer:
        known = self.parts.lookup.form(event.form)
        if known is None:
            raise Refused("form-unknown")
        nudge, form = known
        self._entitle(form.by, who)
        event, wrong = await settle(session, event, form.accounts)
        for line in wrong.values():
            raise Refused(line.id, **line.args)
        return await form.handler(event, self.parts.context(session, now, who, nudge))

    # ------------------------------------------------------------ what nobody addressed to the bot

    async def _overhear(self, session: AsyncSession, event: Event, who: Actor | None, now: datetime) -> None:
        if isinstance(event, Joined | Left) and who is not None:
            await self._follow_roles(session, event, who)
        for nudge in self.parts.lookup.nudges:
            for handler in nudge.listeners.get(type(event), ()):
                await handler(event, self.parts.context(session, now, who, nudge))
        if who is not None and who.roles and self.parts.lookup.added_up(event):
            await self.parts.add_up(session, [Overheard(event, who.person)], now)

    async def _follow_roles(self, session: AsyncSession, event: Joined | Left, who: Actor) -> None:
        for role in self.parts.role_rooms.get((event.platform, event.room), ()):
            await people.follow(
                session,
                role,
                f"{event.platform}:room:{event.room}",
                who.person,
                isinstance(event, Joined) and bool(who.roles),  # a guest's account lends nothing to its person's others
            )

    # ------------------------------------------------------------ dialogue

    async def _converse(self, session: AsyncSession, event: Event, who: Actor, now: datetime, heard: Heard) -> Answer:
        if heard.resumed:
            again = await dialogue.resume(session, who.person, event.platform, now)
            return dialogue.speak(again, opening=True) if again else say("dialogue-nothing-aside")
        under_way = await dialogue.load(session, who.person, event.platform)
        row = under_way[0] if under_way is not None else None
        if row is None or (row.id, row.version) != heard.read:
            return say("dialogue-gone")
        if heard.ended:
            await dialogue.end(session, row, heard.ended)
        elif heard.state is not None:
            await dialogue.keep(session, row, heard.state, now)
        answer = await self._submit(session, heard.accepted, who, now) if heard.accepted is not None else heard.answer
        aside = await dialogue.aside(session, who.person, event.platform, now) if heard.ended else ""
        return (
            dialogue.with_aside(answer, aside, "dialogue-still-aside") if aside and isinstance(answer, Say) else answer
        )

    async def _give_up(self, session: AsyncSession, event: Event, who: Actor, heard: Heard | None) -> None:
        """A form was refused as a whole: it is not asked any more, or each further line would be taken as an answer."""
        under_way = await dialogue.load(session, who.person, event.platform) if heard and heard.accepted else None
        if under_way is not None:
            await dialogue.end(session, under_way[0], "done")

    # ------------------------------------------------------------ saying it

    async def _promise(
        self, session: AsyncSession, event: Event, who: Actor, answer: Answer, now: datetime
    ) -> tuple[Actor, Answer] | None:
        """Plan the answer where it can be planned; what must be shown at once is returned, for after the commit."""
        if answer is None:
            return None
        account = await session.get(Account, who.account)
        if account is not None and account.person_id != who.person:  # what was just done made them somebody else
            who = await people.resolve(session, event.platform, event.by, None, now)
        handle = getattr(event, "handle", "")
        if isinstance(answer, Ask):
            answer = await readable(session, event.platform, answer)
            if handle:
                return who, answer
            state = await dialogue.start(session, who.person, event.platform, answer, now)
            answer = dialogue.speak(state, opening=True)
        elif (handle or isinstance(event, HomeOpened)) and not event.direct:
            # Read again: what was just done may have changed the language in which it is told.
            return await people.resolve(session, event.platform, event.by, None, now), answer
        await self._tell(self.parts.outbox.within(session, now), event, who, answer)
        return None

    async def _tell(self, planner: Planner, event: Event, who: Actor, answer: Say, kind: str = "answer") -> None:
        await planner.tell(
            To(person=who.person, platform=event.platform),
            answer,
            name=_called(kind, event),
            kind="answer",
            priority=Priority.ANSWER,
        )

    async def _show(self, event: Event, who: Actor, answer: Answer) -> None:
        """Show at once, at most once; where that cannot be done it is planned for the direct room instead."""
        platform = self.parts.platforms[event.platform]
        where = reader(who)
        try:
            if isinstance(answer, Ask):
                shown = await platform.open_form(event, self.parts.words.form(answer, where))
            elif isinstance(event, HomeOpened):
                shown = await self._show_home(event, who, answer)
            else:
                assert answer is not None
                shown = await platform.whisper(event, self.parts.words.message(answer, where))
        except PlatformError as error:
            log.info("not shown at once", reason=error.reason, kind=event.kind)
            shown = False
        except Exception:  # what was done is kept: it is not done again for want of an answer
            log.exception("not shown at once", kind=event.kind)
            shown = False
        if shown or answer is None or not who.roles:
            return
        now = self.parts.now()
        async with self.parts.store.write() as session:
            if isinstance(answer, Ask):
                state = await dialogue.start(session, who.person, event.platform, answer, now)
                answer = dialogue.speak(state, opening=True)
            await self._tell(self.parts.outbox.within(session, now), event, who, answer)
        self.parts.outbox.wake()

    async def _show_home(self, event: Event, who: Actor, page: Answer) -> bool:
        """Show a person's own page, at most once: it is drawn anew whenever they look. False: there is no such page."""
        assert isinstance(page, Say), "a page asks nothing"
        try:
            message = self.parts.words.message(page, reader(who))
            return await self.parts.platforms[event.platform].show_home(event.by, message)
        except PlatformError as error:
            log.info("home not shown", reason=error.reason)
            return True

    async def _renew_home(self, event: Event) -> None:
        """Draw the page anew on which something was pressed or asked for: what stands there has changed."""
        if not (isinstance(event, Press | Submission) and event.home):
            return
        page = self.parts.lookup.typed(HOME)
        assert page is not None, "the spine declares it"
        try:
            async with self.parts.store.read() as session:
                who = await people.known(session, event.platform, event.by)
                if who is None or not who.roles:
                    return
                context = self.parts.context(session, self.parts.now(), who, page.nudge)
                shown = await page.handler(event, context)
            await self._show_home(event, who, shown)
        except Exception:  # what was pressed is done: it is not done again for want of a page
            log.exception("home not shown")

    async def _meet(self, session: AsyncSession, who: Actor, now: datetime) -> None:
        """Note that a person responded; introduce the bot, once, the first time they speak to it."""
        await attention.answered(session, who.person, now)
        person = await session.get(Person, who.person)
        if person is None:
            return
        if person.greeted_at is not None:  # it may be planned for a working hour, before something unasked
            await outbox.say_now(session, greeting_name(who.person), now)
            return
        person.greeted_at = now
        session.add(person)
        introduction = await self.parts.introduce(session, now, {who.person: who.platform})
        await self.parts.outbox.within(session, now).tell(
            To(person=who.person, platform=who.platform),
            introduction[who.person],
            name=greeting_name(who.person),
            kind="answer",
            priority=Priority.ANSWER,
        )

    async def _wait(self, row: int, error: str, time: timedelta) -> str:
        """Try again later, as often as it takes: nothing can be known of who acted before the platform says so."""
        async with self.parts.store.write() as session:
            waits = await events.wait(session, row, self.parts.now() + time, error)
        return "retry" if waits else "handled"

    async def _put_off(
        self, row: int, tries: int, event: Event, error: str, *, of: int = TRIES, longest: float = 2.0**TRIES
    ) -> str:
        """Try again later; after several tries park it with its reason, and tell the person.

        of: so many tries. longest: seconds between two of them.
        """
        now = self.parts.now()
        async with self.parts.store.write() as session:
            if tries + 1 < of:
                mine = await events.retry(session, row, now + timedelta(seconds=min(2.0**tries, longest)), error)
                return "retry" if mine else "handled"
            if not await events.park(session, row, now, error):
                return "handled"  # another process could
            who = await people.known(session, event.platform, event.by) if event.by else None
            if who is None or not who.roles or not isinstance(event, ADDRESSED):
                return "parked"
            reference = error.removeprefix("bug ")
            # Under a name of its own: once it is handled after all, the answer is still to be said.
            planner = self.parts.outbox.within(session, now)
            await self._tell(planner, event, who, say("went-wrong", reference=reference), "wrong")
        self.parts.outbox.wake()
        return "parked"

    def not_recorded(self, platform: str, by: str) -> Message:
        """What to show a person whose press or command could not be recorded; needs no database."""
        language = self._languages.get((platform, by), "")
        return self.parts.words.message(say("not-recorded"), Reader(language=language, zone=""))


def _called(kind: str, event: Event) -> str:
    """The name under which an event is answered. What clients do by themselves is answered once a day, at most."""
    if isinstance(event, Unreadable):
        return f"{kind}:{event.platform}:{event.room}:unreadable:{event.at:%Y-%m-%d}"
    if isinstance(event, VerificationAsked):
        return f"{kind}:{event.platform}:{event.by}:verification:{event.at:%Y-%m-%d}"
    return f"{kind}:{event.platform}:{event.key}"


async def _spoken(line: str) -> Answer:
    """One sentence."""
    return say(line)
