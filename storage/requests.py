"""Requests under a process: what was asked, where it stands, who decided, what was said about it."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import UniqueConstraint, delete, func, or_, update
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.people import NOBODY, Grant, Person

LENT = "deputy:"
"""How the source of a role begins that somebody lent: "deputy:PROCESS:PERSON"."""

FORGOTTEN = "{}"
"""The fields of a request whose words were forgotten: the row says that there was one, and what became of it."""

AT_ONCE = 500
"""Numbers in one statement: databases bound how many."""


class Request(SQLModel, table=True):
    """One request. process: which declared process it follows. fields: what was asked, as JSON.

    state: "waiting" (to be decided), "refusing" (refused, still revocable), "refused", "approved", "withdrawn",
    "undecided" (needed by an instant, and not decided by then). version: raised by each correction. assignee_id: who
    took it in charge. offered_at: when it was last offered; next_at: when the process looks at it again; escalated_at:
    when it went to the role `escalated_to`.
    appeal_of: the request that this one appeals against. reason, alternative: of the decision.
    needed_by: when it is too late for a decision; warn_at: when it is told that this comes near, None once it was.
    voided_at: when its approval, which was by voided_of, stopped counting because it was changed.
    """

    __tablename__ = "request"
    id: int | None = Field(default=None, primary_key=True)
    process: str = Field(index=True)
    requester_id: int = Field(foreign_key="person.id", index=True, sa_column_kwargs={"info": {"on_platform": True}})
    platform: str
    language: str = ""
    fields: str
    state: str = Field(default="waiting", index=True)
    version: int = 1
    quorum: int = 1
    assignee_id: int | None = Field(default=None, foreign_key="person.id")
    created_at: AwareDatetime
    offered_at: AwareDatetime
    offers: int = 1
    next_at: AwareDatetime | None = Field(default=None, index=True)
    escalated_at: AwareDatetime | None = None
    escalated_to: str = ""
    decided_at: AwareDatetime | None = None
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    reason: str = ""
    reason_code: str = ""
    alternative: str = ""
    override: str = ""
    appeal_of: int | None = Field(default=None, foreign_key="request.id")
    needed_by: AwareDatetime | None = Field(default=None, index=True)
    warn_at: AwareDatetime | None = None
    voided_at: AwareDatetime | None = None
    voided_of: int | None = Field(default=None, foreign_key="person.id")


class Vote(SQLModel, table=True):
    """What one entitled person decided. verdict: "approve" or "refuse". One vote a person and a request.

    in_place_of: who lent the right to it, where a deputy decided; they have one voice between them.
    """

    __tablename__ = "vote"
    __table_args__ = (UniqueConstraint("request_id", "person_id"),)
    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="request.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    in_place_of: int | None = Field(default=None, foreign_key="person.id")
    verdict: str
    at: AwareDatetime


class Exchange(SQLModel, table=True):
    """A question put to the requester, and the answer."""

    __tablename__ = "exchange"
    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="request.id", index=True)
    asked_by: int = Field(foreign_key="person.id")
    question: str
    answer: str = ""
    asked_at: AwareDatetime
    answered_at: AwareDatetime | None = None


class Card(SQLModel, table=True):
    """Where a request is shown to those who decide.

    promise: the name of the delivery that posted it; "" once it is frozen for good. edits: counted on, so that a card
    shown there again has another name. age: the working days that it says the request has waited.
    """

    __tablename__ = "card"
    __table_args__ = (
        UniqueConstraint("request_id", "platform", "room"),
        {"info": {"restored_with": {"promise": ""}}},
    )
    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="request.id", index=True)
    platform: str
    room: str = Field(sa_column_kwargs={"info": {"names_person": "person:"}})
    language: str
    promise: str
    edits: int = 0
    age: int = 0


class Deputy(SQLModel, table=True):
    """Who decides for whom while they are away, until an instant; the right itself is a `role_grant`."""

    __tablename__ = "deputy"
    __table_args__ = (UniqueConstraint("process", "person_id"),)
    id: int | None = Field(default=None, primary_key=True)
    process: str
    person_id: int = Field(foreign_key="person.id", index=True)
    deputy_id: int = Field(foreign_key="person.id", index=True)
    role: str
    until: AwareDatetime
    created_at: AwareDatetime


# ---------------------------------------------------------------- queries


async def get(session: AsyncSession, process: str, request_id: int) -> Request | None:
    """The request of that number under that process, as it is in the database now."""
    found = await session.exec(
        select(Request)
        .where(Request.id == request_id, Request.process == process)
        .execution_options(populate_existing=True)
    )
    return found.one_or_none()


async def hold(session: AsyncSession, process: str) -> None:
    """Make other deciders of this process wait until this transaction ends: votes and quotas are counted under it.

    The row locked is the oldest request of the process. SQLite has one writer anyway; on PostgreSQL, READ COMMITTED,
    whatever is read after this call shows what the other deciders wrote.
    """
    oldest = select(func.min(Request.id)).where(Request.process == process).scalar_subquery()
    held = update(Request).where(col(Request.id) == oldest).values(version=Request.version)
    await session.exec(held.execution_options(synchronize_session=False))


async def move(session: AsyncSession, request: Request, *states: str, **values: Any) -> bool:
    """Change a request if it still is in one of `states`; say whether it was. The row in hand is read again."""
    done = await session.exec(
        update(Request)
        .where(col(Request.id) == request.id, col(Request.state).in_(states))
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    await session.refresh(request)
    return done.rowcount == 1


async def claim_due(session: AsyncSession, request: Request, **values: Any) -> bool:
    """As `move`, only if the process has not looked at it since: two replicas look at the same minute."""
    done = await session.exec(
        update(Request)
        .where(
            col(Request.id) == request.id,
            col(Request.state) == request.state,
            col(Request.next_at) == request.next_at,
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    await session.refresh(request)
    return done.rowcount == 1


async def waiting(session: AsyncSession, process: str, *others: str) -> list[Request]:
    """What is to be decided, oldest first. others: further states, such as "refusing", which may still be revoked."""
    found = await session.exec(
        select(Request)
        .where(Request.process == process, col(Request.state).in_(["waiting", *others]))
        .order_by(col(Request.id))
    )
    return list(found)


async def of_person(session: AsyncSession, process: str, person_id: int, limit: int = 10) -> list[Request]:
    """What a person asked for, latest first: all that is not decided for good, and the last few of them all.

    What was forgotten is left out.
    """
    theirs = (Request.process == process, Request.requester_id == person_id, Request.fields != FORGOTTEN)
    last = select(Request.id).where(*theirs).order_by(col(Request.id).desc()).limit(limit)
    found = await session.exec(
        select(Request)
        .where(*theirs, or_(col(Request.state).in_(["waiting", "refusing"]), col(Request.id).in_(last)))
        .order_by(col(Request.id).desc())
    )
    return list(found)


async def due(session: AsyncSession, process: str, state: str, now: datetime, limit: int = 50) -> list[Request]:
    """Requests in a state whose time has come.

    Of those that wait, the ones with a question to their requester are left out: only for these the clock stands still.
    """
    wanted = select(Request).where(Request.process == process, Request.state == state, col(Request.next_at) <= now)
    if state == "waiting":
        asked = select(Exchange.request_id).where(col(Exchange.answered_at).is_(None))
        wanted = wanted.where(col(Request.id).not_in(asked))
    return list(await session.exec(wanted.order_by(col(Request.id)).limit(limit)))


async def needed(session: AsyncSession, process: str, now: datetime, limit: int = 50) -> list[Request]:
    """Requests that wait and whose decision was needed by now, oldest first."""
    over = (Request.process == process, Request.state == "waiting", col(Request.needed_by) <= now)
    return list(await session.exec(select(Request).where(*over).order_by(col(Request.id)).limit(limit)))


async def nearing(session: AsyncSession, process: str, now: datetime, limit: int = 50) -> list[Request]:
    """Requests that wait and of which it is time to tell that the instant they are needed by comes near."""
    near = (Request.process == process, Request.state == "waiting", col(Request.warn_at) <= now)
    return list(await session.exec(select(Request).where(*near).order_by(col(Request.id)).limit(limit)))


async def forget(session: AsyncSession, process: str, before: datetime, spared: Collection[int]) -> list[int]:
    """Empty what was written in requests decided for good before an instant, and about them; return their numbers.

    spared: numbers of those whose words still serve.
    """
    over = select(Request.id).where(
        Request.process == process,
        col(Request.state).in_(["approved", "refused", "withdrawn", "undecided"]),
        col(Request.decided_at) < before,
        Request.fields != FORGOTTEN,
    )
    numbers = [each for each in await session.exec(over) if each is not None and each not in spared]
    for some in (numbers[at : at + AT_ONCE] for at in range(0, len(numbers), AT_ONCE)):
        emptied = update(Request).where(col(Request.id).in_(some))
        await session.exec(emptied.values(fields=FORGOTTEN, reason="", alternative="", override=""))
        said = update(Exchange).where(col(Exchange.request_id).in_(some))
        await session.exec(said.values(question="", answer=""))
    return numbers


async def all_of(session: AsyncSession, process: str, person_id: int) -> list[Request]:
    """All that a person ever asked for, oldest first."""
    theirs = (Request.process == process, Request.requester_id == person_id)
    found = select(Request).where(*theirs).order_by(col(Request.id))
    return list(await session.exec(found, execution_options={"populate_existing": True}))


async def disown(session: AsyncSession, numbers: Collection[int], person_id: int, now: datetime) -> None:
    """Make these requests, those of a person among them, nobody's: of a row that says nothing about anybody."""
    theirs = select(Request.id).where(col(Request.id).in_(numbers), Request.requester_id == person_id)
    mine = [each for each in await session.exec(theirs) if each is not None]
    if mine:
        nobody = Person(name=NOBODY, stopped_at=now, created_at=now)
        session.add(nobody)
        await session.flush()
        moved = update(Request).where(col(Request.id).in_(mine)).values(requester_id=nobody.id)
        await session.exec(moved, execution_options={"synchronize_session": False})


