"""The people of a platform are gone through, in few calls, and each member is met."""

from __future__ import annotations

import time
import tracemalloc
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import BaseModel
from sqlmodel import func, select
from sqlmodel.ext.asyncio.session import AsyncSession
from structlog.testing import capture_logs

from adapters.memory.platform import MemoryPlatform
from adapters.slack.platform import SlackPlatform
from bot.census import AGAIN, LOOK, PAGE, Census
from bot.chat import Platform, Profile, ProfileChanged, RateLimited, Unreachable
from bot.dispatch import Dispatcher
from bot.lookup import Lookup
from bot.nudge import Context, Nudge
from bot.parts import Parts
from storage.database import Store, StoreUnavailable
from storage.people import Account
from tests.contract.spine import Trail
from tests.contract.world import LOCALES, World
from tests.servers.slack import Clock as SlackClock
from tests.servers.slack import SlackServer


class Greeter:
    """A capability that keeps whom it met, as it met them. fault: what it does instead, once.

    each: told how many it met, instead of keeping them.
    """

    def __init__(self) -> None:
        self.met: list[tuple[str, str, dict[str, str]]] = []
        self.fault: Exception | None = None
        self.each: Callable[[int], None] | None = None
        self.count = 0

    def nudge(self) -> Nudge:
        nudge = Nudge(id="greeter", catalogs=LOCALES[0], settings=BaseModel)
        nudge.meets = self.meet
        return nudge

    async def meet(self, ctx: Context, account: Any, profile: Profile) -> None:
        fault, self.fault = self.fault, None
        if fault:
            raise fault
        self.count += 1
        if self.each:
            self.each(self.count)
        else:
            row = await ctx.session.get(Account, account.id)
            assert row
            self.met.append((account.external_id, row.name, dict(profile.fields)))

    def names(self) -> list[str]:
        return sorted(name for _, name, _ in self.met)


class Place:
    """A platform, and a census of it. ours: whether this process looks after it."""

    def __init__(self, world: World, platform: Platform) -> None:
        self.world, self.platform = world, platform
        self.greeter = Greeter()
        self.ours = True
        outbox = world.outbox()
        self.parts = Parts(
            store=world.store,
            words=world.words,
            platforms={"acme": platform},
            lookup=Lookup([self.greeter.nudge()]),
            outbox=outbox,
            audit=Trail(),
            settings={},
            rooms={},
            role_rooms={},
            calendar=None,
            now=world.now,
        )
        self.census = Census(self.parts, lambda _: self.ours)

    async def kinds(self) -> dict[str, str]:
        async with self.world.store.read() as session:
            return {row.name: row.kind for row in await session.exec(select(Account))}


class Torn(MemoryPlatform):
    """A platform whose list of people breaks off after so many."""

    after = 0
    error: Exception | None = None

    async def people(self) -> AsyncIterator[Profile]:
        told = 0
        async for profile in super().people():
            if self.error and told >= self.after:
                raise self.error
            told += 1
            yield profile


@pytest.fixture
def place(store: Store) -> Place:
    world = World(store)
    return Place(world, Torn(world.server))


async def test_each_member_is_written_and_met_and_of_others_nothing_new_is_kept(place: Place) -> None:
    server = place.world.server
    server.join_person("ana", title="Buyer", picture="yes")
    for kind in ("guest", "stranger", "bot", "gone"):
        server.join_person(kind, kind=kind)
    await place.census.look()
    assert place.greeter.met == [("U1", "ana", {"title": "Buyer", "picture": "yes"})]
    assert await place.kinds() == {"ana": "member"}


async def test_who_became_a_guest_is_known_as_one_and_met_no_more(place: Place) -> None:
    server = place.world.server
    ana = server.join_person("ana")
    await place.census.look()
    account = server.accounts[ana]
    account.profile = account.profile.model_copy(update={"kind": "guest"})
    place.world.now.advance(days=1)
    await place.census.look()
    assert (place.greeter.names(), await place.kinds()) == (["ana"], {"ana": "guest"})


async def test_who_is_told_of_no_more_is_left_as_they_were(place: Place) -> None:
    ana = place.world.server.join_person("ana")
    await place.census.look()
    del place.world.server.accounts[ana]
    place.world.now.advance(days=1)
    await place.census.look()
    assert await place.kinds() == {"ana": "member"}


async def test_a_round_is_made_once_a_day_however_often_one_looks(place: Place) -> None:
    place.world.server.join_person("ana")
    for hours, met in ((0, 1), (1, 1), (22, 1), (1, 2), (1, 2), (-3, 3)):  # -3: the clock was set back before a round
        place.world.now.advance(hours=hours)
        await place.census.look()
        assert len(place.greeter.met) == met
    assert AGAIN % LOOK == AGAIN - AGAIN


async def test_a_round_that_breaks_off_keeps_what_was_written_and_goes_on_at_the_next_look(place: Place) -> None:
    platform = place.platform
    assert isinstance(platform, Torn)
    for index in range(2 * PAGE + 1):
        place.world.server.join_person(f"p{index}")
    errors = (RateLimited(30), Unreachable("timeout"), StoreUnavailable("SQLITE_FULL"))
    for error in errors:
        platform.after, platform.error = PAGE + 10, error
        with capture_logs() as logs:
            await place.census.look()
        assert [each["event"] for each in logs if each["log_level"] == "warning"] == ["people not read"]
    assert len(await place.kinds()) == PAGE
    platform.error = None
    await place.census.look()
    assert len(await place.kinds()) == 2 * PAGE + 1
    assert Counter(place.greeter.names())["p0"] == len(errors) + 1


