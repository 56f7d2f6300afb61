"""Pieces of a text that say a day by its distance: tomorrow, Friday, next week, in three days, a week before day zero.

- A weekday is the next one to come. Said on that very day it may be today's or that of next week: it is asked.
- "Next Friday", "vendredi prochain" is for some the next one to come and for others that of next week: it is read only
  where both are the same day (next Monday, said on a Wednesday), and not when that day is near enough to be called
  tomorrow or the day after. In English, weeks that begin on Sunday count as well.
- "This Friday" is that of this week; where it has gone by, it is asked.
- "Lundi en huit", "Monday week" is a week after the next Monday to come.
- "Dans huit jours" and "dans quinze jours" are a week and two weeks for some, and 8 and 15 days for others: asked.
- "Tomorrow", said after midnight and before four, may be the day that has begun: asked.
- J, J-7, D+1, "two days before D-day" count from day zero.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from bot.times.dates import dated, days_of, month_named, nearest, next_month, numbered, year_of
from bot.times.facts import DAY, Day, Fact, Later, Make, Piece, Situation, exactly, no_day, one_of, piece

_WEEKDAYS = {
    "en": "monday|mon tuesday|tues|tue wednesday|wed thursday|thurs|thur|thu friday|fri saturday|sat sunday|sun",
    "fr": "lundi|lun mardi|mar mercredi|mer jeudi|jeu vendredi|ven samedi|sam dimanche|dim",
}
_NAMED = {name: at for days in _WEEKDAYS.values() for at, day in enumerate(days.split()) for name in day.split("|")}
_WEEK, _MONDAY, _SUNDAY = 7 * DAY, 0, 6
_NEAR = 2
"""Days ahead that have names of their own."""
_SOON = range(1, 8)


def _coming(weekday: int, at: Situation) -> date:
    """The next such day after today."""
    return next(day for day in (at.today + DAY * each for each in _SOON) if day.weekday() == weekday)


def _is(weekday: int, *likely: date) -> Day:
    return Day(lambda each: each.weekday() == weekday, likely)


def _week(day: date, begins: int = _MONDAY) -> date:
    """The first day of a day's week. begins: a weekday."""
    return day - DAY * ((day.weekday() - begins) % 7)


def _on_weekday(after: int = 0, *, sure: bool = False) -> Make:
    """The next such day, so many days after it. sure: today is not meant."""

    def make(found: re.Match[str], at: Situation) -> tuple[Fact, ...]:
        weekday = _NAMED[found["w"]]
        coming = _coming(weekday, at) + DAY * after
        same = at.today.weekday() == weekday and not sure
        likely = (coming - _WEEK, coming) if same else (coming,)
        return (one_of(likely) if after else _is(weekday, *likely),)

    return make


def _and_number(found: re.Match[str], at: Situation) -> tuple[Fact, ...]:
    """Tuesday 24."""
    number = numbered(found, at)
    return (*_on_weekday()(found, at), *number) if number else ()


def _weeks_after(found: re.Match[str], at: Situation) -> tuple[Fact, ...]:
    """A week, two weeks from Monday."""
    return _on_weekday(7 * _count(found["n"]))(found, at)


def _next(found: re.Match[str], at: Situation) -> tuple[Fact, ...]:
    weekday = _NAMED[found["w"]]
    coming = _coming(weekday, at)
    starts = [_week(at.today, begins) + _WEEK for begins in ((_MONDAY, _SUNDAY) if at.language == "en" else (_MONDAY,))]
    days = {coming} | {first + DAY * ((weekday - first.weekday()) % 7) for first in starts}
    if coming <= at.today + DAY * _NEAR:
        days.add(coming + _WEEK)
    return (one_of(sorted(days)),)


def _this(found: re.Match[str], at: Situation) -> tuple[Fact, ...]:
    weekday = _NAMED[found["w"]]
    day = _week(at.today) + DAY * weekday
    return (exactly(day) if day > at.today else one_of((day, day + _WEEK)),)


