"""Whoever never met the bot is told by it of communities near their work, however many they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa

from bot.say import Say
from storage.communities import Community
from storage.people import Account, Person
from tests.scenarios.company import Company

WORKS = ("Head of Procurement", "Regional Sales Director", "")
NAMES = ("Procurement", "Sales", "Canteen", "Choir", "Garden")


async def _hired(company: Company, number: int) -> dict[int, str]:
    """So many people, whom nobody told of the bot -> what their profile says of their work."""
    works: dict[int, str] = {}
    async with company.app.store.write() as session:
        for at in range(number):
            person = Person(name=f"hired {at}", created_at=company.clock.now())
            session.add(person)
            await session.flush()
            assert person.id
            works[person.id] = WORKS[at % len(WORKS)]
            account = Account(
                person_id=person.id, platform="acme", external_id=f"hired-{at}", work=works[person.id],
                language="fr" if at % 2 else "en", created_at=company.clock.now(),
            )  # fmt: skip
            session.add(account)
    return works


async def _open(company: Company) -> None:
    async with company.app.store.write() as session:
        for name in NAMES:
            community = Community(
                platform="acme", room=name, name=name, slug=name.lower(), purpose=f"All about {name.lower()}",
                work="Plan the week", kind="business", visibility="public", state="active",
                created_at=company.clock.now(),
            )  # fmt: skip
            session.add(community)


async def _introduced(company: Company, works: Mapping[int, str]) -> tuple[Mapping[int, Say], int]:
    """What each is told, and how many questions to the database that took."""
    asked: list[str] = []

    def keep(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    async with company.app.store.read() as session:
        own = (await session.connection()).sync_connection
        sa.event.listen(own, "before_cursor_execute", keep)
        said = await company.app.parts.introduce(session, company.clock.now(), dict.fromkeys(works, "acme"))
        sa.event.remove(own, "before_cursor_execute", keep)
    return said, len(asked)


@pytest.mark.parametrize("where", ["memory"])
async def test_each_of_many_is_told_of_communities_near_their_own_work(company: Company) -> None:
    await _open(company)
    works = await _hired(company, 30)
    said, questions = await _introduced(company, works)
    first = next(iter(works))
    _, alone = await _introduced(company, {first: works[first]})
    assert questions == alone, "as few for many as for one"
    assert set(said) == set(works)
    for who, work in works.items():
        near = [line.id for line in said[who].lines if line.id.startswith("community-near")]
        shown = [str(line.args["name"]) for line in said[who].lines if line.id == "community-list-item"]
        assert len(shown) == 3
        assert near == (["community-near-work", "community-near-newest"] if work else ["community-near-newest"])
        if work:
            assert shown[0] == ("Procurement" if "Procurement" in work else "Sales")
