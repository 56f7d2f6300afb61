"""The ways in which an action is asked for, on each platform, as that platform itself would tell the bot."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from adapters.matrix import cards
from adapters.matrix.cards import Offer
from adapters.matrix.inbound import Place, read, wanted
from adapters.slack.inbound import Malformed, Me, Reading, translate
from bot.chat import EVENT, Event
from bot.lookup import Lookup

PLATFORMS = ("memory", "slack", "matrix")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ME = Me(user="UBOT", bot="BBOT", team="T1")
BOT_ON_MATRIX = "@parvis:acme.test"

WORDS: Mapping[str, str] = {
    "parvis.language": "en",
    "parvis.erase-all": "00000000",
    "parvis.join": "",
    "parvis.confirm": "1",
    "parvis.deny": "1",
    "parvis.open-page": "1",
    "parvis.close-page": "1",
    "letter": "UMARNO Hello to all",
    "letter.rewrite": "7 Good morning",
    "letter.withdraw": "7",
    "letter.answer": "7 For the cooks",
    "letter.appeal": "9 Please look again",
    "letter.approve": "7 v1",
    "letter.amend": "7 v1",
    "letter.override": "7 The works council asks for it",
    "letter.refuse": "7 later",
    "letter.ask": "7 Who is it for?",
    "letter.take": "7",
    "letter.show": "7",
    "letter.revoke": "8",
    "letter.mandate": "UMSVEN 2026-11-24 2026-11-30",
    "letter.mandate-end": "1",
    "nudge.informed": "2026-11-20 By e-mail to all",
    "nudge.confirm": "0",
    "nudge.hush": "2026-12-07",
    "nudge.why": "The works council asked for it",
    "community.request": "Bicycles --purpose Repair the bicycles of the house --work Who repairs which --yes",
    "community.correct": "1",
    "community.withdraw": "1",
    "community.answer": "1 For the cooks",
    "community.appeal": "2 Please look again",
    "community.approve": "1",
    "community.override": "6 The works council asks for it",
    "community.refuse": "1 later",
    "community.ask": "1 Who is it for?",
    "community.take": "1",
    "community.show": "1",
    "community.revoke": "3",
    "community.deputy": "UMSVEN 2026-11-30",
    "community.retry": "5",
    "community.name": "5 Photographs",
    "community.adopt": "sales-methods",
    "community.ignore": "1",
    "community.enter-again": "3",
    "community.close-entry": "3",
    "community.search": "garden",
    "community.info": "Garden",
    "community.join": "1",
    "community.admit": "1 UMSVEN",
    "community.accept": "1",
    "community.decline": "1",
    "community.lead-accept": "4",
    "community.lead-decline": "4",
    "community.second": "4 UMARNO",
    "community.rename": "Garden Orchards",
    "community.hand-over": "Garden UMARNO",
    "community.merge": "Garden Cellar",
    "community.pause": "Garden 2026-12-20",
    "community.close": "Garden",
    "community.reopen": "Attic",
    "community.confirm": "1",
    "community.cancel": "1",
    "community.undo": "2",
    "community.done": "3",
    "community.give-up": "3",
    "profile.edit": "title",
    "profile.confirm": "title",
    "profile.prefer-not": "languages",
    "profile.undo": "languages",
    "announce.show": "1",
    "announce.edit": "1",
    "announce.own": "1",
    "announce.cancel": "1",
    "announce.paper": "1",
    "announce.audience": "1 everybody",
    "announce.when": "1 2026-12-01 9:00",
    "announce.clock": "1 2026-12-01T09:00Z Europe/Paris fixed 60",
    "announce.at": "1 2026-12-01T09:00Z Europe/Paris fixed 60",
    "announce.preview": "1",
    "announce.confirm": "1 9",
    "announce.submit": "1",
    "announce.again": "1",
    "announce.go": "1",
    "announce.stop": "1",
    "announce.pause": "1",
    "announce.resume": "1",
    "announce.send-now": "1",
    "announce.recall": "1",
    "announce.report": "1",
    "announce.retry": "1",
    "announce.posted": "4",
    "announce.urgent": "1 The site is closed",
    "announce.urgent-confirm": "1",
    "announce.not-urgent": "1",
    "announcement.withdraw": "2",
    "announcement.answer": "2 For the cooks",
    "announcement.approve": "2 v1",
    "announcement.amend": "2 v1",
    "announcement.override": "2 The works council asks for it",
    "announcement.refuse": "2 moment",
    "announcement.ask": "2 Who is it for?",
    "announcement.take": "2",
    "announcement.show": "2",
    "announcement.revoke": "3",
    "announcement.mandate": "UMSVEN 2026-11-24 2026-11-30",
    "announcement.mandate-end": "2",
    "ask.pass": "named 1 R1 M7 M1 room",
    "ask.withdraw": "1",
    "ask.share": "1",
    "ask.unshare": "2",
    "ask.show": "3",
    "ask.join": "1 2",
    "ask.part": "4",
    "ask.draft": "1",
    "ask.decline": "1",
    "ask.redirect": "1",
    "ask.answer": "1",
    "ask.send": "1 v1",
    "campaign.move": "1 2027-01-25",
    "campaign.show": "1",
    "campaign.moved": "1 2027-01-25 e3b0c442",
    "campaign.phase": "1 launch",
    "campaign.enter": "1 launch pilot",
    "pulse.mark": "2026-11-20 campaign Posters",
    "pulse.unmark": "2026-11-02 Fair",
}
"""What follows an action when it is typed, or is the value of its choice; the numbers are those of the bureau's rows.

