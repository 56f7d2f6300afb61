"""What says something, what is missing, and who could fill it. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.lookup import fold
from nudges.profiles.settings import OWN, PLATFORM, ROSTER, FieldSettings

NOTHING = frozenset(
    fold(each)
    for each in (
        *("na", "nc", "ns", "nr", "none", "no", "nothing", "null", "nil", "nope", "unknown", "undefined", "empty"),
        *("tbd", "tba", "tbc", "todo", "to do", "later", "to be defined", "to be completed", "to complete", "pending"),
        *("neant", "rien", "aucun", "aucune", "non", "vide", "inconnu", "inconnue", "sans", "sans objet", "so"),
        *("a completer", "a definir", "a venir", "a preciser", "a renseigner", "non renseigne", "non precise"),
        *("en cours", "plus tard", "not applicable", "non applicable", "not available", "test", "asdf", "qwerty"),
    )
)
"""What people write where they do not want to answer, folded and without marks."""

Standing = Literal["present", "declined", "missing", "gap", "unread"]
"""How one field stands with one person.

present: it says something. declined: they prefer not to. missing: they can fill it. gap: nobody but an administrator
can. unread: a platform was not asked yet, or does not say.
"""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value is looked for. kind: "own", "platform", "roster", "custom". platform: of a custom field."""

    kind: str
    name: str = ""
    platform: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """What a person told the bot about one field. state: "kept", "confirmed" (of the roster), "declined"."""

    value: str
    state: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a platform said of one account. listed: its list of people; details: one by one. None: it was not asked.

    account: its external id.
    """

    platform: str
    listed: Mapping[str, str] | None = None
    details: Mapping[str, str] | None = None
    account: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """All that is known of one person. names: what they are called, anywhere. told: the account used last first.

    places: (platform, field of its list) that somebody there has filled, so that people can. told_on: the platform on
    which they chose to be told what is to come; "" for the one used last.
    """

    names: tuple[str, ...] = ()
    own: Mapping[str, Own] = field(default_factory=dict)
    roster: Mapping[str, str] = field(default_factory=dict)
    told: tuple[Told, ...] = ()
    places: Collection[tuple[str, str]] = ()
    told_on: str = ""

    @property
    def reads_on(self) -> Told:
        """Where they are told what is to come. Raises IndexError: nowhere."""
        return next((each for each in self.told if each.platform == self.told_on), self.told[0])


@dataclass(frozen=True, slots=True)
class Stands:
    """How a field stands. value, source: what it holds, and from where. offer: the roster's value, not confirmed yet.

    here: it can be kept in the bot's own directory. there: the platforms on which the person can change it.
    """

    field: FieldSettings
    standing: Standing
    value: str = ""
    source: Source | None = None
    offer: str = ""
    here: bool = False
    there: tuple[str, ...] = ()


# ---------------------------------------------------------------- what says something


def bare(text: str) -> str:
    """A text as it is compared: folded, its marks and invisible characters gone, single spaces."""
    kept = (each if each.isalnum() else " " if each.isspace() or each in "-_/" else "" for each in fold(text))
    words = "".join(kept).split()
    return "".join(words) if all(len(each) == 1 for each in words) else " ".join(words)


def tidy(text: str) -> str:
    """A text as it is kept: without control and invisible characters around and between its words."""
    seen = "".join(each if unicodedata.category(each) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} else " " for each in text)
    return " ".join(seen.split())


def is_name(text: str, names: Iterable[str]) -> bool:
    """Whether a text is somebody's own name; accents, case and order make no difference."""
    words = sorted(bare(text).split())
    return bool(words) and any(words == sorted(bare(each).split()) for each in names)


def answer(text: str, asked: FieldSettings, names: Iterable[str] = ()) -> str:
    """What a text says as the value of a field; "" when it is no answer. names: what the person is called."""
    if asked.kind == "picture":
        return "yes" if text.strip().casefold() == "yes" else ""
    said, plain = tidy(text), bare(text)
    if not plain or plain in NOTHING or plain in map(bare, asked.no_answers):
        return ""
    if asked.letters and not any(each.isalpha() for each in plain):
        return ""
    if len(set(plain)) == 1 and plain.isascii():  # "x", "xxx"
        return ""
    return "" if is_name(text, names) else said


# ---------------------------------------------------------------- where a value comes from


def sources(asked: FieldSettings) -> Iterator[Source]:
    """Where a field's value is looked for, in order."""
    for each in asked.sources:
        place, _, name = each.partition(":")
        if place == OWN:
            yield Source(OWN)
        elif place in {PLATFORM, ROSTER}:
            yield Source(place, name or asked.name)
        else:
            yield Source("custom", name, place)


def stands(asked: FieldSettings, held: Held) -> Stands:
    """How one field stands with one person."""
    mine = held.own.get(asked.name)
    by_person = asked.changed_by == "person"
    here = by_person and any(each.kind == OWN for each in sources(asked))
    there = tuple(dict.fromkeys(_places(asked, held))) if by_person else ()
    offer, unread = "", False
    for source in sources(asked):
        said = _said(source, asked, held)
        unread = unread or said is None
        value = answer(said or "", asked, held.names)
        if value and source.kind == ROSTER and by_person and not asked.roster_suffices:
            offer = value
        elif value and not (source.kind == OWN and _is_outdated(mine, asked, held)):
            return Stands(asked, "present", value, source, here=here, there=there)
    if mine is not None and mine.state == "declined":
        return Stands(asked, "declined", offer=offer, here=here, there=there)
    if unread:
        return Stands(asked, "unread", offer=offer, here=here, there=there)
    return Stands(asked, "missing" if here or there else "gap", offer=offer, here=here, there=there)


