"""A person, the accounts that are theirs, and the roles granted to them."""

import unicodedata
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import UniqueConstraint, bindparam, delete, func, or_, text
from sqlalchemy.orm import aliased
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import erased
from storage.database import insert

NOBODY = "—"
"""What somebody is called of whom nothing but a number is left."""


class Person(SQLModel, table=True):
    """One human being. Every other row points here, never to an account.

    language, zone: what the person chose; "" lets their accounts decide. greeted_at: when the bot introduced itself.
    stopped_at: since when they want nothing unasked. objected_at: since when nothing of their profile is looked at or
    kept, because they said so; no list, count or command may show it to anybody else.
    told_on: the platform on which they chose to be told; "" is the one used last. joined_to: the person that this one
    turned out to be; what still names this row means that one. Of who was erased only the row's number is left.
    """

    __tablename__ = "person"
    id: int | None = Field(default=None, primary_key=True)
    name: str = ""
    language: str = ""
    zone: str = ""
    greeted_at: AwareDatetime | None = None
    stopped_at: AwareDatetime | None = None
    objected_at: AwareDatetime | None = None
    told_on: str = ""
    joined_to: int | None = Field(default=None, foreign_key="person.id", index=True)
    created_at: AwareDatetime


class Account(SQLModel, table=True):
    """An account of a person on one named platform. external_id: the platform's stable id.

    kind: as `bot.chat.Profile.kind`, or "address": one that the company's list gives, by which its person is written to
    where a message names its platform, and in no other way. direct_room: the room between this account and the bot,
    once known. work: what the platform's profile says of their job ("" where it says nothing). called: the name as
    names are compared (see `called`). email: in lower case, where the platform itself confirmed it. gone_at: since when
    it is known to be no member's, closed or not. used_at: when the bot was first spoken to by it; where a person has
    several, since when it is the one they use. returned_at: when something sent to this address came back for good: no
    announcement uses it until somebody has it tried again, or the company's list gives it anew.
    """

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("platform", "external_id"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    platform: str
    external_id: str
    name: str = ""
    called: str = Field(default="", index=True)
    kind: str = "member"
    language: str = ""
    zone: str = ""
    work: str = ""
    email: str = Field(default="", index=True, sa_column_kwargs={"server_default": text("''")})
    direct_room: str = ""
    used_at: AwareDatetime | None = None
    checked_at: AwareDatetime | None = None
    created_at: AwareDatetime
    gone_at: AwareDatetime | None = None
    returned_at: AwareDatetime | None = None


class Grant(SQLModel, table=True):
    """A role that a person has, and where it comes from ("config", "group:S123", "room:!abc", "community:4")."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("person_id", "role", "source"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: str
    source: str = Field(sa_column_kwargs={"info": {"names_person": r"deputy:[^:]+:"}})


LAST_USED: tuple[Any, ...] = (
    col(Account.used_at).is_(None),
    col(Account.used_at).desc(),
    col(Account.checked_at).is_(None),
    col(Account.checked_at).desc(),
    col(Account.id),
)
"""The order of a person's accounts: the one used last first; where that is not known, the one checked last."""


async def current(session: AsyncSession, people: Iterable[int]) -> dict[int, int]:
    """Each of these ids -> the person that it means now, two people who turned out to be one being one."""
    wanted = set(people)
    joined = select(Person.id, Person.joined_to).where(col(Person.id).in_(wanted), col(Person.joined_to).is_not(None))
    found: dict[int, int] = {old: new for old, new in await session.exec(joined) if old and new} if wanted else {}
    return {each: found.get(each, each) for each in wanted}


def called(name: str) -> str:
    """A name as names are compared: without case, accents or needless spaces."""
    bare = unicodedata.normalize("NFKD", " ".join(name.split()).casefold())
    return "".join(each for each in bare if not unicodedata.combining(each))


# Asked of whoever acts: put together once, since that costs more than running it.
_ACCOUNT = select(Account).where(
    Account.platform == bindparam("platform"), Account.external_id == bindparam("external_id")
)


async def account(session: AsyncSession, platform: str, external_id: str) -> Account | None:
    """The account of that id, if it was ever seen."""
    return (await session.exec(_ACCOUNT, params={"platform": platform, "external_id": external_id})).one_or_none()


async def add(session: AsyncSession, platform: str, external_id: str, name: str, now: datetime) -> Account:
    """Create an account, and the person it belongs to; one that another transaction made meanwhile is returned.

    Who asked to be erased, and is met anew, is sent nothing unasked until they ask for it.
    """
    stopped = now if await erased.is_erased(session, platform, external_id) else None
    person = Person(name=name, created_at=now, stopped_at=stopped)
    session.add(person)
    await session.flush()
    new = Account(person_id=person.id or 0, platform=platform, external_id=external_id, name=name, created_at=now)
    new.called = called(name)
    statement = insert(session, Account).values(new.model_dump(exclude={"id"}))
    await session.exec(statement.on_conflict_do_nothing(index_elements=["platform", "external_id"]))
    there = await account(session, platform, external_id)
    assert there is not None
    if there.person_id != person.id:
        await session.delete(person)
        await session.flush()
    return there


def _accounts() -> Any:
    now = select(func.coalesce(Person.joined_to, Person.id)).where(Person.id == bindparam("person")).scalar_subquery()
    return select(Account).where(Account.person_id == now, Account.kind == "member").order_by(*LAST_USED)


_ACCOUNTS = _accounts()


async def accounts(session: AsyncSession, person_id: int) -> list[Account]:
    """A person's accounts that are members, the one used last first."""
    return list(await session.exec(_ACCOUNTS, params={"person": person_id}))


async def works(session: AsyncSession, people: Collection[int]) -> dict[int, str]:
    """Those of these people whose accounts say what their work is -> that, of the account used last first."""
    now = func.coalesce(Person.joined_to, Person.id)
    told = select(Person.id, Account.work).join(Account, col(Account.person_id) == now)
    told = told.where(col(Person.id).in_(people), Account.kind == "member", Account.work != "")
    by: dict[int, list[str]] = {}
    for person, work in await session.exec(told.order_by(*LAST_USED)):
        by.setdefault(person or 0, []).append(work)
    return {person: " ".join(said) for person, said in by.items()}


async def addresses(session: AsyncSession, person_id: int, platforms: Iterable[str]) -> list[Account]:
    """A person's addresses on some platforms."""
    now = select(func.coalesce(Person.joined_to, Person.id)).where(Person.id == person_id).scalar_subquery()
    theirs = select(Account).where(Account.person_id == now, Account.kind == "address")
    return list(await session.exec(theirs.where(col(Account.platform).in_(list(platforms))).order_by(col(Account.id))))


async def every_account(session: AsyncSession, person_id: int) -> list[Account]:
    """All accounts of a person, whatever they are, in the order they were met."""
    theirs = select(Account).where(Account.person_id == person_id).order_by(col(Account.id))
    return list(await session.exec(theirs, execution_options={"populate_existing": True}))


async def known(session: AsyncSession, platform: str, externals: Iterable[str]) -> dict[str, Account]:
    """Those of these accounts that were ever seen, by their ids."""
    wanted = list(externals)
    seen = select(Account).where(Account.platform == platform, col(Account.external_id).in_(wanted))
    found = await session.exec(seen, execution_options={"populate_existing": True}) if wanted else ()
    return {each.external_id: each for each in found}


async def add_all(session: AsyncSession, platform: str, names: dict[str, str], now: datetime) -> dict[str, Account]:
    """As `add` for many at once, none of whom was erased. names: external id -> name. Returns their accounts."""
    if not names:
        return {}
    persons = {external: Person(name=name, created_at=now) for external, name in names.items()}
    session.add_all(persons.values())
    await session.flush()
    new = [
        Account(person_id=person.id or 0, platform=platform, external_id=external, created_at=now)
        for external, person in persons.items()
    ]
    statement = insert(session, Account).on_conflict_do_nothing(index_elements=["platform", "external_id"])
    await session.exec(statement, params=[each.model_dump(exclude={"id"}) for each in new])
    there = await known(session, platform, names)
    for external, account in there.items():
        if account.person_id != persons[external].id:  # made by another transaction meanwhile
            await session.delete(persons[external])
    return there


async def objecting(session: AsyncSession, people: Iterable[int]) -> set[int]:
    """Those of these people who objected, whichever of their rows is named."""
    named, meant = aliased(Person), aliased(Person)
    theirs = select(named.id).join(meant, col(meant.id) == func.coalesce(named.joined_to, named.id))
    found = await session.exec(theirs.where(col(named.id).in_(set(people)), col(meant.objected_at).is_not(None)))
    return {each for each in found if each}


async def members_called(session: AsyncSession, platform: str, names: Iterable[str]) -> list[Account]:
    """The members of a platform with one of these names or one of these ids. names: as `called` gives them, or ids."""
    wanted = list(names)
    found = await session.exec(
        select(Account)
        .where(
            Account.platform == platform,
            Account.kind == "member",
            or_(col(Account.called).in_(wanted), col(Account.external_id).in_(wanted)),
        )
        .order_by(col(Account.id))
    )
    return list(found)


async def grants(session: AsyncSession, person_id: int) -> set[str]:
    """The roles granted to a person, from every source."""
    return set(await session.exec(select(Grant.role).where(Grant.person_id == person_id)))


async def granted(session: AsyncSession, role: str) -> list[int]:
    """The people who have a role, by id."""
    found = await session.exec(
        select(Grant.person_id)
        .join(Account, col(Account.person_id) == Grant.person_id)
        .where(Grant.role == role, Account.kind == "member")
        .distinct()
    )
    return sorted(found)


async def holders(session: AsyncSession, role: str) -> dict[int, list[str]]:
    """The people who have a role, with where each has it from."""
    found = await session.exec(
        select(Grant.person_id, Grant.source)
        .join(Account, col(Account.person_id) == Grant.person_id)
        .where(Grant.role == role, Account.kind == "member")
        .distinct()
        .order_by(col(Grant.person_id), col(Grant.source))
    )
    sources: dict[int, list[str]] = {}
    for person_id, source in found:
        sources.setdefault(person_id, []).append(source)
    return sources


async def everybody(session: AsyncSession) -> list[int]:
    """The people who have an account that is a member, by id."""
    found = await session.exec(select(col(Account.person_id)).where(Account.kind == "member").distinct())
    return sorted(found)


async def members(session: AsyncSession) -> int:
    """How many people have an account that is a member."""
    people = select(func.count(col(Account.person_id).distinct())).where(Account.kind == "member")
    return (await session.exec(people)).one()


async def set_grants(session: AsyncSession, role: str, source: str, people: Iterable[int]) -> None:
    """Make `people` exactly those to whom this source gives this role."""
    await session.exec(delete(Grant).where(col(Grant.role) == role, col(Grant.source) == source))
    # Two events may say the same thing at once.
    rows = [{"person_id": person_id, "role": role, "source": source} for person_id in sorted(set(people))]
    if rows:
        statement = insert(session, Grant).on_conflict_do_nothing(index_elements=["person_id", "role", "source"])
        await session.exec(statement, params=rows)


async def give(session: AsyncSession, role: str, source: str, person_id: int) -> None:
    """Give one person a role, whoever else has it from this source; given already is fine."""
    statement = insert(session, Grant.__table__).values(person_id=person_id, role=role, source=source)  # type: ignore[attr-defined]
    await session.exec(statement.on_conflict_do_nothing(index_elements=["person_id", "role", "source"]))


async def take(session: AsyncSession, role: str, source: str, person_id: int) -> None:
    """Take back from one person the role that they have from this source."""
    theirs = (col(Grant.person_id) == person_id, col(Grant.role) == role, col(Grant.source) == source)
    await session.exec(delete(Grant).where(*theirs))


async def keep_grants(session: AsyncSession, kept: set[tuple[str, str]], others: tuple[str, ...]) -> None:
    """Take back all roles but these. kept: (role, source). others: beginnings of sources that are left alone."""
    found = await session.exec(select(Grant.role, Grant.source).distinct())
    for role, source in found.all():
        if (role, source) not in kept and not source.startswith(others):
            await session.exec(delete(Grant).where(col(Grant.role) == role, col(Grant.source) == source))


async def source_members(session: AsyncSession, role: str, source: str) -> set[int]:
    """The people to whom one source gives a role."""
    return set(await session.exec(select(Grant.person_id).where(Grant.role == role, Grant.source == source)))
