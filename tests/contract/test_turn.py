"""Writers of one process take turns; what must be acknowledged goes first."""

import asyncio
from contextlib import suppress

from storage.database import Turn


async def go(turn: Turn, name: str, order: list[str], *, first: bool = False) -> None:
    async with turn.taken(first=first):
        order.append(name)
        await asyncio.sleep(0)


async def queued(turn: Turn, *names: str, order: list[str]) -> list[asyncio.Task[None]]:
    """Those who ask, in this order, while it is somebody else's turn. "!name" asks to go first."""
    tasks = []
    for name in names:
        tasks.append(asyncio.create_task(go(turn, name.strip("!"), order, first=name.startswith("!"))))
        await asyncio.sleep(0)
    return tasks


async def test_one_at_a_time_in_order() -> None:
    turn, order = Turn(), list[str]()
    async with turn.taken():
        tasks = await queued(turn, "ana", "bob", "kim", order=order)
        assert order == []
    await asyncio.gather(*tasks)
    assert order == ["ana", "bob", "kim"]


async def test_what_must_be_acknowledged_goes_first() -> None:
    turn, order = Turn(), list[str]()
    async with turn.taken():
        tasks = await queued(turn, "ana", "bob", "!slack", "kim", "!matrix", order=order)
    await asyncio.gather(*tasks)
    assert order == ["slack", "matrix", "ana", "bob", "kim"]


async def test_who_gives_up_waiting_does_not_hold_up_the_others() -> None:
    turn, order = Turn(), list[str]()
    async with turn.taken():
        ana, bob, kim = await queued(turn, "ana", "bob", "kim", order=order)
        ana.cancel()
    bob.cancel()  # called already, but it has not run
    with suppress(asyncio.CancelledError):
        await ana
    with suppress(asyncio.CancelledError):
        await bob
    await kim
    async with turn.taken():
        assert order == ["kim"]


async def test_nobody_slips_in_between_two_turns() -> None:
    turn, inside, most = Turn(), 0, 0

    async def work() -> None:
        nonlocal inside, most
        for _ in range(5):
            async with turn.taken():
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0)
                inside -= 1

    await asyncio.gather(*(work() for _ in range(8)))
    assert most == 1
