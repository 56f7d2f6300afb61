"""How the settings are read: every table by its model, secrets from the environment, then what only shows together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic_core import ErrorDetails

from bot.config.explain import explained, unknown
from bot.config.platforms import Kind, PlatformSettings
from bot.config.problems import ConfigError, Problem, message, quoted
from bot.config.settings import SECTIONS, Config
from bot.config.values import Declared, closest, is_secret, languages
from bot.say import Line, Names

AUDIT_KEY = "PARVIS_AUDIT_KEY"
SCIM_TOKEN = "PARVIS_SCIM_TOKEN"  # noqa: S105 - the variable's name
SIGN_ON_SECRET = "PARVIS_SIGN_ON_SECRET"  # noqa: S105 - the variable's name
DATABASE_PASSWORD = "PARVIS_DATABASE_PASSWORD"  # noqa: S105 - the variable's name
_PLATFORM_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
_Table = dict[str, Any]
_Kinds = Mapping[str, Kind[Any]]
_M = TypeVar("_M", bound=BaseModel)


def load(
    path: Path,
    env: Mapping[str, str],
    nudges: Mapping[str, type[BaseModel]],
    kinds: _Kinds,
    contacts: Collection[str] = (),
) -> Config:
    """Read the settings.

    path: the TOML file. env: the environment, the only source of secrets. nudges: capability id -> model of its
    settings. kinds: what [platforms.NAME] may have as its `kind` -> what a platform of that kind declares. contacts:
    the kinds of unasked contact that settings may name; none: any. Raises ConfigError with everything that is wrong.
    """
    reading = _Reading(path, env, nudges, kinds, contacts)
    config = reading.config(_parse(path))
    if config is None or reading.problems:
        raise ConfigError(reading.problems, reading.declared.language)
    return config


def _parse(path: Path) -> _Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        wrong, write = _no_toml(str(error)), message("settings-file-correct")
    except UnicodeDecodeError as error:
        wrong, write = message("settings-file-encoding", byte=str(error.start)), message("settings-file-encode")
    except FileNotFoundError:
        wrong, write = message("settings-file-none"), message("settings-file-copy")
    except OSError as error:
        wrong, write = message("settings-file-unreadable", reason=str(error.strerror)), message("settings-file-allow")
    raise ConfigError([Problem(str(path), "", wrong, write)])


def _no_toml(found: str) -> Line:
    """What the library says ends with where: "Invalid value (at line 2, column 8)", or "(at end of document)"."""
    at = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", found, re.DOTALL)
    if at is None:
        return message("settings-file-not-toml", reason=found)
    return message("settings-file-not-toml-at", reason=at[1], line=at[2], column=at[3])


class _Reading:
    """One reading of one file; collects what is wrong on its way."""

    def __init__(
        self,
        path: Path,
        env: Mapping[str, str],
        nudges: Mapping[str, type[BaseModel]],
        kinds: _Kinds,
        contacts: Collection[str],
    ) -> None:
        self.file = str(path)
        self.env = env
        self.nudges = nudges
        self.kinds = kinds
        self.contacts = contacts
        self.problems: list[Problem] = []
        self.models: dict[str, type[BaseModel]] = {}

    def add(self, key: str, wrong: Line, write: Line) -> None:
        self.problems.append(Problem(self.file, key, wrong, write))

    def lacks(self, variable: str, wrong: Line, write: Line) -> None:
        self.problems.append(Problem("", variable, wrong, write))

    def config(self, data: _Table) -> Config | None:
        """The settings, or None when something is wrong."""
        self._unknown_tables(data)
        self.declared = _declared(data, self.kinds, self.contacts)
        parts: dict[str, Any] = {key: self._section(data, key, model) for key, model in SECTIONS.items()}
        parts["platforms"] = self._platforms(data)
        parts["nudges"] = {key: self._section(data, key, model) for key, model in self.nudges.items()}
        parts["audit_key"] = self._key(AUDIT_KEY, "audit-key")
        self._served(parts)
        parts["scim_token"] = self._pushed(parts)
        parts["sign_on_secret"] = self._signed_on(parts)
        self._stray_variables()
        return None if self.problems else Config.model_construct(**parts)

    # ------------------------------------------------------------ tables

    def _unknown_tables(self, data: _Table) -> None:
        known = [*SECTIONS, "platforms", *self.nudges]
        for key in data:
            if key not in known:
                near = closest(key, known)
                use = message("settings-use", known=", ".join(known))
                write = message("settings-write", what=f"[{near}]") if near else use
                self.add(key, message("settings-unknown-table"), write)

    def _section(self, data: _Table, key: str, model: type[BaseModel]) -> BaseModel | None:
        table = data.get(key, {})
        if not isinstance(table, dict):
            self.add(key, message("settings-must-be-table"), message("settings-write-table-line", table=key))
            return None
        if key == "database":
            password = self.env.get(DATABASE_PASSWORD)
            table = self._without_secrets(table, key, {"password": DATABASE_PASSWORD})
            table |= {"password": password} if password else {}
        return self._model(key, model, table)

    def _model(self, at: str, model: type[_M], table: _Table) -> _M | None:
        if model.model_config.get("extra") != "forbid":
            strange = [key for key in table if key not in model.model_fields]
            self.problems += [unknown(self.file, f"{at}.{key}", model) for key in strange]
        try:
            return model.model_validate(table, context=self.declared)
        except ValidationError as error:
            found = [each for each in error.errors(include_url=False) if not _counted(each)]
            self.problems += [explained(self.file, at, model, table, one) for one in found]
            return None

    # ------------------------------------------------------------ platforms and secrets

    def _platforms(self, data: _Table) -> dict[str, PlatformSettings | None]:
        tables = data.get("platforms", {})
        if not isinstance(tables, dict) or not tables:
            write = message("settings-write-platform", table="[platforms.acme]", kinds=self._any_kind())
            self.add("platforms", message("settings-no-platform"), write)
            return {}
        return {name: self._platform(name, table) for name, table in tables.items()}

    def _platform(self, name: str, table: object) -> PlatformSettings | None:
        at = f"platforms.{name}"
        if not _PLATFORM_NAME.fullmatch(name):
            good = re.sub(r"[^a-z0-9_]", "_", name.lower()).lstrip("_0123456789")[:32] or "acme"
            write = message("settings-write", what=f"[platforms.{good}]")
            self.add(at, message("settings-platform-name"), write)
            return None
        if not isinstance(table, dict):
            self.add(at, message("settings-must-be-table"), message("settings-write-table-line", table=at))
            return None
        kind = table.get("kind")
        declared = self.kinds.get(kind) if isinstance(kind, str) else None
        if declared is None:
            wrong = message("settings-missing") if kind is None else message("settings-no-kind", shown=quoted(kind))
            near = closest(str(kind), tuple(self.kinds))
            what = f'kind = "{near}"' if near else self._any_kind()
            self.add(f"{at}.kind", wrong, message("settings-write", what=what))
            return None
        return self._known_platform(name, declared, table)

    def _any_kind(self) -> Names:
        return Names(names=tuple(f'kind = "{one}"' for one in self.kinds), style="or")

    def _known_platform(self, name: str, kind: Kind[Any], table: _Table) -> PlatformSettings | None:
        at = f"platforms.{name}"
        model: type[PlatformSettings] = kind.settings
        self.models[name] = model
        variables = secret_variables(name, model)
        table = self._without_secrets(table, at, variables)
        secrets = {key: self.env.get(variable, "") for key, variable in variables.items()}
        for key, secret in secrets.items():
            if secret:
                self._token(variables[key], kind.tokens.get(key), secret)
            elif model.model_fields[key].is_required():
                self._missing(at, variables[key])
        if kind.one_of and not any(secrets[key] for key in kind.one_of):
            self._missing(at, *(variables[key] for key in kind.one_of))
        for key in kind.needs(table):
            if not secrets[key]:
                self._missing(at, variables[key])
        given = {key: secret for key, secret in secrets.items() if secret or model.model_fields[key].is_required()}
        return self._model(at, model, table | given)

    def _served(self, parts: Mapping[str, Any]) -> None:
        """Who is called from outside needs a listener that can be reached from there."""
        if parts["web"] is None or parts["web"].public is not None:
            return
        for name, settings in parts["platforms"].items():
            if settings is not None and self.kinds[settings.kind].served(settings):
                write = message("settings-write-public", what='public = "127.0.0.1:8080"')
                self.add("web.public", message("settings-needs-public", at=f"platforms.{name}"), write)

    def _missing(self, at: str, *variables: str) -> None:
        write = message("settings-set", variables=Names(names=variables, style="or"))
        self.lacks(variables[0], message("settings-secret-missing", at=at), write)

    def _without_secrets(self, table: _Table, at: str, variables: Mapping[str, str]) -> _Table:
        for key in table.keys() & variables.keys():
            write = message("settings-secret-to-environment", variable=variables[key])
            self.add(f"{at}.{key}", message("settings-secret-in-file"), write)
        return {key: value for key, value in table.items() if key not in variables}

    def _token(self, variable: str, starts: tuple[str, ...] | None, secret: str) -> None:
        if starts and not secret.startswith(starts):
            self.lacks(variable, message("settings-token-other"), message("settings-token-set", start=starts[0]))
        # As instructions write it: with an ellipsis, in one character or three, or with nothing after the beginning.
        elif starts and (not secret.isascii() or secret.endswith("...") or secret in starts):
            self.lacks(variable, message("settings-token-example"), message("settings-token-set", start=starts[0]))

    def _key(self, variable: str, name: str) -> SecretStr:
        """A secret that whoever installs makes up. name: as the messages about it have it."""
        key = self.env.get(variable, "")
        if len(key) < 32:
            wrong = message(f"settings-{name}-short" if key else f"settings-{name}-missing")
            self.lacks(variable, wrong, message(f"settings-{name}-set"))
        return SecretStr(key)

    def _pushed(self, parts: Mapping[str, Any]) -> SecretStr:
        """Whoever pushes the roster has a way in, a secret, and what understands them."""
        if parts["roster"] is None or not parts["roster"].scim:
            return SecretStr("")
        if parts["web"] is not None and parts["web"].public is None:
            write = message("settings-write-public", what='public = "127.0.0.1:8080"')
            self.add("web.public", message("settings-needs-public", at="roster.scim"), write)
        if find_spec("scim2_models") is None:
            self.add("roster.scim", message("settings-scim-library"), message("settings-scim-library-write"))
        return self._key(SCIM_TOKEN, "scim-token")

    def _signed_on(self, parts: Mapping[str, Any]) -> SecretStr:
        """Whoever signs in with the company's account comes back to an address, and is vouched for by somebody."""
        wanted, web = parts["sign_on"], parts["web"]
        if wanted is None or not wanted.issuer:
            return SecretStr("")
        if web is not None and web.public is None:
            write = message("settings-write-public", what='public = "127.0.0.1:8080"')
            self.add("web.public", message("settings-needs-public", at="sign_on"), write)
        if web is not None and not web.address:
            write = message("settings-write", what='address = "https://parvis.example.org"')
            self.add("web.address", message("settings-sign-on-address"), write)
        if not wanted.client_id:
            self.add("sign_on.client_id", message("settings-missing"), message("settings-sign-on-client"))
        if find_spec("joserfc") is None:
            self.add("sign_on.issuer", message("settings-sign-on-library"), message("settings-sign-on-library-write"))
        secret = self.env.get(SIGN_ON_SECRET, "")
        if not secret:
            self.lacks(SIGN_ON_SECRET, message("settings-sign-on-secret"), message("settings-sign-on-secret-set"))
        return SecretStr(secret)

    def _stray_variables(self) -> None:
        """A mistyped variable of a secret that may be absent would pass unseen."""
        known = [variable for name, model in self.models.items() for variable in secret_variables(name, model).values()]
        for variable in self.env:
            ours = any(variable.startswith(f"PARVIS_{name.upper()}_") for name in self.models)
            if ours and variable not in known:
                near = closest(variable, known)
                write = message("settings-set", variables=near) if near else message("settings-unset")
                self.lacks(variable, message("settings-variable-unknown"), write)


