"""Two accounts that are one person's are counted as one, and taken apart again each has what was theirs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from storage import frozen, pulse
from storage.communities import Community
from storage.database import Store
from storage.joining import Join
from storage.merging import Merging
from storage.people import Account, Person
from storage.pulse import PulseActivation, PulseMember, PulsePresence
from storage.unmerging import Unmerging

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
DAY = date(2026, 11, 24)
BEFORE = DAY - timedelta(days=3)
KEPT, GONE = 1, 2


@pytest.fixture
async def town(store: Store) -> Store:
    """Somebody with an account on two platforms, as two people: 1 on acme, 2 on beta; communities 1 and 2 on acme, 3 on
    beta.
    """
    async with store.write() as session:
        for platform in ("acme", "beta"):
            person = Person(name="ana", created_at=NOW)
            session.add(person)
            await session.flush()
            session.add(Account(person_id=person.id or 0, platform=platform, external_id="ana", created_at=NOW))
        for number, platform in enumerate(("acme", "acme", "beta")):
            session.add(
                Community(
                    platform=platform, room=f"r{number}", name="n", slug="n", purpose="p", work="w", kind="business",
                    visibility="public", state="active", created_at=NOW,
                )
            )  # fmt: skip
    return store


async def joined(store: Store) -> None:
    async with store.write() as session:
        join = Join(kept_id=KEPT, gone_id=GONE, joined_at=NOW)
        session.add(join)
        await session.flush()
        await Merging(session, join.id or 0).everything(GONE, KEPT)
        gone = await session.get(Person, GONE)
        assert gone is not None
        gone.joined_to = KEPT
        session.add(gone)


async def parted(store: Store) -> None:
    async with store.write() as session:
        (join,) = await session.exec(select(Join))
        gone = await session.get(Person, GONE)
        assert gone is not None
        gone.joined_to = None
        session.add(gone)
        await Unmerging(session, join).everything()


async def there(store: Store) -> dict[tuple[int, int, date], str]:
    async with store.read() as session:
        rows = await session.exec(select(PulsePresence))
        return {
            (each.person_id, each.community_id, each.day): " ".join(n for n in pulse.DID if getattr(each, n))
            for each in rows
        }


async def began(store: Store) -> dict[int, date]:
    async with store.read() as session:
        return {each.person_id: each.day for each in await session.exec(select(PulseActivation))}


async def test_three_communities_under_two_accounts_are_one_person(town: Store) -> None:
    async with town.write() as session:
        await pulse.attend(session, {(KEPT, 1, DAY): ["wrote"], (KEPT, 2, DAY): ["read"], (GONE, 3, DAY): ["reacted"]})
        await pulse.activate(session, {KEPT: DAY, GONE: BEFORE})
        for community, person in ((1, KEPT), (3, GONE)):
            await pulse.come(session, community, person)
    async with town.read() as session:
        assert len({each.person for each in await frozen.present(session, BEFORE, DAY)}) == 2
    await joined(town)
    async with town.read() as session:
        window = await frozen.present(session, BEFORE, DAY)
        assert {each.person for each in window} == {KEPT}
        assert {each.community: each.acted for each in window} == {1: True, 2: False, 3: True}
        assert await frozen.members(session) == {1: {KEPT}, 3: {KEPT}}
    assert await began(town) == {KEPT: BEFORE}
    await parted(town)
    assert await there(town) == {(KEPT, 1, DAY): "wrote", (KEPT, 2, DAY): "read", (GONE, 3, DAY): "reacted"}
    assert await began(town) == {KEPT: DAY, GONE: BEFORE}
    async with town.read() as session:
        assert {(each.person_id, each.community_id) for each in await session.exec(select(PulseMember))} == {
            (KEPT, 1), (GONE, 3),
        }  # fmt: skip


async def test_what_both_did_in_one_community_on_a_day_is_put_together_and_taken_apart(town: Store) -> None:
    """A person had another account there before."""
    async with town.write() as session:
        await pulse.attend(session, {(KEPT, 1, DAY): ["read"], (GONE, 1, DAY): ["wrote"], (GONE, 1, BEFORE): ["read"]})
        await pulse.activate(session, {GONE: BEFORE})
    await joined(town)
    assert await there(town) == {(KEPT, 1, DAY): "wrote read", (KEPT, 1, BEFORE): "read"}
    assert await began(town) == {KEPT: BEFORE}
    await parted(town)
    assert await there(town) == {(KEPT, 1, DAY): "read", (GONE, 1, DAY): "wrote", (GONE, 1, BEFORE): "read"}
    assert await began(town) == {GONE: BEFORE}


async def test_what_was_done_while_they_were_one_goes_with_the_account_of_its_platform(town: Store) -> None:
    await joined(town)
    async with town.write() as session:
        await pulse.attend(session, {(KEPT, 1, DAY): ["wrote"], (KEPT, 3, DAY): ["read"]})
        await pulse.activate(session, {KEPT: DAY})
        await pulse.come(session, 3, KEPT)
    await parted(town)
    assert await there(town) == {(KEPT, 1, DAY): "wrote", (GONE, 3, DAY): "read"}
    assert await began(town) == {KEPT: DAY}
    async with town.write() as session:
        assert await frozen.unactivated(session) == {GONE: DAY}, "the night sees to it"
        assert await frozen.members(session) == {3: {GONE}}
