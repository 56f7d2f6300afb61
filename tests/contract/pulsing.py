"""A company whose indicators are asked for: people, communities, frozen days; and what is told of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.calendar import WorkingTime
from bot.nudge import Context, Look
from nudges.pulse import days, publishing
from nudges.pulse.reading import report
from nudges.pulse.report import Asked, Kind, Measure, Period, Point, Report
from nudges.pulse.settings import Settings
from storage import frozen, pulse
from storage.communities import Community
from storage.database import Store
from storage.people import Account, Person
from storage.pulse import PulseDay
from storage.roster import Entry

PARIS = WorkingTime("Europe/Paris")
START = date(2026, 3, 2)
"""A Monday."""
K = 5


def night(day: date) -> datetime:
    """Four in the morning after a day, in Paris or an hour later."""
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC) + timedelta(days=1)


@dataclass
class Place:
    """A company of one store. now: what its clock shows."""

    store: Store
    now: datetime = field(default_factory=lambda: night(START))
    settings: Settings = field(default_factory=Settings)

    def look(self) -> Look:
        @asynccontextmanager
        async def write() -> AsyncIterator[AsyncSession | None]:
            async with self.store.write() as session:
                yield session

        return Look(self.store.read, write, self.context)

    def context(self, session: AsyncSession) -> Context:
        nothing: Any = None
        return Context(self.now, session, None, nothing, nothing, self.settings, {}, PARIS, ("acme",))

    async def people(self, departments: Iterable[str]) -> list[int]:
        """Somebody for each of these departments."""
        found = []
        async with self.store.write() as session:
            for number, department in enumerate(departments):
                person = Person(name=f"p{number}", created_at=night(START))
                session.add(person)
                await session.flush()
                about = {"person_id": person.id, "platform": "acme", "external_id": f"UP{person.id}", "kind": "member"}
                session.add(Account.model_validate({**about, "created_at": night(START)}))
                key = f"{person.id}"
                if department:
                    session.add(
                        Entry(
                            key=key, person_id=person.id, department=department,
                            created_at=night(START), changed_at=night(START),
                        )
                    )  # fmt: skip
                found.append(person.id or 0)
        return found

    async def community(self, name: str, **more: Any) -> int:
        about: dict[str, Any] = {"platform": "acme", "room": name, "name": name, "slug": name, "purpose": "p"}
        about |= {"work": "w", "kind": "business", "visibility": "public", "state": "active"}
        about["created_at"] = night(START)
        about["opened_at"] = datetime(START.year, START.month, START.day, tzinfo=UTC)
        async with self.store.write() as session:
            community = Community.model_validate({**about, **more})
            session.add(community)
            await session.flush()
            return community.id or 0

    async def freeze(
        self, day: date, counts: Mapping[int, Mapping[str, int]], members: Mapping[int, Collection[int]], **more: Any
    ) -> None:
        """What is told of a day. counts: community -> what happened. members: community -> people."""
        async with self.store.write() as session:
            rows = []
            for each, some in counts.items():
                community = await session.get(Community, each)
                about = {"phase": "active", "objective": community.objective if community else ""}
                told = {"community_id": each, "day": day, "told_at": night(day), **about, **some, **more}
                rows.append(PulseDay.model_validate(told))
            await frozen.tell(session, days.arranged(rows, members, K))

    async def populate(self, day: date, counts: Mapping[str, int]) -> None:
        async with self.store.write() as session:
            await frozen.populate(session, day, counts)

    async def inside(self, members: Mapping[int, Iterable[int]]) -> None:
        async with self.store.write() as session:
            for community, some in members.items():
                for person in some:
                    await pulse.come(session, community, person)

    async def did(self, what: Mapping[tuple[int, int], Iterable[str]], day: date) -> None:
        """(person, community) -> what they did on a day."""
        async with self.store.write() as session:
            await pulse.attend(session, {(person, where, day): did for (person, where), did in what.items()})
            await pulse.activate(session, {person: day for person, _ in what})

    async def tell(self, day: date) -> None:
        self.now = night(day)
        assert await publishing.tell(self.look(), day)

    async def report(
        self,
        *measures: Measure,
        period: Period = "day",
        since: date = START,
        until: date | None = None,
        kind: Kind = "all",
        group: str = "",
        as_of: datetime | None = None,
    ) -> Report:
        asked = Asked(measures, period, since, until or since, kind, group)
        more: dict[str, Any] = {"calendar": PARIS, "smallest": K, "now": self.now, "as_of": as_of}
        async with self.store.read() as session:
            return await report(session, asked, settings=self.settings, **more)


def points(told: Report) -> dict[tuple[str, str], Sequence[Point]]:
    """(measure, group) -> what is told."""
    return {(each.measure, each.group): each.points for each in told.series}


def counts(told: Report) -> dict[tuple[str, str], list[int | str | None]]:
    """(measure, group) -> numbers, or why there is none."""
    return {
        key: [each.why or (each.count if each.told is None else each.told.about) for each in some]
        for key, some in points(told).items()
    }
