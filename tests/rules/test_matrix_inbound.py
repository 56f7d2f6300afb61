from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.matrix import cards
from adapters.matrix.inbound import Place, UnreadableError, read, receipts, wanted
from adapters.matrix.sync import Position
from adapters.matrix.timeline import arrives, since_arrival
from bot.chat import (
    Choice,
    Command,
    Deleted,
    Edited,
    Event,
    HomeOpened,
    Joined,
    Knocked,
    Left,
    Press,
    ProfileChanged,
    Reacted,
    Read,
    RoomChanged,
    Spoke,
    Unreadable,
    VerificationAsked,
)

ME, ANA, ROOM = "@parvis:acme.test", "@ana:acme.test", "!room"
AT = 1_700_000_000_000
SQUARE = Place("acme", ROOM, ME, called="Parvis")
DIRECT = Place("acme", ROOM, ME, direct=True, called="Parvis")
CHOICES = (
    Choice(label="Approve", action="community.approve", value="12", style="primary"),
    Choice(label="Refuse", action="community.refuse", value="12", style="danger"),
    Choice(label="Ask", action="community.ask", value="12"),
)
OFFERS = cards.offers(CHOICES)


def event(kind: str, content: Any, by: str = ANA, **more: Any) -> dict[str, Any]:
    return {"type": kind, "event_id": "$1", "sender": by, "origin_server_ts": AT, "content": content, **more}


def text(body: str, **more: Any) -> dict[str, Any]:
    return event("m.room.message", {"msgtype": "m.text", "body": body, **more})


def reply(body: str, to: str = "$card") -> dict[str, Any]:
    return text(body, **{"m.relates_to": {"m.in_reply_to": {"event_id": to}}})


def reaction(key: str, by: str = ANA) -> dict[str, Any]:
    relation = {"rel_type": "m.annotation", "event_id": "$card", "key": key}
    return event("m.reaction", {"m.relates_to": relation}, by)


def member(before: str, now: str, who: str = ANA, by: str = "") -> dict[str, Any]:
    unsigned = {"prev_content": {"membership": before}} if before else {}
    return event("m.room.member", {"membership": now}, by or who, state_key=who, unsigned=unsigned)


def card(**content: Any) -> dict[str, Any]:
    return {"sender": ME, "room_id": ROOM, "content": {cards.CHOICES: cards.written(OFFERS), **content}}


# ---------------------------------------------------------------- commands


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("!community request Gardening --private", "community request Gardening --private"),
        ("!  community mine", "community mine"),
        ("  !communauté demander", "communauté demander"),
        ("Parvis: community mine", "community mine"),
        ("parvis, !community mine", "community mine"),
        ("@Parvis: community mine", "community mine"),
        ("@parvis:acme.test community mine", "community mine"),
        ("@parvis:acme.test", ""),
    ],
)
def test_words_addressed_to_the_bot_in_a_room_are_a_command(body: str, said: str) -> None:
    heard = read(text(body), SQUARE)
    assert isinstance(heard, Command)
    assert (heard.text, heard.prefixed, heard.direct) == (said, True, False)
    assert (heard.key, heard.platform, heard.by, heard.room) == ("$1", "acme", ANA, ROOM)
    assert heard.at == datetime.fromtimestamp(AT / 1000, UTC)


@pytest.mark.parametrize(
    "body",
    [
        "!!! what a day",
        "! 12",
        "/community mine",
        "hello !community mine",
        "parvisian evenings",
        "Parvis is here",
        "@parvis:acme.test.evil.org hi",
        "thanks @parvis:acme.test",
        "@parvisfan:acme.test community mine",
    ],
)
def test_other_words_in_a_room_are_only_counted(body: str) -> None:
    heard = read(text(body), SQUARE)
    assert isinstance(heard, Spoke)
    assert body not in heard.model_dump_json()


