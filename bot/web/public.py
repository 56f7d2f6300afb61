"""The public listener: what others may reach. It knows no platform: each address is answered by who asked for it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import structlog
from aiohttp import web

from bot.chat import Hook, WebAnswer, WebRequest
from bot.config import Listener
from bot.web.site import Site

log = structlog.get_logger("web")

LARGEST = 1024 * 1024
"""Bytes of a request's body."""

LAST = 3.0
"""Seconds that requests under way may take when the listener stops."""

WHOLE = 10.0
"""Seconds in which a request must be there as a whole: who sends a byte now and then holds nothing up for long."""

_LATE = WebAnswer(status=408, body=b"too slow")
_NOBODY = WebAnswer(status=404, body=b"nothing here")
_AWAY = WebAnswer(status=503, body=b"try again")


class Public(Site):
    """Listens while the bot runs. `await start()`, later `await stop()`."""

    def __init__(self, listener: Listener, hooks: Mapping[str, Hook], *, patience: float = WHOLE) -> None:
        """listener: where; port 0 takes any free one. hooks: path -> what answers it, looked up at each request; one
        that ends with "/" answers all below it.

        patience: see WHOLE.
        """
        super().__init__(listener, last=LAST)
        self._patience = patience
        self._hooks = hooks

    async def start(self) -> None:
        """Begin to listen. Raises OSError when the port is taken, or the host is not one of this machine."""
        app = web.Application(client_max_size=LARGEST)
        app.router.add_route("*", "/{path:.*}", self._answer)
        await self.begin(app)

    async def _answer(self, request: web.Request) -> web.Response:
        answer = await self._answered(request)
        headers = {**answer.headers, "Content-Type": answer.kind}
        return web.Response(status=answer.status, body=answer.body, headers=headers)

    async def _answered(self, request: web.Request) -> WebAnswer:
        at = request.path if request.path in self._hooks else self._above(request.path)
        if not at:
            return _NOBODY
        hook = self._hooks[at]
        try:
            async with asyncio.timeout(self._patience):
                body = await request.read()  # aiohttp answers 413 where it is too large
        except TimeoutError:
            return _LATE
        headers = {name.lower(): _text(value) for name, value in request.headers.items()}
        try:
            asked = {"method": request.method, "path": request.path, "query": request.rel_url.raw_query_string}
            return await hook(WebRequest(**asked, headers=headers, body=body))
        except Exception as error:  # noqa: BLE001 - whatever others send, they are never shown that something broke
            # The error's own text may hold what people wrote, and the rest of the path what opens a page.
            log.error("hook failed", path=at, error=type(error).__name__)  # noqa: TRY400 - see above
            return _AWAY

    def _above(self, path: str) -> str:
        """The path of what answers all below it that this one is below of; the longest such path counts. "": none."""
        return max((each for each in self._hooks if each.endswith("/") and path.startswith(each)), key=len, default="")


def _text(value: str) -> str:
    """A header as text: bytes that are none become question marks."""
    return value.encode("utf-8", "replace").decode()
