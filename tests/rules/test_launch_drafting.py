"""What an announcement is made from, and what its thread is told of it. Pure."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.words import Words
from nudges import NUDGES
from nudges.launch.adopting import titled
from nudges.launch.thread import difference
from storage import launch


@pytest.mark.parametrize(
    ("text", "title", "words"),
    [
        ("It opens\n\nOn Monday.", "It opens", "On Monday."),
        ("# It **opens**\nOn Monday.", "It opens", "On Monday."),
        ("It opens on Monday.", "It opens on Monday.", "It opens on Monday."),
        ("- one\n- two", "• one • two", "- one\n- two"),
        (f"{'word ' * 40}\n\nend", f"{('word ' * 15).strip()}…", f"{'word ' * 40}\n\nend"),
        ("x" * 200, "x" * 79 + "…", "x" * 200),
    ],
)
def test_the_first_line_of_a_message_is_its_title(text: str, title: str, words: str) -> None:
    assert titled(text) == (title, words)


def test_a_thread_is_told_the_lines_that_changed_and_few_of_them() -> None:
    lines = difference("Title\nOn Monday.\nBye", "Title\nOn Tuesday.\nBye")
    assert [(each.id, each.args["text"]) for each in lines] == [
        ("announce-thread-gone", "On Monday."),
        ("announce-thread-new", "On Tuesday."),
    ]
    many = difference("\n".join("abcdefgh"), "\n".join("ABCDEFGH"))
    assert (len(many), many[-1].args["count"]) == (7, 10)
    assert [each.id for each in difference("Same", "Same ")] == ["announce-thread-same"]
    assert len(str(difference("x" * 500, "y")[0].args["text"])) == 160


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_state_can_be_told(language: str) -> None:
    words = Words([Path("bot/locales"), *(nudge.catalogs for nudge in NUDGES)])
    states = {each for name, each in vars(launch).items() if name.isupper() and isinstance(each, str)}
    assert len(states) >= 11
    assert [each for each in sorted(states) if not words.has(language, f"announce-thread-{each}")] == []
