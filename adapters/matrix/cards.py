"""What the choices of a message mean, written inside the bot's own event, and read back from there. Pure.

A reaction is only a key and the id of what it annotates. Its meaning is looked up in the annotated event, which is
trusted only when the bot itself sent it, and only in its current version: a forged map on someone else's message means
nothing, and a card that was frozen offers nothing any more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.chat import Choice

CHOICES = "fr.parvis.choices"
NAME = "fr.parvis.name"

PRIMARY = "✅"
DANGER = "❌"
# Keycaps 1 to 10, then the letters A to Z as regional indicators.
_KEYCAP = "\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP}"
NUMBERS = (*(f"{n}{_KEYCAP}" for n in range(1, 10)), "🔟")
LETTERS = tuple(chr(0x1F1E6 + n) for n in range(26))
_BY_PLACE = NUMBERS + LETTERS


@dataclass(frozen=True, slots=True)
class Offer:
    """One choice as it stands in an event. key: the reaction ("" when it can only be typed)."""

    key: str
    action: str
    value: str
    label: str


def offers(choices: Sequence[Choice]) -> tuple[Offer, ...]:
    """Give each choice its reaction: the first primary ✅, the first dangerous one ❌, the others by their place."""
    taken: set[str] = set()
    found = []
    for place, choice in enumerate(choices):
        usual = {"primary": PRIMARY, "danger": DANGER}.get(choice.style, "")
        key = usual if usual and usual not in taken else _BY_PLACE[place] if place < len(_BY_PLACE) else ""
        taken.add(key)
        found.append(Offer(key, choice.action, choice.value, choice.label))
    return tuple(found)


def written(offered: Sequence[Offer]) -> list[list[str]]:
    """The offers as event content. A list: the server sorts the keys of objects, and their order is their number."""
    return [[one.key, one.action, one.value, one.label] for one in offered]


def offered(event: Mapping[str, Any], me: str, room: str) -> tuple[Offer, ...] | None:
    """What an event offers now; None when the bot did not send it, hence whatever it claims.

    event: as the server returns it, with the latest edit among its aggregations (spec, "Event replacements").
    """
    if event.get("sender") != me or event.get("room_id", room) != room:
        return None
    content = event.get("content", {})
    edit = (event.get("unsigned") or {}).get("m.relations", {}).get("m.replace") or {}
    if edit.get("sender") == me:
        content = edit.get("content", {}).get("m.new_content", {})
    return _read(content.get(CHOICES))


def _read(kept: Any) -> tuple[Offer, ...]:
    if not isinstance(kept, list):
        return ()
    return tuple(Offer(*one) for one in kept if isinstance(one, list) and len(one) == 4)


def bare(key: str) -> str:
    """A reaction without its variation selectors, which clients add or leave out as they like."""
    return key.replace("\N{VARIATION SELECTOR-16}", "").strip()


_KNOWN = frozenset(bare(key) for key in (PRIMARY, DANGER, *_BY_PLACE))


def is_key(key: str) -> bool:
    """Whether the bot uses this reaction at all; if not, there is nothing to look up."""
    return bare(key) in _KNOWN


def pressed(key: str, offers: Sequence[Offer]) -> Offer | None:
    """The choice a reaction takes."""
    return next((one for one in offers if one.key and bare(one.key) == bare(key)), None)


def typed(text: str, offers: Sequence[Offer]) -> Offer | None:
    """The choice a reply names: its number, its reaction, or its label whatever the case."""
    said = text.strip()
    if said.isascii() and said.isdigit() and 0 < int(said[:4]) <= len(offers):
        return offers[int(said) - 1]
    same = [one for one in offers if one.label.strip().casefold() == said.casefold()]
    return same[0] if len(same) == 1 else pressed(said, offers)
