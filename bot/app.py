"""The wiring: the one place where parts meet. It starts them, keeps them at work, and stops them in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import accounts, desk, dialogue, help, media, roster  # noqa: A004 - the capability is called help
from bot.attend import Attendance
from bot.attention import Attention, Limits
from bot.attention import capability as wishes
from bot.audit import Audit, Head
from bot.calendar import WorkingTime
from bot.census import LOOK, Census, Grants, grant_named
from bot.chat import Platform
from bot.config import Config
from bot.dispatch import Dispatcher
from bot.gathering import Gathering
from bot.intake import Intake
from bot.lookup import Lookup
from bot.media import stopping
from bot.nudge import Actor, Context, Look, Nudge, TickSpec
from bot.nudging import Sweep, nudging
from bot.outbox import Outbox
from bot.parts import Parts, home_rooms, role_rooms
from bot.roster import scim
from bot.roster.headings import wanted
from bot.schedule import Alarm
from bot.sequence import Sequences
from bot.tasks import Tasks
from bot.visits import capability as visiting
from bot.web.pages import Pages
from bot.web.signon.provider import Provider
from bot.words import Words
from nudges import NUDGES
from storage import clocks, duties, news, releases, retention
from storage.database import Store, StoreUnavailable

log = structlog.get_logger("app")

LOCALES = Path(__file__).parent / "locales"
COMMANDS_ONLY = frozenset(
    {"backup", "cli", "clihelp", "doctor", "observe", "papers", "people", "privacy", "settings", "verbs"}
)
"""Catalogs of what only the command line says."""
GRANTS_AGAIN = timedelta(minutes=10)
"""How often groups and rooms that give roles are read again, besides what events say."""
TOGETHER, ALONE = 6.0, 60.0
"""Seconds of a lease: where another process may want it, and where none can."""
PART = 1_000
"""Rows of a table that are forgotten in one transaction."""
DRAIN = 20.0
"""Seconds that what is in hand may take when the bot is asked to stop."""


class App:
    """The running bot. One database, one or several named platforms."""

    def __init__(
        self,
        config: Config,
        store: Store,
        platforms: Mapping[str, Platform],
        now: Callable[[], datetime],
        checkpoint: Callable[[str], None] = lambda _step: None,
        *,
        holder: str = "parvis",
        sent: Callable[[str, str], None] = lambda _platform, _outcome: None,
        event: Callable[[str, str], None] = lambda _kind, _outcome: None,
        took: Callable[[float], None] = lambda _seconds: None,
        head: Callable[[Head], None] | None = None,
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
        nudges: Sequence[Nudge] = NUDGES,
    ) -> None:
        """platforms: by configured name. now: the clock (UTC, aware). checkpoint: called at every named step.

        holder: the name of this process among those that share the database. sent, event: told what happens. took: told
        the seconds that each event took. head: told each head of the trail. rest: waits, in seconds.
        nudges: all but the spine's own.
        """
        self.config = config
        self.store = store
        store.key = config.audit_key.get_secret_value().encode()
        self.platforms, self.now = platforms, now
        self._holder = holder
        self.attendance = self._attendance(rest)
        self._audit = Audit(config.audit_key.get_secret_value(), head)
        self.words = Words(
            [LOCALES, *(nudge.catalogs for nudge in nudges)], config.parvis.default_language, config.parvis.zone, now
        )
        self.nudges = self._capabilities(nudges)
        self.calendar = _calendar(config)
        kinds = [kind for nudge in self.nudges for kind in nudge.contacts]
        self.attention = Attention(kinds, self.calendar, Limits.of(config.attention))
        self.outbox = self._outbox(checkpoint, sent)
        self.parts = self._parts()
        self.words.call(dialogue.TYPED["en"], "en")
        self.words.call({**self.parts.lookup.names(), **dialogue.TYPED["fr"]})
        self.words.draws({by: artist for each in self.nudges for by, artist in each.artists.items()})
        self.outbox.introduces(self.parts.introduce)
        self.dispatcher = Dispatcher(self.parts)
        self.gathering = Gathering(self.parts, event, holder, self.attendance.seats)
        self.intake = self._intake(checkpoint, event, took)
        if config.roster.scim:
            self.intake.serve(scim.PATH, self._pushed())
        if config.web.public is not None:
            self._show()
        self.sequences = self._sequences(checkpoint)
        self.grants = Grants(config, self.parts)
        self.census = Census(self.parts, self.attendance.looks_after)
        self.sweep = Sweep(self.parts, self.nudged, self.attendance.around, self._around)
        self.alarm = Alarm(now)
        self.tasks = Tasks()

    def _capabilities(self, nudges: Sequence[Nudge]) -> tuple[Nudge, ...]:
        # With one platform there is nothing to join or to choose, and nothing that help should show.
        chats = sum(not each.addressed for each in self.platforms.values())
        made = accounts.make(partial(grant_named, self.config), joins_any=chats > 1)
        several = (made,) if len(self.platforms) > 1 else ()
        # The roster comes first: whoever else meets somebody may ask it who they are.
        theirs: tuple[Nudge, ...] = (
            roster.make(), *nudges, *several, visiting.make(self._stay()), media.make(), self._wishes(),
        )  # fmt: skip
        self.nudged = nudging(theirs, self.words, self.config.nudges, lambda: self.attention)
        theirs += (self.nudged.nudge,)
        theirs += (desk.make(self.config, theirs, self._context, self.words),)
        return (*theirs, help.make(theirs, self.words))

    def _stay(self) -> timedelta:
        """How long pages stay open in a browser."""
        return timedelta(hours=self.config.web.visit_hours)

    def _wishes(self) -> Nudge:
        return wishes.make(lambda: self.attention, self.config.attention.snooze_days)

    def _show(self) -> None:
        """What is shown in browsers."""
        signing, secret = self.config.sign_on, self.config.sign_on_secret.get_secret_value()
        provider = Provider(signing, secret, self.now) if signing.issuer else None
        pages = Pages(
            self.parts, self.config.parvis.name, self._stay(), self.config.web.address, provider, self.dispatcher
        )
        for path in pages.paths:
            self.intake.serve(path, pages)

    def _pushed(self) -> scim.Service:
        """What the company's identity service talks to."""
        capability = next(each for each in self.nudges if each.id == "roster")
        token, address = self.config.scim_token.get_secret_value(), self.config.web.address

        def context(session: AsyncSession, now: datetime) -> Context:
            return self.parts.context(session, now, None, capability)

        columns = wanted(self.nudges, self.config.nudges)
        return scim.Service(self.store, token, context, self.now, address, columns)

    def _context(self, session: AsyncSession, now: datetime, who: Actor | None, nudge: Nudge) -> Context:
        """As `Parts.context`, for what is made before the parts are put together."""
        return self.parts.context(session, now, who, nudge)

    def _attendance(self, rest: Callable[[float], Awaitable[None]]) -> Attendance:
        return Attendance(
            self.store,
            self.platforms,
            self._holder,
            rest,
            connected=self._is_connected,
            lease=ALONE if self.store.dialect == "sqlite" else TOGETHER,
        )

    def _outbox(self, checkpoint: Callable[[str], None], sent: Callable[[str, str], None]) -> Outbox:
        return Outbox(
            self.store,
            self.words,
            self.platforms,
            self.attention,
            self.now,
            checkpoint,
            holder=self._holder,
            observe=sent,
            gates=self.attendance.gates,
            holding=releases.held,
            stops=self._stops,
        )

    def _stops(self, person: int, kind: str) -> str:
        """The link by which somebody ends a kind of message; "" where it is none that can be, or nobody reaches it."""
        address = self.config.web.address if self.config.web.public and self.attention.carries_ways(kind) else ""
        return stopping.link(address, self.store.key, person, kind)

    def _parts(self) -> Parts:
        return Parts(
            store=self.store,
            words=self.words,
            platforms=self.platforms,
            lookup=Lookup(self.nudges),
            outbox=self.outbox,
            audit=self._audit,
            settings={**self.config.nudges, "nudging": self.config.nudging},
            rooms=home_rooms(self.config),
            role_rooms=role_rooms(self.config),
            calendar=self.calendar,
            now=self.now,
            contact={**self.config.parvis.contact_in, "": self.config.parvis.contact},
            smallest_group=self.config.parvis.smallest_group,
            address=self.config.web.address if self.config.web.public else "",
            link_minutes=self.config.web.link_minutes,
            way_to=self.config.way_to,
        )

    def _intake(
        self,
        checkpoint: Callable[[str], None],
        event: Callable[[str, str], None],
        took: Callable[[float], None],
    ) -> Intake:
        return Intake(
            self.store,
            self.dispatcher,
            self.now,
            checkpoint,
            max_waiting=self.config.intake.max_waiting,
            handled=self._handled,
            observe=event,
            took=took,
            overheard=self.gathering.wake,
            process=self._holder,
            seats=self.attendance.seats,
        )

    def _sequences(self, checkpoint: Callable[[str], None]) -> Sequences:
        owners = {kind: nudge for nudge in self.nudges for kind in nudge.sequences}
        return Sequences(
            self.store,
            self.outbox,
            self.platforms,
            {kind: nudge.sequences[kind] for kind, nudge in owners.items()},
            lambda session, now, kind: self.parts.context(session, now, None, owners[kind]),
            self.now,
            checkpoint,
            holder=self._holder,
            gates=self.attendance.gates,
        )

    # ------------------------------------------------------------ life

    async def start(self) -> None:
        """Begin to work. What a platform refuses for good (bad credentials) is found in `tasks.failed`."""
        self.tasks.begin()
        await self.grants.named()
        self.tasks.keep("seats", self.attendance.look())
        if self.store.dialect == "postgresql":
            self.tasks.keep("news", news.listen(self.store, self._heard))
        for name in self.platforms:
            self.tasks.keep(f"platform {name}", self.attendance.attend(name, self.intake))
        self.tasks.keep("intake", self.intake.run())
        self.tasks.keep("gathering", self.gathering.run())
        self.tasks.keep("outbox", self.outbox.run())
        self.tasks.keep("sequences", self.sequences.run())
        for nudge in self.nudges:
            for tick in nudge.ticks:
                self.alarm.every(tick.name, tick.every, self._ticker(nudge, tick))
        self.alarm.every("nudging.sweep", Sweep.EVERY, self.sweep.look)
        self.alarm.every("parvis.grants", GRANTS_AGAIN, self._grant_again)
        self.alarm.every("parvis.people", LOOK, self.census.look)
        self.alarm.every("parvis.dialogues", timedelta(minutes=1), self._expire)
        self.alarm.every("parvis.purge", timedelta(hours=1), self._purge)
        self.alarm.when_set_back(self._set_back)
        self.alarm.start()

    async def stop(self) -> None:
        """Finish or hand back what is in hand: no more events, then no more steps, then no more sending."""
        await self.alarm.stop()
        await self.tasks.end("platform")
        for part, name in (
            (self.intake, "intake"),
            (self.gathering, "gathering"),
            (self.sequences, "sequences"),
            (self.outbox, "outbox"),
        ):
            part.stop()
            await self.tasks.finish(name, DRAIN)
        self.attendance.leave()  # what is in hand needed its platform until here
        await self.tasks.finish("seats", DRAIN)
        await self.tasks.end("news")
        await self.tasks.drop()
        for platform in self.platforms.values():
            await platform.close()

    def wake(self) -> None:
        """Look at everything now: the clock was moved, or somebody is impatient."""
        self._heard()
        for nudge in self.nudges:
            for tick in nudge.ticks:
                self.tasks.later(self._ticker(nudge, tick)())
        for look in (self.sweep.look, self.census.look, self._grant_again, self._expire):
            self.tasks.later(look())

    def _heard(self) -> None:
        """There is something new in the database."""
        self.intake.wake()
        self.gathering.wake()
        self.outbox.wake()
        self.sequences.wake()

    async def ready(self) -> dict[str, bool]:
        """What must be well for the bot to be of use: the store answers, each platform is connected and accepts it."""
        connected = {name: platform.connected for name, platform in self.platforms.items()}
        try:
            async with asyncio.timeout(2), self.store.read() as session:
                locked = {name for name, _, _ in await duties.locked(session)}
                for name, seat in self.attendance.seats.items():
                    # Another process is connected to it, for all of them.
                    connected[name] = connected[name] or (not seat.is_ours and await duties.is_held(session, seat.name))
        except (StoreUnavailable, TimeoutError):
            return {"store": False} | _prefixed("platform", connected)
        sending = {name: name not in locked for name in self.platforms}
        return {"store": True} | _prefixed("platform", connected) | _prefixed("sending", sending)

    def _handled(self) -> None:
        self.sequences.wake()

    # ------------------------------------------------------------ what is looked at regularly

    def _ticker(self, nudge: Nudge, tick: TickSpec) -> Callable[[], Awaitable[None]]:
        async def look() -> None:
            try:
                await self._look(nudge, tick)
            except StoreUnavailable as error:
                log.warning("looked in vain", tick=tick.name, reason=str(error))
            except Exception:
                log.exception("tick failed", tick=tick.name)
            self.outbox.wake()
            self.sequences.wake()

        return look

    async def _look(self, nudge: Nudge, tick: TickSpec) -> None:
        def context(session: AsyncSession) -> Context:
            return self.parts.context(session, self.now(), None, nudge)

        if tick.long:
            await tick.handler(Look(self.store.read, self._around, context))
            return
        async with self._around() as session:
            if session is not None:
                await tick.handler(context(session))

    @asynccontextmanager
    async def _around(self) -> AsyncIterator[AsyncSession | None]:
        """A transaction of looking around, which one process does at a time; None where that is another one."""
        seat = self.attendance.around
        await seat.tried()
        async with self.store.write() as session:
            yield session if await seat.guards(session) else None

    async def _expire(self) -> None:
        async with self._around() as session:
            if session is None:
                return
            await dialogue.expire(session, self.outbox.within(session, self.now()), self.now())
        self.outbox.wake()

    async def _set_back(self, by: timedelta) -> None:
        async with self.store.write() as session:
            await clocks.set_back(session, self.now(), by)
        self.outbox.set_back()
        self._heard()

    async def _purge(self) -> None:
        try:
            await self._purge_in_parts()
            async with self._around() as session:
                if session is None:
                    return
                for nudge in self.nudges:
                    if nudge.forgets is not None:
                        await nudge.forgets(self.parts.context(session, self.now(), None, nudge))
            await self.store.tidy()
        except StoreUnavailable as error:
            log.warning("looked in vain", tick="parvis.purge", reason=str(error))

    async def _purge_in_parts(self) -> None:
        """So much in a transaction, so that none keeps others waiting, or lasts longer than its duty lets it."""
        more = True
        while more:
            async with self._around() as session:
                if session is None:
                    return
                more = await retention.run(session, self.now(), desk.days(self.config), PART) >= PART

    # ------------------------------------------------------------ who there is

    def _is_connected(self, platform: str) -> None:
        self.parts.connected[platform] = self.now()
        self.tasks.later(self._first_looks(platform))

    async def _first_looks(self, platform: str) -> None:
        """Read who is who on a platform, and who has which role, once it is there to be asked."""
        # Now that it is ready: else the first sentence would wait for its catalog.
        await asyncio.to_thread(self.words.read, COMMANDS_ONLY)
        await self.grants.members([platform])
        await self._purge()
        await self.attendance.around.tried()
        await self.census.visit(platform)

    async def _grant_again(self) -> None:
        await self.grants.named()  # somebody may have been erased, and met anew since
        await self.grants.members([name for name in self.platforms if self.attendance.looks_after(name)])


def _prefixed(part: str, each: Mapping[str, bool]) -> dict[str, bool]:
    return {f"{part} {name}": is_well for name, is_well in each.items()}


def _calendar(config: Config) -> WorkingTime:
    hours = config.working_time
    return WorkingTime(config.parvis.zone, hours.start, hours.end, hours.weekdays, hours.country)
