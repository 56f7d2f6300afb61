"""Who gets an announcement first, what is told of how far it is, and what is told of nobody."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.nudge import Told
from nudges.launch import progress, waves
from nudges.launch.progress import Progress
from nudges.launch.reasons import reason
from storage.launch import Announcement
from storage.launching import Counted

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MAIL = {"mail"}


@pytest.mark.parametrize(
    ("people", "percent", "start", "few"),
    [(39, 5, 40, 0), (40, 5, 40, 2), (41, 5, 40, 3), (10_000, 5, 40, 500), (3, 5, 2, 1), (100, 0, 40, 0)],
)
def test_the_first_wave_is_a_share_of_enough_people(people: int, percent: int, start: int, few: int) -> None:
    assert waves.first(people, percent, start) == few


def test_the_draw_stays_when_others_come_and_go_and_differs_from_one_announcement_to_the_next() -> None:
    told = [Told(person) for person in range(1, 101)]
    order = [each.person for each in waves.drawn(told, 7)]
    assert sorted(order) == list(range(1, 101))
    fewer = [each.person for each in waves.drawn(told[10:], 7)]
    assert fewer == [each for each in order if each > 10]
    assert [each.person for each in waves.drawn([*told, *told], 7)] == order, "each once"
    assert [each.person for each in waves.drawn(told, 8)] != order


def test_who_has_a_promise_is_passed_over_and_the_first_wave_does_not_grow_after_a_kill() -> None:
    people = waves.drawn([Told(person) for person in range(1, 101)], 7)
    first = [each.person for each in waves.left(people, set(), waves.FEW, 5)]
    assert first == [each.person for each in people[:5]]
    assert [each.person for each in waves.left(people, set(first[:3]), waves.FEW, 5)] == first[3:]
    newcomer = [Told(1000), *people]
    assert waves.left(newcomer, set(first), waves.FEW, 5) == [], "five it was, five it stays"
    others = waves.left(newcomer, set(first), waves.ALL, 5)
    assert {each.person for each in others} == ({1000} | set(range(1, 101))) - set(first)


@pytest.mark.parametrize(
    ("error", "platform", "told"),
    [
        ("bounced:5.1.1", "mail", "bounced"),
        ("refused:bounced", "acme", "bounced"),
        ("550", "mail", "refused"),
        ("unreachable:timeout", "acme", "unreachable"),
        ("deferred:451", "mail", "unreachable"),
        ("words:ValidationError", "acme", "words"),
        ("no_account", "", "account"),
        ("declined", "chat", ""),
        ("banned", "chat", ""),
    ],
)
def test_faults_of_machines_are_told_and_what_people_did_is_not(error: str, platform: str, told: str) -> None:
    assert reason(error, platform, MAIL) == told


def _counted(*rows: tuple[str, str, str, bool, int]) -> Progress:
    return progress.counted([Counted(*row) for row in rows], [], MAIL)


def test_a_wish_a_refusal_and_an_hour_are_one_number() -> None:
    sent = ("acme", "sent", "", False, 90)
    late = _counted(sent, ("acme", "later", "hours", True, 3), ("mail", "dead", "bounced:5.1.1", False, 2))
    stopped = _counted(sent, ("acme", "dropped", "not_now", False, 3), ("mail", "dead", "bounced:5.1.1", False, 2))
    declined = _counted(sent, ("acme", "dead", "declined", False, 3), ("mail", "dead", "bounced:5.1.1", False, 2))
    assert [(each.reached, each.lost, each.others) for each in (late, stopped, declined)] == [(90, 2, 3)] * 3
    made = _announcement(people=95, wave=waves.ALL)
    assert progress.lines(made, late, 5) == progress.lines(made, stopped, 5) == progress.lines(made, declined, 5)


def test_of_few_people_no_figure_is_told() -> None:
    made = _announcement(people=4, wave=waves.ALL)
    one = progress.lines(made, _counted(("acme", "sent", "", False, 4)), 5)
    other = progress.lines(made, _counted(("acme", "sent", "", False, 3), ("acme", "dropped", "not_now", False, 1)), 5)
    assert one == other
    assert "announce-live-few" in [each.id for each in one]


def test_long_afterwards_it_is_said_that_the_figures_are_gone() -> None:
    made = _announcement(people=95, wave=waves.ALL, planned=waves.ALL).model_copy(update={"state": "sent"})
    assert "announce-live-forgotten" in [each.id for each in progress.lines(made, _counted(), 5)]
    assert "announce-live-delivered" in [
        each.id for each in progress.lines(made, _counted(("acme", "sent", "", False, 94)), 5)
    ]


def test_what_one_person_changes_is_seen_in_no_figure() -> None:
    said = []
    for refused in (1, 2):
        found = _counted(("acme", "sent", "", False, 6 - refused), ("acme", "dropped", "not_now", False, refused))
        said.append(progress.lines(_announcement(people=6, wave=waves.ALL), found, 5))
    assert said[0] == said[1]


@pytest.mark.parametrize(
    ("row", "in_hand", "waits"),
    [
        (("acme", "going", "", False, 1), True, True),
        (("acme", "todo", "", False, 1), True, True),
        (("mail", "todo", "deferred:451", True, 1), False, True),  # tried again later
        (("acme", "later", "opening", True, 1), True, True),  # waits for its turn
        (("acme", "later", "hours", True, 1), False, True),
        (("acme", "sent", "", False, 1), False, False),
        (("acme", "dropped", "not_now", False, 1), False, False),
    ],
)
def test_what_is_in_hand_is_told_from_what_waits(
    row: tuple[str, str, str, bool, int], in_hand: bool, waits: bool
) -> None:
    found = _counted(row)
    assert (found.in_hand, found.waits) == (in_hand, waits)


def test_what_cannot_be_taken_back_is_told_by_medium() -> None:
    sent = [Counted("acme", "sent", "", False, 60), Counted("mail", "sent", "", False, 30)]
    gone = [
        Counted("acme", "sent", "", False, 50),
        Counted("acme", "todo", "", False, 8),
        Counted("acme", "dead", "edit_window_closed", False, 2),
    ]
    found = progress.counted(sent, gone, MAIL)
    left = {("acme", "refused"): 2, ("mail", "fixed"): 30}
    assert (found.removed, found.left, found.removing) == ({"acme": 50}, left, True)
    gone = [Counted("acme", "sent", "replaced", False, 57), Counted("acme", "dead", "unreachable:timeout", False, 3)]
    found = progress.counted(sent, gone, MAIL)
    assert (found.removed, found.replaced) == ({}, {"acme": 57})
    assert found.left == {("acme", "unreachable"): 3, ("mail", "fixed"): 30}


def test_who_can_be_told_now_comes_first_in_the_first_wave() -> None:
    people = waves.drawn([Told(person) for person in range(1, 101)], 7)
    last = [each.person for each in people[-3:]]
    first = [each.person for each in waves.left(people, set(), waves.FEW, 5, last)]
    assert first == [*last, *(each.person for each in people[:2])]
    assert waves.left(people, set(first), waves.FEW, 5, last) == []


def _announcement(**more: int) -> Announcement:
    about = {"id": 3, "owner_id": 1, "speaker_id": 2, "created_at": NOW, "changed_at": NOW, "begun_at": NOW}
    return Announcement.model_validate({**about, **more, "state": "sending"})
