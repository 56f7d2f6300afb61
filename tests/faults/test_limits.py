"""A platform that asks for time, that answers with errors, or not at all: each thing is said once, and in time."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from storage.events import Recorded
from storage.outbox import Duty, Promise
from tests.humans import Human, Town, eventually
from tests.humans.matrix import MatrixTown
from tests.humans.slack import SlackTown
from tests.scenarios.company import PLATFORM, Company
from tests.servers.gate import Fault
from tests.servers.slack.faults import Fault as SlackFault

pytestmark = pytest.mark.parametrize("where", ["slack", pytest.param("matrix", marks=pytest.mark.matrix)])
LIMIT = {"errcode": "M_LIMIT_EXCEEDED", "error": "Too many requests"}


def limited(town: Town, call: str, *, seconds: int) -> None:
    """The next such call is answered by 429. seconds: as its Retry-After says; 0: it has none."""
    if isinstance(town, SlackTown):
        town.server.fault(
            {"post": "chat.postMessage", "profile": "users.info"}[call], "ratelimited", retry_after=seconds
        )
    if isinstance(town, MatrixTown):
        headers = {"Retry-After": str(seconds)} if seconds else {}
        town.gate.faults.append(Fault(call, 429, LIMIT, headers=headers))


def fails(town: Town, status: int, *, effect: bool) -> None:
    """The next post is answered by an error of the server."""
    if isinstance(town, SlackTown):
        town.server.fault("chat.postMessage", "http_after" if effect else "http", status=status)
    if isinstance(town, MatrixTown):
        town.gate.faults.append(Fault("post", status, {}, effect=effect))


def posts(town: Town) -> int:
    """How often the bot tried to post."""
    if isinstance(town, SlackTown):
        return len([name for name, _, _ in town.server.calls if name == "chat.postMessage"])
    assert isinstance(town, MatrixTown)
    return len([line for line in town.gate.lines if "/send/m.room.message/" in line])


async def answered(human: Human, company: Company, words: str = "Your page") -> None:
    """They were told, once."""
    await human.is_told(words)
    await company.settled()
    assert len([text for text in await human.reads() if words in text]) == 1
    assert await company.rows(Promise, state="dead") == []


async def knows(human: Human, company: Company) -> None:
    """They and the bot have met."""
    await human.says("parvis language en")
    await human.is_told("English")
    await company.settled()


# ---------------------------------------------------------------- 429


@pytest.mark.parametrize("seconds", [0, 20])
async def test_a_platform_that_asks_for_time_gets_it(bob: Human, company: Company, seconds: int) -> None:
    """With Retry-After for as long as it says; without, for a while, and not at once again and again."""
    await knows(bob, company)
    before = posts(company.town)
    limited(company.town, "post", seconds=seconds)
    await bob.says("parvis me")

    async def paused() -> bool:
        return any(row.paused for row in await company.rows(Duty))

    await eventually(paused, "it is left alone")
    (until,) = [row.paused for row in await company.rows(Duty) if row.paused]
    left = (until - company.clock.now()).total_seconds()
    assert left <= (seconds or 31)
    assert left > (seconds - 10 if seconds else 0)
    assert posts(company.town) - before <= 1, "nothing was said meanwhile"
    company.clock.advance(seconds=31)
    await answered(bob, company)


@pytest.mark.parametrize("seconds", [0, 25])
async def test_who_speaks_for_the_first_time_while_it_asks_for_time_is_answered_after_it(
    company: Company, seconds: int
) -> None:
    """Who they are cannot be asked for half a minute: that is no reason to give up what they asked for."""
    await company.acquainted()
    zoe = await company.person("zoe")
    limited(company.town, "profile", seconds=seconds)
    await zoe.says("parvis me")

    async def put_off() -> bool:
        return bool([row for row in await company.rows(Recorded, state="new") if row.error])

    await eventually(put_off, "her event waits")
    for _ in range(6):
        company.clock.advance(seconds=5)
        await company.settled()
    assert await company.rows(Recorded, state="parked") == []
    company.clock.advance(seconds=10)
    await answered(zoe, company)


# ---------------------------------------------------------------- 5xx


@pytest.mark.parametrize(("status", "effect"), [(500, False), (502, True), (503, False), (504, True)])
async def test_an_error_of_the_server_is_waited_out_whether_it_did_the_work_or_not(
    bob: Human, company: Company, status: int, effect: bool
) -> None:
    await knows(bob, company)
    fails(company.town, status, effect=effect)
    await bob.says("parvis me")

    async def lost() -> bool:
        return bool([row for row in await company.rows(Promise, state="todo") if row.error])

    await eventually(lost, "the answer is to be tried again")
    company.clock.advance(seconds=15)
    await answered(bob, company)


async def test_who_speaks_for_the_first_time_while_profiles_cannot_be_had_is_answered_once_they_can(
    company: Company,
) -> None:
    zoe = await company.person("zoe")
    town = company.town
    if isinstance(town, SlackTown):
        town.server.fault("users.info", "http", status=503, times=1000)
    if isinstance(town, MatrixTown):
        town.gate.faults.append(Fault("profile", 503, {}, lasting=True))
    await zoe.says("parvis me")

    async def put_off() -> bool:
        return bool([row for row in await company.rows(Recorded, state="new") if row.error])

    await eventually(put_off, "her event waits")
    for _ in range(6):  # more often than what fails by a fault is tried
        company.clock.advance(minutes=5)
        await company.settled()
    assert await company.rows(Recorded, state="parked") == []
    if isinstance(town, SlackTown):
        town.server.faults.clear()
    if isinstance(town, MatrixTown):
        town.gate.faults.clear()
    company.clock.advance(minutes=11)
    await answered(zoe, company)


# ---------------------------------------------------------------- no answer at all


async def test_an_answer_that_never_comes_is_given_up_and_what_it_did_is_found(bob: Human, company: Company) -> None:
    """The message was posted, and the connection stays open without a word."""
    await knows(bob, company)
    town, platform = company.town, company.app.platforms[PLATFORM]
    platform.pace = replace(platform.pace, timeout=1.0)  # else ten seconds
    held: SlackFault | None = None
    waits = asyncio.Event()
    if isinstance(town, SlackTown):
        held = town.server.fault("chat.postMessage", "hold_answer")
    if isinstance(town, MatrixTown):
        town.gate.faults.append(Fault("post", 200, {}, effect=True, held=waits))
    await bob.says("parvis me")

    async def given_up() -> bool:
        return bool([row for row in await company.rows(Promise, state="todo") if row.error.startswith("unreachable")])

    await eventually(given_up, "it is given up")
    company.clock.advance(seconds=15)
    await answered(bob, company)
    waits.set()
    if held:
        held.release()
    await answered(bob, company)
