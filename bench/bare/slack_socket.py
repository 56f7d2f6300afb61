"""A bare slack-bolt app over Socket Mode: commands are acknowledged, messages ignored. Argument: the Web API's URL."""

import asyncio
import sys
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bench.slack_side import BOT, BOT_USER, TEAM


async def authorize() -> AuthorizeResult:
    """From memory: the fastest that bolt offers."""
    return AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_id=BOT, bot_user_id=BOT_USER, bot_token="xoxb-1")


def app(api_url: str, secret: str = "x") -> AsyncApp:
    """The app, with one listener for the command and one for messages."""
    made = AsyncApp(client=AsyncWebClient(base_url=api_url), authorize=authorize, signing_secret=secret)

    @made.command("/community")
    async def asked(ack: Any) -> None:
        await ack()

    @made.event("message")
    async def heard() -> None:
        pass

    return made


async def main() -> None:
    """Serve until killed."""
    bolt = app(sys.argv[1])
    await AsyncSocketModeHandler(bolt, "xapp-1-bench", web_client=AsyncWebClient(base_url=sys.argv[1])).start_async()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    asyncio.run(main())
