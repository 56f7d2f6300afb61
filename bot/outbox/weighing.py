"""What becomes of a promise to a person as it is planned: where it goes, and when, if it is said at all. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.attention import ANSWER, Attention, Verdict
from bot.attention.knowing import where_reached
from storage.contacts import Reached
from storage.outbox import HELD, HELD_FOR, HUSH, NEVER, WAITING, lane_of
from storage.sending import Somebody
from storage.wishes import Wish

FIRST_CONTACT = "first contact"
"""Why the bot introduces itself."""


def greeting_name(person: int) -> str:
    """The promise by which the bot introduces itself to somebody: once, by its name."""
    return f"greeting:{person}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be said. platform: the one preferred; media: as `Promise`; due, not_after: as its planner asks.

    held: its kind may not be sent now. confirmed: who signed it knows of the hush that is on.
    """

    kind: str
    due: datetime
    platform: str = ""
    media: str = ""
    not_after: datetime | None = None
    held: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of it. person: whom that means. row: columns of `Promise` that follow. introduces: whoever never met
    the bot is introduced to it before this is said.
    """

    person: int
    row: Mapping[str, Any]
    introduces: bool = False


def weigh(
    attention: Attention,
    wanted: Wanted,
    person: int,
    found: Somebody | None,
    past: Iterable[Reached],
    wished: Iterable[Wish],
    now: datetime,
) -> Planned:
    """person: as whoever plans it named them. found: who that is; None: nobody. Raises LookupError: no such kind."""
    account = where_reached(found, wanted.platform, wanted.kind, wanted.media) if found else None
    if found is None or account is None:
        dead = {"platform": "", "lane": lane_of("", person, ""), "state": "dead", "error": "no_account"}
        is_late = wanted.not_after is not None and wanted.due > wanted.not_after
        return Planned(person, dead | (_dropped("too_late") if is_late else {}))
    who = account.person_id  # whoever was meant may have turned out to be somebody else
    facts = attention.known(wanted.kind, found, account.platform, past, wished)
    confirmed = wanted.confirmed and attention.is_signed(wanted.kind)
    verdict = attention.verdict(wanted.kind, replace(facts, confirmed=confirmed), wanted.due)
    place = {"platform": account.platform, "lane": lane_of(account.platform, who, "")}
    row = _row(attention, wanted, verdict, now)
    # Whoever is written to at an address is introduced to the bot once they meet it.
    meets = row["state"] in WAITING and row.get("error") not in {HELD, HUSH} and wanted.kind != ANSWER
    return Planned(who, place | row, introduces=meets and account.kind == "member")


def _row(attention: Attention, wanted: Wanted, verdict: Verdict, now: datetime) -> dict[str, Any]:
    if verdict.reason == HUSH and attention.is_signed(wanted.kind):
        return {"state": "later", "due": NEVER, "error": HUSH}
    if verdict.due is None:
        return _dropped(verdict.shown)
    if wanted.not_after is not None and verdict.due > wanted.not_after:
        return _dropped(verdict.shown if verdict.private else "too_late")
    if wanted.held:
        return {"state": "later", "due": max(wanted.due, now + HELD_FOR), "error": HELD}
    row = {"due": verdict.due, "state": "later" if verdict.due > now else "todo"}
    return row | ({"error": verdict.shown} if verdict.private else {})


def _dropped(reason: str) -> dict[str, Any]:
    return {"state": "dropped", "error": reason, "body": "{}"}
