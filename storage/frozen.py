"""What is told of days that are over, how it was corrected, and of which days nothing is known."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, delete, exists, func, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.communities import OPENED, Community
from storage.database import insert
from storage.people import Account, Person
from storage.pulse import (
    COUNTED,
    PulseActivation,
    PulseCount,
    PulseDay,
    PulseGap,
    PulseHeard,
    PulseMember,
    PulsePopulation,
    PulsePresence,
    PulseRoom,
)

_NAMELESS = re.compile(r"~\d+")

Key = tuple[int, date]
"""A community and a day."""

_ASIDE = {"synchronize_session": False}


# ---------------------------------------------------------------- days


async def latest(session: AsyncSession, since: date, until: date) -> dict[Key, PulseDay]:
    """What is told of each community and day now. since, until: first and last day."""
    rows = select(PulseDay).where(col(PulseDay.day) >= since, col(PulseDay.day) <= until)
    return {(each.community_id, each.day): each for each in await session.exec(rows.order_by(col(PulseDay.version)))}


async def as_of(session: AsyncSession, since: date, until: date, told: datetime) -> dict[Key, PulseDay]:
    """What was told of each community and day at an instant."""
    rows = select(PulseDay).where(col(PulseDay.day) >= since, col(PulseDay.day) <= until, PulseDay.told_at <= told)
    return {(each.community_id, each.day): each for each in await session.exec(rows.order_by(col(PulseDay.version)))}


async def last_days(session: AsyncSession) -> dict[int, date]:
    """Each community -> the last day of which something is told."""
    rows = select(PulseDay.community_id, func.max(PulseDay.day)).group_by(col(PulseDay.community_id))
    return dict((await session.exec(rows)).all())


def is_nameless(objective: str) -> bool:
    """Whether it is no longer known what an objective was called. Pure."""
    return _NAMELESS.fullmatch(objective) is not None


async def forget_objectives(session: AsyncSession) -> None:
    """What an objective was called is forgotten once no community has it: people may have written it themselves.

    Its days stay together under a number of their own, so that what was told of it can be told again.
    """
    still = select(Community.objective)
    rows = select(PulseDay.objective, func.min(PulseDay.id)).where(col(PulseDay.objective).not_in(still))
    for objective, number in (await session.exec(rows.group_by(col(PulseDay.objective)))).all():
        if objective and not is_nameless(objective):
            statement = update(PulseDay).where(col(PulseDay.objective) == objective).values(objective=f"~{number}")
            await session.exec(statement, execution_options=_ASIDE)


async def counts(session: AsyncSession, since: date, until: date) -> dict[Key, dict[str, int]]:
    """What was counted of each community and day, as it is now."""
    rows = select(PulseCount).where(col(PulseCount.day) >= since, col(PulseCount.day) <= until)
    return {
        (each.community_id, each.day): {name: getattr(each, name) for name in COUNTED}
        for each in await session.exec(rows)
    }


async def tell(session: AsyncSession, days: Iterable[PulseDay]) -> None:
    """Write what is told from now on; a version that was told already stays."""
    rows = [each.model_dump(exclude={"id"}) for each in days]
    if rows:
        statement = insert(session, PulseDay.__table__)  # type: ignore[attr-defined]
        once = ["community_id", "day", "version"]
        await session.exec(statement.on_conflict_do_nothing(index_elements=once), params=rows)


async def populate(session: AsyncSession, day: date, people: Mapping[str, int]) -> None:
    """Write how many people there were on a day, by department; what was written already stays."""
    rows = [{"day": day, "department": name, "people": number} for name, number in sorted(people.items())]
    known = select(func.count()).select_from(PulsePopulation).where(PulsePopulation.day == day)
    if rows and not (await session.exec(known)).one():
        await session.exec(insert(session, PulsePopulation.__table__), params=rows)  # type: ignore[attr-defined]


# ---------------------------------------------------------------- communities


async def communities(session: AsyncSession) -> list[Community]:
    """Those that people are in, and that have a room."""
    found = await session.exec(select(Community).where(col(Community.state).in_(OPENED), Community.room != ""))
    return list(found)


async def members(session: AsyncSession, without: Collection[int] = ()) -> dict[int, set[int]]:
    """Each community -> the people who are in its room. without: people who are counted nowhere."""
    is_member = exists().where(col(Account.person_id) == PulseMember.person_id, col(Account.kind) == "member")
    found: dict[int, set[int]] = {}
    for community, person in await session.exec(
        select(PulseMember.community_id, PulseMember.person_id).where(is_member)
    ):
        if person not in without:
            found.setdefault(community, set()).add(person)
    return found


async def rooms(session: AsyncSession) -> dict[int, PulseRoom]:
    """How well each community's members are known."""
    return {each.community_id: each for each in await session.exec(select(PulseRoom))}


async def moved(session: AsyncSession, community: int, *, by: int) -> None:
    """So many more accounts are in a community; it may be a guest's."""
    statement = update(PulseRoom).where(col(PulseRoom.community_id) == community)
    await session.exec(statement.values(accounts=PulseRoom.accounts + by), execution_options=_ASIDE)


