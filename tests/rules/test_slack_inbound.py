from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.inbound import Malformed, Me, Reading, translate, unhandle
from adapters.slack.text import clean, escape, plain
from bot.chat import (
    EVENT,
    Command,
    Deleted,
    Edited,
    HomeOpened,
    Joined,
    Left,
    Press,
    ProfileChanged,
    Reacted,
    RoomChanged,
    Spoke,
    Submission,
)

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ME = Me(user="UBOT", bot="BBOT", team="T1")
READING = Reading("acme", ME, NOW, directs={"DKNOWN"})
SECRET = "tulips"  # what someone wrote, and must be in nothing that is kept


def wrapped(event: Any, event_id: str = "Ev1") -> dict[str, Any]:
    return {"type": "event_callback", "event_id": event_id, "event_time": 1764000000, "team_id": "T1", "event": event}


def message(text: str, *, room: str = "C1", kind: str = "channel", ts: str = "1764000000.000100", **more: Any) -> Any:
    event = {"type": "message", "user": "U1", "text": text, "ts": ts, "channel": room, "channel_type": kind}
    return wrapped(event | more)


def slash(text: str, **more: Any) -> dict[str, Any]:
    return {
        "command": "/community",
        "text": text,
        "user_id": "U1",
        "channel_id": "C1",
        "trigger_id": "1.2.abc",
        "response_url": "https://hooks.slack.com/commands/1",
    } | more


def block_actions(**more: Any) -> dict[str, Any]:
    return {
        "type": "block_actions",
        "user": {"id": "U1"},
        "container": {"type": "message", "message_ts": "1764000000.000100", "channel_id": "C1", "is_ephemeral": False},
        "channel": {"id": "C1"},
        "message": {"user": "UBOT", "bot_id": "BBOT", "ts": "1764000000.000100", "text": SECRET},
        "trigger_id": "1.2.abc",
        "response_url": "https://hooks.slack.com/actions/1",
        "actions": [
            {"type": "button", "action_id": "community.approve#0", "value": "12", "action_ts": "1764000005.000200"}
        ],
    } | more


def submission(values: dict[str, Any], **view: Any) -> dict[str, Any]:
    return {
        "type": "view_submission",
        "user": {"id": "U1"},
        "trigger_id": "1.2.abc",
        "view": {
            "id": "V1",
            "hash": "h1",
            "callback_id": "community.request",
            "private_metadata": json.dumps({"form": "community.request", "meta": "request 12"}),
            "state": {"values": values},
        }
        | view,
    }


# ---------------------------------------------------------------- commands


def test_a_slash_command_is_its_words_with_what_answers_need() -> None:
    event = translate(slash('request "Gardening &amp; more" --with <@U2|bob> in <#C9|general>'), READING)
    assert isinstance(event, Command)
    assert event.text == 'community request "Gardening & more" --with @U2 in #C9'
    assert (event.by, event.room, event.at, event.direct, event.prefixed) == ("U1", "C1", NOW, False, True)
    assert unhandle(event.handle) == {
        "trigger": "1.2.abc",
        "url": "https://hooks.slack.com/commands/1",
        "room": "C1",
    }


def test_a_slash_command_in_a_direct_message_of_two_people_is_not_in_the_bots_direct_room() -> None:
    foreign, ours = (translate(slash("mine", channel_id=room), READING) for room in ("DFOREIGN", "DKNOWN"))
    assert isinstance(foreign, Command)
    assert isinstance(ours, Command)
    assert (foreign.direct, ours.direct) == (False, True)


@pytest.mark.parametrize(
    ("text", "words", "prefixed"),
    [
        ("community mine", "community mine", False),
        ("!community mine", "community mine", True),
        ("/community mine", "community mine", True),
        ("<@UBOT> community mine", "community mine", False),
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c", False),
        ("see <https://e.example/x|e.example/x> or", "see e.example/x or", False),
        ("<mailto:a@e.example|a@e.example> <https://e.example/y>", "a@e.example https://e.example/y", False),
        ("ask <@U2> and <!subteam^S1|@animators> and <!here>", "ask @U2 and @S1 and @here", False),
    ],
)
def test_words_in_the_direct_room_are_a_command(text: str, words: str, prefixed: bool) -> None:
    event = translate(message(text, room="D1", kind="im"), READING)
    assert isinstance(event, Command)
    assert (event.text, event.prefixed, event.direct) == (words, prefixed, True)
    assert not event.handle, "what is asked in answer is promised with the event, and not shown after it"


@pytest.mark.parametrize("text", ["<@UBOT> community mine", "  <@UBOT|parvis>: community mine"])
def test_a_mention_in_a_room_is_a_command(text: str) -> None:
    event = translate(message(text, thread_ts="1763999999.000100"), READING)
    assert isinstance(event, Command)
    assert (event.text, event.prefixed, event.direct) == ("community mine", True, False)
    assert event.in_reply_to == "1763999999.000100"
    assert event.message == message(text)["event"]["ts"]


