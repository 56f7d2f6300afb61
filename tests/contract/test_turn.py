"""Writers of one process take turns; what must be acknowledged goes first."""

import asyncio
from contextlib import suppress

from storage.turns import BURST, LULL, Burst, Turn


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
    turn, order = Turn(Burst()), list[str]()
    async with turn.taken():
        tasks = await queued(turn, "ana", "bob", "kim", order=order)
        assert order == []
    await asyncio.gather(*tasks)
    assert order == ["ana", "bob", "kim"]


async def test_what_must_be_acknowledged_goes_first() -> None:
    turn, order = Turn(Burst()), list[str]()
    async with turn.taken():
        tasks = await queued(turn, "ana", "bob", "!slack", "kim", "!matrix", order=order)
    await asyncio.gather(*tasks)
    assert order == ["slack", "matrix", "ana", "bob", "kim"]


async def test_who_gives_up_waiting_does_not_hold_up_the_others() -> None:
    turn, order = Turn(Burst()), list[str]()
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
    turn, inside, most = Turn(Burst()), 0, 0

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


async def test_others_let_a_burst_go_by() -> None:
    burst, order = Burst(), list[str]()
    turn = Turn(burst)
    burst.came()
    ana = await queued(turn, "ana", order=order)
    slack = await queued(turn, "!slack", order=order)
    await asyncio.gather(*slack)
    assert order == ["slack"], "what else is to be acknowledged would wait for ana"
    burst.went()
    await asyncio.gather(*ana)
    assert order == ["slack", "ana"]


async def test_in_a_burst_without_end_all_else_goes_on_half_of_the_time() -> None:
    time = [0.0]
    burst = Burst(lambda: time[0])
    burst.came()

    def goes_on(at: float) -> bool:
        time[0] = at
        return burst.is_over()

    tried = [number / 4 for number in range(20)]
    assert [at for at in tried if goes_on(at)] == [at for at in tried if at % (2 * BURST) >= BURST]
    burst.went()
    assert not goes_on(time[0] + LULL / 2)
    assert goes_on(time[0] + LULL)
    burst.came()
    assert not goes_on(time[0] + 1), "a new burst, with a time of its own"
