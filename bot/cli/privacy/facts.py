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
from bot.desk.clocks import slug
from bot.nudge import Disclosed, Nudge, Role
from bot.roster.headings import OWN, wanted
from bot.say import Term
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
class Datum:
    """Something that is known of everybody because the settings ask for it, in words. See `Disclosed`."""

    what: str
    why: str
    sources: tuple[str, ...]
    seen_by: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """A kind of unasked message. wished: the kind whose stop ends this one, though it is not optional itself."""

    kind: str
    what: str
    optional: bool
    wished: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All of it. capabilities: what each is for, and its commands. columns: of the roster, kept beyond the usual.

    powers: role -> what it may do beyond everybody, in words. platforms: (name, kind, addresses).
    sealed: platforms with encrypted rooms. is_open: an address is not encrypted on its way.
    """

    config: Config
    contact: str
    capabilities: tuple[tuple[str, tuple[str, ...]], ...]
    commands: frozenset[str]
    contacts: tuple[Contact, ...]
    tables: tuple[Table, ...]
    data: tuple[Datum, ...]
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
        capabilities=tuple(
            (_called(nudge, voice), tuple(_does(nudge, voice))) for nudge in app.nudges if nudge.commands
        ),
        commands=frozenset(" ".join(each.path) for nudge in app.nudges for each in nudge.commands),
        contacts=tuple(_contacts(app.nudges, voice)),
        tables=tuple(_tables(voice, kept)),
        data=tuple(_data(app.nudges, config, voice)),
        columns=tuple(sorted(wanted(app.nudges, config.nudges).difference(OWN))),
        powers={role: tuple(_powers(app, role, voice)) for role in Role if role is not Role.EMPLOYEE},
        platforms=tuple((name, each.kind, _addresses(each)) for name, each in config.platforms.items()),
        sealed=tuple(name for name, each in config.platforms.items() if getattr(each, "encryption", False)),
        is_open=any(each.startswith("http://") for one in config.platforms.values() for each in _addresses(one)),
        kept=kept,
    )


def _called(nudge: Nudge, voice: Voice) -> str:
    """What a capability is for, in words; its id where nobody wrote any."""
    words = f"capability-{named(nudge.id)}"
    return voice(words) if voice.has(words) else nudge.id


def _does(nudge: Nudge, voice: Voice) -> Iterator[str]:
    for command in nudge.commands:
        does = voice(f"command-{named(' '.join(command.path))}.help")
        yield voice("privacy-command", command=f"`{command.shown(voice.language)}`", does=does)


def _contacts(nudges: tuple[Nudge, ...], voice: Voice) -> Iterator[Contact]:
    for each in (contact for nudge in nudges for contact in nudge.contacts):
        words = f"contact-{each.kind.replace('.', '-')}"
        yield Contact(each.kind, voice(words) if voice.has(words) else "", each.optional, each.wished)


def _data(nudges: tuple[Nudge, ...], config: Config, voice: Voice) -> Iterator[Datum]:
    for nudge in nudges:
        if nudge.discloses is not None:
            yield from (_datum(each, voice) for each in nudge.discloses(config.nudges[nudge.id]))


def _datum(each: Disclosed, voice: Voice) -> Datum:
    def said(term: Term) -> str:
        return voice("plain", text=term)

    sources = tuple(said(source) for source in each.sources)
    return Datum(said(each.what), said(each.why), sources, said(each.seen_by), each.is_required)


def _tables(voice: Voice, kept: dict[str, int]) -> Iterator[Table]:
    """In the third person, where the words that a person is told about themselves are in another."""
    for name, held in HELD.items():
        words = next(each for each in (f"paper-{slug(name)}", f"held-{slug(name)}") if voice.has(each))
        time = Term(term="held-time", args={"days": kept[held.clock]})
        lasts = None if held.clock == PERSON else kept[held.clock]
        yield Table(
            name=name,
            group=held.group,
            what=voice(words),
            why=voice(f"{words}.why"),
            until=voice("plain", text=Term(term=f"{words}.until", args={"time": time})),
            erasure=voice(f"{words}.erasure"),
            is_personal=held.is_personal,
            days=lasts,
        )


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
