"""The company that is in the pictures: twenty weeks of four communities and three departments."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import col, update

from nudges.pulse.settings import Settings
from storage.database import Store
from storage.pulse import PulseDay, PulseHeard, PulseMark
from tests.contract.pulsing import START, Place
from tests.humans.towns import TOWNS, open_town
from tests.scenarios.company import HOME, PLATFORM, Clock, Company

WEEKS = 20
NOW = datetime(START.year, START.month, START.day, 10, tzinfo=HOME) + timedelta(weeks=WEEKS)
DEPARTMENTS = {"Kitchen": 26, "Garden": 19, "Office": 32}
COMMUNITIES = ("Seeds and beans", "Menus of the season", "Who knows how?", "Tea")
CAMPAIGN = (START + timedelta(weeks=8, days=1), "Spring opening")


@asynccontextmanager
async def company(
    where: str, server: tuple[Any, ...], home: Path, settings: dict[str, Any], *, past: bool = True
) -> AsyncIterator[Company]:
    """The company on a platform, with the bot at work. home: an empty folder. past: the twenty weeks have been."""
    clock = Clock(NOW)
    async with AsyncExitStack() as stack:
        await asyncio.to_thread(home.mkdir)
        store = await Store.open(f"sqlite+aiosqlite:///{home / 'parvis.db'}")
        stack.push_async_callback(store.close)
        town = await stack.enter_async_context(open_town(where, PLATFORM, clock.now, *server))
        found = Company(where, town, store, clock, home)
        if past:
            await lived(store, town.ways.receipts)
        stack.push_async_callback(found.stop)
        await found.found(settings)
        await found.acquainted()
        await found.settled()
        yield found


def needs(where: str) -> bool:
    """Whether a platform stands on a server of its own."""
    return bool(TOWNS[where].server)


async def lived(store: Store, receipts: bool) -> None:
    """What happened: more and more people take part, of whom the kitchen were there first. receipts: the platform tells
    who has read.
    """
    chance = random.Random(7)
    place = Place(store, settings=Settings())
    people = await place.people([name for name, count in DEPARTMENTS.items() for _ in range(count)])
    rooms = [
        await place.community(
            each, kind="interest" if at == 3 else "business", visibility="private" if at == 2 else "public"
        )
        for at, each in enumerate(COMMUNITIES)
    ]
    members = {
        rooms[0]: people[:48], rooms[1]: people[20:60], rooms[2]: people[40:], rooms[3]: people[:4]
    }  # fmt: skip
    await place.inside(members)
    for number in range(WEEKS * 7):
        day = START + timedelta(days=number)
        counts = {each: _day(chance, number, at) for at, each in enumerate(rooms)}
        if not receipts:
            counts = {each: {**some, "reads": 0} for each, some in counts.items()}
        await place.freeze(day, counts, members)
        await place.populate(day, DEPARTMENTS)
        if day.weekday() < 5:
            await place.did(_there(chance, number, members), day)
        if day.weekday() == 6:
            await place.tell(day)
    async with store.write() as session:
        for at, room in enumerate(rooms):
            kinds = {"private": at == 2, "interest": at == 3}
            await session.exec(update(PulseDay).where(col(PulseDay.community_id) == room).values(**kinds))
        session.add(PulseHeard(platform=PLATFORM, since=NOW - timedelta(weeks=WEEKS), at=NOW, reads=receipts))
        session.add(PulseMark(day=CAMPAIGN[0], kind="campaign", name=CAMPAIGN[1]))


def _day(chance: random.Random, number: int, at: int) -> dict[str, int]:
    busy = 0.2 if (START + timedelta(days=number)).weekday() > 4 else 1.0
    grows = busy * (3 + number / 12) * (1.6 if number > 56 else 1.0) / (1 + at / 2)
    return {
        "posts": int(grows * chance.uniform(0.6, 1.4)),
        "replies": int(1.4 * grows * chance.uniform(0.5, 1.5)),
        "reactions": int(2 * grows * chance.uniform(0.6, 1.4)),
        "reads": int(9 * grows * chance.uniform(0.8, 1.2)),
    }


def _there(chance: random.Random, number: int, members: dict[int, list[int]]) -> dict[tuple[int, int], list[str]]:
    share = min(0.05, 0.012 + number / 4000) * (1.7 if number > 56 else 1.0)
    return {
        (person, room): ["wrote"] if chance.random() < 0.5 else ["read"]
        for room, some in members.items()
        for person in some
        if chance.random() < share
    }
