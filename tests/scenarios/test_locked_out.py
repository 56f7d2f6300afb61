"""A token is revoked while people are at work: what they were to hear waits, and comes once it is good again."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.memory import MemoryPlatform, MemoryServer
from bot.app import App
from bot.chat import Door, LockedOut, Platform
from storage.database import Store
from storage.events import Recorded
from storage.outbox import Attempt, Promise
from tests.humans import Human, eventually
from tests.humans.matrix import MatrixTown
from tests.humans.slack import SlackTown
from tests.humans.towns import ON_MATRIX, ON_SLACK
from tests.scenarios.company import PLATFORM, Company
from tests.servers.synapse import Account

SLACK = pytest.mark.parametrize("where", ON_SLACK)


def revoke(company: Company, *, revoked: bool = True) -> None:
    assert isinstance(company.town, SlackTown)
    company.town.server.bot.revoked = revoked


async def waits(company: Company, *, sending: bool) -> None:
    async def said_so() -> bool:
        return (await company.app.ready())[f"sending {PLATFORM}"] is sending

    await eventually(said_so, "readiness tells of it")


@SLACK
async def test_an_answer_waits_for_a_token_that_is_revoked_and_comes_once(ana: Human, company: Company) -> None:
    await ana.says("parvis me")
    await ana.is_told("Votre page")
    await company.settled()
    before = len([text for text in await ana.reads() if "Votre page" in text])
    revoke(company)
    await ana.says("parvis me")
    await waits(company, sending=False)
    company.clock.advance(minutes=30)
    (row,) = await company.rows(Promise, state="todo")
    assert row.error == "locked_out:token_revoked"
    assert await company.rows(Promise, state="dead") == []
    assert len([text for text in await ana.reads() if "Votre page" in text]) == before
    revoke(company, revoked=False)
    company.clock.advance(minutes=6)
    await waits(company, sending=True)
    await company.settled()
    assert len([text for text in await ana.reads() if "Votre page" in text]) == before + 1


@SLACK
async def test_who_spoke_for_the_first_time_meanwhile_is_answered_too(company: Company) -> None:
    revoke(company)
    zoe = await company.person("zoe", language="en")
    await zoe.says("parvis me")

    async def put_off() -> bool:
        return any(row.error == "token_revoked" for row in await company.rows(Recorded, state="new"))

    await eventually(put_off, "the event waits: nobody can tell who she is")
    for _ in range(8):  # more often than what fails by a fault is tried
        company.clock.advance(minutes=2)

        async def tried() -> bool:
            return all(row.due > company.clock.now() for row in await company.rows(Recorded, state="new"))

        await eventually(tried, "it was looked at again")
    assert await company.rows(Recorded, state="parked") == []
    revoke(company, revoked=False)
    company.clock.advance(minutes=6)
    await zoe.is_told("Your page")


async def signed_in(town: MatrixTown) -> Account:
    """The bot's account with a new token, as an administrator makes one."""
    who = {"type": "m.id.user", "user": town.bot.user_id}
    body = {"type": "m.login.password", "identifier": who, "password": town.bot.password}
    answer = await town.synapse.call("POST", "/_matrix/client/v3/login", body)
    return replace(town.bot, access_token=answer["access_token"], device_id=answer["device_id"])


# A new session is a new device: what was encrypted for the former one only is nothing that it could read.
@pytest.mark.parametrize("where", ON_MATRIX[:1])
async def test_what_waited_for_a_new_session_on_matrix_is_heard_and_said_once(
    ana: Human, alice: Human, company: Company
) -> None:
    """Its session is ended by an administrator; only a new token, and a start with it, brings the bot back."""
    town = company.town
    assert isinstance(town, MatrixTown)
    await ana.types("community request Jardin --purpose Partager des graines --work Les plantations --yes")
    await alice.is_told("Jardin", company.animators)
    await company.settled()
    await town.synapse.call("POST", "/_matrix/client/v3/logout", {}, token=town.bot.access_token)
    await ana.says("parvis me")
    company.clock.advance(days=3)  # the animators are reminded
    await waits(company, sending=False)
    waiting = {row.name: row for row in await company.rows(Promise, error="locked_out:M_UNKNOWN_TOKEN")}
    assert waiting
    assert {row.state for row in waiting.values()} == {"todo"}
    assert not any("Votre page" in text for text in await ana.reads())
    await company.stop()
    town.bot = await signed_in(town)
    await company.restart()
    await ana.is_told("Votre page")
    company.clock.advance(minutes=6)
    await waits(company, sending=True)
    await company.settled()
    assert len([text for text in await ana.reads() if "Votre page" in text]) == 1
    after = {row.name: row for row in await company.rows(Promise) if row.name in waiting}
    assert {row.state for row in after.values()} == {"sent"}
    assert await company.rows(Promise, state="dead") == []
    said = [each.promise_id for each in await company.rows(Attempt) if each.outcome in {"sent", "found"}]
    assert all(said.count(row.id) == 1 for row in after.values())


class Fickle(MemoryPlatform):
    """It runs, and ceases to accept the bot when told to; then so many times more."""

    def __init__(self, server: MemoryServer, refusals: int, *, at_once: bool) -> None:
        super().__init__(server)
        self.ends = asyncio.Event()
        self.refusals = refusals
        self.at_once = at_once

    async def run(self, door: Door) -> None:
        if self.refusals == 0:
            await super().run(door)
        if not self.at_once:
            running = asyncio.ensure_future(super().run(door))
            await self.ends.wait()
            running.cancel()
            await asyncio.wait({running})
        self.refusals -= 1
        self.at_once = True
        raise LockedOut("token_revoked", "access_token")


@pytest.mark.parametrize("where", ["memory"])
async def test_a_platform_that_ceases_to_accept_the_bot_is_tried_ever_more_rarely(
    company: Company, tmp_path: Path
) -> None:
    waits: list[float] = []

    async def rest(seconds: float) -> None:
        waits.append(seconds)

    await company.stop()
    server = MemoryServer(PLATFORM, company.clock.now)
    fickle = Fickle(server, 3, at_once=False)
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'parvis.db'}", migrate=False)
    platforms: dict[str, Platform] = {PLATFORM: fickle}
    app = App(company.config(), store, platforms, company.clock.now, rest=rest)
    await app.start()

    async def connected() -> bool:
        return fickle.connected

    await eventually(connected, "it connects")
    for _ in range(4):  # and is seen to
        await asyncio.sleep(0.05)
    fickle.ends.set()

    async def again() -> bool:
        return fickle.refusals == 0 and fickle.connected

    await eventually(again, "it is let in again")
    assert waits == [5, 10, 20]
    assert app.tasks.failed is not None
    assert not app.tasks.failed.done(), "the bot goes on: other platforms may be well"
    await app.stop()
    await store.close()


@pytest.mark.parametrize("where", ["memory"])
async def test_a_platform_that_never_accepted_the_bot_ends_the_start(company: Company, tmp_path: Path) -> None:
    await company.stop()
    fickle = Fickle(MemoryServer(PLATFORM, company.clock.now), 1, at_once=True)
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'parvis.db'}", migrate=False)
    app = App(company.config(), store, {PLATFORM: fickle}, company.clock.now)
    await app.start()
    assert app.tasks.failed is not None
    error = await asyncio.wait_for(app.tasks.failed, 5)
    assert isinstance(error, LockedOut)
    assert app.tasks.stopped == f"platform {PLATFORM}"
    await app.stop()
    await store.close()
