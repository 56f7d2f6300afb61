"""The app's manifest: what to paste when the app is created on a workspace. Pure.

Source: docs.slack.dev, reference/app-manifest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# What the bot does, and the scope that each thing needs (reference/scopes).
SCOPES: dict[str, str] = {
    "app_mentions:read": "hear its name in a channel",
    "channels:history": "find its own messages again, and count activity in public channels",
    "channels:join": "enter a community it looks after",
    "channels:manage": "open, rename, archive public channels",
    "channels:read": "list public channels",
    "chat:write": "say things",
    "commands": "offer its commands",
    "dnd:read": "disturb nobody",
    "files:write": "show pictures",
    "groups:history": "the same in private channels it is in",
    "groups:read": "list private channels it is in",
    "groups:write": "open, rename, archive private channels",
    "im:history": "read what is said to it",
    "im:read": "know its direct rooms",
    "im:write": "open a direct room",
    "metadata.message:read": "find its own deliveries again after a crash",
    "pins:write": "pin a charter",
    "reactions:read": "count reactions",
    "usergroups:read": "give roles to the members of a user group",
    "users:read": "names, languages, time zones",
    "users:read.email": "recognise one person on two platforms",
}
EVENTS: tuple[str, ...] = (
    "app_home_opened",
    "app_mention",
    "channel_archive",
    "channel_created",
    "channel_deleted",
    "channel_rename",
    "channel_unarchive",
    "group_archive",
    "group_deleted",
    "group_rename",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "reaction_added",
    "team_join",
    "user_change",
)
# Of the user token, which only workspaces need that keep channels to their admins.
USER_SCOPES: tuple[str, ...] = ("channels:read", "channels:write", "groups:read", "groups:write")

_COMMAND, _DESCRIPTION, _HINT, _NAME, _SHORT, _LONG = 32, 2_000, 1_000, 35, 140, 4_000


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """One slash command. name: without the slash. help: what it does. usage: its arguments."""

    name: str
    help: str
    usage: str = ""


def manifest(
    name: str, description: str, commands: Sequence[SlashCommand], *, admin: bool = False, url: str = ""
) -> dict[str, Any]:
    """A manifest for the app.

    name: what people see. description: one sentence. commands: one per first word; two that share it are one command.
    admin: ask for the user token too. url: where Slack posts, for an app without Socket Mode.
    """
    slash = {command.name: _slash(command, url) for command in commands}
    scopes: dict[str, Any] = {"bot": sorted(SCOPES)}
    if admin:
        scopes["user"] = sorted(USER_SCOPES)
    return {
        "_metadata": {"major_version": 2},
        "display_information": {"name": name[:_NAME], "description": description[:_SHORT]},
        "features": {
            "bot_user": {"display_name": name[:80], "always_online": True},
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "slash_commands": [slash[key] for key in sorted(slash)],
        },
        "oauth_config": {"scopes": scopes},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)} | ({"request_url": url} if url else {}),
            "interactivity": {"is_enabled": True} | ({"request_url": url} if url else {}),
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
        },
    }


def _slash(command: SlashCommand, url: str) -> dict[str, Any]:
    """should_escape: Slack turns "@name" into an account's id, which is what the bot needs."""
    if len(command.name) > _COMMAND:
        raise ValueError(f"a slash command has at most {_COMMAND} characters: /{command.name}")
    found: dict[str, Any] = {
        "command": f"/{command.name}",
        "description": command.help[:_DESCRIPTION],
        "should_escape": True,
    }
    if command.usage:
        found["usage_hint"] = command.usage[:_HINT]
    return found | {"url": url} if url else found
