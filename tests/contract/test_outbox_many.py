"""Many people who are told the same: planned, paused, corrected and recalled as a whole."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlmodel import select

from adapters.memory.platform import MemoryPlatform
from adapters.memory.server import MemoryServer
from bot.chat import NotAllowed, NotFound, Pace, Unreachable
from bot.nudge import Planner, Priority, Recalled, To, Told
from bot.outbox import Outbox
from storage import outbox, wishes
from storage.database import Store
from storage.outbox import Promise
from storage.people import Account
from tests.contract.world import Death, Killed, World, words


class Crowd(World):
    """A company that has a chat, and addresses, and some people."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.post = MemoryServer("mail", self.now)
        self.mail = MemoryPlatform(self.post, addressed=True)
        self.accounts: dict[int, str] = {}

    def both(self, death: Death | None = None) -> Outbox:
        """A fresh process that sends on both."""
        platforms = {"acme": self.platform, "mail": self.mail}
        return Outbox(
            self.store, self.words, platforms, self.attention, self.now, death or Death(), holder="here",
            sleep=self.now.sleep,
        )  # fmt: skip

    async def people(self, number: int) -> list[int]:
        for each in range(number):
            person, account = await self.person(f"person {each}")
            self.accounts[person] = account
        return sorted(self.accounts)

    async def address(self, person: int) -> None:
        external = self.post.join_person(f"{person}@example.org")
        async with self.store.write() as session:
            row = Account(
                person_id=person, platform="mail", external_id=external, kind="address", created_at=self.now()
            )
            session.add(row)

    @asynccontextmanager
    async def planning(self) -> AsyncIterator[Planner]:
        async with self.store.write() as session:
            yield self.both().within(session, self.now())

    async def tells(
        self,
        people: Sequence[int],
        kind: str = "notice",
        media: tuple[str, ...] = (),
        not_before: datetime | None = None,
        **how: Any,
    ) -> None:
        async with self.planning() as planner:
            told = [Told(each, media, not_before) for each in people]
            await planner.tell_many(told, words("hello"), name="news", kind=kind, batch="news", **how)

    async def sent(self, death: Death | None = None) -> None:
        await self.both(death).drain()
        await self.both().drain()

    async def progress(self, batch: str = "news") -> dict[str, int]:
        return await self.both().progress(batch)

    async def recalls(self, limit: int | None = None) -> Recalled:
        async with self.planning() as planner:
            return await planner.recall("news", limit=limit)

    def read(self) -> list[str]:
        """What people can read in the chat by now."""
        return [text for account in self.accounts.values() for text in self.told(account)]


@pytest.fixture
def crowd(store: Store) -> Crowd:
    return Crowd(store)


async def test_everybody_is_told_once(crowd: Crowd) -> None:
    people = await crowd.people(3)
    await crowd.tells(people[:2])
    await crowd.tells(people)
    await crowd.sent()
    assert crowd.read() == ["hello"] * 3
    assert await crowd.progress() == {"sent": 3}
    async with crowd.store.read() as session:
        assert await outbox.by_platform(session, "news") == {("acme", "sent"): 3}


async def test_answers_overtake_what_many_are_told(crowd: Crowd) -> None:
    crowd.platform = MemoryPlatform(crowd.server, pace=Pace(timeout=10, in_flight=1))
    people = await crowd.people(8)
    await crowd.tells(people)
    async with crowd.planning() as planner:
        await planner.tell(To(person=people[-1]), words("answer"), name="a", kind="answer", priority=Priority.ANSWER)
    await crowd.sent()
    first = min((each for room in crowd.server.rooms.values() for each in room.messages.values()), key=lambda m: m.turn)
    assert first.message.parts[0].text == "answer"
    assert len(crowd.read()) == 9


async def test_what_waits_is_cancelled_and_what_was_said_is_deleted(crowd: Crowd) -> None:
    people = await crowd.people(4)
    for each in people[:2]:
        await crowd.address(each)
    await crowd.tells(people[:1], media=("mail", "acme"))
    await crowd.tells(people[2:])
    await crowd.sent()
    await crowd.tells(people[1:2], media=("mail", "acme"))
    assert await crowd.recalls() == Recalled(1, 2, {"mail": 1})
    await crowd.sent()
    assert crowd.read() == []
    assert await crowd.progress("recall:news") == {"sent": 2}
    assert await crowd.progress() == {"sent": 3, "cancelled": 1}
    assert await crowd.recalls() == Recalled(0, 0, {"mail": 1}), "nothing is done twice"


@pytest.mark.parametrize("step", ["outbox.attempted", "outbox.posted"])
async def test_what_is_in_hand_at_that_instant_is_deleted_as_well(crowd: Crowd, step: str) -> None:
    await crowd.tells(await crowd.people(3))
    with pytest.raises(Killed):
        await crowd.both(Death(step)).drain()
    found = await crowd.recalls()
    assert found.cancelled + found.deleting == 3
    crowd.now.advance(minutes=5)
    await crowd.sent()
    assert crowd.read() == []
    assert "dead" not in await crowd.progress("recall:news")


