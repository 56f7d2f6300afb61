"""Three addresses for those who run the bot: /healthz, /readyz, /metrics."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from bot.config import Listener
from bot.web.metrics import Metrics

ASKED = 3.0
"""Seconds that the question whether all is well may take; no answer is an answer."""

_TEXT = "text/plain; version=0.0.4; charset=utf-8"  # Prometheus, "Exposition formats"


class Web:
    """Listens while the bot runs. `await start()`, later `await stop()`."""

    def __init__(
        self,
        listener: Listener,
        ready: Callable[[], Awaitable[Mapping[str, bool]]],
        metrics: Metrics,
    ) -> None:
        """listener: where; port 0 takes any free one. ready: what must be well -> whether it is."""
        self._listener = listener
        self._ready = ready
        self._metrics = metrics
        self._runner: web.AppRunner | None = None

    @property
    def port(self) -> int:
        """The port listened on; 0 while it is not."""
        addresses = self._runner.addresses if self._runner else []
        return int(addresses[0][1]) if addresses else 0

    async def start(self) -> None:
        """Begin to listen. Raises OSError when the port is taken, or the host is not one of this machine."""
        app = web.Application()
        app.add_routes(
            [web.get("/healthz", _alive), web.get("/readyz", self._readiness), web.get("/metrics", self._all)]
        )
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._listener.host, self._listener.port).start()
        except OSError:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Listen no more."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _readiness(self, _request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(ASKED):
                parts = await self._ready()
        except TimeoutError:
            parts = {"answer in time": False}
        lacking = sorted(name for name, is_well in parts.items() if not is_well)
        told = {"ready": not lacking, "not_ready": lacking, "parts": dict(parts)}
        return web.json_response(told, status=503 if lacking else 200)

    async def _all(self, _request: web.Request) -> web.Response:
        return web.Response(body=await self._metrics.text(), headers={"Content-Type": _TEXT})


async def _alive(_request: web.Request) -> web.Response:
    """Answered by the loop that does all the work: while that is blocked there is no answer."""
    return web.json_response({"alive": True})
