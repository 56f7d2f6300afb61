"""Many people planned at once: what becomes of each promise is what becomes of it planned by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.attention import Attention
from bot.calendar import WorkingTime
from bot.nudge import To, Told
from bot.outbox.planning import Plan
from bot.say import Say
from storage import wishes
from storage.contacts import Contact
from storage.database import Store
from storage.joining import Join
from storage.outbox import Promise
from storage.people import Account, Person
from storage.roster import Entry
from storage.wishes import Wish
from tests.contract.world import KINDS, START, words

PEOPLE, LIKE_MOST = 50, 20
ZONES = ["", "Europe/Paris", "America/Montreal", "Asia/Tokyo", "Pacific/Noumea"]
MEDIA: list[tuple[str, ...]] = [(), ("mail", "acme"), ("acme", "mail"), ("mail",), ("acme",)]
DAY = timedelta(days=1)


class Undone(Exception):
    """So that nothing of a transaction is kept."""


def _undo() -> None:
    raise Undone


class Company:
    """People of all sorts: met or not, absent, gone, who want less, on several platforms, and two who are one."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.random = Random(seed)
        self.attention = Attention(KINDS, WorkingTime("Europe/Paris", holidays_country="FR"))
        self.joined: dict[int, int] = {}

    def maybe(self, share: float, what: Any, otherwise: Any = None) -> Any:
        return what if self.random.random() < share else otherwise

    async def arrives(self) -> list[int]:
        people = [await self._person(number) for number in range(PEOPLE - LIKE_MOST)]
        people += [await self._ordinary(number) for number in range(PEOPLE - LIKE_MOST, PEOPLE)]
        async with self.store.write() as session:
            for gone, kept in ((people[0], people[1]), (people[2], people[3])):
                (await session.get_one(Person, gone)).joined_to = kept
                for each in await session.exec(select(Account).where(Account.person_id == gone)):
                    each.person_id = kept
                session.add(Join(kept_id=kept, gone_id=gone, joined_at=START, told=kept == people[3]))
                self.joined[gone] = kept
            if self.maybe(0.3, what=True):
                await wishes.hush(session, START - DAY, START + self.random.choice([-1, 3]) * timedelta(hours=1))
        return people

    async def _ordinary(self, number: int) -> int:
        """One like most others."""
        async with self.store.write() as session:
            person = Person(name=f"p{number}", greeted_at=START - 30 * DAY, created_at=START - 90 * DAY)
            session.add(person)
            await session.flush()
            assert person.id
            for platform in ("acme", "mail"):
                kind = "member" if platform == "acme" else "address"
                account = Account(
                    person_id=person.id, platform=platform, external_id=f"{number}", kind=kind, created_at=START
                )
                session.add(account)
            return person.id

    async def _person(self, number: int) -> int:
        pick = self.random.choice
        async with self.store.write() as session:
            person = Person(
                name=f"p{number}",
                zone=pick(ZONES),
                told_on=pick(["", "", "acme", "home"]),
                created_at=START - 90 * DAY,
                greeted_at=self.maybe(0.7, START - pick([1, 30, 60]) * DAY),
                stopped_at=self.maybe(0.1, START - DAY),
            )
            session.add(person)
            await session.flush()
            assert person.id
            for platform, kind, share in (
                ("acme", "member", 0.7), ("home", "member", 0.3), ("mail", "address", 0.5), ("home", "closed", 0.1),
            ):  # fmt: skip
                if self.maybe(share, what=True):
                    account = Account(
                        person_id=person.id, platform=platform, external_id=f"{number}{kind}", kind=kind,
                        zone=pick(ZONES), created_at=START, used_at=self.maybe(0.5, START - pick([1, 2, 3]) * DAY),
                    )  # fmt: skip
                    session.add(account)
            for line in range(pick([0, 1, 1, 2])):
                entry = Entry(
                    key=f"{number}:{line}",
                    person_id=person.id,
                    zone=pick([*ZONES, "none"]),
                    country=pick(["", "CA-QC"]),
                    days=pick(["", "", "mon wed"]),
                    away=self.maybe(0.2, '[["2026-11-20", "2026-12-02"]]', "[]"),
                    state=self.maybe(0.1, "left", "here"),
                    created_at=START,
                    changed_at=START,
                )
                session.add(entry)
            for kind in ("", "word", "reminder"):
                if self.maybe(0.1, what=True):
                    wish = Wish(person_id=person.id, kind=kind, changed_at=START)
                    setattr(wish, pick(["stopped_at", "snoozed_until", "rarely_at"]), START + pick([-1, 1]) * DAY)
                    session.add(wish)
            for past in range(pick([0, 1, 3, 4])):
                at = START - pick([1, 2, 5, 6, 10, 20]) * DAY + timedelta(minutes=number)
                contact = Contact(
                    person_id=person.id, kind=pick(["word", "alarm", "reminder", "gone"]), promise=f"{number}:{past}",
                    platform="acme", asks=pick([True, False]), planned_at=at, sent_at=self.maybe(0.9, at),
                )  # fmt: skip
                session.add(contact)
            return person.id

    async def plans(self, to: Sequence[Told], how: dict[str, Any], *, at_once: bool) -> dict[str, Any]:
        """The rows that come of it, which are not kept."""
        rows: dict[str, Any] = {}
        try:
            async with self.planning(**how) as plan:
                same = {"kind": how["kind"], "batch": "news", "reason": "why", "asks": how["asks"]}
                same |= {"not_after": how["not_after"]}
                if at_once:
                    await plan.tell_many(to, words("hello"), name="news", confirmed=how["confirmed"], **same)
                else:
                    for each in to:
                        now = self.joined.get(each.person, each.person)
                        await plan.tell(
                            To(person=now), words("hello"), name=f"news:{now}", priority=30,
                            not_before=each.not_before, media=each.media, **same,
                        )  # fmt: skip
                for table, key in ((Promise, "name"), (Contact, "promise"), (Person, "id"), (Join, "gone_id")):
                    rows[table.__name__] = await _all(plan.session, table, key)
                _undo()
        except Undone:
            pass
        return rows

    @asynccontextmanager
    async def planning(self, *, held: bool, confirmed: bool, **_how: Any) -> AsyncIterator[Plan]:
        async def holding(_session: AsyncSession, kinds: Any) -> Any:
            return kinds if held else ()

        async with self.store.write() as session:
            yield Plan(session, START, self.attention, _greet, holding, confirmed=confirmed)