def _last(found: re.Match[str], at: Situation) -> tuple[Fact, ...]:
    return (exactly(_coming(_NAMED[found["w"]], at) - (_WEEK * 2 if _is_today(found, at) else _WEEK)),)


def _is_today(found: re.Match[str], at: Situation) -> bool:
    return at.today.weekday() == _NAMED[found["w"]]


def _away(days: int) -> Make:
    """So many days from today."""

    def make(_: re.Match[str], at: Situation) -> tuple[Fact, ...]:
        day = at.today + DAY * days
        return (one_of((day - DAY, day)) if at.late and days else exactly(day),)

    return make


# ---------------------------------------------------------------- weeks and months, of which something else chooses


def _span(days: Iterator[date]) -> Day:
    each = tuple(days)
    return Day(lambda day: day in each, each, span=True)


def _in_week(number: int) -> Make:
    """number: 0 this one, 1 the next one."""

    def make(_: re.Match[str], at: Situation) -> tuple[Fact, ...]:
        starts = {
            _week(at.today, each) + _WEEK * number for each in ((_MONDAY, _SUNDAY) if at.language == "en" else (0,))
        }
        return (_span(iter(sorted({first + DAY * each for first in starts for each in range(7)}))),)

    return make


def _in_month(number: int) -> Make:
    def make(_: re.Match[str], at: Situation) -> tuple[Fact, ...]:
        return (_span(days_of(next_month(at.today) if number else at.today.replace(day=1))),)

    return make


def _ordinal(found: re.Match[str], at: Situation) -> tuple[Fact, ...]:
    """The first Monday of a month; the last day of it."""
    month, year = found["month"], found["y"]
    if not month:
        firsts = [next_month(at.today) if found["next"] else at.today.replace(day=1)]
    elif number := month_named(month, at.language):
        years = [year_of(year)] if year else [at.today.year + more for more in (-1, 0, 1)]
        firsts = [date(each, number, 1) for each in years]
    else:
        return ()
    days = [_nth(found["which"], _NAMED.get(found["w"]), first) for first in firsts]
    if len(days) > 1:
        return (nearest(days, at),)
    return (exactly(days[0]) if days[0] else no_day("no-such-day"),)


def _nth(which: str, weekday: int | None, first: date) -> date | None:
    days = [each for each in days_of(first) if weekday is None or each.weekday() == weekday]
    if which in {"last", "dernier"}:
        return days[-1]
    number = int(re.sub(r"\D", "", which)) - 1
    return days[number] if 0 <= number < len(days) else None


# ---------------------------------------------------------------- distances

_UNITS: dict[str, timedelta | int] = {
    "minute": timedelta(minutes=1), "min": timedelta(minutes=1), "mn": timedelta(minutes=1),
    "hour": timedelta(hours=1), "heure": timedelta(hours=1), "h": timedelta(hours=1), "hr": timedelta(hours=1),
    "day": DAY, "jour": DAY, "week": _WEEK, "semaine": _WEEK, "fortnight": 2 * _WEEK,
    "month": 1, "mois": 1,
}  # fmt: skip
_LONGEST = 10_000
"""Of anything: beyond, it is no time."""


def _count(written: str) -> int:
    return 1 if written in {"a", "an"} else int(written)


def _distance(sign: int) -> Make:
    def make(found: re.Match[str], at: Situation) -> tuple[Fact, ...]:
        name = found["unit"]
        unit = _UNITS.get(name) or _UNITS[name.removesuffix("s")]
        count = sign * _count(found["n"])
        if abs(count) > _LONGEST:
            return ()
        if isinstance(unit, int):
            return (_months(count, at),)
        if unit < DAY:
            half = unit / 2 if found.groupdict().get("half") else timedelta()
            return (Later(unit * count + half + timedelta(minutes=int(found.groupdict().get("m") or 0))),)
        if unit == DAY:
            return (one_of(at.today + DAY * each for each in _lengths(count, at)),)
        return (exactly(at.today + unit * count),)

    return make


def _months(count: int, at: Situation) -> Day:
    years, month = divmod(at.today.month - 1 + count, 12)
    return dated(at.today.day, month + 1, at.today.year + years, at)


