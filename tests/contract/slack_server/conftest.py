"""Our Slack with its clock stopped, a client of the bot, somebody, and a channel with both in it.

Whatever a test does, the server keeps to Slack's shapes, and nobody does what no correct app does; a file that expects
otherwise has a server of its own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from slack_sdk.web.async_client import AsyncWebClient

from tests.servers.slack import Person, SlackServer
from tests.servers.slack import shapes as judge

NO_RETRIES: list[Any] = []


@pytest_asyncio.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with SlackServer() as running:
        running.clock.freeze()
        yield running
        assert judge.all_differences(running) == []
        assert running.problems == []


@pytest.fixture
def client(server: SlackServer) -> AsyncWebClient:
    return AsyncWebClient(token=server.bot_token, base_url=server.api_url, retry_handlers=NO_RETRIES)


@pytest.fixture
def alice(server: SlackServer) -> Person:
    return server.person("alice")


@pytest.fixture
def room(server: SlackServer, alice: Person) -> str:
    return server.channel("room", members=[alice], with_bot=True).id
