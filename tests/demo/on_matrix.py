"""The company on a real Matrix server of its own, with the bot as a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp

from bot.words import Words
from tests.demo.brisk import AHEAD, Clock
from tests.demo.cast import Cast
from tests.demo.company import (
    ANIMATORS,
    COMMS,
    LEADER,
    NAMED,
    PEOPLE,
    SPACE,
    SPACE_TITLE,
    WHO_DECIDES,
    WRITER,
    ZONE,
    reads,
    roster,
    settings,
)
from tests.demo.player import Player
from tests.demo.progress import Progress
from tests.demo.script import PHRASES
from tests.demo.stage import Seen, Stage
from tests.humans import Human
from tests.humans.matrix import CLIENT, MatrixHuman, MatrixTown, words
from tests.scenarios.company import toml
from tests.servers.gate import Gate
from tests.servers.process import POLL_SECONDS, ROOT, ServerError, dies_with_us, end, free_port, last_words
from tests.servers.synapse import Account, Synapse

PLATFORM = "chat"
SERVER = "company.test"
PORT = 8008  # what Matrix clients expect a homeserver of one's own to use
BOT = "parvis"
BOT_SECONDS = 60.0
LOOKS = 30
"""Times it is looked whether everybody was found on the company's list."""


@dataclass
class Office:
    """What goes on in the company: who plays, and where to sign in. ended: whether the bot is at work no longer."""

    cast: Cast
    homeserver: str
    log: Path
    ended: Callable[[], bool]


@asynccontextmanager
async def company(folder: Path, stage: Stage, catalogs: Words, progress: Progress) -> AsyncIterator[Office]:
    """The company with the bot at work in it, all of it new. folder: of the demo; what is kept there is replaced."""
    for old in ("synapse", "bot"):
        shutil.rmtree(folder / old, ignore_errors=True)
    server = Synapse(folder / "synapse", port=usual_port(PORT), server_name=SERVER)
    try:
        with progress.step("start-server"):
            await server.start()
        with progress.step("start-company"):
            town, cast = await _found(server, stage, catalogs)
        bot = Bot(folder / "bot", server, town, cast)
        cast.forward = Clock(folder / "bot" / AHEAD).forward
        try:
            with progress.step("start-bot"):
                await bot.start()
            yield Office(cast, server.url, bot.log, bot.ended)
        finally:
            await bot.stop()
            await town.close()
    finally:
        await server.stop()


def usual_port(port: int) -> int:
    """This port, or a free one where somebody uses it already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return free_port()
    return port


# ---------------------------------------------------------------- people and rooms


async def _found(server: Synapse, stage: Stage, catalogs: Words) -> tuple[MatrixTown, Cast]:
    account = await server.register(BOT, display_name="Parvis")
    # The gate, through which tests lead the bot, is not used here: the bot talks to the server itself.
    town = MatrixTown(PLATFORM, lambda: datetime.now(UTC), server, Gate(server.url), account)
    town.settled = _quiet
    players: dict[str, Player] = {}
    places = {"": PHRASES[stage.language]["with-parvis"]}
    look = Looks(town)
    for who in PEOPLE:
        theirs = await server.register(who.account, display_name=who.name, password=who.password)
        human = MatrixHuman(town, who.name, theirs)
        town.humans.append(human)
        await human.calls("PUT", f"/profile/{theirs.user_id}/m.tz", {"m.tz": ZONE})
        language = reads(who.account, stage.language)
        players[who.account] = Player(who, human, language, catalogs, stage, look, places)
    humans = [player.human for player in players.values()]
    room = await town.room(ANIMATORS, [players[account].human for account in WHO_DECIDES], private=True)
    comms = await town.room(COMMS, [players[WRITER].human], private=True)
    space = await _space(town, humans)
    places[room] = PHRASES[stage.language]["in-animators"]
    places[comms] = PHRASES[stage.language]["in-comms"]

    async def in_space(community: str) -> bool:
        leader = players[LEADER].human
        assert isinstance(leader, MatrixHuman)
        listed = await town.synapse.call(
            "GET", f"/_matrix/client/v1/rooms/{space}/hierarchy", token=leader.account.access_token
        )
        return community in [one["room_id"] for one in listed.get("rooms", [])]

    return town, Cast(players, room, places, stage, in_space, comms=comms)


async def _space(town: MatrixTown, humans: list[Human]) -> str:
    """The company's space, which everybody is in, and the bot may put rooms into."""
    people = [human for human in humans if isinstance(human, MatrixHuman)]
    body = {
        "creation_content": {"type": "m.space"},
        "preset": "public_chat",
        "room_alias_name": SPACE,
        "name": SPACE_TITLE,
        "power_level_content_override": {"users": {town.bot.user_id: 50}},
    }
    made = await people[-1].calls("POST", "/createRoom", body)
    space = str(made["room_id"])
    await asyncio.gather(*(human.joins(space) for human in people[:-1]))
    await town.synapse.call("POST", f"{CLIENT}/join/{space}", {}, token=town.bot.access_token)
    return space


async def _quiet() -> None:
    await asyncio.sleep(0.5)


