"""Who decides in somebody's place, on both databases: a lent right is worth what it was worth to who lent it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.deciding import deputies
from bot.nudge import Refused, Role
from bot.say import Say, Term
from bot.words import Reader
from storage import people as people_rows
from storage import requests
from storage.database import Store
from tests.contract.loans import WORDS, asks, loans, said
from tests.contract.office import Office, opened

UNTIL = "2030-03-20"


@pytest.fixture
async def office(store: Store) -> Office:
    return await opened(store)


@pytest.fixture
async def zoe(office: Office) -> int:
    return await office.desk.person("zoe")


async def lends(office: Office, person: int, to: str = "zoe") -> None:
    await office.desk.fills(person, "loan.deputy", person=f"@{to}:home", until=UNTIL)


# ---------------------------------------------------------------- what a lent right does not open


async def test_a_deputy_does_not_decide_on_what_the_lender_asks_for(office: Office, zoe: int) -> None:
    desk = office.desk
    number = await desk.does(office.kim, asks(office.process, "cupboard"))
    await lends(office, office.kim)
    for action in ("approve", "refuse", "ask", "take", "show"):
        assert await desk.is_refused(zoe, f"loan.{action}", f"{number} later") == "decide-barred-lent"
    assert [each.ids for each in desk.outbox.to(zoe)] == [["decide-told-deputy"]], "nor are they shown it"
    assert await office.state(number) == "waiting"
    await desk.presses(office.lee, "loan.approve", number)
    assert office.done == ["lent cupboard"]


async def test_a_deputy_does_not_decide_on_what_the_lender_is_part_of(office: Office, zoe: int) -> None:
    number = await office.asked_for("cupboard", friends=[office.kim])
    await lends(office, office.kim)
    assert await office.desk.is_refused(zoe, "loan.approve", number) == "decide-barred-lent"


async def test_a_deputy_does_not_look_again_at_what_the_lender_decided(office: Office, zoe: int) -> None:
    desk, number = office.desk, await office.asked_for("cupboard")
    await desk.presses(office.kim, "loan.refuse", f"{number} later")
    await desk.later(minutes=11)
    await desk.presses(office.ana, "loan.appeal", f"{number} please")
    await lends(office, office.kim)
    assert await desk.is_refused(zoe, "loan.approve", number + 1) == "decide-barred-lent"


async def test_who_lent_a_right_does_not_look_again_at_what_was_decided_by_it(office: Office, zoe: int) -> None:
    desk, number = office.desk, await office.asked_for("cupboard")
    await lends(office, office.kim)
    await desk.presses(zoe, "loan.refuse", f"{number} later")
    await desk.later(minutes=11)
    await desk.presses(office.ana, "loan.appeal", f"{number} please")
    assert await desk.is_refused(office.kim, "loan.approve", number + 1) == "decide-barred-decided-before"
    assert await desk.is_refused(zoe, "loan.approve", number + 1) == "decide-barred-decided-before"
    assert said(await desk.presses(office.lee, "loan.approve", number + 1)) == ["decide-done-approved"]


async def test_a_deputy_and_who_lent_the_right_have_one_voice(office: Office, zoe: int) -> None:
    desk, number = office.desk, await office.asked_for("attic")
    await lends(office, office.kim)
    assert said(await desk.presses(office.kim, "loan.approve", number)) == ["decide-done-voted"]
    assert await desk.is_refused(zoe, "loan.approve", number) == "decide-barred-voted-lent"
    assert said(await desk.presses(zoe, "loan.ask", f"{number} How many?")) == ["decide-done-asked"]
    await desk.presses(office.lee, "loan.approve", number)
    assert office.done == ["lent attic"]


async def test_a_voice_that_a_deputy_gave_stays_given_when_the_right_is_taken_back(office: Office, zoe: int) -> None:
    desk, number = office.desk, await office.asked_for("attic")
    yuri = await desk.person("yuri")
    await lends(office, office.kim)
    assert said(await desk.presses(zoe, "loan.approve", number)) == ["decide-done-voted"]
    assert await desk.is_refused(office.kim, "loan.approve", number) == "decide-barred-voted"
    await lends(office, office.kim, to="yuri")
    assert await desk.is_refused(yuri, "loan.approve", number) == "decide-barred-voted-lent"
    assert await desk.is_refused(office.kim, "loan.approve", number) == "decide-barred-voted"
    assert await office.state(number) == "waiting"


async def test_a_deputy_of_two_has_one_voice_and_leaves_the_other_theirs(office: Office, zoe: int) -> None:
    desk, number = office.desk, await office.asked_for("attic")
    await lends(office, office.kim)
    await lends(office, office.lee)
    await desk.presses(zoe, "loan.approve", number)
    assert await desk.is_refused(office.kim, "loan.approve", number) == "decide-barred-voted"
    assert said(await desk.presses(office.lee, "loan.approve", number)) == ["decide-done-approved"]


async def test_a_deputy_of_two_decides_for_the_one_whom_nothing_bars(office: Office, zoe: int) -> None:
    number = await office.asked_for("cupboard", friends=[office.kim])
    await lends(office, office.kim)
    await lends(office, office.lee)
    await office.desk.presses(zoe, "loan.approve", number)
    async with office.desk.store.read() as session:
        (vote,) = await requests.votes(session, number)
    assert (vote.person_id, vote.in_place_of) == (zoe, office.lee)


async def test_a_keeper_who_is_a_deputy_too_decides_by_their_own_right(office: Office) -> None:
    number = await office.desk.does(office.kim, asks(office.process, "cupboard"))
    await lends(office, office.kim, to="lee")
    await office.desk.presses(office.lee, "loan.approve", number)
    assert office.done == ["lent cupboard"]


async def test_a_deputy_adds_no_voice_to_those_that_a_request_needs(office: Office, zoe: int) -> None:
    async with office.desk.store.write() as session:
        await people_rows.set_grants(session, Role.COMMS, "config", {office.kim})
    await lends(office, office.kim)
    number = await office.asked_for("attic")  # two must agree
    assert office.desk.outbox.to(office.boss)[0].ids[0] == "plain", "it goes further at once"
    await office.desk.presses(zoe, "loan.approve", number)
    await office.desk.presses(office.boss, "loan.approve", number)
    assert office.done == ["lent attic"]


# ---------------------------------------------------------------- to whom it goes next


async def test_what_nobody_above_could_decide_goes_to_the_administrators(office: Office) -> None:
    """Nobody has the role that the settings name: the person is told of the one that it went to."""
    office.desk.settings = type(office.desk.settings)(escalate_to=Role.LEADER)
    number = await office.asked_for()
    for _ in range(2):
        await office.desk.later(days=4)
    assert (await office.desk.request(number)).escalated_to == "admin"
    told = next(each for each in office.desk.outbox.to(office.ana) if each.ids == ["decide-told-escalated"])
    assert told.say is not None
    assert told.say.lines[0].args["role"] == Term(term="role-admin")
    await office.desk.presses(office.boss, "loan.refuse", f"{number} later")


async def test_what_nobody_at_all_could_decide_is_said_to_be_nobodys(office: Office) -> None:
    number = await office.desk.does(office.boss, asks(office.process, "attic"))
    async with office.desk.store.write() as session:
        await people_rows.set_grants(session, Role.COMMS, "config", set())
    for _ in range(4):
        await office.desk.later(days=4)
    assert (await office.desk.request(number)).escalated_at is None
    assert "loan.escalate" not in office.desk.trail.actions
    told = [each.ids for each in office.desk.outbox.to(office.boss)]
    assert {ids[0] for ids in told} == {"decide-told-again", "decide-nobody"}
    assert told.count(["decide-nobody", "decide-nobody-do"]) == len(told) / 2, "with each look"


async def test_an_administrator_hears_at_once_that_too_few_can_decide(office: Office) -> None:
    """Two must agree, and even with whom it was escalated to there is one voice: it would wait for ever."""
    async with office.desk.store.write() as session:
        await people_rows.set_grants(session, Role.COMMS, "config", set())
    number = await office.asked_for()
    assert (await office.desk.request(number)).escalated_to == "admin"
    (warned,) = [each for each in office.desk.outbox.to(office.boss) if each.ids[0] == "decide-nobody"]
    assert warned.say is not None
    assert (warned.say.lines[0].args["able"], warned.say.lines[0].args["quorum"]) == (1, 2)
    assert warned.how["kind"] == "decision"


async def test_nobody_is_warned_where_enough_can_decide(office: Office) -> None:
    await office.asked_for()
    await office.asked_for(friends=[office.kim, office.lee])  # Mo, and the boss to whom it goes
    for _ in range(3):
        await office.desk.later(days=4)
    assert not [each for each in office.desk.outbox.told if each.ids[:1] == ["decide-nobody"]]


# ---------------------------------------------------------------- what is typed, and the last day


@pytest.mark.parametrize(
    ("typed", "person", "until"),
    [
        ("", "", ""),
        ("@zoe:home", "@zoe:home", ""),
        ("@zoe:home 2030-03-20", "@zoe:home", "2030-03-20"),
        ("Zoe Le Gall 2030-03-20", "Zoe Le Gall", "2030-03-20"),
        ("Zoe Le Gall, 20/03/2030", "Zoe Le Gall", "2030-03-20"),
        ("Zoe Le Gall 20.3.2030", "Zoe Le Gall", "2030-03-20"),
        ("Zoe Le Gall tomorrow", "Zoe Le Gall tomorrow", ""),
        ("2030-03-20", "", "2030-03-20"),
    ],
)
def test_a_line_names_a_deputy_of_several_words_and_the_last_day(typed: str, person: str, until: str) -> None:
    _, process, _ = loans()
    form = deputies.question(process, typed)
    assert [each.value for each in form.questions] == [person, until]
    assert form.review == bool(person and until)


def test_a_name_longer_than_any_names_nobody() -> None:
    _, process, _ = loans()
    with pytest.raises(Refused) as refused:
        deputies.question(process, "x " * 200)
    assert refused.value.line.id == "decide-deputy-who"


async def test_the_last_day_is_the_one_that_was_written_wherever_it_is_read(office: Office, zoe: int) -> None:
    """It ends at midnight in Paris: it is the next morning then in Tokyo, which is no day more."""
    desk = office.desk
    answer = await desk.fills(office.kim, "loan.deputy", person="@zoe:home", until="20/03/2030")
    for told in (answer, desk.outbox.to(zoe)[0].say):
        assert isinstance(told, Say)
        for zone in ("Asia/Tokyo", "America/Montreal", "Europe/Paris"):
            text = " ".join(part.text for part in WORDS.message(told, Reader("en", zone)).parts)
            assert "up to and including Wednesday 20 March 2030" in text, zone
    async with desk.store.read() as session:
        (lent,) = await requests.deputies(session, "loan")
    assert lent.until == datetime(2030, 3, 20, 23, tzinfo=UTC)


@pytest.mark.parametrize("until", ["9999-12-31", "0001-01-01", "30/02/2030", "2030-03-04", "2030-08-01"])
async def test_a_last_day_that_is_none_is_refused(office: Office, zoe: int, until: str) -> None:
    with pytest.raises(Refused) as refused:
        await office.desk.fills(office.kim, "loan.deputy", person="@zoe:home", until=until)
    assert refused.value.line.id == "decide-deputy-until"
