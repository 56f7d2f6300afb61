"""What handling an event works with: put together once, by the wiring."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import people
from bot.attention.knowing import account_of, language_of
from bot.chat import Command, Event, Platform, Profile
from bot.config import Config
from bot.lookup import Lookup
from bot.nudge import (
    Actor,
    Answer,
    Context,
    Gauged,
    Handed,
    HomeRoom,
    Nudge,
    Overheard,
    Refused,
    Role,
    Trail,
    nowhere,
)
from bot.outbox import Outbox
from bot.say import Line, Pick, Say, say
from bot.words import Reader, Words
from storage import outbox, sending
from storage.database import Store
from storage.people import Account

JUST_NOW = timedelta(hours=1)
"""How long ago something was done that is answered at once: the bot may have been down, and hear of it at night."""


@dataclass(frozen=True, slots=True)
class Parts:
    """settings: capability id -> its settings. rooms: role -> its rooms. contact: who installed the bot, and
    for readers of some languages: language -> the same, "" being all others.
    role_rooms: (platform, room) -> roles that its members have. connected: platform -> since when, told by the wiring.
    address, link_minutes, way_to: see `Context`.
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
    contact: Mapping[str, str] = field(default_factory=dict)
    smallest_group: int = 5
    connected: dict[str, datetime] = field(default_factory=dict)
    address: str = ""
    link_minutes: int = 15
    way_to: Callable[[str, str], str] = nowhere

    def context(
        self, session: AsyncSession, now: datetime, who: Actor | None, nudge: Nudge, written: Handed = None
    ) -> Context:
        """What a handler of that capability receives."""
        return Context(
            now=now,
            session=session,
            who=who,
            outbox=self.outbox.within(session, now),
            audit=self.audit,
            settings=self.settings.get(nudge.id),
            rooms=self.rooms,
            calendar=self.calendar,
            platforms=tuple(self.platforms),
            language=self.words.default,
            smallest_group=self.smallest_group,
            every=self.settings,
            connected={name: at for name, at in self.connected.items() if self.platforms[name].connected},
            address=self.address,
            link_minutes=self.link_minutes,
            receipts=frozenset(name for name, each in self.platforms.items() if each.receipts),
            addressed=frozenset(name for name, each in self.platforms.items() if each.addressed),
            way_to=self.way_to,
            written=written,
            greeted=self.greeted,
        )

    async def add_up(self, session: AsyncSession, done: Sequence[Overheard], now: datetime) -> None:
        """Let each capability add up what it adds up of what people did."""
        rooms = {(each.event.platform, each.event.room) for each in done}
        for nudge in self.lookup.nudges:
            for adding in nudge.adding:
                about = await adding.about(session, rooms)
                some = [
                    each
                    for each in done
                    if type(each.event) in adding.kinds and (each.event.platform, each.event.room) in about
                ]
                if some:
                    await adding.handler(some, self.context(session, now, None, nudge))

    async def unknown(self, session: AsyncSession, event: Event, who: Actor, now: datetime) -> Answer:
        """What is said to a press, or to words, that nothing answers by itself. Raises Refused."""
        if not isinstance(event, Command):
            raise Refused("press-unknown")
        if (answer := await self._replied(session, event, who, now)) is not None:
            return answer
        near = self.lookup.suggest(event.text, who.roles)
        if not near:
            return say("command-unknown", Pick(label="help-button", action="parvis.help"))
        offered = Pick(label="plain", args={"text": near}, action=near.replace(" ", "."), style="primary")
        return say("command-suggest", offered, near=near)

    async def _replied(self, session: AsyncSession, event: Command, who: Actor, now: datetime) -> Answer:
        """What a capability says to plain words that answer something which the bot said in their direct room."""
        on = event.in_reply_to if event.direct and not event.prefixed else ""
        said = await outbox.said_to(session, who.person, on) if on else None
        for nudge in self.lookup.nudges if said is not None else ():
            answer = await nudge.replied(event, self.context(session, now, who, nudge), said) if nudge.replied else None
            if answer is not None:
                return answer
        return None

    async def gauges(self) -> list[Gauged]:
        """What capabilities show to Prometheus. Raises StoreUnavailable."""
        found: list[Gauged] = []
        async with self.store.read() as session:
            for nudge in self.lookup.nudges:
                if nudge.gauges is not None:
                    found += await nudge.gauges(self.context(session, self.now(), None, nudge))
        return found

    async def meet(
        self, session: AsyncSession, platform: str, profile: Profile, now: datetime, *, did: datetime | None = None
    ) -> Account:
        """Write what a platform tells of an account, and show it to each capability that asks to meet members.

        All of the spine that reads profiles writes them here, so that none is written and not met. did: when they did
        something that the bot hears now.
        """
        account = await people.update(session, platform, profile, now)
        acts = did is not None and now - did < JUST_NOW
        who = await people.actor(session, account.person_id, platform) if acts else None
        await self._meet(session, [(account, profile)], now, who)
        return account

    async def meet_all(self, session: AsyncSession, platform: str, profiles: Sequence[Profile], now: datetime) -> None:
        """As `meet`, for a page of the list of people: see `people.update_all`, of whom something is kept."""
        await self._meet(session, await people.update_all(session, platform, profiles, now), now)

    async def _meet(
        self, session: AsyncSession, told: Sequence[tuple[Account, Profile]], now: datetime, who: Actor | None = None
    ) -> None:
        members = [(account, profile) for account, profile in told if account.kind == "member"]
        for nudge in self.lookup.nudges:
            if nudge.meets is not None:
                context = self.context(session, now, who, nudge)
                for account, profile in members:
                    await nudge.meets(context, account, profile)

    async def greeted(self, ctx: Context, people: Collection[int]) -> Mapping[int, Sequence[Line]]:
        """What capabilities tell each of these people who are new; see `Nudge.greeting`."""
        found: dict[int, list[Line]] = {}
        for nudge in self.lookup.nudges:
            for person, lines in (await nudge.greeting(ctx.of(nudge), people) if nudge.greeting else {}).items():
                found.setdefault(person, []).extend(lines)
        return found

    async def introduce(self, session: AsyncSession, now: datetime, whom: Mapping[int, str]) -> dict[int, Say]:
        """How the bot introduces itself to people: who installed it, what it does and does not do, how to stop.

        whom: person -> the platform where that is said. Who does not exist is not there.
        """
        found = await sending.reachable(session, whom)
        further = [
            await nudge.greeting(self.context(session, now, None, nudge), list(found))
            for nudge in self.lookup.nudges
            if nudge.greeting is not None
        ]
        choices = (Pick(label="help-button", action="parvis.help"), Pick(label="stop-button", action="parvis.stop"))
        said: dict[int, Say] = {}
        for person, somebody in found.items():
            language = language_of(somebody, account_of(somebody.accounts, whom[person]))
            contact = self.contact.get(self.words.match(language), self.contact.get("", ""))
            lines = (
                Line(id="greeting-title", kind="title"),
                Line(id="greeting-who", args={"contact": contact}),
                Line(id="greeting-does"),
                Line(id="greeting-does-not"),
                Line(id="greeting-reads"),
                *(line for lines in further for line in lines.get(person, ())),
                Line(id="greeting-stop", kind="note"),
            )
            said[person] = Say(lines=lines, choices=choices)
        return said


def home_rooms(config: Config) -> dict[Role, Sequence[HomeRoom]]:
    """The rooms of each role, as the settings name them."""
    return {
        role: tuple(HomeRoom(each.platform, each.room, each.language) for each in config.rooms.of(role))
        for role in Role
    }


def role_rooms(config: Config) -> dict[tuple[str, str], frozenset[Role]]:
    """(platform, room) -> the roles that its members have."""
    found: dict[tuple[str, str], frozenset[Role]] = {}
    for role in Role:
        for grant in config.roles.of(role):
            if grant.kind == "room":
                at = (grant.platform, grant.id)
                found[at] = found.get(at, frozenset()) | {role}
    return found


def reader(who: Actor) -> Reader:
    """Who reads what this person is shown."""
    return Reader(language=who.language, zone=who.zone)
