"""Kinds of values that settings have: how each is checked, and what to write when it is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from difflib import get_close_matches
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Literal, cast, get_args
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationInfo,
)
from pydantic.fields import FieldInfo

from bot.config.platforms import ANY, Section, Shape, What
from bot.config.problems import WrongValueError, quoted
from bot.say import Names


def closest(word: str, known: Sequence[str]) -> str:
    """The known word that a mistyped one most resembles, or ""."""
    near = get_close_matches(word.lower(), [k.lower() for k in known], n=1, cutoff=0.6)
    return next((k for k in known if near and k.lower() == near[0]), "")


def is_secret(field: FieldInfo) -> bool:
    """Whether a setting comes from the environment only."""
    return field.annotation is SecretStr or SecretStr in get_args(field.annotation)


# ---------------------------------------------------------------- kinds of values


@cache
def languages() -> tuple[str, ...]:
    """The languages that the spine has a catalog for: ("en", "fr")."""
    folder = Path(__file__).parent.parent / "locales"
    return tuple(sorted({path.stem.rpartition(".")[2] for path in folder.glob("*.ftl")}))


def _language(value: str) -> str:
    if value not in languages():
        near = closest(value, languages()) or "en"
        raise WrongValueError("settings-language", near, shown=quoted(value), known=", ".join(languages()))
    return value


@cache
def _zones() -> list[str]:
    """Read once: a folder with six hundred files is gone through."""
    return sorted(available_timezones())


def _zone(value: str) -> str:
    if value not in _zones():
        near = near_zone(value)
        how = "settings-write" if near else "settings-for-example"
        raise WrongValueError("settings-zone", near or "Europe/Paris", how=how, shown=quoted(value))
    return value


def near_zone(value: str) -> str:
    """The time zone of a place that is most probably meant, or "".

    Never one of "Etc": their signs are the other way round ("Etc/GMT+1" is an hour behind), and an hour that is ahead
    of UTC names no place with its summer time.
    """
    places = [zone for zone in _zones() if "/" in zone and not zone.startswith("Etc/")]
    if re.search(r"\d", value):
        return ""
    city = value.rpartition("/")[2].replace(" ", "_").casefold()
    return next((zone for zone in places if zone.rpartition("/")[2].casefold() == city), "") or closest(value, places)


def _url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise WrongValueError("settings-url", f"https://{value.partition('://')[2] or value}", shown=quoted(value))
    return value.rstrip("/")


def _issuer(value: str) -> str:
    """Kept as it is written: tokens name it so (OpenID Connect Core 1.0, section 3.1.3.7)."""
    parts = urlsplit(value)
    is_here = parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1"}
    if value and not (parts.hostname and (parts.scheme == "https" or is_here)):
        raise WrongValueError("settings-issuer", f"https://{value.partition('://')[2] or value}", shown=quoted(value))
    return value


def _country(value: str) -> str:
    if value and not _has_holidays(*value.split("-", maxsplit=1)):
        near = near_country(value)
        how = "settings-write" if near else "settings-for-example"
        raise WrongValueError("settings-country", near or "FR", how=how, shown=quoted(value))
    return value


def near_country(value: str) -> str:
    """The country or region that is most probably meant: "FR" for "France", "FR-57" for "Moselle"; or ""."""
    import holidays  # noqa: PLC0415 - see `_has_holidays`

    names = countries()
    if near := names.get(closest(value, list(names)), ""):
        return near
    for country, parts in holidays.list_supported_countries(include_aliases=True).items():
        if len(country) == 2 and parts:
            called = holidays.country_holidays(country).get_subdivision_aliases()
            for part, aliases in called.items():
                if value.casefold() in map(str.casefold, aliases):
                    return f"{country}-{part}"
    return ""


@cache
def countries() -> dict[str, str]:
    """Names of countries in English and in French, in small letters -> codes."""
    from babel import Locale  # noqa: PLC0415 - needed only where a name is written for a code

    found: dict[str, str] = {}
    for reader in ("en", "fr"):
        for code, name in Locale(reader).territories.items():
            if len(code) == 2 and code.isalpha():
                found.setdefault(str(name).casefold(), code)
    return found


def _has_holidays(country: str, region: str | None = None) -> bool:
    import holidays  # noqa: PLC0415 - slow to import, and needed only where a country is set

    try:
        holidays.country_holidays(country, subdiv=region)
    except NotImplementedError:
        return False
    # The library knows countries by other names as well; one way to write each is enough.
    return len(country) == 2


def _clock(value: object) -> object:
    if isinstance(value, time):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value):
        raise WrongValueError("settings-hour", "09:00", shown=quoted(value))
    hour, _, minute = value.partition(":")
    return time(int(hour), int(minute))


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_JOURS = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")


def _day(value: object) -> object:
    """Whoever writes a day otherwise, whole or in French, means the one whose name begins so."""
    if value in DAYS:
        return value
    begins = str(value).casefold()[:3]
    near = next((day for day, jour in zip(DAYS, _JOURS, strict=True) if begins in {day, jour}), DAYS[0])
    known = Names(names=tuple(map(quoted, DAYS)), style="or")
    raise WrongValueError("settings-not-one-of", near, shown=quoted(value), known=known)


def _database(value: str) -> str:
    scheme, _, rest = value.partition("://")
    engine = "postgresql+asyncpg" if scheme.startswith("postgres") else "sqlite+aiosqlite"
    open_rest = re.sub(r"^([^:/@]*):[^/]*@", r"\1@", rest)
    write = f"{engine}://{open_rest}" if rest else "sqlite+aiosqlite:///parvis.db"
    if open_rest != rest:
        raise WrongValueError("settings-database-password", write, variable="PARVIS_DATABASE_PASSWORD")
    if scheme != engine or not rest:
        raise WrongValueError("settings-database", write)
    if scheme == "postgresql+asyncpg" and find_spec("asyncpg") is None:
        raise WrongValueError(
            "settings-database-driver", "sqlite+aiosqlite:///parvis.db", how="settings-database-driver-write"
        )
    return value


class Listener(Section):
    """Where to listen. port: 0 takes any free one."""

    host: str
    port: int


def _listener(value: object) -> object:
    if value == "off":
        return None
    found = re.fullmatch(r"(\[[0-9a-fA-F:]+\]|[^:\s]+):(\d{1,5})", value) if isinstance(value, str) else None
    if not found or int(found[2]) > 65535:
        raise WrongValueError("settings-listener", "127.0.0.1:9464", shown=quoted(value))
    return Listener(host=found[1].strip("[]"), port=int(found[2]))


@dataclass(frozen=True, slots=True)
class Declared:
    """What one table says that others are checked against, given as pydantic's context.

    platforms: name -> kind. ids: kind -> what its stable ids look like. language: the default one. roles: those that
    [roles] gives to somebody. contacts: the kinds of unasked contact that there are; empty: nobody said so.
    """

    platforms: Mapping[str, str]
    ids: Mapping[str, Mapping[What, Shape]]
    language: str
    roles: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()

    def check(self, name: str, what: What, value: str) -> None:
        """Raise unless the platform is declared and the id can be one."""
        self.platform(name)
        kind = self.platforms[name]
        shape, example = self.ids.get(kind, {}).get(what, ANY)
        if not re.fullmatch(shape, value):
            write = f"{name}:{'' if what == 'account' else what + ':'}{example}" if example else f"{name}:room:ID"
            raise WrongValueError(f"settings-{what}-id", write, shown=quoted(value), kind=kind)

    def platform(self, name: str) -> None:
        """Raise unless the platform is declared."""
        if name not in self.platforms:
            near = closest(name, tuple(self.platforms)) or next(iter(self.platforms), "")
            raise WrongValueError("settings-platform-undeclared", near, shown=quoted(name))

    def role(self, name: str) -> None:
        """Raise unless [roles] gives the role to somebody; "admin" always is given, or the table is wrong itself."""
        if name != "admin" and name not in self.roles:
            raise WrongValueError("settings-role-of-nobody", "admin", shown=quoted(name))

    def contact(self, name: str) -> None:
        """Raise unless there is such a kind of unasked contact."""
        if self.contacts and name not in self.contacts:
            kinds = sorted(self.contacts)
            known = Names(names=tuple(map(quoted, kinds)), style="or")
            near = closest(name, kinds) or kinds[0]
            raise WrongValueError("settings-not-one-of", near, shown=quoted(name), known=known)

    def someone(self) -> str:
        """An account as a role may name it: "acme:U0123456789"."""
        name, kind = next(iter(self.platforms.items()), ("acme", next(iter(self.ids), "")))
        return f"{name}:{self.ids.get(kind, {}).get('account', ANY).example or 'ana'}"


class Grant(Section):
    """Who has a role: an account, or the members of a group or room. id: the platform's stable id."""

    platform: str
    kind: What
    id: str


