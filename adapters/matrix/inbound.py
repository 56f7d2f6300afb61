"""What Matrix events mean. Pure: raw JSON in, an event of `bot.chat` out.

The specification's event types are described in https://spec.matrix.org/v1.15/client-server-api/ (m.room.message,
m.reaction, m.room.redaction, m.room.member, m.room.name, m.room.join_rules, m.room.power_levels, m.room.tombstone).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any, Literal

from adapters.matrix import cards
from adapters.matrix.cards import Offer
from bot.chat import (
    Command,
    Deleted,
    Edited,
    Event,
    HomeOpened,
    Joined,
    Knocked,
    Left,
    Press,
    ProfileChanged,
    Reacted,
    Read,
    RoomChanged,
    Spoke,
    Unreadable,
    VerificationAsked,
)

Json = Mapping[str, Any]

VERIFICATION = "m.key.verification.request"  # a msgtype in rooms, a type of its own between devices
OPEN_RULES = frozenset({"public", "restricted", "knock_restricted"})
ARCHIVED_LEVEL = 100  # events_default of a room in which nobody may write any more
PILLS = 10_000  # characters of HTML in which pills are looked for
SHORT_ANSWER = 80  # characters: a longer reply names no choice
_COMMAND = re.compile(r"[!/]\s*(?=[^\W\d_])")
_PILL = re.compile(r'^\s*(?:<p>)?\s*<a [^>]*href="https://matrix\.to/#/([^"?]+)[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
_MENTION = re.compile(r'<a href="https://matrix\.to/#/((?:@|%40)[^"?]{1,255})[^"]{0,255}">([^<]{1,255})</a>')
_QUOTED_LINE = re.compile(r"^> ?.*\n?", re.MULTILINE)


class UnreadableError(Exception):
    """The event does not have the shape its type promises."""

    def __init__(self, reason: str) -> None:
        """reason: the event's type and the name of the offending key; no content."""
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event happened, and who reads it. me: the bot's user id; called: its display name."""

    platform: str
    room: str
    me: str
    direct: bool = False
    called: str = ""


def wanted(raw: Json, place: Place) -> str:
    """The id of the event whose choices decide what this one means; "" when none does."""
    content = _dict(raw.get("content"))
    if raw.get("sender") == place.me:
        return ""
    if raw.get("type") == "m.reaction":
        relation = _dict(content.get("m.relates_to"))
        return _text(relation.get("event_id")) if cards.is_key(_text(relation.get("key"))) else ""
    if raw.get("type") == "m.room.message" and len(_body(content)) <= SHORT_ANSWER:
        return _replies_to(content)
    return ""


def read(raw: Json, place: Place, offers: Sequence[Offer] = ()) -> Event | None:
    """What an event means; None when it means nothing to us.

    offers: what the event named by `wanted` offers now. Raises UnreadableError.
    """
    if raw.get("sender") == place.me:
        return None
    reader = _READERS.get(_text(raw.get("type")))
    if reader is None or "redacted_because" in _dict(raw.get("unsigned")):
        return None
    base = _base(raw, place)
    event: Event | None = reader(raw, base, place, offers)
    return event


def receipts(content: Json, place: Place) -> list[Event]:
    """Who read up to where: the content of an `m.receipt`. Direct rooms are nobody's business."""
    found: list[Event] = []
    for event, kinds in _dict(content).items() if not place.direct else ():
        for who, receipt in _dict(_dict(kinds).get("m.read")).items():
            at = instant(_dict(receipt).get("ts"))
            if who != place.me and at is not None:
                key = f"read:{place.room}:{event}:{who}"
                found.append(Read(key=key, platform=place.platform, by=who, room=place.room, at=at, on=event))
    return found


def server(user: str) -> str:
    """The homeserver of a user id."""
    return user.partition(":")[2]


def _base(raw: Json, place: Place) -> dict[str, Any]:
    at = instant(raw.get("origin_server_ts"))
    key, by = _text(raw.get("event_id")), _text(raw.get("sender"))
    if at is None or not key or not by:
        raise UnreadableError(f"{raw.get('type')}:envelope"[:120])
    return {
        "key": key, "platform": place.platform, "by": by, "room": place.room, "at": at, "direct": place.direct,
    }  # fmt: skip


