"""What our Slack refuses to show or to whom it refuses to speak: blocks, texts, views, tokens, scopes."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.servers.slack import Person, SlackServer
from tests.servers.slack.making import MODAL, actions, button, error, plain, refused, section, select

JSON = dict[str, Any]


# -- blocks and text


def rich(*elements: JSON) -> JSON:
    return {"type": "rich_text", "elements": list(elements)}


def words(*pieces: JSON) -> JSON:
    return {"type": "rich_text_section", "elements": list(pieces)}


def listed(*items: JSON, **more: Any) -> JSON:
    return {"type": "rich_text_list", "style": "ordered", "elements": list(items), **more}


@pytest.mark.parametrize(
    ("block", "place"),
    [
        (section("x" * 3001), "/blocks/0/text/text"),
        (section(""), "/blocks/0/text/text"),
        ({"type": "section"}, "/blocks/0"),
        ({"type": "section", "fields": [plain("x")] * 11}, "/blocks/0/fields"),
        ({"type": "section", "fields": [plain("x" * 2001)]}, "/blocks/0/fields/0/text"),
        ({"type": "header", "text": plain("x" * 151)}, "/blocks/0/text/text"),
        ({"type": "header", "text": {"type": "mrkdwn", "text": "x"}}, "/blocks/0/text/type"),
        ({"type": "context", "elements": [plain("x")] * 11}, "/blocks/0/elements"),
        ({"type": "image", "image_url": "https://example.com/i.png"}, "/blocks/0"),
        ({"type": "nonsense"}, "/blocks/0/type"),
        (section("x") | {"block_id": "x" * 256}, "/blocks/0/block_id"),
        (actions(*[button(action_id=str(n)) for n in range(26)]), "/blocks/0/elements"),
        (actions(button(), button()), "/blocks/0/elements/1/action_id"),
        (actions(button(text=plain("x" * 76))), "/blocks/0/elements/0/text/text"),
        (actions(button(value="x" * 2001)), "/blocks/0/elements/0/value"),
        (actions(button(action_id="x" * 256)), "/blocks/0/elements/0/action_id"),
        (actions(button(style="loud")), "/blocks/0/elements/0/style"),
        (actions(select(101)), "/blocks/0/elements/0/options"),
        (actions(select(1, placeholder=plain("x" * 151))), "/blocks/0/elements/0/placeholder/text"),
        (actions(select(6) | {"type": "overflow"}), "/blocks/0/elements/0/options"),
        (actions(button(confirm={"title": plain("x" * 101)})), "/blocks/0/elements/0/confirm/title/text"),
        (section("x") | {"accessory": {"type": "plain_text_input"}}, "/blocks/0/accessory/type"),
        ({"type": "rich_text"}, "/blocks/0"),
        (rich({"type": "rich_text_table", "elements": []}), "/blocks/0/elements/0/type"),
        (rich({"type": "text", "text": "x"}), "/blocks/0/elements/0/type"),
        (rich(words({"type": "text", "text": ""})), "/blocks/0/elements/0/elements/0/text"),
        (rich(words({"type": "text", "text": "x", "url": "https://x.example"})), "/blocks/0/elements/0/elements/0"),
        (rich(words({"type": "text", "text": "x", "style": {"loud": True}})), "/blocks/0/elements/0/elements/0/style"),
        (rich(words({"type": "text", "text": "x", "style": "bold"})), "/blocks/0/elements/0/elements/0/style"),
        (rich(words({"type": "link", "text": "x"})), "/blocks/0/elements/0/elements/0"),
        (rich(words({"type": "link", "url": ""})), "/blocks/0/elements/0/elements/0/url"),
        (rich(words({"type": "rich_text_section", "elements": []})), "/blocks/0/elements/0/elements/0/type"),
        (rich(listed({"type": "text", "text": "x"})), "/blocks/0/elements/0/elements/0/type"),
        (rich(listed(style="dash")), "/blocks/0/elements/0/style"),
        (rich(listed(indent=9)), "/blocks/0/elements/0/indent"),
        (rich(listed(offset=-1)), "/blocks/0/elements/0/offset"),
        (rich(listed(border=2)), "/blocks/0/elements/0/border"),
        (
            rich({"type": "rich_text_preformatted", "elements": [{"type": "emoji", "name": "tada"}]}),
            "/blocks/0/elements/0/elements/0/type",
        ),
    ],
)
async def test_a_wrong_block_is_refused_and_pointed_at(
    client: AsyncWebClient, room: str, block: JSON, place: str
) -> None:
    answer = await refused(client, "chat.postMessage", channel=room, text="x", blocks=[block])
    assert answer["error"] == "invalid_blocks"
    assert f"[json-pointer:{place}]" in answer["response_metadata"]["messages"][0]


async def test_the_largest_allowed_blocks_are_taken(client: AsyncWebClient, room: str) -> None:
    blocks = [section("x" * 3000), *[actions(button(text=plain("x" * 75), value="v" * 2000)) for _ in range(49)]]
    assert (await client.chat_postMessage(channel=room, text="x", blocks=blocks))["ok"]
    answer = await refused(client, "chat.postMessage", channel=room, text="x", blocks=[section("x")] * 51)
    assert "no more than 50 items" in answer["response_metadata"]["messages"][0]


async def test_sizes_of_a_message(client: AsyncWebClient, room: str) -> None:
    assert await error(client, "chat.postMessage", channel=room) == "no_text"
    assert await error(client, "chat.postMessage", channel=room, blocks=[section("x" * 2700)] * 5) == (
        "msg_blocks_too_long"
    )
    long = await client.chat_postMessage(channel=room, text="x" * 50_000)
    assert len(long["message"]["text"]) == 40_000
    assert await error(client, "chat.update", channel=room, ts=long["ts"], text="x" * 4001) == "msg_too_long"
    metadata = {"event_type": "big", "event_payload": {"x": "x" * 9000}}
    assert await error(client, "chat.postMessage", channel=room, text="x", metadata=metadata) == "metadata_too_large"
    metadata = {"event_type": "big", "event_payload": "x"}
    assert await error(client, "chat.postMessage", channel=room, text="x", metadata=metadata) == (
        "invalid_metadata_format"
    )
    assert await error(client, "chat.postMessage", channel=room, blocks="{") == "invalid_blocks_format"


# -- views


async def test_trigger_ids_are_known_fresh_and_used_once(
    server: SlackServer, client: AsyncWebClient, alice: Person
) -> None:
    trigger = server.workspace.new_trigger(alice.id)
    # A view that Slack refuses does not use the trigger up.
    assert await error(client, "views.open", trigger_id=trigger, view={"type": "modal"}) == "invalid_arguments"
    await client.views_open(trigger_id=trigger, view=MODAL)
    assert await error(client, "views.open", trigger_id=trigger, view=MODAL) == "exchanged_trigger_id"
    assert await error(client, "views.open", trigger_id="1.2.x", view=MODAL) == "invalid_trigger_id"
    late = server.workspace.new_trigger(alice.id)
    await server.advance(3.1)
    assert await error(client, "views.open", trigger_id=late, view=MODAL) == "expired_trigger_id"


async def test_a_view_is_updated_by_its_hash_and_a_fourth_is_too_many(
    server: SlackServer, client: AsyncWebClient, alice: Person
) -> None:
    async def push(method: str) -> JSON:
        trigger = server.workspace.new_trigger(alice.id)
        return dict((await client.api_call(method, json={"trigger_id": trigger, "view": MODAL}))["view"])

    first = await push("views.open")
    updated = (await client.views_update(view_id=first["id"], hash=first["hash"], view=MODAL))["view"]
    assert updated["hash"] != first["hash"]
    old = {"view_id": first["id"], "hash": first["hash"], "view": MODAL}
    assert await error(client, "views.update", **old) == "hash_conflict"
    await push("views.push")
    await push("views.push")
    trigger = server.workspace.new_trigger(alice.id)
    assert await error(client, "views.push", trigger_id=trigger, view=MODAL) == "push_limit_reached"
    await alice.close_view(everything=True)
    assert await error(client, "views.update", view_id=first["id"], view=MODAL) == "not_found"


async def test_an_external_id_is_used_once(server: SlackServer, client: AsyncWebClient, alice: Person) -> None:
    view = MODAL | {"external_id": "mine"}
    await client.views_open(trigger_id=server.workspace.new_trigger(alice.id), view=view)
    trigger = server.workspace.new_trigger(server.person("bob").id)
    assert await error(client, "views.open", trigger_id=trigger, view=view) == "duplicate_external_id"
    assert (await client.views_update(external_id="mine", view=view))["ok"]


@pytest.mark.parametrize(
    ("view", "place"),
    [
        (MODAL | {"title": plain("x" * 25)}, "/view/title/text"),
        (MODAL | {"submit": plain("x" * 25)}, "/view/submit/text"),
        (MODAL | {"private_metadata": "x" * 3001}, "/view/private_metadata"),
        (MODAL | {"callback_id": "x" * 256}, "/view/callback_id"),
        (MODAL | {"blocks": [section("x")] * 101}, "/view/blocks"),
        (MODAL | {"blocks": [{"type": "input", "label": plain("x")}], "submit": plain("x")}, "/view/blocks/0"),
        (MODAL | {"blocks": [{"type": "input", "label": plain("x"), "element": select(1)}]}, "/view"),
        ({"type": "home", "blocks": [section("x" * 3001)]}, "/view/blocks/0/text/text"),
    ],
)
async def test_a_wrong_view_is_refused_and_pointed_at(
    server: SlackServer, client: AsyncWebClient, alice: Person, view: JSON, place: str
) -> None:
    trigger = server.workspace.new_trigger(alice.id)
    answer = await refused(client, "views.open", trigger_id=trigger, view=view)
    assert answer["error"] == "invalid_arguments"
    assert f"[json-pointer:{place}]" in answer["response_metadata"]["messages"][0]


async def test_a_view_of_a_quarter_of_a_megabyte_is_too_large(
    server: SlackServer, client: AsyncWebClient, alice: Person
) -> None:
    huge = MODAL | {"blocks": [section("x" * 2900)] * 90}
    trigger = server.workspace.new_trigger(alice.id)
    assert await error(client, "views.open", trigger_id=trigger, view=huge) == "view_too_large"


async def test_no_home_where_the_tab_is_off(server: SlackServer, client: AsyncWebClient, alice: Person) -> None:
    server.workspace.home_tab = False
    home = {"type": "home", "blocks": [section("x")]}
    assert await error(client, "views.publish", user_id=alice.id, view=home) == "not_enabled"


# -- tokens and scopes


async def test_tokens(server: SlackServer, alice: Person) -> None:
    async def told(token: str, method: str = "users.list", **args: Any) -> str:
        return await error(AsyncWebClient(token=token, base_url=server.api_url), method, **args)

    assert await told("") == "not_authed"
    assert await told("xoxb-wrong") == "invalid_auth"
    assert await told(server.app_token) == "not_allowed_token_type"
    assert await told(server.bot_token, "apps.connections.open") == "not_allowed_token_type"
    home = {"type": "home", "blocks": [section("x")]}
    assert await told(server.user_token(alice), "views.publish", user_id=alice.id, view=home) == (
        "not_allowed_token_type"
    )
    token = server.user_token(alice)
    alice.deactivate()
    assert await told(token) == "account_inactive"
    server.bot.revoked = True
    assert await told(server.bot_token) == "token_revoked"


@pytest.mark.parametrize(
    ("method", "args", "scope"),
    [
        ("chat.postMessage", {"channel": "room", "text": "x"}, "chat:write"),
        ("conversations.create", {"name": "x"}, "channels:manage"),
        ("conversations.create", {"name": "x", "is_private": True}, "groups:write"),
        ("conversations.history", {"channel": "room"}, "channels:history"),
        ("conversations.open", {"users": "alice"}, "im:write"),
        ("conversations.join", {"channel": "room"}, "channels:join"),
        ("conversations.list", {"types": "private_channel"}, "groups:read"),
        ("users.lookupByEmail", {"email": "alice@example.com"}, "users:read.email"),
        ("users.profile.get", {"user": "alice"}, "users.profile:read"),
        ("pins.add", {"channel": "room", "timestamp": "1.0"}, "pins:write"),
        ("dnd.info", {}, "dnd:read"),
    ],
)
async def test_a_missing_scope_is_named(
    server: SlackServer, client: AsyncWebClient, room: str, alice: Person, method: str, args: JSON, scope: str
) -> None:
    ids = {"room": room, "alice": alice.id}
    server.bot.scopes.discard(scope)
    answer = await refused(client, method, **{k: ids.get(v, v) if isinstance(v, str) else v for k, v in args.items()})
    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)
    assert scope not in answer["provided"].split(",")


async def test_mail_addresses_need_a_scope(server: SlackServer, client: AsyncWebClient, alice: Person) -> None:
    assert (await client.users_info(user=alice.id))["user"]["profile"]["email"] == "alice@example.com"
    server.bot.scopes.discard("users:read.email")
    assert "email" not in (await client.users_info(user=alice.id))["user"]["profile"]
