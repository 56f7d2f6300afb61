"""Our Slack says nothing Slack would not say: keys, types, required keys and errors, against derived facts."""

from __future__ import annotations

import ast
from collections.abc import AsyncIterator, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.servers.slack import BOT_ID, BOT_USER_ID, Person, SlackServer
from tests.servers.slack import shapes as judge
from tests.servers.slack.calls import METHODS
from tests.servers.slack.events import SUBSCRIPTIONS
from tests.servers.slack.probe import Probe

PACKAGE = Path(judge.__file__).parent
JSON = dict[str, Any]
TITLE = {"type": "plain_text", "text": "T"}
FIELD: JSON = {"type": "plain_text_input", "action_id": "a"}
INPUT: JSON = {"type": "input", "block_id": "i", "label": TITLE, "element": FIELD}
BUTTON: JSON = {"type": "button", "action_id": "go", "text": TITLE, "value": "1"}
BUTTONS: JSON = {"type": "actions", "block_id": "b", "elements": [BUTTON]}
MODAL: JSON = {"type": "modal", "callback_id": "f", "title": TITLE, "submit": TITLE, "blocks": [INPUT, BUTTONS]}
MODAL |= {"notify_on_close": True}
HOME: JSON = {"type": "home", "blocks": [BUTTONS]}


