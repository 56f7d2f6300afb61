"""What is counted is a number, and who was there a yes; the same on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from bot.chat import Spoke
from bot.nudge import Overheard
from nudges.pulse import counting, days
from storage import erasing, pulse
from storage.communities import Community
from storage.database import Store
from storage.held import Whom
from storage.people import Account, Person
from storage.pulse import PulseActivation, PulseBackfill, PulseCount, PulseHeard, PulsePresence
from tests.contract.pulsing import START, Place, night

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
DAY = date(2026, 11, 24)
NAMES = ("ana", "bob", "cleo")


@pytest.fixture
async def people(store: Store) -> dict[str, int]:
    """Some people, and two communities: 1 and 2."""
    async with store.write() as session:
        rows = {name: Person(name=name, created_at=NOW) for name in NAMES}
        session.add_all(rows.values())
        await session.flush()
        for name, row in rows.items():
            session.add(Account(person_id=row.id or 0, platform="acme", external_id=name, created_at=NOW))
        for room, state in (("r1", "active"), ("r2", "pilot"), ("r3", "closed")):
            session.add(
                Community(
                    platform="acme",
                    room=room,
                    name=room,
                    slug=room,
                    purpose="p",
                    work="w",
                    kind="business",
                    visibility="public",
                    state=state,
                    created_at=NOW,
                )
            )
        return {name: row.id or 0 for name, row in rows.items()}


async def counts(store: Store) -> list[tuple[int, date, int, int, int]]:
    async with store.read() as session:
        rows = await session.exec(select(PulseCount).order_by(PulseCount.community_id, PulseCount.day))  # type: ignore[arg-type]
        return [(each.community_id, each.day, each.posts, each.replies, each.reads) for each in rows]


async def there(store: Store, person: int) -> list[tuple[int, date, str]]:
    async with store.read() as session:
        rows = await session.exec(
            select(PulsePresence).where(PulsePresence.person_id == person).order_by(PulsePresence.id)  # type: ignore[arg-type]
        )
        return [(each.community_id, each.day, _did(each)) for each in rows]


def _did(row: PulsePresence) -> str:
    return " ".join(name for name in pulse.DID if getattr(row, name))


async def test_numbers_add_up_by_community_and_day(store: Store, people: dict[str, int]) -> None:
    del people
    other = DAY - timedelta(days=1)
    for sums in ({(1, DAY): {"posts": 2, "reads": 1}, (2, DAY): {"posts": 1}}, {(1, DAY): {"posts": 1, "replies": 4}}):
        async with store.write() as session:
            await pulse.count(session, sums)
    async with store.write() as session:
        await pulse.count(session, {(1, other): {"replies": 1}})
        await pulse.count(session, {})
    assert await counts(store) == [(1, other, 0, 1, 0), (1, DAY, 3, 4, 1), (2, DAY, 1, 0, 0)]


async def test_who_was_there_is_a_yes_that_is_written_once(store: Store, people: dict[str, int]) -> None:
    ana, bob = people["ana"], people["bob"]
    for did in (["wrote"], ["reacted"], ["wrote"]):
        async with store.write() as session:
            await pulse.attend(session, {(ana, 1, DAY): did, (bob, 1, DAY): ["read"]})
    assert await there(store, ana) == [(1, DAY, "wrote reacted")]
    assert await there(store, bob) == [(1, DAY, "read")]
    async with store.write() as session:
        await pulse.attend(session, {(ana, 1, DAY + timedelta(days=1)): ["read"]})
        await pulse.forget_before(session, DAY + timedelta(days=1))
    assert await there(store, ana) == [(1, DAY + timedelta(days=1), "read")]
    assert await there(store, bob) == []


async def test_of_the_days_on_which_somebody_was_there_first_the_earliest_stays(
    store: Store, people: dict[str, int]
) -> None:
    for day in (DAY, DAY - timedelta(days=3), DAY - timedelta(days=1)):
        async with store.write() as session:
            await pulse.activate(session, {people["ana"]: day})
    async with store.read() as session:
        row = await session.get(PulseActivation, people["ana"])
        assert row is not None
        assert row.day == DAY - timedelta(days=3)


async def test_only_rooms_of_communities_that_people_are_in_are_counted(store: Store, people: dict[str, int]) -> None:
    del people
    async with store.read() as session:
        some = [("acme", "r1"), ("acme", "r2"), ("acme", "r3"), ("beta", "r1"), ("acme", "elsewhere")]
        assert await pulse.rooms(session, some) == {("acme", "r1"): 1, ("acme", "r2"): 2}
        assert await pulse.rooms(session, []) == {}
        assert await pulse.people_of(session, ["acme:bob", "beta:ana", "acme:nobody"]) == {2}


@pytest.mark.parametrize("how", ["erased", "objected"])
async def test_of_who_is_erased_or_objects_only_numbers_stay(store: Store, people: dict[str, int], how: str) -> None:
    async with store.write() as session:
        await pulse.count(session, {(1, DAY): {"posts": 1}})
        await pulse.attend(session, {(each, 1, DAY): ["wrote"] for each in people.values()})
        await pulse.activate(session, dict.fromkeys(people.values(), DAY))
    async with store.write() as session:
        about = Whom(frozenset({people["ana"]}))
        if how == "erased":
            await erasing.erase(session, about, NOW, {}, remember=False)
        else:
            await erasing.object_to(session, about)
    assert await there(store, people["ana"]) == []
    assert await there(store, people["bob"]) == [(1, DAY, "wrote")]
    assert await counts(store) == [(1, DAY, 1, 0, 0)]
    async with store.read() as session:
        assert await session.get(PulseActivation, people["ana"]) is None


@pytest.mark.parametrize("connected", [True, False], ids=["connected", "not yet"])
async def test_what_is_counted_before_the_platform_is_back_is_left_to_no_stretch(store: Store, connected: bool) -> None:
    """Recorded before a kill, it is added up two hours later, at the start, be the platform connected or not."""
    place = Place(store)
    (ana,) = await place.people(["Sales"])
    long_ago = night(START) - timedelta(days=9)
    community = await place.community("garden", created_at=long_ago, opened_at=long_ago)
    ten = night(START) - timedelta(hours=17)
    back = ten + timedelta(hours=2)
    post = Spoke(key="k", platform="acme", by=f"UP{ana}", room="garden", at=ten + timedelta(minutes=7))
    async with store.write() as session:
        session.add(PulseHeard(platform="acme", since=long_ago, at=ten))
    async with store.write() as session:
        context = place.context(session)
        await counting.add(
            [Overheard(post, ana)], replace(context, now=back, connected={"acme": back} if connected else {})
        )
    async with store.write() as session:
        context = place.context(session)
        await days.listen(replace(context, now=back + timedelta(minutes=1), connected={"acme": back}))
    async with store.read() as session:
        stretches = list(await session.exec(select(PulseBackfill)))
        counted = list(await session.exec(select(PulseCount)))
    told_of = [each for each in stretches if each.since <= post.at < each.until]
    assert [each.community_id for each in told_of] == ([community] if not counted else [])
    assert [each.posts for each in counted] == ([] if told_of else [1])