@pytest.mark.parametrize("seed", range(3))
async def test_whenever_it_is_recalled_nothing_stays(crowd: Crowd, seed: int) -> None:
    """A sender is at work all the while, and both want to write."""
    await crowd.tells(await crowd.people(12))
    outbox = crowd.both()
    sending = asyncio.create_task(outbox.run())
    for _ in range(Random(seed).randrange(40)):
        await asyncio.sleep(0)
    await crowd.recalls()
    outbox.wake()
    outbox.stop()
    await sending
    await crowd.sent()
    crowd.now.advance(minutes=1)
    await crowd.sent()
    assert crowd.read() == []
    assert (await crowd.progress()).keys() <= {"sent", "cancelled"}


async def test_what_cannot_be_said_is_listed_and_tried_again(crowd: Crowd) -> None:
    people = await crowd.people(3)
    await crowd.tells(people)
    for _ in people[1:]:
        crowd.server.fail("post", NotAllowed("no"))
    await crowd.sent()
    async with crowd.store.read() as session:
        [one] = await outbox.failures(session, "news", 1)
        [other] = await outbox.failures(session, "news", 1, one.name)
    assert (one.platform, one.error) == ("acme", "no")
    assert {one.person, other.person} < set(people)
    async with crowd.store.write() as session:
        assert await outbox.retry_all(session, "news", crowd.now()) == 2
    await crowd.sent()
    assert crowd.read() == ["hello"] * 3


async def test_what_could_not_be_said_is_not_tried_again_once_it_is_recalled(crowd: Crowd) -> None:
    await crowd.tells(await crowd.people(2))
    crowd.server.fail("post", NotAllowed("no"))
    await crowd.sent()
    await crowd.recalls()
    async with crowd.store.write() as session:
        assert await outbox.retry_all(session, "news", crowd.now()) == 0
    await crowd.sent()
    assert crowd.read() == []


async def test_what_waits_says_the_new_words_and_what_was_said_is_edited(crowd: Crowd) -> None:
    people = await crowd.people(3)
    await crowd.tells(people[:2])
    await crowd.sent()
    await crowd.tells(people)
    async with crowd.planning() as planner:
        assert await planner.correct_many("news", words("corrected")) == Recalled(1, 2)
    await crowd.sent()
    assert crowd.read() == ["corrected"] * 3


async def test_what_is_paused_waits_until_it_is_resumed(crowd: Crowd) -> None:
    people = await crowd.people(2)
    await crowd.tells(people)
    async with crowd.planning() as planner:
        assert await planner.pause("news") == 2
    crowd.now.advance(days=1)
    await crowd.sent()
    assert crowd.read() == []
    async with crowd.planning() as planner:
        assert await planner.resume("news") == 2
    await crowd.sent()
    assert crowd.read() == ["hello"] * 2


async def test_what_cannot_be_deleted_is_changed_and_what_cannot_be_either_is_listed(crowd: Crowd) -> None:
    await crowd.tells(await crowd.people(3))
    await crowd.sent()
    for _ in range(2):
        crowd.server.fail("delete", NotAllowed("cant_delete_message"))
    crowd.server.fail("edit", NotAllowed("edit_window_closed"))
    async with crowd.planning() as planner:
        assert await planner.recall("news", instead=words("taken back")) == Recalled(0, 3)
    await crowd.sent()
    assert sorted(crowd.read()) == ["hello", "taken back"]
    async with crowd.store.read() as session:
        removals = (await session.exec(select(Promise).where(Promise.batch == "recall:news"))).all()
    found = sorted((each.state, each.error) for each in removals)
    assert found == [("dead", "edit_window_closed"), ("sent", ""), ("sent", "replaced")]


async def _by_mail(crowd: Crowd) -> str:
    """Somebody is told by mail, and has a chat. Returns the mail's id."""
    [person] = await crowd.people(1)
    await crowd.address(person)
    await crowd.tells([person], media=("mail", "acme"))
    await crowd.sent()
    async with crowd.store.read() as session:
        return (await outbox.named(session, [f"news:{person}"]))[f"news:{person}"].external_id


async def _comes_back(crowd: Crowd, posted: str) -> None:
    async with crowd.store.write() as session:
        assert await outbox.returned(session, "mail", posted, "5.1.1", crowd.now())
    await crowd.sent()


async def test_what_comes_back_while_it_is_paused_waits_as_well(crowd: Crowd) -> None:
    posted = await _by_mail(crowd)
    async with crowd.planning() as planner:
        await planner.pause("news")
    await _comes_back(crowd, posted)
    assert crowd.read() == []
    assert await crowd.progress() == {"later": 1}
    async with crowd.planning() as planner:
        assert await planner.resume("news") == 1
    await crowd.sent()
    assert crowd.read() == ["hello"]


