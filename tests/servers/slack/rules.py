"""What Slack accepts as blocks, views, names and metadata, and the words it refuses with.

Sizes are characters. Sources: docs reference/block-kit, reference/views, reference/methods; the form of the messages
in ``response_metadata`` is the one people quote in issues of Slack's SDKs.
"""

from __future__ import annotations

import json
import unicodedata
from typing import Any

from . import rich
from .calls import SlackError
from .state import JSON

MESSAGE_BLOCKS, VIEW_BLOCKS, VIEW_BYTES = 50, 100, 250_000
BLOCKS_TEXT = 13_200  # all text of a message's blocks (observed)
MARKDOWN_TEXT = 12_000  # all markdown blocks of a message together
POST_TEXT, UPDATE_TEXT = 40_000, 4_000
METADATA_BYTES = 8_000
ID_LENGTH = 255

IN_MESSAGES = {
    "section", "header", "divider", "image", "actions", "context", "rich_text", "markdown", "video", "file", "table",
    "context_actions", "card", "carousel", "alert", "container", "plan", "task_card", "data_table", "input",
}  # fmt: skip
IN_VIEWS = {"section", "header", "divider", "image", "actions", "context", "rich_text", "input", "video", "markdown",
            "table", "alert", "container", "card"}  # fmt: skip
SELECTS = {f"{many}{what}_select" for many in ("", "multi_")
           for what in ("static", "external", "users", "conversations", "channels")}  # fmt: skip
INTERACTIVE = SELECTS | {
    "button", "overflow", "datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons",
}  # fmt: skip
INPUTS = (INTERACTIVE - {"button", "overflow"}) | {
    "plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input",
}  # fmt: skip


