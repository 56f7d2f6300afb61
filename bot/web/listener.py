"""Three addresses for those who run the bot: /healthz, /readyz, /metrics."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from bot.config import Listener
from bot.web.metrics import Metrics
from bot.web.site import Site

ASKED = 3.0
"""Seconds that the question whether all is well may take; no answer is an answer."""

_TEXT = "text/plain; version=0.0.4; charset=utf-8"  # Prometheus, "Exposition formats"


class Web(Site):
    """Listens while the bot runs. `await start()`, later `await stop()`."""

    def __init__(
        self,
        listener: Listener,
        ready: Callable[[], Awaitable[Mapping[str, bool]]],
        metrics: Metrics,
    ) -> None:
        """listener: where; port 0 takes any free one. ready: what must be well -> whether it is."""
        super().__init__(listener)
        self._ready = ready
        self._metrics = metrics

    async def start(self) -> None:
        """Begin to listen. Raises OSError when the port is taken, or the host is not one of this machine."""
        app = web.Application()
        app.add_routes(
            [web.get("/healthz", _alive), web.get("/readyz", self._readiness), web.get("/metrics", self._all)]
        )
        await self.begin(app)

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