async def appeal_against(session: AsyncSession, request_id: int) -> Request | None:
    """The appeal made against a request, if there is one."""
    return (await session.exec(select(Request).where(Request.appeal_of == request_id))).first()


async def votes(session: AsyncSession, request_id: int) -> list[Vote]:
    """What has been decided on a request so far, in order."""
    found = await session.exec(select(Vote).where(Vote.request_id == request_id).order_by(col(Vote.id)))
    return list(found)


async def drop_votes(session: AsyncSession, request_id: int, person_id: int | None = None) -> None:
    """Forget the votes on a request: all of them, or one person's."""
    wanted = delete(Vote).where(col(Vote.request_id) == request_id)
    if person_id is not None:
        wanted = wanted.where(col(Vote.person_id) == person_id)
    await session.exec(wanted)


async def exchanges(session: AsyncSession, request_id: int) -> list[Exchange]:
    """Questions and answers about a request, in order."""
    found = await session.exec(select(Exchange).where(Exchange.request_id == request_id).order_by(col(Exchange.id)))
    return list(found)


async def unanswered(session: AsyncSession, process: str, before: datetime) -> list[Exchange]:
    """Questions put before an instant about requests still waiting, and not answered."""
    found = await session.exec(
        select(Exchange)
        .join(Request, col(Request.id) == Exchange.request_id)
        .where(
            Request.process == process,
            Request.state == "waiting",
            col(Exchange.answered_at).is_(None),
            Exchange.asked_at <= before,
        )
    )
    return list(found)