def _grant(value: object, info: ValidationInfo) -> object:
    if isinstance(value, Grant):
        return value
    declared = info.context if isinstance(info.context, Declared) else None
    found = re.fullmatch(r"(\w+):(?:(group|room):)?(\S+)", value) if isinstance(value, str) else None
    if not found:
        near = declared.someone() if declared else "acme:U0123456789"
        raise WrongValueError("settings-grant", near, shown=quoted(value))
    name, what, identity = found[1], cast("What", found[2] or "account"), found[3]
    if declared:
        try:
            declared.check(name, what, identity)
        except WrongValueError as error:
            near = str(error.write)
            whole = near if ":" in near else f"{near}{str(value)[len(name) :]}"
            raise error.writing(whole) from None
    return {"platform": name, "kind": what, "id": identity}


def _contact(value: str, info: ValidationInfo) -> str:
    if isinstance(info.context, Declared):
        info.context.contact(value)
    return value


def _somebody(value: tuple[Grant, ...], info: ValidationInfo) -> tuple[Grant, ...]:
    if not value and isinstance(info.context, Declared):
        raise WrongValueError("settings-nobody", [info.context.someone()])
    return value


Text = Annotated[str, Field(min_length=1)]
Language = Annotated[str, AfterValidator(_language)]
Zone = Annotated[str, AfterValidator(_zone)]
Count = Annotated[int, Field(strict=True, ge=0)]
Some = Annotated[int, Field(strict=True, ge=1)]
Day = Annotated[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], BeforeValidator(_day)]
Clock = Annotated[time, BeforeValidator(_clock)]
Url = Annotated[str, AfterValidator(_url)]
Address = Annotated[str, AfterValidator(lambda value: value and _url(value))]
Issuer = Annotated[str, AfterValidator(_issuer)]
Where = Annotated[Listener | None, BeforeValidator(_listener)]
Grants = tuple[Annotated[Grant, BeforeValidator(_grant)], ...]
SomeGrants = Annotated[Grants, AfterValidator(_somebody), Field(validate_default=True)]
Contact = Annotated[str, AfterValidator(_contact)]
"""A kind of unasked contact, such as "profile.reminder"."""
Store = Annotated[str, AfterValidator(_database)]
Country = Annotated[str, AfterValidator(_country)]
