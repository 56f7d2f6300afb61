"""What of the settings can be used, and is probably not meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters import PLATFORMS
from bot.cli.doubts import doubts
from bot.config import load
from nudges import NUDGES

USUAL = """
[parvis]
contact = "us"
zone = "Europe/Paris"
[platforms.acme]
kind = "memory"
[roles]
animator = ["acme:ana"]
admin = ["acme:bob"]
"""
FRANCE = '[working_time]\ncountry = "FR"\n'


def told(tmp_path: Path, text: str) -> dict[str, str]:
    path = tmp_path / "parvis.toml"
    path.write_text(USUAL + text, "utf-8")
    env = {"PARVIS_AUDIT_KEY": "k" * 32}
    config = load(path, env, {nudge.id: nudge.settings for nudge in NUDGES}, PLATFORMS)
    return {key: str(write.args["what"]) for key, _, write in doubts(config, NUDGES)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (FRANCE, {}),
        ('[working_time]\ncountry = ""\n', {}),
        ("", {"working_time.country": 'country = "FR"'}),
        (f"{FRANCE}[attention]\nper_week = 50\n", {"attention.per_week": "per_week = 1"}),
        (f"{FRANCE}[attention]\nper_week = 5\n", {}),
        (f"{FRANCE}[retention]\ncontacts = 5\n", {"retention.contacts": "contacts = 31"}),
        (f"{FRANCE}[retention]\ncontacts = 31\n", {}),
    ],
)
def test_what_is_probably_not_meant_is_told(tmp_path: Path, text: str, found: dict[str, str]) -> None:
    assert told(tmp_path, text) == found


@pytest.mark.parametrize(
    ("column", "meant"),
    [("jobb", "roster:job"), ("locaton", "roster:location"), ("room", ""), ("lieu", ""), ("job", "")],
)
def test_a_column_that_resembles_a_usual_one_is_told(tmp_path: Path, column: str, meant: str) -> None:
    fields = f'[profiles]\nfields = [{{ name = "title", weight = 1, sources = ["roster:{column}", "own"] }}]\n'
    assert told(tmp_path, FRANCE + fields) == ({"profiles": meant} if meant else {})