async def _greet(_session: AsyncSession, _now: datetime, whom: Mapping[int, str]) -> dict[int, Say]:
    return {person: words(f"I am the bot, {person}, here on {platform}") for person, platform in whom.items()}


async def _all(session: AsyncSession, table: type[SQLModel], key: str) -> list[dict[str, Any]]:
    found = await session.exec(
        select(table).order_by(getattr(table, key)), execution_options={"populate_existing": True}
    )
    left_out = set() if table is Person else {"id"}
    return [each.model_dump(exclude=left_out) for each in found]


@pytest.mark.parametrize("seed", range(3))
async def test_it_becomes_of_each_what_becomes_of_them_alone(store: Store, seed: int) -> None:
    company = Company(store, seed)
    people = await company.arrives()
    pick = company.random.choice
    for kind in ("word", "reminder", "alarm", "word"):
        to = [
            Told(each, pick(MEDIA), pick([None, START + timedelta(hours=20), START - DAY])) for each in people
            if each not in company.joined.values()
        ]  # fmt: skip
        how = {
            "kind": kind,
            "asks": pick([True, False]),
            "not_after": pick([None, START + timedelta(hours=3), START + 9 * DAY]),
            "held": pick([False, False, True]),
            "confirmed": pick([True, False]),
        }
        one_by_one = await company.plans(to, how, at_once=False)
        together = await company.plans(to, how, at_once=True)
        for table, rows in one_by_one.items():
            assert together[table] == rows, (table, how)
        assert len({row["state"] for row in one_by_one["Promise"]}) > 1


async def test_whoever_turned_out_to_be_another_is_told_once(store: Store) -> None:
    company = Company(store, 0)
    people = await company.arrives()
    async with company.planning(held=False, confirmed=False) as plan:
        for each in (people[0], people[1]):  # before and after the join, or by either name
            await plan.tell_many([Told(each)], words("hello"), name="news", kind="notice", batch="news")
        await plan.tell_many([Told(each) for each in people], words("hello"), name="news", kind="notice", batch="news")
        told = list(await plan.session.exec(select(Promise.person_id).where(col(Promise.batch) == "news")))
    assert len(told) == len(set(told)) == PEOPLE - 2
