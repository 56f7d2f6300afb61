"""`/community request` is acknowledged, after it is recorded durably, in half the time of a bare listener at most.

Each opens a form afterwards, and Slack allows a hundred of those a minute: what is not handled yet waits behind the
next rounds, as it would in a burst.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bench.measure import Claim, Figure, cpu, in_turn, percentile, publish
from bench.parties import Party, bare, free_port, parvis, ready
from bench.slack_side import SIGNING_SECRET, SlackSide, command, flood, http_to

TARGET = 0.5
COMMANDS = {1: 200, 50: 500}
"""Commands outstanding -> commands sent in a round."""

Send = Callable[[], Awaitable[float]]


def _round(party: Party, send: Send, outstanding: int) -> Callable[[], Awaitable[Figure]]:
    async def measured() -> Figure:
        before, number = cpu(party.pid), COMMANDS[outstanding]
        took = await flood(send, number, outstanding)
        used = (cpu(party.pid) - before) / number
        return Figure(1000 * percentile(took, 0.99), used, {"p50": 1000 * percentile(took, 0.5)})

    return measured


async def _compare(name: str, ours: tuple[Party, Send], reference: tuple[Party, Send]) -> None:
    for outstanding in COMMANDS:
        figures = await in_turn(_round(*ours, outstanding), _round(*reference, outstanding))
        publish(Claim(name if outstanding == 1 else f"{name}_{outstanding}", "ms", TARGET, "lower", *figures))


async def socket() -> None:
    """Over Socket Mode."""
    async with SlackSide() as mine, SlackSide() as other:
        settings = f'kind = "slack"\napi_url = "{mine.api_url}"'
        tokens = {"BOT_TOKEN": "xoxb-1", "APP_TOKEN": "xapp-1-bench"}
        async with parvis(settings, tokens) as ours, bare("slack_socket", other.api_url) as reference:
            await ready(ours)
            await other.greeted.wait()
            await _compare(
                "ack_socket_p99",
                (ours, lambda: mine.by_socket(command)),
                (reference, lambda: other.by_socket(command)),
            )


async def http() -> None:
    """Over HTTP."""
    public, port = free_port(), free_port()
    async with SlackSide() as mine:
        settings = f'kind = "slack"\napi_url = "{mine.api_url}"\nmode = "http"'
        tokens = {"BOT_TOKEN": "xoxb-1", "SIGNING_SECRET": SIGNING_SECRET}
        async with (
            parvis(settings, tokens, public=public) as ours,
            bare("slack_http", mine.api_url, str(port)) as reference,
            http_to(f"http://127.0.0.1:{public}/slack/acme") as to_ours,
            http_to(f"http://127.0.0.1:{port}/slack/acme") as to_reference,
        ):
            await ready(ours)
            await _compare(
                "ack_http_p99",
                (ours, lambda: to_ours.send(command)),
                (reference, lambda: to_reference.send(command)),
            )


async def main() -> None:
    """Both."""
    await http()
    await socket()
