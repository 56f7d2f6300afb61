"""Channels and messages of our Slack: names, membership, history, pins, uploads."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.servers.slack import Person, SlackServer
from tests.servers.slack.making import error, refused, section

JSON = dict[str, Any]


# -- channels


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "invalid_name_required"),
        ("x" * 81, "invalid_name_maxlength"),
        ("---", "invalid_name_punctuation"),
        ("Chess", "invalid_name_specials"),
        ("chess club", "invalid_name_specials"),
        ("chess.club", "invalid_name_specials"),
        ("general", "name_taken"),
    ],
)
async def test_channel_names(client: AsyncWebClient, name: str, code: str) -> None:
    assert await error(client, "conversations.create", name=name) == code


async def test_letters_of_all_scripts_make_a_name(client: AsyncWebClient) -> None:
    for name in ("échecs-été", "チェス", "x" * 80):
        assert (await client.conversations_create(name=name))["channel"]["name"] == name


async def test_an_archived_channel_keeps_its_name_and_takes_nothing(client: AsyncWebClient, alice: Person) -> None:
    made = (await client.conversations_create(name="chess"))["channel"]["id"]
    await client.conversations_archive(channel=made)
    assert await error(client, "conversations.create", name="chess") == "name_taken"
    assert await error(client, "conversations.archive", channel=made) == "already_archived"
    assert await error(client, "chat.postMessage", channel=made, text="x") == "is_archived"
    assert await error(client, "conversations.invite", channel=made, users=alice.id) == "is_archived"
    assert await error(client, "conversations.join", channel=made) == "is_archived"


@pytest.mark.parametrize("private", [False, True])
async def test_bots_are_put_out_of_what_is_archived_and_only_people_bring_it_back(
    server: SlackServer, client: AsyncWebClient, alice: Person, *, private: bool
) -> None:
    made = (await client.conversations_create(name="chess", is_private=private))["channel"]["id"]
    await client.conversations_invite(channel=made, users=alice.id)
    await client.conversations_archive(channel=made)
    refused_with = "channel_not_found" if private else "not_in_channel"
    assert await error(client, "conversations.unarchive", channel=made) == refused_with
    who = alice if private else server.person("boss", kind="admin")
    theirs = AsyncWebClient(token=server.user_token(who), base_url=server.api_url)
    assert (await theirs.conversations_members(channel=made))["members"] == [alice.id]
    await theirs.conversations_unarchive(channel=made)
    inside = (await theirs.conversations_members(channel=made))["members"]
    assert inside == [alice.id] if private else [alice.id, who.id], "who brings it back is in it"
    assert await error(theirs, "conversations.unarchive", channel=made) == "not_archived"


async def test_who_can_be_invited(server: SlackServer, client: AsyncWebClient, room: str, alice: Person) -> None:
    async def invited(user_id: str) -> str:
        return await error(client, "conversations.invite", channel=room, users=user_id)

    assert await invited(alice.id) == "already_in_channel"
    assert await invited((await client.auth_test())["user_id"]) == "cant_invite_self"
    assert await invited("U0NOBODY00") == "user_not_found"
    assert await invited(server.person("gone", kind="deactivated").id) == "user_not_found"
    assert await invited(server.person("stranger", kind="stranger").id) == "user_not_found"
    guest = server.person("guest", kind="single_channel_guest")
    await client.conversations_invite(channel=room, users=guest.id)
    other = (await client.conversations_create(name="other"))["channel"]["id"]
    assert await error(client, "conversations.invite", channel=other, users=guest.id) == "ura_max_channels"
    # One wrong name stops the others, unless forced.
    bob = server.person("bob")
    both = {"channel": other, "users": f"{bob.id},{alice.id},U0NOBODY00"}
    await refused(client, "conversations.invite", **both)
    assert bob.id not in server.channel("other").members
    answer = await client.api_call("conversations.invite", json=both | {"force": True})
    assert [e["error"] for e in answer["errors"]] == ["user_not_found"]
    assert bob.id in server.channel("other").members


async def test_private_channels_do_not_exist_for_those_outside(
    server: SlackServer, client: AsyncWebClient, alice: Person
) -> None:
    secret = server.channel("secret", members=[alice], private=True).id
    for method in ("conversations.info", "conversations.members", "conversations.history"):
        assert await error(client, method, channel=secret) == "channel_not_found"
    assert await error(client, "chat.postMessage", channel=secret, text="x") == "channel_not_found"
    listed = (await client.conversations_list(types="public_channel,private_channel"))["channels"]
    assert secret not in {channel["id"] for channel in listed}


async def test_history_and_posting_are_for_members(server: SlackServer, client: AsyncWebClient) -> None:
    elsewhere = server.channel("elsewhere").id
    assert await error(client, "conversations.history", channel=elsewhere) == "not_in_channel"
    assert await error(client, "chat.postMessage", channel=elsewhere, text="x") == "not_in_channel"
    await client.conversations_join(channel=elsewhere)
    assert (await client.conversations_history(channel=elsewhere))["ok"]


async def test_where_only_admins_create_the_bot_is_refused_and_an_admins_token_is_not(
    server: SlackServer, client: AsyncWebClient, alice: Person
) -> None:
    server.workspace.only_admins_create = True
    assert await error(client, "conversations.create", name="chess") == "restricted_action"
    for person, allowed in ((alice, False), (server.person("boss", kind="admin"), True)):
        theirs = AsyncWebClient(token=server.user_token(person), base_url=server.api_url)
        if allowed:
            created = (await theirs.conversations_create(name="chess"))["channel"]
            assert created["creator"] == person.id
        else:
            assert await error(theirs, "conversations.create", name="chess") == "restricted_action"


# -- messages


async def test_bots_change_only_their_own_messages(client: AsyncWebClient, room: str, alice: Person) -> None:
    said = await alice.say(room, "mine")
    assert await error(client, "chat.update", channel=room, ts=said.ts, text="x") == "cant_update_message"
    assert await error(client, "chat.delete", channel=room, ts=said.ts) == "cant_delete_message"
    assert await error(client, "chat.delete", channel=room, ts="1.0") == "message_not_found"


async def test_text_alone_takes_the_place_of_blocks(client: AsyncWebClient, room: str, alice: Person) -> None:
    post = await client.chat_postMessage(channel=room, text="x", blocks=[section("with blocks")])
    await client.chat_update(channel=room, ts=post["ts"], text="y", blocks=[section("other blocks")])
    assert alice.visible_messages(room)[-1].text == "other blocks"
    await client.chat_update(channel=room, ts=post["ts"], text="z")
    assert (alice.visible_messages(room)[-1].text, alice.visible_messages(room)[-1].blocks) == ("z", [])


async def test_metadata_stays_through_edits_and_is_shown_when_asked_for(client: AsyncWebClient, room: str) -> None:
    name = {"event_type": "parvis_delivery", "event_payload": {"id": "42"}}
    post = await client.chat_postMessage(channel=room, text="x", metadata=name)
    await client.chat_update(channel=room, ts=post["ts"], text="y")
    hidden = (await client.conversations_history(channel=room))["messages"][0]
    assert hidden["metadata"] == {"event_type": "parvis_delivery"}
    shown = (await client.conversations_history(channel=room, include_all_metadata=True))["messages"][0]
    assert (shown["text"], shown["metadata"]) == ("y", name)
    await client.chat_update(channel=room, ts=post["ts"], text="z", metadata={})
    assert "metadata" not in (await client.conversations_history(channel=room))["messages"][0]


async def test_history_is_paged_newest_first_and_bounded(
    server: SlackServer, client: AsyncWebClient, room: str, alice: Person
) -> None:
    stamps = []
    for number in range(5):
        stamps.append((await client.chat_postMessage(channel=room, text=str(number)))["ts"])
        await server.advance(10)
    assert len(set(stamps)) == 5
    first = await client.conversations_history(channel=room, limit=2)
    assert [m["text"] for m in first["messages"]] == ["4", "3"]
    cursor = first["response_metadata"]["next_cursor"]
    rest = await client.conversations_history(channel=room, limit=2, cursor=cursor)
    assert [m["text"] for m in rest["messages"]] == ["2", "1"]
    assert await error(client, "conversations.history", channel=room, cursor="nonsense") == "invalid_cursor"
    assert await error(client, "conversations.history", channel=room, oldest="x") == "invalid_ts_oldest"
    since = await client.conversations_history(channel=room, oldest=stamps[2])
    assert [m["text"] for m in since["messages"]] == ["4", "3"]
    since = await client.conversations_history(channel=room, oldest=stamps[2], inclusive=True)
    assert len(since["messages"]) == 3


async def test_replies_are_in_the_thread_and_not_in_history(client: AsyncWebClient, room: str, alice: Person) -> None:
    root = (await client.chat_postMessage(channel=room, text="root"))["ts"]
    await alice.say(room, "reply", thread_ts=root)
    history = (await client.conversations_history(channel=room))["messages"]
    assert [m["text"] for m in history] == ["root"]
    assert history[0]["reply_count"] == 1
    thread = (await client.conversations_replies(channel=room, ts=root))["messages"]
    assert [m["text"] for m in thread] == ["root", "reply"]
    assert await error(client, "conversations.replies", channel=room, ts="1.0") == "thread_not_found"


async def test_short_pages_are_legal(server: SlackServer, client: AsyncWebClient) -> None:
    for number in range(5):
        server.channel(f"room-{number}")
    server.longest_page = 2
    names: list[str] = []
    async for page in await client.conversations_list(limit=100):
        assert len(page["channels"]) <= 2
        names += [channel["name"] for channel in page["channels"]]
    assert len(names) == 6
    server.most_users_unpaged = 1
    assert await error(client, "users.list") == "limit_required"


async def test_direct_messages(server: SlackServer, client: AsyncWebClient, alice: Person) -> None:
    assert await error(client, "conversations.open", users="U0NOBODY00") == "user_not_found"
    assert await error(client, "conversations.open", users=server.person("gone", kind="deactivated").id) == (
        "user_disabled"
    )
    assert await error(client, "users.lookupByEmail", email="nobody@example.com") == "users_not_found"
    opened = (await client.conversations_open(users=alice.id))["channel"]["id"]
    assert (await client.chat_postMessage(channel=alice.id, text="x"))["channel"] == opened
    server.workspace.messages_tab = False
    assert await error(client, "chat.postMessage", channel=opened, text="x") == "messages_tab_disabled"
    with pytest.raises(PermissionError):
        await alice.dm("hello?")


async def test_an_ephemeral_is_seen_by_one_and_by_no_history(
    server: SlackServer, client: AsyncWebClient, room: str, alice: Person
) -> None:
    bob = server.person("bob")
    await client.chat_postEphemeral(channel=room, user=alice.id, text="psst")
    assert [e.text for e in alice.ephemerals(room)] == ["psst"]
    assert bob.ephemerals() == []
    assert (await client.conversations_history(channel=room))["messages"] == []
    assert await error(client, "chat.postEphemeral", channel=room, user=bob.id, text="psst") == "user_not_in_channel"


async def test_pins_are_made_once_and_read_by_people(client: AsyncWebClient, room: str, alice: Person) -> None:
    ts = (await client.chat_postMessage(channel=room, text="rules"))["ts"]
    await client.pins_add(channel=room, timestamp=ts)
    assert [pin.text for pin in alice.pins(room)] == ["rules"]
    assert await error(client, "pins.add", channel=room, timestamp=ts) == "already_pinned"
    await client.chat_delete(channel=room, ts=ts)
    assert alice.pins(room) == []


async def test_an_upload_is_announced_sent_and_shared(
    server: SlackServer, client: AsyncWebClient, room: str, alice: Person
) -> None:
    await client.files_upload_v2(channel=room, content=b"\x89PNG", filename="chart.png", initial_comment="See")
    seen = alice.visible_messages(room)[-1]
    assert (seen.text, seen.raw["files"][0]["name"]) == ("See", "chart.png")
    assert next(iter(server.workspace.files.values())).content == b"\x89PNG"
    assert await error(client, "files.completeUploadExternal", files=[{"id": "F0"}]) == "file_not_found"


async def test_blocks_show_a_finished_picture_of_ones_own_once_slack_looked_through_it(
    server: SlackServer, client: AsyncWebClient, room: str, alice: Person
) -> None:
    def block(file: JSON) -> JSON:
        return {"type": "image", "alt_text": "A chart", "slack_file": file}

    async def refusal(file: JSON) -> str:
        return await error(client, "chat.postMessage", channel=room, blocks=[block(file)])

    server.workspace.file_looks = 1
    done = await client.files_upload_v2(content=b"\x89PNG", filename="chart.png", alt_txt="A chart")
    number = done["files"][0]["id"]
    assert await refusal({"id": number}) == "invalid_blocks"
    await client.chat_postMessage(channel=room, text="A chart", blocks=[block({"id": number})])
    assert alice.visible_messages(room)[-1].blocks[0]["slack_file"] == {"id": number}
    words = await client.files_upload_v2(content=b"words", filename="words.txt")
    begun = await client.files_getUploadURLExternal(filename="chart.png", length=4)
    for wrong in (
        {"id": words["files"][0]["id"]},
        {"id": begun["file_id"]},
        {"id": "F1"},
        {},
        {"id": number, "url": "x"},
    ):
        assert await refusal(wrong) == "invalid_blocks"
    assert await error(client, "files.getUploadURLExternal", filename="x.png", length=0) == "missing_argument"
    long = {"filename": "x.png", "length": 4, "alt_txt": "x" * 1_001}
    assert await error(client, "files.getUploadURLExternal", **long) == "alt_txt_too_large"
