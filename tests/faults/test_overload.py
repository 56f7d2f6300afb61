"""Fifty times the usual events for a minute: memory is bounded, answers pass what is less urgent, nothing is lost.

Usual is what Slack lets through of one workspace, hour after hour: 30,000 events an hour (docs, "Events API", rate
limiting). They come as fast as they can be sent. Among them people ask for something, and each is answered once.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.nudge import Planner, Priority, To
from bot.say import Say, plain
from storage.events import Recorded
from storage.outbox import Promise
from tests.crash.place import PLATFORM as THERE
from tests.crash.place import SlackPlace
from tests.humans import Human, eventually, slack
from tests.humans.slack import SlackHuman, SlackTown
from tests.leaks.house import House, house
from tests.scenarios.company import PLATFORM, Company
from tests.scenarios.test_communities import Fresh
from tests.servers.slack import SlackServer

USUAL = 30_000 / 3600  # events a second
MINUTE = round(USUAL * 50 * 60)  # 25,000 events
SHARE = 0.02  # of the events, those by which people ask for something
AT_ONCE = 400  # that are sent before the first of them is acknowledged
MOST = 200  # events recorded and not handled, in the short test: beyond, nothing is acknowledged
GROWTH = 64  # megabytes
pytestmark = pytest.mark.timeout(900)


async def storm(
    server: SlackServer, people: Sequence[SlackHuman], square: str, events: int, mark: str = "zq"
) -> list[str]:
    """So many events, some of them commands in direct rooms; returns the word of each command, which has a mark."""
    words: list[str] = []
    step = round(1 / SHARE)
    for number in range(events):
        who = people[number % len(people)]
        if number % step == 0:
            who = people[number // step % len(people)]
            words.append(f"{mark}{number}x")
            await who.person.say(who.person.dm_with_bot(), f"community info {words[-1]}")
        else:
            await who.person.say(square, f"hello {number}")
        if number % AT_ONCE == AT_ONCE - 1:
            await acknowledged(server)
    await acknowledged(server)
    return words


async def acknowledged(server: SlackServer) -> None:
    """Wait until each envelope is; what is not comes again when its time has come, as often as Slack tries."""
    left, since = 0, 0.0

    async def all_of_them() -> bool:
        nonlocal left, since
        waiting, now = len(server.sockets.waiting), time.monotonic()
        if waiting != left:
            left, since = waiting, now
        if waiting and now > since + 1:  # nothing more comes of these
            await server.advance(3.1)
        elif server.sockets.retries and not waiting:
            await server.advance(max(0.0, min(each.due for each in server.sockets.retries) - server.clock.now()))
        return not server.sockets.waiting and not server.sockets.retries

    await eventually(all_of_them, "each event is acknowledged, or given up by Slack", 120)


def once(found: Mapping[str, int], accepted: set[str]) -> None:
    """What was acknowledged was answered once; of the rest, what was recorded after all, no more than once."""
    assert {word: count for word, count in found.items() if word in accepted} == dict.fromkeys(sorted(accepted), 1)
    assert set(found.values()) <= {0, 1}


def taken(server: SlackServer, words: Sequence[str]) -> set[str]:
    """Those of the commands that the bot acknowledged."""
    acked = [str(each.payload["event"].get("text")) for each in server.sockets.sent if each.state == "acked"]
    return {word for word in words if any(word in text for text in acked)}


async def answers(people: Sequence[Human], words: Sequence[str]) -> dict[str, int]:
    """How often each command was answered."""
    texts = [text for human in people for text in await human.reads() if "community info" not in text]
    return {word: sum(word in text for text in texts) for word in words}


@pytest.mark.parametrize("where", ["slack"])
async def test_a_storm_of_events_is_bounded_and_nothing_acknowledged_is_lost(company: Company, fresh: Fresh) -> None:
    """A tenth of it at every run; the whole below, with a process of its own."""
    town = company.town
    assert isinstance(town, SlackTown)
    await company.stop()
    company.settings["intake"] = {"max_waiting": MOST}
    await company.start()
    people = [await town.person(f"p{number}") for number in range(20)]
    square = await town.room(fresh("square"), people)
    rooms = [await town.room(fresh("news"), people[:1]) for _ in range(5)]
    most: list[int] = []

    async def watch() -> None:
        while True:
            most.append(company.app.intake._waiting + company.app.intake._batches.qsize())
            await asyncio.sleep(0.01)

    watching = asyncio.create_task(watch())
    await announced(company, rooms, 400)
    words = await storm(town.server, people, square, MINUTE // 10)
    await company.settled()
    watching.cancel()
    assert max(most) <= MOST + AT_ONCE, "what waits is bounded"
    accepted = taken(town.server, words)
    assert len(accepted) > len(words) / 2
    once(await answers(people, words), accepted)
    assert await company.rows(Recorded, state="parked") == []
    assert await company.rows(Promise, state="dead") == []
    await passed(company)


async def announced(company: Company, rooms: Sequence[str], count: int) -> None:
    """So much that is not urgent waits to be said already."""
    async with company.store.write() as session:
        planner: Planner = company.app.outbox.within(session, company.clock.now())
        for number in range(count):
            to = To(room=rooms[number % len(rooms)], platform=PLATFORM)
            text = Say(lines=(plain(f"news {number}"),))
            await planner.tell(to, text, name=f"news:{number}", kind="notice", priority=Priority.REMINDER)
    company.app.outbox.wake()


async def passed(company: Company) -> None:
    """Each answer overtook what waited and is less urgent; only what was being said already came before it."""
    rows = await company.rows(Promise, state="sent")
    others = [row for row in rows if row.priority == Priority.REMINDER]
    answered = [row for row in rows if row.kind == "answer" and row.op == "post"]
    assert len(others) == 400
    ahead = [sum(one.created_at <= other.sent_at < one.sent_at for other in others) for one in answered]
    in_flight = company.app.platforms[PLATFORM].pace.in_flight
    assert max(ahead) <= 5 * in_flight, "what was in hand, and claimed ahead, in a round or two"
    waits = [(row.sent_at - row.created_at).total_seconds() for row in answered]
    p95 = statistics.quantiles(waits, n=20)[-1]
    sys.stdout.write(f"{len(waits)} answers, p95 {p95:.3f} s, overtaken by {max(ahead)} at most\n")


# ---------------------------------------------------------------- all of it, and a process of its own


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[House]:
    async with (
        slack.town(THERE, lambda: datetime.now(UTC)) as town,
        house(SlackPlace(town), tmp_path / "parvis") as made,
    ):
        yield made


def memory(there: House, which: str) -> float:
    """Megabytes of the process. which: "VmRSS" now, "VmHWM" the most so far (man 5 proc)."""
    status = Path(f"/proc/{there.process.pid}/status").read_text("ascii")
    line: Any = next(each for each in status.splitlines() if each.startswith(which))
    return int(line.split()[1]) / 1024


@pytest.mark.slow
async def test_a_minute_of_fifty_times_the_usual_events_takes_no_memory_and_loses_nothing(there: House) -> None:
    town = there.place.town
    assert isinstance(town, SlackTown)
    await there.start()
    people = [await town.person(f"p{number}") for number in range(20)]
    square = await town.room("square", people)
    await storm(town.server, people, square, 2_000, "warm")  # all is loaded that will be
    await there.settled()
    before = memory(there, "VmRSS")
    words = await storm(town.server, people, square, MINUTE)
    await there.settled(within=400)
    accepted = taken(town.server, words)
    found = await answers(people, words)
    grown = memory(there, "VmHWM") - before
    sys.stdout.write(f"{MINUTE} events, {len(accepted)} of {len(words)} commands taken, {grown:.1f} MB more at most\n")
    once(found, accepted)
    assert grown < GROWTH
    await there.asked()
    assert b"parvis_events_parked_now 0" in b"".join(there.said)
