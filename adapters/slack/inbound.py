"""What Slack sends, as events of `bot.chat`. Pure: a payload in, an event (or None, or what is wrong) out.

Sources: docs.slack.dev, apis/events-api; reference/events; reference/interaction-payloads;
interactivity/implementing-slash-commands.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from adapters.slack.text import clean, plain
from bot.chat import (
    Command,
    Deleted,
    Edited,
    Event,
    HomeOpened,
    Joined,
    Left,
    Press,
    ProfileChanged,
    Reacted,
    RoomChanged,
    Spoke,
    Submission,
)

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Me:
    """Who the bot is on its workspace.

    user: its user id ("U…"); bot: its bot id ("B…"); team, enterprise: where it is installed; owner: the user whose
    token the bot may use for what is kept to admins ("" without one). url: the workspace's address, ending with "/".
    """

    user: str
    bot: str
    team: str
    enterprise: str = ""
    owner: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Malformed:
    """Something that is no event. key: its identity. reason: a code, and names of keys at most."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a translation needs to know besides the payload.

    platform: the configured name. directs: rooms known to be direct rooms between the bot and someone (a command
    typed in a direct message of two people also comes from a room "D…", which the bot cannot enter).
    """

    platform: str
    me: Me
    now: datetime
    directs: Collection[str] = ()


def translate(body: Any, reading: Reading) -> Event | Malformed | None:
    """One payload of the Events API, of a slash command or of an interaction. None: nothing that anybody waits for."""
    try:
        kind = "command" if "command" in body else body["type"]
        if kind in _IGNORED:
            return None
        if known := _KINDS.get(kind):
            return known(body, reading)
        return Malformed(_identity(body), f"unknown_type:{str(kind)[:40]}")
    # What a payload that is not as documented raises; pydantic's ValidationError is a ValueError.
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError) as error:
        return Malformed(_identity(body), f"{type(error).__name__}:{_shape(body)}")


# ---------------------------------------------------------------- commands, presses, submissions


def _slash(body: JSON, reading: Reading) -> Command:
    room = str(body["channel_id"])
    words = f"{body['command'].lstrip('/')} {plain(body.get('text') or '')}".strip()
    return Command(
        key=f"command:{body['trigger_id']}",
        platform=reading.platform,
        by=body["user_id"],
        room=room,
        at=reading.now,
        direct=room in reading.directs,
        text=words,
        handle=handle(trigger=body["trigger_id"], url=body.get("response_url"), room=room),
    )


def _press(body: JSON, reading: Reading) -> Press | None:
    action, container = body["actions"][0], body.get("container") or {}
    # A message seen by one person alone comes without what it says.
    message = body.get("message") or {}
    author = message.get("user") or message.get("bot_id") or reading.me.user
    if author not in {reading.me.user, reading.me.bot}:
        return None  # the bot did not send it
    view = container.get("view_id") or (body.get("view") or {}).get("id") or ""
    on = container.get("message_ts") or message.get("ts") or view
    room = (body.get("channel") or {}).get("id") or container.get("channel_id") or ""
    by, action_ts = body["user"]["id"], str(action["action_ts"])
    hidden = bool(container.get("is_ephemeral"))
    shown = (body.get("view") or {}).get("type")
    return Press(
        key=f"press:{on}:{action_ts}:{by}:{action['action_id']}",
        platform=reading.platform,
        by=by,
        room=room,
        at=instant(action_ts),
        # The bot's own lasting message in a direct room: that room is ours.
        direct=room in reading.directs or (room.startswith("D") and not hidden),
        action=action["action_id"].rpartition("#")[0] or action["action_id"],
        value=action.get("value") or "",
        on=on,
        handle=handle(
            trigger=body.get("trigger_id"),
            url=body.get("response_url"),
            room=room,
            view=view if shown == "modal" else "",
        ),
        home=shown == "home" or bool(_kept(body.get("view") or {}).get("home")),
    )


def _shortcut(body: JSON, reading: Reading) -> Command:
    """A shortcut of the menus, global or on a message: it is called by the command that it stands for."""
    room = str((body.get("channel") or {}).get("id") or "")
    return Command(
        key=f"shortcut:{body['trigger_id']}",
        platform=reading.platform,
        by=body["user"]["id"],
        room=room,
        at=instant(body["action_ts"]),
        direct=room in reading.directs,
        text=str(body["callback_id"]).replace(".", " "),
        handle=handle(trigger=body["trigger_id"], url=body.get("response_url"), room=room),
        in_reply_to=str(body.get("message_ts") or ""),
    )


def _submission(body: JSON, reading: Reading) -> Submission:
    view = body["view"]
    private = _kept(view)
    states = (view.get("state") or {}).get("values") or {}
    return Submission(
        key=f"form:{view['id']}:{view.get('hash') or ''}",
        platform=reading.platform,
        by=body["user"]["id"],
        at=reading.now,
        form=view["callback_id"],
        values={name: _answer(next(iter(inputs.values()))) for name, inputs in states.items() if inputs},
        meta=private.get("meta", ""),
        handle=handle(trigger=body.get("trigger_id")),
        home=bool(private.get("home")),
    )


def _kept(view: JSON) -> JSON:
    """What the bot wrote on a view of its own."""
    found = json.loads(view.get("private_metadata") or "{}")
    return found if isinstance(found, dict) else {}


def _answer(state: JSON) -> str:
    """What one input holds. (docs: reference/block-kit/block-elements, "view_submission payloads")"""
    match state["type"]:
        case "static_select" | "radio_buttons":
            return str((state.get("selected_option") or {}).get("value") or "")
        case "users_select":
            return state.get("selected_user") or ""
        case "multi_users_select":
            return " ".join(state.get("selected_users") or ())
        case "datepicker":
            return state.get("selected_date") or ""
    return clean(state.get("value") or "")


def handle(**parts: str | None) -> str:
    """What answers need later: trigger, url, room, view."""
    return json.dumps(parts, separators=(",", ":"))


def unhandle(text: str) -> dict[str, str]:
    """What `handle` wrote; {} when it is not ours."""
    try:
        parts = json.loads(text or "{}")
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in parts.items() if value} if isinstance(parts, dict) else {}


# ---------------------------------------------------------------- the Events API


def _message(event: JSON, _: JSON, reading: Reading) -> Event | None:
    subtype = event.get("subtype") or ""
    if subtype == "message_changed":
        return _edited(event, reading)
    if subtype == "message_deleted":
        return _deleted(event, reading)
    if subtype not in {"", "thread_broadcast", "file_share", "me_message"}:
        return None  # joins, topics, names, and what bots of the old kind write
    if event.get("bot_id") or event.get("user") in {reading.me.user, "USLACKBOT"}:
        return None
    return _said(event, reading)


def _said(event: JSON, reading: Reading) -> Event:
    """Words addressed to the bot are a command; anything else is counted, and forgotten."""
    room, ts, text = event["channel"], str(event["ts"]), str(event.get("text") or "")
    direct = event.get("channel_type") == "im" or room.startswith("D")
    thread = str(event.get("thread_ts") or "")
    thread = "" if thread == ts else thread
    common = _common(f"message:{room}:{ts}", reading, by=event["user"], room=room, at=instant(ts), direct=direct)
    mention = re.match(rf"\s*<@{re.escape(reading.me.user)}(\|[^>]*)?>[\s:,]*", text)
    words = plain(text[mention.end() :] if mention else text).strip()
    if (direct or mention) and words:
        marked = words[0] in "!/"
        return Command(
            **common,
            text=words[1:].strip() if marked else words,
            prefixed=marked or (mention is not None and not direct),
            # In the direct room nothing is shown at once that a message could not say, and a message survives a crash.
            handle="" if direct else handle(room=room),
            in_reply_to=thread,
            message=ts,
        )
    return Spoke(**common, thread=thread, question="?" in text, message=ts)


def _edited(event: JSON, reading: Reading) -> Event | None:
    message, room = event["message"], event["channel"]
    edited = message.get("edited")
    # Slack also "changes" a message when it unfolds a link or counts a reply.
    if not edited or message.get("bot_id") or edited.get("user") == reading.me.user:
        return None
    on = str(message.get("ts") or event["previous_message"]["ts"])
    key = f"edited:{room}:{on}:{edited['ts']}"
    return Edited(**_common(key, reading, by=edited["user"], room=room, at=instant(edited["ts"])), on=on)


def _deleted(event: JSON, reading: Reading) -> Event | None:
    if (event.get("previous_message") or {}).get("bot_id"):
        return None
    room, on = event["channel"], str(event["deleted_ts"])
    # Slack does not say who removed it.
    return Deleted(**_common(f"deleted:{room}:{on}", reading, room=room, at=instant(event["ts"])), on=on)


def _moved(event: JSON, body: JSON, reading: Reading) -> Event | None:
    if event["user"] == reading.me.user:
        return _put_out(event, body, reading) if event["type"] == "member_left_channel" else None
    common = _wrapped(body, reading, by=event["user"], room=event["channel"])
    return Joined(**common) if event["type"] == "member_joined_channel" else Left(**common)


def _put_out(event: JSON, body: JSON, reading: Reading) -> Event | None:
    """The bot is in a channel no longer. Slack says so by `channel_left` or `group_left`: bots were seen to get no
    `member_left_channel` about themselves (slackapi/bolt-js, issue 1847), whatever its page says.
    """
    by = event.get("actor_id") or ""
    if by == reading.me.user:
        return None
    return RoomChanged(**_wrapped(body, reading, by=by, room=event["channel"]), change="put_out")


def _reacted(event: JSON, body: JSON, reading: Reading) -> Event | None:
    item = event["item"]
    if item.get("type") != "message" or event["user"] == reading.me.user:
        return None
    return Reacted(**_wrapped(body, reading, by=event["user"], room=item["channel"]), on=str(item["ts"]))


def _profile(event: JSON, body: JSON, reading: Reading) -> Event:
    return ProfileChanged(**_wrapped(body, reading, by=event["user"]["id"]))


def _home(event: JSON, body: JSON, reading: Reading) -> Event | None:
    if event.get("tab") != "home":
        return None
    return HomeOpened(**_wrapped(body, reading, by=event["user"]))


_CHANGES = {
    "created": "created",
    "rename": "renamed",
    "archive": "archived",
    "unarchive": "reopened",
    "deleted": "deleted",
}


def _room(event: JSON, body: JSON, reading: Reading) -> Event | None:
    channel = event["channel"]
    detail = channel if isinstance(channel, dict) else {"id": channel}
    by = event.get("user") or detail.get("creator") or ""
    if by == reading.me.user:
        return None
    change = _CHANGES[event["type"].partition("_")[2]]
    common = _wrapped(body, reading, by=by, room=detail["id"])
    return RoomChanged(**common, change=change, name=detail.get("name", ""))


def announced(body: Any) -> tuple[str, str] | None:
    """The name and id of a channel that was made, by whomever; None for anything else."""
    event = body.get("event") if isinstance(body, dict) else None
    if not isinstance(event, dict) or event.get("type") != "channel_created":
        return None
    channel = event.get("channel")
    known = isinstance(channel, dict) and channel.get("name") and channel.get("id")
    return (str(channel["name"]), str(channel["id"])) if known and isinstance(channel, dict) else None


_EVENTS: dict[str, Callable[[JSON, JSON, Reading], Event | None]] = {
    "message": _message,
    "app_mention": _message,
    "member_joined_channel": _moved,
    "member_left_channel": _moved,
    "channel_left": _put_out,
    "group_left": _put_out,
    "reaction_added": _reacted,
    "user_change": _profile,
    "team_join": _profile,
    "app_home_opened": _home,
    **dict.fromkeys([f"channel_{change}" for change in _CHANGES], _room),
    **dict.fromkeys(["group_rename", "group_archive", "group_unarchive", "group_deleted"], _room),
}


def _event(body: JSON, reading: Reading) -> Event | None:
    known = _EVENTS.get(body["event"]["type"])
    return known(body["event"], body, reading) if known else None


def _limited(body: JSON, _: Reading) -> Malformed:
    """Events of this hour are lost to us: worth a trace. (docs: reference/events/app_rate_limited)"""
    return Malformed(f"app_rate_limited:{body.get('minute_rate_limited')}", "app_rate_limited")


_KINDS: dict[str, Callable[[JSON, Reading], Event | Malformed | None]] = {
    "command": _slash,
    "block_actions": _press,
    "view_submission": _submission,
    "shortcut": _shortcut,
    "message_action": _shortcut,
    "event_callback": _event,
    "app_rate_limited": _limited,
}
_IGNORED = {"view_closed", "block_suggestion"}  # nothing of ours asks for them


# ---------------------------------------------------------------- small things


def _common(
    key: str, reading: Reading, *, at: datetime, by: str = "", room: str = "", direct: bool = False
) -> dict[str, Any]:
    return {"key": key, "platform": reading.platform, "by": by, "room": room, "at": at, "direct": direct}


def _wrapped(body: JSON, reading: Reading, *, by: str, room: str = "") -> dict[str, Any]:
    """What an event carries that has no identity of its own but the envelope's."""
    return _common(f"event:{body['event_id']}", reading, by=by, room=room, at=instant(body["event_time"]))


def instant(ts: Any) -> datetime:
    """A `ts` ("1596183880.004200") or a number of seconds since 1970, as an instant."""
    return datetime.fromtimestamp(float(ts), UTC)


def _identity(body: Any) -> str:
    """The same for the same payload, whatever it is."""
    known = body.get("event_id") or body.get("trigger_id") if isinstance(body, dict) else None
    if isinstance(known, str) and known:
        return f"unread:{known[:100]}"
    return "unread:" + hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()[:32]


def _shape(body: Any) -> str:
    """Names of keys, cut short: enough to see what came, nothing of what people wrote."""
    if not isinstance(body, dict):
        return type(body).__name__
    event = body.get("event")
    keys = [*body, *(f"event.{key}" for key in event)] if isinstance(event, dict) else list(body)
    return ",".join(str(key)[:30] for key in keys)[:300]