# ---------------------------------------------------------------- small questions


def _declared(data: _Table, kinds: _Kinds, contacts: Collection[str]) -> Declared:
    """What other tables are checked against, as far as it can be read."""
    platforms, parvis, roles = data.get("platforms"), data.get("parvis"), data.get("roles")
    tables = platforms.items() if isinstance(platforms, dict) else ()
    language = parvis.get("default_language") if isinstance(parvis, dict) else None
    return Declared(
        platforms={name: str(table.get("kind")) for name, table in tables if isinstance(table, dict)},
        ids={name: kind.ids for name, kind in kinds.items()},
        language=language if language in languages() else "en",
        roles=frozenset(role for role, given in roles.items() if given) if isinstance(roles, dict) else frozenset(),
        contacts=frozenset(contacts),
    )


def secret_variables(name: str, model: type[BaseModel]) -> dict[str, str]:
    """Setting -> the environment variable that holds it: {"bot_token": "PARVIS_ACME_BOT_TOKEN"}."""
    return {
        key: f"PARVIS_{name.upper()}_{key.upper()}" for key, field in model.model_fields.items() if is_secret(field)
    }


def _counted(error: ErrorDetails) -> bool:
    """Whether a list is called too short only because what is wrong in it was not counted: that is told by itself."""
    least, value = error.get("ctx", {}).get("min_length", 0), error["input"]
    return error["type"] == "too_short" and isinstance(value, list) and len(value) >= least