class Tour:
    """One visit to every method and every kind of payload."""

    def __init__(self, server: SlackServer, client: AsyncWebClient) -> None:
        self.server, self.client = server, client
        self.ann: Person = server.person("ann")
        self.ben: Person = server.person("ben", kind="admin")

    async def take(self) -> None:
        await self.people()
        await self.rooms()
        await self.talk()
        await self.modals()
        await self.files()
        await self.events()
        await self.refusals()

    async def people(self) -> None:
        for kind in ("guest", "single_channel_guest", "deactivated", "stranger", "invited", "bot"):
            self.server.person(f"some_{kind}", kind=kind)
        self.ann.set_custom_field(self.server.field("Skills"), "x")
        self.ann.choose_picture()
        client = self.client
        group = self.server.group("team", [self.ann])
        await client.api_test(foo="bar")
        await client.auth_test()
        await AsyncWebClient(token=self.server.app_token, base_url=self.server.api_url).auth_test()
        user_client = AsyncWebClient(token=self.server.user_token(self.ben), base_url=self.server.api_url)
        await user_client.auth_test()
        await client.users_list(limit=2, include_locale=True)
        await client.users_list()
        await client.users_info(user=self.ann.id, include_locale=True)
        await client.users_lookupByEmail(email="ann@example.com")
        await client.users_profile_get(user=self.ann.id)
        await client.users_profile_get(user=self.ben.id)
        await client.users_getPresence(user=self.ann.id)
        await client.team_info()
        await client.team_profile_get()
        await client.bots_info(bot=BOT_ID)
        await client.usergroups_list(include_users=True)
        await client.usergroups_users_list(usergroup=group.id)
        await client.dnd_info(user=self.ann.id)
        self.ann.user.dnd = {"dnd_enabled": True, "next_dnd_start_ts": 1_700_000_000, "next_dnd_end_ts": 1_700_030_000}
        await client.dnd_teamInfo(users=[self.ann.id, self.ben.id])

    async def rooms(self) -> None:
        client = self.client
        theirs = AsyncWebClient(token=self.server.user_token(self.ben), base_url=self.server.api_url)
        for private in (False, True):
            name = "secret" if private else "open"
            room = (await client.conversations_create(name=name, is_private=private))["channel"]["id"]
            await client.conversations_invite(channel=room, users=[self.ann.id, self.ben.id])
            await client.conversations_invite(
                channel=room, users=[self.server.person("cat").id, "U0NOBODY00"], force=True
            )
            await client.conversations_setTopic(channel=room, topic="t")
            await client.conversations_setPurpose(channel=room, purpose="p")
            await client.conversations_rename(channel=room, name=f"{name}-2")
            await client.conversations_info(channel=room, include_num_members=True)
            await client.conversations_members(channel=room, limit=1)
            await client.conversations_kick(channel=room, user=self.ann.id)
            await client.conversations_archive(channel=room)
            await theirs.conversations_unarchive(channel=room)
            await theirs.conversations_invite(channel=room, users=[BOT_USER_ID])
            await client.conversations_leave(channel=room)
        await client.conversations_leave(channel=self.server.channel("open-2").id)
        await client.conversations_join(channel=self.server.channel("open-2").id)
        await client.conversations_join(channel=self.server.channel("open-2").id)
        await client.conversations_open(users=self.ann.id, return_im=True)
        await client.conversations_open(users=self.ann.id)
        await client.conversations_open(users=[self.ann.id, self.ben.id], return_im=True)
        await client.conversations_list(types="public_channel,private_channel,im,mpim", limit=2)
        await client.users_conversations(types="public_channel,private_channel,im,mpim", user=self.ann.id)

    async def talk(self) -> None:
        client, room = self.client, self.server.channel("open-2").id
        await self.ann.join("open-2")
        post = await client.chat_postMessage(
            channel=room,
            text="hello",
            blocks=[BUTTONS],
            metadata={"event_type": "parvis_delivery", "event_payload": {"id": "1"}},
        )
        ts = post["ts"]
        await client.chat_postMessage(channel=room, text="with", attachments=[{"text": "attached"}])
        await client.chat_getPermalink(channel=room, message_ts=ts)
        await client.chat_postMessage(channel=room, text="reply", thread_ts=ts)
        await self.ann.say("open-2", "a reply", thread_ts=ts)
        await client.chat_update(channel=room, ts=ts, text="hello again", blocks=[BUTTONS])
        await client.chat_postEphemeral(channel=room, user=self.ann.id, text="psst", blocks=[BUTTONS])
        await client.reactions_add(channel=room, timestamp=ts, name="eyes")
        await self.ann.react(ts, "tada", where="open-2")
        await self.ann.unreact(ts, "tada", where="open-2")
        await client.reactions_remove(channel=room, timestamp=ts, name="eyes")
        await client.pins_add(channel=room, timestamp=ts)
        await client.pins_list(channel=room)
        await client.conversations_history(channel=room, include_all_metadata=True)
        await client.conversations_history(channel=room, limit=1)
        await client.conversations_replies(channel=room, ts=ts)
        await self.ann.press(ts, "go", where="open-2")
        await self.ann.press(self.ann.ephemerals()[0], "go")
        await self.ann.command("/community", "hi", where="open-2")
        await self.ann.command("/community", "hi")
        await self.ann.shortcut("ask")
        await self.ann.message_shortcut(ts, "ask", where="open-2")
        doomed = await client.chat_postMessage(channel=room, text="doomed")
        await client.chat_delete(channel=room, ts=doomed["ts"])

    async def modals(self) -> None:
        client = self.client
        await client.views_open(trigger_id=self.server.workspace.new_trigger(self.ann.id), view=MODAL)
        pushed = await client.views_push(trigger_id=self.server.workspace.new_trigger(self.ann.id), view=MODAL)
        await client.views_update(view_id=pushed["view"]["id"], view=MODAL)
        await self.ann.press_in_view("go")
        await self.ann.fill_and_submit({"i": "x"})
        await self.ann.close_view()
        await self.ann.open_home()
        await client.views_publish(user_id=self.ann.id, view=HOME)
        await self.ann.open_home()
        await self.ann.press_in_home("go")

    async def files(self) -> None:
        room = self.server.channel("open-2").id
        done = await self.client.files_upload_v2(channel=room, content="data", filename="chart.png", title="Chart")
        await self.client.files_info(file=done["files"][0]["id"])

    async def events(self) -> None:
        server, ann = self.server, self.ann
        await ann.say("open-2", "hello @parvis")
        said = await ann.dm("in private")
        await ann.edit(said, "edited")
        await ann.delete(said)
        ann.arrive()
        ann.set_profile(title="Boss")
        made = await ann.create_channel("made-by-hand")
        private = await ann.create_channel("hidden", private=True)
        await ann.invite(private)
        await ann.say(private, "in secret")
        await self.client.conversations_leave(channel=private.id)
        server.delete_channel(made, self.ben.user)
        await ann.leave("open-2")
        server.sockets.redeliver()
        await server.settled()

    async def refusals(self) -> None:
        """Refusals with more than an error beside them."""
        refused: list[tuple[str, JSON]] = [
            ("chat.postMessage", {"channel": self.server.channel("general").id, "text": "x"}),
            ("chat.postMessage", {"channel": self.server.channel("open-2").id, "blocks": [{"type": "section"}]}),
            ("views.open", {"trigger_id": self.server.workspace.new_trigger(self.ann.id), "view": {"type": "modal"}}),
            ("conversations.invite", {"channel": self.server.channel("open-2").id, "users": "U0NOBODY00"}),
            ("users.info", {}),
        ]
        for name, args in refused:
            with pytest.raises(SlackApiError):
                await self.client.api_call(name, json=args)
        self.server.bot.scopes.clear()
        with pytest.raises(SlackApiError, match="missing_scope"):
            await self.client.users_list()


@pytest_asyncio.fixture(scope="module")
async def toured() -> AsyncIterator[SlackServer]:
    async with SlackServer() as server, Probe(server):
        await Tour(server, AsyncWebClient(token=server.bot_token, base_url=server.api_url)).take()
        await server.settled()
        yield server


