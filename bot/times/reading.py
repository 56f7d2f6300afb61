"""From a text to one moment, or to the question that has to be asked. Pure.

The text is cut into pieces in every way in which each of its words belongs to one; words that only hold others
together ("at", "le") may be passed over, no other. Each way is put together; what the ways agree upon is meant, and
where they do not, all of it is offered. So nothing is guessed: a word left over, a day without a time, a past, an hour
that clocks pass over or show twice are questions. A time without a day is today's where that is still to come ("14h"),
but not with a part of the day ("at 11 in the morning" is tomorrow's for some); else it is asked. What is ambiguous, and
what is asked then, stands beside the pieces: days.py (weekdays, next, distances), dates.py (calendars), hours.py (hours
from 1 to 6, midnight).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.times import dates, days, hours, places
from bot.times.facts import Day, Fact, Hour, Later, Part, Piece, Place, Situation
from bot.times.plain import plain
from bot.times.result import Code, Meant, Read, Unclear, settle

LONGEST = 200
"""Characters beyond which a text is no time."""
_MANY = 8
"""Pieces of which one time is said at most."""
_FEW = 2
"""Days between which somebody can be asked to choose."""
_HOLD = {
    "en": frozenset(
        {"at", "on", "the", "of", "for", "-", "@", ":", "sharp", "exactly", "o'clock"} | {"please", "thanks"}
    ),
    "fr": frozenset(
        {"a", "le", "de", "d'", "du", "pour", "-", "@", ":", "pile", "precises", "precise", "tapantes"}
        | {"svp", "stp", "merci"}
    ),
}
"""What holds others together, and what is only polite."""
_PIECES: dict[str, tuple[Piece, ...]] = {
    each: (*days.PIECES[each], *dates.PIECES[each], *hours.PIECES[each], *hours.PARTS[each], *places.PIECES[each])
    for each in _HOLD
}
_RANK: dict[Code, int] = {"which-time": 2, "which-day": 2, "several": 3, "empty": 4}
"""Of several questions the lowest is asked; what has no number here is 1."""


def read(text: str, *, now: datetime, zone: str, language: str, day_zero: date | None = None) -> Read:
    """What a text in French or English means.

    now: aware. zone: IANA, of whoever wrote it, unless the text names another. language: BCP 47, of whoever wrote it;
    where it is not understood in that language, the other one is tried. day_zero: from which J-7 and D+1 count. Raises
    zoneinfo.ZoneInfoNotFoundError; no text raises anything.
    """
    first = "fr" if language.lower().startswith("fr") else "en"
    at = Situation(now.astimezone(UTC), zone, first, day_zero)
    found = _read(text, at)
    if isinstance(found, Unclear) and found.code == "unknown":
        other = _read(text, replace(at, language="en" if first == "fr" else "fr"))
        if not (isinstance(other, Unclear) and other.code == "unknown"):
            return other
    return found


def _read(text: str, at: Situation) -> Read:
    if len(text) > LONGEST:
        return Unclear("unknown", word=text[:20])
    said = plain(text, at.language)
    if not said:
        return Unclear("empty")
    cut = _Cut(said, at)
    zones = {each.zone for facts in cut.ways for each in facts if isinstance(each, Place)}
    if not cut.ways or len(zones) > 1:
        return Unclear("unknown", word=cut.stuck)
    there = zones.pop() if zones else at.zone
    return _agreed([_together(facts, at, there) for facts in _in_both(cut, at, there)])


def _in_both(cut: _Cut, at: Situation, there: str) -> list[Sequence[Fact]]:
    """The ways, and where clocks elsewhere are meant, those of the day that it is there."""
    if there == at.zone:
        return cut.ways
    return cut.ways + _Cut(cut.said, replace(at, zone=there)).ways


class _Cut:
    """A text cut into pieces, in every way."""

    def __init__(self, said: str, at: Situation) -> None:
        self.said = said
        self._at = at
        self._known: dict[int, list[tuple[int, tuple[Fact, ...]]]] = {}
        self._furthest = 0
        self.ways: list[Sequence[Fact]] = list(self._from(0, _MANY))

    @property
    def stuck(self) -> str:
        """The first word that nothing could be made of."""
        return self.said[self._furthest :].split(" ", 1)[0]

    def _from(self, place: int, left: int) -> Iterator[tuple[Fact, ...]]:
        self._furthest = max(self._furthest, min(place, len(self.said) - 1))
        if place >= len(self.said):
            yield ()
            return
        for end, facts in self._pieces(place):
            if facts and not left:
                continue
            for rest in self._from(end + 1, left - bool(facts)):
                yield (*facts, *rest)

    def _pieces(self, place: int) -> list[tuple[int, tuple[Fact, ...]]]:
        """What may stand at a place, and where it ends; without facts, what only holds others together."""
        if place not in self._known:
            matches = ((each, each.pattern.match(self.said, place)) for each in _PIECES[self._at.language])
            found = [(match.end(), each.make(match, self._at)) for each, match in matches if match]
            self._known[place] = [(end, facts) for end, facts in found if facts]
            word = re.compile(r"\S+").match(self.said, place)
            if word and word[0] in _HOLD[self._at.language]:
                self._known[place].append((word.end(), ()))
        return self._known[place]


# ---------------------------------------------------------------- what the pieces say together


def _together(facts: Sequence[Fact], at: Situation, zone: str) -> Read:
    """What one way of reading comes to. zone: whose clocks are meant."""
    said_days = [each for each in facts if isinstance(each, Day)]
    said_hours = [each for each in facts if isinstance(each, Hour)]
    parts = [each for each in facts if isinstance(each, Part)]
    later = [each for each in facts if isinstance(each, Later)]
    if later:
        if len(later) > 1 or said_days or said_hours or parts:
            return Unclear("several")
        return _after(later[0], at, zone)
    if len(said_hours) > 1:
        return Unclear("several")
    times = _times(said_hours[0], parts) if said_hours else ()
    if said_hours and not times:
        return Unclear("part", time=_clock(said_hours[0].alone[0]))
    if not said_days:
        return _today(times, at, zone, asks=bool(parts)) if times else Unclear("empty")
    chosen = _days(said_days)
    if isinstance(chosen, Unclear):
        return replace(chosen, time=_clock(times[0])) if len(times) == 1 else chosen
    if not times:
        return Unclear("which-time", day=chosen[0] if len(chosen) == 1 else None)
    return _one([settle(day, minutes, zone, at.now) for day in chosen for minutes in times])


def _today(times: Sequence[int], at: Situation, zone: str, *, asks: bool) -> Read:
    """A time without a day. asks: whatever it comes to."""
    today = {at.today, replace(at, zone=zone).today}  # here, and there
    found = [settle(day, minutes, zone, at.now) for day in sorted(today) for minutes in times]
    ahead = [each for each in found if not (isinstance(each, Unclear) and each.code == "past")]
    if asks or not ahead:
        return Unclear("which-day", time=_clock(times[0]) if len(times) == 1 else "")
    meant = tuple(each for each in ahead if isinstance(each, Meant))
    # Of two hours, or two days, that one has gone by does not say that the other is meant.
    return ahead[0] if len(found) == 1 else Unclear("options", options=meant) if meant else ahead[0]


def _after(later: Later, at: Situation, zone: str) -> Read:
    instant = (at.now.replace(second=0, microsecond=0) + later.by).astimezone(ZoneInfo(zone))
    return settle(instant.date(), instant.hour * 60 + instant.minute, zone, at.now)


def _times(hour: Hour, parts: Sequence[Part]) -> tuple[int, ...]:
    """The minutes of the day that an hour may be, in the parts of it that were said."""
    if not parts:
        return hour.alone
    return tuple(each for each in hour.options if all(part.first <= each <= part.last for part in parts))


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _days(said: Sequence[Day]) -> tuple[date, ...] | Unclear:
    """The days that all words for the day agree upon, or what is to be asked."""
    agreed = sorted({day for each in said for day in each.likely if all(other.fits(day) for other in said)})
    if all(each.span for each in said) or len(agreed) > _FEW:
        return Unclear("which-day")
    if agreed:
        return tuple(agreed)
    codes = [each.code for each in said if not each.likely]
    return Unclear(codes[0] if codes else "disagree")


def _one(found: Sequence[Read]) -> Read:
    """Of what several days and hours come to: the only one, or all that are to come, to choose from."""
    if len(found) == 1:
        return found[0]
    meant = tuple(dict.fromkeys(each for each in found if isinstance(each, Meant)))
    return Unclear("options", options=meant) if meant else found[0]


def _agreed(found: Sequence[Read]) -> Read:
    """Of all ways of reading: the one moment they come to, or the question that understood most."""
    meant = {each for each in found if isinstance(each, Meant)}
    if meant:
        options = {
            option for each in found if isinstance(each, Unclear) and each.code == "options" for option in each.options
        }
        every = sorted(meant | options, key=lambda each: each.at)
        return every[0] if len(every) == 1 else Unclear("options", options=tuple(every))
    unclear = [each for each in found if isinstance(each, Unclear)]
    return min(unclear, key=lambda each: _RANK.get(each.code, 1))