async def test_what_comes_back_once_it_was_stopped_goes_nowhere_else(crowd: Crowd) -> None:
    posted = await _by_mail(crowd)
    async with crowd.planning() as planner:
        await planner.cancel(batch="news")
    await _comes_back(crowd, posted)
    assert crowd.read() == []
    assert await crowd.progress() == {"dead": 1}


class Reached(Death):
    """Tells when a step is reached, and kills nobody."""

    def __init__(self, step: str) -> None:
        super().__init__()
        self.awaited, self.event = step, asyncio.Event()

    def __call__(self, step: str) -> None:
        super().__call__(step)
        if step == self.awaited:
            self.event.set()


@pytest.mark.parametrize("how", ["pause", "cancel"])
async def test_what_is_refused_after_that_goes_to_no_other_medium_either(crowd: Crowd, how: str) -> None:
    """It was in hand when it was paused, or stopped."""
    [person] = await crowd.people(1)
    await crowd.address(person)
    await crowd.tells([person], media=("mail", "acme"))
    crowd.post.fail("post", NotFound("smtp_550"))
    reached = Reached("outbox.attempted")
    sender = crowd.both(reached)
    sending = asyncio.create_task(sender.drain())
    async with asyncio.timeout(10):
        await reached.event.wait()
    async with crowd.planning() as planner:
        await (planner.pause("news") if how == "pause" else planner.cancel(batch="news"))
    await sending
    await crowd.sent()
    assert crowd.read() == []
    assert await crowd.progress() == {"later" if how == "pause" else "cancelled": 1}


async def test_what_was_signed_before_a_hush_waits_until_it_is_confirmed(crowd: Crowd) -> None:
    people = await crowd.people(2)
    await crowd.tells(people, "word")
    crowd.now.advance(minutes=1)
    async with crowd.store.write() as session:
        await wishes.hush(session, crowd.now(), crowd.now() + timedelta(days=2))
    crowd.now.advance(minutes=1)
    await crowd.sent()
    assert crowd.read() == []
    async with crowd.planning() as planner:
        assert await planner.resume("news") == 2
    await crowd.sent()
    assert len(crowd.read()) == 2


async def test_what_is_signed_in_a_hush_waits_unless_it_was_confirmed(crowd: Crowd) -> None:
    people = await crowd.people(2)
    async with crowd.store.write() as session:
        await wishes.hush(session, crowd.now(), crowd.now() + timedelta(days=2))
    crowd.now.advance(minutes=1)
    await crowd.tells(people[:1], "word")
    await crowd.tells(people[1:], "word", confirmed=True)
    await crowd.sent()
    assert [len(crowd.told(crowd.accounts[each])) for each in people] == [0, 1]
    async with crowd.planning() as planner:
        assert await planner.resume("news") == 1
    await crowd.sent()
    assert len(crowd.read()) == 2


async def test_what_is_urgent_comes_at_any_hour(crowd: Crowd) -> None:
    people = await crowd.people(2)
    crowd.now.advance(hours=14)
    crowd.server.fail("undisturbed", Unreachable("nobody asks"))
    await crowd.tells(people[:1], "word")
    await crowd.tells(people[1:], "alarm")
    await crowd.sent()
    assert crowd.told(crowd.accounts[people[0]]) == []
    assert len(crowd.told(crowd.accounts[people[1]])) == 1


async def test_whoever_put_it_off_does_not_end_a_recall_early(crowd: Crowd) -> None:
    """They are in no number that is told, and yet are among those of whom some are taken back at a time."""
    people = await crowd.people(5)
    async with crowd.store.write() as session:
        await wishes.say(session, people[0], "word", crowd.now(), snoozed_until=crowd.now() + timedelta(days=2))
    await crowd.tells(people, kind="word", not_before=crowd.now() + timedelta(hours=2))
    taken = [await crowd.recalls(limit=2) for _ in range(3)]
    assert [(each.cancelled, each.deleting, each.more) for each in taken] == [(1, 0, True), (2, 0, True), (1, 0, False)]
    assert await crowd.progress() == {"cancelled": 4}
    assert await crowd.progress("recall:news") == {}


async def test_whoever_put_it_off_does_not_end_a_correction_early(crowd: Crowd) -> None:
    people = await crowd.people(5)
    async with crowd.store.write() as session:
        await wishes.say(session, people[0], "word", crowd.now(), snoozed_until=crowd.now() + timedelta(days=2))
    await crowd.tells(people, kind="word", not_before=crowd.now() + timedelta(hours=2))
    corrected = []
    for _ in range(3):
        async with crowd.planning() as planner:
            corrected.append(await planner.correct_many("news", words("welcome"), limit=2))
    found = [(each.cancelled, each.deleting, each.more) for each in corrected]
    assert found == [(1, 0, True), (2, 0, True), (1, 0, False)]
    crowd.now.advance(hours=3)
    await crowd.sent()
    assert [text.split("\n")[0] for text in crowd.read()] == ["welcome"] * 4
    assert await crowd.progress("correct:news") == {}