def _later(minutes: int) -> Make:
    return lambda _found, _at: (Later(timedelta(minutes=minutes)),)


def _zero(count: Callable[[re.Match[str]], int]) -> Make:
    """So many days from day zero."""

    def make(found: re.Match[str], at: Situation) -> tuple[Fact, ...]:
        return (exactly(at.day_zero + DAY * count(found)) if at.day_zero else no_day("no-day-zero"),)

    return make


def _signed(found: re.Match[str]) -> int:
    return int(found["sign"] + found["n"])


def _around(found: re.Match[str], at: Situation) -> tuple[Fact, ...]:
    """So many days or weeks before or after day zero."""
    sign = -1 if found["way"] in {"before", "avant"} else 1
    unit = 7 if found["unit"].startswith(("week", "semaine")) else 1
    counts = _lengths(_count(found["n"]), at) if unit == 1 else (_count(found["n"]) * unit,)
    if not at.day_zero:
        return (no_day("no-day-zero"),)
    zero = at.day_zero
    return (one_of(zero + DAY * sign * each for each in counts),)


def _lengths(days: int, at: Situation) -> tuple[int, ...]:
    """How many days are meant by so many: "huit jours" and "quinze jours" are also how French says weeks."""
    return (days - 1, days) if at.language == "fr" and days in {8, 15} else (days,)


# ---------------------------------------------------------------- how each language says it


def _weekday(language: str) -> str:
    return f"(?P<w>{_WEEKDAYS[language].replace(' ', '|')})"


_EN, _FR = _weekday("en"), _weekday("fr")
_N_EN, _N_FR = r"(?P<n>\d{1,5}|an?)", r"(?P<n>\d{1,5})"
_EN_UNIT = r"(?P<unit>minutes?|mins?|hours?|hrs?|days?|weeks?|fortnights?|months?)"
_FR_UNIT = r"(?P<unit>minutes?|min|mn|heures?|h|jours?|semaines?|mois)"
_D_DAY, _J_DAY = "(?:d-day|d day|day zero|day 0)", "(?:jour j|j|jour zero|jour 0)"
_OF_EN = r"(?:of|in) (?:(?:the|this) month|(?P<next>next month)|(?P<month>[a-z]{3,9})(?: (?P<y>\d{4}))?)"
_OF_FR = r"(?:de|d'|du|en) ?(?:ce mois(?:-ci)?|(?P<next>mois prochain)|mois|(?P<month>[a-z]{3,9})(?: (?P<y>\d{4}))?)"

