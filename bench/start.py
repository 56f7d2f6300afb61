"""From nothing to ready, and the memory held then, beside the same libraries imported and connected.

The reference imports what one Slack workspace over SQLite needs (slack-bolt, SQLModel, aiosqlite, APScheduler,
aiohttp), opens the file, signs in, connects the socket, and listens; it makes no table and reads no catalog. The claims
named `…_libraries` are beside one that also imports what ours has its command line, sentences, logs and metrics from
(cyclopts, fluent.runtime, Babel, structlog, prometheus-client): they tell our own code from libraries.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

from bench.measure import Claim, Figure, cpu, in_turn, publish, resident
from bench.parties import PATIENCE, Party, bare, parvis, ready
from bench.slack_side import SlackSide

TARGET = 1.3
SETTLED = 1.0
"""Seconds after which memory is looked at."""

Start = Callable[[SlackSide], AbstractAsyncContextManager[Party]]


def _measured(start: Start) -> Callable[[], Awaitable[Figure]]:
    async def round_() -> Figure:
        async with SlackSide() as side:
            began = time.perf_counter()
            async with start(side) as party, asyncio.timeout(PATIENCE):
                await side.greeted.wait()
                if party.private:
                    await ready(party)
                seconds = time.perf_counter() - began
                used = cpu(party.pid)
                await asyncio.sleep(SETTLED)
                return Figure(seconds, used, {"MB": resident(party.pid)})

    return round_


def _on(database: str) -> Start:
    def ours(side: SlackSide) -> AbstractAsyncContextManager[Party]:
        tokens = {"BOT_TOKEN": "xoxb-1", "APP_TOKEN": "xapp-1-bench"}
        return parvis(f'kind = "slack"\napi_url = "{side.api_url}"', tokens, database=database)

    return ours


async def main() -> None:
    """Beside each reference, both figures come from the same starts."""
    await _beside("connected", "")
    await _beside("complete", "_libraries")


async def _beside(program: str, ending: str) -> None:
    """The first start, which is not counted, makes the tables and compiles what is ours."""
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as folder:
        ours, reference = await in_turn(
            _measured(_on(f"sqlite+aiosqlite:///{folder}/parvis.db")),
            _measured(lambda side: bare(program, side.api_url)),
        )
    publish(Claim(f"start{ending}", "s", TARGET, "lower", ours, reference))
    weights = [[Figure(each.more["MB"]) for each in figures] for figures in (ours, reference)]
    publish(Claim(f"memory{ending}", "MB", TARGET, "lower", *weights))