def _said(source: Source, asked: FieldSettings, held: Held) -> str | None:
    """What one source holds; None: it was not asked yet. Of two accounts, the one that says something."""
    if source.kind == OWN:
        mine = held.own.get(asked.name)
        return mine.value if mine is not None and mine.state != "declined" else ""
    if source.kind == ROSTER:
        return held.roster.get(source.name, "")
    if source.kind == "custom":
        theirs = [each.details for each in held.told if each.platform == source.platform]
    else:
        theirs = [each.listed for each in held.told]
    found = [each.get(source.name, "") for each in theirs if each is not None]
    best = next((each for each in found if answer(each, asked, held.names)), "")
    return None if not best and None in theirs else best


def is_listed(stand: Stands, held: Held) -> bool:
    """Whether the company's list says of a field what it holds."""
    said = [held.roster.get(each.name, "") for each in sources(stand.field) if each.kind == ROSTER]
    return bool(stand.value) and bare(stand.value) in map(bare, said)


def _is_outdated(mine: Own | None, asked: FieldSettings, held: Held) -> bool:
    """What was confirmed of the roster holds as long as the roster says it."""
    if mine is None or mine.state != "confirmed":
        return False
    said = [tidy(held.roster.get(each.name, "")) for each in sources(asked) if each.kind == ROSTER]
    now = next((each for each in said if answer(each, asked, held.names)), "")
    return bool(now) and now != mine.value


def _places(asked: FieldSettings, held: Held) -> Iterator[str]:
    """The platforms on which a person can fill a field."""
    has_own = any(each.kind == OWN for each in sources(asked))
    for source in sources(asked):
        for told in held.told:
            is_there = (told.platform, source.name) in held.places or not has_own
            if source.kind == PLATFORM and is_there:
                yield told.platform
            if source.kind == "custom" and told.platform == source.platform:
                yield told.platform


def openly(held: Held, *, objected: bool) -> Held:
    """What is known of somebody but for what they chose: not that they prefer not to say something.

    objected: they objected, so nothing is known.
    """
    if objected:
        told = tuple(replace(each, listed={}, details={}) for each in held.told)
        return replace(held, own={}, roster={}, told=told)
    return replace(held, own={name: each for name, each in held.own.items() if each.state != "declined"})


# ---------------------------------------------------------------- the whole


def profile(fields: Iterable[FieldSettings], held: Held) -> tuple[Stands, ...]:
    """How every field stands with one person, in the order of the settings."""
    return tuple(stands(each, held) for each in fields)


def seen(fields: Iterable[FieldSettings], held: Held) -> list[tuple[FieldSettings, str]]:
    """What colleagues are shown of one person: what they keep here, and the company's list where it suffices.

    What platforms say is left to them, whoever it is about. Of who objected it is looked at no longer, and nobody may
    see who that is: so nothing depends on it but what somebody keeps here, which is not shown where it is outdated.
    """
    unsaid = tuple(replace(each, listed={}, details={}) for each in held.told)
    found = []
    for each in fields:
        alone = stands(each, replace(held, told=unsaid))
        is_own = alone.source is not None and alone.source.kind == OWN
        if alone.standing == "present" and (not is_own or stands(each, held).source == alone.source):
            found.append((each, alone.value))
    return found


@dataclass(frozen=True, slots=True)
class Meter:
    """How much of a profile is there. done, total: weights of what is there or declined, and of what they can have."""

    done: int
    total: int

    @property
    def percent(self) -> int:
        """0 to 100; 100 only when nothing is missing."""
        return 100 * self.done // self.total if self.total else 100


def meter(whole: Iterable[Stands]) -> Meter:
    """How full a profile is. What nobody but an administrator can fill, or was not read yet, does not count."""
    counted = [each for each in whole if each.standing in {"present", "declined", "missing"}]
    done = sum(each.field.weight for each in counted if each.standing != "missing")
    return Meter(done, sum(each.field.weight for each in counted))


def after(whole: Sequence[Stands], stand: Stands) -> Meter:
    """How full it would be with one field more."""
    now = meter(whole)
    return Meter(now.done + stand.field.weight, now.total)


def missing(whole: Iterable[Stands]) -> list[Stands]:
    """What the person can fill and has not: what they are reminded of first, then the heaviest."""
    found = [each for each in whole if each.standing == "missing"]
    return sorted(found, key=lambda each: (not each.field.required, -each.field.weight))


def to_ask(whole: Iterable[Stands]) -> Stands | None:
    """The one field that a reminder names; None: there is nothing to remind of."""
    return next((each for each in missing(whole) if each.field.required), None)


def is_complete(whole: Iterable[Stands]) -> bool:
    """Whether nothing is left of which people are reminded; what was not read yet may be missing."""
    asked = [each for each in whole if each.field.required and each.field.changed_by == "person"]
    return all(each.standing not in {"missing", "unread"} for each in asked)


def gaps(whole: Iterable[Stands]) -> list[FieldSettings]:
    """What nobody but an administrator can fill."""
    return [each.field for each in whole if each.standing == "gap"]
