"""What people type stays words, wherever it is shown, kept or logged: no mention, link, markup, line, path or query."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from storage.communities import Community
from storage.events import Recorded
from storage.outbox import Promise
from storage.requests import Exchange, Request
from tests.humans import Human
from tests.humans.matrix import MatrixTown
from tests.humans.slack import SlackTown
from tests.scenarios.company import Company
from tests.scenarios.test_communities import Fresh
from tests.servers.process import ROOT
from tests.servers.slack import BOT_USER_ID
from tests.servers.slack.mentions import live_texts

PLACES = pytest.mark.parametrize("where", ["slack", pytest.param("matrix", marks=pytest.mark.matrix)])
CALLS = "<!channel> <!here|x> @room @everyone @channel"
LINKS = "<http://evil.example|bank.example> [bank](http://evil.example) <a href='http://evil.example'>b</a>"
MARKS = "*b* _i_ ~s~ `c` > q <b>b</b> &lt;!here&gt; &amp;"
QUERY = "'; DROP TABLE person; -- %s %(x)s {0} ${x} :x"
SHEET = "=HYPERLINK(1) +1 -1"
HOSTILE = (CALLS, LINKS, MARKS, QUERY, SHEET)


def found_links(html: str) -> list[str]:
    """Where the links of a message lead."""
    links: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            links.extend(value or "" for name, value in attrs if name in {"href", "src"})
            assert tag in {"p", "h4", "blockquote", "ul", "li", "br", "div", "a", "strong", "em", "code"}, tag

    Reader().feed(html)
    return links


def spoken_on_slack(town: SlackTown) -> Iterator[dict[str, Any]]:
    """Whatever the bot wrote, wherever."""
    for _, args, _ in town.server.calls:
        sent = {key: args[key] for key in ("blocks", "view") if isinstance(args.get(key), str)}
        yield {**args, **{key: json.loads(text) for key, text in sent.items()}}


def harmless_on_slack(town: SlackTown) -> None:
    """No mention was made, and each link that the bot wrote leads to a channel."""
    assert [each for each in town.server.mentions if each.author_id == BOT_USER_ID] == []
    for args in spoken_on_slack(town):
        for text in (*live_texts(args.get("blocks")), *live_texts(args.get("view")), str(args.get("text", ""))):
            assert not re.search(r"<(?!#C)[^>]*>", text), text
        assert '"type": "link"' not in json.dumps(args)


async def harmless_on_matrix(town: MatrixTown, reader: Human, rooms: list[str | None]) -> None:
    """Nobody was called, and each link that the bot wrote leads to a room."""
    for room in rooms:
        assert await reader.notified(room) == 0
        for event in await reader._events(await reader._place(room)):  # type: ignore[attr-defined]
            if event["sender"] != town.bot.user_id or event["type"] != "m.room.message":
                continue
            for content in (event["content"], event["content"].get("m.new_content", {})):
                for link in found_links(content.get("formatted_body", "")):
                    assert link.startswith(("https://matrix.to/#/%21", "https://matrix.to/#/!")), link
                assert not re.search(r"@room\b", content.get("body", ""), re.IGNORECASE)


async def one(company: Company, table: Any, **where: Any) -> Any:
    (row,) = await company.rows(table, **where)
    return row


@PLACES
@pytest.mark.parametrize("settings", [{"communities": {"private_before": 0}}])
async def test_wherever_people_may_write_their_words_stay_words(
    bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    """In a request, a question, an answer, a reason to go over the quota, a name of their own, a search, a mistake."""
    town, name = company.town, fresh("Seeds")
    eve = await town.person("Eve <!here> @room <b>x</b>", language="en")
    purpose, work, reason = f"Seeds {CALLS}", f"Beds {LINKS} {MARKS}", f"Names {QUERY} {SHEET}"
    await eve.says("community request")
    assert await eve.fills(name=name, purpose=purpose, work=work) == {}
    assert await eve.fills(visibility="private", reason=reason) == {}
    await company.settled()
    request = await one(company, Request)
    fields = json.loads(request.fields)
    assert (fields["purpose"], fields["work"], fields["reason"]) == (purpose, work, reason), "kept as it was written"
    card = await alice.is_told(name, company.animators)
    assert all(words in card for words in (purpose, work, reason)), "and shown so"

    for number, words in enumerate(HOSTILE):
        await alice.types(f"community ask {request.id} Why {words} {number}?", company.animators)
        await eve.is_told(f"Why {words} {number}?")
        await eve.says(f"community answer {request.id} Since {words} {number}")
        await company.settled()
    exchanges = await company.rows(Exchange)
    assert [each.answer for each in exchanges] == [f"Since {words} {number}" for number, words in enumerate(HOSTILE)]
    await alice.types(f"community override {request.id} Because {LINKS} {QUERY}", company.animators)
    await eve.is_told(f"“{name}” is open")
    await company.settled()
    community = await one(company, Community)
    assert (community.purpose, community.state) == (purpose, "active")

    for words in HOSTILE:
        await bob.says(f"community search {words}")
        await bob.says(f"community info {words}")
        await bob.says(words)
    await company.settled()
    assert await company.rows(Recorded, state="parked") == []
    assert await company.rows(Promise, state="dead") == []
    if isinstance(town, SlackTown):
        harmless_on_slack(town)
    if isinstance(town, MatrixTown):
        await harmless_on_matrix(town, alice, [None, company.animators])
        await harmless_on_matrix(town, eve, [None, community.room])
        await harmless_on_matrix(town, bob, [None])


# ---------------------------------------------------------------- where words could become something else


OPENS_FILES = {
    "bot/audit.py",  # the heads of the trail, where the settings say
    "bot/cli/backup.py",
    "bot/cli/desk.py",  # what is held about somebody, for whoever answers their request
    "bot/cli/manifest.py",
    "bot/cli/opening.py",  # the lock beside the database, and files to import
    "bot/cli/privacy/__init__.py",
    "bot/cli/privacy/answers.py",
    "bot/cli/trail.py",
    "bot/config/reading.py",
    "bot/web/rendering.py",  # templates
    "bot/words.py",  # catalogs
    "storage/migrations/__main__.py",
    "nudges/launch/paper/giving.py",  # sheets, into the folder that the command line says
}
"""Each takes its path from the settings, the command line or the program; none from what people write."""
OPENING = {"open", "write_text", "write_bytes", "read_text", "read_bytes", "mkdir", "unlink", "TemporaryFile"}
PLACES_OF_CODE = ("bot", "adapters", "nudges", "storage")


def called(path: Path, names: set[str]) -> Iterator[ast.Call]:
    """The calls of these functions or methods in a file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in names:
                yield node


