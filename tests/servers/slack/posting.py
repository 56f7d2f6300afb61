"""Putting messages into channels: the one road that chat.*, people, response URLs and uploads share."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from . import mentions, objects, rules
from .state import APP_ID, BOT_ID, BOT_USER_ID, JSON, TEAM_ID, Channel, Ephemeral, User

if TYPE_CHECKING:
    from .server import SlackServer


def base_message(server: SlackServer, author: User, text: str) -> JSON:
    """The keys every message has; the bot's own carry who it is."""
    message: JSON = {"type": "message", "user": author.id, "text": text, "ts": server.workspace.new_ts()}
    message["team"] = author.team_id
    if author.id == BOT_USER_ID:
        message |= {"bot_id": BOT_ID, "app_id": APP_ID, "bot_profile": objects.bot_profile(server.workspace)}
    elif author.bot_id:
        message["bot_id"] = author.bot_id
    return message


def put(server: SlackServer, channel: Channel, message: JSON, *, names: bool = False) -> JSON:
    """Store a message, count whom it notifies, tell the app."""
    channel.messages[message["ts"]] = message
    _count_reply(channel, message)
    server.mentions += mentions.notified(server.workspace, channel, message, names=names)
    server.events.message(channel, message)
    server.pulse()
    return message


def _count_reply(channel: Channel, message: JSON) -> None:
    root = channel.messages.get(message.get("thread_ts", ""))
    if root is None or root is message:
        return
    users = root.setdefault("reply_users", [])
    if message.get("user") not in users:
        users.append(message.get("user"))
    root |= {
        "thread_ts": root["ts"],
        "reply_count": root.get("reply_count", 0) + 1,
        "reply_users_count": len(users),
        "latest_reply": message["ts"],
    }


def change(server: SlackServer, channel: Channel, message: JSON, editor: User, **keys: Any) -> None:
    """Edit a message in place. Keys set to None go away. Edits notify nobody."""
    previous = json.loads(json.dumps(message))
    for key, value in keys.items():
        if value is None:
            message.pop(key, None)
        else:
            message[key] = value
    message["edited"] = {"user": editor.id, "ts": server.workspace.new_ts()}
    server.events.changed(channel, message, previous)
    server.pulse()


def remove(server: SlackServer, channel: Channel, ts: str) -> None:
    """Delete a message; its pins go with it."""
    message = channel.messages.pop(ts)
    channel.pins = [pin for pin in channel.pins if pin["message"]["ts"] != ts]
    server.events.deleted(channel, message)
    server.pulse()


def whisper(server: SlackServer, channel: Channel, reader: User, text: str, blocks: list[JSON] | None) -> Ephemeral:
    """Show something to one person; no history holds it and no event tells it."""
    message = base_message(server, server.workspace.users[BOT_USER_ID], text)
    if blocks:
        message["blocks"] = rules.completed(blocks, server.workspace.new_id)
    ephemeral = Ephemeral(reader.id, channel.id, message["ts"], message)
    server.workspace.ephemerals.append(ephemeral)
    server.pulse()
    return ephemeral


def notice(server: SlackServer, channel: Channel, author: User, subtype: str, text: str, **more: Any) -> None:
    """What Slack itself writes into a channel: joins, topics, names."""
    message = base_message(server, author, text)
    for key in ("team", "bot_id", "app_id", "bot_profile"):
        message.pop(key, None)
    put(server, channel, message | {"subtype": subtype} | more)


def join(server: SlackServer, channel: Channel, user: User, *, inviter: User | None = None) -> None:
    """Make someone a member, with the notice and the event that follow."""
    channel.members.append(user.id)
    more = {"inviter": inviter.id} if inviter else {}
    if channel.kind in {"channel", "group"}:
        notice(server, channel, user, "channel_join", f"<@{user.id}> has joined the channel", **more)
        server.events.joined(channel, user, inviter.id if inviter else None)
    server.pulse()


def leave(server: SlackServer, channel: Channel, user: User, *, by: User | None = None) -> None:
    """End someone's membership. by: who removed them."""
    notice(server, channel, user, "channel_leave", f"<@{user.id}> has left the channel")
    channel.members.remove(user.id)
    server.events.left(channel, user, (by or user).id)
    server.pulse()


def person_message(server: SlackServer, channel: Channel, author: User, text: str, thread_ts: str | None) -> JSON:
    """What a person types, as Slack keeps it: with a client_msg_id and rich text beside the text."""
    message = base_message(server, author, text)
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    block = {"type": "rich_text", "block_id": server.workspace.new_id("")[-5:], "elements": [section]}
    message |= {"client_msg_id": server.workspace.new_id("M"), "team": TEAM_ID, "blocks": [block]}
    if author.team_id != TEAM_ID:
        message["team"] = author.team_id
    if thread_ts:
        message["thread_ts"] = thread_ts
    return put(server, channel, message)
