"""Derive ``facts.json`` from a folder of published samples of Slack's API: ``python derive_facts.py FOLDER``.

The folder holds Slack's own recorded samples (java-slack-sdk), the scraped reference (slack-api-ref), the old OpenAPI
errors and the payloads of the SDKs' tests. Only facts leave it: names of keys, JSON types, required keys, error codes,
scopes, tiers. No text and no value is copied.

A shape is ``{"t": letters, "o": {key: shape}, "a": shape, "r": [required keys], "f": family}``; letters: s(tring)
n(umber) b(oolean) 0 (null) o(bject) a(rray), x: anything goes. Equal shapes are stored once and named by their number.
Objects that Slack's reference calls by one name (message, conversation, user, profile, view) are families: what one
sample shows of them is known for all.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .calls import METHODS
from .events import SUBSCRIPTIONS
from .server import MODULES

JSON = dict[str, Any]
ANY: JSON = {"t": "x"}
# What callers send and Slack hands back: its shape is the caller's business (checked by rules.py when it comes in).
OPAQUE = {"blocks", "attachments", "event_payload", "values", "state", "args"}
ID = re.compile(r"^[A-Z][a-z]?[A-Z0-9]{7,}$")  # maps keyed by ids; those of custom fields begin with "Xf"
# Keys that only Enterprise organisations, or only some causes, have: known, never required.
OPTIONAL = {"enterprise_id", "enterprise_name", "enterprise", "inviter", "authed_users", "response_metadata"}
OPTIONAL |= {"client_msg_id", "blocks"}  # only what people type has them
# The samples of presses are all of messages, views have neither key; teams come only in organisations.
NOT_ALWAYS = {"block_actions": {"channel", "response_url"}, "team.info": {"teams"}}
JAVA_INTERACTIONS = {
    "slash_commands": "SlashCommand",
    "block_actions": "BlockAction",
    "view_submission": "ViewSubmission",
    "view_closed": "ViewClosed",
    "message_action": "MessageShortcut",
}
# Family -> where its objects stand, and a key that tells them from others in the same place.
FAMILIES = {
    "message": ({"message", "previous_message", "messages", "root", "latest"}, "text"),
    "conversation": ({"channel", "channels"}, "is_archived"),
    "user": ({"user", "members"}, "profile"),
    "profile": ({"profile"}, "avatar_hash"),
    "view": ({"view"}, "callback_id"),
}
SCALARS = {"string": "s", "integer": "n", "number": "n", "boolean": "b", "null": "0"}


def letter(value: Any) -> str:
    """The JSON type of a value, as shapes write it."""
    if value is None:
        return "0"
    kinds: list[tuple[type, str]] = [(bool, "b"), (str, "s"), (list, "a"), (dict, "o")]
    return next((found for kind, found in kinds if isinstance(value, kind)), "n")


def shape(value: Any) -> JSON:
    """The shape of one sample value. Empty containers tell nothing about what they hold."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return {
            "t": "0" if value is None else "b" if isinstance(value, bool) else "s" if isinstance(value, str) else "n"
        }
    if isinstance(value, list):
        inner: JSON = {}
        for item in value:
            inner = merged(inner, shape(item))
        return {"t": "a", "a": inner} if inner else {"t": "a"}
    if not value:
        return {"t": "o", "x": True}
    keys: JSON = {}
    for key, item in value.items():
        name = "*" if ID.match(key) else key
        keys[name] = dict(ANY) if name in OPAQUE else merged(keys.get(name, {}), shape(item))
    return {"t": "o", "o": keys}


def merged(one: JSON, two: JSON) -> JSON:
    """What fits either."""
    if not one or not two:
        return one or two
    both: JSON = {"t": "".join(sorted(set(one["t"]) | set(two["t"])))}
    if "o" in one or "o" in two:
        left, right = one.get("o", {}), two.get("o", {})
        both["o"] = {key: merged(left.get(key, {}), right.get(key, {})) for key in {*left, *right}}
    if "a" in one or "a" in two:
        both["a"] = merged(one.get("a", {}), two.get("a", {}))
    if "r" in one or "r" in two:
        both["r"] = sorted({*one.get("r", []), *two.get("r", [])})
    if "f" in one or "f" in two:
        both["f"] = one.get("f", two.get("f"))
    if (one.get("x") or two.get("x")) and "o" not in both:
        both["x"] = True
    return both