def test_the_same_message_has_one_key_whatever_brings_it() -> None:
    one = translate(message("<@UBOT> hello"), READING)
    again = message("<@UBOT> hello") | {"event_id": "Ev2"}
    again["event"] = {"type": "app_mention"} | {key: again["event"][key] for key in ("user", "text", "ts", "channel")}
    two = translate(again, READING)
    assert isinstance(one, Command)
    assert one == two


# ---------------------------------------------------------------- what is said


@pytest.mark.parametrize(
    ("text", "question"),
    [(f"{SECRET}?", True), (SECRET, False), (f"{SECRET} <@UBOT> is nice", False), (f"!{SECRET}", False), ("", False)],
)
def test_what_is_said_in_a_room_is_counted_and_not_kept(text: str, question: bool) -> None:
    event = translate(message(text), READING)
    assert isinstance(event, Spoke)
    assert event.question is question
    assert SECRET not in event.model_dump_json()


def test_a_reply_names_its_thread_and_a_threads_first_message_does_not() -> None:
    reply = translate(message("x", thread_ts="1763999999.000100"), READING)
    first = translate(message("x", thread_ts="1764000000.000100"), READING)
    assert isinstance(reply, Spoke)
    assert isinstance(first, Spoke)
    assert (reply.thread, first.thread) == ("1763999999.000100", "")


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "BOTHER"},
        {"user": "UBOT"},
        {"user": "USLACKBOT"},
        {"subtype": "bot_message", "bot_id": "BOLD", "user": None},
        {"subtype": "channel_join"},
        {"subtype": "channel_topic"},
        {"subtype": "message_replied"},
        {"subtype": "something_new"},
    ],
)
def test_bots_and_notices_say_nothing(more: dict[str, Any]) -> None:
    assert translate(message("x", **more), READING) is None


def test_an_edit_is_told_once_and_an_unfolded_link_is_no_edit() -> None:
    inner = {"type": "message", "user": "U1", "text": SECRET, "ts": "1764000000.000100"}
    changed: dict[str, Any] = {"subtype": "message_changed", "previous_message": inner, "message": inner}
    assert translate(message("", **changed), READING) is None
    changed["message"] = inner | {"edited": {"user": "U1", "ts": "1764000009.000000"}}
    event = translate(message("", ts="1764000009.000300", **changed), READING)
    assert isinstance(event, Edited)
    assert (event.on, event.by, event.room) == ("1764000000.000100", "U1", "C1")
    assert SECRET not in event.model_dump_json()


def test_a_removal_is_told_without_who() -> None:
    gone = {"subtype": "message_deleted", "deleted_ts": "1764000000.000100"}
    event = translate(message("", ts="1764000009.000300", **gone), READING)
    assert isinstance(event, Deleted)
    assert (event.on, event.by, event.room) == ("1764000000.000100", "", "C1")


# ---------------------------------------------------------------- presses and submissions


def test_a_press_says_who_took_which_choice_on_which_message() -> None:
    event = translate(block_actions(), READING)
    assert isinstance(event, Press)
    assert (event.action, event.value, event.on, event.room) == ("community.approve", "12", "1764000000.000100", "C1")
    assert (event.by, event.direct) == ("U1", False)
    assert unhandle(event.handle)["trigger"] == "1.2.abc"
    assert SECRET not in event.model_dump_json()


def test_two_presses_of_one_button_are_two_and_one_delivered_twice_is_one() -> None:
    first, same = (translate(block_actions(), READING) for _ in range(2))
    later = translate(
        block_actions(actions=[block_actions()["actions"][0] | {"action_ts": "1764000006.000000"}]), READING
    )
    assert isinstance(first, Press)
    assert isinstance(same, Press)
    assert isinstance(later, Press)
    assert first.key == same.key != later.key


SHORTCUT = {
    "type": "shortcut",
    "action_ts": "1764000005.000000",
    "user": {"id": "U1", "username": "ana"},
    "callback_id": "community.request",
    "trigger_id": "1.2.abc",
}


def test_a_shortcut_is_the_command_that_it_stands_for() -> None:
    event = translate(SHORTCUT, READING)
    assert isinstance(event, Command)
    assert (event.text, event.prefixed, event.by) == ("community request", True, "U1")
    assert (event.room, event.direct, event.in_reply_to) == ("", False, "")
    assert unhandle(event.handle) == {"trigger": "1.2.abc"}
    assert translate(SHORTCUT, READING) == event


