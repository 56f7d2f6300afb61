"""Three communities for somebody who has just met the bot: near their work where their profile says what it is.

Nothing that people write or do is looked at: only the job that a profile names, and what communities say of themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.nudge import Context
from bot.say import Line
from nudges.communities import rules
from nudges.communities.capability import nudge
from storage import communities
from storage import people as people_rows
from storage.communities import Community

SHOWN = 3


async def near(ctx: Context) -> list[Line]:
    """The communities near one's work, completed by the newest; each list says which it is."""
    every = [each for each in await communities.listed(ctx.session) if each.state != "quiet"]
    theirs = await people_rows.accounts(ctx.session, ctx.actor.person)
    close = _close(" ".join(each.work for each in theirs), every)
    others = [each for each in sorted(every, key=_age) if each not in close]
    newest = others[: SHOWN - len(close)]
    return [*_listed("community-near-work", close), *_listed("community-near-newest", newest)]


def _close(work: str, every: Sequence[Community]) -> list[Community]:
    numbered = {str(each.id): each for each in every}
    known = [rules.Known(key, each.name, f"{each.purpose} {each.work}") for key, each in numbered.items()]
    return [numbered[each.key] for each in rules.near_work(work, known, SHOWN)]


def _age(community: Community) -> float:
    """Seconds: the newest comes first."""
    return -(community.opened_at or community.created_at).timestamp()


def _listed(heading: str, shown: Sequence[Community]) -> list[Line]:
    if not shown:
        return []
    items = [Line(id="community-list-item", kind="item", args={"name": c.name, "purpose": c.purpose}) for c in shown]
    return [Line(id=heading), *items]


nudge.greeting = near
