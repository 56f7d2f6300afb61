"""users.*, usergroups.*, dnd.*, team.*, bots.*, auth.* (docs: reference/methods)."""

from __future__ import annotations

from . import objects
from .calls import Call, SlackError, method
from .methods_reading import cut
from .state import APP_ID, BOT_ID, BOT_USER_ID, JSON, TEAM_ID, User

READ = ("users:read",)


@method("api.test", tier=4, tokens=())
def api_test(call: Call) -> JSON:
    if call.text("error"):
        raise SlackError(call.text("error"), args=_text_args(call))
    return {"ok": True, "args": _text_args(call)}


def _text_args(call: Call) -> JSON:
    return {key: str(value) for key, value in call.args.items() if key != "token"}


@method("auth.test", tier=5, tokens=("bot", "user", "app"))
def auth_test(call: Call) -> JSON:
    url = f"https://{call.workspace.domain}.slack.com/"
    data: JSON = {"ok": True, "url": url, "team": call.workspace.name, "user": call.me.name, "team_id": TEAM_ID}
    data |= {"user_id": call.me.id, "is_enterprise_install": False}
    if call.token.kind == "app":
        return {"ok": True, "app_name": "Parvis", "app_id": APP_ID}
    return data | {"bot_id": BOT_ID} if call.token.kind == "bot" else data


@method("apps.connections.open", tier=3, tokens=("app",), scopes=["connections:write"])
def connections_open(call: Call) -> JSON:
    return {"ok": True, "url": call.server.sockets.ticket()}


def shown(call: Call, user: User) -> JSON:
    """The user object as this token may see it."""
    locale = call.flag("include_locale")
    return objects.user(user, with_email=call.has("users:read.email"), with_locale=locale)


@method("users.list", tier=2, scopes=READ)
def list_users(call: Call) -> JSON:
    everyone = list(call.workspace.users.values())
    if not call.text("limit") and len(everyone) > call.server.most_users_unpaged:
        raise SlackError("limit_required")
    found, cursor = cut(call, everyone, len(everyone), 1000)
    answer: JSON = {"ok": True, "members": [shown(call, user) for user in found]}
    return answer | {"cache_ts": int(call.server.clock.now()), "response_metadata": {"next_cursor": cursor}}


@method("users.info", tier=4, scopes=READ, required=["user"])
def user_info(call: Call) -> JSON:
    return {"ok": True, "user": shown(call, call.user())}


@method("users.lookupByEmail", tier=3, scopes=["users:read.email"], required=["email"])
def lookup(call: Call) -> JSON:
    wanted = call.text("email").lower()
    for user in call.workspace.users.values():
        if not user.deleted and user.email is not None and user.email.lower() == wanted:
            return {"ok": True, "user": shown(call, user)}
    raise SlackError("users_not_found")


@method("users.profile.get", tier=4, scopes=["users.profile:read"])
def profile_get(call: Call) -> JSON:
    user = call.user() if call.text("user") else call.me
    if call.flag("include_labels"):  # "will heavily rate-limit your requests" (ref): what we never do
        call.server.problem("users.profile.get with include_labels")
    profile = objects.profile(user, with_email=call.has("users:read.email"), with_fields=True)
    if call.flag("include_labels"):
        labels = {field["id"]: field["label"] for field in call.workspace.profile_fields}
        profile["fields"] = {id_: {**held, "label": labels.get(id_, "")} for id_, held in profile["fields"].items()}
    return {"ok": True, "profile": profile}


@method("users.getPresence", tier=3, scopes=READ)
def presence(call: Call) -> JSON:
    user = call.workspace.users.get(call.text("user")) or call.me
    return {"ok": True, "presence": user.presence}


@method("team.profile.get", tier=3, scopes=["users.profile:read"])
def team_profile(call: Call) -> JSON:
    wanted = {"visible": [False], "hidden": [True]}.get(call.text("visibility"), [False, True])
    fields = [field for field in call.workspace.profile_fields if field.get("is_hidden", False) in wanted]
    return {"ok": True, "profile": {"fields": fields, "sections": []}}


@method("team.info", tier=3, scopes=["team:read"])
def team_info(call: Call) -> JSON:
    workspace = call.workspace
    icon = {f"image_{size}": f"https://avatars.example.com/t_{size}.png" for size in (34, 44, 68, 88, 102, 132)}
    team = {"id": TEAM_ID, "name": workspace.name, "domain": workspace.domain, "email_domain": "example.com"}
    url = f"https://{workspace.domain}.slack.com/"
    return {"ok": True, "team": {**team, "icon": icon | {"image_default": True}, "url": url, "is_verified": False}}


@method("bots.info", tier=3, scopes=READ)
def bot_info(call: Call) -> JSON:
    wanted = call.text("bot")
    for user in call.workspace.users.values():
        if user.bot_id == wanted:
            icons = {f"image_{size}": f"https://avatars.example.com/bot_{size}.png" for size in (36, 48, 72)}
            app_id = APP_ID if user.id == BOT_USER_ID else "A0OTHER001"
            data = {"id": wanted, "deleted": False, "name": user.name, "updated": user.updated, "app_id": app_id}
            return {"ok": True, "bot": {**data, "user_id": user.id, "icons": icons}}
    raise SlackError("bot_not_found")


@method("usergroups.list", tier=2, scopes=["usergroups:read"])
def groups(call: Call) -> JSON:
    found = []
    for group in call.workspace.groups.values():
        data: JSON = {"id": group.id, "team_id": TEAM_ID, "is_usergroup": True, "is_subteam": True}
        data |= {"name": group.name, "description": "", "handle": group.handle, "is_external": False}
        data |= {"date_create": 1_700_000_000, "date_update": 1_700_000_000, "date_delete": 0}
        data |= {"created_by": "USLACKBOT", "updated_by": "USLACKBOT", "prefs": {"channels": [], "groups": []}}
        data["user_count"] = len(group.users)
        if call.flag("include_users"):
            data["users"] = list(group.users)
        found.append(data)
    return {"ok": True, "usergroups": found}


@method("usergroups.users.list", tier=2, scopes=["usergroups:read"], required=["usergroup"])
def group_users(call: Call) -> JSON:
    group = call.workspace.groups.get(call.text("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"ok": True, "users": list(group.users)}


def dnd_of(user: User) -> JSON:
    """Whether notifications are paused on a schedule: times in seconds since 1970, 1 where there is none."""
    return user.dnd or {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}


@method("dnd.info", tier=3, scopes=["dnd:read"])
def dnd_info(call: Call) -> JSON:
    return {"ok": True, **dnd_of(call.user() if call.text("user") else call.me)}


@method("dnd.teamInfo", tier=2, scopes=["dnd:read"], required=["users"])
def dnd_team(call: Call) -> JSON:
    users = call.workspace.users
    wanted = call.names("users")
    if not wanted:
        raise SlackError("no_users_provided")
    return {"ok": True, "users": {user_id: dnd_of(users[user_id]) for user_id in wanted if user_id in users}}
