"""conversations.* that change something (docs: reference/methods)."""

from __future__ import annotations

from . import objects, posting, rules
from .calls import Call, SlackError, method
from .state import JSON, Channel, ChannelKind, User


def room(call: Call, right: str) -> Channel:
    """The channel to change: visible, of a kind that can, allowed by a scope."""
    channel = call.channel()
    if channel.kind in {"im", "mpim"}:
        raise SlackError("method_not_supported_for_channel_type")
    call.need_kind(channel, right)
    return channel


def joined_room(call: Call, right: str) -> Channel:
    """Such a channel, open, with the caller in it."""
    channel = room(call, right)
    if channel.is_archived:
        raise SlackError("is_archived")
    if call.me.id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def shown(call: Call, channel: Channel) -> JSON:
    """The usual answer."""
    call.server.pulse()
    return {"ok": True, "channel": objects.channel(channel, call.me.id)}


def restricted(call: Call) -> None:
    """Refuse where the workspace lets only admins make and archive channels; the bot is refused too (observed)."""
    if call.workspace.only_admins_create and call.me.kind not in {"admin", "owner"}:
        raise SlackError("restricted_action")


@method("conversations.create", tier=2, required=["name"])
def create(call: Call) -> JSON:
    kind: ChannelKind = "group" if call.flag("is_private") else "channel"
    call.need(
        "groups:write" if kind == "group" else "channels:manage" if call.token.kind == "bot" else "channels:write"
    )
    restricted(call)
    name = call.text("name")
    rules.check_channel_name(name)
    taken = call.workspace.channel_named(name) is not None
    if taken and not call.server.racing_creates:
        raise SlackError("name_taken")
    channel = call.workspace.add_channel(name, creator=call.me.id, kind=kind)
    call.server.events.created(channel)
    posting.join(call.server, channel, call.me)
    return shown(call, channel)


def refuse_invitee(call: Call, channel: Channel, user: User | None) -> str | None:
    """Why this person cannot be added, if so."""
    if user is None or user.deleted or user.kind == "invited":
        return "user_not_found"
    if user.id == call.me.id:
        return "cant_invite_self"
    if user.id in channel.members:
        return "already_in_channel"
    if user.team_id not in {call.me.team_id, *channel.shared_with}:
        return "user_not_found"
    if user.kind == "single_channel_guest" and _channels_of(call, user):
        return "ura_max_channels"
    return None


def _channels_of(call: Call, user: User) -> list[Channel]:
    channels = call.workspace.channels.values()
    return [c for c in channels if c.kind in {"channel", "group"} and user.id in c.members and not c.is_general]


@method("conversations.invite", tier=3, required=["channel", "users"])
def invite(call: Call) -> JSON:
    channel = joined_room(call, "invites")
    ids = call.names("users")
    if not ids:
        raise SlackError("no_user")
    if call.me.kind in {"guest", "single_channel_guest"}:
        raise SlackError("user_is_restricted")
    if len(ids) > 100:
        raise SlackError("invalid_arguments")
    refused = {user_id: refuse_invitee(call, channel, call.workspace.users.get(user_id)) for user_id in ids}
    errors = [{"ok": False, "error": why, "user": user_id} for user_id, why in refused.items() if why]
    # One bad name stops all, unless `force` adds the others (docs: conversations.invite).
    if errors and (not call.flag("force") or len(errors) == len(ids)):
        raise SlackError(str(errors[0]["error"]), errors=errors)
    for user_id in ids:
        if refused[user_id] is None:
            posting.join(call.server, channel, call.workspace.users[user_id], inviter=call.me)
    answer = shown(call, channel)
    return answer | {"errors": errors} if errors else answer


@method("conversations.kick", tier=3, required=["channel", "user"])
def kick(call: Call) -> JSON:
    channel = room(call, "write")
    user = call.user()
    if user.id == call.me.id:
        raise SlackError("cant_kick_self")
    if channel.is_general:
        raise SlackError("cant_kick_from_general")
    if {call.me.id, user.id} - set(channel.members):
        raise SlackError("not_in_channel")
    posting.leave(call.server, channel, user, by=call.me)
    return {"ok": True}


@method("conversations.join", tier=3, required=["channel"])
def join(call: Call) -> JSON:
    channel = call.channel()
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    call.need("channels:join" if call.token.kind == "bot" else "channels:write")
    if channel.is_archived:
        raise SlackError("is_archived")
    if call.me.id in channel.members:
        return shown(call, channel) | {
            "warning": "already_in_channel",
            "response_metadata": {"warnings": ["already_in_channel"]},
        }
    posting.join(call.server, channel, call.me)
    return shown(call, channel)


@method("conversations.leave", tier=3, required=["channel"])
def leave(call: Call) -> JSON:
    channel = room(call, "write")
    if channel.is_archived:
        raise SlackError("is_archived")
    if call.me.id not in channel.members:
        return {"ok": True, "not_in_channel": True}
    if channel.is_general:
        raise SlackError("cant_leave_general")
    if channel.kind == "group" and len(channel.members) == 1:
        raise SlackError("last_member")
    posting.leave(call.server, channel, call.me)
    return {"ok": True}


