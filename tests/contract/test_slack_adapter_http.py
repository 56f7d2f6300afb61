"""Slack calls the bot: what is signed is recorded, then acknowledged; whatever else comes is refused."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.chat import Command, Errors, Overloaded, Press, Submission
from bot.config import Listener
from bot.web import Public
from tests.contract.test_slack_adapter import FORM, YES, Site, said
from tests.servers.slack import Fault, SlackServer
from tests.servers.slack.faults import Kind as FaultKind

EVENT = json.dumps({"type": "event_callback", "event_id": "Ev1", "event": {"type": "weather"}}).encode()
STAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"


@asynccontextmanager
async def opened(**other: Any) -> AsyncIterator[Site]:
    """A site that Slack calls. other: as `Site.platform`."""
    async with SlackServer() as server:
        site = Site(server)
        public = Public(Listener(host="127.0.0.1", port=0), site.door.hooks)
        await public.start()
        server.hooks.url = f"http://127.0.0.1:{public.port}/slack/acme"
        await site.start(**{"app_token": "", "signing_secret": server.hooks.secret, **other})
        try:
            yield site
        finally:
            await site.stop()
            await public.stop()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with opened() as site:
        yield site


# ---------------------------------------------------------------- whose request it is


async def test_the_address_is_verified_as_slack_does(site: Site) -> None:
    assert await site.server.hooks.verifies(site.server.hooks.url)
    status, _ = await site.server.hooks.post(b'{"type": "url_verification", "challenge": "x"}', {})
    assert status == 401


@pytest.mark.parametrize(
    "change",
    [
        {SIGNATURE: None},
        {SIGNATURE: ""},
        {SIGNATURE: "v0="},
        {SIGNATURE: "v0=" + "0" * 64},
        {SIGNATURE: "v0=é\u2020ü"},
        {SIGNATURE: "x" * 4000},
        {STAMP: None},
        {STAMP: ""},
        {STAMP: "yesterday"},
        {STAMP: "1e9"},
        {STAMP: "-5"},
        {STAMP: "９９９９９"},
        {STAMP: "9" * 4000},
        {STAMP: "1.5"},
    ],
)
async def test_what_is_not_signed_well_is_refused(site: Site, change: dict[str, str | None]) -> None:
    headers = site.server.hooks.signed(EVENT) | change
    status, _ = await site.server.hooks.post(EVENT, {key: value for key, value in headers.items() if value is not None})
    assert status == 401
    assert site.door.events == {}
    assert site.door.parked == []


async def test_a_body_changed_on_its_way_is_refused(site: Site) -> None:
    status, _ = await site.server.hooks.post(EVENT + b" ", site.server.hooks.signed(EVENT))
    assert status == 401


async def test_what_somebody_recorded_cannot_be_played_again_after_five_minutes(site: Site) -> None:
    site.server.clock.freeze()
    headers = site.server.hooks.signed(EVENT)
    for later, status in ((0, 200), (299, 200), (301, 401)):
        await site.server.advance(later - site_age(site, headers))
        assert (await site.server.hooks.post(EVENT, headers))[0] == status
    ahead = site.server.hooks.signed(EVENT)
    ahead[STAMP] = str(int(ahead[STAMP]) + 400)
    assert (await site.server.hooks.post(EVENT, ahead))[0] == 401


def site_age(site: Site, headers: dict[str, str]) -> float:
    return site.server.clock.now() - int(headers[STAMP])


async def test_without_a_secret_nothing_is_signed() -> None:
    async with opened(signing_secret="") as site:
        site.server.hooks.secret = ""
        assert (await site.server.hooks.post(EVENT, site.server.hooks.signed(EVENT)))[0] == 401


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/json"),
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b'"text"', "application/json"),
        (b"null", "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"payload=%7B", "application/x-www-form-urlencoded"),
        (b"payload=%5B%5D", "application/x-www-form-urlencoded"),
        (b"\xff=\xff", "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=1" % number for number in range(1000)), "application/x-www-form-urlencoded"),
        (b"", ""),
    ],
)
async def test_what_is_signed_and_unreadable_is_said_to_be(site: Site, body: bytes, kind: str) -> None:
    status, _ = await site.server.hooks.post(body, site.server.hooks.signed(body, kind))
    assert status == 400
    assert site.door.events == {}


@pytest.mark.parametrize(
    "payload",
    [{}, {"type": None}, {"type": ["x"]}, {"type": "event_callback", "event": 5}, {"type": "weather", "x": "\ud800"}],
)
async def test_what_is_signed_and_strange_is_acknowledged_and_leaves_a_trace(
    site: Site, payload: dict[str, Any]
) -> None:
    body = json.dumps(payload).encode()
    status, _ = await site.server.hooks.post(body, site.server.hooks.signed(body))
    assert status == 200
    assert len(site.door.parked) == 1


async def test_the_certificate_may_be_looked_at_without_a_signature(site: Site) -> None:
    body, form = b"ssl_check=1&token=x", {"Content-Type": "application/x-www-form-urlencoded"}
    assert await site.server.hooks.post(body, form) == (200, b"")
    assert site.door.events == {}
    command = urlencode({"ssl_check": "0", "command": "/community"}).encode()
    assert (await site.server.hooks.post(command, form))[0] == 401


# ---------------------------------------------------------------- what people do


async def test_commands_presses_forms_and_messages_arrive(site: Site) -> None:
    command = await site.command()
    assert (command.text, command.by, command.room) == ("community mine", site.ana.id, site.square)
    assert await site.bot.open_form(command, FORM)
    site.door.answer = lambda _: Errors(fields={"name": "Taken."})
    assert await site.ana.fill_and_submit({"Name": "Garden", "Purpose": "Seeds"}) == {"Name": "Taken."}
    site.door.answer = lambda _: None
    assert await site.ana.fill_and_submit() == {}
    assert site.ana.view() is None
    assert [each.values["name"] for each in site.door.all(Submission)] == ["Garden"]
    await site.bot.post(site.square, said("Shall we?", YES), name="n")
    assert (await site.ana.press(await site.ana.read("Shall we?", site.square), "Yes")).acked
    assert [each.value for each in site.door.all(Press)] == ["12"]
    await site.ana.dm("été <à> la carte & co")
    await site.server.wait_for(lambda: len(site.door.all(Command)) == 2)
    assert site.door.all(Command)[1].text == "été <à> la carte & co"
    assert site.server.problems == []


async def test_it_is_acknowledged_once_it_is_recorded_and_not_before(site: Site) -> None:
    site.door.hold = asyncio.Event()
    asked = asyncio.create_task(site.ana.command("/community", "mine", where=site.square))
    await site.server.wait_for(lambda: site.door.handed)
    assert site.server.sockets.waiting
    assert site.server.hooks.statuses == []
    site.door.hold.set()
    assert (await asked).acked


async def test_what_is_not_recorded_comes_again_and_is_recorded_once(site: Site) -> None:
    site.door.fault = Overloaded()
    await site.ana.dm("community mine")
    await site.server.wait_for(lambda: 503 in site.server.hooks.statuses)
    site.door.fault = None
    await site.server.advance(1)
    await site.server.wait_for(lambda: site.door.all(Command))
    await site.server.settled()
    again = [each for each in site.server.sockets.sent if each.attempt]
    assert {(each.attempt, each.reason, each.state) for each in again} == {(1, "http_error", "acked")}
    site.server.sockets.redeliver()  # acknowledged already: Slack did not hear it
    await site.server.settled()
    assert len(site.door.all(Command)) == 1


async def test_retries_come_at_once_after_a_minute_and_after_five(site: Site) -> None:
    site.server.clock.freeze()
    site.door.fault = Overloaded()
    await site.ana.dm("community mine")
    for wait, attempts in ((0, 1), (0, 2), (59, 2), (2, 3), (299, 3), (2, 4), (3600, 4)):
        await site.server.advance(wait)
        await site.server.settled()
        assert site.server.hooks.statuses == [503] * attempts


async def test_a_command_that_is_not_recorded_says_so(site: Site) -> None:
    site.door.fault = Overloaded()
    reply = await site.ana.command("/community", "mine", where=site.square)
    assert "Nothing was recorded." in reply.text


async def test_a_bug_while_recording_is_not_acknowledged_and_never_500(site: Site) -> None:
    site.door.fault = RuntimeError("the disk is full")
    await site.ana.dm("community mine")
    await site.server.wait_for(lambda: site.server.hooks.statuses == [503])
    site.door.fault = None
    await site.server.advance(1)
    await site.server.wait_for(lambda: site.door.all(Command))


async def test_closing_answers_what_is_in_hand_and_takes_nothing_more(site: Site) -> None:
    site.door.hold = asyncio.Event()
    asked = asyncio.create_task(site.ana.command("/community", "mine", where=site.square))
    await site.server.wait_for(lambda: site.door.handed)
    closing = asyncio.create_task(site.stop())
    await asyncio.sleep(0.02)
    late = await site.ana.command("/community", "list", where=site.square)
    assert late.error
    site.door.hold.set()
    assert (await asked).acked
    await closing
    assert [each.text for each in site.door.all(Command)] == ["community mine"]


# ---------------------------------------------------------------- a cold start


@asynccontextmanager
async def starting(fault: FaultKind, **how: Any) -> AsyncIterator[tuple[Site, Fault]]:
    """A site whose bot is served already, and does not hear from Slack who it is."""
    async with SlackServer() as server:
        server.clock.freeze()
        site = Site(server)
        public = Public(Listener(host="127.0.0.1", port=0), site.door.hooks)
        await public.start()
        server.hooks.url = f"http://127.0.0.1:{public.port}/slack/acme"
        trouble = server.fault("auth.test", fault, **how)
        site.bot = site.platform(app_token="", signing_secret=server.hooks.secret, ping=0.05)
        running = asyncio.create_task(site.bot.run(site.door))
        await server.wait_for(lambda: site.door.hooks)
        try:
            yield site, trouble
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await site.stop()
            await public.stop()


async def test_the_address_is_verified_before_slack_says_who_the_bot_is() -> None:
    async with starting("http", status=503, times=1000) as (site, _):
        assert await site.server.hooks.verifies(site.server.hooks.url)
        assert not site.bot.connected


async def test_a_burst_before_the_bot_knows_itself_asks_once_and_loses_nothing() -> None:
    async with starting("hold_answer") as (site, held):
        for number in range(50):
            await site.ana.dm(f"community mine {number}")
        await site.server.wait_for(lambda: site.bot._doorway._busy == 50)
        assert site.door.all(Command) == []
        held.release()
        await site.server.wait_for(lambda: len(site.door.all(Command)) == 50)
        assert site.times("auth.test") == 1


async def test_while_the_bot_cannot_know_itself_nothing_is_acknowledged_and_nothing_is_lost() -> None:
    async with starting("refuse", error="internal_error", times=10_000) as (site, _):
        for number in range(20):
            await site.ana.dm(f"community mine {number}")
        await site.server.settled()
        assert set(site.server.hooks.statuses) == {503}
        site.server.faults.clear()
        await site.server.wait_for(lambda: site.bot.connected)
        await site.server.advance(61)
        await site.server.wait_for(lambda: len(site.door.all(Command)) == 20)
