"""What is told of a week is written once; who is counted is remembered as long as it is needed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.figures import Counted, Told, publish, week_of
from storage import disclosing, erasing, figures
from storage.database import Store
from storage.figures import Figure, FigureBase, FigureMember
from storage.people import Person

MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, tzinfo=UTC)
WEEK = timedelta(weeks=1)
K = 5


async def met(store: Store, number: int) -> list[int]:
    async with store.write() as session:
        people = [Person(name=str(each), created_at=NOW) for each in range(number)]
        session.add_all(people)
        await session.flush()
        return [each.id or 0 for each in people]


def team(people: Iterable[int], yes: int, group: str = "=Sales") -> list[Counted]:
    """The first ones are complete, and have a title; nobody has a phone."""
    return [
        Counted(person, group, {"complete": number < yes, "field:title": number < yes, "field:phone": False})
        for number, person in enumerate(people)
    ]


async def published(store: Store, people: list[Counted], week: int) -> bool:
    return await publish(store.read, store.write, "profiles", counts(people), MONDAY + week * WEEK, K)


def counts(people: list[Counted]) -> Callable[[AsyncSession], Awaitable[list[Counted]]]:
    async def count(_session: AsyncSession) -> list[Counted]:
        return people

    return count


async def compared(store: Store) -> list[tuple[object, ...]]:
    """What the next week is compared with, and who is in it."""
    async with store.read() as session:
        found: list[tuple[object, ...]] = []
        for base in await figures.bases(session, "profiles"):
            known, nobody = await figures.members(session, base.id or 0)
            found.append((base.measure, base.grp, base.low, base.high, base.of, base.count, known, nobody))
        return found


async def told(store: Store, week: int, measure: str = "complete") -> dict[str, tuple[Told, date]]:
    async with store.read() as session:
        rows = await figures.of_weeks(session, "profiles", [MONDAY + timedelta(weeks=week)])
    return {each.grp: (Told(each.low, each.high, each.of), each.taken) for each in rows if each.measure == measure}


async def remembered(store: Store, person: int) -> int:
    async with store.read() as session:
        return len(list(await session.exec(select(FigureMember).where(FigureMember.person_id == person))))


async def counted(store: Store) -> tuple[int, int]:
    """How many figures there are to compare with, and how many people in them."""
    async with store.read() as session:
        bases, members = await session.exec(select(FigureBase)), await session.exec(select(FigureMember))
        return len(list(bases)), len(list(members))


def test_weeks_begin_on_monday() -> None:
    assert {week_of(MONDAY + timedelta(days=each)) for each in range(7)} == {MONDAY}


async def test_a_week_is_told_once(store: Store) -> None:
    people = await met(store, 20)
    assert await published(store, team(people, 12), 0)
    assert await published(store, team(people, 1), 0)
    assert await told(store, 0) == {"=Sales": (Told(10, 14, 20), MONDAY)}
    assert await told(store, 0, "field:phone") == {"=Sales": (Told(0, 4, 20), MONDAY)}
    assert await counted(store) == (3, 60)


async def test_what_is_told_stays_with_its_date_until_enough_changed(store: Store) -> None:
    people = await met(store, 20)
    for week, yes in enumerate([4, 6, 8, 9]):
        assert await published(store, team(people, yes), week)
    assert await told(store, 2) == {"=Sales": (Told(0, 4, 20), MONDAY)}
    assert await told(store, 3) == {"=Sales": (Told(5, 9, 20), MONDAY + timedelta(weeks=3))}
    async with store.read() as session:
        assert len(await figures.weeks(session, "profiles", 10)) == 4
        assert len(list(await session.exec(select(Figure)))) == 12


async def test_who_came_and_left_is_remembered_for_the_next_week(store: Store) -> None:
    people = await met(store, 25)
    await published(store, team(people[:20], 12), 0)
    await published(store, team(people[1:20], 11), 1)
    assert await counted(store) == (3, 60), "who left is counted on"
    await published(store, team(people[5:25], 7), 2)
    assert (await told(store, 2))["=Sales"][0] == Told(5, 9, 20)
    assert await counted(store) == (3, 60)
    assert await remembered(store, people[0]) == 0
    assert await remembered(store, people[24]) == 3


async def test_an_erased_person_is_nobody_in_what_is_remembered(store: Store) -> None:
    people = await met(store, 20)
    await published(store, team(people, 12), 0)
    async with store.write() as session:
        about = await disclosing.whom(session, people[0])
        await erasing.erase(session, about, NOW, {"term": "desk-somebody"}, remember=False)
    assert await remembered(store, people[0]) == 0
    await published(store, team(people[1:], 11), 1)
    assert await told(store, 1) == {"=Sales": (Told(10, 14, 20), MONDAY)}, "no difference tells what they were"


async def test_what_was_told_of_a_group_that_is_no_more_is_remembered_for_a_year(store: Store) -> None:
    people = await met(store, 12)
    await published(store, team(people[:6], 3) + team(people[6:], 3, "=IT"), 0)
    await published(store, team(people[6:], 3, "=IT"), 1)
    assert await counted(store) == (6, 36)
    await published(store, team(people[6:], 3, "=IT"), 60)
    assert await counted(store) == (3, 18)
    assert await told(store, 0) != await told(store, 1)


class Stopped(Exception):
    """Whoever told the week was stopped."""


class Mortal:
    """A store that stops at its nth writing."""

    def __init__(self, store: Store, nth: int) -> None:
        self._store, self._left = store, nth

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        self._left -= 1
        if not self._left:
            raise Stopped
        async with self._store.write() as session:
            yield session


def moving(number: int) -> tuple[list[int], list[int]]:
    """Two weeks of a company; many come, and many leave."""
    return list(range(1, number + 1)), list(range(number // 3, number + number // 3))


async def test_a_week_that_is_stopped_before_it_is_told_changes_nothing(store: Store) -> None:
    await met(store, 2_000)
    first, second = moving(1_500)
    assert await published(store, team(first, 600), 0)
    before, told_before = await compared(store), await told(store, 0)
    nth = 1
    while True:
        mortal = Mortal(store, nth)
        try:
            await publish(store.read, mortal.write, "profiles", counts(team(second, 450)), MONDAY + WEEK, K)
        except Stopped:
            week = await told(store, 1)
            if not week:
                assert await compared(store) == before, "what is compared with is as it was"
            assert await told(store, 0) == told_before
            nth += 1
            continue
        break
    assert nth > 4, "it was written in parts"
    assert (await told(store, 1))["=Sales"][0].of == 1_500
    assert await counted(store) == (3, 4_500), "what was begun is forgotten, and what was before"


async def test_two_who_tell_one_week_tell_it_once(store: Store) -> None:
    people = await met(store, 300)
    week, states, turn = MONDAY + WEEK, counts(team(people, 100)), asyncio.Lock()

    @asynccontextmanager
    async def write() -> AsyncIterator[AsyncSession]:
        async with turn, store.write() as session:  # as the seat of who looks around has it
            yield session

    await asyncio.gather(*(publish(store.read, write, "profiles", states, week, K) for _ in range(2)))
    await publish(store.read, write, "profiles", states, week, K)
    assert await counted(store) == (3, 900)
    assert len(await told(store, 1)) == 1


@pytest.mark.parametrize("nth", [1, 2])
async def test_who_is_erased_meanwhile_is_in_nothing_that_is_remembered(store: Store, nth: int) -> None:
    """Before who is counted is written, and after."""
    people = await met(store, 20)
    left = nth

    @asynccontextmanager
    async def write() -> AsyncIterator[AsyncSession]:
        nonlocal left
        left -= 1
        if not left:
            async with store.write() as session:
                about = await disclosing.whom(session, people[0])
                await erasing.erase(session, about, NOW, {"term": "desk-somebody"}, remember=False)
        async with store.write() as session:
            yield session

    assert not await publish(store.read, write, "profiles", counts(team(people, 12)), MONDAY, K)
    assert await told(store, 0) == {}
    assert await published(store, team(people[1:], 11), 0)
    assert await remembered(store, people[0]) == 0
    assert await counted(store) == (3, 57)


async def test_a_company_of_fewer_than_five_is_told_nothing(store: Store) -> None:
    people = await met(store, 4)
    assert not await published(store, team(people, 2), 0)
    assert await counted(store) == (0, 0)
