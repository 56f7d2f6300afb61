"""The app's manifest: what to paste when the app is created on a workspace. Pure.

Source: docs.slack.dev, reference/app-manifest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from bot.config import Offered, Shortcut, Word

# What the bot does, and the scope that each thing needs (reference/scopes).
SCOPES: dict[str, str] = {
    "app_mentions:read": "hear its name in a channel",
    "channels:history": "find its own messages again, count activity in public channels, read a message handed in",
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
    "users.profile:read": "the fields that the organisation added to profiles",
    "users:read": "names, languages, time zones, jobs, whether there is a picture",
    "users:read.email": "recognise one person on two platforms",
}
EVENTS: tuple[str, ...] = (
    "app_home_opened",
    "app_mention",
    "channel_archive",
    "channel_created",
    "channel_deleted",
    "channel_left",
    "channel_rename",
    "channel_unarchive",
    "group_archive",
    "group_deleted",
    "group_left",
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

_COMMAND, _DESCRIPTION, _HINT, _NAME, _SHORT = 32, 2_000, 1_000, 35, 140
_SHORTCUT, _ABOUT, _SHORTCUTS = 24, 150, 5  # of each kind of shortcut, five

_NEW_APP = "https://api.slack.com/apps?new_app=1&manifest_json="


def manifest(offered: Offered, *, url: str = "") -> dict[str, Any]:
    """A manifest for the app. url: where Slack posts, for an app without Socket Mode."""
    scopes: dict[str, Any] = {"bot": sorted(SCOPES)}
    if offered.admin:
        scopes["user"] = sorted(USER_SCOPES)
    return {
        "_metadata": {"major_version": 2},
        "display_information": {"name": offered.name[:_NAME], "description": offered.description[:_SHORT]},
        "features": _features(offered, url),
        "oauth_config": {"scopes": scopes},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)} | ({"request_url": url} if url else {}),
            "interactivity": {"is_enabled": True} | ({"request_url": url} if url else {}),
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
        },
    }


def link(made: Mapping[str, Any]) -> str:
    """The page that makes an app, with its manifest filled in."""
    return _NEW_APP + quote(json.dumps(made, ensure_ascii=False, separators=(",", ":")), safe="")


def _features(offered: Offered, url: str) -> dict[str, Any]:
    return {
        "bot_user": {"display_name": offered.name[:80], "always_online": True},
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "slash_commands": [_slash(word, url) for word in sorted(offered.words, key=lambda word: word.name)],
        "shortcuts": [_shortcut(each) for each in _few(offered.shortcuts)],
    }


def _slash(word: Word, url: str) -> dict[str, Any]:
    """should_escape: Slack turns "@name" into an account's id, which is what the bot needs."""
    if len(word.name) > _COMMAND:
        raise ValueError(f"a slash command has at most {_COMMAND} characters: /{word.name}")
    found: dict[str, Any] = {
        "command": f"/{word.name}",
        "description": word.help[:_DESCRIPTION],
        "should_escape": True,
    }
    if word.usage:
        found["usage_hint"] = word.usage[:_HINT]
    return found | {"url": url} if url else found


def _few(shortcuts: Sequence[Shortcut]) -> list[Shortcut]:
    """Raises ValueError where Slack would refuse the manifest as a whole."""
    for on in ("anywhere", "message"):
        if sum(each.on == on for each in shortcuts) > _SHORTCUTS:
            raise ValueError(f"an app has at most {_SHORTCUTS} shortcuts of a kind: {on}")
    return list(shortcuts)


def _shortcut(shortcut: Shortcut) -> dict[str, str]:
    """(docs: interactivity/implementing-shortcuts)"""
    if len(shortcut.label) > _SHORTCUT:
        raise ValueError(f"a shortcut has at most {_SHORTCUT} characters: {shortcut.label}")
    return {
        "name": shortcut.label,
        "type": "global" if shortcut.on == "anywhere" else "message",
        "callback_id": shortcut.id,
        "description": shortcut.help[:_ABOUT],
    }
