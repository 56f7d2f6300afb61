"""Messages go out through the outbox about as fast as the bare library sends them, ten in flight, to twenty rooms.

The homeserver answers after 20 ms. Ours claims, writes the attempt, sends, and writes what became of it, in a database.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime

from bench.matrix_side import ME, SECRETS, MatrixSide, room
from bench.measure import Claim, Figure, cpu, in_turn, publish
from bench.parties import PATIENCE, ROOT, Party, parvis
from bot.attention import Attention, Limits
from bot.calendar import WorkingTime
from bot.nudge import Priority, To
from bot.outbox.planning import Plan
from bot.say import say
from storage.database import Store
from tests.servers.postgres import Postgres

MESSAGES = 1_000
DELAY = 0.020
TARGET = 0.9


async def _promised(url: str) -> None:
    """A database in which a thousand messages wait."""
    store = await Store.open(url)
    now = datetime.now(UTC)
    attention = Attention([], WorkingTime(), Limits())
    async with store.write() as session:
        plan = Plan(session, now, attention)
        for number in range(MESSAGES):
            to = To(room=room(number), platform="acme")
            text = say("plain", text=f"Message {number}")
            await plan.tell(to, text, name=f"bench:{number}", kind="answer", priority=Priority.DECISION, language="en")
    await store.close()


async def _sent(side: MatrixSide, party: Party) -> Figure:
    async with asyncio.timeout(PATIENCE):
        await side.has_sent(MESSAGES)
    # From the first answer to the last: what lies between are one message fewer.
    return Figure((MESSAGES - 1) / (side.sent[-1][0] - side.sent[0][0]), cpu(party.pid) / MESSAGES)


def _ours(database: Callable[[], Awaitable[str]]) -> Callable[[], Awaitable[Figure]]:
    async def round_() -> Figure:
        url = await database()
        await _promised(url)
        async with MatrixSide(DELAY) as side:
            settings = f'kind = "matrix"\nhomeserver = "{side.url}"\nuser = "{ME}"\nencryption = false'
            async with parvis(settings, SECRETS, database=url) as party:
                return await _sent(side, party)

    return round_


async def _reference() -> Figure:
    async with MatrixSide(DELAY) as side:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bench.bare.matrix_send", side.url, str(MESSAGES)),
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
        )
        assert process.stdin is not None
        process.stdin.write(b"\n")
        try:
            return await _sent(side, Party(process.pid))
        finally:
            process.terminate()
            await process.wait()


@asynccontextmanager
async def _sqlite() -> AsyncIterator[Callable[[], Awaitable[str]]]:
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as folder:
        made = 0

        async def fresh() -> str:
            nonlocal made
            made += 1
            return f"sqlite+aiosqlite:///{folder}/{made}.db"

        yield fresh


@asynccontextmanager
async def _postgresql() -> AsyncIterator[Callable[[], Awaitable[str]]]:
    async with Postgres(("max_connections=50", "listen_addresses=")) as server, AsyncExitStack() as databases:
        # As durable as it comes: what speeds tests up would flatter us here.
        yield lambda: databases.enter_async_context(server.database())


async def main() -> None:
    """On both engines."""
    for name, engine in (("send_matrix", _sqlite), ("send_matrix_postgresql", _postgresql)):
        async with engine() as database:
            publish(Claim(name, "msg/s", TARGET, "higher", *await in_turn(_ours(database), _reference, rounds=3)))