class Checker:
    """Collects what is wrong, each with its place as a JSON pointer."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def fail(self, message: str, path: str) -> None:
        """One fault at one place."""
        self.messages.append(f"[ERROR] {message} [json-pointer:{path}]")

    def most(self, text: str, limit: int, path: str) -> None:
        """A text of at most ``limit`` characters."""
        if len(text) > limit:
            self.fail(f"must be less than {limit + 1} characters", path)

    def need(self, holder: JSON, key: str, path: str) -> bool:
        """A key that must be there."""
        if holder.get(key) is None:
            self.fail(f"missing required field: {key}", path)
            return False
        return True

    def text(self, holder: JSON, key: str, limit: int, path: str, *, plain: bool = True, required: bool = True) -> None:
        """A text object: its type, that it is not empty, its length."""
        value = holder.get(key)
        where = f"{path}/{key}"
        if value is None:
            if required:
                self.fail(f"missing required field: {key}", path)
            return
        if not isinstance(value, dict) or not isinstance(value.get("text"), str):
            self.fail("must provide an object", where)
            return
        allowed = {"plain_text"} if plain else {"plain_text", "mrkdwn"}
        if value.get("type") not in allowed:
            self.fail(f"unsupported type: {value.get('type')}", f"{where}/type")
        if not value["text"]:
            self.fail("must be more than 0 characters", f"{where}/text")
        self.most(value["text"], limit, f"{where}/text")


def check_blocks(blocks: Any, *, view: str | None = None, root: str = "/blocks") -> list[str]:
    """Everything wrong with these blocks, for a message or for a view of type ``view`` (modal, home)."""
    check = Checker()
    if not isinstance(blocks, list):
        check.fail("must be an array", root)
        return check.messages
    limit = VIEW_BLOCKS if view else MESSAGE_BLOCKS
    if len(blocks) > limit:
        check.fail(f"no more than {limit} items allowed [input:{len(blocks)}]", root)
    allowed = IN_VIEWS if view else IN_MESSAGES
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        path = f"{root}/{index}"
        if not isinstance(block, dict) or block.get("type") not in allowed:
            check.fail(f"unsupported type: {block.get('type') if isinstance(block, dict) else block}", f"{path}/type")
            continue
        _block(check, block, path)
        block_id = block.get("block_id")
        if block_id is not None:
            check.most(str(block_id), ID_LENGTH, f"{path}/block_id")
            if block_id in seen:
                check.fail(f"block_id already exists: {block_id}", f"{path}/block_id")
            seen.add(block_id)
    return check.messages


def _block(check: Checker, block: JSON, path: str) -> None:
    kind = block["type"]
    if kind == "section":
        _section(check, block, path)
    elif kind == "header":
        check.text(block, "text", 150, path)
    elif kind == "actions":
        _elements(check, block, path, most=25, allowed=INTERACTIVE)
    elif kind == "context":
        _context(check, block, path)
    elif kind == "input":
        _input(check, block, path)
    elif kind == "image":
        _image(check, block, path)
    elif kind == "markdown" and check.need(block, "text", path):
        check.most(str(block["text"]), MARKDOWN_TEXT, f"{path}/text")
    elif kind == "rich_text":
        for fault, where in rich.faults(block, path):
            check.fail(fault, where)


def _image(check: Checker, block: JSON, path: str) -> None:
    check.need(block, "alt_text", path)
    check.most(str(block.get("alt_text") or ""), 2_000, f"{path}/alt_text")
    check.text(block, "title", 2_000, path, required=False)
    if block.get("image_url") is None and block.get("slack_file") is None:
        check.fail("missing required field: image_url", path)
    check.most(str(block.get("image_url") or ""), 3_000, f"{path}/image_url")


def _section(check: Checker, block: JSON, path: str) -> None:
    fields = block.get("fields")
    if block.get("text") is None and not fields:
        check.fail("missing required field: text", path)
    check.text(block, "text", 3_000, path, plain=False, required=False)
    if fields is not None:
        if len(fields) > 10:
            check.fail(f"no more than 10 items allowed [input:{len(fields)}]", f"{path}/fields")
        for index in range(len(fields)):
            check.text({str(index): fields[index]}, str(index), 2_000, f"{path}/fields", plain=False)
    accessory = block.get("accessory")
    if accessory is not None:
        _element(check, accessory, f"{path}/accessory", INTERACTIVE | {"image"})


def _context(check: Checker, block: JSON, path: str) -> None:
    elements = block.get("elements") or []
    if not 1 <= len(elements) <= 10:
        check.fail(f"no more than 10 items allowed [input:{len(elements)}]", f"{path}/elements")
    for index, element in enumerate(elements):
        if element.get("type") == "image":
            check.need(element, "alt_text", f"{path}/elements/{index}")
        else:
            check.text({str(index): element}, str(index), 3_000, f"{path}/elements", plain=False)


def _elements(check: Checker, block: JSON, path: str, *, most: int, allowed: set[str]) -> None:
    elements = block.get("elements") or []
    if not 1 <= len(elements) <= most:
        check.fail(f"no more than {most} items allowed [input:{len(elements)}]", f"{path}/elements")
    seen: set[str] = set()
    for index, element in enumerate(elements):
        where = f"{path}/elements/{index}"
        _element(check, element, where, allowed)
        action_id = element.get("action_id")
        if action_id is not None and action_id in seen:
            check.fail(f"action_id already exists: {action_id}", f"{where}/action_id")
        seen.add(action_id)


def _input(check: Checker, block: JSON, path: str) -> None:
    check.text(block, "label", 2_000, path)
    check.text(block, "hint", 2_000, path, required=False)
    if check.need(block, "element", path):
        _element(check, block["element"], f"{path}/element", INPUTS)


def _element(check: Checker, element: JSON, path: str, allowed: set[str]) -> None:
    kind = element.get("type")
    if kind not in allowed:
        check.fail(f"unsupported type: {kind}", f"{path}/type")
        return
    check.most(str(element.get("action_id") or ""), ID_LENGTH, f"{path}/action_id")
    check.text(element, "placeholder", 150, path, required=False)
    if kind == "button":
        check.text(element, "text", 75, path)
        check.most(str(element.get("value") or ""), 2_000, f"{path}/value")
        if element.get("style") not in {None, "primary", "danger"}:
            check.fail("unsupported style", f"{path}/style")
    _options(check, element, path)
    if kind == "plain_text_input":
        limit = element.get("max_length")
        if limit is not None and not 1 <= int(limit) <= 3_000:
            check.fail("must be between 1 and 3000", f"{path}/max_length")
        check.most(str(element.get("initial_value") or ""), int(limit or 3_000), f"{path}/initial_value")
    confirm = element.get("confirm")
    if confirm is not None:
        for key, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
            check.text(confirm, key, most, f"{path}/confirm", plain=key != "text", required=False)


OPTION_LIMITS = {"overflow": 5, "checkboxes": 10, "radio_buttons": 10, "static_select": 100, "multi_static_select": 100}


def _options(check: Checker, element: JSON, path: str) -> None:
    most = OPTION_LIMITS.get(element["type"])
    if most is None:
        return
    options = element.get("options")
    if options is None:
        if not element.get("option_groups"):
            check.fail("missing required field: options", path)
        return
    if not 1 <= len(options) <= most:
        check.fail(f"no more than {most} items allowed [input:{len(options)}]", f"{path}/options")
    plain = element["type"] not in {"checkboxes", "radio_buttons"}
    for index, option in enumerate(options):
        where = f"{path}/options/{index}"
        check.text(option, "text", 75, where, plain=plain)
        check.most(str(option.get("value") or ""), 150, f"{where}/value")
        check.text(option, "description", 75, where, plain=plain, required=False)
    chosen = element.get("initial_options") or [o for o in [element.get("initial_option")] if o]
    if any(option not in options for option in chosen):
        check.fail("initial option must be one of the options", path)


def check_view(view: Any) -> None:
    """Refuse a view Slack would refuse (docs: reference/views)."""
    check = Checker()
    if not isinstance(view, dict) or view.get("type") not in {"modal", "home"}:
        check.fail(f"unsupported type: {view.get('type') if isinstance(view, dict) else view}", "/view/type")
        raise invalid_arguments(check.messages)
    if len(json.dumps(view).encode()) > VIEW_BYTES:
        raise SlackError("view_too_large")
    check.most(str(view.get("callback_id") or ""), ID_LENGTH, "/view/callback_id")
    check.most(str(view.get("external_id") or ""), ID_LENGTH, "/view/external_id")
    check.most(str(view.get("private_metadata") or ""), 3_000, "/view/private_metadata")
    if view["type"] == "modal":
        check.text(view, "title", 24, "/view")
        check.text(view, "submit", 24, "/view", required=False)
        check.text(view, "close", 24, "/view", required=False)
        if view.get("submit") is None and any(b.get("type") == "input" for b in view.get("blocks") or []):
            check.fail("missing required field: submit", "/view")
    check.messages += check_blocks(view.get("blocks"), view=view["type"], root="/view/blocks")
    if check.messages:
        raise invalid_arguments(check.messages)


def invalid_arguments(messages: list[str]) -> SlackError:
    """How views.* refuse."""
    return SlackError("invalid_arguments", response_metadata={"messages": messages})


def check_message(text: str, blocks: Any, *, has_more: bool, limit: int | None, error: str) -> None:
    """Refuse a message's text and blocks as chat.* do.

    ``has_more``: attachments or files make up for no text. ``error``: what this method calls blocks that are too long.
    """
    check_message_blocks(blocks)
    if blocks and (sum(map(text_size, blocks)) > BLOCKS_TEXT or _markdown(blocks) > MARKDOWN_TEXT):
        raise SlackError(error)
    if not text and not blocks and not has_more:
        raise SlackError("no_text")
    if limit is not None and len(text) > limit:
        raise SlackError("msg_too_long")


def check_message_blocks(blocks: Any) -> None:
    """Refuse blocks that no message takes, with every fault and its place."""
    messages = check_blocks(blocks) if blocks else []
    if messages:
        errors = [message.removeprefix("[ERROR] ") for message in messages]
        raise SlackError("invalid_blocks", errors=errors, response_metadata={"messages": messages})


def _markdown(blocks: list[JSON]) -> int:
    return sum(len(str(block.get("text") or "")) for block in blocks if block.get("type") == "markdown")


def text_size(value: Any) -> int:
    """Characters of every text in a block."""
    if isinstance(value, dict):
        return sum(len(v) if k == "text" and isinstance(v, str) else text_size(v) for k, v in value.items())
    return sum(map(text_size, value)) if isinstance(value, list) else 0


def check_metadata(metadata: Any) -> JSON | None:
    """Refuse metadata as chat.* do; the size limit is folklore (8 KB)."""
    if metadata is None or metadata == {}:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str) or not metadata["event_type"]:
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(metadata).encode()) > METADATA_BYTES:
        raise SlackError("metadata_too_large")
    return {"event_type": metadata["event_type"], "event_payload": metadata["event_payload"]}


def check_channel_name(name: str) -> None:
    """Refuse a channel name (help: 80 characters, lower case, letters, digits, hyphens and underscores)."""
    if not name:
        raise SlackError("invalid_name_required")
    if len(name) > 80:
        raise SlackError("invalid_name_maxlength")
    if all(letter in "-_" for letter in name):
        raise SlackError("invalid_name_punctuation")
    if name != name.lower() or not all(_in_names(letter) for letter in name):
        raise SlackError("invalid_name_specials")


def _in_names(letter: str) -> bool:
    # Letters of every script are allowed, and the marks that some scripts need.
    return letter in "-_" or unicodedata.category(letter)[0] in {"L", "M", "N"}


def completed(blocks: list[JSON], new_id: Any) -> list[JSON]:
    """Blocks as Slack keeps them: missing ids made up, texts with the keys Slack adds."""
    copy: list[JSON] = json.loads(json.dumps(blocks))
    for block in copy:
        block.setdefault("block_id", new_id("")[-5:])
        for element in [*_list(block.get("elements")), block.get("accessory"), block.get("element")]:
            if isinstance(element, dict) and element.get("type") in INTERACTIVE | INPUTS:
                element.setdefault("action_id", new_id("")[-5:])
        _fill_texts(block)
    return copy


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _fill_texts(value: Any) -> None:
    if isinstance(value, list):
        for item in value:
            _fill_texts(item)
    elif isinstance(value, dict):
        if value.get("type") == "plain_text":
            value.setdefault("emoji", True)
        elif value.get("type") == "mrkdwn":
            value.setdefault("verbatim", False)
        for item in value.values():
            _fill_texts(item)
