"""Rich text written as Markdown: read again, it says the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat import Block, Run, paragraphs, plain
from bot.markdown import read, write

KEPT = [
    "Dear all,\nit opens **on Monday**, *really*, not ~~soon~~.",
    "# What changes\n\nNothing `at all`.\n\n---\n\n> As she said:\n>\n> > nothing",
    "- one\n- two\n  - deeper\n- three\n\n* another list",
    "3. three\n4. four\n   1. inner",
    "See [the page](https://example.org/a_b) or <https://example.org>, or <ann@example.org>.",
    "````\n```\n````",
]


@pytest.mark.parametrize("text", KEPT)
def test_what_markdown_has_is_kept(text: str) -> None:
    assert read(write(read(text).blocks)).blocks == read(text).blocks


@pytest.mark.parametrize(
    "words",
    [
        "a_b_c *x* [y](z) `k` <!channel> & &amp; \\",
        "# 1",
        "1. one",
        "- a",
        "+ b\n===",
        "> c",
        "![x](http://e.example)",
        "~~a~~",
    ],
)
def test_words_that_look_like_marks_stay_words(words: str) -> None:
    (block,) = read(write(paragraphs([Run(text=words)]))).blocks
    assert (block.kind, block.text) == ("paragraph", words)
    assert all(run == Run(text=run.text) for run in block.runs)


def test_what_needs_no_mark_gets_none() -> None:
    text = "Ask snake_case & co. at 5 * 3 (really!), #1 of 2."
    assert write(paragraphs([Run(text=text)])) == text


RUNS = st.builds(
    Run,
    text=st.text("ab *_`[]()<>~#!&\\\n1.-+=é«»", max_size=12),
    bold=st.booleans(),
    italic=st.booleans(),
    strike=st.just(value=False),
    code=st.booleans(),
    url=st.sampled_from(["", "", "https://example.org/a"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(RUNS, max_size=4))
def test_no_word_is_lost_whatever_stands_beside_it(runs: list[Run]) -> None:
    blocks = paragraphs(runs)
    again = read(write(blocks)).blocks
    assert plain(again).split() == plain(blocks).split()


def test_what_stands_in_lists_and_quotes_is_written_in_them() -> None:
    item = Block(kind="item", blocks=paragraphs([Run(text="one\n\nmore")]))
    quote = Block(kind="quote", blocks=(Block(kind="list", blocks=(item, item)),))
    assert read(write([quote])).blocks == (quote,)