def schema_shape(schema: Any) -> JSON:
    """The shape a reference page's output schema describes; references to other schemas tell nothing here."""
    if not isinstance(schema, dict):
        return {}
    result: JSON = {}
    for option in [*schema.get("anyOf", []), *schema.get("oneOf", []), *schema.get("allOf", [])]:
        result = merged(result, schema_shape(option))
    kind = schema.get("type")
    if isinstance(kind, list):
        for one in kind:
            result = merged(result, schema_shape(schema | {"type": one}))
        return result
    if kind in SCALARS:
        result = merged(result, {"t": SCALARS[kind]})
    elif kind == "array":
        inner = schema_shape(schema.get("items"))
        result = merged(result, {"t": "a", "a": inner} if inner else {"t": "a"})
    elif kind == "object":
        properties = schema.get("properties")
        properties = properties if isinstance(properties, dict) else {}
        keys = {k: dict(ANY) if k in OPAQUE else schema_shape(v) or {} for k, v in properties.items()}
        result = merged(result, {"t": "o", "o": keys} if keys else {"t": "o", "x": True})
    if schema.get("required") and isinstance(schema["required"], list) and "o" in result.get("t", ""):
        result["r"] = sorted(schema["required"])
    return result


def read(path: Path) -> Any:
    """One sample file, or nothing."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


class Families:
    """What is known of each family, over all samples."""

    def __init__(self) -> None:
        self.known: dict[str, JSON] = {}

    def split(self, what: JSON, place: str = "") -> JSON:
        """The shape with its members of families replaced by references, which are learnt from on the way."""
        result = {key: value for key, value in what.items() if key not in {"o", "a"}}
        if "a" in what:
            result["a"] = self.split(what["a"], place)
        if "o" not in what:
            return result
        result["o"] = {key: self.split(value, key) for key, value in what["o"].items()}
        family = next((f for f, (places, mark) in FAMILIES.items() if place in places and mark in what["o"]), None)
        if family is None:
            return result
        self.known[family] = merged(self.known.get(family, {}), {"t": "o", "o": result.pop("o")})
        return result | {"f": family}


class Samples:
    """The folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bolt: JSON = read(folder / "bolt-tests/payloads.json")
        self.frames: list[JSON] = read(folder / "bolt-tests/socket_mode_frames.json")
        self.old_errors: JSON = read(folder / "openapi-2020/errors.json")
        self.wrapper: JSON = read(folder / "openapi-2020/event_wrapper_schema.json")
        self.events = [read(path) for path in sorted((folder / "java-sdk/events").glob("*.json"))]

    def method(self, name: str) -> JSON:
        """Everything we use about one method."""
        ref = read(self.folder / f"ref/methods/{name}.json") or {}
        old = self.old_errors.get(name) or {}
        result = merged(shape(read(self.folder / f"java-sdk/api/{name}.json") or {}), schema_shape(ref.get("output")))
        result = merged({k: v for k, v in result.items() if k != "x"}, {"t": "o", "o": {"ok": {"t": "b"}}, "r": ["ok"]})
        result["r"] = sorted(set(result["r"]) - NOT_ALWAYS.get(name, set()))
        for example in (ref.get("examples") or {}).values():
            if isinstance(example, dict) and isinstance(example.get("example"), dict):
                result = merged(result, shape(example["example"]))
        arguments = ref.get("args") or {}
        return {
            "tier": ref.get("rate_limits"),
            "scopes": {kind: sorted(scopes) for kind, scopes in (ref.get("scope") or {}).items()},
            "arguments": sorted(arguments.get("properties") or {}),
            "required_arguments": sorted(set(arguments.get("required") or []) - {"token"}),
            "errors": sorted({*(ref.get("errors") or {}), *(old.get("errors") or [])}),
            "answer": result,
        }

    def common_errors(self) -> list[str]:
        """Errors that any method may answer: the reference's list, and what nearly all methods of 2020 shared."""
        listed = set(read(self.folder / "ref/common_errors.json")["common"]["errors"])
        everywhere: dict[str, int] = {}
        for entry in self.old_errors.values():
            for error in entry["errors"]:
                everywhere[error] = everywhere.get(error, 0) + 1
        return sorted(listed | {error for error, times in everywhere.items() if times >= len(self.old_errors) / 2})

    def payloads(self) -> JSON:
        """Every kind of payload that the app receives."""
        groups: dict[str, list[tuple[JSON, bool]]] = {}  # kind -> samples; True: its keys tell what is required
        for payload in self.bolt.values():
            self._sort(groups, payload)
        for frame in self.frames:
            kind = "envelope" if "envelope_id" in frame else str(frame["type"])
            groups.setdefault(kind, []).append((frame | {"payload": {}} if kind == "envelope" else frame, True))
            if kind == "envelope":
                self._sort(groups, frame["payload"])
        for kind, name in JAVA_INTERACTIONS.items():
            groups.setdefault(kind, []).append((read(self.folder / f"java-sdk/app-backend/{name}Payload.json"), False))
        for payload in self.events:
            groups.setdefault("event_callback", []).append((payload | {"event": {}}, False))
            groups.setdefault(event_kind(payload["event"]), []).append((payload["event"], False))
        for path in sorted((self.folder / "ref/events").glob("*.json")):
            example = read(path).get("example")
            if isinstance(example, dict) and "type" in example and path.stem == example["type"]:
                groups.setdefault(event_kind(example), []).append((example, True))
        result = {kind: self._group(kind, samples) for kind, samples in sorted(groups.items()) if is_used(kind)}
        result["event_callback"]["r"] = sorted(set(self.wrapper["required"]) - OPTIONAL)
        return result

    def _sort(self, groups: dict[str, list[tuple[JSON, bool]]], payload: JSON) -> None:
        if payload.get("type") == "event_callback":
            groups.setdefault("event_callback", []).append((payload | {"event": {}}, False))
            groups.setdefault(event_kind(payload["event"]), []).append((payload["event"], True))
        else:
            groups.setdefault("slash_commands" if "command" in payload else payload["type"], []).append((payload, True))

    def _group(self, kind: str, samples: Iterable[tuple[JSON, bool]]) -> JSON:
        result: JSON = {}
        required: set[str] | None = None
        for sample, telling in samples:
            # Each event has an event_ts, whatever its own page shows (the wrapper's schema).
            result = merged(result, shape(sample | {"event_ts": ""} if kind.startswith("event:") else sample))
            if telling:
                required = set(sample) if required is None else required & set(sample)
        return result | {"r": sorted((required or set()) - OPTIONAL - NOT_ALWAYS.get(kind, set()))}


