"""One call in five fails, some after they had their effect: everything is said once, and the pace is what it was."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import pytest

from bot.nudge import Planner, To
from bot.say import Say, plain
from storage.events import Recorded
from storage.outbox import Attempt, Duty, Promise, Running
from tests.faults.weather import weather
from tests.humans import Human, eventually
from tests.humans.matrix import MatrixTown
from tests.humans.slack import SlackTown
from tests.scenarios.company import PLATFORM, Company
from tests.scenarios.test_communities import PURPOSE, WORK, Fresh, opened

PLACES = [pytest.param("slack"), pytest.param("matrix", marks=pytest.mark.matrix)]
# Much of a bad day on Matrix is waiting between two syncs.
AT_LENGTH = [pytest.param("slack"), pytest.param("matrix", marks=[pytest.mark.matrix, pytest.mark.slow])]
SEEDS = [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 12))]
pytestmark = pytest.mark.timeout(240)
PATIENCE = 120.0
SAYING = {"chat.postMessage", "conversations.history", "conversations.replies"}


async def said(company: Company, rooms: Sequence[str], words: str, count: int) -> None:
    """Promise as many messages, each room's in order: "words 0", "words 1", …"""
    async with company.store.write() as session:
        planner: Planner = company.app.outbox.within(session, company.clock.now())
        for number in range(count):
            room = rooms[number % len(rooms)]
            text = Say(lines=(plain(f"{words} {number}"),))
            to = To(room=room, platform=PLATFORM)
            await planner.tell(to, text, name=f"{words}:{number}", kind="notice")
    company.app.outbox.wake()


async def arrived(company: Company, *, passes: bool) -> None:
    """Wait until all that was promised is said. passes: the clock jumps to the next try whenever all else rests."""

    async def none_left() -> bool:
        rows = [row for row in await company.rows(Promise) if row.state in {"todo", "going"}]
        if passes and rows:
            await to_the_next(company)
        return not rows

    await patiently(company, none_left, "all is said")


async def to_the_next(company: Company) -> None:
    """Let time go by until the next try is due, unless something goes on."""
    now = company.clock.now()
    busy = await company.rows(Promise, state="going")
    next_ = [row.due for row in await company.rows(Promise, state="todo")]
    next_ += [row.due for row in await company.rows(Running, phase="running")]
    next_ += [row.due for row in await company.rows(Recorded, state="new")]
    pauses = [row.paused for row in await company.rows(Duty) if row.paused and row.paused > now]
    at = max([min(next_, default=now), *pauses])
    if not busy and at > now:
        company.clock.advance(seconds=(at - now).total_seconds() + 0.01)


async def reads(who: Human, rooms: Sequence[str], words: str) -> dict[str, list[str]]:
    return {room: [text for text in await who.reads(room) if text.startswith(words)] for room in rooms}


def expected(rooms: Sequence[str], words: str, count: int) -> dict[str, list[str]]:
    return {room: [f"{words} {number}" for number in range(at, count, len(rooms))] for at, room in enumerate(rooms)}


def calls(company: Company) -> int:
    """How many calls the bot has made to say something, or to look whether it was said."""
    town = company.town
    if isinstance(town, SlackTown):
        return len([name for name, _, _ in town.server.calls if name in SAYING])
    assert isinstance(town, MatrixTown)
    return len([line for line in town.gate.lines if "/send/m.room.message/" in line or line.endswith("/messages")])


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("seed", SEEDS)
async def test_with_one_call_in_five_failing_each_room_hears_everything_once_in_order(
    ana: Human, company: Company, fresh: Fresh, seed: int
) -> None:
    rooms = [await company.town.room(fresh("square"), [ana]) for _ in range(8)]
    await said(company, rooms, "before", 16)
    made = calls(company)
    await arrived(company, passes=False)
    usual = calls(company) - made

    with weather(company.town, seed) as bad:
        await said(company, rooms, "during", 48)
        await arrived(company, passes=True)
    assert sum(bad.met.values()) > 0.1 * bad.calls, "else this shows nothing"
    assert await reads(ana, rooms, "during") == expected(rooms, "during", 48)
    assert {row.state for row in await company.rows(Promise)} == {"sent"}
    # Which of them said something before they were lost is chance, and the order of calls the machine's.
    assert {"found", "absent"} & {attempt.outcome for attempt in await company.rows(Attempt)}, "answers were lost"

    # The clock stands as it is from here on: whatever still waited for a pause or its next try would wait for ever.
    company.clock.advance(seconds=60)
    made = calls(company)
    await said(company, rooms, "after", 16)
    await arrived(company, passes=False)
    assert calls(company) - made == usual, "as many calls for as many messages: nothing is looked for any more"
    assert await reads(ana, rooms, "after") == expected(rooms, "after", 16)
    paused = [row.paused for row in await company.rows(Duty) if row.paused]
    assert all(until <= company.clock.now() for until in paused)
    assert not [row.locked for row in await company.rows(Duty) if row.locked]


@pytest.mark.parametrize("where", AT_LENGTH)
@pytest.mark.parametrize("seed", SEEDS)
async def test_with_one_call_in_five_failing_a_community_is_asked_for_approved_and_opened_once(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh, seed: int
) -> None:
    name = fresh("Verger")
    with weather(company.town, seed) as bad:
        await ana.says(f"community request {name} --purpose {PURPOSE} --work {WORK} --yes")
        await heard(company, alice, name, company.animators)
        await alice.says("community approve 1")
        await heard(company, ana, "ouverte", None)
        await arrived(company, passes=True)
    assert bad.met
    company.clock.advance(seconds=60)
    garden = await opened(company, name)
    await company.settled()
    await ana.joins(garden.room)
    for texts in (
        await ana.reads(),
        await alice.reads(),
        await alice.reads(company.animators),
        await ana.reads(garden.room),
    ):
        assert len(texts) == len(set(texts)), texts
    assert len(await ana.pins(garden.room)) == 1
    assert await company.rows(Promise, state="dead") == []


async def heard(company: Company, who: Human, text: str, room: str | None) -> None:
    """Wait until somebody reads something; time goes by quickly meanwhile."""

    async def there() -> bool:
        await to_the_next(company)
        return any(text in each for each in await who.reads(room))

    await patiently(company, there, f"{who.name} reads {text!r}")


async def patiently(company: Company, look: Callable[[], Awaitable[bool]], what: str) -> None:
    try:
        await eventually(look, what, PATIENCE)
    except AssertionError as late:
        late.add_note(f"it is {company.clock.now()}")
        for table in (Promise, Recorded, Running, Duty):
            for row in await company.rows(table):
                if getattr(row, "state", "") not in {"sent", "done"} and getattr(row, "phase", "") != "done":
                    late.add_note(repr(row))
        raise
