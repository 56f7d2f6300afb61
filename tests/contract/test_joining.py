"""Two people become one and two again: every row, on both engines, whatever else happens at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import accounts, people
from bot.accounts import joins
from bot.accounts.joins import Clash
from bot.audit import Audit
from bot.chat import Command, Profile
from bot.lookup import Lookup
from bot.nudge import Context, Refused, Role, To
from bot.outbox.planning import Plan
from bot.say import Names, Say
from storage import joining, wishes
from storage import people as rows
from storage.audit import Entry
from storage.communities import Community, Membership
from storage.contacts import Contact
from storage.database import Store
from storage.dialogues import Dialogue
from storage.following import person, pointing
from storage.joining import Join, JoinCode, Trace
from storage.merging import stragglers
from storage.outbox import Promise, lane_of
from storage.people import Account, Grant, Person
from storage.requests import Card, Deputy, Request, Vote
from storage.wishes import Wish
from tests.contract.world import START, World, words

LATER = START + timedelta(hours=1)


class Two:
    """Ana at work (kept: she was met first) and anna at the club; others as they come."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.world = World(store)
        self.audit = Audit("k" * 64)
        self.configured: dict[Role, dict[str, list[str]]] = {}

    async def met(self, platform: str, id: str, kind: str = "member") -> Account:
        async with self.store.write() as session:
            return await people.update(
                session, platform, Profile.model_validate({"id": id, "name": id, "kind": kind}), START
            )

    async def acting(self, session: AsyncSession, account: Account, now: datetime = LATER) -> Context:
        who = await people.resolve(session, account.platform, account.external_id, None, now)
        plan = Plan(session, now, self.world.attention)
        return Context(now, session, who, plan, self.audit, None, {}, None, ("work", "club", "third"))

    async def join(self, one: Account, other: Account) -> Join | None:
        async with self.store.write() as session:
            return await joins.join(await self.acting(session, one), one.id or 0, other.id or 0)

    async def undo(self, by: Account, number: int | None = None) -> tuple[int, int] | None:
        async with self.store.write() as session:
            ctx = await self.acting(session, by)
            made = await joining.of_person(session, ctx.actor.person)
            (wanted,) = [each for each in made if number in {None, each.id}]
            return await joins.undo(ctx, wanted, self.regrant)

    async def regrant(self, session: AsyncSession, now: datetime) -> None:
        for role, members in self.configured.items():
            await people.grant(session, role, "config", members, now)

    async def person(self, account: Account) -> int:
        (found,) = await self.rows(Account, id=account.id)
        return int(found.person_id)

    async def rows(self, table: type[SQLModel], **where: Any) -> list[Any]:
        async with self.store.read() as session:
            return list(await session.exec(select(table).filter_by(**where).order_by(*table.__table__.primary_key)))  # type: ignore[attr-defined]

    async def add(self, *new: SQLModel) -> list[Any]:
        async with self.store.write() as session:
            for each in new:
                session.add(each)
                await session.flush()
        return list(new)

    async def everything(self) -> dict[str, list[dict[str, Any]]]:
        """All rows that a join may change, as they stand, without what is newly remembered of it."""
        kept = {}
        async with self.store.read() as session:
            for table in SQLModel.metadata.sorted_tables:
                if table.name in {"audit_entry", "audit_text", "person_apart", "person_join", "person_join_trace"}:
                    continue
                found = await session.exec(sa.select(table).order_by(*table.primary_key.columns))  # type: ignore[call-overload]
                kept[table.name] = [dict(each) for each in found.mappings().all()]
        return kept


@pytest.fixture
async def two(store: Store) -> Two:
    return Two(store)


def asked(person: int, platform: str = "work", **how: Any) -> Request:
    times = {"created_at": START, "offered_at": START}
    return Request(
        **{"process": "community", "requester_id": person, "platform": platform, "fields": "{}", **times, **how}
    )


def promise(name: str, person: int, platform: str, **how: Any) -> Promise:
    row = {"kind": "notice", "priority": 20, "body": f'"{name}"', "due": START, "created_at": START, "state": "later"}
    return Promise(name=name, person_id=person, platform=platform, lane=lane_of(platform, person, ""), **{**row, **how})


