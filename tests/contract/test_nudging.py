"""The release and the sweep, on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlmodel import col, select

from adapters import PLATFORMS
from adapters.memory.platform import MemoryPlatform
from adapters.memory.server import MemoryServer
from bot.app import App
from bot.attention import hush
from bot.chat import Profile
from bot.config import load
from bot.nudge import To
from bot.nudging import Sweep, freeing
from bot.people import update
from nudges import NUDGES
from storage import contacts, releases
from storage.contacts import Contact
from storage.database import Store
from storage.outbox import HELD, Promise
from storage.people import Account, Person
from storage.roster import Entry
from tests.contract.world import words
from tests.scenarios.company import release, toml
from tests.scenarios.watering import Watering

START = datetime(2026, 11, 24, 9, tzinfo=UTC)  # a Tuesday, ten in Paris
NOUMEA = "Pacific/Noumea"  # where the working day is over by then


class Deployment:
    """A bot that looks when it is told to, and sends nothing. kinds: those that are released."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.now = START
        self.watering = Watering()
        tables = {
            "parvis": {"contact": "us", "zone": "Europe/Paris"},
            "platforms": {"acme": {"kind": "memory"}},
            "web": {"private": "off"},
            "roles": {"animator": ["acme:U1"], "admin": ["acme:U1"]},
        }
        path = folder / "parvis.toml"
        path.write_text(toml(tables), "utf-8")
        models = {nudge.id: nudge.settings for nudge in NUDGES}
        config = load(path, {"PARVIS_AUDIT_KEY": "0123456789abcdef" * 4}, models, PLATFORMS)
        platforms = {"acme": MemoryPlatform(MemoryServer("acme", lambda: self.now))}
        nudges = (*NUDGES, self.watering.nudge())
        self.app = App(config, store, platforms, lambda: self.now, nudges=nudges)

    @property
    def kinds(self) -> list[str]:
        return [each.spec.kind for each in self.app.nudged.looking.kinds]

    async def looks(self) -> None:
        """What happens each minute."""
        await self.app.attendance.around._look()
        await self.app.sweep.look()

    async def people(self, count: int, zone: str = "Europe/Paris") -> list[int]:
        """So many with an account there."""
        async with self.store.write() as session:
            rows = [{"name": f"p{each}", "greeted_at": START - timedelta(days=90)} for each in range(count)]
            usual = {"language": "", "zone": "", "told_on": "", "created_at": START, "stopped_at": None}
            made = insert(Person).returning(col(Person.id))
            ids = sorted(each for (each,) in await session.exec(made, params=[{**usual, **row} for row in rows]))
            blank = dict.fromkeys(("called", "work", "email", "direct_room", "language"), "")
            usual = {**blank, "platform": "acme", "kind": "member", "zone": zone, "created_at": START}
            accounts = [{**usual, "person_id": each, "external_id": f"A{each}", "name": f"p{each}"} for each in ids]
            await session.exec(insert(Account), params=accounts)
        return ids

    async def promised(self) -> Sequence[Promise]:
        async with self.store.read() as session:
            unasked = select(Promise).where(Promise.kind != "decision").order_by(col(Promise.id))
            return (await session.exec(unasked)).all()

    async def stage(self, kind: str = "watering") -> str:
        async with self.store.read() as session:
            return (await releases.load(session))[1][kind].stage


@pytest.fixture
def at(store: Store, tmp_path: Path) -> Deployment:
    return Deployment(store, tmp_path)


# ---------------------------------------------------------------- the rows


