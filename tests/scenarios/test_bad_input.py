"""What bad input gets, on every platform: a clear refusal or nothing; it changes nothing and loses nothing."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from storage.communities import Community
from storage.events import Recorded
from storage.requests import Request, Vote
from tests.humans import Human, eventually
from tests.humans.towns import EVERYWHERE, ON_SLACK
from tests.scenarios.company import PLATFORM, Company

Fresh = Callable[[str], str]
EACH = pytest.mark.parametrize("where", EVERYWHERE)
NASTY = "<!channel> <!here> @room <b>bold</b> <script>1</script> [x](http://e.example) &amp; *st* _u_"
PURPOSE = "Share seeds and advice among colleagues"
WORK = "Plan the beds of the courtyard each Monday"
LINE = f"--purpose {PURPOSE} --work {WORK} --yes"


async def asks(who: Human, name: str, company: Company, line: str = LINE) -> str:
    """Someone asks for a community by one line; returns the number of the request."""
    await who.types(f"community request {name} {line}")
    await company.settled()
    made = [each for each in await company.rows(Request) if json.loads(each.fields)["name"] == name]
    assert len(made) == 1, await who.reads()
    return str(made[0].id)


async def state_of(number: str, company: Company) -> str:
    return str((await company.rows(Request, id=int(number)))[0].state)


# ---------------------------------------------------------------- commands


async def test_an_unknown_sub_command_gets_a_suggestion(bob: Human, company: Company) -> None:
    await bob.types("community reqest")
    assert "community request" in await bob.is_told("community reque")
    assert not await company.rows(Request)


async def test_a_typo_in_the_direct_room_gets_a_suggestion_that_can_be_pressed(bob: Human, company: Company) -> None:
    await bob.says("comunity mine")
    await bob.presses("community mine")
    await bob.is_told("You have asked for no community")


async def test_words_that_resemble_nothing_are_answered_with_help(bob: Human, company: Company) -> None:
    before = await bob.reads()
    await bob.says("zzz qqq xxx")
    await company.settled()
    told = [text for text in await bob.reads() if text not in before and "zzz" not in text]
    assert told
    assert not await company.rows(Request)


async def test_an_option_that_does_not_exist_is_named(bob: Human, company: Company, fresh: Fresh) -> None:
    await bob.types(f"community request {fresh('seeds')} --purose {PURPOSE} --work {WORK} --yes")
    assert "--purose" in await bob.is_told("purose")
    assert not await company.rows(Request)


# ---------------------------------------------------------------- names


WRONG_NAMES = {
    "x" * 60: "at most 50 characters",
    "ab": "at least 3 characters",
    "General": "would look official",
    "G\u0430rdening": "only look like ours",  # the second letter is Cyrillic
    "Seeds <b>!</b>": "letters and digits only",
}


async def test_names_that_will_not_do_are_explained_and_can_be_corrected(
    bob: Human, company: Company, fresh: Fresh
) -> None:
    await bob.types("community request")
    for name, said in WRONG_NAMES.items():
        wrong = await bob.fills(name=name, purpose=PURPOSE, work=WORK)
        assert set(wrong) == {"name"}, name
        assert said in wrong["name"], name
    assert not await company.rows(Request)
    good = fresh("Seeds")
    assert await bob.fills(name=good, purpose=PURPOSE, work=WORK) == {}
    assert await bob.accepts() == {}
    await bob.is_told("has been handed to")
    assert [json.loads(each.fields)["name"] for each in await company.rows(Request)] == [good]


async def test_a_name_taken_meanwhile_is_refused_with_a_suggestion(
    ana: Human, bob: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Seeds")
    await bob.types("community request")
    assert await bob.fills(name=name, purpose=PURPOSE, work=WORK) == {}
    await asks(ana, name, company)
    wrong = await bob.accepts()
    assert "already the name" in wrong["name"]
    assert len(await company.rows(Request)) == 1


# ---------------------------------------------------------------- people


async def test_an_invitee_who_does_not_exist_is_named(bob: Human, diane: Human, company: Company, fresh: Fresh) -> None:
    name = fresh("Seeds")
    await bob.types("community request")
    assert await bob.fills(name=name, purpose=PURPOSE, work=WORK) == {}
    wrong = await bob.fills(invitees=f"{diane.external} {company.town.nobody}")
    assert company.town.nobody in wrong["invitees"]
    assert diane.external not in wrong["invitees"]
    assert not await company.rows(Request)
    assert await bob.fills(invitees=diane.external) == {}
    await bob.is_told("has been handed to")


async def test_a_guest_is_told_that_there_is_nothing_for_them_and_changes_nothing(
    ana: Human, company: Company, fresh: Fresh
) -> None:
    kind = "guest" if "guest" in company.town.ways.kinds else "stranger"
    guest = await company.person("gil", kind=kind, language="en")
    name = fresh("Seeds")
    room = await company.town.room(fresh("square"), [ana, guest])
    number = await asks(ana, name, company)
    told = await ana.reads()
    for command in (f"community request {fresh('seeds')} {LINE}", f"community approve {number}", "parvis"):
        await guest.types(command, room)
    await company.settled()
    heard = [text for text in await guest.reads(room) if not text.startswith(("!", "/"))]
    if company.town.ways.whispers:  # shown to them alone, where they are
        assert [text for text in heard if "With a guest account there is nothing I may do for you" in text] == heard
        assert len(heard) == 3
    else:  # where nothing can be shown to one person alone, and who is no member is never written to
        assert heard == []
    assert not [text for text in await guest.reads() if "Parvis" in text], "nobody introduces themselves to a guest"
    assert await ana.reads() == told
    assert [json.loads(each.fields)["name"] for each in await company.rows(Request)] == [name]
    assert await state_of(number, company) == "waiting"


# ---------------------------------------------------------------- twice, too late, not entitled


@EACH
async def test_a_form_submitted_twice_asks_once(bob: Human, company: Company, fresh: Fresh) -> None:
    await bob.types("community request")
    await bob.fills(name=fresh("Seeds"), purpose=PURPOSE, work=WORK)
    await bob.accepts()
    await bob.submits_again()
    await company.settled()
    assert len(await company.rows(Request)) == 1
    assert len([text for text in await bob.reads() if "has been handed to" in text]) == 1


async def test_a_button_pressed_twice_decides_once(bob: Human, alice: Human, company: Company, fresh: Fresh) -> None:
    name = fresh("Seeds")
    number = await asks(bob, name, company)
    await alice.presses("Approve", near=name, room=company.animators)
    await bob.is_told("Good news")
    await alice.presses_again()
    await company.settled()
    assert len(await company.rows(Vote, request_id=int(number))) == 1
    assert len(await company.rows(Community)) == 1
    assert len([text for text in await bob.reads() if "Good news" in text]) == 1


async def test_a_press_after_the_decision_hears_who_decided(
    bob: Human, alice: Human, arthur: Human, company: Company, fresh: Fresh
) -> None:
    number = await asks(bob, fresh("Seeds"), company)
    await alice.presses("Approve", near="Seeds", room=company.animators)
    await bob.is_told("Good news")
    await arthur.types(f"community refuse {number} duplicate", company.animators)
    assert "alice" in await arthur.is_told("Trop tard")
    assert await state_of(number, company) == "approved"


async def test_who_has_not_the_right_is_told_so(ana: Human, bob: Human, company: Company, fresh: Fresh) -> None:
    number = await asks(bob, fresh("Seeds"), company)
    for who in (ana, bob):
        before = await who.reads()
        await who.types(f"community approve {number}")
        await company.settled()
        assert await who.reads() != before, "a refusal is spoken"
    assert await state_of(number, company) == "waiting"
    assert not await company.rows(Vote)


@EACH
async def test_who_presses_without_the_right_is_told_so_and_changes_nothing(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    """The card stands in a room that others are in as well: seeing it is not deciding."""
    kind = "guest" if "guest" in company.town.ways.kinds else "stranger"
    guest = await company.person("gil", kind=kind, language="en")
    room = await company.town.room(fresh("square"), [alice, bob, guest])
    await company.stop()
    company.settings["rooms"]["animator"].append({"platform": PLATFORM, "room": room, "language": "en"})
    await company.start()
    name = fresh("Seeds")
    number = await asks(ana, name, company)
    card = await bob.is_told(name, room)
    await bob.presses("Approve", near=name, room=room)
    assert "so nothing was changed" in await bob.is_told("This is for another role (animator)")
    for label in ("Take in charge", "Refuse", "Ask a question"):
        await bob.presses(label, near=name, room=room)
    await company.settled()
    assert len([text for text in await bob.reads() if "This is for another role" in text]) == 4
    assert await bob.sees_form() is None, "no form is opened for who may not send it"
    await guest.presses("Approve", near=name, room=room)
    await company.settled()
    request = (await company.rows(Request))[0]
    assert (str(request.id), request.state, request.assignee_id) == (number, "waiting", None)
    assert not await company.rows(Vote)
    assert await bob.is_told(name, room) == card
    await alice.presses("Approve", near=name, room=room)
    await ana.is_told("Bonne nouvelle")


async def test_nobody_decides_on_their_own_request(alice: Human, company: Company, fresh: Fresh) -> None:
    name = fresh("Seeds")
    number = await asks(alice, name, company)
    await alice.presses("Approve", near=name, room=company.animators)
    await alice.is_told("is your own")
    assert await state_of(number, company) == "waiting"


async def test_a_choice_forged_on_ones_own_message_decides_nothing(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    """Even by somebody who would be entitled: a message of theirs must not press for whoever reacts to it."""
    number = await asks(bob, fresh("Seeds"), company)
    await company.town.forge(alice, company.animators, "community.approve", number)
    await company.settled()
    assert await state_of(number, company) == "waiting"
    assert not await company.rows(Vote)


async def test_a_stale_form_changes_nothing(
    bob: Human, alice: Human, arthur: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Seeds")
    number = await asks(bob, name, company)
    await alice.presses("Ask a question", near=name, room=company.animators)

    async def asked() -> bool:
        return await alice.sees_form() is not None

    await eventually(asked, "the form is asked")
    await bob.types(f"community withdraw {number}")
    await company.settled()
    await alice.fills(text="Which beds do you mean?")
    await company.settled()
    assert await state_of(number, company) == "withdrawn"
    await bob.is_not_told("Which beds")
    assert [text for text in await alice.reads() if "withdrawn" in text], "alice hears why"


# ---------------------------------------------------------------- texts


@EACH
async def test_nasty_texts_reach_people_as_they_are_and_call_nobody(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Seeds")
    await bob.types("community request")
    assert await bob.fills(name=name, purpose=f"Seeds {NASTY}", work=f"Beds {NASTY}") == {}
    assert await bob.accepts() == {}
    card = await alice.is_told(name, company.animators)
    assert card.count(NASTY) == 2
    assert await alice.notified(company.animators) == 0


async def test_40000_characters_are_refused_with_the_limit(bob: Human, company: Company, fresh: Fresh) -> None:
    await bob.types(f"community request {fresh('seeds')} --purpose {'seeds ' * 6667}--work {WORK} --yes")
    await company.settled()
    assert not await company.rows(Request)
    assert bob.external
    shown = await bob.sees_form()
    told = "\n".join(await bob.reads())
    assert shown is not None or "300" in told


async def test_a_name_of_40000_characters_is_refused(bob: Human, company: Company) -> None:
    await bob.types(f"community request {'x' * 40_000}")
    await bob.closes()
    await company.settled()
    assert not await company.rows(Request)


# ---------------------------------------------------------------- the wire


@EACH
async def test_an_event_delivered_three_times_is_handled_once(bob: Human, company: Company, fresh: Fresh) -> None:
    await bob.says("community mine")
    await bob.is_told("You have asked for no community")
    await bob.says(f"community request {fresh('Seeds')} {LINE}")
    await bob.is_told("has been handed to")
    await company.settled()
    told = await bob.reads()
    for _ in range(2):
        await company.town.deliver_again()
        await company.settled()
    assert len(await company.rows(Request)) == 1
    assert len(await company.rows(Recorded, kind="command")) == 2
    assert await bob.reads() == told


@EACH
async def test_old_events_that_come_again_after_newer_ones_change_nothing(
    bob: Human, company: Company, fresh: Fresh
) -> None:
    await bob.says(f"community request {fresh('Seeds')} {LINE}")
    await company.settled()
    number = str((await company.rows(Request))[0].id)
    await bob.says(f"community withdraw {number}")
    await bob.is_told("is withdrawn")
    await bob.says("community mine")
    await company.settled()
    told = await bob.reads()
    known = [(each.key, each.state) for each in await company.rows(Recorded)]
    await company.town.deliver_all_again()
    await company.settled()
    assert await state_of(number, company) == "withdrawn"
    assert len(await company.rows(Request)) == 1
    assert [(each.key, each.state) for each in await company.rows(Recorded)] == known, "each is known by its key"
    assert await bob.reads() == told, "nothing is said twice"


@pytest.mark.parametrize("where", ["memory", *ON_SLACK])
async def test_events_that_come_three_times_and_in_the_wrong_order_are_each_handled_once(
    ana: Human, bob: Human, company: Company, fresh: Fresh
) -> None:
    """Where the order is the platform's to change. A homeserver tells the events of a room in the room's order."""
    name, other = fresh("Seeds"), fresh("Photo")
    await company.town.hold_events()
    await bob.says(f"community request {name} {LINE}")
    await bob.says("community withdraw")
    await ana.says(f"community request {other} {LINE}")
    await company.town.release_events([1, 0, 2, 1, 2, 0, 0, 2, 1])
    await bob.is_told("has been handed to")
    await ana.is_told("est transmise")
    await company.settled()
    assert "Which request do you mean?" in await bob.is_told("Which request"), "there was nothing to withdraw yet"
    made = await company.rows(Request)
    assert {json.loads(each.fields)["name"]: each.state for each in made} == {name: "waiting", other: "waiting"}
    assert [each.state for each in await company.rows(Recorded, kind="command")] == ["done"] * 3
    for who, said in ((bob, "has been handed to"), (bob, "Which request"), (ana, "est transmise")):
        assert len([text for text in await who.reads() if said in text]) == 1, said
    await bob.says("community withdraw")
    await bob.is_told("is withdrawn")


@EACH
async def test_a_payload_that_cannot_be_read_stops_nothing(bob: Human, company: Company, fresh: Fresh) -> None:
    await company.town.garble()
    assert await asks(bob, fresh("Seeds"), company)
    assert len(await company.rows(Request)) == 1