What is not here takes nothing: it shows something.
"""

_REQUEST = {
    "name": "Bicycles",
    "purpose": "Repair the bicycles of the house",
    "work": "Who repairs which",
}
FORMS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "nudge.hush": ("", {"until": "2026-12-07", "why": ""}),
    "nudge.why": ("", {"why": "The works council asked for it"}),
    "nudge.informed": ("", {"on": "2026-11-20", "how": "By e-mail to all"}),
    "community.request": ("", _REQUEST),
    "community.summary": ("", {**_REQUEST, "kind": "business", "visibility": "public", "review_on": "2027-05-24"}),
    "community.answer": ("1", {"text": "For the cooks"}),
    "community.appeal": ("2", {"text": "Please look again"}),
    "community.override": ("6", {"text": "The works council asks for it"}),
    "community.refuse": ("1", {"code": "later", "text": "", "alternative": ""}),
    "community.ask": ("1", {"text": "Who is it for?"}),
    "community.deputy": ("", {"person": "UMSVEN", "until": "2026-11-30"}),
    "community.adopt-room": ("1", {"name": "Sales methods", "purpose": "How we sell what we make", "kind": "business"}),
    "community.search": ("", {"words": "garden"}),
    "community.second": ("4", {"person": "UMARNO"}),
    "community.rename": ("1", {"name": "Orchards"}),
    "community.hand-over": ("1", {"person": "UMARNO"}),
    "community.merge": ("1", {"into": "community-3"}),
    "community.pause": ("1", {"until": "2026-12-20"}),
    "community.close": ("1", {"reason": "Nobody comes"}),
    "community.reopen": ("", {"community": "community-4"}),
    "announce.draft": ("[0, 0, []]", {"title": "It opens", "text": "Soon.", "speaker": "UMLEADER", "voice": "own"}),
    "announce.audience": ('[1, "e3b0c44298fc1c14"]', {"whom": "everybody", "people": "", "but": ""}),
    "announce.when": ("[1]", {"when": "2026-12-01 9:00", "zone": "Europe/Paris", "clocks": "fixed", "window": "60"}),
    "announce.urgent": ("1", {"why": "The site is closed"}),
    "announcement.answer": ("2", {"text": "For the cooks"}),
    "announcement.amend": ("2 v1", {"title": "It opens", "text": "Very soon."}),
    "announcement.override": ("2", {"text": "The works council asks for it"}),
    "announcement.refuse": ("2", {"code": "moment", "text": "", "alternative": ""}),
    "announcement.ask": ("2", {"text": "Who is it for?"}),
    "announcement.mandate": ("", {"person": "UMSVEN", "on": "2026-11-24", "until": "2026-11-30"}),
    "ask.question": ("", {"leader": "UMLEADER", "text": "When?", "name": "named"}),
    "ask.answer": ("1", {"text": "On Monday."}),
    "ask.draft": ("1", {"text": "On Monday."}),
    "ask.decline": ("1", {"text": "It is too early."}),
    "ask.redirect": ("1", {"leader": "UMLEADER"}),
    "letter.answer": ("7", {"text": "For the cooks"}),
    "letter.appeal": ("9", {"text": "Please look again"}),
    "letter.amend": ("7 v1", {"text": "Good morning"}),
    "letter.override": ("7", {"text": "The works council asks for it"}),
    "letter.refuse": ("7", {"code": "later", "text": "", "alternative": ""}),
    "letter.ask": ("7", {"text": "Who is it for?"}),
    "letter.mandate": ("", {"person": "UMSVEN", "on": "2026-11-24", "until": "2026-11-30"}),
    "profile.field": ("title", {"value": "Head of seeds"}),
}
"""What a filled form holds: its hidden part, and its fields."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to ask for an action. kind: "typed", "pressed" or "filled". what: the line, the action, or the form."""

    action: str
    kind: str
    what: str
    value: str = ""

    @property
    def label(self) -> str:
        return f"{self.action} ({self.kind} “{self.what}”)"


