"""What the logs say, and what they never do."""

from __future__ import annotations

import json
import logging
import warnings
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import structlog
from pydantic import BaseModel, SecretStr

from adapters import PLATFORMS
from bot import logs
from bot.chat import NotAllowed

CONFIGURED = "correct-horse-battery"


class Lines:
    """What was logged so far."""

    def __init__(self) -> None:
        self.stream = StringIO()

    def all(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]

    def one(self) -> dict[str, Any]:
        (line,) = self.all()
        return line

    @property
    def raw(self) -> str:
        return self.stream.getvalue()


@pytest.fixture
def lines() -> Iterator[Lines]:
    """The logs of this test alone; everything is put back afterwards."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    loggers = [name for kind in PLATFORMS.values() for name in kind.loggers]
    shapes = [shape for kind in PLATFORMS.values() for shape in kind.secrets]
    levels = {name: logging.getLogger(name).level for name in (*logs.PAYLOADS, *loggers)}
    found = Lines()
    logs.configure(found.stream, {CONFIGURED}, payloads=loggers, shapes=shapes)
    yield found
    structlog.reset_defaults()
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, was in levels.items():
        logging.getLogger(name).setLevel(was)


def test_nothing_begins_a_line_of_its_own_or_gives_a_terminal_orders(lines: Lines) -> None:
    """Codes of platforms, names of rooms in settings: what is logged may come from outside."""
    every = "".join(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF))
    structlog.get_logger("x").warning("refused", reason=f'a{every}{{"event": "audit head", "seq": 1}}')
    assert len(lines.raw.splitlines()) == 1
    assert lines.one()["reason"].startswith(f"a{every}"), "and nothing of it is lost"
    assert not [each for each in lines.raw.rstrip("\n") if not each.isprintable() and each != "\ufeff"]


def test_a_line_is_one_json_object_with_its_keys(lines: Lines) -> None:
    structlog.get_logger("outbox").info("given up", promise=12, reason="not_in_channel")
    line = lines.one()
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "given up", "promise": 12, "reason": "not_in_channel", "level": "info", "logger": "outbox",
    }  # fmt: skip


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-123-456-abcDEF",
        "xoxp-9-8-7-abc",
        "xapp-1-A0-123-abcdef",
        "xoxe.xoxb-1-Mi0yLTE",
        "syt_cGFydmlz_AbCdEfGh_1a2b3c",
        "syr_refreshing",
        "Bearer abc.def.ghi",
        "postgresql+asyncpg://parvis:hunter2@db/parvis",
        "https://hs/_matrix/sync?access_token=opaque123&since=1",
        f"signing in with {CONFIGURED}",
    ],
)
def test_a_secret_is_hidden_wherever_it_stands(lines: Lines, secret: str) -> None:
    log = structlog.get_logger("x")
    log.info(secret, where=secret, deep={"list": [secret, {"more": (secret,)}]})
    logging.getLogger("somebody").warning("got %s", secret)
    logging.getLogger("somebody").warning(f"made of {secret}")  # noqa: G004 - as libraries do
    for word in ("123-456", "9-8-7", "A0-123", "Mi0y", "AbCdEfGh", "refreshing", "abc.def", "hunter2", "opaque123"):
        assert word not in lines.raw
    assert CONFIGURED not in lines.raw
    assert lines.raw.count(logs.HIDDEN) >= 4


@pytest.mark.parametrize("key", ["password", "bot_token", "Authorization", "client_secret", "api_key"])
def test_a_key_that_names_a_secret_hides_its_value(lines: Lines, key: str) -> None:
    structlog.get_logger("x").info("signed in", **{key: "anything"})
    assert "anything" not in lines.raw
    assert lines.one()[key] == logs.HIDDEN


@pytest.mark.parametrize("key", ["text", "body", "message", "content", "Body"])
def test_what_people_wrote_is_dropped(lines: Lines, key: str) -> None:
    structlog.get_logger("x").info(
        "received", kind="command", **{key: "my salary"}, event_of={key: "my salary", "n": 1}
    )
    line = lines.one()
    assert "salary" not in lines.raw
    assert key not in line
    assert line["event_of"] == {"n": 1}


def test_a_value_without_a_json_form_shows_its_type_only(lines: Lines) -> None:
    class Letter:
        def __repr__(self) -> str:
            return "Letter('my salary')"

    structlog.get_logger("x").info("received", what=Letter())
    assert lines.one()["what"] == "<Letter>"


def test_an_exception_tells_its_way_and_not_its_words(lines: Lines) -> None:
    def read() -> None:
        raise ValueError("cannot read 'my salary'")

    try:
        try:
            read()
        except ValueError as error:
            raise NotAllowed("restricted_action") from error
    except NotAllowed:
        structlog.get_logger("x").exception("event failed", kind="command")
    assert "salary" not in lines.raw
    told = lines.one()["error"]
    assert (told["type"], told["code"]) == ("NotAllowed", "restricted_action")
    assert told["cause"]["type"] == "ValueError"
    assert told["cause"]["way"][-1].startswith("tests/rules/test_logs.py:")
    assert told["cause"]["way"][-1].endswith(" read")


def test_libraries_say_where_they_are_and_nothing_of_what_they_handle(lines: Lines) -> None:
    logging.getLogger("slack_bolt.App").info("payload {'text': 'my salary'}")
    logging.getLogger("nio.responses").warning("invalid: {'body': 'my salary'}")
    logging.getLogger("slack_sdk.web").error("request %s failed with %s", "my salary", 500)
    try:
        int("my salary")
    except ValueError:
        logging.getLogger("asyncio").exception("task <my salary> failed")
    assert "salary" not in lines.raw
    quiet, template, failed = lines.all()
    assert quiet["event"] == logs.WITHHELD
    assert quiet["logger"] == "nio.responses"
    assert quiet["at"].startswith("test_logs:")
    assert template["event"] == "request %s failed with %s"
    assert failed["error"]["type"] == "ValueError"


def test_what_a_platform_declares_its_libraries_log_is_not_even_made(lines: Lines) -> None:
    declared = {name for kind in PLATFORMS.values() for name in kind.loggers}
    assert declared == {"slack_sdk", "slack_bolt", "nio"}
    assert not [name for name in declared if logging.getLogger(name).isEnabledFor(logging.INFO)]


def test_warnings_of_python_are_logged(lines: Lines) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        logging.getLogger("py.warnings").warning("%s", "something about my salary")
    assert lines.one()["logger"] == "py.warnings"
    assert "salary" not in lines.raw


def test_the_head_of_the_trail_is_not_taken_for_a_secret(lines: Lines) -> None:
    structlog.get_logger("audit").info("audit head", seq=3, mac="ab" * 32)
    assert lines.one()["mac"] == "ab" * 32


def test_secrets_are_found_however_deep() -> None:
    class Inner(BaseModel):
        token: SecretStr
        other: str = "open"

    class Outer(BaseModel):
        inner: dict[str, Inner]
        key: SecretStr | None = None

    settings = Outer(inner={"acme": Inner(token=SecretStr("one-secret"))}, key=SecretStr("another"))
    assert logs.secrets_of(settings) == {"one-secret", "another"}
