"""How envelopes travel: deadlines, acks on any socket, events that come again, presses that are lost, sockets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.servers.slack import BOT_USER_ID, SlackServer
from tests.servers.slack import shapes as judge
from tests.servers.slack.probe import Probe


@pytest_asyncio.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with SlackServer() as running:
        running.clock.freeze()
        yield running
        assert judge.all_differences(running) == []


def bot(server: SlackServer) -> AsyncWebClient:
    return AsyncWebClient(token=server.bot_token, base_url=server.api_url)


async def test_hello_then_envelopes_look_like_slacks(server: SlackServer) -> None:
    async with Probe(server) as probe:
        await server.person("alice").dm("hi")
        await server.settled()
    known = judge.facts()["payloads"]
    assert judge.differences(probe.frames[0], known["hello"], "hello") == []
    assert judge.differences(probe.frames[1] | {"payload": {}}, known["envelope"], "envelope") == []
    assert probe.frames[1]["retry_attempt"] == 0


async def test_an_unacked_event_comes_three_more_times_with_the_same_id(server: SlackServer) -> None:
    async with Probe(server, silent=True):
        await server.person("alice").dm("hi")
        event_id = server.sockets.sent[0].payload["event_id"]
        counts = []
        for seconds in (2.9, 0.2, 3, 60, 3, 300, 3, 600):
            await server.advance(seconds)
            counts.append(len(server.sockets.sent))
        # At 3 s at once; a minute after that one failed; five minutes after the next; then never.
        assert counts == [1, 2, 2, 3, 3, 4, 4, 4]
        assert {envelope.payload["event_id"] for envelope in server.sockets.sent} == {event_id}
        assert [envelope.attempt for envelope in server.sockets.sent] == [0, 1, 2, 3]


async def test_a_retry_says_so_on_the_wire(server: SlackServer) -> None:
    async with Probe(server, silent=True) as probe:
        await server.person("alice").dm("hi")
        await server.advance(3)
        await server.wait_for(lambda: len(probe.of("events_api")) == 2)
    assert [(f["retry_attempt"], f["retry_reason"]) for f in probe.of("events_api")] == [(0, ""), (1, "timeout")]


async def test_an_unacked_command_is_lost_and_the_person_is_told(server: SlackServer) -> None:
    async with Probe(server, silent=True) as probe:
        typing = asyncio.create_task(server.person("alice").command("/community", "hi"))
        await server.wait_for(lambda: probe.of("slash_commands"))
        await server.advance(3)
        assert (await typing).error == "operation_timeout"
        await server.advance(600)
    assert len(probe.of("slash_commands")) == 1


async def test_without_a_socket_presses_fail_at_once_and_events_come_later(server: SlackServer) -> None:
    alice = server.person("alice")
    assert (await alice.command("/community", "hi")).error == "dispatch_failed"
    await alice.dm("hi")
    async with Probe(server) as probe:
        await server.advance(0)
        await server.wait_for(lambda: probe.of("events_api"))
        await server.settled()
    assert probe.of("events_api")[0]["retry_attempt"] == 1
    assert not probe.of("slash_commands")


async def test_an_ack_counts_on_any_socket(server: SlackServer) -> None:
    async with Probe(server, silent=True) as one, Probe(server, silent=True) as two:
        await server.person("alice").dm("hi")
        await server.wait_for(lambda: one.of("events_api") or two.of("events_api"))
        came, other = (one, two) if one.of("events_api") else (two, one)
        assert not other.of("events_api")  # one of them only
        await other.ack(came.of("events_api")[0])
        await server.settled()
    assert server.sockets.sent[0].state == "acked"
    assert server.problems == []


async def test_envelopes_take_turns_on_the_sockets(server: SlackServer) -> None:
    async with Probe(server) as one, Probe(server) as two:
        for number in range(4):
            await server.person("alice").dm(str(number))
        await server.settled()
        assert (len(one.of("events_api")), len(two.of("events_api"))) == (2, 2)


async def test_a_late_ack_is_noted_and_does_not_count(server: SlackServer) -> None:
    async with Probe(server, silent=True) as probe:
        await server.person("alice").dm("hi")
        await server.wait_for(lambda: probe.of("events_api"))
        await server.advance(3)
        await probe.ack(probe.of("events_api")[0])
        await server.wait_for(lambda: server.problems)
    assert server.sockets.sent[0].state == "late"
    assert "too late" in server.problems[0]


async def test_an_acked_event_comes_again_when_a_test_wants_it(server: SlackServer) -> None:
    async with Probe(server) as probe:
        await server.person("alice").dm("hi")
        await server.settled()
        server.sockets.redeliver()
        server.sockets.duplicates = True
        await server.person("alice").dm("twice")
        await server.settled()
    ids = [frame["payload"]["event_id"] for frame in probe.of("events_api")]
    assert len(ids) == 4
    assert len(set(ids)) == 2


async def test_a_ticket_is_good_for_one_socket(server: SlackServer) -> None:
    url = server.sockets.ticket()
    async with aiohttp.ClientSession() as session, session.ws_connect(url):
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)


async def test_upgrades_can_be_refused(server: SlackServer) -> None:
    server.sockets.refuse_upgrades = True
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(server.sockets.ticket())


async def test_the_eleventh_socket_is_turned_away(server: SlackServer) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = [await session.ws_connect(server.sockets.ticket()) for _ in range(10)]
        await server.connected(10)
        turned_away = await session.ws_connect(server.sockets.ticket())
        assert (await turned_away.receive_json())["reason"] == "too_many_websockets"
        for socket in sockets:
            await socket.close()


async def test_pongs_carry_what_the_ping_carried_unless_muted(server: SlackServer) -> None:
    async with aiohttp.ClientSession() as session:
        socket = await session.ws_connect(server.sockets.ticket(), autoping=False)
        await socket.receive()
        await socket.ping(b"sdk-ping-pong:1")
        assert (await socket.receive()).data == b"sdk-ping-pong:1"
        server.sockets.mute_pongs = True
        await socket.ping(b"sdk-ping-pong:2")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(socket.receive(), 0.05)


async def test_a_cut_connection_leaves_presses_unanswered(server: SlackServer) -> None:
    async with Probe(server, silent=True) as probe:
        await server.sockets.cut()
        await server.wait_for(lambda: probe.ended)
        assert (await server.person("alice").command("/community")).error == "dispatch_failed"


# -- who hears what


async def test_events_come_only_from_where_the_bot_is(server: SlackServer) -> None:
    alice = server.person("alice")
    room, secret = server.channel("room", members=[alice]), server.channel("secret", members=[alice], private=True)
    async with Probe(server):
        await alice.say(room, "unheard")
        await alice.say(secret, "unheard")
        await alice.invite(room)
        await alice.say(room, "heard")
        await alice.archive(secret)
        await server.settled()
    said = [event["text"] for event in server.sockets.events("message") if "subtype" not in event]
    assert said == ["heard"]
    joined = server.sockets.events("member_joined_channel")
    assert [(event["user"], event["inviter"]) for event in joined] == [(BOT_USER_ID, alice.id)]
    assert server.sockets.events("group_archive") == []


async def test_public_channels_are_announced_and_private_ones_are_not(server: SlackServer) -> None:
    async with Probe(server):
        alice = server.person("alice")
        await alice.create_channel("open")
        await alice.create_channel("hidden", private=True)
        await server.settled()
    assert [event["channel"]["name"] for event in server.sockets.events("channel_created")] == ["open"]


async def test_without_subscription_or_scope_no_event(server: SlackServer) -> None:
    async with Probe(server):
        server.events.subscribed.discard("message.im")
        await server.person("alice").dm("hi")
        server.bot.scopes.discard("users:read")
        server.person("alice").arrive()
        await server.settled()
    assert server.sockets.events() == []


async def test_own_posts_come_back_with_the_bots_id(server: SlackServer) -> None:
    async with Probe(server):
        name = {"event_type": "parvis_delivery", "event_payload": {"id": "42"}}
        await bot(server).chat_postMessage(channel=server.person("alice").id, text="mine", metadata=name)
        await server.settled()
    event = server.sockets.events("message")[0]
    assert (event["user"], "bot_id" in event) == (BOT_USER_ID, True)
    assert event["metadata"] == {"event_type": "parvis_delivery"}


async def test_a_mention_is_heard_twice_in_channels_and_once_in_direct_messages(server: SlackServer) -> None:
    alice = server.person("alice")
    room = server.channel("room", members=[alice], with_bot=True)
    async with Probe(server):
        await alice.say(room, "hello @parvis")
        await alice.dm("hello @parvis")
        await server.settled()
    assert len(server.sockets.events("app_mention")) == 1
    assert len(server.sockets.events("message")) == 2


async def test_edits_and_deletions_are_events(server: SlackServer) -> None:
    alice = server.person("alice")
    async with Probe(server):
        said = await alice.dm("first")
        await alice.edit(said, "second")
        await alice.delete(said)
        await server.settled()
    changed, deleted = server.sockets.events("message")[1:]
    assert (changed["previous_message"]["text"], changed["message"]["text"]) == ("first", "second")
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", said.ts)


async def test_custom_profile_fields_change_without_an_event(server: SlackServer) -> None:
    alice = server.person("alice")
    async with Probe(server):
        alice.set_custom_field("X012345678", "Chess club")
        alice.set_profile(title="Captain")
        await server.settled()
    events = server.sockets.events("user_change")
    assert [event["user"]["profile"]["title"] for event in events] == ["Captain"]
    members = (await bot(server).users_list())["members"]
    assert not any("fields" in member["profile"] for member in members)
    profile = (await bot(server).users_profile_get(user=alice.id))["profile"]
    assert profile["fields"]["X012345678"]["value"] == "Chess club"


async def test_a_leaver_is_still_listed_and_cannot_be_written_to(server: SlackServer) -> None:
    alice = server.person("alice")
    alice.deactivate()
    members = (await bot(server).users_list())["members"]
    assert [member["deleted"] for member in members if member["id"] == alice.id] == [True]
    with pytest.raises(SlackApiError, match="user_disabled"):
        await bot(server).conversations_open(users=alice.id)
