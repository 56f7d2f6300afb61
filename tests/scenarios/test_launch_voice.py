"""What people ask leaders: sent by its author alone, gathered in the leader's office, answered to all who asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col

from bot import people
from bot.cli.outbox import ASKED
from bot.nudge import Told
from bot.say import Say, plain
from nudges.launch.sending import ANNOUNCEMENT
from nudges.launch.voice.answering import ANSWER
from nudges.launch.voice.offers import OFFER
from storage import launch, launching
from storage.audit import Entry
from storage.communities import Community
from storage.launch import Announcement
from storage.mandates import Mandate
from storage.outbox import Promise
from storage.people import Account
from storage.tables import METADATA
from storage.voice import Place, Question
from tests.humans import Human, eventually
from tests.humans.towns import AT_EASE, FIRST_PLAINLY, IN_WINDOWS
from tests.scenarios.company import PLATFORM, Company

"""In each run in memory; on Slack, where other stories of questions are told each time, in the long one."""


@pytest.fixture
async def press_room(company: Company, arthur: Human, bob: Human, fresh: Callable[[str], str]) -> str:
    """The room of those who look after communication: Bob (who reads English) and Arthur (French)."""
    room = await company.town.room(fresh("press-office"), [bob, arthur], private=True)
    await company.stop()
    company.settings["roles"]["comms"] = [f"{PLATFORM}:{bob.external}", f"{PLATFORM}:{arthur.external}"]
    company.settings["rooms"]["comms"] = [{"platform": PLATFORM, "room": room, "language": "en"}]
    await company.start()

    async def met() -> bool:
        return "diane" in {each.name for each in await company.rows(Account)}

    await eventually(met, "the bot knows what the leader is called")
    return room


def at(human: Human) -> str:
    """Somebody as others name them."""
    return "@" + human.external.removeprefix("@")


async def asks(human: Human, diane: Human, text: str, name: str = "named") -> None:
    await human.types(f"ask {at(diane)} {text}")
    assert await human.fills(name=name) == {}


@pytest.mark.parametrize("where", AT_EASE)
async def test_a_question_reaches_the_office_when_it_is_sent_and_its_answer_comes_back(
    company: Company, press_room: str, ana: Human, alice: Human, bob: Human, diane: Human
) -> None:
    await ana.types(f"demander {at(diane)} Quand le réseau ouvre-t-il ? <!channel> *gras*")
    await company.settled()
    assert await company.rows(Question) == [], "nothing is kept before its author sends it"
    assert await ana.fills(name="named") == {}
    await ana.is_told("est envoyée à l’entourage de diane, avec votre nom")
    shown = await bob.is_told("Question 1 for diane", press_room)
    assert "Asked by" in shown
    assert "ana" in shown.replace("diane", "")
    assert "Quand le réseau ouvre-t-il ? <!channel> *gras*" in shown, "as it was written, and it calls nobody"
    await asks(alice, diane, "When does the network open?", "unnamed")
    await alice.is_told("without your name: nobody there sees who asked")
    shown = await bob.is_told("Question 2 for diane", press_room)
    assert "somebody who did not give their name" in shown

    await diane.types("parvis moi")
    await diane.is_told("2 questions attendent votre réponse")
    await bob.types("ask answer 1")
    await bob.is_told("Only diane, or who holds a mandate of theirs, answers in their name")
    await bob.types("ask join 2 1")
    await bob.is_told("Take 2 out")
    await diane.types("demander repondre 1")
    assert await diane.fills(text="**Lundi**, pour tout le monde.") == {}
    await diane.is_told("La réponse part vers toutes les personnes qui ont posé ces 2 questions")
    answer = await ana.is_told("De diane, relayé par Parvis")
    assert "Lundi" in answer
    answer = await alice.is_told("From diane, relayed by Parvis")
    assert "When does the network open?" in answer
    await bob.is_told("Answered; sent by diane", press_room)
    assert not [each for each in await bob.reads(press_room) if "Quand le réseau" in each], "frozen without its words"
    await alice.types("parvis me")
    await alice.is_told("without your name: answered")


@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_who_asks_without_a_name_stands_nowhere_that_others_look_at(
    company: Company, press_room: str, ana: Human, bob: Human, diane: Human
) -> None:
    await asks(ana, diane, "Qui lit nos messages ?", "unnamed")
    await bob.is_told("somebody who did not give their name", press_room)
    await bob.types("ask list")
    listed = await bob.is_told("1 question waits")
    await bob.types("ask show 1")
    shown = await bob.is_told("Pass 1 on")
    await diane.types("demander repondre 1")
    assert await diane.fills(text="Personne.") == {}
    await ana.is_told("Personne.")
    seen = [listed, shown, *await bob.reads(press_room), *await diane.reads()]
    assert not [each for each in seen if "ana" in each.replace("diane", "") or ana.external in each]
    (asked,) = await company.rows(Question)
    entries = [each for each in await company.rows(Entry) if each.action.startswith("question.")]
    assert [each.action for each in entries] == ["question.answer"]
    theirs = f'"{asked.asker_id}"'
    hidden = [each for each in await company.rows(Promise) if each.kind == ANSWER]
    assert [each.person_id for each in hidden] == [asked.asker_id]
    assert ANSWER not in ASKED, "who looks at what is being sent is shown no line of it"
    assert not [each for each in entries if theirs in each.after + each.before]
    told = [each for each in await company.rows(Promise) if each.person_id == asked.asker_id and each.kind == "answer"]
    assert not [
        each.name
        for each in [*hidden, *told]
        if re.search(r"question|:1:", each.name.replace(f"question:{asked.key}", ""))
    ]


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_questions_that_look_alike_are_shown_side_by_side_and_joined_by_a_press(
    company: Company, press_room: str, ana: Human, alice: Human, arthur: Human, bob: Human, diane: Human
) -> None:
    await asks(ana, diane, "On which day does the network open?")
    await asks(arthur, diane, "Is there a car park?")
    await bob.is_told("Question 2 for diane", press_room)
    await asks(alice, diane, "On what day will the network open to us?")
    shown = await bob.is_told("Looks like question 1: “On which day does the network open?”", press_room)
    assert "Question 3 for diane" in shown
    assert "car park" not in shown
    await bob.presses("Answer with 1", near="Looks like question 1", room=press_room)
    joined = await bob.is_told("Take 3 out")
    assert "Question 1 for diane" in joined
    await diane.types("demander repondre 1")
    assert await diane.fills(text="Monday.") == {}
    for each in (ana, alice):
        await each.is_told("Monday.")
    await arthur.is_not_told("Monday.")


@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_the_office_prepares_and_the_leader_sends(
    company: Company, press_room: str, ana: Human, bob: Human, diane: Human
) -> None:
    await asks(ana, diane, "Quand ?")
    await bob.is_told("Question 1 for diane", press_room)
    await bob.types("ask draft 1")
    assert await bob.fills(text="Monday.") == {}
    await diane.is_told("Préparé par bob, pas envoyé")
    await ana.is_not_told("Monday.")
    await bob.types("ask draft 1")
    assert await bob.fills(text="Tuesday.") == {}
    await diane.is_told("Tuesday.")
    await diane.presses("L’envoyer telle quelle", near="Monday.")
    await diane.is_told("regardez-la d’abord")
    await diane.types("demander envoyer 1")
    await eventually(lambda: _shown_twice(diane, "Tuesday."), "without a version she is shown what would go")
    await ana.is_not_told("Tuesday.")
    await diane.presses("L’envoyer telle quelle", near="Tuesday.")
    await ana.is_told("Tuesday.")
    await diane.presses_again()
    await diane.is_told("n’attend plus")
    assert len([each for each in await ana.reads() if "Tuesday." in each]) == 1


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_who_holds_a_mandate_answers_while_it_lasts(
    company: Company, press_room: str, ana: Human, alice: Human, diane: Human
) -> None:
    await asks(ana, diane, "Quand ?")
    await ana.is_told("La question 1 est envoyée")
    await alice.types("ask answer 1")
    await alice.is_told("There is no question 1 in an office that you look after")
    (asked,) = await company.rows(Question)
    await alice.types("parvis me")
    now = company.clock.now()
    async with company.store.write() as session:
        holder = await people.find(session, PLATFORM, alice.external, now)
        until = now + timedelta(days=2)
        given = {"person_id": asked.leader_id, "holder_id": holder, "since": now, "until": until, "created_at": now}
        session.add(Mandate.model_validate({"process": "announcement", **given}))
    await alice.types("ask answer 1")
    assert await alice.fills(text="Lundi.") == {}
    await ana.is_told("De diane, relayé par Parvis")


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_what_waits_is_seen_to_age_and_its_office_is_reminded_once_each_time(
    company: Company, press_room: str, ana: Human, bob: Human, diane: Human
) -> None:
    await asks(ana, diane, "Quand ?")
    await bob.is_told("Question 1 for diane", press_room)
    company.clock.advance(days=6)
    await bob.types("ask list")
    await bob.is_told("waiting for 4 working days")
    company.clock.advance(days=1)
    await bob.is_told("1 question waits for an answer from diane, for 5 working days", press_room)
    await diane.is_told("1 question attend une réponse de diane depuis 5 jours ouvrés")
    company.clock.advance(hours=2)
    await company.settled()
    assert len([each for each in await bob.reads(press_room) if "5 working days" in each]) == 1
    company.clock.advance(days=7)
    await bob.is_told("for 10 working days", press_room)


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_the_questions_of_a_leader_who_left_are_passed_on_or_declined(
    company: Company, press_room: str, ana: Human, alice: Human, bob: Human, diane: Human
) -> None:
    await asks(ana, diane, "Quand ?")
    await asks(alice, diane, "Why?")
    await bob.is_told("Question 2 for diane", press_room)
    await company.stop()
    company.settings["roles"]["leader"] = [f"{PLATFORM}:{alice.external}", f"{PLATFORM}:{ana.external}"]
    await company.start()
    company.clock.advance(minutes=11)
    await bob.is_told("diane is no longer one of the leaders, and 2 questions wait", press_room)
    await bob.presses("Pass 1 on", near="no longer one of the leaders", room=press_room)
    (_, second) = await company.rows(Question)
    assert await bob.fills(leader=str(second.asker_id)) == {}
    await ana.is_told("c’est alice qui doit y répondre maintenant")
    await bob.is_told("Question 1 for alice", press_room)
    await bob.types("ask decline 2")
    assert await bob.fills(text="She *left*.") == {}
    declined = await alice.is_told("diane’s office will not answer your question")
    assert "left" in declined
    await alice.types("ask answer 1")
    assert await alice.fills(text="Monday.") == {}
    await ana.is_told("De alice, relayé par Parvis")


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_what_is_taken_back_erased_or_old_is_forgotten(
    company: Company, press_room: str, ana: Human, alice: Human, bob: Human, diane: Human
) -> None:
    await asks(ana, diane, "Quand ?")
    await ana.is_told("La question 1")
    await ana.presses("La retirer")
    await ana.is_told("La question 1 est retirée")
    await bob.is_told("Whoever asked it took it back", press_room)
    await ana.types("demander retirer 1")
    await ana.is_told("n’attend plus")
    await asks(alice, diane, "Who reads our messages?")
    await bob.is_told("Question 2 for diane", press_room)
    await alice.types("ask withdraw 1")
    await alice.is_told("You asked no question 1")
    await alice.types("parvis erase")
    await alice.presses("Erase everything about me")

    async def withdrawn() -> bool:
        return [(each.state, each.text) for each in await company.rows(Question)] == [("withdrawn", "")] * 2

    await eventually(withdrawn, "it is over, and its words are gone")
    assert (await company.rows(Question))[1].asker_id is None
    company.clock.advance(days=91)
    await company.app._purge()
    assert await company.rows(Question) == [], "they are kept for 90 days"


@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_what_cannot_be_asked_is_said(
    company: Company, press_room: str, ana: Human, bob: Human, diane: Human
) -> None:
    await bob.types(f"ask {at(ana)} When?")
    await bob.is_told("This is nobody who can be asked here")
    await diane.types(f"demander {at(diane)} Quand ?")
    await diane.is_told("C’est vous-même")
    await bob.types(f"ask {at(diane)} " + "x" * 60_000)
    await bob.is_told("60,000 characters are too many: 3,000 at most")
    await bob.types("ask")
    assert await bob.fills(text=" ") == {"text": "Write what you would like to know."}
    assert await bob.fills(text="When?") == {}
    await bob.is_told("is sent to diane’s office")
    await asks(bob, diane, "when ?")
    await bob.is_told("You asked that already: it is question 1")
    assert len(await company.rows(Question)) == 1
    (first,) = await company.rows(Question)
    more = {**first.model_dump(exclude={"id", "text", "asked_at"}), "asked_at": first.asked_at}
    async with company.store.write() as session:
        session.add_all(Question.model_validate({**more, "text": f"And {n}?"}) for n in range(19))
    await asks(bob, diane, "And now?")
    await bob.is_told("20 questions of yours wait already")
    guest = await company.person("gus", kind="guest")
    await guest.types(f"ask {at(diane)} When?")
    await company.settled()
    assert len(await company.rows(Question)) == 20
    await company.stop()
    company.settings["roles"]["leader"] = []
    await company.start()
    await bob.types("ask")
    await bob.is_told("There is nobody to ask yet")


@pytest.mark.parametrize("where", IN_WINDOWS)
@pytest.mark.parametrize(
    "step",
    [
        pytest.param("outbox.claimed", marks=pytest.mark.slow),
        "outbox.posted",
        pytest.param("outbox.settled", marks=pytest.mark.slow),
    ],
)
async def test_an_answer_comes_once_to_each_also_when_the_bot_dies_while_it_goes_out(
    company: Company, press_room: str, ana: Human, alice: Human, diane: Human, step: str
) -> None:
    await asks(ana, diane, "Quand ?")
    await ana.is_told("La question 1 est envoyée")
    await asks(alice, diane, "When?", "unnamed")
    await alice.is_told("Question 2 is sent")
    await diane.types("demander rapprocher 1 2")
    await diane.is_told("Séparer la 2")
    await diane.types("demander repondre 2")
    await eventually(lambda: _has_form(diane), "the form is open")
    company.dies_at(step)
    await diane.fills(text="Lundi.")
    await company.killed()
    company.clock.advance(seconds=15)
    await company.restart()
    for each in (ana, alice):
        await each.is_told("Lundi.")
        await company.settled()
        assert len([text for text in await each.reads() if "Lundi." in text]) == 1


async def _shown_twice(human: Human, text: str) -> bool:
    return len([each for each in await human.reads() if text in each]) == 2


async def _has_form(human: Human) -> bool:
    return await human.sees_form() is not None


# ---------------------------------------------------------------- under an announcement


async def community(company: Company, name: str, members: list[Human], *, visibility: str = "public") -> str:
    """A community that people are in. Returns its room."""
    room = await company.town.room(name, members, private=visibility == "private")
    about = {"name": name, "slug": name, "purpose": "all", "work": "all", "kind": "business"}
    places = {"platform": PLATFORM, "room": room, "visibility": visibility, "state": "active", "language": "en"}
    async with company.store.write() as session:
        now = company.clock.now()
        session.add(Community.model_validate({**about, **places, "created_at": now, "opened_at": now}))
    return room


async def announced(
    company: Company, diane: Human, *, own_name: bool, title: str = "The network opens", text: str = "On **Monday**."
) -> int:
    """An announcement of Diane's that is being sent. Returns her row's id."""
    now = company.clock.now()
    async with company.store.write() as session:
        leader = await people.find(session, PLATFORM, diane.external, now)
        about = {"owner_id": leader, "speaker_id": leader, "own_name": own_name, "state": "sending", "begun_at": now}
        made = Announcement.model_validate({**about, "created_at": now, "changed_at": now})
        await launch.write(session, made, title, text)
    return leader


async def delivered(company: Company, human: Human) -> None:
    """Somebody got it in their direct room."""
    now = company.clock.now()
    async with company.store.write() as session:
        person = await people.find(session, PLATFORM, human.external, now)
        words = Say(lines=(plain("The network opens", "title"), plain("On Monday.", "rich")))
        batch, planner = launching.batch_of(1), company.app.parts.outbox.within(session, now)
        await planner.tell_many([Told(person)], words, name=batch, kind=ANNOUNCEMENT, batch=batch)
    company.app.parts.outbox.wake()
    await human.is_told("On Monday.")


@pytest.mark.parametrize("where", AT_EASE)
async def test_a_question_in_reply_to_an_announcement_is_offered_to_its_author_and_read_once_they_pressed(
    company: Company, press_room: str, ana: Human, bob: Human, diane: Human
) -> None:
    await announced(company, diane, own_name=False)
    await delivered(company, ana)
    await ana.says("Merci !", reply_to="On Monday.")
    await ana.is_told("Je n’ai pas compris")
    await ana.says("Sur quels téléphones ? <!channel> *gras*", reply_to="On Monday.")
    await ana.is_told("Faut-il l’envoyer à l’entourage de diane")
    await company.settled()
    assert await holding(company, "Sur quels") == set()
    assert not [each for each in await bob.reads(press_room) if "Question" in each], "nor does the office hear of it"
    await ana.presses("L’envoyer sans mon nom", near="Faut-il l’envoyer")
    await ana.is_told("est envoyée à l’entourage de diane, sans votre nom")
    shown = await bob.is_told("Question 1 for diane", press_room)
    assert "Sur quels téléphones ? <!channel>" in shown
    assert "The network opens" in shown
    await ana.presses_again()
    await company.settled()
    assert len(await company.rows(Question)) == 1
    await diane.types("demander repondre 1")
    assert await diane.fills(text="Sur tous.") == {}
    await ana.is_told("Sur tous.")


async def holding(company: Company, words: str) -> set[str]:
    """The tables in which some words stand. words: without accents, which JSON writes otherwise."""
    async with company.store.read() as session:
        rows = {each.name: await session.exec(each.select()) for each in METADATA.tables.values()}  # type: ignore[call-overload]
        return {name for name, found in rows.items() if words in str(found.mappings().all())}


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_what_was_read_for_its_author_is_forgotten_as_soon_as_their_choice_was_carried_out(
    company: Company, press_room: str, ana: Human, bob: Human, diane: Human
) -> None:
    await announced(company, diane, own_name=False)
    await delivered(company, ana)
    await ana.says("Sur quels téléphones ?", reply_to="On Monday.")
    await ana.is_told("Faut-il l’envoyer")
    await ana.presses("Non", near="Faut-il l’envoyer")
    await ana.is_told("Elle reste là où vous l’avez écrite")
    await company.settled()
    assert await holding(company, "Sur quels") == set(), "nothing of it is kept"
    await ana.presses("L’envoyer avec mon nom", near="Faut-il l’envoyer")  # they have changed their mind
    await bob.is_told("Question 1 for diane", press_room)
    await company.settled()
    assert await holding(company, "Sur quels") == {"question"}
    await ana.presses("La retirer")
    await bob.is_told("Whoever asked it took it back", press_room)
    await company.settled()
    assert await holding(company, "Sur quels") == set()


@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_a_question_below_a_leaders_own_post_is_answered_there(
    company: Company, press_room: str, ana: Human, alice: Human, bob: Human, diane: Human
) -> None:
    square = await community(company, "square", [ana, alice, bob, diane])
    await diane.says("An older post of hers", square)
    await company.settled()
    await announced(company, diane, own_name=True)
    await diane.says("The network opens on Monday", square)
    await company.settled()
    await ana.says("Avant ?", square, reply_to="An older post")
    await bob.says("I like it.", square, reply_to="The network opens")
    await ana.says("Sur quels téléphones ?", square, reply_to="The network opens")
    await alice.says("Who reads it?", square, reply_to="The network opens")
    offer = await ana.is_told("Faut-il l’envoyer à l’entourage de diane")
    assert "qui lit ce fil y voit qui l’a écrit" in offer
    await ana.presses("L’envoyer avec mon nom", near="Faut-il l’envoyer")
    await bob.is_told("Question 1 for diane", press_room)
    await alice.presses("Never ask me that", near="Shall it be sent")
    await alice.is_told("You are not asked that any more")
    await alice.says("Is it read?", square, reply_to="The network opens")
    await bob.is_not_told("Shall it be sent")
    assert len([each for each in await alice.reads() if "Shall it be sent" in each]) == 1
    await diane.types("demander repondre 1")
    assert await diane.fills(text="Sur tous.") == {}
    await ana.is_told("Sur tous.", square)
    assert len(await company.rows(Question)) == 1
    await asks(bob, diane, "Who reads it?", "unnamed")
    await bob.is_told("Question 2 is sent")
    async with company.store.write() as session:
        await session.exec(update(Question).where(col(Question.id) == 2).values(announcement_id=1))
    await diane.types("demander repondre 2")
    assert "restated" in await diane.fills(text="Nobody.", publish="readers")
    assert "restated" in await diane.fills(text="Nobody.", publish="readers", restated="who reads it")
    assert await diane.fills(text="Nobody.", publish="readers", restated="Is anybody watching?") == {}
    shown = await alice.is_told("Somebody asked, and diane answers, relayed by Parvis", square)
    assert "Is anybody watching?" in shown
    assert "Who reads it?" not in shown, "its author was told that it goes to the office"
    assert "bob" not in shown
    await bob.is_told("Nobody.")


@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_only_what_a_leader_was_to_post_is_asked_below_and_answers_are_published_where_it_is_for_everybody(
    company: Company, press_room: str, ana: Human, alice: Human, diane: Human
) -> None:
    square = await community(company, "square", [ana, alice, diane])
    board = await community(company, "board", [alice, diane], visibility="private")
    await announced(company, diane, own_name=True)
    await announced(company, diane, own_name=True, title="The canteen moves", text="To the second floor, in March.")
    await diane.says("Lunch at noon", square)
    await diane.says("The network opens on Monday", square)
    await diane.says("Redundancies: I need the list", board)
    await diane.says("The network opens on Monday", board)
    await alice.says("By when?", board, reply_to="Redundancies")
    await ana.says("Sur quels téléphones ?", square, reply_to="The network opens")  # it is being looked at by now
    await ana.is_told("Faut-il l’envoyer")
    await diane.says("The network opens on Monday, at nine", square)
    await diane.says("The canteen moves to the second floor in March!", square)
    await company.settled()
    await alice.is_not_told("Shall it be sent")
    assert [(each.room, each.announcement_id) for each in await company.rows(Place)] == [(square, 1), (square, 2)]
    assert await holding(company, "Redundancies") == set()
    assert await holding(company, "Lunch at") == set()
    await alice.says("Is there a lift?", square, reply_to="The canteen moves")
    assert "under “The canteen moves”" in await alice.is_told("Shall it be sent")
    await asks(alice, diane, "Who reads it?", "unnamed")
    await alice.is_told("Question 1 is sent")
    await told_of(company, 1, board)
    await diane.types("demander repondre 1")
    assert await diane.fills(text="Nobody.", publish="readers", restated="Is anybody watching?") == {}
    await alice.is_told("Nobody.", square)
    await company.settled()
    assert len([each for each in await alice.reads(square) if "Nobody." in each]) == 1
    assert not [each for each in await alice.reads(board) if "Nobody." in each]


async def told_of(company: Company, number: int, board: str) -> None:
    """A question is one below an announcement, which stands in a private room as well (an older version noted that)."""
    async with company.store.write() as session:
        await session.exec(update(Question).where(col(Question.id) == number).values(announcement_id=1))
        session.add(Place(platform=PLATFORM, room=board, message="M1", announcement_id=1, at=company.clock.now()))


@pytest.mark.parametrize("where", FIRST_PLAINLY)
async def test_a_leader_points_at_what_they_posted_in_other_words(
    company: Company, press_room: str, ana: Human, diane: Human
) -> None:
    square = await community(company, "square", [ana, diane])
    await announced(company, diane, own_name=True)
    await diane.says("Dear all, come and see what we made", square)
    await company.settled()
    assert await company.rows(Place) == []
    await diane.types("annonce publiee 1")
    await diane.is_told("Pour que l’on puisse vous interroger sous votre message")
    await ana.says("Nothing of hers", square)
    await diane.about("Nothing of hers", "ask here", square)
    await diane.is_told("Ce message est de quelqu’un d’autre")
    await diane.about("Dear all", "ask here", square)
    await diane.is_told("Ce que l’on demande sous ce message")
    await ana.says("Sur quels téléphones ?", square, reply_to="Dear all")
    await ana.is_told("Faut-il l’envoyer")


@pytest.mark.slow
@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_the_words_of_a_question_are_published_as_long_as_their_author_lets_them(
    company: Company, press_room: str, ana: Human, alice: Human, diane: Human
) -> None:
    square = await community(company, "square", [ana, alice, diane])
    await announced(company, diane, own_name=True)
    await diane.says("The network opens on Monday", square)
    await company.settled()
    for number, text in enumerate(["Sur quels téléphones ?", "À quelle heure ?", "Et dimanche ?"], 1):
        await ana.says(text, square, reply_to="The network opens")
        await company.settled()
        await ana.is_told("Vos mots vont à l’entourage, et nulle part ailleurs")
        await ana.presses("L’envoyer sans mon nom", near="Faut-il l’envoyer")
        await ana.is_told(f"La question {number} est envoyée")
        await ana.presses("Mes mots peuvent être publiés", near=f"La question {number} est envoyée")
        await ana.is_told(f"Les mots de la question {number} peuvent figurer")
        await diane.types(f"demander repondre {number}")
        assert await diane.fills(text=f"Réponse {number}.", publish="readers") == {}, "it holds the words they allowed"
        assert text in await alice.is_told(f"Réponse {number}.", square)
    await ana.presses("Ne plus le permettre", near="Les mots de la question 1")
    await ana.is_told("Les mots de la question 1 ne sont pas publiés")

    async def stand() -> list[int]:
        shown = [each for each in await alice.reads(square) if "Somebody asked" in each]
        return [number for number in (1, 2, 3) if [each for each in shown if f"Réponse {number}." in each]]

    await company.settled()
    assert await stand() == [2, 3]
    async with company.store.write() as session:
        old = company.clock.now() - timedelta(days=91)
        await session.exec(update(Question).where(col(Question.id) == 2).values(closed_at=old))
    await company.app._purge()
    await company.settled()
    assert await stand() == [3]
    await ana.types("parvis effacer")
    await ana.presses("Effacer tout ce qui me concerne")
    await company.settled()
    assert await stand() == []


@pytest.mark.parametrize("where", IN_WINDOWS)
async def test_after_an_outage_offers_wait_for_a_decent_hour_and_old_ones_are_not_made(
    company: Company, press_room: str, ana: Human, alice: Human, diane: Human
) -> None:
    square = await community(company, "square", [ana, alice, diane])
    await announced(company, diane, own_name=True)
    await diane.says("The network opens on Monday", square)
    await company.settled()
    await company.stop()
    await ana.says("Sur quels téléphones ?", square, reply_to="The network opens")
    company.clock.advance(hours=12)  # ten in the evening
    await company.start()
    await company.settled()
    await ana.is_not_told("Faut-il l’envoyer")
    company.clock.advance(hours=11.5)
    await ana.is_told("Faut-il l’envoyer")
    await company.stop()
    await alice.says("Who reads it?", square, reply_to="The network opens")
    company.clock.advance(hours=25)
    await company.start()
    await company.settled()
    await alice.is_not_told("Shall it be sent")
    assert [each.kind for each in await company.rows(Promise) if "ask.pass" in each.body or each.kind == OFFER] == [
        OFFER
    ]


@pytest.mark.parametrize("where", ["memory"])
async def test_nobody_has_another_ones_words_carried(
    company: Company, press_room: str, ana: Human, bob: Human, diane: Human
) -> None:
    await announced(company, diane, own_name=False)
    room = await company.town.room("private", [ana], private=True)
    await ana.says("What do I earn?", room)
    await company.settled()
    (message,) = [each.id for each in company.town.server.rooms[room].messages.values()]  # type: ignore[attr-defined]
    await bob.types(f"ask pass named 1 {room} {message} {message} room")
    await bob.is_told("This can no longer be sent from here")
    await bob.types("ask pass whatever")
    await company.settled()
    assert await company.rows(Question) == []


@pytest.mark.parametrize("where", FIRST_PLAINLY)
@pytest.mark.parametrize("moment", ["acted", pytest.param("after", marks=pytest.mark.slow)])
async def test_a_question_is_sent_once_though_the_bot_dies_while_it_reads_it(
    company: Company, press_room: str, ana: Human, bob: Human, diane: Human, moment: str
) -> None:
    await announced(company, diane, own_name=False)
    await delivered(company, ana)
    await ana.says("Sur quels téléphones ?", reply_to="On Monday.")
    await ana.is_told("Faut-il l’envoyer")
    company.dies_at(f"launch.question.read.{moment}")
    await ana.presses("L’envoyer avec mon nom", near="Faut-il l’envoyer")
    await company.killed()
    company.clock.advance(seconds=15)
    await company.restart()
    await ana.is_told("est envoyée à l’entourage de diane")
    await bob.is_told("Question 1 for diane", press_room)
    await company.settled()
    assert len(await company.rows(Question)) == 1
    for human, room, text in ((ana, None, "est envoyée"), (bob, press_room, "Question 1")):
        assert len([each for each in await human.reads(room) if text in each]) == 1
