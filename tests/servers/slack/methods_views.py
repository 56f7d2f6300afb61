"""views.*: modals and the App Home (docs: reference/methods, surfaces/modals)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from . import rules
from .calls import Call, SlackError, method
from .state import APP_ID, BOT_ID, JSON, TEAM_ID, Trigger, View, Workspace

if TYPE_CHECKING:
    from .server import SlackServer

MOST_VIEWS = 3


def take_trigger(call: Call) -> Trigger:
    """Exchange a trigger id: known, unused, not older than 3 seconds."""
    trigger = call.workspace.triggers.get(call.text("trigger_id"))
    if trigger is None:
        raise SlackError("invalid_trigger_id")
    if trigger.used:
        raise SlackError("exchanged_trigger_id")
    if call.server.clock.now() > trigger.expires:
        raise SlackError("expired_trigger_id")
    return trigger


def given_view(call: Call, kind: str) -> JSON:
    """The view argument, checked."""
    view = call.data("view", "invalid_arguments")
    rules.check_view(view)
    if view["type"] != kind:
        raise rules.invalid_arguments([f"[ERROR] expected a view of type {kind} [json-pointer:/view/type]"])
    external = view.get("external_id")
    if external and any(v.data["external_id"] == external and not _is_target(call, v) for v in every_view(call)):
        raise SlackError("duplicate_external_id")
    return dict(view)


def every_view(call: Call) -> list[View]:
    """All open modals."""
    return [view for stack in call.workspace.views.values() for view in stack]


def _is_target(call: Call, view: View) -> bool:
    external = str(view.data["external_id"])
    return call.text("view_id") == str(view.data["id"]) or (external != "" and call.text("external_id") == external)


def complete_view(workspace: Workspace, view: JSON, *, view_id: str | None = None) -> JSON:
    """The view as Slack keeps it: an id, a hash, and every key filled."""
    view_id = view_id or workspace.new_id("V")
    stamp = workspace.new_ts()
    data: JSON = {
        "id": view_id,
        "team_id": TEAM_ID,
        "type": view["type"],
        "blocks": rules.completed(view["blocks"], workspace.new_id),
        "private_metadata": view.get("private_metadata") or "",
        "callback_id": view.get("callback_id") or "",
        "state": {"values": {}},
        "hash": f"{stamp.partition('.')[0]}.{hashlib.sha256(stamp.encode()).hexdigest()[:8]}",
        "title": view.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": bool(view.get("clear_on_close")),
        "notify_on_close": bool(view.get("notify_on_close")),
        "close": view.get("close"),
        "submit": view.get("submit"),
        "previous_view_id": None,
        "root_view_id": view_id,
        "app_id": APP_ID,
        "external_id": view.get("external_id") or "",
        "app_installed_team_id": TEAM_ID,
        "bot_id": BOT_ID,
    }
    for key in ("title", "close", "submit"):
        if isinstance(data[key], dict):
            data[key] = {"emoji": True, **data[key]}
    return data


def refuse_deeper(stack: list[View]) -> None:
    """Refuse a fourth modal on top of three (docs: surfaces/modals)."""
    if len(stack) >= MOST_VIEWS:
        raise SlackError("push_limit_reached")


def push_view(server: SlackServer, user_id: str, view: JSON) -> View:
    """Put a modal on top of a person's stack."""
    stack = server.workspace.views.setdefault(user_id, [])
    data = complete_view(server.workspace, view)
    if stack:
        data |= {"previous_view_id": stack[-1].data["id"], "root_view_id": stack[0].data["id"]}
    stack.append(View(data, user_id))
    server.pulse()
    return stack[-1]


def replace_view(server: SlackServer, shown: View, view: JSON) -> None:
    """New content for an open modal; what was typed stays where block and action keep their ids."""
    data = complete_view(server.workspace, view, view_id=shown.data["id"])
    data |= {key: shown.data[key] for key in ("previous_view_id", "root_view_id")}
    shown.data, shown.errors = data, {}
    inputs = {(b["block_id"], b["element"]["action_id"]) for b in data["blocks"] if b["type"] == "input"}
    kept = {b: {a: v for a, v in values.items() if (b, a) in inputs} for b, values in shown.typed.items()}
    shown.typed = {block: values for block, values in kept.items() if values}
    server.pulse()


@method("views.open", tier=4, required=["view"])
def open_view(call: Call) -> JSON:
    trigger = take_trigger(call)
    view = given_view(call, "modal")
    trigger.used = True
    # A new modal takes the place of whatever this person had open.
    call.workspace.views[trigger.user_id] = []
    return {"ok": True, "view": push_view(call.server, trigger.user_id, view).data}


@method("views.push", tier=4, required=["view"])
def push(call: Call) -> JSON:
    trigger = take_trigger(call)
    view = given_view(call, "modal")
    stack = call.workspace.views.get(trigger.user_id)
    if not stack:
        raise SlackError("not_found")
    refuse_deeper(stack)
    trigger.used = True
    return {"ok": True, "view": push_view(call.server, trigger.user_id, view).data}


@method("views.update", tier=4, required=["view"])
def update(call: Call) -> JSON:
    shown = next((view for view in every_view(call) if _is_target(call, view)), None)
    view = given_view(call, "modal")
    if shown is None:
        raise SlackError("not_found")
    if call.text("hash") and call.text("hash") != shown.data["hash"]:
        raise SlackError("hash_conflict")
    replace_view(call.server, shown, view)
    return {"ok": True, "view": shown.data}


@method("views.publish", tier=4, tokens=("bot",), required=["view", "user_id"])
def publish(call: Call) -> JSON:
    if not call.workspace.home_tab:
        raise SlackError("not_enabled")
    user = call.workspace.users.get(call.text("user_id"))
    view = given_view(call, "home")
    if user is None or user.deleted:
        raise rules.invalid_arguments(["[ERROR] invalid `user_id` [json-pointer:/user_id]"])
    if call.text("hash") and user.home is not None and call.text("hash") != user.home["hash"]:
        raise SlackError("hash_conflict")
    user.home = complete_view(call.workspace, view, view_id=user.home["id"] if user.home else None)
    call.server.pulse()
    return {"ok": True, "view": user.home}
