"""Which events the app is sent, and in what wrapper. Only where the app subscribed, has the scope and may look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import objects
from .state import APP_ID, BOT_USER_ID, JSON, TEAM_ID, Channel, User

if TYPE_CHECKING:
    from .server import SlackServer

# Subscription name -> scope it needs (docs: reference/events).
SUBSCRIPTIONS: dict[str, str] = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "app_mention": "app_mentions:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "channel_created": "channels:read",
    "channel_rename": "channels:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_left": "channels:read",
    "group_rename": "groups:read",
    "group_archive": "groups:read",
    "group_unarchive": "groups:read",
    "group_left": "groups:read",
    "app_home_opened": "",
    "team_join": "users:read",
    "user_change": "users:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "pin_added": "pins:read",
}
CHANNEL_TYPES = {"channel": "message.channels", "group": "message.groups", "im": "message.im", "mpim": "message.mpim"}


class Events:
    """Builds events and hands those the app may see to the delivery."""

    def __init__(self, server: SlackServer) -> None:
        self.server = server
        self.subscribed = set(SUBSCRIPTIONS)

    def emit(self, event: JSON, *, name: str | None = None, channel: Channel | None = None) -> None:
        """Send an event unless the app must not see it. ``channel``: only if the bot is a member of it."""
        name = name or event["type"]
        if channel is not None and BOT_USER_ID not in channel.members:
            return
        if name not in self.subscribed or not self._scoped(name, channel):
            return
        event.setdefault("event_ts", event.get("ts") or self.server.workspace.new_ts())
        self.server.sockets.send_event(self.wrap(event, channel))

    def _scoped(self, name: str, channel: Channel | None) -> bool:
        scope = SUBSCRIPTIONS[name]
        if channel is not None and channel.kind == "group" and name.startswith("member_"):
            scope = "groups:read"
        return not scope or not self.server.check_scopes or scope in self.server.bot.scopes

    def wrap(self, event: JSON, channel: Channel | None) -> JSON:
        """The event_callback around an event (docs: apis/events-api)."""
        return {
            "token": "verification-token",
            "team_id": TEAM_ID,
            "api_app_id": APP_ID,
            "event": event,
            "type": "event_callback",
            "event_id": self.server.workspace.new_id("Ev"),
            "event_time": int(self.server.clock.now()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": TEAM_ID,
                    "user_id": BOT_USER_ID,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": bool(channel and channel.shared_with),
            "event_context": f"4-{event['type']}-{channel.id if channel else TEAM_ID}",
        }

    def message(self, channel: Channel, message: JSON) -> None:
        """A new message, and app_mention where a person mentions the bot (not in direct messages)."""
        event = objects.shown_message(message, metadata=False)  # events name the kind of metadata, not its payload
        event |= {"channel": channel.id, "event_ts": message["ts"], "channel_type": channel.kind}
        self.emit(event, name=CHANNEL_TYPES[channel.kind], channel=channel)
        mentioned = f"<@{BOT_USER_ID}>" in str(message.get("text")) and "bot_id" not in message
        if mentioned and channel.kind != "im" and "subtype" not in message:
            keys = ("client_msg_id", "text", "user", "ts", "team", "blocks", "thread_ts")
            mention: JSON = {"type": "app_mention"} | {key: message[key] for key in keys if key in message}
            self.emit(mention | {"channel": channel.id, "event_ts": message["ts"]}, channel=channel)

    def changed(self, channel: Channel, message: JSON, previous: JSON) -> None:
        """message_changed."""
        ts = self.server.workspace.new_ts()
        event: JSON = {
            "type": "message",
            "subtype": "message_changed",
            "message": objects.shown_message(message, metadata=False),
            "previous_message": objects.shown_message(previous, metadata=False),
            "channel": channel.id,
            "hidden": True,
            "ts": ts,
            "event_ts": ts,
            "channel_type": channel.kind,
        }
        self.emit(event, name=CHANNEL_TYPES[channel.kind], channel=channel)

    def deleted(self, channel: Channel, previous: JSON) -> None:
        """message_deleted."""
        ts = self.server.workspace.new_ts()
        event: JSON = {
            "type": "message",
            "subtype": "message_deleted",
            "previous_message": objects.shown_message(previous, metadata=False),
            "channel": channel.id,
            "hidden": True,
            "deleted_ts": previous["ts"],
            "ts": ts,
            "event_ts": ts,
            "channel_type": channel.kind,
        }
        self.emit(event, name=CHANNEL_TYPES[channel.kind], channel=channel)

    def joined(self, channel: Channel, user: User, inviter: str | None) -> None:
        """member_joined_channel; the bot hears it about itself too."""
        event = {"type": "member_joined_channel", **_member(channel, user)}
        if inviter:
            event["inviter"] = inviter
        self.emit(event, channel=channel)

    def left(self, channel: Channel, user: User, by: str) -> None:
        """member_left_channel, or channel_left when it is the bot itself that went. by: who made it so."""
        if user.id == BOT_USER_ID:
            kind = "channel_left" if channel.kind == "channel" else "group_left"
            self.emit({"type": kind, "channel": channel.id, "actor_id": by})
        else:
            self.emit({"type": "member_left_channel", **_member(channel, user)}, channel=channel)

    def created(self, channel: Channel) -> None:
        """channel_created: public channels only, whether or not the bot is in."""
        if channel.kind == "channel":
            data = objects.channel(channel, BOT_USER_ID)
            data.pop("is_member")
            self.emit({"type": "channel_created", "channel": data})

    def renamed(self, channel: Channel) -> None:
        """channel_rename or group_rename."""
        keys = {"id": channel.id, "name": channel.name, "name_normalized": channel.name, "created": channel.created}
        if channel.kind == "channel":
            self.emit({"type": "channel_rename", "channel": {**keys, "is_channel": True, "is_mpim": False}})
        else:
            group = {**keys, "is_channel": False, "is_mpim": False}
            self.emit({"type": "group_rename", "channel": group}, channel=channel)

    def archived(self, channel: Channel, user_id: str, *, archived: bool) -> None:
        """channel_archive, channel_unarchive and their private twins."""
        public = channel.kind == "channel"
        kind = f"{'channel' if public else 'group'}_{'archive' if archived else 'unarchive'}"
        # The samples call the doer of group_unarchive otherwise than its sisters do.
        doer = "actor_id" if kind == "group_unarchive" else "user"
        self.emit({"type": kind, "channel": channel.id, doer: user_id}, channel=None if public else channel)

    def user(self, kind: str, user: User) -> None:
        """team_join or user_change. Custom profile fields cause none of them."""
        data = objects.user(user, with_email="users:read.email" in self.server.bot.scopes, with_locale=True)
        event: JSON = {"type": kind, "user": data}
        if kind == "user_change":
            event["cache_ts"] = int(self.server.clock.now())
        self.emit(event)

    def reaction(self, kind: str, channel: Channel, message: JSON, user_id: str, name: str) -> None:
        """reaction_added or reaction_removed."""
        item = {"type": "message", "channel": channel.id, "ts": message["ts"]}
        event = {"type": kind, "user": user_id, "reaction": name, "item": item}
        if "user" in message:
            event["item_user"] = message["user"]
        self.emit(event, channel=channel)


def _member(channel: Channel, user: User) -> JSON:
    channel_type = "C" if channel.kind == "channel" else "G"
    return {"user": user.id, "channel": channel.id, "channel_type": channel_type, "team": user.team_id}
