"""What one cell of a roster says. Pure; a cell that says nothing that can be used is refused in words (`Unfit`)."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from zoneinfo import available_timezones

from pydantic import TypeAdapter, ValidationError

from bot.calendar import read_day
from bot.config.values import DAYS, Country, closest, countries, near_country, near_zone
from bot.say import Line
from bot.sheets.cells import Unfit, quoted

_EMAIL = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\.]+(\.[^@\s<>,;:\"()\[\]\\.]+)+")
_WITHIN = re.compile(r"[\w.+'-]+@[\w-]+(\.[\w-]+)+")
_JOURS = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")
_LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3


def _unfit(text: str, wrong: str, write: str = "", *, example: str) -> Unfit:
    """write: what was meant, most probably; "": nobody knows, and an example shows how it is written."""
    how = "people-write" if write else "people-example"
    return Unfit(Line(id=wrong, args={"shown": quoted(text)}), Line(id=how, args={"what": write or example}))


def email(text: str) -> str:
    """An address in lower case. Raises Unfit."""
    lower = text.casefold()
    if lower and (len(lower) > _LONGEST_ADDRESS or not _EMAIL.fullmatch(lower)):
        inside = _WITHIN.search(lower)
        raise _unfit(text, "people-no-email", inside[0] if inside else "", example="ana@example.org")
    return lower


@lru_cache(maxsize=1024)
def language(text: str) -> str:
    """A language as its code: "fr" for "fr_CA", "français", "French". Raises Unfit."""
    if not text:
        return ""
    word = text.casefold()
    codes = _languages()
    begins = re.split("[-_]", word)[0]
    if word in codes:
        return codes[word]
    if begins in codes.values():
        return begins
    raise _unfit(text, "people-no-language", codes.get(closest(word, list(codes)), ""), example="fr")


@cache
def _languages() -> dict[str, str]:
    """Names in English, in French and in themselves -> codes of two letters."""
    from babel import Locale  # noqa: PLC0415 - needed only where a roster is read

    found: dict[str, str] = {}
    for reader in ("en", "fr"):
        for code, name in Locale(reader).languages.items():
            if len(code) == 2:
                found.setdefault(str(name).casefold(), code)
                found[code] = code
    return found


@lru_cache(maxsize=1024)
def zone(text: str) -> str:
    """A time zone as the IANA list writes it. Raises Unfit."""
    if not text:
        return ""
    known = _zones()
    if text.casefold() in known:
        return known[text.casefold()]
    raise _unfit(text, "people-no-zone", near_zone(text), example="Europe/Paris")


@cache
def _zones() -> dict[str, str]:
    return {each.casefold(): each for each in sorted(available_timezones())}


@lru_cache(maxsize=1024)
def country(text: str) -> str:
    """A country, or a part of one, whose public holidays are known: "FR", "FR-57"; "France" is "FR". Raises Unfit."""
    if not text:
        return ""
    code = countries().get(text.casefold(), text.upper().replace("_", "-"))
    try:
        return TypeAdapter[str](Country).validate_python(code)
    except ValidationError:
        raise _unfit(text, "people-no-country", near_country(text), example="FR") from None


@lru_cache(maxsize=1024)
def days(text: str) -> str:
    """Working days in the order of the week: "mon tue" for "lundi, mardi", "mon-tue" or "lun à mar". Raises Unfit."""
    said = re.sub(r"\s*(?:-|–|\bà\b|\bau?\b|\bto\b)\s*", "-", text.casefold())
    found: set[int] = set()
    for part in re.split(r"[\s,;/+]+", said.strip()):
        if not part:
            continue
        first, is_span, last = part.partition("-")
        begin, end = _day(first, text), _day(last if is_span else first, text)
        found |= {each % 7 for each in range(begin, (end if end >= begin else end + 7) + 1)}
    return " ".join(DAYS[each] for each in sorted(found))


def _day(word: str, text: str) -> int:
    begins = word[:3]
    for names in (DAYS, _JOURS):
        if begins in names:
            return names.index(begins)
    raise _unfit(text, "people-no-day", example="mon tue wed")


@lru_cache(maxsize=1024)
def absences(text: str) -> str:
    """Absences as JSON: [["2026-12-01", "2026-12-15"]] for "2026-12-01..2026-12-15; 2027-02-01". Raises Unfit."""
    found = []
    for part in filter(None, map(str.strip, re.split("[;,|]", text))):
        first, *rest = re.split(r"\s*\.\.+\s*|\s+(?:-|–|à|au|to|until)\s+", part, maxsplit=1)
        begin, end = (read_day(each) for each in (first, *(rest or [first])))
        if begin is None or end is None or end < begin:
            raise _unfit(text, "people-no-absences", example="2026-12-01..2026-12-15; 2027-02-01")
        found.append([begin.isoformat(), end.isoformat()])
    return json.dumps(sorted(found))


@lru_cache(maxsize=1024)
def day(text: str) -> str:
    """A day as ISO 8601 writes it; "" for none. Raises Unfit."""
    if not text:
        return ""
    found = read_day(text)
    if found is None:
        raise _unfit(text, "people-no-date", example="2026-12-31")
    return found.isoformat()
