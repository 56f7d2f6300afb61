"""What rules need to know, read from the rows: names in use, look-alikes, quota, balance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.decide import fields_of, number_of
from nudges.communities import rules
from nudges.communities.rules import Balance, Known, Quota
from nudges.communities.settings import Settings
from storage import changes, communities, requests
from storage.changes import detail_of
from storage.communities import Community
from storage.requests import Request

PROCESS_ID = "community"


@dataclass(frozen=True, slots=True)
class Landscape:
    """Every community that is not closed, every request that waits or may yet wait again; oldest first.

    pending: those that wait, and those whose refusal can still be taken back: their names are not free. former: names
    that nobody has, but a community had before it was renamed or closed, and gets back should that be undone; whose,
    by slug.
    """

    communities: Sequence[Community]
    pending: Sequence[Request]
    former: Mapping[str, int] = field(default_factory=dict)

    @property
    def waiting(self) -> list[Request]:
        """The requests that wait for a decision."""
        return [each for each in self.pending if each.state == "waiting"]


async def landscape(session: AsyncSession) -> Landscape:
    """What there is now."""
    pending = await requests.waiting(session, PROCESS_ID, "refusing")
    standing = await communities.standing(session)
    used = {each.slug for each in standing}
    former = {slug: whose for slug, whose in (await _former(session)).items() if slug not in used}
    return Landscape(standing, pending, former)


async def _former(session: AsyncSession) -> dict[str, int]:
    """The names that communities get back when their renaming or closing is undone, while it can be."""
    found: dict[str, int] = {}
    for change in await changes.undoable(session):
        if change.kind == "rename":
            found[detail_of(change)["old_slug"]] = change.community_id
        elif (closed := await communities.get(session, change.community_id)) and closed.state == "closed":
            found[closed.slug] = change.community_id
    return found


def slugs(land: Landscape, but: int | None = None, own: int | None = None) -> set[str]:
    """The names that are not free. but: a request whose own name does not count; own: a community whose do not."""
    used = {each.slug for each in land.communities if (but is None or each.request_id != but) and each.id != own}
    used |= {slug for slug, community in land.former.items() if community != own}
    return used | {rules.slugify(fields_of(each)["name"]) for each in land.pending if each.id != but}


def joinable(land: Landscape) -> list[Known]:
    """The communities anyone may join; private ones are nobody's business. Keys are their numbers."""
    return [
        Known(str(each.id), each.name, each.purpose)
        for each in land.communities
        if each.visibility == "public" and each.state in communities.OPENED
    ]


def comparable(land: Landscape, but: int) -> list[Known]:
    """All that those who decide compare with: communities, private ones too, and other requests."""
    known = [
        Known(f"community:{each.id}", each.name, each.purpose) for each in land.communities if each.request_id != but
    ]
    for each in land.waiting:
        if each.id != but:
            asked = fields_of(each)
            known.append(Known(f"request:{each.id}", asked["name"], asked["purpose"]))
    return known


def quota(land: Landscape, settings: Settings, request: Request) -> Quota:
    """The quota as a request sees it: private requests asked earlier keep their turn."""
    others = [each for each in land.communities if each.request_id != request.id]
    private = sum(each.visibility == "private" for each in others)
    ahead = sum(
        fields_of(each)["visibility"] == "private" for each in land.waiting if number_of(each) < number_of(request)
    )
    adds = fields_of(request)["visibility"] == "private"
    return rules.quota(private, len(others), ahead, settings, adds=adds)


def balance(land: Landscape, settings: Settings, request: Request) -> Balance:
    """The balance as a request sees it."""
    others = [each for each in land.communities if each.request_id != request.id]
    interest = sum(each.kind == "interest" for each in others)
    return rules.balance(len(others) - interest, interest, fields_of(request)["kind"], settings)


def texts_of(fields: Mapping[str, Any]) -> list[str]:
    """What a request says about itself, for the flags."""
    return [str(fields.get(name, "")) for name in ("name", "purpose", "work", "objective")]
