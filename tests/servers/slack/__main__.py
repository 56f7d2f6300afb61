"""Run the server alone: ``python -m tests.servers.slack --port 8765``, then point the bot at the printed api_url."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys

from .server import SlackServer


async def serve(port: int, limits: bool, post_to: str) -> None:
    """Serve until interrupted; time passes by itself, so events that nobody acknowledges come again.

    post_to: where the app takes requests; "" for Socket Mode.
    """
    async with SlackServer(port=port, limits="on" if limits else "off") as server:
        server.hooks.url = post_to
        lines = [f"api_url   {server.api_url}", f"bot token {server.bot_token}"]
        lines.append(f"signing secret {server.hooks.secret}" if post_to else f"app token {server.app_token}")
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
    parser.add_argument("--post-to", default="", metavar="URL", help="call the app there, instead of Socket Mode")
    arguments = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(arguments.port, arguments.limits, arguments.post_to))


if __name__ == "__main__":
    main()
