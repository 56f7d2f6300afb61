"""What people wish, when they work, and a hush: asked when something is planned, and again just before it is said."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from adapters.memory.platform import MemoryPlatform
from adapters.memory.server import MemoryServer
from bot import attention
from bot.attention import SILENCE, capability
from bot.attention.digest import together
from bot.attention.ways import with_ways
from bot.audit import Audit
from bot.chat import Pace, Unreachable
from bot.nudge import Context, To
from bot.outbox import Outbox
from bot.say import Item, Say
from storage import contacts, wishes
from storage import outbox as rows
from storage.database import Store
from storage.outbox import Promise
from storage.people import Account, Person
from storage.roster import Entry
from tests.contract.conftest import AT_EASE
from tests.contract.world import KINDS, START, World, promised, words

NAMES = [each.kind for each in KINDS]

LONG_AGO = START - timedelta(days=30)
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@pytest.fixture(params=AT_EASE)
def engine(request: pytest.FixtureRequest) -> str:
    """The database's engine."""
    return str(request.param)


@pytest.fixture
def world(store: Store) -> World:
    return World(store)


async def known(world: World, name: str = "Ann", **how: str) -> tuple[int, str]:
    """Somebody who has known the bot for long."""
    person, account = await world.person(name, **how)
    async with world.store.write() as session:
        await session.exec(sa.update(Person).where(col(Person.id) == person).values(greeted_at=LONG_AGO))
    return person, account


async def listed(world: World, person: int, **values: Any) -> None:
    """The company's list has somebody."""
    async with world.store.write() as session:
        row = Entry(key=f"K{person}", person_id=person, created_at=START, changed_at=START)
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)


async def plans(world: World, person: int, name: str = "hello", kind: str = "reminder", **how: Any) -> Outbox:
    outbox = world.outbox()
    await promised(world.store, outbox, world.now(), (To(person=person), name, name, {"kind": kind, **how}))
    return outbox


async def wishing(world: World, person: int, kind: str = "", **wished: datetime | None) -> None:
    async with world.store.write() as session:
        await wishes.say(session, person, kind, world.now(), **wished)


# ---------------------------------------------------------------- when they work


async def test_days_zone_holidays_and_absence_are_read_from_the_companys_list(world: World) -> None:
    people = {
        "their days": {"days": "tue wed"},
        "their zone": {"zone": "America/Montreal"},
        "their holidays": {"country": "JP"},  # Labour Thanksgiving Day
        "their absence": {"away": json.dumps([["2026-11-20", "2026-11-24"]])},
        "no such zone": {"zone": "Europe/Atlantis"},
    }
    for name, values in people.items():
        person, _ = await known(world, name)
        await listed(world, person, **values)
        await plans(world, person, name, "decision")
    due = {name: (await world.row(name)).due for name in people}
    assert due == {
        "their days": (START + DAY).replace(hour=8),
        "their zone": START.replace(hour=14),
        "their holidays": (START + DAY).replace(hour=8),
        "their absence": (START + 2 * DAY).replace(hour=8),
        "no such zone": START,
    }


async def test_an_absence_that_began_meanwhile_is_respected_as_well(world: World) -> None:
    person, account = await known(world)
    outbox = await plans(world, person, kind="decision")
    await listed(world, person, away=json.dumps([["2026-11-23", "2026-11-23"]]))
    await outbox.drain()
    assert world.told(account) == []
    assert (await world.row("hello")).error == "hours"
    world.now.advance(days=1)
    await outbox.drain()
    assert world.told(account) == ["hello"]


async def test_what_somebody_chose_comes_before_the_list(world: World) -> None:
    person, _ = await known(world, zone="Europe/Paris", language="fr")
    await listed(world, person, zone="America/Montreal", language="en")
    await plans(world, person, kind="decision")
    assert (await world.row("hello")).due == START


