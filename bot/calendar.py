"""Working time: hours of the wall clock in one zone, without the days when nobody works.

Working hours are what clocks on the wall show: from nine to six is nine hours of work on the day the clocks change as
well. Elapsed time is counted between instants, so an hour that happens twice (PEP 495) is neither lost nor doubled
outside what really passes. Everything takes `now`; nothing here reads a clock.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

Absence = tuple[date, date]
"""The first and the last day of somebody's absence; both are part of it."""

WEEKDAYS = frozenset(range(5))
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""How weekdays are written where they are kept."""
_MONTHS = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "january february march april may june july august september october november december",
)
_DAY = timedelta(days=1)
# No organisation closes for longer; a calendar that never opens is a mistake to hear about.
_LONGEST_PAUSE = 400
# An absence without an end is written with one in another age; no clock, and no list of holidays, reaches so far.
_FAR = date(2199, 12, 31)


def wall(day: date, at: time, zone: str) -> datetime:
    """The instant (UTC) when clocks of a zone show an hour.

    An hour that never happens (clocks go forward) becomes the first instant after the gap; one that happens twice is
    the first of the two. zone: IANA. Raises zoneinfo.ZoneInfoNotFoundError.
    """
    place = ZoneInfo(zone)
    local = datetime.combine(day, at.replace(tzinfo=None, fold=0), place)
    instant = local.astimezone(UTC)
    if instant.astimezone(place).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    # In a gap, fold=1 takes the offset after it, hence the earlier instant; the gap's end lies between the two.
    return _first_after_gap(local.replace(fold=1).astimezone(UTC), instant, place)


def day_in(now: datetime, zone: str) -> date:
    """The day that it is in a zone. zone: IANA. Raises zoneinfo.ZoneInfoNotFoundError."""
    return now.astimezone(ZoneInfo(zone)).date()


def _first_after_gap(low: datetime, high: datetime, place: ZoneInfo) -> datetime:
    """Where the offset changes between two instants, found by halving to the second."""
    before = low.astimezone(place).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if middle.astimezone(place).utcoffset() == before else (low, middle)
    return high


def read_day(text: str, near: date | None = None) -> date | None:
    """A day as forms give it (2030-08-31), or as it is written in French and English (31/08/2030, 31 août 2030, August
    31, 2030). near: without a year ("31 août"), the day closest to this one is meant; None: a year is needed.
    """
    said = text.strip()
    for pattern, order in (
        (r"(\d{4})-(\d{1,2})-(\d{1,2})", (1, 2, 3)),
        (r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", (3, 2, 1)),
    ):
        if found := re.fullmatch(pattern, said):
            year, month, day = (int(found[group]) for group in order)
            return _date(year, month, day)
    bare = "".join(each for each in unicodedata.normalize("NFKD", said.casefold()) if not unicodedata.combining(each))
    for pattern in (
        r"(?P<day>\d{1,2})(?:er|st|nd|rd|th)?\s+(?P<month>[a-z]{3,})\.?(?:,?\s+(?P<year>\d{4}))?",
        r"(?P<month>[a-z]{3,})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{4}))?",
    ):
        if found := re.fullmatch(pattern, bare):
            return _spoken(int(found["day"]), found["month"], found["year"], near)
    return None


def _spoken(day: int, word: str, year: str | None, near: date | None) -> date | None:
    months = {number for names in _MONTHS for number, name in enumerate(names.split(), 1) if name.startswith(word)}
    if len(months) != 1:
        return None
    if year or near is None:
        return _date(int(year), months.pop(), day) if year else None
    month = months.pop()
    all_ = [_date(near.year + more, month, day) for more in (-1, 0, 1)]
    return min((each for each in all_ if each), key=lambda each: abs(each - near), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _zones() -> frozenset[str]:
    """Read once: a folder with six hundred files is gone through."""
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    """Whether there is a zone of that name (IANA)."""
    return name in _zones()


def read_days(text: str) -> frozenset[int] | None:
    """Weekdays as they are kept ("mon tue wed"), Monday being 0; None where none is named."""
    return frozenset(NAMES.index(each) for each in text.split() if each in NAMES) or None


def read_absences(text: str) -> tuple[Absence, ...]:
    """Absences as they are kept: [["2026-12-01", "2026-12-15"]]; what is no absence is passed over."""
    try:
        return tuple(
            (min(first, _FAR), min(last, _FAR))
            for first, last in ((date.fromisoformat(a), date.fromisoformat(b)) for a, b in json.loads(text))
            if first <= last
        )
    except (ValueError, TypeError):
        return ()


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """When people work.

    zone: IANA. start, end: of the working day, on the wall, start before end. days: weekdays, Monday is 0.
    holidays_country: whose public holidays are not worked: "FR", "FR-57", "CA-QC", "" for none. away: one person's
    absences, on their own calendar.
    """

    zone: str = "UTC"
    start: time = time(9)
    end: time = time(18)
    days: frozenset[int] = WEEKDAYS
    holidays_country: str = ""
    away: tuple[Absence, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError: an end not after the start, no day, a day that is none."""
        if self.start >= self.end:
            raise ValueError(f"working time ends at {self.end}, not after {self.start}")
        if not self.days or not self.days <= frozenset(range(7)):
            raise ValueError(f"weekdays are numbers from 0 to 6, at least one: {sorted(self.days)}")

    def in_zone(self, zone: str) -> WorkingTime:
        """The same working time on the clocks of another zone, such as a person's own."""
        return replace(self, zone=zone)

    def of(
        self, zone: str = "", days: frozenset[int] | None = None, country: str = "", away: tuple[Absence, ...] = ()
    ) -> WorkingTime:
        """The working time of one person. zone, days, country: where theirs differ from what is usual here."""
        country = country or self.holidays_country
        return WorkingTime(zone or self.zone, self.start, self.end, days or self.days, country, away)

    def works_on(self, day: date) -> bool:
        """Whether a day is worked."""
        if day.weekday() not in self.days or self._back(day) is not None:
            return False
        return day not in _holidays(self.holidays_country, day.year)

    def _back(self, day: date) -> date | None:
        """The last day of an absence that a day is part of; None: of none."""
        return max((last for first, last in self.away if first <= day <= last), default=None)

    def is_open(self, now: datetime) -> bool:
        """Whether people work at an instant; the end is already outside."""
        opened, closed = self._hours(self.today(now))
        return self.works_on(self.today(now)) and opened <= now < closed

    def next_open(self, now: datetime) -> datetime:
        """`now` when people work, else the next instant they do (UTC)."""
        opened, _ = next(self._spans(now))
        return max(opened, now.astimezone(UTC))

    def add_hours(self, now: datetime, hours: float) -> datetime:
        """The instant (UTC) when so many hours of work will have passed; zero or less is `now`."""
        left = timedelta(hours=hours)
        if left <= timedelta():
            return now.astimezone(UTC)
        for opened, closed in self._spans(now):
            begin = max(opened, now.astimezone(UTC))
            if begin + left <= closed:
                return begin + left
            left -= closed - begin
        raise AssertionError("spans never end")

    def hours_before(self, then: datetime, hours: float) -> datetime:
        """The last instant (UTC) from which so many hours of work pass until `then`; zero or less is `then`."""
        end, left = then.astimezone(UTC), timedelta(hours=hours)
        if left <= timedelta():
            return end
        day, idle = self.today(then), 0
        while idle < _LONGEST_PAUSE:
            opened, closed = self._hours(day)
            if self.works_on(day) and opened < end:
                idle, worked = 0, min(closed, end) - opened
                if left <= worked:
                    return min(closed, end) - left
                left -= worked
            left_on = min((first for first, last in self.away if first <= day <= last), default=None)
            day, idle = (day - _DAY, idle + 1) if left_on is None else (left_on - _DAY, idle)
        raise ValueError(f"no working day within {_LONGEST_PAUSE} days")

    def add_days(self, now: datetime, days: int) -> datetime:
        """The same hour so many working days later (UTC), or that day's opening or closing when outside its hours.

        What happens outside working time counts from the next opening: three working days after Saturday is
        Thursday's opening.
        """
        start = self.next_open(now)
        local = start.astimezone(ZoneInfo(self.zone))
        day, left = local.date(), days
        while left > 0:
            day += _DAY
            left -= self.works_on(day)
        return wall(day, local.time(), self.zone)

    def age(self, now: datetime, then: datetime) -> int:
        """Whole working days elapsed between two instants; 0 when `then` is not before `now`."""
        if then >= now:
            return 0
        start = self.next_open(then)
        place = ZoneInfo(self.zone)
        first, last = start.astimezone(place).date(), self.today(now)
        worked = sum(self.works_on(first + _DAY * n) for n in range(1, (last - first).days + 1))
        # The last day counts once the hour of the start is reached.
        reached = now >= wall(last, start.astimezone(place).time(), self.zone)
        return max(0, worked - (self.works_on(last) and last > first and not reached))

    def today(self, now: datetime) -> date:
        """The day that it is where these clocks hang."""
        return day_in(now, self.zone)

    def _hours(self, day: date) -> tuple[datetime, datetime]:
        return wall(day, self.start, self.zone), wall(day, self.end, self.zone)

    def _spans(self, now: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The working hours that end after an instant, one after another (UTC)."""
        day, idle = self.today(now), 0
        while idle < _LONGEST_PAUSE:
            opened, closed = self._hours(day)
            if self.works_on(day) and now < closed:
                idle = 0
                yield opened, closed
            # An absence may last for years: it is passed over as a whole, and is no mistake.
            back = self._back(day)
            day, idle = (day + _DAY, idle + 1) if back is None else (back + _DAY, idle)
        raise ValueError(f"no working day within {_LONGEST_PAUSE} days")


@lru_cache(maxsize=256)
def _holidays(country: str, year: int) -> frozenset[date]:
    """The public holidays of a year; none for a country of which none are known."""
    if not country:
        return frozenset()
    import holidays  # noqa: PLC0415 - a tenth of a second to import, wanted only where a country is configured

    nation, _, region = country.partition("-")
    try:
        return frozenset(holidays.country_holidays(nation, subdiv=region or None, years=year))
    except NotImplementedError:
        return frozenset()
