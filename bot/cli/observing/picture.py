"""What a platform holds, counted. Pure rules: nobody is named, and no group smaller than a few people is measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.chat import Profile, Room

STANDARD = ("picture", "title")
"""Fields that are looked at even where nobody has filled them."""
FEW = 5
"""People below which a group has no figure: it would tell of each of them."""
SIZES = (("one", 1), ("few", 4), ("some", 19), ("many", 99))
"""Name of a size -> the most members it has; beyond them all, "crowd"."""
AGES = (("month", 30), ("half", 182), ("year", 365))
"""Name of an age -> the most days it has; beyond them all, "older"."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a platform told. spoke: room -> when somebody last wrote there, of the rooms that were asked about."""

    rooms: tuple[Room, ...]
    people: tuple[Profile, ...]
    spoke: Mapping[str, datetime | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Picture:
    """communities: rooms that are open, those of the roles left out. measured: how many were asked who spoke last.

    sizes, ages, kinds: name -> how many. gaps: field of a profile -> members who left it empty. members: how many
    people that is of.
    """

    communities: int
    archived: int
    private: int
    shared: int
    strays: int
    quiet: int
    measured: int
    members: int
    sizes: Mapping[str, int]
    ages: Mapping[str, int]
    kinds: Mapping[str, int]
    gaps: Mapping[str, int]


def drawn(look: Look, known: Collection[str], homes: Collection[str], now: datetime, silence: timedelta) -> Picture:
    """The picture of one platform.

    known: rooms of communities that Parvis knows. homes: rooms of the roles. silence: how long a room has been silent
    that counts as quiet.
    """
    rooms = [room for room in look.rooms if not room.archived and room.id not in homes]
    members = [one for one in look.people if one.kind == "member"]
    asked = [room for room in rooms if room.id in look.spoke]
    return Picture(
        communities=len(rooms),
        archived=sum(room.archived for room in look.rooms),
        private=sum(room.private for room in rooms),
        shared=sum(room.shared for room in rooms),
        strays=sum(room.id not in known for room in rooms),
        quiet=sum(is_quiet(look.spoke[room.id], now, silence) for room in asked),
        measured=len(asked),
        members=len(members),
        sizes=_counted((_step(room.members, SIZES, "crowd") for room in rooms), [*dict(SIZES), "crowd"]),
        ages=_counted((_age(room, now) for room in rooms), [*dict(AGES), "older", "unknown"]),
        kinds=dict(Counter(one.kind for one in look.people)),
        gaps=_gaps(members),
    )


def is_quiet(spoke: datetime | None, now: datetime, silence: timedelta) -> bool:
    """Whether nobody has spoken for so long; nobody ever counts too."""
    return spoke is None or spoke < now - silence


def figure(number: int, whole: int) -> int | None:
    """A count of people that may be told: None where it, or what is left of the whole, would tell of a few."""
    if whole < FEW or 0 < number < FEW or 0 < whole - number < FEW:
        return None
    return number


def _gaps(members: Iterable[Profile]) -> dict[str, int]:
    people = list(members)
    names = sorted({*STANDARD, *(name for one in people for name in one.fields)}) if people else []
    return {name: sum(not one.fields.get(name) for one in people) for name in names}


def _age(room: Room, now: datetime) -> str:
    return "unknown" if room.created_at is None else _step((now - room.created_at).days, AGES, "older")


def _step(value: int, steps: Iterable[tuple[str, int]], beyond: str) -> str:
    return next((name for name, most in steps if value <= most), beyond)


def _counted(names: Iterable[str], order: Iterable[str]) -> dict[str, int]:
    found = Counter(names)
    return {name: found[name] for name in order if found[name]}
