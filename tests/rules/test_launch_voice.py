"""What a question is, whom it is for, and which ones look alike."""

import pytest

from nudges.launch.voice.rules import Leader, alike, groups, is_question, quotes, same, step, which, whom

LEADERS = [
    Leader(1, "Diane Martin", ("U1",)),
    Leader(2, "Paul", ("U2",)),
    Leader(3, "Paula Ott", ("@paula:acme.test",)),
]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("When does it open?", True),
        ("Quand ouvre-t-il ?", True),
        ("Thank you.", False),
        ("https://example.org/a?b=c", False),
        ("Look at https://example.org/a?b=c, is it true?", True),
        ("", False),
    ],
)
def test_a_question_has_its_mark_and_not_in_a_link_alone(text: str, is_one: bool) -> None:
    assert is_question(text) is is_one


@pytest.mark.parametrize(
    ("line", "person", "rest"),
    [
        ("@U1 When?", 1, "When?"),
        ("U2 When?", 2, "When?"),
        ("@paula:acme.test: When?", 3, "When?"),
        ("Diane Martin, when?", 1, "when?"),
        ("@diane martin when?", 1, "when?"),
        ("@Diane when?", 1, "when?"),
        ("@diané when?", 1, "when?"),
        ("@Paul when?", 2, "when?"),
        ("Paula Ott when?", 3, "when?"),
        ("@nobody when?", None, "@nobody when?"),
        ("Diane, when?", None, "Diane, when?"),
        ("", None, ""),
        ("@", None, "@"),
    ],
)
def test_whom_a_line_is_for(line: str, person: int | None, rest: str) -> None:
    leader, left = whom(line, LEADERS)
    assert (leader.person if leader else None, left) == (person, rest)


def test_a_first_name_that_two_have_is_nobodys() -> None:
    twice = [Leader(1, "Diane Martin"), Leader(2, "Diane Ott")]
    assert whom("@diane when?", twice) == (None, "@diane when?")


QUESTIONS = {
    1: "When does the network open?",
    2: "When will our new network open, and where?",
    3: "Is the network opening on Monday?",
    4: "Will the canteen close?",
    5: "Why?",
    6: "Quand le réseau ouvre-t-il ?",
    7: "À quelle date ouvre le réseau ?",
    8: "Will our messages be read by management?",
    9: "Who reads our messages?",
}


@pytest.mark.parametrize(("number", "found"), [(1, [2, 3]), (4, []), (5, []), (6, [7]), (7, [6]), (8, [9]), (9, [8])])
def test_questions_that_look_alike(number: int, found: list[int]) -> None:
    others = {each: text for each, text in QUESTIONS.items() if each != number}
    assert alike(QUESTIONS[number], others) == found


def test_the_same_words_are_the_same_question() -> None:
    assert same("When does it open?", "when DOES it  open ?!")
    assert not same("When does it open?", "When does it close?")


def test_what_is_answered_together() -> None:
    assert groups([(1, None), (2, 1), (3, None), (5, 1)]) == {1: [1, 2, 5], 3: [3]}


@pytest.mark.parametrize(("age", "times"), [(0, 0), (4, 0), (5, 1), (9, 1), (10, 2)])
def test_an_office_is_reminded_once_for_each_time(age: int, times: int) -> None:
    assert step(age, 5) == times


LONG = (
    "The network opens on Monday. It is there to work: to ask whoever knows, in the open, what is now asked in twenty "
    "mails, and to find the answer a year later. Nobody has to be there every day."
)
TEXTS = {"1": ["On **Monday**.", "The network opens\nOn **Monday**."], "2": [LONG, f"It is there to work\n{LONG}"]}


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("The network opens on Monday", "1"),
        ("Lunch at noon", ""),
        ("The canteen opens on Monday", ""),
        ("Redundancies: I need the list", ""),
        ("", ""),
        (LONG, "2"),
        (f"Dear all,\nI am glad to tell you what we were waiting for.\n{LONG}\nSee you there, Diane", "2"),
        (LONG.replace("Monday", "Tuesday").partition("Nobody")[0], "2"),
        (
            "It is there to work. I need the figures of each department, sent by mail, a year later than due.",
            "",
        ),
    ],
)
def test_which_text_a_message_is(said: str, key: str) -> None:
    assert which(said, TEXTS) == key


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("who reads it", True),
        ("Somebody asks: who in the house reads what we write?", True),
        ("Who reads it, and why?", False),
        ("Is anybody watching?", False),
    ],
)
def test_words_of_somebody_are_not_said_as_they_wrote_them(text: str, is_one: bool) -> None:
    assert any(quotes(text, each) for each in ("Who reads it?", "Who in the house reads what we write?")) is is_one
