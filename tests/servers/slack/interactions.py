"""What a person's commands, presses and submissions send to the app, and what its immediate answer shows."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import objects, responses
from .calls import SlackError
from .rules import INPUTS, INTERACTIVE
from .sockets import DEADLINE, Envelope
from .state import APP_ID, JSON, TEAM_ID, Channel, ResponseUrl

if TYPE_CHECKING:
    from .people import Person
    from .server import SlackServer


@dataclass(frozen=True)
class Reply:
    """The app's immediate answer. ``error``: what Slack tells the person (operation_timeout, dispatch_failed)."""

    error: str | None
    payload: JSON = field(default_factory=dict)

    @property
    def acked(self) -> bool:
        """Whether the app answered in time."""
        return self.error is None

    @property
    def text(self) -> str:
        """The words of the answer, if it had any."""
        return str(self.payload.get("text") or "")


# -- finding things on the screen


def elements(blocks: list[JSON]) -> Iterator[tuple[str, JSON]]:
    """Every interactive element with its block_id."""
    for block in blocks:
        nested = [*_list(block.get("elements")), block.get("accessory"), block.get("element")]
        for element in nested:
            if isinstance(element, dict) and element.get("type") in INTERACTIVE | INPUTS:
                yield block["block_id"], element
        yield from elements([b for b in _list(block.get("child_blocks")) if isinstance(b, dict)])


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def label(element: JSON) -> str:
    """What stands on a button."""
    text = element.get("text")
    return str(text["text"]) if isinstance(text, dict) else ""


def find(blocks: list[JSON], wanted: str) -> tuple[str, JSON]:
    """The element with that label or action_id."""
    present = list(elements(blocks))
    for block_id, element in present:
        if wanted in {label(element), element["action_id"]}:
            return block_id, element
    raise LookupError(f"nothing called {wanted!r} among {[label(e) or e['action_id'] for _, e in present]}")


def words(value: Any) -> Iterator[str]:
    """The words that blocks show, buttons excepted."""
    if isinstance(value, list):
        for item in value:
            yield from words(item)
    elif isinstance(value, dict) and value.get("type") not in INTERACTIVE | INPUTS:
        for key, item in value.items():
            if key in {"text", "alt_text"} and isinstance(item, str):
                yield item
            elif key not in {"block_id", "type"}:
                yield from words(item)


# -- payloads (docs: reference/interaction-payloads)


def action(block_id: str, element: JSON, server: SlackServer) -> JSON:
    """The entry in ``actions`` for an element."""
    keys = ("type", "action_id", "text", "value", "style", "placeholder", "url")
    data = {key: element[key] for key in keys if key in element and (key != "text" or element["type"] == "button")}
    return data | {"block_id": block_id, "action_ts": server.workspace.new_ts()}


def _who(person: Person) -> JSON:
    user = person.user
    return {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id}


def _common(person: Person, kind: str) -> JSON:
    workspace = person.server.workspace
    return {
        "type": kind,
        "user": _who(person),
        "api_app_id": APP_ID,
        "token": "verification-token",
        "team": {"id": TEAM_ID, "domain": workspace.domain},
        "is_enterprise_install": False,
    }


def _trigger(person: Person) -> str:
    return person.server.workspace.new_trigger(person.id)


def shown_name(channel: Channel) -> str:
    """How payloads call a place: private ones stay nameless."""
    return {"im": "directmessage", "group": "privategroup"}.get(channel.kind, channel.name)


async def command(person: Person, channel: Channel, name: str, text: str) -> Reply:
    """A slash command."""
    server, workspace = person.server, person.server.workspace
    url = workspace.new_response_url(person.id, channel.id)
    payload = {
        "token": "verification-token",
        "team_id": TEAM_ID,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": shown_name(channel),
        "user_id": person.id,
        "user_name": person.user.name,
        "command": name,
        "text": text.strip(),
        "api_app_id": APP_ID,
        "is_enterprise_install": False,
        "response_url": f"{server.url}/response/{url.id}",
        "trigger_id": _trigger(person),
    }
    reply = await _answer(server, server.sockets.send("slash_commands", payload))
    _show(server, url, reply)
    return reply