def test_a_shortcut_on_a_message_says_which_and_nothing_of_what_it_says() -> None:
    message = {"ts": "1764000000.000100", "text": SECRET, "user": "U2"}
    more = {"channel": {"id": "C1"}, "message_ts": message["ts"], "message": message, "response_url": "https://x"}
    event = translate(SHORTCUT | {"type": "message_action"} | more, READING)
    assert isinstance(event, Command)
    assert (event.text, event.room, event.in_reply_to) == ("community request", "C1", "1764000000.000100")
    assert unhandle(event.handle) == {"trigger": "1.2.abc", "url": "https://x", "room": "C1"}
    assert SECRET not in event.model_dump_json()


def test_a_press_on_what_the_bot_did_not_send_is_ignored() -> None:
    forged = block_actions(message={"user": "UEVE", "ts": "1764000000.000100", "text": "Shall we?"})
    assert translate(forged, READING) is None


def test_a_press_in_a_modal_can_open_another_on_top_and_one_on_the_home_page_cannot() -> None:
    for kind, view in (("modal", "V1"), ("home", None)):
        body = block_actions(container={"type": "view", "view_id": "V1"}, view={"id": "V1", "type": kind})
        del body["channel"], body["message"], body["response_url"]
        event = translate(body, READING)
        assert isinstance(event, Press)
        assert (event.on, event.room) == ("V1", "")
        assert unhandle(event.handle).get("view") == view
        assert event.home is (kind == "home")


def test_a_press_in_the_direct_room_is_direct_but_not_on_a_whisper_in_a_foreign_one() -> None:
    direct = block_actions(channel={"id": "D1"})
    whispered = block_actions(channel={"id": "D1"}, container={"message_ts": "1.2", "is_ephemeral": True}, message=None)
    for body, expected in ((direct, True), (whispered, False)):
        event = translate(body, READING)
        assert isinstance(event, Press)
        assert event.direct is expected


def test_every_kind_of_input_comes_as_text() -> None:
    values = {
        "name": {"a": {"type": "plain_text_input", "value": "Fish &amp; <chips>"}},
        "empty": {"a": {"type": "plain_text_input", "value": None}},
        "kind": {"a": {"type": "static_select", "selected_option": {"value": "business"}}},
        "unset": {"a": {"type": "static_select", "selected_option": None}},
        "lead": {"a": {"type": "users_select", "selected_user": "U2"}},
        "people": {"a": {"type": "multi_users_select", "selected_users": ["U2", "U3"]}},
        "end": {"a": {"type": "datepicker", "selected_date": "2027-01-31"}},
    }
    event = translate(submission(values), READING)
    assert isinstance(event, Submission)
    assert event.values == {
        "name": "Fish &amp; <chips>",  # what is typed in a modal is not escaped
        "empty": "",
        "kind": "business",
        "unset": "",
        "lead": "U2",
        "people": "U2 U3",
        "end": "2027-01-31",
    }
    assert (event.form, event.meta, event.key) == ("community.request", "request 12", "form:V1:h1")


def test_a_page_that_follows_has_its_own_key() -> None:
    pages = [translate(submission({}, hash=page), READING) for page in ("h1", "h2")]
    assert len({page.key for page in pages if isinstance(page, Submission)}) == 2


# ---------------------------------------------------------------- the rest


def test_comings_and_goings_and_reactions() -> None:
    moved = {"user": "U1", "channel": "C1", "channel_type": "C", "team": "T1"}
    joined = translate(wrapped({"type": "member_joined_channel", **moved}), READING)
    left = translate(wrapped({"type": "member_left_channel", **moved}), READING)
    item = {"type": "message", "channel": "C1", "ts": "1764000000.000100"}
    reacted = translate(wrapped({"type": "reaction_added", "user": "U1", "reaction": "heart", "item": item}), READING)
    assert isinstance(joined, Joined)
    assert isinstance(left, Left)
    assert isinstance(reacted, Reacted)
    assert (joined.by, joined.room, left.room, reacted.on) == ("U1", "C1", "C1", "1764000000.000100")
    assert translate(wrapped({"type": "member_joined_channel", **moved, "user": "UBOT"}), READING) is None


@pytest.mark.parametrize("kind", ["channel_left", "group_left"])
def test_somebody_puts_the_bot_out(kind: str) -> None:
    put_out = translate(wrapped({"type": kind, "channel": "C1", "actor_id": "U1"}), READING)
    assert isinstance(put_out, RoomChanged)
    assert (put_out.change, put_out.room, put_out.by) == ("put_out", "C1", "U1")
    unsaid = translate(wrapped({"type": kind, "channel": "C1"}), READING)  # as its page shows it
    assert isinstance(unsaid, RoomChanged)
    assert translate(wrapped({"type": kind, "channel": "C1", "actor_id": "UBOT"}), READING) is None


