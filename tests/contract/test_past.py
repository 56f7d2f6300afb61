# ruff: noqa: F811 - fixtures
"""What happened in a room before is told page by page, as it is heard, and without what anybody wrote."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.chat import Event, Joined, NotAllowed, NotFound, Paced, Past, RateLimited, Reacted, Spoke
from tests.contract.test_platform import Recorder, Site, fresh, server, site, where  # noqa: F401 - fixtures
from tests.humans import Human


@pytest.fixture
def since() -> datetime:
    return datetime.now(UTC) - timedelta(hours=1)


async def pages(site: Site, room: str, since: datetime, until: datetime) -> list[Past]:
    """All pages, one after the other; a position is given to a platform object that never saw the one before."""
    found: list[Past] = []
    while not found or found[-1].position:
        bot = site.town.platform()
        try:
            found.append(
                await bot.history(room, since=since, until=until, position=found[-1].position if found else "")
            )
        finally:
            await bot.close()
        assert len(found) < 50, "it ends"
    return found


def happened(pages: Sequence[Past], kind: type[Event]) -> list[Any]:
    return sorted((each for page in pages for each in page.events if isinstance(each, kind)), key=lambda each: each.at)


def soon() -> datetime:
    return datetime.now(UTC) + timedelta(minutes=1)


async def talk(site: Site, *names: str) -> tuple[str, list[Human]]:
    """A room in which people wrote before the bot came."""
    people = [await site.town.person(name) for name in names]
    room = await site.town.room(fresh("square"), people, bot=False)
    await people[0].says("Who has seeds of tulips?", room)
    await people[1].says("I have", room, reply_to="Who has seeds")
    await people[0].says("Thank you", room, reply_to="Who has seeds")
    await people[1].likes("Who has seeds", room)
    await people[0].says("See you on Monday", room)
    await site.bot.adopt(room)
    return room, people


async def test_who_wrote_and_answered_before_the_bot_came_is_told_once(site: Site, since: datetime) -> None:
    room, (ana, bob) = await talk(site, "ana", "bob")
    told = await pages(site, room, since, datetime.now(UTC) + timedelta(minutes=1))
    spoke = happened(told, Spoke)
    assert [(each.by, bool(each.thread)) for each in spoke] == [
        (ana.external, False), (bob.external, True), (ana.external, True), (ana.external, False),
    ]  # fmt: skip
    assert [each.question for each in spoke] == [True, False, False, False]
    assert len({each.key for each in spoke}) == 4
    assert {(each.platform, each.room) for each in spoke} == {("acme", room)}
    assert not any("tulips" in page.model_dump_json() for page in told)
    assert all(since <= each.at for each in spoke)
    assert min(page.oldest for page in told if page.oldest) <= spoke[0].at


async def test_reactions_and_comings_are_told_or_it_is_said_that_they_are_not(site: Site, since: datetime) -> None:
    room, (_, bob) = await talk(site, "ana", "bob")
    zoe = await site.town.person("zoe")
    await zoe.joins(room)
    told = await pages(site, room, since, datetime.now(UTC) + timedelta(minutes=1))
    reacted, joined = [each.by for each in happened(told, Reacted)], [each.by for each in happened(told, Joined)]
    assert reacted == ([] if "reacted" in told[0].untold else [bob.external])
    assert zoe.external in joined or "joined" in told[0].untold
    assert "read" in told[0].untold
    assert len({page.untold for page in told}) == 1


async def test_replies_to_what_was_written_before_are_told_or_it_is_said_that_they_are_not(site: Site) -> None:
    ana, bob = [await site.town.person(name) for name in ("ana", "bob")]
    room = await site.town.room(fresh("square"), [ana, bob])
    await ana.says("Who has seeds of tulips?", room)
    await ana.says("Nobody?", room)
    everything = happened(await pages(site, room, datetime.now(UTC) - timedelta(hours=1), soon()), Spoke)
    await bob.says("I have", room, reply_to="Who has seeds")
    told = await pages(site, room, everything[-1].at, soon())
    assert any(each.thread for each in happened(told, Spoke)) or "replied" in told[0].untold


async def test_what_is_told_afterwards_has_the_key_under_which_it_was_heard(site: Site, since: datetime) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    await ana.says("hello", room)
    heard = await site.door.hears(Spoke, ana.external)
    told = await pages(site, room, since, datetime.now(UTC) + timedelta(minutes=1))
    assert [each.key for each in happened(told, Spoke)] == [heard.key]
    assert [each.at for each in happened(told, Spoke)] == [heard.at]


async def test_only_what_is_between_two_instants_is_told(site: Site, since: datetime) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    for text in ("one", "two", "three"):
        await ana.says(text, room)
    everything = happened(await pages(site, room, since, datetime.now(UTC) + timedelta(minutes=1)), Spoke)
    one, two, three = everything
    told = await pages(site, room, two.at, three.at)
    assert [each.key for each in happened(told, Spoke)] == [two.key]
    told = await pages(site, room, since, two.at)
    assert [each.key for each in happened(told, Spoke)] == [one.key]


async def test_what_the_bot_and_programs_wrote_is_nobodys(site: Site, since: datetime) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    await site.town.program(room, ["Build 1 failed", "Build 2 failed"])
    await ana.says("Again?", room)
    told = happened(await pages(site, room, since, datetime.now(UTC) + timedelta(minutes=1)), Spoke)
    kinds = {each.by: (await site.bot.profile(each.by)).kind for each in told}
    assert [each.by for each in told if kinds[each.by] == "member"] == [ana.external]


async def test_a_long_past_comes_in_pages_and_nothing_twice(site: Site, since: datetime) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    server: Any = getattr(site.town, "server", None)
    if server is not None:  # these give as many at once as one likes
        server.page = server.longest_page = 3
        number = 11
    else:
        number = 105
    for each in range(number):
        await ana.says(f"message {each}", room)
    told = await pages(site, room, since, datetime.now(UTC) + timedelta(minutes=1))
    assert len(told) > 1
    spoke = happened(told, Spoke)
    assert len(spoke) == len({each.key for each in spoke}) == number


async def test_the_past_of_a_room_the_bot_is_not_in_is_refused(site: Site, since: datetime) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana], private=True, bot=False)
    with pytest.raises((NotAllowed, NotFound)):
        await site.bot.history(room, since=since, until=datetime.now(UTC))
    with pytest.raises((NotAllowed, NotFound)):
        await site.bot.history(site.town.nowhere, since=since, until=datetime.now(UTC))


async def test_a_platform_that_wants_to_be_left_alone_says_for_how_long(site: Site, since: datetime) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    await site.town.rate_limit("history", 7)
    with pytest.raises(RateLimited) as refused:
        await site.bot.history(room, since=since, until=datetime.now(UTC))
    assert refused.value.retry_after >= 6


@pytest.mark.parametrize("where", ["slack", "memory"])
async def test_what_a_plan_does_not_show_is_said_to_be_missing(site: Site, since: datetime) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    for text in ("one", "two", "three"):
        await ana.says(text, room)
    until = datetime.now(UTC) + timedelta(minutes=1)
    whole = await pages(site, room, since, until)
    assert not any(page.limited for page in whole)
    third = happened(whole, Spoke)[-1]
    server: Any = site.town.server  # type: ignore[attr-defined]
    server.shown_since = third.at.timestamp() - 0.00001 if isinstance(server.shown_since, float) else third.at
    told = await pages(site, room, since, until)
    assert [each.key for each in happened(told, Spoke)] == [third.key]
    assert [page.limited for page in told] == [*[False] * (len(told) - 1), True]


@pytest.mark.parametrize("where", ["slack"])
async def test_the_past_leaves_half_of_what_slack_grants_to_what_cannot_wait(site: Site, since: datetime) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    server: Any = site.town.server  # type: ignore[attr-defined]
    server.limits.mode = "on"
    for _ in range(25):
        await site.bot.history(room, since=since, until=datetime.now(UTC))
    with pytest.raises(Paced) as refused:
        await site.bot.history(room, since=since, until=datetime.now(UTC))
    assert 0 < refused.value.retry_after <= 61
    assert await site.bot.last_spoke(room) is None
    assert not [answer for _, _, answer in server.calls if answer.get("error") == "ratelimited"]
