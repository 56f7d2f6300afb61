"""What each indicator is told of, over which days, and of which communities: pure."""

from __future__ import annotations

import ast
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures import OTHERS
from nudges import pulse
from nudges.pulse import rules
from nudges.pulse.report import Kind, Measure, Period
from nudges.pulse.rules import OWN, Span, shown, span, spans, tells

K = 5
DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))
KINDS: tuple[Kind, ...] = get_args(Kind)


# ---------------------------------------------------------------- periods


@pytest.mark.parametrize(
    ("period", "day", "since", "until"),
    [
        ("day", date(2026, 3, 29), date(2026, 3, 29), date(2026, 3, 29)),  # 23 hours long in Paris
        ("week", date(2026, 3, 29), date(2026, 3, 23), date(2026, 3, 29)),
        ("week", date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 3)),  # the 53rd week of 2026
        ("week", date(2024, 12, 30), date(2024, 12, 30), date(2025, 1, 5)),  # the first week of 2025
        ("month", date(2028, 2, 1), date(2028, 2, 1), date(2028, 2, 29)),
        ("month", date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_day_is_in_one_period(period: Period, day: date, since: date, until: date) -> None:
    assert span(period, day) == Span(since, until)


def test_weeks_are_those_of_iso_8601() -> None:
    day = date(2019, 12, 1)
    while day < date(2029, 1, 15):
        found = span("week", day)
        assert {each.isocalendar()[:2] for each in (found.since, day, found.until)} == {day.isocalendar()[:2]}
        day += timedelta(days=1)


@given(st.sampled_from(["day", "week", "month"]), DAYS, st.integers(0, 800))
def test_periods_follow_one_another_and_cover_what_was_asked(period: Period, since: date, length: int) -> None:
    until = since + timedelta(days=length)
    found = spans(period, since, until)
    assert found[0].since <= since <= found[0].until
    assert found[-1].since <= until <= found[-1].until
    assert all(after.since - before.until == timedelta(days=1) for before, after in pairwise(found))


def test_nothing_is_between_a_day_and_the_one_before() -> None:
    assert spans("week", date(2026, 11, 24), date(2026, 11, 23)) == []


# ---------------------------------------------------------------- which communities are shown


def some(first: int, number: int) -> set[int]:
    return set(range(first, first + number))


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({1: some(0, 5), 2: some(5, 9)}, {1: OWN, 2: OWN}),
        ({1: some(0, 9), 2: some(9, 3), 3: some(12, 2)}, {1: OWN, 2: OTHERS, 3: OTHERS}),
        ({1: some(0, 9), 2: some(9, 6), 3: some(15, 4)}, {1: OWN, 2: OTHERS, 3: OTHERS}),
        # Two of four people each are four people if they are the same ones.
        ({1: some(0, 9), 2: some(20, 4), 3: some(20, 4)}, {1: OTHERS, 2: OTHERS, 3: OTHERS}),
        ({1: some(0, 4)}, {}),
        ({1: some(0, 4), 2: set()}, {}),
        ({1: some(0, 5), 2: set()}, {1: OTHERS, 2: OTHERS}),
        ({}, {}),
    ],
)
def test_communities_too_small_to_be_shown_are_put_together(
    members: dict[int, set[int]], expected: dict[int, str]
) -> None:
    assert shown(members, K) == expected


@given(st.dictionaries(st.integers(1, 9), st.sets(st.integers(1, 14), max_size=9), max_size=9))
def test_whatever_is_told_is_about_five_people_at_least(members: dict[int, set[int]]) -> None:
    names = shown(members, K)
    together = {person for each, name in names.items() if name == OTHERS for person in members[each]}
    assert not together or len(together) >= K
    assert all(len(members[each]) >= K for each, name in names.items() if name == OWN)
    if names.keys() != members.keys():
        assert names == {}, "either all are told of, or none can be"
        assert len(set().union(*members.values())) < K


# ---------------------------------------------------------------- what is told of whom


def test_every_measure_is_told_of_somebody_and_has_a_definition() -> None:
    measures: tuple[Measure, ...] = get_args(Measure)
    assert set(measures) == {"population", *rules.PEOPLE, *rules.EVENTS, *rules.BALANCE}
    for measure in measures:
        assert tells(measure, "all")
    assert [kind for kind in KINDS if tells("posts", kind)] == ["all", "community", "phase", "objective"]
    assert [kind for kind in KINDS if tells("active", kind)] == ["all", "department", "community"]
    assert [kind for kind in KINDS if tells("activated", kind)] == ["all", "department"]
    assert [kind for kind in KINDS if tells("population", kind)] == ["all", "department", "community"]
    assert [kind for kind in KINDS if tells("interest", kind)] == ["all"]


def test_definitions_say_of_whom_and_the_window() -> None:
    assert rules.definition("active", "department", 28).term == "pulse-is-active"
    assert rules.definition("active", "community", 28).term == "pulse-is-active-there"
    assert rules.definition("posts", "community", 28).term == "pulse-is-posts"
    assert dict(rules.definition("adopting", "all", 28).args) == {"days": 28}


# ---------------------------------------------------------------- one way to every figure

SHOWING = {
    "asking": set(), "drawing": set(), "export": set(), "gauging": set(), "page": set(), "report": set(),
    "rules": set(), "viewing": set(), "naming": {"OPENED", "is_nameless"}, "verbs": {"beside"},
}  # fmt: skip
"""What shows figures, and what it takes of the store: words, and what other tools counted; no figure of ours."""


@pytest.mark.parametrize("name", SHOWING)
def test_what_shows_figures_reads_no_rows_of_them(name: str) -> None:
    """A view that could read rows would be a way around the smallest group: all of them go through `reading`."""
    tree = ast.parse((Path(pulse.__file__).parent / f"{name}.py").read_text("utf-8"))
    taken = set()
    for each in ast.walk(tree):
        names = {alias.name for alias in each.names} if isinstance(each, ast.Import | ast.ImportFrom) else set()
        module = each.module if isinstance(each, ast.ImportFrom) else "".join(names)
        if (module or "").startswith(("storage", "sqlmodel", "sqlalchemy")):
            taken |= names
    assert taken == SHOWING[name]
