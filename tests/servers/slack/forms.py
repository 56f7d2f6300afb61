"""A modal as a person meets it: fields found by label, values put into Slack's state, what the client checks itself."""

from __future__ import annotations

from typing import Any

from .state import JSON, Channel, View

CHOSEN = {
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}
ONE_OPTION = {"static_select", "external_select", "radio_buttons", "overflow"}
MANY_OPTIONS = {"multi_static_select", "multi_external_select", "checkboxes"}


def inputs(view: JSON) -> list[JSON]:
    """The input blocks."""
    return [block for block in view["blocks"] if block["type"] == "input"]


def label_of(block: JSON) -> str:
    """What stands above a field."""
    return str(block["label"]["text"])


def find_input(view: JSON, key: str) -> JSON:
    """The input block with that label, block_id or action_id."""
    for block in inputs(view):
        if key in {label_of(block), block["block_id"], block["element"]["action_id"]}:
            return block
    raise LookupError(f"no field {key!r} among {[label_of(block) for block in inputs(view)]}")


def options_of(element: JSON) -> list[JSON]:
    """All options, groups included."""
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(option for group in groups for option in group["options"])]


def find_option(element: JSON, wanted: Any) -> JSON:
    """The option with that text or value."""
    for option in options_of(element):
        if wanted in {option["text"]["text"], option.get("value")}:
            return option
    raise LookupError(f"no option {wanted!r} among {[option['text']['text'] for option in options_of(element)]}")


def state_of(element: JSON, value: Any) -> JSON:
    """What Slack puts into ``state.values`` for this element and value; lists for elements that take many."""
    kind = element["type"]
    state: JSON = {"type": kind}
    if kind in ONE_OPTION:
        state["selected_option"] = None if value is None else find_option(element, value)
    elif kind in MANY_OPTIONS:
        state["selected_options"] = [find_option(element, item) for item in as_list(value)]
    elif kind in CHOSEN:
        state[CHOSEN[kind]] = [ident(i) for i in as_list(value)] if kind.startswith("multi_") else ident(value)
    elif kind == "rich_text_input":
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": str(value)}]}
        state["rich_text_value"] = None if not value else {"type": "rich_text", "elements": [section]}
    elif kind == "file_input":
        state["files"] = as_list(value)
    else:
        state["value"] = None if value in (None, "") else str(value)
    return state


def as_list(value: Any) -> list[Any]:
    """One value, many, or none, as a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple, set)) else [value]


def ident(value: Any) -> Any:
    """People and channels stand for their ids."""
    return value.id if isinstance(value, Channel) or hasattr(value, "dm_with_bot") else value


def initial_state(element: JSON) -> JSON:
    """What the field holds before anyone touches it."""
    for key in ("initial_value", "initial_date", "initial_time", "initial_date_time", "initial_user", "initial_users",
                "initial_channel", "initial_channels", "initial_conversation", "initial_conversations"):  # fmt: skip
        if element.get(key) is not None:
            return state_of(element, element[key])
    if element.get("initial_option"):
        return state_of(element, element["initial_option"].get("value") or element["initial_option"]["text"]["text"])
    chosen = element.get("initial_options") or []
    return state_of(element, [o.get("value") for o in chosen] if chosen else None)


def values(view: View) -> dict[str, dict[str, JSON]]:
    """``state.values``: what was typed, else what the fields began with. Elements outside inputs count once touched."""
    result = {b["block_id"]: {b["element"]["action_id"]: initial_state(b["element"])} for b in inputs(view.data)}
    for block_id, typed in view.typed.items():
        result.setdefault(block_id, {}).update(typed)
    return result


def is_empty(state: JSON) -> bool:
    """Whether a field holds nothing."""
    return all(value in (None, "", []) for key, value in state.items() if key != "type")


def client_errors(view: View) -> dict[str, str]:
    """What Slack's client refuses before the app hears of it, by block_id (wording as people see it, roughly)."""
    errors: dict[str, str] = {}
    current = values(view)
    for block in inputs(view.data):
        element, block_id = block["element"], block["block_id"]
        state = current[block_id][element["action_id"]]
        if is_empty(state):
            if not block.get("optional"):
                errors[block_id] = "Please complete this required field."
            continue
        text = state.get("value")
        if isinstance(text, str):
            error = _text_error(element, text)
            if error:
                errors[block_id] = error
        most = element.get("max_selected_items")
        if most is not None and any(isinstance(v, list) and len(v) > int(most) for v in state.values()):
            errors[block_id] = f"Please select at most {most}."
    return errors


def _text_error(element: JSON, text: str) -> str | None:
    most, least = int(element.get("max_length") or 3_000), int(element.get("min_length") or 0)
    if len(text) > most:
        return f"Please enter at most {most} characters."
    if len(text) < least:
        return f"Please enter at least {least} characters."
    if element["type"] == "number_input":
        return _number_error(element, text)
    if element["type"] == "email_text_input" and "@" not in text:
        return "Please enter a valid email address."
    if element["type"] == "url_text_input" and "://" not in text:
        return "Please enter a valid URL."
    return None


def _number_error(element: JSON, text: str) -> str | None:
    try:
        number = float(text)
    except ValueError:
        return "Please enter a number."
    if not element.get("is_decimal_allowed") and number != int(number):
        return "Please enter a whole number."
    least, most = element.get("min_value"), element.get("max_value")
    if (least is not None and number < float(least)) or (most is not None and number > float(most)):
        return "Please enter a number in the allowed range."
    return None
