"""Logs as data: one JSON object a line, without secrets and without what people wrote.

What our own code logs is named by it, key by key. What libraries log is made of whatever they were handling: of their
records only the place is kept, and the sentence with its blanks not filled in. Of an exception, the type and the way it
took: its message may quote anything.
"""

from __future__ import annotations

import logging
import logging.config
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

import structlog
from pydantic import BaseModel, SecretStr
from structlog.typing import EventDict, WrappedLogger

HIDDEN = "(hidden)"
WITHHELD = "(words of a library)"
UNSAID = frozenset({"text", "body", "message", "content", "formatted_body", "title", "topic", "blocks", "display_name"})
"""Keys whose values are people's words or names: dropped, whatever they hold."""

PAYLOADS = ("aiohttp", "sqlalchemy", "alembic", "apscheduler", "asyncio")
"""Libraries that log what they handle, at the levels below WARNING; those of the platforms are named by these."""

_SECRET_KEY = re.compile(r"(?i)password|passwd|secret|token|authorization|cookie|api_?key")
_SECRETS = (
    r"(?<=bearer )[^\s\"',]+|(?<=://)[^\s:/@]+:[^\s/@]+(?=@)"
    r"|(?<=password=)[^\s&\"',]+|(?<=access_token=)[^\s&\"',]+"
)
# Unicode Standard Annex 14: further ends of lines; ECMA-48: the second set of controls, which terminals obey.
_UNSEEN = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), 0x2028, 0x2029)}
_CODE = re.compile(r"[\w.:/ -]{1,80}")
_HERE = Path(__file__).parent.parent
_FRAMES = 30


def configure(
    stream: TextIO,
    secrets: Iterable[str] = (),
    level: int = logging.INFO,
    *,
    payloads: Iterable[str] = (),
    shapes: Iterable[str] = (),
) -> None:
    """Send all logs of this process to a stream, one JSON object a line.

    secrets: values that must never show, wherever they come up; shapes: what others look like, as patterns. level: of
    our own lines; of libraries, WARNING. payloads: loggers of libraries that log what they handle, besides PAYLOADS.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _exception,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[_unfilled, *shared],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            Redaction(secrets, shapes),
            structlog.processors.JSONRenderer(ensure_ascii=False, default=_kind),
            _one_line,
        ],
        # Libraries' sentences are not filled in: they would show what was handled.
        use_get_message=False,
        pass_foreign_args=True,
    )
    _root(stream, formatter, level, (*PAYLOADS, *payloads))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def _root(stream: TextIO, formatter: logging.Formatter, level: int, payloads: Iterable[str]) -> None:
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    handler.addFilter(lambda record: isinstance(record.msg, dict) or record.levelno >= logging.WARNING)
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in payloads:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)


def secrets_of(settings: object) -> set[str]:
    """Every secret value of the settings, however deep."""
    if isinstance(settings, SecretStr):
        return {settings.get_secret_value()}
    if isinstance(settings, BaseModel):
        return secrets_of([getattr(settings, key) for key in type(settings).model_fields])
    if isinstance(settings, Mapping):
        return secrets_of(list(settings.values()))
    if isinstance(settings, list | tuple):
        return {secret for each in settings for secret in secrets_of(each)}
    return set()


class Redaction:
    """A structlog processor: drops what people wrote, and hides secrets, however deep."""

    def __init__(self, secrets: Iterable[str] = (), shapes: Iterable[str] = ()) -> None:
        """secrets: values to hide. Very short ones are left: they would hide parts of ordinary words.

        shapes: what other secrets look like, as patterns.
        """
        self._shaped = re.compile("(?i)" + "|".join((*shapes, _SECRETS)))
        known = sorted((secret for secret in set(secrets) if len(secret) >= 6), key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def __call__(self, _logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
        """Return the line as it may be seen."""
        return {key: self._clean(key, value) for key, value in line.items() if key.lower() not in UNSAID}

    def _clean(self, key: str, value: Any) -> Any:
        if _SECRET_KEY.search(key) and value:
            return HIDDEN
        if isinstance(value, Mapping):
            return {str(k): self._clean(str(k), v) for k, v in value.items() if str(k).lower() not in UNSAID}
        if isinstance(value, list | tuple | set | frozenset):
            return [self._clean("", each) for each in value]
        if isinstance(value, str):
            hidden = self._known.sub(HIDDEN, value) if self._known else value
            return self._shaped.sub(HIDDEN, hidden)
        return value


def _one_line(_logger: WrappedLogger, _method: str, line: Any) -> str:
    """Without what JSON lets through, and some reader takes for the end of a line, or a terminal for an order."""
    return str(line).translate(_UNSEEN)


def _kind(value: object) -> str:
    """What stands for a value that JSON has no form for: its type, since its text may be anyone's words."""
    return f"<{type(value).__name__}>"


def _unfilled(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """A library's record: where it comes from, and its sentence with the blanks not filled in."""
    record: logging.LogRecord = line["_record"]
    is_template = isinstance(record.msg, str) and bool(line.pop("positional_args", None))
    line.pop("stack_info", None)
    return {**line, "event": record.msg if is_template else WITHHELD, "at": f"{record.module}:{record.lineno}"}


def _exception(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """An exception: its type, its code where it has one, and the way it took."""
    error = _error(line.pop("exc_info", None))
    return line if error is None else {**line, "error": _told(error)}


def _error(given: object) -> BaseException | None:
    if given is True:
        return sys.exc_info()[1]
    found = given[1] if isinstance(given, tuple) else given
    return found if isinstance(found, BaseException) else None


def _told(error: BaseException) -> dict[str, Any]:
    said: dict[str, Any] = {"type": type(error).__name__, "way": _way(error.__traceback__)}
    code = getattr(error, "reason", None)
    if isinstance(code, str) and _CODE.fullmatch(code):
        said["code"] = code
    if isinstance(error, BaseExceptionGroup):
        said["among"] = [_told(each) for each in error.exceptions]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return said | ({"cause": _told(cause)} if cause is not None else {})


def _way(trace: TracebackType | None) -> list[str]:
    """The places that an exception passed, the innermost last: "bot/dispatch.py:61 handle"."""
    places: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{_short(code.co_filename)}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-_FRAMES:]


def _short(file: str) -> str:
    path = Path(file)
    if path.is_relative_to(_HERE) and "site-packages" not in path.parts:
        return str(path.relative_to(_HERE))
    return "/".join(path.parts[-2:])