async def test_a_kind_is_held_until_staff_are_informed_and_it_is_confirmed_and_while_it_is_paused(
    store: Store,
) -> None:
    async def held() -> set[str]:
        async with store.read() as session:
            return await releases.held(session, ["a", "b"])

    async def write(**values: object) -> None:
        async with store.write() as session:
            await releases.write_kind(session, "a", START, **values)

    await write(stage="all")
    assert await held() == {"a", "b"}, "nobody was informed"
    async with store.write() as session:
        await releases.write(session, informed_on="2026-11-20")
        await releases.write(session, confirmed_people=3)
    assert await held() == {"b"}
    await write(paused=True)
    assert await held() == {"a", "b"}
    await write(paused=False, stage="confirmed")
    assert await held() == {"a", "b"}
    async with store.read() as session:
        row, kinds = await releases.load(session)
    assert (row.informed_on, row.confirmed_people, list(kinds)) == ("2026-11-20", 3, ["a"])


async def test_a_step_is_taken_once(store: Store) -> None:
    async with store.write() as session:
        await releases.write_kind(session, "a", START, stage="waits")
    async with store.write() as session:
        assert await releases.move(session, "a", "waits", START, stage="all")
        assert not await releases.move(session, "a", "waits", START, stage="all")


async def test_departments_count_people_who_are_here_once(at: Deployment) -> None:
    one, two, left, unlisted = await at.people(4)
    async with at.store.write() as session:
        for person, state in ((one, "here"), (two, "here"), (left, "left")):
            listed = Entry(key=f"k{person}", person_id=person, state=state, created_at=START, changed_at=START)
            listed.department = "sales"
            session.add(listed)
        for id, kind in (("UG", "guest"), ("U1", "member")):
            await update(session, "acme", Profile(id=id, name=id, kind=kind), START)
        second = Account(person_id=one, platform="beta", external_id="B1", created_at=START)
        session.add(second)
    async with at.store.read() as session:
        assert await releases.sizes(session) == {"sales": 2, "": 2}
        assert await releases.departments(session, [one, left, unlisted]) == {one: "sales", unlisted: ""}


# ---------------------------------------------------------------- the sweep


async def test_whoever_is_due_and_may_be_told_is_promised_it_once(at: Deployment) -> None:
    await release(at.store, at.kinds, at.now)
    some = await at.people(3)
    at.watering.plants.needs(*some)
    await at.looks()
    await at.looks()
    told = [(each.name, each.state) for each in await at.promised()]
    assert told == [(f"watering:{each}:1", "todo") for each in some]
    assert at.watering.plants.promised == some


async def test_what_is_not_released_is_not_even_looked_at(at: Deployment) -> None:
    at.watering.plants.needs(*await at.people(3))
    await at.looks()
    await release(at.store, ["feeding"], at.now)
    await at.looks()
    assert not await at.promised()
    assert not at.watering.plants.parts


async def test_who_may_be_told_later_only_stays_due_and_keeps_nobody_waiting(
    at: Deployment,
) -> None:
    """More people than one look goes through have gone home already; those after them have not."""
    app = at.app
    app.sweep = Sweep(app.parts, app.nudged, app.attendance.around, app._around, part=20, most=3)
    await release(at.store, at.kinds, at.now)
    home, here = await at.people(90, NOUMEA), await at.people(5)
    at.watering.plants.needs(*home, *here)
    await at.looks()
    assert not await at.promised()
    await at.looks()
    assert sorted(each.person_id or 0 for each in await at.promised()) == here
    assert sorted(at.watering.plants.due) == home
    assert max(at.watering.plants.parts) <= 20
    at.now = datetime(2026, 11, 24, 23, tzinfo=UTC)  # ten in the morning there
    for _ in range(3):
        await at.looks()
    assert sorted(at.watering.plants.promised) == sorted([*home, *here])


async def test_who_may_be_told_later_only_is_not_looked_at_each_minute(at: Deployment) -> None:
    await release(at.store, at.kinds, at.now)
    plants = at.watering.plants
    plants.patient = True
    home = await at.people(3, NOUMEA)
    plants.needs(*home)
    await at.looks()
    morning = datetime(2026, 11, 24, 22, tzinfo=UTC)  # nine there
    assert plants.due == dict.fromkeys(home, morning)
    await at.looks()
    assert plants.parts[-1] == 0
    at.now = morning
    await at.looks()
    assert sorted(plants.promised) == home