def test_a_pill_of_the_bot_is_a_way_to_address_it() -> None:
    pill = '<a href="https://matrix.to/#/@parvis:acme.test">Parvis the bot</a> community mine'
    heard = read(text("Parvis the bot community mine", formatted_body=pill), SQUARE)
    assert isinstance(heard, Command)
    assert heard.text == "community mine"


def test_pills_of_people_are_their_ids() -> None:
    pills = (
        '!community request Tea --lead <a href="https://matrix.to/#/@bob:acme.test">Bob &amp; co</a>, '
        '<a href="https://matrix.to/#/%40eve%3Aacme.test?x=1">Bob</a>'
    )
    heard = read(text("!community request Tea --lead Bob & co, Bob", formatted_body=pills), SQUARE)
    assert isinstance(heard, Command)
    assert heard.text == "community request Tea --lead @bob:acme.test, @eve:acme.test"


def test_pills_not_in_the_words_change_nothing() -> None:
    heard = read(text("Bob", formatted_body='<a href="https://matrix.to/#/@eve:acme.test">Eve</a>'), DIRECT)
    assert isinstance(heard, Command)
    assert heard.text == "Bob"


def test_a_pill_of_someone_else_is_not() -> None:
    pill = '<a href="https://matrix.to/#/@eve:acme.test">Parvis</a> community mine'
    assert isinstance(read(text("Parvis community mine", formatted_body=pill), SQUARE), Spoke)


@pytest.mark.parametrize(
    ("body", "said", "prefixed"),
    [
        ("community mine", "community mine", False),
        ("!community mine", "community mine", True),
        ("/community mine", "community mine", True),
        ("Jardinage & <b>co</b>", "Jardinage & <b>co</b>", False),
        ("12", "12", False),
    ],
)
def test_everything_in_the_direct_room_is_for_the_bot(body: str, said: str, prefixed: bool) -> None:
    heard = read(text(body), DIRECT)
    assert isinstance(heard, Command)
    assert (heard.text, heard.prefixed, heard.direct) == (said, prefixed, True)


def test_home_is_asked_for_in_the_direct_room() -> None:
    assert isinstance(read(text("!home"), DIRECT), HomeOpened)
    assert isinstance(read(text("home"), DIRECT), Command)
    assert isinstance(read(text("!home"), SQUARE), Command)


def test_the_quoted_reply_of_older_clients_is_not_part_of_the_words() -> None:
    heard = read(reply("> <@parvis:acme.test> What is its name?\n> Be brief.\n\nGardening\n> and more"), DIRECT)
    assert isinstance(heard, Command)
    assert heard.text == "Gardening\n> and more"
    assert heard.in_reply_to == "$card"


def test_a_quotation_without_reply_is_part_of_the_words() -> None:
    heard = read(text("> as someone said\n\nyes"), DIRECT)
    assert isinstance(heard, Command)
    assert heard.text == "> as someone said\n\nyes"


def test_what_is_said_in_a_thread_names_its_first_message() -> None:
    relation = {"rel_type": "m.thread", "event_id": "$root", "is_falling_back": True}
    heard = read(text("who?", **{"m.relates_to": {**relation, "m.in_reply_to": {"event_id": "$last"}}}), SQUARE)
    assert isinstance(heard, Spoke)
    assert heard.thread == "$root"
    assert heard.question
    assert heard.message == heard.key
    said = read(text("who?", **{"m.relates_to": {**relation, "m.in_reply_to": {"event_id": "$last"}}}), DIRECT)
    assert isinstance(said, Command)
    assert (said.in_reply_to, said.message) == ("$root", said.key), "what is answered is what the thread is about"


def test_pictures_and_programs() -> None:
    picture = event("m.room.message", {"msgtype": "m.image", "body": "!community mine", "url": "mxc://a/b"})
    assert isinstance(read(picture, SQUARE), Spoke)
    assert isinstance(read(picture, DIRECT), Spoke)
    assert read(event("m.room.message", {"msgtype": "m.notice", "body": "!community mine"}), DIRECT) is None


