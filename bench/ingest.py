"""Messages of others are recorded durably about as fast as the bare libraries hear and ignore them."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from bench.matrix_side import ME, SECRETS, MatrixSide
from bench.measure import Claim, Figure, cpu, in_turn, publish
from bench.parties import Party, at_rest, bare, parvis, ready
from bench.slack_side import SlackSide, flood, message

EVENTS = 5_000
OUTSTANDING = 50


def _measured(party: Party, hear: Callable[[], Awaitable[float]]) -> Callable[[], Awaitable[Figure]]:
    async def round_() -> Figure:
        await at_rest(party)
        before = cpu(party.pid)
        seconds = await hear()
        await at_rest(party)
        return Figure(EVENTS / seconds, (cpu(party.pid) - before) / EVENTS)

    return round_


async def slack() -> None:
    """By Socket Mode, fifty outstanding."""

    def flooded(side: SlackSide) -> Callable[[], Awaitable[float]]:
        async def hear() -> float:
            began = time.perf_counter()
            await flood(lambda: side.by_socket(message), EVENTS, OUTSTANDING)
            return time.perf_counter() - began

        return hear

    async with SlackSide() as mine, SlackSide() as other:
        settings = f'kind = "slack"\napi_url = "{mine.api_url}"'
        tokens = {"BOT_TOKEN": "xoxb-1", "APP_TOKEN": "xapp-1-bench"}
        async with parvis(settings, tokens) as ours, bare("slack_socket", other.api_url) as reference:
            await ready(ours)
            await other.greeted.wait()
            figures = await in_turn(_measured(ours, flooded(mine)), _measured(reference, flooded(other)))
            publish(Claim("ingest_slack", "events/s", 0.8, "higher", *figures))


async def matrix() -> None:
    """By sync, a hundred events at once."""
    async with MatrixSide() as mine, MatrixSide() as other:
        settings = f'kind = "matrix"\nhomeserver = "{mine.url}"\nuser = "{ME}"\nencryption = false'
        async with parvis(settings, SECRETS) as ours, bare("matrix_listen", other.url) as reference:
            await ready(ours)
            await other.synced.wait()
            figures = await in_turn(
                _measured(ours, lambda: mine.hand_out(EVENTS)), _measured(reference, lambda: other.hand_out(EVENTS))
            )
            publish(Claim("ingest_matrix", "events/s", 0.7, "higher", *figures))


async def main() -> None:
    """Both."""
    await slack()
    await matrix()
