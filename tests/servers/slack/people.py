"""The human side: someone who types, presses, fills in modals and reads what Slack shows them."""

from __future__ import annotations

import re
from typing import Any

from . import forms, interactions, posting, rules
from .calls import SlackError
from .interactions import Reply
from .methods_views import push_view, refuse_deeper, replace_view
from .screen import Screen, Seen, Where
from .state import BOT_USER_ID, JSON, Channel, ChannelKind, View


class FieldErrors(dict[str, str]):
    """What stands beside the fields after a submission, by label (by block_id in ``by_block``). Empty: accepted."""

    def __init__(self, by_block: dict[str, str], view: JSON | None) -> None:
        labels = {b["block_id"]: forms.label_of(b) for b in forms.inputs(view)} if view else {}
        super().__init__({labels.get(block, block): text for block, text in by_block.items()})
        self.by_block = by_block


class Person(Screen):
    """Someone in the workspace. Get one from ``server.person(name)``; two objects of one name are one person."""

    # -- typing

    async def command(self, command: str, text: str = "", *, where: Where | None = None) -> Reply:
        """Type a slash command (in the direct messages with the app unless ``where``) and wait for its answer."""
        channel = self._channel(where) if where is not None else self.dm_with_bot()
        if self.server.commands is not None and command not in self.server.commands:
            raise LookupError(f"{command} is not a command of this workspace")
        return await interactions.command(self, channel, command, self._typed(text, command=True))

    async def say(self, where: Where, text: str, *, thread_ts: str | None = None) -> Seen:
        """Write a message. ``@name`` and ``#channel`` are recognised, ``&<>`` are escaped, as Slack's client does."""
        channel = self._channel(where)
        if self.id not in channel.members or channel.is_archived:
            raise PermissionError(f"{self.user.name} cannot write in {channel.name or channel.id}")
        if channel.kind == "im" and BOT_USER_ID in channel.members and not self.server.workspace.messages_tab:
            raise PermissionError("the app takes no messages")
        message = posting.person_message(self.server, channel, self.user, self._typed(text), thread_ts)
        return self._seen(channel, message)

    async def dm(self, text: str, *, thread_ts: str | None = None) -> Seen:
        """Write to the app."""
        return await self.say(self.dm_with_bot(), text, thread_ts=thread_ts)

    async def edit(self, message: Seen | str, text: str, *, where: Where | None = None) -> None:
        """Edit an own message."""
        channel, current = self._own(message, where)
        typed = self._typed(text)
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": typed}]}
        block = {"type": "rich_text", "block_id": "edit1", "elements": [section]}
        posting.change(self.server, channel, current, self.user, text=typed, blocks=[block])

    async def delete(self, message: Seen | str, *, where: Where | None = None) -> None:
        """Delete an own message."""
        channel, current = self._own(message, where)
        posting.remove(self.server, channel, current["ts"])

    def _own(self, message: Seen | str, where: Where | None) -> tuple[Channel, JSON]:
        channel, current, _ = self._find(message, where)
        if current.get("user") != self.id:
            raise PermissionError("not one's own message")
        return channel, current

    def _typed(self, text: str, *, command: bool = False) -> str:
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        if command and not self.server.escape_commands:
            return escaped
        escaped = re.sub(r"(?<!\w)@([\w.-]*\w)", self._name_to_id, escaped)
        return re.sub(r"(?<!\w)#([\w-]+)", self._channel_to_id, escaped)

    def _name_to_id(self, match: re.Match[str]) -> str:
        if match[1] in {"channel", "here", "everyone"}:
            return f"<!{match[1]}>"
        user = self.server.workspace.user_by_handle(match[1])
        return f"<@{user.id}>" if user else match[0]

    def _channel_to_id(self, match: re.Match[str]) -> str:
        channel = self.server.workspace.channel_named(match[1])
        return f"<#{channel.id}|{channel.name}>" if channel and channel.visible_to(self.id) else match[0]

    # -- pressing

    async def press(self, message: Seen | str, button: str, *, where: Where | None = None) -> Reply:
        """Press a button, found by label or action_id in what the message shows now."""
        channel, current, ephemeral = self._find(message, where)
        block_id, element = interactions.find(current.get("blocks") or [], button)
        action = interactions.action(block_id, element, self.server)
        return await interactions.message_action(self, channel, current, [action], ephemeral=ephemeral)

    async def choose(self, message: Seen | str, action_id: str, value: Any, *, where: Where | None = None) -> Reply:
        """Choose in a menu, checkboxes or a date picker of a message."""
        channel, current, ephemeral = self._find(message, where)
        block_id, element = interactions.find(current.get("blocks") or [], action_id)
        action = interactions.action(block_id, element, self.server) | forms.state_of(element, value)
        return await interactions.message_action(self, channel, current, [action], ephemeral=ephemeral)

    async def press_raw(self, channel: Channel, ts: str, **action: Any) -> Reply:
        """Send a press that the message need not offer: stale or forged ``action_id``, ``value``, ``block_id``."""
        message = channel.messages.get(ts) or {"type": "message", "text": "", "ts": ts}
        ready = {"type": "button", "block_id": "forged", "action_ts": self.server.workspace.new_ts(), **action}
        ready.setdefault("text", {"type": "plain_text", "text": "?", "emoji": True})
        return await interactions.message_action(self, channel, message, [ready], ephemeral=False)

    # -- modals and home

    def view(self) -> JSON | None:
        """The open modal, with ``state.values`` as filled so far."""
        stack = self.server.workspace.views.get(self.id) or []
        return self._with_state(stack[-1]) if stack else None

    def _with_state(self, view: View) -> JSON:
        return view.data | {"state": {"values": forms.values(view)}}

    async def opened(self, *, timeout: float = 30) -> JSON:  # noqa: ASYNC109
        """Wait for a modal."""
        await self.server.wait_for(lambda: self.view() is not None, timeout)
        view = self.view()
        assert view is not None
        return view

    def _top(self) -> View:
        stack = self.server.workspace.views.get(self.id) or []
        if not stack:
            raise LookupError(f"{self.user.name} has no modal open")
        return stack[-1]

    def errors(self) -> FieldErrors:
        """What stands beside the fields of the open modal."""
        top = self._top()
        return FieldErrors(top.errors, top.data)

    async def fill(self, values: dict[str, Any]) -> None:
        """Fill fields by label, block_id or action_id; fields that dispatch tell the app, the others do not."""
        for key, value in values.items():
            top = self._top()
            block = forms.find_input(top.data, key)
            element = block["element"]
            state = forms.state_of(element, value)
            top.typed.setdefault(block["block_id"], {})[element["action_id"]] = state
            if block.get("dispatch_action"):
                action = interactions.action(block["block_id"], element, self.server) | state
                await interactions.view_action(self, self._with_state(top), [action])

    async def fill_and_submit(self, values: dict[str, Any] | None = None) -> FieldErrors:
        """Fill fields and submit; what stands beside the fields afterwards (empty: accepted)."""
        await self.fill(values or {})
        top = self._top()
        if top.data["submit"] is None:
            raise LookupError("this modal has no submit button")
        top.errors = forms.client_errors(top)
        if top.errors:
            return FieldErrors(top.errors, top.data)
        reply = await interactions.submission(self, self._with_state(top))
        if reply.error:
            # What Slack shows on top of the modal, which stays open with everything typed.
            return FieldErrors({"": reply.error}, None)
        return self._after_submission(top, reply.payload)

    def _after_submission(self, top: View, payload: JSON) -> FieldErrors:
        stack = self.server.workspace.views[self.id]
        kind = payload.get("response_action")
        try:
            if kind == "errors":
                return self._show_errors(top, payload.get("errors") or {})
            if kind == "clear":
                stack.clear()
            elif kind == "update":
                rules.check_view(payload.get("view"))
                replace_view(self.server, top, payload["view"])
            elif kind == "push":
                rules.check_view(payload.get("view"))
                refuse_deeper(stack)
                push_view(self.server, self.id, payload["view"])
            elif top in stack:
                stack.remove(top)
        except SlackError as error:
            self.server.problem(f"a submission answered with a wrong view: {error.code} {error.extra}")
            return FieldErrors({"": error.code}, None)
        self.server.pulse()
        return FieldErrors({}, None)

    def _show_errors(self, top: View, errors: dict[str, str]) -> FieldErrors:
        known = {block["block_id"] for block in forms.inputs(top.data)}
        if not errors or set(errors) - known:
            self.server.problem(f"errors for blocks that are no input blocks: {sorted(set(errors) - known)}")
        top.errors = errors
        self.server.pulse()
        return FieldErrors(errors, top.data)

    async def press_in_view(self, button: str, value: Any = None) -> Reply:
        """Press a button (or choose ``value`` in a menu) of the open modal."""
        top = self._top()
        block_id, element = interactions.find(top.data["blocks"], button)
        action = interactions.action(block_id, element, self.server)
        if element["type"] != "button":
            state = forms.state_of(element, value)
            top.typed.setdefault(block_id, {})[element["action_id"]] = state
            action |= state
        return await interactions.view_action(self, self._with_state(top), [action])

    async def close_view(self, *, everything: bool = False) -> None:
        """Close the open modal, or all of the stack."""
        stack = self.server.workspace.views.get(self.id) or []
        closed = list(stack) if everything else [self._top()]
        for view in closed:
            stack.remove(view)
        self.server.pulse()
        if closed[-1].data["notify_on_close"]:
            await interactions.closed(self, self._with_state(closed[-1]), cleared=everything)

    def home(self) -> JSON | None:
        """The published App Home."""
        return self.user.home

    async def open_home(self) -> None:
        """Open the app's Home tab."""
        event: JSON = {"type": "app_home_opened", "user": self.id, "channel": self.dm_with_bot().id, "tab": "home"}
        if self.user.home is not None:
            event["view"] = self.user.home
        self.server.events.emit(event)

    async def press_in_home(self, button: str) -> Reply:
        """Press a button of the Home tab."""
        if self.user.home is None:
            raise LookupError("the home is empty")
        block_id, element = interactions.find(self.user.home["blocks"], button)
        action = interactions.action(block_id, element, self.server)
        return await interactions.view_action(self, self.user.home, [action])

    async def shortcut(self, callback_id: str) -> Reply:
        """Use a global shortcut."""
        if self.server.shortcuts is not None and callback_id not in self.server.shortcuts:
            raise LookupError(f"{callback_id} is not in the menu")
        return await interactions.shortcut(self, callback_id)

    async def message_shortcut(self, message: Seen | str, callback_id: str, *, where: Where | None = None) -> Reply:
        """Use a shortcut from the menu of a message."""
        channel, current, _ = self._find(message, where)
        return await interactions.message_shortcut(self, channel, callback_id, current)

    # -- the rest

    async def join(self, where: Where) -> None:
        """Join a public channel."""
        channel = self._channel(where)
        if channel.kind != "channel" or channel.is_archived:
            raise PermissionError("only public, open channels can be joined")
        if self.id not in channel.members:
            posting.join(self.server, channel, self.user)

    async def leave(self, where: Where) -> None:
        """Leave a channel."""
        posting.leave(self.server, self._channel(where), self.user)

    async def invite(self, where: Where, user_id: str = BOT_USER_ID) -> None:
        """Add someone to a channel; the app unless said otherwise."""
        user = self.server.workspace.users[user_id]
        posting.join(self.server, self._channel(where), user, inviter=self.user)

    async def create_channel(self, name: str, *, private: bool = False) -> Channel:
        """Create a channel by hand."""
        rules.check_channel_name(name)
        if self.server.workspace.channel_named(name) is not None:
            raise SlackError("name_taken")
        kind: ChannelKind = "group" if private else "channel"
        channel = self.server.workspace.add_channel(name, creator=self.id, kind=kind)
        self.server.events.created(channel)
        posting.join(self.server, channel, self.user)
        return channel

    async def archive(self, where: Where) -> None:
        """Archive a channel by hand."""
        self.server.archive(self._channel(where), self.user)

    async def react(self, message: Seen | str, name: str, *, where: Where | None = None) -> None:
        """React with an emoji."""
        channel, current, _ = self._find(message, where)
        self.server.react(channel, current, self.id, name)

    async def unreact(self, message: Seen | str, name: str, *, where: Where | None = None) -> None:
        """Take a reaction back."""
        channel, current, _ = self._find(message, where)
        self.server.unreact(channel, current, self.id, name)

    def set_profile(self, **keys: Any) -> None:
        """Change standard profile keys (title, phone, status_text…), with the event Slack sends."""
        self.user.profile |= keys
        self._changed()

    def choose_picture(self, *, chosen: bool = True) -> None:
        """Upload a picture, or remove it: only then is it marked as chosen. (ref: users.list, users.setPhoto)."""
        marks = {"is_custom_image": True, "image_original": f"https://avatars.example.com/{self.id}-original.png"}
        self.user.profile = {key: value for key, value in self.user.profile.items() if key not in marks}
        self.user.profile |= marks if chosen else {}
        self._changed()

    def set_custom_field(self, field_id: str, value: str) -> None:
        """Change a custom field, or ("") empty it; Slack sends no event for it."""
        self.user.custom_fields.pop(field_id, None)
        if value:
            self.user.custom_fields[field_id] = {"value": value, "alt": ""}

    def deactivate(self) -> None:
        """Leave the company: still listed, no longer in any channel."""
        self.user.kind = "deactivated"
        for channel in self.server.workspace.channels.values():
            if channel.kind in {"channel", "group"} and self.id in channel.members:
                channel.members.remove(self.id)
        self._changed()

    def arrive(self) -> None:
        """Be announced as a new member (team_join)."""
        self.server.events.user("team_join", self.user)

    def _changed(self) -> None:
        self.user.updated = int(self.server.clock.now())
        self.server.events.user("user_change", self.user)
        self.server.pulse()
