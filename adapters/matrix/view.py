"""What the bot knows of its rooms, learned from the sync. Pure.

Own, because matrix-nio's rooms take creators of version 12 for powerless, keep rooms that were left, and are empty
after a resumed sync. Members are not listed (a room may hold thousands): the server's summary counts them and names
the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.matrix.inbound import OPEN_RULES, closed
from bot.chat import Room

Json = Mapping[str, Any]

DIRECT = "fr.parvis.direct"
MADE = "fr.parvis.made"
ARCHIVED = "fr.parvis.archived"


_KEPT = frozenset(
    {
        "m.room.name", "m.room.canonical_alias", "m.room.topic", "m.room.join_rules", "m.room.create",
        "m.room.encryption", "m.room.power_levels", "m.room.tombstone", DIRECT, MADE,
    }
)  # fmt: skip


@dataclass(slots=True)
class Known:
    """One room. me: the bot. inside: it is in it. invited_by: who asked it in. heroes: the first few others in it."""

    id: str
    me: str
    inside: bool = True
    invited_by: str = ""
    heroes: tuple[str, ...] = ()
    joined: int = 0
    invited: int = 0
    counted: bool = False
    _state: dict[str, Json] = field(default_factory=dict)

    def apply(self, event: Json) -> None:
        """Take a state event into account; anything else changes nothing."""
        kind, key = event.get("type"), event.get("state_key")
        if not isinstance(event.get("content"), Mapping):
            return
        if key == "" and kind in _KEPT:
            self._state[str(kind)] = event
        if key == self.me and kind == "m.room.member":
            self.inside = event["content"].get("membership") == "join"
            unsigned = event.get("unsigned")
            before = unsigned.get("prev_content") if isinstance(unsigned, Mapping) else None
            if isinstance(before, Mapping) and before.get("membership") == "invite":
                self.invited_by = _text(unsigned.get("prev_sender"))  # type: ignore[union-attr]

    def summarise(self, summary: Json) -> None:
        """Take the sync's summary into account; the server leaves out what did not change."""
        self.counted = self.counted or "m.joined_member_count" in summary
        self.joined = summary.get("m.joined_member_count", self.joined)
        self.invited = summary.get("m.invited_member_count", self.invited)
        self.heroes = tuple(summary.get("m.heroes", self.heroes))

    def count(self, members: Iterable[Json]) -> None:
        """Take the membership events of everyone in or invited into account."""
        by = [(e.get("state_key"), e.get("content", {}).get("membership")) for e in members]
        self.joined = sum(how == "join" for _, how in by)
        self.invited = sum(how == "invite" for _, how in by)
        self.heroes = tuple(str(who) for who, how in by if how in {"join", "invite"} and who != self.me)[:5]
        self.counted = True

    def made_for(self, person: str) -> None:
        """The bot has just made this direct room; the sync will tell the same later."""
        self._state[DIRECT] = {"sender": self.me, "content": {"person": person}}
        if not self.counted:
            self.joined, self.invited, self.heroes, self.counted = 1, 1, (person,), True

    @property
    def creator(self) -> str:
        """Who made the room."""
        made = self._state.get("m.room.create", {})
        return _text(made.get("sender")) or self._said("m.room.create", "creator")

    @property
    def made(self) -> str:
        """The name under which the bot made this room; only its own word counts."""
        return self._own(MADE, "name")

    @property
    def direct_mark(self) -> str:
        """The person for whom the bot made this room; only its own word counts."""
        return self._own(DIRECT, "person")

    @property
    def described(self) -> bool:
        """The server told its state."""
        return "m.room.create" in self._state

    @property
    def hidden(self) -> bool:
        """What is written there is encrypted."""
        return "m.room.encryption" in self._state

    @property
    def listed(self) -> bool:
        """A room of people: no space, and not replaced by a newer one."""
        return self._said("m.room.create", "type") != "m.space" and "m.room.tombstone" not in self._state

    def direct_with(self, marked: frozenset[str]) -> str:
        """The one other account of a direct room, "" when it is not one.

        marked: the accounts that the bot's own account data (`m.direct`) gives this room.
        """
        if not self.listed or self.joined + self.invited != 2 or len(self.heroes) != 1:
            return ""
        person = self.heroes[0]
        return person if self.asks(person) or person == self.direct_mark or person in marked else ""

    def asks(self, person: str) -> bool:
        """The person invited the bot, into a room without a name."""
        return self.invited_by == person and not self._said("m.room.name", "name") and not self.alias

    @property
    def alias(self) -> str:
        """Its address, "" without one."""
        return self._said("m.room.canonical_alias", "alias")

    def is_left_by(self, person: str) -> bool:
        """The bot made it for this person, and waits in it alone."""
        return self.direct_mark == person and self.joined + self.invited <= 1

    def room(self) -> Room:
        """The room as the port describes it."""
        return Room(
            id=self.id, name=slug(self.alias) or self._said("m.room.name", "name") or self.id,
            topic=self._said("m.room.topic", "topic"), members=self.joined, by_bot=self.creator == self.me,
            inside=self.inside,
            private=self._said("m.room.join_rules", "join_rule") not in OPEN_RULES,
            archived=closed(self._state.get("m.room.power_levels", {}).get("content", {})),
        )  # fmt: skip

    @property
    def replaced_by(self) -> str:
        """The room that its tombstone names, "" without one (spec, "Room upgrades")."""
        return self._said("m.room.tombstone", "replacement_room")

    @property
    def replaced(self) -> Json:
        """The tombstone, {} without one."""
        return self._state.get("m.room.tombstone", {})

    @property
    def predecessor(self) -> str:
        """The room that this one was made to replace, "" when none."""
        before = self._state.get("m.room.create", {}).get("content", {}).get("predecessor")
        return _text(before.get("room_id")) if isinstance(before, Mapping) else ""

    def _said(self, kind: str, key: str) -> str:
        return _text(self._state.get(kind, {}).get("content", {}).get(key))

    def _own(self, kind: str, key: str) -> str:
        return self._said(kind, key) if self._state.get(kind, {}).get("sender") == self.me else ""


