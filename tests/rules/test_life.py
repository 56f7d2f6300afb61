"""Which community is meant, what is near a few words, what differs outside, and what a week begins with."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.calendar import WorkingTime
from nudges.communities.life.rules import (
    Described,
    Facts,
    Kept,
    Named,
    Seen,
    differences,
    found,
    meant,
    split_two,
    to_look_at,
    week_begins,
)

PARIS = ZoneInfo("Europe/Paris")
KNOWN = [
    Named(1, "Jardin", "C1"),
    Named(2, "Jardin partagé", "!abc:home"),
    Named(12, "Méthodes de vente", "C3"),
]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Jardin to Verger", (1, "Verger")),
        ("jardin partage en Verger", (2, "Verger")),
        ("JARDIN PARTAGÉ", (2, "")),
        ("12 until 2027-01-15", (12, "2027-01-15")),
        ("#C1 @bob", (1, "@bob")),
        ("!abc:home -> Orchard", (2, "Orchard")),
        ("Methodes de vente “Vendre mieux”", (12, "Vendre mieux")),
        ("13 to Verger", (None, "13 to Verger")),
        ("Potager", (None, "Potager")),
        ("", (None, "")),
    ],
)
def test_which_community_a_line_begins_with(words: str, expected: tuple[int | None, str]) -> None:
    assert meant(words, KNOWN) == expected


def test_two_communities_in_one_line() -> None:
    assert split_two("Jardin into Jardin partagé", KNOWN) == (1, 2)
    assert split_two("Jardin into the wild", KNOWN) == (1, None)


EVERY = [
    Described(1, "Jardinage", "Partager des graines et des conseils"),
    Described(2, "Photo", "Montrer nos clichés de montagne"),
    Described(3, "Sales methods", "Negotiate better contracts"),
    Described(4, "Lyon", "Ce qui se passe à Lyon, graines de photo comprises"),
]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("jardinage", [1]),
        ("jardinnage", [1]),
        ("cliches", [2]),
        ("GRAINES", [1, 4]),
        ("photo", [2, 4]),
        ("camera", [4, 2]),
        ("contrats", [3]),
        ("negociate", [3]),
        ("plomberie", []),
        ("  ", []),
    ],
)
def test_what_a_few_words_are_about(words: str, expected: list[int]) -> None:
    assert found(words, EVERY) == expected


KEPT = Kept("Jardin", "jardin", "jardin", private=False, closed=False)


@pytest.mark.parametrize(
    ("kept", "seen", "expected"),
    [
        (KEPT, Seen("jardin", private=False, archived=False), []),
        (KEPT, Seen("verger", private=False, archived=False), ["renamed"]),
        (KEPT, Seen("jardin", private=True, archived=False), ["made-private"]),
        (KEPT, Seen("jardin", private=False, archived=True), ["archived"]),
        (KEPT, None, ["vanished"]),
        (Kept("Verger", "verger", "jardin", False, False), Seen("jardin", False, False), []),  # its title alone changed
        (Kept("Jardin", "jardin", "jardin", True, False), Seen("jardin", False, False), ["made-public"]),
        (Kept("Jardin", "jardin", "jardin", False, True), Seen("jardin", False, False), ["reopened"]),
        (Kept("Jardin", "jardin", "jardin", False, True), Seen("old", True, True), []),
        (Kept("Jardin", "jardin", "jardin", False, True), None, []),
        (Kept("Jardin", "jardin", "jardin", False, False, missing=True), None, []),
        (Kept("Jardin", "jardin", "jardin", False, False, missing=True), Seen("jardin", False, False), ["found"]),
        (KEPT, Seen("jardin", False, False, inside=False), ["put-out"]),
        (KEPT, Seen("jardin", False, True, inside=False), ["archived"]),
        (KEPT, Seen("verger", False, False, inside=False), ["renamed", "put-out"]),
        (Kept("Jardin", "jardin", "jardin", False, True), Seen("jardin", False, False, False), ["reopened"]),
        (Kept("Jardin", "jardin", "jardin", False, False, missing=True), Seen("verger", False, False, False), []),
        (Kept("Jardin", "jardin", "jardin", False, True, missing=True), Seen("jardin", False, False, False), []),
    ],
)
def test_what_happened_outside(kept: Kept, seen: Seen | None, expected: list[str]) -> None:
    assert differences(kept, seen) == expected


FRANCE = WorkingTime("Europe/Paris", holidays_country="FR")


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 11, 30, 8, 59, tzinfo=PARIS), ""),
        (datetime(2026, 11, 30, 9, 0, tzinfo=PARIS), "2026-W49"),
        (datetime(2026, 11, 30, 17, 59, tzinfo=PARIS), "2026-W49"),
        (datetime(2026, 11, 30, 18, 0, tzinfo=PARIS), ""),
        (datetime(2026, 12, 1, 9, 0, tzinfo=PARIS), ""),
        (datetime(2026, 3, 30, 9, 0, tzinfo=PARIS), "2026-W14"),  # the Monday after clocks went forward
        (datetime(2026, 3, 30, 8, 59, tzinfo=PARIS), ""),
        (datetime(2026, 10, 26, 9, 0, tzinfo=PARIS), "2026-W44"),  # the Monday after clocks went back
        (datetime(2026, 10, 26, 8, 59, tzinfo=PARIS), ""),
        (datetime(2026, 4, 6, 9, 0, tzinfo=PARIS), ""),  # Easter Monday
        (datetime(2026, 4, 7, 9, 0, tzinfo=PARIS), "2026-W15"),
        (datetime(2027, 1, 4, 9, 0, tzinfo=PARIS), "2027-W01"),
        (datetime(2026, 12, 28, 9, 0, tzinfo=PARIS), "2026-W53"),
    ],
)
def test_when_a_week_begins(at: datetime, expected: str) -> None:
    assert week_begins(at, FRANCE) == expected


def test_a_week_without_work_never_begins() -> None:
    sundays = WorkingTime("Europe/Paris", days=frozenset({6}))
    assert week_begins(datetime(2026, 11, 30, 9, tzinfo=PARIS), sundays) == ""
    assert week_begins(datetime(2026, 12, 6, 9, tzinfo=PARIS), sundays) == "2026-W49"


NOW = datetime(2026, 11, 30, 9, tzinfo=PARIS)


def facts(number: int, **more: object) -> Facts:
    usual: dict[str, object] = {
        "leaderless": None,
        "missing": None,
        "review_on": date(2027, 5, 24),
        "heard": NOW - timedelta(days=1),
        "members": 12,
    }
    return Facts(number, f"c{number}", **{**usual, **more})  # type: ignore[arg-type]


def test_three_communities_to_look_at_the_most_pressing_first() -> None:
    every = [
        facts(1),
        facts(2, heard=NOW - timedelta(weeks=9)),
        facts(3, review_on=date(2026, 11, 30)),
        facts(4, leaderless=NOW - timedelta(days=2)),
        facts(5, leaderless=NOW - timedelta(days=9)),
        facts(6, missing=NOW - timedelta(days=1)),
    ]
    looks = to_look_at(every, NOW, "Europe/Paris", timedelta(weeks=8), 5, 3)
    assert [(look.id, look.why) for look in looks] == [(6, "missing"), (5, "leaderless"), (4, "leaderless")]
    looks = to_look_at(every[:4], NOW, "Europe/Paris", timedelta(weeks=8), 5, 3)
    assert [(look.id, look.why) for look in looks] == [(4, "leaderless"), (3, "review"), (2, "unheard")]


def test_of_a_handful_of_people_nobody_hears_that_they_are_silent() -> None:
    few = facts(1, heard=NOW - timedelta(weeks=20), members=4)
    never = facts(2, heard=None)
    assert to_look_at([few, never], NOW, "Europe/Paris", timedelta(weeks=8), 5, 3) == []
