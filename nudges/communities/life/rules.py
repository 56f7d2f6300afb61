"""What the rules of a community's life are: which one is meant, what differs outside, what a week begins with. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.calendar import day_in, wall
from nudges.communities.rules import fold, slugify, spelt, themes_of, words_of

_BETWEEN = frozenset(
    ("to", "into", "in", "until", "as", "with", "en", "dans", "a", "à", "vers", "jusqu'au", "jusqu’au", "au", "->", ":")
)
"""Words that may stand between a community and what is to become of it; none of them says anything."""


# ---------------------------------------------------------------- which one is meant


@dataclass(frozen=True, slots=True)
class Named:
    """A community as people may call it."""

    id: int
    name: str
    room: str = ""


def meant(words: str, known: Sequence[Named]) -> tuple[int | None, str]:
    """Which community a line begins with, and what follows: "Gardening to Orchard" gives (4, "Orchard").

    By number, by room ("#garden", or the room's id), or by name, whatever its case and accents; the longest name wins.
    """
    pieces = words.split()
    if not pieces:
        return None, ""
    first = pieces[0].removeprefix("#")
    if first.isdecimal() and len(first) < 10 and any(each.id == int(first) for each in known):
        return int(first), _after(pieces[1:])
    for each in known:
        if each.room and pieces[0].removeprefix("#") in {each.room, each.room.removeprefix("#")}:
            return each.id, _after(pieces[1:])
    by_slug = {slugify(each.name): each.id for each in known}
    for length in range(len(pieces), 0, -1):
        slug = slugify(" ".join(pieces[:length]))
        if slug in by_slug:
            return by_slug[slug], _after(pieces[length:])
    return None, words.strip()


def _after(pieces: Sequence[str]) -> str:
    rest = list(pieces)
    while rest and rest[0].casefold() in _BETWEEN:
        rest.pop(0)
    return " ".join(rest).strip("\"'“”«»\u00a0 ")


def split_two(words: str, known: Sequence[Named]) -> tuple[int | None, int | None]:
    """Two communities named one after the other: "Gardening into Orchard"."""
    one, rest = meant(words, known)
    return (one, meant(rest, known)[0]) if one is not None else (None, None)


@dataclass(frozen=True, slots=True)
class Described:
    """A community as it is searched."""

    id: int
    name: str
    text: str


def found(words: str, every: Iterable[Described]) -> list[int]:
    """The communities that a few words are about, nearest first: by name, by their own words, by theme.

    Typing errors, accents, case and endings make no difference.
    """
    scored = [(_nearness(words, each), each) for each in every]
    near = sorted((each for each in scored if each[0] > 0), key=lambda each: (-each[0], fold(each[1].name)))
    return [each.id for _, each in near]


def _nearness(words: str, each: Described) -> int:
    """From 0, about something else, to 100, of this very name."""
    wanted = fold(" ".join(words.split()))
    if not wanted:
        return 0
    name, text = fold(each.name), fold(each.text)
    if wanted == name or slugify(words) == slugify(each.name):
        return 100
    if wanted in name or (len(wanted) > 4 and spelt(wanted, name) >= 80):
        return 90
    return _worded(words, each, name, text)


def _worded(words: str, each: Described, name: str, text: str) -> int:
    asked = words_of(words) or [fold(words)]
    if all(_has(word, words_of(name)) for word in asked):
        return 80
    if all(_has(word, words_of(text)) for word in asked):
        return 70
    if themes_of(words) & themes_of(f"{each.name} {each.text}"):
        return 50
    return 40 if any(_has(word, words_of(f"{name} {text}")) for word in asked) else 0


def _has(word: str, among: Iterable[str]) -> bool:
    """Whether a word is there: as it is, with another ending, or mistyped."""
    for each in among:
        short = min(len(word), len(each))
        if word == each or (short >= 4 and (word[:short] == each[:short]) and abs(len(word) - len(each)) <= 3):
            return True
        if short >= 5 and spelt(word, each) >= 80:
            return True
    return False


# ---------------------------------------------------------------- what happened outside


@dataclass(frozen=True, slots=True)
class Kept:
    """A community as our rows have it. closed: archived, as far as the rows know. shown: as `storage` has it."""

    name: str
    slug: str
    shown: str
    private: bool
    closed: bool
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """Its room as the platform shows it. inside: the bot is in it."""

    name: str
    private: bool
    archived: bool
    inside: bool = True


def differences(kept: Kept, seen: Seen | None) -> list[str]:
    """What happened outside.

    "vanished", "found", "renamed", "archived", "reopened", "made-private", "made-public"; "put-out": the room is there,
    and the bot no longer in it (of one just reopened, where archiving may have put it out, that is said later).
    """
    if seen is None:
        return [] if kept.missing or kept.closed else ["vanished"]
    out = not (seen.inside or seen.archived)
    if out and kept.missing:
        return []  # told already; nothing is reopened by being looked at from outside
    changes = ["found"] if kept.missing else []
    if seen.name and slugify(seen.name) not in {kept.slug, slugify(kept.name), kept.shown} and not kept.closed:
        changes.append("renamed")
    if seen.archived != kept.closed:
        changes.append("archived" if seen.archived else "reopened")
    if seen.private != kept.private and not (seen.archived or kept.closed):
        changes.append("made-private" if seen.private else "made-public")
    return [*changes, "put-out"] if out and not kept.closed else changes


# ---------------------------------------------------------------- Monday


class Week(Protocol):
    """The organisation's working time; `bot.calendar.WorkingTime`."""

    def today(self, now: datetime) -> date:
        """The day that it is there."""

    def works_on(self, day: date) -> bool:
        """Whether a day is worked."""

    def is_open(self, now: datetime) -> bool:
        """Whether people work at an instant."""


def week_begins(now: datetime, calendar: Week) -> str:
    """The week ("2026-W48") whose first working day it is, while people work; "" at any other time.

    Monday, unless nobody works on it: then the next working day. Clocks are those of the organisation.
    """
    today = calendar.today(now)
    monday = today - timedelta(days=today.weekday())
    first = next((day for day in (monday + timedelta(days=n) for n in range(7)) if calendar.works_on(day)), None)
    if first != today or not calendar.is_open(now):
        return ""
    year, week, _ = today.isocalendar()
    return f"{year}-W{week:02}"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a community that may need a look. since: of what is the matter."""

    id: int
    name: str
    leaderless: datetime | None
    missing: datetime | None
    review_on: date | None
    heard: datetime | None
    members: int


@dataclass(frozen=True, slots=True)
class Look:
    """A community to look at. why: "missing", "leaderless", "review", "unheard"; since: when that began."""

    id: int
    name: str
    why: str
    since: datetime


ORDER = ("missing", "leaderless", "review", "unheard")


def to_look_at(
    every: Iterable[Facts], now: datetime, zone: str, unheard: timedelta, smallest: int, limit: int
) -> list[Look]:
    """The communities to look at first, the most pressing first, then the longest waiting.

    unheard: how long nobody wrote. smallest: accounts from which that may be said at all. limit: how many.
    """
    looks = [look for each in every if (look := _look(each, now, zone, unheard, smallest))]
    return sorted(looks, key=lambda look: (ORDER.index(look.why), look.since))[:limit]


def _look(each: Facts, now: datetime, zone: str, unheard: timedelta, smallest: int) -> Look | None:
    if each.missing:
        return Look(each.id, each.name, "missing", each.missing)
    if each.leaderless:
        return Look(each.id, each.name, "leaderless", each.leaderless)
    if each.review_on and each.review_on <= day_in(now, zone):
        return Look(each.id, each.name, "review", _noon(each.review_on, zone))
    if each.heard and each.members >= smallest and now - each.heard >= unheard:
        return Look(each.id, each.name, "unheard", each.heard)
    return None


def _noon(day: date, zone: str) -> datetime:
    return wall(day, datetime.min.time().replace(hour=12), zone)


# ---------------------------------------------------------------- dates


def reads_as_off(words: str) -> bool:
    """Whether somebody means "no longer"."""
    return re.sub(r"[^a-z]", "", fold(words)) in {"off", "end", "fin", "stop", "resume", "reprendre"}