async def test_who_left_is_told_nothing_unasked_though_their_account_is_there(world: World) -> None:
    person, account = await known(world)
    outbox = await plans(world, person, "early", "decision")
    await listed(world, person, state="left")
    for name, kind in (("hello", "reminder"), ("decide", "decision"), ("here", "answer")):
        await plans(world, person, name, kind)
    await outbox.drain()
    assert world.told(account) == ["here"]
    assert {(await world.row(name)).error for name in ("early", "hello", "decide")} == {"left"}


async def test_who_turned_out_to_be_another_is_treated_as_that_one(world: World) -> None:
    (person, _), (old, _) = await known(world), await known(world, "Ann at home")
    async with world.store.write() as session:
        await session.exec(sa.update(Person).where(col(Person.id) == old).values(joined_to=person))
        await session.exec(sa.update(Person).where(col(Person.id) == person).values(stopped_at=START))
        await session.exec(sa.delete(Account).where(col(Account.person_id) == old))
    await listed(world, person, days="tue")
    await plans(world, old)
    await plans(world, old, "decide", "decision")
    assert (await world.row("hello")).error == "not_now"
    assert (await world.row("decide")).due == (START + DAY).replace(hour=8)


# ---------------------------------------------------------------- what they wish


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_kind_that_somebody_stopped_is_dropped(world: World, when: str) -> None:
    person, account = await known(world)
    if when == "before":
        await wishing(world, person, "reminder", stopped_at=world.now())
    outbox = await plans(world, person)
    await wishing(world, person, "reminder", stopped_at=world.now())
    await outbox.drain()
    assert world.told(account) == []
    row = await world.row("hello")
    assert (row.state, row.error, row.body) == ("dropped", "not_now", "{}")
    await (await plans(world, person, "other", "second")).drain()
    assert world.told(account) == ["other"]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("kind", ["", "reminder"])
async def test_what_is_put_off_comes_then(world: World, when: str, kind: str) -> None:
    person, account = await known(world)
    until = START + 9 * DAY
    if when == "before":
        await wishing(world, person, kind, snoozed_until=until)
    outbox = await plans(world, person)
    await wishing(world, person, kind, snoozed_until=until)
    await outbox.drain()
    world.now.time = until - timedelta(minutes=1)
    await outbox.drain()
    assert world.told(account) == []
    world.now.time = until
    await outbox.drain()
    assert world.told(account) == ["hello"]


async def test_what_would_come_too_late_is_dropped_and_nothing_is_told_of_why(world: World) -> None:
    person, account = await known(world)
    outbox = await plans(world, person, not_after=START + 2 * DAY)
    await plans(world, person, "night", "decision", not_before=START.replace(hour=19), not_after=START.replace(hour=20))
    await wishing(world, person, snoozed_until=START + 3 * DAY)
    await plans(world, person, "second", not_after=START + 2 * DAY)
    await outbox.drain()
    assert world.told(account) == []
    errors = [(await world.row(name)).error for name in ("hello", "second", "night")]
    assert errors == ["not_now", "not_now", "too_late"]


async def test_who_asked_for_less_gets_one_in_a_month(world: World) -> None:
    person, account = await known(world)
    await wishing(world, person, rarely_at=START)
    outbox = await plans(world, person)
    await plans(world, person, "again", "second")
    await outbox.drain()
    assert len(world.told(account)) == 1
    world.now.advance(days=29)
    await outbox.drain()
    assert len(world.told(account)) == 1
    world.now.advance(days=1)
    await outbox.drain()
    assert len(world.told(account)) == 2


# ---------------------------------------------------------------- nobody else's affair


async def spared(world: World, person: int, how: str) -> None:
    """Make somebody get nothing optional, in one of the ways that are nobody else's affair."""
    match how:
        case "stopped":
            async with world.store.write() as session:
                await session.exec(sa.update(Person).where(col(Person.id) == person).values(stopped_at=START))
        case "kind":
            await wishing(world, person, "reminder", stopped_at=START)
        case "snoozed":
            await wishing(world, person, snoozed_until=START + 40 * DAY)
        case "rarely":
            await wishing(world, person, rarely_at=START)
            await _was_sent(world, person, 10)
        case "silent":
            for days in (30, 20, 10):
                await _was_sent(world, person, days, asks=True)
        case _:
            await _was_sent(world, person, 3)


