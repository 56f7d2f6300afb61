"""Events are recorded first, handled once and in order, and set aside when they cannot be: on both engines."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from pydantic import BaseModel
from sqlalchemy import text
from sqlmodel import col, select
from structlog.testing import capture_logs

from bot import dialogue
from bot.chat import Command, Errors, Joined, Left, Overloaded, Reacted, Read, Spoke, Submission, Unreachable
from bot.dispatch import TRIES
from bot.nudge import Answer, Asking, Context, FieldErrors, Nudge
from bot.say import Ask, Question, say
from storage import events, people
from storage.database import Store
from storage.dialogues import Dialogue
from storage.outbox import Promise
from storage.people import Account, Person
from tests.contract.spine import Spine
from tests.contract.world import LOCALES, Death, Killed
from tests.humans import eventually


@pytest.fixture
def spine(store: Store) -> Iterator[Spine]:
    with capture_logs():  # tracebacks drawn for a terminal take seconds
        yield Spine(store)


@pytest.fixture
def ana(spine: Spine) -> str:
    return spine.person("ana")


@pytest.fixture
def bob(spine: Spine) -> str:
    return spine.person("bob", language="fr")


# ---------------------------------------------------------------- once


async def test_an_event_delivered_three_times_and_out_of_order_is_handled_once(spine: Spine, ana: str) -> None:
    one, two = spine.says(ana, "note one"), spine.says(ana, "note two")
    async with spine.living(spine.intake()) as intake:
        for event in (one, two, one, two):
            await intake.record(event)
        await spine.settled()
        for event in (two, one):
            await intake.record(event)
        await spine.settled()
    assert await spine.notes() == ["one", "two"]
    assert await spine.states() == ["done", "done"]
    assert len(await spine.told(ana)) == 2
    assert [each.body for each in await spine.events()] == ["{}", "{}"], "what was said is forgotten"


async def test_two_processes_on_one_store_handle_each_event_once(spine: Spine) -> None:
    people = [spine.person(f"p{number}") for number in range(6)]
    async with spine.living(spine.intake()) as one, spine.living(spine.intake()) as other:
        for number, by in enumerate(people):
            await (one if number % 2 else other).record(spine.says(by, f"note {number}"))
        await spine.settled()
    assert sorted(await spine.notes()) == [str(number) for number in range(6)]
    assert len(await spine.told()) == 6


# ---------------------------------------------------------------- in order


async def test_events_are_handled_in_order_per_person_while_others_go_on(spine: Spine, ana: str, bob: str) -> None:
    gate = asyncio.Event()
    started = asyncio.Event()

    async def wait() -> None:
        started.set()
        await gate.wait()

    intake = spine.intake()
    # Before the transaction, as a slow platform would be: asking who somebody is.
    asked = spine.platform.profile

    async def slow(person: str, *, since: datetime | None = None) -> object:
        if person == ana:
            await wait()
        return await asked(person, since=since)

    spine.platform.profile = slow  # type: ignore[method-assign, assignment] # a platform that answers late
    async with spine.living(intake):
        await intake.record(spine.says(ana, "note a1"))
        await intake.record(spine.says(ana, "note a2"))
        await started.wait()
        await intake.record(spine.says(bob, "note b1"))

        async def bob_done() -> bool:
            return await spine.notes() == ["b1"]

        await eventually(bob_done, "bob does not wait for ana")
        gate.set()
        await spine.settled()
    assert await spine.notes() == ["b1", "a1", "a2"]


async def test_events_of_one_room_are_handled_in_order_whoever_acts(spine: Spine, ana: str, bob: str) -> None:
    intake = spine.intake()
    room = spine.world.room("garden")
    spine.server.fail("profile", Unreachable("gone_for_now"))  # ana's first is put off for a second
    async with spine.living(intake):
        await intake.record(spine.says(ana, "note first", room=room, direct=False))

        async def put_off() -> bool:
            return [each.tries for each in await spine.events()] == [1]

        await eventually(put_off, "the first is put off")
        await intake.record(spine.says(bob, "note second", room=room, direct=False))
        await intake.record(spine.says(bob, "note elsewhere later"))
        await asyncio.sleep(0.05)
        assert await spine.notes() == [], "bob's own order holds too"
        spine.now.advance(seconds=2)
        intake.wake()
        await spine.settled()
    assert await spine.notes() == ["first", "second", "elsewhere later"]


# ---------------------------------------------------------------- set aside


async def fails() -> None:
    raise ZeroDivisionError


async def tried_to_the_end(spine: Spine, key: str) -> None:
    """Let the time pass until an event is set aside."""

    async def parked() -> bool:
        spine.now.advance(seconds=10)
        return bool(await spine.events(key=key, state="parked"))

    await eventually(parked, "the event is set aside")


async def test_what_always_fails_is_set_aside_and_its_person_is_told_a_reference(
    spine: Spine, ana: str, bob: str
) -> None:
    spine.garden.during["x"] = fails
    bad, after = spine.says(ana, "note x"), spine.says(ana, "note after")
    async with spine.living(spine.intake()) as intake:
        await intake.record(bad)
        await intake.record(after)
        await intake.record(spine.says(bob, "note b"))
        await tried_to_the_end(spine, bad.key)
        await spine.settled()
    parked = (await spine.events(state="parked"))[0]
    assert parked.tries == TRIES - 1
    assert parked.error.startswith("bug ")
    told = json.loads((await spine.told(ana))[0])["lines"][0]
    assert told["id"] == "went-wrong"
    assert told["args"]["reference"] == parked.error.removeprefix("bug ")
    assert sorted(await spine.notes()) == ["after", "b"], "what the failed handler wrote is undone"
    assert spine.outcomes.count(("command", "retry")) == TRIES - 1


async def test_what_was_set_aside_is_handled_again_when_it_is_asked_for(spine: Spine, ana: str) -> None:
    spine.garden.during["x"] = fails
    bad = spine.says(ana, "note x")
    async with spine.living(spine.intake()) as intake:
        await intake.record(bad)
        await tried_to_the_end(spine, bad.key)
        spine.garden.during.clear()
        row = (await spine.events())[0]
        async with spine.store.write() as session:
            assert row.id is not None
            assert await events.unpark(session, row.id, spine.now())
        intake.wake()
        await spine.settled()
    assert await spine.notes() == ["x"]
    assert await spine.states() == ["done"]
    told = [json.loads(each)["lines"][0] for each in await spine.told(ana)]
    assert [each["id"] for each in told] == ["went-wrong", "plain"], "the answer is said after all"
    assert told[1]["args"]["text"] == "noted x"


async def test_what_cannot_be_read_from_the_store_is_set_aside_and_the_rest_goes_on(
    spine: Spine, ana: str, bob: str
) -> None:
    now = spine.now()
    row = {"platform": "acme", "kind": "press", "lane_person": f"acme:{ana}", "due": now, "received_at": now}
    async with spine.store.write() as session:
        await events.record(session, [{**row, "key": "old", "body": '{"kind": "press", "unheard_of": 1}'}])
        await events.record(session, [{**row, "key": "cut", "body": '{"kind": "pre'}])
    async with spine.living(spine.intake()) as intake:
        await intake.record(spine.says(bob, "note b"))
        await intake.record(spine.says(ana, "note a"))

        async def put_off() -> bool:
            first = (await spine.events(key="old"))[0]
            return first.error == "unreadable" and await spine.notes() == ["b"]

        await eventually(put_off, "ana's come after what another version may know how to read")
        spine.now.advance(minutes=6)
        intake.wake()
        await spine.settled()
    assert [(each.key, each.error) for each in await spine.events(state="parked")] == [
        ("old", "unreadable"),
        ("cut", "unreadable"),
    ]
    assert sorted(await spine.notes()) == ["a", "b"]


async def test_half_a_character_is_set_aside_and_its_batch_is_recorded(spine: Spine, ana: str) -> None:
    batch = [spine.says(ana, "note one"), spine.says(ana, "note \ud800"), spine.says(ana, "note three")]
    async with spine.living(spine.intake()) as intake:
        await intake.advance("acme", batch, "s1")
        await spine.settled()
        assert await intake.position("acme") == "s1"
    assert await spine.states() == ["done", "parked", "done"]
    assert await spine.notes() == ["one", "three"]


async def test_what_no_database_takes_does_not_keep_others_out(spine: Spine, ana: str) -> None:
    intake = spine.intake()
    good = asyncio.create_task(intake.record(spine.says(ana, "note good")))
    bad = asyncio.create_task(intake.record(spine.says(ana, "note bad", platform="\ud800")))
    await asyncio.sleep(0)
    async with spine.living(intake):
        await good
        with pytest.raises(Overloaded):
            await bad
        await intake.record(spine.says(ana, "note later"))
        await spine.settled()
    assert await spine.notes() == ["good", "later"]


async def test_what_was_never_readable_leaves_a_trace(spine: Spine) -> None:
    intake = spine.intake()
    await intake.park("acme", "k1", "missing by")
    await intake.park("acme", "k1", "missing by")
    found = await spine.events()
    assert [(each.key, each.state, each.error) for each in found] == [("k1", "parked", "missing by")]


# ---------------------------------------------------------------- full, away


async def test_when_full_nothing_is_recorded(spine: Spine, ana: str) -> None:
    spine.garden.during["one"] = fails
    intake = spine.intake(max_waiting=1)
    async with spine.living(intake):
        await intake.record(spine.says(ana, "note one"))
        with pytest.raises(Overloaded):
            await intake.record(spine.says(ana, "note two"))
        assert len(await spine.events()) == 1
        spine.garden.during.clear()
        spine.now.advance(seconds=5)
        intake.wake()
        await spine.settled()

        async def again() -> bool:
            try:
                await intake.record(spine.says(ana, "note again"))
            except Overloaded:
                return False
            return True

        await eventually(again, "there is room again")


async def test_a_queue_before_the_database_is_bounded_too(spine: Spine, ana: str) -> None:
    intake = spine.intake(max_waiting=3)  # nobody writes: it does not run yet
    waiting = [asyncio.create_task(intake.record(spine.says(ana, f"note {number}"))) for number in range(3)]
    await asyncio.sleep(0)
    with pytest.raises(Overloaded):
        await intake.record(spine.says(ana, "note 3"))
    async with spine.living(intake):
        await asyncio.gather(*waiting)
        await spine.settled()
    assert await spine.notes() == ["0", "1", "2"]


async def test_without_a_database_nothing_is_recorded_and_later_all_goes_on(spine: Spine, ana: str) -> None:
    intake = spine.intake()
    async with spine.living(intake):
        spine.store.away = "all"
        for attempt in (intake.record(spine.says(ana, "note x")), intake.advance("acme", [], "s1")):
            with pytest.raises(Overloaded):
                await attempt
        spine.store.away = ""
        assert await spine.events() == []
        assert await intake.position("acme") == ""
        await intake.record(spine.says(ana, "note y"))
        await spine.settled()
    assert await spine.notes() == ["y"]


async def test_without_a_database_a_form_cannot_be_checked_and_its_person_is_told(spine: Spine, ana: str) -> None:
    intake = spine.intake()
    page = Submission(key="s1", platform="acme", by=ana, at=spine.now(), form="garden.sow", values={"what": "tulips"})
    reading = asyncio.create_task(spine.platform.run(intake))
    async with spine.living(intake):
        await intake.record(spine.says(ana, "note x"))
        await spine.settled()
        spine.store.away = "all"
        with pytest.raises(Overloaded):
            await intake.check(page)
        errors = await spine.platform.submitted(page)
        assert isinstance(errors, Errors)
        assert "I could not note" in errors.fields["what"]
        spine.store.away = ""
        assert await spine.platform.submitted(page) is None
        await spine.settled()
    reading.cancel()
    assert await spine.notes() == ["x", "tulips"]


async def test_a_person_hears_in_their_language_that_nothing_was_recorded(spine: Spine, bob: str) -> None:
    async with spine.living(spine.intake()) as intake:
        await intake.record(spine.says(bob, "note b"))
        await spine.settled()
        spine.store.away = "all"
        message = await intake.not_recorded("acme", bob)
        assert "Je n’ai pas pu noter" in message.parts[0].text
        assert "I could not note" in (await intake.not_recorded("acme", "U0")).parts[0].text


async def test_a_full_disk_while_handling_counts_no_try_and_does_not_spin(spine: Spine, ana: str) -> None:
    handled: list[float] = []

    async def fill_the_disk() -> None:
        handled.append(asyncio.get_running_loop().time())
        spine.store.away = "write"
        raise ZeroDivisionError

    async def refused() -> bool:
        return spine.store.refused >= 3

    spine.garden.during["x"] = fill_the_disk
    async with spine.living(spine.intake(idle=0.05)) as intake:
        await intake.record(spine.says(ana, "note x"))
        await eventually(refused, "it tries again, and again")
        assert len(handled) == 1, "nothing can be written, so no handler is called"
        assert asyncio.get_running_loop().time() - handled[0] >= 0.1, "with a rest in between"
        assert [each.tries for each in await spine.events()] == [0]
        spine.garden.during.clear()
        spine.store.away = ""
        await spine.settled()
    assert await spine.notes() == ["x"]


@pytest.mark.parametrize("engine", [pytest.param("postgresql", marks=pytest.mark.postgres)])
async def test_whoever_stood_still_until_the_database_ended_it_does_it_again(store: Store) -> None:
    """A worker of which nothing was heard for too long has its transaction ended; what was accepted is done all the
    same, once, and its person hears nothing of it.
    """
    stood: list[int] = []
    slow = Nudge(id="slow", catalogs=LOCALES[0], settings=BaseModel)

    @slow.command("stand")
    async def stand(_event: Command, ctx: Context) -> Answer:
        ctx.session.add(Person(name="note x", created_at=ctx.now))
        await ctx.session.flush()
        if not stood:
            limit = text("SELECT pg_backend_pid(), set_config('idle_in_transaction_session_timeout', '20ms', true)")
            stood.append((await ctx.session.exec(limit)).one()[0])  # type: ignore[call-overload]
            await eventually(ended, "the database ends it")
            await ctx.session.exec(select(Person))
        return say("plain", text="done")

    async def ended() -> bool:
        async with store.read() as session:
            there = text("SELECT count(*) FROM pg_stat_activity WHERE pid = :pid")
            return not (await session.exec(there, params={"pid": stood[0]})).scalar_one()  # type: ignore[call-overload]

    with capture_logs() as logs:
        spine = Spine(store, slow)
        ana = spine.person("ana")
        async with spine.living(spine.intake()) as intake:
            await intake.record(spine.says(ana, "stand"))
            await spine.settled()
    assert stood
    assert [each["event"] for each in logs if each["log_level"] in {"warning", "error"}] == ["store away"]
    assert [(each.state, each.tries) for each in await spine.events()] == [("done", 0)]
    assert await spine.notes() == ["x"]
    assert [json.loads(each)["lines"][0]["args"]["text"] for each in await spine.told(ana)] == ["done"]


async def test_stopping_lets_nobody_wait_for_ever(spine: Spine, ana: str) -> None:
    intake = spine.intake()
    task = asyncio.create_task(intake.run())
    await intake.record(spine.says(ana, "note x"))
    intake.stop()
    await asyncio.wait_for(task, 5)
    with pytest.raises(Overloaded):
        await intake.record(spine.says(ana, "note y"))
    assert len(await spine.events()) == 1


async def test_what_waits_to_be_recorded_when_it_stops_was_not_recorded(spine: Spine, ana: str) -> None:
    intake = spine.intake()
    waiting = asyncio.create_task(intake.record(spine.says(ana, "note x")))
    await asyncio.sleep(0)
    intake.stop()
    await asyncio.wait_for(intake.run(), 5)
    with pytest.raises(Overloaded):
        await asyncio.wait_for(waiting, 5)


# ---------------------------------------------------------------- commits


async def test_two_hundred_at_once_share_commits(spine: Spine, ana: str) -> None:
    intake = spine.intake()
    recording = [
        asyncio.create_task(intake.record(Spoke(key=f"s{n}", platform="acme", by=ana, room="R1", at=spine.now())))
        for n in range(200)
    ]
    await asyncio.sleep(0)
    before = spine.store.commits
    writer = asyncio.create_task(intake._record_all())
    await asyncio.gather(*recording)
    writer.cancel()
    assert spine.store.commits - before == 1
    assert len(await spine.events()) == 200


async def test_a_position_and_what_came_before_it_are_one_commit(spine: Spine, ana: str) -> None:
    good, bad = spine.says(ana, "note one"), spine.says(ana, "note two", platform="\ud800")  # which no database takes
    async with spine.living(spine.intake()) as intake:
        for batch, position in (([good, bad], "s1"), ([good], "\ud800")):
            with pytest.raises(Overloaded):
                await intake.advance("acme", batch, position)
            assert await spine.events() == []
            assert await intake.position("acme") == ""
        await intake.advance("acme", [good], "s1")
        assert await intake.position("acme") == "s1"
        await spine.settled()
    assert await spine.notes() == ["one"]


@pytest.mark.parametrize("step", ["intake.received", "intake.recorded", "intake.handled"])
async def test_a_kill_at_any_step_loses_nothing_acknowledged_and_doubles_nothing(
    spine: Spine, ana: str, step: str
) -> None:
    first, second = spine.says(ana, "note one"), spine.says(ana, "note two")
    acknowledged: list[str] = []
    dying = Death(step)
    async with spine.living(spine.intake(dying)) as intake:
        for event in (first, second):
            try:
                await intake.record(event)
            except Killed:
                break
            acknowledged.append(event.key)

        async def reached() -> bool:
            return dying.steps[step] >= 1

        await eventually(reached, step)
    kept = {each.key for each in await spine.events()}
    assert kept >= set(acknowledged)
    async with spine.living(spine.intake()) as intake:
        for event in (first, second):  # the platform sends again what was not acknowledged, and more
            await intake.record(event)
        await spine.settled()
    assert await spine.notes() == ["one", "two"]
    assert len(await spine.told(ana)) == 2


# ---------------------------------------------------------------- rights and refusals


async def test_a_refusal_is_said_and_undoes_what_the_handler_wrote(spine: Spine, ana: str) -> None:
    async with spine.living(spine.intake()) as intake:
        await intake.record(spine.says(ana, "refuse x"))
        await spine.settled()
    assert await spine.notes() == []
    assert await spine.states() == ["done"]
    assert ["dialogue-empty" in each for each in await spine.told(ana)] == [True]


async def test_what_is_for_another_role_is_refused(spine: Spine, ana: str) -> None:
    async with spine.living(spine.intake()) as intake:
        await intake.record(spine.says(ana, "decide x"))
        await spine.settled()
    assert await spine.notes() == []
    told = (await spine.told(ana))[0]
    assert "rights-refused" in told
    assert "role-animator" in told


@pytest.mark.parametrize("kind", ["guest", "stranger", "gone", "bot"])
async def test_who_is_no_member_may_do_nothing(spine: Spine, kind: str) -> None:
    gil = spine.person("gil", kind=kind)
    async with spine.living(spine.intake()) as intake:
        await intake.record(spine.says(gil, "note x", handle=spine.server.handle(gil)))
        await intake.record(spine.says(gil, "note y"))  # where nothing can be shown at once
        await spine.settled()
    assert await spine.notes() == []
    assert await spine.states() == ["done", "done"]
    shown = [each.message.parts[0].text for each in spine.server.accounts[gil].whispers]
    assert len(shown) == 1
    assert "With a guest account there is nothing I may do for you" in shown[0]
    async with spine.store.read() as session:
        assert not list(await session.exec(select(Promise))), "who is no member is never written to"
    async with spine.store.read() as session:
        greeted = (await session.get(Person, 1)).greeted_at  # type: ignore[union-attr] # the first ever seen
    assert greeted is None


async def test_who_stops_being_a_member_may_do_nothing_any_more(spine: Spine, ana: str) -> None:
    async with spine.living(spine.intake()) as intake:
        await intake.record(spine.says(ana, "note before"))
        await spine.settled()
        account = spine.server.accounts[ana]
        account.profile = account.profile.model_copy(update={"kind": "gone"})
        spine.now.time += timedelta(hours=25)
        await intake.record(spine.says(ana, "note after"))
        await spine.settled()
    assert await spine.notes() == ["before"]


async def test_who_somebody_is_is_asked_once_a_day(spine: Spine, ana: str) -> None:
    async with spine.living(spine.intake()) as intake:
        for number in range(3):
            await intake.record(spine.says(ana, f"note {number}"))
        await spine.settled()
        assert spine.platform.profiles == [ana]
        spine.now.time += timedelta(hours=25)
        await intake.record(spine.says(ana, "note later"))
        await spine.settled()
    assert spine.platform.profiles == [ana, ana]


async def test_what_nobody_addressed_to_the_bot_is_heard_and_never_answered(spine: Spine, ana: str) -> None:
    async with spine.living(spine.intake()) as intake:
        await intake.record(Spoke(key="s1", platform="acme", by=ana, room="R1", at=spine.now()))
        await spine.settled()
    assert spine.garden.heard == ["s1"]
    assert await spine.told() == []


async def test_of_who_is_merely_overheard_nothing_is_known(spine: Spine, ana: str) -> None:
    """Neither of what a capability listens to, nor of what none does."""
    async with spine.living(spine.intake()) as intake:
        where: dict[str, Any] = {"platform": "acme", "by": ana, "room": "R1", "at": spine.now()}
        for number, event in enumerate((Spoke, Joined, Left, Read)):
            await intake.record(event(key=f"o{number}", **where))
        await intake.record(Reacted(key="o9", on="M1", **where))
        await spine.settled()
    assert await spine.states() == ["done"] * 5
    assert spine.garden.heard == ["o0"]
    assert spine.platform.profiles == []
    async with spine.store.read() as session:
        assert not list(await session.exec(select(Account)))
        assert not list(await session.exec(select(Person)))


# ---------------------------------------------------------------- forms


async def dialogues(spine: Spine) -> list[str]:
    async with spine.store.read() as session:
        return [each.state for each in await session.exec(select(Dialogue).order_by(col(Dialogue.id)))]


async def test_a_form_that_is_refused_is_asked_no_more(spine: Spine, ana: str, bob: str) -> None:
    async with spine.living(spine.intake()) as intake:
        for line in ("sow", bob, "weeds"):
            await intake.record(spine.says(ana, line, prefixed=False))
            await spine.settled()
        assert await dialogues(spine) == ["done"]
        assert "dialogue-empty" in (await spine.told(ana))[-1]
        await intake.record(spine.says(ana, "note after", prefixed=False))
        await spine.settled()
    assert await spine.notes() == ["after"], "the next line is a command again, and no answer"


async def test_an_answer_goes_to_no_other_form_than_the_one_it_was_given_to(spine: Spine, ana: str, bob: str) -> None:
    async def another_begins(asking: Asking) -> FieldErrors:
        async with spine.store.write() as session:
            before = await dialogue.load(session, asking.who.person, "acme")
            assert before is not None
            await dialogue.end(session, before[0], "cancelled")
            form = Ask(id="garden.sow", questions=(Question(name="what", value="roses"),))
            await dialogue.start(session, asking.who.person, "acme", form, spine.now())
        return {}

    spine.garden.check = another_begins  # type: ignore[method-assign]
    async with spine.living(spine.intake()) as intake:
        for line in ("sow", bob):
            await intake.record(spine.says(ana, line, prefixed=False))
            await spine.settled()
    assert "dialogue-gone" in (await spine.told(ana))[-1]
    async with spine.store.read() as session:
        one, other = await session.exec(select(Dialogue).order_by(col(Dialogue.id)))
    assert one.version == other.version, "which says nothing about whose answer it is"
    assert (one.state, other.state) == ("cancelled", "open")
    assert (other.answers, [each["name"] for each in json.loads(other.form)["questions"]]) == (
        '{"what": "roses"}',
        ["what"],
    )


async def test_the_platform_is_asked_about_a_form_while_no_rows_are_open(spine: Spine, ana: str, bob: str) -> None:
    """A page and a line alike: rows left open while a platform takes its time would hold up everybody else."""
    values = {"who": f"{bob} U0", "what": "tulips"}
    page = Submission(key="s1", platform="acme", by=ana, at=spine.now(), form="garden.sow", values=values)
    async with spine.living(spine.intake()) as intake:
        await intake.record(spine.says(ana, "sow", prefixed=False))
        await spine.settled()
        assert await intake.check(page) is None
        assert spine.garden.accounts == [{bob: "member", "U0": "unknown"}]
        for line in (f"{bob} U0", "tulips"):
            await intake.record(spine.says(ana, line, prefixed=False))
            await spine.settled()
    assert await spine.notes() == ["tulips"]
    assert len(spine.garden.accounts) >= 3
    assert {*spine.platform.profiles} == {ana, bob, "U0"}
    assert spine.platform.rows_open == 0
    async with spine.store.read() as session:
        met = await people.account(session, "acme", bob)
    assert met is not None
    assert met.name == "bob", "who a form names is called by their name"


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_a_platform_that_does_not_answer_in_time_is_asked_later(spine: Spine, ana: str, bob: str) -> None:
    spine.platform.never.add(bob)
    async with spine.living(spine.intake()) as intake:
        await intake.record(spine.says(ana, "note hello"))
        await spine.settled()
        values = {"who": f"{bob} {ana}", "what": "tulips"}
        page = Submission(key="s1", platform="acme", by=ana, at=spine.now(), form="garden.sow", values=values)
        began = asyncio.get_running_loop().time()
        assert await intake.check(page) is None
        assert asyncio.get_running_loop().time() - began < 2.9, "Slack waits for three seconds"
    assert spine.garden.accounts == [{ana: "member"}], "of him nothing is known yet"
    assert spine.platform.rows_open == 0
