"""A printed page, as the program draws it that typesets it: the guide that docs/comms.md has to copy."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.voice import voice
from bot.paper import pictures
from nudges.launch.capability import nudge
from nudges.launch.guide import printing, telling
from nudges.launch.settings import Settings
from storage.communities import Community

DOCS = Path(__file__).parents[2] / "docs"
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PPI = 72


def guide() -> bytes:
    """Its first page, as PNG."""
    text = (DOCS / "comms.md").read_text(encoding="utf-8")
    table = tomllib.loads(text.partition("```toml\n")[2].partition("```")[0])
    (found,) = Settings.model_validate(table["launch"]).guides
    pumps = Community(
        platform="acme", room="C0123456789", name="Pumps", slug="pumps", purpose="", work="", kind="business",
        visibility="public", created_at=AT,
    )  # fmt: skip
    told = telling._set([pumps], found, None)
    speaks = voice({"LANG": "en"}, more=[nudge.catalogs])
    return pictures(printing.document(told, speaks, AT, _way), PPI)[0]


def _way(_platform: str, room: str) -> str:
    return f"https://slack.com/app_redirect?channel={room}"
