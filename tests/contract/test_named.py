"""Who is named decides, and nobody else; by mandate too, on a text that may change, in time. On both databases."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from bot.decide import correct, need_by, submit
from bot.nudge import Context, HomeRoom, Refused, Role
from storage import people as people_rows
from storage import requests
from storage.database import Store
from storage.mandates import Mandate
from tests.contract.loans import KEEPERS, PLATFORM, Desk, Told, asked, said
from tests.scenarios.signing import Letters

VERBS = ("approve", "refuse", "ask", "take", "show", "amend", "revoke", "override")
PRESS = HomeRoom(PLATFORM, "!press", "en")
TODAY, TOMORROW, FRIDAY = "2030-03-05", "2030-03-06", "2030-03-08"  # stories begin on a Tuesday, at ten in Paris


@dataclass
class Office:
    """Ana writes for Dia and Lou, who lead; Zoe assists; Odi administers; communication has a room."""

    desk: Desk
    letters: Letters
    ana: int
    dia: int
    lou: int
    zoe: int
    odi: int

    async def writes(self, text: str = "Hello all", *signers: int, needed_by: datetime | None = None) -> int:
        """Ana has a letter signed; its number."""
        process, fields = self.letters.process(), {"signers": list(signers or (self.dia,)), "text": text}
        made = await self.desk.does(self.ana, lambda ctx: submit(ctx, process, fields, needed_by=needed_by))
        return int(made.id)

    async def rewrites(self, number: int, text: str, *signers: int, by: int = 0, own: bool = True) -> None:
        """Ana changes it, or whoever it is."""
        process, fields = self.letters.process(), {"signers": list(signers or (self.dia,)), "text": text}
        await self.desk.does(by or self.ana, lambda ctx: correct(ctx, process, number, fields, own=own))

    async def lends(self, on: str, until: str, giver: int = 0) -> None:
        """A leader gives Zoe a mandate."""
        await self.desk.fills(giver or self.dia, "letter.mandate", person="@zoe:home", on=on, until=until)

    async def state(self, number: int) -> str:
        return (await self.desk.request(number)).state

    def last(self, person: int) -> Told:
        return self.desk.outbox.to(person)[-1]

    def heard(self, person: int) -> list[str]:
        """The first words of all that somebody was told, edits of cards left out."""
        return [each.ids[0] for each in self.desk.outbox.to(person) if each.how.get("op") != "edit"]


@pytest.fixture
async def office(store: Store) -> Office:
    letters = Letters()
    desk = Desk(store, letters.nudge(), None, {Role.LEADER: [KEEPERS], Role.COMMS: [PRESS]})
    ana, zoe, odi = await desk.person("ana"), await desk.person("zoe"), await desk.person("odi", Role.ADMIN)
    dia, lou = [await desk.person(each, Role.LEADER) for each in ("dia", "lou")]
    return Office(desk, letters, ana, dia, lou, zoe, odi)


# ---------------------------------------------------------------- who is named


async def test_who_is_named_is_shown_it_in_person_and_nobody_else_decides(office: Office) -> None:
    desk, number = office.desk, await office.writes()
    (card,) = desk.outbox.told
    assert (card.to.person, card.to.room) == (office.dia, ""), "no room of a role is shown it"
    assert card.actions == ["letter.approve", "letter.amend", "letter.refuse", "letter.ask"]
    assert "decide-card-named" in card.ids
    for state in ("waiting", "approved"):
        for person in (office.lou, office.odi, office.zoe, office.ana):
            for verb in VERBS:
                refused = await desk.is_refused(person, f"letter.{verb}", f"{number} later")
                assert refused == "decide-barred-not-named", "whatever became of it: its words are not theirs to read"
        assert await office.state(number) == state
        if state == "waiting":
            await desk.presses(office.dia, "letter.approve", f"{number} v1")
    assert office.letters.happened == ["signed Hello all"]
    assert office.heard(office.ana) == ["decide-told-approved"]
    assert await desk.is_refused(office.dia, "letter.approve", number) == "decide-closed-approved"


async def test_who_is_named_signs_what_they_wrote_themselves(office: Office) -> None:
    process, fields = office.letters.process(), {"signers": [office.dia], "text": "Mine"}
    made = await office.desk.does(office.dia, lambda ctx: submit(ctx, process, fields))
    await office.desk.presses(office.dia, "letter.approve", made.id)
    assert office.letters.happened == ["signed Mine"]
    assert len(office.heard(office.dia)) == 1, "of what they did themselves they are told once, by the answer"


async def test_it_is_shown_again_and_goes_to_nobody_above(office: Office) -> None:
    number = await office.writes()
    await office.desk.later(days=30)
    await office.desk.later(days=30)
    request = await office.desk.request(number)
    assert (request.state, request.escalated_at) == ("waiting", None)
    assert request.offers > 2
    assert not office.desk.outbox.to(office.odi)
    assert "decide-again" in office.heard(office.dia)


async def test_where_nobody_named_can_decide_it_is_said_at_once(office: Office) -> None:
    number = await office.writes("Hello", office.zoe)
    assert office.heard(office.ana) == ["decide-told-nobody"]
    assert office.heard(office.odi) == ["decide-nobody-named"]
    assert await office.desk.is_refused(office.zoe, "letter.approve", number) == "decide-barred-named-in-vain"
    await office.rewrites(number, "Hello", office.lou)
    assert office.last(office.lou).actions[0] == "letter.approve", "whom a correction names is shown it"
    await office.desk.presses(office.lou, "letter.approve", number)
    assert await office.state(number) == "approved"


# ---------------------------------------------------------------- mandates


async def test_a_mandate_is_worth_something_from_its_first_day_to_its_last(office: Office) -> None:
    desk, number = office.desk, await office.writes()
    assert await desk.is_refused(office.zoe, "letter.approve", number) == "decide-barred-not-named"
    await office.lends(TOMORROW, FRIDAY)
    assert office.heard(office.zoe) == ["decide-told-mandate"]
    assert await desk.is_refused(office.zoe, "letter.approve", number) == "decide-barred-lent-early"
    await desk.later(hours=14)  # midnight in Paris
    assert office.last(office.zoe).actions[0] == "letter.approve", "what waits is shown when it begins"
    other = await office.writes("Another", office.lou)
    assert await desk.is_refused(office.zoe, "letter.approve", other) == "decide-barred-not-named"
    await desk.presses(office.zoe, "letter.approve", f"{number} v1")
    entry = desk.trail.entries[-1]
    assert (entry["actor"], entry["after"]) == (office.zoe, {"state": "approved", "in_place_of": str(office.dia)})
    told = office.last(office.ana).say
    assert told
    assert told.lines[0].args["by"] == "mandate"
    frozen = office.last(office.dia).say
    assert frozen
    assert {line.id: line.args for line in frozen.lines}["decide-card-approved"]["place"] == "dia"

    late = await office.writes("Later")
    assert office.last(office.zoe).actions[0] == "letter.approve", "and what comes meanwhile"
    await desk.later(days=3)
    assert office.last(office.zoe).ids == ["decide-card-gone"]
    assert await desk.is_refused(office.zoe, "letter.approve", late) == "decide-barred-lent-over"
    assert desk.trail.actions.count("letter.mandate-ends") == 1
    await desk.later(days=93)
    assert await desk.is_refused(office.zoe, "letter.approve", late) == "decide-barred-not-named"


async def test_preparing_needs_no_mandate(office: Office) -> None:
    process, fields = office.letters.process(), {"signers": [office.dia], "text": "Prepared"}
    made = await office.desk.does(office.zoe, lambda ctx: submit(ctx, process, fields))
    assert await office.desk.is_refused(office.zoe, "letter.approve", made.id) == "decide-barred-not-named"
    await office.lends(TODAY, TODAY)
    await office.desk.presses(office.zoe, "letter.approve", made.id)
    assert office.letters.happened == ["signed Prepared"], "by mandate, who prepared it may sign it"


async def test_mandates_are_listed_and_taken_back(office: Office) -> None:
    desk, number = office.desk, await office.writes()
    await office.lends(TODAY, FRIDAY)
    await office.lends(TOMORROW, FRIDAY, office.lou)
    command = next(each for each in desk.nudge.commands if each.path == ("letter", "mandates"))
    listed = await desk.does(office.zoe, lambda ctx: command.handler(None, ctx))
    assert said(listed) == ["decide-mandates", "decide-mandate-held", "decide-mandate-held"]
    given = await desk.does(office.dia, lambda ctx: command.handler(None, ctx))
    assert said(given) == ["decide-mandates", "decide-mandate-given"]
    end = given.choices[0]
    assert await desk.is_refused(office.ana, end.action, end.value) == "decide-mandate-unknown"
    await desk.presses(office.dia, end.action, end.value)
    assert office.heard(office.zoe)[-1] == "decide-told-mandate-over"
    assert await desk.is_refused(office.zoe, "letter.approve", number) == "decide-barred-lent-over"
    assert await desk.is_refused(office.dia, end.action, end.value) == "decide-mandate-unknown"
    await office.lends(TODAY, TODAY)
    await desk.presses(office.zoe, "letter.approve", number)
    async with desk.store.read() as session:
        assert len(await people_rows.grants(session, office.zoe)) == 0, "a mandate gives no role"


@pytest.mark.parametrize(
    ("on", "until", "refused"),
    [
        ("2030-03-04", FRIDAY, "decide-mandate-since"),
        ("soon", FRIDAY, "decide-mandate-since"),
        (FRIDAY, TOMORROW, "decide-mandate-until"),
        (TODAY, "2031-03-07", "decide-mandate-until"),
        (TODAY, "", "decide-mandate-until"),
    ],
)
async def test_a_mandate_has_two_days_in_order(office: Office, on: str, until: str, refused: str) -> None:
    with pytest.raises(Refused) as caught:
        await office.lends(on, until)
    assert caught.value.line.id == refused


async def test_a_mandate_of_who_may_no_longer_decide_is_worth_nothing(office: Office) -> None:
    number = await office.writes()
    await office.lends(TODAY, FRIDAY)
    async with office.desk.store.write() as session:
        await people_rows.set_grants(session, Role.LEADER, "config", {office.lou})
    assert await office.desk.is_refused(office.zoe, "letter.approve", number) == "decide-barred-lent-over"


async def test_a_mandate_is_one_voice_with_who_gave_it(office: Office) -> None:
    office.letters.quorum = 2
    number = await office.writes("Both", office.dia, office.lou)
    await office.lends(TODAY, FRIDAY)
    assert said(await office.desk.presses(office.zoe, "letter.approve", number)) == ["decide-done-voted"]
    assert await office.desk.is_refused(office.dia, "letter.approve", number) == "decide-barred-voted"
    await office.desk.presses(office.lou, "letter.approve", number)
    assert await office.state(number) == "approved"


# ---------------------------------------------------------------- amended


async def test_amending_is_a_new_version_that_is_approved_in_the_same_act(office: Office) -> None:
    desk, number = office.desk, await office.writes()
    form = asked(await desk.presses(office.dia, "letter.amend", f"{number} v1"))
    assert form.questions[0].value == "Hello all"
    answer = await desk.fills(office.dia, form.id, form.meta, text="Good morning all")
    assert said(answer) == ["decide-done-approved"]
    request = await desk.request(number)
    assert (request.state, request.version, request.decided_by) == ("approved", 2, office.dia)
    assert office.letters.happened == ["amended Good morning all", "signed Good morning all"]
    assert office.heard(office.ana) == ["decide-told-amended"]
    assert desk.trail.actions == ["letter.submit", "letter.amend", "letter.approve"]


async def test_a_text_sent_as_it_was_is_approved_as_it_was(office: Office) -> None:
    number = await office.writes()
    await office.desk.fills(office.dia, "letter.amend", f"{number} v1", text="Hello all")
    assert (await office.desk.request(number)).version == 1
    assert office.letters.happened == ["signed Hello all"]
    assert office.heard(office.ana) == ["decide-told-approved"]


async def test_what_the_capability_holds_back_leaves_it_as_it_was(office: Office) -> None:
    number = await office.writes()
    answer = await office.desk.fills(office.dia, "letter.amend", f"{number} v1", text="Some forbidden words")
    assert said(answer) == ["plain"]
    request = await office.desk.request(number)
    assert (request.state, request.version) == ("waiting", 1)
    assert "Hello all" in request.fields
    assert not office.letters.happened


async def test_amended_between_two_voices_the_first_no_longer_counts(office: Office) -> None:
    office.letters.quorum = 2
    desk, number = office.desk, await office.writes("Both", office.dia, office.lou)
    await desk.presses(office.lou, "letter.approve", f"{number} v1")
    assert said(await desk.fills(office.dia, "letter.amend", f"{number} v1", text="Both of us")) == [
        "decide-done-voted"
    ]
    assert office.heard(office.ana) == ["decide-told-changed"]
    assert await desk.is_refused(office.lou, "letter.approve", f"{number} v1") == "decide-changed"
    await desk.presses(office.lou, "letter.approve", f"{number} v2")
    assert office.letters.happened == ["amended Both of us", "signed Both of us"]


async def test_two_who_change_it_at_once_change_it_once(office: Office) -> None:
    desk, number = office.desk, await office.writes()
    await office.rewrites(number, "Hello everybody")
    assert await desk.is_refused(office.dia, "letter.approve", f"{number} v1") == "decide-changed"
    assert await desk.is_refused(office.dia, "letter.amend", f"{number} v1") == "decide-changed"
    with pytest.raises(Refused) as refused:
        await desk.fills(office.dia, "letter.amend", f"{number} v1", text="Mine")
    assert refused.value.line.id == "decide-changed"
    assert "Hello everybody" in (await desk.request(number)).fields


# ---------------------------------------------------------------- voided


async def test_a_correction_after_approval_voids_it(office: Office) -> None:
    desk, number = office.desk, await office.writes()
    await office.lends(TODAY, FRIDAY)
    await desk.presses(office.zoe, "letter.approve", f"{number} v1")
    await office.rewrites(number, "Hello everybody")
    request = await desk.request(number)
    assert (request.state, request.decided_by, request.voided_of) == ("waiting", None, office.zoe)
    assert office.letters.happened == ["signed Hello all", "voided Hello everybody"]
    assert desk.trail.actions[-1] == "letter.void"
    async with desk.store.read() as session:
        assert await requests.votes(session, number) == []
    for person in (office.dia, office.zoe):
        card = office.last(person)
        assert (card.how["op"], card.ids[0]) == ("post", "decide-card-voided"), "shown anew to whom it was approved by"
        assert card.actions[0] == "letter.approve"
    await desk.presses(office.dia, "letter.approve", f"{number} v2")
    assert office.letters.happened[-1] == "signed Hello everybody"
    assert office.heard(office.ana) == ["decide-told-approved", "decide-told-approved"], "each approval is told"


async def test_who_approved_hears_it_also_where_it_is_not_theirs_any_more(office: Office) -> None:
    desk, number = office.desk, await office.writes()
    await desk.presses(office.dia, "letter.approve", number)
    await office.rewrites(number, "Secret of Lou", office.lou)
    assert office.heard(office.dia)[-1] == "decide-told-voided"
    told = office.last(office.dia).say
    assert told
    assert told.lines[0].args["subject"] == "Hello", "of what they approved, and of nothing else"
    assert office.last(office.lou).ids[0] == "decide-card-voided"
    assert await desk.is_refused(office.dia, "letter.approve", number) == "decide-barred-not-named"


async def test_what_can_no_longer_be_voided_is_not_corrected(office: Office) -> None:
    number = await office.writes()
    await office.desk.presses(office.dia, "letter.approve", number)
    office.letters.sent = True
    with pytest.raises(Refused) as refused:
        await office.rewrites(number, "Too late")
    assert refused.value.line.id == "decide-closed-approved"
    assert await office.state(number) == "approved"


async def test_others_correct_only_where_the_capability_lets_them(office: Office) -> None:
    number = await office.writes()
    with pytest.raises(Refused) as refused:
        await office.rewrites(number, "Mine now", by=office.zoe)
    assert refused.value.line.id == "decide-not-yours"
    await office.rewrites(number, "Ours", by=office.zoe, own=False)
    assert "Ours" in (await office.desk.request(number)).fields


# ---------------------------------------------------------------- by when


def paris(day: int, hour: int, minute: int = 0) -> datetime:
    """In the week of the stories."""
    return datetime(2030, 3, day, hour - 1, minute, tzinfo=UTC)


async def test_it_is_told_four_working_hours_before_and_ended_at_its_time(office: Office) -> None:
    desk, number = office.desk, await office.writes(needed_by=paris(6, 11))
    desk.now = paris(5, 15, 59)
    await desk.ticks()
    assert not office.heard(office.ana)
    desk.now = paris(5, 16)  # two hours today, two tomorrow
    await asyncio.gather(desk.ticks(), desk.ticks())
    await desk.later(hours=3)
    assert office.heard(office.ana) == ["decide-told-soon"]
    rooms = [each for each in desk.outbox.told if each.to.room]
    assert [(each.to.room, each.ids[0]) for each in rooms] == [(PRESS.room, "decide-soon")]
    assert office.heard(office.dia) == ["plain"], "the card, which says by when, and nothing more"

    desk.now = paris(6, 11)
    for verb in ("approve", "amend", "refuse", "ask"):
        refused = await desk.is_refused(office.dia, f"letter.{verb}", f"{number} later")
        assert refused == "decide-needed", "the bot had not looked yet"
    with pytest.raises(Refused) as caught:
        await office.rewrites(number, "Too late")
    assert caught.value.line.id == "decide-needed"
    await asyncio.gather(desk.ticks(), desk.ticks())
    await desk.later(hours=1)
    assert await office.state(number) == "undecided"
    assert office.heard(office.ana) == ["decide-told-soon", "decide-told-undecided"]
    assert office.heard(office.dia)[-1] == "decide-note-undecided"
    frozen = [each for each in desk.outbox.to(office.dia) if each.how.get("op") == "edit"][-1]
    assert ("decide-card-undecided" in frozen.ids, frozen.actions) == (True, [])
    assert office.letters.happened == ["undecided Hello all"]
    assert desk.trail.actions.count("letter.undecided") == 1
    assert await desk.is_refused(office.dia, "letter.approve", number) == "decide-closed-undecided"


async def test_what_is_decided_in_time_is_not_told_of(office: Office) -> None:
    number = await office.writes(needed_by=paris(6, 11))
    await office.desk.presses(office.dia, "letter.approve", number)
    office.desk.now = paris(6, 12)
    await office.desk.ticks()
    assert await office.state(number) == "approved"
    assert office.heard(office.ana) == ["decide-told-approved"]


async def test_another_time_is_told_of_anew(office: Office) -> None:
    desk, number = office.desk, await office.writes(needed_by=paris(5, 12))
    await desk.ticks()
    process = office.letters.process()
    await desk.does(office.ana, lambda ctx: need_by(ctx, process, number, paris(7, 12)))
    desk.now = paris(6, 16, 59)
    await desk.ticks()
    assert (await office.state(number), office.heard(office.ana)) == ("waiting", ["decide-told-soon"])
    desk.now = paris(7, 10)
    await desk.ticks()
    assert office.heard(office.ana) == ["decide-told-soon", "decide-told-soon"]


async def test_a_time_that_passed_while_the_bot_was_away_is_ended_and_not_warned_of(office: Office) -> None:
    number = await office.writes(needed_by=paris(6, 11))
    await office.desk.later(days=3)
    assert await office.state(number) == "undecided"
    assert office.heard(office.ana) == ["decide-told-undecided"]


async def test_voided_too_late_it_is_not_decided_in_time(office: Office) -> None:
    number = await office.writes(needed_by=paris(6, 11))
    await office.desk.presses(office.dia, "letter.approve", number)
    await office.rewrites(number, "Hello again")
    await office.desk.later(days=2)
    assert await office.state(number) == "undecided"
    assert office.letters.happened[-1] == "undecided Hello again"


async def test_who_looks_after_it_is_told_in_person_without_a_room(office: Office) -> None:
    kim = await office.desk.person("kim", Role.COMMS)
    office.desk.rooms = {}
    await office.writes(needed_by=paris(5, 12))
    await office.desk.ticks()
    assert office.heard(kim) == ["decide-soon"]


async def _mandates(ctx: Context) -> list[Mandate]:
    return list((await ctx.session.exec(select(Mandate))).all())


async def test_a_mandate_given_anew_replaces_the_former(office: Office) -> None:
    await office.lends(TODAY, FRIDAY)
    await office.lends(FRIDAY, FRIDAY)
    (one,) = await office.desk.does(office.dia, _mandates)
    assert one.since == paris(8, 1) - timedelta(hours=1)
    number = await office.writes()
    assert await office.desk.is_refused(office.zoe, "letter.approve", number) == "decide-barred-lent-early"
