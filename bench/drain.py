"""As `paced`, by three processes over one PostgreSQL, of which the one that sends is killed every thirty seconds.

The seconds without any message after each death count: what they cost is made up for within the limits, or the figure
shows it. Whoever takes over asks the workspace about each message in doubt, and knows nothing of what those before
asked within the minute: how often such a look-up was refused, and came later, is printed.
"""

from __future__ import annotations

import asyncio
import signal
import tempfile
from bisect import bisect_right
from itertools import pairwise
from pathlib import Path

from bench.hurried import hurry
from bench.measure import Claim, Figure, publish, say
from bench.paced import check
from bench.replicas import Three, three
from bench.workspace import PER_MINUTE, Workspace, promised, workspace
from tests.servers.postgres import Postgres

PEOPLE, NEVER_MET = 10_000, 500
SPEED = 4.0
"""Seconds of the workspace and of the database in one of ours."""
LOOKED_UP = "conversations.history"
EVERY = 30.0
"""Seconds of the workspace between two deaths."""
TARGET = 0.95
PATIENCE = 1_800.0


async def _deaths(place: Workspace, replicas: Three, times: list[float]) -> None:
    """Kill whoever sends, again and again, and start it again. times: when, on the workspace's clock."""
    returning: set[asyncio.Task[None]] = set()
    try:
        while True:
            await asyncio.sleep(EVERY / place.speed)
            holder = await replicas.holder("send:acme")
            if holder is None or not place.told():
                continue
            holder.signal(signal.SIGKILL)
            times.append(place.server.clock.now())
            back = asyncio.create_task(holder.again())
            returning.add(back)
            for done in [task for task in returning if task.done()]:
                returning.discard(done)
                done.result()
    finally:
        for task in returning:
            task.cancel()
        await asyncio.gather(*returning, return_exceptions=True)


def _silences(told: list[float], deaths: list[float]) -> list[float]:
    """Seconds without any message after each death: what was on its way is still said, so the longest pause near it."""
    gaps = list(pairwise(told))
    found = []
    for death, following in pairwise([*deaths, told[-1]]):
        near = gaps[max(0, bisect_right(told, death) - 1) : bisect_right(told, following)]
        found.append(max((after - before for before, after in near), default=0.0))
    return found


async def main() -> None:
    """Until all is said."""
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as folder:
        async with (
            Postgres(("max_connections=100", "listen_addresses=")) as server,
            server.database() as url,
            workspace(SPEED) as place,
        ):
            await hurry(url, place.origin, place.speed)
            await promised(url, place.people(PEOPLE, met=PEOPLE - NEVER_MET), place.now())
            doors, log = [1, 2, 3], Path(folder) / "log"
            deaths: list[float] = []
            async with three(
                url, doors, lambda _door: place.settings, place.secrets, module="bench.hurried", log=log
            ) as replicas:
                killing = asyncio.create_task(_deaths(place, replicas, deaths))
                try:
                    async with asyncio.timeout(PATIENCE):
                        while len(told := place.told()) < PEOPLE:
                            if killing.done():
                                killing.result()
                            say(f"  {len(told):6} of {PEOPLE} said, {len(deaths)} killed")
                            await asyncio.sleep(10)
                finally:
                    killing.cancel()
                    await asyncio.gather(killing, return_exceptions=True)
            check(place, told, PEOPLE, but={LOOKED_UP})
            times = [at for at, _ in told]
            silent = _silences(times, [death for death in deaths if death < times[-1]])
            minutes = (times[-1] - times[0]) / 60
            more = {"killed": len(deaths), "longest silence": max(silent), "all silence": sum(silent)}
            more["look-ups refused"] = place.refused()[LOOKED_UP]
            ours = Figure((PEOPLE - 1) / minutes, more=more)
            publish(Claim("drain_replicas", "msg/min", TARGET, "higher", [ours], [Figure(PER_MINUTE)]))
