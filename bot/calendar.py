"""Working time: hours of the wall clock in one zone, without the days when nobody works.

Working hours are what clocks on the wall show: from nine to six is nine hours of work on the day the clocks change as
well. Elapsed time is counted between instants, so an hour that happens twice (PEP 495) is neither lost nor doubled
outside what really passes. Everything takes `now`; nothing here reads a clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

WEEKDAYS = frozenset(range(5))
_DAY = timedelta(days=1)
# No organisation closes for longer; a calendar that never opens is a mistake to hear about.
_LONGEST_PAUSE = 400


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


def read_day(text: str) -> date | None:
    """A day as forms give it (2030-08-31) or as it is written in French and English Europe (31/08/2030)."""
    said = text.strip()
    for pattern, order in (
        (r"(\d{4})-(\d{1,2})-(\d{1,2})", (1, 2, 3)),
        (r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", (3, 2, 1)),
    ):
        if found := re.fullmatch(pattern, said):
            try:
                return date(*(int(found[group]) for group in order))
            except ValueError:
                return None
    return None


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """When people work.

    zone: IANA. start, end: of the working day, on the wall, start before end. days: weekdays, Monday is 0.
    holidays_country: whose public holidays are not worked: "FR", "FR-57", "CA-QC", "" for none.
    """

    zone: str = "UTC"
    start: time = time(9)
    end: time = time(18)
    days: frozenset[int] = WEEKDAYS
    holidays_country: str = ""

    def __post_init__(self) -> None:
        """Raises ValueError: an end not after the start, no day, a day that is none."""
        if self.start >= self.end:
            raise ValueError(f"working time ends at {self.end}, not after {self.start}")
        if not self.days or not self.days <= frozenset(range(7)):
            raise ValueError(f"weekdays are numbers from 0 to 6, at least one: {sorted(self.days)}")

    def in_zone(self, zone: str) -> WorkingTime:
        """The same working time on the clocks of another zone, such as a person's own."""
        return WorkingTime(zone, self.start, self.end, self.days, self.holidays_country)

    def works_on(self, day: date) -> bool:
        """Whether a day is worked."""
        return day.weekday() in self.days and day not in _holidays(self.holidays_country, day.year)

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
            day, idle = day + _DAY, idle + 1
        raise ValueError(f"no working day within {_LONGEST_PAUSE} days")


@lru_cache(maxsize=256)
def _holidays(country: str, year: int) -> frozenset[date]:
    """The public holidays of a year; nothing for a country of which none are known (settings are checked before)."""
    if not country:
        return frozenset()
    import holidays  # noqa: PLC0415 - a tenth of a second to import, wanted only where a country is configured

    nation, _, region = country.partition("-")
    return frozenset(holidays.country_holidays(nation, subdiv=region or None, years=year))
