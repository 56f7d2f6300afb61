"""Who may decide what, and how much is enough: pure rules."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.deciding.process import OTHER
from bot.nudge import Role

APPROVE = "approve"
REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Standing:
    """All that the rules need to know of a request.

    requester: who asked; None where that bars nobody. deciders_before: who decided what this one appeals against;
    voters: who has decided on this one. Of a deputy's vote, both know who lent the right as well. lenders: who may
    decide by a lent right alone -> whose right it is, nobody's once that is over. named: those who alone decide; None
    where roles do. able: those of them whom nothing keeps from it. early: whose lent right has not begun.
    """

    state: str
    requester: int | None
    entitled: frozenset[Role]
    escalated_to: Role | None = None
    conflicts: frozenset[int] = frozenset()
    deciders_before: frozenset[int] = frozenset()
    voters: frozenset[int] = frozenset()
    lenders: Mapping[int, frozenset[int]] = field(default_factory=dict)
    named: frozenset[int] | None = None
    able: frozenset[int] = frozenset()
    early: frozenset[int] = frozenset()


def objection(at: Standing, person: int, roles: frozenset[Role]) -> str:
    """Why this person may not decide now: a code, "" when they may."""
    if code := outside(at, person, roles):
        return code
    if at.state != "waiting":
        return at.state
    return barred(at, person) or ("" if _in_turn(at, roles) else "not-yet-yours") or _voted(at, person)


def outside(at: Standing, person: int, roles: frozenset[Role]) -> str:
    """Why a request that names who decides is no concern of this person at all, whatever becomes of it: a code."""
    if at.named is None or person in at.able or person in at.lenders or at.escalated_to in roles:
        return ""
    return "named-in-vain" if person in at.named else "not-named"


def barred(at: Standing, person: int) -> str:
    """Why this person may never decide on this request, whatever their role: a code, "" when nothing stands against.

    A lent right is worth what it was worth to who lent it: what they may not decide, their deputy may not either.
    """
    if code := _barred_in_person(at, person):
        return code
    lenders = at.lenders.get(person)
    if lenders is None or _lending(at, person):
        return ""
    if lenders:
        return "lent"
    return "lent-early" if person in at.early else "lent-over"


def _barred_in_person(at: Standing, person: int) -> str:
    if person == at.requester:
        return "own"
    if person in at.conflicts:
        return "conflict"
    return "decided-before" if person in at.deciders_before else ""


def _lending(at: Standing, person: int) -> list[int]:
    """Those in whose place this person may decide, though they have voted already."""
    return sorted(each for each in at.lenders.get(person, ()) if not _barred_in_person(at, each))


def in_place_of(at: Standing, person: int) -> int | None:
    """In whose place this person would vote; None for their own."""
    return next((each for each in _lending(at, person) if each not in at.voters), None)


def voices(at: Standing, persons: Iterable[int]) -> int:
    """How many voices these people have: who lends a right and who borrows it have one between them."""
    able = {person for person in persons if not barred(at, person)}
    rights = {right for person in able for right in (_lending(at, person) or [person])}
    return min(len(able), len(rights))


def _in_turn(at: Standing, roles: frozenset[Role]) -> bool:
    if at.named is not None:
        return True  # who is not named is outside
    return bool(roles & at.entitled) or at.escalated_to in roles


def _voted(at: Standing, person: int) -> str:
    if person in at.voters:
        return "voted"
    return "voted-lent" if person in at.lenders and in_place_of(at, person) is None else ""


def verdict(votes: Iterable[str], quorum: int) -> str:
    """What the votes amount to: "approve" or "refuse" once enough agree, else ""."""
    counted = list(votes)
    for each in (APPROVE, REFUSE):
        if counted.count(each) >= quorum:
            return each
    return ""


def next_look(offers: int, escalated: bool) -> str:
    """What to do with a request whose time has come: "offer" it again, or "escalate" it. Silence never refuses.

    offers: how often it was offered so far.
    """
    return "escalate" if offers >= 2 and not escalated else "offer"


def split_version(value: str) -> tuple[int | None, str]:
    """A version and what follows it: "v3 because" gives (3, "because"); without a version the first is None."""
    found = re.match(r"v(\d{1,9})\b[\s:,.]*(.*)", value, re.DOTALL)
    return (int(found[1]), found[2].strip()) if found else (None, value)


def is_over(now: datetime, needed_by: datetime | None) -> bool:
    """Whether the instant by which a decision is needed has come."""
    return needed_by is not None and now >= needed_by


def too_late(now: datetime, final_at: datetime | None) -> bool:
    """Whether a refusal is final: its grace is over."""
    return final_at is None or now >= final_at


def split_number(value: str) -> tuple[int | None, str]:
    """A number and what follows it: "12 because" gives (12, "because"); without a number the first is None."""
    found = re.match(r"\s*(?:n[°o]\s*|#)?(\d{1,9})\b[\s:,.]*(.*)", value, re.DOTALL)
    return (int(found[1]), found[2].strip()) if found else (None, value.strip())


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why it was refused. code: from the list of the process; alternative: what is proposed instead."""

    code: str
    text: str
    alternative: str


def read_refusal(words: str, reasons: Mapping[str, tuple[str, ...]]) -> Refusal:
    """A refusal typed on one line: "duplicate: there is already one --alternative Join it".

    A line that names no listed reason is a text on its own, under the reason "other".
    """
    body, _, alternative = re.sub(r"(?:^|\s)[\u2014\u2013](?=\w)", " --", words).partition("--alternative")
    for separator in (":", None):
        said, *rest = body.strip().split(separator, 1) or [""]
        for code, synonyms in reasons.items():
            if said.strip().casefold() in (code, *synonyms):
                return Refusal(code, "".join(rest).strip(), _bare(alternative))
    return Refusal(OTHER, body.strip(), _bare(alternative))


def _bare(text: str) -> str:
    return text.strip(" \u00a0:=\"'\u201c\u201d\u00ab\u00bb")


def card_name(request: int, platform: str, room: str, serial: int) -> str:
    """The name of the delivery that shows a request in a room. serial: raised whenever it is shown anew there."""
    place = hashlib.blake2s(room.encode(), digest_size=6).hexdigest()
    return f"card:{request}:{platform or 'person'}:{place}:{serial}"
