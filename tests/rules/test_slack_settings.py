"""How a workspace is configured whose events come by HTTP: what is lacking is named, with what to write."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from adapters import PLATFORMS
from adapters.slack.settings import Slack
from bot.cli.opening import told
from bot.cli.voice import voice
from bot.config import Config, ConfigError, Listener, load
from bot.words import Reader, Words
from nudges import NUDGES

TOKENS = {"PARVIS_AUDIT_KEY": "k" * 32, "PARVIS_ACME_BOT_TOKEN": "xoxb-secret"}
SIGNED = {**TOKENS, "PARVIS_ACME_SIGNING_SECRET": "8f742231b10e"}
HTTP = """
[parvis]
contact = "comms"
zone = "Europe/Paris"
[web]
public = "127.0.0.1:8080"
address = "https://parvis.example.org/"
[platforms.acme]
kind = "slack"
mode = "http"
[roles]
animator = ["acme:U0000000701"]
admin = ["acme:U0000000702"]
"""


def read(tmp_path: Path, text: str, env: Mapping[str, str]) -> Config:
    path = tmp_path / "parvis.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, env, {}, PLATFORMS)


def wrong(tmp_path: Path, text: str, env: Mapping[str, str]) -> str:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text, env)
    [problem] = caught.value.problems
    return told(problem, voice({})).replace(f"{tmp_path}/", "")


def test_by_http_a_signing_secret_stands_for_the_app_token(tmp_path: Path) -> None:
    config = read(tmp_path, HTTP, SIGNED)
    acme = config.platforms["acme"]
    assert isinstance(acme, Slack)
    assert (acme.mode, acme.app_token) == ("http", None)
    assert acme.signing_secret is not None
    assert "8f742231b10e" not in str(config)
    assert (config.web.public, config.web.address) == (
        Listener(host="127.0.0.1", port=8080),
        "https://parvis.example.org",
    )


def test_by_http_a_listener_is_needed(tmp_path: Path) -> None:
    line = wrong(tmp_path, HTTP.replace('public = "127.0.0.1:8080"', ""), SIGNED)
    assert line.startswith(
        'parvis.toml: web.public: is "off", and platforms.acme is called through it; write public = '
    )


def test_by_http_the_signing_secret_is_needed(tmp_path: Path) -> None:
    line = wrong(tmp_path, HTTP, TOKENS)
    assert line.startswith("environment: PARVIS_ACME_SIGNING_SECRET: is missing")
    assert line.endswith("set PARVIS_ACME_SIGNING_SECRET")


def test_by_socket_the_app_token_is_needed(tmp_path: Path) -> None:
    line = wrong(tmp_path, HTTP.replace('mode = "http"', ""), SIGNED)
    assert line.startswith("environment: PARVIS_ACME_APP_TOKEN: is missing")


def test_the_signing_secret_is_not_read_from_the_file(tmp_path: Path) -> None:
    line = wrong(tmp_path, HTTP.replace('mode = "http"', 'mode = "http"\nsigning_secret = "hush"'), SIGNED)
    assert "platforms.acme.signing_secret: is a secret" in line
    assert "hush" not in line


def test_an_address_is_one(tmp_path: Path) -> None:
    line = wrong(tmp_path, HTTP.replace("https://parvis.example.org/", "parvis.example.org"), SIGNED)
    assert 'web.address: "parvis.example.org" is not an http(s) address' in line


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_menus_offer_has_a_label_that_fits(language: str) -> None:
    words = Words([Path("bot/locales"), *(nudge.catalogs for nudge in NUDGES)])
    offered = [command for nudge in NUDGES for command in nudge.commands if command.shortcut]
    assert offered
    for command in offered:
        label = words.text(Reader(language=language), f"command-{'-'.join(command.path)}.shortcut")
        assert 0 < len(label) <= 24, label
