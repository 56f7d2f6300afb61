"""Of three processes the one that sends is killed, stopped, or loses its database: seconds until another one sends.

Messages wait all the while, and go out below the pace of the platform: else its limits would be measured. What counts
is the slowest of all rounds, beside ten seconds. Each harm meets a sender at work: a second death while rooms still
wait in which something was being said is not measured.
"""

from __future__ import annotations

import asyncio
import signal
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Protocol

from bench.matrix_side import ME, SECRETS, MatrixSide
from bench.matrix_side import room as matrix_room
from bench.measure import Claim, Figure, publish, say
from bench.replicas import Replica, Three, eventually, three
from bench.slack_side import SlackSide
from bot.attention import Attention, Limits
from bot.calendar import WorkingTime
from bot.nudge import Priority, To
from bot.outbox.planning import Plan
from bot.say import say as words
from storage.database import Store
from tests.servers.postgres import Postgres

PROMISED = 10.0
"""Seconds within which another takes over."""
ROUNDS = 3
MESSAGES = 25_000
ROOMS = 40
GIVEN_UP = 60.0
SETTLED = 15.0
"""Seconds after a takeover until rooms speak again in which something was in doubt: the next harm comes then."""


class Side(Protocol):
    """A platform's server. sent: when a message was posted, and at which port."""

    sent: list[tuple[float, int]]
    ports: list[int]


async def _promised(url: str, room: Callable[[int], str]) -> None:
    store = await Store.open(url)
    attention = Attention([], WorkingTime(), Limits())
    async with store.write() as session:
        plan = Plan(session, datetime.now(UTC), attention)
        for number in range(MESSAGES):
            to, text = To(room=room(number % ROOMS), platform="acme"), words("plain", text=f"Message {number}")
            await plan.tell(to, text, name=f"bench:{number}", kind="answer", priority=Priority.DECISION, language="en")
    await store.close()


async def _kill(_: Three, replica: Replica) -> None:
    replica.signal(signal.SIGKILL)


async def _pause(_: Three, replica: Replica) -> None:
    replica.signal(signal.SIGSTOP)


async def _pause_inside(replicas: Three, replica: Replica) -> None:
    """Stop it while it has a transaction open, with rows that it locked."""
    for _ in range(1_000):
        replica.signal(signal.SIGSTOP)
        await asyncio.sleep(0.02)  # what it had asked for is answered
        if await replicas.is_inside(replica):
            return
        replica.signal(signal.SIGCONT)
        await asyncio.sleep(0.003)
    raise RuntimeError("it was never found inside a transaction")


async def _cut(_: Three, replica: Replica) -> None:
    await replica.wire.refuse()


async def _silence(_: Three, replica: Replica) -> None:
    replica.wire.silence()


async def _again(replica: Replica) -> None:
    await replica.again()


async def _continued(replica: Replica) -> None:
    replica.signal(signal.SIGCONT)


async def _mended(replica: Replica) -> None:
    await replica.wire.mend()


Harm = tuple[str, Callable[[Three, Replica], Awaitable[None]], Callable[[Replica], Awaitable[None]]]
HARMS: dict[str, tuple[Harm, ...]] = {
    "killed": (("killed", _kill, _again),),
    "paused": (("paused", _pause, _continued), ("paused inside a transaction", _pause_inside, _continued)),
    "cut": (("refused by the database", _cut, _mended), ("a silent connection", _silence, _mended)),
}


async def _measured(side: Side, replicas: Three, harm: Harm) -> float:
    """Seconds until another one sends."""
    name, break_, repair = harm
    steady, from_ = len(side.sent) + 20, time.perf_counter() + SETTLED
    await eventually(lambda: len(side.sent) >= steady and side.sent[-1][0] >= from_)
    holder = replicas.at(side.sent[-1][1])
    await break_(replicas, holder)
    began = time.perf_counter()
    try:
        await eventually(lambda: side.sent[-1][1] != holder.door and side.sent[-1][0] > began, within=GIVEN_UP)
    except TimeoutError:
        raise RuntimeError(f"{name}: nobody took over within {GIVEN_UP:.0f} s") from None
    took = next(at for at, door in reversed(side.sent) if door != holder.door) - began
    say(f"  {name}: replica {replicas.at(side.sent[-1][1]).number} after {holder.number} in {took:.1f} s")
    await repair(holder)
    return took


async def _compare(ending: str, side: Side, replicas: Three) -> None:
    for claim, harms in HARMS.items():
        seconds = {harm[0]: [await _measured(side, replicas, harm) for _ in range(ROUNDS)] for harm in harms}
        worst = max(max(each) for each in seconds.values())
        more = {name: median(each) for name, each in seconds.items()}
        ours = [Figure(worst, more=more)]
        publish(Claim(f"takeover_{claim}{ending}", "s", 1.0, "lower", ours, [Figure(PROMISED)]))


@asynccontextmanager
async def _database(room: Callable[[int], str]) -> AsyncIterator[str]:
    async with Postgres(("max_connections=100", "listen_addresses=")) as server, server.database() as url:
        await _promised(url, room)
        yield url


async def slack() -> None:
    """All are connected; one of them sends."""
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as folder:
        async with SlackSide(3) as side, _database(lambda number: f"C{number:010}") as url:
            settings = 'kind = "slack"\napi_url = "http://127.0.0.1:{}/api/"\nper_minute = 3000'
            secret = {"BOT_TOKEN": "xoxb-1", "APP_TOKEN": "xapp-1-bench"}
            log = Path(folder) / "log"
            async with three(url, side.ports, settings.format, secret, log=log) as replicas:
                await _compare("", side, replicas)


async def matrix() -> None:
    """One of them is connected, and sends; it is answered after a second, so ten a second here too."""
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as folder:
        async with MatrixSide(1.0, 3) as side, _database(matrix_room) as url:
            settings = 'kind = "matrix"\nhomeserver = "http://127.0.0.1:{}"\n'
            settings += f'user = "{ME}"\nencryption = false'
            log = Path(folder) / "log"
            async with three(url, side.ports, settings.format, SECRETS, log=log) as replicas:
                await _compare("_matrix", side, replicas)


async def main() -> None:
    """On both platforms."""
    await slack()
    await matrix()
