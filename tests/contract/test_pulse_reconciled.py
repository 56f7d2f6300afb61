"""From a recorded stream, every printed figure is what a slow and obvious script counts; and stays so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from typing import Any, get_args

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat import Edited, Event, Joined, Left, Reacted, Read, RoomChanged, Spoke
from bot.nudge import Actor, Context, Overheard, Role
from nudges.pulse import nudge
from nudges.pulse.inside import LIST
from nudges.pulse.report import Kind, Measure, Period, Point, Report, Series
from nudges.pulse.rules import EVENTS
from nudges.pulse.settings import Settings
from storage.communities import Community
from storage.database import Store
from storage.people import Account
from storage.requests import Request
from tests.contract.conftest import AT_EASE
from tests.contract.pulsing import Place, night
from tests.contract.reconciled.slow import ALL_OF_IT, Expected, Slow
from tests.contract.reconciled.stream import START, Company, Happened, company

DAY = timedelta(days=1)
WINDOW = 14
AFTER = 13
"""Nights after the last day: what comes late comes within them."""
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
    """The company, as the bot heard of it, night by night. is_up: the bot runs; connected: to the platform, since when.

    numbers: of the stream's communities -> those of the store.
    """

    is_up = True
    connected: datetime | None = night(START - 3 * DAY)

    async def settle(self, made: Company) -> None:
        people = await self.people(made.departments.values())
        assert people == sorted(made.departments)
        async with self.store.write() as session:
            for external, person in made.accounts.items():
                about = {"person_id": person, "platform": "acme", "external_id": external, "kind": "member"}
                session.add(Account.model_validate({**about, "created_at": self.now}))
        for number in made.members:
            kinds = {"visibility": "private" if number in made.private else "public"}
            kinds |= {"kind": "interest" if number in made.interest else "business"}
            about = {**kinds, "objective": made.objectives[number], "state": "opening"}
            assert await self.community(f"c{number}", **about) == number
        begun = {each.community for each in made.stream if each.kind in {"made", "taken_in"}}
        at = datetime(START.year, START.month, START.day, tzinfo=UTC) - DAY
        for number in sorted(made.members.keys() - begun):
            await self.change(number, state=made.phases[number], opened_at=at, created_at=at)
        await self.inside({each: some for each, some in made.members.items() if each not in begun})

    async def change(self, community: int, **values: object) -> None:
        async with self.store.write() as session:
            row = await session.get(Community, community)
            assert row is not None
            row.sqlmodel_update(values)
            session.add(row)

    def context(self, session: AsyncSession) -> Context:
        connected = {"acme": self.connected} if self.connected else {}
        return replace(super().context(session), connected=connected, receipts=frozenset(connected))

    async def live(self, made: Company, slow: Slow) -> None:
        nights: defaultdict[int, list[Happened]] = defaultdict(list)
        for each in made.stream:
            nights[each.night].append(each)
        for number in range(1, made.days + AFTER + 1):
            some: list[Happened] = []
            for each in nights[number]:
                if each.account and len(some) < BATCH:
                    some.append(each)
                    continue
                await self._hear(made, some)
                some = [each] if each.account else []
                if not each.account:
                    await self._becomes(made, slow, each)
            await self._hear(made, some)
            self.now = night(START + (number - 1) * DAY)
            if self.is_up:
                await self._look()

    async def _look(self) -> None:
        """What the bot does every ten minutes."""
        async with self.store.write() as session:
            await TICKS["pulse.night"](self.context(session))
        await TICKS["pulse.tell_people"](self.look())

    async def _becomes(self, made: Company, slow: Slow, each: Happened) -> None:
        """What became of a community, or of the bot; of what is not pulse's own, what others write of it."""
        self.now, number = each.at, each.community
        match each.kind:
            case "made" | "taken_in":
                more = {"request_id": await self._request()} if each.kind == "made" else {}
                await self.change(number, state=made.phases[number], opened_at=each.at, created_at=each.at, **more)
            case "active" | "closing":
                await self.change(number, state=each.kind)
            case "closed":
                await self.change(number, state="closed", closed_at=each.at)
            case "put_out":
                about = {"key": "k", "platform": "acme", "by": "BOT", "room": f"c{number}", "at": each.at}
                await self._tell(RoomChanged.model_validate({**about, "change": "put_out"}))
                await self.change(number, missing_at=each.at)
            case "back":
                await self.change(number, missing_at=None)
            case "list":
                state = {"platform": "acme", "room": f"c{number}", "community": number}
                state["accounts"] = ["BOT", *sorted(slow.listed(number, each.at))]
                written = nudge.sequences[LIST].steps[0].done
                assert written is not None
                async with self.store.write() as session:
                    await written(state, self.context(session))
            case "asleep" | "cut_off":
                await self._look()
                self.is_up, self.connected = each.kind == "cut_off", None
                if self.is_up:
                    await self._look()
            case "awake" | "connected":
                self.is_up, self.connected = True, each.at
                await self._look()

    async def _request(self) -> int:
        about = {"process": "community", "requester_id": 1, "platform": "acme", "fields": "{}"}
        async with self.store.write() as session:
            request = Request.model_validate({**about, "created_at": self.now, "offered_at": self.now})
            session.add(request)
            await session.flush()
            return request.id or 0

    async def _tell(self, event: Event) -> None:
        async with self.store.write() as session:
            for listener in nudge.listeners[type(event)]:
                await listener(event, self.context(session))

    async def _hear(self, made: Company, some: Sequence[Happened]) -> None:
        if not some:
            return
        adding, self.now = nudge.adding[0], max(each.at for each in some)
        async with self.store.write() as session:
            ctx = self.context(session)
            heard = [Overheard(event(each), made.accounts[each.account]) for each in some]
            await adding.handler([each for each in heard if type(each.event) in adding.kinds], ctx)
            for each in heard:
                for listener in nudge.listeners.get(type(each.event), ()):
                    await listener(each.event, replace(ctx, who=_who(each)))