PIECES: dict[str, list[Piece]] = {
    "en": [
        piece("today", _away(0)),
        piece("tomorrow|tmrw|tmr", _away(1)),
        piece("(?:the )?day after tomorrow", _away(2)),
        piece("yesterday", _away(-1)),
        piece(_EN, _on_weekday()),
        piece(rf"{_EN} (?P<d>\d{{1,2}})", _and_number),
        piece(f"(?:this )?coming {_EN}", _on_weekday(sure=True)),
        piece(f"this {_EN}", _this),
        piece(f"next {_EN}", _next),
        piece(f"last {_EN}", _last),
        piece(f"{_EN} week", _on_weekday(7)),
        piece(f"{_EN} fortnight", _on_weekday(14)),
        piece(f"{_N_EN} weeks? (?:on|from) {_EN}", _weeks_after),
        piece("(?:a week (?:from )?)today|today week", _away(7)),
        piece("(?:a week (?:from )?)tomorrow|tomorrow week", _away(8)),
        piece("this week", _in_week(0)),
        piece("next week", _in_week(1)),
        piece("this month", _in_month(0)),
        piece("(?:the )?next month", _in_month(1)),
        piece(rf"(?:the )?(?P<which>\d(?:st|nd|rd|th)|last) (?:{_EN}|day) {_OF_EN}", _ordinal),
        piece(rf"in {_N_EN} ?{_EN_UNIT}", _distance(1)),
        piece(rf"{_N_EN} {_EN_UNIT} from now", _distance(1)),
        piece(rf"{_N_EN} {_EN_UNIT} ago", _distance(-1)),
        piece(rf"in {_N_EN} (?P<unit>hours?)(?P<half> and a half)", _distance(1)),
        piece(r"in (?P<n>\d{1,3})(?P<half> and a half) (?P<unit>hours?)", _distance(1)),
        piece(r"in (?P<n>\d{1,3}) ?(?P<unit>h|hours?)(?: and)? ?(?P<m>\d{1,2})(?: ?min(?:ute)?s?)?", _distance(1)),
        piece("in half an hour", _later(30)),
        piece("in (?:a )?quarter of an hour", _later(15)),
        piece(rf"d ?(?P<sign>[+-]) ?{_N_FR}", _zero(_signed)),
        piece(rf"j ?(?P<sign>[+-]) ?{_N_FR}", _zero(_signed)),
        piece(_D_DAY, _zero(lambda _: 0)),
        piece(rf"{_N_EN} (?P<unit>days?|weeks?) (?P<way>before|after) {_D_DAY}", _around),
        piece(f"the day before {_D_DAY}", _zero(lambda _: -1)),
        piece(f"the day after {_D_DAY}", _zero(lambda _: 1)),
    ],
    "fr": [
        piece("aujourd'hui|auj|ajd", _away(0)),
        piece("demain", _away(1)),
        piece("apres[ -]demain", _away(2)),
        piece("hier", _away(-1)),
        piece("avant[ -]hier", _away(-2)),
        piece(_FR, _on_weekday()),
        piece(rf"{_FR} (?P<d>\d{{1,2}})", _and_number),
        piece(f"ce {_FR}", _this),
        piece(f"{_FR} prochain", _next),
        piece(f"prochain {_FR}", _on_weekday()),
        piece(f"{_FR} qui vient", _on_weekday(sure=True)),
        piece(f"{_FR} (?:dernier|passe)", _last),
        piece(f"{_FR} en 8", _on_weekday(7)),
        piece(f"{_FR} en 15", _on_weekday(14)),
        piece("(?:d' ?)?aujourd'hui en 8", _away(7)),
        piece("(?:d' ?)?aujourd'hui en 15", _away(14)),
        piece("demain en 8", _away(8)),
        piece("cette semaine", _in_week(0)),
        piece("(?:la )?semaine prochaine", _in_week(1)),
        piece("ce mois(?:-ci)?", _in_month(0)),
        piece("(?:le |du |au )?mois prochain", _in_month(1)),
        piece(rf"(?:le )?(?P<which>1er|[2-5]e|dernier) (?:{_FR}|jour) {_OF_FR}", _ordinal),
        piece(rf"dans {_N_FR} ?{_FR_UNIT}", _distance(1)),
        piece(rf"il y a {_N_FR} ?{_FR_UNIT}", _distance(-1)),
        piece(rf"dans {_N_FR} ?(?P<unit>heures?|h)(?P<half> et demie)", _distance(1)),
        piece(rf"dans {_N_FR} ?(?P<unit>heures?|h)(?: et)? ?(?P<m>\d{{1,2}})(?: ?min(?:utes?)?)?", _distance(1)),
        piece("dans (?:1 )?demi[ -]heure", _later(30)),
        piece("dans (?:1 )?quart d' ?heure", _later(15)),
        piece("dans 3 quarts d' ?heure", _later(45)),
        piece(rf"(?:jour )?j ?(?P<sign>[+-]) ?{_N_FR}", _zero(_signed)),
        piece(rf"d ?(?P<sign>[+-]) ?{_N_FR}", _zero(_signed)),
        piece(_J_DAY, _zero(lambda _: 0)),
        piece(rf"{_N_FR} (?P<unit>jours?|semaines?) (?P<way>avant|apres) (?:le )?{_J_DAY}", _around),
        piece(f"(?:la )?veille (?:de|du) {_J_DAY}", _zero(lambda _: -1)),
        piece(f"(?:le )?lendemain (?:de|du) {_J_DAY}", _zero(lambda _: 1)),
    ],
}
