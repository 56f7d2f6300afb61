"""What differs between platforms for people who act while the bot dies: how they act, and what they see."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Protocol

from adapters.matrix.cards import NAME
from tests.crash.ledger import Input, Sight
from tests.humans import Human, Town, matrix, slack
from tests.humans.matrix import MatrixHuman, MatrixTown
from tests.humans.slack import SlackHuman, SlackTown
from tests.servers.slack import BOT_USER_ID, Reply
from tests.servers.slack.sockets import EVENTS
from tests.servers.synapse import Synapse

PLATFORM = "acme"
SOON = (0.0, 3.0, 6.0)
"""Seconds before Slack sends an event again that was not acknowledged: a minute here is three seconds."""


def now() -> datetime:
    """The clock that everybody here goes by."""
    return datetime.now(UTC)


class Place(Protocol):
    """A platform with people on it. look: seconds between two looks of somebody who waits."""

    look: float

    @property
    def town(self) -> Town:
        """Its people."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """The platform's table."""

    @property
    def secrets(self) -> Mapping[str, str]:
        """What the environment tells the bot."""

    async def says(self, who: Human, words: str) -> Input:
        """Write to the bot; it answers in the direct room."""

    async def commands(self, who: Human, words: str) -> tuple[Input, bool]:
        """Give a command as commands are given here. True: the answer is a message, and not shown at once."""

    async def presses(self, who: Human, label: str, near: str, room: str | None = None) -> tuple[Input, bool] | None:
        """Take a choice; None: it is not offered (yet, or any more). True: as above."""

    async def sights(self, who: Human, room: str | None = None) -> list[Sight]:
        """What the bot said there, as it stands."""

    async def made(self, name: str) -> int:
        """How many rooms of this name there are, whoever sees them."""

    async def enters(self, who: Human, room: str) -> None:
        """Go where one must be to read what stands in a public room."""

    def problems(self) -> list[str]:
        """What no correct bot does, as the server saw it."""


# ---------------------------------------------------------------- Slack


class SlackPlace:
    """A workspace."""

    look = 0.1

    def __init__(self, town: SlackTown) -> None:
        self.town = town

    @property
    def settings(self) -> Mapping[str, Any]:
        return {"kind": "slack", "api_url": self.town.server.api_url}

    @property
    def secrets(self) -> Mapping[str, str]:
        server = self.town.server
        return {"PARVIS_ACME_BOT_TOKEN": server.bot_token, "PARVIS_ACME_APP_TOKEN": server.app_token}

    async def says(self, who: Human, words: str) -> Input:
        assert isinstance(who, SlackHuman)
        seen = await who.person.dm(words)
        return Input(words, lambda: self._took(seen.ts))

    def _took(self, ts: str) -> bool:
        """An attempt at handing in this message was acknowledged."""
        events = (each for each in self.town.server.sockets.sent if each.kind == EVENTS)
        return any(each.state == "acked" and each.payload["event"].get("ts") == ts for each in events)

    async def commands(self, who: Human, words: str) -> tuple[Input, bool]:
        assert isinstance(who, SlackHuman)
        name, _, text = words.partition(" ")
        reply = await who.person.command(f"/{name}", text)
        return _replied(words, reply), False

    async def presses(self, who: Human, label: str, near: str, room: str | None = None) -> tuple[Input, bool] | None:
        assert isinstance(who, SlackHuman)
        for seen in reversed(who.person.visible_messages(room)):
            if near in slack.words(seen) and label in seen.buttons and seen.author_id == BOT_USER_ID:
                reply = await who.person.press(seen, label)
                return _replied(f"[{label}]", reply), room is None
        return None

    async def sights(self, who: Human, room: str | None = None) -> list[Sight]:
        assert isinstance(who, SlackHuman)
        said = [each for each in who.person.visible_messages(room) if each.author_id == BOT_USER_ID]
        shown = [
            Sight(slack.words(each), str(each.raw.get("metadata", {}).get("event_payload", {}).get("name", "")))
            for each in said
            if "subtype" not in each.raw
        ]
        whispers = who.person.ephemerals(room or who.person.dm_with_bot())
        return shown + [Sight(slack.words(each), whispered=True) for each in whispers]

    async def made(self, name: str) -> int:
        return [channel.name for channel in self.town.server.workspace.channels.values()].count(name)

    async def enters(self, who: Human, room: str) -> None:
        """Nowhere: one reads public channels from outside."""

    def problems(self) -> list[str]:
        return [problem for problem in self.town.server.problems if "too late or twice" not in problem]


