"""The connection that events come through: Socket Mode, watched, and built anew when it is beyond repair."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable

import structlog
from aiohttp import WSMessage
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from adapters.slack.calls import QUIET, Calls
from adapters.slack.doorway import DRAIN, Doorway
from bot.chat import LockedOut, NotAllowed, PlatformError, RateLimited

_log = structlog.get_logger("parvis.slack")

_LONGEST = 30.0  # seconds between two attempts to connect


class Link:
    """One Socket Mode connection at a time. ping: seconds between two pings."""

    def __init__(
        self, platform: str, app: AsyncApp, app_token: str, *, calls: Calls, doorway: Doorway, ping: float
    ) -> None:
        self._platform, self._app, self._app_token = platform, app, app_token
        self._calls, self._doorway, self._ping = calls, doorway, ping
        self._handler: AsyncSocketModeHandler | None = None
        self._client: SocketModeClient | None = None
        self._closing = False
        self._unwanted: tuple[object, float] | None = None  # the socket that Slack asked us to leave, and when

    @property
    def connected(self) -> bool:
        """There is a socket, open and answering as far as is known."""
        client = self._client
        return bool(client and client.current_session and not client.current_session.closed and not client.stale)

    async def run(self) -> None:
        """Stay connected, for ever. Raises LockedOut when the app token is not accepted."""
        self._closing = False
        pause = 0.0
        try:
            while not self._closing:
                await asyncio.sleep(pause)
                try:
                    # Asked here and not by the library, which on a refused token neither returns nor raises.
                    url = (await self._calls.call("apps.connections.open", who="app"))["url"]
                except (LockedOut, NotAllowed):
                    raise
                except PlatformError as error:
                    wait = error.retry_after if isinstance(error, RateLimited) else 0.0
                    pause = max(wait, min(_LONGEST, pause * 2 or self._ping / 10))
                    _log.warning("slack.no_connection", platform=self._platform, reason=error.reason)
                    continue
                pause = min(_LONGEST, pause * 2 or self._ping / 10)
                if await self._stay(url):
                    pause = 0.0
        finally:
            await self._doorway.drain()

    async def _stay(self, url: str) -> bool:
        """Connect there, and return when the connection is lost for good. True: it had stood."""
        handler = self._handler = self._new_handler()
        handler.client.wss_uri = url
        try:
            # Refused, the library tries the same address for ever, which is good for one connection only.
            await asyncio.wait_for(handler.client.connect(), self._ping)  # type: ignore[no-untyped-call]
            self._client = handler.client
            _log.info("slack.connected", platform=self._platform)
            await self._watch(handler.client)
        except TimeoutError:
            _log.warning("slack.refused", platform=self._platform)
            return False
        except asyncio.CancelledError:
            self._closing = True
            raise
        finally:
            await self._let_go(handler)
        _log.warning("slack.connection_lost", platform=self._platform)
        return True

    def _new_handler(self) -> AsyncSocketModeHandler:
        web = self._calls.client("app")
        handler = AsyncSocketModeHandler(
            self._app, self._app_token, logger=QUIET, web_client=web, ping_interval=self._ping
        )
        handler.client.proxy = self._calls.proxy
        handler.client.on_message_listeners.append(self._noted)
        # In place of its own turn at each envelope.
        handler.client.socket_mode_request_listeners[:] = [self._listen]  # type: ignore[list-item]
        return handler

    async def _watch(self, client: SocketModeClient) -> None:
        """Return when the connection is dead and the library does not bring it back.

        It does so for most losses. It does not when its own new address is refused, or when it could not even ask for
        one: then it stays where Slack asked it to leave. And it can end up deaf.
        """
        loop = asyncio.get_running_loop()
        well = loop.time()
        while loop.time() - well < 3 * self._ping:
            await asyncio.sleep(self._ping / 4)
            receiver = client.message_receiver
            deaf = client.message_processor.done() or receiver is None or receiver.done()
            if not deaf and not self._overstays(client) and await client.is_connected():
                well = loop.time()

    async def _noted(self, message: WSMessage) -> None:
        """Slack asks to leave a socket before it ends it. (docs: apis/events-api/using-socket-mode, "Disconnects")"""
        if '"disconnect"' in message.data and json.loads(message.data).get("type") == "disconnect" and self._client:
            self._unwanted = self._client.current_session, asyncio.get_running_loop().time()

    def _overstays(self, client: SocketModeClient) -> bool:
        if self._unwanted is None or self._unwanted[0] is not client.current_session:
            return False
        return asyncio.get_running_loop().time() - self._unwanted[1] > self._ping / 2

    async def _let_go(self, handler: AsyncSocketModeHandler) -> None:
        await self._doorway.drain()
        if self._client is handler.client:
            self._client = None
        with contextlib.suppress(Exception):
            await asyncio.wait_for(handler.client.close(), DRAIN)  # type: ignore[no-untyped-call]

    async def close(self) -> None:
        """Take nothing more (what comes now stays unacknowledged, and comes again) and let go."""
        self._closing = True
        if self._handler:
            await self._let_go(self._handler)

    def _listen(self, client: SocketModeClient, request: SocketModeRequest) -> Awaitable[None]:
        """What an envelope meets: the doorway, which answers on the connection of the moment."""
        if self._closing:
            return _unheard()
        return self._doorway.envelope(self._app, lambda: self._client or client, request)


async def _unheard() -> None:
    """Unacknowledged, it comes again."""