def community(name: str) -> Community:
    how: dict[str, Any] = {
        "platform": "work",
        "slug": name,
        "purpose": "p",
        "work": "w",
        "kind": "business",
        "visibility": "public",
    }
    return Community(name=name, created_at=START, **how)


async def full(two: Two, ana: Account, anna: Account) -> None:
    """Each has some of everything, and some that the other has too."""
    mine, theirs = ana.person_id, anna.person_id
    (bea,) = await two.add(Person(name="bea", created_at=START))
    first, second, third = await two.add(asked(mine), asked(theirs, "club", assignee_id=mine), asked(bea.id))
    shared, own = await two.add(community("shared"), community("own"))
    await two.add(
        Vote(request_id=third.id, person_id=mine, verdict="approve", at=START),
        Vote(request_id=third.id, person_id=theirs, verdict="approve", at=START),
        Vote(request_id=second.id, person_id=mine, verdict="approve", at=START),
        Membership(community_id=shared.id, person_id=mine, role="invited"),
        Membership(community_id=shared.id, person_id=theirs, role="lead", accepted_at=START),
        Membership(community_id=own.id, person_id=theirs, role="lead", accepted_at=START),
        Grant(person_id=mine, role="animator", source="config"),
        Grant(person_id=theirs, role="animator", source="config"),
        Grant(person_id=theirs, role="comms", source="club:room:R1"),
        Deputy(process="community", person_id=theirs, deputy_id=bea.id, role="animator", until=LATER, created_at=START),
        Grant(person_id=bea.id, role="animator", source=f"deputy:community:{theirs}"),
        Dialogue(person_id=theirs, platform="club", form="{}", expires_at=LATER, created_at=START),
        Contact(person_id=mine, kind="reminder", promise="a", platform="work", planned_at=START, sent_at=START),
        Contact(person_id=theirs, kind="reminder", promise="b", platform="club", planned_at=START, sent_at=START),
        Card(request_id=third.id, platform="", room=f"person:{mine}", language="", promise="card:mine"),
        Card(request_id=third.id, platform="", room=f"person:{theirs}", language="", promise="card:theirs"),
        Card(request_id=first.id, platform="", room=f"person:{theirs}", language="", promise="card:other"),
        promise("card:mine", mine, "work", state="sent", external_id="m1", external_room="D1"),
        promise("card:theirs", theirs, "club", state="sent", external_id="m2", external_room="D2"),
        promise(f"again:{third.id}:1:{mine}", mine, "work", state="sent", body="{}"),
        promise(f"again:{third.id}:1:{theirs}", theirs, "club"),
        promise("only:theirs", theirs, "club"),
    )
    two.configured = {Role.ANIMATOR: {"work": [ana.external_id], "club": [anna.external_id]}}


# ---------------------------------------------------------------- there and back


async def test_everything_of_the_one_becomes_the_others(two: Two) -> None:
    ana, anna = await two.met("work", "UANA"), await two.met("club", "anna")
    await full(two, ana, anna)
    mine, theirs = ana.person_id, anna.person_id
    assert await two.join(ana, anna)
    assert await two.person(anna) == mine
    async with two.store.read() as session:
        for table, column in pointing(person()):
            left = await session.exec(sa.select(column).where(column == theirs))  # type: ignore[call-overload]
            assert not left.all(), f"{table.name}.{column.name}"
    assert [(each.person_id, each.verdict) for each in await two.rows(Vote)] == [(mine, "approve")], "one vote each"
    held = {(each.community_id, each.role) for each in await two.rows(Membership, person_id=mine)}
    assert held == {(1, "lead"), (2, "lead")}, "the stronger one stays"
    granted = {(each.role, each.source) for each in await two.rows(Grant, person_id=mine)}
    assert granted == {("animator", "config"), ("comms", "club:room:R1")}
    (lent,) = await two.rows(Deputy)
    (right,) = await two.rows(Grant, source=f"deputy:community:{mine}")
    assert right.person_id == lent.deputy_id, "what the lender takes back is found"
    assert len(await two.rows(Contact, person_id=mine)) == 2, "one budget of attention"
    assert {each.room for each in await two.rows(Card)} == {f"person:{mine}"}
    assert len(await two.rows(Card)) == 2