def event_kind(event: JSON) -> str:
    """event:type, and the subtype of messages."""
    subtype = event.get("subtype") if event["type"] == "message" else None
    return f"event:{event['type']}:{subtype}" if subtype else f"event:{event['type']}"


def is_used(kind: str) -> bool:
    """Whether our server can emit this kind at all."""
    if not kind.startswith("event:"):
        return kind != "url_verification"
    return kind.startswith("event:message") or kind.removeprefix("event:") in SUBSCRIPTIONS


class Interned:
    """Equal shapes once."""

    def __init__(self) -> None:
        self.all: list[JSON] = []
        self._known: dict[str, int] = {}

    def add(self, what: JSON) -> int:
        """The shape's number."""
        flat: JSON = {"t": what.get("t", "x")}
        if "x" in flat["t"] or not what:
            flat = {"t": "x"}
        elif what.get("o"):
            flat["o"] = {key: self.add(what["o"][key]) for key in sorted(what["o"])}
        if flat["t"] != "x":
            flat |= {"a": self.add(what["a"])} if what.get("a") else {}
            flat |= {key: what[key] for key in ("r", "x", "f") if what.get(key)}
        key = json.dumps(flat, sort_keys=True)
        if key not in self._known:
            self._known[key] = len(self.all)
            self.all.append(flat)
        return self._known[key]


def derive(folder: Path) -> JSON:
    """All facts."""
    samples, interned, families = Samples(folder), Interned(), Families()
    methods = {}
    assert MODULES  # importing the server registered its methods
    for name in sorted(METHODS):
        facts = samples.method(name)
        methods[name] = facts | {"answer": families.split(facts["answer"])}
    payloads = {
        kind: families.split(value, "message" if kind.startswith("event:message") else "")
        for kind, value in samples.payloads().items()
    }
    for facts in methods.values():
        facts["answer"] = interned.add(facts["answer"])
    return {
        "common_errors": samples.common_errors(),
        "methods": methods,
        "payloads": {kind: interned.add(value) for kind, value in payloads.items()},
        "families": {name: interned.add(value) for name, value in sorted(families.known.items())},
        "shapes": interned.all,
    }


def lines(facts: JSON) -> str:
    """JSON with one line per method, payload and shape, so that differences can be read."""
    parts = [f'"common_errors":{json.dumps(facts["common_errors"])}']
    for name in ("methods", "payloads", "families"):
        rows = ",\n".join(f"{json.dumps(k)}:{json.dumps(v, separators=(',', ':'))}" for k, v in facts[name].items())
        parts.append(f'"{name}":{{\n{rows}\n}}')
    rows = ",\n".join(json.dumps(row, separators=(",", ":")) for row in facts["shapes"])
    parts.append(f'"shapes":[\n{rows}\n]')
    return "{" + ",\n".join(parts) + "}\n"


def main(folders: list[str]) -> None:
    """Write facts.json beside this file."""
    if len(folders) != 1:
        sys.exit("usage: python -m tests.servers.slack.derive_facts FOLDER_WITH_SAMPLES")
    target = Path(__file__).with_name("facts.json")
    target.write_text(lines(derive(Path(folders[0]))), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