def instant(milliseconds: object) -> datetime | None:
    """When something happened; None for what is no instant: other servers write it."""
    if not isinstance(milliseconds, int) or isinstance(milliseconds, bool) or not 0 < milliseconds < 1 << 43:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _message(raw: Json, base: dict[str, Any], place: Place, offers: Sequence[Offer]) -> Event | None:
    content = _dict(raw.get("content"))
    relation = _dict(content.get("m.relates_to"))
    if relation.get("rel_type") == "m.replace":
        return Edited(**base, on=_required(relation, "event_id", raw))
    kind = _required(content, "msgtype", raw)
    if not isinstance(content.get("body"), str):
        raise UnreadableError("m.room.message:body")
    if kind == VERIFICATION:
        return VerificationAsked(**base) if content.get("to") == place.me else None
    if kind == "m.notice":
        return None  # spec, "m.notice": said by programs, never to be answered
    body = _body(content) if kind in {"m.text", "m.emote"} else ""
    answer = cards.typed(body, offers) if body else None
    if answer:
        return Press(**base, action=answer.action, value=answer.value, on=_replies_to(content))
    addressed = _addressed(body, content, place) if body else None
    if addressed == ("home", True) and place.direct:
        return HomeOpened(**base)  # Matrix has no page of the bot: `!home` in the direct room stands for it
    thread = _text(relation.get("event_id")) if relation.get("rel_type") == "m.thread" else ""
    if addressed:
        text, to = _with_ids(addressed[0], content), _replies_to(content) or thread
        return Command(**base, text=text, prefixed=addressed[1], in_reply_to=to, message=base["key"])
    return Spoke(**base, thread=thread, question="?" in body, message=base["key"])


def _addressed(body: str, content: Json, place: Place) -> tuple[str, bool] | None:
    """The words meant for the bot, and whether they were typed as a command; None when they are not for it."""
    prefix = _COMMAND.match(body)
    if prefix and (body[0] == "!" or place.direct):
        return body[prefix.end() :].strip(), True
    named = _after_name(body, content, place)
    if named is not None:
        return _COMMAND.sub("", named, count=1) if _COMMAND.match(named) else named, True
    return (body, False) if place.direct else None


def _after_name(body: str, content: Json, place: Place) -> str | None:
    """What follows when a message opens by naming the bot: its pill, its id, or its display name and a mark."""
    names = {place.me}
    pill = _PILL.match(_text(content.get("formatted_body"))[:PILLS])
    if pill and _id(pill[1]) == place.me:
        names.add(unescape(pill[2]))
    if place.called and re.match(rf"@?{re.escape(place.called)}\s*[:,](\s|$)", body, re.IGNORECASE):
        names.add(place.called)
    for name in sorted(names, key=len, reverse=True):
        opening = re.match(rf"@?{re.escape(name)}(?![\w.-])\s*[:,]?\s*", body, re.IGNORECASE) if name else None
        if opening:
            return body[opening.end() :].strip()
    return None


def _with_ids(text: str, content: Json) -> str:
    """The words with each pill as the id it stands for: in plain text a pill is only a display name."""
    found, at = "", 0
    for user, shown in _MENTION.findall(_text(content.get("formatted_body"))[:PILLS]):
        place = text.find(unescape(shown), at)
        if place >= 0:
            found += text[at:place] + _id(user)
            at = place + len(unescape(shown))
    return found + text[at:]


def _id(written: str) -> str:
    """A user id as links hold it."""
    return unescape(written).replace("%40", "@").replace("%3A", ":")


def _reaction(raw: Json, base: dict[str, Any], _: Place, offers: Sequence[Offer]) -> Event:
    relation = _dict(_dict(raw.get("content")).get("m.relates_to"))
    on, key = _required(relation, "event_id", raw), _required(relation, "key", raw)
    taken = cards.pressed(key, offers)
    return Press(**base, action=taken.action, value=taken.value, on=on) if taken else Reacted(**base, on=on)


def _redaction(raw: Json, base: dict[str, Any], _: Place, __: Sequence[Offer]) -> Event:
    # Since room version 11 what is redacted is named in the content.
    on = _text(raw.get("redacts")) or _required(_dict(raw.get("content")), "redacts", raw)
    return Deleted(**base, on=on)


def _member(raw: Json, base: dict[str, Any], place: Place, _: Sequence[Offer]) -> Event | None:
    who = _required(raw, "state_key", raw)
    now, before = _required(_dict(raw.get("content")), "membership", raw), _text(_before(raw).get("membership"))
    if now == "knock" and before != "knock":
        return Knocked(**{**base, "by": who})
    if who == place.me:
        out = before == "join" and now in {"leave", "ban"}
        return RoomChanged(**base, change="put_out") if out else None  # by another: what the bot does is not read
    if now == before == "join":
        return _presented(raw, base, who)
    if (now == "join") == (before == "join"):
        return None  # an invitation
    happened = Joined if now == "join" else Left
    return happened(**{**base, "by": who})