def sources() -> Iterator[Path]:
    for place in PLACES_OF_CODE:
        yield from (ROOT / place).rglob("*.py")


def test_files_are_opened_where_no_word_of_people_comes() -> None:
    """`open` of a store, a platform or a seal is no file: those take what they open as they are."""
    other = {"Store", "kind", "seal", "image", "Image", "self"}
    found = {
        str(path.relative_to(ROOT))
        for path in sources()
        for call in called(path, OPENING)
        if not (isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") in other)
    }
    assert found <= OPENS_FILES, sorted(found - OPENS_FILES)


def is_composed(argument: ast.expr) -> bool:
    """An f-string, pieces put together, or a template that is filled."""
    filled = isinstance(argument, ast.Call) and isinstance(argument.func, ast.Attribute)
    return isinstance(argument, ast.JoinedStr | ast.BinOp) or (filled and argument.func.attr == "format")  # type: ignore[attr-defined]


def says_words(called: ast.expr) -> bool:
    """It is the `text` of the catalogs, and not SQLAlchemy's."""
    by = getattr(called.value, "id", "") if isinstance(called, ast.Attribute) else ""
    return isinstance(called, ast.Attribute) and called.attr == "text" and by not in {"sa", "sqlalchemy"}


def test_no_query_is_put_together_from_words() -> None:
    """SQL as text is written out in full: what it is about travels beside it, as a parameter."""
    composed = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sources()
        if "migrations" not in path.parts
        for call in called(path, {"text", "literal_column", "execute", "executescript", "exec_driver_sql"})
        if call.args and is_composed(call.args[0]) and not says_words(call.func)
    ]
    # The settings of an SQLite connection: names and values are the program's own.
    assert {each.partition(":")[0] for each in composed} == {"storage/sqlite.py"}, composed


def test_whoever_writes_for_spreadsheets_lets_no_cell_be_a_formula() -> None:
    """Such a cell begins with = + - or @; `bot.sheets.cells.safe` keeps it a text."""
    writers = {str(path.relative_to(ROOT)): path for path in sources() for _ in called(path, {"writer", "DictWriter"})}
    assert set(writers) == {"nudges/profiles/verbs.py", "nudges/pulse/export.py"}
    for path in writers.values():
        assert list(called(path, {"safe"})), path