def ways(lookup: Lookup) -> dict[str, list[Way]]:
    """Every declared action with every way to it, the usual one first."""
    found: dict[str, list[Way]] = {}
    for nudge in lookup.nudges:
        for command in nudge.commands:
            action = ".".join(command.path)
            lines = [" ".join(path) for path in (command.path, *command.aliases)]
            typed = [Way(action, "typed", f"{line} {WORDS.get(action, '')}".strip()) for line in lines]
            found.setdefault(action, []).extend([*typed, Way(action, "pressed", action, WORDS.get(action, ""))])
        for action, choice in nudge.choices.items():
            value = WORDS.get(action, "")
            lines = [" ".join(path) for path in (action.split("."), *choice.aliases)]
            typed = [Way(action, "typed", f"{line} {value}".strip()) for line in lines]
            found.setdefault(action, []).extend([Way(action, "pressed", action, value), *typed])
        for id in nudge.forms:
            found[f"form {id}"] = [Way(f"form {id}", "filled", id)]
    return found


def told(platform: str, way: Way, by: str, key: str) -> Event:
    """The event by which the bot hears of it, made by the adapter's own reading of what the platform sends."""
    event = _TOLD[platform](way, by, key)
    assert event is not None, way.label
    return EVENT.validate_json(EVENT.dump_json(event))


# ---------------------------------------------------------------- inside the process


def _of_memory(way: Way, by: str, key: str) -> Event:
    raw: dict[str, Any] = {"key": key, "platform": "memory", "by": by, "room": "R1", "at": NOW, "handle": f"H{key}"}
    match way.kind:
        case "typed":
            raw |= {"kind": "command", "text": way.what}
        case "pressed":
            raw |= {"kind": "press", "action": way.what, "value": way.value, "on": "M1"}
        case _:
            meta, values = FORMS[way.what]
            raw |= {"kind": "submission", "form": way.what, "values": dict(values), "meta": meta}
    return EVENT.validate_python(raw)


# ---------------------------------------------------------------- Slack


def slack_payload(way: Way, by: str, key: str) -> dict[str, Any]:
    """What Slack sends (docs: interactivity/implementing-slash-commands; reference/interaction-payloads)."""
    usual = {"trigger_id": f"1.2.{key}", "response_url": f"https://hooks.slack.com/actions/{key}"}
    if way.kind == "typed":
        word, _, rest = way.what.partition(" ")
        return {**usual, "command": f"/{word}", "text": rest, "user_id": by, "channel_id": "C1"}
    if way.kind == "pressed":
        stamp = f"1764000005.{key}"
        return {
            **usual,
            "type": "block_actions",
            "user": {"id": by},
            "container": {"type": "message", "message_ts": "1764000000.000100", "channel_id": "C1"},
            "channel": {"id": "C1"},
            "message": {"user": ME.user, "bot_id": ME.bot, "ts": "1764000000.000100"},
            "actions": [
                {"type": "button", "action_id": f"{way.what}#0", "value": way.value, "action_ts": stamp},
            ],
        }
    meta, values = FORMS[way.what]
    inputs = {name: {"x": {"type": "plain_text_input", "value": text}} for name, text in values.items()}
    view = {
        "id": f"V{key}",
        "hash": "h1",
        "callback_id": way.what,
        "private_metadata": json.dumps({"form": way.what, "meta": meta}),
        "state": {"values": inputs},
    }
    return {"type": "view_submission", "user": {"id": by}, "trigger_id": f"1.2.{key}", "view": view}


def _of_slack(way: Way, by: str, key: str) -> Event | None:
    found = translate(slack_payload(way, by, key), Reading("slack", ME, NOW))
    assert not isinstance(found, Malformed), found
    return found


# ---------------------------------------------------------------- Matrix


def _of_matrix(way: Way, by: str, key: str) -> Event | None:
    """A form is filled line by line there: what is told is the "ok" that sends it."""
    place = Place("matrix", "!room:acme.test", BOT_ON_MATRIX, direct=way.kind == "filled", called="Parvis")
    content: dict[str, Any] = {"msgtype": "m.text", "body": f"!{way.what}" if way.kind == "typed" else "ok"}
    raw: dict[str, Any] = {"type": "m.room.message", "event_id": f"${key}", "sender": by, "content": content}
    raw["origin_server_ts"] = int(NOW.timestamp() * 1000)
    offers: tuple[Offer, ...] = ()
    if way.kind == "pressed":
        offers = (Offer(cards.PRIMARY, way.what, way.value, "Do it"),)
        relation = {"rel_type": "m.annotation", "event_id": "$card", "key": cards.PRIMARY}
        raw |= {"type": "m.reaction", "content": {"m.relates_to": relation}}
        assert wanted(raw, place) == "$card"
    return read(raw, place, offers)


_TOLD: Mapping[str, Callable[[Way, str, str], Event | None]] = {
    "memory": _of_memory,
    "slack": _of_slack,
    "matrix": _of_matrix,
}
