"""What both listeners have in common: an application, an address, a beginning and an end."""

from __future__ import annotations

from aiohttp import web

from bot.config import Listener


class Site:
    """An application at an address. `await start()`, later `await stop()`."""

    def __init__(self, listener: Listener, *, last: float = 60.0) -> None:
        """listener: where; port 0 takes any free one. last: seconds that what is under way may take at the end."""
        self._listener = listener
        self._last = last
        self._runner: web.AppRunner | None = None

    @property
    def port(self) -> int:
        """The port listened on; 0 while it is not."""
        addresses = self._runner.addresses if self._runner else []
        return int(addresses[0][1]) if addresses else 0

    async def begin(self, app: web.Application) -> None:
        """Begin to listen. Raises OSError when the port is taken, or the host is not one of this machine."""
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=self._last)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._listener.host, self._listener.port).start()
        except OSError:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Listen no more; what is under way is answered first."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