async def test_what_waits_is_said_once_and_in_one_lane(two: Two) -> None:
    ana, anna = await two.met("work", "UANA"), await two.met("club", "anna")
    await full(two, ana, anna)
    await two.join(ana, anna)
    states = {each.name: (each.state, each.lane) for each in await two.rows(Promise)}
    assert states[f"again:3:1:{anna.person_id}"][0] == "dropped", "ana was told it at work"
    assert states["only:theirs"] == ("later", lane_of("club", ana.person_id, ""))
    deleted = await two.rows(Promise, op="delete")
    assert [each.of for each in deleted] == ["card:theirs"], "a card that one person has twice is taken away"


async def test_undone_everything_is_as_it_was(two: Two) -> None:
    ana, anna = await two.met("work", "UANA"), await two.met("club", "anna")
    await full(two, ana, anna)
    before = await two.everything()
    await two.join(ana, anna)
    assert await two.everything() != before
    assert await two.undo(anna) == (ana.person_id, anna.person_id)
    after = await two.everything()
    after["promise"] = [row for row in after["promise"] if row["op"] != "delete"]
    (taken,) = [row for row in after["card"] if row["room"] == f"person:{anna.person_id}" and row["request_id"] == 3]
    assert taken["promise"] == "", "that card was taken away; it can be shown anew"
    taken["promise"] = "card:theirs"
    for noun in ("role_grant", "vote", "card", "membership"):  # numbers may differ where rows were written anew
        for rows_ in (before[noun], after[noun]):
            rows_.sort(key=lambda row: str(sorted((k, str(v)) for k, v in row.items() if k != "id")))
            for row in rows_:
                row.pop("id")
    for noun in before:
        assert after[noun] == before[noun], noun
    assert not await two.rows(Join)
    assert not await two.rows(Trace)
    assert [each.action for each in await two.rows(Entry)] == ["accounts.join", "accounts.unjoin"]


async def test_what_was_done_meanwhile_goes_with_the_account_it_was_done_with(two: Two) -> None:
    ana, anna = await two.met("work", "UANA"), await two.met("club", "anna")
    await two.join(ana, anna)
    await two.add(asked(ana.person_id, "club"), asked(ana.person_id, "work"))
    await two.add(Grant(person_id=ana.person_id, role="comms", source="club:room:R2"))
    await two.add(Grant(person_id=ana.person_id, role="comms", source="work:room:R2"))
    await two.undo(ana)
    assert [each.requester_id for each in await two.rows(Request)] == [anna.person_id, ana.person_id]
    granted = {(each.person_id, each.source) for each in await two.rows(Grant)}
    assert granted == {(anna.person_id, "club:room:R2"), (ana.person_id, "work:room:R2")}


async def test_a_right_taken_back_meanwhile_does_not_return(two: Two) -> None:
    ana, anna = await two.met("work", "UANA"), await two.met("club", "anna")
    both = [Grant(person_id=each.person_id, role="animator", source="config") for each in (ana, anna)]
    await two.add(*both)
    await two.join(ana, anna)
    async with two.store.write() as session:
        await rows.take(session, "animator", "config", ana.person_id)
    await two.undo(ana)
    assert not await two.rows(Grant)


@pytest.mark.parametrize(("mine", "theirs"), [("", "fr"), ("en", "fr"), ("", "")])
async def test_choices_hold_for_both_and_each_has_its_own_again(two: Two, mine: str, theirs: str) -> None:
    ana, anna = await two.met("work", "UANA"), await two.met("club", "anna")
    async with two.store.write() as session:
        for account, language, stopped in ((ana, mine, None), (anna, theirs, START)):
            found = await session.get(Person, account.person_id)
            assert found
            found.language, found.stopped_at = language, stopped
            session.add(found)
    await two.join(ana, anna)
    (one,) = await two.rows(Person, id=ana.person_id)
    assert (one.language, one.stopped_at) == (mine or theirs, START), "who wants silence has it on both"
    await two.undo(ana)
    (one,) = await two.rows(Person, id=ana.person_id)
    (other,) = await two.rows(Person, id=anna.person_id)
    assert (one.language, one.stopped_at) == (mine, None)
    assert (other.language, other.stopped_at, other.joined_to) == (theirs, START, None)


async def test_silence_chosen_while_one_holds_for_both_afterwards(two: Two) -> None:
    ana, anna = await two.met("work", "UANA"), await two.met("club", "anna")
    await two.join(ana, anna)
    async with two.store.write() as session:
        found = await session.get(Person, ana.person_id)
        assert found
        found.stopped_at = LATER
        session.add(found)
    await two.undo(ana)
    assert [each.stopped_at for each in await two.rows(Person)] == [LATER, LATER]


