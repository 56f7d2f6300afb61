"""A launch: a leader's words for ten thousand people in twelve time zones, by chat and by mail, with the real bot.

Three announcements in one week: one at a fixed instant, one at the same local hour for each, and a third that most
people may only be sent the week after. `Reach` is told what reached whom, and works out by itself what should not have.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from tests.simulate.judge import Promised, Record, days_worked, holidays_of, zone_of
from tests.simulate.people import Facts, Place, Places

PLACES: Places = {
    "auckland": (3, Place("Pacific/Auckland", "NZ", "en")),
    "noumea": (8, Place("Pacific/Noumea", "FR-NC", "fr")),
    "tokyo": (6, Place("Asia/Tokyo", "JP", "en")),
    "kolkata": (12, Place("Asia/Kolkata", "IN", "en")),
    "dubai": (4, Place("Asia/Dubai", "AE", "en")),
    "johannesburg": (5, Place("Africa/Johannesburg", "ZA", "en")),
    "paris": (32, Place("Europe/Paris", "FR", "fr")),
    "london": (8, Place("Europe/London", "GB-ENG", "en")),
    "sao paulo": (4, Place("America/Sao_Paulo", "BR", "en")),
    "montreal": (8, Place("America/Toronto", "CA-QC", "fr")),
    "denver": (4, Place("America/Denver", "US", "en")),
    "los angeles": (6, Place("America/Los_Angeles", "US", "en")),
}
"""Of a hundred people, so many work there."""

Claim = Literal[
    "launch_out_of_hours", "launch_doubled", "launch_missed", "launch_early", "launch_over_limit", "launch_after_stop"
]
CLAIMS: tuple[Claim, ...] = get_args(Claim)
WEEKLY = 2
"""Announcements that may reach one person within seven days."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An announcement as it was asked for. at: a fixed instant, or, without a zone, what each one’s clocks show."""

    name: str
    at: datetime

    def begins(self, zone: str) -> datetime:
        """When it may reach somebody who lives by the clocks of a zone, at the earliest."""
        return self.at if self.at.tzinfo else self.at.replace(tzinfo=ZoneInfo(zone))


@dataclass(frozen=True, slots=True)
class Reached:
    """What reached somebody. medium: the platform. unwanted: why it should not have, "" for nothing."""

    name: str
    person: int
    medium: str
    at: datetime
    unwanted: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What should not have been."""

    claim: Claim
    person: int
    why: str


@dataclass
class Reach:
    """Whom the announcements reached, and when by their own clocks. quiet: when somebody wants no disturbance."""

    people: Mapping[int, Record]
    asked: Mapping[str, Asked]
    promised: Promised = field(default_factory=Promised)
    reached: list[Reached] = field(default_factory=list)
    quiet: defaultdict[int, list[tuple[datetime, datetime]]] = field(default_factory=lambda: defaultdict(list))

    def wrong(self, until: datetime, told: Iterable[int], stopped: Iterable[int] = ()) -> list[Wrong]:
        """All that should not have been. until: when it was over. told: whom each announcement is for and can reach.

        stopped: those who wanted nothing any longer, at some time of it: they may have been told, or not.
        """
        found = [*self._hours(), *self._doubled(), *self._early(), *self._over(), *self._unwanted()]
        return found + self._missed(until, set(told) - set(stopped))

    def hours(self) -> dict[str, Counter[int]]:
        """Announcement -> the local hours at which people were reached."""
        counted: dict[str, Counter[int]] = {name: Counter() for name in self.asked}
        for each in self.reached:
            counted[each.name][self._local(each).hour] += 1
        return counted

    def _local(self, one: Reached) -> datetime:
        return one.at.astimezone(ZoneInfo(zone_of(self.people[one.person], self.promised)))

    def _hours(self) -> list[Wrong]:
        found = []
        for each in self.reached:
            facts, local = self.people[each.person].facts, self._local(each)
            why = _closed(facts, local, self.promised)
            if any(since <= each.at < until for since, until in self.quiet[each.person]):
                why.append("not to be disturbed")
            if why:
                found.append(
                    Wrong("launch_out_of_hours", each.person, f"{each.name} {local:%a %H:%M}: {', '.join(why)}")
                )
        return found

    def _unwanted(self) -> list[Wrong]:
        after = [each for each in self.reached if each.unwanted]
        return [Wrong("launch_after_stop", each.person, f"{each.name}: {each.unwanted}") for each in after]

    def _doubled(self) -> list[Wrong]:
        times = Counter((each.name, each.person) for each in self.reached)
        return [Wrong("launch_doubled", who, f"{name}: {n} times") for (name, who), n in times.items() if n > 1]

    def _early(self) -> list[Wrong]:
        found = []
        for each in self.reached:
            begins = self.asked[each.name].begins(zone_of(self.people[each.person], self.promised))
            if each.at < begins:
                found.append(Wrong("launch_early", each.person, f"{each.name}: {begins - each.at} before its time"))
        return found

    def _over(self) -> list[Wrong]:
        theirs: defaultdict[int, list[datetime]] = defaultdict(list)
        for each in sorted(self.reached, key=lambda one: one.at):
            theirs[each.person].append(each.at)
        week = timedelta(days=7)
        return [
            Wrong("launch_over_limit", who, f"{WEEKLY + 1} within {last - first}")
            for who, times in theirs.items()
            for first, last in zip(times, times[WEEKLY:], strict=False)
            if last - first < week
        ]

    def _missed(self, until: datetime, told: set[int]) -> list[Wrong]:
        """Somebody who worked for a whole day of theirs, undisturbed, and was sent nothing."""
        had = {(each.name, each.person) for each in self.reached}
        return [
            Wrong("launch_missed", who, name)
            for name in self.asked
            for who in sorted(told)
            if (name, who) not in had and self._had_time(name, who, until)
        ]

    def _had_time(self, name: str, who: int, until: datetime) -> bool:
        """There was a day of theirs on which it could have come, and the budget had room: a week after its time."""
        zone = ZoneInfo(zone_of(self.people[who], self.promised))
        begins = self.asked[name].begins(str(zone)) + timedelta(days=8)
        day = begins.astimezone(zone).date()
        while datetime.combine(day, self.promised.end, zone) <= until:
            noon = datetime.combine(day, time(12), zone)
            if not _closed(self.people[who].facts, noon, self.promised):
                return True
            day += timedelta(days=1)
        return False


def _closed(facts: Facts, local: datetime, promised: Promised) -> list[str]:
    """Why somebody does not work then."""
    day, why = local.date(), list[str]()
    if not promised.start <= local.time() < promised.end:
        why.append("out of hours")
    if day.weekday() not in days_worked(facts.days):
        why.append("a day off")
    if day in holidays_of(facts.country or promised.country, day.year):
        why.append("a holiday")
    if any(first <= day <= last for first, last in facts.away):
        why.append("absent")
    return why


def announced(start: date) -> Sequence[Asked]:
    """What is announced in the week that begins with this Monday."""
    paris = ZoneInfo("Europe/Paris")
    days = [start + timedelta(days=number) for number in range(5)]
    return (
        Asked("monday", datetime.combine(days[0], time(14), paris)),
        Asked("tuesday", datetime.combine(days[1], time(9, 30))),
        Asked("thursday", datetime.combine(days[3], time(10), paris)),
    )
