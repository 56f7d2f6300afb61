"""What only a real Matrix server shows: gaps, room versions, forged choices, invitations, the company space."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.matrix.cards import CHOICES
from adapters.matrix.platform import MatrixPlatform
from bot.chat import (
    Choice,
    Command,
    LockedOut,
    Message,
    NameTaken,
    NewRoom,
    NotAllowed,
    NotFound,
    Part,
    Picture,
    Press,
    RateLimited,
    Reacted,
    RoomChanged,
    Spoke,
    Unreachable,
)
from tests.contract.test_platform import NO, UNDO, YES, Recorder, Site, before, fresh, said
from tests.humans import eventually
from tests.humans.matrix import MatrixHuman, MatrixTown, town
from tests.servers.gate import Fault
from tests.servers.synapse import Synapse

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")


@pytest.fixture
async def place(synapse: Synapse) -> AsyncIterator[MatrixTown]:
    async with town("acme", lambda: datetime.now(UTC), synapse) as opened:
        yield opened


@pytest.fixture
async def site(place: MatrixTown) -> AsyncIterator[Site]:
    site = Site(place)
    await site.start()
    yield site
    await site.stop()


def platform(place: MatrixTown, **more: str) -> MatrixPlatform:
    """A platform object of the bot with other settings than the town's."""
    settings: dict[str, Any] = {"access_token": place.bot.access_token, "device_id": place.bot.device_id, **more}
    if "password" in more:
        settings["access_token"] = ""
    return MatrixPlatform(
        "acme", homeserver=place.gate.url, user=place.bot.user_id, now=lambda: datetime.now(UTC), **settings
    )


async def use(site: Site, bot: MatrixPlatform) -> None:
    """Let the site's bot be this platform object."""
    await site.stop()
    site.bot = bot
    await site.start()


async def reactions(human: MatrixHuman, room: str, event: str) -> set[str]:
    """The signs the bot offers under a message, as this person's client sees them."""
    await human.reads(room)
    return set(await human._reactions(room, event, human._town.bot.user_id))


# ---------------------------------------------------------------- saying


