"""The past is told only as far as it is certain how many were there; what is said while it is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.chat import Past, Spoke
from nudges.pulse import days, nudge, past, status
from nudges.pulse.settings import Settings
from storage import backfill, frozen, pulse
from storage.communities import Community
from storage.database import Store
from storage.pulse import PulseBackfill, PulseDay, PulseGap, PulseHeard
from tests.contract.pulsing import START, Place, night

DAY = timedelta(days=1)
NOON = datetime(START.year, START.month, START.day, 12, tzinfo=UTC)
SLACK = "joins leaves reactions reads"


@pytest.fixture
async def place(store: Store) -> Place:
    return Place(store)


async def crowd(place: Place, people: int) -> int:
    """A community of so many people, which is there for long."""
    long_ago = night(START) - 90 * DAY
    community = await place.community("c", created_at=long_ago, opened_at=long_ago)
    await place.inside({community: await place.people(["Sales"] * people)})
    return community


async def looked(session: AsyncSession, place: Place, stretch: PulseBackfill) -> list[tuple[int, int, str, bool]]:
    """What is told of days once a stretch is counted: the day of the month, members, as what, and if it is whole."""
    community = await session.get(Community, stretch.community_id)
    assert community is not None
    await past._freeze(place.context(session), stretch, community, limited=False)
    rows = await session.exec(select(PulseDay).where(PulseDay.why == "backfill").order_by("day"))
    return [(each.day.day, each.members, each.shown, each.measured) for each in rows]


def stretch(community: int, kind: str, untold: str) -> PulseBackfill:
    since, until = NOON, NOON + 3 * DAY
    more = {"reached": since, "state": "done", "untold": untold, "changed_at": until}
    return PulseBackfill.model_validate(
        {"community_id": community, "kind": kind, "since": since, "until": until, **more}
    )


@pytest.mark.parametrize("joins", [0, 18], ids=["enterprise grid", "large channel"])
async def test_of_a_group_that_may_have_been_of_two_nothing_is_told_where_joins_are_hidden(
    place: Place, joins: int
) -> None:
    community = await crowd(place, 30)
    place.now = night(START + 4 * DAY)
    async with place.store.write() as session:
        await pulse.count(session, {(community, START): {"posts": 3}, (community, START + 2 * DAY): {"joins": joins}})
        assert await looked(session, place, stretch(community, "arrival", SLACK)) == []


@pytest.mark.parametrize(("before", "shown"), [(2, ""), (7, "own"), (0, None)])
async def test_days_without_the_bot_are_of_no_more_people_than_there_were_before(
    place: Place, before: int, shown: str | None
) -> None:
    community = await crowd(place, 30)
    if before:
        members = {community: list(range(1, before + 1))}
        await place.freeze(START - DAY, {community: {}}, members)
    place.now = night(START + 4 * DAY)
    async with place.store.write() as session:
        found = await looked(session, place, stretch(community, "away", f"{SLACK} replies"))
    assert found == ([] if shown is None else [(START.day + each, before, shown, False) for each in range(4)])


@pytest.mark.parametrize(("minutes", "gaps"), [(2, 0), (6, 1), (55, 1)])
async def test_some_minutes_without_a_platform_that_cannot_be_asked_are_a_gap(
    place: Place, minutes: int, gaps: int
) -> None:
    await crowd(place, 9)
    back = NOON + timedelta(minutes=minutes)
    async with place.store.write() as session:
        session.add(PulseHeard(platform="acme", since=NOON - 9 * DAY, at=NOON))
    async with place.store.write() as session:
        now = back + timedelta(minutes=1)
        await days.listen(replace(place.context(session), now=now, connected={"acme": back}))
    async with place.store.write() as session:
        await days.freeze(place.context(session), START)
        assert len(list(await session.exec(select(PulseGap)))) == gaps
        assert len(list(await session.exec(select(PulseBackfill)))) == gaps
        if gaps:
            assert not (await frozen.latest(session, START, START)).popitem()[1].measured


# ---------------------------------------------------------------- its pages


class Died(Exception):
    """The process is gone before its transaction is committed."""


class Started:
    """In place of the outbox: the pages that are to be read next, the last of them last."""

    def __init__(self) -> None:
        self.pages: list[dict[str, Any]] = []

    async def start(self, kind: str, name: str, state: dict[str, Any]) -> None:
        assert name == f"{kind}:{state['stretch']}:{state['turn']}"
        self.pages.append(state)


def page(hour: int, position: str) -> Past:
    """Three messages of three people, in one hour of the first day."""
    at = NOON + timedelta(hours=hour)
    events = tuple(Spoke(key=f"{hour}:{each}", platform="acme", by=f"UP{each}", room="c", at=at) for each in (1, 2, 3))
    return Past(events=events, position=position, oldest=at, seen=3)


async def test_a_page_is_counted_once_whenever_the_process_dies(place: Place) -> None:
    community = await crowd(place, 9)
    place.now, started = night(START + 4 * DAY), Started()

    async def counts(state: dict[str, Any], read: Past, *, dies: bool = False) -> None:
        async with place.store.write() as session:
            ctx = replace(place.context(session), outbox=started)  # type: ignore[arg-type]
            await past._counted({**state, "page": read.model_dump(mode="json"), "who": {}}, ctx)
            if dies:
                raise Died

    async def stands() -> tuple[str, str, int, int, list[int]]:
        async with place.store.read() as session:
            (row,) = await session.exec(select(PulseBackfill))
            counted = [each.posts for each in await session.exec(select(pulse.PulseCount))]
            return row.state, row.position, row.turn, row.seen, counted

    async with place.store.write() as session:
        session.add(pulse.PulseRoom(community_id=community, accounts=9, read_at=place.now))
        await backfill.add(session, [stretch_to_count(community)] * 2)
        await backfill.add(session, [stretch_to_count(community)])  # looked at again after a start
    async with place.store.write() as session:
        await past._next(replace(place.context(session), outbox=started), "acme")  # type: ignore[arg-type]
    (first,) = started.pages
    assert (first["position"], len(first["known"])) == ("", 9)
    with pytest.raises(Died):
        await counts(first, page(3, "p1"), dies=True)
    assert await stands() == ("going", "", 1, 0, [])
    await counts(first, page(3, "p1"))
    await counts(first, page(3, "p1"))  # its step ran twice: it was not known that it had been done
    assert await stands() == ("going", "p1", 2, 3, [3])
    last = started.pages[-1]
    assert last["position"] == "p1"
    with pytest.raises(Died):
        await counts(last, page(1, ""), dies=True)
    assert await stands() == ("going", "p1", 2, 3, [3])
    await counts(last, page(1, ""))
    await counts(last, page(1, ""))
    assert await stands() == ("done", "", 2, 6, [6])
    async with place.store.read() as session:
        rows = list(await session.exec(select(PulseDay).order_by("day")))
    assert [(each.day.day, each.posts, each.members, each.version) for each in rows] == [
        (START.day + number, 6 * (number == 0), 9, 1) for number in range(4)
    ]


def stretch_to_count(community: int) -> PulseBackfill:
    about = {"community_id": community, "since": NOON, "until": NOON + 3 * DAY, "changed_at": NOON}
    return PulseBackfill.model_validate(about)


async def test_what_goes_on_while_nobody_listens_is_not_told_before_somebody_does(place: Place) -> None:
    community = await crowd(place, 9)
    async with place.store.write() as session:
        session.add(PulseHeard(platform="acme", since=NOON - 9 * DAY, at=NOON))
        await pulse.count(session, {(community, START - DAY): {"posts": 2}, (community, START): {"posts": 3}})

    (looking,) = [each.handler for each in nudge.ticks if each.name == "pulse.night"]

    async def looks(now: datetime, **connected: datetime) -> list[tuple[int, int, bool]]:
        place.settings = Settings(past_days=0)
        async with place.store.write() as session:
            await looking(replace(place.context(session), now=now, connected=connected))
            told = await frozen.latest(session, START - DAY, START + 9 * DAY)
        return [(day.day, each.posts, each.measured) for (_, day), each in sorted(told.items())]

    before = [(1, 2, True)]
    assert await looks(NOON + timedelta(hours=1)) == before
    assert await looks(night(START)) == before, "that the rest of it is lost is not known yet"
    assert await looks(night(START + DAY)) == before, "nothing is no number"
    back = night(START + DAY) + timedelta(hours=9)
    await looks(back, acme=back)
    assert await looks(night(START + 2 * DAY), acme=back) == [*before, (2, 3, False), (4, 0, False)]


async def test_the_status_says_of_how_many_communities_and_nothing_of_what_is_in_them(place: Place) -> None:
    small, other = await crowd(place, 3), await place.community("d")
    async with place.store.write() as session:
        for community, kind, state in (
            (small, "arrival", "done"), (small, "away", "done"), (other, "arrival", "done"), (other, "away", "going"),
        ):  # fmt: skip
            row = stretch(community, kind, "")
            row.state, row.seen, row.until = state, 37, NOON + (kind == "away") * DAY
            session.add(row)
        await session.flush()
        (line, *rest) = await status.status(place.context(session))
        assert dict(line.args) == {"platform": "acme", "done": 1, "count": 2}
        assert [each.id for each in rest] == ["pulse-past-how"]
        assert [(each.state, each.communities) for each in await backfill.progress(session)] == [
            ("done", 1), ("going", 1),
        ]  # fmt: skip
