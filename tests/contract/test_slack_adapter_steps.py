"""Three steps from nothing to a first answer, as README.md and docs/slack.md tell them; with the process that ships."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from adapters import PLATFORMS
from bot.cli import Wrong
from bot.cli.manifest import shown
from tests.crash.process import Process
from tests.servers.process import free_port
from tests.servers.slack import Person, SlackServer
from tests.servers.slack.install import ManifestError

ROOT = Path(__file__).parents[2]
MANIFEST = (sys.executable, "-m", "bot", "manifest")


async def parvis_manifest(folder: Path, *words: str) -> tuple[int, str, str]:
    """Ask for the manifest in a folder without secrets: status, what was printed, what was said."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("PARVIS_")}
    child = await asyncio.create_subprocess_exec(
        *MANIFEST, *words, cwd=folder, env=env | {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await child.communicate()
    return child.returncode or 0, out.decode(), err.decode()


def settings(server: SlackServer, boss: Person, animators: str, **platform: str) -> dict[str, Any]:
    return {
        "parvis": {"contact": "the communication team", "zone": "Europe/Paris"},
        "platforms": {"acme": {"kind": "slack", "api_url": server.api_url, **platform}},
        "roles": {"animator": [f"acme:{boss.id}"], "admin": [f"acme:{boss.id}"]},
        "rooms": {"animator": [{"platform": "acme", "room": animators}]},
    }


@asynccontextmanager
async def running(folder: Path, tables: Mapping[str, Any], secrets: Mapping[str, str]) -> AsyncIterator[Process]:
    bot = Process(folder, tables, secrets)
    bot.begin()
    try:
        assert await bot.ready(), bot.log.read_text("utf-8")
        yield bot
    finally:
        await bot.stop()


async def test_paste_the_manifest_start_the_bot_and_ask(tmp_path: Path) -> None:
    async with SlackServer() as server:
        server.bot.scopes.clear()  # nothing is granted but what the manifest asks for
        boss, alice = server.person("boss", kind="admin"), server.person("alice")
        animators = server.channel("animators", members=[boss], with_bot=True).id
        # One: the link makes the app. Neither settings nor secrets are there yet.
        status, printed, _ = await parvis_manifest(tmp_path, "--link")
        assert status == 0
        [manifest] = parse_qs(urlsplit(printed.strip()).query)["manifest_json"]
        await server.install(json.loads(manifest))
        # Two: the settings, and the two tokens of the app.
        tokens = {"PARVIS_ACME_BOT_TOKEN": server.bot_token, "PARVIS_ACME_APP_TOKEN": server.app_token}
        # Three: start it.
        async with running(tmp_path / "bot", settings(server, boss, animators), tokens):
            assert (await alice.command("/parvis")).acked
            assert "community request" in (await alice.read("What you can ask me")).text
            assert (await alice.shortcut("community.request")).acked
            view = await alice.opened()
            assert view["callback_id"].startswith("community.")
            await alice.open_home()
            await server.wait_for(alice.home)
        refused = {answer["error"] for _, _, answer in server.calls if not answer.get("ok")}
        assert "missing_scope" not in refused, refused


async def test_the_same_where_slack_calls_the_bot(tmp_path: Path) -> None:
    async with SlackServer() as server:
        boss, alice = server.person("boss", kind="admin"), server.person("alice")
        animators = server.channel("animators", members=[boss], with_bot=True).id
        port = free_port()
        tables = settings(server, boss, animators, mode="http")
        web = {"public": f"127.0.0.1:{port}", "address": f"http://127.0.0.1:{port}"}
        secrets = {"PARVIS_ACME_BOT_TOKEN": server.bot_token, "PARVIS_ACME_SIGNING_SECRET": server.hooks.secret}
        async with running(tmp_path / "bot", {**tables, "web": web}, secrets):
            status, printed, _ = await parvis_manifest(tmp_path / "bot", "--platform", "acme")
            assert status == 0
            await server.install(json.loads(printed))
            assert (await alice.command("/parvis")).acked
            assert "community request" in (await alice.read("What you can ask me")).text
            await alice.dm("help")
            await server.settled()
            assert set(server.hooks.statuses) == {200}


async def test_an_address_where_nothing_answers_is_not_accepted(tmp_path: Path) -> None:
    async with SlackServer() as server:
        _, printed, _ = await parvis_manifest(tmp_path)
        manifest = json.loads(printed)
        url = f"{server.url}/nothing/here"
        manifest["settings"] |= {"socket_mode_enabled": False, "interactivity": {"request_url": url}}
        manifest["settings"]["event_subscriptions"]["request_url"] = url
        for command in manifest["features"]["slash_commands"]:
            command["url"] = url
        with pytest.raises(ManifestError, match="challenge"):
            await server.install(manifest)


LACKING = """
[parvis]
contact = "comms"
zone = "UTC"
[web]
public = "127.0.0.1:0"
[roles]
animator = ["{who}"]
admin = ["{who}"]
{platform}
"""


@pytest.mark.parametrize(
    ("platform", "who", "wanted", "said"),
    [
        ('[platforms.acme]\nkind = "slack"\nmode = "http"', "acme:U0000000701", "", "https://parvis.example.org"),
        ('[platforms.home]\nkind = "memory"', "home:ana", "", "None of your platforms"),
        ('[platforms.home]\nkind = "memory"', "home:ana", "home", "home"),
        ('[platforms.acme]\nkind = "slack"\nmode = "pigeon"', "acme:U0000000701", "", "platforms.acme.mode"),
    ],
)
def test_what_is_lacking_is_said(tmp_path: Path, platform: str, who: str, wanted: str, said: str) -> None:
    file = tmp_path / "parvis.toml"
    file.write_text(LACKING.format(who=who, platform=platform), "utf-8")
    with pytest.raises(Wrong) as wrong:
        shown(file, PLATFORMS, wanted)
    assert said in str(wrong.value)
