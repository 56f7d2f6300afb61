"""Requests and how they are decided, on both databases: a process that the engine was not written for."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.decide import correct
from bot.deciding import cards, deputies, exchange
from bot.deciding.engine import approve, load, withdraw
from bot.nudge import Actor, Context, Refused, Role
from storage import people as people_rows
from storage import requests
from storage.database import Store
from tests.contract.loans import GARDENERS, KEEPERS, TUESDAY, asked, asks, said
from tests.contract.office import Office, opened


@pytest.fixture
async def office(store: Store) -> Office:
    return await opened(store)


# ---------------------------------------------------------------- asking


async def test_a_request_is_shown_in_every_room_of_those_who_decide(office: Office) -> None:
    number = await office.asked_for()
    posted = {each.to.room: each for each in office.desk.outbox.told}
    assert set(posted) == {KEEPERS.room, GARDENERS.room}
    assert posted[GARDENERS.room].how["language"] == "fr"
    assert posted[KEEPERS.room].actions == ["loan.approve", "loan.refuse", "loan.ask", "loan.take"]
    assert [pick.value for pick in posted[KEEPERS.room].say.choices] == [str(number)] * 4  # type: ignore[union-attr]
    assert office.desk.trail.actions == ["loan.submit"]


async def test_without_a_room_each_of_those_who_decide_is_asked_in_person(office: Office) -> None:
    office.desk.rooms = {}
    await office.asked_for()
    assert {each.to.person for each in office.desk.outbox.told} == {office.kim, office.lee, office.mo}


async def test_a_request_that_too_few_could_decide_goes_further_at_once(office: Office) -> None:
    number = await office.asked_for(friends=[office.kim, office.lee])
    assert (await office.desk.request(number)).escalated_at == TUESDAY
    assert office.desk.outbox.to(office.boss)[0].actions[0] == "loan.approve"
    assert "decide-told-escalated" in office.desk.outbox.to(office.ana)[0].ids


# ---------------------------------------------------------------- deciding


async def test_two_who_agree_decide(office: Office) -> None:
    number = await office.asked_for()
    assert said(await office.desk.presses(office.kim, "loan.approve", number)) == ["decide-done-voted"]
    assert await office.state(number) == "waiting"
    assert not office.done
    assert said(await office.desk.presses(office.lee, "loan.approve", number)) == ["decide-done-approved"]
    assert await office.state(number) == "approved"
    assert office.done == ["lent attic"]
    for room in (KEEPERS.room, GARDENERS.room):
        card = office.desk.outbox.card(room)
        assert card.how["op"] == "edit"
        assert not card.actions
        assert "decide-card-approved" in card.ids
    assert office.desk.outbox.to(office.ana)[-1].ids == ["decide-told-approved"]
    assert office.desk.trail.actions == ["loan.submit", "loan.vote-approve", "loan.approve"]


async def test_one_voice_a_person(office: Office) -> None:
    number = await office.asked_for()
    await office.desk.presses(office.kim, "loan.approve", number)
    assert await office.desk.is_refused(office.kim, "loan.approve", number) == "decide-barred-voted"
    assert await office.desk.is_refused(office.kim, "loan.refuse", f"{number} later") == "decide-barred-voted"
    assert await office.state(number) == "waiting"


async def test_voices_that_disagree_need_a_third(office: Office) -> None:
    number = await office.asked_for()
    await office.desk.presses(office.kim, "loan.approve", number)
    await office.desk.presses(office.lee, "loan.refuse", f"{number} later")
    assert await office.state(number) == "waiting"
    await office.desk.presses(office.mo, "loan.refuse", f"{number} occupée : travaux")
    request = await office.desk.request(number)
    assert (request.state, request.reason_code, request.reason) == ("refusing", "later", "travaux")


async def test_nobody_decides_on_their_own_request(office: Office) -> None:
    number = await office.desk.does(office.kim, asks(office.process, "attic"))
    assert await office.desk.is_refused(office.kim, "loan.approve", number) == "decide-barred-own"
    assert await office.desk.is_refused(office.kim, "loan.refuse", f"{number} later") == "decide-barred-own"
    assert await office.desk.is_refused(office.kim, "loan.take", number) == "decide-barred-own"
    assert await office.desk.is_refused(office.kim, "loan.ask", f"{number} why?") == "decide-barred-own"


async def test_who_is_part_of_it_does_not_decide(office: Office) -> None:
    number = await office.asked_for(friends=[office.kim])
    assert await office.desk.is_refused(office.kim, "loan.approve", number) == "decide-barred-conflict"


async def test_who_has_no_part_in_it_may_not(office: Office) -> None:
    number = await office.asked_for()
    assert await office.desk.is_refused(office.boss, "loan.approve", number) == "decide-barred-not-yet-yours"
    by = office.desk.nudge.choices["loan.approve"].by
    assert by == {Role.COMMS, Role.ADMIN, Role.LEADER}


async def test_what_is_decided_is_decided(office: Office) -> None:
    number = await office.asked_for("cupboard")
    await office.desk.presses(office.kim, "loan.approve", number)
    before = len(office.desk.outbox.told)
    for action in ("approve", "refuse", "take", "ask"):
        assert await office.desk.is_refused(office.lee, f"loan.{action}", f"{number}") == "decide-closed-approved"
    assert await office.desk.is_refused(office.ana, "loan.withdraw", number) == "decide-closed-approved"
    assert len(office.desk.outbox.told) == before
    assert office.done == ["lent cupboard"]


async def test_the_first_of_many_who_decide_at_once_wins(office: Office) -> None:
    number = await office.asked_for("cupboard")
    pressed = [
        office.desk.presses(office.kim, "loan.approve", number),
        office.desk.presses(office.lee, "loan.refuse", f"{number} later"),
        office.desk.presses(office.mo, "loan.approve", number),
        office.desk.presses(office.kim, "loan.approve", number),
    ]
    outcomes = await asyncio.gather(*pressed, return_exceptions=True)
    refused = [each for each in outcomes if isinstance(each, Refused)]
    assert len(refused) == 3, outcomes
    assert len(office.done) == (await office.state(number) == "approved")
    async with office.desk.store.read() as session:
        assert len(await requests.votes(session, number)) == 1


async def test_two_voices_at_once_are_both_counted(office: Office) -> None:
    number = await office.asked_for()
    await asyncio.gather(
        office.desk.presses(office.kim, "loan.approve", number), office.desk.presses(office.lee, "loan.approve", number)
    )
    assert await office.state(number) == "approved"
    assert office.done == ["lent attic"]


async def test_a_guard_says_what_to_do_instead_and_nothing_is_written(office: Office) -> None:
    number = await office.asked_for("cellar")
    assert said(await office.desk.presses(office.kim, "loan.approve", number)) == ["plain"]
    async with office.desk.store.read() as session:
        assert not await requests.votes(session, number)
    form = asked(await office.desk.presses(office.kim, "loan.override", number))
    assert (form.id, form.meta) == ("loan.override", str(number))
    await office.desk.fills(office.kim, "loan.override", number, text="the others are flooded")
    await office.desk.presses(office.lee, "loan.override", f"{number} no other room")
    request = await office.desk.request(number)
    assert (request.state, request.override) == ("approved", "no other room")
    reasons = [entry["reason"] for entry in office.desk.trail.entries]
    assert reasons == ["", "the others are flooded", "no other room"]


async def test_a_reason_that_was_not_needed_overrides_nothing(office: Office) -> None:
    number = await office.asked_for("cupboard")
    await office.desk.presses(office.kim, "loan.override", f"{number} it is a good idea")
    request = await office.desk.request(number)
    assert (request.state, request.override) == ("approved", "")
    assert "decide-card-override" not in office.desk.outbox.card().ids
    assert office.desk.trail.entries[-1]["reason"] == "it is a good idea"


# ---------------------------------------------------------------- refusing


async def test_a_refusal_can_be_taken_back_for_a_while(office: Office) -> None:
    number = await office.asked_for("cupboard")
    form = asked(await office.desk.presses(office.kim, "loan.refuse", number))
    assert [question.name for question in form.questions] == ["code", "text", "alternative"]
    assert form.questions[0].options == ("later", "other")
    await office.desk.fills(office.kim, "loan.refuse", number, code="later", text="", alternative="the shed")
    assert office.desk.outbox.card().actions == ["loan.revoke"]
    assert not office.desk.outbox.to(office.ana)
    await office.desk.later(minutes=9)
    assert await office.desk.is_refused(office.lee, "loan.revoke", number) == "decide-revoke-not-yours"
    assert said(await office.desk.presses(office.kim, "loan.revoke", number)) == ["decide-done-revoked"]
    assert await office.state(number) == "waiting"
    await office.desk.later(minutes=30)
    assert await office.state(number) == "waiting"
    assert not office.desk.outbox.to(office.ana)
    await office.desk.presses(office.kim, "loan.approve", number)
    assert office.done == ["lent cupboard"]


async def test_a_refusal_becomes_final_and_is_told_with_its_reason(office: Office) -> None:
    number = await office.asked_for("cupboard")
    await office.desk.presses(office.kim, "loan.refuse", f"{number} later: works --alternative the shed")
    await office.desk.later(minutes=10)
    assert await office.state(number) == "refused"
    (told,) = office.desk.outbox.to(office.ana)
    assert told.ids == [
        "decide-told-refused",
        "decide-reason",
        "plain",
        "decide-instead",
        "plain",
        "decide-told-appeal",
    ]
    assert told.actions == ["loan.appeal"]
    assert not office.desk.outbox.card().actions
    assert office.done == ["refused cupboard"]
    assert await office.desk.is_refused(office.kim, "loan.revoke", number) == "decide-closed-refused"
    await office.desk.later(minutes=10)
    assert len(office.desk.outbox.to(office.ana)) == 1


async def test_after_its_grace_a_refusal_is_final_even_before_anyone_looked(office: Office) -> None:
    number = await office.asked_for("cupboard")
    await office.desk.presses(office.kim, "loan.refuse", f"{number} later")
    office.desk.now += timedelta(minutes=10)
    assert await office.desk.is_refused(office.kim, "loan.revoke", number) == "decide-revoke-late"


async def test_a_refusal_says_why(office: Office) -> None:
    number = await office.asked_for("cupboard")
    with pytest.raises(Refused) as refused:
        await office.desk.fills(office.kim, "loan.refuse", number, code="other", text=" ", alternative="")
    assert refused.value.line.id == "decide-refuse-why"
    assert await office.state(number) == "waiting"


async def test_what_is_not_told_yet_is_not_told_by_another_way(office: Office) -> None:
    number = await office.asked_for("cupboard")
    await office.desk.presses(office.kim, "loan.refuse", f"{number} later")
    assert await office.desk.is_refused(office.ana, "loan.answer", f"{number} hello") == "decide-being-decided"


# ---------------------------------------------------------------- appeal, withdrawal, correction


async def test_one_appeal_to_somebody_who_did_not_decide(office: Office) -> None:
    number = await office.asked_for("cupboard")
    assert await office.desk.is_refused(office.ana, "loan.appeal", f"{number} why") == "decide-appeal-not-refused"
    await office.desk.presses(office.kim, "loan.refuse", f"{number} later")
    await office.desk.later(minutes=10)
    assert asked(await office.desk.presses(office.ana, "loan.appeal", number)).id == "loan.appeal"
    assert said(await office.desk.fills(office.ana, "loan.appeal", number, text="It is free")) == ["decide-appealed"]
    again = number + 1
    request = await office.desk.request(again)
    assert (request.appeal_of, request.state) == (number, "waiting")
    assert "decide-card-appeal" in office.desk.outbox.card().ids
    assert await office.desk.is_refused(office.kim, "loan.approve", again) == "decide-barred-decided-before"
    assert await office.desk.is_refused(office.ana, "loan.appeal", f"{number} x") == "decide-appeal-already"
    await office.desk.presses(office.lee, "loan.refuse", f"{again} later")
    await office.desk.later(minutes=10)
    assert await office.desk.is_refused(office.ana, "loan.appeal", f"{again} x") == "decide-appeal-twice"
    assert "decide-told-final" in office.desk.outbox.to(office.ana)[-1].ids
    assert not office.desk.outbox.to(office.ana)[-1].actions


async def test_only_who_asked_may_withdraw(office: Office) -> None:
    number = await office.asked_for()
    assert await office.desk.is_refused(office.lee, "loan.withdraw", number) == "decide-not-yours"
    assert await office.desk.is_refused(office.lee, "loan.withdraw", 99) == "decide-not-yours"
    assert said(await office.desk.presses(office.ana, "loan.withdraw")) == ["decide-withdrawn"]
    assert await office.state(number) == "withdrawn"
    assert await office.desk.is_refused(office.kim, "loan.approve", number) == "decide-closed-withdrawn"
    assert not office.desk.outbox.card().actions
    assert office.done == ["withdrawn attic"]


async def test_what_is_withdrawn_while_somebody_decides_is_not_approved(office: Office) -> None:
    number = await office.asked_for("mirage")
    assert await office.desk.is_refused(office.kim, "loan.approve", number) == "decide-closed-withdrawn"
    assert not office.done


async def test_who_decides_waits_for_a_withdrawal_under_way(office: Office) -> None:
    await office.asked_for("barn")  # the oldest: not the row that both change
    number = await office.asked_for("cupboard")
    async with office.desk.context(office.ana) as ctx:
        await withdraw(ctx, office.process, number)
        deciding = asyncio.create_task(office.desk.is_refused(office.kim, "loan.approve", number))
        await asyncio.sleep(0.05)  # on PostgreSQL it has read the request by then, unless it waits
    assert await deciding == "decide-closed-withdrawn"
    assert office.done == ["withdrawn cupboard"]


async def test_a_correction_voids_what_was_decided_on_the_former_version(office: Office) -> None:
    number = await office.asked_for()
    await office.desk.presses(office.kim, "loan.approve", number)
    await office.desk.does(office.ana, lambda ctx: correct(ctx, office.process, number, {"room": "barn"}))
    assert (await office.desk.request(number)).version == 2
    assert any("decide-note-corrected" in each.ids for each in office.desk.outbox.told)
    await office.desk.presses(office.lee, "loan.approve", number)
    assert await office.state(number) == "waiting"
    await office.desk.presses(office.kim, "loan.approve", number)
    assert office.done == ["lent barn"]


# ---------------------------------------------------------------- questions


async def test_a_question_and_its_answer_are_carried_both_ways(office: Office) -> None:
    number = await office.asked_for()
    card = office.desk.outbox.card().name
    assert asked(await office.desk.presses(office.kim, "loan.ask", number)).id == "loan.ask"
    await office.desk.fills(office.kim, "loan.ask", number, text="How many of you?")
    (question,) = office.desk.outbox.to(office.ana)
    assert [line.args.get("text") for line in question.say.lines][1] == "How many of you?"  # type: ignore[union-attr]
    assert question.actions == ["loan.answer", "loan.withdraw"]
    assert asked(await office.desk.presses(office.ana, "loan.answer", number)).lines[0].kind == "quote"
    assert said(await office.desk.presses(office.ana, "loan.answer", f"{number} Twelve")) == ["decide-done-answered"]
    thread = [each for each in office.desk.outbox.told if each.how.get("reply_to") == card]
    assert [each.ids for each in thread] == [["decide-note-asked", "plain"], ["decide-note-answered", "plain"]]
    assert office.desk.outbox.to(office.kim)[-1].ids == ["decide-told-answered", "plain", "plain"]
    assert await office.desk.is_refused(office.ana, "loan.answer", f"{number} again") == "decide-answer-nothing"
    assert await office.desk.is_refused(office.kim, "loan.answer", f"{number} hi") == "decide-not-yours"


LONG = "word " * 400


async def test_a_text_that_is_too_long_is_refused_rather_than_cut(office: Office) -> None:
    desk, number = office.desk, await office.asked_for("cupboard")
    before = len(desk.outbox.told)
    for action, typed in (
        ("ask", LONG),
        ("override", LONG),
        ("refuse", f"later: {LONG}"),
        ("refuse", f"later: no --alternative {LONG}"),
    ):
        assert await desk.is_refused(office.kim, f"loan.{action}", f"{number} {typed}") == "decide-too-long"
    for form, values in (("ask", {"text": LONG}), ("refuse", {"code": "later", "alternative": LONG})):
        with pytest.raises(Refused) as refused:
            await desk.fills(office.kim, f"loan.{form}", number, **values)
        assert refused.value.line.args == {"limit": 1000, "length": len(LONG.strip())}
    assert len(desk.outbox.told) == before
    assert (await office.state(number), desk.trail.actions) == ("waiting", ["loan.submit"])
    await desk.presses(office.kim, "loan.ask", f"{number} How many of you?")
    assert await desk.is_refused(office.ana, "loan.answer", f"{number} {LONG}") == "decide-too-long"
    await desk.presses(office.ana, "loan.answer", f"{number} {'x' * 1000}")
    async with desk.store.read() as session:
        assert [len(each.answer) for each in await requests.exchanges(session, number)] == [1000]
    await desk.presses(office.kim, "loan.refuse", f"{number} later: {'x' * 1000} --alternative {'y' * 1000}")
    await desk.later(minutes=11)
    assert await desk.is_refused(office.ana, "loan.appeal", f"{number} {LONG}") == "decide-too-long"


async def test_two_questions_at_the_same_instant_are_both_on_every_card(office: Office) -> None:
    await office.asked_for("barn")  # the oldest: not the row that both ask about
    number = await office.asked_for()
    async with office.desk.context(office.kim) as ctx:
        await exchange.ask(ctx, office.process, number, "How many of you?")
        asking = asyncio.create_task(office.desk.presses(office.lee, "loan.ask", f"{number} Which day?"))
        await asyncio.sleep(0.05)  # on PostgreSQL it would have rendered the cards by then, unless it waits
    await asking
    for room in (KEEPERS.room, GARDENERS.room):
        edits = [each for each in office.desk.outbox.told if each.to.room == room and each.how.get("of")]
        assert len(edits) == 2
        texts = [line.args.get("text") for line in edits[-1].say.lines]  # type: ignore[union-attr]
        assert {"How many of you?", "Which day?"} <= set(texts)
    assert len(office.desk.outbox.to(office.ana)) == 2


async def test_one_answer_is_carried_back_though_it_is_sent_twice_at_once(office: Office) -> None:
    await office.asked_for("barn")
    number = await office.asked_for()
    await office.desk.presses(office.kim, "loan.ask", f"{number} How many of you?")
    async with office.desk.context(office.ana) as ctx:
        await exchange.answer(ctx, office.process, number, "Twelve")
        again = asyncio.create_task(office.desk.is_refused(office.ana, "loan.answer", f"{number} Thirteen"))
        await asyncio.sleep(0.05)
    assert await again == "decide-answer-nothing"
    assert len(office.desk.outbox.to(office.kim)) == 1


async def test_the_clock_stands_still_while_an_answer_is_awaited(office: Office) -> None:
    number = await office.asked_for()
    await office.desk.later(days=1)
    await office.desk.presses(office.kim, "loan.ask", f"{number} How many of you?")
    await office.desk.later(days=20)
    assert (await office.desk.request(number)).offers == 1
    await office.desk.presses(office.ana, "loan.answer", f"{number} Twelve")
    # Two of the three working days were left; it is a Tuesday.
    assert (await office.desk.request(number)).next_at == office.desk.now + timedelta(days=2)


def _on(day: int) -> datetime:
    """Ten in the morning of that day of March; the 5th is a Tuesday."""
    return TUESDAY.replace(day=day)


async def _later_on(office: Office, day: int) -> None:
    await office.desk.later(days=day - office.desk.now.day)


async def test_two_questions_at_once_stop_the_clock_once(office: Office) -> None:
    desk, number = office.desk, await office.asked_for()
    assert (await desk.request(number)).next_at == _on(8)
    await desk.presses(office.kim, "loan.ask", f"{number} How many of you?")
    await desk.presses(office.lee, "loan.ask", f"{number} Which day?")
    await _later_on(office, 8)
    await desk.presses(office.ana, "loan.answer", f"{number} Twelve")
    assert (await desk.request(number)).next_at == _on(8), "it stands still while one is open"
    await desk.presses(office.ana, "loan.answer", f"{number} Monday")
    assert (await desk.request(number)).next_at == _on(13)


async def test_questions_that_overlap_stop_the_clock_from_the_first_to_the_last(office: Office) -> None:
    desk, number = office.desk, await office.asked_for()
    await _later_on(office, 6)
    await desk.presses(office.kim, "loan.ask", f"{number} How many of you?")
    await _later_on(office, 7)
    await desk.presses(office.lee, "loan.ask", f"{number} Which day?")
    await _later_on(office, 11)
    await desk.presses(office.ana, "loan.answer", f"{number} Twelve")
    await _later_on(office, 12)
    await desk.presses(office.ana, "loan.answer", f"{number} Monday")
    assert (await desk.request(number)).next_at == _on(14), "two working days were left on the 6th"


async def test_questions_one_after_the_other_each_stop_the_clock_for_their_time(office: Office) -> None:
    desk, number = office.desk, await office.asked_for()
    await desk.presses(office.kim, "loan.ask", f"{number} How many of you?")
    await _later_on(office, 6)
    await desk.presses(office.ana, "loan.answer", f"{number} Twelve")
    assert (await desk.request(number)).next_at == _on(11)
    await desk.presses(office.lee, "loan.ask", f"{number} Which day?")
    await _later_on(office, 7)
    await desk.presses(office.ana, "loan.answer", f"{number} Monday")
    assert (await desk.request(number)).next_at == _on(12)


async def test_a_refusal_taken_back_while_an_answer_is_awaited_gives_no_more_than_a_term(office: Office) -> None:
    desk, number = office.desk, await office.asked_for("cupboard")
    await desk.presses(office.kim, "loan.ask", f"{number} How many of you?")
    await _later_on(office, 19)
    await desk.presses(office.lee, "loan.refuse", f"{number} later")
    await desk.presses(office.lee, "loan.revoke", number)
    await desk.presses(office.ana, "loan.answer", f"{number} Twelve")
    assert (await desk.request(number)).next_at == _on(22)


async def test_a_refusal_becomes_final_even_when_a_question_was_left_without_answer(office: Office) -> None:
    number = await office.asked_for("cupboard")
    await office.desk.presses(office.kim, "loan.ask", f"{number} How many of you?")
    await office.desk.presses(office.lee, "loan.refuse", f"{number} later")
    await office.desk.later(minutes=10)
    assert await office.state(number) == "refused"
    assert office.desk.outbox.to(office.ana)[-1].ids[0] == "decide-told-refused"


async def test_a_question_left_without_answer_is_recalled_once(office: Office) -> None:
    number = await office.asked_for()
    await office.desk.presses(office.kim, "loan.ask", f"{number} How many of you?")
    await office.desk.later(days=2)
    assert len(office.desk.outbox.to(office.ana)) == 1
    await office.desk.later(days=1)
    await office.desk.later(days=9)
    assert [each.ids[0] for each in office.desk.outbox.to(office.ana)] == ["decide-told-asked", "decide-told-reminder"]
    assert await office.state(number) == "waiting"


# ---------------------------------------------------------------- never by silence


async def test_it_is_offered_again_then_escalated_and_never_refused_by_silence(office: Office) -> None:
    number = await office.asked_for()
    first = office.desk.outbox.card().name
    await office.desk.presses(office.kim, "loan.take", number)
    await office.desk.later(days=2, hours=23)  # Friday, before ten
    assert (await office.desk.request(number)).offers == 1
    await office.desk.later(hours=1)
    request = await office.desk.request(number)
    assert (request.offers, request.escalated_at) == (2, None)
    card = office.desk.outbox.card()
    assert card.name != first
    assert card.actions[0] == "loan.approve"
    moved = [each for each in office.desk.outbox.told if each.how.get("of") == first][-1]
    assert (moved.ids, moved.actions) == (["decide-card-moved"], [])
    assert office.desk.outbox.to(office.lee)[-1].ids == ["decide-again", "decide-again-taken"]
    assert office.desk.outbox.to(office.ana)[-1].ids == ["decide-told-again"]

    await office.desk.later(days=3, hours=23)  # Tuesday, before ten: the week-end does not count
    assert (await office.desk.request(number)).escalated_at is None
    await office.desk.later(hours=1)
    assert (await office.desk.request(number)).escalated_at == office.desk.now
    assert office.desk.outbox.to(office.boss)[-1].actions[0] == "loan.approve"
    assert office.desk.outbox.to(office.ana)[-1].ids == ["decide-told-escalated"]

    await office.desk.later(days=30)
    assert await office.state(number) == "waiting"
    await office.desk.presses(office.boss, "loan.approve", number)
    await office.desk.presses(office.lee, "loan.approve", number)
    assert await office.state(number) == "approved"
    frozen = office.desk.outbox.to(office.boss)[-1]
    assert not frozen.actions
    assert "decide-card-approved" in frozen.ids


async def test_two_clocks_offer_it_once(office: Office) -> None:
    number = await office.asked_for()
    office.desk.now += timedelta(days=3)
    await asyncio.gather(office.desk.ticks(), office.desk.ticks())
    assert (await office.desk.request(number)).offers == 2
    assert len([each for each in office.desk.outbox.to(office.lee) if each.ids[0] == "decide-again"]) == 1


async def test_a_card_that_waits_says_its_true_age_each_working_day(office: Office) -> None:
    number = await office.asked_for()
    other = await office.asked_for("cupboard")

    def ages(room: str = KEEPERS.room) -> list[object]:
        lines = [
            line
            for each in office.desk.outbox.told
            if each.to.room == room and each.say and each.name.startswith(f"card:{number}:")
            for line in each.say.lines
        ]
        return [line.args["days"] for line in lines if line.id == "decide-card-age"]

    for _ in range(23):
        await office.desk.later(hours=1)
    assert ages() == [0], "a day is not over before its hour"
    first = office.desk.outbox.card()
    for _ in range(23):
        await office.desk.later(hours=1)
    assert ages() == ages(GARDENERS.room) == [0, 1]
    assert office.desk.outbox.card().how["op"] == "edit"
    assert office.desk.outbox.card().actions == first.actions
    await office.desk.presses(office.kim, "loan.approve", other)
    told = len(office.desk.outbox.told)
    await office.desk.ticks()
    assert len(office.desk.outbox.told) == told, "nothing is said when no age changed"


async def test_two_clocks_tell_an_age_once(office: Office) -> None:
    await office.asked_for()
    office.desk.now += timedelta(days=1)
    before = len(office.desk.outbox.told)
    await asyncio.gather(office.desk.ticks(), office.desk.ticks())
    assert [each.how["op"] for each in office.desk.outbox.told[before:]] == ["edit", "edit"], "one in each room"


async def test_a_deputy_decides_while_somebody_is_away(office: Office) -> None:
    desk, zoe = office.desk, await office.desk.person("zoe")
    number = await office.asked_for("cupboard")
    await desk.presses(office.kim, "loan.take", number)
    await desk.fills(office.kim, "loan.deputy", person="@zoe:home", until="2030-03-20")
    told, card = desk.outbox.to(zoe)
    assert told.ids == ["decide-told-deputy"]
    assert card.actions[0] == "loan.approve", "what waits is shown to them"
    await desk.later(days=3)
    assert desk.outbox.to(office.lee)[-1].ids == ["decide-again", "decide-again-deputy"]
    with pytest.raises(Refused) as refused:
        await desk.fills(zoe, "loan.deputy", person="@ana:home", until="2030-03-20")
    assert refused.value.line.id == "decide-deputy-not-lent"
    other = await office.asked_for("attic")
    assert f"card:{other}:person" in desk.outbox.to(zoe)[-1].name, "they are not in the keepers' room"
    await desk.presses(zoe, "loan.approve", number)
    assert office.done == ["lent cupboard"]
    await desk.presses(office.ana, "loan.withdraw", other)
    await desk.later(days=30)
    again = await office.asked_for("cupboard")
    assert await desk.is_refused(zoe, "loan.approve", again) == "decide-barred-not-yet-yours"


async def test_a_deputy_decides_no_longer_than_who_lent_the_right(office: Office) -> None:
    desk, zoe = office.desk, await office.desk.person("zoe")
    number = await office.asked_for("cupboard")
    await desk.fills(office.kim, "loan.deputy", person="@zoe:home", until="2030-03-20")
    async with desk.store.write() as session:
        await people_rows.set_grants(session, Role.COMMS, "config", {office.lee, office.mo})
    await desk.ticks()
    assert desk.trail.actions[-1] == "loan.deputy-ends"
    assert await desk.is_refused(zoe, "loan.approve", number) == "decide-barred-not-yet-yours"


async def test_an_absence_ends_with_the_day_of_the_organisation_when_no_zone_is_known(office: Office) -> None:
    desk, zoe = office.desk, await office.desk.person("zoe")
    assert (await desk.does(office.kim, _actor_of)).zone == ""
    await desk.fills(office.kim, "loan.deputy", person="@zoe:home", until="2030-03-06")
    await desk.later(days=1, hours=13, minutes=59)  # 23:59 in Paris
    number = await office.asked_for("cupboard")
    await desk.presses(zoe, "loan.approve", number)
    await desk.later(minutes=1)
    again = await office.asked_for("cupboard")
    assert await desk.is_refused(zoe, "loan.approve", again) == "decide-barred-not-yet-yours"


async def _actor_of(ctx: Context) -> Actor:
    return ctx.actor


async def test_a_request_asked_for_in_person_is_shown_and_frozen_too(office: Office) -> None:
    number = await office.asked_for("cupboard")
    await office.desk.presses(office.lee, "loan.show", number)
    await office.desk.presses(office.lee, "loan.show", number)
    await office.desk.presses(office.kim, "loan.approve", number)
    posted = [each for each in office.desk.outbox.to(office.lee) if "of" not in each.how or not each.how["of"]]
    frozen = {each.how["of"]: each for each in office.desk.outbox.to(office.lee) if each.how.get("of")}
    assert len(posted) == 2
    assert all(not frozen[each.name].actions for each in posted)


async def test_who_is_no_longer_entitled_is_shown_nothing_more(office: Office) -> None:
    desk, zoe = office.desk, await office.desk.person("zoe")
    number = await office.asked_for()
    await desk.fills(office.kim, "loan.deputy", person="@zoe:home", until="2030-03-20")
    await desk.presses(zoe, "loan.ask", f"{number} Which day?")
    await desk.does(office.kim, lambda ctx: deputies.end_of(ctx, office.process, office.kim))
    await desk.presses(office.ana, "loan.answer", f"{number} Sunday")
    last = desk.outbox.to(zoe)[-1]
    assert (last.ids, last.actions, last.how["op"]) == (["decide-card-gone"], [], "edit")
    seen = len(desk.outbox.to(zoe))
    await desk.presses(office.lee, "loan.ask", f"{number} Which hour?")
    await desk.presses(office.lee, "loan.approve", number)
    assert len(desk.outbox.to(zoe)) == seen

    await desk.fills(office.kim, "loan.deputy", person="@zoe:home", until="2030-03-20")
    again = desk.outbox.to(zoe)[-1]
    assert (again.how["op"], again.actions[0]) == ("post", "loan.approve"), "shown anew to who is entitled again"


async def test_the_card_of_a_deputy_is_frozen_once_their_time_is_over(office: Office) -> None:
    desk, zoe = office.desk, await office.desk.person("zoe")
    await office.asked_for()
    await desk.fills(office.kim, "loan.deputy", person="@zoe:home", until="2030-03-05")
    await desk.later(days=1)
    assert desk.outbox.to(zoe)[-1].ids == ["decide-card-gone"]


async def test_who_is_part_of_a_request_does_not_see_its_refusal_before_it_is_told(office: Office) -> None:
    desk = office.desk
    number = await office.asked_for("cupboard", friends=[office.mo])
    own = await desk.does(office.lee, asks(office.process, "cupboard"))
    await desk.presses(office.kim, "loan.refuse", f"{number} later")
    await desk.presses(office.kim, "loan.refuse", f"{own} later")
    assert await desk.is_refused(office.mo, "loan.show", number) == "decide-barred-conflict"
    assert await desk.is_refused(office.lee, "loan.show", own) == "decide-barred-own"
    assert not desk.outbox.to(office.mo)
    assert not desk.outbox.to(office.lee)


async def test_a_number_that_is_none_is_said_to_be(office: Office) -> None:
    assert await office.desk.is_refused(office.kim, "loan.approve", "") == "decide-which"
    assert await office.desk.is_refused(office.kim, "loan.approve", "the attic") == "decide-which"
    assert await office.desk.is_refused(office.kim, "loan.approve", "404") == "decide-unknown"
    assert await office.desk.is_refused(office.kim, "loan.refuse", "404 later") == "decide-unknown"


# ---------------------------------------------------------------- two at once on the same cards


async def _refreshed(office: Office, number: int) -> None:
    """Render the cards anew as something outside the process does: it holds nobody back."""
    async with office.desk.context(None) as ctx:
        await cards.refresh(ctx, office.process, await load(ctx, office.process, number))


async def test_two_edits_of_a_card_at_once_are_two(office: Office) -> None:
    number = await office.asked_for()
    async with office.desk.context(None) as ctx:
        await cards.refresh(ctx, office.process, await load(ctx, office.process, number))
        again = asyncio.create_task(_refreshed(office, number))
        await asyncio.sleep(0.05)
    await again
    edits = [each.name for each in office.desk.outbox.told if each.to.room == KEEPERS.room and each.how.get("of")]
    assert len(edits) == 2
    async with office.desk.store.read() as session:
        assert [card.edits for card in await requests.cards(session, number)] == [2, 2]


async def test_a_card_frozen_meanwhile_is_not_edited(office: Office) -> None:
    number = await office.asked_for()
    async with office.desk.context(None) as ctx:
        for card in await requests.cards(ctx.session, number):
            card.promise = ""
            ctx.session.add(card)
        await ctx.session.flush()
        late = asyncio.create_task(_refreshed(office, number))
        await asyncio.sleep(0.05)
    await late
    assert not [each for each in office.desk.outbox.told if each.how.get("of")]


async def test_what_is_shown_while_it_is_decided_is_shown_as_decided(office: Office) -> None:
    desk = office.desk
    await office.asked_for("barn")
    number = await office.asked_for("cupboard")
    await desk.presses(office.kim, "loan.show", number)
    async with desk.context(office.lee) as ctx:
        await approve(ctx, office.process, number)
        showing = asyncio.create_task(desk.presses(office.kim, "loan.show", number))
        await asyncio.sleep(0.05)
    await showing
    assert "decide-card-approved" in desk.outbox.to(office.kim)[-1].ids
    assert not desk.outbox.to(office.kim)[-1].actions


async def test_a_deputy_is_not_shown_what_is_decided_at_that_moment(office: Office) -> None:
    desk, zoe = office.desk, await office.desk.person("zoe")
    await office.asked_for("barn")
    number = await office.asked_for("cupboard")
    async with desk.context(office.lee) as ctx:
        await approve(ctx, office.process, number)
        naming = asyncio.create_task(desk.fills(office.kim, "loan.deputy", person="@zoe:home", until="2030-03-20"))
        await asyncio.wait({naming}, timeout=0.3)  # on PostgreSQL it would be over by then, unless it waits
    await naming
    assert f"card:{number}:person" not in " ".join(each.name for each in desk.outbox.to(zoe))
