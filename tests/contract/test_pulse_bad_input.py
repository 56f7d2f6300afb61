"""What figures become of what happens to a company: departments that merge, rooms that are renamed, archived or made
private outside, months without data; on both engines.

Elsewhere: a community of four, a day before the first (test_pulse_report.py, test_pulse_files.py); somebody with two
accounts in three communities (test_pulse_joined.py); a burst, and one by an integration (test_pulse.py of the
scenarios); links that are old, used, forged or forwarded (test_visits.py there).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from bot.figures import Told
from storage import beside, charted
from storage.communities import Community
from storage.database import Store
from storage.pulse import PulseDay
from storage.roster import Entry
from tests.contract.pulsing import START, Place, counts, night, points

DAY = timedelta(days=1)
AFTER = START + 7 * DAY


@pytest.fixture
async def place(store: Store) -> Place:
    return Place(store)


async def change(place: Place, number: int, **more: object) -> None:
    async with place.store.write() as session:
        row = await session.get(Community, number)
        assert row is not None
        for name, value in more.items():
            setattr(row, name, value)
        session.add(row)


async def test_a_department_that_merges_with_another_leaves_what_was_told(place: Place) -> None:
    people = await place.people(["Sales"] * 12 + ["Works"] * 10)
    tea = await place.community("tea")
    await place.did({(each, tea): ["wrote"] for each in (*people[:7], *people[12:16])}, START)
    await place.populate(START, {"Sales": 12, "Works": 10})
    await place.tell(START)
    before = points(await place.report("population", "active", kind="department"))
    async with place.store.write() as session:
        for line in (await session.exec(select(Entry).where(Entry.department == "Works"))).all():
            line.department = "Sales"
            session.add(line)
    await place.populate(AFTER, {"Sales": 22})
    await place.tell(AFTER)
    told = counts(await place.report("population", "active", kind="department", since=AFTER))
    assert told["population", "=Sales"] == [22]
    assert ("active", "=Works") not in told, "it is no more"
    now = points(await place.report("active", kind="department", since=AFTER))
    assert [(each.told, each.taken) for each in now["active", "=Sales"]] == [(Told(10, 14, 22), AFTER)]
    assert points(await place.report("population", "active", kind="department")) == before, "history is not rewritten"
    both = counts(await place.report("population", kind="department", since=START, until=AFTER))
    assert (both["population", "=Works"][0], both["population", "=Works"][-1]) == (10, "small")


async def test_a_room_renamed_outside_keeps_its_history_under_its_new_name(place: Place) -> None:
    tea = await place.community("tea")
    await place.freeze(START, {tea: {"posts": 3}}, {tea: range(6)})
    await change(place, tea, name="coffee", slug="coffee")
    (series,) = (await place.report("posts", kind="community")).series
    assert (series.name, series.group, [each.count for each in series.points]) == ("coffee", str(tea), [3])


async def test_an_archived_room_ends_and_what_came_before_stays(place: Place) -> None:
    tea, cats = await place.community("tea"), await place.community("cats")
    for day in (START, START + DAY):
        await place.freeze(day, {tea: {"posts": 3}, cats: {"posts": 1}}, {tea: range(6), cats: range(9)})
    closed = datetime(START.year, START.month, START.day + 2, 9, tzinfo=UTC)
    await change(place, tea, state="closed", closed_at=closed)
    await place.freeze(START + 2 * DAY, {cats: {"posts": 1}}, {cats: range(9)})
    place.now = night(START + 2 * DAY)
    told = points(await place.report("posts", kind="community", until=START + 2 * DAY))
    assert [(each.count, each.why) for each in told["posts", str(tea)]] == [(3, ""), (3, ""), (None, "not_measured")]
    whole = points(await place.report("posts", until=START + 2 * DAY))["posts", ""]
    assert [(each.count, each.partial) for each in whole] == [(4, False), (4, False), (1, False)], "nothing is missing"


async def test_a_room_made_private_outside_is_so_from_that_day_on(place: Place) -> None:
    tea, cats = await place.community("tea"), await place.community("cats")
    for number, private in enumerate((False, True)):
        day = START + number * DAY
        await place.freeze(day, {tea: {}, cats: {}}, {tea: range(6), cats: range(9)})
        async with place.store.write() as session:
            row = (await session.exec(select(PulseDay).filter_by(community_id=tea, day=day))).one()
            row.private = private
            session.add(row)
    place.now = night(START + DAY)
    await change(place, tea, visibility="private")
    told = points(await place.report("private", until=START + DAY))["private", ""]
    assert [each.told for each in told] == [Told(0, 0, 2), Told(1, 1, 2)]


async def test_a_month_without_data_is_a_hole_and_never_zero(place: Place) -> None:
    people = await place.people(["Sales"] * 12)
    tea = await place.community("tea")
    for day in (date(2026, 3, 31), date(2026, 5, 29)):
        await place.did({(each, tea): ["wrote"] for each in people[:8]}, day)
        await place.populate(day, {"Sales": 12})
        await place.freeze(day, {tea: {"posts": 4}}, {tea: people[:8]})
        await place.tell(day)
    told = counts(await place.report("population", "active", "posts", period="month", until=date(2026, 5, 31)))
    assert {tuple(type(each) is int for each in some) for some in told.values()} == {(True, False, True)}
    assert {some[1] for some in told.values()} == {"not_measured"}
    assert all(
        each.partial for series in (await place.report("posts", period="month")).series for each in series.points
    )


async def test_of_two_imports_of_the_same_number_the_later_one_changes_nothing(place: Place) -> None:
    async with place.store.write() as session:
        await beside.take_over(session, [("intranet", "page views", START, 12, 1)], place.now)

    async def again() -> None:
        async with place.store.write() as session:
            both = [("intranet", "page views", AFTER, 9, 1), ("intranet", "page views", START, 13, 1)]
            await beside.take_over(session, both, place.now)

    with pytest.raises(beside.Overtaken):
        await again()
    async with place.store.read() as session:
        known = await charted.imported(session, START, AFTER)
    assert [(each.day, each.count, each.version) for each in known] == [(START, 12, 1)]