async def message_action(
    person: Person, channel: Channel, message: JSON, actions: list[JSON], *, ephemeral: bool
) -> Reply:
    """A press in a message."""
    server = person.server
    url = server.workspace.new_response_url(person.id, channel.id, ts=message["ts"], ephemeral=ephemeral)
    container = {"type": "message", "message_ts": message["ts"], "channel_id": channel.id, "is_ephemeral": ephemeral}
    if "thread_ts" in message:
        container["thread_ts"] = message["thread_ts"]
    payload = _common(person, "block_actions") | {
        "container": container,
        "trigger_id": _trigger(person),
        "channel": {"id": channel.id, "name": shown_name(channel)},
        "state": {"values": {}},
        "response_url": f"{server.url}/response/{url.id}",
        "actions": actions,
    }
    if not ephemeral:  # the content of an ephemeral is not sent back
        payload["message"] = objects.shown_message(message, metadata=False)
    return await _answer(server, server.sockets.send("interactive", payload))


async def view_action(person: Person, view: JSON, actions: list[JSON]) -> Reply:
    """A press in a modal or the home."""
    payload = _common(person, "block_actions") | {
        "container": {"type": "view", "view_id": view["id"]},
        "trigger_id": _trigger(person),
        "view": view,
        "actions": actions,
    }
    return await _answer(person.server, person.server.sockets.send("interactive", payload))


async def submission(person: Person, view: JSON) -> Reply:
    """A submitted modal."""
    more = {"trigger_id": _trigger(person), "view": view, "response_urls": []}
    payload = _common(person, "view_submission") | more
    return await _answer(person.server, person.server.sockets.send("interactive", payload))


async def closed(person: Person, view: JSON, *, cleared: bool) -> Reply:
    """A closed modal that asked to be told."""
    payload = _common(person, "view_closed") | {"view": view, "is_cleared": cleared, "response_urls": []}
    return await _answer(person.server, person.server.sockets.send("interactive", payload))


async def shortcut(person: Person, callback_id: str) -> Reply:
    """A global shortcut: no channel."""
    payload = _common(person, "shortcut") | {"callback_id": callback_id, "trigger_id": _trigger(person)}
    payload["action_ts"] = person.server.workspace.new_ts()
    payload["user"].pop("name")
    payload.pop("api_app_id")
    return await _answer(person.server, person.server.sockets.send("interactive", payload))


async def message_shortcut(person: Person, channel: Channel, callback_id: str, message: JSON) -> Reply:
    """A shortcut on a message."""
    server = person.server
    url = server.workspace.new_response_url(person.id, channel.id)
    payload = _common(person, "message_action") | {
        "callback_id": callback_id,
        "trigger_id": _trigger(person),
        "action_ts": server.workspace.new_ts(),
        "channel": {"id": channel.id, "name": shown_name(channel)},
        "message_ts": message["ts"],
        "message": objects.shown_message(message, metadata=False),
        "response_url": f"{server.url}/response/{url.id}",
    }
    payload["user"].pop("username")
    payload.pop("api_app_id")
    return await _answer(server, server.sockets.send("interactive", payload))


async def _answer(server: SlackServer, envelope: Envelope) -> Reply:
    """Wait for the ack, the server's clock, or three real seconds."""
    try:
        await asyncio.wait_for(envelope.done.wait(), DEADLINE)
    except TimeoutError:
        server.sockets.give_up(envelope)
    if envelope.state == "acked":
        return Reply(None, envelope.answer or {})
    return Reply("dispatch_failed" if envelope.state == "unsent" else "operation_timeout")


def _show(server: SlackServer, url: ResponseUrl, reply: Reply) -> None:
    """An ack with words is an answer to the command: ephemeral unless it says in_channel."""
    if reply.payload.get("text") or reply.payload.get("blocks"):
        try:
            responses.act(server, url, reply.payload)
        except SlackError as error:
            server.problem(f"a command answered with a wrong message: {error.code}")
