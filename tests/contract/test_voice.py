"""Questions to leaders, on both databases: of two who act at once one does, and what is answered together stays so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage import launch
from storage import voice as rows
from storage.database import Store
from storage.launch import Announcement
from storage.people import Person
from storage.voice import ANSWERED, WITHDRAWN, Question

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ASKER, LEADER, OTHER = 1, 2, 3


@pytest.fixture(autouse=True)
async def people(store: Store) -> None:
    async with store.write() as session:
        session.add_all(Person(id=each, name=f"p{each}", created_at=NOW) for each in (ASKER, LEADER, OTHER))


async def asked(store: Store, *texts: str, **more: Any) -> list[int]:
    usual = {"asker_id": ASKER, "leader_id": LEADER, "named": False, "platform": "acme", "asked_at": NOW, **more}
    async with store.write() as session:
        made = [await rows.ask(session, Question.model_validate({**usual, "text": each})) for each in texts]
        return [each.id or 0 for each in made]


async def together(store: Store, number: int) -> list[int]:
    async with store.read() as session:
        question = await rows.get(session, number)
        assert question is not None
        return [each.id or 0 for each in await rows.together(session, question)]


async def joins(store: Store, one: int, other: int) -> bool:
    async with store.write() as session:
        first, second = await rows.get(session, one), await rows.get(session, other)
        assert first is not None
        assert second is not None
        return await rows.join(session, first, second)


async def test_what_is_joined_is_answered_together_until_it_is_parted(store: Store) -> None:
    a, b, c, d = await asked(store, "a?", "b?", "c?", "d?")
    assert await joins(store, b, a)
    assert await joins(store, d, c)
    assert await joins(store, d, b)
    assert not await joins(store, a, c)
    for each in (a, b, c, d):
        assert await together(store, each) == [a, b, c, d]
    async with store.write() as session:
        first = await rows.get(session, a)
        assert first is not None
        assert await rows.part(session, first)
    assert await together(store, a) == [a]
    assert await together(store, d) == [b, c, d]
    async with store.write() as session:
        first = await rows.get(session, a)
        assert first is not None
        assert not await rows.part(session, first)


async def test_a_question_is_over_once(store: Store) -> None:
    (a, b) = await asked(store, "a?", "b?")
    async with store.write() as session:
        assert await rows.close(session, a, ANSWERED, NOW)
        assert not await rows.close(session, a, WITHDRAWN, NOW)
        assert await rows.close(session, b, WITHDRAWN, NOW)
        assert not await rows.pass_on(session, a, OTHER)
    async with store.read() as session:
        found = await rows.of_asker(session, ASKER)
        assert [(each.state, each.text) for each in found] == [(WITHDRAWN, ""), (ANSWERED, "a?")]
        assert await rows.waiting(session, [LEADER]) == []
        assert await rows.counts(session) == {ANSWERED: 1, WITHDRAWN: 1}
    async with store.write() as session:
        await rows.forget(session, NOW)
        assert len(await rows.of_asker(session, ASKER)) == 2, "at that instant they were not over yet"
        await rows.forget(session, NOW + timedelta(seconds=1))
        assert await rows.of_asker(session, ASKER) == []


async def test_of_two_answers_prepared_at_once_the_second_is_refused_and_a_reminder_is_one(store: Store) -> None:
    (a,) = await asked(store, "a?")
    async with store.read() as session:
        seen = await rows.get(session, a)
    assert seen is not None
    for is_first in (True, False):
        async with store.write() as session:
            assert await rows.prepare(session, seen, "Soon.", OTHER) is is_first
            assert await rows.remind(session, seen, 1) is is_first
            assert await rows.lose(session, seen, NOW) is is_first
    async with store.write() as session:
        assert await rows.pass_on(session, a, OTHER)
    async with store.read() as session:
        found = await rows.get(session, a)
        assert found is not None
        assert (found.leader_id, found.draft, found.reminded, found.lost_at) == (OTHER, "", 0, None)


async def test_a_place_is_noticed_once_and_forgotten(store: Store) -> None:
    about = {"owner_id": OTHER, "speaker_id": LEADER, "own_name": True, "state": "sending", "begun_at": NOW}
    async with store.write() as session:
        assert not await rows.own_posts(session)
        made = Announcement.model_validate({**about, "created_at": NOW, "changed_at": NOW})
        number = (await launch.write(session, made, "It opens", "Soon.")).id or 0
        assert await rows.own_posts(session)
        assert [each.id for each in await rows.posted(session, NOW)] == [number]
        assert await rows.posted(session, NOW + timedelta(seconds=1)) == []
        for message in ("M1", "M1", "M2"):
            await rows.place(session, "acme", "R1", message, number, NOW)
        assert [each.message for each in await rows.places(session, {("acme", "R1"), ("acme", "R2")})] == ["M1"]
        assert await rows.places(session, {("other", "R1")}) == []
        assert len(await rows.places_of(session, number)) == 1
        await rows.point(session, "acme", "R1", "M3", number, NOW)
        assert [each.message for each in await rows.places_of(session, number)] == ["M3"], "a room has one"
        await rows.forget(session, NOW + timedelta(days=1))
        assert await rows.places_of(session, number) == []
