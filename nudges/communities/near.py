"""Three communities for somebody who has just met the bot: near their work where their profile says what it is.

Nothing that people write or do is looked at: only the job that a profile names, and what communities say of themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.nudge import Context
from bot.say import Line
from nudges.communities import rules
from nudges.communities.capability import nudge
from storage import communities
from storage import people as people_rows
from storage.communities import Community

SHOWN = 3


async def near(ctx: Context, people: Collection[int]) -> dict[int, list[Line]]:
    """Each person -> the communities near their work, completed by the newest; each list says which it is."""
    every = [each for each in await communities.listed(ctx.session) if each.state != "quiet"]
    works = await people_rows.works(ctx.session, people)
    newest, lines = sorted(every, key=_age), dict[str, list[Line]]()
    for work, close in _close({works.get(each, "") for each in people}, every).items():
        others = [each for each in newest if each not in close][: SHOWN - len(close)]
        lines[work] = [*_listed("community-near-work", close), *_listed("community-near-newest", others)]
    return {each: lines[works.get(each, "")] for each in people}


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
