from __future__ import annotations

from typing import Any

from adapters.matrix.view import DIRECT, MADE, View, described

ME, ANA, EVE = "@parvis:acme.test", "@ana:acme.test", "@eve:acme.test"


def state(kind: str, content: dict[str, Any], by: str = ANA, key: str = "") -> dict[str, Any]:
    return {"type": kind, "state_key": key, "sender": by, "content": content}


def view(*events: dict[str, Any], heroes: tuple[str, ...] = (ANA,), joined: int = 2, invited: int = 0) -> View:
    found = View()
    known = found.known("!r", ME)
    for event in events:
        known.apply(event)
    counts = {"m.joined_member_count": joined, "m.invited_member_count": invited, "m.heroes": list(heroes)}
    known.summarise(counts)
    return found


def test_a_room_the_bot_made_for_someone_is_direct_with_them_alone() -> None:
    mark = state(DIRECT, {"person": ANA}, ME)
    assert view(mark).direct_with("!r") == ANA
    assert view(mark, joined=1, invited=1).direct_with("!r") == ANA
    assert view(mark, heroes=(EVE,)).direct_with("!r") == ""  # someone else is in it instead
    assert view(mark, heroes=(ANA, EVE), joined=3).direct_with("!r") == ""
    assert view(mark, joined=1).direct_with("!r") == ""


def test_a_mark_made_by_someone_else_is_no_mark() -> None:
    assert view(state(DIRECT, {"person": ANA}, EVE)).direct_with("!r") == ""
    assert described("!r", ME, [state(MADE, {"name": "open:1"}, EVE)]).made == ""
    assert described("!r", ME, [state(MADE, {"name": "open:1"}, ME)]).made == "open:1"


def test_account_data_names_direct_rooms() -> None:
    found = view()
    assert found.direct_with("!r") == ""
    found.mark_direct({ANA: ["!r", "!other"], EVE: 3})
    assert found.direct_with("!r") == ANA
    assert found.candidates(ANA) == ["!r"]
    assert found.candidates(EVE) == []


def test_who_invites_the_bot_into_a_room_without_name_wants_to_talk() -> None:
    entered = state("m.room.member", {"membership": "join"}, ME, ME)
    entered["unsigned"] = {"prev_content": {"membership": "invite"}, "prev_sender": ANA}
    assert view(entered).direct_with("!r") == ANA
    assert view(entered, state("m.room.name", {"name": "Budget"})).direct_with("!r") == ""
    assert view(entered, state("m.room.create", {"type": "m.space"})).direct_with("!r") == ""


def test_where_words_are_encrypted_the_bot_does_not_write() -> None:
    hidden = view(state(DIRECT, {"person": ANA}, ME), state("m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"}))
    assert hidden.direct_with("!r") == ANA
    assert hidden.candidates(ANA) == []


def test_a_room_as_the_port_describes_it() -> None:
    events = [
        state("m.room.create", {"room_version": "12"}, ME),
        state("m.room.name", {"name": "Garden"}),
        state("m.room.canonical_alias", {"alias": "#garden:acme.test"}),
        state("m.room.topic", {"topic": "Seeds"}),
        state("m.room.join_rules", {"join_rule": "restricted"}),
        state("m.room.power_levels", {"events_default": 100}),
        state("m.room.member", {"membership": "join"}, key=ANA),
        state("m.room.member", {"membership": "leave"}, key=EVE),
    ]
    room = described("!r", ME, events).room()
    assert (room.name, room.topic, room.members) == ("garden", "Seeds", 1)
    assert (room.private, room.archived, room.by_bot) == (False, True, True)
    assert described("!r", ME, events[1:2]).room().name == "Garden"
    old = described("!r", ME, [{"type": "m.room.create", "state_key": "", "content": {"creator": ME}}])
    assert old.room().by_bot


def test_odd_state_is_survived() -> None:
    odd: list[dict[str, Any]] = [
        {"type": "m.room.name", "state_key": "", "content": "x"},
        {"type": "m.room.name", "state_key": "", "content": {"name": 3}},
        {"type": "m.room.member", "state_key": ME, "content": {}, "unsigned": 4},
        {"type": "m.room.power_levels", "state_key": "", "content": {"events_default": "100"}},
    ]
    assert described("!r", ME, odd).room().name == "!r"
