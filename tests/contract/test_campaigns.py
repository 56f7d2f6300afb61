"""Campaigns in the database: what moves, what stays, and who is new; on both engines."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import campaigns, launch
from storage.campaigns import Campaign, CampaignLine, Newcomer
from storage.database import Store
from storage.launch import Announcement
from storage.people import Account, Person
from storage.pulse import PulseActivation

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
BEGAN = NOW - timedelta(days=3)


async def people(session: AsyncSession, count: int) -> None:
    session.add_all([Person(id=number, name=f"p{number}", created_at=NOW) for number in range(1, count + 1)])
    await session.flush()


async def line(session: AsyncSession, key: str, *, after: str = "", **more: Any) -> int:
    about = {"owner_id": 1, "speaker_id": 1, "local": "2027-01-18T09:00", "zone": "Europe/Paris", "campaign_id": 1}
    made = Announcement.model_validate({**about, "step": key, "created_at": NOW, "changed_at": NOW, **more})
    made = await launch.write(session, made, key, "words")
    assert made.id is not None
    session.add(CampaignLine(campaign_id=1, announcement_id=made.id, key=key, after=after))
    await session.flush()
    return made.id


async def campaign(session: AsyncSession) -> None:
    about = {"name": "Opening", "called": "opening", "day_zero": date(2027, 1, 18), "zone": "Europe/Paris"}
    await campaigns.add(
        session,
        Campaign.model_validate({**about, "phase": "pilot", "owner_id": 1, "created_at": BEGAN, "changed_at": NOW}),
    )


async def test_a_time_is_written_over_the_one_that_was_seen_and_over_nothing_that_was_begun(store: Store) -> None:
    async with store.write() as session:
        await people(session, 1)
        await campaign(session)
        draft, late, sent = [await line(session, state, state=state, counted=6) for state in ("draft", "late", "sent")]
        new = {"local": "2027-01-25T09:00", "at": NOW}
        assert await campaigns.retime(session, draft, "2027-01-18T09:00", NOW, **new)
        assert not await campaigns.retime(session, draft, "2027-01-18T09:00", NOW, **new), "somebody moved it"
        assert await campaigns.retime(session, late, "2027-01-18T09:00", NOW, **new)
        assert not await campaigns.retime(session, sent, "2027-01-18T09:00", NOW, **new)
    async with store.read() as session:
        planned = await campaigns.lines(session, 1)
    found = {row.key: (made.state, made.local[:10], made.counted) for row, made, _ in planned}
    assert found == {
        "draft": ("draft", "2027-01-25", None),
        "late": ("draft", "2027-01-25", None),
        "sent": ("sent", "2027-01-18", 6),
    }


async def test_day_zero_and_phase_are_left_from_where_they_were_seen(store: Store) -> None:
    async with store.write() as session:
        await people(session, 1)
        await campaign(session)
        assert not await campaigns.move(session, 1, date(2027, 1, 19), date(2027, 1, 25), NOW)
        assert await campaigns.move(session, 1, date(2027, 1, 18), date(2027, 1, 25), NOW)
        assert not await campaigns.enter(session, 1, "launch", "run", (), NOW)
        assert await campaigns.enter(session, 1, "pilot", "launch", ["b.b", "a.a"], NOW)
        row = await campaigns.get(session, 1)
        assert row is not None
        assert (row.day_zero, row.phase, row.held) == (date(2027, 1, 25), "launch", "a.a b.b")
        assert [each.id for each in await campaigns.unmarked(session, date(2027, 1, 25))] == [1]
        assert await campaigns.unmarked(session, date(2027, 1, 24)) == []
        await campaigns.alter(session, 1, NOW, marked=date(2027, 1, 25))
        assert await campaigns.unmarked(session, date(2027, 1, 25)) == []


async def test_a_line_waits_for_those_that_were_not_promised_to_all_nor_given_up(store: Store) -> None:
    first: dict[str, Any] = {"wave": 1, "planned": 1}
    rest: dict[str, Any] = {"wave": 2, "planned": 1}
    all_: dict[str, Any] = {"wave": 2, "planned": 2}
    async with store.write() as session:
        await people(session, 1)
        await campaign(session)
        for state in ("sent", "cancelled", "sending", "draft"):
            await line(session, state, state=state)
        await line(session, "few", state="sending", **first)
        await line(session, "rest", state="sending", **rest)
        await line(session, "all", state="sending", **all_)
        await line(session, "held", state="held", **first)
        await line(session, "paused", state="paused", **all_)
        keys = "sent cancelled sending draft few rest all held paused"
        waits = await line(session, "last", after=keys)
        assert await campaigns.waits_for(session, waits) == ["draft", "few", "held", "paused", "rest", "sending"]
        alone = await line(session, "alone")
        assert await campaigns.waits_for(session, alone) == await campaigns.waits_for(session, 99) == []
        assert [row.key for row, *_ in await campaigns.sent_unmarked(session)] == ["sent"]
        await campaigns.take_out(session, waits)
        assert await campaigns.of_announcement(session, waits) is None


async def test_new_is_whoever_was_never_there_before_it_began(store: Store) -> None:
    used: dict[int, datetime | None] = {
        1: BEGAN - timedelta(days=9),  # was there before
        2: BEGAN + timedelta(hours=1),
        3: BEGAN + timedelta(hours=2),  # was seen in a community before
        4: None,  # has an account, and never came
        5: BEGAN + timedelta(hours=3),  # objected
        6: BEGAN + timedelta(hours=4),
        7: None,  # was seen, and never spoke to the bot
    }
    async with store.write() as session:
        await people(session, 7)
        for person, at in used.items():
            session.add(
                Account(person_id=person, platform="acme", external_id=f"U{person}", created_at=NOW, used_at=at)
            )
        objecting = await session.get(Person, 5)
        assert objecting is not None
        objecting.objected_at = NOW
        session.add(objecting)
        session.add(PulseActivation(person_id=3, day=BEGAN.date() - timedelta(days=1)))
        session.add(PulseActivation(person_id=7, day=BEGAN.date() + timedelta(days=1)))
        await campaign(session)
        since = await campaigns.began(session, date(2026, 11, 1))
        assert since == BEGAN
        assert await campaigns.began(session, date(2027, 1, 19)) is None
        found = await campaigns.newly_there(session, BEGAN, BEGAN.date(), 10)
        assert [person for person, _ in found] == [2, 6]
        assert await campaigns.seen(session, BEGAN.date(), 10) == [7]
        await campaigns.welcome(session, dict(found), NOW)
        await campaigns.welcome(session, {2: NOW, 7: NOW}, NOW + timedelta(hours=1))
        assert await campaigns.newly_there(session, BEGAN, BEGAN.date(), 10) == []
        assert await campaigns.seen(session, BEGAN.date(), 10) == []


async def test_who_is_new_is_told_once_the_longest_due_first(store: Store) -> None:
    async with store.write() as session:
        await people(session, 4)
        await campaigns.welcome(session, {1: NOW, 2: NOW, 3: NOW}, NOW)
        await campaigns.welcome(session, {4: NOW}, NOW + timedelta(hours=1))

        async def due(limit: int = 9, **how: Any) -> list[int]:
            return [each.person_id for each in await campaigns.due(session, NOW + timedelta(hours=2), limit, **how)]

        assert await due() == [1, 2, 3, 4]
        assert await due(2, after=(NOW, 2)) == [3, 4]
        assert await due(among=[4, 2]) == [2, 4]
        await campaigns.put_off(session, {1: None, 2: NOW + timedelta(days=1)})
        assert await due() == [3, 4]
        await campaigns.put_off(session, {1: NOW})
        assert await due() == [3, 4], "who was told is told no more"
        row = await session.get(Newcomer, 1)
        assert row is not None
        assert row.due_at is None
