"""What happened before the bot came is counted afterwards, once, and what nobody can tell any more is said to be so."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from storage.communities import Community
from storage.pulse import COUNTED, PulseActivation, PulseBackfill, PulseCount, PulseDay, PulseGap, PulseRoom
from storage.tables import METADATA
from tests.humans import Human, eventually
from tests.scenarios.company import PLATFORM, Company
from tests.scenarios.test_pulse import Fresh, counted, there
from tests.scenarios.test_pulse_days import night

KILLS = [
    *(("memory", moment) for moment in ("before", "acted", "after")),
    ("slack", "acted"),
    *(pytest.param("slack", moment, marks=pytest.mark.slow) for moment in ("before", "after")),
    *(
        pytest.param("matrix", moment, marks=[pytest.mark.matrix, pytest.mark.slow])
        for moment in ("before", "acted", "after")
    ),
]
"""Where, and at which moment of a page, the bot is killed."""


async def adopted(company: Company, room: str, name: str) -> Community:
    """The animators have taken a room in, this instant."""
    await company.acquainted()
    await company.settled()
    if company.clock.now() < datetime.now(UTC) and company.where.startswith("matrix"):
        company.clock.advance_to(datetime.now(UTC))  # a homeserver has a clock of its own
    now = company.clock.now()
    about: dict[str, Any] = {
        "platform": PLATFORM, "room": room, "name": name, "slug": name, "purpose": "p", "work": "w",
        "kind": "business", "visibility": "public", "state": "active", "created_at": now, "opened_at": now,
    }  # fmt: skip
    community = Community(**about)
    async with company.store.write() as session:
        session.add(community)
    return community


async def looked_back(
    company: Company, stretches: int = 1, state: str = "done", minutes: int = 61
) -> list[PulseBackfill]:
    """Wait until that much of the past is counted."""

    async def done() -> bool:
        company.clock.advance(minutes=minutes)
        await company.settled()
        return len(await company.rows(PulseBackfill, state=state)) == stretches

    await eventually(done, "the past is counted")
    return await company.rows(PulseBackfill)


async def conversation(company: Company, fresh: Fresh, ana: Human, bob: Human) -> tuple[str, str]:
    """A room in which people wrote while the bot was not there."""
    name = fresh("garden")
    room = await company.town.room(name, [ana, bob], bot=False)
    await bob.says("Who has beetroots?", room)
    await ana.says("I have, two", room, reply_to="Who has beetroots?")
    await ana.likes("Who has beetroots?", room)
    await bob.corrects("Who has beetroots?", "Who has beetroots of beans?", room)
    await bob.says("See you on Monday", room)
    return name, room


async def enters(company: Company, room: str) -> None:
    """The bot is let in."""
    await company.app.platforms[PLATFORM].adopt(room)


async def test_what_people_wrote_before_the_bot_came_is_counted_once_without_being_kept(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name, room = await conversation(company, fresh, ana, bob)
    await enters(company, room)
    await adopted(company, room, name)
    await bob.says("The bot is here", room)
    await company.settled()
    (stretch,) = await looked_back(company)
    (row,) = await counted(company)
    reactions = {} if "reactions" in stretch.untold else {"reactions": 1}
    assert {key: row.get(key, 0) for key in ("posts", "replies")} == {"posts": 3, "replies": 1}
    assert row.get("reactions", 0) == reactions.get("reactions", 0)
    assert await there(company) == (["wrote", "wrote reacted"] if reactions else ["wrote", "wrote"])
    assert len(await company.rows(PulseActivation)) == 2
    await bob.says("Still here", room)
    assert (await counted(company))[-1]["posts"] >= 1
    assert sum(each.posts for each in await company.rows(PulseCount)) == 4
    await alice.types("pulse status")
    told = await alice.is_told("the past of 1 community is counted")
    assert "never kept" in told
    assert ("is in no curve" in told) == ("joins" in stretch.untold.split())
    async with company.store.read() as session:
        for table in METADATA.sorted_tables:
            for each in (await session.exec(table.select())).all():  # type: ignore[call-overload]
                assert "beetroots" not in str(each), table.name


async def test_who_asks_without_being_one_of_its_readers_is_told_no(ana: Human, company: Company) -> None:
    await company.acquainted()
    await ana.types("pulse status")
    await ana.is_told("revient à un autre rôle")


async def six(company: Company, fresh: Fresh, ana: Human, bob: Human) -> tuple[str, str]:
    """A room of six people in which somebody wrote, before the bot knows it as a community: its name, and its id."""
    others = [await company.person(each) for each in ("carl", "dora", "emil", "flora")]
    name = fresh("garden")
    room = await company.town.room(name, [ana, bob, *others])
    await bob.says("A first word", room)
    return name, room


@pytest.mark.parametrize("where", ["memory"])
async def test_days_before_the_bot_came_are_told_and_what_nobody_tells_any_more_is_not_zero(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name, room = await six(company, fresh, ana, bob)
    company.clock.advance(days=2)
    await ana.says("A second one", room)
    await bob.says("A third one", room)
    company.clock.advance(days=3)
    await company.restart()
    await adopted(company, room, name)
    (stretch,) = await looked_back(company)
    assert stretch.reached
    assert stretch.since < stretch.reached < stretch.until
    told = sorted(await company.rows(PulseDay, why="backfill"), key=lambda each: each.day)
    begin = date(2026, 11, 24)
    assert [(each.day, each.posts, each.measured) for each in told][:4] == [
        (begin, 1, True), (begin + timedelta(days=1), 0, True), (begin + timedelta(days=2), 2, True),
        (begin + timedelta(days=3), 0, True),
    ]  # fmt: skip
    assert {each.untold for each in told} == {stretch.untold}
    assert "reads" in stretch.untold
    assert {each.shown for each in told} == {"own"}
    await alice.types("pulse community " + name)
    await alice.is_told("3")


@pytest.mark.parametrize("where", ["slack"])
async def test_where_nobody_tells_who_came_nothing_is_told_of_days_before_the_bot_came(
    ana: Human, bob: Human, alice: Human, arthur: Human, company: Company, fresh: Fresh
) -> None:
    name, room = await six(company, fresh, ana, bob)
    company.clock.advance(days=3)
    await company.restart()
    await adopted(company, room, name)
    (stretch,) = await looked_back(company)
    assert "joins" in stretch.untold.split()
    assert sum(each.posts for each in await company.rows(PulseCount)) == 1
    assert [each for each in await company.rows(PulseDay) if each.why == "backfill"] == []
    await alice.types("pulse status")
    told = await alice.is_told("the past of 1 community is counted.")
    assert "nobody knows how few were there before I came: what is counted of those days is in no curve." in told
    await arthur.types("indicateurs etat")
    told = (await arthur.is_told("le passé de 1 communauté est compté.")).replace("\xa0", " ")
    assert "combien on était avant mon arrivée : ce qui est compté de ces jours n’est dans aucune courbe." in told


@pytest.mark.parametrize("where", ["memory"])
async def test_a_small_group_of_the_past_is_not_told_of_though_it_has_grown(
    ana: Human, bob: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("garden")
    room = await company.town.room(name, [ana, bob])
    await bob.says("Only the two of us", room)
    company.clock.advance(days=2)
    for each in ("carl", "dora", "emil", "flora"):
        await (await company.person(each)).joins(room)
    company.clock.advance(days=2)
    await company.restart()
    await adopted(company, room, name)
    await looked_back(company)
    told = {each.day: (each.members, each.shown) for each in await company.rows(PulseDay) if each.why == "backfill"}
    begin = date(2026, 11, 24)
    assert told[begin] == (2, "")
    assert told[begin + timedelta(days=2)] == (6, "own")


@pytest.mark.parametrize(("where", "moment"), KILLS)
async def test_killed_in_the_middle_it_goes_on_where_it_was_and_counts_nothing_twice(
    ana: Human, bob: Human, company: Company, fresh: Fresh, moment: str
) -> None:
    name = fresh("garden")
    room = await company.town.room(name, [ana, bob])
    words = 105 if company.where.startswith("matrix") else 20  # a page of the homeserver is a hundred
    for number in range(words):
        await bob.says(f"Word {number}", room)
    server: Any = getattr(company.town, "server", None)
    if server is not None:
        server.page = server.longest_page = 6
    await adopted(company, room, name)
    company.dies_at(f"pulse.past.page.{moment}", nth=2)
    company.clock.advance(hours=1)

    async def read() -> bool:
        return bool(await company.rows(PulseRoom))

    await eventually(read, "it is known who is in it")
    company.clock.advance(minutes=6)
    await company.killed()
    await ana.says("Where is it?", room)
    (stretch,) = await company.rows(PulseBackfill)
    assert stretch.state == "going"
    await company.restart()
    await ana.says("There it is", room)

    async def counted_all() -> bool:
        company.clock.advance(minutes=6)
        await company.settled()
        done = {each.state for each in await company.rows(PulseBackfill)} == {"done"}  # also of the minutes without it
        return done and sum(each.posts for each in await company.rows(PulseCount)) >= words + 2

    await eventually(counted_all, "all is counted")
    company.clock.advance(minutes=6)
    await company.settled()
    assert sum(each.posts for each in await company.rows(PulseCount)) == words + 2
    (stretch,) = await company.rows(PulseBackfill, kind="arrival")
    assert stretch.seen == words


@pytest.mark.parametrize("where", ["memory", "slack"])
async def test_a_week_without_the_bot_is_counted_when_it_is_back_and_stays_a_gap_where_it_cannot_be(
    ana: Human, bob: Human, company: Company, fresh: Fresh
) -> None:
    others = [await company.person(each) for each in ("carl", "dora", "emil")]
    name = fresh("garden")
    room = await company.town.room(name, [ana, bob, *others])
    await adopted(company, room, name)
    await bob.says("Hello", room)
    await looked_back(company)
    await night(company, date(2026, 11, 25))
    await company.stop()
    company.clock.advance(days=2)
    await bob.says("Is it away?", room)
    company.clock.advance(days=5)
    server: Any = company.town.server  # type: ignore[attr-defined]
    if company.where == "memory":
        server.unheard.clear()  # nobody says it again after a week
    await company.restart()
    await company.acquainted()
    await bob.says("It is back", room)
    stretches = await looked_back(company, 2)
    assert sorted(each.kind for each in stretches) == ["arrival", "away"]
    posts = {each.day: each.posts for each in await company.rows(PulseCount) if each.posts}
    assert posts == {date(2026, 11, 24): 1, date(2026, 11, 27): 1, date(2026, 12, 2): 1}
    (gap,) = await company.rows(PulseGap)
    assert (gap.why, gap.since, gap.until) == ("away", date(2026, 11, 25), date(2026, 12, 2))
    told = {each.day: (each.posts, each.measured, each.why) for each in await company.rows(PulseDay)}
    whole = company.where == "memory"  # Slack does not tell of replies to what was written before
    assert told[date(2026, 11, 27)] == (1, whole, "backfill")
    assert told[date(2026, 11, 29)] == (0, whole, "backfill")
    (away,) = [each for each in stretches if each.kind == "away"]
    assert ("replies" in away.untold.split()) != whole
    await night(company, date(2026, 12, 4))
    later = {each.day: (each.posts, each.measured) for each in await company.rows(PulseDay)}
    assert later[date(2026, 12, 2)] == (1, False)
    assert later[date(2026, 12, 3)] == (0, True)


@pytest.mark.parametrize("where", ["memory", "slack"])
async def test_what_the_platform_does_not_show_is_a_gap_and_named(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("garden")
    room = await company.town.room(name, [ana, bob])
    await bob.says("Long ago", room)
    company.clock.advance(days=3)
    await bob.says("Not so long ago", room)
    server: Any = company.town.server  # type: ignore[attr-defined]
    shown = company.clock.now() - timedelta(hours=1)
    server.shown_since = shown.timestamp() if isinstance(server.shown_since, float) else shown
    company.clock.advance(days=1)
    await company.restart()
    await adopted(company, room, name)
    await looked_back(company)
    assert sum(each.posts for each in await company.rows(PulseCount)) == 1
    (gap,) = [each for each in await company.rows(PulseGap) if each.why == "limit"]
    assert gap.until == date(2026, 11, 27)
    await alice.types("pulse status")
    await alice.is_told("the platform does not show what is so long ago")


@pytest.mark.parametrize("where", ["slack"])
async def test_a_room_it_may_not_read_is_named_as_refused_and_tried_again(
    ana: Human, bob: Human, odile: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("garden")
    room = await company.town.room(name, [ana, bob])
    await bob.says("Hello", room)
    server: Any = company.town.server  # type: ignore[attr-defined]
    token = server.workspace.tokens[server.bot_token]
    scopes = token.scopes
    token.scopes = scopes - {"channels:history"}
    await adopted(company, room, name)
    await looked_back(company, state="stopped")
    await odile.types("pulse status")
    await odile.is_told("missing_scope")
    token.scopes = scopes
    company.clock.advance(days=1)
    await looked_back(company)
    assert sum(each.posts for each in await company.rows(PulseCount)) == 1


@pytest.mark.parametrize("where", ["memory"])
async def test_without_days_to_look_back_nothing_is_read(
    ana: Human, bob: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    await company.restart({"pulse": {"past_days": 0}})
    name = fresh("garden")
    room = await company.town.room(name, [ana, bob])
    await bob.says("Hello", room)
    await adopted(company, room, name)
    company.clock.advance(hours=2)
    await company.settled()
    assert await company.rows(PulseBackfill) == []
    await bob.says("Hello again", room)
    assert [
        {name: getattr(each, name) for name in COUNTED if getattr(each, name)}
        for each in [*await company.rows(PulseCount)]
    ] in ([], [{"posts": 1}])
    await alice.types("pulse status")
    await alice.is_told("past_days is 0")