def test_the_bot_does_not_hear_itself() -> None:
    assert read(event("m.room.message", {"msgtype": "m.text", "body": "!community mine"}, ME), SQUARE) is None
    assert read(reaction("✅", ME), SQUARE, OFFERS) is None
    assert wanted(reaction("✅", ME), SQUARE) == ""


# ---------------------------------------------------------------- choices


def test_a_reaction_takes_the_choice_it_stands_for() -> None:
    heard = read(reaction("❌"), SQUARE, OFFERS)
    assert isinstance(heard, Press)
    assert (heard.action, heard.value, heard.on, heard.by) == ("community.refuse", "12", "$card", ANA)


@pytest.mark.parametrize("key", ["3\N{COMBINING ENCLOSING KEYCAP}", "3\N{VARIATION SELECTOR-16}\u20e3"])
def test_variation_selectors_make_no_difference(key: str) -> None:
    heard = read(reaction(key), SQUARE, OFFERS)
    assert isinstance(heard, Press)
    assert heard.action == "community.ask"


def test_a_reaction_that_offers_nothing_is_a_reaction() -> None:
    assert wanted(reaction("👍"), SQUARE) == ""  # nothing to look up
    assert wanted(reaction("✅"), SQUARE) == "$card"
    heard = read(reaction("✅"), SQUARE, ())
    assert isinstance(heard, Reacted)
    assert heard.on == "$card"


@pytest.mark.parametrize("said", ["1", "approve", " Approve ", "✅"])
def test_replying_with_number_label_or_sign_takes_the_choice(said: str) -> None:
    for place in (SQUARE, DIRECT):
        assert wanted(reply(said), place) == "$card"
        heard = read(reply(said), place, OFFERS)
        assert isinstance(heard, Press)
        assert (heard.action, heard.on) == ("community.approve", "$card")


@pytest.mark.parametrize("said", ["0", "4", "99999999", "approve it", "-1", "²"])
def test_replying_with_anything_else_is_no_press(said: str) -> None:
    assert isinstance(read(reply(said), SQUARE, OFFERS), Spoke)
    assert isinstance(read(reply(said), DIRECT, OFFERS), Command)


def test_two_choices_of_one_label_are_not_guessed() -> None:
    twice = cards.offers((CHOICES[0], CHOICES[0]))
    assert isinstance(read(reply("Approve"), SQUARE, twice), Spoke)


def test_long_replies_are_not_looked_up() -> None:
    assert wanted(reply("x" * 81), SQUARE) == ""


# ---------------------------------------------------------------- what a card offers


def test_only_the_bots_own_event_in_this_room_offers_anything() -> None:
    assert cards.offered(card(), ME, ROOM) == OFFERS
    assert cards.offered({**card(), "sender": "@eve:acme.test"}, ME, ROOM) is None
    assert cards.offered({**card(), "room_id": "!other"}, ME, ROOM) is None


def test_the_current_version_counts() -> None:
    frozen = {"sender": ME, "content": {"m.new_content": {"body": "done"}}}
    event = {**card(), "unsigned": {"m.relations": {"m.replace": frozen}}}
    assert cards.offered(event, ME, ROOM) == ()


def test_an_edit_by_someone_else_changes_nothing() -> None:
    forged = {"sender": "@eve:acme.test", "content": {"m.new_content": {cards.CHOICES: [["✅", "x.y", "1", "z"]]}}}
    event = {**card(), "unsigned": {"m.relations": {"m.replace": forged}}}
    assert cards.offered(event, ME, ROOM) == OFFERS


@pytest.mark.parametrize("kept", [None, 3, "x", {}, [[1]], [None], [["✅", "a"]]])
def test_broken_offers_are_none(kept: Any) -> None:
    assert cards.offered({"sender": ME, "content": {cards.CHOICES: kept}}, ME, ROOM) == ()


