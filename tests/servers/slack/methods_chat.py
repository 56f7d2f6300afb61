"""chat.*, reactions.*, pins.* (docs: reference/methods)."""

from __future__ import annotations

from typing import Any

from . import objects, posting, rules
from .calls import Call, SlackError, method
from .methods_files import check_pictures
from .state import BOT_USER_ID, JSON, Channel

WRITE = ("chat:write",)


def target(call: Call) -> Channel:
    """Where chat.postMessage posts: a conversation, a channel's name, or a person (their direct messages)."""
    wanted = call.text("channel")
    workspace = call.workspace
    if wanted in workspace.users:
        if workspace.users[wanted].deleted:
            raise SlackError("channel_not_found")
        found = workspace.direct(wanted, call.me.id)
    else:
        found = workspace.channels.get(wanted) or workspace.channel_named(wanted)
    if found is None or not found.visible_to(call.me.id):
        raise SlackError("channel_not_found")
    if found.kind == "im" and BOT_USER_ID in found.members and not workspace.messages_tab:
        raise SlackError("messages_tab_disabled")
    return found


def writable(call: Call, channel: Channel) -> None:
    """Refuse posts into archived channels and where the caller is not a member."""
    if channel.is_archived:
        raise SlackError("is_archived")
    public = channel.kind == "channel" and call.token.kind == "bot" and "chat:write.public" in call.token.scopes
    if call.me.id not in channel.members and not public:
        raise SlackError("not_in_channel")


def content(call: Call, *, limit: int | None, error: str) -> JSON:
    """text, blocks, attachments and metadata of a post, checked."""
    blocks = call.data("blocks", "invalid_blocks_format")
    if blocks is not None and not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    attachments = call.data("attachments", "invalid_attachments") or []
    text, markdown = call.text("text"), call.text("markdown_text")
    if markdown and (blocks or text):
        raise SlackError("markdown_text_conflict")
    if len(attachments) > 100:
        raise SlackError("too_many_attachments")
    rules.check_message(text or markdown, blocks, has_more=bool(attachments), limit=limit, error=error)
    check_pictures(call.workspace, call.me, blocks)
    data: JSON = {"text": (text or markdown)[: rules.POST_TEXT]}
    if blocks:
        data["blocks"] = rules.completed(blocks, call.workspace.new_id)
    if attachments:
        data["attachments"] = [{"id": i + 1, "fallback": a.get("text", ""), **a} for i, a in enumerate(attachments)]
    return data


def names_go_live(call: Call) -> bool:
    """Whether bare @names in the text become mentions."""
    return call.flag("link_names") or call.text("parse") == "full"


@method("chat.postMessage", tier=5, scopes=WRITE, required=["channel"])
def post_message(call: Call) -> JSON:
    channel = target(call)
    writable(call, channel)
    data = content(call, limit=None, error="msg_blocks_too_long")
    metadata = rules.check_metadata(call.data("metadata", "invalid_metadata_format"))
    message = posting.base_message(call.server, call.me, data["text"]) | data
    if metadata:
        message["metadata"] = metadata
    if thread_ts := call.text("thread_ts"):
        message["thread_ts"] = thread_ts
        if thread_ts in channel.messages and call.me.id != channel.messages[thread_ts].get("user"):
            message["parent_user_id"] = channel.messages[thread_ts].get("user")
    posting.put(call.server, channel, message, names=names_go_live(call))
    shown = objects.shown_message(message, metadata=True)
    return {"ok": True, "channel": channel.id, "ts": message["ts"], "message": shown}


def own_message(call: Call, error: str) -> tuple[Channel, JSON]:
    """The message to edit or delete; only its author may (admins may delete with a user token)."""
    channel = call.channel()
    message = channel.messages.get(call.text("ts"))
    if message is None:
        raise SlackError("message_not_found")
    if message.get("user") != call.me.id or "subtype" in message:
        raise SlackError(error)
    return channel, message


@method("chat.update", tier=3, scopes=WRITE, required=["channel", "ts"])
def update(call: Call) -> JSON:
    channel, message = own_message(call, "cant_update_message")
    if channel.is_archived:
        raise SlackError("is_inactive")
    keys: dict[str, Any] = content(call, limit=rules.UPDATE_TEXT, error="msg_too_long")
    if "blocks" not in keys and call.args.get("blocks") is None and not keys["text"]:
        raise SlackError("no_text")
    # Text alone takes the place of the blocks; metadata left out stays, {} removes it (docs: chat.update).
    if keys["text"]:
        keys.setdefault("blocks", None)
    if call.args.get("metadata") is not None:
        keys["metadata"] = rules.check_metadata(call.data("metadata", "invalid_metadata_format"))
    posting.change(call.server, channel, message, call.me, **keys)
    shown = objects.shown_message(message, metadata=True)
    return {"ok": True, "channel": channel.id, "ts": message["ts"], "text": message["text"], "message": shown}


