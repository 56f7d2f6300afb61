"""What platforms send, as it was recorded, and what can go wrong with it: keys gone, types swapped, texts cut."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tests.rights.ways import BOT_ON_MATRIX, ME, Way, slack_payload
from tests.servers.slack.shapes import facts

ODD = (
    "\ud800",
    "\x00",
    "",
    " ",
    "a" * 3_000,
    "ça va ?",
    "💐",
    "\u202egnp.exe",
    "<!channel>",
    "1e999",
    "-1",
    "0",
    "null",
)
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(ODD),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | st.sampled_from(ODD), inner, max_size=3)
    ),
    max_leaves=5,
)
"""What JSON can hold, halves of characters and numbers beyond any clock with it."""


# ---------------------------------------------------------------- recorded


STAMP = "1764000005.000200"
_KNOWN: Mapping[str, Any] = {
    "ts": STAMP, "event_ts": STAMP, "action_ts": STAMP, "message_ts": STAMP, "thread_ts": STAMP, "deleted_ts": STAMP,
    "event_time": 1764000005, "event_id": "Ev1", "trigger_id": "1.2.x", "channel": "C1", "channel_id": "C1",
    "user": "U1", "user_id": "U1", "command": "/community", "text": "mine", "tab": "home", "channel_type": "channel",
    "response_url": "https://hooks.slack.com/actions/1", "private_metadata": json.dumps({"meta": "1"}),
    "callback_id": "community.answer", "action_id": "community.show#0", "value": "1", "team_id": ME.team,
}  # fmt: skip
"""What some keys hold in life; others hold the letter x."""
_PLAIN: Mapping[str, Callable[[], Any]] = {"s": lambda: "x", "b": lambda: True, "n": lambda: 1, "x": lambda: None}


def _made(number: int, key: str, depth: int) -> Any:
    """A value of one recorded shape (tests/servers/slack/facts.json), with every key that was ever seen."""
    shape = facts()["shapes"][number]
    kinds = shape["t"]
    if key in _KNOWN and ("s" in kinds or "n" in kinds):
        return _KNOWN[key]
    if "o" in kinds and depth:
        keys = facts()["shapes"][facts()["families"][shape["f"]]].get("o", {}) if "f" in shape else shape.get("o", {})
        return {name: _made(each, name, depth - 1) for name, each in keys.items() if isinstance(each, int)}
    if "a" in kinds and depth:
        return [_made(shape["a"], key, depth - 1)] if "a" in shape else []
    return next((_PLAIN[each]() for each in kinds if each in _PLAIN), {} if "o" in kinds else [])


@cache
def from_slack() -> tuple[dict[str, Any], ...]:
    """One payload of each kind that Slack was seen to send, and those that the bot itself offered."""
    found: list[dict[str, Any]] = []
    for name, number in facts()["payloads"].items():
        made = _made(number, "", 5)
        if not made or not isinstance(made, dict) or name in {"envelope", "hello", "disconnect", "event_callback"}:
            continue
        if name.startswith("event:"):
            if "type" not in made and "user" not in made:
                continue  # of which only the name was recorded
            kind, _, subtype = name.removeprefix("event:").partition(":")
            made |= {"type": kind} | ({"subtype": subtype} if subtype else {"subtype": ""})
            made = {"type": "event_callback", "event_id": "Ev1", "event_time": 1764000005, "event": made}
            made["team_id"] = ME.team
        elif name != "slash_commands":
            made["type"] = name
        found.append(made)
    return (*found, *(slack_payload(way, "U1", "000042") for way in WAYS))


WAYS = (
    Way("community.mine", "typed", "community mine"),
    Way("community.request", "typed", "community request Bees --purpose All about our bees --work Feed them --yes"),
    Way("community.show", "pressed", "community.show", "1"),
    Way("parvis.help", "pressed", "parvis.help"),
    Way("form community.answer", "filled", "community.answer"),
    Way("form community.summary", "filled", "community.summary"),
)


def _matrix(kind: str, content: Any, **more: Any) -> dict[str, Any]:
    raw = {"type": kind, "event_id": "$1", "sender": "@ana:acme.test", "origin_server_ts": 1764000005000}
    return {**raw, "content": content, "unsigned": {"age": 3}, **more}


_REPLY = {"m.relates_to": {"m.in_reply_to": {"event_id": "$card"}}}
FROM_MATRIX = (
    _matrix("m.room.message", {"msgtype": "m.text", "body": "!community mine"}),
    _matrix("m.room.message", {"msgtype": "m.text", "body": "Parvis: help", "format": "org.matrix.custom.html",
            "formatted_body": '<a href="https://matrix.to/#/@parvis:acme.test">Parvis</a>: help'}),
    _matrix("m.room.message", {"msgtype": "m.text", "body": "> <@x:y> hm\n\n1", **_REPLY}),
    _matrix("m.room.message", {"msgtype": "m.image", "body": "bees.png", "url": "mxc://acme.test/x"}),
    _matrix("m.room.message", {"msgtype": "m.text", "body": "* better", "m.new_content": {"msgtype": "m.text"},
            "m.relates_to": {"rel_type": "m.replace", "event_id": "$0"}}),
    _matrix("m.room.message", {"msgtype": "m.text", "body": "in a thread?", "m.relates_to":
            {"rel_type": "m.thread", "event_id": "$0", "is_falling_back": True, "m.in_reply_to": {"event_id": "$9"}}}),
    _matrix("m.reaction", {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$card", "key": "✅"}}),
    _matrix("m.room.redaction", {"redacts": "$0"}, redacts="$0"),
    _matrix("m.room.encrypted", {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "AwgA", "session_id": "s"}),
    _matrix("m.room.member", {"membership": "join"}, state_key="@ana:acme.test", prev_content={}),
    _matrix("m.room.member", {"membership": "leave"}, state_key="@ana:acme.test",
            unsigned={"prev_content": {"membership": "join"}}),
    _matrix("m.room.member", {"membership": "knock"}, state_key="@ana:acme.test"),
    _matrix("m.room.member", {"membership": "join"}, state_key=BOT_ON_MATRIX,
            unsigned={"prev_content": {"membership": "invite"}, "prev_sender": "@ana:acme.test"}),
    _matrix("m.room.name", {"name": "Bees"}, state_key=""),
    _matrix("m.room.topic", {"topic": "Honey"}, state_key=""),
    _matrix("m.room.canonical_alias", {"alias": "#bees:acme.test"}, state_key=""),
    _matrix("m.room.create", {"creator": "@ana:acme.test", "room_version": "11",
            "predecessor": {"room_id": "!old:acme.test", "event_id": "$x"}}, state_key=""),
    _matrix("m.room.join_rules", {"join_rule": "public"}, state_key="",
            unsigned={"prev_content": {"join_rule": "invite"}}),
    _matrix("m.room.power_levels", {"events_default": 100, "users": {"@ana:acme.test": 100}}, state_key="",
            unsigned={"prev_content": {"events_default": 0}}),
    _matrix("m.room.tombstone", {"body": "moved", "replacement_room": "!new:acme.test"}, state_key=""),
    _matrix("m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"}, state_key=""),
    _matrix("fr.parvis.direct", {"person": "@ana:acme.test"}, state_key="", sender=BOT_ON_MATRIX),
    _matrix("fr.parvis.made", {"name": "opening:1"}, state_key="", sender=BOT_ON_MATRIX),
    {"type": "m.receipt", "content": {"$0": {"m.read": {"@ana:acme.test": {"ts": 1764000005000}}}}},
    {"type": "m.direct", "content": {"@ana:acme.test": ["!r:acme.test"]}},
    {"type": "m.typing", "content": {"user_ids": ["@ana:acme.test"]}},
)  # fmt: skip
"""Events of rooms as a homeserver tells them (spec, client-server API), what people and other servers wrote in them."""


# ---------------------------------------------------------------- spoilt


def _paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [at] if at else []
    if isinstance(value, dict):
        found += [path for key, inner in value.items() for path in _paths(inner, (*at, key))]
    if isinstance(value, list):
        found += [path for index, inner in enumerate(value) for path in _paths(inner, (*at, index))]
    return found


@st.composite
def spoilt(draw: st.DrawFn, base: Mapping[str, Any], kept: frozenset[str] = frozenset()) -> dict[str, Any]:
    """A payload with a few things wrong with it. kept: keys of the outermost object that stay."""
    value: Any = copy.deepcopy(dict(base))
    for _ in range(draw(st.integers(0, 4))):
        paths = [path for path in _paths(value) if path[0] not in kept]
        if not paths:
            break
        *way, last = draw(st.sampled_from(paths))
        holder = value
        for step in way:
            holder = holder[step]
        match draw(st.sampled_from(("drop", "swap", "cut", "odd", "wrap"))):
            case "drop":
                del holder[last]
            case "swap":
                holder[last] = draw(ANYTHING)
            case "cut":
                holder[last] = str(holder[last])[: draw(st.integers(0, 12))]
            case "odd":
                holder[last] = draw(st.sampled_from(ODD))
            case "wrap":
                holder[last] = draw(st.sampled_from(([holder[last]], {"value": holder[last]}, [])))
    found: dict[str, Any] = value
    return found