@given(st.lists(st.sampled_from(["plain", "primary", "danger"]), max_size=45))
def test_no_two_choices_share_a_sign(styles: list[Any]) -> None:
    offered = cards.offers([Choice(label=str(n), action="a.b", style=style) for n, style in enumerate(styles)])
    keys = [cards.bare(one.key) for one in offered if one.key]
    assert len(keys) == len(set(keys))
    assert len(keys) >= min(len(styles), 36)
    assert all(cards.is_key(key) for key in keys)


# ---------------------------------------------------------------- rooms


def test_entering_and_leaving() -> None:
    for before in ("", "invite", "leave", "ban"):
        heard = read(member(before, "join"), SQUARE)
        assert isinstance(heard, Joined)
        assert heard.by == ANA
    kicked = read(member("join", "leave", by="@alice:acme.test"), SQUARE)
    assert isinstance(kicked, Left)
    assert kicked.by == ANA  # who left, not who removed them
    assert isinstance(read(member("join", "ban"), SQUARE), Left)


@pytest.mark.parametrize(("before", "now"), [("join", "join"), ("invite", "leave"), ("", "invite"), ("leave", "ban")])
def test_other_changes_of_membership_are_nothing(before: str, now: str) -> None:
    assert read(member(before, now), SQUARE) is None


@pytest.mark.parametrize("now", ["leave", "ban"])
def test_somebody_puts_the_bot_out(now: str) -> None:
    heard = read(member("join", now, who=ME, by="@alice:acme.test"), SQUARE)
    assert isinstance(heard, RoomChanged)
    assert (heard.change, heard.by) == ("put_out", "@alice:acme.test")


def test_the_bots_own_coming_and_going_is_nothing() -> None:
    assert read(member("join", "leave", who=ME, by=ME), SQUARE) is None
    assert read(member("invite", "leave", who=ME, by="@alice:acme.test"), SQUARE) is None
    assert read(member("join", "join", who=ME, by="@alice:acme.test"), SQUARE) is None


def change(kind: str, now: Any, before: Any = None) -> Event | None:
    return read(event(kind, now, state_key="", unsigned={"prev_content": before} if before is not None else {}), SQUARE)


def test_changes_of_a_room() -> None:
    def told(heard: Event | None) -> tuple[str, str]:
        assert isinstance(heard, RoomChanged)
        return heard.change, heard.name

    assert told(change("m.room.name", {"name": "Garden"})) == ("renamed", "Garden")
    rule = "m.room.join_rules"
    assert told(change(rule, {"join_rule": "invite"}, {"join_rule": "restricted"})) == ("made_private", "")
    assert told(change(rule, {"join_rule": "public"}, {"join_rule": "invite"})) == ("made_public", "")
    assert change(rule, {"join_rule": "restricted"}, {"join_rule": "public"}) is None
    assert change(rule, {"join_rule": "public"}) is None  # as the room was made
    assert told(change("m.room.power_levels", {"events_default": 100}, {"events_default": 0})) == ("archived", "")
    assert told(change("m.room.power_levels", {"users": {}}, {"events_default": 100})) == ("reopened", "")
    assert change("m.room.power_levels", {"users": {ANA: 50}}, {"users": {}}) is None
    assert told(change("m.room.tombstone", {"replacement_room": "!new"})) == ("upgraded", "")


def test_edits_and_redactions() -> None:
    edit = text("* new", **{"m.relates_to": {"rel_type": "m.replace", "event_id": "$0"}})
    heard = read(edit, DIRECT)
    assert isinstance(heard, Edited)
    assert heard.on == "$0"
    for raw in (event("m.room.redaction", {"redacts": "$0"}), event("m.room.redaction", {}, redacts="$0")):
        gone = read(raw, SQUARE)
        assert isinstance(gone, Deleted)
        assert gone.on == "$0"


def test_what_was_redacted_before_it_was_read_is_nothing() -> None:
    assert read(event("m.room.message", {}, unsigned={"redacted_because": {"sender": ANA}}), SQUARE) is None


