"""What one Slack workspace over SQLite needs, imported and connected: nothing more. Argument: the Web API's URL."""

import asyncio
import sys
import tempfile

from aiohttp import web
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import text
from sqlmodel.ext.asyncio.session import AsyncSession

from bench.bare.slack_socket import app


async def main() -> None:
    """Stay until killed."""
    AsyncIOScheduler().start()
    listener = web.AppRunner(web.Application())
    await listener.setup()
    await web.TCPSite(listener, "127.0.0.1", 0).start()
    with tempfile.TemporaryDirectory() as folder:
        # One to write and one to read, which their pools keep open.
        engines = [create_async_engine(f"sqlite+aiosqlite:///{folder}/bare.db") for _ in range(2)]
        for engine in engines:
            async with AsyncSession(engine) as session:
                await session.exec(text("SELECT 1"))  # type: ignore[call-overload]
        client = AsyncWebClient(base_url=sys.argv[1], token="xoxb-1")
        await client.auth_test()
        await AsyncSocketModeHandler(app(sys.argv[1]), "xapp-1-bench", web_client=client).start_async()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    asyncio.run(main())
