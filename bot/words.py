"""Catalogs: what is said gets its language here, and nowhere else.

One set of sentences per language, in Fluent files: `bot/locales/MODULE.LANG.ftl` for the spine, `LANG.ftl` in a
capability's `locales/`. Dates, lists and numbers are written as each language writes them (CLDR, through Babel).
A number that names something rather than counting it is called `number` ("request { $number }"): it is not grouped,
so that it can be typed as it is read.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_datetime, format_timedelta
from babel.lists import format_list
from fluent.runtime import FluentBundle
from fluent.runtime.resolver import Message as FluentMessage
from fluent.syntax import FluentParser, ast

from bot.chat import Block, Choice, Form, FormField, Message, Option, Part, Picture, plain
from bot.markdown import read
from bot.say import Arg, Ask, Line, Moment, Names, Pick, Question, Say, Term

# Where a message or a term begins (Fluent syntax guide): in the first column.
_ID = re.compile(r"^(-?[A-Za-z][A-Za-z0-9_-]*) *=", re.MULTILINE)
# English as Europe writes it: "24 November", no comma before "and".
_REGIONS = {"en": "en_GB"}
_DATE = "EEEE d MMMM y"
_TIME = "HH:mm"
# fluent.runtime refuses a piece of text longer than 2,500 characters; texts of people may be, so long ones are put in
# place after formatting. Several may meet in one piece, hence a limit far below.
_LONG = 200


class WordsError(Exception):
    """A catalog cannot be read, or does not hold what is to be said."""


class UnknownWordsError(WordsError):
    """A catalog does not hold what is to be said: perhaps that of a newer version does."""


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom it is written. language: BCP 47 ("fr", "en-GB") or ""; zone: IANA or ""."""

    language: str
    zone: str = ""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Words:
    """All sentences of the running bot, in every language."""

    def __init__(
        self, folders: Sequence[Path], default: str = "en", zone: str = "UTC", now: Callable[[], datetime] = _utc_now
    ) -> None:
        """List every catalog of the folders; each is read when something in it is first said, or by `read`.

        default: the language of readers whose own has no catalog. zone: IANA, for readers whose zone is unknown.
        now: the clock (aware), for "2 hours ago". Raises WordsError: an id given twice, or no catalog in the default
        language.
        """
        self._bundles: dict[str, FluentBundle] = {}  # made when first said: with each comes all that CLDR knows
        self._languages: set[str] = set()
        self._files: dict[tuple[str, str], Path] = {}
        self._read: set[Path] = set()
        self._names: dict[str, Mapping[str, str]] = {}
        self._artists: dict[str, Artist] = {}
        for folder in folders:
            for path in sorted(folder.glob("*.ftl")):
                self._list(path)
        if default not in self._languages:
            raise WordsError(f"no catalog in the default language {default!r}")
        self._default = default
        self._zone = ZoneInfo(zone)
        self._now = now
        # Unguessable, so that no text of a person can stand for another's.
        self._mark = f"\ue000{secrets.token_hex(8)}:"

    def _list(self, path: Path) -> None:
        """Know what a file holds without parsing it, which takes a hundred times as long."""
        language = _language(path)
        for name in _named(path, path.stat().st_mtime_ns):
            first = self._files.setdefault((language, name), path)
            if first is not path:
                raise WordsError(f"{name} is in {first} and again in {path}")
        self._languages.add(language)

    def read(self, but: Collection[str] = ()) -> None:
        """Read the catalogs now. but: modules left for when they are said. Raises WordsError: a file cannot be read."""
        for path in sorted(set(self._files.values())):
            if path.name.partition(".")[0] not in but:
                self._add(path)

    def _add(self, path: Path) -> None:
        if path in self._read:
            return
        self._bundle(_language(path)).add_resource(_parsed(path, path.stat().st_mtime_ns))
        self._read.add(path)

    def _bundle(self, language: str) -> FluentBundle:
        if language not in self._bundles:
            # No isolation marks: they show as boxes on some clients, and would be part of names people copy.
            # `read` may be at work in another thread: whoever makes it first made it for both.
            self._bundles.setdefault(language, FluentBundle([language], use_isolating=False))
        return self._bundles[language]

    def _message(self, language: str, name: str) -> FluentMessage | None:
        """A message of a language's catalogs, its file read if it was not yet. Files do not refer to one another."""
        path = self._files.get((language, name))
        if path is None:
            return None
        self._add(path)
        found: FluentMessage = self._bundles[language].get_message(name)
        return found

    @property
    def default(self) -> str:
        """The language of the organisation: of readers whose own is unknown, and of what several people see."""
        return self._default

    @property
    def languages(self) -> frozenset[str]:
        """The languages that have a catalog: {"en", "fr"}."""
        return frozenset(self._languages)

    def match(self, tag: str) -> str:
        """The best supported language for a BCP 47 tag ("fr-CA" -> "fr"); the default when there is none."""
        language = re.split("[-_]", tag, maxsplit=1)[0].lower()
        return language if language in self._languages else self._default

    def has(self, language: str, message_id: str) -> bool:
        """Whether a language's catalog holds a message, or an attribute ("form-x.title")."""
        name, _, attribute = message_id.partition(".")
        message = self._message(language, name)
        if message is None:
            return False
        return attribute in message.attributes if attribute else message.value is not None

    def text(self, reader: Reader, message_id: str, args: Mapping[str, Arg] | None = None) -> str:
        """One sentence, in the reader's language and zone.

        message_id: a message of the catalogs, or one of its attributes ("command-parvis.help"). Raises WordsError when
        the catalog lacks it (UnknownWordsError), or when an argument it needs is missing.
        """
        language = self.match(reader.language)
        if not self.has(language, message_id):
            raise UnknownWordsError(f"no message {message_id!r} in {language!r}")
        name, _, attribute = message_id.partition(".")
        bundle, message = self._bundles[language], self._message(language, name)
        assert message is not None, "has() saw it"
        pattern = message.attributes[attribute] if attribute else message.value
        assert pattern is not None, "has() saw a value"
        long: list[str] = []
        given = {key: self._value(key, arg, reader, language, long) for key, arg in (args or {}).items()}
        text, errors = bundle.format_pattern(pattern, given)
        if errors:
            raise WordsError(f"{message_id!r} in {language!r}: {'; '.join(str(error) for error in errors)}")
        return self._restore(str(text), long)

    def _value(self, key: str, arg: Arg, reader: Reader, language: str, long: list[str]) -> str | int | float:
        """An argument as Fluent takes it; a long text becomes a mark, and is kept in `long`."""
        if isinstance(arg, int | float):
            return str(arg) if key == "number" else arg
        text = self._written(arg, reader, language)
        if len(text) <= _LONG:
            return text
        long.append(text)
        return f"{self._mark}{len(long) - 1}\ue000"

    def _restore(self, text: str, long: Sequence[str]) -> str:
        if not long:
            return text
        return re.sub(re.escape(self._mark) + "([0-9]+)\ue000", lambda found: long[int(found[1])], text)

    def _written(self, arg: Term | Moment | Names | str, reader: Reader, language: str) -> str:
        match arg:
            case Term():
                return self.text(reader, arg.term, arg.args)
            case Moment():
                return self._moment(arg, reader, language)
            case Names():
                style: Literal["standard", "or"] = "or" if arg.style == "or" else "standard"
                names = [self._written(each, reader, language) for each in arg.names]
                return format_list(names, style, _locale(language)) if names else ""
            case _:
                return arg

    def _moment(self, moment: Moment, reader: Reader, language: str) -> str:
        locale = _locale(language)
        if moment.style == "ago":
            away = moment.at - self._now()
            # Never "in 0 minutes"; less than a minute is one minute.
            if abs(away) < timedelta(seconds=1):
                away = timedelta(seconds=-1)
            return format_timedelta(away, granularity="minute", add_direction=True, locale=locale)
        zone = _zone(moment.zone) or _zone(reader.zone) or self._zone
        local = moment.at if moment.style == "day" else moment.at.astimezone(zone)
        # CLDR says "1 décembre"; French is read "1er décembre".
        pattern = _DATE.replace(" d ", " '1er' ") if language == "fr" and local.day == 1 else _DATE
        date = format_datetime(local, pattern, locale=locale)
        time = format_datetime(local, _TIME, locale=locale)
        if moment.style == "datetime":
            return self.text(reader, "moment-datetime", {"date": date, "time": time, "zone": str(zone)})
        return time if moment.style == "time" else date

    def message(self, say: Say, reader: Reader) -> Message:
        """A message in the reader's language and zone. Raises WordsError as `text` does."""
        parts, choices = tuple(self._parts(say.lines, reader)), tuple(self._choices(say.choices, reader))
        artist = self._artists.get(say.picture.by) if say.picture else None  # a newer version's is not known here
        picture = artist(say.picture.of, Voice(self, reader)) if say.picture and artist else None
        return Message(parts=parts, choices=choices, picture=picture)

    def draws(self, artists: Mapping[str, Artist]) -> None:
        """Who makes pictures, by name. Without, messages come without them: what they tell, the lines tell too."""
        self._artists |= artists

    def _parts(self, lines: Sequence[Line], reader: Reader) -> Iterator[Part]:
        for line in lines:
            label = self.text(reader, f"{line.id}.label", line.args) if line.kind == "fact" else ""
            text = self.text(reader, line.id, line.args)
            rich: tuple[Block, ...] = ()
            if line.kind in {"rich", "paste"}:
                rich = read(text).blocks
                text = plain(rich) if line.kind == "rich" else text
            yield Part(
                kind=line.kind, text=text, label=label, room=line.room, account=line.account, url=line.url, rich=rich
            )

    def _choices(self, picks: Sequence[Pick], reader: Reader) -> Iterator[Choice]:
        for pick in picks:
            yield Choice(
                label=self.text(reader, pick.label, pick.args),
                action=pick.action,
                value=pick.value,
                style=pick.style,
                typed=f"{self._name(pick.action, reader)} {pick.value}".strip(),
            )

    def call(self, names: Mapping[str, str], language: str = "fr") -> None:
        """How actions are typed by readers of a language: "community.approve" -> "communaute approuver"."""
        self._names[language] = names

    def _name(self, action: str, reader: Reader) -> str:
        return self._names.get(self.match(reader.language), {}).get(action, action.replace(".", " "))

    def form(self, ask: Ask, reader: Reader) -> Form:
        """A form in the reader's language. Raises WordsError as `text` does."""
        form = f"form-{slug(ask.id)}"
        return Form(
            id=ask.id,
            title=self.text(reader, f"{form}.title"),
            submit=self.text(reader, f"{form}.submit"),
            cancel=self.text(reader, f"{form}.cancel"),
            fields=tuple(self._field(ask.id, question, reader) for question in ask.questions),
            parts=tuple(self._parts(ask.lines, reader)),
            choices=tuple(self._choices(ask.choices, reader)),
            review=ask.review,
            meta=ask.meta,
        )

    def _field(self, form: str, question: Question, reader: Reader) -> FormField:
        field = f"field-{slug(form)}-{slug(question.name)}"
        hinted = self.has(self.match(reader.language), f"{field}.hint")
        return FormField(
            name=question.name,
            label=self.text(reader, f"{field}.label", question.args),
            hint=self.text(reader, f"{field}.hint", question.args) if hinted else "",
            kind=question.kind,
            options=tuple(
                Option(value=value, label=question.labels.get(value) or self.text(reader, f"option-{slug(value)}"))
                for value in question.options
            ),
            required=question.required,
            max_length=question.max_length,
            value=question.value,
        )


