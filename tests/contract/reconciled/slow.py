"""The same figures, slowly: every one by going through everything that happened, as its definition says.

It shares nothing with the bot but the stream.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

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
        found = set()
        for back in range(window):
            for each in self.by_day.get(day - timedelta(days=back), []):
                person = self.company.accounts[each.account]
                if each.night <= self.night(day) and person in people and is_it(each):
                    found.add(person)
        return len(found)

    def people(self, measure: str, people: set[int], day: date, community: int = 0) -> int:
        """How many of these people are so by the end of a day. community: there; 0: in any."""
        kinds = {"adopting": ("spoke", "replied", "reacted", "read"), "active": ("spoke", "replied", "reacted")}
        kinds["activated"] = kinds["adopting"]
        window = (day - START).days + 2 if measure == "activated" else self.window
        return self.did(
            people, day, lambda each: each.kind in kinds[measure] and community in {0, each.community}, window
        )
