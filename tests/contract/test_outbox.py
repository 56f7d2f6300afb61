"""Everything promised is said once: in order, in time, at the platform's pace, whatever dies in between."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from adapters.memory.platform import MemoryPlatform
from bot.chat import LockedOut, Message, NotAllowed, Pace, RateLimited, Unreachable
from bot.nudge import Priority, To, in_thread_of
from bot.outbox import Outbox
from storage import contacts
from storage.database import Store
from storage.outbox import Attempt, Duty, Promise
from storage.people import Account, Person
from tests.contract.world import START, Death, Killed, World, promised, words

STEPS = ("outbox.claimed", "outbox.attempted", "outbox.posted", "outbox.settled")


@pytest.fixture
def world(store: Store) -> World:
    return World(store)


async def attempts(store: Store, name: str) -> list[str]:
    """The outcomes of the attempts at a promise."""
    async with store.read() as session:
        found = await session.exec(
            select(Attempt.outcome)
            .join(Promise, col(Promise.id) == Attempt.promise_id)
            .where(Promise.name == name)
            .order_by(col(Attempt.id))
        )
        return list(found)


async def plan(world: World, *tells: tuple[To, str, str, Mapping[str, object]]) -> Outbox:
    outbox = world.outbox()
    await promised(world.store, outbox, world.now(), *tells)
    return outbox


async def say(world: World, room: str, *texts: str, **options: object) -> Outbox:
    """Promise these texts to a room, each named after itself."""
    return await plan(world, *((To(room=room, platform="acme"), text, text, options) for text in texts))


# ---------------------------------------------------------------- saying


async def test_what_is_promised_is_said_once_and_then_forgotten(world: World) -> None:
    room = world.room("lobby")
    outbox = await say(world, room, "hello")
    await outbox.drain()
    await outbox.drain()
    assert world.said(room) == ["hello"]
    row = await world.row("hello")
    posted = next(iter(world.server.rooms[room].messages))
    assert (row.state, row.body, row.external_id, row.external_room) == ("sent", "{}", posted, room)
    assert await attempts(world.store, "hello") == ["sent"]


async def test_what_was_given_up_and_is_tried_again_is_looked_for_first(world: World) -> None:
    room = world.room("lobby")
    await say(world, room, "hello")
    with pytest.raises(Killed):
        await world.outbox(Death("outbox.posted")).drain()
    assert world.said(room) == ["hello"]
    async with world.store.write() as session:  # nobody could be asked about it for hours
        await session.exec(sa.update(Promise).values(state="dead", tries=12, error="unreachable:timeout"))
    outbox = world.outbox()
    assert await outbox.retry("hello")
    world.now.advance(minutes=1)
    await outbox.drain()
    assert world.said(room) == ["hello"], "an administrator's second try is not a second message"
    assert (await world.row("hello")).state == "sent"


@pytest.mark.parametrize("reached", [True, False], ids=["said", "not said"])
async def test_what_a_database_forgot_when_it_came_back_holds_nobody_up(world: World, reached: bool) -> None:
    """A standby that took over lacks the last commit: there, a message is in hand that the sender is done with."""
    room = world.room("lobby")
    outbox = await say(world, room, "hello")
    before = await world.row("hello")
    await outbox.drain()
    if not reached:
        world.server.rooms[room].messages.clear()
    async with world.store.write() as session:
        forgotten = {"state": "going", "body": before.body, "external_id": "", "external_room": "", "sent_at": None}
        await session.exec(sa.update(Promise).values(**forgotten))
        await session.exec(sa.update(Attempt).values(outcome="", external_id="", ended_at=None))
    world.now.advance(seconds=4)
    await outbox.drain()
    assert (await world.row("hello")).state == "going", "whoever has something in hand may be about to write of it"
    world.now.advance(minutes=1)
    await promised(world.store, outbox, world.now(), (To(room=room, platform="acme"), "more", "more", {}))
    await outbox.drain()
    assert world.said(room) == ["hello", "more"]
    assert (await world.row("hello")).state == "sent"
    assert await attempts(world.store, "hello") == (["", "found"] if reached else ["absent", "sent"])


async def test_a_promise_of_the_same_name_is_made_once(world: World) -> None:
    room = world.room("lobby")
    await say(world, room, "hello")
    to = To(room=room, platform="acme")
    outbox = await plan(world, (to, "hello again", "hello", {}))
    await outbox.drain()
    assert world.said(room) == ["hello"]


async def test_a_promise_undone_with_its_transaction_is_not_said(world: World) -> None:
    room, outbox = world.room("lobby"), world.outbox()

    async def breaks() -> None:
        async with world.store.write() as session:
            planner = outbox.within(session, world.now())
            await planner.tell(To(room=room, platform="acme"), words("no"), name="no", kind="notice")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await breaks()
    await outbox.drain()
    assert world.said(room) == []


async def test_a_person_is_told_in_their_language_where_they_are(world: World) -> None:
    ann, account = await world.person("Ann", language="fr")
    outbox = await plan(world, (To(person=ann), "hello", "hello", {"kind": "answer"}))
    await outbox.drain()
    assert world.told(account) == ["hello"]
    async with world.store.read() as session:
        row = (await session.exec(select(Account).where(Account.person_id == ann))).one()
    assert row.direct_room == (await world.row("hello")).external_room != ""


async def test_a_person_without_an_account_is_a_dead_letter_until_there_is_one(world: World) -> None:
    async with world.store.write() as session:
        ghost = Person(name="Ghost", created_at=START)
        session.add(ghost)
    outbox = await plan(world, (To(person=ghost.id), "hello", "hello", {}))
    await outbox.drain()
    assert [(one.name, one.error) for one in await outbox.dead()] == [("hello", "no_account")]
    assert not await outbox.retry("hello")
    account = world.server.join_person("Ghost")
    async with world.store.write() as session:
        assert ghost.id is not None
        session.add(Account(person_id=ghost.id, platform="acme", external_id=account, created_at=START))
    assert await outbox.retry("hello")
    await outbox.drain()
    assert world.told(account) == ["hello"]


async def test_an_account_that_moved_on_is_reached_on_the_other_platform(world: World) -> None:
    ann, account = await world.person("Ann")
    outbox = await plan(world, (To(person=ann), "hello", "hello", {"kind": "answer"}))
    other = World(world.store)
    other.server.name = other.platform.name = "other"
    there = other.server.join_person("Ann")
    async with world.store.write() as session:
        await session.exec(sa.update(Account).values(kind="gone"))
        session.add(Account(person_id=ann, platform="other", external_id=there, created_at=START))
    platforms = {"acme": world.platform, "other": other.platform}
    both = Outbox(world.store, world.words, platforms, world.attention, world.now, holder="here")
    await both.drain()
    assert (world.told(account), other.told(there)) == ([], ["hello"])
    assert outbox is not both


async def test_one_direct_room_lost_does_not_lose_the_person(world: World) -> None:
    ann, account = await world.person("Ann")
    async with world.store.write() as session:
        await session.exec(sa.update(Account).values(direct_room="R-gone"))
    outbox = await plan(world, (To(person=ann), "hello", "hello", {"kind": "answer"}))
    await outbox.drain()
    assert world.told(account) == ["hello"]
    async with world.store.read() as session:
        row = (await session.exec(select(Account))).one()
    assert row.direct_room == (await world.row("hello")).external_room != "R-gone"


async def test_what_does_not_fit_is_refused_when_planned(world: World) -> None:
    ann, _ = await world.person("Ann")
    outbox = world.outbox()
    for to, options in (
        (To(), {}),
        (To(person=ann, room="R1"), {}),
        (To(room="R1"), {}),
        (To(person=ann), {"op": "edit"}),
        (To(person=ann), {"of": "x"}),
    ):
        with pytest.raises(ValueError, match=r"promise goes|does not fit"):
            await promised(world.store, outbox, world.now(), (to, "x", "x", options))
    with pytest.raises(LookupError, match="unheard-of"):
        await promised(world.store, outbox, world.now(), (To(person=ann), "x", "x", {"kind": "unheard-of"}))


async def test_what_cannot_be_worded_is_a_dead_letter_and_stops_nothing(world: World) -> None:
    room = world.room("lobby")
    outbox = await say(world, room, "bad", "good")
    async with world.store.write() as session:
        await session.exec(
            sa.update(Promise)
            .where(col(Promise.name) == "bad")
            .values(body='{"lines": [{"id": "not-in-any-catalog"}]}')
        )
    await outbox.drain()
    assert (await world.row("bad")).state == "todo", "a newer version may know how to say it"
    while (await world.row("bad")).state == "todo":
        world.now.advance(minutes=5)
        await outbox.drain()
    assert world.said(room) == ["good"]
    assert (await world.row("bad")).error == "words:UnknownWordsError"
    assert (await world.row("bad")).tries == 8


# ---------------------------------------------------------------- order and pace


async def test_a_room_hears_things_in_the_order_they_were_promised(world: World) -> None:
    rooms = [world.room(f"room-{number}") for number in range(5)]
    to = [To(room=room, platform="acme") for room in rooms]
    outbox = await plan(world, *((to[i % 5], str(i), str(i), {}) for i in range(40)))
    await outbox.drain()
    for number, room in enumerate(rooms):
        assert world.said(room) == [str(i) for i in range(number, 40, 5)]


async def test_a_failure_holds_its_room_and_no_other(world: World) -> None:
    one, two = world.room("one"), world.room("two")
    await say(world, one, "1", "2")
    outbox = await say(world, two, "3")
    world.server.fail("post", Unreachable("timeout"))
    await outbox.drain()
    assert (world.said(one), world.said(two)) == ([], ["3"])
    world.now.advance(seconds=15)
    await outbox.drain()
    assert world.said(one) == ["1", "2"]


async def test_answers_go_before_decisions_before_announcements_before_reminders(world: World) -> None:
    world.platform.pace = Pace(in_flight=1)
    order = [Priority.REMINDER, Priority.ANNOUNCEMENT, Priority.DECISION, Priority.ANSWER]
    rooms = {priority: world.room(str(priority)) for priority in order}
    outbox = await plan(
        world,
        *((To(room=rooms[p], platform="acme"), f"{p}-{i}", f"{p}-{i}", {"priority": p}) for p in order for i in (1, 2)),
    )
    await outbox.drain()
    messages = [m for room in rooms.values() for m in world.server.rooms[room].messages.values()]
    said = [m.name for m in sorted(messages, key=lambda m: m.turn)]
    assert said == [f"{p}-{i}" for p in sorted(order) for i in (1, 2)]


async def test_an_answer_finds_a_free_line_when_others_are_busy(world: World) -> None:
    """Slow announcements never take every line."""
    held = asyncio.Event()

    class Slow(MemoryPlatform):
        async def post(self, room: str, message: Message, *, name: str, reply_to: str = "") -> str:
            if name.startswith("slow"):
                await held.wait()
            return await super().post(room, message, name=name, reply_to=reply_to)

    world.platform = Slow(world.server, pace=Pace(in_flight=3))
    slow = [world.room(f"slow-{i}") for i in range(4)]
    lobby = world.room("lobby")
    outbox = await plan(
        world,
        *((To(room=room, platform="acme"), "x", f"slow-{room}", {"priority": 30}) for room in slow),
    )
    running = asyncio.create_task(outbox.run())
    await until(lambda: attempted(world, 3))
    await promised(
        world.store,
        outbox,
        world.now(),
        (To(room=lobby, platform="acme"), "here", "here", {"priority": Priority.ANSWER}),
    )
    await until(lambda: said(world, lobby, ["here"]))
    held.set()
    await until(lambda: said(world, slow[3], ["x"]))
    outbox.stop()
    await running


async def test_a_room_is_spoken_to_at_the_pace_its_platform_allows(world: World) -> None:
    world.platform.pace = Pace(per_room=1.0)
    one, two = world.room("one"), world.room("two")
    outbox = await plan(
        world,
        *((To(room=room, platform="acme"), f"{room} {i}", f"{room} {i}", {}) for i in range(4) for room in (one, two)),
    )
    await outbox.drain()
    for room in (one, two):
        times = [message.at for message in world.server.rooms[room].messages.values()]
        assert [b - a for a, b in pairwise(times)] == [timedelta(seconds=1)] * 3
    assert world.now() == START + timedelta(seconds=3)


async def test_a_platform_that_asks_for_time_gets_it_even_from_the_next_process(world: World) -> None:
    one, two = world.room("one"), world.room("two")
    await say(world, one, "1")
    outbox = await say(world, two, "2")
    world.platform.pace = Pace(in_flight=1)
    world.server.fail("post", RateLimited(30))
    await outbox.drain()
    assert world.said(one) == world.said(two) == []
    world.now.advance(seconds=29)
    await world.outbox().drain()
    assert world.said(one) == world.said(two) == []
    world.now.advance(seconds=2)
    await world.outbox().drain()
    assert (world.said(one), world.said(two)) == (["1"], ["2"])
    assert (await world.row("1")).tries == 1, "being asked to wait is no failed try"


# ---------------------------------------------------------------- failures


async def test_what_is_refused_for_good_is_a_dead_letter_with_its_reason(world: World) -> None:
    room = world.room("lobby")
    outbox = await say(world, room, "1", "2")
    world.server.fail("post", NotAllowed("is_archived"))
    await outbox.drain()
    assert world.said(room) == ["2"]
    assert [(one.name, one.error) for one in await outbox.dead()] == [("1", "is_archived")]
    assert await outbox.status() == {("acme", "dead"): 1}
    assert await outbox.retry("1")
    await outbox.drain()
    assert world.said(room) == ["2", "1"]
    assert not await outbox.retry("1")


async def test_a_dead_letter_can_be_dropped(world: World) -> None:
    outbox = await say(world, world.room("lobby"), "1")
    world.server.fail("post", NotAllowed("restricted_action"))
    await outbox.drain()
    assert await outbox.drop("1")
    assert not await outbox.drop("1")
    assert await outbox.dead() == []
    assert (await world.row("1")).body == "{}"


async def test_a_promise_is_given_up_after_twelve_tries_over_hours(world: World) -> None:
    room = world.room("lobby")
    outbox = await say(world, room, "1")
    for _ in range(12):
        world.server.fail("post", Unreachable("http_500"))
    for _ in range(200):
        await outbox.drain()
        if await outbox.dead():
            break
        world.now.advance(minutes=2)
    assert [one.error for one in await outbox.dead()] == ["unreachable:http_500"]
    assert len(await attempts(world.store, "1")) == 12
    assert world.now() - START > timedelta(hours=1)
    assert world.said(room) == []


async def test_when_a_platform_is_back_nothing_waits_for_its_own_next_try(world: World) -> None:
    rooms = [world.room(f"room-{i}") for i in range(4)]
    outbox = world.outbox()
    for number, room in enumerate(rooms):
        await say(world, room, str(number))
    for _ in range(24):
        world.server.fail("post", Unreachable("http_503"))
    for _ in range(6):
        world.now.advance(minutes=3)
        await outbox.drain()
    world.now.advance(seconds=12)
    await outbox.drain()
    assert [world.said(room) for room in rooms] == [[]] * 4, "each waits for a minute by now"
    await say(world, world.room("new"), "new")
    await outbox.drain()
    assert [world.said(room) for room in rooms] == [["0"], ["1"], ["2"], ["3"]]


async def test_a_fault_of_an_adapter_stops_nobody_else(world: World) -> None:
    class Broken(MemoryPlatform):
        async def post(self, room: str, message: Message, *, name: str, reply_to: str = "") -> str:
            if name == "bad":
                raise KeyError("ts")
            return await super().post(room, message, name=name, reply_to=reply_to)

    world.platform = Broken(world.server)
    one, two = world.room("one"), world.room("two")
    await say(world, one, "bad")
    outbox = await say(world, two, "good")
    await outbox.drain()
    assert world.said(two) == ["good"]
    assert (await world.row("bad")).error == "unreachable:KeyError"


async def test_a_call_that_takes_too_long_is_given_up_and_looked_for(world: World) -> None:
    class Stuck(MemoryPlatform):
        stuck = True

        async def post(self, room: str, message: Message, *, name: str, reply_to: str = "") -> str:
            posted = await super().post(room, message, name=name, reply_to=reply_to)
            if self.stuck:
                self.stuck = False
                await asyncio.Event().wait()
            return posted

    world.platform = Stuck(world.server, pace=Pace(timeout=1.5))
    room = world.room("lobby")
    outbox = await say(world, room, "1")
    await outbox.drain()
    assert (await world.row("1")).error == "unreachable:timeout"
    world.now.advance(seconds=5)
    await outbox.drain()
    assert world.said(room) == ["1"]
    assert await attempts(world.store, "1") == ["", "found"]


async def test_an_attempt_that_was_there_all_along_is_found_and_not_repeated(world: World) -> None:
    room = world.room("lobby")
    outbox = await say(world, room, "1")
    world.server.fail("post", Unreachable("timeout"), effect=True)
    await outbox.drain()
    world.now.advance(seconds=9)
    await outbox.drain()
    assert await attempts(world.store, "1") == [""], "looked for before the first attempt could have its effect"
    world.now.advance(seconds=2)
    await outbox.drain()
    assert world.said(room) == ["1"]
    assert await attempts(world.store, "1") == ["", "found"]
    assert (await world.row("1")).state == "sent"


async def test_what_was_looked_for_in_vain_is_said_and_not_looked_for_again(world: World) -> None:
    room = world.room("lobby")
    outbox = await say(world, room, "1")
    world.server.fail("post", Unreachable("timeout"))
    await outbox.drain()
    world.now.advance(seconds=15)
    await outbox.drain()
    assert world.said(room) == ["1"]
    assert await attempts(world.store, "1") == ["absent", "sent"]


# ---------------------------------------------------------------- time


async def test_not_before_and_not_after(world: World) -> None:
    room = world.room("lobby")
    at, end = START + timedelta(hours=1), START + timedelta(hours=2)
    await say(world, room, "later", not_before=at)
    await say(world, room, "too late", not_before=at, not_after=end)
    outbox = await say(world, room, "now")
    await outbox.drain()
    assert world.said(room) == ["now"]
    world.now.time = at
    await outbox.drain()
    assert world.said(room) == ["now", "later", "too late"]
    await say(world, room, "missed", not_before=at + timedelta(minutes=1), not_after=end)
    world.now.time = end + timedelta(seconds=1)
    await outbox.drain()
    assert "missed" not in world.said(room)
    row = await world.row("missed")
    assert (row.state, row.error, row.body) == ("dropped", "too_late", "{}")


async def test_a_batch_can_be_followed_and_cancelled(world: World) -> None:
    room = world.room("lobby")
    await say(world, room, "1", "2", batch="b")
    outbox = await say(world, room, "3", "4", batch="b", not_before=START + timedelta(hours=1))
    await say(world, room, "5", batch="other", not_before=START + timedelta(hours=1))
    await outbox.drain()
    assert await outbox.progress("b") == {"sent": 2, "later": 2}
    async with world.store.write() as session:
        planner = outbox.within(session, world.now())
        assert await planner.cancel(batch="b") == 2
        assert await planner.cancel(batch="b") == 0
        assert await planner.cancel() == 0
    world.now.advance(hours=2)
    await outbox.drain()
    assert world.said(room) == ["1", "2", "5"]
    assert await outbox.progress("b") == {"sent": 2, "cancelled": 2}


async def test_one_promise_can_be_cancelled_by_its_name(world: World) -> None:
    room = world.room("lobby")
    outbox = await say(world, room, "1", "2")
    async with world.store.write() as session:
        assert await outbox.within(session, world.now()).cancel(name="1") == 1
    await outbox.drain()
    assert world.said(room) == ["2"]


# ---------------------------------------------------------------- edits, replies, pins, removals


async def test_an_edit_before_the_post_changes_what_is_posted(world: World) -> None:
    room = world.room("lobby")
    to = To(room=room, platform="acme")
    outbox = await plan(world, (to, "old", "card", {}), (to, "new", "edit", {"op": "edit", "of": "card"}))
    await outbox.drain()
    assert world.said(room) == ["new"]
    assert next(iter(world.server.rooms[room].messages.values())).edits == 0
    assert (await world.row("edit")).error == "merged"


async def test_an_edit_never_overtakes_its_post(world: World) -> None:
    room = world.room("lobby")
    to = To(room=room, platform="acme")
    outbox = await plan(world, (to, "old", "card", {"priority": Priority.REMINDER}))
    world.server.fail("post", Unreachable("timeout"))
    await outbox.drain()  # one attempt of unknown outcome: too late to change what it says
    edit = {"op": "edit", "of": "card", "priority": Priority.ANSWER}
    await promised(world.store, outbox, world.now(), (to, "new", "edit", edit))
    await outbox.drain()
    assert world.said(room) == []
    world.now.advance(seconds=15)
    await outbox.drain()
    assert world.said(room) == ["new"]
    assert next(iter(world.server.rooms[room].messages.values())).edits == 1


async def test_of_several_edits_only_the_last_is_made(world: World) -> None:
    room = world.room("lobby")
    to = To(room=room, platform="acme")
    outbox = await plan(world, (to, "0", "card", {}))
    await outbox.drain()
    for number in "123":
        await promised(world.store, outbox, world.now(), (to, number, f"edit {number}", {"op": "edit", "of": "card"}))
    await outbox.drain()
    assert world.said(room) == ["3"]
    assert next(iter(world.server.rooms[room].messages.values())).edits == 1
    assert await world.states("edit 1", "edit 2", "edit 3") == ["dropped", "dropped", "sent"]


async def test_an_edit_that_may_have_been_made_is_not_overtaken_by_the_next(world: World) -> None:
    room = world.room("lobby")
    to = To(room=room, platform="acme")
    outbox = await plan(world, (to, "0", "card", {}))
    await outbox.drain()
    await promised(world.store, outbox, world.now(), (to, "1", "edit 1", {"op": "edit", "of": "card"}))
    world.server.fail("edit", Unreachable("timeout"))
    await outbox.drain()
    await promised(world.store, outbox, world.now(), (to, "2", "edit 2", {"op": "edit", "of": "card"}))
    await outbox.drain()
    assert world.said(room) == ["0"]
    world.now.advance(seconds=15)
    await outbox.drain()
    assert world.said(room) == ["2"]
    assert await world.states("edit 1", "edit 2") == ["sent", "sent"]


async def test_an_edit_of_what_was_never_said_is_dropped_and_a_reply_stands_alone(world: World) -> None:
    room = world.room("lobby")
    to = To(room=room, platform="acme")
    outbox = await plan(world, (to, "card", "card", {}))
    world.server.fail("post", Unreachable("timeout"))
    await outbox.drain()
    await promised(
        world.store,
        outbox,
        world.now(),
        (to, "new", "edit", {"op": "edit", "of": "card"}),
        (to, "reply", "reply", {"reply_to": "card"}),
        (to, "lost", "lost", {"op": "edit", "of": "never promised"}),
    )
    world.now.advance(seconds=15)
    world.server.fail("find", NotAllowed("not_in_channel"))
    await outbox.drain()
    assert world.said(room) == ["reply"]
    assert next(iter(world.server.rooms[room].messages.values())).reply_to == ""
    assert await world.states("card", "edit", "reply", "lost") == ["dead", "dropped", "sent", "dropped"]


async def test_a_reply_joins_the_thread_of_what_somebody_else_wrote(world: World) -> None:
    room = world.room("lobby")
    place = world.server.rooms[room]
    wrote = world.server.keep(place, "U1", Message(parts=()))
    outbox = await plan(world, (To(room=room, platform="acme"), "card", "card", {"reply_to": in_thread_of(wrote)}))
    await outbox.drain()
    assert place.messages[(await world.row("card")).external_id].reply_to == wrote


async def test_a_reply_joins_the_thread_and_a_pin_and_a_removal_find_their_message(world: World) -> None:
    room = world.room("lobby")
    to = To(room=room, platform="acme")
    outbox = await plan(
        world,
        (to, "card", "card", {}),
        (to, "reply", "reply", {"reply_to": "card"}),
        (to, "", "pin", {"op": "pin", "of": "card"}),
    )
    await outbox.drain()
    card, reply = (await world.row("card")).external_id, (await world.row("reply")).external_id
    place = world.server.rooms[room]
    assert place.messages[reply].reply_to == card
    assert place.pins == [card]
    await promised(world.store, outbox, world.now(), (to, "", "removal", {"op": "delete", "of": "reply"}))
    await outbox.drain()
    assert world.said(room) == ["card"]


async def test_what_is_withdrawn_before_it_was_said_is_never_said(world: World) -> None:
    room = world.room("lobby")
    to = To(room=room, platform="acme")
    outbox = await plan(world, (to, "card", "card", {}), (to, "", "removal", {"op": "delete", "of": "card"}))
    await outbox.drain()
    assert world.said(room) == []
    assert await world.states("card", "removal") == ["cancelled", "dropped"]


async def test_an_edit_waits_for_a_post_that_waits_for_its_hour(world: World) -> None:
    ann, account = await world.person("Ann")
    world.now.time = START.replace(hour=20)
    outbox = await plan(world, (To(person=ann), "card", "card", {"kind": "decision"}))
    await promised(world.store, outbox, world.now(), (To(person=ann), "", "pin", {"op": "pin", "of": "card"}))
    await outbox.drain()
    assert world.told(account) == []
    world.now.advance(hours=13)
    await outbox.drain()
    assert world.told(account) == ["card"]
    assert await world.states("card", "pin") == ["sent", "sent"]


# ---------------------------------------------------------------- attention


async def test_an_answer_comes_at_any_hour_and_a_decision_in_the_morning(world: World) -> None:
    ann, account = await world.person("Ann", zone="America/Montreal")  # four in the morning there
    outbox = await plan(
        world,
        (To(person=ann), "decide", "decide", {"kind": "decision", "asks": True}),
        (To(person=ann), "here", "here", {"kind": "answer"}),
    )
    await outbox.drain()
    assert world.told(account) == ["here"]
    world.now.time = datetime(2026, 11, 23, 14, 1, tzinfo=START.tzinfo)
    await outbox.drain()
    assert world.told(account) == ["here", "decide"]
    async with world.store.read() as session:
        held = await contacts.held(session, ann)
    assert [(one.promise, one.kind, one.asks, one.sent_at) for one in held] == [
        ("decide", "decision", True, world.now())
    ]


async def test_the_budget_holds_back_what_was_planned_together(world: World) -> None:
    ann, account = await world.person("Ann")
    async with world.store.write() as session:
        await session.exec(sa.update(Person).values(greeted_at=START - timedelta(days=30)))
    outbox = await plan(
        world, *((To(person=ann), str(number), str(number), {"kind": "reminder"}) for number in range(3))
    )
    for expected in (1, 2, 3):
        await outbox.drain()
        assert len(world.told(account)) == expected
        world.now.advance(days=6)
        await outbox.drain()
        assert len(world.told(account)) == expected
        world.now.advance(days=1)


async def test_someone_silent_gets_nothing_optional_until_they_answer(world: World) -> None:
    ann, account = await world.person("Ann")
    asks = {"kind": "decision", "asks": True}
    outbox = await plan(world, *((To(person=ann), str(n), str(n), asks) for n in range(3)))
    await outbox.drain()
    await promised(world.store, outbox, world.now(), (To(person=ann), "psst", "psst", {"kind": "reminder"}))
    await outbox.drain()
    assert world.told(account) == ["0", "1", "2"]
    row = await world.row("psst")
    assert (row.state, row.error) == ("dropped", "not_now")
    async with world.store.write() as session:
        await contacts.answered(session, ann, world.now())
    await promised(world.store, outbox, world.now(), (To(person=ann), "hello", "hello", {"kind": "reminder"}))
    await outbox.drain()
    assert world.told(account)[-1] == "hello"


async def test_nothing_optional_disturbs_who_does_not_want_to_be(world: World) -> None:
    ann, account = await world.person("Ann")
    world.server.accounts[account].undisturbed = START + timedelta(hours=1)
    outbox = await plan(world, (To(person=ann), "hello", "hello", {"kind": "reminder"}))
    await outbox.drain()
    assert world.told(account) == []
    world.now.advance(hours=1)
    await outbox.drain()
    assert world.told(account) == ["hello"]


# ---------------------------------------------------------------- kills


async def deliver_through_a_kill(world: World, step: str, nth: int) -> Death:
    """Twelve messages to four rooms and a person; the process dies at a step, and another goes on."""
    rooms = [world.room(f"room-{i}") for i in range(4)]
    ann, account = await world.person("Ann")
    death = Death(step, nth)
    dying = world.outbox(death)
    tells: list[tuple[To, str, str, Mapping[str, object]]] = [
        (To(room=rooms[i % 4], platform="acme"), str(i), str(i), {}) for i in range(8)
    ]
    tells += [(To(person=ann), str(i), str(i), {"kind": "answer"}) for i in range(8, 12)]
    await promised(world.store, dying, world.now(), *tells)
    with pytest.raises(Killed):
        await dying.drain()
    for _ in range(3):
        world.now.advance(seconds=11)
        await world.outbox().drain()
    assert [world.said(room) for room in rooms] == [[str(i), str(i + 4)] for i in range(4)]
    assert world.told(account) == ["8", "9", "10", "11"]
    assert set(await world.states(*map(str, range(12)))) == {"sent"}
    return death


@pytest.mark.parametrize("nth", [1, 2, 5])
@pytest.mark.parametrize("step", STEPS)
async def test_a_kill_at_any_step_and_everyone_sees_everything_once(world: World, step: str, nth: int) -> None:
    if step != "outbox.posted" and nth == 5:
        nth = 3
    await deliver_through_a_kill(world, step, nth)


@pytest.mark.parametrize("step", STEPS)
async def test_a_kill_where_the_platform_knows_names_by_itself(store: Store, step: str) -> None:
    await deliver_through_a_kill(World(store, forms=False), step, 2)


async def test_without_looking_first_a_kill_says_things_twice(world: World) -> None:
    """What the tests above would miss if the look-up did nothing."""

    class Blind(MemoryPlatform):
        async def find(self, room: str, name: str, since: datetime, *, reply_to: str = "") -> str | None:
            return None

    world.platform = Blind(world.server)
    with pytest.raises(AssertionError):
        await deliver_through_a_kill(world, "outbox.posted", 2)


# ---------------------------------------------------------------- several processes


async def until(holds: Callable[[], object]) -> None:
    """Wait until something is so."""
    for _ in range(1500):
        found = holds()
        if asyncio.iscoroutine(found):
            found = await found
        if found:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come to that")


async def has_duty(world: World, holder: str) -> bool:
    """It is this process that sends."""
    async with world.store.read() as session:
        return (await session.exec(select(Duty.holder))).all() == [holder]


async def said(world: World, room: str, texts: list[str]) -> bool:
    return world.said(room) == texts


async def attempted(world: World, number: int) -> bool:
    async with world.store.read() as session:
        return (await session.exec(select(sa.func.count()).select_from(Attempt))).one() == number


async def test_what_is_planned_while_running_is_said_at_once(world: World) -> None:
    room, outbox = world.room("lobby"), world.outbox()
    running = asyncio.create_task(outbox.run())
    for text in "12345":
        await promised(world.store, outbox, world.now(), (To(room=room, platform="acme"), text, text, {}))
    await until(lambda: said(world, room, list("12345")))
    outbox.stop()
    await running
    assert set(await world.states(*"12345")) == {"sent"}


async def test_only_one_process_sends_and_another_takes_over_when_it_vanishes(world: World) -> None:
    room = world.room("lobby")
    first, second = world.outbox(holder="first", lease=0.6), world.outbox(holder="second", lease=0.6)
    await promised(world.store, first, world.now(), (To(room=room, platform="acme"), "1", "1", {}))
    await first.drain()
    await promised(world.store, second, world.now(), (To(room=room, platform="acme"), "2", "2", {}))
    await second.drain()
    assert world.said(room) == ["1"], "the first holds the duty still"
    running = asyncio.create_task(second.run())
    await until(lambda: said(world, room, ["1", "2"]))
    second.stop()
    await running


async def test_who_was_replaced_cannot_settle_and_what_it_said_is_not_said_again(world: World) -> None:
    going, on = asyncio.Event(), asyncio.Event()

    class Slow(MemoryPlatform):
        async def post(self, room: str, message: Message, *, name: str, reply_to: str = "") -> str:
            posted = await super().post(room, message, name=name, reply_to=reply_to)
            going.set()
            await on.wait()
            return posted

    world.platform = Slow(world.server)
    room = world.room("lobby")
    slow = world.outbox(holder="slow")
    await promised(world.store, slow, world.now(), (To(room=room, platform="acme"), "1", "1", {}))
    running = asyncio.create_task(slow.run())
    await going.wait()
    async with world.store.write() as session:  # its lease runs out
        await session.exec(sa.update(Duty).values(until=START - timedelta(days=9000)))
    world.platform = MemoryPlatform(world.server)
    other = world.outbox(holder="other")
    await other.drain()
    assert (await world.row("1")).state == "todo", "too early to look for it"
    on.set()
    await until(lambda: outcome(world, "1", ["sent"]))
    world.now.advance(seconds=11)
    await other.drain()
    assert world.said(room) == ["1"]
    assert (await world.row("1")).state == "sent"
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_refusal_that_reaches_who_was_replaced_gives_nothing_up(world: World) -> None:
    class Held(MemoryPlatform):
        """Its post takes until it is told how to end."""

        def __init__(self, world: World, error: Exception | None) -> None:
            super().__init__(world.server)
            self.begun, self.end, self.error = asyncio.Event(), asyncio.Event(), error

        async def post(self, room: str, message: Message, *, name: str, reply_to: str = "") -> str:
            self.begun.set()
            await self.end.wait()
            if self.error:
                raise self.error
            return await super().post(room, message, name=name, reply_to=reply_to)

    room = world.room("lobby")
    world.platform = old = Held(world, NotAllowed("not_in_channel"))
    replaced = world.outbox(holder="old")
    await promised(world.store, replaced, world.now(), (To(room=room, platform="acme"), "1", "1", {}))
    running = [asyncio.create_task(replaced.run())]
    await old.begun.wait()
    async with world.store.write() as session:  # its lease runs out
        await session.exec(sa.update(Duty).values(until=START - timedelta(days=9000)))
    world.now.advance(seconds=11)
    world.platform = new = Held(world, None)
    running.append(asyncio.create_task(world.outbox(holder="new").run()))
    await until(lambda: has_duty(world, "new"))
    world.now.advance(seconds=11)  # whatever its clock says, the other's call may be under way until then
    await new.begun.wait()
    old.end.set()
    await until(lambda: outcome(world, "1", ["not_in_channel", ""]))
    assert (await world.row("1")).state == "going"
    new.end.set()
    await until(lambda: outcome(world, "1", ["not_in_channel", "sent"]))
    assert (await world.row("1")).state == "sent"
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)


async def test_nothing_more_urgent_enters_a_room_while_something_is_on_its_way(world: World) -> None:
    going, on = asyncio.Event(), asyncio.Event()

    class Slow(MemoryPlatform):
        async def post(self, room: str, message: Message, *, name: str, reply_to: str = "") -> str:
            if name == "1":
                going.set()
                await on.wait()
            return await super().post(room, message, name=name, reply_to=reply_to)

    world.platform = Slow(world.server)
    room, other = world.room("lobby"), world.room("other")
    outbox = await say(world, room, "1")
    running = asyncio.create_task(outbox.run())
    await going.wait()
    urgent = {"priority": Priority.ANSWER}
    to = To(room=room, platform="acme"), To(room=other, platform="acme")
    await promised(world.store, outbox, world.now(), (to[0], "2", "2", urgent), (to[1], "3", "3", urgent))
    await until(lambda: said(world, other, ["3"]))
    assert world.said(room) == []
    on.set()
    await until(lambda: said(world, room, ["1", "2"]))
    outbox.stop()
    await running


async def outcome(world: World, name: str, expected: list[str]) -> bool:
    return await attempts(world.store, name) == expected


async def test_stopping_finishes_what_is_in_hand_and_hands_the_duty_back(world: World) -> None:
    going, on = asyncio.Event(), asyncio.Event()

    class Slow(MemoryPlatform):
        async def post(self, room: str, message: Message, *, name: str, reply_to: str = "") -> str:
            going.set()
            await on.wait()
            return await super().post(room, message, name=name, reply_to=reply_to)

    world.platform = Slow(world.server)
    room = world.room("lobby")
    outbox = await say(world, room, "1", "2")
    running = asyncio.create_task(outbox.run())
    await going.wait()
    outbox.stop()
    on.set()
    await running
    assert world.said(room) == ["1"]
    assert await world.states("1", "2") == ["sent", "todo"]
    await world.outbox(holder="another").drain()
    assert world.said(room) == ["1", "2"]


# ---------------------------------------------------------------- a platform that accepts the bot no more


def lock(world: World, times: int, call: str = "post") -> None:
    """The next calls of that name find that the token is good no more."""
    for _ in range(times):
        world.server.fail(call, LockedOut("token_revoked"))


async def duty(store: Store) -> Duty:
    async with store.read() as session:
        return (await session.exec(select(Duty).where(Duty.name == "send:acme"))).one()


async def test_what_waits_while_the_bot_is_locked_out_is_kept_and_said_once(world: World) -> None:
    rooms = [world.room(f"room-{i}") for i in range(4)]
    for number, room in enumerate(rooms):
        await say(world, room, str(number))
    lock(world, 1000)
    outbox = world.outbox()
    for _ in range(200):  # ten days: far longer than what is lost on the way would be tried
        await outbox.drain()
        world.now.advance(hours=1.2)
    assert await world.states("0", "1", "2", "3") == ["todo"] * 4
    assert await outbox.dead() == []
    assert {(await world.row(str(i))).tries for i in range(4)} == {0}, "it is the bot that is refused, not the promise"
    world.server.faults["post"].clear()
    await outbox.drain()
    assert [world.said(room) for room in rooms] == [["0"], ["1"], ["2"], ["3"]]
    assert (await duty(world.store)).locked == ""


async def test_a_locked_out_sender_asks_ever_more_rarely(world: World) -> None:
    outbox = await say(world, world.room("lobby"), "1")
    lock(world, 1000)
    for _ in range(120):
        await outbox.drain()
        world.now.advance(seconds=30)
    tries = 1000 - len(world.server.faults["post"])
    assert 12 <= tries <= 20, "in an hour: after 5 s, 10 s, 20 s, … and then every five minutes"
    row = await duty(world.store)
    assert (row.locked, row.locked_at) == ("token_revoked", START)


async def test_locked_out_one_try_tells_as_much_as_ten(world: World) -> None:
    rooms = [world.room(f"room-{i}") for i in range(8)]
    for number, room in enumerate(rooms):
        await say(world, room, str(number))
    lock(world, 9)
    outbox = world.outbox()
    await outbox.drain()
    tried = len(world.server.faults["post"])
    world.now.advance(seconds=6)
    await outbox.drain()
    assert tried - len(world.server.faults["post"]) == 1


async def test_locked_out_while_asking_what_was_said_before_leaves_it_unknown(world: World) -> None:
    room = world.room("lobby")
    outbox = await say(world, room, "1")
    world.server.fail("post", Unreachable("timeout"), effect=True)
    await outbox.drain()
    lock(world, 1, "find")
    world.now.advance(seconds=30)
    await outbox.drain()
    world.now.advance(seconds=30)
    await outbox.drain()
    assert world.said(room) == ["1"]
    assert await attempts(world.store, "1") == ["", "locked_out:token_revoked", "found"]


async def test_the_next_process_knows_that_the_bot_is_locked_out(world: World) -> None:
    outbox = await say(world, world.room("lobby"), "1")
    lock(world, 2)
    await outbox.drain()
    await world.outbox(holder="there", lease=0.0).drain()
    assert len(world.server.faults["post"]) == 1, "it waits as the one before it would have"
    assert (await duty(world.store)).locked == "token_revoked"


async def test_when_nothing_waits_any_more_nothing_is_held_up(world: World) -> None:
    outbox = await say(world, world.room("lobby"), "1")
    lock(world, 1)
    await outbox.drain()
    async with world.store.write() as session:
        await outbox.within(session, world.now()).cancel(name="1")
    world.now.advance(minutes=6)
    await outbox.drain()
    assert (await duty(world.store)).locked == ""
