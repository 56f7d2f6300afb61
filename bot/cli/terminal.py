"""Where the verbs of capabilities are called: implements `bot.nudge.Terminal`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.app import App
from bot.audit import HeadsFile
from bot.cli import show
from bot.cli.opening import Desk, content, opened
from bot.cli.voice import Voice
from bot.nudge import Context, Nudge


class Terminal:
    """Opens the store when it is first asked for; `stack` closes it."""

    def __init__(self, desk: Desk, nudge: Nudge, now: Callable[[], datetime], stack: AsyncExitStack) -> None:
        """nudge: whose verb it is. now: the clock (UTC, aware)."""
        self._desk, self._nudge, self._now, self._stack = desk, nudge, now, stack
        self._app: App | None = None

    @property
    def voice(self) -> Voice:
        """The language of the terminal."""
        return self._desk.voice

    @asynccontextmanager
    async def reads(self) -> AsyncIterator[Context]:
        """See `bot.nudge.Terminal`. Raises Wrong when the store cannot be used."""
        app = await self._opened()
        async with app.store.read() as session:
            yield self._context(app, session)

    @asynccontextmanager
    async def writes(self) -> AsyncIterator[Context]:
        """See `bot.nudge.Terminal`. Raises Wrong when the store cannot be used."""
        app = await self._opened()
        async with app.store.write() as session:
            yield self._context(app, session)

    def _context(self, app: App, session: AsyncSession) -> Context:
        """As the bot has it: with the platforms that are configured, none of which is opened here."""
        every = self._desk.config.platforms
        kinds = self._desk.kinds
        return replace(
            app.parts.context(session, app.now(), None, self._nudge),
            platforms=tuple(every),
            addressed=frozenset(name for name, each in every.items() if kinds[each.kind].addressed),
        )

    async def _opened(self) -> App:
        if self._app is None:
            config = self._desk.config
            store = await self._stack.enter_async_context(opened(self._desk))
            heads = config.audit.file(config.database.url)
            self._app = App(config, store, {}, self._now, head=HeadsFile(heads) if heads else None)
        return self._app

    async def file(self, path: Path) -> bytes:
        """See `bot.nudge.Terminal`. Raises Wrong."""
        return await asyncio.to_thread(content, self._desk, path)

    def line(self, text: str) -> None:
        """See `bot.nudge.Terminal`."""
        show.line(text)

    def note(self, text: str) -> None:
        """See `bot.nudge.Terminal`."""
        show.note(text)

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """See `bot.nudge.Terminal`."""
        show.table(headings, rows)
