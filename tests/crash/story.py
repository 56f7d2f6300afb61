"""One story, told again and again in one company: what each person has in front of them at its end."""

from __future__ import annotations

import asyncio
import calendar
import random
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from tests.crash.process import Process, Supervisor
from tests.humans import Human, Town, eventually
from tests.humans.matrix import MatrixTown
from tests.humans.slack import SlackTown
from tests.servers.process import last_words

PLATFORM = "acme"
PATIENCE = 90.0  # seconds that people wait for what they expect, deaths included
HEARD = 6.0  # seconds after which somebody whom Slack told of a failure tries again, when nothing came
_LETTERS = "abdefgklmnoprstuvz"


class Place(Protocol):
    """What differs between platforms, seen from a story."""

    forms: bool  # what needs a look is asked in a form, which is lost when the bot dies under it

    @property
    def town(self) -> Town:
        """Its people."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """The platform's table."""

    @property
    def secrets(self) -> Mapping[str, str]:
        """What the environment tells the bot."""

    def arrived(self) -> bool:
        """The person was not told that what they did last failed."""

    async def rooms(self, slug: str) -> int:
        """How many rooms of this name there are, whoever sees them."""


@dataclass
class MatrixPlace:
    """A homeserver."""

    town: MatrixTown
    forms: bool = False

    @property
    def settings(self) -> Mapping[str, Any]:
        """The platform's table."""
        bot = self.town.bot
        homeserver = self.town.synapse.url
        return {"kind": "matrix", "homeserver": homeserver, "user": bot.user_id, "device_id": bot.device_id}

    @property
    def secrets(self) -> Mapping[str, str]:
        """What the environment tells the bot."""
        return {"PARVIS_ACME_ACCESS_TOKEN": self.town.bot.access_token, "PARVIS_ACME_ENCRYPTION_KEY": "a secret" * 4}

    def arrived(self) -> bool:
        """What is written stays written."""
        return True

    async def rooms(self, slug: str) -> int:
        """Counted among those the bot is in: it made them."""
        token = self.town.bot.access_token
        path = "/_matrix/client/v3"
        joined = (await self.town.synapse.call("GET", f"{path}/joined_rooms", token=token))["joined_rooms"]
        names = [
            self.town.synapse.call("GET", f"{path}/rooms/{room}/state/m.room.name/", token=token) for room in joined
        ]
        return [str(each.get("name", "")).lower() for each in await asyncio.gather(*names)].count(slug)


@dataclass
class SlackPlace:
    """A workspace."""

    town: SlackTown
    forms: bool = True

    @property
    def settings(self) -> Mapping[str, Any]:
        """The platform's table."""
        return {"kind": "slack", "api_url": self.town.server.api_url}

    @property
    def secrets(self) -> Mapping[str, str]:
        """What the environment tells the bot."""
        server = self.town.server
        return {"PARVIS_ACME_BOT_TOKEN": server.bot_token, "PARVIS_ACME_APP_TOKEN": server.app_token}

    def arrived(self) -> bool:
        """Slack says so when the app did not acknowledge a command or a press."""
        asked = [each for each in self.town.server.sockets.sent if each.kind != "events_api"]
        return not asked or asked[-1].state == "acked"

    async def rooms(self, slug: str) -> int:
        """Counted among all."""
        return [channel.name for channel in self.town.server.workspace.channels.values()].count(slug)


@dataclass
class Ended:
    """What there is at the end: (who, where) -> each text in sight, with what differs between stories left out."""

    seen: dict[str, Counter[str]] = field(default_factory=dict)
    rooms: int = 0
    pins: int = 0
    left: list[tuple[Any, ...]] = field(default_factory=list)

    def against(self, usual: Ended) -> list[str]:
        """What is different from the story as it is told without any death, a line each."""
        found = [f"{self.rooms} rooms instead of {usual.rooms}"] if self.rooms != usual.rooms else []
        found += [f"{self.pins} pins instead of {usual.pins}"] if self.pins != usual.pins else []
        found += [f"not done in good order: {row}" for row in self.left]
        for where in usual.seen:
            lost, more = usual.seen[where] - self.seen[where], self.seen[where] - usual.seen[where]
            found += [f"{where} lost {count} × {text!r}" for text, count in lost.items()]
            found += [
                f"{where} doubled {count} × {text!r}" if usual.seen[where][text] else f"{where} sees {text!r}"
                for text, count in more.items()
            ]
        return found


