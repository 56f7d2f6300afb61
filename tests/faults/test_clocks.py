"""A clock that is set, ahead and back; and the two nights of the year when the hands of all clocks are moved."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from storage.events import Recorded
from storage.outbox import Attempt, Duty, Promise
from tests.humans import Human, eventually
from tests.scenarios.company import HOME, PLATFORM, Company
from tests.scenarios.test_communities import Fresh, asks

WHERE = pytest.mark.parametrize("where", ["memory", "slack"])
STEPS = pytest.mark.parametrize("hours", [-3, 3])


async def waits(company: Company, what: str, found: Callable[[], Awaitable[list[object]]]) -> None:
    async def there() -> bool:
        return bool(await found())

    await eventually(there, what)


async def noticed(company: Company) -> None:
    """Wait until the bot has seen that its clock was set back."""

    async def seen() -> bool:
        now = company.clock.now()
        waiting = [*await company.rows(Recorded, state="new"), *await company.rows(Promise, state="todo")]
        pauses = [row for row in await company.rows(Duty) if row.paused and row.paused > now]
        return not pauses and all(row.due <= now + timedelta(minutes=1) for row in waiting)

    await eventually(seen, "nothing waits for hours")


# ---------------------------------------------------------------- set by somebody


@WHERE
@STEPS
async def test_who_waits_for_the_next_try_does_not_wait_for_hours(company: Company, hours: int) -> None:
    await company.acquainted()
    zoe = await company.person("zoe", language="en")
    await company.town.break_call("profile")
    await zoe.says("parvis me")

    async def put_off() -> list[object]:
        return [row for row in await company.rows(Recorded, state="new") if row.tries]

    await waits(company, "her event is to be tried again", put_off)
    company.clock.advance(hours=hours)
    await noticed(company)
    company.clock.advance(seconds=10)
    await zoe.is_told("Your page")
    assert len([text for text in await zoe.reads() if "Your page" in text]) == 1


@WHERE
@STEPS
async def test_what_could_not_be_said_is_said_soon_and_once(bob: Human, company: Company, hours: int) -> None:
    await company.town.break_call("post")
    await bob.says("parvis me")

    async def lost() -> list[object]:
        return [row for row in await company.rows(Promise, state="todo") if row.error]

    await waits(company, "the answer is to be tried again", lost)
    company.clock.advance(hours=hours)
    await noticed(company)
    company.clock.advance(seconds=20)
    await bob.is_told("Your page")
    await company.settled()
    assert len([text for text in await bob.reads() if "Your page" in text]) == 1
    assert {row.state for row in await company.rows(Promise)} == {"sent"}


@WHERE
async def test_a_platform_that_asked_for_half_a_minute_is_not_left_alone_for_hours(
    bob: Human, company: Company
) -> None:
    await company.town.rate_limit("post", 30)
    await bob.says("parvis me")

    async def paused() -> list[object]:
        return [row for row in await company.rows(Duty) if row.paused]

    await waits(company, "it is left alone", paused)
    company.clock.advance(hours=-3)
    await noticed(company)
    company.clock.advance(seconds=31)
    await bob.is_told("Your page")


@WHERE
async def test_to_and_fro_nothing_is_said_twice(ana: Human, alice: Human, company: Company, fresh: Fresh) -> None:
    name = fresh("Jardin")
    await asks(ana, name, company)
    for hours in (-5, 3, -26):
        company.clock.advance(hours=hours)
        await company.settled()
        await ana.says("parvis me")
        await company.settled()
    await ana.says("community mine")
    await ana.is_told(name)
    told = await alice.reads(company.animators)
    assert len(told) == len(set(told))
    assert len([text for text in await ana.reads() if "Votre page" in text]) == 3
    assert {row.state for row in await company.rows(Promise)} <= {"sent", "later"}
    sent = [row.promise_id for row in await company.rows(Attempt) if row.outcome == "sent"]
    assert len(sent) == len(set(sent))


# ---------------------------------------------------------------- moved everywhere, twice a year


NIGHTS = [
    # On this night 02:15 never happens: what waits for it is said at three, the first instant after.
    pytest.param(datetime(2027, 3, 27, 22, tzinfo=HOME), datetime(2027, 3, 28, 1, 0, tzinfo=UTC), id="spring"),
    # On this one it happens twice: it is said the first time, and not again an hour later.
    pytest.param(datetime(2027, 10, 30, 22, tzinfo=HOME), datetime(2027, 10, 31, 0, 15, tzinfo=UTC), id="autumn"),
]
SHIFT = {"working_time": {"start": "02:15", "end": "06:00", "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}}


@pytest.mark.parametrize("where", ["memory"])
@pytest.mark.parametrize("settings", [SHIFT])
@pytest.mark.parametrize(("evening", "due"), NIGHTS)
async def test_what_waits_for_an_hour_of_such_a_night_is_said_once(
    bob: Human, alice: Human, company: Company, fresh: Fresh, evening: datetime, due: datetime
) -> None:
    """Whoever works at night is told of a decision when their shift begins."""
    name = fresh("Orchard")
    company.clock.advance_to(evening)
    await company.settled()
    number = await asks(bob, name, company)
    await alice.types(f"community approve {number}", company.animators)
    await company.settled()
    told = f"“{name}” is open"
    await bob.is_not_told(told)
    company.clock.advance_to(due - timedelta(minutes=1))
    await company.settled()
    await bob.is_not_told(told)
    company.clock.advance_to(due + timedelta(seconds=30))
    await bob.is_told(told)
    await company.settled()
    (row,) = await company.rows(Promise, name=f"opening:{number}:told")
    assert row.sent_at is not None
    assert row.sent_at - due < timedelta(minutes=1)
    for _ in range(5):
        company.clock.advance(hours=1)
        await company.settled()
    assert len([text for text in await bob.reads() if told in text]) == 1
    assert row.platform == PLATFORM