async def test_nobody_is_their_own_deputy_or_judge(two: Two) -> None:
    ana, anna = await two.met("work", "UANA"), await two.met("club", "anna")
    mine, theirs = ana.person_id, anna.person_id
    zoe = (await two.met("work", "UZOE")).person_id
    (request,) = await two.add(asked(theirs, "club"))
    until: dict[str, Any] = {"until": LATER, "created_at": START}
    await two.add(
        Deputy(process="community", person_id=theirs, deputy_id=mine, role="animator", **until),
        Grant(person_id=mine, role="animator", source=f"deputy:community:{theirs}"),
        Vote(request_id=request.id, person_id=mine, verdict="approve", at=START),
        Vote(request_id=request.id, person_id=zoe, in_place_of=mine, verdict="approve", at=START),
    )
    before = [await two.rows(each) for each in (Deputy, Grant, Vote)]
    await two.join(ana, anna)
    assert [await two.rows(each) for each in (Deputy, Grant, Vote)] == [[], [], []]
    await two.undo(ana)
    assert [await two.rows(each) for each in (Deputy, Grant, Vote)] == before


@pytest.mark.parametrize("ended", [False, True])
async def test_of_two_deputies_one_remains_and_no_right_outlives_its_loan(two: Two, ended: bool) -> None:
    ana, anna = await two.met("work", "UANA"), await two.met("club", "anna")
    bea, cleo = await two.add(Person(name="bea", created_at=START), Person(name="cleo", created_at=START))
    for lender, deputy in ((ana, bea), (anna, cleo)):
        until: dict[str, Any] = {"until": LATER, "created_at": START}
        await two.add(
            Deputy(process="community", person_id=lender.person_id, deputy_id=deputy.id, role="animator", **until),
            Grant(person_id=deputy.id, role="animator", source=f"deputy:community:{lender.person_id}"),
        )
    await two.join(ana, anna)
    assert [each.deputy_id for each in await two.rows(Deputy)] == [bea.id]
    assert [each.person_id for each in await two.rows(Grant)] == [bea.id]
    if ended:
        async with two.store.write() as session:
            await session.exec(sa.delete(Deputy))
            await rows.set_grants(session, "animator", f"deputy:community:{ana.person_id}", [])
    await two.undo(ana)
    left = [] if ended else [(ana.person_id, bea.id), (anna.person_id, cleo.id)]
    assert sorted((each.person_id, each.deputy_id) for each in await two.rows(Deputy)) == left
    granted = {(each.source, each.person_id) for each in await two.rows(Grant)}
    assert granted == {(f"deputy:community:{lender}", deputy) for lender, deputy in left}


# ---------------------------------------------------------------- who may be joined, and several at once


async def test_an_account_is_not_joined_to_itself_nor_twice(two: Two) -> None:
    ana, anna = await two.met("work", "UANA"), await two.met("club", "anna")
    assert await two.join(ana, anna)
    assert await two.join(anna, ana) is None
    assert len(await two.rows(Join)) == 1


async def test_two_accounts_of_one_platform_are_two_people(two: Two) -> None:
    ana, bob, anna = await two.met("work", "UANA"), await two.met("work", "UBOB"), await two.met("club", "anna")
    with pytest.raises(Clash, match="work"):
        await two.join(ana, bob)
    await two.join(ana, anna)
    with pytest.raises(Clash, match="work"):
        await two.join(bob, anna)
    assert await two.person(bob) == bob.person_id


ORDERS = [(0, 1, 2), (0, 2, 1), (1, 2, 0), (2, 1, 0)]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("undone", [(0, 1), (1, 0)])
async def test_three_accounts_are_joined_and_taken_apart_in_any_order(
    two: Two, order: tuple[int, ...], undone: tuple[int, ...]
) -> None:
    three = [await two.met(*each) for each in (("work", "UANA"), ("club", "anna"), ("third", "a.nna"))]
    requests = await two.add(*(asked(each.person_id, each.platform) for each in three))
    first, second, third = (three[each] for each in order)
    made = [await two.join(first, second), await two.join(third, second)]
    assert {each.requester_id for each in await two.rows(Request)} == {three[0].person_id}
    async with two.store.read() as session:
        now = await rows.current(session, [each.person_id for each in three])
    assert set(now.values()) == {three[0].person_id}, "whichever id is written down somewhere"
    for each in undone:
        undoing = made[each]
        assert undoing
        await two.undo(second, undoing.id) if await of(two, second, undoing.id) else await two.undo(third, undoing.id)
    assert [await two.person(each) for each in three] == [each.person_id for each in three]
    assert [each.requester_id for each in await two.rows(Request)] == [each.requester_id for each in requests]
    assert [each.joined_to for each in await two.rows(Person)] == [None, None, None]


