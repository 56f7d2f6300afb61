"""Slack's objects as its Web API writes them: user, channel, message, bot profile, file."""

from __future__ import annotations

import hashlib
from typing import Any

from .state import APP_ID, BOT_ID, BOT_USER_ID, JSON, TEAM_ID, Channel, File, User, Workspace


def profile(user: User, *, with_email: bool, with_fields: bool = False) -> JSON:
    """The profile object. Custom fields come only from ``users.profile.get``; e-mail needs ``users:read.email``."""
    first, _, last = user.real_name.partition(" ")
    seed = hashlib.sha256(user.id.encode()).hexdigest()[:12]
    data: JSON = {
        "title": "",
        "phone": "",
        "skype": "",
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": f"g{seed[:11]}",
        "first_name": first,
        "last_name": last,
        **{f"image_{size}": f"https://avatars.example.com/{seed}-{size}.png" for size in (24, 32, 48, 72, 192, 512)},
        **user.profile,
    }
    if with_email and user.email is not None:
        data["email"] = user.email
    if with_fields:
        data["fields"] = dict(user.custom_fields)
    elif user.kind == "bot":
        data |= {"bot_id": user.bot_id or "", "api_app_id": APP_ID if user.id == BOT_USER_ID else "A0OTHER001"}
    if not with_fields:
        data["team"] = user.team_id
    return data


def user(who: User, *, with_email: bool, with_locale: bool = False) -> JSON:
    """The user object (docs: reference/objects/user-object)."""
    data: JSON = {
        "id": who.id,
        "team_id": who.team_id,
        "name": who.name,
        "deleted": who.deleted,
        "profile": profile(who, with_email=with_email),
        "is_bot": who.kind == "bot",
        "is_app_user": False,
        "updated": who.updated,
    }
    if who.kind == "stranger":
        data["is_stranger"] = True
    if not who.deleted:  # a leaver's object is short
        data |= {
            "color": "9f69e7",
            "real_name": who.real_name,
            "tz": who.tz,
            "tz_label": "Central European Time",
            "tz_offset": who.tz_offset,
            "is_admin": who.kind in {"admin", "owner"},
            "is_owner": who.kind == "owner",
            "is_primary_owner": False,
            "is_restricted": who.kind in {"guest", "single_channel_guest"},
            "is_ultra_restricted": who.kind == "single_channel_guest",
            "is_email_confirmed": who.kind != "invited",
            "has_2fa": False,
        }
    if who.kind == "invited":
        data["is_invited_user"] = True
    if with_locale:
        data["locale"] = who.locale
    return data


def channel(what: Channel, viewer: str, *, with_count: bool = False) -> JSON:
    """The conversation object. Private channels made since 2021 say is_channel, not is_group."""
    if what.kind == "im":
        return _direct(what, viewer)
    data: JSON = {
        "id": what.id,
        "name": what.name,
        "is_channel": what.kind in {"channel", "group"},
        "is_group": False,
        "is_im": False,
        "is_mpim": what.kind == "mpim",
        "is_private": what.kind != "channel",
        "created": what.created,
        "creator": what.creator,
        "is_archived": what.is_archived,
        "is_general": what.is_general,
        "unlinked": 0,
        "name_normalized": what.name,
        "is_shared": bool(what.shared_with),
        "is_ext_shared": bool(what.shared_with),
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "shared_team_ids": [TEAM_ID, *what.shared_with],
        "context_team_id": TEAM_ID,
        "updated": what.updated,
        "is_member": viewer in what.members,
        "topic": dict(what.topic),
        "purpose": dict(what.purpose),
        "previous_names": list(what.previous_names),
    }
    if with_count:
        data["num_members"] = len(what.members)
    return data


def _direct(what: Channel, viewer: str) -> JSON:
    others = [m for m in what.members if m != viewer]
    return {
        "id": what.id,
        "created": what.created,
        "is_archived": what.is_archived,
        "is_im": True,
        "is_org_shared": False,
        "context_team_id": TEAM_ID,
        "updated": what.updated,
        "user": others[0] if others else viewer,
        "is_user_deleted": False,
        "priority": 0,
    }


def bot_profile(workspace: Workspace) -> JSON:
    """Who the app is, on each of its messages."""
    icons = {f"image_{size}": f"https://avatars.example.com/bot_{size}.png" for size in (36, 48, 72)}
    return {
        "id": BOT_ID,
        "deleted": False,
        "name": workspace.users[BOT_USER_ID].name,
        "updated": 1_700_000_000,
        "app_id": APP_ID,
        "icons": icons,
        "team_id": TEAM_ID,
    }


def shown_message(message: JSON, *, metadata: bool) -> JSON:
    """A message as history shows it: metadata only where asked for, else its event_type alone (python-slack-sdk)."""
    data = {key: value for key, value in message.items() if not key.startswith("_")}
    if "metadata" in data and not metadata:
        data["metadata"] = {"event_type": data["metadata"].get("event_type", "")}
    return data


def file(what: File, base: str, *, now: int) -> JSON:
    """The file object after an upload."""
    url = f"{base}/files/{what.id}/{what.name}"
    return {
        "id": what.id,
        "created": now,
        "timestamp": now,
        "name": what.name,
        "title": what.title or what.name,
        "mimetype": "image/png" if what.name.endswith(".png") else "text/plain",
        "filetype": what.name.rpartition(".")[2] or "text",
        "pretty_type": what.name.rpartition(".")[2].upper(),
        "user": what.user_id,
        "editable": False,
        "size": what.length,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": True,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": url,
        "url_private_download": url,
        "permalink": url,
        "permalink_public": url,
    }


def page(items: list[Any], cursor: str, limit: int) -> tuple[list[Any], str]:
    """One page and the next cursor; a cursor is opaque to callers, a place in the list to us."""
    start = int(cursor.removeprefix("next:")) if cursor else 0
    end = start + limit
    return items[start:end], f"next:{end}" if end < len(items) else ""