def test_a_knock_is_told_once() -> None:
    knock = event("m.room.member", {"membership": "knock"}, state_key=ANA)
    heard = read(knock, SQUARE)
    assert isinstance(heard, Knocked)
    assert (heard.by, heard.room) == (ANA, ROOM)
    again = event("m.room.member", {"membership": "knock", "displayname": "Ana"}, state_key=ANA)
    again["unsigned"] = {"prev_content": {"membership": "knock"}}
    assert read(again, SQUARE) is None


def presented(now: dict[str, str], before: dict[str, str], room: str = ROOM, at: int = AT) -> Event | None:
    raw = event("m.room.member", {"membership": "join", **now}, state_key=ANA, origin_server_ts=at)
    raw["unsigned"] = {"prev_content": {"membership": "join", **before}}
    raw["event_id"] = f"${room}"
    return read(raw, Place("acme", room, ME, called="Parvis"))


def test_another_name_or_picture_is_a_changed_profile_told_once_for_all_rooms() -> None:
    for now, before in (({"displayname": "Ana L"}, {"displayname": "ana"}), ({"avatar_url": "mxc://a/b"}, {})):
        first, other = presented(now, before), presented(now, before, "!another")
        assert isinstance(first, ProfileChanged)
        assert (first.by, first.room) == (ANA, "")
        assert other
        assert first.key == other.key
    there = {"displayname": "Ana L"}
    told = [
        presented(there, {}),
        presented({}, there),
        presented(there, {}, at=AT + 60_000),
    ]
    assert len({each.key for each in told if each}) == 3


def test_what_changes_nothing_of_a_profile_is_none() -> None:
    assert presented({"displayname": "ana"}, {"displayname": "ana"}) is None
    assert presented({"displayname": "ana", "reason": "x"}, {"displayname": "ana", "avatar_url": ""}) is None


def test_what_cannot_be_decrypted_is_counted_in_a_room_and_answered_in_the_direct_room() -> None:
    raw = event("m.room.encrypted", {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "x"})
    assert isinstance(read(raw, SQUARE), Spoke)
    assert isinstance(read(raw, DIRECT), Unreadable)


def test_receipts_tell_who_read_what_in_rooms() -> None:
    content = {"$9": {"m.read": {ANA: {"ts": AT}, ME: {"ts": AT}}, "m.read.private": {ANA: {"ts": AT}}}}
    (heard,) = receipts(content, SQUARE)
    assert isinstance(heard, Read)
    assert (heard.by, heard.on, heard.room) == (ANA, "$9", ROOM)
    assert receipts(content, DIRECT) == []
    assert receipts({"$9": 3, "$8": {"m.read": {ANA: {"ts": "x"}}}}, SQUARE) == []


# ---------------------------------------------------------------- what cannot be read

BROKEN = [
    event("m.room.message", {}),
    event("m.room.message", {"msgtype": "m.text"}),
    event("m.room.message", {"msgtype": "m.text", "body": 3}),
    event("m.room.message", {"msgtype": 1, "body": "secret"}),
    event("m.room.message", "secret"),
    event("m.reaction", {"m.relates_to": {"event_id": "$1"}}),
    event("m.reaction", {"m.relates_to": 3}),
    event("m.room.redaction", {}),
    event("m.room.member", {"membership": "join"}),
    event("m.room.member", {}, state_key=ANA),
    {"type": "m.room.message"},
    {**event("m.room.message", {"msgtype": "m.text", "body": "x"}), "origin_server_ts": -1},
    {**event("m.room.message", {"msgtype": "m.text", "body": "x"}), "origin_server_ts": 1 << 70},
    {**event("m.room.message", {"msgtype": "m.text", "body": "x"}), "sender": 12},
]


