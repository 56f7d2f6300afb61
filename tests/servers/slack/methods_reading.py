"""conversations.* that only read: lists, members, history, replies (docs: reference/methods)."""

from __future__ import annotations

from typing import Any

from . import objects
from .calls import Call, SlackError, kind_scopes, method
from .state import JSON, Channel

TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}


def limit(call: Call, default: int, most: int, *, error: str) -> int:
    """The page size; Slack may always answer with fewer, and a test can make it so."""
    wanted = call.number("limit", default)
    if wanted < 0 or wanted > most:
        raise SlackError(error)
    return min(wanted or default, call.server.longest_page or most)


def cut(
    call: Call, items: list[Any], default: int, most: int, *, error: str = "invalid_arguments"
) -> tuple[list[Any], str]:
    """One page of a list."""
    cursor = call.text("cursor")
    if cursor and not (cursor.startswith("next:") and cursor[5:].isdigit()):
        raise SlackError("invalid_cursor")
    return objects.page(items, cursor, limit(call, default, most, error=error))


def listed(call: Call, candidates: list[Channel]) -> tuple[list[Channel], str]:
    """A page of conversations of the wanted types that the caller may see."""
    wanted = call.names("types") or ["public_channel"]
    if any(name not in TYPES for name in wanted):
        raise SlackError("invalid_types")
    kinds = {TYPES[name] for name in wanted}
    for kind in sorted(kinds):
        call.need(*kind_scopes(kind, "read", call.token.kind))
    archived = not call.flag("exclude_archived")
    found = [c for c in candidates if c.kind in kinds and c.visible_to(call.me.id) and (archived or not c.is_archived)]
    return cut(call, found, 100, 999, error="invalid_limit")


@method("conversations.list", tier=2)
def list_conversations(call: Call) -> JSON:
    found, cursor = listed(call, list(call.workspace.channels.values()))
    channels = [objects.channel(c, call.me.id, with_count=c.kind in {"channel", "group"}) for c in found]
    return {"ok": True, "channels": channels, "response_metadata": {"next_cursor": cursor}}


@method("users.conversations", tier=3)
def users_conversations(call: Call) -> JSON:
    who = call.text("user") or call.me.id
    if who not in call.workspace.users:
        raise SlackError("invalid_arguments")
    found, cursor = listed(call, [c for c in call.workspace.channels.values() if who in c.members])
    channels = [objects.channel(c, call.me.id) for c in found]
    for channel in channels:
        channel.pop("is_member", None)  # this method does not tell it
    return {"ok": True, "channels": channels, "response_metadata": {"next_cursor": cursor}}


@method("conversations.info", tier=3, required=["channel"])
def info(call: Call) -> JSON:
    channel = call.channel()
    call.need_kind(channel, "read")
    data = objects.channel(channel, call.me.id, with_count=call.flag("include_num_members"))
    return {"ok": True, "channel": data}


@method("conversations.members", tier=4, required=["channel"])
def members(call: Call) -> JSON:
    channel = call.channel()
    call.need_kind(channel, "read")
    found, cursor = cut(call, channel.members, 100, 999, error="invalid_limit")
    return {"ok": True, "members": found, "response_metadata": {"next_cursor": cursor}}


def _readable(call: Call, *, error: str) -> Channel:
    """History is for members only; bots cannot read public channels they are not in."""
    channel = call.channel()
    call.need_kind(channel, "history")
    if call.me.id not in channel.members and call.token.kind == "bot":
        raise SlackError(error)
    return channel


def _stamp(call: Call, name: str, *, error: str) -> float | None:
    value = call.text(name)
    if not value:
        return None
    try:
        return float(value)
    except ValueError:
        raise SlackError(error) from None


def between(call: Call, found: list[JSON]) -> list[JSON]:
    """Messages after ``oldest`` and before ``latest``; the ends themselves only with ``inclusive``."""
    oldest = _stamp(call, "oldest", error="invalid_ts_oldest")
    latest = _stamp(call, "latest", error="invalid_ts_latest")
    inclusive = call.flag("inclusive")
    if oldest is not None:
        found = [m for m in found if float(m["ts"]) > oldest or (inclusive and float(m["ts"]) == oldest)]
    if latest is not None:
        found = [m for m in found if float(m["ts"]) < latest or (inclusive and float(m["ts"]) == latest)]
    return found


def is_reply(message: JSON) -> bool:
    """A message of a thread that is not its first."""
    return bool(message.get("thread_ts", message["ts"]) != message["ts"])


def _page(call: Call, found: list[JSON]) -> JSON:
    shown = [m for m in found if float(m["ts"]) >= call.server.shown_since]
    messages, cursor = cut(call, between(call, shown), 100, 999)
    metadata = call.flag("include_all_metadata")
    answer: JSON = {"ok": True, "messages": [objects.shown_message(m, metadata=metadata) for m in messages]}
    answer["has_more"] = bool(cursor)
    if len(shown) < len(found):
        answer["is_limited"] = True
    if cursor:
        answer["response_metadata"] = {"next_cursor": cursor}
    return answer


@method("conversations.history", tier=3, required=["channel"])
def history(call: Call) -> JSON:
    channel = _readable(call, error="not_in_channel")
    found = [m for m in channel.messages.values() if not is_reply(m) or m.get("subtype") == "thread_broadcast"]
    newest_first = sorted(found, key=lambda m: str(m["ts"]), reverse=True)
    extra = {"pin_count": len(channel.pins), "channel_actions_ts": None, "channel_actions_count": 0}
    return _page(call, newest_first) | extra


@method("conversations.replies", tier=3, required=["channel", "ts"])
def replies(call: Call) -> JSON:
    channel = _readable(call, error="channel_not_found")
    root = channel.messages.get(call.text("ts"))
    if root is None:
        raise SlackError("thread_not_found")
    thread = root.get("thread_ts", root["ts"])
    found = [m for m in channel.messages.values() if m.get("thread_ts", m["ts"]) == thread]
    return _page(call, sorted(found, key=lambda m: str(m["ts"])))
