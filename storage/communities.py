"""Communities: where they live, who leads them, when they are looked at again."""

from datetime import date, datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import UniqueConstraint, and_, exists, or_, update
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.people import Account

OPENED = ("pilot", "active", "quiet", "closing")
"""The states in which people are in it."""


class Community(SQLModel, table=True):
    """One community. kind: "business" or "interest". visibility: "public" or "private".

    state: "opening", "blocked" (the platform refused; see error), "pilot", "active", "quiet", "closing", "closed".
    slug: its name as platforms show it, compared when names are checked. room: "" until created.
    attempts: how often its opening was started. language: in which several people are spoken to there; "" for the
    organisation's own. paused_until: nothing optional is sent for it until that day. merged_into: the number of the
    community into which it was merged. shown: what its platform called the room at the last look, "" for the slug.
    noticed: how often something happened to it outside. missing_at, leaderless_at: since when its room cannot be found,
    since when nobody leads it. heard_at: when somebody last wrote there, as far as the bot may know; members: accounts,
    the bot's own left out; looked_at: when both were looked at.
    """

    __tablename__ = "community"
    id: int | None = Field(default=None, primary_key=True)
    request_id: int | None = Field(default=None, foreign_key="request.id", unique=True)
    platform: str
    room: str = Field(default="", index=True)
    name: str
    slug: str = Field(index=True)
    purpose: str
    work: str
    kind: str
    visibility: str
    reason: str = ""
    objective: str = ""
    language: str = ""
    state: str = "opening"
    error: str = ""
    attempts: int = 0
    review_on: date | None = None
    opened_at: AwareDatetime | None = None
    created_at: AwareDatetime
    closed_at: AwareDatetime | None = None
    paused_until: date | None = None
    merged_into: int | None = None
    shown: str = ""
    noticed: int = 0
    missing_at: AwareDatetime | None = None
    leaderless_at: AwareDatetime | None = None
    heard_at: AwareDatetime | None = None
    members: int = 0
    looked_at: AwareDatetime | None = None


class Membership(SQLModel, table=True):
    """What a person is to a community.

    role: "lead", "second" (asked to lead, has not accepted yet), "invited", "member" (of a private one: it is in their
    list), "former" (led it, and left). inside_at: since when they were seen in the room.
    """

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("community_id", "person_id"),
        {"info": {"outweighs": ("role", ("former", "invited", "member", "second", "lead"))}},
    )
    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: str
    accepted_at: AwareDatetime | None = None
    declined_at: AwareDatetime | None = None
    inside_at: AwareDatetime | None = None


async def get(session: AsyncSession, community_id: int) -> Community | None:
    """The community of that number."""
    return await session.get(Community, community_id)


async def of_request(session: AsyncSession, request_id: int) -> Community | None:
    """The community that a request led to."""
    return (await session.exec(select(Community).where(Community.request_id == request_id))).one_or_none()


async def in_room(session: AsyncSession, platform: str, room: str) -> Community | None:
    """The community that lives in a room."""
    found = await session.exec(select(Community).where(Community.platform == platform, Community.room == room))
    return found.first()


async def of_platform(session: AsyncSession, platform: str) -> list[Community]:
    """Every community of a platform, closed ones too."""
    return list(await session.exec(select(Community).where(Community.platform == platform)))


async def standing(session: AsyncSession) -> list[Community]:
    """Every community that is not closed, those still being opened included: what quota and balance count."""
    found = await session.exec(select(Community).where(Community.state != "closed").order_by(col(Community.id)))
    return list(found)


async def listed(session: AsyncSession) -> list[Community]:
    """What the directory shows: public, and open to people."""
    found = await session.exec(
        select(Community)
        .where(Community.visibility == "public", col(Community.state).in_(OPENED), Community.state != "closing")
        .where(col(Community.missing_at).is_(None))
        .order_by(col(Community.name))
    )
    return list(found)


async def visible(session: AsyncSession, person_id: int) -> list[Community]:
    """What one person's directory shows: what everybody's does, and the private ones that they are part of."""
    own = select(Membership.community_id).where(
        Membership.person_id == person_id,
        col(Membership.role).in_(["lead", "second", "invited", "member"]),
        or_(col(Membership.declined_at).is_(None), col(Membership.inside_at).is_not(None)),
    )
    found = await session.exec(
        select(Community)
        .where(col(Community.state).in_(OPENED), Community.state != "closing", col(Community.missing_at).is_(None))
        .where(or_(col(Community.visibility) == "public", col(Community.id).in_(own)))
        .order_by(col(Community.name))
    )
    return list(found)


async def closed(session: AsyncSession) -> list[Community]:
    """Communities that were closed, the latest first."""
    found = await session.exec(
        select(Community).where(Community.state == "closed").order_by(col(Community.closed_at).desc())
    )
    return list(found)


async def unopened(session: AsyncSession) -> set[int]:
    """The numbers of the requests whose community is still to be opened."""
    found = await session.exec(select(Community.request_id).where(col(Community.state).in_(["opening", "blocked"])))
    return {each for each in found if each is not None}


