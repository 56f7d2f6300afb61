"""The bot is killed while many are planned, sent to, and told no more: nobody misses it, has it twice, or keeps it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable

import pytest

from adapters.memory.platform import MemoryPlatform
from adapters.memory.server import MemoryServer
from bot.chat import Message, NotFound, Undelivered
from bot.media.capability import undelivered
from bot.nudge import Context, Told
from storage.database import Store
from tests.contract.conftest import AT_EASE
from tests.contract.test_outbox_many import Crowd
from tests.contract.world import Death, Killed, words
from tests.crash.steps import OUTBOX

CHUNK = 4


class Watched(MemoryPlatform):
    """A platform that remembers how often each message was posted, and lets a test do something beside the first."""

    def __init__(self, server: MemoryServer) -> None:
        super().__init__(server)
        self.posts: Counter[str] = Counter()
        self.before: Callable[[], Awaitable[object]] | None = None
        self.after: Callable[[], Awaitable[object]] | None = None

    async def post(self, room: str, message: Message, *, name: str, reply_to: str = "") -> str:
        is_first = not self.posts
        self.posts[name] += 1
        if is_first and self.before:
            await self.before()
        posted = await super().post(room, message, name=name, reply_to=reply_to)
        if is_first and self.after:
            await self.after()
        return posted


class Watching(Crowd):
    """A company on such a platform."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.platform: Watched = Watched(self.server)


@pytest.fixture(params=AT_EASE)
def engine(request: pytest.FixtureRequest) -> str:
    """See `tests.contract.conftest`."""
    return str(request.param)


@pytest.fixture
def crowd(store: Store) -> Watching:
    return Watching(store)


async def plans(crowd: Watching, people: list[int], killed_after: int | None = None) -> None:
    """Plan in chunks, as whoever announces does. killed_after: in the middle of the chunk after so many."""
    for number, first in enumerate(range(0, len(people), CHUNK)):
        async with crowd.planning() as planner:
            told = [Told(each) for each in people[first : first + CHUNK]]
            await planner.tell_many(told, words("hello"), name="news", kind="notice", batch="news")
            if number == killed_after:
                raise Killed("planning")


async def recall_is_killed(crowd: Watching) -> None:
    async with crowd.planning() as planner:
        await planner.recall("news", limit=3)
        raise Killed("recalling")


async def lives(crowd: Watching, step: str, nth: int) -> None:
    """A life that ends at a step, or when there is nothing left to do; whoever comes after waits until it is known."""
    try:
        await crowd.both(Death(step, nth)).drain()
    except Killed:
        crowd.now.advance(minutes=1)


@pytest.mark.parametrize("chunk", [0, 1, 2])
async def test_planning_that_was_killed_is_begun_anew(crowd: Watching, chunk: int) -> None:
    people = await crowd.people(10)
    with pytest.raises(Killed):
        await plans(crowd, people, chunk)
    await crowd.sent()
    assert len(crowd.read()) == chunk * CHUNK
    await plans(crowd, people)
    await crowd.sent()
    assert crowd.read() == ["hello"] * 10
    assert set(crowd.platform.posts.values()) == {1}


@pytest.mark.parametrize("nth", [1, 2])
@pytest.mark.parametrize("step", OUTBOX)
async def test_a_recall_that_was_killed_leaves_nothing_behind(crowd: Watching, step: str, nth: int) -> None:
    """Killed while it is sent, between two parts of its recall, and while what was said is deleted."""
    people = await crowd.people(10)
    await plans(crowd, people)
    await lives(crowd, step, nth)
    with pytest.raises(Killed):
        await recall_is_killed(crowd)
    more = True
    while more:
        more = (await crowd.recalls(3)).more
        await lives(crowd, step, nth)
    for _ in range(3):
        await crowd.sent()
        crowd.now.advance(minutes=1)
    assert crowd.read() == []
    assert max(crowd.platform.posts.values(), default=1) == 1
    progress, recalled = await crowd.progress(), await crowd.progress("recall:news")
    assert progress.keys() <= {"sent", "cancelled"}
    assert sum(progress.values()) == 10
    assert recalled.get("sent", 0) == progress.get("sent", 0)
    assert recalled.keys() <= {"sent", "dropped"}


@pytest.mark.parametrize("when", ["before", "after"])
async def test_what_is_being_said_when_it_is_recalled_is_said_and_deleted(crowd: Watching, when: str) -> None:
    await plans(crowd, await crowd.people(6))
    setattr(crowd.platform, when, crowd.recalls)
    await crowd.sent()
    await crowd.sent()
    assert crowd.read() == []
    assert (await crowd.progress("recall:news"))["sent"] == (await crowd.progress())["sent"] >= 1


async def test_what_comes_back_after_its_recall_goes_to_no_other_medium(crowd: Watching) -> None:
    people = await crowd.people(2)
    for each in people:
        await crowd.address(each)
    await crowd.tells(people[:1], media=("mail", "acme"))
    await crowd.sent()
    await crowd.tells(people[1:], media=("mail", "acme"))
    assert (await crowd.recalls()).beyond == {"mail": 1}
    row = await crowd.row(f"news:{people[0]}")
    event = Undelivered(
        key="back", platform="mail", at=crowd.now(), on=row.external_id, account="x", reason="5.1.1"
    )  # fmt: skip
    async with crowd.store.write() as session:
        ctx = Context(crowd.now(), session, None, None, None, None, {}, None)  # type: ignore[arg-type]
        await undelivered(event, ctx)
    await crowd.sent()
    assert (crowd.read(), (await crowd.row(f"news:{people[0]}")).state) == ([], "dead")


async def test_what_falls_through_to_the_chat_while_it_is_recalled_is_not_said_there(crowd: Watching) -> None:
    [one] = await crowd.people(1)
    await crowd.address(one)
    await crowd.tells([one], media=("mail", "acme"))
    with pytest.raises(Killed):
        await crowd.both(Death("outbox.attempted")).drain()
    await crowd.recalls()
    crowd.now.advance(minutes=1)
    crowd.post.fail("post", NotFound("smtp_550"))
    await crowd.sent()
    crowd.now.advance(minutes=1)
    await crowd.sent()
    assert crowd.read() == []
