"""The unpatched slack-bolt meets our Slack: commands, presses, modals, home, reconnections, and what people see."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from tests.servers.slack import BOT_ID, BOT_USER_ID, TEAM_ID, SlackServer
from tests.servers.slack import shapes as judge

JSON = dict[str, Any]


def plain(text: str) -> JSON:
    return {"type": "plain_text", "text": text}


def button(label: str, action_id: str, value: str = "1") -> JSON:
    return {"type": "button", "action_id": action_id, "value": value, "text": plain(label)}


def card(text: str, *buttons: JSON) -> list[JSON]:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    return [section, {"type": "actions", "elements": list(buttons)}] if buttons else [section]


def field(label: str, block_id: str, **element: Any) -> JSON:
    asked = {"type": "plain_text_input", "action_id": f"{block_id}_input", **element}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": asked}


def modal(*blocks: JSON, callback_id: str = "form", **more: Any) -> JSON:
    view = {"type": "modal", "callback_id": callback_id, "title": plain("A form"), "submit": plain("Send")}
    return view | {"blocks": list(blocks)} | more


def nothing(app: AsyncApp) -> None:
    """No listener."""


@asynccontextmanager
async def bolt(server: SlackServer, register: Callable[[AsyncApp], None]) -> AsyncIterator[AsyncSocketModeHandler]:
    """An app that runs against the server until the end of the block."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id=TEAM_ID, bot_token=server.bot_token, bot_id=BOT_ID, bot_user_id=BOT_USER_ID
        )

    app = AsyncApp(client=AsyncWebClient(base_url=server.api_url), authorize=authorize)
    register(app)
    handler = AsyncSocketModeHandler(app, server.app_token)
    # bolt leaves these two unannotated
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await server.connected()
    try:
        yield handler
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


@pytest_asyncio.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with SlackServer() as running:
        yield running
        # Whatever a test did, the server kept to Slack's shapes.
        assert judge.all_differences(running) == []


async def test_a_command_is_acked_and_its_words_are_whispered(server: SlackServer) -> None:
    seen: list[JSON] = []

    def register(app: AsyncApp) -> None:
        @app.command("/community")
        async def handle(ack: Any, body: JSON) -> None:
            seen.append(body)
            await ack("Only for you")

    alice, bob = server.person("alice"), server.person("bob")
    async with bolt(server, register):
        reply = await alice.command("/community", "request  chess & co @bob", where="general")
    assert reply.acked
    assert [e.text for e in alice.ephemerals("general")] == ["Only for you"]
    assert alice.visible_messages("general") == []
    assert bob.ephemerals() == []
    assert seen[0]["text"] == f"request  chess &amp; co {bob.mention}"
    assert seen[0]["channel_name"] == "general"
    assert server.problems == []


async def test_a_modal_is_opened_checked_by_the_client_then_by_the_app_then_closed(server: SlackServer) -> None:
    submitted: list[JSON] = []
    purpose = field("Purpose", "purpose") | {"optional": True}

    def register(app: AsyncApp) -> None:
        @app.command("/community")
        async def handle(ack: Any, body: JSON, client: AsyncWebClient) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=modal(field("Name", "name"), purpose))

        @app.view("form")
        async def submit(ack: Any, view: JSON) -> None:
            submitted.append(view["state"]["values"])
            if view["state"]["values"]["name"]["name_input"]["value"] == "taken":
                await ack(response_action="errors", errors={"name": "Choose another name"})
            else:
                await ack()

    alice = server.person("alice")
    async with bolt(server, register):
        await alice.command("/community", "request")
        await alice.opened()
        assert await alice.fill_and_submit({}) == {"Name": "Please complete this required field."}
        assert submitted == []
        assert await alice.fill_and_submit({"Name": "taken"}) == {"Name": "Choose another name"}
        assert alice.errors().by_block == {"name": "Choose another name"}
        assert alice.view() is not None
        assert await alice.fill_and_submit({"name": "chess"}) == {}
    assert alice.view() is None
    assert submitted[-1]["name"]["name_input"] == {"type": "plain_text_input", "value": "chess"}
    assert submitted[-1]["purpose"]["purpose_input"] == {"type": "plain_text_input", "value": None}


async def test_errors_for_a_block_without_input_are_noted_as_a_fault_of_the_app(server: SlackServer) -> None:
    def register(app: AsyncApp) -> None:
        @app.view("form")
        async def submit(ack: Any) -> None:
            await ack(response_action="errors", errors={"nowhere": "?"})

    alice = server.person("alice")
    async with bolt(server, register):
        await open_form(server, alice.id, modal(field("Name", "name")))
        await alice.fill_and_submit({"Name": "x"})
    assert server.problems == ["errors for blocks that are no input blocks: ['nowhere']"]


