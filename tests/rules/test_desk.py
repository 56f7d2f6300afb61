"""An export in as many messages as it takes, each whole on every platform."""

from __future__ import annotations

import json

import pytest

from adapters.matrix import render as on_matrix
from adapters.slack import render as on_slack
from bot.chat import Message, Part
from bot.desk.export import PIECE, pieces, undisturbed

ROWS = [
    {"name": f"Zoé {number}", "said": 'quoted "words" & <marks> @room', "at": "2026-11-24"} for number in range(900)
]
TEXTS = {
    "plain": json.dumps(ROWS, indent=1),
    "accents": json.dumps([{"said": "éàü" * 60} for _ in range(300)], indent=1, ensure_ascii=False),
    "signs": json.dumps(["🙂" * 50 for _ in range(300)], indent=1, ensure_ascii=False),
    "short": "{}",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_the_pieces_are_the_whole_and_nothing_is_cut(text: str) -> None:
    found = pieces(text)
    assert "\n".join(found) == text
    assert all(len(json.dumps(each)) <= PIECE for each in found)


def test_a_line_that_is_too_long_is_cut_within() -> None:
    long = "é" * 30_000
    found = pieces(f"[\n{long}\n]")
    assert "".join(found).replace("\n", "") == f"[{long}]"
    assert all(len(json.dumps(each)) <= PIECE for each in found)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_each_piece_is_shown_whole_on_every_platform(text: str) -> None:
    for piece in pieces(text):
        message = Message(parts=(Part(kind="note", text="Part 1 of 2"), Part(text=piece)))
        blocks = on_slack.blocks(message)
        shown = [element["text"] for element in blocks[1]["elements"][0]["elements"]]
        assert shown == [piece]
        for sealed in (False, True):
            body = on_matrix.content(message, "x", sealed=sealed)["body"].replace("\N{WORD JOINER}", "")
            assert piece in body


def test_what_is_sent_is_the_same_json_and_no_platform_puts_anything_into_it() -> None:
    text = json.dumps(["@arthur:company.test", "#room:server", "https://matrix.to/#/@a:b", "a@b.c", "Matrix:u/a:b"])
    sent = undisturbed(text)
    assert json.loads(sent) == json.loads(text)
    assert on_matrix.content(Message(parts=(Part(text=sent),)), "x", sealed=False)["body"] == sent