def _who(each: Overheard) -> Actor:
    external = each.event.by
    return Actor(each.person, 0, "acme", external, "p", frozenset({Role.EMPLOYEE}), "en", "Europe/Paris")


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


def others(told: Report, slow: Slow) -> dict[tuple[str, date], int]:
    """What was told of the small communities of a day together: what was known of them in one night, and no mixture.

    A correction of theirs waits until it tells of nobody (`nudges.pulse.days`): it need not be the last night.
    """
    found: dict[tuple[str, date], int] = {}
    for series in told.series:
        for point in series.points if series.group == "*" else ():
            day = point.since
            small = [each for each, name in slow.shown(day).items() if name == "*"]
            nights = range(slow.frozen(day)[0] + 1, slow.night(slow.end) + 1)
            known = {
                sum(slow.happened(series.measure, each, day, when) for each in small)
                for when in [slow.frozen(day), *((number, ALL_OF_IT) for number in nights)]
            }
            assert (point.count or 0) in known, (series.measure, point, known)
            found[series.measure, day] = point.count or 0
    return found


def reconciled(told: dict[tuple[Period, Kind], Report], slow: Slow, small: dict[tuple[str, date], int]) -> Counter[str]:
    """Compare what is told of what happened with the slow figures; say of how many, by why there is none.

    small: what was told of small communities together, on each day (`others`): of the first of them all of it.
    """
    found, when = Counter[str](), (slow.night(slow.end), ALL_OF_IT)

    @cache
    def number(measure: str, community: int, day: date) -> int:
        together = [each for each, name in slow.shown(day).items() if name == "*"]
        if community in together:
            return small.get((measure, day), 0) if community == together[0] else 0
        return slow.happened(measure, community, day, when)

    for (_, kind), report in told.items():
        some = [each for each in report.series if each.measure in EVENTS]
        assert bool(some) == (kind != "department")
        if not some:
            continue
        since, until = some[0].points[0].since, some[0].points[-1].until
        groups = slow.groups(kind, since, until)
        shown = sorted(each.group for each in some)
        assert shown == sorted([*groups] * len(EVENTS)), (kind, shown)
        for series in some:
            for point in series.points:
                of = partial(number, series.measure)
                expected = slow.told(kind, series.group, groups[series.group], point.since, point.until, of)
                is_told = Expected(point.count, point.why, point.partial)
                assert is_told == expected, (kind, series.measure, series.group, point, expected)
                found[point.why] += 1
                found["partial"] += point.partial
    return found