async def test_a_capability_that_fails_at_someone_ends_the_round_and_not_the_process(place: Place) -> None:
    place.world.server.join_person("ana")
    place.greeter.fault = ValueError("a bug")
    await place.census.look()
    assert place.greeter.met == []
    await place.census.look()
    assert place.greeter.names() == ["ana"]


async def test_of_several_processes_one_goes_through_a_platform(place: Place) -> None:
    place.world.server.join_person("ana")
    place.ours = False
    await place.census.look()
    assert place.greeter.met == []
    place.ours = True
    await place.census.look()
    assert place.greeter.names() == ["ana"]


async def test_a_changed_profile_is_met_at_once(place: Place) -> None:
    ana = place.world.server.join_person("ana")
    await place.census.look()
    place.world.server.set_profile(ana, title="Buyer")
    event = ProfileChanged(key="e1", platform="acme", by=ana, at=place.world.now())
    dispatcher = Dispatcher(place.parts)
    await dispatcher._know(event)
    assert [fields for _, _, fields in place.greeter.met] == [{}, {"title": "Buyer"}]


@pytest.mark.parametrize("kind", ["guest", "stranger", "bot"])
async def test_of_others_who_change_a_name_of_their_own_nothing_is_kept(place: Place, kind: str) -> None:
    gil = place.world.server.join_person("gil", kind=kind)
    place.world.server.set_profile(gil, name="Gil Roy")
    event = ProfileChanged(key="e1", platform="acme", by=gil, at=place.world.now())
    dispatcher = Dispatcher(place.parts)
    await dispatcher._know(event)
    async with place.world.store.write() as session:
        assert await dispatcher._who(session, event, place.world.now()) is None
    assert (await place.kinds(), place.greeter.met) == ({}, [])


# ---------------------------------------------------------------- as many as a large company has

MANY, CALLS = 10_000, 60
GROWTH = 5_000_000  # bytes that going through two thousand of them may need at once


@pytest.fixture
async def crowd() -> AsyncIterator[SlackServer]:
    """A workspace of ten thousand, which enforces its limits on a clock that moves when told to."""
    clock = SlackClock()
    clock.freeze()
    async with SlackServer(limits="on", clock=clock) as server:
        for index in range(MANY):
            server.workspace.add_user(f"p{index}", profile={"title": "Buyer"} if index % 2 else {})
        yield server


def slack(server: SlackServer) -> SlackPlatform:
    now = lambda: datetime.fromtimestamp(server.clock.now(), UTC)  # noqa: E731 - one clock for both sides
    return SlackPlatform("acme", bot_token=server.bot_token, app_token="", api_url=server.api_url, now=now)


async def test_ten_thousand_people_of_slack_are_told_of_in_sixty_calls(crowd: SlackServer) -> None:
    bot = slack(crowd)
    titles, told = 0, 0
    try:
        async for profile in bot.people():
            told += 1
            titles += "title" in profile.fields
            if told % 200 == 0:
                crowd.clock.advance(3.1)  # as long as a page takes at twenty pages a minute
    finally:
        await bot.close()
    assert (told - 2, titles) == (MANY, MANY // 2)  # Slackbot and the bot itself
    assert len(crowd.calls) <= CALLS, Counter(name for name, _, _ in crowd.calls)
    assert not [answer for _, _, answer in crowd.calls if not answer["ok"]]
    assert not bot._profiles, "nobody is kept in memory whom nobody asked for"


class Timed(Store):
    """A store that keeps how long each transaction held the writer, in seconds."""

    held: list[float]

    @asynccontextmanager
    async def write(self, *, first: bool = False) -> AsyncIterator[AsyncSession]:
        async with super().write(first=first) as session:
            began = time.monotonic()
            yield session
        self.held.append(time.monotonic() - began)


@pytest.mark.slow
async def test_ten_thousand_people_are_written_page_by_page_and_nothing_of_them_stays_in_memory(
    store: Store, crowd: SlackServer
) -> None:
    timed = Timed(store._writing, store._reading)
    timed._turn, timed.held = store._turn, []
    bot = slack(crowd)
    place = Place(World(timed), bot)
    peak: list[int] = []

    def each(met: int) -> None:
        if met % PAGE == 0:
            crowd.clock.advance(3.3)
            crowd.calls[:] = [(name, {}, {}) for name, _, _ in crowd.calls]  # the server's memory is none of ours
        if met == 2 * PAGE:
            tracemalloc.start()
        if met == 12 * PAGE:
            peak.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()

    place.greeter.each = each
    try:
        await place.census.look()
    finally:
        tracemalloc.stop()
        await bot.close()
    async with store.read() as session:
        assert (await session.exec(select(func.count()).select_from(Account))).one() == place.greeter.count == MANY
    assert len(crowd.calls) <= CALLS
    assert peak[0] < GROWTH
    assert sorted(timed.held)[len(timed.held) // 2] < 1.0, timed.held
