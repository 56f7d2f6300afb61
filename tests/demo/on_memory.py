"""The company inside this process: the platform of `adapters.memory`, and nothing but Python."""

from __future__ import annotations

import logging
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import TextIO

import structlog

from adapters import PLATFORMS
from adapters.memory import BOT, Posted
from bot.chat import Message
from bot.config import load
from bot.roster import applying, reading
from bot.words import Words
from nudges import NUDGES
from storage.database import Store
from tests.demo.brisk import Brisk, Clock
from tests.demo.cast import Cast
from tests.demo.company import (
    ANIMATORS,
    COMMS,
    NAMED,
    PEOPLE,
    WHO_DECIDES,
    WRITER,
    ZONE,
    reads,
    roster,
    settings,
)
from tests.demo.player import PATIENCE, Player
from tests.demo.script import PHRASES
from tests.demo.stage import Seen, Stage
from tests.humans import Human, eventually, memory
from tests.humans.memory import MemoryHuman, MemoryTown
from tests.scenarios.company import toml, under_way

PLATFORM = "chat"


def words(message: Message) -> str:
    """A message as it is shown here."""
    lines = [f"{part.label} — {part.text}" if part.label else part.text for part in message.parts]
    return "\n".join([*lines, *(f"[{choice.label}]" for choice in message.choices)])


async def look(human: Human, room: str | None) -> list[Seen]:
    """What a person has in front of them."""
    assert isinstance(human, MemoryHuman)
    server = human._server
    seen = []
    for one in server.sights(human.external, room or ""):
        by = one.by if isinstance(one, Posted) else BOT
        name = "Parvis" if by == BOT else server.accounts[by].profile.name
        reply = bool(one.reply_to) if isinstance(one, Posted) else False
        seen.append(Seen(name, words(one.message), by == human.external, reply, str(one.turn)))
    return seen


def rooms(human: Human) -> dict[str, str]:
    """The rooms that a person sees, entered or not: id -> name."""
    assert isinstance(human, MemoryHuman)
    places = [place for place in human._server.rooms.values() if not place.direct and not place.archived]
    return {place.id: place.title or place.slug for place in places if place.seen_by(human.external)}


@asynccontextmanager
async def company(folder: Path, stage: Stage, catalogs: Words) -> AsyncIterator[Cast]:
    """The company with the bot at work in it, all of it new. folder: for its file of settings, database and log."""
    _clear(folder)
    with (folder / "memory.log").open("w", encoding="utf-8") as log:
        _log_to(log)
        clock = Clock(folder / "memory.ahead")
        async with memory.town(PLATFORM, clock.now, forms=False) as town:
            cast = await _cast(town, stage, catalogs)
            cast.forward = clock.forward
            async with _at_work(folder, town, cast, clock.now):
                yield cast


@asynccontextmanager
async def _at_work(folder: Path, town: MemoryTown, cast: Cast, now: Callable[[], datetime]) -> AsyncIterator[None]:
    """The bot, until the end of the block."""
    ids = {account: player.human.external for account, player in cast.players.items()}
    file = folder / "memory.toml"
    tables = settings(PLATFORM, ids, cast.rooms_of, cast.stage.language)
    file.write_text(toml({**tables, "platforms": {PLATFORM: {"kind": "memory"}}, "web": {"private": "off"}}), "utf-8")
    models = {nudge.id: nudge.settings for nudge in NUDGES}
    config = load(file, {"PARVIS_AUDIT_KEY": secrets.token_hex(32)}, models, PLATFORMS)
    store = await Store.open(f"sqlite+aiosqlite:///{folder / 'memory.db'}")
    app = Brisk(config, store, {PLATFORM: town.platform()}, now)
    sheet = reading.read(roster(PLATFORM, ids, cast.stage.language).encode(), (PLATFORM,))
    await applying.take_over(store, app.parts.audit, sheet, now())

    async def busy() -> bool:
        return not town.delivered() or bool(await under_way(store, now()))

    cast.busy = busy

    async def listed() -> bool:
        async with store.read() as session:
            ctx = app.parts.context(session, now(), None, app.nudged.nudge)
            return (await app.nudged.preview(ctx)).people == NAMED

    await app.start()
    try:
        await eventually(listed, "everybody is known, and found on the company's list", PATIENCE)
        yield
    finally:
        await app.stop()
        await store.close()


async def _cast(town: MemoryTown, stage: Stage, catalogs: Words) -> Cast:
    players: dict[str, Player] = {}
    places = {"": PHRASES[stage.language]["with-parvis"]}
    for who in PEOPLE:
        human = await town.person(who.name, language="", zone=ZONE)
        language = reads(who.account, stage.language)
        players[who.account] = Player(who, human, language, catalogs, stage, look, places, sign="/")
    animators = [players[account].human for account in WHO_DECIDES]
    room = await town.room(ANIMATORS, animators, private=True)
    comms = await town.room(COMMS, [players[WRITER].human], private=True)
    places[room] = PHRASES[stage.language]["in-animators"]
    places[comms] = PHRASES[stage.language]["in-comms"]
    return Cast(players, room, places, stage, _no_spaces, rooms, comms=comms)


async def _no_spaces(_room: str) -> bool:
    return True


def _clear(folder: Path) -> None:
    for old in folder.glob("memory.*"):
        old.unlink()


def _log_to(file: TextIO) -> None:
    """What the bot logs would stand in the middle of the stage."""
    structlog.configure(logger_factory=structlog.WriteLoggerFactory(file=file))
    logging.basicConfig(stream=file, level=logging.INFO, force=True)