async def unsure(session: AsyncSession, community: int) -> None:
    """Somebody whom the bot has not met is in a community: its list is read again."""
    statement = update(PulseRoom).where(col(PulseRoom.community_id) == community)
    await session.exec(statement.values(accounts=-1), execution_options=_ASIDE)


async def gather(
    session: AsyncSession, community: int, platform: str, accounts: Collection[str], now: datetime
) -> None:
    """Write whose accounts are in the room of a community, exactly these. accounts: of everybody, the bot's too."""
    some, others = sorted(accounts), max(0, len(accounts) - 1)
    theirs: set[int] = set()
    for begin in range(0, len(some), 500):
        known = select(Account.person_id).where(Account.platform == platform, Account.kind == "member")
        theirs |= set(await session.exec(known.where(col(Account.external_id).in_(some[begin : begin + 500]))))
    here = select(PulseMember.person_id).where(PulseMember.community_id == community)
    before = set(await session.exec(here))
    gone = sorted(before - theirs)
    for begin in range(0, len(gone), 500):
        of = (col(PulseMember.community_id) == community, col(PulseMember.person_id).in_(gone[begin : begin + 500]))
        await session.exec(delete(PulseMember).where(*of), execution_options=_ASIDE)
    new = [{"community_id": community, "person_id": person} for person in sorted(theirs - before)]
    if new:
        statement = insert(session, PulseMember.__table__)  # type: ignore[attr-defined]
        await session.exec(statement.on_conflict_do_nothing(), params=new)
    row = insert(session, PulseRoom.__table__).values(community_id=community, accounts=others, read_at=now)  # type: ignore[attr-defined]
    again = {"accounts": others, "read_at": now}
    await session.exec(row.on_conflict_do_update(index_elements=["community_id"], set_=again))


# ---------------------------------------------------------------- people


@dataclass(frozen=True, slots=True)
class Present:
    """What somebody did in a community within a window. acted: wrote or reacted; else they read."""

    person: int
    community: int
    acted: bool


async def present(session: AsyncSession, since: date, until: date) -> list[Present]:
    """Who was in which community in a window, once each. since, until: first and last day."""
    acted = or_(col(PulsePresence.wrote), col(PulsePresence.reacted))
    rows = (
        select(PulsePresence.person_id, PulsePresence.community_id, acted)
        .where(col(PulsePresence.day) >= since, col(PulsePresence.day) <= until)
        .distinct()
    )
    found: dict[tuple[int, int], bool] = {}
    for person, community, did in await session.exec(rows):
        found[person, community] = bool(did) or found.get((person, community), False)
    return [Present(person, community, did) for (person, community), did in sorted(found.items())]


async def activated(session: AsyncSession, until: date) -> set[int]:
    """Who had been there once, by the end of a day."""
    return set(await session.exec(select(PulseActivation.person_id).where(col(PulseActivation.day) <= until)))


async def used(session: AsyncSession) -> list[tuple[int, datetime]]:
    """Who spoke to the bot, when first, and counts as somebody who was never there."""
    unknown = ~exists().where(col(PulseActivation.person_id) == Account.person_id)
    rows = (
        select(Account.person_id, func.min(Account.used_at))
        .join(Person, col(Person.id) == Account.person_id)
        .where(Account.kind == "member", col(Account.used_at).is_not(None), unknown)
        .where(col(Person.objected_at).is_(None))
        .group_by(col(Account.person_id))
    )
    return [(person, at) for person, at in await session.exec(rows) if at]


async def unactivated(session: AsyncSession) -> dict[int, date]:
    """Who was there, and counts as somebody who never was (they were parted from who they were taken for)."""
    unknown = ~exists().where(col(PulseActivation.person_id) == PulsePresence.person_id)
    rows = select(PulsePresence.person_id, func.min(PulsePresence.day)).where(unknown)
    return dict((await session.exec(rows.group_by(col(PulsePresence.person_id)))).all())


# ---------------------------------------------------------------- gaps


async def heard(session: AsyncSession) -> dict[str, PulseHeard]:
    """Since and until when each platform was listened to."""
    found = await session.exec(select(PulseHeard), execution_options={"populate_existing": True})
    return {each.platform: each for each in found}


async def gaps(session: AsyncSession, since: date, until: date) -> list[PulseGap]:
    """The gaps that touch these days, the earliest first."""
    touching = and_(col(PulseGap.since) <= until, col(PulseGap.until) >= since)
    return list(await session.exec(select(PulseGap).where(touching).order_by(col(PulseGap.since), col(PulseGap.id))))


async def going_on(session: AsyncSession) -> dict[int, PulseGap]:
    """The gaps of communities that are not over, by community."""
    rows = select(PulseGap).where(col(PulseGap.goes_on), col(PulseGap.community_id).is_not(None))
    return {each.community_id or 0: each for each in await session.exec(rows)}
