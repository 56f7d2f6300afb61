"""Run the server alone: ``python -m tests.servers.slack --port 8765``, then point the bot at the printed api_url."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys

from .server import SlackServer


async def serve(port: int, limits: bool) -> None:
    """Serve until interrupted; time passes by itself, so events that nobody acknowledges come again."""
    async with SlackServer(port=port, limits="on" if limits else "off") as server:
        lines = [f"api_url   {server.api_url}", f"bot token {server.bot_token}", f"app token {server.app_token}"]
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
        while True:
            await asyncio.sleep(0.5)
            server.sockets.tick()


def main() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(prog="python -m tests.servers.slack", description=__doc__)
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--limits", action="store_true", help="enforce Slack's rate limits")
    arguments = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(arguments.port, arguments.limits))


if __name__ == "__main__":
    main()
