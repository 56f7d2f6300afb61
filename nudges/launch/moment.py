"""When an announcement comes, before and after it counts, and how that is said. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from bot.calendar import WorkingTime, is_zone, wall
from bot.say import Line, Moment
from storage.launch import Announcement

WINDOW, SHORTEST, LONGEST = 60, 5, 24 * 60
"""Minutes for which it may begin late without being asked about: usually, at least, at most."""
EACH, FIXED = "each", "fixed"
"""The same hour on the clocks of each person, or one instant for everybody."""


@dataclass(frozen=True, slots=True)
class When:
    """A time that was read, before it counts. number: of the announcement. at: the instant (UTC). zone: whose clocks
    were meant. each: everybody gets it when their own clocks show the same. window: minutes. seen: what tells the time
    that stood there when it was read (`mark`); "" for any.
    """

    number: int
    at: datetime
    zone: str
    each: bool = False
    window: int = WINDOW
    seen: str = ""

    @property
    def local(self) -> datetime:
        """What the clocks show that were meant, naive."""
        return self.at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)

    def text(self) -> str:
        """As the value of a choice."""
        at = self.at.astimezone(UTC)
        how = EACH if self.each else FIXED
        return f"{self.number} {at:%Y-%m-%dT%H:%MZ} {self.zone} {how} {self.window} {self.seen}".strip()


def mark(made: Announcement) -> str:
    """What tells when an announcement comes from any other time, in few letters."""
    stands = f"{made.at} {made.local} {made.zone} {made.each_local} {made.window_minutes}"
    return sha256(stands.encode()).hexdigest()[:8]


def read_value(text: str) -> When | None:
    """A choice's value as it came back; None: it is none."""
    try:
        number, at, zone, how, window, *seen = text.split()
        instant = datetime.fromisoformat(at)
        if not is_zone(zone) or how not in {EACH, FIXED} or instant.tzinfo is None or len(seen) > 1:
            return None
        return When(int(number), instant.astimezone(UTC), zone, how == EACH, minutes(window) or WINDOW, *seen)
    except (ValueError, OverflowError):
        return None


def minutes(text: str) -> int | None:
    """Minutes of a window; None: they are none."""
    said = text.strip().split()
    ok = bool(said) and said[0].isascii() and said[0].isdigit() and len(said[0]) < 5 and len(said) <= 2
    return int(said[0]) if ok and SHORTEST <= int(said[0]) <= LONGEST else None


def about(said: When, calendar: WorkingTime | None = None) -> list[Line]:
    """When that is, and for whom. calendar: of the organisation, to say that nobody works then."""
    at = Moment(at=said.at, zone=said.zone)
    line = Line(id="timing-at", args={"at": at}, kind="fact")
    if said.each:
        day = Moment(at=said.local.replace(tzinfo=UTC), style="day")
        line = Line(id="timing-at-each", args={"day": day, "time": f"{said.local:%H:%M}"}, kind="fact")
    lines = [line, Line(id="timing-late", args={"minutes": said.window}, kind="fact")]
    if calendar is not None and not calendar.in_zone(said.zone).is_open(said.at):
        lines.append(Line(id="timing-not-worked", kind="note"))
    return lines


def said_at(made: Announcement, now: datetime) -> Moment:
    """The time of one: where it is the same hour for each, what the clocks show that were meant. now: of none yet."""
    when = of(made)
    return Moment(at=when.at if when else now, zone=made.zone)


def begins(said: When, zones: Collection[str]) -> datetime:
    """The instant when the first clocks show it; of one instant for everybody, that one. zones: IANA, whose clocks."""
    if not said.each:
        return said.at
    return min(wall(said.local.date(), said.local.time(), each) for each in {*zones, said.zone})


def of(made: Announcement) -> When | None:
    """When it comes; None: that is not said yet."""
    if made.at is None:
        return None
    zone = made.zone or "UTC"
    instant = made.at
    if made.each_local and made.local:
        local = datetime.fromisoformat(made.local)
        instant = wall(local.date(), local.time(), zone)
    return When(made.id or 0, instant, zone, made.each_local, made.window_minutes)
