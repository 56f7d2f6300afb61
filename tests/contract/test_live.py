"""What a launch day counts, on both engines: numbers, and nobody's."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from storage import live
from storage.communities import Community
from storage.database import Store
from storage.people import Person
from storage.pulse import PulsePresence

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY, YESTERDAY = date(2026, 11, 24), date(2026, 11, 23)


async def test_who_wrote_for_the_first_time_is_counted_once_and_who_only_read_is_not(store: Store) -> None:
    about = {"platform": "acme", "purpose": "Sing", "work": "Songs", "kind": "interest", "visibility": "public"}
    async with store.write() as session:
        assert await live.first_posts(session, TODAY) == 0
        session.add_all([Person(id=number, name=f"p{number}", created_at=NOW) for number in range(1, 6)])
        for number, name in ((1, "choir"), (2, "garden")):
            of = {"id": number, "name": name, "slug": name, "state": "active", "created_at": NOW}
            session.add(Community.model_validate({**about, **of}))
        await session.flush()

        def was_there(person: int, community: int, day: date, **did: bool) -> None:
            session.add(PulsePresence(person_id=person, community_id=community, day=day, **did))

        for community in (1, 2):
            was_there(1, community, TODAY, wrote=True)  # in two of them, and one person
        was_there(2, 1, TODAY, wrote=True)  # wrote elsewhere before
        was_there(2, 2, YESTERDAY, wrote=True)
        was_there(3, 1, TODAY, read=True, reacted=True)
        was_there(4, 1, YESTERDAY, read=True)  # only read before
        was_there(4, 1, TODAY, wrote=True)
        was_there(5, 1, TODAY + timedelta(days=1), wrote=True)
        await session.flush()
        assert await live.first_posts(session, TODAY) == 2
        assert await live.first_posts(session, YESTERDAY) == 1