async def _was_sent(world: World, person: int, days: int, *, asks: bool = False) -> None:
    at = START - days * DAY
    async with world.store.write() as session:
        name = f"{person}:{days}"
        await contacts.plan(session, person, "second", name, "acme", asks, at)
        await contacts.sent(session, [name], at)


async def test_what_is_said_unasked_is_in_no_list_and_no_number_but_that_some_is_dead(world: World) -> None:
    asked = world.attention.asked()
    for number in range(7):
        person, _ = await known(world, f"P{number}")
        await plans(world, person, f"reminder {number}", not_before=START + DAY)
    notice, _ = await known(world, "notice")
    await plans(world, notice, "notice", kind="notice", not_before=START + DAY)
    async with world.store.write() as session:
        assert await rows.status(session, asked) == {("acme", "later"): 1}
        assert [each.name for each in await rows.waiting(session, 9, asked)] == ["notice"]
        await session.exec(sa.update(Promise).where(col(Promise.kind) == "reminder").values(state="dead", error="x"))
        assert await rows.status(session, asked) == {("acme", "later"): 1, ("acme", "dead"): 1}


@pytest.mark.parametrize("when", ["before", "after"])
async def test_no_list_and_no_number_tells_why_somebody_is_not_told_something(world: World, when: str) -> None:
    seen = []
    for how in ("stopped", "kind", "snoozed", "rarely", "silent", "budget"):
        person, account = await known(world, how)
        if when == "before":
            await spared(world, person, how)
        outbox = await plans(world, person, f"to {how}", batch=how)
        await spared(world, person, how)
        await outbox.drain()
        assert world.told(account) == []
        async with world.store.read() as session:
            waiting = await rows.waiting(session, 9, NAMES)
            seen.append((await rows.status(session, NAMES), waiting, await rows.progress(session, how)))
    assert seen == [({}, [], {})] * 6


# ---------------------------------------------------------------- hush


async def test_a_hush_drops_what_is_optional_and_falls_due_meanwhile(world: World) -> None:
    (person, account), (other, _) = await known(world), await known(world, "Bob")
    outbox = await plans(world, person, not_before=START + DAY)
    await plans(world, other, "later", not_before=START + 9 * DAY)
    async with world.store.write() as session:
        await attention.hush(session, world.now(), START + 3 * DAY)
    for name, kind in (("new", "reminder"), ("word", "word"), ("decide", "decision"), ("here", "answer")):
        await plans(world, person, name, kind)
    await outbox.drain()
    world.now.advance(days=1)
    await outbox.drain()
    assert sorted(world.told(account)) == ["decide", "here"]
    assert {(await world.row(name)).error for name in ("hello", "new", "word")} == {"hush"}
    world.now.advance(days=8)
    await outbox.drain()
    assert await world.states("later") == ["sent"]


@pytest.mark.parametrize("ends", ["by itself", "called off"])
async def test_what_fell_due_in_a_hush_is_not_made_up_for_by_a_bot_that_was_down(world: World, ends: str) -> None:
    (person, account), (other, beside) = await known(world), await known(world, "Bob")
    await plans(world, person, not_before=START + DAY)
    await plans(world, person, "decide", "decision", not_before=START + DAY)
    async with world.store.write() as session:
        await attention.hush(session, START, START + (3 if ends == "by itself" else 9) * DAY)
    if ends == "called off":
        async with world.store.write() as session:
            await attention.unhush(session, START + 3 * DAY)
    world.now.advance(days=3)
    outbox = await plans(world, other, "after")
    await outbox.drain()
    assert (world.told(account), world.told(beside)) == (["decide"], ["after"])
    row = await world.row("hello")
    assert (row.state, row.error) == ("dropped", "hush")