async def of(two: Two, account: Account, number: int | None) -> bool:
    async with two.store.read() as session:
        return number in [each.id for each in await joining.of_person(session, await two.person(account))]


async def test_joined_from_both_sides_at_once_is_joined_once(two: Two) -> None:
    ana, anna = await two.met("work", "UANA"), await two.met("club", "anna")
    await full(two, ana, anna)
    made = await asyncio.gather(two.join(ana, anna), two.join(anna, ana))
    assert [each is None for each in made].count(True) == 1
    assert len(await two.rows(Join)) == 1
    undone = await asyncio.gather(two.undo(ana), two.undo(anna), return_exceptions=True)
    assert len([each for each in undone if isinstance(each, tuple)]) == 1
    assert await two.person(anna) == anna.person_id


async def test_three_accounts_joined_in_a_ring_at_once_are_one(two: Two) -> None:
    three = [await two.met(*each) for each in (("work", "UANA"), ("club", "anna"), ("third", "a.nna"))]
    pairs = [(0, 1), (1, 2), (2, 0)]
    made = await asyncio.gather(*(two.join(three[one], three[other]) for one, other in pairs))
    assert len([each for each in made if each]) == 2
    assert {await two.person(each) for each in three} == {three[0].person_id}


async def test_what_was_being_written_during_the_join_is_gathered(two: Two) -> None:
    ana, anna = await two.met("work", "UANA"), await two.met("club", "anna")
    read, joined = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        """Somebody's event is handled with the person's id read before the join."""
        async with two.store.read() as session:
            who = await people.known(session, "club", "anna")
        read.set()
        await joined.wait()
        assert who
        async with two.store.write() as session:
            session.add(asked(who.person, "club"))
            plan = Plan(session, LATER, two.world.attention)
            await plan.tell(To(person=who.person, platform="club"), words("late"), name="late", kind="notice")

    async def quick() -> None:
        await read.wait()
        await two.join(ana, anna)
        joined.set()

    await asyncio.gather(slow(), quick())
    (late,) = await two.rows(Promise, name="late")
    assert (late.person_id, late.platform) == (ana.person_id, "club"), "a promise finds whom it means"
    assert [each.requester_id for each in await two.rows(Request)] == [anna.person_id]
    async with two.store.write() as session:
        await joins.gather(await two.acting(session, ana))
        assert not await stragglers(session)
    assert [each.requester_id for each in await two.rows(Request)] == [ana.person_id]
    await two.undo(ana)
    assert [each.requester_id for each in await two.rows(Request)] == [anna.person_id]


# ---------------------------------------------------------------- telling, and rights


async def told_on(two: Two, person_id: int, to: str = "", kind: str = "notice") -> str:
    name = f"told:{person_id}:{to}:{kind}:{len(await two.rows(Promise))}"
    async with two.store.write() as session:
        plan = Plan(session, LATER, two.world.attention)
        await plan.tell(To(person=person_id, platform=to), words("hello"), name=name, kind=kind)
    (row,) = await two.rows(Promise, name=name)
    return str(row.platform)


async def test_one_is_told_where_one_was_last_or_chose(two: Two) -> None:
    ana, anna = await two.met("work", "UANA"), await two.met("club", "anna")
    await two.join(ana, anna)
    for last, at in ((anna, 1), (ana, 2), (anna, 3)):
        async with two.store.write() as session:
            now = START + timedelta(seconds=at)
            await people.used(session, await people.resolve(session, last.platform, last.external_id, None, now), now)
        assert await told_on(two, ana.person_id) == last.platform
    assert await told_on(two, ana.person_id, "work") == "work", "where they asked"
    async with two.store.write() as session:
        found = await session.get(Person, ana.person_id)
        assert found
        found.told_on = "club"
        session.add(found)
    assert await told_on(two, ana.person_id, "work") == "club"
    assert await told_on(two, ana.person_id, "work", "answer") == "work", "an answer comes where they asked"
    await two.met("club", "anna", "gone")
    assert await told_on(two, ana.person_id) == "work", "an account that is gone is used no more"


