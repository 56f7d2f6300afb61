"""Words that the organisation would rather not use are found however they are written, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nudges.launch.renderings import PIECE, in_pieces
from nudges.launch.settings import Avoided, Settings
from nudges.launch.vocabulary import found

USUAL = Settings().avoid


def written(text: str, language: str = "") -> list[str]:
    return [each.written for each in found(text, USUAL, language)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Notre Facebook interne ouvre lundi", ["Facebook interne"]),
        ("NOS FACEBOOKS INTERNES", ["FACEBOOKS INTERNES"]),
        ("le facebook\ninterne", ["facebook\ninterne"]),
        ("un Facebook d'entreprise, un Facebook d’entreprise", ["Facebook d'entreprise"]),
        ("La phase de test commence, puis d’autres phases de tests", ["phase de test"]),
        ("our test-phase and the internal Facebook", ["test-phase", "internal Facebook"]),
        ("Facebook est une entreprise", []),
        ("une phase de testament", []),
        ("latest phase", []),
        ("", []),
    ],
)
def test_words_to_avoid_are_found(text: str, words: list[str]) -> None:
    assert written(text) == words


def test_a_language_has_its_own() -> None:
    assert written("the internal Facebook, le Facebook interne", "fr") == ["Facebook interne"]
    assert written("the internal Facebook, le Facebook interne", "en") == ["internal Facebook"]


def test_accents_make_no_difference() -> None:
    (one,) = found("Les ÉLÈVES arrivent", [Avoided(words="eleve")])
    assert (one.written, one.key) == ("ÉLÈVES", "eleve")


@given(st.text(), st.text())
def test_what_is_found_stands_there(before: str, after: str) -> None:
    text = f"{before} Facebook interne {after}"
    assert found(text, USUAL, "fr")
    assert all(each.written in text for each in found(text, USUAL))


def test_a_letter_is_shown_in_pieces_of_which_nothing_is_lost() -> None:
    text = "\n".join([*(f"{number} lines" for number in range(900)), "x" * 6000, "", "the end"])
    pieces = in_pieces(text)
    assert max(map(len, pieces)) <= PIECE
    assert "".join("\n".join(pieces).split()) == "".join(text.split())
    assert in_pieces("one line") == ["one line"]
    assert in_pieces("") == []
