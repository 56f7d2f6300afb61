"""What a question is, whom it is for, and which ones look alike."""

import pytest

from nudges.launch.voice.rules import Leader, alike, groups, is_question, same, step, whom

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
