"""The judge of a simulated year: told what people received and what they did, says what should not have been.

It works out by itself what may reach whom and when, from the company's promises as they are written for people: one
contact a week, three in the first one, at most three without a response, within the working hours of the person's own
days, and nothing after a stop. It knows people and the clock, and nothing of the bot.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays

from tests.simulate.people import Doing, Facts

Claim = Literal["over_budget", "out_of_hours", "after_stop", "unanswered"]
CLAIMS: tuple[Claim, ...] = ("over_budget", "out_of_hours", "after_stop", "unanswered")

THANKS = {"thanks": "profile"}
"""The subject of a message that thanks -> that of the messages with which it is stopped, put off, and silent."""

SILENCE = "silence"
"""The subject of the message that says that the bot falls silent."""
WEEK = timedelta(days=7)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_RESPONSES = frozenset(
    {
        Doing.ANSWER, Doing.DECLINE, Doing.LATER, Doing.NO_MORE, Doing.NOTHING, Doing.REPLY, Doing.EDIT, Doing.ASK,
        Doing.LESS, Doing.MORE, Doing.STOP,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Promised:
    """What the company promises its people. less: at most one contact in so long, for those who asked for less.

    snooze: for how long nothing comes after "later". zone, country: of those of whom nothing else is known. start,
    end: of the working day, the end is already outside.
    """

    week: int = 1
    first_week: int = 3
    unanswered: int = 3
    less: timedelta = timedelta(days=28)
    snooze: timedelta = timedelta(days=14)
    zone: str = "Europe/Paris"
    country: str = "FR"
    start: time = time(9)
    end: time = time(18)


@dataclass(frozen=True, slots=True)
class Received:
    """A message that reached somebody unasked.

    subjects: what it is about. optional: it counts in the budget; all unasked messages come within hours. asks: it
    wants a response. at_once: it answers what they just did, at whatever hour.
    """

    at: datetime
    person: int
    subjects: frozenset[str]
    optional: bool = True
    asks: bool = True
    at_once: bool = False

    @property
    def unneeded(self) -> bool:
        """Whether nobody waits for it, so that it goes by what they wish."""
        return self.optional or bool(self.subjects & THANKS.keys())


@dataclass(frozen=True, slots=True)
class Breach:
    """What should not have been."""

    claim: Claim
    at: datetime
    person: int
    why: str


@dataclass(slots=True)
class Record:
    """What the judge knows of one person.

    open: contacts that wanted a response, and had none yet. told: that the bot falls silent therefore. series: how many
    there were between two responses.
    """

    facts: Facts
    account_zone: str
    first: datetime | None = None
    contacts: list[datetime] = field(default_factory=list)
    open: int = 0
    gone: bool = False
    stopped: bool = False
    less: bool = False
    refused: set[str] = field(default_factory=set)
    snoozed: dict[str, datetime] = field(default_factory=dict)
    quiet: datetime | None = None
    told: bool = False
    answers: Counter[Doing] = field(default_factory=Counter)
    series: list[int] = field(default_factory=list)

    def responded(self, at: datetime, doing: Doing) -> None:
        """They said something, whatever it is."""
        self.first = self.first or at
        self.answers[doing] += 1
        if self.open:
            self.series.append(self.open)
        self.open, self.told = 0, False

    def wished(self, doing: Doing, subjects: frozenset[str], snoozed: datetime) -> None:
        """They said what may come. snoozed: until when, if that is what they said."""
        match doing:
            case Doing.NOTHING | Doing.STOP:
                self.stopped = True
            case Doing.NO_MORE:
                self.refused |= subjects
            case Doing.LATER:
                self.snoozed |= dict.fromkeys(subjects, snoozed)
            case Doing.LESS:
                self.less = True
            case Doing.MORE:
                self.stopped = False
                self.refused.clear()
                self.snoozed.clear()


class Judge:
    """Hears everything in the order in which it happened, and keeps what was wrong."""

    def __init__(self, people: Sequence[Facts], promised: Promised | None = None) -> None:
        self._promised = promised or Promised()
        self._hushed: list[tuple[datetime, datetime]] = []
        self.records = {facts.number: Record(facts, facts.account_zone) for facts in people}
        self.breaches: list[Breach] = []
        self.received: defaultdict[str, int] = defaultdict(int)

    def hushed(self, since: datetime, until: datetime) -> None:
        """From one instant until another nothing optional comes to anybody."""
        self._hushed.append((since, until))

    def did(
        self, at: datetime, person: int, doing: Doing, subjects: frozenset[str] = frozenset(), *,
        to: str = "", until: datetime | None = None
    ) -> None:  # fmt: skip
        """Somebody did something. subjects: of the message it was done with. to: the zone. until: of being quiet."""
        record = self.records[person]
        if doing in _RESPONSES:
            record.responded(at, doing)
        match doing:
            case Doing.QUIET:
                record.quiet = until
            case Doing.MOVE:
                record.account_zone = to
            case Doing.LEAVE | Doing.RETURN:
                record.gone = doing is Doing.LEAVE
            case _:
                record.wished(doing, subjects, at + self._promised.snooze)

    def received_by(self, message: Received) -> list[Breach]:
        """Somebody received something unasked; what was wrong with it."""
        record = self.records[message.person]
        for subject in message.subjects:
            self.received[subject] += 1
        found = [] if message.at_once else self._hours(record, message)
        found += self._stops(record, message)
        record.first = record.first or message.at
        if SILENCE in message.subjects:
            found += self._silence(record, message)
        if message.optional:
            found += self._budget(record, message)
            record.contacts.append(message.at)
            if message.asks:
                record.open += 1
                if record.open > self._promised.unanswered:
                    found += _breach("unanswered", message, [f"{record.open} without a response"])
        self.breaches += found
        return found

    # ------------------------------------------------------------ the promises, one by one

    def _hours(self, record: Record, message: Received) -> list[Breach]:
        zone = self.zone_of(record)
        local = message.at.astimezone(ZoneInfo(zone))
        day, found = local.date(), []
        if not self._promised.start <= local.time() < self._promised.end:
            found.append(f"{local:%H:%M} in {zone}")
        if day.weekday() not in days_worked(record.facts.days):
            found.append(f"a {_DAYS[day.weekday()]} in {zone}")
        country = record.facts.country or self._promised.country
        if day in holidays_of(country, day.year):
            found.append(f"{day} is a holiday in {country}")
        if any(first <= day <= last for first, last in record.facts.away):
            found.append(f"absent on {day}")
        if message.optional and record.quiet is not None and message.at < record.quiet:
            found.append(f"not to be disturbed until {record.quiet:%H:%M}")
        return _breach("out_of_hours", message, found)

    def _stops(self, record: Record, message: Received) -> list[Breach]:
        found = []
        if record.facts.kind != "member":
            found.append(f"a {record.facts.kind}")
        if record.gone:
            found.append("has left")
        if message.unneeded and record.stopped:
            found.append("wants nothing")
        if message.unneeded and any(since <= message.at < until for since, until in self._hushed):
            found.append("hushed")
        subjects = message.subjects | {THANKS[each] for each in message.subjects & THANKS.keys()}
        found += [f"wants no more {subject}" for subject in subjects & record.refused]
        snoozed = [each for each in subjects if message.at < record.snoozed.get(each, message.at)]
        found += [f"snoozed {subject}" for subject in snoozed]
        return _breach("after_stop", message, found)

    def _budget(self, record: Record, message: Received) -> list[Breach]:
        assert record.first is not None
        now, contacts = message.at, record.contacts
        if now < record.first + WEEK:
            count, allowed, over = len(contacts) + 1, self._promised.first_week, "the first week"
        else:
            count, allowed, over = sum(at > now - WEEK for at in contacts) + 1, self._promised.week, "a week"
        found = [f"{count} in {over}"] if count > allowed else []
        if record.less and contacts and contacts[-1] > now - self._promised.less:
            found.append(f"{(now - contacts[-1]).days} days after the last, and wanted less")
        return _breach("over_budget", message, found)

    def _silence(self, record: Record, message: Received) -> list[Breach]:
        """That it falls silent is said once, to those who gave no response, and want to be told something."""
        found = ["told twice that it is silent"] if record.told else []
        if record.open < self._promised.unanswered:
            found.append(f"silent after {record.open}")
        record.told = True
        told = _breach("unanswered", message, found)
        return told + (_breach("after_stop", message, ["wants nothing"]) if record.stopped else [])

    def zone_of(self, record: Record) -> str:
        """On whose clocks somebody lives."""
        return zone_of(record, self._promised)


def zone_of(record: Record, promised: Promised) -> str:
    """On whose clocks somebody lives: what their account says, else the roster, else the company's."""
    return next((zone for zone in (record.account_zone, record.facts.roster_zone) if _is_zone(zone)), promised.zone)


def _breach(claim: Claim, message: Received, reasons: Sequence[str]) -> list[Breach]:
    """One at most, for whatever reasons."""
    what = ", ".join(sorted(message.subjects))
    return [Breach(claim, message.at, message.person, f"{what}: {'; '.join(reasons)}")] if reasons else []


def days_worked(days: str) -> frozenset[int]:
    """The weekdays that somebody works, Monday being 0. days: as the roster has them."""
    return frozenset(_DAYS.index(day) for day in days.split()) or frozenset(range(5))


@cache
def _is_zone(name: str) -> bool:
    try:
        return bool(name) and bool(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError):
        return False


@cache
def holidays_of(country: str, year: int) -> frozenset[date]:
    """The days of a year when nobody of a country works. country: with its region, "GB-ENG"."""
    nation, _, region = country.partition("-")
    return frozenset(holidays.country_holidays(nation, subdiv=region or None, years=year))
