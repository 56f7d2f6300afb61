"""Whether what the server emits looks like Slack: known keys, right types, required keys (``facts.json``)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .derive_facts import ID, event_kind, letter
from .sockets import EVENTS
from .state import JSON

if TYPE_CHECKING:
    from .server import SlackServer

MOST_DEPTH = 40


@cache
def facts() -> JSON:
    """What is known about Slack's API."""
    loaded: JSON = json.loads(Path(__file__).with_name("facts.json").read_text(encoding="utf-8"))
    return loaded


def differences(value: Any, number: int, path: str) -> list[str]:
    """Where a value does not fit a shape."""
    shape = facts()["shapes"][number]
    if "x" in shape["t"]:
        return []
    if letter(value) not in shape["t"]:
        return [f"{path}: {letter(value)} where {shape['t']} is known"]
    if isinstance(value, list) and "a" in shape:
        return [line for index, item in enumerate(value) for line in differences(item, shape["a"], f"{path}[{index}]")]
    if isinstance(value, dict) and "f" in shape:
        lacking = [f"{path}: {key} is missing" for key in shape.get("r", []) if key not in value]
        return lacking + _object(value, facts()["shapes"][facts()["families"][shape["f"]]], path)
    if isinstance(value, dict) and not shape.get("x"):
        return _object(value, shape, path)
    return []


def _object(value: JSON, shape: JSON, path: str) -> list[str]:
    found = [f"{path}: {key} is missing" for key in shape.get("r", []) if key not in value]
    keys = shape.get("o", {})
    for key, item in value.items():
        number = keys.get(key, keys.get("*") if ID.match(key) else None)
        found += [f"{path}.{key}: unknown key"] if number is None else differences(item, number, f"{path}.{key}")
    return found


def answer_differences(method: str, answer: JSON) -> list[str]:
    """What Slack would not have answered."""
    known = facts()["methods"][method]
    found = differences(answer, known["answer"], method)
    if answer.get("ok"):
        return found
    error = answer.get("error")
    if error not in errors_of(method):
        found.append(f"{method}: unknown error {error}")
    # Refusals lack what answers require, and may carry what any refusal carries.
    return [line for line in found if "is missing" not in line and line.split(":")[0] not in _ON_REFUSAL(method)]


def _ON_REFUSAL(method: str) -> set[str]:  # noqa: N802
    return {f"{method}.{key}" for key in ("error", "needed", "provided", "response_metadata", "errors")}


# Not in the reference's lists, but seen: the first in its own examples, the second in every SDK's tests.
ALSO_SEEN = {"invalid_arguments", "invalid_auth"}
# Told to bots by a method that its page says they cannot use ("Bug alert"; github.com/slack-go/slack/issues/1066).
ALSO_SEEN_OF = {"conversations.unarchive": {"not_in_channel"}}


def errors_of(method: str) -> set[str]:
    """The codes that a method is known to answer."""
    known = facts()
    return {*known["methods"][method]["errors"], *known["common_errors"], *ALSO_SEEN, *ALSO_SEEN_OF.get(method, ())}


def payload_differences(envelope_kind: str, payload: JSON) -> list[str]:
    """What Slack would not have sent."""
    known = facts()["payloads"]
    if envelope_kind == EVENTS:
        event = payload["event"]
        found = differences(payload | {"event": {}}, known["event_callback"], "event_callback")
        kind = event_kind(event)
        return found + (differences(event, known[kind], kind) if kind in known else [f"{kind}: unknown event"])
    kind = "slash_commands" if envelope_kind == "slash_commands" else payload["type"]
    return differences(payload, known[kind], kind)


def all_differences(server: SlackServer) -> list[str]:
    """Everything this server has emitted so far that Slack would not have, each once."""
    found: dict[str, None] = {}
    for method, _, answer in server.calls:
        if method in facts()["methods"]:
            found |= dict.fromkeys(answer_differences(method, answer))
    for envelope in server.sockets.sent:
        found |= dict.fromkeys(payload_differences(envelope.kind, envelope.payload))
    return list(found)
