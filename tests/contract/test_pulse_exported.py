"""The attack of tests/rules/test_pulse_attack.py on real rows, by way of every file: whoever asks for any of them, with
any options, before and after corrections and as of any day, and compares what is printed, learns nothing of a group
under five.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any, get_args

import pytest
from sqlmodel import select

from bot.cli.voice import LOCALES, Voice
from bot.words import Words
from nudges.pulse import days, export, rules
from nudges.pulse.capability import nudge
from nudges.pulse.reading import report
from nudges.pulse.report import Asked, Kind, Mark, Measure, Period
from storage import pulse
from storage.database import Store
from storage.pulse import PulseMember
from tests.contract.pulsing import PARIS, START, K, Place, counts, night
from tests.rules.test_pulse_attack import (
    CELLS,
    COMMUNITIES,
    DAYS,
    LATER,
    Cell,
    Space,
    Vector,
    more,
    secrets,
    vector,
    wanted,
)

DAY = timedelta(days=1)
VOICE = Voice(Words([LOCALES, nudge.catalogs]), "en")
DEPARTMENTS = {"Sales": 12, "Works": 7, "Law": 4, "Secretariat": 3}
Members = Mapping[int, Collection[int]]


class Spy:
    """Somebody who reads figures. told: every number of messages that they were ever told, and of people."""

    def __init__(self) -> None:
        self.posts: set[int] = set()
        self.people: set[tuple[int, int, int]] = set()
        self.words = ""

    async def asks(self, place: Place, asked: Asked, told: date | None) -> None:
        """Take one answer home in each form."""
        as_of = night(told) if told else None
        more: dict[str, Any] = {"calendar": PARIS, "smallest": K, "now": place.now, "as_of": as_of}
        async with place.store.read() as session:
            found = await report(session, asked, settings=place.settings, **more)
        table, document = export.csv(found, VOICE), export.json(found, VOICE)
        self.words += table + document
        rows = [{name: value or None for name, value in row.items()} for row in csv.DictReader(io.StringIO(table))]
        for row in [*rows, *json.loads(document)["figures"]]:
            if row["measure"] == "posts" and row["count"] is not None:
                self.posts.add(int(row["count"]))
            if row["of"] is not None and row["measure"] in rules.PEOPLE:
                self.people.add((int(row["at_least"]), int(row["at_most"]), int(row["of"])))
        for each in export.gauges([found]):
            self.words += str(each)
            if each.name == "pulse_count" and each.labels["measure"] == "posts":
                self.posts.add(int(each.value))

    async def asks_for_all(self, place: Place, chance: Random, queries: int) -> None:
        """Whatever the options are; some as they come, some by chance."""
        last = START + DAYS * DAY
        for period, kind in itertools.product(get_args(Period), get_args(Kind)):
            await self.asks(place, _asked(period, kind, START, last), None)
        for _ in range(queries):
            since, until = sorted(START + chance.randint(-3, DAYS) * DAY for _ in range(2))
            kind = chance.choice(get_args(Kind))
            group = str(chance.choice(COMMUNITIES)) if kind == "community" and chance.random() < 0.5 else ""
            asked = _asked(chance.choice(get_args(Period)), kind, since, until, group)
            await self.asks(place, asked, START + chance.randint(0, DAYS) * DAY if chance.random() < 0.4 else None)

    def learned(self, by_day: Iterable[Members]) -> list[set[tuple[int, int]]]:
        """What sums and differences of these numbers tell of what happened among fewer than five."""
        told: list[Vector] = sorted({vector(each) for each in self.posts})
        space = Space(told)
        return [each for each in secrets(list(by_day)) if any(one in space for one in wanted(each))]


def _asked(period: Period, kind: Kind, since: date, until: date, group: str = "") -> Asked:
    measures: tuple[Measure, ...] = tuple(each for each in get_args(Measure) if rules.tells(each, kind))
    return Asked(measures, period, since, until, kind, group)


async def town(store: Store, chance: Random) -> tuple[Place, list[int]]:
    place = Place(store)
    people = await place.people([name for name, size in DEPARTMENTS.items() for _ in range(size)])
    for each in COMMUNITIES:
        assert await place.community(f"club{each}", objective="ab"[each % 2]) == each
    for person in people:
        if chance.random() < 0.5:
            await place.did({(person, chance.choice(COMMUNITIES)): ["wrote"]}, START)
    return place, people


async def learned_later(place: Place, members: Members, cells: Collection[Cell], why: str) -> int:
    """More happened than was told. Returns how many rows were corrected."""
    async with place.store.write() as session:
        for row in list(await session.exec(select(PulseMember))):
            await session.delete(row)
    await place.inside(members)
    corrections = 0
    async with place.store.write() as session:
        await pulse.count(session, {(each, START + day * DAY): {"posts": more((each, day))} for each, day in cells})
        for each, number in sorted(cells):
            day, only = START + number * DAY, each if why == "backfill" else None
            corrections += await days.correct(place.context(session), day, day, why, only=only)
    return corrections


async def attacked(store: Store, seed: int, queries: int) -> None:
    """Nothing is learned in a company, and of what happens there, made by chance."""
    chance, spy = Random(seed), Spy()
    place, people = await town(store, chance)
    by_day: list[Members] = []
    corrections = 0
    for number in range(DAYS):
        day = START + number * DAY
        members = {each: chance.sample(people, chance.choice((1, 2, 3, 4, 4, 6, 9))) for each in COMMUNITIES}
        by_day.append(members)
        late = set(chance.sample(list(COMMUNITIES), chance.choice((0, 0, 1, 2))))
        for some in (set(COMMUNITIES) - late, late):
            sums = {each: {"posts": 1 << CELLS.index((each, number))} for each in sorted(some)}
            await place.freeze(day, sums, members, phase="pilot" if number % 2 else "active")
            async with store.write() as session:
                await pulse.count(session, {(each, day): those for each, those in sums.items()})
            if some is not late:
                await place.populate(day, DEPARTMENTS)
                await place.tell(day)
            await spy.asks_for_all(place, chance, queries)
        cells = [each for each in LATER if each[1] == number]
        chance.shuffle(cells)
        for why, now in (("late", cells[:2]), ("backfill", cells[2:])) if cells else ():
            place.now += timedelta(minutes=10)
            corrections += await learned_later(place, members, now, why)
            await spy.asks_for_all(place, chance, queries)
    assert corrections
    assert spy.posts, "something is told"
    assert spy.learned(by_day) == []
    assert spy.people
    assert all(of >= K and high - low + 1 >= 2 for low, high, of in spy.people)
    assert "Law" not in spy.words
    assert "Secretariat" not in spy.words


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_no_file_tells_of_fewer_than_five(store: Store) -> None:
    await attacked(store, seed=0, queries=6)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, *range(10, 16)])
async def test_no_file_tells_of_fewer_than_five_whatever_is_asked(store: Store, seed: int) -> None:
    await attacked(store, seed, queries=60)


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("why", ["late", "backfill"])
async def test_a_correction_of_others_waits_until_it_tells_of_nobody(store: Store, why: str) -> None:
    """Of two communities of three people, told of together, one had two more messages."""
    place, big, small, other = await _two_small(store)
    place.now += DAY
    for community, posts, told in ((small, 2, 7), (other, 5, 14)):
        async with store.write() as session:
            await pulse.count(session, {(community, START): {"posts": posts}})
            await days.correct(place.context(session), START, START, why, only=community if why == "backfill" else None)
        assert counts(await place.report("posts", kind="community")) == {
            ("posts", str(big)): [10],
            ("posts", "*"): [told],
        }
        whole = await place.report("posts")
        assert counts(whole) == {("posts", ""): [10 + told]}
        assert [each.name for each in whole.marks] == ([why] if told == 14 else [])
    then = await place.report("posts", kind="community", as_of=night(START))
    assert counts(then)["posts", "*"] == [7]


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_no_mark_says_that_a_small_community_was_corrected(store: Store) -> None:
    place, big, small, other = await _two_small(store)
    place.now += DAY
    async with store.write() as session:
        await pulse.count(session, {(each, START): {"posts": 2} for each in (big, small, other)})
        assert await days.correct(place.context(session), START, START, "late") == 3
    marks = {
        each: (await place.report("posts", kind="community", group=str(each))).marks for each in (big, small, other)
    }
    assert marks == {big: [Mark(START, "correction", "late")], small: [], other: []}


async def _two_small(store: Store) -> tuple[Place, int, int, int]:
    """A community of nine people, and two of three."""
    place = Place(store)
    people = await place.people(["Sales"] * 15)
    big, small, other = [await place.community(each) for each in ("big", "small", "other")]
    members = {big: people[:9], small: people[9:12], other: people[12:]}
    sums = {big: {"posts": 10}, small: {"posts": 3}, other: {"posts": 4}}
    await place.inside(members)
    await place.freeze(START, sums, members)
    async with store.write() as session:
        await pulse.count(session, {(each, START): some for each, some in sums.items()})
    return place, big, small, other


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_the_spy_finds_what_careless_rows_tell(store: Store) -> None:
    """One community of four is told of by its name on one day, as no rule lets it be."""
    place, people = await town(store, Random(1))
    members = {1: people[:9], 2: people[:9], 3: people[:9], 4: people[:9], 5: people[:4]}
    sums = {each: {"posts": 1 << CELLS.index((each, 0))} for each in COMMUNITIES}
    await place.freeze(START, sums, dict.fromkeys(COMMUNITIES, people[:9]))
    await place.populate(START, DEPARTMENTS)
    await place.tell(START)
    spy = Spy()
    await spy.asks_for_all(place, Random(1), 0)
    assert {(5, 0)} in spy.learned([members, *[dict.fromkeys(COMMUNITIES, people[:9])] * 3])
