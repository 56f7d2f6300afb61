"""What is printed: texts stand there as they are, codes lead where they say, and pages can be read out."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markdown import read
from bot.paper import Document, Piece, Sheet, pictures, typeset
from bot.paper.codes import LONGEST, drawn
from bot.paper.sheets import together
from bot.paper.wording import cleaned
from tests.printed import PPI, about, codes, pages, words

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
READ_OUT = b"pdfuaid"
"""What a file holds that says it can be read out (ISO 14289-1, 5)."""

HOSTILE = (
    '#import "@preview/x:1.0.0": *', '#include "/etc/passwd"', '#read("/etc/passwd")', "#sys.inputs", "#panic()",
    "@ref <label> $x^2$ \\ \\u{41} `raw` ``` * _ ~ -- --- = / + - 'quoted' \"quoted\"",
    "[a] {b} (c) // gone /* gone */",
    "#let x = 1; #x", "#set page(width: 1pt)", "https://example.org/#anchor", "]#panic()[", '"); panic("',
)  # fmt: skip


def document(*pieces: Piece, language: str = "en", title: str = "Title") -> Document:
    return Document(title=title, language=language, sheets=(Sheet(pieces=pieces),))


def rich(text: str, language: str = "en") -> Document:
    return document(Piece(kind="title", text="Title"), Piece(kind="rich", rich=read(text).blocks), language=language)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_write_is_never_markup(text: str) -> None:
    """In each place where a text can stand."""
    every = (
        Piece(kind="title", text=text), Piece(kind="heading", text=text), Piece(kind="text", text=text),
        Piece(kind="note", text=text), Piece(kind="code", text=text, url="https://example.org/"),
    )  # fmt: skip
    made = typeset(Document(title=text, language="en", sheets=(Sheet(pieces=every, foot=text),)), AT)
    said = words(made).replace("-- -", "---").replace(" ", "")
    assert said.count(text.replace(" ", "")) == 6, said
    assert about(made)[0] == text
    assert READ_OUT in made


def test_markdown_keeps_its_structure_and_loses_no_word() -> None:
    made = typeset(
        rich(
            "# First\n\n#### deep\n\nA **bold *both* ~~gone~~** `#code` [words](https://example.org/a?b=1#c)\nnext\n\n"
            "- one\n  - two\n    1. three\n       > quoted\n\n5. five\n\n```py\nx = #1  # y\n```\n\n---\n\n> end"
        ),
        AT,
    )
    said = words(made)
    for each in ("First", "deep", "bold both gone", "#code", "words (https://example.org/a?b=1#c)", "next"):
        assert each in said
    for each in ("one", "two", "1. three", "quoted", "5. five", "x = #1 # y", "end"):
        assert each in said
    assert READ_OUT in made


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("> " * 38 + "deep", "deep"),
        ("".join(f"{'  ' * level}- x{level}\n" for level in range(18)), "x17"),
        ("word #x $y$ " * 900, "word #x $y$"),
        ("a" * 10_000, "aaaa"),
        ("line\n" * 1_000, "line"),
        ("", "Title"),
        ("**" * 500, "Title"),
    ],
    ids=["quotes", "lists", "words", "letters", "lines", "nothing", "marks"],
)
def test_whatever_its_length_or_depth_it_is_set(text: str, kept: str) -> None:
    made = typeset(rich(text), AT)
    assert kept in words(made)
    assert READ_OUT in made


def test_words_that_run_from_right_to_left_are_set_and_nothing_turns_others_around() -> None:
    made = typeset(rich("before \u202e hidden \u2066 after\x00 שלום מרחבא end"), AT)
    said = words(made)
    assert "before hidden after" in said
    assert {"שלום", "םולש"} & set(said.split()), "as it is read, or as it is drawn"
    assert not {"\u202e", "\u2066", "\x00"} & set(said)


def test_a_sign_that_no_letters_have_leaves_a_box_and_the_rest_is_set() -> None:
    made = typeset(rich("A word \U0001f9a5 and \ud800 another"), AT)
    assert "A word" in words(made)
    assert "another" in words(made)


def test_french_marks_stay_beside_their_words_and_code_is_left_alone() -> None:
    assert (
        cleaned("Vraiment ? « oui » ; 5 % : a ?b", "fr")
        == "Vraiment\u00a0? «\u00a0oui\u00a0»\u00a0; 5\u00a0%\u00a0: a ?b"
    )
    assert cleaned("Really ? « yes »", "en") == "Really ? « yes »"
    made = typeset(rich("Vraiment ? `a ? b`", "fr"), AT)
    assert about(made) == ("Title", "fr")


def test_a_code_leads_where_it_says() -> None:
    """As a telephone reads it from the page, and never without the words that say the same."""
    urls = ["https://matrix.to/#/!abc:example.org?via=example.org", "https://slack.com/app_redirect?channel=C012"]
    made = document(
        Piece(kind="title", text="Codes"), *(Piece(kind="code", text=f"Room {url[-3:]}", url=url) for url in urls)
    )
    assert sorted(codes(pictures(made, PPI))) == sorted(urls)
    said = words(typeset(made, AT)).replace(" ", "")
    assert all(url in said for url in urls)


def test_an_address_too_long_for_a_code_stands_alone() -> None:
    assert drawn(f"https://example.org/{'x' * LONGEST}") == ""
    assert drawn("https://example.org/").startswith("<svg ")
    long = document(Piece(kind="code", text="Far", url=f"https://example.org/{'x' * LONGEST}"))
    assert "Far" in words(typeset(long, AT))


def test_each_sheet_begins_a_page_that_is_numbered_anew() -> None:
    sheets = tuple(
        Sheet(pieces=(Piece(kind="title", text=name), Piece(kind="text", text="word\n" * 60)), foot=f"for {name}")
        for name in ("One", "Two")
    )
    found = pages(typeset(Document(title="x", language="en", sheets=sheets), AT))
    assert [each.rsplit(" ", 3)[1:] for each in found] == [
        ["for", "One", "1"], ["for", "One", "2"], ["for", "Two", "1"], ["for", "Two", "2"],
    ]  # fmt: skip


async def test_others_go_on_while_it_is_set() -> None:
    work = asyncio.ensure_future(asyncio.to_thread(typeset, rich("`a` " * 2_000), AT))
    turns = 0
    while not work.done():
        await asyncio.sleep(0.001)
        turns += 1
    assert turns > 3
    assert work.result()


def test_the_same_words_give_the_same_file() -> None:
    assert typeset(rich("word"), AT) == typeset(rich("word"), AT)


def test_without_the_library_it_is_said() -> None:
    """Its package is an extra."""
    code = (
        "import sys; sys.modules['typst'] = None\n"
        "from datetime import datetime, UTC\n"
        "from bot.nudge import Refused\nfrom bot.paper import *\n"
        "try: typeset(Document(title='x', language='en', sheets=()), datetime.now(UTC))\n"
        "except Refused as no: print(no.line.id)"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert said == "paper-no-library\n"


# ---------------------------------------------------------------- counts by group


def test_small_groups_are_named_together() -> None:
    assert together([("Kitchen", 12), ("Garden", 5), ("Cellar", 4), ("", 3)], 5) == (
        [("Garden", 5), ("Kitchen", 12)],
        7,
    )
    assert together([("Kitchen", 12), ("Garden", 6), ("Cellar", 1)], 5) == ([("Kitchen", 12)], 7)
    assert together([("Kitchen", 12), ("Cellar", 1)], 5) == ([], 13)
    assert together([("Cellar", 1)], 5) == ([], 1)
    assert together([("Kitchen", 5), ("None", 0)], 5) == ([("Kitchen", 5)], 0)


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 30), max_size=8), st.integers(2, 9))
def test_nobody_is_lost_and_no_few_are_named(counts: dict[str, int], smallest: int) -> None:
    named, others = together(counts.items(), smallest)
    assert sum(count for _, count in named) + others == sum(counts.values())
    assert all(count >= smallest for _, count in named)
    assert not others or others >= smallest or not named
