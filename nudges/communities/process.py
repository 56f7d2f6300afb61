"""The process by which a community is decided on: the data that `bot.decide` works with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.decide import OTHER, Process, Terms, fields_of, install, number_of
from bot.nudge import Context, Refused, Role
from bot.say import Line, Pick, Say
from nudges.communities import facts, opening, rules
from nudges.communities.capability import ANIMATORS, nudge
from nudges.communities.card import card, limit_of
from nudges.communities.settings import Settings
from storage.communities import Community, Membership
from storage.requests import Request

_SPOKEN = {
    "duplicate": ("doublon", "exists", "existe"),
    "unclear": ("flou", "imprécis", "vague"),
    "not-work": ("hors sujet", "hors travail", "not work"),
    "should-be-public": ("publique", "public"),
    "name": ("nom",),
    "later": ("plus tard", "pas maintenant", "not now"),
    OTHER: ("autre",),
}
"""What people may type for a reason, besides its code."""


def terms(settings: Settings) -> Terms:
    """How this organisation runs it."""
    return Terms(
        offer_after=settings.offer_again_days,
        escalate_after=settings.escalate_days,
        remind_after=settings.remind_days,
        escalate_to=Role(settings.escalate_to),
        grace=timedelta(minutes=settings.refusal_grace_minutes),
        reasons={code: _SPOKEN[code] for code in settings.refusal_reasons},
    )


def _quorum(fields: Mapping[str, Any], settings: Settings) -> int:
    return settings.quorum_interest if fields["kind"] == "interest" else settings.quorum_business


def _conflicts(fields: Mapping[str, Any]) -> frozenset[int]:
    """Who would lead it does not decide on it."""
    return frozenset({fields["second"]} if fields.get("second") else ())


async def _guard(request: Request, _verdict: str, override: str, ctx: Context) -> Say | None:
    """No two communities of one name; and beyond the quota of private ones, a written reason."""
    fields = fields_of(request)
    land = await facts.landscape(ctx.session)
    if rules.slugify(fields["name"]) in {each.slug for each in land.communities}:
        raise Refused("community-approve-taken", number=str(number_of(request)), name=fields["name"])
    quota = facts.quota(land, ctx.settings, request)
    if fields["visibility"] != "private" or not quota.over or override:
        return None
    line = Line(
        id="community-over-quota",
        args={
            "private": quota.private,
            "total": quota.total,
            "would": quota.would,
            "of": quota.of,
            "limit": limit_of(quota),
        },
    )
    way = Pick(label="community-override", action="community.override", value=str(number_of(request)), style="danger")
    return Say(lines=(line,), choices=(way,))


async def _outcome(request: Request, ctx: Context) -> None:
    """An approved request becomes a community being opened."""
    fields = fields_of(request)
    community = Community(
        request_id=request.id,
        platform=request.platform,
        name=fields["name"],
        slug=rules.slugify(fields["name"]),
        purpose=fields["purpose"],
        work=fields["work"],
        kind=fields["kind"],
        visibility=fields["visibility"],
        reason=fields.get("reason", ""),
        objective=fields.get("objective", ""),
        language=fields.get("language", ""),
        review_on=date.fromisoformat(fields["review_on"]),
        created_at=ctx.now,
    )
    ctx.session.add(community)
    await ctx.session.flush()
    assert community.id is not None
    roles = dict.fromkeys(fields.get("invitees", ()), "invited")
    roles |= {fields["second"]: "second"} if fields.get("second") else {}
    roles |= {request.requester_id: "lead"}
    for person, role in roles.items():
        accepted = ctx.now if role == "lead" else None  # who asked leads it: asking was accepting
        ctx.session.add(Membership(community_id=community.id, person_id=person, role=role, accepted_at=accepted))
    await opening.begin(ctx, community, request)


PROCESS = Process(
    id=facts.PROCESS_ID,
    entitled=ANIMATORS,
    terms=terms,
    quorum=_quorum,
    subject=lambda fields: str(fields["name"]),
    card=card,
    guard=_guard,
    outcome=_outcome,
    conflicts=_conflicts,
    nouns=("communaute",),
    words={
        "approve": ("approuver",),
        "refuse": ("refuser",),
        "revoke": ("revenir",),
        "override": ("deroger",),
        "ask": ("questionner",),
        "take": ("prendre",),
        "show": ("voir",),
        "answer": ("repondre",),
        "withdraw": ("retirer",),
        "appeal": ("contester",),
        "deputy": ("suppleant", "remplacer"),
    },
)

install(nudge, PROCESS)