async def test_the_same_name_is_one_event_for_the_server(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await place.room(fresh("square"), [ana])
    name = fresh("promise/12 ?#")
    posted = await asyncio.gather(*(site.bot.post(room, said("once", YES), name=name) for _ in range(5)))
    assert len(set(posted)) == 1
    await site.restart()
    assert await site.bot.post(room, said("another body", YES), name=name) == posted[0]
    assert [text for text in await ana.reads(room) if "once" in text or "another" in text] == [
        "once\n✅ Yes — !community approve 12"
    ]


async def test_find_looks_no_further_back_than_asked(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await place.room(fresh("square"), [ana])
    name = fresh("d")
    posted = await site.bot.post(room, said("here"), name=name)
    for n in range(3):
        await site.bot.post(room, said(f"later {n}"), name=fresh("d"))
    assert await site.bot.find(room, name, datetime.now(UTC)) == posted
    assert await site.bot.find(room, name, datetime.now(UTC) + timedelta(minutes=2)) is None
    assert await site.bot.find(room, "no such name", before()) is None


async def test_somebody_elses_event_of_that_name_is_not_found(site: Site, place: MatrixTown) -> None:
    eve = await place.person("eve")
    room = await place.room(fresh("square"), [eve])
    await eve._send(room, {"msgtype": "m.text", "body": "x", "fr.parvis.name": "card:12"})
    assert await site.bot.find(room, "card:12", before()) is None


async def test_signs_follow_the_choices(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await place.room(fresh("square"), [ana])
    posted = await site.bot.post(room, said("Shall we?", YES, NO), name=fresh("d"))
    assert await reactions(ana, room, posted) == {"✅", "❌"}
    await site.bot.edit(room, posted, said("In charge.", NO), name=fresh("e"))
    assert await reactions(ana, room, posted) == {"❌"}
    await site.bot.edit(room, posted, said("Frozen."), name=fresh("e"))
    assert await reactions(ana, room, posted) == set()
    await site.bot.edit(room, posted, said("Again?", YES, NO), name=fresh("e"))
    assert await reactions(ana, room, posted) == {"✅", "❌"}


async def test_a_card_is_posted_even_when_its_signs_are_refused(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await place.room(fresh("square"), [ana])
    levels = {"users": {place.bot.user_id: 50}, "events": {"m.reaction": 90}}
    await ana.calls("PUT", f"/rooms/{room}/state/m.room.power_levels/", levels)
    posted = await site.bot.post(room, said("Shall we?", YES), name=fresh("d"))
    event = (await ana._events(room))[-1]
    assert event["event_id"] == posted
    await ana._send(room, {"msgtype": "m.text", "body": "1", "m.relates_to": {"m.in_reply_to": {"event_id": posted}}})
    assert (await site.door.hears(Press, ana.external)).action == "community.approve"


async def test_signs_cut_off_by_a_crash_are_offered_when_the_card_is_found(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await place.room(fresh("square"), [ana])
    name, card = fresh("d"), said("Shall we?", YES, NO, UNDO)
    place.gate.faults.append(Fault("react", 0, {}, effect=True))  # one sign is there, and the process is not any more
    with pytest.raises(Unreachable):
        await site.bot.post(room, card, name=name)
    assert (await ana._find("Shall we?", "", room))["sender"] == place.bot.user_id
    await site.restart()
    posted = await site.bot.find(room, name, before())
    assert posted
    assert await reactions(ana, room, posted) == {"✅", "❌", "3️⃣"}
    await ana.presses("Undo", near="Shall we?", room=room)
    assert (await site.door.hears(Press, ana.external)).on == posted


async def test_a_limit_met_while_signs_are_offered_delays_the_delivery(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await place.room(fresh("square"), [ana])
    name, card = fresh("d"), said("Shall we?", YES, NO)
    place.gate.faults.append(Fault("react", 429, {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 300}))
    with pytest.raises(RateLimited):
        await site.bot.post(room, card, name=name)
    posted = await site.bot.post(room, card, name=name)
    assert await reactions(ana, room, posted) == {"✅", "❌"}
    assert len([text for text in await ana.reads(room) if "Shall we?" in text]) == 1


async def test_a_found_card_that_changed_meanwhile_offers_what_it_offers_now(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await place.room(fresh("square"), [ana])
    name = fresh("d")
    posted = await site.bot.post(room, said("Shall we?", YES, NO), name=name)
    await site.bot.edit(room, posted, said("In charge.", NO), name=fresh("e"))
    assert await site.bot.find(room, name, before()) == posted
    assert await reactions(ana, room, posted) == {"❌"}


async def test_a_reply_to_a_reply_stays_in_its_thread(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await place.room(fresh("square"), [ana])
    card = await site.bot.post(room, said("card"), name=fresh("d"))
    question = await site.bot.post(room, said("question"), name=fresh("d"), reply_to=card)
    await site.bot.post(room, said("answer"), name=fresh("d"), reply_to=question)
    await ana.is_told("answer", room)
    relations = [event["content"].get("m.relates_to", {}) for event in (await ana._events(room))[-2:]]
    assert [one["event_id"] for one in relations] == [card, card]


async def test_a_picture_comes_with_its_words(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await place.room(fresh("square"), [ana])
    message = Message(parts=(Part(text="The week"),), picture=Picture(data=PNG, alt="12 people wrote"))
    name = fresh("d")
    posted = await site.bot.post(room, message, name=name)
    assert await site.bot.post(room, message, name=name) == posted
    assert (await ana.reads(room))[-2:] == ["12 people wrote", "The week"]
    assert (await ana._events(room))[-2]["content"]["url"].startswith("mxc://")


# ---------------------------------------------------------------- choices


async def test_a_reaction_to_a_frozen_card_is_no_press(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await place.room(fresh("square"), [ana])
    posted = await site.bot.post(room, said("Shall we?", YES), name=fresh("d"))
    await ana.presses("Yes", near="Shall we?", room=room)
    await site.door.hears(Press, ana.external)
    await site.bot.edit(room, posted, said("Approved."), name=fresh("e"))
    await ana.presses_again()
    await site.door.hears(Reacted, ana.external)
    assert len([event for event in site.door.events if isinstance(event, Press)]) == 1


async def test_an_edit_forged_on_the_bots_card_changes_nothing(site: Site, place: MatrixTown) -> None:
    eve = await place.person("eve")
    room = await place.room(fresh("square"), [eve])
    posted = await site.bot.post(room, said("Shall we?", YES), name=fresh("d"))
    forged = {"msgtype": "m.text", "body": "x", CHOICES: [["✅", "community.grant", "eve", "Yes"]]}
    edit = {**forged, "m.new_content": forged, "m.relates_to": {"rel_type": "m.replace", "event_id": posted}}
    await eve._send(room, edit)
    await eve.reacts(room, posted, "✅")
    press = await site.door.hears(Press, eve.external)
    assert (press.action, press.value) == ("community.approve", "12")


async def test_a_choice_typed_in_another_room_is_not_taken(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    hers, other = await place.room(fresh("square"), [ana]), await place.room(fresh("square"), [ana])
    posted = await site.bot.post(other, said("Shall we?", YES), name=fresh("d"))
    relation = {"m.in_reply_to": {"event_id": posted}}  # the server refuses a reaction like this, not a reply
    await ana._send(hers, {"msgtype": "m.text", "body": "1", "m.relates_to": relation})
    await site.door.hears(Spoke, ana.external)
    assert not [event for event in site.door.events if isinstance(event, Press)]


async def test_a_thumb_is_only_a_reaction(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await place.room(fresh("square"), [ana])
    posted = await site.bot.post(room, said("Shall we?", YES), name=fresh("d"))
    await ana.reacts(room, posted, "👍")
    assert (await site.door.hears(Reacted, ana.external)).on == posted


# ---------------------------------------------------------------- nothing is lost


async def test_what_is_said_while_the_bot_is_away_is_heard_after_a_restart(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await place.room(fresh("square"), [ana])
    posted = await site.bot.post(room, said("Shall we?", YES), name=fresh("d"))
    await ana.types("community mine", room)
    await site.door.hears(Command, ana.external)
    await site.stop()
    await ana.types("community list", room)
    await ana.reacts(room, posted, "✅")
    site.bot = place.platform()
    await site.start()
    press = await site.door.hears(Press, ana.external)
    assert press.on == posted
    assert [e.text for e in site.door.events if isinstance(e, Command)] == ["community mine", "community list"]


async def test_a_gap_of_more_than_a_hundred_events_is_read_back_in_order(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await place.room(fresh("square"), [ana])
    await ana.types("community 0", room)
    await site.door.hears(Command, ana.external)
    await site.stop()
    for start in range(1, 231, 23):
        say = (ana._send(room, {"msgtype": "m.text", "body": f"!community {n}"}) for n in range(start, start + 23))
        await asyncio.gather(*say)
    site.bot = place.platform()
    await site.start()
    await site.door.hears(Command, ana.external, count=231)
    heard = [event for event in site.door.events if isinstance(event, Command)]
    said_there = [key for key, event in (await ana._history(room)).items() if event["type"] == "m.room.message"]
    assert [event.key for event in heard] == said_there
    assert len(set(said_there)) == 231


async def test_the_first_start_does_not_hear_history(place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await place.room(fresh("square"), [ana])
    await ana.types("community old", room)
    site = Site(place)
    await site.start()
    try:
        await ana.types("community new", room)
        await site.door.hears(Command, ana.external)
        assert [e.text for e in site.door.events if isinstance(e, Command)] == ["community new"]
    finally:
        await site.stop()


async def test_an_answer_in_errors_is_waited_out(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await place.room(fresh("square"), [ana])
    place.gate.faults.append(Fault("sync", 502, {}))
    place.gate.faults.append(Fault("sync", 0, {}, effect=True))
    await ana.types("community mine", room)
    assert (await site.door.hears(Command, ana.external)).text == "community mine"


async def test_a_token_that_is_no_longer_good_ends_the_run(place: MatrixTown) -> None:
    bad = platform(place, access_token="wrong")
    with pytest.raises(LockedOut, match="M_UNKNOWN_TOKEN"):
        await bad.run(Recorder())
    await bad.close()
    site = Site(place)
    await site.start()
    await place.synapse.call("POST", "/_matrix/client/v3/logout", {}, token=place.bot.access_token)
    ended = site._running
    assert ended

    async def over() -> bool:
        return ended.done()

    await eventually(over, "the run ends")
    assert not site.bot.connected
    with pytest.raises(LockedOut, match="M_UNKNOWN_TOKEN"):
        await site.stop()


async def test_an_account_that_the_server_says_is_closed_is_gone_and_the_bot_is_not(
    site: Site, place: MatrixTown
) -> None:
    ana = await place.person("ana")
    assert (await site.bot.profile(ana.external)).kind == "member"
    place.gate.faults.append(Fault("profile", 403, {"errcode": "M_USER_DEACTIVATED", "error": "closed"}))
    assert (await site.bot.profile(ana.external)).kind == "gone"
    place.gate.faults.append(Fault("profile", 401, {"errcode": "M_UNKNOWN_TOKEN", "error": "who?"}))
    with pytest.raises(LockedOut, match="M_UNKNOWN_TOKEN"):
        await site.bot.profile(ana.external)


async def test_a_password_logs_in_as_the_same_device(place: MatrixTown, site: Site) -> None:
    ana = await place.person("ana")
    room = await place.room(fresh("square"), [ana])
    name = fresh("d")
    await use(site, platform(place, password=place.bot.password, device_id="PARVIS"))
    posted = await site.bot.post(room, said("once"), name=name)
    await use(site, platform(place, password=place.bot.password, device_id="PARVIS"))
    assert await site.bot.post(room, said("once"), name=name) == posted


async def test_a_session_that_was_ended_begins_again_with_the_password(place: MatrixTown) -> None:
    room = await place.room(fresh("square"), [await place.person("ana")])
    bot = platform(place, password=place.bot.password, device_id="PARVIS")
    await bot.post(room, said("before"), name=fresh("d"))
    await place.synapse.call("POST", "/_matrix/client/v3/logout", {}, token=bot._calls.client.access_token)
    name = fresh("d")
    with pytest.raises(LockedOut, match="M_UNKNOWN_TOKEN"):
        await bot.post(room, said("after"), name=name)
    assert await bot.post(room, said("after"), name=name)
    await bot.close()


async def test_a_wrong_password_is_refused(place: MatrixTown) -> None:
    bad = platform(place, password="wrong")
    with pytest.raises(LockedOut, match="M_FORBIDDEN"):
        await bad.run(Recorder())
    await bad.close()


# ---------------------------------------------------------------- direct rooms and invitations


async def test_a_person_may_open_the_direct_room_and_write_at_once(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await ana._opens_direct()
    await ana._send(room, {"msgtype": "m.text", "body": "community mine"})
    command = await site.door.hears(Command, ana.external)
    assert (command.text, command.direct, command.prefixed, command.room) == ("community mine", True, False, room)
    assert await site.bot.direct(ana.external) == room
    await site.restart()
    assert await site.bot.direct(ana.external) == room
    await ana._send(room, {"msgtype": "m.text", "body": "community list"})
    assert (await site.door.hears(Command, ana.external, count=2)).direct


async def test_a_room_of_two_without_name_is_direct_even_if_it_does_not_say_so(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    made = await ana.calls("POST", "/createRoom", {"preset": "private_chat", "invite": [place.bot.user_id]})
    room = str(made["room_id"])
    await ana._send(room, {"msgtype": "m.text", "body": "community mine"})
    assert (await site.door.hears(Command, ana.external)).direct
    await site.restart()
    assert await site.bot.direct(ana.external) == room


async def test_a_named_room_of_two_is_not_direct(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    body = {"preset": "private_chat", "name": "Budget", "invite": [place.bot.user_id]}
    room = str((await ana.calls("POST", "/createRoom", body))["room_id"])
    await ana._send(room, {"msgtype": "m.text", "body": "community mine"})
    assert not (await site.door.hears(Spoke, ana.external)).direct
    assert await site.bot.direct(ana.external) != room


async def test_asked_at_once_by_many_there_is_one_direct_room(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    rooms = await asyncio.gather(*(site.bot.direct(ana.external) for _ in range(5)))
    assert len(set(rooms)) == 1


async def test_a_direct_room_made_just_before_a_crash_is_found(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    await place.lose_answer("direct")
    with pytest.raises(Unreachable):
        await site.bot.direct(ana.external)
    await site.restart()
    room = await site.bot.direct(ana.external)
    await ana.reads()
    assert list(ana._joined) == [room]


async def test_a_third_person_ends_the_privacy_of_a_direct_room(site: Site, place: MatrixTown) -> None:
    ana, eve = await place.person("ana"), await place.person("eve")
    room = await site.bot.direct(ana.external)
    await ana.reads()
    levels = await ana._state(room, "m.room.power_levels")
    assert "users" in levels
    await ana.calls("POST", f"/rooms/{room}/invite", {"user_id": eve.external})
    await eve.joins(room)

    async def another() -> bool:
        return await site.bot.direct(ana.external) != room

    await eventually(another, "another direct room is opened")
    await ana._send(room, {"msgtype": "m.text", "body": "hello"})
    assert not (await site.door.hears(Spoke, ana.external)).direct


async def test_who_declines_is_left_in_peace(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await site.bot.direct(ana.external)
    await ana.calls("POST", f"/rooms/{room}/leave", {})

    async def declined() -> bool:
        try:
            await site.bot.direct(ana.external)
        except NotAllowed as error:
            return error.reason == "declined"
        return False

    await eventually(declined, "the bot does not invite again")
    await site.restart()
    with pytest.raises(NotAllowed, match="declined"):
        await site.bot.direct(ana.external)


async def test_who_left_after_entering_is_invited_to_the_same_room(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await site.bot.direct(ana.external)
    await ana.joins(room)
    await ana.leaves(room)

    async def invited() -> bool:
        assert await site.bot.direct(ana.external) == room
        return await ana.is_in(room)

    await eventually(invited, "ana is invited again")


async def test_an_invitation_from_another_homeserver_is_declined(site: Site, place: MatrixTown) -> None:
    eve = await place.person("eve", kind="stranger")
    room = await eve._opens_direct()

    async def declined() -> bool:
        member = await eve.calls("GET", f"/rooms/{room}/state/m.room.member/{place.bot.user_id}")
        return member.get("membership") == "leave"

    await eventually(declined, "the bot declines")


async def test_an_invitation_that_cannot_be_answered_yet_is_kept(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    place.gate.faults.append(Fault("adopt", 429, {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 9e6}, lasting=True))
    room = await ana._opens_direct()

    async def kept() -> bool:
        return room in site.door.positions[-1]

    await eventually(kept, "the invitation is kept with the position")
    await site.stop()
    place.gate.faults.clear()
    site.bot = place.platform()
    await site.start()
    await ana._send(room, {"msgtype": "m.text", "body": "community mine"})
    await site.door.hears(Command, ana.external)
    assert room not in site.door.positions[-1]


# ---------------------------------------------------------------- rooms


@pytest.fixture(params=["11", "12"])
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_a_community_in_both_room_versions(site: Site, place: MatrixTown, version: str) -> None:
    ana, bob = await place.person("ana"), await place.person("bob")
    await use(site, platform(place, room_version=version))
    new, name = NewRoom(slug=fresh("garden"), title="Garden", private=True), fresh("open")
    room = await site.bot.create(new, name=name)
    assert await site.bot.create(new, name=name) == room
    assert (await site.bot.room(room)).by_bot
    assert await site.bot.invite(room, [ana.external, bob.external]) == {}
    await ana.joins(room)
    await bob.joins(room)
    await site.bot.lead(room, [ana.external, place.bot.user_id])
    refused = await bob.calls("POST", f"/rooms/{room}/kick", {"user_id": ana.external})
    assert refused["errcode"] == "M_FORBIDDEN"
    assert await ana.calls("PUT", f"/rooms/{room}/state/m.room.topic/", {"topic": "Ana's"})
    assert (await site.bot.room(room)).topic == "Ana's"
    posted = await site.bot.post(room, said("charter", YES), name=fresh("d"))
    await site.bot.pin(room, posted)
    await bob.presses("Yes", near="charter", room=room)
    assert (await site.door.hears(Press, bob.external)).on == posted
    assert set(await site.bot.members(room)) == {ana.external, bob.external}
    create = await ana._state(room, "m.room.create")
    assert create["room_version"] == version


async def test_an_archived_room_takes_no_words_and_no_members(site: Site, place: MatrixTown, version: str) -> None:
    ana, bob = await place.person("ana"), await place.person("bob")
    await use(site, platform(place, room_version=version))
    slug = fresh("garden")
    room = await site.bot.create(NewRoom(slug=slug, title="Garden"), name=fresh("open"))
    await ana.joins(room)
    await site.bot.lead(room, [ana.external])
    await site.bot.archive(room)
    refused = await ana.calls("PUT", f"/rooms/{room}/send/m.room.message/1", {"msgtype": "m.text", "body": "x"})
    assert refused["errcode"] == "M_FORBIDDEN"
    assert (await bob.calls("POST", f"/join/{room}", {})).get("errcode") == "M_FORBIDDEN"
    assert await bob.room_named(slug) is None
    await site.bot.reopen(room)
    await ana._send(room, {"msgtype": "m.text", "body": "back"})
    await bob.joins(room)
    assert not (await site.bot.room(room)).private
    carol = await place.person("carol")
    assert await carol.room_named(slug) == room


async def test_a_stranger_with_our_mark_does_not_own_our_name(site: Site, place: MatrixTown) -> None:
    eve = await place.person("eve")
    slug, name = fresh("garden"), fresh("open")
    mark = {"type": "fr.parvis.made", "state_key": "", "content": {"name": name}}
    body = {"preset": "public_chat", "room_alias_name": slug, "initial_state": [mark], "invite": [place.bot.user_id]}
    made = await eve.calls("POST", "/createRoom", body)
    await site.bot.adopt(str(made["room_id"]))
    with pytest.raises(NameTaken):
        await site.bot.create(NewRoom(slug=slug, title="Garden"), name=name)


async def test_communities_stand_in_the_company_space(site: Site, place: MatrixTown, version: str) -> None:
    founder, ana, sam = await place.person("founder"), await place.person("ana"), await place.person("sam")
    alias = fresh("company")
    body = {
        "preset": "private_chat",
        "room_alias_name": alias,
        "creation_content": {"type": "m.space"},
        "power_level_content_override": {"users": {place.bot.user_id: 50}},
        "invite": [place.bot.user_id, ana.external],
    }
    space = str((await founder.calls("POST", "/createRoom", body))["room_id"])
    await ana.joins(space)
    await use(site, platform(place, space=f"#{alias}:{place.synapse.server_name}", room_version=version))
    await site.bot.adopt(space)
    slug = fresh("garden")
    room = await site.bot.create(NewRoom(slug=slug, title="Garden"), name=fresh("open"))
    child = await founder.calls("GET", f"/rooms/{space}/state/m.space.child/{room}")
    assert child["via"] == [place.synapse.server_name]
    assert (await sam.calls("POST", f"/join/{room}", {})).get("errcode") == "M_FORBIDDEN"
    await ana.joins(room)
    assert not (await site.bot.room(room)).private
    assert space not in {seen.id async for seen in site.bot.rooms()}
    await site.bot.archive(room)
    assert await founder.calls("GET", f"/rooms/{space}/state/m.space.child/{room}") == {}
    await site.bot.reopen(room)
    assert (await founder.calls("GET", f"/rooms/{space}/state/m.space.child/{room}"))["via"]


async def test_who_is_banned_or_does_not_exist_is_reported_by_person(site: Site, place: MatrixTown) -> None:
    ana, eve = await place.person("ana"), await place.person("eve")
    room = await site.bot.create(NewRoom(slug=fresh("garden"), title="Garden", private=True), name=fresh("open"))
    await site.bot.invite(room, [eve.external])
    await eve.joins(room)
    ban = {"user_id": eve.external}
    await place.synapse.call("POST", f"/_matrix/client/v3/rooms/{room}/ban", ban, token=place.bot.access_token)
    refused = await site.bot.invite(room, [ana.external, place.nobody, eve.external])
    assert refused == {place.nobody: "M_NOT_FOUND", eve.external: "M_BAD_STATE"}


async def test_changes_people_make_to_a_room_are_told(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await place.room(fresh("square"), [ana])
    await ana.calls("PUT", f"/rooms/{room}/state/m.room.name/", {"name": "Orchard"})
    renamed = await site.door.hears(RoomChanged, ana.external)
    assert (renamed.change, renamed.name, renamed.room) == ("renamed", "Orchard", room)
    await ana.calls("PUT", f"/rooms/{room}/state/m.room.join_rules/", {"join_rule": "invite"})
    assert (await site.door.hears(RoomChanged, ana.external, count=2)).change == "made_private"


@pytest.mark.parametrize("private", [False, True])
async def test_a_room_that_is_replaced_is_followed(site: Site, place: MatrixTown, private: bool) -> None:
    ana = await place.person("ana")
    room = await place.room(fresh("square"), [ana], private=private)
    card = await site.bot.post(room, said("Shall we?", YES), name="card")
    upgraded = await ana.calls("POST", f"/rooms/{room}/upgrade", {"new_version": "12"})
    new = str(upgraded["replacement_room"])
    if private:  # the bot cannot enter by itself: people are invited by whoever replaces a room
        await ana.calls("POST", f"/rooms/{new}/invite", {"user_id": place.bot.user_id})

    async def followed() -> bool:
        return any(isinstance(event, RoomChanged) and event.successor == new for event in site.door.events)

    await eventually(followed, "the bot follows, and tells")
    (told,) = [event for event in site.door.events if isinstance(event, RoomChanged) and event.successor]
    assert (told.room, told.change, told.by) == (room, "upgraded", ana.external)
    await ana.calls("PUT", f"/rooms/{new}/state/m.room.power_levels/", {"users": {place.bot.user_id: 50}})
    await site.restart()
    await site.bot.post(room, said("Said to the former one"), name="later")  # as what was planned before
    await ana.is_told("Said to the former one", new)
    assert await site.bot.find(room, "later", before())
    assert await site.bot.find(room, "card", before()) == card
    assert await site.bot.members(room) == [ana.external]


async def test_a_tombstone_that_names_somebody_elses_room_is_not_followed(site: Site, place: MatrixTown) -> None:
    eve = await place.person("eve")
    room, other = await place.room(fresh("square"), [eve]), await place.room(fresh("trap"), [eve], bot=False)
    tombstone = {"body": "this way", "replacement_room": other}
    await eve.calls("PUT", f"/rooms/{room}/state/m.room.tombstone/", tombstone)
    await site.door.hears(RoomChanged, eve.external)
    await eve.types("community mine", room)
    await site.door.hears(Command, eve.external)

    async def left() -> bool:
        members = await eve.calls("GET", f"/rooms/{other}/members?membership=join")
        return place.bot.user_id not in {event["state_key"] for event in members["chunk"]}

    await eventually(left, "the bot does not stay")
    assert not [event for event in site.door.events if isinstance(event, RoomChanged) and event.successor]


async def test_a_room_the_bot_was_removed_from_is_forgotten(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    slug = fresh("square")
    room = await place.room(slug, [ana], private=True)
    await ana.types("community mine", room)
    await site.door.hears(Command, ana.external)
    assert room in {seen.id async for seen in site.bot.rooms()}
    await ana.says("farewell", room)
    await ana.calls("POST", f"/rooms/{room}/kick", {"user_id": place.bot.user_id})
    await site.door.hears(Spoke, ana.external)  # what was said before is heard all the same

    async def gone() -> bool:
        return room not in {seen.id async for seen in site.bot.rooms()}

    await eventually(gone, "the room is forgotten")
    with pytest.raises(NotAllowed):
        await site.bot.post(room, said("hello"), name=fresh("d"))


@pytest.mark.parametrize("how", ["kick", "ban", "leave"])
async def test_of_a_room_the_bot_is_no_longer_in_only_what_everybody_sees_is_told(
    site: Site, place: MatrixTown, how: str
) -> None:
    ana = await place.person("ana")
    slug, hidden = fresh("square"), fresh("attic")
    room, secret = await place.room(slug, [ana]), await place.room(hidden, [ana], private=True)
    assert (await site.bot.room(room)).inside
    for each in (room, secret):
        path = f"/_matrix/client/v3/rooms/{each}/{how}"
        token = place.bot.access_token if how == "leave" else ana.account.access_token
        body = {} if how == "leave" else {"user_id": place.bot.user_id}
        assert "errcode" not in await place.synapse.call("POST", path, body, token=token)
    seen = await site.bot.room(room)
    assert (seen.inside, seen.private, seen.archived) == (False, False, False)
    assert seen.name in ({slug, room} if how == "ban" else {slug})  # Synapse's summary may come before its name
    with pytest.raises(NotFound):
        await site.bot.room(secret)
    if how != "ban":
        assert (await site.bot.adopt(room)).inside
        assert (await site.bot.room(room)).inside


async def test_a_closed_room_the_bot_was_put_out_of_is_still_known_to_be_closed(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await place.room(fresh("square"), [ana])
    levels = await ana.calls("GET", f"/rooms/{room}/state/m.room.power_levels/")
    await ana.calls("PUT", f"/rooms/{room}/state/m.room.power_levels/", {**levels, "events_default": 100})
    await ana.calls("POST", f"/rooms/{room}/kick", {"user_id": place.bot.user_id})
    seen = await site.bot.room(room)
    assert (seen.inside, seen.archived) == (False, True)


async def test_an_undo_of_a_sign_is_not_a_press(site: Site, place: MatrixTown) -> None:
    undo = Choice(label="Undo", action="community.reopen", value="12")
    ana = await place.person("ana")
    room = await site.bot.direct(ana.external)
    posted = await site.bot.post(room, said("Done.", undo), name=fresh("d"))
    await ana.presses("Undo", near="Done.")
    press = await site.door.hears(Press, ana.external)
    assert (press.direct, press.on) == (True, posted)
    mine = await ana._reactions(room, posted, ana.external)
    await ana.device.client.room_redact(room, mine["1️⃣"])
    await ana.says("community mine")
    await site.door.hears(Command, ana.external)
    assert len([event for event in site.door.events if isinstance(event, Press)]) == 1


async def test_idle_waiting_is_one_call_at_a_time(
    site: Site, place: MatrixTown, wait: Callable[[float], float]
) -> None:
    """A broken server is not hammered: after an error the next call waits."""
    place.gate.faults.append(Fault("sync", 502, {}, lasting=True))
    ana = await place.person("ana")
    room = await place.room(fresh("square"), [ana])
    await ana.says("hello", room)
    started = place.gate.count
    end = wait(2)
    await eventually(lambda: _after(end), "two seconds pass")
    assert place.gate.count - started <= 5
    assert not site.bot.connected
    place.gate.faults.clear()
    await site.door.hears(Spoke, ana.external)


async def _after(end: float) -> bool:
    return time.monotonic() >= end


@pytest.fixture
def wait() -> Callable[[float], float]:
    return lambda seconds: time.monotonic() + seconds
