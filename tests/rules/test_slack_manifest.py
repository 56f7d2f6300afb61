"""What an app on a workspace is made from."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.slack.manifest import EVENTS, SCOPES, link, manifest
from adapters.slack.settings import SLACK, Slack
from bot.config import Offered, Shortcut, Word
from tests.servers.slack.events import SUBSCRIPTIONS

WORDS = (Word("community", "Communities", "request NAME"), Word("coffee", "Coffee"))
ASK = Shortcut("community.request", "Ask for a community", "Three questions", "anywhere")
OFFERED = Offered("Parvis", "Communities", WORDS, (ASK,))
URL = "https://parvis.example/slack/acme"


def test_it_asks_for_what_the_bot_uses() -> None:
    made = manifest(OFFERED)
    events = made["settings"]["event_subscriptions"]["bot_events"]
    needed = {SUBSCRIPTIONS[event] for event in events if event in SUBSCRIPTIONS} - {""}
    assert needed <= set(made["oauth_config"]["scopes"]["bot"])
    assert set(events) == set(EVENTS)
    assert all(SCOPES.values())


def test_a_user_token_is_asked_for_only_where_it_is_wanted() -> None:
    assert "user" not in manifest(OFFERED)["oauth_config"]["scopes"]
    lent = Offered("Parvis", "Communities", WORDS, admin=True)
    assert "channels:write" in manifest(lent)["oauth_config"]["scopes"]["user"]


def test_commands_and_shortcuts_are_those_offered() -> None:
    features = manifest(OFFERED)["features"]
    assert [command["command"] for command in features["slash_commands"]] == ["/coffee", "/community"]
    assert all(command["should_escape"] for command in features["slash_commands"])
    assert [command.get("usage_hint") for command in features["slash_commands"]] == [None, "request NAME"]
    assert features["shortcuts"] == [
        {
            "name": "Ask for a community",
            "type": "global",
            "callback_id": "community.request",
            "description": "Three questions",
        }
    ]


def test_its_page_and_its_messages_are_open() -> None:
    assert manifest(OFFERED)["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_slack_calls_only_where_it_is_told_to() -> None:
    assert manifest(OFFERED)["settings"]["socket_mode_enabled"]
    assert "url" not in json.dumps(manifest(OFFERED))
    made = manifest(OFFERED, url=URL)
    assert not made["settings"]["socket_mode_enabled"]
    assert json.dumps(made).count(URL) == 4  # two commands, events, what people press


@pytest.mark.parametrize("mode", ["socket", "http"])
def test_the_settings_say_which_of_the_two(mode: str) -> None:
    assert SLACK.manifest
    settings = Slack.model_validate({"kind": "slack", "mode": mode, "bot_token": "xoxb-1"})
    offered = Offered("Parvis", "Communities", WORDS, address="https://parvis.example")
    made = SLACK.manifest.make("acme", settings, offered)
    assert made["settings"]["socket_mode_enabled"] is (mode == "socket")
    assert (URL in json.dumps(made)) is (mode == "http")


@pytest.mark.parametrize(
    "offered",
    [
        Offered("Parvis", "Communities", (Word("c" * 33, "too long"),)),
        Offered("Parvis", "Communities", WORDS, (Shortcut("a.b", "l" * 25, "too long", "anywhere"),)),
        Offered("Parvis", "Communities", WORDS, (ASK,) * 11),
    ],
)
def test_what_slack_would_refuse_is_refused_before(offered: Offered) -> None:
    with pytest.raises(ValueError, match="at most"):
        manifest(offered)


def test_the_link_holds_the_whole_manifest() -> None:
    made = manifest(OFFERED)
    parts = urlsplit(link(made))
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "api.slack.com", "/apps")
    asked = parse_qs(parts.query)
    assert asked["new_app"] == ["1"]
    assert json.loads(asked["manifest_json"][0]) == made
