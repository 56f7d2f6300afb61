"""A company that `parvis doctor` and `parvis observe` look at, on any platform."""

from __future__ import annotations

import json
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from adapters import PLATFORMS, open_platform
from adapters.memory.platform import MemoryPlatform
from bot.chat import Platform
from bot.cli.doctor import examined
from bot.cli.observe import observed
from bot.cli.opening import Desk
from bot.cli.voice import voice
from bot.config import load
from nudges import NUDGES
from tests.humans import Town
from tests.humans.matrix import MatrixTown
from tests.humans.memory import MemoryTown
from tests.humans.slack import SlackTown
from tests.humans.towns import EVERYWHERE

PLAIN = [each for each in EVERYWHERE if each.values[0] in {"memory", "slack", "matrix"}]
TLS = Path(__file__).parents[2] / "servers" / "tls"
AUTHORITY = f'ca_file = "{TLS / "authority.pem"}"\n'
READS = re.compile(r"auth\.test|apps\.connections\.open|\w+\.(list|info|history|members|users\.list)$")


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Place:
    """A company whose settings are at hand. env: the secrets. web: more lines about where the bot listens."""

    town: Town
    folder: Path
    table: str
    env: Mapping[str, str]
    animators: Sequence[str] = ()
    rooms: Sequence[str] = ()
    web: str = ""

    def desk(self, *, language: str = "en", more: str = "", **env: str) -> Desk:
        people = json.dumps([f"acme:{each}" for each in self.animators])
        rooms = "".join(f'[[rooms.animator]]\nplatform = "acme"\nroom = "{room}"\n' for room in self.rooms)
        file = self.folder / "parvis.toml"
        file.write_text(
            f'parvis = {{ contact = "comms", zone = "Europe/Paris" }}\nweb.private = "off"\n{self.web}'
            f'database.url = "sqlite+aiosqlite:///{self.folder / "parvis.db"}"\n'
            f"[roles]\nanimator = {people}\nadmin = {people}\n{rooms}[platforms.acme]\n{self.table}{more}",
            "utf-8",
        )
        known = {"PARVIS_AUDIT_KEY": "0123456789abcdef" * 2, **self.env, **env}
        config = load(file, known, {nudge.id: nudge.settings for nudge in NUDGES}, PLATFORMS)
        return Desk(file, config, voice({"LANG": language}, more=[nudge.catalogs for nudge in NUDGES]))

    def opened(self, desk: Desk) -> dict[str, Platform]:
        if isinstance(self.town, MemoryTown):
            return {"acme": MemoryPlatform(self.town.server)}
        return {"acme": open_platform("acme", desk.config.platforms["acme"], now, beside=True)}

    async def found(self, capsys: pytest.CaptureFixture[str], **how: Any) -> tuple[int, list[dict[str, str]]]:
        """The status, and all that is found."""
        desk = self.desk(**how)
        capsys.readouterr()
        status = await examined(desk, lambda: self.opened(desk), now, as_json=True)
        return status, json.loads(capsys.readouterr().out)

    async def seen(self, capsys: pytest.CaptureFixture[str], *, quick: bool = False) -> dict[str, Any]:
        """What is observed."""
        desk = self.desk()
        capsys.readouterr()
        assert await observed(desk, lambda: self.opened(desk), now, as_json=True, quick=quick) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)["acme"]
        return found


def states(found: Sequence[Mapping[str, str]], code: str) -> list[tuple[str, str]]:
    return [(each["state"], each["evidence"]) for each in found if each["code"] == code]


def settings(town: Town) -> tuple[str, dict[str, str]]:
    """The table of a platform in the file, and its secrets."""
    if isinstance(town, SlackTown):
        server = town.server
        tokens = {"PARVIS_ACME_BOT_TOKEN": server.bot_token, "PARVIS_ACME_APP_TOKEN": server.app_token}
        return f'kind = "slack"\napi_url = "{server.api_url}"\n', tokens
    if isinstance(town, MatrixTown):
        table = f'kind = "matrix"\nhomeserver = "{town.gate.url}"\nuser = "{town.bot.user_id}"\nencryption = false\n'
        return table, {"PARVIS_ACME_ACCESS_TOKEN": town.bot.access_token}
    return 'kind = "memory"\n', {}


@asynccontextmanager
async def standing(
    answer: Callable[[web.Request], Awaitable[web.Response]], *, secure: bool = False
) -> AsyncIterator[str]:
    """The address of a server that answers so whatever it is asked. secure: with a certificate of the authority."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if secure else None
    if context:
        context.load_cert_chain(TLS / "server.pem", TLS / "server.key")
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
        yield f"http{'s' if secure else ''}://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
