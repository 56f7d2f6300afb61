"""What a platform must be told before the bot can sign in, made from what capabilities declare."""

from __future__ import annotations

import contextlib
import json
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.cli import FINE, Wrong, show
from bot.cli.opening import settled
from bot.cli.voice import LOCALES, Voice, voice
from bot.config import Config, Kind, Offered, PlatformSettings, Shortcut, Word
from bot.config.reading import secret_variables
from bot.help import make, slug
from bot.nudge import CommandSpec, Nudge, Role
from bot.nudging import declared
from bot.words import Reader, Words
from nudges import NUDGES

Kinds = Mapping[str, Kind[Any]]
USUAL = Path("parvis.toml")


def shown(path: Path, kinds: Kinds, platform: str, *, link: bool = False, admin: bool = False) -> int:
    """Print the manifest of a platform as JSON, or the link to the vendor's page with it filled in.

    path: of the settings, which need not be there yet where they usually are, nor the secrets. kinds: of platforms, by
    name. platform: its configured name; "" for the only one that wants a manifest. admin: ask for an administrator's
    rights as well.
    Raises Wrong.
    """
    config = _settings(path, kinds) if path.exists() or path != USUAL else None
    said = voice(os.environ, config.parvis.default_language if config else "en")
    name, settings, kind = _chosen(config, kinds, platform, said)
    made = _made(config, name, settings, kind, said, admin=admin)
    assert kind.manifest is not None, "one without was not chosen"
    show.line(kind.manifest.link(made) if link else json.dumps(made, indent=2, ensure_ascii=False))
    return FINE


def _settings(path: Path, kinds: Kinds) -> Config:
    """The settings without their secrets: most come from the app that is to be made. Raises Wrong."""
    return settled(path, _stand_ins(path, kinds) | os.environ, kinds)


def _stand_ins(path: Path, kinds: Kinds) -> dict[str, str]:
    """Something in the place of every secret, which is never used."""
    found = {"PARVIS_AUDIT_KEY": "-" * 32}
    # What is wrong with the file, the reading of it says.
    with contextlib.suppress(OSError, ValueError, AttributeError, KeyError, TypeError):
        for name, table in tomllib.loads(path.read_text(encoding="utf-8")).get("platforms", {}).items():
            kind = kinds[table["kind"]]
            for key, variable in secret_variables(name, kind.settings).items():
                found[variable] = f"{kind.tokens.get(key, ('',))[0]}-"
    return found


def _chosen(config: Config | None, kinds: Kinds, platform: str, said: Voice) -> tuple[str, PlatformSettings, Kind[Any]]:
    """The platform that is meant. Without settings: one of the first kind that wants a manifest, at its defaults."""
    wanting = {name: kind for name, kind in kinds.items() if kind.manifest is not None}
    if config is None:
        kind_name, kind = next(iter(wanting.items()))
        return platform or "acme", kind.settings.model_construct(kind=kind_name), kind
    able = [name for name, settings in config.platforms.items() if settings.kind in wanting]
    if platform and platform not in able:
        raise Wrong(said("manifest-none", platform=platform))
    if not platform and not able:
        raise Wrong(said("manifest-needless"))
    if not platform and len(able) != 1:
        raise Wrong(said("manifest-which", platforms=", ".join(able)))
    name = platform or able[0]
    return name, config.platforms[name], wanting[config.platforms[name].kind]


def _made(
    config: Config | None, name: str, settings: PlatformSettings, kind: Kind[Any], said: Voice, *, admin: bool
) -> Mapping[str, Any]:
    address = config.web.address if config else ""
    if kind.served(settings) and not address:
        raise Wrong(said("manifest-address", platform=name))
    language = config.parvis.default_language if config else "en"
    offered = offer(NUDGES, config.parvis.name if config else "Parvis", language, address=address, admin=admin)
    assert kind.manifest is not None, "one without was not chosen"
    return kind.manifest.make(name, settings, offered)


def offer(nudges: Sequence[Nudge], name: str, language: str, *, address: str = "", admin: bool = False) -> Offered:
    """What capabilities offer, in one language. name, address, admin: as in `Offered`."""
    words = Words([LOCALES, *(nudge.catalogs for nudge in nudges)], language)
    spine = (make(nudges, words), declared(nudges, words))
    commands = [command for nudge in (*spine, *nudges) for command in nudge.commands]
    reader = Reader(language=language)
    return Offered(
        name=name,
        description=words.text(reader, "manifest-description"),
        words=tuple(_words(commands, words, language)),
        shortcuts=tuple(
            Shortcut(
                id=".".join(command.path),
                label=words.text(reader, f"{slug(command)}.shortcut"),
                help=words.text(reader, f"{slug(command)}.help"),
                on=command.shortcut,
            )
            for command in commands
            if command.shortcut
        ),
        address=address,
        admin=admin,
    )


def _words(commands: Sequence[CommandSpec], words: Words, language: str) -> Iterator[Word]:
    """The first words of all commands, each once: in the language in which it is a command's own name."""
    seen: dict[str, Word] = {}
    for tongue in ("en", *sorted(words.languages - {"en"})):
        paths = [(command, tuple(command.shown(tongue).split())) for command in commands]
        for first in dict.fromkeys(path[0] for _, path in paths):
            below = [(command, path) for command, path in paths if path[0] == first]
            about = Reader(language=language if tongue == "en" else tongue)
            help_ = words.text(about, f"{slug(below[0][0])}.help")
            everyones = [path for command, path in below if Role.EMPLOYEE in command.by]
            usage = " | ".join(" ".join(path[1:]) for path in everyones if path[1:])
            seen.setdefault(first, Word(first, help_, usage))
    yield from seen.values()
