"""What a report tells: sums of what may be told, by period and group, with what is not known said; on both engines."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import select

from bot.figures import OTHERS, Told
from bot.say import Term
from nudges.pulse import days, naming, nudge
from nudges.pulse.report import Mark, Measure
from storage import communities, frozen, pulse
from storage.communities import Community
from storage.database import Store
from storage.people import Person
from storage.pulse import PulseDay, PulseGap, PulseHeard, PulseImported, PulseMark
from tests.contract.pulsing import START, Place, counts, night, points

DAY = timedelta(days=1)


@pytest.fixture
async def place(store: Store) -> Place:
    return Place(store)


def team(first: int, number: int) -> set[int]:
    return set(range(first, first + number))


# ---------------------------------------------------------------- what happened


async def test_what_happened_is_told_by_community_and_the_small_ones_together(place: Place) -> None:
    big, small, tiny = [await place.community(each) for each in ("garden", "chess", "tea")]
    members = {big: team(1, 8), small: team(1, 4), tiny: team(5, 3)}
    await place.freeze(START, {big: {"posts": 7}, small: {"posts": 2}, tiny: {"posts": 1, "replies": 4}}, members)
    by_community = await place.report("posts", "replies", kind="community")
    assert counts(by_community) == {
        ("posts", str(big)): [7],
        ("posts", OTHERS): [3],
        ("replies", str(big)): [0],
        ("replies", OTHERS): [4],
    }
    assert [each.name for each in by_community.series] == ["garden", "", "garden", ""]
    assert counts(await place.report("posts")) == {("posts", ""): [10]}
    asked = counts(await place.report("posts", kind="community", group=str(small)))
    assert asked == {("posts", str(small)): ["small"]}, "asked for by its name it is as small"


async def test_what_is_told_of_a_day_stays_arranged_as_it_was_frozen(place: Place) -> None:
    big, small = await place.community("garden"), await place.community("chess")
    await place.freeze(START, {big: {"posts": 7}, small: {"posts": 2}}, {big: team(1, 6), small: team(7, 4)})
    assert counts(await place.report("posts", kind="community")) == {("posts", OTHERS): [9]}
    late = await place.community("tea")  # taken in afterwards: with it, the first two could be told apart
    await place.freeze(START, {late: {"posts": 5}}, {late: team(20, 4)})
    assert counts(await place.report("posts", kind="community")) == {("posts", OTHERS): [9]}
    assert counts(await place.report("posts")) == {("posts", ""): [9]}, "a total is the sum of what is shown"


async def test_weeks_and_months_add_up_days_and_say_when_they_are_not_over(place: Place) -> None:
    garden = await place.community("garden")
    for number in range(10):
        await place.freeze(START + number * DAY, {garden: {"posts": 1 + number}}, {garden: team(1, 6)})
    place.now = night(START + 9 * DAY)
    weeks = await place.report("posts", period="week", until=START + 13 * DAY)
    (points_,) = points(weeks).values()
    assert [(each.since, each.count, each.partial) for each in points_] == [
        (START, 28, False),
        (START + 7 * DAY, 27, True),
    ]
    (month,) = points(await place.report("posts", period="month"))[("posts", "")]
    assert (month.since, month.until, month.count, month.partial) == (date(2026, 3, 1), date(2026, 3, 31), 55, True)
    assert weeks.fresh == datetime.fromisoformat("2026-03-12T00:00+01:00")
    assert weeks.first == START
    assert counts(await place.report("posts", since=START + 10 * DAY)) == {}, "a day that is not over is not told of"


async def test_the_day_on_which_clocks_change_is_one_day(place: Place) -> None:
    garden, sunday = await place.community("garden"), date(2026, 3, 29)
    for day in (sunday - DAY, sunday, sunday + DAY):
        await place.freeze(day, {garden: {"posts": 3}}, {garden: team(1, 6)})
    place.now = night(sunday)
    told = await place.report("posts", since=sunday, until=sunday)
    assert counts(told) == {("posts", ""): [3]}
    assert told.fresh == datetime.fromisoformat("2026-03-30T00:00+02:00")


async def test_what_is_not_known_is_said_and_never_zero(place: Place) -> None:
    garden = await place.community("garden", opened_at=night(START - 9 * DAY))
    await place.community("tea", opened_at=night(START + 30 * DAY))
    await place.freeze(START, {garden: {"posts": 3}}, {garden: team(1, 6)}, measured=False)
    await place.freeze(START + DAY, {garden: {}}, {garden: team(1, 6)})
    await place.freeze(START + 4 * DAY, {garden: {"posts": 1}}, {garden: team(1, 6)})
    place.now = night(START + 4 * DAY)
    told = await place.report("posts", since=START - DAY, until=START + 4 * DAY, kind="community")
    assert counts(told) == {("posts", str(garden)): ["before", 3, 0, "not_measured", "not_measured", 1]}
    assert [each.partial for each in told.series[0].points] == [False, True, False, True, True, False]
    (week,) = points(await place.report("posts", period="week"))[("posts", "")]
    assert (week.count, week.partial) == (4, True)


async def test_a_community_that_came_later_was_not_there_before(place: Place) -> None:
    garden = await place.community("garden")
    tea = await place.community("tea", opened_at=night(START))
    for number in (0, 1):
        some = [garden, tea] if number else [garden]
        await place.freeze(
            START + number * DAY, {each: {"posts": 1} for each in some}, {garden: team(1, 6), tea: team(1, 5)}
        )
    place.now = night(START + DAY)
    told = await place.report("posts", until=START + DAY, kind="community")
    assert counts(told)["posts", str(tea)] == ["before", 1]
    (all_,) = points(await place.report("posts", until=START + DAY)).values()
    assert [each.partial for each in all_] == [False, False]


async def test_who_has_read_is_unavailable_where_nobody_tells(place: Place) -> None:
    ours, theirs = await place.community("garden"), await place.community("tea", platform="slackish")
    await place.freeze(START, {ours: {"reads": 4}, theirs: {}}, {ours: team(1, 6), theirs: team(1, 7)})
    async with place.store.write() as session:
        session.add(PulseHeard(platform="slackish", since=night(START), at=night(START), reads=False))
    told = await place.report("reads", kind="community")
    assert counts(told) == {("reads", str(ours)): [4], ("reads", str(theirs)): ["unavailable"]}
    (all_,) = points(await place.report("reads"))[("reads", "")]
    assert (all_.count, all_.partial) == (4, True)


async def test_phases_and_objectives_are_groups_of_communities(place: Place) -> None:
    members = {}
    for name, objective in (("garden", "Safety"), ("tea", "Safety"), ("chess", ""), ("cats", "Safety")):
        members[await place.community(name, objective=objective)] = team(1, 4 if name == "cats" else 6)
    garden, tea, chess, cats = members
    await place.freeze(START, {garden: {"posts": 1}, tea: {"posts": 2}}, members, phase="pilot")
    await place.freeze(START + DAY, {garden: {"posts": 4}, tea: {"posts": 8}, chess: {"posts": 16}}, members)
    place.now = night(START + DAY)
    until = START + DAY
    phases = await place.report("posts", kind="phase", until=until)
    assert counts(phases) == {("posts", "pilot"): [3, "not_measured"], ("posts", "active"): ["not_measured", 28]}
    objectives = await place.report("posts", kind="objective", until=until)
    assert counts(objectives) == {("posts", "Safety"): [3, 12], ("posts", "-"): ["not_measured", 16]}
    await place.freeze(START + 2 * DAY, {garden: {"posts": 1}, cats: {"posts": 5}}, members)
    place.now = night(START + 2 * DAY)
    async with place.store.write() as session:  # it was closed, and what was written of it is gone
        await session.exec(update(Community).values(state="closed", closed_at=night(START)))
        await communities.forget(session, night(START + 400 * DAY))
    place.now = night(START + 400 * DAY)
    async with place.store.write() as session:
        assert nudge.forgets is not None
        await nudge.forgets(place.context(session))
        assert not [each for each in await session.exec(select(PulseDay)) if each.objective == "Safety"]
    again = await place.report("posts", kind="objective", until=until)
    (nameless,) = {group for _, group in counts(again)} - {"-"}
    assert counts(again) == {("posts", nameless): [3, 12], ("posts", "-"): ["not_measured", 16]}, "numbers stay"
    assert naming.group(next(each for each in again.series if each.group == nameless)) == Term(
        term="pulse-group-nameless", args={"number": nameless.removeprefix("~")}
    )
    objectives = await place.report("posts", since=START + 2 * DAY, kind="objective")
    assert counts(objectives) == {("posts", OTHERS): [6]}, "one small community is no objective's"


async def test_a_correction_has_its_version_and_what_was_told_can_be_asked_again(place: Place) -> None:
    garden = await place.community("garden")
    await place.freeze(START, {garden: {"posts": 3}}, {garden: team(1, 6)})
    place.now = night(START + 5 * DAY)
    async with place.store.write() as session:
        await pulse.count(session, {(garden, START): {"posts": 5}})
        await days.correct(place.context(session), START, START, "late")
    place.now = night(START + 6 * DAY)
    (now,) = points(await place.report("posts"))[("posts", "")]
    assert (now.count, now.version) == (5, 2)
    assert (await place.report("posts")).marks == [Mark(START, "correction", "late")]
    then = await place.report("posts", as_of=night(START + DAY))
    (before,) = points(then)[("posts", "")]
    assert (before.count, before.version, then.marks) == (3, 1, [])
    place.now += timedelta(days=365)
    assert points(await place.report("posts", as_of=night(START + DAY))) == points(then)
    long_before = await place.report("posts", as_of=night(START - 2 * DAY))
    assert (long_before.first, counts(long_before)) == (None, {})


async def test_before_anything_is_counted_a_report_is_empty(place: Place) -> None:
    told = await place.report("active", "posts", "population", "private", since=START - 9 * DAY, until=START - 8 * DAY)
    assert set(counts(told).values().__iter__().__next__()) == {"before"}
    assert all(each == ["before", "before"] for each in counts(told).values())
    assert (told.first, told.marks, told.others, told.unmeasured) == (None, [], [], [])


async def test_the_balance_is_of_all_that_were_open(place: Place) -> None:
    some = [await place.community(each) for each in ("garden", "tea", "cats")]
    members = {each: team(1, 4) for each in some}
    kinds = ({"private": True, "interest": False}, {"private": False, "interest": True}, {"interest": True})
    async with place.store.write() as session:
        rows = [
            PulseDay.model_validate({"community_id": each, "day": START, "told_at": night(START), **kind})
            for each, kind in zip(some, kinds, strict=True)
        ]
        await frozen.tell(session, days.arranged(rows, members, 5))
    told = points(await place.report("private", "interest", period="week"))
    (private,), (interest,) = told["private", ""], told["interest", ""]
    assert (private.told, private.taken, private.partial) == (Told(1, 1, 3), START, True)
    assert interest.told == Told(2, 2, 3)


# ---------------------------------------------------------------- people


async def test_people_are_told_of_by_department_in_steps_and_a_week_is_its_last_day(place: Place) -> None:
    people = await place.people(["Sales"] * 10 + ["Works"] * 12 + ["Law"] * 2 + [""] * 4)
    tea = await place.community("tea")
    await place.did({(each, tea): ["read"] for each in people[:7]}, START)
    await place.did({(each, tea): ["wrote"] for each in people[10:13]}, START)
    for number in range(2):
        day = START + number * DAY
        await place.populate(day, {"Sales": 10, "Works": 12, "Law": 2, "": 4})
        await place.freeze(day, {tea: {}}, {tea: people})
        await place.tell(day)
    told = points(await place.report("activated", "adopting", "active", kind="department", until=START + DAY))
    assert [each.told for each in told["adopting", "=Sales"]] == [Told(5, 10, 10)] * 2
    assert [each.told for each in told["active", "=Works"]] == [Told(0, 4, 12)] * 2
    assert [each.told for each in told["active", OTHERS]] == [Told(0, 2, 6)] * 2
    assert [each.taken for each in told["active", OTHERS]] == [START, START], "it stays until five people changed"
    assert [each.partial for each in told["active", "=Sales"]] == [True, True], "28 days are not known yet"
    assert [each.partial for each in told["activated", "=Sales"]] == [False, False]
    all_ = points(await place.report("adopting", "population", period="week"))
    (week,), (people_,) = all_["adopting", ""], all_["population", ""]
    assert week.told == Told(5, 16, 28)
    assert (people_.count, people_.taken, people_.partial) == (28, START + DAY, True)
    sizes = counts(await place.report("population", kind="department"))
    assert sizes == {("population", each): [number] for each, number in (("=Sales", 10), ("=Works", 12), (OTHERS, 6))}
    assert counts(await place.report("active", kind="department", group="=Law")) == {("active", "=Law"): ["small"]}
    assert counts(await place.report("posts", kind="department")) == {}, "nothing happens in a department"
    before = await place.report("active", kind="department", group="=Sales", since=START - DAY)
    assert counts(before) == {("active", "=Sales"): ["before"]}
    again = await place.report("active", "adopting", kind="department", until=START + DAY, as_of=night(START))
    assert [len(each.points) for each in again.series] == [1] * 6, "the second day was not over then"


async def test_who_objected_is_counted_as_one_of_the_people_and_never_as_active(place: Place) -> None:
    people = await place.people(["Sales"] * 10)
    tea = await place.community("tea")
    await place.did({(each, tea): ["wrote"] for each in people[:5]}, START)
    async with place.store.write() as session:
        person = await session.get(Person, people[0])
        assert person is not None
        person.objected_at = night(START)
        session.add(person)
    await place.populate(START, {"Sales": 10})
    await place.tell(START)
    (point,) = points(await place.report("active"))["active", ""]
    assert point.told == Told(0, 4, 10)


async def test_people_of_a_community_are_told_of_where_nobody_is_found_by_it(place: Place) -> None:
    people = await place.people(["Sales"] * 40 + ["Works"] * 21)
    wide, near, small, other = [await place.community(each) for each in ("wide", "near", "small", "other")]
    members = {wide: people[20:60], near: people[40:60], small: people[:9], other: people[:20]}
    await place.inside(members)
    await place.did({(each, wide): ["wrote"] for each in people[20:33]}, START)
    await place.did({(each, other): ["read"] for each in people[:6]}, START)
    await place.populate(START, {"Sales": 40, "Works": 21})
    await place.freeze(START, {each: {} for each in members}, members)
    await place.tell(START)
    told = points(await place.report("adopting", "active", "population", kind="community"))
    (active,) = told["active", str(wide)]
    assert active.told == Told(10, 14, 40)
    assert (active.taken, active.partial) == (START, True)
    assert [each.told for each in told["adopting", str(other)]] == [Told(5, 9, 20)], "who takes part here"
    assert ("active", str(near)) not in told, "all of a department but one"
    assert ("active", str(small)) not in told
    assert told["population", str(small)][0].count == 9
    assert counts(await place.report("active", kind="community", group=str(near))) == {("active", str(near)): ["small"]}


@pytest.mark.parametrize("ends", [{"state": "closed", "closed_at": night(START)}, {"missing_at": night(START)}])
async def test_people_of_a_community_that_is_no_more_or_that_nobody_hears_are_not_told_of(
    place: Place, ends: dict[str, Any]
) -> None:
    people = await place.people(["Sales"] * 40)
    wide, other = await place.community("wide"), await place.community("other")
    members, after = {wide: people[:20], other: people[20:]}, START + 2 * DAY
    await place.inside(members)
    for day in (START, after):
        await place.did({(each, wide): ["wrote"] for each in people[:9]}, day)
        await place.populate(day, {"Sales": 40})
        await place.freeze(day, {each: {} for each in members if day == START or each == other}, members)
        await place.tell(day)
        async with place.store.write() as session:
            row = await session.get(Community, wide)
            assert row is not None
            row.sqlmodel_update(ends)
            session.add(row)
            await days.outside(place.context(session), after)
    told = points(await place.report("active", kind="community", until=after))
    assert [each.why for each in told["active", str(wide)]] == ["", "not_measured", "not_measured"]
    assert told["active", str(other)][-1].told is not None


async def test_people_of_a_community_are_not_looked_for_before_it_was_there(place: Place) -> None:
    people = await place.people(["Sales"] * 40)
    at = datetime(START.year, START.month, START.day + 1, 9, tzinfo=UTC)
    wide = await place.community("wide", opened_at=at)
    await place.populate(START, {"Sales": 40})
    await place.tell(START)
    await place.inside({wide: people[:20]})
    await place.populate(START + DAY, {"Sales": 40})
    await place.freeze(START + DAY, {wide: {}}, {wide: people[:20]})
    await place.tell(START + DAY)
    told = points(await place.report("active", kind="community", until=START + DAY))["active", str(wide)]
    assert [each.why for each in told] == ["before", ""]


async def test_four_people_are_told_of_nowhere(place: Place) -> None:
    people = await place.people(["Sales"] * 4)
    tea = await place.community("tea")
    await place.did({(people[0], tea): ["wrote"]}, START)
    await place.populate(START, {"Sales": 4})
    await place.freeze(START, {tea: {"posts": 1}}, {tea: people})
    await place.tell(START)
    measures: tuple[Measure, ...] = ("population", "active", "posts")
    assert counts(await place.report(*measures)) == {(each, ""): ["small"] for each in measures}


# ---------------------------------------------------------------- beside the curves


async def test_marks_gaps_and_other_tools_are_beside_the_curves(place: Place) -> None:
    tea, cats = await place.community("tea"), await place.community("cats", missing_at=night(START))
    await place.freeze(START, {tea: {"posts": 1}}, {tea: team(1, 6)})
    async with place.store.write() as session:
        session.add(PulseMark(day=START, kind="campaign", name="Launch"))
        session.add(PulseMark(day=START, kind="boost", name="Starters", community_id=tea))
        session.add(PulseMark(day=START + 9 * DAY, kind="note", name="later"))
        session.add(
            PulseGap(platform="acme", community_id=cats, since=START - DAY, until=START, why="outside", goes_on=True)
        )
        session.add(PulseGap(platform="elsewhere", since=START, until=START, why="away"))
        for version, number in ((1, 40), (2, 41)):
            at = night(START + version * DAY)
            about = {"tool": "intranet", "measure": "views", "day": START, "version": version, "count": number}
            session.add(PulseImported.model_validate({**about, "taken_at": at}))
    told = await place.report("posts")
    assert [(each.kind, each.name) for each in told.marks] == [
        ("boost", "Starters"), ("campaign", "Launch"), ("gap", "cats"), ("gap", "elsewhere"),
    ]  # fmt: skip
    assert told.unmeasured == ["cats"]
    one = await place.report("posts", kind="community", group=str(tea))
    assert [each.name for each in one.marks] == ["Starters", "Launch"]
    (other,) = told.others
    assert (other.tool, other.measure) == ("intranet", "views")
    assert [(each.count, each.version, each.partial) for each in other.points] == [(41, 2, False)]
    earlier = await place.report("posts", period="week", as_of=night(START + DAY))
    assert [(each.count, each.version, each.partial) for each in earlier.others[0].points] == [(40, 1, True)]
