"""Pieces of a text that say a time of day, or a part of the day.

An hour from 1 to 11 may be one of the morning or of the evening: a part of the day decides ("9h du soir"). Where none
is said, 7 to 11 are of the morning, as on a clock of twenty-four hours; 1 to 6 are asked about, also in French: a
question costs less than a message to everybody at 3 in the morning. "03:00" is plain. "12pm" is noon; "12am" and
midnight may be the one that begins the day or the one that ends it, so they are asked about, but for "tonight".
"""

from __future__ import annotations

import re

from bot.times.facts import MIDNIGHT, NOON, Fact, Hour, Part, Piece, Situation, exactly, piece

_MORNING, _AFTERNOON = Part(0, NOON - 1), Part(NOON, 19 * 60 - 1)
_EVENING, _NIGHT = Part(17 * 60, MIDNIGHT), Part(20 * 60, MIDNIGHT)
_EARLY = 7


def hour(written: str, minute: int = 0) -> tuple[Fact, ...]:
    """An hour as it is written, so that "03" differs from "3"; nothing where there is no such hour."""
    number = int(written)
    if minute > 59 or number > 24 or (number == 24 and minute):
        return ()
    at = number * 60 + minute
    if number == 24:
        return _midnight()
    if written.startswith("0") or number >= 12:
        return (Hour((at,), (at,)),)
    both = (at, at + NOON)
    return (Hour(both, both if number < _EARLY else (at,)),)


def _midnight(minute: int = 0) -> tuple[Fact, ...]:
    both = (minute, MIDNIGHT + minute)
    return (Hour(both, both),)


def _exact(minutes: int) -> tuple[Fact, ...]:
    return (Hour((minutes,), (minutes,)),)


def _said(found: re.Match[str], _: Situation) -> tuple[Fact, ...]:
    """Hours, and minutes where there is such a group."""
    minute = found.groupdict().get("m")
    return hour(found["h"], int(minute or 0))


def _half_day(found: re.Match[str], _: Situation) -> tuple[Fact, ...]:
    """Hours of a clock of twelve: 9am."""
    number, minute = int(found["h"]), int(found["m"] or 0)
    if not 1 <= number <= 12 or minute > 59:
        return ()
    if number == 12 and found["half"] == "am":
        return _midnight(minute)
    return _exact(number % 12 * 60 + minute + (NOON if found["half"] == "pm" else 0))


def _beside(found: re.Match[str], _: Situation) -> tuple[Fact, ...]:
    """So many minutes before or after the hour: half past nine, dix heures moins le quart."""
    named = {"demie": 30, "demi": 30, "half": 30, "quart": 15, "quarter": 15}
    minute = named.get(found["m"]) or int(found["m"])
    if minute > 30:
        return ()
    if found["way"] in {"past", "et"}:
        return hour(found["h"], minute)
    number = int(found["h"])
    if number == 1:  # a quarter to one: of the day or of the night
        return (Hour((60 - minute, NOON + 60 - minute), (60 - minute, NOON + 60 - minute)),)
    return hour(str(number - 1), 60 - minute) if number else ()


def _noon(found: re.Match[str], _: Situation) -> tuple[Fact, ...]:
    minute = _more(found["more"])
    return _exact(NOON + minute) if minute <= 59 else ()


def _twelve(found: re.Match[str], _: Situation) -> tuple[Fact, ...]:
    minute = _more(found["more"])
    return _midnight(minute) if minute <= 59 else ()


def _more(said: str | None) -> int:
    """Minutes that follow noon or midnight: "midi et quart", "midi 30"."""
    last = (said or "0").split()[-1]
    return {"quart": 15, "demi": 30, "demie": 30}.get(last) or int(last)


def _same(_: re.Match[str], at: Situation) -> tuple[Fact, ...]:
    return _exact(at.local.hour * 60 + at.local.minute)


def _this_noon(_: re.Match[str], at: Situation) -> tuple[Fact, ...]:
    return (*_exact(NOON), exactly(at.today))


_H, _M = r"(?P<h>\d{1,2})", r"(?P<m>\d{2})"
_FRENCH = rf"{_H} ?(?:h|heures?|hrs?)"
_SHARED = [
    piece(_FRENCH, _said),
    piece(rf"{_FRENCH} ?{_M}(?: ?min(?:utes?)?)?", _said),
    piece(rf"{_H}:{_M}(?::00)?", _said),
    piece(rf"{_H}(?:[:.h]{_M})? ?(?P<half>am|pm)", _half_day),
]
_MORE = r"(?: (?P<more>et quart|et demie?|\d{2}))?"
PIECES: dict[str, list[Piece]] = {
    "en": [
        *_SHARED,
        piece(rf"(?:at|@) ?{_H}", _said),
        piece(rf"(?:at|@) ?{_H}[ .]{_M}", _said),
        piece(r"(?:at|@) ?(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)", _said),
        piece(rf"{_H}(?:[:.]{_M})?(?= in the (?:morning|afternoon|evening)| at night)", _said),
        piece(rf"{_H} o'clock", _said),
        piece(rf"(?:a )?(?P<m>half|quarter|\d{{1,2}})(?: minutes)? (?P<way>past) {_H}", _beside),
        # "10 to 11" may be an hour's length.
        piece(rf"(?:a )?(?P<m>quarter|20|25|\d{{1,2}}(?= minutes))(?: minutes)? (?P<way>to) {_H}", _beside),
        piece(r"(?:12 )?(?:noon|midday)(?P<more>)", _noon),
        piece(r"(?:12 )?midnight(?P<more>)", _twelve),
        piece(r"(?:at )?(?:the )?same time|this time", _same),
    ],
    "fr": [
        *_SHARED,
        piece(rf"[a@] ?{_H}(?:\.{_M})?", _said),
        piece(rf"{_H}(?= du (?:matin|soir)| de l' apres[ -]midi)", _said),
        piece(rf"{_FRENCH} (?P<way>et) (?P<m>demie?|quart)", _beside),
        piece(rf"{_FRENCH} (?P<way>moins) (?:le )?(?P<m>quart|\d{{1,2}})", _beside),
        piece(rf"midi{_MORE}", _noon),
        piece("ce midi", _this_noon),
        piece(rf"minuit{_MORE}", _twelve),
        piece(r"(?:a )?(?:la )?meme heure", _same),
    ],
}


def _part(part: Part, pattern: str, today: str = "") -> list[Piece]:
    """A part of the day; and how that of today is said."""
    pieces = [piece(pattern, lambda _found, _at: (part,))]
    if today:
        pieces.append(piece(today, lambda _found, at: (part, exactly(at.today))))
    return pieces


PARTS: dict[str, list[Piece]] = {
    "en": [
        *_part(_MORNING, "(?:in the )?morning", "this morning"),
        *_part(_AFTERNOON, "(?:in the )?afternoon", "this afternoon"),
        *_part(_EVENING, "(?:in the )?evening", "this evening|tonight"),
        *_part(_NIGHT, "(?:at )?night"),
        *_part(_MORNING, "am"),
        *_part(Part(NOON, MIDNIGHT - 1), "pm"),
    ],
    "fr": [
        *_part(_MORNING, "(?:du |le |au )?matin|(?:dans )?la matinee", "ce matin"),
        *_part(_AFTERNOON, "(?:de |dans )?(?:l' )?(?:apres[ -]midi|aprem)", "cet (?:apres[ -]midi|aprem)"),
        *_part(_EVENING, "(?:du |le |au )?soir|(?:dans )?la soiree", "ce soir"),
        *_part(_NIGHT, "(?:de )?(?:la )?nuit", "cette nuit"),
    ],
}