async def test_whoever_waits_for_days_is_looked_at_once_a_day(at: Deployment) -> None:
    await release(at.store, at.kinds, at.now)
    plants = at.watering.plants
    plants.patient = True
    (who,) = await at.people(1)
    plants.needs(who)
    await at.looks()
    plants.promised.clear()
    async with at.store.write() as session:
        await contacts.sent(session, [each.name for each in await at.promised()], at.now)
    plants.needs(who)
    await at.looks()
    assert plants.due == {who: START + timedelta(days=1)}, "there is room in a week"
    assert not plants.promised


async def test_whoever_is_in_a_first_wave_is_kept_in_sight(at: Deployment) -> None:
    await release(at.store, at.kinds, at.now)
    async with at.store.write() as session:
        await releases.write_kind(session, "watering", at.now, stage="wave", cut=None)
    plants = at.watering.plants
    plants.patient = True
    home = await at.people(3, NOUMEA)
    plants.needs(*home)
    await at.looks()
    await at.looks()
    assert plants.parts[-1] == 3
    assert await at.stage() == "wave"


async def test_who_is_not_to_be_told_at_all_is_handed_back_without_a_reason(at: Deployment) -> None:
    await release(at.store, at.kinds, at.now)
    stopped, other = await at.people(2)
    async with at.store.write() as session:
        row = await session.get(Person, stopped)
        assert row
        row.stopped_at = START
        session.add(row)
    at.watering.plants.needs(stopped, other)
    await at.looks()
    assert (at.watering.plants.passed, at.watering.plants.promised) == ([stopped], [other])
    assert [each.person_id for each in await at.promised()] == [other]


async def test_what_fell_due_in_a_hush_is_not_made_up_for_by_a_bot_that_was_down(at: Deployment) -> None:
    await release(at.store, at.kinds, at.now)
    before, meanwhile, after = await at.people(3)
    async with at.store.write() as session:
        await hush(session, START, START + timedelta(days=2))
    hours = {before: -1, meanwhile: 1, after: 48}
    at.watering.plants.due = {person: START + timedelta(hours=each) for person, each in hours.items()}
    at.now = START + timedelta(days=3)
    await at.looks()
    assert (at.watering.plants.passed, at.watering.plants.promised) == ([meanwhile], [before, after])


async def test_two_things_for_one_person_are_one_message_and_one_contact(at: Deployment) -> None:
    await release(at.store, at.kinds, at.now)
    both, one = await at.people(2)
    at.watering.plants.needs(both, one)
    at.watering.fish.needs(both)
    await at.looks()
    first, second = await at.promised()
    assert (first.kind, first.person_id) == ("feeding", both)
    assert "feeding-please" in first.body
    assert "watering-please" in first.body
    assert (second.kind, second.person_id) == ("watering", one)
    assert (at.watering.fish.promised, sorted(at.watering.plants.promised)) == ([both], [both, one])
    async with at.store.read() as session:
        assert [each.kind for each in await session.exec(select(Contact))] == ["feeding", "watering"]


async def test_the_budget_holds_between_kinds(at: Deployment) -> None:
    """Who was told of their fish hears of their plant next week."""
    await release(at.store, at.kinds, at.now)
    (one,) = await at.people(1)
    at.watering.fish.needs(one)
    await at.looks()
    async with at.store.write() as session:
        session.add(
            Contact(person_id=one, kind="feeding", promise="x", platform="acme", planned_at=START, sent_at=START)
        )
    at.watering.plants.needs(one)
    await at.looks()
    assert one in at.watering.plants.due
    at.now += timedelta(days=7, minutes=1)
    await at.looks()
    assert at.watering.plants.promised == [one]


