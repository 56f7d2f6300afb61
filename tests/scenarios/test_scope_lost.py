"""A permission is taken away from the app while people are at work: nothing is lost without a trace."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from storage import outbox
from storage.outbox import Promise
from tests.humans import Human
from tests.humans.slack import SlackTown
from tests.humans.towns import ON_SLACK
from tests.scenarios.company import Company


@pytest.mark.parametrize("where", ON_SLACK)
async def test_what_may_not_be_said_any_more_waits_for_an_administrator_with_its_reason(
    ana: Human, company: Company
) -> None:
    assert isinstance(company.town, SlackTown)
    await ana.says("parvis me")
    await ana.is_told("Votre page")
    company.town.server.bot.scopes.discard("chat:write")
    with capture_logs() as logs:
        await ana.says("parvis langue en")
        await company.settled()
    [lost] = await company.rows(Promise, state="dead")
    assert lost.error.endswith("missing_scope")
    assert [each["needed"] for each in logs if each["event"] == "slack.scope_missing"] == ["chat:write"]
    company.town.server.bot.scopes.add("chat:write")
    async with company.store.write() as session:
        assert await outbox.retry(session, lost.name, company.clock.now())  # `parvis outbox retry`
    company.app.wake()
    await ana.is_told("From now on I will write to you in English")
