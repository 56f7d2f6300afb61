"""A bare Socket Mode client: shows what the wire carries, and acknowledges as a test tells it to, or not at all."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Self

import aiohttp

from .state import JSON

if TYPE_CHECKING:
    from .server import SlackServer


class Probe:
    """One socket of the app. ``answer`` makes the ack's payload of a frame; ``silent`` never acknowledges."""

    def __init__(
        self, server: SlackServer, *, answer: Callable[[JSON], JSON | None] = lambda _: None, silent: bool = False
    ) -> None:
        self.server, self.answer, self.silent = server, answer, silent
        self.frames: list[JSON] = []
        self._session: aiohttp.ClientSession | None = None
        self._reader: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        headers = {"Authorization": f"Bearer {self.server.app_token}"}
        async with self._session.post(f"{self.server.api_url}apps.connections.open", headers=headers) as response:
            url = (await response.json())["url"]
        self.socket = await self._session.ws_connect(url)
        self._reader = asyncio.create_task(self._read())
        await self.server.wait_for(lambda: self.frames)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._session is not None
        assert self._reader is not None
        await self.socket.close()
        await self._reader
        await self._session.close()

    async def _read(self) -> None:
        async for message in self.socket:
            frame = json.loads(message.data)
            self.frames.append(frame)
            if "envelope_id" in frame and not self.silent:
                await self.ack(frame)
            self.server.pulse()

    async def ack(self, frame: JSON) -> None:
        """Acknowledge one frame."""
        payload = self.answer(frame)
        ack: JSON = {"envelope_id": frame["envelope_id"]}
        await self.socket.send_json(ack if payload is None else ack | {"payload": payload})

    @property
    def ended(self) -> bool:
        """Whether the connection is gone."""
        return self._reader is None or self._reader.done()

    def of(self, kind: str) -> list[JSON]:
        """The envelopes of one kind that came here."""
        return [frame for frame in self.frames if frame["type"] == kind]