async def forget(session: AsyncSession, before: datetime) -> None:
    """Empty what was written of the communities closed before an instant: they keep their name, room and numbers."""
    await session.exec(
        update(Community)
        .where(col(Community.state) == "closed", col(Community.closed_at) < before)
        .values(purpose="", work="", reason="", objective="")
    )


async def paused(session: AsyncSession) -> list[Community]:
    """Communities for which nothing optional is sent until a day."""
    found = await session.exec(select(Community).where(col(Community.paused_until).is_not(None)))
    return list(found)


async def opened(session: AsyncSession) -> list[Community]:
    """Every community that people are in, private ones too."""
    found = await session.exec(
        select(Community).where(col(Community.state).in_(OPENED), Community.room != "").order_by(col(Community.id))
    )
    return list(found)


async def with_room(session: AsyncSession, closed_since: datetime) -> list[Community]:
    """Communities whose room is to be looked at: those people are in, and those closed since an instant."""
    found = await session.exec(
        select(Community)
        .where(Community.room != "")
        .where(
            or_(
                col(Community.state).in_(OPENED),
                and_(col(Community.state) == "closed", col(Community.closed_at) >= closed_since),
            )
        )
        .order_by(col(Community.id))
    )
    return list(found)


async def named(session: AsyncSession, slug: str) -> list[Community]:
    """The communities of that name, closed ones too, the newest first."""
    found = await session.exec(select(Community).where(Community.slug == slug).order_by(col(Community.id).desc()))
    return list(found)


async def leads(session: AsyncSession, community_id: int) -> list[int]:
    """The people who lead a community."""
    found = await session.exec(
        select(Membership.person_id)
        .where(Membership.community_id == community_id, Membership.role == "lead")
        .where(col(Membership.accepted_at).is_not(None))
        .order_by(col(Membership.id))
    )
    return list(found)


async def leads_gone(session: AsyncSession, platform: str) -> list[int]:
    """Who leads a community of a platform, and has no account any longer that is somebody's of the organisation."""
    there = exists().where(col(Account.person_id) == Membership.person_id, col(Account.kind) != "gone")
    found = await session.exec(
        select(Membership.person_id)
        .join(Community, col(Community.id) == Membership.community_id)
        .where(Community.platform == platform, col(Community.state).in_(OPENED), Membership.role == "lead", ~there)
        .distinct()
    )
    return sorted(found)


async def led_by(session: AsyncSession, person_id: int) -> list[Community]:
    """The communities that a person leads, closed ones too."""
    found = await session.exec(
        select(Community)
        .join(Membership, col(Membership.community_id) == Community.id)
        .where(Membership.person_id == person_id, Membership.role == "lead", Community.room != "")
        .where(col(Membership.accepted_at).is_not(None))
        .order_by(col(Community.name))
    )
    return list(found)


async def set_role(session: AsyncSession, community_id: int, person_id: int, role: str, now: datetime) -> Membership:
    """Make a person something to a community, whatever they were before."""
    known = await membership(session, community_id, person_id)
    known = known or Membership(community_id=community_id, person_id=person_id, role=role)
    known.role, known.declined_at = role, None
    known.accepted_at = now if role == "lead" else None
    session.add(known)
    await session.flush()
    return known


async def hold(session: AsyncSession, community: Community) -> None:
    """Let nobody else change a community until this transaction ends; the row in hand is read again."""
    await session.flush()
    await session.refresh(community, with_for_update=True)


async def move(session: AsyncSession, community: Community, *states: str, **values: Any) -> bool:
    """Change a community if it still is in one of `states`; say whether it was. The row in hand is read again."""
    done = await session.exec(
        update(Community)
        .where(col(Community.id) == community.id, col(Community.state).in_(states))
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    await session.refresh(community)
    return done.rowcount == 1


async def membership(session: AsyncSession, community_id: int, person_id: int) -> Membership | None:
    """What a person is to a community."""
    found = await session.exec(
        select(Membership).where(Membership.community_id == community_id, Membership.person_id == person_id)
    )
    return found.one_or_none()


async def memberships(session: AsyncSession, community_id: int) -> list[Membership]:
    """Everybody whom a community knows by role."""
    found = await session.exec(
        select(Membership).where(Membership.community_id == community_id).order_by(col(Membership.id))
    )
    return list(found)


async def leave(session: AsyncSession, member: Membership) -> None:
    """Forget what a person is to a community."""
    await session.delete(member)
    await session.flush()


async def of_person(session: AsyncSession, person_id: int) -> list[tuple[Community, Membership]]:
    """The communities that know a person by role, and as what."""
    found = await session.exec(
        select(Community, Membership)
        .join(Membership, col(Membership.community_id) == Community.id)
        .where(Membership.person_id == person_id, Community.state != "closed")
        .order_by(col(Community.name))
    )
    return list(found)


async def rooms(session: AsyncSession, platform: str) -> set[str]:
    """The rooms of a platform in which a community lives, or lived."""
    found = await session.exec(select(Community.room).where(Community.platform == platform, Community.room != ""))
    return set(found)