async def test_a_first_wave_is_sent_then_it_waits(at: Deployment) -> None:
    await release(at.store, at.kinds, at.now)
    starter, *some = await at.people(13)
    async with at.store.write() as session:
        await releases.write_kind(session, "watering", START, stage="wave", by_id=starter)
    at.watering.plants.needs(*some)
    for _ in range(3):
        await at.looks()
    told = await at.promised()
    assert len(told) == 5
    assert await at.stage() == "waits"
    async with at.store.read() as session:
        (asked,) = await session.exec(select(Promise).where(Promise.kind == "decision"))
    assert asked.person_id == starter
    at.watering.plants.needs(*await at.people(40))
    await at.looks()
    assert len(await at.promised()) == 5, "nor are those told who came later"


async def test_a_wave_begun_in_the_evening_waits_for_the_morning(at: Deployment) -> None:
    await release(at.store, at.kinds, at.now)
    async with at.store.write() as session:
        await releases.write_kind(session, "watering", START, stage="wave")
    at.watering.plants.needs(*await at.people(12))
    at.now = datetime(2026, 11, 27, 20, tzinfo=UTC)  # a Friday
    for _ in range(3):
        await at.looks()
    assert (await at.promised(), await at.stage()) == ([], "wave")
    at.now = datetime(2026, 11, 30, 9, tzinfo=UTC)
    for _ in range(3):
        await at.looks()
    assert (len(await at.promised()), await at.stage()) == (5, "waits")


async def test_a_wave_with_nobody_waits_for_somebody(at: Deployment) -> None:
    await release(at.store, at.kinds, at.now)
    async with at.store.write() as session:
        await releases.write_kind(session, "watering", START, stage="wave")
    await at.looks()
    assert await at.stage() == "wave"
    at.watering.plants.needs(*await at.people(2))
    for _ in range(3):
        await at.looks()
    assert (len(await at.promised()), await at.stage()) == (2, "waits")


# ---------------------------------------------------------------- what is held


async def planned(at: Deployment, person: int, name: str = "look") -> Promise:
    """A capability plans something unasked by itself."""
    async with at.store.write() as session:
        planner = at.app.outbox.within(session, at.now)
        await planner.tell(To(person=person), words("look"), name=name, kind="community.monday.look")
    async with at.store.read() as session:
        return (await session.exec(select(Promise).where(Promise.name == name))).one()


async def test_what_a_capability_plans_by_itself_waits_too_and_introduces_nobody(at: Deployment) -> None:
    (one,) = await at.people(1)
    async with at.store.write() as session:
        row = await session.get(Person, one)
        assert row
        row.greeted_at = None
        session.add(row)
    held = await planned(at, one)
    assert (held.state, held.error) == ("later", HELD)
    async with at.store.read() as session:
        assert len((await session.exec(select(Promise))).all()) == 1, "nobody is introduced to a bot that may not speak"
        assert not (await session.exec(select(Contact))).all()


async def test_what_waited_is_planned_anew_for_the_media_it_was_meant_for(at: Deployment) -> None:
    (one,) = await at.people(1)
    async with at.store.write() as session:
        planner = at.app.outbox.within(session, at.now)
        await planner.tell(
            To(person=one), words("look"), name="look", kind="community.monday.look", media=("acme", "mail")
        )
    async with at.store.read() as session:
        (held,) = (await session.exec(select(Promise))).all()
    assert (held.error, held.media) == (HELD, "acme mail")
    async with at.store.write() as session:
        await releases.write(session, informed_on="2026-11-20")
        await releases.write_kind(session, "community.monday.look", at.now, stage="all")
        nudge = at.app.parts.lookup.nudges[0]
        await freeing.free(at.app.parts.context(session, at.now, None, nudge), ["community.monday.look"])
    async with at.store.read() as session:
        (free,) = (await session.exec(select(Promise).where(Promise.name == "look"))).all()
    assert (free.error != HELD, free.media) == (True, "acme mail")


async def test_what_waited_is_taken_out_to_be_planned_anew(at: Deployment) -> None:
    (one,) = await at.people(1)
    held = await planned(at, one)
    async with at.store.write() as session:
        assert [each.name for each in await releases.free(session, ["community.monday.look"], at.now)] == [held.name]
    async with at.store.read() as session:
        assert not (await session.exec(select(Promise))).all()