async def test_a_guest_account_has_no_role_and_lends_none(two: Two) -> None:
    ana, guest = await two.met("work", "UANA"), await two.met("club", "guest", "guest")
    await two.join(ana, guest)
    async with two.store.write() as session:
        await people.grant(session, Role.ANIMATOR, "config", {"club": ["guest"]}, LATER)
        assert (await people.resolve(session, "club", "guest", None, LATER)).roles == frozenset()
        assert (await people.resolve(session, "work", "UANA", None, LATER)).roles == frozenset({Role.EMPLOYEE})
        await people.grant(session, Role.COMMS, "config", {"work": ["UANA"]}, LATER)
        assert (await people.resolve(session, "club", "guest", None, LATER)).roles == frozenset()
        assert Role.COMMS in (await people.resolve(session, "work", "UANA", None, LATER)).roles


async def test_an_id_written_down_before_means_the_same_person(two: Two) -> None:
    ana, anna = await two.met("work", "UANA"), await two.met("club", "anna")
    await two.add(Grant(person_id=ana.person_id, role="animator", source="config"))
    await two.join(ana, anna)
    async with two.store.read() as session:
        assert Role.ANIMATOR in await people.roles(session, anna.person_id)
        reached = await people.account_for(session, anna.person_id, "work")
        assert reached is not None
        assert reached.external_id == "UANA"


async def types(two: Two, account: Account, line: str) -> Say:
    """Someone types a command of the capability; what they are shown."""
    lookup = Lookup([accounts.make(two.regrant)])
    found = lookup.typed(line)
    assert found
    async with two.store.write() as session:
        event = Command(key="e", platform=account.platform, by=account.external_id, at=LATER, text=found.rest)
        said = await found.handler(event, await two.acting(session, account))
    assert isinstance(said, Say)
    return said


def ids(said: Say) -> list[str]:
    return [each.id for each in said.lines]


async def test_with_several_joins_one_says_which_is_to_be_undone(two: Two) -> None:
    ana, anna, third = [await two.met(*each) for each in (("work", "UANA"), ("club", "anna"), ("third", "a.nna"))]
    first, second = await two.join(ana, anna), await two.join(anna, third)
    assert first
    assert second
    which = await types(two, anna, "parvis délier")
    assert ids(which) == ["unjoin-which", "unjoin-item", "unjoin-item"]
    assert [each.args["who"] for each in which.lines[1:]] == [
        Names(names=("anna · club",)),
        Names(names=("a.nna · third",)),
    ]
    assert [(each.action, each.value) for each in which.choices] == [
        ("parvis.unjoin", str(first.id)),
        ("parvis.unjoin", str(second.id)),
    ]
    assert ids(await types(two, anna, "parvis unjoin 99")) == ids(which), "a number of nothing"
    assert ids(await types(two, ana, f"parvis unjoin {second.id}")) == ["unjoin-done"]
    assert [await two.person(each) for each in (ana, anna, third)] == [ana.person_id, ana.person_id, third.person_id]
    (told,) = [each for each in await two.rows(Promise) if "unjoin-told" in each.body]
    assert (told.person_id, told.platform) == (third.person_id, "third")
    with pytest.raises(Refused, match="unjoin-none"):
        await types(two, third, "parvis unjoin")


async def test_ones_page_shows_the_accounts_and_where_one_is_told(two: Two) -> None:
    ana, anna = await two.met("work", "UANA"), await two.met("club", "anna")
    (page,) = [accounts.make(two.regrant).page]
    assert page

    async def shown(account: Account) -> Say:
        async with two.store.write() as session:
            return await page(await two.acting(session, account))

    assert ids(await shown(ana)) == ["me-join"]
    await two.join(ana, anna)
    assert ids(await shown(ana)) == ["me-accounts", "me-told-last", "me-unjoin"]
    await types(two, anna, "parvis here")
    assert [each.action for each in (await shown(ana)).choices] == ["parvis.here"]
    assert not (await shown(anna)).choices, "that is here already"
    assert ids(await shown(anna)) == ["me-accounts", "me-told-on", "me-unjoin"]
    await types(two, ana, "parvis ici non")
    assert ids(await shown(anna)) == ["me-accounts", "me-told-last", "me-unjoin"]
    await two.met("club", "anna", "gone")
    assert ids(await shown(ana)) == ["me-join"]


