"""What people wrote on Slack and Matrix, read as rich text."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.matrix import reading as on_matrix
from adapters.slack import reading as on_slack
from bot.chat import NotFound, Run, plain
from bot.markdown import write

JSON = dict[str, Any]


def section(*elements: JSON) -> JSON:
    return {"type": "rich_text_section", "elements": list(elements)}


def text(words: str, **style: bool) -> JSON:
    return {"type": "text", "text": words, **({"style": style} if style else {})}


def slack(*elements: JSON, **more: Any) -> JSON:
    blocks = [{"type": "rich_text", "elements": list(elements)}]
    return {"type": "message", "user": "U1", "ts": "2.000001", "text": "", "blocks": blocks, **more}


def test_what_slack_clients_write_is_read_with_its_looks_links_and_names() -> None:
    message = slack(
        section(
            text("Dear all, "), text("it opens", bold=True), text(" on Monday.\n\nAsk "),
            {"type": "user", "user_id": "U7"}, text(" or "), {"type": "broadcast", "range": "channel"},
            text(": "), {"type": "link", "url": "https://example.org/x", "text": "here"},
            {"type": "emoji", "name": "tada", "unicode": "1f389"},
        ),
        {"type": "rich_text_list", "style": "bullet", "indent": 0, "elements": [section(text("one"))]},
        {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [section(text("deeper"))]},
        {"type": "rich_text_list", "style": "bullet", "indent": 0, "elements": [section(text("two"))]},
        {"type": "rich_text_quote", "elements": [text("as she said")]},
        {"type": "rich_text_preformatted", "elements": [text("a = 1")]},
        thread_ts="1.000001",
        files=[{"id": "F1"}],
    )  # fmt: skip
    read = on_slack.written(message)
    assert (read.by, read.thread, read.named, read.left_out) == ("U1", "1.000001", ("U7",), 1)
    assert write(read.rich) == (
        "Dear all, **it opens** on Monday.\n\nAsk @U7 or @channel: [here](https://example.org/x)🎉\n\n"
        "- one\n  - deeper\n- two\n\n> as she said\n\n```\na = 1\n```"
    )


@pytest.mark.parametrize(("shown", "typed"), [("a &amp; b", "a & b"), ("a & b", "a & b"), ("&amp;amp;", "&amp;")])
def test_what_is_escaped_or_not_in_slacks_rich_text_is_read_as_it_was_typed(shown: str, typed: str) -> None:
    whole = typed.replace("&", "&amp;")
    assert plain(on_slack.written(slack(section(text(shown)), text=whole)).rich) == typed


def test_what_programs_write_on_slack_without_rich_text_is_read_too() -> None:
    bare = {"type": "message", "bot_id": "B1", "ts": "1.0", "text": "Built &lt;3 <https://example.org|here> <@U7>"}
    assert plain(on_slack.written(bare).rich) == "Built <3 here @U7"
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": "Built"}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "in 3 &amp; 4"}},
        {"type": "divider"}, {"type": "image", "image_url": "https://example.org/x.png"},
    ]  # fmt: skip
    assert write(on_slack.written({**bare, "blocks": blocks}).rich) == "# Built\n\nin 3 & 4\n\n---"


def matrix(html: str = "", **more: Any) -> JSON:
    content = {"msgtype": "m.text", "body": "body", **more}
    if html:
        content |= {"format": "org.matrix.custom.html", "formatted_body": html}
    return {"type": "m.room.message", "event_id": "$2", "sender": "@a:x", "content": content}


def test_what_matrix_clients_write_is_read_with_its_looks_links_and_names() -> None:
    html = (
        "<mx-reply><blockquote>older</blockquote></mx-reply><h2>News</h2>"
        "<p>Dear all,<br>it <strong>opens <em>soon</em></strong>. Ask "
        '<a href="https://matrix.to/#/@b:x">Bob</a> or <a href="https://example.org/x">here</a> &lt;3</p>\n'
        "<ul>\n<li>one\n<ul><li>deeper</li></ul></li>\n<li><p>two</p></li>\n</ul>"
        '<ol start="3"><li>three</li></ol><blockquote><p>as she said</p></blockquote>'
        "<pre><code>a = 1\nb = 2\n</code></pre><hr><script>alert(1)</script>"
        '<img src="mxc://x/y" alt="a map"><span data-mx-color="#f00">red</span>'
    )
    read = on_matrix.written(matrix(html))
    assert (read.by, read.thread, read.left_out) == ("@a:x", "$2", 1)
    assert write(read.rich) == (
        "## News\n\nDear all,\nit **opens** ***soon***. Ask Bob or [here](https://example.org/x) <3\n\n"
        "- one\n  - deeper\n- two\n\n3. three\n\n> as she said\n\n```\na = 1\nb = 2\n```\n\n---\n\na mapred"
    )


@pytest.mark.parametrize(
    "html", ["<b><i>x</b>y", "</p></ul>x<li>y", "<ul>x</ul>", "<a href='http://[::'>x</a>", "<" * 90]
)
def test_html_that_is_none_keeps_its_words(html: str) -> None:
    read = on_matrix.written(matrix(html))
    assert [run.url for block in read.rich for run in block.runs if run.url] == []
    assert set("xy<") & set(plain(read.rich))


def test_the_latest_words_of_the_author_count_on_matrix() -> None:
    new: Any = {"msgtype": "m.text", "body": "new"}
    changed = matrix() | {"unsigned": {"m.relations": {"m.replace": matrix("", **{"m.new_content": new})}}}
    assert plain(on_matrix.written(changed).rich) == "new"
    edit = changed["unsigned"]["m.relations"]["m.replace"] | {"sender": "@eve:x"}
    forged = changed | {"unsigned": {"m.relations": {"m.replace": edit}}}
    assert plain(on_matrix.written(forged).rich) == "body"


def test_on_matrix_a_file_has_no_words_and_what_was_removed_is_not_there() -> None:
    file = on_matrix.written(matrix(msgtype="m.image"))
    assert (file.rich, file.left_out) == ((), 1)
    caption = on_matrix.written(matrix(msgtype="m.image", filename="x.png"))
    assert (plain(caption.rich), caption.left_out) == ("body", 1)
    with pytest.raises(NotFound):
        on_matrix.written({"type": "m.room.message", "event_id": "$2", "sender": "@a:x", "content": {}})
    assert on_matrix.written(matrix()).rich[0].runs == (Run(text="body"),)