def _replied(what: str, reply: Reply) -> Input:
    return Input(what, lambda: reply.acked, refused=not reply.acked)


# ---------------------------------------------------------------- Matrix


class MatrixPlace:
    """A homeserver, in encrypted rooms. What it accepted is told to the bot, sooner or later."""

    look = 0.3

    def __init__(self, town: MatrixTown) -> None:
        self.town = town
        self._pressed: dict[tuple[str, str, str], int] = {}  # who, which choice, where -> how often so far

    @property
    def settings(self) -> Mapping[str, Any]:
        bot = self.town.bot
        homeserver = self.town.synapse.url
        return {"kind": "matrix", "homeserver": homeserver, "user": bot.user_id, "device_id": bot.device_id}

    @property
    def secrets(self) -> Mapping[str, str]:
        return {"PARVIS_ACME_ACCESS_TOKEN": self.town.bot.access_token, "PARVIS_ACME_ENCRYPTION_KEY": "a secret" * 4}

    async def says(self, who: Human, words: str) -> Input:
        await who.says(words)
        return Input(words, lambda: True)

    async def commands(self, who: Human, words: str) -> tuple[Input, bool]:
        await who.types(words)  # in the direct room, as everything that is said to the bot
        return Input(words, lambda: True), True

    async def presses(self, who: Human, label: str, near: str, room: str | None = None) -> tuple[Input, bool] | None:
        assert isinstance(who, MatrixHuman)
        if not await who.is_offered(label, near, room):
            return None
        await who.presses_again()
        pressed = who.name, label, near
        this = self._pressed[pressed] = self._pressed.get(pressed, 0) + 1
        # Pressed again, a reaction is taken back first: a bot that did not read it yet never will.
        return Input(f"[{label}]", lambda: self._pressed[pressed] == this), True

    async def sights(self, who: Human, room: str | None = None) -> list[Sight]:
        assert isinstance(who, MatrixHuman)
        return [
            Sight(matrix.words(event["content"]), str(event["content"].get(NAME, "")))
            for event in await who.sees(room)
            if event["sender"] == self.town.bot.user_id
        ]

    async def made(self, name: str) -> int:
        """Counted among those the bot is in: it made them."""
        token = self.town.bot.access_token
        path = "/_matrix/client/v3"
        joined = (await self.town.synapse.call("GET", f"{path}/joined_rooms", token=token))["joined_rooms"]
        names = [
            await self.town.synapse.call("GET", f"{path}/rooms/{room}/state/m.room.name/", token=token)
            for room in joined
        ]
        return [str(each.get("name", "")).lower() for each in names].count(name)

    async def enters(self, who: Human, room: str) -> None:
        await who.joins(room)

    def problems(self) -> list[str]:
        return []


@asynccontextmanager
async def opened(platform: str, synapse: Synapse | None) -> AsyncIterator[Place]:
    """A place with nobody on it. synapse: the homeserver of the run, for Matrix."""
    if platform == "matrix":
        assert synapse is not None
        async with matrix.town(PLATFORM, now, synapse, encrypted=True) as homeserver:
            yield MatrixPlace(homeserver)
        return
    async with slack.lively_town(PLATFORM) as workspace:
        workspace.server.sockets.retry_after = SOON
        yield SlackPlace(workspace)
