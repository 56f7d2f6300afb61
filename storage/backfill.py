"""Stretches of the past of communities: which are to be counted afterwards, and how far that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, exists, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.communities import OPENED, Community
from storage.database import insert
from storage.people import Account
from storage.pulse import PulseBackfill, PulseHeard, PulseMember, PulseRoom

UNFINISHED = ("waits", "going", "stopped")
_ASIDE = {"synchronize_session": False}


class Begun(NamedTuple):
    """Since when a community is one. by_bot: the bot made its room."""

    community: int
    platform: str
    created_at: datetime
    by_bot: bool


async def begun(session: AsyncSession, communities: Collection[int]) -> list[Begun]:
    """Since when these communities are there."""
    rows = select(Community.id, Community.platform, Community.created_at, Community.request_id)
    found = await session.exec(rows.where(col(Community.id).in_(set(communities))))
    return [Begun(number or 0, platform, at, request is not None) for number, platform, at, request in found]


async def of(session: AsyncSession, communities: Collection[int], after: datetime) -> list[PulseBackfill]:
    """The stretches of these communities that end after an instant."""
    mine = col(PulseBackfill.community_id).in_(set(communities))
    return list(await session.exec(select(PulseBackfill).where(mine, PulseBackfill.until > after)))


async def arrived(session: AsyncSession) -> set[int]:
    """The communities of which it is written down since when they are heard."""
    rows = select(PulseBackfill.community_id).where(PulseBackfill.kind == "arrival")
    return set(await session.exec(rows))


async def add(session: AsyncSession, stretches: Iterable[PulseBackfill]) -> None:
    """Write down stretches that are to be counted; each once."""
    rows = [each.model_dump(exclude={"id"}) for each in stretches]
    if rows:
        statement = insert(session, PulseBackfill.__table__)  # type: ignore[attr-defined]
        once = ["community_id", "until"]
        await session.exec(statement.on_conflict_do_nothing(index_elements=once), params=rows)


async def get(session: AsyncSession, stretch: int) -> PulseBackfill | None:
    """The stretch of that number, as it is now."""
    return await session.get(PulseBackfill, stretch, populate_existing=True)


async def going(session: AsyncSession, platform: str) -> bool:
    """Whether one of a platform is being counted."""
    rows = select(PulseBackfill.id).join(Community, col(Community.id) == PulseBackfill.community_id)
    found = await session.exec(rows.where(Community.platform == platform, PulseBackfill.state == "going").limit(1))
    return found.first() is not None


async def following(session: AsyncSession, platform: str, again: datetime) -> tuple[PulseBackfill, Community] | None:
    """What is to be counted next on a platform: the latest first, of communities whose members are known.

    again: what was stopped before that is tried once more.
    """
    rows = select(PulseBackfill, Community).join(Community, col(Community.id) == PulseBackfill.community_id)
    ready = or_(
        col(PulseBackfill.state) == "waits",
        and_(col(PulseBackfill.state) == "stopped", col(PulseBackfill.changed_at) < again),
    )
    there = (
        Community.platform == platform, col(Community.state).in_(OPENED), Community.room != "",
        col(Community.missing_at).is_(None), exists().where(col(PulseRoom.community_id) == Community.id),
    )  # fmt: skip
    order = (col(PulseBackfill.state).desc(), col(PulseBackfill.until).desc(), col(PulseBackfill.id))
    found = await session.exec(rows.where(ready, *there).order_by(*order).limit(1))
    return found.first()


async def unfinished(session: AsyncSession) -> list[PulseBackfill]:
    """The stretches that are still to be counted."""
    return list(await session.exec(select(PulseBackfill).where(col(PulseBackfill.state).in_(UNFINISHED))))


async def members(session: AsyncSession, community: int, platform: str) -> list[str]:
    """The accounts of the people of a community, of whom it need not be asked who they are."""
    rows = select(Account.external_id).join(PulseMember, col(PulseMember.person_id) == Account.person_id)
    mine = (PulseMember.community_id == community, Account.platform == platform, Account.kind == "member")
    return list(await session.exec(rows.where(*mine)))


async def hear(session: AsyncSession, platform: str, now: datetime) -> None:
    """Write that a platform is listened to at this moment."""
    statement = update(PulseHeard).where(col(PulseHeard.platform) == platform, col(PulseHeard.at) < now)
    await session.exec(statement.values(at=now), execution_options=_ASIDE)


async def spoke(session: AsyncSession, community: int, at: datetime) -> None:
    """Write that somebody wrote in a community."""
    later = or_(col(Community.heard_at).is_(None), col(Community.heard_at) < at)
    statement = update(Community).where(col(Community.id) == community, later)
    await session.exec(statement.values(heard_at=at), execution_options=_ASIDE)


class Progress(NamedTuple):
    """How many communities of a platform are in a state. Not what was found of them: no report may tell that."""

    platform: str
    state: str
    why: str
    communities: int


_WORST = ("done", "waits", "going", "stopped")


async def progress(session: AsyncSession) -> list[Progress]:
    """Of how many communities the past is counted. One with several stretches is as the worst of them."""
    rows = select(Community.platform, Community.id, PulseBackfill.state, PulseBackfill.why).distinct()
    rows = rows.join(Community, col(Community.id) == PulseBackfill.community_id)
    stands = dict[int, tuple[str, str, str]]()
    for platform, community, state, why in await session.exec(rows):
        found = (platform, state, why if state == "stopped" else "")
        stands[community or 0] = max(stands.get(community or 0, found), found, key=lambda each: _WORST.index(each[1]))
    return [Progress(*each, number) for each, number in sorted(Counter(stands.values()).items())]


async def untold(session: AsyncSession) -> dict[str, set[str]]:
    """Each platform -> of what its past before the bot came tells nothing, as far as it was read (`COUNTED`)."""
    rows = select(Community.platform, PulseBackfill.untold).distinct().where(PulseBackfill.kind == "arrival")
    rows = rows.join(Community, col(Community.id) == PulseBackfill.community_id)
    found = dict[str, set[str]]()
    for platform, names in await session.exec(rows):
        found.setdefault(platform, set()).update(names.split())
    return found


AGAIN = timedelta(days=1)
"""How long what was stopped is left alone."""
