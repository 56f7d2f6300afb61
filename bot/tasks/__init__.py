"""What a process does at once: its parts, by name, and what it began in passing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import structlog

from bot.chat import PlatformError

log = structlog.get_logger("tasks")


class Tasks:
    """Parts of one process that work beside one another.

    failed: the error of the part that failed first; made by `begin`. stopped: the name of that part, such as
    "platform acme".
    """

    def __init__(self) -> None:
        self.failed: asyncio.Future[BaseException] | None = None
        self.stopped = ""
        self.soon: set[asyncio.Task[None]] = set()
        self._parts: list[asyncio.Task[None]] = []

    def begin(self) -> None:
        """Begin to watch over parts, in the loop that runs now."""
        self.failed = asyncio.get_running_loop().create_future()

    def keep(self, name: str, work: Awaitable[None]) -> None:
        """Begin a part, and remember how it ends."""
        task = asyncio.ensure_future(work)
        task.set_name(name)
        task.add_done_callback(self._ended)
        self._parts.append(task)

    def later(self, work: Awaitable[None]) -> None:
        """Begin something that ends by itself."""
        task = asyncio.ensure_future(work)
        self.soon.add(task)
        task.add_done_callback(self.soon.discard)

    async def end(self, name: str) -> None:
        """Cut off the parts whose name begins so, since nothing is in hand there."""
        await _cut_off(self._of(name))

    async def finish(self, name: str, within: float) -> None:
        """Wait for the parts whose name begins so; within: seconds, then they are cut off."""
        tasks = self._of(name)
        if tasks:  # otherwise the start failed before it
            await asyncio.wait(tasks, timeout=within)
            await _cut_off(tasks)

    async def drop(self) -> None:
        """Cut off what was begun in passing."""
        await _cut_off([*self.soon])

    def _of(self, name: str) -> list[asyncio.Task[None]]:
        return [task for task in self._parts if task.get_name().startswith(name)]

    def _ended(self, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if error is None:
            return
        # The words of an error may be people's; a platform's reason is a code.
        code = error.reason if isinstance(error, PlatformError) else ""
        log.error("stopped working", part=task.get_name(), reason=type(error).__name__, code=code)
        if self.failed is not None and not self.failed.done():
            self.stopped = task.get_name()
            self.failed.set_result(error)


async def _cut_off(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
