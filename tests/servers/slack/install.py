"""An app made from its manifest: what it may do, what it is told of, and by what people can call it.

(docs: reference/app-manifest; the limits are those of the pages about commands and shortcuts)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .events import SUBSCRIPTIONS

if TYPE_CHECKING:
    from .server import SlackServer

JSON = dict[str, Any]
MOST_COMMANDS, MOST_SHORTCUTS = 50, 10


class ManifestError(ValueError):
    """Slack's page says that the manifest cannot be used, and why."""


async def install(server: SlackServer, manifest: JSON) -> None:
    """Make the app of the workspace from this manifest. Raises ManifestError.

    An address is verified first: the app must be there to answer.
    """
    settings, features = manifest["settings"], manifest["features"]
    _need(manifest["_metadata"] == {"major_version": 2}, "_metadata")
    _need(0 < len(manifest["display_information"]["name"]) <= 35, "display_information.name")
    events = set(settings["event_subscriptions"]["bot_events"])
    scopes = set(manifest["oauth_config"]["scopes"]["bot"])
    _check_events(events, scopes)
    _check_commands(features["slash_commands"], scopes)
    _check_shortcuts(features["shortcuts"])
    await _connect(server, manifest)
    server.bot.scopes.clear()
    server.bot.scopes.update(scopes)
    server.events.subscribed = events
    server.commands = {each["command"] for each in features["slash_commands"]}
    server.shortcuts = {each["callback_id"] for each in features["shortcuts"]}
    server.workspace.home_tab = features["app_home"]["home_tab_enabled"]
    server.workspace.messages_tab = features["app_home"]["messages_tab_enabled"]


def _need(condition: object, path: str) -> None:
    if not condition:
        raise ManifestError(path)


def _check_events(events: set[str], scopes: set[str]) -> None:
    strange = {event for event in events - set(SUBSCRIPTIONS) if not event.startswith("group_deleted")}
    _need(not strange, f"settings.event_subscriptions.bot_events: {sorted(strange)}")
    lacking = {scope for event in events if (scope := SUBSCRIPTIONS.get(event)) and scope not in scopes}
    _need(not lacking, f"oauth_config.scopes.bot lacks {sorted(lacking)}")


def _check_commands(commands: list[JSON], scopes: set[str]) -> None:
    _need(len(commands) <= MOST_COMMANDS, "features.slash_commands")
    _need(not commands or "commands" in scopes, "oauth_config.scopes.bot lacks commands")
    _need(len({each["command"] for each in commands}) == len(commands), "features.slash_commands: twice")
    for each in commands:
        _need(re.fullmatch(r"/[^\s/]{1,31}", each["command"]), f"features.slash_commands: {each['command']}")
        _need(0 < len(each["description"]) <= 2_000, f"features.slash_commands: {each['command']} description")


def _check_shortcuts(shortcuts: list[JSON]) -> None:
    _need(len(shortcuts) <= MOST_SHORTCUTS, "features.shortcuts")
    for each in shortcuts:
        _need(0 < len(each["name"]) <= 24, f"features.shortcuts: {each['name']}")
        _need(each["type"] in {"global", "message"}, f"features.shortcuts: {each['type']}")
        _need(0 < len(each["callback_id"]) <= 255, "features.shortcuts: callback_id")
        _need(0 < len(each["description"]) <= 150, "features.shortcuts: description")


async def _connect(server: SlackServer, manifest: JSON) -> None:
    settings = manifest["settings"]
    if settings["socket_mode_enabled"]:
        server.hooks.url = ""
        return
    url = settings["event_subscriptions"]["request_url"]
    urls = {url, settings["interactivity"]["request_url"]}
    urls |= {each["url"] for each in manifest["features"]["slash_commands"]}
    _need(urls == {url}, "one address is all that this server calls")
    _need(await server.hooks.verifies(url), f"{url} did not answer the challenge")
    server.hooks.url = url
