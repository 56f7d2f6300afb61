"""The people of the simulation: who they are, what they do of their own accord, and with what they are told.

Written before the rules of attention, and without knowing them: nothing here asks what a bot may do. Each has a random
generator of their own, so that a company of the same seed lives the same life, whatever the bot does to others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from random import Random
from zoneinfo import ZoneInfo

START = date(2027, 1, 4)
"""The Monday on which the bot arrives."""


class Doing(StrEnum):
    """What people do. The first eight are done with a message, the others of their own accord."""

    ANSWER = "answer"  # what the message asks for
    DECLINE = "decline"  # "I prefer not to"
    LATER = "later"
    NO_MORE = "no more"  # of these
    NOTHING = "nothing"  # unasked, from now on
    REPLY = "reply"  # a few words
    EDIT = "edit"  # one's own profile, on the platform
    ASK = "ask"  # a command, out of curiosity

    LESS = "less"
    MORE = "more"  # whatever was stopped may come again
    STOP = "stop"  # typed, without any message at hand
    MOVE = "move"  # to another zone: the account says so
    QUIET = "quiet"  # do not disturb, until
    LEAVE = "leave"  # the company
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done, at a full or half hour. on: the message it was done with, "" for none. to: the zone moved to.
    until: of being quiet.
    """

    at: datetime
    doing: Doing
    on: str = ""
    to: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """A message as its reader sees it. subjects: what it is about. asks: it wants something."""

    id: str
    at: datetime
    subjects: frozenset[str]
    asks: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where people work. country: whose holidays they have."""

    zone: str
    country: str
    language: str


PLACES: Mapping[str, tuple[int, Place]] = {
    "paris": (46, Place("Europe/Paris", "FR", "fr")),
    "noumea": (10, Place("Pacific/Noumea", "FR-NC", "fr")),
    "montreal": (12, Place("America/Toronto", "CA-QC", "fr")),
    "kolkata": (12, Place("Asia/Kolkata", "IN", "en")),
    "new york": (10, Place("America/New_York", "US", "en")),
    "london": (10, Place("Europe/London", "GB-ENG", "en")),
}
"""Of a hundred people, so many work there."""


@dataclass(frozen=True, slots=True)
class Temper:
    """How somebody is. share: so many of a thousand people.

    answers: the chance that a message is not passed over. within: hours until they see to it, at most. ways: what they
    then do, drawn. patience: from so many messages on, `ending` is what they do. year: what they do of their own accord
    -> the first and the last day on which it may happen, counted from the beginning. curious: the chance, each day,
    that they ask the bot something.
    """

    name: str
    share: int
    answers: float = 0.0
    within: float = 48.0
    ways: tuple[Doing, ...] = (Doing.ANSWER,)
    patience: int = 0
    ending: Doing | None = None
    year: Mapping[Doing, tuple[int, int]] = field(default_factory=dict)
    curious: float = 0.001


ANY = (0, 364)
JUNE = (148, 177)

TEMPERS = (
    Temper("eager", 110, 0.95, 4.0, (Doing.ANSWER, Doing.ANSWER, Doing.ANSWER, Doing.REPLY), curious=0.02),
    Temper("busy", 200, 0.3, 120.0, (Doing.ANSWER, Doing.ANSWER, Doing.LATER, Doing.REPLY)),
    Temper("ignores everything", 215, curious=0.0),
    Temper("ignores, then wonders", 40, curious=0.008),
    Temper("stops after two", 60, patience=2, ending=Doing.NOTHING),
    Temper("wants no more of these", 50, 0.8, 24.0, (Doing.NO_MORE,)),
    Temper("snoozes", 60, 0.9, 10.0, (Doing.LATER, Doing.LATER, Doing.ANSWER)),
    Temper("prefers not", 40, 0.8, 30.0, (Doing.DECLINE,)),
    Temper("edits their profile", 50, 0.7, 60.0, (Doing.EDIT,)),
    Temper("asks for less", 25, 0.3, 40.0, (Doing.ANSWER,), year={Doing.LESS: (5, 120)}),
    Temper("leaves in June", 35, 0.3, 48.0, (Doing.ANSWER, Doing.LATER), year={Doing.LEAVE: JUNE}),
    Temper("comes back", 30, 0.2, 48.0, (Doing.ANSWER,), year={Doing.LEAVE: (40, 120), Doing.RETURN: (150, 300)}),
    Temper("changes zone", 35, 0.4, 72.0, (Doing.ANSWER, Doing.REPLY), year={Doing.MOVE: ANY}),
    Temper("stops of their own accord", 25, 0.2, 48.0, (Doing.ANSWER,), year={Doing.STOP: (0, 200)}),
    Temper("stops, and thinks better of it", 25, 0.3, 48.0, year={Doing.STOP: (3, 90), Doing.MORE: (120, 300)}),
)
"""Of a thousand people, so many are like that."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of somebody.

    kind: of their account, "member", "guest", "stranger". zone: on whose clocks they live. account_zone, roster_zone:
    what the platform and the roster say, "" where they say nothing. listed: the roster has them. job, office, country,
    days: on the roster, "" where it says nothing ("mon tue wed"). away: absences, both days included. profile: what the
    account says of itself.
    """

    number: int
    name: str
    kind: str
    zone: str
    account_zone: str
    roster_zone: str
    language: str
    listed: bool
    department: str
    job: str
    office: str
    country: str
    days: str
    away: tuple[tuple[date, date], ...]
    profile: Mapping[str, str]


class Person:
    """Somebody, with a life."""

    def __init__(self, facts: Facts, temper: Temper, quiet: tuple[int, int] | None, random: Random) -> None:
        """quiet: the hours, on their clocks, of each day on which they do not want to be disturbed."""
        self.facts = facts
        self.temper = temper
        self.zone = facts.zone
        self.here = True
        self._quiet = quiet
        self._random = random
        self._seen = 0
        self._plans = self._plan()

    def day(self, day: date) -> Iterator[Deed]:
        """What they do on a day of their own accord, whatever they are told."""
        zone = ZoneInfo(self.zone)
        if self._quiet and self.here:
            begins, ends = (datetime.combine(day, time(hour), zone).astimezone(UTC) for hour in self._quiet)
            yield Deed(begins, Doing.QUIET, until=ends)
        if self.here and self._random.random() < self.temper.curious:
            yield Deed(self._moment(day, zone), Doing.ASK)
        for doing in self._plans.get(day, ()):
            at = self._moment(day, zone)
            if doing is Doing.MOVE:
                elsewhere = [place.zone for _, place in PLACES.values() if place.zone != self.zone]
                self.zone = self._random.choice(elsewhere)
            self.here = {Doing.LEAVE: False, Doing.RETURN: True}.get(doing, self.here)
            yield Deed(at, doing, to=self.zone if doing is Doing.MOVE else "")

    def reads(self, mail: Mail) -> Deed | None:
        """What they do with a message, and when; None: nothing."""
        if not self.here:
            return None
        self._seen += 1
        temper = self.temper
        if temper.ending and self._seen >= temper.patience:
            return Deed(self._after(mail.at, 12.0), temper.ending, on=mail.id)
        if self._random.random() >= temper.answers:
            return None
        return Deed(self._after(mail.at, temper.within), self._random.choice(temper.ways), on=mail.id)

    def _plan(self) -> dict[date, list[Doing]]:
        plans: dict[date, list[Doing]] = {}
        for doing, (first, last) in self.temper.year.items():
            day = START + timedelta(days=self._random.randint(first, last))
            plans.setdefault(day, []).append(doing)
        return plans

    def _moment(self, day: date, zone: ZoneInfo) -> datetime:
        """Some half hour of their day, seldom of their night."""
        half = int(self._random.triangular(0, 47, 22))
        return datetime.combine(day, time(half // 2, 30 * (half % 2)), zone).astimezone(UTC)

    def _after(self, at: datetime, hours: float) -> datetime:
        """Soon, most often; at the latest after so many hours."""
        return at + timedelta(minutes=30) * (1 + int(2 * hours * self._random.random() ** 3))


Places = Mapping[str, tuple[int, Place]]


def company(size: int, seed: int, places: Places = PLACES) -> list[Person]:
    """So many people of all kinds, most of them in departments of hundreds, some in departments of four."""
    tempers = _spread(TEMPERS, [temper.share for temper in TEMPERS], size, Random(f"{seed}:tempers"))
    return [_person(number, temper, size, seed, places) for number, temper in enumerate(tempers)]


def _spread(tempers: tuple[Temper, ...], shares: list[int], size: int, random: Random) -> list[Temper]:
    """Each of them at least once where there are people enough, the rest drawn."""
    drawn = [*tempers, *random.choices(tempers, shares, k=max(0, size - len(tempers)))][:size]
    random.shuffle(drawn)
    return drawn


def _person(number: int, temper: Temper, size: int, seed: int, places: Places) -> Person:
    random = Random(f"{seed}:{number}")
    _, place = random.choices(list(places.values()), [share for share, _ in places.values()])[0]
    kind = random.choices(["member", "guest", "stranger"], [95, 4, 1])[0]
    listed = kind == "member" and random.random() < 0.93
    told = random.choices(["both", "account", "roster", "nobody"], [50, 30, 14, 6])[0]
    facts = Facts(
        number=number,
        name=f"p{number:05}",
        kind=kind,
        zone=place.zone,
        account_zone=place.zone if told in {"both", "account"} else "",
        roster_zone=place.zone if listed and told in {"both", "roster"} else "",
        language=place.language,
        listed=listed,
        department=_department(number, size),
        job="Engineer" if random.random() < 0.5 else "",
        office=place.zone.rpartition("/")[2] if random.random() < 0.5 else "",
        country=place.country if random.random() < 0.8 and listed else "",
        days=_days(random) if listed else "",
        away=_away(random) if listed else (),
        profile=_profile(random),
    )
    quiet = random.choices([None, (9, 11), (12, 14), (9, 17), (17, 20)], [86, 4, 4, 2, 4])[0]
    return Person(facts, temper, quiet, random)


def _department(number: int, size: int) -> str:
    """Nine in ten are in a large one, of which there are up to twenty; the others are four together."""
    if number % 10 == 9:
        return f"small-{number // 40}"
    return f"large-{number % min(20, max(1, size // 40))}"


def _days(random: Random) -> str:
    """Most work the usual days; some others."""
    part_time = ["mon tue wed", "tue thu", "mon tue thu fri", "sun mon tue wed thu", "wed", "sat sun"]
    return random.choice(part_time) if random.random() < 0.09 else ""


def _away(random: Random) -> tuple[tuple[date, date], ...]:
    """Two or three weeks in summer, for those of whom the roster tells; some longer."""
    absences = []
    if random.random() < 0.5:
        first = START + timedelta(days=random.randint(175, 230))
        absences.append((first, first + timedelta(days=random.randint(4, 21))))
    if random.random() < 0.05:
        first = START + timedelta(days=random.randint(0, 300))
        absences.append((first, first + timedelta(days=random.randint(30, 150))))
    return tuple(absences)


def _profile(random: Random) -> dict[str, str]:
    """What the account says of itself: nothing, something, or all."""
    fields = {"picture": "yes", "title": "Engineer", "phone": "+33 1 23 45 67 89"}
    return {name: value for name, value in fields.items() if random.random() < 0.45}
