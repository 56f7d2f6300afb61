"""Forms and homes as Slack shows them: views. Pure. (docs.slack.dev, reference/views, reference/block-kit)"""

from __future__ import annotations

import json
import re
import zlib
from datetime import date

from adapters.slack.render import ALL_TEXT, actions, parts
from adapters.slack.text import JSON, clean, cut, plain_text
from bot.chat import Form, FormField, Message, PlatformError

BLOCKS = 100
HEAD, LABEL, INPUT, OPTION, OPTION_VALUE, OPTIONS = 24, 2_000, 3_000, 75, 150, 100
META = 3_000

_ACCOUNT = re.compile(r"[UW][A-Z0-9]{4,}")


def view(form: Form, *, home: bool = False, at: str = "") -> JSON:
    """A modal. Its inputs' block ids are the names of the fields, which is how errors find their place.

    home: it is opened on the person's own page of the bot, which the modal remembers. at: the workspace's address.
    """
    inputs = [_input(field) for field in form.fields]
    above = parts(form.parts, ALL_TEXT, at=at, few=True) + list(actions(form.choices, OPTION))
    kept = {"form": form.id, "meta": form.meta} | ({"home": True} if home else {})
    meta = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    if len(meta) > META:
        raise PlatformError("meta_too_long")
    return {
        "type": "modal",
        "callback_id": form.id,
        "title": plain_text(form.title, HEAD),
        "submit": plain_text(form.submit, HEAD),
        "close": plain_text(form.cancel, HEAD),
        "private_metadata": meta,
        "blocks": above[: BLOCKS - len(inputs)] + inputs,
    }


def page(message: Message, *, at: str = "") -> JSON:
    """What the Home tab shows. at: the workspace's address."""
    above = list(actions(message.choices, OPTION))
    below = parts(message.parts, ALL_TEXT, at=at, few=True)
    return {"type": "home", "blocks": [*above, *below[: BLOCKS - len(above)]]}


def _input(field: FormField) -> JSON:
    block: JSON = {
        "type": "input",
        "block_id": field.name,
        "label": plain_text(field.label, LABEL),
        "element": {**_element(field), "action_id": _action_id(field)},
        "optional": not field.required,
    }
    return block | {"hint": plain_text(field.hint, LABEL)} if field.hint else block


def _action_id(field: FormField) -> str:
    """Differs when the value offered differs.

    Slack keeps what a person typed in an input whose ids stay the same when a view is replaced
    (docs: surfaces/modals, "Preserving input entry"); a value that the bot corrected must show.
    """
    return f"in:{zlib.crc32(field.value.encode('utf-8', 'replace')):08x}"


def _element(field: FormField) -> JSON:
    match field.kind:
        case "choice" if field.options:
            return _select(field)
        case "person":
            return {"type": "users_select"} | _initial("initial_user", _accounts(field.value)[:1], one=True)
        case "people":
            return {"type": "multi_users_select"} | _initial("initial_users", _accounts(field.value))
        case "date":
            return {"type": "datepicker"} | _initial("initial_date", _dates(field.value), one=True)
    most = max(1, min(field.max_length, INPUT))
    value = cut(clean(field.value), most)
    typed: JSON = {"type": "plain_text_input", "multiline": field.kind == "long", "max_length": most}
    return typed | {"initial_value": value} if value else typed


def _select(field: FormField) -> JSON:
    options = [_option(option.value, option.label) for option in field.options[:OPTIONS]]
    chosen = [option for option in options if field.value and option["value"] == field.value]
    return {"type": "static_select", "options": options} | _initial("initial_option", chosen[:1], one=True)


def _option(value: str, label: str) -> JSON:
    if len(value) > OPTION_VALUE:
        raise PlatformError("option_too_long")
    return {"text": plain_text(label, OPTION), "value": value}


def _initial(key: str, found: list[JSON] | list[str], *, one: bool = False) -> JSON:
    return {key: found[0] if one else found} if found else {}


def _accounts(value: str) -> list[str]:
    return [word.lstrip("@") for word in value.split() if _ACCOUNT.fullmatch(word.lstrip("@"))]


def _dates(value: str) -> list[str]:
    try:
        return [date.fromisoformat(value).isoformat()]
    except ValueError:
        return []