class Office:
    """A company with a bot that may be killed. Each story has an employee and an invitee of its own."""

    def __init__(self, place: Place, folder: Path) -> None:
        """folder: of the bot."""
        self.place = place
        self._folder = folder
        self._random = random.Random(4)
        self._usual: Ended | None = None
        self._alice: Human | None = None
        self._bob: Human | None = None
        self._animators = ""
        self._bot: Supervisor | None = None

    @property
    def alice(self) -> Human:
        """The animator."""
        assert self._alice
        return self._alice

    @property
    def bot(self) -> Supervisor:
        """The bot, which is started again when it dies."""
        assert self._bot
        return self._bot

    async def found(self) -> None:
        """Settle the animator and the bot's settings; nothing runs yet."""
        self._alice = await self.place.town.person("alice")
        self._animators = await self.place.town.room(f"animators-{self.word()}", [self._alice], private=True)
        settings = {
            "parvis": {"contact": "Arthur", "zone": "Europe/Paris", "default_language": "en"},
            "working_time": {
                "start": "00:00",
                "end": "23:59",
                "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
            },
            "platforms": {PLATFORM: self.place.settings},
            # Stories follow one another within minutes, and each invites the same colleague.
            "attention": {"per_week": 1000, "first_week": 1000, "silence_after": 1000},
            "roles": {role: [f"{PLATFORM}:{self._alice.external}"] for role in ("animator", "admin")},
            "rooms": {"animator": [{"platform": PLATFORM, "room": self._animators, "language": "en"}]},
        }
        self._bot = Supervisor(Process(self._folder, settings, self.place.secrets))

    async def usual(self) -> Ended:
        """How the story ends when nothing dies."""
        if self._usual is None:
            self._usual = await self.tells({})
            assert self._usual.rooms == self._usual.pins == 1
            assert not self._usual.left
            assert max(max(each.values()) for each in self._usual.seen.values()) == 1, self._usual.seen
        return self._usual

    def word(self) -> str:
        """A word that looks like no other."""
        return "".join(self._random.choices(_LETTERS, k=12))

    # ---------------------------------------------------------------- the story

    async def tells(self, kills: Mapping[str, Sequence[str]]) -> Ended:
        """Tell it. kills: "ask", "approve", "join" -> the steps at which the bot is killed from that scene on."""
        self.bot.died.clear()
        ana, bob = await self.place.town.person("ana"), await self._invitee()
        before = {"animators": len(await self.alice.reads(self._animators)), "bob": len(await bob.reads())}
        name = self.word()
        for scene, play in (("ask", self._asks), ("approve", self._approves), ("join", self._joins)):
            if scene == "ask" or scene in kills:
                if scene != "ask":
                    await self._settles()
                await self.bot.start(kills.get(scene, ()))
            await self._plays(play(ana, bob, name), (ana, bob))
        await self._settles()
        assert self.bot.died == [step for steps in kills.values() for step in steps], f"not reached: {self.bot.spared}"
        return await self._looks(ana, bob, name, before)

    async def _invitee(self) -> Human:
        """Somebody new; where there are forms somebody known, so that nothing needs a look before it is sent."""
        if not self.place.forms:
            return await self.place.town.person("bob")
        if self._bob is None:
            self._bob = await self.place.town.person("bob")
            await self.bot.start()
            await self._bob.types("parvis me")
            await self._told(self._bob, "Hello, I am Parvis")
            await self._told(self._bob, "Your page")
        return self._bob

    async def _plays(self, scene: Awaitable[None], people: Sequence[Human]) -> None:
        try:
            await scene
        except AssertionError as error:
            self.bot.check()
            sights = "\n".join([f"{who.name}: {await who.reads()}" for who in people])
            error.add_note(f"{sights}\nleft: {self._left()}\ndied: {self.bot.died}, spared: {self.bot.spared}")
            error.add_note(last_words(self.bot.process.log, 30))
            raise

    async def _asks(self, ana: Human, bob: Human, name: str) -> None:
        line = f"--purpose {self.word()} --work {self.word()} {self.word()} --invite {bob.external} --yes"

        async def known() -> bool:
            return bool(self.bot.process.rows("select 1 from request where fields like ?", f'%"{name}"%'))

        await self._does(lambda: ana.types(f"community request {name} {line}"), known)
        if not self.place.forms:
            await self._told(ana, "Send the request")
            await self._does(lambda: ana.presses("Send the request"), known)
        await self._told(self.alice, name, self._animators)

    async def _approves(self, ana: Human, bob: Human, name: str) -> None:
        async def known() -> bool:
            return bool(self.bot.process.rows("select 1 from community where name = ?", name))

        await self._does(lambda: self.alice.presses("Approve", near=name, room=self._animators), known)
        await self._told(bob, f"invites you to the new community “{name}”")

    async def _joins(self, ana: Human, bob: Human, name: str) -> None:
        async def known() -> bool:
            return any(f"Welcome to {name}" in text for text in await bob.reads())

        await self._does(lambda: bob.presses("Join", near=name), known)
        await self._told(bob, f"Welcome to {name}")
        await self._told(ana, "is open")

    async def _does(self, act: Callable[[], Awaitable[None]], known: Callable[[], Awaitable[bool]]) -> None:
        """Somebody acts; told that it failed, they wait a little and act again when nothing came of it."""
        while True:
            await self.bot.up()
            await act()
            if self.place.arrived():
                return
            await self.bot.up()
            try:
                await eventually(known, "something came of it", HEARD)
            except AssertionError:
                continue
            return

    async def _told(self, who: Human, text: str, room: str | None = None) -> None:
        await who.is_told(text, room, PATIENCE)

    async def _settles(self) -> None:
        """Wait until the bot has nothing left to do."""

        async def still() -> bool:
            self.bot.check()
            return not self._left("state in ('todo', 'going')") and not self.bot.spared

        try:
            await eventually(still, "all is done", PATIENCE)
        except AssertionError as error:
            error.add_note(f"left: {self._left()}, died: {self.bot.died}, spared: {self.bot.spared}")
            raise

    def _left(self, promises: str = "state in ('todo', 'going', 'dead')") -> list[tuple[Any, ...]]:
        rows = self.bot.process.rows
        return [
            *rows(f"select name, state, error from promise where {promises}"),  # noqa: S608 - our own words
            *rows("select kind, state, error from event where state <> 'done'"),
            *rows("select kind, phase, error from sequence where phase <> 'done'"),
        ]

    async def _looks(self, ana: Human, bob: Human, name: str, before: Mapping[str, int]) -> Ended:
        room, slug = self.bot.process.rows("select room, slug from community where name = ?", name)[0]
        ended = Ended(left=self._left())
        await ana.joins(room)
        await bob.joins(room)
        ended.rooms, ended.pins = await self.place.rooms(slug), len(await bob.pins(room))
        plain = _Plain({name: "NAME", room: "ROOM", ana.external: "ANA", bob.external: "BOB"})
        for where, texts in (
            ("ana", await ana.reads()),
            ("bob", await bob.reads()),
            ("animators", await self.alice.reads(self._animators)),
            ("community", await bob.reads(room)),
        ):
            ended.seen[where] = Counter(plain(text) for text in texts[before.get(where, 0) :])
        return ended


class _Plain:
    """Leaves out what differs between two tellings: names, numbers, made-up words."""

    _MADE_UP = re.compile(rf"\b[{_LETTERS}]{{12}}\b")
    _NUMBER = re.compile(r"\d+")
    # Midnight may come while stories are told.
    _DATE = re.compile(rf"\b({'|'.join([*calendar.day_name, *calendar.month_name[1:]])})\b")
    # A greeting tells of the communities there are, which become more with each telling.
    _OTHERS = re.compile(
        r"^(Communities you can join:|The newest communities:|(NAME|WORD): WORD|.*Join (NAME|WORD)\b.*|And .* more\..*)"
        r"(\n|$)",
        re.MULTILINE,
    )

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known

    def __call__(self, text: str) -> str:
        for own, shown in self._known.items():
            text = text.replace(own, shown)
        undated = self._DATE.sub("DATE", self._NUMBER.sub("#", text))
        return self._OTHERS.sub("", self._MADE_UP.sub("WORD", undated))