def people_reconciled(told: dict[tuple[Period, Kind], Report], slow: Slow) -> Counter[str]:
    """Compare what is told of people and of communities with how they were on the day on which they were counted."""
    found, names = Counter[str](), sorted(slow.departments())
    for (period, kind), report in told.items():
        people = {"all": [""], "department": names}.get(kind, [])
        for measure in ("population", "activated", "adopting", "active"):
            groups = sorted(each.group for each in report.series if each.measure == measure)
            assert kind == "community" or groups == people, (kind, measure, groups)
        for series in report.series:
            for point in series.points if series.measure not in EVENTS else ():
                if series.measure in {"private", "interest"}:
                    of = slow.balance(series.measure, point.since, point.until)
                    assert (point.told and (point.told.low, point.told.of, point.taken)) == of, (series.measure, point)
                    assert (point.told is None) == (point.why == "not_measured"), (series.measure, point)
                    assert point.partial == (point.until > slow.end), (series.measure, point)
                elif series.measure == "population":
                    _size_reconciled(series, point, slow)
                elif kind in {"all", "department"}:
                    _part_reconciled(series, point, slow)
                found[series.measure] += 1
        if (period, kind) == ("day", "all"):
            _totals(report, told["day", "department"])
    return found


def _size_reconciled(series: Series, point: Point, slow: Slow) -> None:
    """How many people there are, or are in a community."""
    if series.kind == "community":
        expected, taken = slow.size(int(series.group), point.since, point.until)
    else:
        taken, why, in_part = slow.of_people("population", point.since, point.until)
        some = [people for name, people in slow.departments().items() if series.group in {"", name}]
        expected = Expected(sum(map(len, some)) if taken else None, why, in_part)
    assert (Expected(point.count, point.why, point.partial), point.taken) == (expected, taken), (series.group, point)


def _part_reconciled(series: Series, point: Point, slow: Slow) -> None:
    """How many people of a department, or of all, take part."""
    day, why, in_part = slow.of_people(series.measure, point.since, point.until)
    assert (point.told is not None, point.why, point.partial) == (day is not None, why, in_part), (series, point)
    if point.told and point.taken and series.group:
        people = slow.departments()[series.group]
        true = len(slow.which(series.measure, people, point.taken))
        assert point.told.of == len(people)
        assert point.told.low <= true <= point.told.high, (series.measure, series.group, point, true)


def inside_reconciled(told: dict[tuple[Period, Kind], Report], slow: Slow) -> int:
    """Compare what is told of the people of communities: each day with who they were, longer periods with their end."""
    number, days = 0, told["day", "community"]
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
                last_day = slow.last_counted(point.since, point.until)
                then = of_day.get((series.measure, series.group, last_day)) if last_day else None
                assert (point.told, point.taken) == (then or (None, None)), (period, point)
                said = Expected(None, point.why, point.partial)
                if point.told is None:
                    assert said == slow.not_inside(int(series.group), point.since, point.until), (series, point)
                else:
                    assert said == Expected(None, *slow.of_people(series.measure, point.since, point.until)[1:])
                number += 1
    return number


def _totals(all_: Report, parts: Report) -> None:
    for series in all_.series:
        if series.measure in {"activated", "adopting", "active"}:
            some = [each for each in parts.series if each.measure == series.measure]
            for at, point in enumerate(series.points):
                figures = [each.points[at].told for each in some]
                if point.told is None:
                    assert not any(figures)
                    continue
                assert point.told.low == sum(each.low for each in figures if each)
                assert point.told.high == sum(each.high for each in figures if each)


async def lived(store: Store, events: int, length: int, communities: int) -> tuple[Lived, Slow]:
    # Nothing of the past: how that is counted is told elsewhere, and here what was missed remains so.
    place = Lived(store, settings=Settings(window_days=WINDOW, past_days=0))
    made = company(7, events, length, communities)
    slow = Slow(made, WINDOW, length + AFTER)
    await place.settle(made)
    await place.live(made, slow)
    return place, slow


async def reconcile(store: Store, events: int, length: int, communities: int) -> None:
    place, slow = await lived(store, events, length, communities)
    made = slow.company
    told = await every(place, made)
    by_day = await place.report(*EVENTS, period="day", since=START - DAY, until=last(made) + 9 * DAY, kind="community")
    happened = reconciled(told, slow, others(by_day, slow))
    assert happened.total() > 1_000
    assert all(happened[each] for each in ("", "before", "not_measured", "partial")), happened
    assert people_reconciled(told, slow).total() > 500
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


@pytest.mark.timeout(600)
@pytest.mark.parametrize("engine", AT_EASE)
async def test_every_figure_is_what_a_slow_script_counts(store: Store) -> None:
    await reconcile(store, events=20_000, length=21, communities=12)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("engine", ["sqlite"])
async def test_every_figure_of_a_million_events_is_what_a_slow_script_counts(store: Store) -> None:
    await reconcile(store, events=1_000_000, length=60, communities=30)