@method("conversations.open", tier=3)
def open_direct(call: Call) -> JSON:
    if call.text("channel"):
        channel = call.channel()
        if channel.kind not in {"im", "mpim"}:
            raise SlackError("method_not_supported_for_channel_type")
        call.need_kind(channel, "write")
        return _opened(call, channel, existed=True)
    ids = call.names("users")
    if not ids:
        raise SlackError("users_list_not_supplied")
    if len(ids) > 8:
        raise SlackError("too_many_users")
    call.need("im:write" if len(ids) == 1 else "mpim:write")
    for user_id in ids:
        _reachable(call, call.workspace.users.get(user_id))
    if len(ids) > 1:
        return _opened(call, _group_direct(call, ids), existed=False)
    existed = call.workspace.direct(ids[0], call.me.id, create=False) is not None
    channel_or_none = call.workspace.direct(ids[0], call.me.id)
    assert channel_or_none is not None
    return _opened(call, channel_or_none, existed=existed)


def _reachable(call: Call, user: User | None) -> None:
    if user is None or user.id == call.me.id:
        raise SlackError("user_not_found")
    if user.deleted or user.kind == "invited":
        raise SlackError("user_disabled")
    if user.team_id != call.me.team_id and not _share(call, user):
        raise SlackError("user_not_visible")


def _share(call: Call, user: User) -> bool:
    return any({user.id, call.me.id} <= set(c.members) for c in call.workspace.channels.values())


def _group_direct(call: Call, ids: list[str]) -> Channel:
    members = {call.me.id, *ids}
    for channel in call.workspace.channels.values():
        if channel.kind == "mpim" and set(channel.members) == members:
            return channel
    names = "--".join(call.workspace.users[user_id].name for user_id in sorted(members))
    return call.workspace.add_channel(f"mpdm-{names}-1", creator=call.me.id, kind="mpim", members=sorted(members))


def _opened(call: Call, channel: Channel, *, existed: bool) -> JSON:
    call.server.pulse()
    data = objects.channel(channel, call.me.id) if call.flag("return_im") else {"id": channel.id}
    answer: JSON = {"ok": True, "channel": data}
    if existed:
        answer |= {"no_op": True, "already_open": True}
    return answer


@method("conversations.setTopic", tier=2, required=["channel", "topic"])
def set_topic(call: Call) -> JSON:
    return _about(call, "topic")


@method("conversations.setPurpose", tier=2, required=["channel", "purpose"])
def set_purpose(call: Call) -> JSON:
    return _about(call, "purpose")


def _about(call: Call, what: str) -> JSON:
    channel = joined_room(call, "topic")
    value = call.text(what)
    if len(value) > 250:
        raise SlackError("too_long")
    if call.me.kind in {"guest", "single_channel_guest"}:
        raise SlackError("user_is_restricted")
    data = {"value": value, "creator": call.me.id, "last_set": int(call.server.clock.now())}
    setattr(channel, what, data)
    call.workspace.touch(channel)
    text = f"<@{call.me.id}> set the channel {what}: {value}"
    # Of private channels' notices only the topic's has a name of its own.
    prefix = "group" if channel.kind == "group" and what == "topic" else "channel"
    posting.notice(call.server, channel, call.me, f"{prefix}_{what}", text, **{what: value})
    return shown(call, channel)


@method("conversations.rename", tier=2, required=["channel", "name"])
def rename(call: Call) -> JSON:
    channel = joined_room(call, "write")
    name = call.text("name")
    rules.check_channel_name(name)
    if call.me.id != channel.creator and call.me.kind not in {"admin", "owner"}:
        raise SlackError("not_authorized")
    taken = call.workspace.channel_named(name)
    if taken is not None and taken is not channel:
        raise SlackError("name_taken")
    if name != channel.name:
        old = channel.name
        channel.previous_names.append(old)
        channel.name = name
        call.workspace.touch(channel)
        call.server.events.renamed(channel)
        text = f'<@{call.me.id}> has renamed the channel from "{old}" to "{name}"'
        posting.notice(call.server, channel, call.me, "channel_name", text, old_name=old, name=name)
    return shown(call, channel)


@method("conversations.archive", tier=2, required=["channel"])
def archive(call: Call) -> JSON:
    channel = room(call, "write")
    if channel.is_archived:
        raise SlackError("already_archived")
    if channel.is_general:
        raise SlackError("cant_archive_general")
    if call.me.id not in channel.members:
        raise SlackError("not_in_channel")
    restricted(call)
    call.server.archive(channel, call.me)
    return {"ok": True}


@method("conversations.unarchive", tier=2, required=["channel"])
def unarchive(call: Call) -> JSON:
    """Bot tokens cannot (the method's page, "Bug alert"); they are told `not_in_channel` (observed, and not on it)."""
    channel = room(call, "write")
    if not channel.is_archived:
        raise SlackError("not_archived")
    if call.token.kind == "bot":
        raise SlackError("not_in_channel")
    if call.me.id not in channel.members:
        channel.members.append(call.me.id)  # "The calling user is added to the conversation"
    call.server.unarchive(channel, call.me)
    return {"ok": True}