async def test_all_that_was_emitted_has_known_keys_right_types_and_all_that_is_required(toured: SlackServer) -> None:
    assert judge.all_differences(toured) == []
    assert toured.problems == []


async def test_the_tour_visits_every_method_with_success(toured: SlackServer) -> None:
    assert {name for name, _, answer in toured.calls if answer["ok"]} == set(METHODS)


async def test_the_tour_sees_every_event_and_every_kind_of_interaction(toured: SlackServer) -> None:
    # Nobody brings a private channel back in which a bot is that could hear of it: it was put out by the archiving.
    expected = {name.split(".")[0] for name in SUBSCRIPTIONS} - {"group_unarchive"}
    assert {event["type"] for event in toured.sockets.events()} == expected
    kinds = {e.payload.get("type", "slash_command") for e in toured.sockets.sent} - {"event_callback"}
    assert kinds == {
        "slash_command", "block_actions", "view_submission", "view_closed", "shortcut", "message_action"
    }  # fmt: skip


def test_the_judge_sees_an_invented_key_a_wrong_type_a_lack_and_an_unknown_error() -> None:
    assert judge.answer_differences("chat.delete", {"ok": True, "channel": "C", "ts": "1", "shiny": 1}) == [
        "chat.delete.shiny: unknown key"
    ]
    assert judge.answer_differences("chat.delete", {"ok": True, "channel": "C", "ts": 1}) != []
    assert judge.answer_differences("chat.delete", {"ok": True, "channel": "C"}) == ["chat.delete: ts is missing"]
    assert judge.answer_differences("chat.delete", {"ok": False, "error": "name_taken"}) != []


# -- every refusal in the code, not only those the tour met


@cache
def functions() -> dict[tuple[str, str], ast.FunctionDef]:
    """Functions and methods of the package by (module or class, name)."""
    found: dict[tuple[str, str], ast.FunctionDef] = {}
    for path in PACKAGE.glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                found[path.stem, node.name] = node
            elif isinstance(node, ast.ClassDef):
                found |= {(node.name, item.name): item for item in node.body if isinstance(item, ast.FunctionDef)}
    return found


@cache
def imported(module: str) -> dict[str, str]:
    """Which module each name of a module comes from."""
    tree = ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))
    froms = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.level == 1]
    return {alias.name: node.module or alias.name for node in froms for alias in node.names}


def callees(module: str, function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """The functions of the package that a function calls."""
    sources = imported(module) if (PACKAGE / f"{module}.py").exists() else {}
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            yield sources.get(node.func.id, module), node.func.id
        elif isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            owner = node.func.value.id
            yield ("Call" if owner in {"call", "self"} else sources.get(owner, owner)), node.func.attr


def codes(function: ast.FunctionDef) -> Iterator[str]:
    """The errors a function can answer: arguments of SlackError, arguments called error, what refuse_* returns."""
    refuses = function.name.startswith("refuse_")
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "SlackError":
            yield from words_in(node.args[0])
        if isinstance(node, ast.keyword) and node.arg == "error":
            yield from words_in(node.value)
        if isinstance(node, ast.Return) and node.value is not None and refuses:
            yield from words_in(node.value)


def words_in(expression: ast.expr) -> Iterator[str]:
    """Literal error codes; keys of dictionaries that hold one are none."""
    for node in ast.walk(expression):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != "error":
            yield node.value


def possible_errors(name: str, known: dict[tuple[str, str], ast.FunctionDef]) -> set[str]:
    """All errors a method's code can answer, those that its helpers raise included."""
    run = METHODS[name].run
    todo, seen, found = [(run.__module__.rpartition(".")[2], run.__name__)], set(), set()
    while todo:
        place = todo.pop()
        if place in seen or place not in known:
            continue
        seen.add(place)
        found |= set(codes(known[place]))
        todo += callees(place[0], known[place])
    return found


@pytest.mark.parametrize("name", sorted(METHODS))
def test_every_error_a_method_can_answer_is_known_to_slack(name: str) -> None:
    assert possible_errors(name, functions()) - judge.errors_of(name) == set()


def test_the_search_for_errors_finds_those_of_helpers() -> None:
    found = possible_errors("conversations.create", functions())
    assert {"name_taken", "restricted_action", "invalid_name_specials", "missing_scope"} <= found


@pytest.mark.parametrize("name", sorted(METHODS))
def test_scopes_tiers_and_arguments_are_those_of_the_reference(name: str) -> None:
    ours, known = METHODS[name], judge.facts()["methods"][name]
    assert f"t{ours.tier}" == known["tier"]
    listed = {*known["scopes"].get("bot", []), *known["scopes"].get("user", [])}
    assert set(ours.scopes) <= (listed or {"connections:write"})
    assert set(ours.required) <= set(known["arguments"])
