"""How an error of the settings is told: file, key, what is wrong, what to write."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from bot.config.values import WrongValueError, closest, is_secret, quoted


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. key: "platforms.acme.kind", or a variable of the environment; write: what to do."""

    file: str
    key: str
    wrong: str
    write: str

    @property
    def line(self) -> str:
        """What people read."""
        key = f"{self.key}: " if self.key else ""
        return f"{self.file}: {key}{self.wrong}; {self.write}"


class ConfigError(Exception):
    """The settings cannot be used; the message has one line per problem."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """problems: at least one."""
        super().__init__("\n".join(problem.line for problem in problems))
        self.problems = tuple(problems)


def explained(file: str, at: str, model: type[BaseModel], table: Mapping[str, Any], error: ErrorDetails) -> Problem:
    """What pydantic found in a table, for people. at: the table's name; model: what it should be like."""
    loc = error["loc"]
    key = at + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    holder, field = _field(model, loc)
    if error["type"] == "extra_forbidden":
        return unknown(file, key, holder)
    name = next((part for part in reversed(loc) if isinstance(part, str)), at)
    value = _value(table, loc)
    write = _suggestion(error, field, value)
    return Problem(
        file, key, _what(error, value), _assignment(name, write, in_list=bool(loc) and isinstance(loc[-1], int))
    )


def unknown(file: str, key: str, holder: type[BaseModel]) -> Problem:
    """A key that is no setting of `holder`."""
    known = tuple(name for name, field in holder.model_fields.items() if not is_secret(field))
    near = closest(key.rpartition(".")[2], known)
    return Problem(
        file, key, "is not a setting", f"write {near}" if near else f"remove it; there are {', '.join(known)}"
    )


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _model_in(arg))), None)


def _field(model: type[BaseModel], loc: Sequence[str | int]) -> tuple[type[BaseModel], FieldInfo | None]:
    """The model that holds what an error is about, and the setting, when there is one of that name."""
    field: FieldInfo | None = None
    for part in loc:
        if field is not None:
            model = _model_in(field.annotation) or model
        if isinstance(part, str):
            field = model.model_fields.get(part)
    return model, field


def _value(table: Any, loc: Sequence[str | int]) -> Any:
    for part in loc:
        try:
            table = table[part]
        except (KeyError, IndexError, TypeError):
            return None
    return table


_WRONG = {
    "missing": "is missing",
    "value_error": "{error}",
    "literal_error": "{shown} is not one of {expected}",
    "greater_than_equal": "{shown} is below {ge}",
    "less_than_equal": "{shown} is above {le}",
    "int_type": "{shown} is not a whole number",
    "int_parsing": "{shown} is not a whole number",
    "int_from_float": "{shown} is not a whole number",
    "string_type": "{shown} is not a text",
    "tuple_type": "{shown} is not a list",
    "list_type": "{shown} is not a list",
    "dict_type": "{shown} is not a table",
    "model_type": "{shown} is not a table",
    "string_pattern_mismatch": "{shown} does not look right",
    "string_too_short": "is empty",
    "too_short": "is empty",
}


def _what(error: ErrorDetails, value: Any) -> str:
    shown, limits = quoted(value), error.get("ctx", {})
    known = _WRONG.get(error["type"])
    if known is None:
        return f"{shown}: {error['msg'][:1].lower()}{error['msg'][1:]}"
    if "expected" in limits:
        limits["expected"] = str(limits["expected"]).replace("'", '"')
    return known.format_map({"shown": shown} | limits)


def _suggestion(error: ErrorDetails, field: FieldInfo | None, value: Any) -> Any:
    """A value to write instead: the nearest possible one, else the setting's example, else its default."""
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, WrongValueError) and cause.write:
        return cause.write
    if error["type"] == "literal_error":
        known = re.findall(r"""['"]([^'"]*)['"]""", error["ctx"]["expected"])
        return closest(str(value), known) or known[0]
    if field is None:
        return None
    if field.examples:
        return field.examples[0]
    return None if field.is_required() else field.get_default(call_default_factory=True)


def _assignment(name: str, value: Any, *, in_list: bool) -> str:
    if isinstance(value, BaseModel):
        return f"write [{name}] as config.example.toml shows"
    if value is None:
        return "see config.example.toml"
    if isinstance(value, time):
        value = f"{value:%H:%M}"
    if isinstance(value, frozenset | set):
        value = sorted(value)
    text = quoted(value)
    return f"write {text}" if in_list and not isinstance(value, list | tuple) else f"write {name} = {text}"
