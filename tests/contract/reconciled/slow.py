"""The same figures, slowly: every one by going through everything that happened, as its definition says.

It shares nothing with the bot but the stream, and reads what was told. The definitions: `docs/indicators.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from nudges.pulse.report import Point
from tests.contract.reconciled.stream import START, Company, Happened

PARIS = ZoneInfo("Europe/Paris")
SMALLEST = 5
DAY = timedelta(days=1)
FIRST = START - DAY
"""Every community that was there before was opened on it."""
AS = {"posts": "spoke", "replies": "replied", "reactions": "reacted", "joins": "joined", "reads": "read"}
Moment = tuple[int, datetime]
"""Number of a night, and what was heard of before it up to an instant."""
ALL_OF_IT = datetime(9999, 1, 1, tzinfo=UTC)


def moment(each: Happened) -> Moment:
    """When it was heard of."""
    return each.night, each.at


def paris(each: Happened) -> date:
    """The day on which it happened."""
    return each.at.astimezone(PARIS).date()


@dataclass(frozen=True, slots=True)
class Expected:
    """What is to be said of a group and a period."""

    count: int | None
    why: str
    partial: bool


class Slow:
    """window: days. nights: how many were lived through."""

    def __init__(self, company: Company, window: int, nights: int) -> None:
        self.company = company
        self.window = window
        self.end = START + (nights - 1) * DAY
        self.changes = [each for each in company.stream if not each.account]
        self.moves: dict[int, list[Happened]] = {each: [] for each in company.members}
        self.on: dict[tuple[date, int], list[Happened]] = {}
        for each in company.stream:
            if each.kind in {"joined", "left", "list"}:
                self.moves[each.community].append(each)
            if each.account:
                self.on.setdefault((paris(each), each.community), []).append(each)
                self.on.setdefault((paris(each), 0), []).append(each)
        self.members = cache(self._members)
        self.shown = cache(self._shown)
        self.known = cache(self._known)
        self.closing = {each.community: moment(each) for each in self.changes if each.kind == "closed"}

    def change(self, community: int, *kinds: str) -> Happened | None:
        """The first of what became so of a community, 0 of the bot."""
        return next((each for each in self.changes if each.community == community and each.kind in kinds), None)

    # ------------------------------------------------------------ when it is told

    def night(self, day: date) -> int:
        """The number of the night after a day; there was none before the first."""
        return max(1, (day - START).days + 1)

    def away(self, first: str, last: str) -> tuple[Happened, Happened]:
        """When it began and ended that nobody listened."""
        since, until = self.change(0, first), self.change(0, last)
        assert since is not None
        assert until is not None
        return since, until

    def frozen(self, day: date) -> Moment:
        """When what happened on a day is frozen: in the night after it; where nobody listened then, once they do."""
        when = (self.night(day), ALL_OF_IT)
        since, until = self.away("asleep", "awake")
        if moment(since) < when < moment(until):
            return moment(until)
        since, until = self.away("cut_off", "connected")
        if moment(since) < when < moment(until):
            return until.night, ALL_OF_IT
        return when

    def counted(self, day: date) -> Moment | None:
        """When it is counted how many people there are, and who takes part: in the night; on the next day still."""
        if not START <= day <= self.end:
            return None
        when = (self.night(day), ALL_OF_IT)
        since, until = self.away("asleep", "awake")
        if moment(since) < when < moment(until):
            return moment(until) if paris(until) == day + DAY else None
        return when

    def last_counted(self, since: date, until: date) -> date | None:
        """The last of these days on which people were counted."""
        return max((day for day in self.days(since, until) if self.counted(day)), default=None)

    def days(self, since: date, until: date) -> list[date]:
        """These days, as far as they are over."""
        return [since + number * DAY for number in range((min(until, self.end) - since).days + 1)]

    # ------------------------------------------------------------ what is known of a community

    def opened(self, community: int) -> date:
        """The first day on which it was one."""
        begin = self.change(community, "made", "taken_in")
        return paris(begin) if begin else FIRST

    def is_there(self, community: int, day: date) -> bool:
        """Whether it is told of: it was opened, and people are in it when the day is over."""
        end = self.change(community, "closed")
        return self.opened(community) <= day and (end is None or day < paris(end))

    def gaps(self, community: int) -> list[tuple[date, date]]:
        """First and last days of what the bot could not hear."""
        found = [self.away("asleep", "awake"), self.away("cut_off", "connected")]
        out, back = self.change(community, "put_out"), self.change(community, "back")
        return [(paris(since), paris(until)) for since, until in [*found, *([(out, back)] if out and back else [])]]

    def _known(self, community: int, day: date) -> str:
        """How much of what happened there on a day is known: "all", "part" or ""."""
        if not self.is_there(community, day) or any(since < day < until for since, until in self.gaps(community)):
            return ""
        if any(day in gap for gap in self.gaps(community)):
            return "part"
        return "part" if day == self.opened(community) and not self.change(community, "made") else "all"

    def phase(self, community: int, when: Moment) -> str:
        """Its phase at a moment."""
        found = self.company.phases[community]
        for each in self.changes:
            if each.community == community and each.kind in {"active", "closing"} and moment(each) <= when:
                found = each.kind
        return found

    def _members(self, community: int, when: Moment) -> frozenset[int]:
        """Who is in a community: by its list, and by who is heard to have come and gone since, in that order."""
        found = set(self.company.members[community])
        for each in self.moves[community]:
            if moment(each) > when:
                break
            if each.kind == "list":
                found = {self.company.accounts[account] for account in self.listed(community, each.at)}
            if each.kind == "joined":
                found.add(self.company.accounts[each.account])
            if each.kind == "left":
                found.discard(self.company.accounts[each.account])
        return frozenset(found)

    def listed(self, community: int, at: datetime) -> set[str]:
        """The accounts that are in a room at an instant, whoever heard of it."""
        found = {f"U{each}" for each in self.company.members[community]}
        for each in sorted(self.moves[community], key=lambda each: each.at):
            if each.at < at and each.kind == "joined":
                found.add(each.account)
            if each.at < at and each.kind == "left":
                found.discard(each.account)
        return found

    # ------------------------------------------------------------ what happened

    def is_heard(self, each: Happened, when: Moment) -> bool:
        """Whether the bot heard of it by a moment, while people were in the community."""
        return moment(each) <= when and moment(each) < self.closing.get(each.community, (each.night + 1, each.at))

    def happened(self, measure: str, community: int, day: date, when: Moment) -> int:
        """How often something happened on a day, as far as it was heard of by a moment."""
        number = 0
        for each in self.on.get((day, community), []):
            if each.kind == AS[measure] and self.is_heard(each, when):
                number += 1
        return number

    def _shown(self, day: date) -> dict[int, str]:
        """Under which name each community that is told of on a day is: its number, or "*"."""
        everybody = {
            each: self.members(each, self.frozen(day)) for each in self.company.members if self.known(each, day)
        }
        alone = [each for each in everybody if len(everybody[each]) >= SMALLEST]
        together = [each for each in everybody if len(everybody[each]) < SMALLEST]
        if together and len(set().union(*(everybody[each] for each in together))) < SMALLEST:
            smallest = min(alone, key=lambda each: (len(everybody[each]), -each))
            alone.remove(smallest)
            together.append(smallest)
        return {each: str(each) for each in alone} | dict.fromkeys(together, "*")

    def group(self, kind: str, community: int, day: date) -> str | None:
        """In which group what happened there on a day is told of; None: in none."""
        name = self.shown(day).get(community)
        if kind == "all" and name:
            return ""
        if name in {None, "*"} or kind == "community":
            return name
        if kind == "phase":
            return self.phase(community, self.frozen(day))
        return self.company.objectives[community] or "-"

    def groups(self, kind: str, since: date, until: date) -> dict[str, set[int]]:
        """Of which groups something is told in these days, and the communities that are ever told of in them."""
        found: dict[str, set[int]] = {}
        for day in self.days(since, until):
            for each in self.company.members:
                if (name := self.group(kind, each, day)) is not None:
                    found.setdefault(name, set()).add(each)
        return {"": set(self.company.members)} if kind == "all" else found

    def told(
        self, kind: str, group: str, ever: set[int], since: date, until: date, number: Callable[[int, date], int]
    ) -> Expected:
        """What is to be said of what happened. ever: the communities of a group. number: of a community and a day."""
        days = self.days(since, until)
        mine = [(each, day) for day in days for each in ever if self.group(kind, each, day) == group]
        hidden = kind == "community" and any(self.shown(day).get(int(group)) == "*" for day in days if group != "*")
        lacks = any(self.is_there(each, day) and self.known(each, day) != "all" for each in ever for day in days)
        partial = lacks or until > self.end
        if mine:
            return Expected(sum(number(each, day) for each, day in mine), "", partial or hidden)
        if until < FIRST or (kind == "community" and group != "*" and until < self.opened(int(group))):
            return Expected(None, "before", False)
        return Expected(None, "small" if hidden else "not_measured", partial)

    def size(self, community: int, since: date, until: date) -> tuple[Expected, date | None]:
        """How many people were in a community, and on which day: the last on which anything is told."""
        last = max((day for day in self.days(since, until) if self.shown(day)), default=None)
        over = until > self.end
        if last and self.shown(last).get(community) == str(community):
            return Expected(len(self.members(community, self.frozen(last))), "", over), last
        if until < self.opened(community):
            return Expected(None, "before", False), None
        return Expected(None, "small" if last and community in self.shown(last) else "not_measured", over), None

    def balance(self, measure: str, since: date, until: date) -> tuple[int, int, date] | None:
        """Of the communities that are open and measured on the last day of which anything is told: how many are so."""
        last = max((day for day in self.days(since, until) if self.shown(day)), default=None)
        if last is None:
            return None
        some = self.company.private if measure == "private" else self.company.interest
        return len(some & self.shown(last).keys()), len(self.shown(last)), last

    # ------------------------------------------------------------ people

    def departments(self) -> dict[str, set[int]]:
        """Under which name who is told of: departments of fewer than five people together."""
        found: dict[str, set[int]] = {}
        for person, department in self.company.departments.items():
            size = sum(each == department for each in self.company.departments.values())
            name = "*" if size < SMALLEST else f"={department}" if department else "-"
            found.setdefault(name, set()).add(person)
        return found

    def of_people(self, measure: str, since: date, until: date) -> tuple[date | None, str, bool]:
        """Of people: the day that is shown of a period, or why there is none; and whether it is so in part."""
        day = self.last_counted(since, until)
        if day is None:
            before = until < START
            return None, "before" if before else "not_measured", not before and until > self.end
        short = measure in {"adopting", "active"} and day - (self.window - 1) * DAY < START
        return day, "", until > day or short

    def which(self, measure: str, people: frozenset[int] | set[int], day: date, community: int = 0) -> set[int]:
        """Which of these people are so by the end of a day, by what was heard of. community: there; 0: in any."""
        kinds = {"adopting": ("spoke", "replied", "reacted", "read"), "active": ("spoke", "replied", "reacted")}
        kinds["activated"] = kinds["adopting"]
        window = (day - START).days + 2 if measure == "activated" else self.window
        when, found = self.counted(day), set()
        assert when is not None
        for back in range(window):
            for each in self.on.get((day - back * DAY, community), []):
                person = self.company.accounts[each.account]
                if (
                    person in people
                    and person not in found
                    and each.kind in kinds[measure]
                    and self.is_heard(each, when)
                ):
                    found.add(person)
        return found

    def is_inside(self, community: int, day: date) -> bool:
        """Whether people of a community may be told of: it is open, and the bot is in its room."""
        out, back = self.change(community, "put_out"), self.change(community, "back")
        is_out = bool(out and back and paris(out) < day < paris(back))
        return self.is_there(community, day) and not is_out

    def not_inside(self, community: int, since: date, until: date) -> Expected:
        """Why nothing is told of the people of a community in a period."""
        day = self.last_counted(since, until)
        if until < self.opened(community):
            return Expected(None, "before", False)
        is_known = day is not None and self.known(community, day) != ""
        return Expected(None, "small" if is_known else "not_measured", until > self.end)

    def inside(self, measure: str, community: int, told: Sequence[Point]) -> int:
        """Compare what is told of the people of a community, day after day, with who they were; say of how many days.

        Who came and who left is counted once five did, each together with the others; who left is counted until then
        as they were. told: of days, the earliest first.
        """
        may: list[dict[int, bool]] = []
        before: tuple[object, object] | None = None
        number = 0
        for each in told:
            number += 1
            said = Expected(None, each.why, each.partial)
            if each.told is None:
                assert said == self.not_inside(community, each.since, each.until), (measure, community, each)
                continue
            assert said == Expected(None, *self.of_people(measure, each.since, each.until)[1:]), (community, each)
            when = self.counted(each.since)
            assert when is not None
            assert self.is_inside(community, each.since), (measure, community, each)
            members = self.members(community, when)
            now = dict.fromkeys(members, False)
            now |= dict.fromkeys(self.which(measure, members, each.since, community), True)
            seen = [{who: now.get(who, was) for who, was in some.items()} for some in may]
            if each.taken == each.since:
                new = [now] if before is None else [some for one in seen for some in _together(one, now)]
                may = [
                    some for some in new
                    if len(some) == each.told.of and each.told.low <= sum(some.values()) <= each.told.high
                ]  # fmt: skip
            else:
                assert (each.told, each.taken) == before, (measure, community, each)
                may = seen
            assert may, (measure, community, each, now)
            before = (each.told, each.taken)
        return number


def _together(counted: dict[int, bool], now: dict[int, bool]) -> list[dict[int, bool]]:
    """Of whom may be told after these were counted, who is there now: with those who came, without those who left."""
    came, left = now.keys() - counted.keys(), counted.keys() - now.keys()
    found = [counted]
    if len(came) >= SMALLEST:
        found.append(counted | now)
    if len(left) >= SMALLEST:
        found.append({who: yes for who, yes in counted.items() if who in now})
    if len(came) >= SMALLEST and len(left) >= SMALLEST:
        found.append(now)
    return found
