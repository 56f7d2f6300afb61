"""From a recorded stream, every printed figure is what a slow and obvious script counts; and stays so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

import pytest

from bot.chat import Edited, Event, Joined, Left, Reacted, Read, Spoke
from bot.nudge import Overheard
from nudges.pulse import nudge
from nudges.pulse.report import Kind, Measure, Period, Report
from nudges.pulse.rules import EVENTS
from nudges.pulse.settings import Settings
from storage import pulse
from storage.database import Store
from tests.contract.pulsing import Place, night
from tests.contract.reconciled.slow import Slow
from tests.contract.reconciled.stream import START, Company, Happened, company

DAY = timedelta(days=1)
WINDOW = 14
BATCH = 500
PERIODS: tuple[Period, ...] = get_args(Period)
_MADE: Mapping[str, Any] = {
    "spoke": Spoke,
    "replied": Spoke,
    "reacted": Reacted,
    "read": Read,
    "joined": Joined,
    "left": Left,
    "edited": Edited,
}


TICKS = {each.name: each.handler for each in nudge.ticks}


class Lived(Place):
    """The company, as the bot heard of it, night by night."""

    async def settle(self, made: Company) -> None:
        await self.people(made.departments.values())
        for number in made.members:
            kinds = {"visibility": "private" if number in made.private else "public"}
            kinds |= {"kind": "interest" if number in made.interest else "business"}
            about = {**kinds, "objective": made.objectives[number], "request_id": None}
            at = datetime(START.year, START.month, START.day, tzinfo=UTC) - DAY
            assert await self.community(f"c{number}", **about, opened_at=at) == number
        await self.inside(made.members)

    async def live(self, made: Company) -> None:
        nights: defaultdict[int, list[Happened]] = defaultdict(list)
        for each in made.stream:
            nights[each.night].append(each)
        for number in range(1, made.days + 14):
            some = nights[number]
            self.now = night(START + (number - 1) * DAY)
            for begin in range(0, len(some), BATCH):
                await self._hear(made, some[begin : begin + BATCH])
            async with self.store.write() as session:
                ctx = replace(self.context(session), connected={"acme": night(START - 3 * DAY)})
                await TICKS["pulse.night"](replace(ctx, receipts=frozenset({"acme"})))
            await TICKS["pulse.tell_people"](self.look())

    async def _hear(self, made: Company, some: Sequence[Happened]) -> None:
        adding = nudge.adding[0]
        async with self.store.write() as session:
            heard = [Overheard(event(each), made.accounts[each.account]) for each in some]
            await adding.handler([each for each in heard if type(each.event) in adding.kinds], self.context(session))
            for each in some:
                if each.kind == "joined":
                    await pulse.come(session, each.community, made.accounts[each.account])
                if each.kind == "left":
                    await pulse.go(session, each.community, made.accounts[each.account])


def event(each: Happened) -> Event:
    about = {"key": "k", "platform": "acme", "by": each.account, "room": f"c{each.community}", "at": each.at}
    more = {"thread": "m"} if each.kind == "replied" else {}
    more |= {"on": "m"} if each.kind in {"reacted", "read", "edited"} else {}
    made: Event = _MADE[each.kind].model_validate({**about, **more})
    return made


def last(made: Company) -> date:
    return START + (made.days - 1) * DAY


async def every(place: Lived, made: Company, as_of: datetime | None = None) -> dict[tuple[Period, Kind], Report]:
    """Everything that is printed."""
    measures: tuple[Measure, ...] = get_args(Measure)
    found: dict[tuple[Period, Kind], Report] = {}
    for period in PERIODS:
        for kind in get_args(Kind):
            found[period, kind] = await place.report(
                *measures, period=period, since=START, until=last(made), kind=kind, as_of=as_of
            )
    return found


def others(told: Report, slow: Slow, heard: int) -> dict[tuple[str, date], int]:
    """What was told of the small communities of a day together: what was known of them in one night, and no mixture.

    A correction of theirs waits until it tells of nobody (`nudges.pulse.days`): it need not be the last night.
    """
    found: dict[tuple[str, date], int] = {}
    for series in told.series:
        for point in series.points if series.group == "*" else ():
            small = [each for each, name in slow.shown(point.since).items() if name == "*"]
            known = {
                sum(slow.happened(series.measure, each, point.since, night) for each in small)
                for night in range(slow.night(point.since), heard + 1)
            }
            assert (point.count or 0) in known, (series.measure, point, known)
            found[series.measure, point.since] = point.count or 0
    return found


def reconciled(
    told: dict[tuple[Period, Kind], Report], slow: Slow, heard: int, small: dict[tuple[str, date], int]
) -> int:
    """Compare every figure with the slow one; say how many there were. heard: by which night it was all heard of.

    small: what was told of small communities together, on each day (`others`).
    """
    made, number = slow.company, 0
    every_day = [START + each * DAY for each in range(-1, made.days + 1)]
    names = {day: slow.shown(day) for day in every_day}
    numbers = {
        (measure, each, day): slow.happened(measure, each, day, heard)
        for measure in EVENTS
        for each in made.members
        for day in every_day
    }
    for (_, kind), report in told.items():
        for series in report.series:
            for point in series.points:
                if series.measure in EVENTS:
                    within = [day for day in every_day if point.since <= day <= min(point.until, last(made) + DAY)]
                    expected = sum(
                        numbers[series.measure, each, day]
                        for day in within
                        for each, name in names[day].items()
                        if name != "*" and series.group == _group(kind, each, name, made)
                    )
                    if series.group == ("" if kind == "all" else "*"):
                        expected += sum(small.get((series.measure, day), 0) for day in within)
                    assert (point.count or 0) == expected, (kind, series.measure, series.group, point)
                    assert point.count is not None or point.why
                    number += 1
    return number


def _group(kind: Kind, community: int, name: str, made: Company) -> str:
    if kind == "all":
        return ""
    if name == "*" or kind == "community":
        return name
    return "active" if kind == "phase" else made.objectives[community] or "-"


def people_reconciled(told: dict[tuple[Period, Kind], Report], slow: Slow) -> int:
    """Compare what is told of people with who they were on the day on which they were counted."""
    departments, number = slow.departments(), 0
    for (_, kind), report in told.items():
        for series in report.series:
            for point in series.points:
                if series.measure == "population" and kind != "community":
                    sizes = {name: len(people) for name, people in departments.items()}
                    assert point.count == (sum(sizes.values()) if kind == "all" else sizes[series.group])
                elif series.measure == "population" and point.count is not None and point.taken:
                    assert point.count == len(slow.members(int(series.group), point.taken))
                elif series.measure in {"private", "interest"} and point.told:
                    some = slow.company.private if series.measure == "private" else slow.company.interest
                    assert (point.told.low, point.told.high, point.told.of) == (
                        len(some),
                        len(some),
                        len(slow.company.members),
                    )
                elif point.told and point.taken and kind == "department":
                    true = slow.people(series.measure, departments[series.group], point.taken)
                    assert point.told.of == len(departments[series.group])
                    assert point.told.low <= true <= point.told.high, (series.measure, series.group, point, true)
                else:
                    continue
                number += 1
        if (_, kind) == ("day", "all"):
            _totals(report, told["day", "department"])
    return number


def inside_reconciled(told: dict[tuple[Period, Kind], Report], slow: Slow) -> int:
    """Compare what is told of the people of communities: each day with who they were, longer periods with their end."""
    number, days = 0, told["day", "community"]
    counted = {point.since for each in told["day", "department"].series for point in each.points if point.told}
    of_day: dict[tuple[str, str, date], tuple[object, object]] = {}
    for series in days.series:
        if series.measure in {"adopting", "active"}:
            number += slow.inside(series.measure, int(series.group), series.points)
            of_day |= {(series.measure, series.group, each.since): (each.told, each.taken) for each in series.points}
    for period in ("week", "month"):
        for series in told[period, "community"].series:
            for point in series.points if series.measure in {"adopting", "active"} else ():
                if point.until > last(slow.company):
                    continue  # its last day is none of those asked for one by one
                last_day = max((day for day in counted if point.since <= day <= point.until), default=None)
                then = of_day.get((series.measure, series.group, last_day)) if last_day else None
                assert (point.told, point.taken) == (then or (None, None)), (period, point)
                number += 1
    return number


def _totals(all_: Report, parts: Report) -> None:
    for series in all_.series:
        if series.measure in {"activated", "adopting", "active"}:
            some = [each for each in parts.series if each.measure == series.measure]
            for at, point in enumerate(series.points):
                figures = [each.points[at].told for each in some]
                assert point.told is not None
                assert point.told.low == sum(each.low for each in figures if each)
                assert point.told.high == sum(each.high for each in figures if each)


async def lived(store: Store, events: int, length: int, communities: int) -> tuple[Lived, Slow]:
    place = Lived(store, settings=Settings(window_days=WINDOW))
    made = company(7, events, length, communities)
    await place.settle(made)
    await place.live(made)
    return place, Slow(made, WINDOW)


async def reconcile(store: Store, events: int, length: int, communities: int) -> None:
    place, slow = await lived(store, events, length, communities)
    made = slow.company
    told = await every(place, made)
    heard = made.days + 14
    by_day = await place.report(*EVENTS, period="day", since=START - DAY, until=last(made) + DAY, kind="community")
    assert reconciled(told, slow, heard, others(by_day, slow, heard)) > 1_000
    assert people_reconciled(told, slow) > 500
    assert inside_reconciled(told, slow) > 30
    middle = night(START + made.days // 2 * DAY) + timedelta(hours=1)
    then = {key: each for key, each in (await every(place, made, middle)).items() if key[0] == "day"}
    place.now += timedelta(days=365)
    async with store.write() as session:
        assert nudge.forgets is not None
        await nudge.forgets(place.context(session))
    assert await every(place, made) == told, "asked again a year later, it is the same"
    again = {key: each for key, each in (await every(place, made, middle)).items() if key[0] == "day"}
    assert again == then
    corrected = [
        point
        for each in told["day", "community"].series
        for point in each.points
        if point.version > 1 and each.measure == "posts"
    ]
    assert corrected, "what came late is another version"


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_every_figure_is_what_a_slow_script_counts(store: Store) -> None:
    await reconcile(store, events=20_000, length=21, communities=12)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("engine", ["sqlite"])
async def test_every_figure_of_a_million_events_is_what_a_slow_script_counts(store: Store) -> None:
    await reconcile(store, events=1_000_000, length=60, communities=30)
