"""The life of `parvis run`: started, watched, stopped in good order."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from bot import logs
from bot.app import App
from bot.audit import HeadsFile
from bot.chat import Platform, PlatformError
from bot.cli import FINE, FOUND, Wrong
from bot.cli.opening import opened
from bot.config import Config, Listener
from bot.web import Metrics, Public, Web, waiting
from storage.database import Store

log = structlog.get_logger("run")

_ASKED_TO_STOP = (signal.SIGINT, signal.SIGTERM)


async def serve(
    config: Config,
    platforms: Callable[[], Mapping[str, Platform]],
    now: Callable[[], datetime],
    checkpoint: Callable[[str], None],
) -> int:
    """Run the bot until a signal asks it to stop, or something fails for good (FOUND).

    platforms: opens them. now: the clock (UTC, aware). checkpoint: called at every named step.
    Raises Wrong when it cannot start, or when a platform refuses the bot.
    """
    logs.configure(sys.stderr, logs.secrets_of([getattr(config, key) for key in type(config).model_fields]))
    asked = _signals()
    with _alone(config):
        async with opened(config, migrate=True) as store:
            app, metrics = _app(config, store, platforms(), now, checkpoint)
            async with _listening(config, app, metrics):
                await app.start()
                log.info("started", platforms=sorted(config.platforms), store=store.dialect)
                try:
                    error = await _end(app, asked)
                finally:
                    log.info("stopping")
                    await app.stop()
    log.info("stopped")
    if isinstance(error, PlatformError):
        raise Wrong(f"a platform refused the bot: {error.reason}; look for the part that stopped in the log above")
    return FOUND if error else FINE


def _app(
    config: Config,
    store: Store,
    platforms: Mapping[str, Platform],
    now: Callable[[], datetime],
    checkpoint: Callable[[str], None],
) -> tuple[App, Metrics]:
    metrics = Metrics(partial(waiting, store))
    heads = config.audit.file(config.database.url)
    app = App(
        config,
        store,
        platforms,
        now,
        checkpoint,
        holder=_holder(store),
        sent=metrics.observe,
        event=metrics.event,
        took=metrics.took,
        head=HeadsFile(heads) if heads else None,
    )
    return app, metrics


def _holder(store: Store) -> str:
    """The name under which duties are held: with SQLite there is one process, which takes its own back at once."""
    return "parvis" if store.dialect == "sqlite" else f"{socket.gethostname()}:{os.getpid()}"


@asynccontextmanager
async def _listening(config: Config, app: App, metrics: Metrics) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        if config.web.private is not None:
            await _listen(stack, "private", config.web.private, Web(config.web.private, app.ready, metrics))
        if config.web.public is not None:
            await _listen(stack, "public", config.web.public, Public(config.web.public, app.intake.hooks))
        yield


async def _listen(stack: AsyncExitStack, key: str, at: Listener, web: Web | Public) -> None:
    try:
        await web.start()
    except OSError as error:
        where = f"{at.host}:{at.port}"
        raise Wrong(f'[web] {key} = "{where}": cannot listen there ({error.strerror}); write another port') from None
    stack.push_async_callback(web.stop)
    log.info("listening", what=key, host=at.host, port=web.port)


def _signals() -> asyncio.Event:
    """Set by the first signal that asks to stop; a second one ends the process at once."""
    loop, asked = asyncio.get_running_loop(), asyncio.Event()

    def stop() -> None:
        asked.set()
        for each in _ASKED_TO_STOP:
            loop.remove_signal_handler(each)

    for each in _ASKED_TO_STOP:
        loop.add_signal_handler(each, stop)
    return asked


async def _end(app: App, asked: asyncio.Event) -> BaseException | None:
    """Wait for a signal (None), or for what fails for good."""
    assert app.failed is not None
    signalled = asyncio.ensure_future(asked.wait())
    both: set[asyncio.Future[Any]] = {signalled, app.failed}
    await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    signalled.cancel()
    return app.failed.result() if app.failed.done() else None


@contextmanager
def _alone(config: Config) -> Iterator[None]:
    """Two processes on one SQLite file would both take themselves for the one that holds its duties."""
    url = config.database.url
    if not url.startswith("sqlite"):
        yield
        return
    import fcntl  # noqa: PLC0415 - not on every system, and needed only here

    path = Path(f"{url.partition(':///')[2].partition('?')[0]}-lock")
    try:
        file = path.open("w", encoding="utf-8")
    except OSError as error:
        raise Wrong(f"{path}: cannot be written ({error.strerror})") from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Wrong(f"{url}: another parvis runs on this database already") from None
        yield


def killer(where: str) -> Callable[[str], None]:
    """A checkpoint for crash tests: the process kills itself at a named step. where: "STEP" or "STEP:NTH"; "" never."""
    step, _, nth = where.partition(":")
    left = int(nth or 1)

    def reached(name: str) -> None:
        nonlocal left
        if name != step:
            return
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return reached