class Voice:
    """Says messages of the catalogs to one reader: `voice("figure-others")`."""

    def __init__(self, words: Words, reader: Reader) -> None:
        self._words = words
        self._reader = reader

    @property
    def language(self) -> str:
        """The catalogs' language that it speaks."""
        return self._words.match(self._reader.language)

    def __call__(self, id: str, /, **args: Arg) -> str:
        """A message of the catalogs. Raises WordsError as `Words.text` does."""
        return self._words.text(self._reader, id, args)

    def line(self, line: Line) -> str:
        """A message that came with its arguments. Raises WordsError as `Words.text` does."""
        return self._words.text(self._reader, line.id, line.args)


Artist = Callable[[str, Voice], Picture | None]
"""Makes a picture of a `bot.say.Drawing` for a reader; None where there is nothing to draw."""


def slug(name: str) -> str:
    """A name as message ids hold it: "community.request" -> "community-request"."""
    return re.sub("[^A-Za-z0-9_-]", "-", name)


def _language(path: Path) -> str:
    return path.stem.rpartition(".")[2]


@lru_cache(maxsize=256)
def _named(path: Path, _changed: int) -> tuple[str, ...]:
    """The ids of a file's messages and terms, each as often as it stands there."""
    return tuple(found[1] for found in _ID.finditer(path.read_text(encoding="utf-8")))


@lru_cache(maxsize=256)
def _parsed(path: Path, _changed: int) -> ast.Resource:
    """The parsed file; parsing is the slow part, and a file that has not changed is parsed once."""
    source = path.read_text(encoding="utf-8")
    resource = FluentParser(with_spans=False).parse(source)  # where each word stands is half of the memory
    if any(isinstance(entry, ast.Junk) for entry in resource.body):
        raise WordsError(f"{path}, {_wrong(source)}")
    return resource


def _wrong(source: str) -> str:
    """Where a file is first wrong, and what about it."""
    entry = next(each for each in FluentParser().parse(source).body if isinstance(each, ast.Junk))
    start = entry.span.start if entry.span else 0
    what = "; ".join(note.message or "" for note in entry.annotations)
    return f"line {source.count(chr(10), 0, start) + 1}: {what}"


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    return Locale.parse(_REGIONS.get(language, language))


@lru_cache(maxsize=1024)
def _zone(name: str) -> tzinfo | None:
    """The zone, or None: platforms hand over what people's clients once said."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None