def test_profiles_home_and_rooms() -> None:
    profile = translate(wrapped({"type": "user_change", "user": {"id": "U7", "name": "gus"}}), READING)
    home = translate(wrapped({"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"}), READING)
    tab = translate(wrapped({"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "messages"}), READING)
    assert isinstance(profile, ProfileChanged)
    assert profile.by == "U7"
    assert isinstance(home, HomeOpened)
    assert tab is None


@pytest.mark.parametrize(
    ("event", "change", "name", "by"),
    [
        ({"type": "channel_created", "channel": {"id": "C9", "name": "fun", "creator": "U1"}}, "created", "fun", "U1"),
        ({"type": "channel_rename", "channel": {"id": "C9", "name": "fun"}}, "renamed", "fun", ""),
        ({"type": "group_rename", "channel": {"id": "C9", "name": "fun"}}, "renamed", "fun", ""),
        ({"type": "channel_archive", "channel": "C9", "user": "U1"}, "archived", "", "U1"),
        ({"type": "channel_unarchive", "channel": "C9", "user": "U1"}, "reopened", "", "U1"),
        ({"type": "channel_deleted", "channel": "C9"}, "deleted", "", ""),
    ],
)
def test_rooms_changed_by_others(event: dict[str, Any], change: str, name: str, by: str) -> None:
    found = translate(wrapped(event), READING)
    assert isinstance(found, RoomChanged)
    assert (found.change, found.name, found.room, found.by) == (change, name, "C9", by)


def test_what_the_bot_changes_itself_is_no_news() -> None:
    created = {"type": "channel_created", "channel": {"id": "C9", "name": "fun", "creator": "UBOT"}}
    assert translate(wrapped(created), READING) is None


@pytest.mark.parametrize("kind", ["view_closed", "block_suggestion"])
def test_what_nobody_waits_for(kind: str) -> None:
    assert translate({"type": kind}, READING) is None
    assert translate(wrapped({"type": "pin_added"}), READING) is None


# ---------------------------------------------------------------- what cannot be read


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "text",
        {},
        {"type": "weather", "text": SECRET},
        wrapped(None),
        wrapped([SECRET]),
        wrapped({"text": SECRET}),
        wrapped({"type": "message", "text": SECRET}),
        wrapped({"type": "message", "text": SECRET, "user": 12, "ts": "1.2", "channel": "C1"}),
        message(SECRET, ts="yesterday"),
        message(SECRET, ts="1e999"),
        message(SECRET, room=None),  # type: ignore[arg-type]
        {"command": "/community", "text": SECRET},
        slash(SECRET, user_id=None),
        block_actions(actions=[]),
        block_actions(actions=[{"value": SECRET}]),
        block_actions(user=None),
        submission({"name": {"a": {"value": SECRET}}}),
        submission({}, private_metadata="{"),
        submission({}, callback_id=None),
    ],
)
def test_a_malformed_payload_is_named_without_its_content(body: Any) -> None:
    found = translate(body, READING)
    assert isinstance(found, Malformed)
    assert found.key
    assert found.reason
    assert SECRET not in found.key + found.reason
    assert found == translate(body, READING)


def test_events_lost_to_a_limit_leave_a_trace() -> None:
    found = translate({"type": "app_rate_limited", "minute_rate_limited": 1518467820}, READING)
    assert found == Malformed("app_rate_limited:1518467820", "app_rate_limited")


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
BODIES = [
    message("x"),
    message("x", subtype="message_changed", message={"edited": {"ts": "1", "user": "U1"}, "ts": "1"}),
    message("x", subtype="message_deleted", deleted_ts="1"),
    slash("x"),
    block_actions(),
    submission({"name": {"a": {"type": "plain_text_input", "value": "x"}}}),
    wrapped({"type": "member_joined_channel", "user": "U1", "channel": "C1"}),
    wrapped({"type": "reaction_added", "user": "U1", "item": {"type": "message", "channel": "C1", "ts": "1"}}),
    wrapped({"type": "user_change", "user": {"id": "U7"}}),
    wrapped({"type": "channel_rename", "channel": {"id": "C9", "name": "fun"}}),
]


@given(st.sampled_from(BODIES), st.data())
def test_whatever_comes_is_read_or_put_aside(body: dict[str, Any], data: st.DataObject) -> None:
    broken = json.loads(json.dumps(body))
    at = broken
    while True:
        key = data.draw(st.sampled_from(sorted(at)))
        if isinstance(at[key], dict) and at[key] and data.draw(st.booleans()):
            at = at[key]
            continue
        at[key] = data.draw(JSONS)
        break
    found = translate(broken, READING)
    if found is not None and not isinstance(found, Malformed):
        assert EVENT.validate_json(EVENT.dump_json(found)) == found


@given(st.text())
def test_what_was_typed_comes_back_as_it_was_typed(text: str) -> None:
    assert plain(escape(text)) == clean(text)


def test_letters_that_no_database_holds_are_dropped() -> None:
    assert plain("a\x00b\ud800c\nd") == "ab?c\nd"
