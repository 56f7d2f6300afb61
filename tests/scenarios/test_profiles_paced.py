"""Fields that only a look at one profile tells: asked for one by one, and no faster than the platform lets us."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import col, select

from storage import profiles as rows
from storage.people import Account
from tests.humans.slack import SlackTown
from tests.scenarios.company import PLATFORM, Company

TIER_4 = 100  # calls of a method in a minute (apis/web-api/rate-limits)
OTHERS = 130
SKILLS = {
    "name": "skills",
    "label": {"en": "skills", "fr": "compétences"},
    "why": {"en": "They are found by who needs them.", "fr": "On les trouve quand on en a besoin."},
    "sources": [f"{PLATFORM}:skills"],
    "weight": 10,
}


class Watch:
    """What is asked of the workspace from now on. refused: how often it had to say that it was too fast."""

    def __init__(self, company: Company) -> None:
        assert isinstance(company.town, SlackTown)
        self.company, self.server, self.refused = company, company.town.server, 0
        self._seen = len(self.server.calls)

    async def over(self, **time: float) -> list[str]:
        """Whose profiles were looked at one by one, in this order, at the end of so much time: within one minute."""
        self.company.clock.advance(**time)
        await self.company.looked()
        await self.company.settled()
        made, self._seen = self.server.calls[self._seen :], len(self.server.calls)
        self.refused += sum(answer.get("error") == "ratelimited" for _, _, answer in made)
        return [str(args["user"]) for method, args, _ in made if method == "users.profile.get"]


@pytest.mark.slow
@pytest.mark.parametrize("where", ["slack"])
@pytest.mark.parametrize(
    "settings",
    [{"profiles": {"first_after_days": 30, "first_within_days": 0, "read_per_hour": 3000, "fields": [SKILLS]}}],
)
async def test_profiles_are_looked_at_within_slacks_pace_and_first_of_those_about_to_be_reminded(
    company: Company,
) -> None:
    watch = Watch(company)
    watch.server.limits.mode = "on"
    skills = watch.server.field("skills")
    for number in range(OTHERS):
        watch.server.workspace.add_user(f"person{number}").custom_fields = {skills: {"value": "Roses", "alt": ""}}
    lacking = {watch.server.workspace.add_user(f"lacking{number}").id for number in range(5)}
    await company.acquainted()
    company.app.census.done.clear()  # that round may have begun before they came
    await company.app.census.look()
    async with company.store.write() as session:
        found = list(await session.exec(select(Account).where(Account.kind == "member").order_by(col(Account.id))))
        for each in [one for one in found if one.external_id in lacking]:
            (await rows.begin(session, each.person_id)).next_at = company.clock.now() + timedelta(hours=1)

    first = await watch.over(minutes=5)
    assert set(first[:5]) == lacking
    assert len(first) == TIER_4, "as many as may be asked about in a minute"
    then = await watch.over(minutes=5)
    assert sorted([*first, *then]) == sorted(each.external_id for each in found), "everybody, and nobody twice"
    assert sorted(await watch.over(days=2)) == sorted(lacking), "the others in a week"
    assert watch.refused == 0