class Looks:
    """Reads what a person has in front of them."""

    def __init__(self, town: MatrixTown) -> None:
        """town: whose people."""
        self._town = town

    async def __call__(self, human: Human, room: str | None) -> list[Seen]:
        """As `player.Look`."""
        assert isinstance(human, MatrixHuman)
        await human._news()
        return [self._seen(event, human) for event in await human._sights(room)]

    def _seen(self, event: Mapping[str, Any], human: MatrixHuman) -> Seen:
        names = {each.account.user_id: each.name for each in self._town.humans}
        sender = event["sender"]
        relation = event["content"].get("m.relates_to") or {}
        by = names.get(sender, "Parvis")
        return Seen(
            by, words(event["content"]), sender == human.account.user_id, relation.get("rel_type") == "m.thread"
        )


# ---------------------------------------------------------------- the bot


class Bot:
    """`parvis run`, as an administrator starts it."""

    def __init__(self, folder: Path, server: Synapse, town: MatrixTown, cast: Cast) -> None:
        """folder: for its settings, database and log."""
        self._folder = folder
        self._server = server
        self._account: Account = town.bot
        self._cast = cast
        self._health = usual_port(9464)
        self._process: subprocess.Popen[bytes] | None = None
        self.log = folder / "parvis.log"

    async def start(self) -> None:
        """Write its settings, start it, and wait until it is ready. Raises ServerError with its last words."""
        self._folder.mkdir(parents=True)
        (self._folder / "parvis.toml").write_text(toml(self._settings()), "utf-8")
        environment = self._environment() | {"PYTHONPATH": str(ROOT)}
        self._keep(environment)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: ASYNC220 - started in the loop's own thread, whose end ends it
                self._command(),
                cwd=self._folder,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for us: we stop it in good order
            )
        await self._ready()
        await self._parvis(environment, "people", "import", self._roster())
        await self._listed(environment)

    def ended(self) -> bool:
        """Whether it is at work no longer, though nobody asked it to stop."""
        return self._process is not None and self._process.poll() is not None

    async def stop(self) -> None:
        """Ask it to end, and wait until it did."""
        if self._process is not None:
            await end(self._process, seconds=25)

    def _command(self) -> list[str]:
        return [*dies_with_us(), sys.executable, "-m", "tests.demo.brisk", "--config", "parvis.toml"]

    def _roster(self) -> str:
        """The file of the company's own list."""
        ids = {account: player.human.external for account, player in self._cast.players.items()}
        (self._folder / "roster.csv").write_text(roster(PLATFORM, ids, self._cast.stage.language), "utf-8")
        return "roster.csv"

    async def _listed(self, environment: Mapping[str, str]) -> None:
        """Until everybody is known, and was found on the company's list. Raises ServerError: that takes too long."""
        for _ in range(LOOKS):
            found = json.loads(await self._parvis(environment, "nudge", "preview", "--json"))
            if found["people"] == NAMED:
                return
            await asyncio.sleep(POLL_SECONDS)
        raise ServerError("Parvis did not find the company's people on their list.")

    async def _parvis(self, environment: Mapping[str, str], *words: str) -> bytes:
        """What a command of the administrator prints. Raises ServerError: it is refused."""
        command = [sys.executable, "-m", "bot", *words, "--config", "parvis.toml"]
        pipe = asyncio.subprocess.PIPE
        done = await asyncio.create_subprocess_exec(
            *command, cwd=self._folder, env={**os.environ, **environment}, stdout=pipe, stderr=pipe
        )
        said, wrong = await done.communicate()
        if done.returncode:
            raise ServerError(f"parvis {' '.join(words)}:\n{said.decode()}{wrong.decode()}")
        return said

    def _settings(self) -> dict[str, object]:
        ids = {account: player.human.external for account, player in self._cast.players.items()}
        return {
            **settings(PLATFORM, ids, self._cast.rooms_of, self._cast.stage.language),
            "platforms": {
                PLATFORM: {
                    "kind": "matrix",
                    "homeserver": self._server.url,
                    "user": self._account.user_id,
                    "device_id": self._account.device_id,
                    "space": f"#{SPACE}:{SERVER}",
                }
            },
            "web": {"private": f"127.0.0.1:{self._health}"},
        }

    def _environment(self) -> dict[str, str]:
        return {
            f"PARVIS_{PLATFORM.upper()}_ACCESS_TOKEN": self._account.access_token,
            f"PARVIS_{PLATFORM.upper()}_ENCRYPTION_KEY": secrets.token_hex(32),
            "PARVIS_AUDIT_KEY": secrets.token_hex(32),
        }

    def _keep(self, environment: Mapping[str, str]) -> None:
        """For trying `parvis` commands beside the running bot."""
        kept = self._folder / "parvis.env"
        kept.touch(mode=0o600)
        kept.write_text("".join(f"{name}={value}\n" for name, value in environment.items()), "utf-8")

    async def _ready(self) -> None:
        assert self._process is not None
        try:
            async with asyncio.timeout(BOT_SECONDS), aiohttp.ClientSession() as session:
                while not await self._says_ready(session):
                    if self._process.poll() is not None:
                        raise ServerError(f"Parvis ended while starting:\n{last_words(self.log)}")
                    await asyncio.sleep(POLL_SECONDS)
        except TimeoutError:
            raise ServerError(f"Parvis was not ready in {BOT_SECONDS:.0f} s:\n{last_words(self.log)}") from None

    async def _says_ready(self, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.get(f"http://127.0.0.1:{self._health}/readyz") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False
