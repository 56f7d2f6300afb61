"""How an error of the settings is told: file, key, what is wrong, what to write."""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from bot.config.problems import Problem, WrongValueError, message, quoted
from bot.config.values import closest, is_secret
from bot.say import Line, Names

# Of pydantic, which names the key of a table so (docs.pydantic.dev, "Error handling").
_KEY = "[key]"


def explained(file: str, at: str, model: type[BaseModel], table: Mapping[str, Any], error: ErrorDetails) -> Problem:
    """What pydantic found in a table, for people. at: the table's name; model: what it should be like."""
    loc = tuple(part for part in error["loc"] if part != _KEY)
    key = at + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    holder, field = _field(model, loc)
    if error["type"] == "extra_forbidden":
        return unknown(file, key, holder)
    value = loc[-1] if _KEY in error["loc"] else _value(table, loc)
    return Problem(file, key, _what(error, field, value), _todo(error, at, loc, field, value))


def unknown(file: str, key: str, holder: type[BaseModel]) -> Problem:
    """A key that is no setting of `holder`."""
    known = tuple(name for name, field in holder.model_fields.items() if not is_secret(field))
    near = closest(key.rpartition(".")[2], known)
    # What a table may say of settings that people look for in it, and that are none.
    remove = getattr(holder, "elsewhere", "settings-remove")
    todo = message("settings-write", what=near) if near else message(remove, known=", ".join(known))
    return Problem(file, key, message("settings-unknown"), todo)


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


# ---------------------------------------------------------------- what is wrong

# What pydantic finds -> how we say it. (docs.pydantic.dev, "Validation errors".)
_WRONG = {
    "missing": "settings-missing",
    "literal_error": "settings-not-one-of",
    "enum": "settings-not-one-of",
    "greater_than_equal": "settings-below",
    "less_than_equal": "settings-above",
    "int_type": "settings-not-whole",
    "int_parsing": "settings-not-whole",
    "int_from_float": "settings-not-whole",
    "float_type": "settings-not-number",
    "float_parsing": "settings-not-number",
    "finite_number": "settings-not-number",
    "bool_type": "settings-not-bool",
    "bool_parsing": "settings-not-bool",
    "string_type": "settings-not-text",
    "tuple_type": "settings-not-list",
    "list_type": "settings-not-list",
    "set_type": "settings-not-list",
    "frozen_set_type": "settings-not-list",
    "dict_type": "settings-not-table",
    "model_type": "settings-not-table",
    "model_attributes_type": "settings-not-table",
    "string_pattern_mismatch": "settings-not-shaped",
    "string_too_short": "settings-too-short",
    "string_too_long": "settings-too-long",
    "too_short": "settings-too-few",
    "too_long": "settings-too-many",
}
_LIMITS = {"ge": "least", "le": "most", "min_length": "least", "max_length": "most"}


def _what(error: ErrorDetails, field: FieldInfo | None, value: Any) -> Line:
    limits = error.get("ctx", {})
    cause = limits.get("error")
    if isinstance(cause, WrongValueError):
        return cause.line
    kind = error["type"]
    if kind in {"too_short", "too_long"} and isinstance(value, str):
        kind = f"string_{kind}"
    shown = "***" if field is not None and is_secret(field) else quoted(value)
    if kind.endswith("too_short") and not value:
        return message("settings-empty")
    if kind not in _WRONG:
        # The library's own words are all there is: they are shown as what it found.
        return message("settings-other", shown=shown, reason=str(cause or error["msg"]))
    known = Names(names=tuple(quoted(each) for each in _expected(error)), style="or")
    # A limit is shown as it would be written: without the separators of thousands that a number would get.
    given = {_LIMITS[name]: quoted(limit) for name, limit in limits.items() if name in _LIMITS}
    return message(_WRONG[kind], shown=shown, known=known, **given)


def _expected(error: ErrorDetails) -> list[Any]:
    """The values that a setting may have: pydantic writes them like `'a', 'b' or 3`."""
    expected = error.get("ctx", {}).get("expected", "") if error["type"] in {"literal_error", "enum"} else ""
    return [literal_eval(each) for each in re.findall(r"""'[^']*'|"[^"]*"|-?\d+|True|False""", expected)]


# ---------------------------------------------------------------- what to write


def _todo(error: ErrorDetails, at: str, loc: Sequence[str | int], field: FieldInfo | None, value: Any) -> Line:
    name = next((part for part in reversed(loc) if isinstance(part, str)), at)
    cause = error.get("ctx", {}).get("error")
    how = cause.how if isinstance(cause, WrongValueError) else "settings-write"
    write = _suggestion(error, field, value)
    if isinstance(write, BaseModel):
        return message("settings-write-table", table=name)
    if write is None or (isinstance(write, tuple) and any(isinstance(each, BaseModel) for each in write)):
        return message("settings-see-example")
    if _KEY in error["loc"]:
        return message(how, what=write)
    return message(how, what=_assignment(name, write, in_list=bool(loc) and isinstance(loc[-1], int)))


def _suggestion(error: ErrorDetails, field: FieldInfo | None, value: Any) -> Any:
    """A value to write instead: the nearest possible one, else the setting's example, else its default."""
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, WrongValueError) and cause.write:
        return cause.write
    if known := _expected(error):
        return closest(str(value), [each for each in known if isinstance(each, str)]) or known[0]
    if field is None:
        return None
    if field.examples:
        return field.examples[0]
    return None if field.is_required() else field.get_default(call_default_factory=True)


def _assignment(name: str, value: Any, *, in_list: bool) -> str:
    """A setting as it is written in the file, or the item of a list."""
    if isinstance(value, time):
        value = f"{value:%H:%M}"
    if isinstance(value, frozenset | set):
        value = sorted(value)
    text = _table(value) if isinstance(value, Mapping) else quoted(value)
    return text if in_list and not isinstance(value, list | tuple) else f"{name} = {text}"


def _table(value: Mapping[str, Any]) -> str:
    """An inline table (TOML 1.0, "Inline Table")."""
    return f"{{ {', '.join(f'{key} = {quoted(each)}' for key, each in value.items())} }}"