async def cards(session: AsyncSession, request_id: int) -> list[Card]:
    """Where a request is shown; frozen cards are left out."""
    wanted = select(Card).where(Card.request_id == request_id, Card.promise != "").order_by(col(Card.id))
    return list(await session.exec(wanted.execution_options(populate_existing=True)))


async def count_edit(session: AsyncSession, card: Card) -> None:
    """Count one more edit of a card, and read its row again: two who edit it at once have two different numbers."""
    one_more = update(Card).where(col(Card.id) == card.id).values(edits=Card.edits + 1)
    await session.exec(one_more.execution_options(synchronize_session=False))
    await session.refresh(card)


async def ages_shown(session: AsyncSession, process: str) -> list[tuple[int, datetime, int]]:
    """What the cards of requests that wait say of their age: (number, when it was asked, working days said).

    Columns, not rows: they are read anew each time, whatever the session holds already.
    """
    found = await session.exec(
        select(Request.id, Request.created_at, Card.age)
        .join(Card, col(Card.request_id) == Request.id)
        .where(Request.process == process, Request.state == "waiting", Card.promise != "")
        .order_by(col(Request.id))
    )
    return [(number or 0, at, said) for number, at, said in found]


async def card_in(session: AsyncSession, request_id: int, platform: str, room: str) -> Card | None:
    """The card of a request in one place, a frozen one too."""
    here = (Card.request_id == request_id, Card.platform == platform, Card.room == room)
    return (await session.exec(select(Card).where(*here).execution_options(populate_existing=True))).one_or_none()


