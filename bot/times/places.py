"""Pieces of a text that say whose clocks: Europe/Paris, Paris time, heure de Nouméa, UTC.

What several zones are called (EST, IST) is not understood, and so asked about.
"""

from __future__ import annotations

import re
from functools import cache
from zoneinfo import available_timezones

from bot.times.facts import Fact, Piece, Place, Situation, piece


@cache
def _zones() -> tuple[dict[str, str], dict[str, set[str]]]:
    """Zones by their names in small letters, and by their cities."""
    names = {each.casefold(): each for each in available_timezones() if "/" in each} | {"utc": "UTC", "gmt": "UTC"}
    cities: dict[str, set[str]] = {}
    for each in names.values():
        cities.setdefault(each.rpartition("/")[2].casefold().replace("_", " "), set()).add(each)
    return names, cities


def _zone(found: re.Match[str], at: Situation) -> tuple[Fact, ...]:
    zone = at.zone if found["zone"] == at.zone.casefold() else _zones()[0].get(found["zone"])
    return (Place(zone),) if zone else ()


def _city(found: re.Match[str], at: Situation) -> tuple[Fact, ...]:
    zones = _zones()[1].get(found["city"], set())
    if at.zone in zones:
        return (Place(at.zone),)
    return (Place(next(iter(zones))),) if len(zones) == 1 else ()


_ZONE = piece(r"(?P<zone>[a-z0-9_+-]+(?:/[a-z0-9_+-]+){0,2})", _zone)
_CITY = r"(?P<city>[a-z-]{2,}(?: [a-z-]{2,})?)"
PIECES: dict[str, list[Piece]] = {
    "en": [_ZONE, piece(rf"{_CITY} time", _city)],
    "fr": [_ZONE, *(piece(rf"heure (?:de|d'|a) {city}", _city) for city in (_CITY, r"(?P<city>[a-z-]{2,})"))],
}
