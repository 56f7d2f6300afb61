"""What happens in communities is counted, and what people write is not read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.chat import Message, Part
from storage.communities import Community
from storage.events import Recorded
from storage.people import Account
from storage.pulse import COUNTED, DID, PulseActivation, PulseCount, PulsePresence
from storage.tables import METADATA
from tests.humans import Human
from tests.humans.towns import AT_EASE
from tests.scenarios.company import PLATFORM, Company

Fresh = Callable[[str], str]


async def community(company: Company, name: str, members: list[Human], **about: Any) -> str:
    """A community that has been open for a while; returns its room."""
    room = await company.town.room(name, members)
    await company.acquainted()
    await company.settled()
    now = company.clock.now() - timedelta(days=30)
    row: dict[str, Any] = {
        "platform": PLATFORM, "room": room, "name": name, "slug": name, "purpose": "p", "work": "w",
        "kind": "business", "visibility": "public", "state": "active", "created_at": now, "opened_at": now,
    }  # fmt: skip
    async with company.store.write() as session:
        session.add(Community(**{**row, **about}))
    return room


async def counted(company: Company) -> list[dict[str, int]]:
    """What was counted of each community and day, zeros left out."""
    await company.settled()
    rows = await company.rows(PulseCount)
    return [{name: getattr(each, name) for name in COUNTED if getattr(each, name)} for each in rows]


async def there(company: Company) -> list[str]:
    """What people did, without their names: one line a person and community."""
    rows = await company.rows(PulsePresence)
    return sorted(" ".join(name for name in DID if getattr(each, name)) for each in rows)


async def test_posts_replies_reactions_and_comings_and_goings_are_counted(
    ana: Human, bob: Human, arthur: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("garden")
    room = await community(company, name, [ana, bob])
    await bob.says("Who has seeds?", room)
    await ana.says("I have, a handful", room, reply_to="Who has seeds?")
    await ana.likes("Who has seeds?", room)
    await bob.corrects("Who has seeds?", "Who has seeds of beans?", room)
    await arthur.joins(room)
    await company.settled()
    assert await counted(company) == [{"posts": 1, "replies": 1, "reactions": 1, "joins": 1}]
    assert await there(company) == ["wrote", "wrote reacted"]
    assert len(await company.rows(PulseActivation)) == 2, "who was let in has done nothing yet"
    await arthur.leaves(room)
    assert await counted(company) == [{"posts": 1, "replies": 1, "reactions": 1, "joins": 1, "leaves": 1}]


async def test_reading_is_counted_where_the_platform_tells_of_it(
    ana: Human, bob: Human, company: Company, fresh: Fresh
) -> None:
    room = await community(company, fresh("garden"), [ana, bob])
    await bob.says("Beans are up", room)
    await company.settled()
    await ana.catches_up(room)
    told = company.town.ways.receipts
    assert await counted(company) == [{"posts": 1, "reads": 1} if told else {"posts": 1}]
    assert await there(company) == (["read", "wrote"] if told else ["wrote"])


async def test_programs_and_guests_are_counted_nowhere(ana: Human, company: Company, fresh: Fresh) -> None:
    outside = [await company.person(kind, kind=kind) for kind in ("guest",) if kind in company.town.ways.kinds]
    room = await community(company, fresh("builds"), [ana, *outside])
    await company.town.program(room, [f"Build {each} failed" for each in range(12)])
    for each in outside:
        await each.says("Thank you for having me", room)
        await each.likes("Build 1 failed", room)
    await ana.says("Again?", room)
    assert (await counted(company))[0]["posts"] == 1
    assert await there(company) == ["wrote"]


@pytest.mark.parametrize("where", AT_EASE)
async def test_what_the_bot_writes_in_a_community_is_not_counted(ana: Human, company: Company, fresh: Fresh) -> None:
    room = await community(company, fresh("garden"), [ana])
    bot = company.app.platforms[PLATFORM]
    posted = await bot.post(room, Message(parts=(Part(text="Who has seeds?"),)), name=fresh("d"))
    await bot.post(room, Message(parts=(Part(text="Nobody?"),)), name=fresh("d"), reply_to=posted)
    await ana.is_told("Who has seeds?", room)
    assert await counted(company) == []
    await ana.says("I have", room)
    assert await counted(company) == [{"posts": 1}]
    assert await there(company) == ["wrote"]


async def test_outside_of_communities_nothing_is_counted(ana: Human, company: Company, fresh: Fresh) -> None:
    room = await company.town.room(fresh("lunch"), [ana])
    await community(company, fresh("closed"), [ana], state="closed")
    await company.acquainted()
    await ana.says("Pizza?", room)
    assert await counted(company) == []
    assert await there(company) == []


@pytest.mark.parametrize("where", ["memory"])
async def test_who_runs_the_bot_is_not_counted(ana: Human, bob: Human, company: Company, fresh: Fresh) -> None:
    await company.restart({"pulse": {"not_counted": [f"{PLATFORM}:{bob.external}"]}})
    room = await community(company, fresh("garden"), [ana, bob])
    await bob.says("I am only trying this out", room)
    await ana.says("Hello", room)
    assert await counted(company) == [{"posts": 1}]
    assert len(await there(company)) == 1


@pytest.mark.parametrize("where", ["memory"])
async def test_of_who_objected_only_numbers_are_kept(ana: Human, bob: Human, company: Company, fresh: Fresh) -> None:
    room = await community(company, fresh("garden"), [ana, bob])
    await bob.says("Hello", room)
    await ana.says("Bonjour", room)
    await counted(company)
    assert len(await there(company)) == 2
    await bob.types("parvis object")
    await bob.is_told("Understood, at once")
    await company.settled()
    await bob.says("Hello again", room)
    assert await counted(company) == [{"posts": 3}]
    assert len(await there(company)) == 1
    assert len(await company.rows(PulseActivation)) == 1


async def test_a_burst_in_a_community_keeps_nobody_waiting_and_is_counted_whole(
    ana: Human, bob: Human, company: Company, fresh: Fresh
) -> None:
    room = await community(company, fresh("garden"), [ana, bob])
    for number in range(25):
        await ana.says(f"Row {number}", room)
    await bob.types("parvis me")
    await bob.is_told("What I hold about you")
    assert await counted(company) == [{"posts": 25}]
    assert await there(company) == ["wrote"]


@pytest.mark.parametrize("where", ["memory", pytest.param("slack", marks=pytest.mark.slow)])
async def test_a_burst_of_a_program_counts_nothing_and_keeps_nobody_waiting(
    ana: Human, bob: Human, company: Company, fresh: Fresh
) -> None:
    room = await community(company, fresh("builds"), [ana, bob])
    await company.town.program(room, [f"Build {number} failed" for number in range(300)])
    await bob.types("parvis me")
    await ana.says("Again?", room)
    await bob.is_told("What I hold about you")
    assert await counted(company) == [{"posts": 1}]
    assert await there(company) == ["wrote"]
    heard, (asked,) = await company.rows(Recorded, kind="spoke"), await company.rows(Recorded, kind="command")
    # On Slack, what says itself that it is of a program is not even recorded.
    assert len(heard) == (301 if company.where == "memory" else 1)
    if company.where == "memory":
        assert asked.handled_at <= max(each.handled_at for each in heard), "what is only added up comes after answers"


@pytest.mark.parametrize("where", ["memory"])
async def test_what_people_write_is_nowhere_in_what_is_kept(bob: Human, company: Company, fresh: Fresh) -> None:
    room = await community(company, fresh("garden"), [bob])
    await bob.says("Xylophones for everybody", room)
    assert await counted(company) == [{"posts": 1}]
    bodies = [each.body for each in await company.rows(Recorded, kind="spoke")]
    assert bodies == ["{}"]
    async with company.store.read() as session:
        for table in METADATA.sorted_tables:
            for row in (await session.exec(table.select())).mappings():  # type: ignore[call-overload]
                assert "Xylophones" not in str(row), table.name


@pytest.mark.parametrize("where", ["lines"])
async def test_somebody_new_is_counted_from_their_first_word_on(ana: Human, company: Company, fresh: Fresh) -> None:
    """Whom the platform never told of, as Matrix does not."""
    room = await community(company, fresh("garden"), [ana])
    server = company.town.server  # type: ignore[attr-defined]
    known = len(await company.rows(Account))
    happens = server.happens
    server.happens = lambda kind, **what: None if kind == "profile_changed" else happens(kind, **what)
    zoe = await company.person("zoe", language="fr")
    server.rooms[room].members.append(zoe.external)
    await company.settled()
    assert len(await company.rows(Account)) == known
    await zoe.says("Bonjour", room)
    assert await counted(company) == [{"posts": 1}]
    assert len(await company.rows(Account, external_id=zoe.external)) == 1
