"""The same figures, slowly: every one by going through everything that happened, as its definition says.

It shares nothing with the bot but the stream, and reads what was told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from nudges.pulse.report import Point
from tests.contract.reconciled.stream import START, Company, Happened

PARIS = ZoneInfo("Europe/Paris")
SMALLEST = 5
AS = {"posts": "spoke", "replies": "replied", "reactions": "reacted", "joins": "joined", "reads": "read"}


class Slow:
    """window: days."""

    def __init__(self, company: Company, window: int) -> None:
        self.company = company
        self.window = window
        self.moves = [each for each in company.stream if each.kind in {"joined", "left"}]
        self.by_day: dict[date, list[Happened]] = {}
        for each in company.stream:
            self.by_day.setdefault(each.at.astimezone(PARIS).date(), []).append(each)

    def night(self, day: date) -> int:
        """The number of the night after a day."""
        return (day - START).days + 1

    def members(self, community: int, day: date) -> set[int]:
        """Who is in a community in the night after a day: by everything that was heard of by then, in that order."""
        found = set(self.company.members[community])
        for each in self.moves:
            if each.night <= self.night(day) and each.community == community:
                if each.kind == "joined":
                    found.add(self.company.accounts[each.account])
                if each.kind == "left":
                    found.discard(self.company.accounts[each.account])
        return found

    def happened(self, measure: str, community: int, day: date, heard: int) -> int:
        """How often something happened on a day, as far as it was heard of by a night."""
        number = 0
        for each in self.by_day.get(day, []):
            if each.kind == AS[measure] and each.community == community and each.night <= heard:
                number += 1
        return number

    def shown(self, day: date) -> dict[int, str]:
        """Under which name each community is told of on a day: its number, or "*"."""
        everybody = {each: self.members(each, day) for each in self.company.members}
        alone = [each for each in everybody if len(everybody[each]) >= SMALLEST]
        together = [each for each in everybody if len(everybody[each]) < SMALLEST]
        if together and len(set().union(*(everybody[each] for each in together))) < SMALLEST:
            smallest = min(alone, key=lambda each: (len(everybody[each]), -each))
            alone.remove(smallest)
            together.append(smallest)
        return {each: str(each) for each in alone} | dict.fromkeys(together, "*")

    def departments(self) -> dict[str, set[int]]:
        """Under which name who is told of: departments of fewer than five people together."""
        found: dict[str, set[int]] = {}
        for person, department in self.company.departments.items():
            size = sum(each == department for each in self.company.departments.values())
            name = "*" if size < SMALLEST else f"={department}" if department else "-"
            found.setdefault(name, set()).add(person)
        return found

    def did(self, people: set[int], day: date, is_it: Callable[[Happened], bool], window: int) -> int:
        """How many of these people did something within the days up to one, as far as it was heard of in the night."""
        return len(self.who(people, day, is_it, window))

    def who(self, people: set[int], day: date, is_it: Callable[[Happened], bool], window: int) -> set[int]:
        """Which of these people did."""
        found = set()
        for back in range(window):
            for each in self.by_day.get(day - timedelta(days=back), []):
                person = self.company.accounts[each.account]
                if each.night <= self.night(day) and person in people and is_it(each):
                    found.add(person)
        return found

    def people(self, measure: str, people: set[int], day: date, community: int = 0) -> int:
        """How many of these people are so by the end of a day. community: there; 0: in any."""
        return len(self.which(measure, people, day, community))

    def which(self, measure: str, people: set[int], day: date, community: int = 0) -> set[int]:
        """Which of these people are."""
        kinds = {"adopting": ("spoke", "replied", "reacted", "read"), "active": ("spoke", "replied", "reacted")}
        kinds["activated"] = kinds["adopting"]
        window = (day - START).days + 2 if measure == "activated" else self.window
        return self.who(
            people, day, lambda each: each.kind in kinds[measure] and community in {0, each.community}, window
        )

    def inside(self, measure: str, community: int, told: Sequence[Point]) -> int:
        """Compare what is told of the people of a community, day after day, with who they were; say of how many days.

        Who came and who left is counted once five did, each together with the others; who left is counted until then
        as they were. told: of days, the earliest first.
        """
        may: list[dict[int, bool]] = []
        before: tuple[object, object] | None = None
        number = 0
        for each in told:
            if each.told is None:
                continue
            members = self.members(community, each.since)
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
            before, number = (each.told, each.taken), number + 1
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
