"""What the papers are about: read from the settings and from what the code declares, never from what people do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import get_args

from bot.app import App
from bot.cli.voice import Voice
from bot.config import Config
from bot.desk import days
from bot.desk.clocks import slug, until
from bot.nudge import Nudge, Role
from bot.roster.headings import OWN, wanted
from bot.words import slug as named
from storage.database import Store
from storage.held import HELD, PERSON, Group

GROUPS: tuple[Group, ...] = get_args(Group)


@dataclass(frozen=True, slots=True)
class Table:
    """What one table holds, in words. days: None where it lasts as long as the person is here, or about nobody."""

    name: str
    group: Group
    what: str
    why: str
    until: str
    erasure: str
    is_personal: bool
    days: int | None


@dataclass(frozen=True, slots=True)
class Contact:
    """A kind of unasked message. wished: the kind whose stop ends this one, though it is not optional itself."""

    kind: str
    what: str
    optional: bool
    wished: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All of it. columns: of the roster, that are kept beyond the usual ones.

    powers: role -> what it may do beyond everybody, in words. platforms: (name, kind, addresses).
    sealed: platforms with encrypted rooms. is_open: an address is not encrypted on its way.
    """

    config: Config
    contact: str
    capabilities: tuple[tuple[str, tuple[str, ...]], ...]
    commands: frozenset[str]
    contacts: tuple[Contact, ...]
    tables: tuple[Table, ...]
    columns: tuple[str, ...]
    powers: dict[Role, tuple[str, ...]]
    platforms: tuple[tuple[str, str, tuple[str, ...]], ...]
    sealed: tuple[str, ...]
    is_open: bool
    kept: dict[str, int]


class _NoStore(Store):
    """Nothing is read: the papers are about the settings."""

    def __init__(self) -> None:
        self.dialect = "sqlite"


def gathered(config: Config, voice: Voice) -> Facts:
    """Everything, in the language of the voice."""
    app = App(config, _NoStore(), {}, lambda: datetime.min.replace(tzinfo=UTC))
    kept = days(config)
    return Facts(
        config=config,
        contact=config.parvis.contact_in.get(voice.language, config.parvis.contact),
        capabilities=tuple((nudge.id, tuple(_does(nudge, voice))) for nudge in app.nudges if nudge.commands),
        commands=frozenset(" ".join(each.path) for nudge in app.nudges for each in nudge.commands),
        contacts=tuple(_contacts(app.nudges, voice)),
        tables=tuple(_tables(voice, kept)),
        columns=tuple(sorted(wanted(app.nudges, config.nudges).difference(OWN))),
        powers={role: tuple(_powers(app, role, voice)) for role in Role if role is not Role.EMPLOYEE},
        platforms=tuple((name, each.kind, _addresses(each)) for name, each in config.platforms.items()),
        sealed=tuple(name for name, each in config.platforms.items() if getattr(each, "encryption", False)),
        is_open=any(each.startswith("http://") for one in config.platforms.values() for each in _addresses(one)),
        kept=kept,
    )


def _does(nudge: Nudge, voice: Voice) -> Iterator[str]:
    for command in nudge.commands:
        does = voice(f"command-{named(' '.join(command.path))}.help")
        yield voice("privacy-command", command=f"`{command.shown(voice.language)}`", does=does)


def _contacts(nudges: tuple[Nudge, ...], voice: Voice) -> Iterator[Contact]:
    for each in (contact for nudge in nudges for contact in nudge.contacts):
        words = f"contact-{each.kind.replace('.', '-')}"
        yield Contact(each.kind, voice(words) if voice.has(words) else "", each.optional, each.wished)


def _tables(voice: Voice, kept: dict[str, int]) -> Iterator[Table]:
    for name, held in HELD.items():
        words = f"held-{slug(name)}"
        time = voice("plain", text=until(name, kept))
        lasts = None if held.clock == PERSON else kept[held.clock]
        erasure = voice(f"{words}.erasure")
        yield Table(name, held.group, voice(words), voice(f"{words}.why"), time, erasure, held.is_personal, lasts)


def _powers(app: App, role: Role, voice: Voice) -> Iterator[str]:
    """What a role may do and not everybody; in words, each once."""
    told: set[str] = set()
    for action, by in app.parts.lookup.rights().items():
        kind, _, form = action.partition(" ")
        if role not in by or Role.EMPLOYEE in by or form:
            continue
        known = (f"command-{named(kind)}", f"choice-{named(kind)}")
        words = next((voice(name) for name in known if voice.has(name)), kind)
        if words not in told:
            told.add(words)
            yield words


def _addresses(settings: object) -> tuple[str, ...]:
    """The addresses that a platform is configured with; no secret is among them."""
    return tuple(each for each in vars(settings).values() if isinstance(each, str) and re.match("https?://", each))
