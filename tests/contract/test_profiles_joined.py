"""Two people with profiles become one, and two again: what both said, what platforms say of each, and one series."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nudges.profiles import facts, rules
from nudges.profiles.settings import FieldSettings, Settings
from storage import profiles as rows
from storage.database import Store
from storage.people import Account
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