def _presented(raw: Json, base: dict[str, Any], who: str) -> Event | None:
    """Another display name, or another picture, which each shared room is told of: within a minute it is one event."""
    now, before = ([_text(_dict(each).get(key)) for key in ("displayname", "avatar_url")] for each in _versions(raw))
    if now == before:
        return None
    shown = hashlib.sha256("\n".join(now).encode()).hexdigest()[:16]
    key = f"profile:{who}:{shown}:{base['at']:%Y%m%d%H%M}"[:255]
    return ProfileChanged(key=key, platform=base["platform"], by=who, at=base["at"])


def _versions(raw: Json) -> tuple[object, object]:
    return raw.get("content"), _before(raw)


def _name(raw: Json, base: dict[str, Any], _: Place, __: Sequence[Offer]) -> Event:
    name = _text(_dict(raw.get("content")).get("name"))
    return RoomChanged(**base, change="renamed", name=name)


def _join_rules(raw: Json, base: dict[str, Any], _: Place, __: Sequence[Offer]) -> Event | None:
    rule, before = _required(_dict(raw.get("content")), "join_rule", raw), _text(_before(raw).get("join_rule"))
    if not before or (rule in OPEN_RULES) == (before in OPEN_RULES):
        return None
    return RoomChanged(**base, change="made_public" if rule in OPEN_RULES else "made_private")


def _levels(raw: Json, base: dict[str, Any], _: Place, __: Sequence[Offer]) -> Event | None:
    now, before = closed(_dict(raw.get("content"))), closed(_before(raw))
    change: Literal["archived", "reopened"] = "archived" if now else "reopened"
    return RoomChanged(**base, change=change) if now != before else None


def _tombstone(_raw: Json, base: dict[str, Any], _: Place, __: Sequence[Offer]) -> Event:
    return RoomChanged(**base, change="upgraded")


def _unread(raw: Json, base: dict[str, Any], place: Place, _: Sequence[Offer]) -> Event | None:
    """What is encrypted, and no key opens: in a direct room the person should know, elsewhere someone spoke."""
    relation = _dict(_dict(raw.get("content")).get("m.relates_to"))
    if relation.get("rel_type") == "m.replace":
        return Edited(**base, on=_required(relation, "event_id", raw))
    if place.direct:
        return Unreadable(**base)
    return Spoke(**base, thread=_text(relation.get("event_id")) if relation.get("rel_type") == "m.thread" else "")


_READERS: Mapping[str, Any] = {
    "m.room.message": _message,
    "m.reaction": _reaction,
    "m.room.redaction": _redaction,
    "m.room.member": _member,
    "m.room.name": _name,
    "m.room.join_rules": _join_rules,
    "m.room.power_levels": _levels,
    "m.room.tombstone": _tombstone,
    "m.room.encrypted": _unread,
}


def closed(levels: Json) -> bool:
    """Whether power levels keep everyone from writing."""
    level = levels.get("events_default", 0)
    return isinstance(level, int) and level >= ARCHIVED_LEVEL


def _body(content: Json) -> str:
    """The words of a message, without the quoted reply that older clients put before them."""
    body = _text(content.get("body"))
    if _replies_to(content, any_kind=True) and body.startswith("> "):
        quoted, _, rest = body.partition("\n\n")
        body = rest if not _QUOTED_LINE.sub("", quoted) else body
    return body.replace("\N{WORD JOINER}", "").strip()


def _replies_to(content: Json, *, any_kind: bool = False) -> str:
    """The id of the message replied to; in a thread the reply may be there only for clients without threads."""
    relation = _dict(content.get("m.relates_to"))
    if relation.get("is_falling_back") and not any_kind:
        return ""
    return _text(_dict(relation.get("m.in_reply_to")).get("event_id"))


def _before(raw: Json) -> Json:
    return _dict(_dict(raw.get("unsigned")).get("prev_content"))


def _required(holder: Json, key: str, raw: Json) -> str:
    value = holder.get(key)
    if not isinstance(value, str) or not value:
        raise UnreadableError(f"{raw.get('type')}:{key}"[:120])
    return value


def _dict(value: object) -> Json:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
