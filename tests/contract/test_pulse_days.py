"""What is told of days: versions, what was told at an instant, who was there, lists of members; on both engines."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.calendar import WorkingTime
from bot.nudge import Context
from nudges.pulse import activation, days, forgetting, health
from nudges.pulse.settings import Settings
from storage import frozen, pulse
from storage.communities import Community
from storage.database import Store
from storage.people import Account, Person
from storage.pulse import PulseBackfill, PulseDay, PulseGap, PulseHeard, PulsePopulation, PulsePresence
from storage.roster import Entry

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
DAY = date(2026, 11, 24)
ANA, BOB, CLEO, GUS = 1, 2, 3, 4


@pytest.fixture
async def town(store: Store) -> Store:
    """ana, bob and cleo, a guest, and one community."""
    async with store.write() as session:
        for name, kind in (("ana", "member"), ("bob", "member"), ("cleo", "member"), ("gus", "guest")):
            person = Person(name=name, created_at=NOW)
            session.add(person)
            await session.flush()
            about = {"person_id": person.id, "platform": "acme", "external_id": name, "kind": kind, "created_at": NOW}
            session.add(Account.model_validate(about))
        session.add(
            Community(
                platform="acme", room="r1", name="n", slug="n", purpose="p", work="w", kind="business",
                visibility="public", state="active", created_at=NOW,
            )
        )  # fmt: skip
        session.add(
            Entry(key="1", person_id=ANA, department="Sales", created_at=NOW, changed_at=NOW),
        )
    return store


def context(session: Any, settings: Settings, now: datetime = NOW) -> Context:
    nothing: Any = None
    return Context(now, session, None, nothing, nothing, settings, {}, WorkingTime("Europe/Paris"), ("acme",))


def told(posts: int, *, version: int = 1, at: datetime = NOW) -> PulseDay:
    return PulseDay(community_id=1, day=DAY, posts=posts, version=version, members=3, told_at=at)


async def test_a_correction_is_another_version_and_the_former_can_be_asked_for(town: Store) -> None:
    later = NOW + timedelta(days=1)
    async with town.write() as session:
        await frozen.tell(session, [told(2)])
        await pulse.count(session, {(1, DAY): {"posts": 2}})
        ctx = context(session, Settings(), later)
        assert await days.correct(ctx, DAY, DAY, "late") == 0, "nothing is new"
        await pulse.count(session, {(1, DAY): {"posts": 1, "replies": 4}})
        assert await days.correct(ctx, DAY, DAY, "late", only=2) == 0
        assert await days.correct(ctx, DAY, DAY, "late", only=1) == 1
        assert await days.correct(ctx, DAY, DAY, "late") == 0
    async with town.read() as session:
        now = (await frozen.latest(session, DAY, DAY))[1, DAY]
        assert (now.posts, now.replies, now.version, now.why, now.members) == (3, 4, 2, "late", 3)
        before = (await frozen.as_of(session, DAY, DAY, NOW))[1, DAY]
        assert (before.posts, before.version) == (2, 1)
        assert await frozen.as_of(session, DAY, DAY, NOW - timedelta(days=1)) == {}
        assert await frozen.last_days(session) == {1: DAY}


async def test_a_stretch_that_stopped_leaves_other_days_to_be_corrected(town: Store) -> None:
    """A platform refuses what happened before; what comes late of days that were heard is told."""
    before, later = DAY - timedelta(days=9), NOW + timedelta(days=1)
    async with town.write() as session:
        until = NOW - timedelta(days=5)
        about = {"community_id": 1, "state": "stopped", "why": "missing_scope", "changed_at": NOW}
        session.add(PulseBackfill.model_validate({**about, "since": NOW - timedelta(days=40), "until": until}))
        await frozen.tell(session, [told(2), PulseDay(community_id=1, day=before, posts=1, told_at=NOW)])
        await pulse.count(session, {(1, DAY): {"posts": 3}, (1, before): {"posts": 8}, (1, until.date()): {"posts": 8}})
        assert await days.correct(context(session, Settings(), later), before, DAY, "late") == 1
        told_now = await frozen.latest(session, before, DAY)
        assert {day: row.posts for (_, day), row in told_now.items()} == {DAY: 3, before: 1}


async def test_what_was_told_is_told_once(town: Store) -> None:
    for posts in (2, 7):
        async with town.write() as session:
            await frozen.tell(session, [told(posts)])
            await frozen.populate(session, DAY, {"Sales": posts})
    async with town.read() as session:
        assert [each.posts for each in await session.exec(select(PulseDay))] == [2]
        assert [each.people for each in await session.exec(select(PulsePopulation))] == [2]


async def test_a_list_of_members_says_who_of_the_organisation_is_in_a_community(town: Store) -> None:
    async with town.write() as session:
        await pulse.come(session, 1, CLEO)
        await frozen.gather(session, 1, "acme", ["bot", "ana", "bob", "gus", "nobody"], NOW)
    async with town.read() as session:
        assert await frozen.members(session) == {1: {ANA, BOB}}
        assert await frozen.members(session, {ANA}) == {1: {BOB}}
        assert (await frozen.rooms(session))[1].accounts == 4
    async with town.write() as session:
        await frozen.moved(session, 1, by=-1)
        assert (await frozen.rooms(session))[1].accounts == 3
        await frozen.gather(session, 1, "acme", ["bot", "bob"], NOW)
        assert await frozen.members(session) == {1: {BOB}}


async def test_how_everybody_stands_by_the_end_of_a_day(town: Store) -> None:
    settings = Settings()
    long_ago = DAY - timedelta(days=settings.window_days)
    async with town.write() as session:
        await pulse.attend(session, {(ANA, 1, DAY): ["read"], (BOB, 1, long_ago): ["wrote"]})
        await pulse.attend(session, {(ANA, 1, long_ago + timedelta(days=1)): ["reacted"]})
        await pulse.activate(session, {ANA: long_ago, BOB: long_ago})
        await pulse.come(session, 1, BOB)
    async with town.read() as session:
        found = {each.person: each for each in await activation.states(session, settings, DAY)}
        assert set(found) == {ANA, BOB, CLEO}, "a guest is nobody of ours"
        ana, bob, cleo = (found[each] for each in (ANA, BOB, CLEO))
        assert (ana.department, ana.activated, ana.adopting, ana.active) == ("Sales", True, True, True)
        assert (bob.department, bob.activated, bob.adopting, bob.active) == ("", True, False, False)
        assert (cleo.activated, cleo.adopting) == (False, False)
        assert (ana.communities, bob.communities) == (frozenset(), {1})
        early = {each.person: each for each in await activation.states(session, settings, long_ago)}
        assert early[BOB].active
        assert not early[ANA].adopting
        without = await activation.states(session, Settings(not_counted=("acme:ana",)), DAY)
        assert [each.person for each in without] == [BOB, CLEO]


async def test_who_used_the_bot_has_begun_unless_they_objected(town: Store) -> None:
    async with town.write() as session:
        for person in (ANA, BOB):
            (account,) = await session.exec(select(Account).where(Account.person_id == person))
            account.used_at = NOW
            session.add(account)
        bob = await session.get(Person, BOB)
        assert bob is not None
        bob.objected_at = NOW
        session.add(bob)
        await session.flush()
        assert [person for person, _ in await frozen.used(session)] == [ANA]
        await pulse.activate(session, {ANA: DAY})
        assert await frozen.used(session) == []
        assert await frozen.activated(session, DAY) == {ANA}
        assert await frozen.activated(session, DAY - timedelta(days=1)) == set()


async def test_gaps_are_found_by_the_days_they_touch(town: Store) -> None:
    async with town.write() as session:
        for since, until in ((1, 3), (5, 9)):
            first, last = date(2026, 11, since), date(2026, 11, until)
            session.add(PulseGap(platform="acme", why="away", since=first, until=last))
    async with town.read() as session:
        for since, until, number in ((1, 9, 2), (3, 4, 1), (4, 4, 0), (6, 7, 1), (10, 30, 0)):
            assert len(await frozen.gaps(session, date(2026, 11, since), date(2026, 11, until))) == number


async def test_the_doctor_says_what_is_counted_and_what_is_not(town: Store) -> None:
    async def says(session: Any, settings: Settings) -> list[str]:
        return [f"{each.state} {each.what.id}" for each in await health.doctor(context(session, settings))]

    async with town.write() as session:
        assert await says(session, Settings()) == ["fine pulse-doctor-new"]
        session.add(PulseHeard(platform="acme", since=NOW, at=NOW))
        session.add(PulseGap(platform="acme", why="away", since=DAY, until=DAY))
        community = await session.get(Community, 1)
        assert community is not None
        community.missing_at = NOW
        session.add(community)
        await session.flush()
        assert await says(session, Settings(not_counted=("acme:nobody", "acme:ana"))) == [
            "fine pulse-doctor-fine",
            "warning pulse-doctor-unknown",
            "warning pulse-doctor-away",
            "warning pulse-doctor-outside",
        ]


async def test_who_was_there_is_forgotten_in_time(town: Store) -> None:
    settings = Settings()
    async with town.write() as session:
        await pulse.attend(session, {(ANA, 1, DAY): ["wrote"]})
        await pulse.count(session, {(1, DAY): {"posts": 1}})
    for later, left in ((settings.presence_days, 1), (settings.presence_days + 1, 0)):
        async with town.write() as session:
            await forgetting.forgets(context(session, settings, NOW + timedelta(days=later)))
            assert len(list(await session.exec(select(PulsePresence)))) == left
            assert (await frozen.counts(session, DAY, DAY))[1, DAY]["posts"] == 1, "numbers stay"