async def test_the_last_word_about_a_hush_counts(world: World) -> None:
    async with world.store.write() as session:
        assert await attention.hushed(session, START) is None
        assert not await attention.unhush(session, START)
        await attention.hush(session, START, START + 9 * DAY)
        await attention.hush(session, START + DAY, START + 3 * DAY)
        assert await attention.hushed(session, START + 2 * DAY) == START + 3 * DAY
        assert await attention.hushed(session, START + 3 * DAY) is None
        assert await attention.unhush(session, START + 2 * DAY)
        assert await attention.hushed(session, START + 2 * DAY) is None


# ---------------------------------------------------------------- just before it is said


@pytest.mark.parametrize("how", ["stopped_at", "snoozed_until"])
@pytest.mark.parametrize(("unwanted", "left"), [("reminder", "second"), ("second", "reminder")])
async def test_of_several_things_at_once_what_is_not_wanted_any_more_is_left_out(
    world: World, how: str, unwanted: str, left: str
) -> None:
    person, account = await known(world)
    outbox = world.outbox()
    async with world.store.write() as session:
        both = together([Item(kind=kind, say=words(kind)) for kind in ("reminder", "second")])
        await outbox.within(session, START).tell(To(person=person), both, name="both", kind="reminder", asks=True)
    await wishing(world, person, unwanted, **{how: START + DAY})
    await outbox.drain()
    assert world.told(account) == [left]
    async with world.store.read() as session:
        (contact,) = await session.exec(select(contacts.Contact))
    assert (contact.kind, contact.sent_at is not None, (await world.row("both")).kind) == (left, True, left)


async def test_what_is_left_of_several_things_waits_for_a_response_only_if_it_asks(world: World) -> None:
    person, account = await known(world)
    outbox = world.outbox()
    async with world.store.write() as session:
        both = together([Item(kind=kind, say=words(kind), asks=kind == "reminder") for kind in ("reminder", "second")])
        await outbox.within(session, START).tell(To(person=person), both, name="both", kind="reminder", asks=True)
    await wishing(world, person, "reminder", stopped_at=START)
    await outbox.drain()
    assert world.told(account) == ["second"]
    async with world.store.read() as session:
        (contact,) = await session.exec(select(contacts.Contact))
    assert (contact.asks, (await world.row("both")).asks) == (False, False)


async def test_of_several_things_at_once_all_wait_while_one_of_them_is_held(world: World) -> None:
    person, account = await known(world)
    held = {"second"}

    async def holding(_session: AsyncSession, kinds: Collection[str]) -> Collection[str]:
        return held & set(kinds)

    outbox = world.outbox(holding=holding)
    async with world.store.write() as session:
        both = together([Item(kind=kind, say=words(kind)) for kind in ("reminder", "second")])
        await outbox.within(session, START).tell(To(person=person), both, name="both", kind="reminder")
    await outbox.drain()
    row = await world.row("both")
    assert (row.state, row.error) == ("later", rows.HELD)
    held.clear()
    world.now.advance(minutes=11)
    await outbox.drain()
    assert len(world.told(account)) == 1


async def test_what_is_held_is_dropped_by_a_hush_like_all_else(world: World) -> None:
    person, account = await known(world)

    async def holding(_session: AsyncSession, kinds: Collection[str]) -> Collection[str]:
        return kinds

    await plans(world, person)
    async with world.store.write() as session:
        await attention.hush(session, START, START + DAY)
    await world.outbox(holding=holding).drain()
    row = await world.row("hello")
    assert (world.told(account), row.state, row.error) == ([], "dropped", "hush")


