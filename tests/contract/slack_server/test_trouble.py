"""Rate limits, trouble on demand, and the mention meter of our Slack."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.servers.slack import Person, SlackServer
from tests.servers.slack.making import error, plain, section

JSON = dict[str, Any]


# -- limits


async def test_one_post_per_second_and_channel(server: SlackServer, client: AsyncWebClient, room: str) -> None:
    server.limits.mode = "on"
    other = server.channel("other", with_bot=True).id
    await client.chat_postMessage(channel=room, text="1")
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=room, text="2")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "1"
    assert caught.value.response["error"] == "ratelimited"
    await client.chat_postMessage(channel=other, text="2")
    await server.advance(1)
    await client.chat_postMessage(channel=room, text="2")


async def test_tiers_count_calls_per_minute(server: SlackServer, client: AsyncWebClient) -> None:
    server.limits.mode = "on"
    for _ in range(20):
        await client.users_list()
        await server.advance(1)
    with pytest.raises(SlackApiError) as caught:
        await client.users_list()
    assert caught.value.response.headers["Retry-After"] == "40"
    await server.advance(40)
    await client.users_list()
    assert (await client.auth_test())["ok"]  # another method, another count


async def test_without_limits_nothing_waits(client: AsyncWebClient, room: str) -> None:
    for number in range(30):
        await client.chat_postMessage(channel=room, text=str(number))


# -- faults


async def test_the_answer_of_a_done_call_can_be_lost(
    server: SlackServer, client: AsyncWebClient, room: str, alice: Person
) -> None:
    server.fault("chat.postMessage", "drop_answer")
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=room, text="once")
    assert [seen.text for seen in alice.visible_messages(room)] == ["once"]
    # What the SDK does unless told not to: it posts again.
    eager = AsyncWebClient(token=server.bot_token, base_url=server.api_url)
    server.fault("chat.postMessage", "drop_answer")
    await eager.chat_postMessage(channel=room, text="twice")
    assert [seen.text for seen in alice.visible_messages(room)] == ["once", "twice", "twice"]


async def test_faults_before_and_after_the_effect(
    server: SlackServer, client: AsyncWebClient, room: str, alice: Person
) -> None:
    server.fault("chat.postMessage", "http")
    server.fault("chat.postMessage", "http_after", status=503)
    server.fault("chat.postMessage", "refuse", error="restricted_action")
    statuses = []
    for text in ("lost", "kept", "refused"):
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel=room, text=text)
        statuses.append(caught.value.response.status_code)
    assert statuses == [500, 503, 200]
    server.fault("chat.postMessage", "drop_call")
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=room, text="dropped")
    assert [seen.text for seen in alice.visible_messages(room)] == ["kept"]


async def test_a_fault_meets_only_the_calls_it_is_for(server: SlackServer, client: AsyncWebClient, room: str) -> None:
    fault = server.fault("chat.postMessage", "refuse", times=2, when=lambda call: call.text("text") == "bad")
    await client.chat_postMessage(channel=room, text="good")
    for _ in range(2):
        assert await error(client, "chat.postMessage", channel=room, text="bad") == "internal_error"
    await client.chat_postMessage(channel=room, text="bad")
    assert fault.hits == 2


async def test_a_rate_limit_on_demand_is_what_the_sdk_understands(server: SlackServer, room: str) -> None:
    handlers = [AsyncRateLimitErrorRetryHandler(max_retry_count=1)]
    patient = AsyncWebClient(token=server.bot_token, base_url=server.api_url, retry_handlers=list(handlers))
    server.fault("chat.postMessage", "ratelimited", retry_after=0)
    assert (await patient.chat_postMessage(channel=room, text="x"))["ok"]


async def test_a_call_can_be_held(server: SlackServer, client: AsyncWebClient, room: str, alice: Person) -> None:
    before = server.fault("chat.postMessage", "hold")
    post = asyncio.create_task(client.chat_postMessage(channel=room, text="x"))
    await before.held.wait()
    assert alice.visible_messages(room) == []
    before.release()
    await post
    after = server.fault("chat.postMessage", "hold_answer")
    post = asyncio.create_task(client.chat_postMessage(channel=room, text="y"))
    await after.held.wait()
    assert [seen.text for seen in alice.visible_messages(room)] == ["x", "y"]
    assert not post.done()
    after.release()
    await post


async def test_two_creates_of_one_name_can_both_succeed(server: SlackServer, client: AsyncWebClient) -> None:
    server.racing_creates = True
    both = await asyncio.gather(*(client.conversations_create(name="chess") for _ in range(2)))
    assert both[0]["channel"]["id"] != both[1]["channel"]["id"]


# -- the mention meter


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("hello <!channel>", {"channel"}),
        ("hello <!here|here>", {"here"}),
        ("hello <@ALICE>", {"user"}),
        ("hello <!subteam^TEAM|@team>", {"subteam"}),
        ("hello &lt;!channel&gt; @channel @alice", set()),
        ("a <https://example.com|link>", set()),
    ],
)
async def test_texts_that_notify(
    server: SlackServer, client: AsyncWebClient, room: str, alice: Person, text: str, why: set[str]
) -> None:
    group = server.group("team", [alice])
    text = text.replace("ALICE", alice.id).replace("TEAM", group.id)
    await client.chat_postMessage(channel=room, text=text)
    assert {m.why for m in server.mentions} == why
    server.mentions.clear()
    await client.chat_postMessage(channel=room, blocks=[section(text)], text="fallback")
    assert {m.why for m in server.mentions} == why
    server.mentions.clear()
    await client.chat_postMessage(channel=room, blocks=[{"type": "header", "text": plain(text)}], text="fallback")
    assert server.mentions == []


async def test_bare_names_notify_only_when_the_app_asks_slack_to_parse(
    server: SlackServer, client: AsyncWebClient, room: str
) -> None:
    await client.chat_postMessage(channel=room, text="@channel hello @alice")
    assert server.mentions == []
    await client.chat_postMessage(channel=room, text="hello @alice", link_names=True)
    await client.chat_postMessage(channel=room, text="@channel", parse="full")
    assert [m.why for m in server.mentions] == ["user", "channel"]


async def test_people_outside_the_channel_and_the_author_are_not_notified(
    server: SlackServer, client: AsyncWebClient, room: str, alice: Person
) -> None:
    bob = server.person("bob")
    await client.chat_postMessage(channel=room, text=f"{bob.mention} <!channel>")
    assert [(m.user_id, m.why) for m in server.mentions] == [(alice.id, "channel")]
    server.mentions.clear()
    await alice.say(room, "@alice @channel")
    assert alice.id not in {m.user_id for m in server.mentions}


async def test_rich_text_mentions_count(server: SlackServer, client: AsyncWebClient, room: str, alice: Person) -> None:
    elements = [{"type": "user", "user_id": alice.id}, {"type": "broadcast", "range": "here"}]
    rich = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}
    await client.chat_postMessage(channel=room, text="x", blocks=[rich])
    assert sorted(m.why for m in server.mentions) == ["here", "user"]