async def open_form(server: SlackServer, user_id: str, view: JSON) -> JSON:
    """Put a modal before someone, as a command would have."""
    client = AsyncWebClient(token=server.bot_token, base_url=server.api_url)
    opened = await client.views_open(trigger_id=server.workspace.new_trigger(user_id), view=view)
    return dict(opened["view"])


async def test_a_submission_can_update_push_and_clear(server: SlackServer) -> None:
    answers: list[JSON] = []

    def register(app: AsyncApp) -> None:
        @app.view("form")
        async def submit(ack: Any) -> None:
            await ack(**answers.pop())

    alice = server.person("alice")
    second = modal(field("Second", "second"))
    answers += [{"response_action": "clear"}, {"response_action": "push", "view": modal(field("Third", "third"))}]
    answers.append({"response_action": "update", "view": second})
    async with bolt(server, register):
        first = await open_form(server, alice.id, modal(field("First", "first")))
        await alice.fill_and_submit({"First": "1"})
        assert (await alice.opened())["id"] == first["id"]
        await alice.fill_and_submit({"Second": "2"})
        top = await alice.opened()
        assert (top["previous_view_id"], top["root_view_id"]) == (first["id"], first["id"])
        await alice.fill_and_submit({"Third": "3"})
    assert alice.view() is None


async def test_an_edited_card_offers_only_its_new_buttons(server: SlackServer) -> None:
    def register(app: AsyncApp) -> None:
        @app.action("approve")
        async def approve(ack: Any, body: JSON, client: AsyncWebClient) -> None:
            await ack()
            channel, ts = body["channel"]["id"], body["message"]["ts"]
            undo = card("Approved", button("Undo", "undo"))
            await client.chat_update(channel=channel, ts=ts, text="Approved", blocks=undo)

    alice = server.person("alice")
    client = AsyncWebClient(token=server.bot_token, base_url=server.api_url)
    async with bolt(server, register):
        await client.chat_postMessage(channel=alice.id, text="New", blocks=card("New", button("Approve", "approve")))
        first = await alice.read("New")
        assert first.buttons == ["Approve"]
        assert (await alice.press(first, "Approve")).acked
        assert (await alice.read("Approved")).buttons == ["Undo"]
        with pytest.raises(LookupError, match="Undo"):
            await alice.press(first, "Approve")
        # A press made just before the edit still reaches the app, and so does a forged one.
        stale = await alice.press_raw(alice.dm_with_bot(), first.ts, action_id="approve", value="9", block_id="b")
    assert stale.acked


async def test_menus_and_checkboxes_and_initial_values_are_in_the_state(server: SlackServer) -> None:
    options = [{"text": plain(name), "value": name.lower()} for name in ("Red", "Blue")]
    bob, room = server.person("bob"), server.channel("here")
    form = modal(
        field("Colour", "colour", type="static_select", options=options, initial_option=options[0]),
        field("Several", "several", type="checkboxes", options=options) | {"optional": True},
        field("Who", "who", type="multi_users_select"),
        field("Where", "where", type="channels_select"),
        field("When", "when", type="datepicker", initial_date="2026-09-01"),
    )
    submitted: list[JSON] = []

    def register(app: AsyncApp) -> None:
        @app.view("form")
        async def submit(ack: Any, view: JSON) -> None:
            await ack()
            submitted.append({b: next(iter(v.values())) for b, v in view["state"]["values"].items()})

    alice = server.person("alice")
    async with bolt(server, register):
        await open_form(server, alice.id, form)
        assert await alice.fill_and_submit({"Several": ["Red", "blue"], "Who": [bob], "Where": room}) == {}
    state = submitted[0]
    assert state["colour"]["selected_option"]["value"] == "red"
    assert [option["value"] for option in state["several"]["selected_options"]] == ["red", "blue"]
    assert state["who"]["selected_users"] == [bob.id]
    assert state["where"]["selected_channel"] == room.id
    assert state["when"]["selected_date"] == "2026-09-01"