class View:
    """All rooms the bot is in, and who its direct rooms are with."""

    def __init__(self, reads_hidden: Callable[[], bool] = lambda: False) -> None:
        """It learns from the first sync. reads_hidden: whether what is encrypted can be read now."""
        self._reads_hidden = reads_hidden
        self.rooms: dict[str, Known] = {}
        self._direct: dict[str, frozenset[str]] = {}

    def known(self, room: str, me: str) -> Known:
        """The room, created unless it is known."""
        return self.rooms.setdefault(room, Known(room, me))

    def forget(self, room: str) -> None:
        """The bot is no longer in it."""
        self.rooms.pop(room, None)

    def successor(self, room: str) -> str:
        """The room that took a room's place, "" when none did: both must say so, and the bot must be in it."""
        old = self.rooms.get(room)
        new = self.rooms.get(old.replaced_by) if old and old.replaced_by else None
        return new.id if new and new.predecessor == room else ""

    def current(self, room: str) -> str:
        """The room that stands for a room now: itself, or the last of those that took its place."""
        seen = {room}
        while (following := self.successor(room)) and following not in seen:
            room = following
            seen.add(room)
        return room

    def mark_direct(self, account_data: Json) -> None:
        """Take `m.direct` into account: person -> rooms (spec, "Direct Messaging")."""
        found: dict[str, set[str]] = {}
        for person, rooms in account_data.items():
            for room in rooms if isinstance(rooms, list) else ():
                found.setdefault(str(room), set()).add(person)
        self._direct = {room: frozenset(people) for room, people in found.items()}

    def direct_with(self, room: str) -> str:
        """The person a room is direct with, "" for every other room."""
        known = self.rooms.get(room)
        return known.direct_with(self._direct.get(room, frozenset())) if known else ""

    def may_be_direct(self, room: str) -> bool:
        """Worth counting who is in it."""
        known = self.rooms[room]
        asked = bool(known.invited_by) and known.asks(known.invited_by)
        return known.listed and (asked or bool(known.direct_mark) or room in self._direct)

    def is_marked(self, room: str, person: str) -> bool:
        """That this room is direct with the person will be known after a restart too."""
        return person in self._direct.get(room, ()) or self.rooms[room].direct_mark == person

    def candidates(self, person: str) -> list[str]:
        """Rooms that may be direct with a person, and in which the bot can be talked with: plain ones, or all."""
        found = {room for room, people in self._direct.items() if person in people and room in self.rooms}
        found |= {room for room, known in self.rooms.items() if person in {known.direct_mark, known.invited_by}}
        return sorted(room for room in found if self._reads_hidden() or not self.rooms[room].hidden)

    def made_for(self, person: str) -> list[str]:
        """The rooms the bot made for a person and nobody else entered; the person may have left."""
        return [room for room in self.candidates(person) if self.rooms[room].is_left_by(person)]


def described(room: str, me: str, state: Iterable[Json]) -> Known:
    """A room from its whole state, which a server shows to those who were put out of it too."""
    known = Known(room, me, inside=False)
    joined = 0
    for event in state:
        known.apply(event)
        is_member = event.get("type") == "m.room.member"
        joined += is_member and event.get("content", {}).get("membership") == "join"
    known.joined = joined
    return known


def slug(alias: str) -> str:
    """The local part of an alias: the name by which people know a room, "" without alias."""
    return alias.removeprefix("#").partition(":")[0]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