async def test_what_may_have_been_said_is_looked_for_and_said_only_when_it_may_be(world: World) -> None:
    """The answer to a call is lost, in the last seconds of the day; the bot goes on in the evening."""
    person, account = await known(world)
    world.now.time = START.replace(hour=16, minute=59, second=50)
    outbox = await plans(world, person, kind="decision")
    world.server.fail("post", Unreachable("timeout"))
    await outbox.drain()
    world.now.advance(minutes=1)
    await outbox.drain()
    row = await world.row("hello")
    assert (world.told(account), row.state, row.error) == ([], "later", "hours")
    world.now.time = (START + DAY).replace(hour=8)
    await outbox.drain()
    assert world.told(account) == ["hello"]


@pytest.mark.parametrize("arrived", [False, True])
async def test_who_stops_the_bot_while_a_call_is_in_doubt_gets_it_no_second_time(world: World, arrived: bool) -> None:
    person, account = await known(world)
    outbox = await plans(world, person)
    world.server.fail("post", Unreachable("timeout"), effect=arrived)
    await outbox.drain()
    await spared(world, person, "stopped")
    world.now.advance(minutes=1)
    await outbox.drain()
    assert world.told(account) == (["hello"] if arrived else [])
    assert (await world.row("hello")).state == ("sent" if arrived else "dropped")


async def test_a_decision_does_not_disturb_either(world: World) -> None:
    person, account = await known(world)
    world.server.accounts[account].undisturbed = START + timedelta(hours=1)
    outbox = await plans(world, person, kind="decision")
    await plans(world, person, "here", "answer")
    await outbox.drain()
    assert world.told(account) == ["here"]
    world.now.advance(hours=1)
    await outbox.drain()
    assert world.told(account) == ["here", "hello"]


async def test_two_platforms_do_not_each_use_up_the_one_allowance(store: Store) -> None:
    world = World(store, pace=Pace(timeout=10))
    club = MemoryServer("club", world.now)
    person, _ = await known(world)
    there = club.join_person("Ann")
    async with store.write() as session:
        session.add(Account(person_id=person, platform="club", external_id=there, created_at=START))
    platforms = {"acme": world.platform, "club": MemoryPlatform(club, pace=Pace(timeout=10))}
    both = Outbox(store, world.words, platforms, world.attention, world.now, holder="here", sleep=world.now.sleep)
    tells: list[Any] = [
        (To(person=person, platform=name), f"{name} {kind}", f"{name} {kind}", {"kind": kind})
        for name in platforms
        for kind in ("reminder", "second")
    ]
    await promised(store, both, world.now(), *tells)
    await asyncio.gather(*(sender.drain() for sender in both._senders.values()))
    told = [each for server in (world.server, club) for place in server.rooms.values() for each in place.messages]
    assert len(told) == 1


@pytest.mark.parametrize("becomes", ["found", "tried again", "given up"])
async def test_what_is_in_doubt_on_one_platform_counts_on_the_other(store: Store, becomes: str) -> None:
    world = World(store, pace=Pace(timeout=10))
    club = MemoryServer("club", world.now)
    person, account = await known(world)
    there = club.join_person("Ann")
    async with store.write() as session:
        session.add(Account(person_id=person, platform="club", external_id=there, created_at=START))
    platforms = {"acme": world.platform, "club": MemoryPlatform(club, pace=Pace(timeout=10))}
    both = Outbox(store, world.words, platforms, world.attention, world.now, holder="here", sleep=world.now.sleep)
    await promised(store, both, world.now(), (To(person=person, platform="acme"), "a", "a", {"kind": "reminder"}))
    world.server.fail("post", Unreachable("timeout"), effect=becomes != "tried again")
    await both._senders["acme"].drain()
    assert (await world.row("a")).state == "todo"
    if becomes == "given up":
        async with store.write() as session:
            await session.exec(sa.update(Promise).where(col(Promise.name) == "a").values(state="dead"))
    await promised(store, both, world.now(), (To(person=person, platform="club"), "b", "b", {"kind": "second"}))
    row = await world.row("b")
    assert (row.state, row.error, row.due) == ("later", rows.NOT_NOW, START + WEEK)
    world.now.advance(minutes=1)
    await both.drain()
    said = {"found": ["a"], "tried again": ["a"], "given up": ["a"]}[becomes]
    assert (world.told(account), [place for place in club.rooms.values() if place.messages]) == (said, [])
    world.now.advance(days=8)
    await both.drain()
    assert (await world.row("b")).state == "sent"