# ---------------------------------------------------------------- codes as rows


async def test_codes_alive_begin_differently_and_each_account_has_one(two: Two) -> None:
    ana, anna = await two.met("work", "UANA"), await two.met("club", "anna")
    times = {"created_at": START, "expires_at": LATER}
    offer: Callable[[AsyncSession, Account, str], Awaitable[bool]] = lambda session, account, hint: joining.offer(  # noqa: E731
        session, {"account_id": account.id, "hint": hint, "salt": "", "digest": "", **times}
    )
    async with two.store.write() as session:
        assert await offer(session, ana, "AAA")
        assert not await offer(session, anna, "AAA")
        await joining.expire(session, START, ana.id or 0)
        assert await offer(session, anna, "AAA")
    async with two.store.write() as session:
        await joining.expire(session, LATER, ana.id or 0)
    assert {each.state for each in await two.rows(JoinCode)} == {"void"}


async def test_of_two_who_type_a_code_at_once_one_is_asked_about(two: Two) -> None:
    ana, anna = await two.met("work", "UANA"), await two.met("club", "anna")
    async with two.store.write() as session:
        row = {"account_id": ana.id, "hint": "AAA", "salt": "", "digest": "", "created_at": START}
        await joining.offer(session, row | {"expires_at": LATER})
    (code,) = await two.rows(JoinCode)

    async def typed() -> bool:
        async with two.store.write() as session:
            return await joining.move(session, code.id, "open", state="asked", by_id=anna.id)

    assert sorted(await asyncio.gather(typed(), typed())) == [False, True]
    async with two.store.write() as session:
        assert [await joining.mistyped(session, code.id, 5) for _ in range(6)] == [False] * 4 + [True, False]


# ---------------------------------------------------------------- what they wish


async def said(two: Two, person: int, kind: str, **wished: datetime | None) -> None:
    async with two.store.write() as session:
        await wishes.say(session, person, kind, START, **wished)


async def holds(two: Two, person: int) -> dict[str, tuple[bool, datetime | None, bool]]:
    """Kind -> is it stopped, until when is it put off, are there to be fewer."""
    rows = await two.rows(Wish, person_id=person)
    return {each.kind: (each.stopped_at is not None, each.snoozed_until, each.rarely_at is not None) for each in rows}


async def test_of_what_two_people_wished_the_stricter_holds_for_the_one_they_are(two: Two) -> None:
    ana, anna = await two.met("work", "UANA"), await two.met("club", "anna")
    mine, theirs = ana.person_id, anna.person_id
    await said(two, mine, "", snoozed_until=LATER, rarely_at=START)
    await said(two, mine, "survey", stopped_at=START)
    await said(two, theirs, "", snoozed_until=LATER + timedelta(days=9))
    await said(two, theirs, "survey", snoozed_until=LATER)
    await said(two, theirs, "digest", stopped_at=START)
    before = await holds(two, mine), await holds(two, theirs)
    await two.join(ana, anna)
    assert await holds(two, mine) == {
        "": (False, LATER + timedelta(days=9), True),
        "survey": (True, LATER, False),
        "digest": (True, None, False),
    }
    assert not await holds(two, theirs)
    await two.undo(ana)
    assert (await holds(two, mine), await holds(two, theirs)) == before


async def test_what_they_wished_while_they_were_one_they_wished_for_both(two: Two) -> None:
    ana, anna = await two.met("work", "UANA"), await two.met("club", "anna")
    mine, theirs = ana.person_id, anna.person_id
    await said(two, theirs, "digest", stopped_at=START)
    await two.join(ana, anna)
    async with two.store.write() as session:
        now = LATER + timedelta(hours=1)
        await wishes.say(session, mine, "survey", now, stopped_at=now)
        await wishes.welcome(session, mine, now, "digest")
    await two.undo(ana)
    for each in (mine, theirs):
        held = await holds(two, each)
        assert held["survey"][0]
        assert not held["digest"][0]
