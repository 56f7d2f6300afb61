"""Three communities for somebody who is new: near their work where their profile says what it is.

Nothing that people write or do is looked at: only the job that a profile names, the job, department and place that the
company's list has, and what communities say of themselves.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence

from bot.lookup import fold
from bot.nudge import Context
from bot.say import Line
from nudges.communities import rules
from nudges.communities.capability import nudge
from storage import communities, roster
from storage import people as people_rows
from storage.communities import Community
from storage.roster import Entry

SHOWN = 3
PLACES = frozenset({"location", "place", "site", "office", "city", "town", "lieu", "ville", "bureau", "agence"})
"""How a column of the company's list is called that says where somebody works."""


async def near(ctx: Context, people: Collection[int]) -> Mapping[int, Sequence[Line]]:
    """The communities near each one's work, completed by the newest; each list says which it is."""
    every = [each for each in await communities.listed(ctx.session) if each.state != "quiet"]
    works, listed = await people_rows.works(ctx.session, people), await roster.of_people(ctx.session, people)
    said = {who: " ".join([works.get(who, ""), *_listed_as(listed.get(who))]) for who in people}
    newest, lines = sorted(every, key=_age), dict[str, list[Line]]()
    for work, close in _close(set(said.values()), every).items():
        others = [each for each in newest if each not in close][: SHOWN - len(close)]
        lines[work] = [*_listed("community-near-work", close), *_listed("community-near-newest", others)]
    return {who: lines[work] for who, work in said.items()}


def _listed_as(entry: Entry | None) -> list[str]:
    """What the company's list says of somebody's work, and of where they do it."""
    if entry is None:
        return []
    places = [str(said) for column, said in json.loads(entry.more).items() if fold(column) in PLACES]
    return [entry.job, entry.department, *places]


def _close(works: Collection[str], every: Sequence[Community]) -> dict[str, list[Community]]:
    numbered = {str(each.id): each for each in every}
    known = [rules.Known(key, each.name, f"{each.purpose} {each.work}") for key, each in numbered.items()]
    found = rules.near_works(works, known, SHOWN)
    return {work: [numbered[each.key] for each in close] for work, close in found.items()}


def _age(community: Community) -> float:
    """Seconds: the newest comes first."""
    return -(community.opened_at or community.created_at).timestamp()


def _listed(heading: str, shown: Sequence[Community]) -> list[Line]:
    if not shown:
        return []
    items = [Line(id="community-list-item", kind="item", args={"name": c.name, "purpose": c.purpose}) for c in shown]
    return [Line(id=heading), *items]


nudge.greeting = near
