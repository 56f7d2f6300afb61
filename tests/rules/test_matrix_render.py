from __future__ import annotations

import json
import time
from base64 import b64encode
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.matrix import cards, render
from adapters.matrix.calls import failure, transaction
from adapters.matrix.people import described
from bot.chat import (
    Choice,
    LockedOut,
    Message,
    NameTaken,
    NotAllowed,
    NotFound,
    Part,
    PlatformError,
    RateLimited,
    Unreachable,
)

KINDS = ("title", "text", "fact", "quote", "item", "note")
NASTY = [
    "<b>bold</b> <script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "@room look",
    "hey @ROOM",
    "@eve:evil.test and #room:evil.test",
    "https://matrix.to/#/@eve:evil.test",
    "matrix:u/eve:evil.test",
    "&amp; &lt;b&gt;",
    "</blockquote><h1>big</h1>",
]
APPROVE = Choice(label="Approve", action="community.approve", value="12", style="primary", typed="community approve 12")
REFUSE = Choice(label="Refuse", action="community.refuse", value="12", style="danger", typed="community refuse 12")
ASK = Choice(label="Ask", action="community.ask", value="12")


class Html(HTMLParser):
    """What a client makes of HTML: tags, links, text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for _, value in attrs]
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def all_kinds(text: str) -> Message:
    parts = [Part(kind=kind, text=text, label=text if kind == "fact" else "") for kind in KINDS]
    return Message(parts=(*parts, Part(kind="room", text=text, room="!r:acme.test")))


# ---------------------------------------------------------------- what people wrote stays words


@pytest.mark.parametrize("nasty", NASTY)
def test_nothing_people_wrote_becomes_markup_or_a_link(nasty: str) -> None:
    plain, nasty_one = render.content(all_kinds("x"), "n"), render.content(all_kinds(nasty), "n")
    usual, seen = Html(plain["formatted_body"]), Html(nasty_one["formatted_body"])
    assert seen.tags == usual.tags
    assert seen.links == usual.links
    assert not seen.open
    assert nasty in seen.text.replace("\N{WORD JOINER}", "")


@pytest.mark.parametrize("nasty", NASTY)
def test_nobody_is_called(nasty: str) -> None:
    for content in (render.content(all_kinds(nasty), "n"), render.edit(all_kinds(nasty), "$1", "n")):
        assert content["m.mentions"] == {}
        for inner in (content, content.get("m.new_content", content)):
            assert inner["m.mentions"] == {}
            for body in (inner["body"], inner.get("formatted_body", "")):
                assert "@room" not in body.lower()
                assert "@eve:" not in body
                assert "matrix.to/#/@" not in body


def test_ordinary_words_are_left_as_they_are() -> None:
    for text in ("ana@acme.test", "#gardening", "!community request", "C# & F#: yes", "@ana", "5 : 3"):
        assert render.harmless(text) == text


@given(st.text(max_size=200), st.text(max_size=40))
def test_any_text_is_shown_and_nothing_more(text: str, label: str) -> None:
    choice = Choice(label=label, action="a.b", typed=label)
    message = Message(parts=(Part(text=text), Part(kind="fact", label=label, text=text)), choices=(choice,))
    content = render.content(message, "n")
    seen = Html(content["formatted_body"])
    assert seen.tags <= {"p", "strong", "br", "code"}
    assert not seen.links
    json.dumps(content).encode()


# ---------------------------------------------------------------- the two forms of a message


def test_the_plain_text_reads_alone() -> None:
    parts = (
        Part(kind="title", text="A community is asked for"),
        Part(kind="fact", label="Name", text="Gardening"),
        Part(kind="quote", text="Seeds\nand soil"),
        Part(kind="item", text="first"),
        Part(kind="note", text="You can also type it."),
        Part(kind="room", text="Gardening", room="!abc"),
    )
    content = render.content(Message(parts=parts, choices=(APPROVE, REFUSE, ASK)), "n", via=["acme.test"])
    assert content["body"] == (
        "A community is asked for\n"
        "Name — Gardening\n"
        "│ Seeds\n│ and soil\n"
        "• first\n"
        "You can also type it.\n"
        "Gardening — https://matrix.to/#/!abc?via=acme.test\n"
        "\n"
        "✅ Approve — !community approve 12\n"
        "❌ Refuse — !community refuse 12\n"
        "3️⃣ Ask"
    )
    assert content["formatted_body"] == (
        "<h4>A community is asked for</h4>"
        "<p><strong>Name</strong> — Gardening</p>"
        "<blockquote>Seeds<br>and soil</blockquote>"
        "<ul><li>first</li></ul>"
        "<p><em>You can also type it.</em></p>"
        '<p><a href="https://matrix.to/#/!abc?via=acme.test">Gardening</a></p>'
        "<p>✅ Approve — <code>!community approve 12</code><br>"
        "❌ Refuse — <code>!community refuse 12</code><br>"
        "3️⃣ Ask</p>"
    )
    assert content["msgtype"] == "m.text"  # a notice would not notify


def test_the_event_says_its_name_and_what_its_signs_mean() -> None:
    content = render.content(Message(parts=(Part(text="x"),), choices=(APPROVE, REFUSE)), "card:12")
    assert content[cards.NAME] == "card:12"
    event = {"sender": "@me:a", "content": content}
    offered = cards.offered(event, "@me:a", "!r")
    assert offered == cards.offers((APPROVE, REFUSE))


def test_links_to_rooms_cannot_leave_their_quotes() -> None:
    part = Part(kind="room", text="x", room='!a"><script>:acme.test')
    seen = Html(render.content(Message(parts=(part,)), "n", via=["acme.test"])["formatted_body"])
    assert seen.tags == {"p", "a"}
    assert seen.links == ["https://matrix.to/#/!a%22%3E%3Cscript%3E:acme.test?via=acme.test"]


def test_a_thread_is_joined_with_a_reply_for_clients_without_threads() -> None:
    relation = render.content(Message(parts=(Part(text="x"),)), "n", thread="$root")["m.relates_to"]
    assert relation == {
        "rel_type": "m.thread",
        "event_id": "$root",
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": "$root"},
    }


def test_an_edit_replaces_words_and_offers_and_can_be_read_without_edits() -> None:
    edit = render.edit(Message(parts=(Part(text="Approved by Alice"),), choices=(ASK,)), "$card", "card:12:done")
    assert edit["m.relates_to"] == {"rel_type": "m.replace", "event_id": "$card"}
    assert edit["body"].startswith("* Approved by Alice")
    assert edit["m.new_content"]["body"].startswith("Approved by Alice")
    assert edit[cards.CHOICES] == edit["m.new_content"][cards.CHOICES] == [["1️⃣", "community.ask", "12", "Ask"]]
    assert edit[cards.NAME] == "card:12:done"
    frozen = render.edit(Message(parts=(Part(text="Done"),)), "$card", "n")
    assert frozen["m.new_content"][cards.CHOICES] == []


# ---------------------------------------------------------------- size


def size(content: dict[str, Any]) -> int:
    return len(json.dumps(content, ensure_ascii=False).encode())


@pytest.mark.parametrize("letter", ["a", "é", "<", "日", "😀", '"', "\n"])
@pytest.mark.parametrize("parts", [1, 3])
@pytest.mark.parametrize("sealed", [False, True])
def test_a_text_of_40000_characters_fits_or_is_cut(letter: str, parts: int, sealed: bool) -> None:
    text = "Start. " + letter * 40_000
    message = Message(parts=tuple(Part(text=text) for _ in range(parts)), choices=(APPROVE,))
    for content in (render.content(message, "n", sealed=sealed), render.edit(message, "$1", "n", sealed=sealed)):
        assert size(content) <= render.LIMIT
        if sealed:  # in base64, of text without any letter beyond ASCII
            assert len(b64encode(json.dumps(content).encode())) <= render.LIMIT + 4
        shown = content.get("m.new_content", content)
        assert shown["body"].startswith("Start. ")
        assert "Approve — !community approve 12" in shown["body"]
        assert len(shown["body"]) > (1_000 if sealed else 5_000)


def test_rendering_takes_no_time_whatever_is_said() -> None:
    started = time.process_time()
    for text in ("@" * 40_000, "@a" * 20_000, "#" + "a" * 39_999, "matrix:" * 5_000, "<" * 40_000):
        render.edit(Message(parts=(Part(text=text), Part(kind="quote", text=text))), "$1", "n")
    assert time.process_time() - started < 4


def test_40000_plain_characters_are_shown_whole() -> None:
    text = "abcdefghi " * 4_000
    assert text in render.content(Message(parts=(Part(text=text),)), "n")["body"]


def test_what_is_cut_ends_in_an_ellipsis() -> None:
    body = render.content(Message(parts=(Part(text="日" * 40_000),)), "n")["body"]
    assert body.endswith("…")


def test_many_long_choices_still_fit() -> None:
    choices = tuple(Choice(label="x" * 70, action="a.b", value="v" * 2000) for _ in range(10))
    content = render.content(Message(parts=(Part(text="y" * 40_000),), choices=choices), "n")
    assert size(content) <= 65_000


# ---------------------------------------------------------------- errors, names, profiles


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (403, "M_FORBIDDEN", NotAllowed),
        (401, "M_UNKNOWN_TOKEN", LockedOut),
        (403, "M_SOMETHING_NEW", NotAllowed),
        (404, "M_NOT_FOUND", NotFound),
        (404, "M_UNKNOWN", NotFound),
        (400, "M_ROOM_IN_USE", NameTaken),
        (429, "M_LIMIT_EXCEEDED", RateLimited),
        (429, "", RateLimited),
        (500, "M_UNKNOWN", Unreachable),
        (502, "", Unreachable),
        (403, "", Unreachable),  # a proxy's answer, not the homeserver's
        (400, "M_BAD_JSON", PlatformError),
        (413, "M_TOO_LARGE", PlatformError),
    ],
)
def test_answers_become_the_errors_of_the_port(status: int, code: str, expected: type[PlatformError]) -> None:
    error = failure(status, code, 4_424)
    assert type(error) is expected
    if isinstance(error, RateLimited):
        assert error.retry_after == 4.424
    elif code:
        assert error.reason == ("M_NOT_FOUND" if status == 404 else code)


def test_a_name_is_one_transaction_however_it_is_written() -> None:
    assert transaction("a/b ?#é") == transaction("a/b ?#é")
    assert transaction("a", "b") != transaction("ab") != transaction("a b")
    assert transaction("x" * 5000).isalnum()


def test_a_profile_is_checked_and_never_trusted() -> None:
    good = described("@ana:a", {"displayname": "Ana", "m.tz": "Europe/Paris", "m.language": "fr-FR"}, "member")
    assert (good.name, good.zone, good.language) == ("Ana", "Europe/Paris", "fr-FR")
    odd = {"displayname": 3, "us.cloke.msc4175.tz": "../etc/passwd", "m.language": "<script>"}
    bad = described("@ana:a", odd, "stranger")
    assert (bad.name, bad.zone, bad.language, bad.kind) == ("ana", "", "", "stranger")
    assert len(described("@ana:a", {"displayname": "x" * 9000}, "member").name) == 255
    assert described("@ana:a", {"m.tz": "Not/AZone", "us.cloke.msc4175.tz": "Europe/Paris"}, "member").zone


@pytest.mark.parametrize("text", ["Open my profile", NASTY[0], NASTY[4]])
def test_a_profile_is_a_link_beside_its_words_and_calls_nobody(text: str) -> None:
    message = Message(parts=(Part(kind="profile", text=text, account="@ana:acme.test"),))
    made = render.content(message, "n1")
    link = "https://matrix.to/#/@ana:acme.test"
    assert made["m.mentions"] == {}
    shown = Html(made["formatted_body"])
    assert shown.links == [link]
    assert bare(shown.text).startswith(text)  # a client puts a name in the place of the link's own words
    assert link in made["body"]
    assert bare(made["body"]).startswith(text)


def test_a_page_is_a_link_whose_address_cannot_be_left() -> None:
    made = render.content(Message(parts=(Part(kind="link", text="Open it", url='https://a.org/"><script>'),)), "n1")
    shown = Html(made["formatted_body"])
    assert (shown.links, shown.tags, shown.text) == (['https://a.org/"><script>'], {"p", "a"}, "Open it")
    assert made["body"] == 'Open it — https://a.org/"><script>'


def test_a_strange_account_cannot_leave_its_link() -> None:
    part = Part(kind="profile", text="x", account='@a"><script>:acme.test')
    assert Html(render.rich(Message(parts=(part,)))).tags == {"p", "a"}


def bare(text: str) -> str:
    return text.replace("\N{WORD JOINER}", "")