# ---------------------------------------------------------------- many at once


@contextmanager
def statements(session: AsyncSession) -> Iterator[list[str]]:
    """What is asked of the database inside."""
    asked: list[str] = []
    engine = session.get_bind()

    def listen(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    sa.event.listen(engine, "before_cursor_execute", listen)
    try:
        yield asked
    finally:
        sa.event.remove(engine, "before_cursor_execute", listen)


async def test_a_thousand_people_are_asked_about_in_three_statements(world: World) -> None:
    (ann, _), (bob, _), (cid, _), (dan, _) = [await known(world, name) for name in ("Ann", "Bob", "Cid", "Dan")]
    await spared(world, bob, "stopped")
    await spared(world, cid, "snoozed")
    await listed(world, dan, state="left")
    async with world.store.read() as session:
        with statements(session) as asked:
            found = await world.attention.verdicts(session, [ann, bob, cid, dan, 9999], "reminder", START)
    assert {who: (each.due == START, each.shown) for who, each in found.items()} == {
        ann: (True, ""),
        bob: (False, "not_now"),
        cid: (False, "not_now"),
        dan: (False, "left"),
    }
    questions = [each for each in asked if each.startswith("SELECT") and "set_config" not in each]
    assert len(questions) == 3
    async with world.store.read() as session:
        with pytest.raises(LookupError):
            await world.attention.verdicts(session, [ann], "unheard-of", START)


# ---------------------------------------------------------------- why it came, and ways out


async def body(world: World, name: str) -> Say:
    return Say.model_validate_json((await world.row(name)).body)


async def test_each_optional_message_says_why_it_came_and_how_to_be_spared(world: World) -> None:
    person, _ = await known(world)
    for name, kind in (("hello", "reminder"), ("word", "word")):
        await plans(world, person, name, kind)
        said = await body(world, name)
        assert said.lines[-1].id == f"contact-{kind}.why"
        assert [(each.action, each.value) for each in said.choices] == [
            ("parvis.snooze", kind), ("parvis.stop-kind", kind), ("parvis.stop", ""),
        ]  # fmt: skip
    for name, kind in (("decide", "decision"), ("notice", "notice"), ("here", "answer")):
        await plans(world, person, name, kind)
        assert await body(world, name) == words(name)


def test_what_has_its_ways_out_gets_them_once() -> None:
    once = with_ways(words("hello"), "reminder")
    assert with_ways(once, "reminder") == once
    assert with_ways(once, "second") != once


async def test_a_message_keeps_its_ways_out_when_it_changes(world: World) -> None:
    person, account = await known(world)
    outbox = await plans(world, person)
    await outbox.drain()
    await promised(
        world.store, outbox, world.now(), (To(person=person), "changed", "edit", {"op": "edit", "of": "hello"})
    )
    assert len((await body(world, "edit")).choices) == 3
    await outbox.drain()
    assert world.told(account) == ["changed"]


# ---------------------------------------------------------------- silence, said once


async def looks(world: World, at_once: int = 500) -> list[Promise]:
    """The bot looks whether there is anybody to tell that it is silent; what was planned to be told."""
    nudge = capability.make(lambda: world.attention, 14, at_once=at_once)
    outbox = world.outbox()
    async with world.store.write() as session:
        plan = outbox.within(session, world.now())
        ctx = Context(world.now(), session, None, plan, Audit("k" * 64), None, {}, None)
        await nudge.ticks[0].handler(ctx)
    async with world.store.read() as session:
        return list(await session.exec(select(Promise).where(Promise.kind == SILENCE).order_by(col(Promise.id))))


async def test_that_the_bot_is_silent_is_said_once_and_again_when_it_is_so_anew(world: World) -> None:
    person, account = await known(world)
    await spared(world, person, "silent")
    assert len(await looks(world)) == 1
    assert len(await looks(world)) == 1
    await world.outbox().drain()
    (told,) = world.told(account)
    assert "3 messages needed a word" in told
    world.now.advance(days=40)
    assert len(await looks(world)) == 1
    async with world.store.write() as session:
        await attention.answered(session, person, world.now())
    for days in (-41, -48, -55):
        await _was_sent(world, person, days, asks=True)
    world.now.advance(days=20)
    assert len(await looks(world)) == 1, "the last one is not a week old"
    world.now.advance(days=3)
    assert len(await looks(world)) == 2


@pytest.mark.parametrize("meanwhile", ["hush", "snoozed"])
async def test_that_it_is_silent_is_said_later_where_it_could_not_be_said(world: World, meanwhile: str) -> None:
    person, account = await known(world)
    await spared(world, person, "silent")
    world.now.time = START.replace(hour=20)
    assert [each.state for each in await looks(world)] == ["later"]
    world.now.advance(hours=1)
    assert len(await looks(world)) == 1, "it is planned once"
    async with world.store.write() as session:
        if meanwhile == "hush":
            await attention.hush(session, world.now(), START + 2 * DAY)
        else:
            await wishes.say(session, person, "", world.now(), snoozed_until=START + 2 * DAY)
    world.now.time = START + DAY
    await world.outbox().drain()
    assert [each.state for each in await looks(world)] == ["dropped"]
    world.now.time = START + 2 * DAY
    assert [each.state for each in await looks(world)] == ["dropped", "todo"]
    await world.outbox().drain()
    assert len(world.told(account)) == 1
    world.now.advance(days=2)
    assert len(await looks(world)) == 2


async def test_more_people_than_are_told_at_once_are_told_though_some_cannot_be(world: World) -> None:
    for number in range(3):
        person, _ = await known(world, f"left {number}")
        await spared(world, person, "silent")
        await listed(world, person, state="left")
    person, account = await known(world)
    await spared(world, person, "silent")
    await looks(world, at_once=2)
    await world.outbox().drain()
    assert len(world.told(account)) == 1
    async with world.store.read() as session:
        assert len(list(await session.exec(select(Promise)))) == 1


@pytest.mark.parametrize("how", ["stopped", "snoozed", "hush", "left", "answered"])
async def test_that_it_is_silent_is_not_said_to_whom_that_is_nothing(world: World, how: str) -> None:
    person, account = await known(world)
    await spared(world, person, "silent")
    if how in {"stopped", "snoozed"}:
        await spared(world, person, how)
    if how == "left":
        await listed(world, person, state="left")
    async with world.store.write() as session:
        if how == "hush":
            await attention.hush(session, world.now(), START + DAY)
    await looks(world)
    async with world.store.write() as session:
        if how == "answered":
            await attention.answered(session, person, world.now())
    await world.outbox().drain()
    assert world.told(account) == []
    async with world.store.read() as session:
        waiting = await rows.waiting(session, 9, NAMES)
        assert (await rows.status(session, NAMES), waiting, await rows.dead(session)) == ({}, [], [])


async def test_wishes_that_say_nothing_are_forgotten(world: World) -> None:
    person, _ = await known(world)
    await wishing(world, person, "reminder", stopped_at=START)
    await wishing(world, person, "second", snoozed_until=START + DAY)
    async with world.store.write() as session:
        await wishes.forget(session, START)
        assert len(await wishes.of_people(session, [person])) == 1
        await wishes.welcome(session, person, START, "reminder")
        await wishes.forget(session, START + 2 * DAY)
        assert not await wishes.of_people(session, [person])