async def deputy_of(session: AsyncSession, process: str, person_id: int) -> Deputy | None:
    """Who decides for a person under a process."""
    found = await session.exec(select(Deputy).where(Deputy.process == process, Deputy.person_id == person_id))
    return found.one_or_none()


async def deputies_now(session: AsyncSession, process: str, now: datetime) -> list[int]:
    """The people who decide in somebody's place at the moment."""
    found = await session.exec(select(Deputy.deputy_id).where(Deputy.process == process, Deputy.until > now).distinct())
    return sorted(found)


async def deputies(session: AsyncSession, process: str) -> list[Deputy]:
    """Everybody who was asked to decide for somebody else and whose right was not taken back yet."""
    return list(await session.exec(select(Deputy).where(Deputy.process == process).order_by(col(Deputy.id))))


async def lenders(session: AsyncSession, roles: Iterable[str], now: datetime) -> dict[int, frozenset[int]]:
    """The people who have one of these roles as somebody's deputy alone, with those whose right they have now.

    Nobody's, where its time is over or who lent it has it no more: the role itself is taken back at the next look.
    """
    listed = list(roles)
    found = await session.exec(select(Grant.person_id, Grant.source).where(col(Grant.role).in_(listed)))
    sources: dict[int, list[str]] = {}
    for person_id, source in found:
        sources.setdefault(person_id, []).append(source)
    lent: dict[int, frozenset[int]] = {
        person_id: frozenset() for person_id, theirs in sources.items() if all(each.startswith(LENT) for each in theirs)
    }
    in_force = await session.exec(
        select(Deputy.deputy_id, Deputy.person_id, Deputy.role).where(
            col(Deputy.deputy_id).in_(lent), col(Deputy.role).in_(listed), Deputy.until > now
        )
    )
    for deputy, lender, role in in_force:
        if await own_right(session, lender, [role]) is not None:
            lent[deputy] |= {lender}
    return lent


async def own_right(session: AsyncSession, person_id: int, roles: Iterable[str]) -> str | None:
    """The first of these roles that a person has by themselves, not as somebody's deputy."""
    found = await session.exec(
        select(Grant.role)
        .where(
            Grant.person_id == person_id,
            col(Grant.role).in_(list(roles)),
            col(Grant.source).not_like(f"{LENT}%"),
        )
        .order_by(Grant.role)
    )
    return found.first()
