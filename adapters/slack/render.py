"""Messages as Slack shows them. Pure: a `Message` in, the arguments of chat.postMessage out.

What people wrote goes only where Slack reads no markup: rich_text elements and plain_text objects. Sizes are those
of docs.slack.dev, reference/block-kit; that of all blocks together is what users of the API observed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from adapters.slack import rich
from adapters.slack.text import ELLIPSIS, JSON, clean, cut, escape_cut, plain_text
from bot.chat import Choice, Message, Part, Picture, PlatformError, plain, shorten, weight

BLOCKS = 50  # in a message
TEXT = 3_000  # of one text object; of the fallback too: chat.update refuses one above 4,000 (msg_too_long)
ALL_TEXT = 12_000  # of all blocks; near 13,200 Slack answers msg_blocks_too_long
HEADER, LABEL, VALUE, ACTION_ID, ALT = 150, 75, 2_000, 255, 2_000
BUTTONS = 25  # in one actions block

_RICH = {"rich", "paste"}  # what is copied from a message keeps its looks in the field where one writes

_ROOM = re.compile(r"[CGD][A-Z0-9]{6,}")
_ACCOUNT = re.compile(r"[UW][A-Z0-9]{4,}")


def message(what: Message, *, file: str = "", at: str = "") -> JSON:
    """The `text` and `blocks` of a message. file: the id of its picture's file, "" where it is shown without one.

    at: the workspace's address.
    """
    return {"text": fallback(what), "blocks": blocks(what, file=file, at=at)}


def fallback(what: Message) -> str:
    """What notifications and screen readers say; Slack reads markup in it, so it is escaped."""
    lines = [f"{part.label} {part.text}".strip() if part.label else _read(part) for part in what.parts]
    words = clean("\n".join(lines)).strip() or (what.picture.alt if what.picture else "")
    return escape_cut(words, TEXT) or ELLIPSIS


def _read(part: Part) -> str:
    return plain(part.rich) if part.kind == "paste" else part.text


def blocks(what: Message, *, file: str = "", at: str = "") -> list[JSON]:
    """The blocks of a message, within every limit: what is too long ends with an ellipsis. at: as `message`."""
    ends = list(actions(what.choices, LABEL))
    if what.picture:
        ends.insert(0, _picture(what.picture, file))
    budget = ALL_TEXT - sum(min(len(choice.label), LABEL) for choice in what.choices)
    shown = parts(what.parts, budget, at=at)
    room = BLOCKS - len(ends)
    if len(shown) > room:
        shown = parts(what.parts, budget, at=at, few=True)
    if len(shown) > room:
        shown = [*shown[: room - 1], _note(ELLIPSIS)]
    return shown + ends


def parts(what: Sequence[Part], budget: int, *, at: str = "", few: bool = False) -> list[JSON]:
    """Blocks for the parts, all of their text together within `budget` characters. at: as `message`.

    few: rich text takes as few blocks as it can.
    """
    return list(_blocks(_within(what, budget), at, few=few))


def _within(what: Sequence[Part], budget: int) -> Iterator[Part]:
    """The parts, cut where the budget ends. A long one leaves room for a line of each that follows."""
    for index, part in enumerate(what):
        after = min(budget // 2, sum(min(len(later.text) + len(later.label), 200) for later in what[index + 1 :]))
        if part.kind in _RICH:
            pieces = shorten(part.rich, max(1, budget - after))
            budget -= weight(pieces)
            yield part.model_copy(update={"rich": pieces})
        else:
            text, label = clean(part.text), cut(clean(part.label), 300)
            text = cut(text, max(1, budget - after - len(label)))
            budget -= len(text) + len(label)
            yield part.model_copy(update={"text": text, "label": label})
        if budget <= 2:
            return


def _blocks(what: Iterable[Part], at: str, *, few: bool) -> Iterator[JSON]:
    for kind, together in groupby(what, key=lambda part: part.kind):
        run = list(together)
        if kind == "title":
            yield from (_title(part.text) for part in run)
        elif kind == "note":
            yield from (_note(piece) for part in run for piece in _pieces(part.text))
        elif kind == "item":
            items = [_section([_words(part.text)]) for part in run]
            yield _rich([{"type": "rich_text_list", "style": "bullet", "elements": items}])
        elif kind in _RICH:
            yield from (block for part in run for block in rich.blocks(part.rich, few=few))
        elif kind == "fact":
            yield _rich([_section(_facts(run))])
        else:
            yield from (_rich([_line(part, at)]) for part in run)


def profile_link(account: str, at: str) -> str:
    """Where a profile is shown; "" where that is not known. at: the workspace's address, "https://acme.slack.com/".

    An address that a browser opens too, and that every client of Slack takes for its own (slack.com/help, "Create a
    link to a member's profile"). "slack://user" needs an installed client, and shows the direct messages with a person
    (docs: interactivity/deep-linking); a `user` element would be a mention.
    """
    return f"{at}team/{account}" if at and _ACCOUNT.fullmatch(account) else ""


def _line(part: Part, at: str) -> JSON:
    if part.kind == "quote":
        return {"type": "rich_text_quote", "elements": [_words(part.text)]}
    if part.kind == "room" and _ROOM.fullmatch(part.room):
        words = [_words(part.text + " ")] if part.text.strip() else []
        return _section([*words, {"type": "channel", "channel_id": part.room}])
    if part.kind == "profile" and (url := profile_link(part.account, at)):
        return _section([{"type": "link", "url": url, "text": part.text or url}])
    if part.kind == "link" and part.url:
        return _section([{"type": "link", "url": part.url, "text": part.text or part.url}])
    return _section([_words(part.text)])


def _facts(run: Sequence[Part]) -> list[JSON]:
    """One fact a line, in one section: whether sections of one block stand on lines of their own is Slack's choice."""
    words: list[JSON] = []
    for index, part in enumerate(run):
        if part.label:
            words.append(_words(part.label + "\u2002", bold=True))
        words.append(_words(part.text + ("\n" if index < len(run) - 1 else "")))
    return words


def _title(text: str) -> JSON:
    """A header where it fits, bold words where it does not: nothing is lost."""
    if text.strip() and len(text) <= HEADER:
        return {"type": "header", "text": plain_text(text, HEADER)}
    return _rich([_section([_words(text, bold=True)])])


def _note(text: str) -> JSON:
    return {"type": "context", "elements": [plain_text(text, TEXT)]}


def _picture(picture: Picture, file: str) -> JSON:
    """The picture, or its words in its place."""
    words = cut(clean(picture.alt), ALT)
    if not file:
        return _note(words)
    shown: JSON = {"type": "image", "slack_file": {"id": file}, "alt_text": words}
    return shown | ({"title": plain_text(picture.title, ALT)} if picture.title else {})


def _pieces(text: str) -> list[str]:
    return [text[at : at + TEXT] for at in range(0, len(text), TEXT)] or [""]


def _rich(elements: list[JSON]) -> JSON:
    return {"type": "rich_text", "elements": elements}


def _section(elements: list[JSON]) -> JSON:
    return {"type": "rich_text_section", "elements": elements}


def _words(text: str, *, bold: bool = False) -> JSON:
    words: JSON = {"type": "text", "text": text or " "}
    return words | {"style": {"bold": True}} if bold else words


def actions(choices: Sequence[Choice], most: int) -> Iterator[JSON]:
    """Buttons, 25 to a block. most: characters of a label."""
    for start in range(0, len(choices), BUTTONS):
        some = choices[start : start + BUTTONS]
        yield {"type": "actions", "elements": [_button(c, start + i, most) for i, c in enumerate(some)]}


def _button(choice: Choice, index: int, most: int) -> JSON:
    """The action comes back with its place cut off: Slack wants every action_id of a message to differ."""
    action_id = f"{choice.action}#{index}"
    if len(action_id) > ACTION_ID or len(choice.value) > VALUE:
        raise PlatformError("choice_too_long")
    button: JSON = {"type": "button", "action_id": action_id, "text": plain_text(choice.label, most)}
    if choice.value:
        button["value"] = choice.value
    return button if choice.style == "plain" else button | {"style": choice.style}
