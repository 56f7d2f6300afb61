"""What has cost others events, acknowledgements or channels on Slack, each tried."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from bot.chat import Command, Message, NotAllowed, Overloaded
from tests.contract.test_slack_adapter import GARDEN, PING, YES, Door, Site, opened, said
from tests.servers.slack import SlackServer


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with opened() as site:
        yield site


@pytest.fixture
async def frail() -> AsyncIterator[Site]:
    """A site that notices soon that its connection is lost."""
    async with opened(ping=PING) as site:
        yield site


# ---------------------------------------------------------------- the connection


async def test_a_refresh_that_fails_once_is_made_up_for(frail: Site) -> None:
    """The library stays on the socket that it was asked to leave, and asks for no other."""
    [old] = frail.server.sockets.open
    failed = frail.server.fault("apps.connections.open", "refuse", error="internal_error")
    await frail.server.sockets.disconnect("refresh_requested")
    await frail.server.wait_for(lambda: failed.hits)
    await frail.server.wait_for(lambda: frail.server.sockets.open and old not in frail.server.sockets.open)
    await frail.server.wait_for(lambda: frail.bot.connected)
    assert (await frail.ana.command("/community", "mine", where=frail.square)).acked


async def test_a_refresh_that_succeeds_is_left_alone(frail: Site) -> None:
    [old] = frail.server.sockets.open
    await frail.server.sockets.disconnect("refresh_requested")
    await frail.server.wait_for(lambda: frail.server.sockets.open and old not in frail.server.sockets.open)
    opens = frail.times("apps.connections.open")
    loop = asyncio.get_running_loop()
    later = loop.time() + 6 * PING  # longer than the watch waits before it builds anew
    await frail.server.wait_for(lambda: loop.time() > later)
    assert frail.times("apps.connections.open") == opens


async def test_an_address_refused_at_a_refresh_is_given_up_for_a_new_one(frail: Site) -> None:
    """The library tries the same address for ever, and each is good for one connection."""
    frail.server.sockets.refuse_upgrades = True
    opens = frail.times("apps.connections.open")
    await frail.server.sockets.disconnect("warning")
    await frail.server.wait_for(lambda: frail.times("apps.connections.open") >= opens + 3)
    frail.server.sockets.refuse_upgrades = False
    await frail.server.wait_for(lambda: frail.bot.connected)
    assert (await frail.ana.command("/community", "mine", where=frail.square)).acked


async def test_what_is_sent_between_the_farewell_and_the_new_socket_is_not_lost(frail: Site) -> None:
    """Slack goes on sending to a socket that it asked to leave; what is not acknowledged there comes again."""
    [old] = frail.server.sockets.open
    await frail.server.sockets.disconnect("refresh_requested")
    count = 0
    while old in frail.server.sockets.open:  # before and while the new socket opens, and while the old one is left
        await frail.ana.dm(f"community info {count}")
        count += 1
        await asyncio.sleep(0)
    await frail.server.wait_for(lambda: frail.bot.connected)
    await frail.server.advance(4)  # Slack waits for three seconds, and sends again at once
    await frail.server.wait_for(lambda: not frail.server.sockets.waiting)
    heard = {event.text for event in frail.door.all(Command)}
    assert heard == {f"community info {number}" for number in range(count)}
    lost = [each for each in frail.server.sockets.sent if each.state in {"unanswered", "unsent"}]
    assert lost, "else nothing was sent in between, and this shows nothing"
    again = [each.payload["event_id"] for each in frail.server.sockets.sent if each.attempt and each.state == "acked"]
    assert {each.payload["event_id"] for each in lost} <= set(again)


async def test_a_command_is_heard_there_or_its_person_is_told_that_it_was_not(frail: Site) -> None:
    """Commands do not come again: either it is acknowledged, or Slack says that the app did not answer."""
    [old] = frail.server.sockets.open
    await frail.server.sockets.disconnect("refresh_requested")
    asked = asyncio.create_task(frail.ana.command("/community", "mine", where=frail.square))
    await frail.server.wait_for(lambda: frail.server.sockets.open and old not in frail.server.sockets.open)
    await frail.server.advance(4)
    reply = await asked
    assert reply.acked == bool(frail.door.all(Command))
    assert reply.acked or reply.error


# ---------------------------------------------------------------- acknowledgements


async def test_what_fails_right_after_the_acknowledgement_does_not_take_it_back(site: Site) -> None:
    """With bolt's own runner, an exception within ten milliseconds of ack() cancels it."""

    class Speechless(Door):
        async def not_recorded(self, platform: str, by: str) -> Message:
            raise RuntimeError("no words")

    await site.bot.post(site.square, said("Shall we?", YES), name="n")
    card = await site.ana.read("Shall we?", site.square)
    site.door = Speechless()
    site.door.fault = Overloaded()
    site.bot._doorway.door = site.door
    with capture_logs() as logs:
        assert (await site.ana.press(card, "Yes")).acked
        await site.server.wait_for(lambda: [each for each in logs if each["event"] == "slack.apology_failed"])
    assert site.server.problems == []