@pytest.mark.parametrize("raw", BROKEN)
def test_a_malformed_event_is_refused_without_its_words(raw: dict[str, Any]) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(raw, SQUARE)
    assert refused.value.reason.startswith(raw["type"])
    assert "secret" not in refused.value.reason


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = ["msgtype", "body", "m.relates_to", "membership", "name", "join_rule", "formatted_body", "redacts"]


@given(
    kind=st.sampled_from(["m.room.message", "m.reaction", "m.room.member", "m.room.join_rules", "m.room.encrypted"]),
    content=JSON | st.dictionaries(st.sampled_from(KEYS), JSON),
    unsigned=JSON,
    direct=st.booleans(),
)
def test_no_event_breaks_the_reading(kind: str, content: Any, unsigned: Any, direct: bool) -> None:
    raw = event(kind, content, state_key=ANA, unsigned=unsigned)
    place = DIRECT if direct else SQUARE
    wanted(raw, place)
    try:
        heard = read(raw, place, OFFERS)
    except UnreadableError:
        return
    assert heard is None or heard.key == "$1"


def test_reading_takes_no_time_whatever_is_sent() -> None:
    started = time.process_time()
    for body in ("@" * 60_000, "> " * 30_000, "!" * 60_000, "Parvis" + " " * 60_000, "@a:" * 20_000):
        read(reply(body), SQUARE)
        for tail in (
            '<a href="https://matrix.to/#/' + "x" * 60_000,
            "<a " * 20_000,
            '<a href="https://matrix.to/#/@' * 2_000,
            "<p>" * 20_000,
        ):
            read(text(body, formatted_body=tail), SQUARE)
    assert time.process_time() - started < 2


def test_unknown_events_are_nothing() -> None:
    assert read(event("org.example.thing", {"body": "!community mine"}), SQUARE) is None


# ---------------------------------------------------------------- what is for the bot's eyes


def ids(raws: list[dict[str, Any]]) -> list[str]:
    return [raw["content"].get("body") or raw["content"]["membership"] for raw in raws]


def test_what_was_said_before_the_bot_was_invited_is_not_heard() -> None:
    timeline = [text("old"), member("", "invite", ME, ANA), text("quick"), member("invite", "join", ME), text("new")]
    assert ids(since_arrival(timeline, ME)) == ["quick", "new"]


def test_what_was_said_before_the_bot_entered_a_public_room_is_not_heard() -> None:
    assert ids(since_arrival([text("old"), member("", "join", ME), text("new")], ME)) == ["new"]


def test_what_was_said_while_the_bot_was_away_is_not_heard() -> None:
    away = [text("a"), member("join", "leave", ME, ANA), text("b"), member("leave", "join", ME), text("c")]
    assert ids(since_arrival(away, ME)) == ["a", "leave", "c"]  # but that it was put out is


def test_a_new_display_name_of_the_bot_is_no_arrival() -> None:
    assert ids(since_arrival([text("a"), member("join", "join", ME), text("b")], ME)) == ["a", "b"]
    assert not arrives(member("join", "join", ME), ME)
    assert not arrives(member("invite", "join", ME), ME)
    assert arrives(member("leave", "invite", ME, ANA), ME)
    assert not arrives(member("", "join", ANA), ME)


def test_a_position_is_the_bare_token_while_no_invitation_waits() -> None:
    assert Position("s1").written() == "s1"
    assert Position.read("s1") == Position("s1")
    waiting = Position("s1", {"!a": "direct @ana:acme.test"})
    assert Position.read(waiting.written()) == waiting
    assert Position.read("") == Position()


@pytest.mark.parametrize(("to", "asked"), [(ME, True), (ANA, False), (None, False)])
def test_a_request_to_verify_the_bot_is_no_command_but_asks_for_an_answer(to: object, *, asked: bool) -> None:
    content = {"msgtype": "m.key.verification.request", "body": "Ana asks to verify you", "to": to, "methods": []}
    found = read(event("m.room.message", content), DIRECT)
    assert isinstance(found, VerificationAsked) if asked else found is None
