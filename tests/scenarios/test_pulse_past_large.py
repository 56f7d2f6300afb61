"""The past of a large workspace with ten years of history: at the pace that Slack grants, and nobody waits for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from adapters.slack.past import PAGE, PER_MINUTE
from storage.communities import Community
from storage.people import Account
from storage.pulse import PulseBackfill, PulseCount, PulseDay, PulseMember, PulseRoom
from tests.humans import Human, eventually
from tests.scenarios.company import PLATFORM, Company
from tests.servers.slack import BOT_USER_ID

CHANNELS = 5_000
YEARS = timedelta(days=3650)
MESSAGES, MANY = 6, 2_500
"""Messages of a channel; of the first ones, which take several pages."""
PAST = {"conversations.history", "conversations.replies"}
SLOW = 600.0
"""Seconds that a condition may take on a busy machine; nothing is said about how long it takes."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900), pytest.mark.parametrize("where", ["slack"])]


@pytest.fixture
def settings() -> dict[str, Any]:
    return {"pulse": {"past_days": YEARS.days}}


class Called(list[Any]):
    """The calls that a server got, and when, on its own clock."""

    def __init__(self, now: Callable[[], float]) -> None:
        super().__init__()
        self.at: list[float] = []
        self._now = now

    def append(self, call: Any) -> None:
        super().append(call)
        self.at.append(self._now())

    def past(self) -> list[tuple[float, tuple[str, ...]]]:
        """The calls for pages of the past: when, and which page."""
        pages = []
        for at, (method, asked, _) in zip(self.at, self, strict=True):
            if method in PAST and asked.get("limit") in {PAGE, str(PAGE)}:
                which = (str(asked.get(name) or "") for name in ("channel", "ts", "latest", "oldest", "cursor"))
                pages.append((at, tuple(which)))
        return pages

    def most_in_a_minute(self) -> int:
        """Of pages of the past, in any minute."""
        at = [each for each, _ in self.past()]
        return max(sum(first <= each < first + 60 for each in at) for first in at)

    def refused(self) -> list[str]:
        """What was asked for too often; messages aside, which the bot of a story may post at any pace (`Company`)."""
        refused = [method for method, _, answer in self if answer.get("error") == "ratelimited"]
        return [each for each in refused if each != "chat.postMessage"]


def write(server: Any, room: str, authors: list[str], now: datetime, number: int) -> None:
    """Messages of ten years and one more, the last with two replies; as long ago as they say."""
    messages = server.workspace.channels[room].messages
    first = now - YEARS - timedelta(days=365)
    for each in range(number):
        at = first + (now - first) * (each / number) + timedelta(microseconds=each)
        ts = f"{at.timestamp():.6f}"
        message: dict[str, Any] = {
            "type": "message",
            "user": authors[each % len(authors)],
            "text": "Who has seeds?",
            "ts": ts,
        }
        messages[ts] = message
        if each == number - 1:
            message |= {"thread_ts": ts, "reply_count": 2}
            for reply in (1, 2):
                late = f"{at.timestamp() + reply:.6f}"
                messages[late] = {**message, "ts": late, "user": authors[reply % len(authors)]}
                del messages[late]["reply_count"]


async def settle(company: Company, people: list[Human]) -> None:
    """Five thousand channels that are communities, of which it is known who is in them."""
    await company.acquainted()
    company.clock.advance(minutes=11)  # the look at all rooms is done, and comes again in hours
    await company.settled()
    server: Any = company.town.server  # type: ignore[attr-defined]
    now, authors = company.clock.now(), [each.external for each in people]
    about: dict[str, Any] = {
        "platform": PLATFORM, "purpose": "p", "work": "w", "kind": "business", "visibility": "public",
        "state": "active", "created_at": now, "opened_at": now, "members": len(authors), "looked_at": now,
    }  # fmt: skip
    async with company.store.write() as session:
        mine = select(Account.person_id).where(col(Account.external_id).in_(authors))
        persons = list(await session.exec(mine))
        for number in range(CHANNELS):
            name = f"channel-{number}"
            inside = [*authors, BOT_USER_ID]
            room = server.workspace.add_channel(name, creator=authors[0], members=inside).id
            write(server, room, authors, now, MANY if number < 2 else MESSAGES)
            session.add(Community(room=room, name=name, slug=name, **about))
        await session.flush()
        for each in await session.exec(select(Community.id)):
            session.add(PulseRoom(community_id=each or 0, accounts=len(authors), read_at=now))
            session.add_all(PulseMember(community_id=each or 0, person_id=person) for person in persons)


async def progress(human: Human) -> int:
    """Of how many communities `pulse status` says that their past is counted."""

    async def told() -> list[str]:
        return re.findall(rf"the past of (\d+) of {CHANNELS:,} communities", "\n".join(await human.reads()))

    before = len(await told())
    await human.types("pulse status")

    async def answered() -> bool:
        return len(await told()) > before

    await eventually(answered, "the status is told", SLOW)
    return int((await told())[-1])


async def test_five_thousand_channels_of_ten_years_are_counted_in_their_turn(
    bob: Human, ana: Human, alice: Human, company: Company
) -> None:
    await bob.types("hello")
    await bob.is_told("What can you do?")
    await settle(company, [ana, bob])
    server: Any = company.town.server  # type: ignore[attr-defined]
    server.limits.mode = "on"
    server.calls = called = Called(server.clock.now)
    company.clock.advance(minutes=6)

    async def read(number: int) -> None:
        async def done() -> bool:
            return len(called.past()) >= number

        await eventually(done, f"{number} pages were read", SLOW)

    # A minute in which the clock hardly moves: as many pages as it grants, and no more.
    await read(PER_MINUTE)
    assert len(await company.rows(PulseBackfill)) == CHANNELS
    first = await progress(alice)

    # While pages are read, whoever asks or presses is answered before the minute's pages are through.
    for ask, answer in (
        (bob.types("parvis me"), "What I hold about you"),
        (bob.presses("What can you do?"), "What you can ask me"),
    ):
        before = len(called.past())
        company.clock.advance(seconds=61)
        await read(before + 1)
        await ask
        await bob.is_told(answer, within=SLOW)
        assert len(called.past()) < before + PER_MINUTE
        await read(before + PER_MINUTE)

    for _ in range(3):
        before = len(called.past())
        company.clock.advance(seconds=61)
        await read(before + PER_MINUTE)
    second = await progress(alice)
    assert first <= second
    assert 0 < second < CHANNELS
    assert called.most_in_a_minute() <= PER_MINUTE
    assert called.refused() == []
    pages = [each for _, each in called.past()]
    assert len(set(pages)) == len(pages), "no page twice"

    # It starts again: it goes on where it was.
    await company.stop()
    counted = sum(each.posts for each in await company.rows(PulseCount))
    company.clock.advance(seconds=61)
    server.calls = later = Called(server.clock.now)
    await company.restart()
    called = later
    await read(PER_MINUTE)
    company.clock.advance(seconds=61)
    await read(2 * PER_MINUTE)
    assert await progress(alice) > second
    again = {each for _, each in later.past()} & set(pages)
    assert len(again) <= 1, "but for the one that was under way"
    assert later.most_in_a_minute() <= PER_MINUTE
    assert later.refused() == []
    assert sum(each.posts for each in await company.rows(PulseCount)) > counted
    assert [each for each in await company.rows(PulseDay) if each.why == "backfill"] == []