async def test_home_is_published_and_its_buttons_work(server: SlackServer) -> None:
    pressed: list[str] = []

    def register(app: AsyncApp) -> None:
        @app.event("app_home_opened")
        async def opened(event: JSON, client: AsyncWebClient) -> None:
            await client.views_publish(
                user_id=event["user"], view={"type": "home", "blocks": card("Hello", button("Go", "go"))}
            )

        @app.action("go")
        async def go(ack: Any, body: JSON) -> None:
            await ack()
            pressed.append(body["container"]["type"])

    alice = server.person("alice")
    async with bolt(server, register):
        await alice.open_home()
        await server.wait_for(alice.home)
        assert (await alice.press_in_home("Go")).acked
    assert pressed == ["view"]


async def test_respond_replaces_deletes_and_is_refused_after_five_posts_or_half_an_hour(server: SlackServer) -> None:
    statuses: list[int] = []

    def register(app: AsyncApp) -> None:
        @app.action("go")
        async def go(ack: Any, respond: Any) -> None:
            await ack()
            await respond(text="replaced", replace_original=True)
            for number in range(5):
                answer = await respond(text=f"more {number}", response_type="ephemeral", replace_original=False)
                statuses.append(answer.status_code)

        @app.action("late")
        async def late(ack: Any, respond: Any) -> None:
            await ack()
            await server.advance(1801)
            statuses.append((await respond(text="too late", replace_original=True)).status_code)

        @app.action("delete")
        async def delete(ack: Any, respond: Any) -> None:
            await ack()
            await respond(delete_original=True)

    alice = server.person("alice")
    client = AsyncWebClient(token=server.bot_token, base_url=server.api_url)
    buttons = [button("Go", "go"), button("Late", "late"), button("Delete", "delete")]
    async with bolt(server, register):
        posts = [await client.chat_postMessage(channel=alice.id, text="x", blocks=card("x", *buttons)) for _ in "123"]
        go, late, delete = [post["ts"] for post in posts]
        await alice.press(go, "Go")
        await server.wait_for(lambda: len(statuses) == 5)
        assert statuses == [200, 200, 200, 200, 404]
        assert alice.visible_messages()[0].text == "replaced"
        assert len(alice.ephemerals()) == 4
        await alice.press(late, "Late")
        await server.wait_for(lambda: len(statuses) == 6)
        assert statuses[5] == 404
        await alice.press(delete, "Delete")
        await server.wait_for(lambda: len(alice.visible_messages()) == 2)
    history = await client.conversations_history(channel=alice.dm_with_bot().id)
    assert {message["text"] for message in history["messages"]} == {"replaced", "x"}  # no ephemeral in it


async def test_bolt_reconnects_on_a_refresh_and_misses_no_event(server: SlackServer) -> None:
    heard: list[str] = []

    def register(app: AsyncApp) -> None:
        @app.event("message")
        async def message(event: JSON) -> None:
            heard.append(event["text"])

    alice = server.person("alice")
    async with bolt(server, register):
        await alice.dm("before")
        old = server.sockets.open[0]
        await server.sockets.disconnect("refresh_requested")
        await server.wait_for(lambda: server.sockets.open and old not in server.sockets.open)
        await alice.dm("after")
        await server.wait_for(lambda: heard == ["before", "after"])


async def test_an_event_without_a_listener_is_not_acked_and_comes_again(server: SlackServer) -> None:
    alice = server.person("alice")
    async with bolt(server, nothing):
        await alice.dm("anyone?")
        first = server.sockets.sent[-1]
        await server.wait_for(lambda: any(e is first for e in server.sockets.waiting))
        await server.advance(3)
        again = server.sockets.sent[-1]
        assert again is not first
        assert again.payload["event_id"] == first.payload["event_id"]
        assert (again.attempt, first.state) == (1, "unanswered")


async def test_a_silent_peer_is_left_for_a_new_socket(server: SlackServer) -> None:
    async with bolt(server, nothing) as handler:
        handler.client.ping_interval = 0.05
        await server.sockets.disconnect()  # so that the interval counts from now on
        await server.connected()
        opened = sum(name == "apps.connections.open" for name, _, _ in server.calls)
        server.sockets.mute_pongs = True
        await server.wait_for(lambda: sum(name == "apps.connections.open" for name, _, _ in server.calls) > opened + 1)


async def test_waiting_returns_what_was_waited_for_and_says_what_never_came(server: SlackServer) -> None:
    assert await server.wait_for(lambda: "here") == "here"
    with pytest.raises(TimeoutError):
        await server.wait_for(lambda: None, timeout=0.01)
    with pytest.raises(TimeoutError, match="never read 'good news'"):
        await server.person("alice").read("good news", timeout=0.01)
