from __future__ import annotations

import json
import re
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.matrix import render as matrix
from adapters.slack import render as slack
from adapters.slack import rich, views
from bot.chat import Block, Form, FormField, Hypertext, Message, Part, Run, letter, plain, shorten, weight
from bot.markdown import WHOLE, Lost, read, tell
from bot.say import Line, Say
from bot.say import plain as as_it_is
from bot.words import Reader, Words
from tests.servers.slack import mentions, rules

JSON = dict[str, Any]
LOCALES = Path(__file__).resolve().parents[2] / "bot" / "locales"
CALLS = (
    "<!channel>", "<!here>", "<!everyone>", "<@U12345678>", "<!subteam^S1>", "<#C12345678|x>", "@room", "@everyone",
    "@ana:acme.test", "#garden:acme.test", "https://matrix.to/#/@ana:acme.test", "matrix:u/ana:acme.test",
)  # fmt: skip
PLACES = (
    "{}", "# {}", "- {}", "1. {}", "> {}", "`{}`", "```\n{}\n```", "**{}**", "_{}_", "~~{}~~", "[{}](https://x.example/)",
    "![{}](https://x.example/i.png)", "[a](https://x.example/ '{}')", "[a](https://matrix.to/#/@ana:acme.test)", "<{}>",
    "[{}]({})", "``` {}\n```", "- a\n  > {}", "\\{}", "<b>{}</b>",
)  # fmt: skip


def runs(text: str) -> tuple[Run, ...]:
    """The runs of a text that is one paragraph."""
    (block,) = read(text).blocks
    assert block.kind == "paragraph"
    return block.runs


def message(text: str) -> Message:
    blocks = read(text).blocks
    return Message(parts=(Part(kind="rich", text=plain(blocks), rich=blocks),))


