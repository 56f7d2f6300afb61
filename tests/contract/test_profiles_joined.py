"""Two people with profiles become one, and two again: what both said, what platforms say of each, and one series."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nudges.profiles import facts, rules
from nudges.profiles.settings import FieldSettings, Settings
from storage import disclosing, erasing
from storage import profiles as rows
from storage.database import Store
from storage.joining import Trace
from storage.people import Account, Person
from storage.profiles import OwnValue, Reading, Reminder
from tests.contract.test_joining import Two
from tests.contract.world import START

USUAL = Settings(
    fields=(
        FieldSettings(name="title", sources=("platform", "own"), weight=60),
        FieldSettings(name="topics", sources=("own",), weight=40),
    )
)


@pytest.fixture
async def two(store: Store) -> Two:
    return Two(store)


async def _profiled(two: Two, account: Account, title: str, topics: str, state: str, step: int) -> None:
    async with two.store.write() as session:
        await rows.listed(session, account.id or 0, {"title": title} if title else {}, START)
        await rows.keep(session, account.person_id, "topics", topics, state, START)
        row = await rows.begin(session, account.person_id)
        row.step, row.next_at, row.asked = step, START + timedelta(days=step), "title topics"
        session.add(row)


async def test_what_one_of_them_said_is_both_theirs_and_the_series_further_on_remains(two: Two) -> None:
    one, other = await two.met("work", "ana"), await two.met("club", "anna")
    await _profiled(two, one, "", "", "declined", step=1)
    await _profiled(two, other, "Head of seeds", "Seeds", "kept", step=2)
    assert await two.join(one, other)
    (own,) = await two.rows(OwnValue)
    assert (own.person_id, own.value) == (one.person_id, "Seeds"), "a value says more than silence"
    (series,) = await two.rows(Reminder)
    assert (series.person_id, series.step) == (one.person_id, 2)
    async with two.store.read() as session:
        whole = await facts.profile(session, USUAL, one.person_id)
    assert [each.value for each in whole] == ["Head of seeds", "Seeds"]
    assert rules.is_complete(whole)


async def test_undone_each_has_their_own_again(two: Two) -> None:
    one, other = await two.met("work", "ana"), await two.met("club", "anna")
    await _profiled(two, one, "Cook", "", "declined", step=1)
    await _profiled(two, other, "Head of seeds", "Seeds", "kept", step=2)
    before = [await two.rows(OwnValue), await two.rows(Reminder), await two.rows(Reading)]
    assert await two.join(one, other)
    assert await two.undo(one)
    after = [await two.rows(OwnValue), await two.rows(Reminder), await two.rows(Reading)]

    def told(every: list[list[object]]) -> list[list[dict[str, object]]]:
        return [[each.model_dump(exclude={"id"}) for each in some] for some in every]  # type: ignore[attr-defined]

    by = [sorted(some, key=lambda each: str(sorted(each.items(), key=str))) for some in told(before)]
    assert [sorted(some, key=lambda each: str(sorted(each.items(), key=str))) for some in told(after)] == by


async def _objects(two: Two, person: int) -> None:
    async with two.store.write() as session:
        row = await session.get(Person, person)
        assert row is not None
        row.objected_at = row.stopped_at = START
        session.add(row)
        await erasing.object_to(session, await disclosing.whom(session, person))


async def _kept(two: Two) -> list[object]:
    traces = [each for each in await two.rows(Trace) if each.noun.startswith("profile_")]
    return [*await two.rows(OwnValue), *await two.rows(Reading), *await two.rows(Reminder), *traces]


@pytest.mark.parametrize("first", [True, False])
async def test_an_objection_of_one_of_them_holds_for_both(two: Two, first: bool) -> None:
    one, other = await two.met("work", "ana"), await two.met("club", "anna")
    objector, profiled = (one, other) if first else (other, one)
    await _profiled(two, profiled, "Head of seeds", "Seeds", "kept", step=1)
    await two.add(Account(**{**profiled.model_dump(exclude={"id"}), "external_id": "old", "work": "Head of seeds"}))
    await _objects(two, objector.person_id)
    assert await two.join(one, other)
    assert await _kept(two) == []
    assert [each.work for each in await two.rows(Account)] == ["", "", ""]
    assert await two.undo(one)
    assert await _kept(two) == [], "nor does it come back to either: who objected did so for both"


async def test_an_objection_after_a_join_reaches_what_is_kept_to_undo_it(two: Two) -> None:
    one, other = await two.met("work", "ana"), await two.met("club", "anna")
    await _profiled(two, one, "Cook", "Pans", "kept", step=1)
    await _profiled(two, other, "Head of seeds", "Seeds", "kept", step=2)
    assert await two.join(one, other)
    await _objects(two, one.person_id)
    assert await _kept(two) == []
    assert await two.undo(one)
    assert await _kept(two) == []