@method("chat.delete", tier=3, scopes=WRITE, required=["channel", "ts"])
def delete(call: Call) -> JSON:
    channel, message = own_message(call, "cant_delete_message")
    posting.remove(call.server, channel, message["ts"])
    return {"ok": True, "channel": channel.id, "ts": message["ts"]}


@method("chat.postEphemeral", tier=4, scopes=WRITE, required=["channel", "user"])
def post_ephemeral(call: Call) -> JSON:
    channel = target(call)
    writable(call, channel)
    if call.text("user") not in channel.members:
        raise SlackError("user_not_in_channel")
    data = content(call, limit=rules.POST_TEXT, error="msg_too_long")
    reader = call.workspace.users[call.text("user")]
    ephemeral = posting.whisper(call.server, channel, reader, data["text"], data.get("blocks"))
    return {"ok": True, "message_ts": ephemeral.ts}


@method("chat.getPermalink", tier=5, required=["channel", "message_ts"])
def get_permalink(call: Call) -> JSON:
    channel = call.channel()
    if call.text("message_ts") not in channel.messages:
        raise SlackError("message_not_found")
    return {"ok": True, "channel": channel.id, "permalink": permalink(call, channel, call.text("message_ts"))}


def permalink(call: Call, channel: Channel, ts: str) -> str:
    """Where a message is on the web."""
    return f"https://{call.workspace.domain}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"


def item(call: Call) -> tuple[Channel, JSON]:
    """The message that ``channel`` and ``timestamp`` name."""
    channel = call.channel()
    if not call.text("timestamp"):
        raise SlackError("no_item_specified")
    message = channel.messages.get(call.text("timestamp"))
    if message is None:
        raise SlackError("message_not_found")
    return channel, message


@method("reactions.add", tier=3, scopes=["reactions:write"], required=["name"])
def add_reaction(call: Call) -> JSON:
    channel, message = item(call)
    if channel.is_archived:
        raise SlackError("is_archived")
    react(call, channel, message, call.me.id, call.text("name"))
    return {"ok": True}


def react(call: Call, channel: Channel, message: JSON, user_id: str, name: str) -> None:
    """Add a reaction, once per person and emoji."""
    if not call.server.react(channel, message, user_id, name):
        raise SlackError("already_reacted")


@method("reactions.remove", tier=2, scopes=["reactions:write"], required=["name"])
def remove_reaction(call: Call) -> JSON:
    channel, message = item(call)
    if not call.server.unreact(channel, message, call.me.id, call.text("name")):
        raise SlackError("no_reaction")
    return {"ok": True}


@method("pins.add", tier=2, scopes=["pins:write"], required=["channel"])
def add_pin(call: Call) -> JSON:
    channel, message = item(call)
    if call.me.id not in channel.members:
        raise SlackError("not_in_channel")
    if any(pin["message"]["ts"] == message["ts"] for pin in channel.pins):
        raise SlackError("already_pinned")
    created = int(call.server.clock.now())
    link = permalink(call, channel, message["ts"])
    message["pinned_to"] = [*message.get("pinned_to", []), channel.id]
    channel.pins.append({"created": created, "created_by": call.me.id, "message": message, "permalink": link})
    shown = objects.shown_message(message, metadata=False) | {"permalink": link}
    pinned = {"type": "message", "created": created, "created_by": call.me.id, "channel": channel.id, "message": shown}
    event: JSON = {"type": "pin_added", "user": call.me.id, "channel_id": channel.id, "item": pinned}
    event |= {"item_user": message.get("user"), "pin_count": len(channel.pins)}
    event["pinned_info"] = {"channel": channel.id, "pinned_by": call.me.id, "pinned_ts": created}
    call.server.events.emit(event, channel=channel)
    call.server.pulse()
    return {"ok": True}


@method("pins.list", tier=2, scopes=["pins:read"], required=["channel"])
def list_pins(call: Call) -> JSON:
    channel = call.channel()
    items = [
        {
            "type": "message",
            "channel": channel.id,
            "created": pin["created"],
            "created_by": pin["created_by"],
            "message": objects.shown_message(pin["message"], metadata=False) | {"permalink": pin["permalink"]},
        }
        for pin in channel.pins
    ]
    return {"ok": True, "items": items}