class Html(HTMLParser):
    """What a program makes of HTML: tags, attributes, words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        if tag not in {"br", "hr"}:
            self.open.append(tag)
        else:
            self.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def links(self) -> list[str]:
        return [value or "" for key, value in self.attributes if key == "href"]


def slack_words(blocks: list[JSON]) -> str:
    """Everything that a reader of Slack sees, addresses of links included."""
    found = []
    for value in blocks:
        found += [str(value[key]) for key in ("text", "url") if isinstance(value.get(key), str)]
        inner = [value["text"]] if isinstance(value.get("text"), dict) else value.get("elements", [])
        found.append(slack_words(inner))
    return " ".join(found)


def shown(text: str) -> dict[str, str]:
    """What people read of a text, by medium; each is accepted where it goes."""
    what = message(text)
    slacks = slack.message(what)
    rules.check_message(slacks["text"], slacks["blocks"], has_more=False, limit=rules.UPDATE_TEXT, error="too_long")
    matrices = matrix.content(what, "n")
    written, html = letter(what.parts[0].rich)
    return {
        "plain": what.parts[0].text,
        "slack": slack_words(slacks["blocks"]),
        "matrix": _with_links(str(matrices.get("formatted_body", matrices["body"]))),
        "body": matrices["body"].replace("\N{WORD JOINER}", ""),
        "letter": written,
        "hypertext": _with_links(html),
    }


def _with_links(html: str) -> str:
    seen = Html(html)
    return " ".join([seen.text.replace("\N{WORD JOINER}", ""), *seen.links])


# ---------------------------------------------------------------- what Markdown says


def test_words_have_their_looks() -> None:
    assert runs("a **b _c_** ~~d~~ `*e*`") == (
        Run(text="a "),
        Run(text="b ", bold=True),
        Run(text="c", bold=True, italic=True),
        Run(text=" "),
        Run(text="d", strike=True),
        Run(text=" "),
        Run(text="*e*", code=True),
    )


def test_pieces_have_their_kinds_and_stand_within_one_another() -> None:
    told = read("## A\n\nb\n\n3. c\n   - d\n     > e\n4. f\n\n---\n\n```py\ng\n  h\n```").blocks
    assert [block.kind for block in told] == ["heading", "paragraph", "list", "rule", "code"]
    heading, _, numbered, _, code = told
    assert (heading.level, heading.text) == (2, "A")
    assert (numbered.ordered, numbered.first, len(numbered.blocks)) == (True, 3, 2)
    assert [block.kind for block in numbered.blocks[0].blocks] == ["paragraph", "list"]
    nested = numbered.blocks[0].blocks[1]
    assert not nested.ordered
    assert [block.kind for block in nested.blocks[0].blocks] == ["paragraph", "quote"]
    assert (code.language, code.text) == ("py", "g\n  h")


def test_a_line_that_ends_is_a_line_that_ends() -> None:
    assert runs("Best,\nClaire  \nD.\\\nE.") == (Run(text="Best,\nClaire\nD.\nE."),)


def test_what_is_indented_is_no_code() -> None:
    assert read("a\n\n      b").blocks[1] == Block(kind="paragraph", runs=(Run(text="b"),))


def test_what_no_reader_would_see_stands_as_it_was_written() -> None:
    assert runs("[secret]: https://x.example 'title'") == (Run(text="[secret]: https://x.example 'title'"),)
    assert runs("[a](https://x.example 'title')")[-1].text == "a (title)"
    assert plain(read("``` five words of it\nx\n```").blocks) == "five words of it\n\nx"


# ---------------------------------------------------------------- links


@pytest.mark.parametrize("url", ["https://x.example/a?b=1&c#d", "http://x.example", "mailto:ana@acme.test"])
def test_addresses_of_the_web_and_of_mailboxes_are_links(url: str) -> None:
    for text in (f"[words]({url})", f"<{url}>"):
        (run,) = runs(text)
        assert run.url == url
    assert not read(f"[words]({url})").lost


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
        "ftp://x.example", "tel:+331", "slack://user?id=U1", "matrix:u/ana:acme.test", "/page", "page.html", "#part",
        "//x.example/a", "https:", "https://", "mailto:", "https://%5B1", "https://x.example/" + "a" * 2_000,
    ],
)  # fmt: skip
def test_any_other_address_stands_beside_its_words(url: str) -> None:
    told = read(f"[words]({url})")
    (block,) = told.blocks
    assert not [run for run in block.runs if run.url]
    assert block.text.startswith("words (")
    assert url[:20].lower() in block.text.lower()
    assert [each.kind for each in told.lost] == ["link"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[acme.test](https://evil.example/)", "acme.test (https://evil.example/)"),
        (
            "[https://acme.test/](https://acme.test.evil.example/)",
            "https://acme.test/ (https://acme.test.evil.example/)",
        ),
        ("[write to acme.test](mailto:ana@evil.example)", "write to acme.test (mailto:ana@evil.example)"),
        ("<https://аcme.test>", "https://аcme.test (https://xn--cme-5cd.test)"),  # its first letter is Cyrillic
        ("[acme.test](https://www.acme.test/)", "acme.test"),
        ("[our plan](https://acme.test/)", "our plan"),
        ("[](https://acme.test/)", "https://acme.test/"),
    ],
)
def test_words_that_name_another_site_do_not_hide_where_a_link_leads(text: str, said: str) -> None:
    assert "".join(run.text for run in runs(text)) == said


def test_an_address_alone_is_words() -> None:
    assert runs("see https://x.example/ and www.x.example") == (Run(text="see https://x.example/ and www.x.example"),)


def test_a_picture_is_a_link_under_its_words() -> None:
    told = read("![The *plan*](https://x.example/plan.png)")
    assert told.blocks[0].runs == (Run(text="The plan", url="https://x.example/plan.png"),)
    assert told.lost == (Lost("image", "The plan"),)
    (run,) = runs("[![The plan](https://x.example/plan.png)](https://y.example/)")
    assert (run.text, run.url) == ("The plan (https://x.example/plan.png) (https://y.example/)", "https://y.example/")


# ---------------------------------------------------------------- what is lost is told


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("plain *words* 1 < 2 > 0 <3", []),
        ("<b>bold</b> and <br/>", [Lost("html", "<b>"), Lost("html", "</b>"), Lost("html", "<br/>")]),
        ("<p class='x'>\n<!-- no -->", [Lost("html", "<p class='x'>"), Lost("html", "<!--")]),
        ("`<b>`", []),
        ("```\n<b>\n| a | b |\n|---|---|\n```", []),
        ("| a | b |\n|---|:-:|\n| 1 | 2 |", [Lost("table", "| a | b |")]),
        ("a | b\n--- | ---\n1 | 2", [Lost("table", "a | b")]),
        ("a | b\nc | d", []),
        ("x " * WHOLE, [Lost("long")]),
        ("[a](tel:1)\n\n[a](tel:1)", [Lost("link", "tel:1")]),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_told(text: str, lost: list[Lost]) -> None:
    assert list(read(text).lost) == lost


def test_raw_html_and_tables_keep_their_words() -> None:
    text = "<b>bold</b> & <script>alert(1)</script>\n| a | b |\n|---|---|\n| 1 | 2 |"
    assert plain(read(text).blocks) == text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_lost_is_said_in_the_readers_language(language: str) -> None:
    words = Words([LOCALES])
    lost = [Lost(kind, "<b>it</b>") for kind in ("image", "html", "table", "link", "long")]
    said = [part.text for part in words.message(Say(lines=tell(lost)), Reader(language)).parts]
    assert len(set(said)) == 5
    assert all("<b>it</b>" in each for each in said[:4])


def test_a_line_is_read_when_it_is_said() -> None:
    words = Words([LOCALES])
    long = "**Salut** " + "mot " * 2_000 + "\n\n- fin"  # longer than Fluent takes
    for line in (Line(id="plain", kind="rich", args={"text": long}), as_it_is(long, "rich")):
        (part,) = words.message(Say(lines=(line,)), Reader("fr")).parts
        assert (part.kind, part.rich) == ("rich", read(long).blocks)
        assert part.text.startswith("Salut mot mot")
        assert part.text.endswith("• fin")


# ---------------------------------------------------------------- any text


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("call", CALLS)
def test_nothing_people_wrote_calls_anybody(call: str, place: str) -> None:
    what = message(place.replace("{}", call))
    said = slack.message(what)
    assert list(mentions.live_texts(said["blocks"])) == []
    assert "<" not in said["text"]
    for content in (matrix.content(what, "n"), matrix.edit(what, "$1", "n")["m.new_content"]):
        assert content["m.mentions"] == {}
        assert "@room" not in content["body"]
        assert "@ana:" not in content["body"]
        html = content["formatted_body"]
        assert "@room" not in re.sub(r'href="[^"]*"', "", html)
        assert not [link for link in Html(html).links if "matrix.to/#/@" in link]


def test_a_link_to_a_room_stays_one_and_a_link_to_a_person_does_not() -> None:
    for url, leads in (
        ("https://matrix.to/#/#garden:acme.test", True),
        ("https://matrix.to/#/@ana:acme.test", False),
        ("https://matrix.to/#/%40ana:acme.test", False),
        ("HTTPS://MATRIX.TO/#/%2540ana:acme.test", False),
    ):
        seen = Html(matrix.content(message(f"[words]({url})"), "n")["formatted_body"])
        assert bool(seen.links) is leads
        assert "words" in seen.text


TAGS = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "blockquote", "pre", "code", "hr", "br", "a"}
TAGS |= {"strong", "em", "del"}  # of those the Matrix spec lists (m.room.message msgtypes)
MARKS = st.sampled_from(
    [*"#*_~`>-+=|![]()<>&\\\"'\n \t", "\n\n", "1. ", "- ", "> ", "```\n", "](https://x.example/", "![", "<b>"]
)
WORDS = st.sampled_from(
    [*CALLS, "reseau", "ouvre", "lundi", "é", "\x00", "\u202e", "&lt;", "&#64;room", "</p>", '" onclick="']
)
TEXTS = st.lists(MARKS | WORDS | st.text(max_size=5), max_size=40).map("".join)


@given(TEXTS)
@example("[a](https://x.example/?q=\"onclick='x'<b>)")
def test_any_text_is_shown_and_nothing_more(text: str) -> None:
    what = message(text)
    said = slack.message(what)
    rules.check_message(said["text"], said["blocks"], has_more=False, limit=rules.UPDATE_TEXT, error="too_long")
    assert list(mentions.live_texts(said["blocks"])) == []
    assert "<" not in said["text"]
    html = matrix.content(what, "n")["formatted_body"]
    for seen in (Html(html), Html(letter(what.parts[0].rich)[1])):
        assert seen.tags <= TAGS
        assert {key for key, _ in seen.attributes} <= {"href", "start", "style", "class"}
        assert all(re.match("(https?|mailto):", link) for link in seen.links)
    assert not [link for link in Html(html).links if "matrix.to/#/@" in link]


@given(TEXTS)
@example("a\n\n[b]: https://x.example 'c'\n\n# d #\n\n~~~ ee ff\ngg\n~~~\n\n[h](i 'j') ![k](l 'm')")
@example("> " * 60 + "deep")
@example("- " * 60 + "deep")
@example("[[" * 50 + "deep")
def test_no_word_is_lost_anywhere(text: str) -> None:
    """Every reader sees every word. Entities, and the language of code, stand for something else."""
    text = re.sub(r"&[#\w]*;|^[\s>+\-\d.]*(```|~~~).*$", " ", text, flags=re.MULTILINE)
    words = set(re.findall(r"[a-z]{2,}", text))
    for where, read_there in shown(text).items():
        seen = read_there if where in {"plain", "slack"} else read_there.replace("\N{WORD JOINER}", "")
        assert {word for word in words if word not in seen} == set(), (where, read_there)


@pytest.mark.parametrize(
    "text",
    ["[" * 60_000, "*a_ " * 15_000, "- a\n" * 15_000, f"[{'a.' * 30_000}](https://x.example/)"],
    ids=["brackets", "stars", "items", "hosts"],
)
def test_60000_characters_are_read_and_shown_in_a_moment(text: str) -> None:
    began = time.process_time()
    assert read(text).lost[-1] == Lost("long")
    slack.message(message(text))
    assert time.process_time() - began < 12  # several times what it takes


# ---------------------------------------------------------------- long texts


def test_a_text_is_shortened_visibly_and_never_by_less_than_it_must() -> None:
    whole = read("# a\n\n" + "\n".join(f"- item {n} [there](https://x.example/{n})" for n in range(200))).blocks
    assert shorten(whole, weight(whole)) == whole
    for most in (200, 500, 5_000):
        short = shorten(whole, most)
        assert most - 150 < weight(short) <= most + 61
        words, _, after = plain(short).partition("…")
        assert plain(whole).startswith(words)
        assert after == ""


@given(TEXTS.map(lambda text: text * 20), st.integers(min_value=1, max_value=3_000))
def test_a_shortened_text_fits(text: str, most: int) -> None:
    whole = read(text).blocks
    short = shorten(whole, most)
    assert weight(short) <= most + 61
    assert short == whole or "…" in plain(short)


def test_a_text_that_is_whole_everywhere_is() -> None:
    for piece in (
        "mot " * 20 + "\n\n",
        "# mot\n\nmot mot\n\n",
        "- mot mot mot\n",
        "> mot [mot](https://x.example/)\n\n",
        "mot ",
    ):
        each = (weight(read(piece * 20).blocks) - weight(read(piece * 10).blocks)) // 10
        times = (WHOLE - 100) // each
        text = piece * times + "\n\nfin"
        assert WHOLE - 200 < weight(read(text).blocks) <= WHOLE
        for where, seen in shown(text).items():
            assert seen.count("mot") == text.count("mot"), (piece, where)
            assert "fin" in seen
            assert "…" not in seen


# ---------------------------------------------------------------- Slack's pieces


def test_slack_shows_each_piece_as_what_it_is() -> None:
    text = "# T\n\nb *i*\n\nc\n\n3. d\n   - e\n\n     ```\n     f\n     ```\n   - g\n4. h\n\n> q\n>\n> - r\n\n---\n\n"
    text += "### low\n\n[l](https://x.example/)"
    header, body, divider, rest = rich.blocks(read(text).blocks)
    assert (header["type"], header["text"]["text"], divider) == ("header", "T", {"type": "divider"})
    kinds = [element["type"].removeprefix("rich_text_") for element in body["elements"]]
    assert kinds == ["section", "list", "list", "preformatted", "list", "list", "quote", "list"]
    section, outer, inner, _, going_on, last, quote, quoted = body["elements"]
    assert section["elements"] == [
        {"type": "text", "text": "b "},
        {"type": "text", "text": "i", "style": {"italic": True}},
        {"type": "text", "text": "\n\n"},
        {"type": "text", "text": "c"},
    ]
    assert [(each["style"], each["indent"], each.get("offset", 0)) for each in (outer, inner, going_on, last)] == [
        ("ordered", 0, 2), ("bullet", 1, 0), ("bullet", 1, 0), ("ordered", 0, 3),
    ]  # fmt: skip
    assert quote["elements"] == [{"type": "text", "text": "q"}]
    assert (quoted["border"], quoted["style"]) == (1, "bullet")
    low, _, link = rest["elements"][0]["elements"]
    assert low == {"type": "text", "text": "low", "style": {"bold": True}}
    assert link == {"type": "link", "url": "https://x.example/", "text": "l"}


def test_slack_gets_a_long_text_in_several_blocks_cut_between_words() -> None:
    blocks = rich.blocks(read("mot " * 2_000).blocks)
    sizes = [sum(len(piece["text"]) for piece in block["elements"][0]["elements"]) for block in blocks]
    assert len(sizes) == 3
    assert max(sizes) <= rich.TEXT
    assert all(block["elements"][0]["elements"][-1]["text"].endswith("mot ") for block in blocks[:-1])


def test_slack_shows_headings_as_words_where_they_are_too_many_for_it() -> None:
    what = message("# a\n\nb\n\n" * 40)
    blocks = slack.message(what)["blocks"]
    assert len(blocks) <= rules.MESSAGE_BLOCKS
    assert slack_words(blocks).count("a") == 40


# ---------------------------------------------------------------- letters


def test_a_letter_is_read_without_html() -> None:
    text, html = letter(read("# Hi\n\n[Plan](https://x.example/p)\n\n> q\n\n1. one\n2. two").blocks)
    assert text == "Hi\n\nPlan (https://x.example/p)\n\n> q\n\n1. one\n2. two"
    assert html.startswith('<h2>Hi</h2><p><a href="https://x.example/p">Plan</a></p><blockquote style="')
    assert html.endswith("<ol><li>one</li><li>two</li></ol>")


def test_a_letter_fetches_nothing() -> None:
    text = (
        "![i](https://x.example/i.png) <img src='https://x.example/j.png'> <style>@import 'x'</style>\n\n```js\nx\n```"
    )
    seen = Html(letter(read(text).blocks)[1])
    assert seen.tags <= TAGS
    assert not {"src", "background", "srcset"} & {key for key, _ in seen.attributes}
    assert not [value for key, value in seen.attributes if key == "style" and "url(" in (value or "")]


def test_matrix_shows_each_piece_in_its_tag() -> None:
    html = matrix.content(message("# T\n\n~~x~~ `c`\n\n2. a\n\n   b\n\n---\n\n```py\ni < j\n  @room\n```"), "n")[
        "formatted_body"
    ]
    assert html == (
        "<h3>T</h3><p><del>x</del> <code>c</code></p>"
        '<ol start="2"><li>a<p>b</p></li></ol><hr>'
        '<pre><code class="language-py">i &lt; j\n  @\N{WORD JOINER}room</code></pre>'
    )


# ---------------------------------------------------------------- more than goes anywhere


def test_a_window_and_a_page_of_slack_hold_a_text_with_many_headings() -> None:
    parts = message("# a\n\nb\n\n---\n\n" * 60 + "fin").parts
    field = FormField(name="why", label="Why")
    for seen in (
        views.view(Form(id="a.b", title="T", fields=(field,), submit="S", cancel="C", parts=parts)),
        views.page(Message(parts=parts)),
    ):
        rules.check_view(seen)
        words = slack_words(seen["blocks"])
        assert (words.count("a"), words.count("fin"), words.count("…")) == (60, 1, 0)


@pytest.mark.parametrize("piece", ["mot " * 10 + "\n\n", "- mot\n", "[mot](https://x.example/) *mot*\n"])
def test_what_is_longer_than_a_message_ends_visibly(piece: str) -> None:
    what = message(piece * (90_000 // len(piece)))
    said = slack.message(what)
    rules.check_message(said["text"], said["blocks"], has_more=False, limit=rules.UPDATE_TEXT, error="too_long")
    content = matrix.content(what, "n")
    assert len(json.dumps(content, ensure_ascii=False).encode()) <= matrix.LIMIT
    for seen in (slack_words(said["blocks"]), content["body"]):
        assert seen.count("mot") > 100
        assert seen.rstrip(" )").endswith("…")


def test_matrix_takes_many_long_texts_in_one_message() -> None:
    parts = message("**mot** " * 1_000).parts * 20
    content = matrix.content(Message(parts=parts), "n")
    assert len(json.dumps(content, ensure_ascii=False).encode()) <= matrix.LIMIT
    assert content["formatted_body"].count("…") == 20


def test_lists_lie_as_deep_as_slack_has_them() -> None:
    what = message("\n".join("  " * depth + f"- level {depth}" for depth in range(15)))
    blocks = slack.message(what)["blocks"]
    assert not rules.check_blocks(blocks)
    assert slack_words(blocks).count("level") == 15


def test_an_address_stays_within_its_tag() -> None:
    block = Block(kind="paragraph", runs=(Run(text="a", url='https://x.example/?a=1&copy=2">b'),))
    seen = Html(Hypertext().write([block]))
    assert (seen.links, seen.text) == (['https://x.example/?a=1&copy=2">b'], "a")


# ---------------------------------------------------------------- to be copied


def test_what_is_to_be_pasted_is_looks_on_slack_and_markdown_on_matrix() -> None:
    said = "**a** [b](https://x.example/) @room"
    what = Message(parts=(Part(kind="paste", text=said, rich=read(said).blocks),))
    html = matrix.content(what, "n")["formatted_body"]
    assert html == "<pre><code>**a** [b](https://x.example/) @\N{WORD JOINER}room</code></pre>"
    shown = slack.message(what)
    assert shown["text"] == "a b (https://x.example/) @room"
    (block,) = shown["blocks"]
    words = block["elements"][0]["elements"]
    assert words[0] == {"type": "text", "text": "a", "style": {"bold": True}}
    assert words[2] == {"type": "link", "url": "https://x.example/", "text": "b"}
