from __future__ import annotations

import pytest

from adapters.matrix.patience import LONGEST_WAIT, Patience
from bot.chat import LockedOut, NotAllowed, Overloaded, PlatformError, RateLimited, Unreachable


class Watch:
    """A clock that only waiting moves on."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.waits.append(seconds)


async def test_a_server_that_answers_502_for_an_hour_is_asked_about_once_a_minute() -> None:
    watch, asked = Watch(), 0
    patiently = Patience(watch.sleep)
    patiently.connected = True

    async def sync() -> str:
        nonlocal asked
        asked += 1
        if watch.now < 3600:
            raise Unreachable("HTTP_502")
        return "news"

    assert await patiently(sync) == "news"
    assert asked < 70
    assert watch.waits[:5] == [0.5, 1.0, 2.0, 4.0, 8.0]
    assert max(watch.waits) == LONGEST_WAIT
    assert watch.now < 3600 + LONGEST_WAIT
    assert not patiently.connected  # until what the sync brought is recorded


@pytest.mark.parametrize(
    ("error", "waits"),
    [
        (RateLimited(7.0), [7.0, 7.0]),
        (RateLimited(9_000.0), [LONGEST_WAIT, LONGEST_WAIT]),
        (Overloaded(), [0.5, 1.0]),
    ],
)
async def test_it_waits_as_long_as_it_is_told(error: Exception, waits: list[float]) -> None:
    watch, left = Watch(), 2

    async def call() -> None:
        nonlocal left
        left -= 1
        if left >= 0:
            raise error

    await Patience(watch.sleep)(call)
    assert watch.waits == waits


@pytest.mark.parametrize("error", [LockedOut("M_UNKNOWN_TOKEN"), NotAllowed("M_FORBIDDEN"), PlatformError("M_BAD")])
async def test_a_refusal_for_good_is_told_at_once(error: PlatformError) -> None:
    watch = Watch()

    async def call() -> None:
        raise error

    with pytest.raises(type(error)):
        await Patience(watch.sleep)(call)
    assert watch.waits == []
