"""What is told of a launch day while it goes on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nudges.launch.live.rules import Counts, Told, read, step, told

K = 5


def counted(joined: int, *, of: int = 100, questions: int = 0, **delivered: int) -> Counts:
    return Counts(of, {"joined": joined}, delivered, questions)


def test_people_are_told_in_steps_and_never_all_of_them() -> None:
    assert [step(count, 100, K) for count in (0, 4, 5, 9, 10, 99, 100)] == [0, 0, 5, 5, 10, 95, 95]
    assert [step(count, 12, K) for count in (4, 5, 12)] == [0, 5, 5], "of twelve, five or all twelve look the same"
    assert [step(count, of, K) for count, of in ((4, 4), (5, 5), (9, 9))] == [0, 0, 0], "of few, nothing"


def test_a_figure_moves_on_only_when_so_many_more_did_it() -> None:
    first = told(Told(), counted(9), K)
    assert first.people == {"joined": 5}
    second = told(first, counted(10), K)
    assert second.people == {"joined": 5}, "the tenth alone moves nothing"
    assert second.shows(first)
    assert told(second, counted(14), K).people == {"joined": 10}


@given(st.lists(st.integers(0, 4), max_size=40))
def test_between_two_figures_that_differ_lie_at_least_five_people(came: list[int]) -> None:
    before, last, count = Told(), 0, 0
    for more in came:
        count += more
        after = told(before, counted(count), K)
        if after.people != before.people and before.people:
            assert count - last >= K
        if after.people != before.people:
            last = count
        assert after.people["joined"] <= count
        before = after


def test_what_was_delivered_is_told_by_medium_from_five_up() -> None:
    shown = told(Told(), counted(0, acme=900, mail=4), K)
    assert (shown.in_all, shown.delivered) == (904, {"acme": 900})
    assert told(Told(), counted(0, mail=4), K).in_all == 0


def test_questions_may_become_fewer() -> None:
    before = told(Told(), counted(0, questions=12), K)
    assert (before.questions, told(before, counted(0, questions=3), K).questions) == (10, 0)


def test_it_is_kept_as_text() -> None:
    shown = told(Told(), counted(9, questions=7, acme=9), K)
    assert read(shown.text()) == shown
    assert read("{}") == Told()