# ---------------------------------------------------------------- a cold start


async def test_nothing_is_lost_while_slack_does_not_say_who_the_bot_is() -> None:
    """Bolt acknowledges such events with an apology, and drops them."""
    async with SlackServer() as server:
        site = Site(server)
        server.clock.freeze()
        failing = server.fault("auth.test", "refuse", error="internal_error", times=1000)
        starting = asyncio.create_task(site.start(ping=PING))
        await server.wait_for(lambda: failing.hits)
        for number in range(30):
            await site.ana.dm(f"community mine {number}")
        assert {each.state for each in server.sockets.sent} == {"unsent"}
        server.faults.clear()
        await starting
        asked = site.times("auth.test")
        await server.advance(61)
        await server.wait_for(lambda: len(site.door.all(Command)) == 30)
        assert site.times("auth.test") == asked, "a burst asks no more"
        await site.stop()


async def test_a_burst_asks_once_who_the_bot_is() -> None:
    async with SlackServer() as server:
        site = Site(server)
        held = server.fault("auth.test", "hold_answer")
        asking = [asyncio.create_task(site.bot._identity.me()) for _ in range(200)]
        await server.wait_for(lambda: held.hits)
        held.release()
        assert len(set(await asyncio.gather(*asking))) == 1
        assert site.times("auth.test") == 1
        await site.stop()


async def test_who_gives_up_asking_takes_the_answer_from_nobody() -> None:
    async with SlackServer() as server:
        site = Site(server)
        held = server.fault("auth.test", "hold_answer")
        first, second = (asyncio.create_task(site.bot._identity.me()) for _ in range(2))
        await server.wait_for(lambda: held.hits)
        first.cancel()
        held.release()
        assert (await second).team
        await site.stop()


# ---------------------------------------------------------------- two channels of one name


@pytest.mark.parametrize("answer_first", [True, False])
async def test_two_channels_of_one_name_are_noticed(site: Site, answer_first: bool) -> None:
    site.server.racing_creates = True
    with capture_logs() as logs:
        if answer_first:
            made = await site.bot.create(GARDEN, name="opening:1")
            await site.bot._calls.call("conversations.create", name=GARDEN.slug)  # as another process of ours does
        else:
            await site.bot._calls.call("conversations.create", name=GARDEN.slug)
            await site.server.settled()
            made = await site.bot.create(GARDEN, name="opening:1")
        await site.server.wait_for(lambda: site.door.parked)
    [twin] = [each.id for each in site.server.workspace.channels.values() if each.name == "garden" and each.id != made]
    assert site.door.parked == [f"two_channels_of_one_name:{made},{twin}"]
    assert [each["event"] for each in logs if each["log_level"] == "error"] == ["slack.two_channels_of_one_name"]


async def test_a_channel_made_once_is_no_twin(site: Site) -> None:
    await site.bot.create(GARDEN, name="opening:1")
    await site.ana.create_channel("orchard")
    await site.server.settled()
    assert site.door.parked == []


# ---------------------------------------------------------------- limits, and what was taken away


async def test_events_withheld_by_slack_leave_a_trace_and_are_not_sent_again(site: Site) -> None:
    """No listener of bolt's can match this one: unacknowledged, it comes again and again."""
    limited = {"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1518467820, "api_app_id": "A1"}
    sent = site.server.sockets.send("events_api", limited)
    await site.server.settled()
    assert sent.state == "acked"
    assert site.door.parked == ["app_rate_limited"]


async def test_a_scope_taken_away_is_named_once_and_the_call_is_refused_with_the_reason(site: Site) -> None:
    site.server.bot.scopes.discard("chat:write")
    with capture_logs() as logs:
        for number in range(3):
            with pytest.raises(NotAllowed, match="missing_scope"):
                await site.bot.post(site.square, said("x"), name=f"n{number}")
    [told] = [each for each in logs if each["event"] == "slack.scope_missing"]
    assert (told["method"], told["needed"]) == ("chat.postMessage", "chat:write")
    [finding] = [each for each in await site.bot.examine() if each.code == "permission" and each.state == "wrong"]
    assert finding.about == "chat:write"
    site.server.bot.scopes.add("chat:write")
    assert await site.bot.post(site.square, said("x"), name="n")
