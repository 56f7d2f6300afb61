"""Pieces of a text that say a day of a calendar: 24 November, 24/11/2026, the 24th, the first Monday of December.

Names of months, how they are shortened and in which order day, month and year may stand is dateparser's knowledge
(https://dateparser.readthedocs.io). It passes over words it does not need and fills in what is lacking, so that it is
handed a number, one word and perhaps a year, and nothing is taken of it that changes with the day it is asked.

A date without a year is the next one, unless that is further away than `_AHEAD`: then it has just gone by, and is asked
about as a time in the past. Dates in numbers have the day first in French; in English only where one order is possible.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.times.facts import DAY, Day, Fact, Piece, Situation, exactly, no_day, one_of, piece

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

_AHEAD = timedelta(days=275)
_YEARS = (datetime(2028, 1, 15), datetime(2032, 7, 15))  # noqa: DTZ001 - leap years; bases, no instants


@lru_cache(maxsize=8)
def _parser(language: str, year: int) -> DateDataParser:
    from dateparser.date import DateDataParser  # noqa: PLC0415 - a tenth of a second, wanted where somebody writes a date

    settings = {"REQUIRE_PARTS": ["day", "month"], "RELATIVE_BASE": _YEARS[year], "DATE_ORDER": "DMY"}
    return DateDataParser(languages=[language], settings=settings)


@lru_cache(maxsize=512)
def _named(said: str, language: str) -> tuple[int, int, int | None] | None:
    """Day, month and year of a date with a named month; None: it is none. Without a year, that is None."""
    both = [_parser(language, each).get_date_data(said).date_obj for each in (0, 1)]
    if not both[0] or not both[1] or (both[0].month, both[0].day) != (both[1].month, both[1].day):
        return None
    year = both[0].year if both[0].year == both[1].year else None
    return both[0].day, both[0].month, year


def month_named(word: str, language: str) -> int | None:
    """1 to 12; None: no month is called so."""
    found = _named(f"1 {word}", language)
    return found[1] if found and found[0] == 1 and found[2] is None else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def year_of(written: str) -> int:
    """A year; of two digits, one of this century."""
    return int(written) + (2000 if len(written) == 2 else 0)


def dated(day: int, month: int, year: int | None, at: Situation) -> Day:
    """A day of a month; without a year the next one, or the last one where that has just gone by."""
    if year is not None:
        given = _day(year, month, day)
        return exactly(given) if given else no_day("no-such-day")
    return nearest([_day(at.today.year + more, month, day) for more in (-1, 0, 1)], at)


def nearest(days: list[date | None], at: Situation) -> Day:
    """The first of these days that is still to come and not too far, or else the last that has gone by."""
    there = [each for each in days if each]
    ahead = [each for each in there if at.today <= each <= at.today + _AHEAD]
    gone = [each for each in there if at.today > each > at.today + _AHEAD - timedelta(days=366)]
    if ahead:
        return exactly(ahead[0])
    return exactly(gone[-1]) if gone else no_day("no-such-day")


def _by_name(found: re.Match[str], at: Situation) -> tuple[Fact, ...]:
    day, month, year = int(found["d"]), month_named(found["month"], at.language), found.groupdict().get("y")
    if not month:
        return ()
    read = _named(f"{day} {found['month']}{f' {year_of(year)}' if year else ''}", at.language)
    if read is None or read[:2] != (day, month):
        return (no_day("no-such-day"),)
    meant = dated(day, month, year_of(year) if year else None, at)
    # "Le 24 novembre prochain", said on that day, is not today.
    return () if found[0].endswith(" prochain") and at.today in meant.likely else (meant,)


def _in_numbers(found: re.Match[str], at: Situation) -> tuple[Fact, ...]:
    first, second, year = int(found["a"]), int(found["b"]), found.groupdict().get("y")
    orders = [(first, second)] if at.language == "fr" else [(first, second), (second, first)]
    days = [dated(day, month, year_of(year) if year else None, at) for day, month in dict.fromkeys(orders)]
    there = [each for each in days if each.likely]
    return (one_of(dict.fromkeys(day for each in there for day in each.likely)),) if there else (days[0],)


def _iso(found: re.Match[str], _: Situation) -> tuple[Fact, ...]:
    given = _day(int(found["y"]), int(found["b"]), int(found["a"]))
    return (exactly(given) if given else no_day("no-such-day"),)


def numbered(found: re.Match[str], at: Situation) -> tuple[Fact, ...]:
    """The 24th: of this month, or where that has gone by, of the next one."""
    number, today = int(found["d"]), at.today
    if not 1 <= number <= 31:
        return ()
    later = today.replace(day=1) if number >= today.day else next_month(today)
    given = _day(later.year, later.month, number)
    return (Day(lambda each: each.day == number, (given,) if given else (), "no-such-day"),)


def next_month(day: date) -> date:
    """The first of the month after a day's."""
    return (day.replace(day=28) + 4 * DAY).replace(day=1)


def days_of(first: date) -> Iterator[date]:
    """Every day of a month."""
    return (first + DAY * each for each in range(monthrange(first.year, first.month)[1]))


_D, _Y = r"(?P<d>\d{1,2})", r"(?P<y>\d{4}|\d{2})"
_NUMBERS = r"(?P<a>\d{1,2})[/.](?P<b>\d{1,2})"
_SHARED = [
    piece(r"(?P<y>\d{4})[-/](?P<b>\d{1,2})[-/](?P<a>\d{1,2})", _iso),
    piece(_NUMBERS, _in_numbers),
    piece(rf"(?P<a>\d{{1,2}})(?P<s>[-/.])(?P<b>\d{{1,2}})(?P=s){_Y}", _in_numbers),
]
_EN_DAY = rf"(?:the )?{_D}(?:st|nd|rd|th)?(?: day)?"
_EN_DATES = (rf"{_EN_DAY} (?:of )?(?P<month>[a-z]{{3,9}})", rf"(?P<month>[a-z]{{3,9}}) {_EN_DAY}")
_FR_DATE = rf"(?:le )?{_D}(?:er)? (?P<month>[a-z]{{3,9}})"
PIECES: dict[str, list[Piece]] = {
    "en": [
        *_SHARED,
        *(piece(each + year, _by_name) for each in _EN_DATES for year in ("", f" {_Y}")),
        # The second Tuesday is not Tuesday the 2nd.
        piece(rf"(?:the )?{_D}(?:st|nd|rd|th)(?!(?<=\b[1-5]..) (?:mon|tue|wed|thu|fri|sat|sun))", numbered),
        piece(rf"the {_D}", numbered),
    ],
    "fr": [
        *_SHARED,
        *(piece(_FR_DATE + year, _by_name) for year in ("", f" {_Y}", " prochain")),
        piece(rf"le {_D}(?:er)?", numbered),
    ],
}
