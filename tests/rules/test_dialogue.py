"""A form asked line by line: what a line means, and what is said next."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot import dialogue
from bot.dialogue import REVIEW, Cancelled, Heard, Sent, State, Turned, Unclear
from bot.say import Ask, Line, Names, Question, Say, Term
from bot.words import Reader, Words

WORDS = Words([Path("bot/locales"), Path("nudges/communities/locales")])
LABELS = {"public": "Publique", "private": "Privée"}
NAME = Question(name="name", max_length=20)
KIND = Question(name="kind", kind="choice", options=("public", "private"))
LEAD = Question(name="lead", kind="people", required=False)
WHERE = Question(name="where", kind="choice", options=("c-1", "c-2"), labels={"c-1": "Court", "c-2": "Roof"})

CHOOSE = Line(id="dialogue-choose", args={"options": Names(names=("1. Publique", "2. Privée"))})


def ask(*questions: Question, review: bool = False) -> Ask:
    return Ask(id="garden.bed", questions=questions or (NAME, KIND, LEAD), review=review)


def hear(state: State, text: str) -> Heard:
    return dialogue.hear(state, text, LABELS.__getitem__)


def answered(state: State, text: str) -> State:
    """The state after a right answer."""
    heard = hear(state, text)
    assert isinstance(heard, State), heard
    return dialogue.onward(heard)


def ids(said: Say) -> list[str]:
    return [line.id for line in said.lines]


def filled(**values: str) -> State:
    """A review of these values."""
    asked = tuple(replace_value(each, values.get(each.name, "")) for each in (NAME, KIND, LEAD))
    return dialogue.begin(ask(*asked, review=True))


def replace_value(question: Question, value: str) -> Question:
    return question.model_copy(update={"value": value})


# ---------------------------------------------------------------- from question to question


def test_questions_are_asked_one_after_another_and_the_last_answer_completes() -> None:
    state = dialogue.begin(ask())
    assert state.question == NAME
    state = answered(state, "  Roses ")
    assert state.question == KIND
    state = answered(state, "1")
    assert state.question == LEAD
    assert not dialogue.complete(state)
    state = answered(state, "-")
    assert dialogue.complete(state)
    assert state.answers == {"name": "Roses", "kind": "public", "lead": ""}


def test_what_is_known_already_is_not_asked() -> None:
    state = dialogue.begin(ask(replace_value(NAME, "Roses"), KIND, LEAD))
    assert state.question == KIND
    state = dialogue.begin(ask(NAME, replace_value(KIND, "private"), LEAD))
    assert answered(state, "Roses").question == LEAD


def test_the_id_of_an_exchange_stays_with_it_and_marks_its_choices() -> None:
    state = replace(dialogue.begin(ask()), id=7)
    assert [pick.value for pick in dialogue.speak(state).choices] == ["7"]
    state = answered(answered(answered(state, "Roses"), "1"), "-")
    assert [pick.value for pick in dialogue.speak(state).choices] == ["7", "7"]
    assert {pick.value for pick in dialogue.speak(dialogue.begin(ask())).choices} == {""}


# ---------------------------------------------------------------- options


@pytest.mark.parametrize("typed", ["2", "2.", "(2)", "2)", "private", "PRIVATE", "Privée", "privee", " privée "])
def test_an_option_is_chosen_by_number_value_or_label(typed: str) -> None:
    state = dialogue.begin(ask(KIND))
    heard = hear(state, typed)
    assert isinstance(heard, State)
    assert heard.answers["kind"] == "private"


def test_an_option_with_a_text_of_its_own_is_chosen_by_it() -> None:
    heard = hear(dialogue.begin(ask(WHERE)), "roof")
    assert isinstance(heard, State)
    assert heard.answers["where"] == "c-2"


@pytest.mark.parametrize("typed", ["0", "3", "secret", "1 2", "-"])
def test_what_is_no_option_is_asked_again(typed: str) -> None:
    heard = hear(dialogue.begin(ask(KIND)), typed)
    assert heard == Unclear(CHOOSE)


# ---------------------------------------------------------------- texts


@pytest.mark.parametrize("typed", ["-", "skip", "none", "Passer", "aucun", "aucune"])
def test_what_is_not_required_can_be_skipped_in_both_languages(typed: str) -> None:
    heard = hear(dialogue.begin(ask(LEAD)), typed)
    assert isinstance(heard, State)
    assert heard.answers["lead"] == ""


def test_a_text_as_long_as_there_is_room_is_taken_and_a_longer_one_is_not() -> None:
    state = dialogue.begin(ask(NAME))
    assert isinstance(hear(state, "x" * 20), State)
    assert hear(state, "x" * 21) == Unclear(Line(id="dialogue-too-long", args={"limit": 20, "length": 21}))


def test_an_empty_line_is_no_answer() -> None:
    assert hear(dialogue.begin(ask(NAME)), "   ") == Unclear(Line(id="dialogue-empty"))


def test_people_are_kept_as_they_were_typed_until_their_names_are_looked_up() -> None:
    heard = hear(dialogue.begin(ask(LEAD)), "Bob Martin, U2")
    assert isinstance(heard, State)
    assert heard.answers["lead"] == "Bob Martin, U2"


@pytest.mark.parametrize("typed", ["cancel", "Cancel ", "annuler", "ANNULER", "annule", "stop"])
@pytest.mark.parametrize("state", [dialogue.begin(ask()), filled(name="Roses", kind="public")])
def test_anything_can_be_cancelled_in_both_languages(state: State, typed: str) -> None:
    assert isinstance(hear(state, typed), Cancelled)


# ---------------------------------------------------------------- review


@pytest.mark.parametrize("typed", ["ok", "OK", "send", "yes", "oui", "envoyer", "valider"])
def test_a_review_is_sent_in_both_languages(typed: str) -> None:
    assert isinstance(hear(filled(name="Roses", kind="public"), typed), Sent)


def test_words_that_send_a_review_are_an_answer_elsewhere() -> None:
    heard = hear(dialogue.begin(ask(NAME)), "ok")
    assert isinstance(heard, State)
    assert heard.answers["name"] == "ok"


@pytest.mark.parametrize(
    ("typed", "name", "value"),
    [
        ("1 Tulips and more", "name", "Tulips and more"),
        ("1. Tulips", "name", "Tulips"),
        ("1: Tulips", "name", "Tulips"),
        ("2 privée", "kind", "private"),
        ("2 2", "kind", "private"),
        ("3 -", "lead", ""),
        ("1 cancel", "name", "cancel"),
    ],
)
def test_a_line_of_a_review_is_corrected_by_its_number(typed: str, name: str, value: str) -> None:
    state = filled(name="Roses", kind="public", lead="U1")
    after = answered(state, typed)
    assert after.question is None
    assert after.answers == {**state.answers, name: value}


def test_a_number_alone_asks_that_question_and_comes_back_to_the_review() -> None:
    heard = hear(filled(name="Roses", kind="public"), "2")
    assert isinstance(heard, Turned)
    assert heard.state.question is not None
    assert heard.state.question.name == "kind"
    assert heard.state.answers["kind"] == "public"
    assert answered(heard.state, "private").question is None


@pytest.mark.parametrize("typed", ["0", "4 x", "Tulips", "-1 x", "\u00b2 x", "1.5 x"])
def test_what_corrects_nothing_is_explained(typed: str) -> None:
    heard = hear(filled(name="Roses", kind="public"), typed)
    assert heard == Unclear(Line(id="dialogue-review-unclear", args={"count": 3}))


def test_a_correction_must_be_an_answer_too() -> None:
    assert hear(filled(name="Roses", kind="public"), "2 maybe") == Unclear(CHOOSE)


# ---------------------------------------------------------------- what is said


def test_the_title_comes_once_and_each_question_says_how_to_answer() -> None:
    state = dialogue.begin(ask())
    assert ids(dialogue.speak(state)) == [
        "form-garden-bed.title",
        "dialogue-question",
        "field-garden-bed-name.hint",
        "dialogue-how",
    ]
    state = answered(state, "Roses")
    assert ids(dialogue.speak(state)) == ["dialogue-question", "dialogue-option", "dialogue-option", "dialogue-how"]
    state = answered(state, "1")
    assert ids(dialogue.speak(state))[-1] == "dialogue-how-optional"


@pytest.mark.parametrize(
    ("language", "typed", "read"),
    [
        ("en", "2030-08-31", "Saturday 31 August 2030"),
        ("fr", "2030-08-31", "samedi 31 août 2030"),
        ("fr", "31/08/2030", "31/08/2030"),
    ],
)
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Paris"])
def test_a_day_is_read_in_ones_language_and_is_the_same_day_everywhere(
    language: str, typed: str, read: str, zone: str
) -> None:
    day = Question(name="until", kind="date", value=typed)
    said = dialogue.speak(dialogue.begin(Ask(id="community.deputy", questions=(day,), review=True)))
    (line,) = [line for line in said.lines if line.id == "dialogue-review-field"]
    assert WORDS.text(Reader(language, zone), line.id, line.args).endswith(read)


def test_people_on_a_review_are_called_by_their_names() -> None:
    lead = LEAD.model_copy(update={"value": "U1 U2", "labels": {"U1": "Ana (U1)"}})
    said = dialogue.speak(dialogue.begin(ask(lead, review=True)))
    assert [line.args["value"] for line in said.lines if line.id == "dialogue-review-field"] == [
        Names(names=("Ana (U1)", "U2"))
    ]


def test_what_was_put_aside_is_said_first_with_the_way_back() -> None:
    said = dialogue.speak(replace(dialogue.begin(ask()), aside="garden.tree"), opening=True)
    assert ids(said)[0] == "dialogue-aside"
    assert said.lines[0].args == {"form": Term(term="form-garden-tree.title")}
    assert [pick.action for pick in said.choices] == [dialogue.CANCEL, dialogue.RESUME]


@pytest.mark.parametrize(("typed", "wanted"), [(" Resume", True), ("reprendre", True), ("resume it", False)])
def test_what_was_put_aside_is_asked_for_in_both_languages(typed: str, *, wanted: bool) -> None:
    assert dialogue.resumes(typed) is wanted


@pytest.mark.parametrize(("language", "typed"), [("en", ["ok 7", "cancel 7"]), ("fr", ["ok 7", "annuler 7"])])
def test_choices_of_an_exchange_are_typed_in_words_that_people_know(language: str, typed: list[str]) -> None:
    words = Words([Path("bot/locales"), Path("nudges/communities/locales")])
    for each, names in dialogue.TYPED.items():
        words.call(names, each)
    day = Question(name="until", kind="date", value="2030-08-31")
    state = replace(dialogue.begin(Ask(id="community.deputy", questions=(day,), review=True)), id=7)
    message = words.message(dialogue.speak(state), Reader(language, ""))
    assert [choice.typed for choice in message.choices] == typed


def test_what_was_wrong_is_said_before_the_question_is_asked_again() -> None:
    said = dialogue.speak(dialogue.begin(ask()), Line(id="dialogue-empty"))
    assert ids(said)[:2] == ["dialogue-empty", "dialogue-question"]
    assert "form-garden-bed.title" not in ids(said)


def test_a_review_shows_every_value_as_it_is_read() -> None:
    asked = (replace_value(NAME, "Roses"), replace_value(KIND, "private"), LEAD, replace_value(WHERE, "c-2"))
    said = dialogue.speak(dialogue.begin(ask(*asked, review=True)))
    values = [line.args["value"] for line in said.lines if line.id == "dialogue-review-field"]
    assert values == [
        Term(term="plain", args={"text": "Roses"}),
        Term(term="option-private"),
        Term(term="plain", args={"text": "Roof"}),
    ]
    (left,) = [line for line in said.lines if line.id == "dialogue-review-empty"]
    assert left.args["fields"] == Names(
        names=(
            Term(
                term="dialogue-review-left-out",
                args={"number": 3, "field": Term(term="field-garden-bed-lead.label")},
            ),
        )
    ), "what says nothing takes one line, with the numbers by which it is filled"
    assert [pick.action for pick in said.choices] == [dialogue.SEND, dialogue.CANCEL]
    assert dialogue.begin(ask(*asked, review=True)).position == REVIEW
