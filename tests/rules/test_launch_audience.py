"""Whom a text names, and what is wrong with one."""

from __future__ import annotations

import pytest

from bot.say import Line, Names
from nudges.launch.audience import Audience, Known, Place, Some, items, kept, read, split, wanted

KNOWN = Known(
    departments=("Sales", "Research and Development", "Garden"),
    communities=(Place(3, "Gardening", "gardening"), Place(4, "Garden", "garden"),
                 Place(5, "Choir", "choir", closed=True)),
    people={"@bob": (12,), "Ana Martin": (7,), "ana@example.org": (7,), "Camille": (8, 9), "@guest": ()},
    lines={"W-7": (71,), "nina@example.org": (72,), "both@example.org": (73, 74), "ana@example.org": (75,)},
    outsiders=frozenset({"@guest"}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "some"),
    [
        ("Everybody", Some(everybody=True)),
        ("tout le monde", Some(everybody=True)),
        ("sales", Some(departments=("Sales",))),
        ("Research and Development", Some(departments=("Research and Development",))),
        ("Sales and gardening", Some(departments=("Sales",), communities=(3,))),
        ("les services Sales; Research and Development", Some(departments=("Sales", "Research and Development"))),
        ("department Garden", Some(departments=("Garden",))),
        ("communauté « Garden »", Some(communities=(4,))),
        ("community: 3", Some(communities=(3,))),
        ("responsables, Animateurs", Some(roles=("lead", "animator"))),
        ("@bob\nAna Martin\nana@example.org\n", Some(people=(12, 7))),
        ("W-7, nina@example.org, @bob", Some(people=(12,), lines=(71, 72))),
        ("departments Sales, @bob", Some(departments=("Sales",), people=(12,))),
        ("", Some()),
        (" , ;\n", Some()),
    ],
)
def test_names_of_every_kind_are_read(text: str, some: Some) -> None:
    assert read(text, KNOWN) == some


@pytest.mark.parametrize(
    ("text", "why", "names"),
    [
        ("choir", "audience-closed", ("Choir",)),
        ("Garden", "audience-kinds", ("Garden",)),
        ("Camille", "audience-several", ("Camille",)),
        ("both@example.org", "audience-several", ("both@example.org",)),
        ("@guest, Nowhere", "audience-nobody", ("@guest",)),
        ("Sales, 3", "audience-unknown", ()),
    ],
)
def test_what_names_nobody_is_refused_with_its_reason(text: str, why: str, names: tuple[str, ...]) -> None:
    line = read(text, KNOWN)
    assert isinstance(line, Line)
    assert line.id == why
    said = line.args["names"]
    assert isinstance(said, Names)
    assert not names or said.names == names


def test_a_name_that_is_nearly_one_is_offered() -> None:
    line = read("Saless, Xyzzy", KNOWN)
    assert isinstance(line, Line)
    said = line.args["names"]
    assert isinstance(said, Names)
    near, unknown = said.names
    assert getattr(near, "term", "") == "audience-near"
    assert getattr(near, "args", {}) == {"name": "Saless", "near": "Sales"}
    assert getattr(unknown, "term", "") == "audience-name"


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("everybody except Sales, @bob", ("everybody", "Sales, @bob")),
        ("Tout le monde sauf Ventes", ("Tout le monde", "Ventes")),
        ("everybody", ("everybody", "")),
        ("Sans Souci", ("", "Souci")),
        ("Exceptional Sales", ("Exceptional Sales", "")),
    ],
)
def test_what_follows_except_is_left_out(text: str, both: tuple[str, str]) -> None:
    assert split(text) == both


def test_sixty_thousand_characters_are_read_and_name_nobody() -> None:
    assert isinstance(read("x" * 60_000, KNOWN), Line)
    assert isinstance(read("x, " * 20_000, KNOWN), Line)


def test_people_are_looked_up_as_they_were_written() -> None:
    assert wanted("people: Ana Martin, Bob and Zoe; everybody") == ["Ana Martin", "Bob and Zoe", "Bob", "Zoe"]
    assert [each.kind for each in items("departments Sales, Finance; community Choir")] == [
        "department", "department", "community",
    ]  # fmt: skip


def test_it_is_kept_as_it_was_said() -> None:
    said = Audience(whom=Some(departments=("Sales",), people=(7,)), but=Some(roles=("lead",)))
    assert kept(said.text()) == said
    assert kept("") is None
    assert kept('{"whom": {"planets": ["Mars"]}}') is None, "a newer version may know more"
