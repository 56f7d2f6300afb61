"""`parvis check`: what can be said of the settings without opening anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.cli import FINE, Wrong, show
from bot.cli.doubts import doubts
from bot.cli.opening import Desk
from bot.config import Config, Kind
from bot.nudge import Role
from nudges import NUDGES

# RFC 2606, section 3: never anybody's.
Kinds = Mapping[str, Kind[Any]]
_NOBODYS = re.compile(r"\bexample\.(org|com|net)\b")


def checked(desk: Desk, kinds: Kinds) -> int:
    """Say that the settings are fine, and what of them is doubtful. Raises Wrong with what is still the example's.

    kinds: of platforms, by name.
    """
    config, voice = desk.config, desk.voice
    platforms = ", ".join(f"{name} ({each.kind})" for name, each in config.platforms.items())
    _own(desk, placeholders(config, kinds))
    show.line(voice("cli-check-fine", file=str(desk.file), platforms=platforms, database=config.database.url))
    if not config.rooms.animator:
        show.line(voice("cli-run-no-room"))
    for key, wrong, write in doubts(config, NUDGES):
        said = {"key": key, "wrong": voice.line(wrong), "write": voice.line(write)}
        show.line(voice("settings-problem", file=str(desk.file), **said))
    return FINE


def introduced(desk: Desk) -> None:
    """Raises Wrong when the bot would introduce itself as the example does: people would write to nobody.

    Ids of the example are left to `parvis check` and `parvis doctor`: they are nobody's, and do no harm.
    """
    _own(desk, _contacts(desk.config))


def _own(desk: Desk, left: Iterable[tuple[str, str]]) -> None:
    lines = [desk.voice("cli-check-placeholder", file=str(desk.file), key=key, value=value) for key, value in left]
    if lines:
        raise Wrong("\n".join(lines))


def _contacts(config: Config) -> Iterator[tuple[str, str]]:
    contacts = {"": config.parvis.contact, **{f"_in.{each}": it for each, it in config.parvis.contact_in.items()}}
    yield from ((f"parvis.contact{key}", contact) for key, contact in contacts.items() if _NOBODYS.search(contact))


def placeholders(config: Config, kinds: Kinds) -> Iterator[tuple[str, str]]:
    """(key, value) of each setting that was copied from config.example.toml with the rest."""
    yield from _contacts(config)
    for name, settings in config.platforms.items():
        for key, value in settings.model_dump(mode="python").items():
            if isinstance(value, str) and _is_example(config, kinds, name, value):
                yield f"platforms.{name}.{key}", value
    for role in Role:
        for number, grant in enumerate(config.roles.of(role)):
            if _is_example(config, kinds, grant.platform, grant.id):
                kind = "" if grant.kind == "account" else f"{grant.kind}:"
                yield f"roles.{role}[{number}]", f"{grant.platform}:{kind}{grant.id}"
        for number, room in enumerate(config.rooms.of(role)):
            if _is_example(config, kinds, room.platform, room.room):
                yield f"rooms.{role}[{number}].room", room.room


def _is_example(config: Config, kinds: Kinds, platform: str, value: str) -> bool:
    return bool(re.fullmatch(kinds[config.platforms[platform].kind].example, value))
